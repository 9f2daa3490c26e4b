from typing import Any

import pytest

from goodoffices.case import build, dump_case, parse_case
from goodoffices.case.moves import Score
from goodoffices.case.schema import schema
from goodoffices.errors import CaseError
from tests.moves.cases import PRISONERS, RIVER, conflict, river


def test_decision_makers_are_those_who_own_an_option_in_its_order() -> None:
    moves = parse_case(RIVER).moves
    assert moves is not None
    assert moves.decision_makers == ("north", "south", "office")


def test_what_is_written_reads_back_as_the_same_case() -> None:
    for case in (parse_case(RIVER), conflict(PRISONERS)):
        assert parse_case(dump_case(case)) == case


def test_one_entry_may_stand_where_a_list_may() -> None:
    moves = river({"preferences/south/statements": "lift"}).moves
    assert moves is not None
    assert moves.preferences["south"].statements == ("lift",)


def test_a_ranking_may_tie_entries_and_name_states_by_number() -> None:
    moves = river(
        {
            "states/1": {"name": "One", "when": "lift"},
            "preferences/south": {"ranking": [1, ["war", "not lift"]], "because": "trade"},
        }
    ).moves
    assert moves is not None
    assert moves.preferences["south"].ranking == (("1",), ("war", "not lift"))


@pytest.mark.parametrize(
    "forms",
    [
        {},
        {"statements": "lift", "ranking": ["lift"]},
        {"scores": {"lift": 1}, "ranking": ["lift"]},
    ],
)
def test_a_preference_has_exactly_one_form(forms: dict[str, Any]) -> None:
    with pytest.raises(CaseError, match="one of `statements`, `ranking` and `scores`"):
        river({"preferences/south": {**forms, "because": "trade"}})


@pytest.mark.parametrize("empty", [None, []])
def test_a_place_of_a_ranking_holds_something(empty: object) -> None:
    with pytest.raises(CaseError, match="a place of the `ranking` is empty; name a state"):
        river({"preferences/office/ranking": ["agreement", empty, "not agreement"]})


def test_from_deals_is_the_one_thing_that_may_be_asked() -> None:
    moves = river({"preferences/south/from": "deals"}).moves
    assert moves is not None
    assert moves.reads_deals
    with pytest.raises(CaseError, match="not one of deals"):
        river({"preferences/south/from": "outlook"})


def test_a_score_is_any_number_and_may_be_uncertain() -> None:
    assert Score.parse("-30..5").central == -12.5
    assert Score.parse(None).shape == "unknown"


def test_an_option_moves_one_way_only_where_that_is_said() -> None:
    with pytest.raises(CaseError, match="not one of take, drop"):
        river({"options/lift/only": "both"})


def test_a_named_state_rests_on_nothing_since_it_is_a_name() -> None:
    with pytest.raises(CaseError, match='"because" is not a field of a named state'):
        river({"states/war/because": "trade"})


def test_an_unknown_field_is_told_the_nearest() -> None:
    with pytest.raises(CaseError, match='did you mean "options"'):
        build({"goodoffices": 1, "title": "x", "moves": {"option": {}}})


def test_the_schema_of_a_case_knows_moves() -> None:
    definitions = schema()["$defs"]
    assert {"Moves", "MoveOption", "Rule", "NamedState", "Preference"} <= set(definitions)
    assert "from" in definitions["Preference"]["properties"]
