"""Types by what is said, and by whom it is said of: the wordings that a report uses."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.reading.rules.conftest import Read, Told

Telling = Callable[[str], list[Told]]


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("Peru insists that no concession be made.", "red line", "insists that no concession"),
        ("Peru insists that any raise would bankrupt it.", "warning", "would bankrupt it"),
        ("Peru said that it would never hand over the port.", "red line", "never hand over"),
        ("Peru will never accept the map.", "red line", "never accept"),
        ("Peru would accept nothing less than 9 percent.", "red line", "nothing less"),
        ("Peru would not accept the map.", "reject", "not accept"),
        ("Ana Ruiz left the door open to mediation.", "offer", "left the door open to mediation"),
        ("Peru shut the door on a compromise.", "reject", "shut the door"),
        ("Peru laid the blame on Chile.", "accuse", "blame"),
        ("Peru maintained that formal talks cannot begin.", "reject", "talks cannot begin"),
        ("Peru said that trade would not resume.", "reject", "trade would not resume"),
        ("Peru said that elections would be a farce.", "disapprove", "a farce"),
        ("Peru said that unless Chile left, civilians would pay.", "warning", "would pay"),
        ('"We will shut the port," Ana Ruiz warned.', "threaten", "shut the port"),
        ("Peru declined to say whether it would leave.", "statement", "declined to say"),
        ("Peru had withdrawn its consent.", "reject", "withdrawn its consent"),
        ("Peru committed itself to share the water.", "promise", "committed itself"),
        ("Peru hoped that the presidents would meet.", "goal", "hoped that"),
        ("Peru reaffirmed that the border is not up for negotiation.", "red line", "not up for"),
        ("The union said that it would suspend the strike.", "promise", "suspend the strike"),
    ],
)
def test_a_wording_has_its_type(told: Telling, text: str, kind: str, words: str) -> None:
    assert kind in {each for each, _, quote in told(text) if words in quote}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Drones struck a grain terminal on Monday.", "assault"),
        ("Workers struck on Monday.", "protest"),
        ("The strike has closed 212 schools.", "protest"),
        ("The air strike killed two doctors.", "assault"),
        ("Soldiers closed the border.", "coerce"),
        ("Chile repeatedly violated the ceasefire.", "event"),
    ],
)
def test_an_act_is_typed_by_who_does_it(told: Telling, text: str, kind: str) -> None:
    assert told(text)[0][0] == kind


def test_a_service_called_for_during_strikes_is_a_demand(told: Telling) -> None:
    found = told("Passenger groups called for a minimum service during strikes.")
    assert [kind for kind, _, _ in found] == ["demand"]


def test_a_possible_support_under_a_condition_is_support_so_conditioned(read: Read) -> None:
    text = "Peru said it could support the idea if sanctions were not weakened."
    kinds = {one.type: one for one in read(text).statements}
    assert kinds["support"].modality == "conditional"
    assert kinds["support"].condition is not None
    assert kinds["precondition"].span.of(text) == "if sanctions were not weakened"


def test_a_likely_deal_that_somebody_believes_in_is_one_estimate(read: Read) -> None:
    found = read("Ana Ruiz believes a settlement is likely within a week.").statements
    assert [one.type for one in found] == ["estimate"]
    assert found[0].speakers == ("ana-ruiz",)


def test_a_denial_of_doing_something_is_a_statement(told: Telling) -> None:
    assert told("Peru denied stalling.") == [("statement", "peru", "Peru denied stalling")]


def test_a_called_for_restraint_keeps_its_content(told: Telling) -> None:
    text = "Peru called on both sides to refrain from any steps that could raise tensions."
    assert ("request", "peru", text[len("Peru ") : -1]) in told(text)


def test_no_this_without_that_is_a_red_line_in_its_own_words(told: Telling) -> None:
    text = 'Union president Ana Ruiz spoke. "No contract, no classes," she told a crowd.'
    assert ("red line", "ana-ruiz", "No contract, no classes") in told(text)


def test_with_or_without_sets_no_condition(read: Read) -> None:
    found = read('"We are ready to ship with or without Chile," Ana Ruiz said.').statements
    assert [one.type for one in found] == ["offer"]
    assert found[0].condition is None


def test_a_second_verb_of_a_condition_belongs_to_it(told: Telling) -> None:
    text = (
        "Ana Ruiz said members would return to work only if the district reduced class sizes and "
        "guaranteed that nobody would be dismissed."
    )
    found = told(text)
    kinds = {kind for kind, _, words in found if words.startswith("guaranteed")}
    assert kinds == {"precondition"}


def test_the_source_of_an_event_is_no_part_of_its_words(told: Telling) -> None:
    text = "Drones hit a port, injuring two workers, according to the governor, who blamed Peru."
    assert "injuring two workers" in {words for _, _, words in told(text)}
