"""Parties by name."""

from __future__ import annotations

from pathlib import Path

import pytest

from goodoffices.errors import ModelError
from goodoffices.reading.rules import Gazetteer, read_by_rules
from goodoffices.reading.rules.gazetteer import slug
from tests.reading.rules.conftest import document

SHIPPED = Gazetteer.shipped()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ankara rejected the plan.", ["Turkey"]),
        ("Turkish Cypriot leaders met Turkish officials.", ["Turkish Cypriots", "Turkey"]),
        ("They told us to go.", []),
        ("US officials and U.S. envoys", ["United States", "United States"]),
        ("South Sudanese troops entered Sudan.", ["South Sudan", "Sudan"]),
        ("South American ministers", []),
        ("the RSF and the Rapid Support Forces", ["Rapid Support Forces"] * 2),
        ("Israelis protested.", ["Israel"]),
    ],
)
def test_a_party_is_found_under_the_names_that_news_use(text: str, names: list[str]) -> None:
    assert [hit.entry.name for hit in SHIPPED.find(text)] == names


def test_every_id_is_used_once() -> None:
    ids = [entry.id for entry in SHIPPED.entries]
    assert len(set(ids)) == len(ids)
    assert all(ids)


def test_a_persons_own_parties_win_over_those_shipped(tmp_path: Path) -> None:
    file = tmp_path / "parties.yaml"
    file.write_text(
        "parties:\n  Port Authority: {also: [PA], people: [], seat: [Quay House]}\n"
        "  Georgia: {people: [Georgian], kind: state}\n",
        encoding="utf-8",
    )
    own = SHIPPED.extended(file)
    assert [hit.entry.id for hit in own.find("Quay House and the PA agreed.")] == [
        "port-authority",
        "port-authority",
    ]
    assert [entry.seat for entry in own.entries if entry.name == "Georgia"] == [()]
    found = read_by_rules(document("Quay House rejected the offer."), gazetteer=own)
    assert found.statements[0].speakers == ("port-authority",)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("[1, 2]", "a list of parties holds"),
        ("parties: [a, b]", "a list of parties holds"),
        ("parties: {A: {also: B}}", "names stand in a list"),
        ("parties: {A: {kind: club}}", "a kind is state, group or organisation, not club"),
        ("parties: {A: B}", "holds lists named people, seat and also"),
        ("parties: {A: [", "the list of parties can't be read"),
    ],
)
def test_a_list_that_cannot_be_read_says_what_is_wrong(
    tmp_path: Path, given: str, words: str
) -> None:
    file = tmp_path / "parties.yaml"
    file.write_text(given, encoding="utf-8")
    with pytest.raises(ModelError, match=words):
        SHIPPED.extended(file)


def test_a_missing_list_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="can't be read"):
        SHIPPED.extended(tmp_path / "none.yaml")


def test_a_name_becomes_an_id_of_plain_letters() -> None:
    assert slug("Bogotá, city of") == "bogota-city-of"
    assert slug("!!!") == "name"


def test_a_state_is_found_in_the_words_of_its_forces() -> None:
    shipped = Gazetteer.shipped()
    assert shipped.state_in("Sudanese Armed Forces") == "sudan"
    assert shipped.state_in("Rapid Support Forces") is None
    assert shipped.state_in("") is None
