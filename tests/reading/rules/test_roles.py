"""Roles follow from cues alone; who shows none has none."""

from __future__ import annotations

import pytest

from tests.reading.rules.conftest import Read

WAR = "Talks between Peru and Chile failed. Peru rejected the plan. Chile demanded the lake. "


def role(read: Read, text: str, id_: str) -> str | None:
    """The role of a party in a text."""
    (one,) = [each for each in read(text).named if each.id == id_]
    return one.role


def test_the_two_between_whom_there_are_talks_are_principals(read: Read) -> None:
    assert role(read, WAR, "peru") == role(read, WAR, "chile") == "principal"


@pytest.mark.parametrize(
    "sentence",
    [
        "Brazil proposed a meeting in Manaus.",
        "Brazil said it would close its border if the shelling continued.",
        "Brazil warned that war would spread.",
        "Brazil welcomed the plan.",
        "Brazil backs Peru.",
    ],
)
def test_a_neighbour_that_only_speaks_has_no_role(read: Read, sentence: str) -> None:
    assert role(read, WAR + sentence, "brazil") is None


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Brazil brokered the first truce.", "mediator"),
        ("Brazil, which mediated a truce last year, invited both.", "mediator"),
        ("Brazil hosted the negotiations.", "mediator"),
        ("Brazil offered to send monitors.", "guarantor"),
        ("Brazil will deploy observers on the lake.", "guarantor"),
        ("Brazil is a guarantor of the treaty.", "guarantor"),
    ],
)
def test_a_cue_gives_a_third_party_its_role(read: Read, sentence: str, expected: str) -> None:
    assert role(read, WAR + sentence, "brazil") == expected


def test_a_pair_called_mediators_mediates(read: Read) -> None:
    text = WAR + "Norway and Cuba met. The two mediators urged restraint."
    assert role(read, text, "norway") == role(read, text, "cuba") == "mediator"
