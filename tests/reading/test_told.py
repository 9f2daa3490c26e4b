"""What a case says already, against what is read later."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from goodoffices.case import Case
from goodoffices.reading._told import Told, numbers_in
from goodoffices.reading.drafting import Drafted, draft
from goodoffices.reading.merge import merge
from goodoffices.reading.report import report_of, summary
from tests.reading.found import MONDAY, REPORT, WIRE, report, wire

SHOT = report().statements[2]
LATER = wire().statements[1]


def first() -> Case:
    return draft(merge([report()])).case


def second(**told: Any) -> Drafted:
    """Read the wire's report of the shots into a case that has read the other one."""
    assert LATER.happening is not None
    changed = replace(LATER, happening=replace(LATER.happening, **told))
    found = replace(wire(), statements=(changed,))
    texts = dict.fromkeys(first().sources, REPORT)
    return draft(merge([found]), first(), texts=texts)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("17 people, including five children", {"people": 17, "children": 5}),
        ("1,200.5 tonnes on 12 June 2024", {"tonn": 1200.5}),
        ("a 24-hour truce, clause 3.1.", {}),
        ("Two", {}),
        ("", {}),
    ],
)
def test_numbers_go_by_what_they_count(text: str, numbers: dict[str, float]) -> None:
    assert numbers_in(text) == numbers


def test_another_number_than_the_case_holds_is_noted_and_told() -> None:
    drafted = second(count=3)
    ((new, old, about),) = drafted.opposed
    assert about == "how many"
    assert drafted.case.claims[new].note == f"{old} says otherwise (how many)"
    assert drafted.case.claims[old] == first().claims[old]
    reading = merge([wire()])
    told = list(summary(report_of(reading, drafted, [], [])))
    assert any("shot two farmers" in line for line in told)


def test_another_day_than_the_case_holds_is_noted() -> None:
    text = WIRE.replace("three", "two")
    assert LATER.happening is not None
    happening = replace(LATER.happening, count=2, date=MONDAY.replace(day=28))
    short = replace(LATER, happening=happening, span=replace_end(LATER.span))
    found = replace(
        wire(), document=replace(wire().document, text=text, digest="x"), statements=(short,)
    )
    texts = dict.fromkeys(first().sources, REPORT)
    drafted = draft(merge([found]), first(), texts=texts)
    assert [about for _, _, about in drafted.opposed] == ["when"]


def replace_end(span: Any) -> Any:
    return type(span)(span.start, span.end - 2)


def test_what_differs_in_its_number_is_no_second_place_of_a_claim() -> None:
    told = Told(first())
    quote = SHOT.span.of(REPORT)
    speaker = "the report"
    assert told.equal(SHOT, quote, speaker) is not None
    assert told.equal(SHOT, quote.replace("two", "three"), speaker) is None


def test_a_demand_for_another_number_contradicts_nothing() -> None:
    demand = replace(SHOT, type="demand")
    told = Told(first())
    assert list(told.opposed(demand, SHOT.span.of(REPORT).replace("two", "nine"), ())) == []


def test_opinion_contradicts_nothing_that_the_case_holds() -> None:
    loud = replace(LATER, class_="opinion", voice="opinion")
    assert list(Told(first()).opposed(loud, LATER.span.of(WIRE), ())) == []
