"""Published conflicts, state by state: what each decision maker makes of it.

The rankings are those of the literature cited in `tests.moves.models`; the tables below were worked
out from the literal definitions (`tests.moves.oracle`) and are kept here so that a change of the
definitions, too, would be noticed. States are numbers: the sum of 2^k over the options k taken.
"""

from collections.abc import Callable

import pytest

from goodoffices.moves.deterrence import temptations
from goodoffices.moves.equilibria import rank_equilibria
from goodoffices.moves.reach import opening_steps, reach_from
from goodoffices.moves.stability import Concept, analyse_stability
from tests.moves import oracle
from tests.moves.models import Model, chicken, cuba, elmira, number, prisoners, syria_iraq

Table = dict[str, list[list[int]]]

PRISONERS: Table = {
    "nash": [[0, 2], [0, 1]],
    "gmr": [[0, 2, 3], [0, 1, 3]],
    "smr": [[0, 2, 3], [0, 1, 3]],
    "seq": [[0, 2, 3], [0, 1, 3]],
    "sseq": [[0, 2, 3], [0, 1, 3]],
}
CHICKEN: Table = {
    "nash": [[1, 2], [1, 2]],
    "gmr": [[1, 2, 3], [1, 2, 3]],
    "smr": [[1, 2, 3], [1, 2, 3]],
    "seq": [[1, 2], [1, 2]],
    "sseq": [[1, 2], [1, 2]],
}
SYRIA_IRAQ: Table = {
    "nash": [[0, 6], [1, 4, 6]],
    "gmr": [[0, 2, 6], [0, 1, 4, 5, 6]],
    "smr": [[0, 2, 6], [1, 4, 6]],
    "seq": [[0, 2, 6], [1, 4, 5, 6]],
    "sseq": [[0, 2, 6], [1, 4, 6]],
}
CUBA: Table = {
    "nash": [[1, 2, 4, 5, 11], [0, 5, 6, 7]],
    "gmr": [[0, 1, 2, 3, 4, 5, 6, 7, 11], [0, 1, 2, 4, 5, 6, 7]],
    "smr": [[0, 1, 2, 3, 4, 5, 6, 7, 11], [0, 1, 2, 4, 5, 6, 7]],
    "seq": [[1, 2, 4, 5, 6, 11], [0, 4, 5, 6, 7]],
    "sseq": [[1, 2, 4, 5, 6, 11], [0, 4, 5, 6, 7]],
}
ELMIRA: Table = {
    "nash": [
        [2, 3, 4, 5, 8, 9, 18, 19, 20, 21, 24, 25],
        [2, 5, 8, 9, 18, 21, 24, 25],
        [8, 9, 18, 19, 20, 21, 24, 25],
    ],
    "gmr": [
        [2, 3, 4, 5, 8, 9, 18, 19, 20, 21, 24, 25],
        [2, 5, 8, 9, 18, 21, 24, 25],
        [2, 3, 4, 5, 8, 9, 18, 19, 20, 21, 24, 25],
    ],
    "smr": [
        [2, 3, 4, 5, 8, 9, 18, 19, 20, 21, 24, 25],
        [2, 5, 8, 9, 18, 21, 24, 25],
        [2, 3, 4, 5, 8, 9, 18, 19, 20, 21, 24, 25],
    ],
    "seq": [
        [2, 3, 4, 5, 8, 9, 18, 19, 20, 21, 24, 25],
        [2, 5, 8, 9, 18, 21, 24, 25],
        [3, 4, 8, 9, 18, 19, 20, 21, 24, 25],
    ],
    "sseq": [
        [2, 3, 4, 5, 8, 9, 18, 19, 20, 21, 24, 25],
        [2, 5, 8, 9, 18, 21, 24, 25],
        [3, 4, 8, 9, 18, 19, 20, 21, 24, 25],
    ],
}
PUBLISHED: list[tuple[Callable[[], Model], Table]] = [
    (prisoners, PRISONERS),
    (chicken, CHICKEN),
    (syria_iraq, SYRIA_IRAQ),
    (cuba, CUBA),
    (elmira, ELMIRA),
]
cases = pytest.mark.parametrize(
    ("make", "table"), PUBLISHED, ids=lambda x: getattr(x, "__name__", "")
)


@cases
@pytest.mark.parametrize("concept", list(Concept))
def test_the_stability_of_every_state_for_everybody(
    make: Callable[[], Model], table: Table, concept: Concept
) -> None:
    model = make()
    stability = analyse_stability(model.graph, model.ranks)
    found = [model.graph.states[row].tolist() for row in stability.stable[concept]]
    assert found == table[concept]


@cases
@pytest.mark.parametrize("concept", list(Concept))
def test_the_tables_are_what_the_definitions_say(
    make: Callable[[], Model], table: Table, concept: Concept
) -> None:
    model = make()
    for i, expected in enumerate(table[concept]):
        found = [
            int(state)
            for s, state in enumerate(model.graph.states)
            if oracle.stable(model.R, model.ranks, i, s, concept)
        ]
        assert found == expected


def test_withdrawal_under_blockade_is_sequentially_stable_in_cuba() -> None:
    """Fraser and Hipel (1984): blockade with withdrawal (NYYN) is where the crisis ended."""
    model = cuba()
    stability = analyse_stability(model.graph, model.ranks)
    resolved = model.graph.index(number("NYYN"))
    assert resolved in stability.equilibria(Concept.SEQ)
    assert resolved not in stability.equilibria(Concept.NASH)


def test_nobody_undoes_an_air_strike() -> None:
    model = cuba()
    struck = model.graph.index(number("YNNN"))
    reach = reach_from(model.graph, model.ranks, struck, improving=False)
    for s in range(model.graph.n):
        assert (reach.steps[s] >= 0) == model.graph.pattern(s).startswith("Y")


def test_what_keeps_the_deadlock_of_elmira() -> None:
    """Hipel et al. (1993): in the status quo (delay, with insistence) nobody gains by itself."""
    model = elmira()
    deadlock = model.graph.index(number("NYNNY"))
    for i in range(3):
        assert temptations(model.graph, model.ranks, deadlock, i, Concept.GMR) == ()


def test_the_ministrys_modification_opens_the_way_that_was_taken_in_elmira() -> None:
    """Kilgour et al. (2001): from 18 the ministry modifies, then the company accepts (21)."""
    model = elmira()
    start, deal = (model.graph.index(number(p)) for p in ("NYNNY", "YNYNY"))
    found = opening_steps(model.graph, model.ranks, start, deal)
    first = {(o.step.mover, model.graph.pattern(o.step.target), o.gains) for o in found}
    assert (0, "YYNNY", False) in first
    assert not any(opening.gains for opening in found)


def test_the_equilibria_of_elmira_in_order_of_interest() -> None:
    model = elmira()
    stability = analyse_stability(model.graph, model.ranks)
    start = model.graph.index(number("NYNNN"))
    found = rank_equilibria(model.graph, model.ranks, stability, start)
    states = [int(model.graph.states[one.state]) for one in found.listed]
    # The local government's insistence is the one improvement from the start; it ends at 18.
    assert states[0] == 18
    assert found.listed[0].by_improvements == 1
    assert {int(model.graph.states[s]) for s in found.listed[0].dominated_by} <= {21}
    assert states[-2:] == [2, 5] or set(states[-2:]) == {2, 5}
