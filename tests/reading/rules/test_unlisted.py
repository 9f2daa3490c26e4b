"""Groups that no list names: who is one, and what only counts people."""

from __future__ import annotations

import pytest

from goodoffices.reading.findings import Named
from tests.reading.rules.conftest import Read


def named(read: Read, text: str) -> dict[str, Named]:
    """Whom a text names, by name."""
    return {one.name: one for one in read(text).named}


@pytest.mark.parametrize(
    "subject",
    ["At least 17 people", "Two workers", "Five members", "Nine militants", "People"],
)
def test_a_count_of_people_is_no_group(read: Read, subject: str) -> None:
    assert named(read, f"{subject} were killed near Lima on Monday.").keys() <= {"Peru"}


@pytest.mark.parametrize(
    "group",
    [
        "Parents' groups",
        "Women's groups",
        "Civil society organisations",
        "Aid agencies",
        "Youth groups",
        "Human rights organizations",
    ],
)
def test_groups_of_the_public_that_speak_are_constituencies(read: Read, group: str) -> None:
    found = named(read, f"{group} said that the talks must go on.")
    assert found[group].kind == "constituency"
    assert found[group].heard


def test_a_headline_that_says_union_is_the_union_named_in_full(read: Read) -> None:
    text = "Talks resume as union sets deadline\n\nThe drivers' union rejected the offer.\n"
    assert {one.name for one in read(text).named if one.kind == "party"} == {"drivers' union"}


def test_the_company_is_the_only_firm_that_a_text_names(read: Read) -> None:
    text = "Paula Voss met Northern Rail Ltd. The company rejected the plan."
    parties = [one.id for one in read(text).named if one.kind == "party"]
    assert len(parties) == 1
