import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.errors import ModelError
from goodoffices.moves import reach
from goodoffices.moves._search import survey
from goodoffices.moves.preference import profile
from goodoffices.moves.reach import Step, open_steps, opening_steps, reach_from
from tests.moves import oracle
from tests.moves.models import Model, arc_model, elmira, models


def legal_steps(model: Model, start: int, improving: bool) -> dict[int, int]:
    """The fewest moves to each state, level by level over pairs of state and last mover."""
    level, seen, steps = {(start, -1)}, set(), {start: 0}
    for length in range(1, 2 * model.graph.n * len(model.R)):
        level = {
            (t, k)
            for s, last in level
            for k in range(len(model.R))
            if k != last
            for t in model.R[k][s]
            if not improving or model.ranks[k][t] > model.ranks[k][s]
        } - seen
        seen |= level
        for t, _ in level:
            steps.setdefault(t, length)
    return steps


def check(model: Model, path: tuple[Step, ...], start: int, target: int, improving: bool) -> None:
    at, last = start, None
    for step in path:
        assert step.source == at
        assert step.mover != last
        assert step.target in model.R[step.mover][at]
        if improving:
            assert model.ranks[step.mover][step.target] > model.ranks[step.mover][at]
        at, last = step.target, step.mover
    assert at == target


@given(models(), st.booleans(), st.data())
def test_paths_are_legal_and_as_short_as_can_be(
    model: Model, improving: bool, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, model.graph.n - 1))
    reach = reach_from(model.graph, model.ranks, start, improving=improving)
    expected = legal_steps(model, start, improving)
    for target in range(model.graph.n):
        assert reach.steps[target] == expected.get(target, -1)
        if target in expected:
            path = reach.path(target)
            assert len(path) == expected[target]
            check(model, path, start, target, improving)


@given(models(), st.data())
def test_only_the_named_movers_move(model: Model, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, model.graph.n - 1))
    movers = data.draw(st.sets(st.integers(0, len(model.R) - 1)))
    reach = reach_from(model.graph, model.ranks, start, improving=False, movers=movers)
    expected = oracle.legal(model.R, movers, start, oracle.any_move) | {start}
    assert {t for t in range(model.graph.n) if reach.steps[t] >= 0} == expected


@given(models(), st.data())
def test_an_opening_is_a_move_that_improvements_follow(model: Model, data: st.DataObject) -> None:
    start, target = (data.draw(st.integers(0, model.graph.n - 1)) for _ in range(2))
    gains = oracle.improving(model.ranks)
    found = opening_steps(model.graph, model.ranks, start, target)
    expected = set()
    for k, row in enumerate(model.R):
        for s in row[start]:
            # Whoever opened doesn't go on: the next move is somebody else's.
            nexts = {t for j, R in enumerate(model.R) if j != k for t in R[s] if gains(j, s, t)}
            if s == target or target in nexts or leads(model, k, s, target):
                expected.add((k, s))
    assert {(one.step.mover, one.step.target) for one in found} == expected
    for one in found:
        check(model, one.path, one.step.target, target, improving=True)
        check(model, (one.step, *one.path), start, target, improving=False)
        assert one.gains == gains(one.step.mover, start, one.step.target)


@given(models(), st.data(), st.sampled_from([1, 2, 64]))
def test_a_way_to_any_of_several_targets_is_found_where_one_to_some_is(
    model: Model, data: st.DataObject, apart: int
) -> None:
    states = st.integers(0, model.graph.n - 1)
    start, targets = data.draw(states), data.draw(st.lists(states, min_size=1, unique=True))
    each = [
        one for target in targets for one in opening_steps(model.graph, model.ranks, start, target)
    ]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reach, "MOST_APART", apart)
        field = survey(model.graph, profile(model.graph, model.ranks))
        found = open_steps(field, start, targets)
    assert {one.step for one in found} == {one.step for one in each}
    for one in found:
        end = one.path[-1].target if one.path else one.step.target
        assert end in targets
        check(model, one.path, one.step.target, end, improving=True)
        if apart == 64:
            lengths = [len(other.path) for other in each if other.step == one.step]
            assert len(one.path) == min(lengths)


def leads(model: Model, last: int, s: int, target: int) -> bool:
    """Whether improvements lead on from s to the target after a move of `last`."""
    stack, seen = [(s, last)], set()
    while stack:
        at, mover = stack.pop()
        for k, row in enumerate(model.R):
            for t in row[at] if k != mover else ():
                if model.ranks[k][t] > model.ranks[k][at] and (t, k) not in seen:
                    seen.add((t, k))
                    stack.append((t, k))
    return target in {t for t, _ in seen}


def test_improvements_come_first_among_openings_then_short_paths() -> None:
    R = [
        [{1, 2}, set(), set(), set()],
        [{3}, {3}, set(), set()],
        [set(), set(), {1}, set()],
    ]
    model = arc_model(R, [[1, 0, 2, 0], [0, 1, 0, 2], [0, 1, 0, 0]])
    found = opening_steps(model.graph, model.ranks, 0, 3)
    assert [(o.step.mover, o.step.target, o.gains, len(o.path)) for o in found] == [
        (1, 3, True, 0),
        (0, 2, True, 2),
        (0, 1, False, 1),
    ]


def test_no_improvement_leads_out_of_a_nash_equilibrium() -> None:
    model = elmira()
    start = model.graph.index(18)
    reach = reach_from(model.graph, model.ranks, start)
    assert (reach.steps >= 0).sum() == 1
    assert reach.path(start) == ()


def test_a_state_out_of_reach_has_no_path() -> None:
    model = arc_model([[set(), set()]], [[0, 1]])
    with pytest.raises(ModelError, match="state 1 can't be reached from state 0"):
        reach_from(model.graph, model.ranks, 0).path(1)
