import pytest
from hypothesis import given

from goodoffices import catalog
from goodoffices.case import Case
from goodoffices.moves.model import Model, compile_model
from goodoffices.moves.results import Move, WayReport
from goodoffices.moves.stability import Concept, analyse_stability
from goodoffices.moves.telling import Teller
from goodoffices.moves.ways import equilibria_report, way_to
from tests.moves.cases import PRISONERS, conflict, river
from tests.property.cases_of_moves import cases_of_moves


def way(case: Case, name: str = "agreement") -> WayReport:
    model = compile_model(case)
    return way_to(Teller(model), [int(s) for s in model.named[name]])


def test_the_mediators_guarantee_opens_the_way() -> None:
    found = way(river())
    assert found.path is None
    own, first = found.first_steps
    assert (first.move.by, first.move.takes, first.move.gains) == ("office", ("guard",), False)
    assert first.third
    # The other one is that a principal goes first and hopes.
    assert (own.move.by, own.third) == ("north", False)
    assert [(move.by, move.takes) for move in first.path] == [
        ("north", ("withdraw",)),
        ("south", ("lift",)),
    ]
    assert all(move.gains for move in first.path)


def test_a_first_step_of_a_principal_is_no_third_partys() -> None:
    found = way(river({"options/guard/by": "south", "preferences/office": None}))
    assert found.first_steps
    assert not any(step.third for step in found.first_steps)


def test_what_the_target_is_to_each_is_compared_with_the_status_quo() -> None:
    assert way(river()).compared == {"north": "better", "south": "better", "office": "better"}
    assert way(river(), "war").compared == {"north": "worse", "south": "worse", "office": "worse"}


def test_a_way_on_which_every_move_pays_is_told() -> None:
    found = way(river({"options/guard/taken": True}))
    assert found.path is not None
    assert [(move.by, move.gains) for move in found.path] == [("north", True), ("south", True)]


def test_the_status_quo_itself_is_no_way_off() -> None:
    found = way(river({"options/withdraw/taken": True, "options/lift/taken": True}))
    assert found.path == ()
    assert found.first_steps == ()


def test_no_way_leads_through_harm_and_what_is_left_out_is_counted() -> None:
    cuba = catalog.load("cuba-1962")
    found = way(cuba)
    steps = [move for step in found.first_steps for move in (step.move, *step.path)]
    assert not any(move.harm for move in (*steps, *(found.path or ())))
    assert found.withheld == 1
    # The same case without its marks of harm has that one step more.
    data = cuba.model_dump(by_alias=True, exclude_unset=True)
    for option in data["moves"]["options"].values():
        option.pop("harm", None)
    unmarked = way(Case.model_validate(data))
    assert unmarked.withheld == 0
    assert len(unmarked.first_steps) == len(found.first_steps) + 1


def test_a_target_that_only_harm_leads_to_has_no_way() -> None:
    case = conflict(
        {
            "options": {"strike": {"by": "north", "harm": True}, "yield": {"by": "south"}},
            "states": {"agreement": {"when": "strike and yield"}},
            "preferences": {
                "north": {"statements": ["yield", "strike"]},
                "south": {"statements": "yield iff strike"},
            },
        }
    )
    found = way(case)
    assert found.path is None
    assert found.first_steps == ()
    # By the strike itself, and by giving way before it.
    assert found.withheld == 2


def replayed(model: Model, path: tuple[Move, ...], start: str) -> str:
    """Where moves lead, each checked to be one; nobody moves twice in succession."""
    at, last = start, ""
    patterns = [model.graph.pattern(s) for s in range(model.graph.n)]
    for move in path:
        assert move.source == at
        assert move.by != last
        mover = model.graph.decision_maker(move.by)
        s, t = patterns.index(move.source), patterns.index(move.target)
        assert t in model.graph.moves(mover, s)
        assert move.gains == bool(model.ranks[mover, t] > model.ranks[mover, s])
        at, last = move.target, move.by
    return at


@given(cases_of_moves())
def test_every_way_that_is_told_is_one_and_takes_no_harm(case: Case) -> None:
    model = compile_model(case)
    goal = [int(s) for s in model.named["agreement"]]
    found = way_to(Teller(model), goal)
    start = model.graph.pattern(model.status_quo)
    ends = {model.graph.pattern(s) for s in goal}
    if found.path is not None:
        assert replayed(model, found.path, start) in ends
        assert all(move.gains and not move.harm for move in found.path)
    for step in found.first_steps:
        assert replayed(model, (step.move, *step.path), start) in ends
        assert all(move.gains for move in step.path)
        assert not any(move.harm for move in (step.move, *step.path))
    gaining = [step for step in found.first_steps if step.move.gains]
    assert (found.path is None) == (not gaining) or found.path == ()


@given(cases_of_moves())
def test_equilibria_are_those_of_the_table_each_with_its_way(case: Case) -> None:
    model = compile_model(case)
    teller = Teller(model)
    stability = analyse_stability(model.graph, model.ranks)
    found = equilibria_report(teller, stability, 100)
    start = model.graph.pattern(model.status_quo)
    for concept in Concept:
        told = {one.state for one in found.listed if concept in one.concepts}
        expected = {model.graph.pattern(int(s)) for s in stability.equilibria(concept)}
        assert told == expected
        assert found.counts[concept] == len(expected)
    assert found.total == len(found.listed)
    for one in found.listed:
        if one.improvements is not None:
            assert replayed(model, one.improvements, start) == one.state
            assert all(move.gains for move in one.improvements)
            assert one.moves is not None
            assert len(one.moves) <= len(one.improvements)
        if one.moves is not None:
            assert replayed(model, one.moves, start) == one.state


def test_equilibria_are_cut_and_counted() -> None:
    model = compile_model(conflict(PRISONERS))
    stability = analyse_stability(model.graph, model.ranks)
    found = equilibria_report(Teller(model), stability, 1)
    assert [one.state for one in found.listed] == ["NN"]
    assert found.total == 2


@pytest.mark.parametrize("role", ["mediator", "guarantor", "bystander"])
def test_whoever_is_no_side_is_a_third_party(role: str) -> None:
    case = river()
    parties = dict(case.parties)
    parties["office"] = parties["office"].model_copy(update={"role": role})
    steps = way(case.model_copy(update={"parties": parties})).first_steps
    assert [step.third for step in steps if step.move.by == "office"] == [True]


def test_where_no_way_leads_all_states_of_the_target_are_compared() -> None:
    """Naming only the nearest of them could put the blame on one side."""
    model = compile_model(river())
    both = [int(s) for name in ("war", "agreement") for s in model.named[name]]
    found = way_to(Teller(model), both)
    assert found.path is None
    assert found.compared == {"north": "mixed", "south": "mixed", "office": "mixed"}
