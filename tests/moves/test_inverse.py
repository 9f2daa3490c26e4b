from itertools import combinations, permutations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goodoffices.errors import ModelError
from goodoffices.moves._variation import _cheapest
from goodoffices.moves.inverse import Inverse, fewest_statements_moved, fewest_swaps
from goodoffices.moves.preference import ranking_of, ranks_from_ranking, ranks_from_statements
from goodoffices.moves.stability import Concept, analyse_stability
from tests.moves import oracle
from tests.moves.models import (
    Model,
    arc_model,
    arc_models,
    elmira,
    number,
    option_models,
    prisoners,
)
from tests.moves.test_variation import inversions, moved

concepts = st.sampled_from(list(Concept))
small = st.one_of(option_models(most_options=2, most=2), arc_models(most_states=4, most=2))


def by_trying_all(
    model: Model, target: int, concept: str, who: set[int]
) -> tuple[int | None, set[tuple[tuple[tuple[int, ...], ...], ...]]]:
    """The fewest swaps, and the profiles that take as few, from all rankings of tie classes."""
    today = [ranking_of(row) for row in model.ranks]
    best, found = None, set()
    orders = [
        list(permutations(range(len(classes)))) if i in who else [tuple(range(len(classes)))]
        for i, classes in enumerate(today)
    ]
    for picks in product(*orders):
        distance = sum(map(inversions, picks))
        if best is not None and distance > best:
            continue
        rankings = tuple(
            tuple(classes[place] for place in pick)
            for classes, pick in zip(today, picks, strict=True)
        )
        ranks = [ranks_from_ranking(ranking, range(model.graph.n)).tolist() for ranking in rankings]
        if all(oracle.stable(model.R, ranks, i, target, concept) for i in range(len(ranks))):
            if best is None or distance < best:
                best, found = distance, set()
            found.add(rankings)
    return best, found


def told(model: Model, inverse: Inverse) -> set[tuple[tuple[tuple[int, ...], ...], ...]]:
    """The whole profiles behind the changes."""
    profiles = set()
    for changes in inverse.changes:
        rankings = [ranking_of(row) for row in model.ranks]
        for change in changes:
            rankings[change.mover] = change.ranking
            assert change.distance == inversions(change.order) > 0
        profiles.add(tuple(rankings))
    return profiles


@settings(max_examples=25)
@given(small, concepts, st.data())
def test_the_fewest_swaps_are_found_with_all_that_take_as_few(
    model: Model, concept: Concept, data: st.DataObject
) -> None:
    target = data.draw(st.integers(0, model.graph.n - 1))
    who = data.draw(st.sampled_from([{0, 1}, {0}, {1}]))
    found = fewest_swaps(model.graph, model.ranks, target, concept, who=who)
    best, profiles = by_trying_all(model, target, concept, who)
    assert found.exact
    assert found.fewest == best
    assert told(model, found) == profiles
    assert found.count == len(found.changes) == len(profiles)


@settings(max_examples=25)
@given(small, concepts, st.data())
def test_the_fewest_statements_moved_are_found_with_all_orders_that_take_as_few(
    model: Model, concept: Concept, data: st.DataObject
) -> None:
    n, target = model.graph.n, data.draw(st.integers(0, model.graph.n - 1))
    truth = st.lists(st.booleans(), min_size=n, max_size=n).map(np.array)
    truths = {i: data.draw(st.lists(truth, min_size=1, max_size=3)) for i in range(2)}
    ranks = [in_order(truths[i], range(len(truths[i]))) for i in range(2)]
    best, expected = None, set()
    for picks in product(*(permutations(range(len(truths[i]))) for i in range(2))):
        rows = [in_order(truths[i], pick).tolist() for i, pick in enumerate(picks)]
        if all(oracle.stable(model.R, rows, i, target, concept) for i in range(2)):
            distance = sum(map(moved, picks))
            if best is None or distance < best:
                best, expected = distance, set()
            if distance == best:
                expected.add(picks)
    found = fewest_statements_moved(model.graph, ranks, truths, target, concept)
    assert found.exact
    assert found.fewest == best
    orders = set()
    for changes in found.changes:
        picks = [tuple(range(len(truths[i]))) for i in range(2)]
        for change in changes:
            picks[change.mover] = change.order
        orders.add(tuple(picks))
    assert orders == expected


def in_order(truths: list[np.ndarray], order: object) -> np.ndarray:
    columns = {f"s{j}": truth for j, truth in enumerate(truths)}
    return ranks_from_statements([f"s{j}" for j in order], columns)


def test_an_equilibrium_needs_no_change() -> None:
    model = prisoners()
    found = fewest_swaps(model.graph, model.ranks, number("NN"), Concept.NASH)
    assert (found.fewest, found.count, found.changes, found.exact) == (0, 1, ((),), True)


def test_silence_becomes_a_nash_equilibrium_if_each_prefers_it_to_betrayal() -> None:
    model = prisoners()
    found = fewest_swaps(model.graph, model.ranks, number("YY"), Concept.NASH)
    [changes] = found.changes
    assert [(c.mover, c.distance, c.ranking) for c in changes] == [
        (0, 1, ((3,), (2,), (0,), (1,))),
        (1, 1, ((3,), (1,), (0,), (2,))),
    ]


def test_one_side_alone_cannot_make_silence_a_nash_equilibrium() -> None:
    model = prisoners()
    found = fewest_swaps(model.graph, model.ranks, number("YY"), Concept.NASH, who=[0])
    assert (found.fewest, found.changes, found.count, found.exact) == (None, (), 0, True)


@pytest.mark.parametrize("concept", list(Concept))
@pytest.mark.parametrize("pattern", ["NYNNN", "YNYNN", "NNYNY"])
def test_every_change_told_makes_the_target_an_equilibrium(pattern: str, concept: Concept) -> None:
    model = elmira()
    target = model.graph.index(number(pattern))
    found = fewest_swaps(model.graph, model.ranks, target, concept)
    assert found.exact
    assert found.changes
    for changes in found.changes:
        ranks = model.ranks.copy()
        for change in changes:
            ranks[change.mover] = ranks_from_ranking(change.ranking, range(model.graph.n))
        assert target in analyse_stability(model.graph, ranks, [concept]).equilibria(concept)
        assert sum(change.distance for change in changes) == found.fewest


def test_others_may_change_so_that_their_answer_becomes_credible() -> None:
    model = elmira()
    target = model.graph.index(number("YNYNN"))
    everybody = fewest_swaps(model.graph, model.ranks, target, Concept.SEQ)
    changed = {change.mover for changes in everybody.changes for change in changes}
    assert len(changed) > 1


@pytest.mark.parametrize("concept", [Concept.SEQ, Concept.SSEQ])
def test_past_its_limit_the_answer_is_bounded_and_says_so(concept: Concept) -> None:
    model = elmira()
    target = model.graph.index(number("YYNNY"))
    whole = fewest_swaps(model.graph, model.ranks, target, concept)
    cut = fewest_swaps(model.graph, model.ranks, target, concept, most=60)
    assert whole.exact
    assert not cut.exact
    assert whole.fewest is not None
    assert cut.fewest is not None
    assert cut.at_least <= whole.fewest <= cut.fewest
    for changes in cut.changes:
        ranks = model.ranks.copy()
        for change in changes:
            ranks[change.mover] = ranks_from_ranking(change.ranking, range(model.graph.n))
        assert target in analyse_stability(model.graph, ranks).equilibria(Concept.NASH)


def test_past_its_limit_the_nearest_nash_equilibrium_is_told() -> None:
    model = elmira()
    target = model.graph.index(number("YYNNY"))
    nash = fewest_swaps(model.graph, model.ranks, target, Concept.NASH, most=1)
    assert nash.exact
    cut = fewest_swaps(model.graph, model.ranks, target, Concept.SMR, most=1)
    assert not cut.exact
    assert cut.fewest == nash.fewest
    assert cut.changes == nash.changes
    assert cut.at_least < nash.at_least


@given(st.sets(st.integers(1, 7), min_size=1, max_size=7), st.integers(7, 8))
def test_the_cheapest_drops_under_nash_are_those_of_all_sets(must: set[int], room: int) -> None:
    """All sets of distances that hold the ones that must drop, counted one by one."""
    costs = {}
    others = [far for far in range(1, room + 1) if far not in must]
    for size in range(len(others) + 1):
        for some in combinations(others, size):
            drop = tuple(sorted((*must, *some)))
            costs[drop] = sum(far - j for j, far in enumerate(drop))
    least = min(costs.values())
    found, drops = _cheapest(sorted(must), room)
    assert found == least
    assert {tuple(drop) for drop in drops} == {d for d, cost in costs.items() if cost == least}


def test_long_lists_of_alternatives_are_cut_and_the_count_is_told() -> None:
    # Each of eleven can leave state 0 for one that it likes best; a third state stands between.
    # Whether the third drops too makes no difference to the swaps: two ways each, 2,048 in all.
    n = 13
    R = [[{i + 1} if s == 0 else set() for s in range(n)] for i in range(11)]
    ranks = [
        [3 if s == i + 1 else 2 if s == 12 else int(s == 0) for s in range(n)] for i in range(11)
    ]
    model = arc_model(R, ranks)
    found = fewest_swaps(model.graph, ranks, 0, Concept.NASH)
    assert (found.fewest, found.count, found.exact) == (22, 2048, True)
    assert len(found.changes) == 1000


def test_statements_past_their_limit_are_bounded() -> None:
    model = prisoners()
    idle = [np.zeros(4, bool)] * 8
    columns = model.graph.columns()
    statements = {
        0: [*idle, columns["o1"], ~columns["o0"]],
        1: [*idle, columns["o0"], ~columns["o1"]],
    }
    found = fewest_statements_moved(
        model.graph, model.ranks, statements, number("YY"), Concept.NASH, most=50
    )
    assert not found.exact
    assert found.fewest is None
    assert found.changes == ()


def test_no_order_of_the_statements_may_do() -> None:
    model = prisoners()
    columns = model.graph.columns()
    statements = {0: [columns["o1"], ~columns["o0"]]}
    found = fewest_statements_moved(model.graph, model.ranks, statements, number("YY"), Concept.SEQ)
    assert (found.fewest, found.exact) == (0, True)
    found = fewest_statements_moved(
        model.graph, model.ranks, statements, number("YY"), Concept.NASH
    )
    assert (found.fewest, found.exact, found.at_least) == (None, True, 0)


def test_ties_stay_together() -> None:
    model = elmira()
    found = fewest_swaps(model.graph, model.ranks, model.graph.index(number("NNYNN")), Concept.SMR)
    gone = tuple(model.graph.index(state) for state in (8, 9, 24, 25))
    for changes in found.changes:
        for change in changes:
            assert gone in change.ranking


def test_the_statements_must_give_todays_ranks() -> None:
    model = prisoners()
    columns = model.graph.columns()
    with pytest.raises(ModelError, match=r"statements of dm0: they don't give the ranks given"):
        fewest_statements_moved(model.graph, model.ranks, {0: [columns["o0"]]}, 0, Concept.NASH)
