import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given

from goodoffices import catalog
from goodoffices.case import Case
from goodoffices.case.statements import parse_statement
from goodoffices.case.states import columns_of
from goodoffices.errors import ExchangeError
from goodoffices.exchange import _gmcr_out, lost_in_gmcr, read_gmcr, write_gmcr
from goodoffices.exchange._gmcr_out import document
from goodoffices.moves.model import compile_model
from tests.moves.cases import PRISONERS, conflict, river
from tests.property.cases_of_moves import cases_of_moves, statements

NAMES = ("a", "b", "c", "d", "e")


def test_what_the_format_cannot_say_is_listed() -> None:
    lost = {fault.where: fault.what for fault in lost_in_gmcr(river({"options/lift/taken": True}))}
    assert lost == {
        "moves.options.lift.taken": "what is taken in the status quo",
        "moves.options.strike.harm": "a mark of harm",
        "moves.states.war.one": "states that are taken as one",
    }


def test_uncertain_numbers_scenarios_and_deals_are_lost() -> None:
    case = catalog.load("camp-david-1978-sinai")
    moves = conflict(
        {**PRISONERS, "preferences": {
            "row": {"scores": {"a": "1..3", "b": 1}},
            "column": {"ranking": ["a"], "from": "deals"},
        }}
    ).moves  # fmt: skip
    lost = [fault.where for fault in lost_in_gmcr(case.model_copy(update={"moves": moves}))]
    assert {"issues", "positions", "demands"} <= set(lost)
    assert {"moves.preferences.row.scores", "moves.preferences.column.from"} <= set(lost)
    first, *_ = lost_in_gmcr(catalog.load("cuba-1962"))
    assert first.where == "scenarios.under-blockade"


def test_without_lossy_nothing_is_written(tmp_path: Path) -> None:
    with pytest.raises(ExchangeError, match=r"2 parts of the case can't be said in a \.gmcr file"):
        write_gmcr(river(), tmp_path / "x.gmcr")
    assert list(tmp_path.iterdir()) == []
    assert write_gmcr(river(), tmp_path / "x.gmcr", lossy=True)


def test_a_case_without_moves_cannot_be_written_at_all(tmp_path: Path) -> None:
    with pytest.raises(ExchangeError, match="moves: there are none to write; add `moves`"):
        write_gmcr(catalog.load("trieste-1954"), tmp_path / "x.gmcr", lossy=True)


def test_a_case_of_statements_alone_is_written_as_conditions() -> None:
    case = conflict(
        {
            "options": {"a": {"by": "x"}, "b": {"by": "y"}},
            "preferences": {
                "x": {"statements": ["b", "a iff b"]},
                "y": {"statements": "not b if a"},
            },
        }
    )
    told = document(case)
    assert told["useManualPreferenceRanking"] is False
    assert [side["preferences"] for side in told["decisionMakers"]] == [
        [
            [[1, "Y"]],
            {"compound": True, "members": [[[0, "Y"], [1, "Y"]], [[0, "N"], [1, "N"]]]},
        ],
        [{"compound": True, "members": [[[1, "N"]], [[0, "N"]]]}],
    ]


def test_one_ranking_makes_all_rankings_count() -> None:
    told = document(conflict(PRISONERS))
    assert told["useManualPreferenceRanking"] is True
    assert [side["preferenceRanking"] for side in told["decisionMakers"]] == [
        [3, 4, 1, 2],
        [2, 4, 1, 3],
    ]


def test_options_are_written_by_owner() -> None:
    case = conflict(
        {
            "options": {"a": {"by": "x"}, "b": {"by": "y"}, "c": {"by": "x", "only": "take"}},
            "preferences": {"x": {"ranking": ["a"]}, "y": {"ranking": ["b"]}},
        }
    )
    told = document(case)
    assert [option["name"] for option in told["options"]] == ["A", "C", "B"]
    assert [option["permittedDirection"] for option in told["options"]] == ["both", "fwd", "both"]
    assert [side["options"] for side in told["decisionMakers"]] == [[0, 1], [2]]


def holds(term: dict[str, bool], state: int) -> bool:
    return all(bool(state >> NAMES.index(name) & 1) == taken for name, taken in term.items())


@given(statements(NAMES))
def test_terms_hold_just_where_the_statement_does(text: str) -> None:
    statement = parse_statement(text, NAMES)
    columns = columns_of(np.arange(32), NAMES)
    for truth in (True, False):
        terms = _gmcr_out._terms(statement.tree, truth=truth)
        assert terms is not None
        found = [any(holds(term, state) for term in terms) for state in range(32)]
        assert found == (statement.holds(columns) == truth).tolist()


def test_a_rule_too_long_to_take_apart_is_written_by_states(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(_gmcr_out, "MOST_TERMS", 2)
    rule = "(a or b) and (b or c) and (a or c)"
    case = conflict(
        {
            "options": {name: {"by": "x", "taken": True} for name in "abc"},
            "rules": {"two": {"holds": rule}, "not-all": {"holds": "not (a and b and c) or a"}},
            "preferences": {"x": {"ranking": ["a and b"]}},
        }
    )
    (path,) = write_gmcr(case, tmp_path / "x.gmcr", lossy=True)
    told = json.loads(path.read_text(encoding="utf-8"))["infeasibles"]
    assert told == [[[0, "N"], [1, "N"]], [[0, "N"], [1, "Y"], [2, "N"]], [[0, "Y"], [1, "N"],
                    [2, "N"]]]  # fmt: skip
    assert compile_model(read_gmcr(path)).graph.states.tolist() == [3, 5, 6, 7]


def test_too_many_states_are_not_written(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(_gmcr_out, "MOST_STATES", 3)
    with pytest.raises(ExchangeError, match="4 states; at most 3 are written"):
        write_gmcr(conflict(PRISONERS), tmp_path / "x.gmcr")


def unmerged(case: Case) -> Case:
    """The case by owner, without what a file can't hold: what is left must come back."""
    return _gmcr_out._plain_moves(case)


@given(cases_of_moves())
def test_what_is_written_reads_back_as_the_same_conflict(
    tmp_path_factory: pytest.TempPathFactory, case: Case
) -> None:
    path = tmp_path_factory.mktemp("gmcr") / "x.gmcr"
    write_gmcr(case, path, lossy=True)
    there, back = compile_model(unmerged(case)), compile_model(read_gmcr(path))
    assert there.graph.states.tolist() == back.graph.states.tolist()
    assert np.array_equal(there.ranks, back.ranks)
    for k in range(len(there.actors)):
        for s in range(there.graph.n):
            assert there.graph.moves(k, s).tolist() == back.graph.moves(k, s).tolist()


def test_the_written_file_is_plain_json_with_a_newline(tmp_path: Path) -> None:
    (path,) = write_gmcr(conflict(PRISONERS), tmp_path / "x.gmcr")
    text = path.read_text(encoding="utf-8")
    assert text.endswith("}\n")
    told: dict[str, Any] = json.loads(text)
    assert told["program"] == "goodoffices"
