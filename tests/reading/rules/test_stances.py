"""Demands, refusals, fears and offers, and in which words they stand."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.reading.rules.conftest import Read, Told, only

Telling = Callable[[str], list[Told]]


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("Hungary demanded a new vote.", "demand", "demanded a new vote"),
        ("Hungary urged Poland to wait.", "request", "urged Poland to wait"),
        ("Hungary refused to open the border.", "reject", "refused to open the border"),
        ("Hungary is reluctant to send troops.", "reject", "is reluctant to send troops"),
        ("Hungary would not accept the terms.", "reject", "would not accept the terms"),
        ("Hungary accepted no settlement.", "reject", "accepted no settlement"),
        ("Hungary accused Poland of spying.", "accuse", "accused Poland of spying"),
        ("Hungary condemned the raid.", "disapprove", "condemned the raid"),
        ("Hungary threatened to close the port.", "threaten", "threatened to close the port"),
        ("Hungary vowed to attack the port.", "threaten", "vowed to attack the port"),
        ("Hungary promised to pay for the bridge.", "promise", "promised to pay for the bridge"),
        ("Hungary offered to host the talks.", "offer", "offered to host the talks"),
        ("Hungary is ready to talk.", "offer", "is ready to talk"),
        ("Hungary fears that the truce may fail.", "belief", "fears that the truce may fail"),
        ("Hungary aims to join the bloc.", "goal", "aims to join the bloc"),
        ("Hungary warned of a wider war.", "warning", "warned of a wider war"),
        ("Hungary welcomed the decision.", "approve", "welcomed the decision"),
        ("Hungary will guarantee the truce.", "guarantee", "will guarantee the truce"),
    ],
)
def test_a_word_of_stance_gives_its_type_its_holder_and_its_words(
    told: Telling, text: str, kind: str, words: str
) -> None:
    assert told(text) == [(kind, "hungary", words)]


def test_three_demands_joined_by_and_are_three_statements(told: Telling) -> None:
    found = told("The union wants a rotating chair, a veto over layoffs and the right to strike.")
    assert [words for kind, _, words in found if kind == "demand"] == [
        "wants a rotating chair",
        "a veto over layoffs",
        "the right to strike",
    ]


def test_steps_named_after_by_are_demanded_too(told: Telling) -> None:
    found = told(
        "The ministers are vocal about the need for Serbia to show restraint by halting arrests "
        "and reconsidering its refusal to accept monitors."
    )
    demands = [words for kind, _, words in found if kind == "demand"]
    assert "halting arrests" in demands
    assert any(words.startswith("reconsidering its refusal") for words in demands)
    assert ("reject", "serbia", "refusal to accept monitors") in found


def test_a_refusal_to_accept_is_no_offer_and_halting_attacks_no_event(told: Telling) -> None:
    found = told("Jordan deplored the refusal to accept the plan and called for halting attacks.")
    assert "offer" not in {kind for kind, _, _ in found}
    assert "assault" not in {kind for kind, _, _ in found}


def test_insistence_in_a_noun_is_a_demand_of_whoever_holds_it(told: Telling) -> None:
    text = (
        "Prime Minister Anna Berg has remained firm, particularly on the insistence that Swedish "
        "ships remain in the strait."
    )
    kinds = {(kind, who) for kind, who, words in told(text) if "ships remain" in words}
    assert ("demand", "anna-berg") in kinds


def test_insisting_on_no_deal_is_a_red_line(told: Telling) -> None:
    found = told("Norway insists that no deal will be signed that weakens its fleet.")
    assert [kind for kind, _, _ in found] == ["red line"]


def test_what_is_not_up_for_negotiation_is_a_red_line(told: Telling) -> None:
    found = told("Norway insists that the fleet is not up for negotiation.")
    assert [kind for kind, _, _ in found] == ["red line"]


def test_a_feared_attack_has_not_happened(told: Telling) -> None:
    found = told("Norway fears that Russia will attack the port and seize ships.")
    assert [kind for kind, _, _ in found] == ["belief"]


def test_a_denial_turns_what_is_denied(read: Read) -> None:
    text = "Norway denied having agreed to the plan."
    (one,) = read(text).statements
    assert (one.type, one.modality, one.negated) == ("statement", "denied", True)
    assert one.span.of(text) == "denied having agreed to the plan"


def test_parties_that_act_together_each_hold_the_stance(told: Telling) -> None:
    found = told("France and Britain proposed a mission.")
    assert {who for _, who, _ in found} == {"france", "united-kingdom"}


def test_a_decision_takes_no_stance(told: Telling) -> None:
    found = told("The decision rules out elections this year.")
    assert "reject" not in {kind for kind, _, _ in found}


def test_whom_a_demand_is_made_to_is_told(read: Read) -> None:
    one = only(read("Turkey urged Greece to pull back its ships."), "request")
    assert one.addressee == "greece"


def test_a_bad_name_for_a_thing_is_disapproval(told: Telling) -> None:
    assert told("Norway called the demand a trap.")[0][0] == "disapprove"
