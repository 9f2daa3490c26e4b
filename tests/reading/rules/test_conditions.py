"""Conditions, who sets them, and what is none."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.reading.rules.conftest import Read, Told

Telling = Callable[[str], list[Told]]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Chad refuses to talk unless Libya withdraws.", "unless Libya withdraws"),
        ("Chad will talk only if Libya withdraws.", "only if Libya withdraws"),
        (
            "Chad offered a truce provided that Libya withdraws.",
            "provided that Libya withdraws",
        ),
        (
            "Chad will not disarm until Libya withdraws.",
            "until Libya withdraws",
        ),
        (
            "Chad threatened to strike as long as the port is shut.",
            "as long as the port is shut",
        ),
        (
            "Chad is reluctant to accept a truce without guarantees.",
            "without guarantees",
        ),
        (
            "Chad refuses to vote while Libya holds the town.",
            "while Libya holds the town",
        ),
        (
            "Chad offered to share the water, should a treaty be reached.",
            "should a treaty be reached",
        ),
    ],
)
def test_a_condition_is_a_precondition_of_whoever_sets_it(
    told: Telling, text: str, words: str
) -> None:
    assert ("precondition", "chad", words) in told(text)


def test_the_statement_that_holds_only_under_it_names_its_condition(read: Read) -> None:
    text = "Chad refuses to talk unless Libya withdraws from the town."
    (refusal,) = [one for one in read(text).statements if one.type == "reject"]
    assert refusal.span.of(text) == "refuses to talk"
    assert refusal.condition is not None
    assert refusal.condition.of(text) == "unless Libya withdraws from the town"
    assert refusal.modality == "conditional"


@pytest.mark.parametrize(
    "text",
    [
        "The bus left without a driver.",
        "He stayed until Friday.",
        "They met before lunch.",
        "Trade fell while prices rose.",
    ],
)
def test_plain_words_of_time_and_lack_set_no_condition(told: Telling, text: str) -> None:
    assert "precondition" not in {kind for kind, _, _ in told(text)}


def test_two_conditions_joined_by_and_are_two(told: Telling) -> None:
    text = "Chad will halt only when Libya pulls out of the valley and drops its claim."
    conditions = [words for kind, _, words in told(text) if kind == "precondition"]
    assert len(conditions) == 2
    assert "drops its claim" in conditions[1]


def test_no_deal_without_guarantees_is_one_red_line(told: Telling) -> None:
    text = '"There will be no deal without guarantees," President Ana Ruiz said.'
    found = told(text)
    assert [(kind, who) for kind, who, _ in found] == [("red line", "ana-ruiz")]
    assert "without guarantees" in found[0][2]


def test_a_condition_goes_on_telling_what_was_said_before(told: Telling) -> None:
    text = "Chad said it was patient. A return to talks was possible only if Libya withdrew."
    assert ("precondition", "chad", "only if Libya withdrew") in told(text)


@pytest.mark.parametrize("words", ["without delay", "without hesitation", "without comment"])
def test_without_delay_sets_no_condition(told: Telling, words: str) -> None:
    found = told(f"Chad urged Libya to withdraw {words}.")
    assert "precondition" not in {kind for kind, _, _ in found}
