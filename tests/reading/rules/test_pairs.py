"""Two parties named together: who speaks with whom, "the two mediators", "they"."""

from __future__ import annotations

import pytest

from tests.reading.rules.conftest import Read

MET = "Peru and Chile met on Monday. "


def holders(read: Read, text: str, kind: str) -> set[str]:
    """Who holds the statements of a type."""
    return {one.speakers[-1] for one in read(text).statements if one.type == kind}


def test_parties_that_say_something_together_each_say_it(read: Read) -> None:
    text = "Peru and Chile said that Brazil must leave the lake."
    found = [one for one in read(text).statements if one.type == "demand"]
    assert sorted(one.speakers for one in found) == [("chile",), ("peru",)]
    assert len({one.span for one in found}) == 1


@pytest.mark.parametrize("noun", ["mediators", "governments", "countries", "neighbours"])
def test_the_two_stand_for_the_pair_just_named(read: Read, noun: str) -> None:
    text = f"{MET}The two {noun} urged Brazil to leave the lake."
    assert holders(read, text, "request") == {"peru", "chile"}


def test_both_governments_are_the_pair_too(read: Read) -> None:
    assert holders(read, f"{MET}Both governments rejected the plan.", "reject") == {"peru", "chile"}


def test_they_stands_for_a_pair_that_just_did_something(read: Read) -> None:
    assert holders(read, f"{MET}They rejected the plan.", "reject") == {"peru", "chile"}


def test_they_is_no_pair_that_acted_long_ago(read: Read) -> None:
    text = f"{MET}It rained. The lake rose. The road closed. They rejected the plan."
    assert not holders(read, text, "reject") & {"peru", "chile"}


def test_mediators_are_not_the_two_between_whom_they_mediate(read: Read) -> None:
    text = "Norway and Cuba hosted talks between Peru and Chile. The two mediators urged restraint."
    assert holders(read, text, "request") == {"norway", "cuba"}


def test_without_a_pair_the_words_stay(read: Read) -> None:
    assert not holders(read, "Peru left. The two mediators urged restraint.", "request") & {"peru"}


def test_both_sides_are_the_pair_that_talks_were_between(read: Read) -> None:
    text = "Talks between Peru and Chile failed. Both sides rejected the plan."
    assert holders(read, text, "reject") == {"peru", "chile"}


def test_what_two_do_to_one_another_they_do_as_two(read: Read) -> None:
    text = "Talks between Peru and Chile failed. Both sides accuse the other of stalling."
    assert not holders(read, text, "accuse") & {"peru", "chile"}
