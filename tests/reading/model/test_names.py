"""Who is who, and who speaks in a sentence."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.reading.findings import Span
from goodoffices.reading.model.names import Names, attributions, form_of, unique_id
from goodoffices.reading.model.quotes import Folded
from goodoffices.reading.model.wire import WireName


def names(text: str, *wire: dict[str, Any]) -> Names:
    return Names.of([WireName.model_validate(one) for one in wire], Folded.of(text))


def party(name: str, *aliases: str, **fields: Any) -> dict[str, Any]:
    return {"name": name, "kind": "party", "aliases": list(aliases), **fields}


def speaking(text: str, sentence: Span, found: Names) -> set[str]:
    return {its for _, its in attributions(text, sentence, found)}


def person(name: str, *aliases: str, of: str | None = None) -> dict[str, Any]:
    return {"name": name, "kind": "person", "aliases": list(aliases), "of": of}


def test_names_that_share_a_form_are_one() -> None:
    text = "The United States met Hamas. Washington and the US left."
    found = names(
        text,
        party("The United States", "Washington"),
        party("Washington", "the US", role="mediator"),
        party("Hamas"),
    )
    assert [(one.id, one.role) for one in found.found] == [
        ("united-states", "mediator"),
        ("hamas", None),
    ]
    assert found.resolve("US") == found.resolve("Washington's") == "united-states"


def test_a_name_may_join_two_that_were_apart() -> None:
    text = "Israel left. Jerusalem stayed. Israel, or Jerusalem, spoke."
    found = names(text, party("Israel"), party("Jerusalem"), party("Israel", "Jerusalem"))
    assert [(one.name, one.aliases) for one in found.found] == [("Israel", ("Jerusalem",))]


def test_a_person_and_a_party_of_the_same_name_stay_two() -> None:
    found = names("Netanyahu and Netanyahu", party("Netanyahu"), person("Netanyahu"))
    assert [one.id for one in found.found] == ["netanyahu", "netanyahu-2"]


def test_a_title_before_a_person_does_not_matter() -> None:
    text = "Defense Minister Yoav Gallant warned. The army of Israel moved."
    found = names(text, person("Yoav Gallant", "Gallant"), party("Israel"))
    assert found.resolve("Defense Minister Yoav Gallant") == "yoav-gallant"
    assert found.resolve("Minister Gallant") == "yoav-gallant"
    # The army of a state is not the state.
    assert found.resolve("The army of Israel") is None
    assert found.resolve(None) is None
    assert found.resolve("") is None


def test_only_a_party_has_people() -> None:
    found = names(
        "Ann of the Front in Doro", party("the Front"), person("Ann", of="Doro"), person("Doro")
    )
    assert {one.id: one.of for one in found.found} == {"front": None, "ann": None, "doro": None}


def test_of_two_names_in_one_place_the_longer_one_stands_there() -> None:
    text = "The army chief spoke to the army."
    found = names(text, party("the army"), person("The army chief"))
    assert [(span.of(text), its) for span, its in found.mentions] == [
        ("army chief", "army-chief"),
        ("army", "army"),
    ]


def test_pronouns_and_names_that_are_not_there_are_no_names() -> None:
    found = names("He met the Front.", person("He"), party("It"), party("the Front", "Atlantis"))
    assert [(one.name, one.aliases) for one in found.found] == [("the Front", ())]


def test_kin_are_a_party_and_its_people() -> None:
    text = "Israel, Netanyahu, Gallant and Hamas"
    found = names(
        text,
        party("Israel"),
        person("Netanyahu", of="Israel"),
        person("Gallant", of="Israel"),
        party("Hamas"),
    )
    assert found.kin("gallant") == found.kin("israel") == {"israel", "netanyahu", "gallant"}
    assert found.kin("hamas") == {"hamas"}


@pytest.mark.parametrize(
    ("sentence", "who"),
    [
        ("Ann said that Ben left.", {"ann"}),
        ("Ann, the envoy of the north, warned that Ben left.", {"ann"}),
        ("“Never,” said Ann to Ben.", {"ann"}),
        ("According to Ann, Ben left.", {"ann"}),
        ("Ann says that Ben insists on talks.", {"ann", "ben"}),
        ("Ann met Ben.", set()),
        ("Ann met Ben, who said nothing.", set()),
        ("Ann left and said nothing.", set()),
        ("The envoy said that Ann left.", set()),
        ("Saying so costs Ann nothing.", set()),
    ],
)
def test_who_speaks_in_a_sentence(sentence: str, who: set[str]) -> None:
    found = names(sentence, *(person(one) for one in ("Ann", "Ben") if one in sentence))
    assert speaking(sentence, Span(0, len(sentence)), found) == who


def test_only_the_sentence_itself_is_looked_at() -> None:
    text = "Ann said so. Ben left. According to Ann it rained."
    found = names(text, person("Ann"), person("Ben"))
    assert speaking(text, Span(13, 22), found) == set()
    assert speaking("It rained.", Span(0, 10), names("It rained.")) == set()


@given(st.text(max_size=60), st.sets(st.sampled_from(["name", "name-2", "a"])))
def test_an_id_is_new_and_fits_a_case(name: str, taken: set[str]) -> None:
    before = set(taken)
    found = unique_id(name, taken)
    assert found not in before
    assert found in taken
    assert found[0].isalnum()
    assert found.replace("-", "").isalnum()
    assert len(found) <= 80


def test_a_form_is_without_article_and_possessive() -> None:
    assert form_of("The Front’s") == form_of("front") == "front"
    assert form_of("the theatre") == "theatre"
