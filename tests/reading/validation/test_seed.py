"""Reading the marked statements of an article."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from goodoffices.case.speech import TYPES
from goodoffices.errors import ExchangeError
from goodoffices.reading.validation.seed import TYPES as MARKED
from goodoffices.reading.validation.seed import marked, read_document

ROW = {"types": ["demand", "redline"], "speaker_pattern": "Peru", "content_pattern": "leave"}


def test_a_marked_type_means_types_that_exist() -> None:
    assert {kind for types in MARKED.values() for kind in types} <= set(TYPES)


def test_an_event_is_an_act_and_no_speech() -> None:
    assert "assault" in MARKED["event"]
    assert not MARKED["event"] & {"request", "accuse", "reject", "threaten", "statement"}


def test_a_row_may_be_of_either_of_its_types(tmp_path: Path) -> None:
    file = tmp_path / "marks.json"
    file.write_text(json.dumps([ROW, {**ROW, "types": ["opinion"]}]), encoding="utf-8")
    first, second = marked(file)
    assert first.types == {"demand", "request", "red line"}
    assert (first.opinion, second.opinion) == (False, True)


@pytest.mark.parametrize("given", ["", "{", "[1]", '[{"types": ["none"]}]'])
def test_what_cannot_be_read_is_a_clear_error(tmp_path: Path, given: str) -> None:
    file = tmp_path / "marks.json"
    file.write_text(given, encoding="utf-8")
    with pytest.raises(ExchangeError, match=r"marks\.json can't be read"):
        marked(file)


def test_a_missing_article_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(ExchangeError, match=r"none\.txt can't be read"):
        read_document(tmp_path / "none.txt")
