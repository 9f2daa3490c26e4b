"""Faults found in other programs for the graph model, each a test here, in seven groups."""

from itertools import permutations
from pathlib import Path

import numpy as np
import pytest

from goodoffices.errors import ModelError
from goodoffices.moves.coalitions import coalition_stability, joint_moves
from goodoffices.moves.equilibria import rank_equilibria
from goodoffices.moves.graph import Option, from_options
from goodoffices.moves.preference import ranks_from_statements
from goodoffices.moves.profiles import reorderings, tabulate_profiles
from goodoffices.moves.stability import Concept, analyse_stability
from tests.moves import oracle
from tests.moves.models import Model, arc_model, number, option_model, prisoners, syria_iraq
from tests.moves.test_stability import published

ANSWERED = (Concept.GMR, Concept.SMR, Concept.SEQ, Concept.SSEQ)

# 1. One countermove per opponent, where a legal sequence may have several.


def test_an_opponent_may_answer_more_than_once() -> None:
    # The answer to 0 -> 1 takes three moves of two opponents: 1 -> 2 -> 3 -> 4 by j, k, j.
    none = [set() for _ in range(5)]
    R = [
        [{1}, *none[1:]],
        [set(), {2}, set(), {4}, set()],
        [set(), set(), {3}, set(), set()],
    ]
    ranks = [[1, 2, 3, 4, 0], [0, 1, 2, 3, 4], [0, 1, 2, 3, 4]]
    stability = analyse_stability(arc_model(R, ranks).graph, ranks)
    for concept in ANSWERED:
        assert stability.stable[concept][0, 0]


def test_an_opponent_may_answer_more_than_once_around_infeasible_states() -> None:
    # The first option is the mover's, the next two are one opponent's, the last is another's. Where
    # the first is taken only YNNN, YYNN, YYNY and YNYY are feasible: each one move from the next.
    model = option_model([0, 1, 1, 2], infeasible=["YNYN", "YNNY", "YYY-"])
    graph = model.graph
    last, first, start = (graph.index(number(p)) for p in ("YNYY", "YNNN", "NNNN"))
    assert oracle.legal(model.R, [1], first, oracle.any_move) == {graph.index(number("YYNN"))}
    ranks = np.full((3, graph.n), 5, np.int32)
    ranks[0, start] = 1
    ranks[0, last] = 0
    stability = analyse_stability(graph, ranks)
    assert stability.stable[Concept.GMR][0, start]
    assert not stability.stable[Concept.NASH][0, start]


def once_each(model: Model, others: list[int], s1: int) -> set[int]:
    """What others reach from s1 by improvements if each moves at most once."""
    found = set()
    for size in range(len(others) + 1):
        for order in permutations(others, size):
            reached = {s1}
            for k in order:
                rank = model.ranks[k]
                reached = {t for s in reached for t in model.R[k][s] if rank[t] > rank[s]}
            found |= reached
    return found


def test_random_models_in_which_one_answer_per_opponent_is_not_enough() -> None:
    rng, differ = np.random.default_rng(5), 0
    plain = option_model([0, 0, 1, 1, 2])
    for _ in range(40):
        ranks = np.stack([rng.permutation(plain.graph.n) for _ in range(3)]).astype(np.int32)
        model = Model(graph=plain.graph, R=plain.R, ranks=ranks)
        stable = analyse_stability(model.graph, ranks).stable[Concept.SEQ]
        for i, s in np.ndindex(*ranks.shape):
            assert stable[i, s] == oracle.stable(model.R, ranks, i, s, "seq")
            others = [k for k in range(3) if k != i]
            gains = [t for t in model.R[i][s] if ranks[i][t] > ranks[i][s]]
            worst = [min(ranks[i][t] for t in once_each(model, others, s1)) for s1 in gains]
            differ += stable[i, s] != all(rank <= ranks[i][s] for rank in worst)
    # The two notions are told apart here, so that the agreement above says something.
    assert differ > 0


# 2. Answers by single opponents only.


def test_two_opponents_may_answer_where_neither_can_alone() -> None:
    # From 1 one opponent leads to 2, which is better still; from there the other leads to 3.
    none: list[set[int]] = [set() for _ in range(4)]
    R = [[{1}, *none[1:]], [set(), {2}, set(), set()], [set(), set(), {3}, set()]]
    ranks = [[1, 2, 3, 0], [0, 0, 1, 0], [0, 0, 0, 1]]
    stability = analyse_stability(arc_model(R, ranks).graph, ranks)
    for concept in ANSWERED:
        assert stability.stable[concept][0, 0]
    for silent in (1, 2):
        alone = [row if i != silent else none for i, row in enumerate(R)]
        stability = analyse_stability(arc_model(alone, ranks).graph, ranks)
        for concept in ANSWERED:
            assert not stability.stable[concept][0, 0]


def test_opponents_may_answer_together_as_in_garrison(shared_data: Path) -> None:
    """States 4, 6 and 10 of Garrison are GMR equilibria that answers by single opponents miss."""
    model, _ = published(shared_data, "Garrison")
    stability = analyse_stability(model.graph, model.ranks)
    found = set(stability.equilibria(Concept.GMR).tolist())

    def by_single_opponents(s: int) -> bool:
        for i, rank in enumerate(model.ranks):
            for s1 in model.R[i][s]:
                answers = set().union(*(model.R[k][s1] for k in range(4) if k != i))
                if rank[s1] > rank[s] and not any(rank[t] <= rank[s] for t in answers):
                    return False
        return True

    alone = {s for s in range(model.graph.n) if by_single_opponents(s)}
    # Counted from 1 in the order of the feasible patterns.
    assert sorted(s + 1 for s in found - alone) == [4, 6, 10]


# 3. A published inverse count that is wrong.


def test_of_syrias_rankings_384_make_the_second_state_sequentially_stable() -> None:
    """The published count is 420; the definitions give 384 of 720."""
    model = syria_iraq()
    every = reorderings(model.ranks[0])
    table = tabulate_profiles(model.graph, 1, [every, model.ranks[1]], [Concept.SEQ])
    assert table.count(Concept.SEQ) == 384
    by_definition = sum(
        oracle.stable(model.R, [row.tolist(), model.ranks[1].tolist()], 0, 1, "seq")
        for row in every
    )
    assert by_definition == 384


# 4. Answers that must be worse, or may not lead back.


def test_an_answer_may_lead_back_to_where_it_began() -> None:
    graph = arc_model([[{1}, set()], [set(), {0}]], []).graph
    stability = analyse_stability(graph, [[0, 1], [1, 0]])
    assert stability.stable[Concept.GMR][0, 0]
    assert stability.stable[Concept.SEQ][0, 0]
    # From there the same improvement can be made again, so it's no lasting answer.
    assert not stability.stable[Concept.SMR][0, 0]
    assert not stability.stable[Concept.SSEQ][0, 0]


def test_an_answer_need_only_be_no_better() -> None:
    graph = arc_model([[{1}, set(), set()], [set(), {2}, set()]], []).graph
    stability = analyse_stability(graph, [[0, 1, 0], [0, 0, 1]])
    for concept in ANSWERED:
        assert stability.stable[concept][0, 0]
    assert not analyse_stability(graph, [[0, 2, 1], [0, 0, 1]]).stable[Concept.GMR][0, 0]


# 5. Options of two owners that toggle others by a carry; weights of 2^k that run past 64 bits.


def test_an_option_of_two_owners_is_refused() -> None:
    shared = [Option(name="strait", owner="a"), Option(name="strait", owner="b")]
    with pytest.raises(ModelError, match='"strait" stands there twice'):
        from_options(["a", "b"], shared)


def test_a_move_from_a_state_with_every_option_taken_carries_into_nothing() -> None:
    options = [Option(name=f"o{k}", owner="ab"[k % 2]) for k in range(6)]
    graph = from_options("ab", options)
    full = graph.index(0b111111)
    for mover, own in enumerate((0b010101, 0b101010)):
        changed = graph.states[graph.moves(mover, full)] ^ 0b111111
        assert (changed & ~own == 0).all()
        assert changed.size == 7


def test_seventy_statements_per_decision_maker_give_the_right_stability() -> None:
    graph = prisoners().graph
    taken = graph.columns()
    idle = {f"idle{k}": np.zeros(4, bool) for k in range(70)}
    columns = {**taken, **idle}
    rows = [
        ranks_from_statements([f"idle{k}" for k in range(70)] + own, columns)
        for own in (["o1", "not o0"], ["o0", "not o1"])
    ]
    assert analyse_stability(graph, rows).equilibria(Concept.NASH).tolist() == [0]


# 6. Irreversibility by party or one way only; coalition improvements that nobody defines.


def test_each_option_has_a_direction_of_its_own() -> None:
    model = option_model([0, 0, 0], ["fwd", "back", "both"])
    for s, state in enumerate(model.graph.states.tolist()):
        for t in model.graph.states[model.graph.moves(0, s)].tolist():
            assert not (state & 1 and not t & 1)
            assert not (t & 2 and not state & 2)
    # Counting pairs: 3 of 4 for a one-way option, 4 of 4 for the other, less the 8 that stay put.
    assert sum(model.graph.moves(0, s).size for s in range(8)) == 3 * 3 * 4 - 8


def test_a_coalition_says_which_improvement_it_means() -> None:
    model = arc_model([[{1}, set()], [set(), set()]], [[0, 1], [0, 0]])
    for gain, stays in (("strict", True), ("pareto", False)):
        found = coalition_stability(model.graph, model.ranks, [0, 1], gain=gain)
        assert found.gain == gain
        assert found.stable[Concept.NASH][0] == stays
    # What the first can do alone is no joint move of both.
    assert joint_moves(model.graph, model.ranks, 0, gain="pareto") == ()


# 7. Bare lists of equilibria, which tell nothing apart.


def test_most_states_are_gmr_equilibria_and_so_they_are_ranked() -> None:
    options = [Option(name=f"o{k}", owner="abcd"[k % 4]) for k in range(10)]
    graph = from_options("abcd", options)
    rng = np.random.default_rng(1)
    ranks = np.stack([rng.permutation(graph.n) for _ in range(4)])
    stability = analyse_stability(graph, ranks)
    assert stability.equilibria(Concept.GMR).size > 900
    found = rank_equilibria(graph, ranks, stability, 0)
    strongest = [one.concepts[0] for one in found.listed]
    assert strongest == sorted(strongest, key=list(Concept).index)
    assert strongest.count(Concept.NASH) < 10
