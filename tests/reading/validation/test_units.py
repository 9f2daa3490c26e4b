"""Who does what to whom in the sentences of the unit tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from goodoffices.case.speech import TYPES
from goodoffices.errors import ExchangeError
from goodoffices.reading.validation.units import _codes, check_units, read_units

RECORD = """<Sentence date="1" id="A" category="{category}" sentence="true">
<EventCoding sourcecode="{source}" targetcode="GON" eventcode="{code}"></EventCoding>
<Text>
{text}
</Text>
</Sentence>
"""


def write(folder: Path, *records: str) -> Path:
    file = folder / "units.xml"
    file.write_text("<Sentences>" + "".join(records) + "</Sentences>", encoding="utf-8")
    return file


def record(text: str, code: str = "121", source: str = "ARNGOV", category: str = "DEMO") -> str:
    return RECORD.format(text=text, code=code, source=source, category=category)


def test_roots_mean_types_that_exist() -> None:
    assert {kind for types in _codes()["roots"].values() for kind in types} <= set(TYPES)


def test_an_event_is_read_with_its_parts(tmp_path: Path) -> None:
    file = write(tmp_path, record("Arnor accused\nGondor of treason &amp; theft."))
    (one,) = read_units(file)
    assert (one.source, one.target, one.root) == ("ARN", "GON", "12")
    assert one.text == "Arnor accused Gondor of treason & theft."


def test_events_of_unknown_actors_are_left_out(tmp_path: Path) -> None:
    assert read_units(write(tmp_path, record("Nobody left.", source="---GOV"))) == ()


def test_parts_are_counted_and_failures_grouped(tmp_path: Path) -> None:
    file = write(
        tmp_path,
        record("Arnor accused Gondor of treason."),
        record("Arnor accused Gondor of theft.", code="221", category="VERB"),
        record("Mordor accused Gondor of theft.", code="999"),
    )
    found = check_units(file)
    assert (found.events, found.source, found.target, found.whole) == (3, 2, 3, 1)
    assert (found.typed, found.type) == (2, 1)
    assert [(one.what, one.times, one.category) for one in found.failures] == [
        ("the source is another or none", 1, "1 DEMO"),
        ("the type is another", 1, "1 VERB"),
    ]


def test_a_file_without_events_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(ExchangeError, match="no event between known actors"):
        check_units(write(tmp_path))
    with pytest.raises(ExchangeError, match="can't be read"):
        check_units(tmp_path / "none.xml")
