"""Common nouns for a state's organs: tied to a party only where the text supports it."""

from __future__ import annotations

import pytest

from goodoffices.reading.rules.gazetteer import Gazetteer
from goodoffices.reading.rules.offices import home_state
from tests.reading.rules.conftest import Read

SUDAN = (
    "The United States said that talks between the Sudanese Armed Forces and the Rapid Support "
    "Forces had failed. The {noun} refused to return."
)


def refuser(read: Read, text: str) -> str:
    """Who refuses in a text."""
    (one,) = [each for each in read(text).statements if each.type == "reject"]
    return one.speakers[-1]


@pytest.mark.parametrize("noun", ["army", "military"])
def test_the_army_is_the_states_own_force_that_a_text_names(read: Read, noun: str) -> None:
    assert refuser(read, SUDAN.format(noun=noun)) == "sudanese-armed-forces"


def test_the_army_is_not_the_state_that_was_named_last(read: Read) -> None:
    text = "Peru met Chile in Lima. Chile thanked Peru. The army refused to return."
    assert refuser(read, text) == "army"


def test_a_ministry_whose_country_is_unclear_is_a_party_of_its_own(read: Read) -> None:
    text = "Peru and Chile met. Chile praised Peru. The health ministry refused to comment on it."
    aliases = {alias for one in read(text).named for alias in one.aliases}
    assert "health ministry" not in aliases


@pytest.mark.parametrize("noun", ["army", "government", "health ministry"])
def test_an_office_is_that_of_the_only_country_a_text_is_about(read: Read, noun: str) -> None:
    text = f"Peru buried its dead. Peruvian officials wept. The {noun} refused to resign."
    assert refuser(read, text) == "peru"


def test_an_office_named_with_its_owner_is_found_again(read: Read) -> None:
    text = (
        "Peru met Chile. Chile's defence ministry praised the talks. The ministry refused to say "
        "more to Peru. The defence ministry rejected the map."
    )
    assert refuser(read, text) == "chile"


def test_an_office_of_two_owners_is_neither(read: Read) -> None:
    text = (
        "Peru's foreign minister met Chile's foreign minister. The foreign minister rejected the "
        "map."
    )
    assert refuser(read, text) not in {"peru", "chile"}


def test_a_title_finds_its_bearer_again(read: Read) -> None:
    text = "Mayor Ana Ruiz met the dockers' union. The mayor rejected the plan."
    assert refuser(read, text) == "ana-ruiz"


def test_his_government_is_no_government_of_the_text(read: Read) -> None:
    text = "Peru met Chile. Peru's envoy left. His government rejected the plan."
    assert "government" not in {one.id for one in read(text).named}


def test_both_governments_are_no_single_party(read: Read) -> None:
    text = "Peru buried its dead. Peruvian officials wept. Other governments rejected the plan."
    assert refuser(read, text) != "peru"


def test_the_rebels_are_nobody_known_where_a_text_names_two_groups(read: Read) -> None:
    text = "The ELN met the FARC. The rebels rejected the truce."
    assert refuser(read, text) not in {"eln", "farc"}


@pytest.mark.parametrize(
    ("text", "home"),
    [
        ("Sudan buried its dead. Sudanese officials met envoys of Egypt in Khartoum.", "sudan"),
        ("Peru met Chile. Chile left Peru.", None),
        ("The union rejected the offer.", None),
        ("The talks failed. " * 30 + "Peru left.", None),
    ],
)
def test_a_document_is_about_the_state_that_stands_out_from_its_start(
    text: str, home: str | None
) -> None:
    assert home_state(Gazetteer.shipped(), text) == home


SPOKEN = (
    "Sweden waited. Sweden hoped. Turkish President Kemal Aydin said that parliament would ratify "
    "the treaty. Hungary's envoy left."
)


def test_parliament_in_what_a_president_says_is_that_of_the_president(read: Read) -> None:
    (one,) = [each for each in read(SPOKEN).statements if each.type == "agree"]
    assert one.speakers == ("kemal-aydin", "turkey")


def test_a_parliament_whose_country_the_clause_names_adds_no_name(read: Read) -> None:
    text = "Sweden waited. Hungary, whose parliament has delayed the vote, wants an apology."
    aliases = {alias for one in read(text).named for alias in one.aliases}
    assert not any("parliament" in alias for alias in aliases)


@pytest.mark.parametrize("det", ["A", "Any", "Another"])
def test_a_government_of_no_country_is_not_that_of_the_text(read: Read, det: str) -> None:
    text = f"Peru buried its dead. Peruvian officials wept. {det} government would reject the map."
    assert "peru" not in {who for one in read(text).statements for who in one.speakers}
