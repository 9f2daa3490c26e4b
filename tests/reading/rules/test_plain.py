"""Clauses that no word of the vocabulary types."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.reading.rules.conftest import Told

Telling = Callable[[str], list[Told]]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Peru said that it would not remove its ships.", "reject"),
        ("Peru said that it would never remove its ships.", "red line"),
        ("Peru said that it would repair the bridge.", "promise"),
        ("Peru said that it would destroy the bridge.", "threaten"),
        ("Peru said that Chile must repair the bridge.", "demand"),
        ("Peru said that any partition was unacceptable.", "reject"),
        ("Peru said that more hostages will die.", "warning"),
        ("Peru said that the river was high.", "statement"),
        ("The talks have shifted to Lima.", "event"),
        ("The treaty has four parts.", "statement"),
        ("The status of the lake was not resolved.", "statement"),
        ("The chances of a treaty have dimmed.", "estimate"),
        ("Peru, which borders Chile, will not sign.", "reject"),
        ("The talks were slowed by conflicting demands over the lake.", "issue"),
    ],
)
def test_a_clause_has_the_type_of_what_it_says(told: Telling, text: str, kind: str) -> None:
    assert [each for each, _, _ in told(text)] == [kind]


def test_what_the_speaker_says_of_another_is_no_refusal_of_the_speakers(told: Telling) -> None:
    assert told("Peru said that Chile will not reply.")[0][0] == "statement"


def test_what_a_subject_names_is_its_type(told: Telling) -> None:
    text = "Peru said that its goal was to reopen the port."
    assert ("goal", "peru") in {(kind, who) for kind, who, _ in told(text)}


def test_a_will_to_do_two_things_is_one_statement(told: Telling) -> None:
    text = "Peru said that as time goes on, more hostages will die or be murdered."
    (one,) = [words for kind, _, words in told(text) if kind == "warning"]
    assert one.endswith("will die or be murdered")


def test_a_sentence_goes_on_telling_what_was_said(told: Telling) -> None:
    text = "The minister said that Peru was patient. The troops would stay."
    assert told(text)[1][1] == "minister"


def test_a_comment_refused_is_a_statement(told: Telling) -> None:
    assert told("Santiago has not commented.")[0][0] == "statement"
