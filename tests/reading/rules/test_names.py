"""Parties, factions, constituencies and persons; who is heard."""

from __future__ import annotations

from goodoffices.reading.findings import Findings, Named
from tests.reading.rules.conftest import Read


def names(found: Findings) -> dict[str, Named]:
    return {one.id: one for one in found.named}


def test_a_capital_and_its_officials_stand_for_their_party(read: Read) -> None:
    found = names(read("Washington said no. US officials left. The Obama administration waited."))
    assert set(found) == {"united-states"}
    assert {"Washington", "US officials", "Obama administration"} <= set(
        found["united-states"].aliases
    )


def test_a_state_that_is_only_a_place_is_no_party(read: Read) -> None:
    found = names(read("Peru and Chile met in Norway. Peru signed the treaty."))
    assert found["norway"].kind == "place"
    assert found["peru"].kind == "party"


def test_a_person_belongs_to_the_party_of_the_title(read: Read) -> None:
    found = names(read("Turkish Foreign Minister Kemal Arslan said that talks would resume."))
    assert found["kemal-arslan"].kind == "person"
    assert found["kemal-arslan"].of == "turkey"


def test_a_leaders_office_is_a_faction_of_the_party(read: Read) -> None:
    text = "Israeli minister Dan Levi met Hamas. Levi's office insists that no troops will leave."
    (office,) = [one for one in read(text).named if one.kind == "faction"]
    assert office.of == "israel"


def test_families_and_protests_are_constituencies(read: Read) -> None:
    text = "Massive protests erupted. Families of those killed urged Peru to act."
    kinds = {one.name: one.kind for one in read(text).named}
    assert kinds["Protesters"] == kinds["Families"] == "constituency"


def test_the_rebels_are_the_group_that_a_list_names(read: Read) -> None:
    text = "The ELN left the talks. The rebels rejected the truce."
    found = read(text)
    assert {one.id for one in found.named} == {"eln"}
    assert "rebels" in found.named[0].aliases


def test_who_is_only_told_of_is_not_heard(read: Read) -> None:
    text = (
        "Hamas is refusing to talk unless Israeli forces withdraw. Israeli officials say that the "
        "talks are stuck. CIA Director Bill Burns indicated that progress was made."
    )
    found = names(read(text))
    assert not found["hamas"].heard
    assert found["israel"].heard
    assert found["united-states"].heard
    assert found["bill-burns"].heard


def test_roles_follow_what_parties_do(read: Read) -> None:
    text = (
        "Hamas rejected the plan. Israel demanded the release of hostages. Qatar hosted talks "
        "between them. Norway and Cuba, which act as guarantors of the truce, waited."
    )
    roles = {one.id: one.role for one in read(text).named}
    assert roles["hamas"] == roles["israel"] == "principal"
    assert roles["qatar"] == "mediator"
    assert roles["norway"] == roles["cuba"] == "guarantor"


def test_every_mention_is_a_span_of_the_words(read: Read) -> None:
    text = "Peru met Chile. Peruvian envoys left."
    spans = names(read(text))["peru"].spans
    assert [span.of(text) for span in spans] == ["Peru", "Peruvian", "envoys"]
