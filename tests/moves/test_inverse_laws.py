"""Laws of the inverse analysis and of shares over draws, on random models."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from goodoffices.moves.inverse import fewest_statements_moved, fewest_swaps
from goodoffices.moves.preference import ranking_of, ranks_from_ranking
from goodoffices.moves.profiles import reorderings, tabulate_profiles
from goodoffices.moves.sampled import sample_equilibria
from goodoffices.moves.stability import Concept, analyse_stability
from tests.moves.models import Model, arc_models, option_models

INSIDE = [
    (Concept.NASH, Concept.SSEQ),
    (Concept.SSEQ, Concept.SEQ),
    (Concept.SEQ, Concept.GMR),
    (Concept.SSEQ, Concept.SMR),
    (Concept.SMR, Concept.GMR),
]
some = st.one_of(option_models(most_options=3, most=3), arc_models(most_states=5, most=3))
few = settings(max_examples=25)


@few
@given(some, st.data())
def test_no_change_is_needed_exactly_where_there_is_an_equilibrium(
    model: Model, data: st.DataObject
) -> None:
    target = data.draw(st.integers(0, model.graph.n - 1))
    stability = analyse_stability(model.graph, model.ranks)
    for concept in Concept:
        found = fewest_swaps(model.graph, model.ranks, target, concept)
        assert (found.fewest == 0) == stability.for_all(concept)[target]


@few
@given(some, st.data())
def test_a_weaker_sense_never_takes_more_changes(model: Model, data: st.DataObject) -> None:
    target = data.draw(st.integers(0, model.graph.n - 1))
    fewest = {
        concept: fewest_swaps(model.graph, model.ranks, target, concept) for concept in Concept
    }
    for inner, outer in INSIDE:
        strong, weak = fewest[inner], fewest[outer]
        if strong.exact and weak.exact and strong.fewest is not None:
            assert weak.fewest is not None
            assert weak.fewest <= strong.fewest


@few
@given(some, st.sampled_from(list(Concept)), st.data())
def test_the_more_may_change_the_less_has_to(
    model: Model, concept: Concept, data: st.DataObject
) -> None:
    target = data.draw(st.integers(0, model.graph.n - 1))
    who = data.draw(st.sets(st.integers(0, len(model.R) - 1)))
    some_may = fewest_swaps(model.graph, model.ranks, target, concept, who=who)
    all_may = fewest_swaps(model.graph, model.ranks, target, concept)
    for changes in some_may.changes:
        assert {change.mover for change in changes} <= who
    if some_may.exact and all_may.exact and some_may.fewest is not None:
        assert all_may.fewest is not None
        assert all_may.fewest <= some_may.fewest


@few
@given(some, st.data())
def test_any_state_can_become_a_nash_equilibrium_where_ties_do_not_bind(
    model: Model, data: st.DataObject
) -> None:
    target = data.draw(st.integers(0, model.graph.n - 1))
    found = fewest_swaps(model.graph, model.ranks, target, Concept.NASH)
    # Everybody can put the place of the target first, and takes as many swaps as stand above it.
    above = sum(int(np.unique(row[row > row[target]]).size) for row in model.ranks)
    assert found.exact
    assert found.fewest is not None
    assert found.fewest <= above


@few
@given(some, st.sampled_from(list(Concept)), st.data())
def test_what_is_told_makes_an_equilibrium_and_is_as_far_as_told(
    model: Model, concept: Concept, data: st.DataObject
) -> None:
    target = data.draw(st.integers(0, model.graph.n - 1))
    found = fewest_swaps(model.graph, model.ranks, target, concept)
    for changes in found.changes[:5]:
        ranks = model.ranks.copy()
        for change in changes:
            today = ranking_of(model.ranks[change.mover])
            assert change.ranking == tuple(today[place] for place in change.order)
            ranks[change.mover] = ranks_from_ranking(change.ranking, range(model.graph.n))
        assert analyse_stability(model.graph, ranks, [concept]).for_all(concept)[target]
        assert sum(change.distance for change in changes) == found.fewest


@few
@given(some, st.sampled_from(list(Concept)), st.data())
def test_statements_that_each_name_one_place_move_as_places_do(
    model: Model, concept: Concept, data: st.DataObject
) -> None:
    # One statement per tie class: moving one statement moves one class by any number of places.
    target = data.draw(st.integers(0, model.graph.n - 1))
    statements = {
        i: [np.isin(np.arange(model.graph.n), states) for states in ranking_of(row)]
        for i, row in enumerate(model.ranks)
    }
    swaps = fewest_swaps(model.graph, model.ranks, target, concept)
    moved = fewest_statements_moved(model.graph, model.ranks, statements, target, concept)
    if swaps.exact and moved.exact:
        assert (swaps.fewest is None) == (moved.fewest is None)
        assert moved.fewest is None or swaps.fewest is None or moved.fewest <= swaps.fewest


@few
@given(option_models(most_options=2, most=2))
def test_counts_over_all_rankings_grow_from_the_stronger_to_the_weaker(model: Model) -> None:
    every = reorderings(np.arange(model.graph.n))
    for target in range(model.graph.n):
        table = tabulate_profiles(model.graph, target, [every, every])
        for inner, outer in INSIDE:
            assert (table.equilibrium[inner] <= table.equilibrium[outer]).all()


@few
@given(option_models(most_options=2, most=2), st.integers(0, 2**32))
def test_a_share_over_all_rankings_is_near_the_count(model: Model, seed: int) -> None:
    every = reorderings(np.arange(model.graph.n))
    table = tabulate_profiles(model.graph, 0, [every, every])
    draws = 200
    shares = sample_equilibria(
        model.graph,
        lambda rng: every[rng.integers(0, len(every), 2)],
        draws=draws,
        rng=np.random.default_rng(seed),
    )
    for concept in Concept:
        exact = table.count(concept) / len(every) ** 2
        # Six standard errors: a false alarm in a billion.
        room = 6 * max(float(shares.error[concept][0]), (exact * (1 - exact) / draws) ** 0.5)
        assert abs(float(shares.share[concept][0]) - exact) <= room
    for inner, outer in INSIDE:
        assert (shares.share[inner] <= shares.share[outer]).all()
