"""The type of one sentence."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from goodoffices.case.speech import TYPES, StatementType
from goodoffices.errors import ExchangeError
from goodoffices.reading.findings import Span, Statement
from goodoffices.reading.validation.records import MEANS, check_records, main_type


def statement(kind: StatementType, start: int, end: int = 99) -> Statement:
    span = Span(start, end)
    return Statement(span=span, sentence=span, type=kind, class_="fact")


def test_every_type_of_record_means_types_that_exist() -> None:
    assert {kind for types in MEANS.values() for kind in types} <= set(TYPES)


def test_what_is_done_stands_before_what_is_said() -> None:
    assert main_type([statement("statement", 0), statement("assault", 9)]) == "assault"


def test_the_first_and_longer_statement_gives_the_type() -> None:
    several = [statement("reject", 3, 9), statement("demand", 3, 40), statement("offer", 5)]
    assert main_type(several) == "demand"
    assert main_type([]) is None
    assert main_type([statement("belief", 3)]) == "belief"


def test_records_are_counted_by_type(tmp_path: Path) -> None:
    rows = [
        {"event": "REJECT", "text": "Peru rejected the plan."},
        {"event": "DEMAND", "text": "Peru rejected the map."},
        {"event": "DOCUMENT", "text": ""},
    ]
    file = tmp_path / "records.txt"
    file.write_text(json.dumps(rows), encoding="utf-8")
    found = check_records(file)
    assert (found.records, found.right) == (2, 1)
    assert [(one.type, one.right, one.instead) for one in found.types] == [
        ("REJECT", 1, ""),
        ("DEMAND", 0, "1 reject"),
    ]


@pytest.mark.parametrize("given", ["", "{}", "[]", '[{"text": "Peru left."}]'])
def test_a_file_without_records_is_a_clear_error(tmp_path: Path, given: str) -> None:
    file = tmp_path / "records.txt"
    file.write_text(given, encoding="utf-8")
    with pytest.raises(ExchangeError, match=r"records\.txt"):
        check_records(file)
