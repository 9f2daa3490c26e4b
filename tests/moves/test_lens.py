import dataclasses
import json
from typing import Any

import jsonschema
import numpy as np
import pytest
from hypothesis import given, settings

from goodoffices import catalog
from goodoffices.case import Case, build
from goodoffices.case.scenario import apply_scenario
from goodoffices.deals import deals
from goodoffices.errors import ModelError, ScenarioError
from goodoffices.moves import Concept, MovesReport, lens, moves
from goodoffices.schemas import schema_of, to_json
from tests.case.cases import spoilt
from tests.moves.cases import PRISONERS, conflict, river, strait
from tests.property.cases_of_moves import cases_of_moves

SHAKY: dict[str, Any] = {
    **PRISONERS,
    "preferences": {
        **PRISONERS["preferences"],
        "row": {
            "scores": {
                "b and not a": 3,
                "agreement": "2..4",
                "not a and not b": 1,
                "a": 0,
            }
        },
    },
}
"""Row likes agreement better than betrayal in half of the draws."""


def test_the_result_says_what_it_is_about() -> None:
    report = moves(river())
    assert (report.title, report.scenario, report.target) == ("The river", None, "agreement")
    assert report.decision_makers == ("north", "south", "office")
    assert report.options == ("withdraw", "strike", "lift", "guard")
    assert report.states_total == len(report.states) == 9
    assert report.status_quo == report.states[0].id == "NNNN"
    assert report.method.how == "exact"
    assert report.shares == ()
    assert len(report.why) == 3


def mentioned(node: object) -> set[str]:
    """Every pattern that a result speaks of."""
    if isinstance(node, str):
        return {node} if node and not set(node) - set("YN") else set()
    if dataclasses.is_dataclass(node) and not isinstance(node, type):
        parts: list[object] = [getattr(node, field.name) for field in dataclasses.fields(node)]
    elif isinstance(node, dict):
        parts = list(node.values())
    elif isinstance(node, tuple):
        parts = list(node)
    else:
        return set()
    return set().union(*map(mentioned, parts)) if parts else set()


@settings(max_examples=20)
@given(cases_of_moves())
def test_every_state_that_an_answer_names_is_reported(case: Case) -> None:
    report = moves(case)
    ids = [state.id for state in report.states]
    assert len(ids) == len(set(ids)) == report.states_total
    assert mentioned(report) <= set(ids)


def test_of_many_states_only_those_that_are_named_are_reported(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(lens, "FEW", 4)
    monkeypatch.setattr(lens, "MOST_LISTED", 5)
    more = {f"options/o{n}": {"name": "O", "by": "office", "assumed": "team: x"} for n in range(3)}
    report = moves(river(more))
    assert len(report.states) < report.states_total == 65
    assert mentioned(report) <= {state.id for state in report.states}
    assert report.moves == ()
    assert report.leaving[0].state == "NNNNNNN"
    told = {one.state for one in report.leaving}
    assert told == {report.status_quo, *(s for one in report.named for s in one.listed)}
    # Eight states of one name are told, of the sixteen that are an agreement.
    assert [(one.total, len(one.listed)) for one in report.named] == [(16, 8), (1, 1)]


def test_where_there_are_few_states_every_move_is_told() -> None:
    report = moves(conflict(PRISONERS))
    assert sorted((m.by, m.source, m.target, m.gains) for m in report.moves) == [
        ("column", "NN", "NY", False),
        ("column", "NY", "NN", True),
        ("column", "YN", "YY", False),
        ("column", "YY", "YN", True),
        ("row", "NN", "YN", False),
        ("row", "NY", "YY", False),
        ("row", "YN", "NN", True),
        ("row", "YY", "NY", True),
    ]
    assert {one.state for one in report.leaving} == {"NN", "NY", "YN", "YY"}


def test_a_state_is_found_by_its_pattern() -> None:
    report = moves(river())
    assert report.state("NYNN").named == ("war",)
    with pytest.raises(KeyError):
        report.state("YYYY")


def test_a_scenario_is_answered_as_the_case_that_it_makes() -> None:
    case = catalog.load("elmira-1991")
    report = moves(case, scenario="town-insists")
    assert report.scenario == "town-insists"
    other = moves(apply_scenario(case, "town-insists"))
    assert dataclasses.replace(report, scenario=None) == other


def test_a_target_may_be_a_named_state_or_a_pattern() -> None:
    assert moves(river(), target="war").target == "war"
    report = moves(river(), target="NNYN")
    assert report.target == "NNYN"
    assert report.way is not None
    assert report.way.target == "NNYN"


@pytest.mark.parametrize(
    ("target", "hint"),
    [
        ("agrement", 'did you mean "agreement"'),
        ("YYNN", "known: agreement, war"),
        ("NN", "known: agreement, war"),
    ],
)
def test_an_unknown_target_is_told_what_there_is(target: str, hint: str) -> None:
    with pytest.raises(ModelError, match=f'"{target}" is not a named state; {hint}'):
        moves(river(), target=target)


def test_without_an_agreement_there_is_no_way_and_no_change() -> None:
    case = catalog.load("garrison-1976")
    report = moves(case)
    assert (report.target, report.way, report.changes) == (None, None, ())
    assert moves(case, target="4").way is not None


def test_a_case_without_named_states_says_so_for_a_target() -> None:
    case = conflict({"options": {"a": {"by": "x"}}, "preferences": {"x": {"statements": "a"}}})
    with pytest.raises(ModelError, match="the case names none"):
        moves(case, target="agreement")


def test_of_all_states_of_agreement_those_that_need_no_change_are_told() -> None:
    """Elmira's states 4 and 8 are agreements; 8 is stable in every sense, 4 by GMR and SMR."""
    report = moves(catalog.load("elmira-1991"))
    assert [one.listed for one in report.named if one.id == "agreement"] == [("YNYNN", "YNYNY")]
    assert {one.fewest for one in report.changes} == {0}
    found = {one.concept: {one.target, *one.others} for one in report.changes}
    assert found[Concept.NASH] == found[Concept.SEQ] == found[Concept.SSEQ] == {"YNYNY"}
    assert found[Concept.GMR] == found[Concept.SMR] == {"YNYNN", "YNYNY"}


def test_beside_arcs_states_are_told_by_their_ids() -> None:
    report = moves(strait())
    assert report.options == ()
    assert (report.status_quo, report.target) == ("patrols", "agreement")
    assert report.states_total == len(report.states) == 5
    assert {state.id for state in report.states if state.harm} == {"shots", "war"}
    assert report.way is not None
    assert [(m.by, m.source, m.target) for m in report.way.path or ()] == [
        ("office", "patrols", "watched"),
        ("north", "watched", "agreement"),
    ]
    # Through shots fired a way would open too; that is counted, and not shown.
    assert report.way.withheld == 1
    assert report.why[2].text.endswith("then North moving to “Patrols withdrawn”.")
    assert "moves.arcs.office" in report.why[2].assumed
    assert [one.id for one in report.named if one.total > 1] == ["bad"]


def test_a_target_beside_arcs_is_a_state_or_a_group_and_never_a_pattern() -> None:
    assert moves(strait(), target="watched").target == "watched"
    assert moves(strait(), target="bad").target == "bad"
    for wrong in ("", "NN", "watch"):
        with pytest.raises(ModelError, match="is not a named state"):
            moves(strait(), target=wrong)


def test_of_very_many_named_states_the_target_groups_and_the_nearest_are_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(lens, "MOST_NAMES", 3)
    office = {"scores": {"agreement": "2..4", "watched": 2, "patrols": 1, "bad": 0}}
    report = moves(strait({"preferences/office": office}), draws=20)
    assert [one.id for one in report.named] == ["patrols", "agreement", "bad"]
    assert [one.named for one in report.shares] == [None, "agreement", "bad"]


def test_the_status_quo_is_no_named_state_besides_in_the_shares() -> None:
    office = {"scores": {"agreement": "2..4", "watched": 2, "patrols": 1, "bad": 0}}
    named = [one.named for one in moves(strait({"preferences/office": office}), draws=20).shares]
    assert named[0] is None
    assert "patrols" not in named


def test_uncertain_preferences_are_answered_by_shares() -> None:
    report = moves(conflict(SHAKY), draws=2000, seed=3)
    assert (report.method.how, report.method.draws, report.method.seed) == ("sampled", 2000, 3)
    shares = {one.named: one.shares for one in report.shares}
    assert set(shares) == {None, "agreement"}
    # Silence is a Nash equilibrium where neither gains by breaking it: never, since one would.
    assert shares["agreement"][Concept.NASH].hits == 0
    assert shares[None][Concept.NASH].value == 1.0
    assert shares[None][Concept.NASH].draws == 2000


def test_the_share_of_a_named_state_is_that_of_any_of_its_states() -> None:
    data = {
        "options": {"a": {"by": "x"}},
        "states": {"either": {"when": "a or not a"}},
        "preferences": {"x": {"scores": {"a": "0..2", "not a": 1}}},
    }
    report = moves(conflict(data), draws=400)
    shares = {one.named: one.shares[Concept.NASH] for one in report.shares}
    assert shares["either"].hits == 400
    assert abs(shares[None].value - 0.5) < 4 * np.sqrt(0.25 / 400)


def test_a_share_is_that_of_the_states_at_face_value_in_each_draw() -> None:
    data = {**SHAKY, "options": {**PRISONERS["options"], "b": {"by": "column", "taken": True}}}
    report = moves(conflict(data), draws=1000, seed=2)
    share = next(one.shares[Concept.NASH] for one in report.shares if one.named is None)
    # In the state in which Column alone is silent, Column would break silence in every draw.
    assert share.hits == 0


def test_the_same_seed_gives_the_same_result() -> None:
    case = conflict(SHAKY)
    assert moves(case, draws=50, seed=4) == moves(case, draws=50, seed=4)
    assert moves(case, draws=50, seed=4) != moves(case, draws=51, seed=4)


def test_draws_of_one_side_do_not_hang_on_the_numbers_of_another() -> None:
    other = {
        **SHAKY,
        "preferences": {
            **SHAKY["preferences"],
            "column": {"scores": {"agreement": "3..4", "a": "1..2"}},
        },
    }
    first, second = (
        list(form.drawn(np.random.default_rng([7, 0]), 5))
        for form in (lens.compile_model(conflict(data)).forms[0] for data in (SHAKY, other))
    )
    assert np.array_equal(first, second)


def test_fewer_draws_for_many_states_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lens, "MOST_CELLS", 8 * 150)
    report = moves(conflict(SHAKY), draws=2000)
    assert report.method.how == "bounded"
    assert report.method.draws == 150
    assert report.method.note == "150 draws instead of 2,000, for so many states"


def test_what_is_cut_short_for_many_states_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lens, "MOST_INVERSE", 3)
    report = moves(conflict(PRISONERS))
    assert report.changes == ()
    assert report.method.how == "bounded"
    assert "what would have to change is told for up to 3 states only" in report.method.note


def test_progress_runs_to_its_end() -> None:
    seen: list[tuple[int, int]] = []
    moves(conflict(SHAKY), draws=20, progress_to=lambda done, total: seen.append((done, total)))
    assert {total for _, total in seen} == {1000}
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)
    assert seen[-1] == (1000, 1000)


def test_fewer_than_one_draw_is_refused() -> None:
    with pytest.raises(ValueError, match="draws must be at least 1, not 0"):
        moves(river(), draws=0)


def test_an_unknown_scenario_is_refused() -> None:
    with pytest.raises(ScenarioError, match="no scenario"):
        moves(river(), scenario="peace")


def test_a_case_without_moves_is_refused() -> None:
    with pytest.raises(ModelError, match="this case has none; add `moves`"):
        moves(catalog.load("trieste-1954"))


# --- From deals -----------------------------------------------------------------------------------

CORRIDOR: dict[str, Any] = {
    "options": {
        "go": {"name": "Go", "by": "north", "assumed": "team: x"},
        "pay": {"name": "Pay", "by": "south", "assumed": "team: x"},
    },
    "states": {"agreement": {"name": "Agreement", "when": "go and pay"}},
    "preferences": {
        "north": {"statements": ["pay", "not go"], "from": "deals", "assumed": "team: x"},
        "south": {"statements": ["go", "not pay"], "assumed": "team: x"},
    },
}


def corridor(changes: dict[str, Any] | None = None) -> Case:
    return build(spoilt({"moves": CORRIDOR, **(changes or {})}))


def stance(changes: dict[str, Any] | None = None) -> tuple[str, MovesReport]:
    case = corridor(changes)
    report = moves(case, deals=deals(case, draws=300, compare=False), draws=300)
    assert report.way is not None
    return report.way.compared["north"], report


def test_a_package_worth_more_than_the_walk_away_makes_agreement_better() -> None:
    changes = {
        "demands/north-no-deal/value": 1,
        "demands/stay/refuses": {"corridor": "leave"},
        "demands/no-troops/requires": {"corridor": ["share"]},
    }
    side, report = stance(changes)
    assert side == "better"
    # North accepts that package in every draw, so that nothing is uncertain.
    assert report.method.how == "exact"


def test_an_uncertain_walk_away_makes_the_preference_uncertain() -> None:
    _, report = stance({"demands/north-no-deal/value": "1..99"})
    assert report.method.how == "sampled"
    assert {one.named for one in report.shares} == {None, "agreement"}


def test_a_package_worth_less_than_the_walk_away_makes_agreement_worse() -> None:
    side, _ = stance({"demands/north-no-deal/value": 99})
    assert side == "worse"


def test_sentences_of_weighed_preferences_lead_to_the_walk_away_and_the_positions() -> None:
    _, report = stance()
    paths = {path for sentence in report.why for path in sentence.paths}
    assert {"demands.north-no-deal", "positions.north.corridor"} <= paths
    assert "demands.south-no-deal" not in paths


def test_deals_of_another_scenario_are_refused() -> None:
    case = corridor()
    other = deals(case, scenario="watched", draws=50, compare=False)
    with pytest.raises(ValueError, match="deals are about scenario watched, and moves about None"):
        moves(case, deals=other)


def test_without_the_other_lens_preferences_from_deals_are_refused() -> None:
    with pytest.raises(ModelError, match="give the answers of that lens too"):
        moves(corridor())


# --- Outside --------------------------------------------------------------------------------------


def test_the_result_is_json_by_its_schema() -> None:
    data = json.loads(to_json(moves(river())))
    schema = schema_of("moves")
    assert schema["$id"] == "urn:goodoffices:schema:moves:1"
    jsonschema.validate(data, schema)
    assert data["why"][0]["text"] == "In the status quo nobody could gain by moving alone."
    assert data["states"][0]["stable"]["north"][0] == "nash"


def test_a_result_cannot_be_changed() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        moves(river()).title = "x"  # type: ignore[misc]


def test_a_notebook_shows_the_sentences_and_escapes_what_the_case_says() -> None:
    case = river()
    parties = {**case.parties, "north": case.parties["north"].model_copy(update={"name": "<b>"})}
    shown = moves(case.model_copy(update={"parties": parties, "title": "<i>"}))._repr_html_()
    assert "&lt;i&gt;" in shown
    assert "&lt;b&gt;" in shown
    assert "<b>" not in shown
    assert "stable by itself (Nash)" in shown
