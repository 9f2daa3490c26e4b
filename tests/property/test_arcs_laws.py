"""What must hold for every conflict that is given by its moves."""

import csv
import io
import tempfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goodoffices.case import Case, dump_case, parse_case
from goodoffices.exchange import read_matrices
from goodoffices.moves import Concept, moves
from goodoffices.moves.model import Model, compile_model
from goodoffices.moves.stability import analyse_stability
from tests.moves import oracle
from tests.property.cases_of_arcs import by_arcs, cases_of_arcs
from tests.property.cases_of_moves import cases_of_moves


def reached(model: Model) -> list[list[set[int]]]:
    """The moves as plain sets, straight from the case."""
    place = {key: s for s, key in enumerate(model.moves.nodes)}
    return [
        [
            {place[t] for t in model.moves.arcs[actor].to.get(key, ())} - {place[key]}
            for key in place
        ]
        for actor in model.actors
    ]


@given(cases_of_arcs())
def test_stability_is_that_of_the_literal_definitions(case: Case) -> None:
    model = compile_model(case)
    R, ranks = reached(model), model.ranks.tolist()
    found = analyse_stability(model.graph, model.ranks)
    for concept in Concept:
        for i in range(len(ranks)):
            for s in range(model.graph.n):
                known = oracle.stable(R, ranks, i, s, concept.value)
                assert found.stable[concept][i, s] == known


@settings(max_examples=30)
@given(cases_of_moves())
def test_a_conflict_by_options_is_the_same_written_as_arcs(case: Case) -> None:
    first = compile_model(case)
    other = compile_model(by_arcs(first))
    assert np.array_equal(first.ranks, other.ranks)
    one, two = (analyse_stability(m.graph, m.ranks) for m in (first, other))
    for concept in Concept:
        assert np.array_equal(one.stable[concept], two.stable[concept])


@settings(max_examples=40)
@given(cases_of_arcs(uncertain=True))
def test_the_lens_names_only_states_that_it_reports_and_proposes_no_harm(case: Case) -> None:
    report = moves(case, draws=20)
    known = {state.id for state in report.states}
    assert known == set(case.moves.nodes if case.moves else ())
    assert report.way is not None
    proposed = [*(report.way.path or ())]
    for step in report.way.first_steps:
        proposed += [step.move, *step.path]
        ends = (step.path or (step.move,))[-1].target
        assert "agreement" in report.state(ends).named
    assert not any(move.harm for move in proposed)
    for move in report.moves:
        assert (move.harm != ()) == bool(report.state(move.target).harm)
        assert {move.source, move.target} <= known


@settings(max_examples=40)
@given(cases_of_arcs(uncertain=True))
def test_a_written_case_is_read_as_the_same(case: Case) -> None:
    assert parse_case(dump_case(case)) == case


@settings(max_examples=30)
@given(cases_of_arcs(), st.sampled_from([",", ";", "\t"]), st.booleans())
def test_a_printed_matrix_is_read_as_the_same_conflict(case: Case, sign: str, ranked: bool) -> None:
    model = compile_model(case)
    page = io.StringIO()
    table = csv.writer(page, delimiter=sign)
    table.writerow(["decision maker", "from", *model.moves.nodes])
    R = reached(model)
    top = model.ranks.max(axis=1)
    for i, actor in enumerate(model.actors):
        for s, key in enumerate(model.moves.nodes):
            table.writerow([actor, key, *(int(t in R[i][s]) for t in range(model.graph.n))])
        worth = top[i] - model.ranks[i] + 1 if ranked else model.ranks[i]
        table.writerow([actor, "rank" if ranked else "payoff", *worth])
    now = ["x" if s == model.status_quo else "" for s in range(model.graph.n)]
    table.writerow(["status quo", "", *now])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "conflict.csv"
        path.write_text(page.getvalue(), encoding="utf-8")
        found = compile_model(read_matrices(path))
    assert found.moves.nodes == model.moves.nodes
    assert found.status_quo == model.status_quo
    assert np.array_equal(found.ranks, model.ranks)
    assert reached(found) == R


@pytest.mark.parametrize("concept", list(Concept))
@settings(max_examples=15)
@given(case=cases_of_arcs())
def test_changes_that_are_told_make_the_target_an_equilibrium(concept: Concept, case: Case) -> None:
    report = moves(case)
    model = compile_model(case)
    ids = list(model.moves.nodes)
    held = analyse_stability(model.graph, model.ranks).for_all(concept)
    agreed = [ids[s] for s in model.named["agreement"]]
    for one in report.changes:
        assert one.target in agreed
        if one.concept is concept:
            assert (one.fewest == 0) == any(held[ids.index(state)] for state in agreed)
