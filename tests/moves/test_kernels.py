"""Each compiled loop beside the same in plain Python."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.moves import _kernels as kernels
from goodoffices.moves._search import all_moves
from goodoffices.moves.preference import profile
from tests.moves import oracle
from tests.moves.models import Model, models


@given(st.lists(st.integers(0, 4), min_size=1, max_size=12))
def test_ascending_is_a_stable_sort(values: list[int]) -> None:
    order = kernels.ascending(np.array(values, np.int32), 5)
    assert order.tolist() == sorted(range(len(values)), key=values.__getitem__)


@given(models())
def test_members_are_sorted_by_the_rank_of_their_owner(model: Model) -> None:
    ranks, lay = profile(model.graph, model.ranks), model.graph.layout
    members = kernels.sort_members(lay.block, lay.start, ranks, int(ranks.max()) + 1)
    for k in range(len(ranks)):
        for g in range(lay.blocks[k], lay.blocks[k + 1]):
            part = slice(lay.start[g], lay.start[g + 1])
            expected = sorted(lay.members[part].tolist(), key=lambda s, k=k: (ranks[k][s], s))
            assert members[part].tolist() == expected


@given(models())
def test_the_highest_in_reach_is_here_or_one_move_away(model: Model) -> None:
    lay = model.graph.layout
    own = kernels.Owned(lay.block, lay.blocks, lay.out_start, lay.out_to)
    for k, row in enumerate(profile(model.graph, model.ranks)):
        best = kernels.highest_in_reach(k, row, own)
        for s, reached in enumerate(model.R[k]):
            assert best[s] == max(row[t] for t in {s, *reached})


@given(models(), st.booleans(), st.data())
def test_a_flood_finds_the_first_seed_that_legal_sequences_reach(
    model: Model, improving: bool, data: st.DataObject
) -> None:
    ranks, lay, n = profile(model.graph, model.ranks), model.graph.layout, model.graph.n
    movers = data.draw(st.sets(st.integers(0, len(ranks) - 1), min_size=1))
    seeds = data.draw(st.lists(st.integers(0, n - 1), min_size=1, unique=True))
    members = kernels.sort_members(lay.block, lay.start, ranks, int(ranks.max()) + 1)
    terrain = kernels.Terrain(ranks, lay.block, lay.start, members, lay.in_start, lay.in_from)
    mask = sum(1 << k for k in movers)
    trace = kernels.flood(np.array(seeds, np.int32), mask, improving, terrain)
    gains = oracle.improving(ranks) if improving else oracle.any_move
    for s in range(n):
        reached = oracle.legal(model.R, movers, s, gains)
        first = next((j for j, seed in enumerate(seeds) if seed in reached), -1)
        assert trace.origin[s] == first


@given(models(), st.sampled_from(["gmr", "smr", "seq", "sseq"]))
def test_stability_at_one_state_is_what_the_definition_says(model: Model, concept: str) -> None:
    ranks, n = profile(model.graph, model.ranks), model.graph.n
    moves, scratch = all_moves(model.graph), (np.empty(n, np.int64), np.empty(4 * n, np.int32))
    switches = concept in ("seq", "sseq"), concept in ("smr", "sseq")
    for i in range(len(ranks)):
        for s in range(n):
            found = kernels.answered_at(i, s, ranks, moves, *switches, *scratch)
            assert found == oracle.stable(model.R, ranks, i, s, concept)


@given(models())
def test_all_moves_are_listed_per_decision_maker_and_state(model: Model) -> None:
    moves, n = all_moves(model.graph), model.graph.n
    for i, row in enumerate(model.R):
        for s, reached in enumerate(row):
            place = i * n + s
            assert set(moves.to[moves.start[place] : moves.start[place + 1]].tolist()) == reached
