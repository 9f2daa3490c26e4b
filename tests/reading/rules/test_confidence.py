"""How sure the engine is of a statement."""

from __future__ import annotations

from tests.reading.rules.conftest import Read, only


def test_a_pronoun_makes_it_less_sure(read: Read) -> None:
    named = only(read("Peru demanded a new survey."), "demand")
    found = read("Peru left the talks. It demanded a new survey.")
    assert only(found, "demand").confidence < named.confidence


def test_a_speaker_in_words_makes_it_less_sure(read: Read) -> None:
    named = only(read("Peru demanded a new survey."), "demand")
    unnamed = only(read("Two officials demanded a new survey."), "demand")
    assert unnamed.confidence < named.confidence


def test_a_stance_is_surer_than_a_plain_statement(read: Read) -> None:
    stance = only(read("Peru rejected the plan."), "reject")
    plain = only(read("The plan has four parts."), "statement")
    assert plain.confidence < stance.confidence
