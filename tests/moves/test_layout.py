import numpy as np
from hypothesis import given

from goodoffices.moves._layout import lay_arcs, lay_options, runs
from tests.moves.models import Model, models


def test_runs_start_where_the_last_one_ended() -> None:
    assert runs(np.array([2, 0, 3])).tolist() == [0, 2, 2, 5]
    assert runs(np.array([], np.int64)).tolist() == [0]


def test_states_that_differ_in_free_options_form_one_block() -> None:
    # Two options of the first decision maker, one of the second.
    layout = lay_options(np.arange(8), [(3, 0, 0), (4, 0, 0)])
    assert layout.block.tolist() == [[0, 0, 0, 0, 1, 1, 1, 1], [2, 3, 4, 5, 2, 3, 4, 5]]
    assert layout.blocks.tolist() == [0, 2, 6]
    assert layout.out_to.size == 0


def test_one_way_options_join_blocks_by_arcs() -> None:
    # Option 0 goes both ways, option 1 can only be taken.
    layout = lay_options(np.arange(4), [(1, 2, 0)])
    assert layout.block.tolist() == [[0, 0, 1, 1]]
    assert layout.out_to.tolist() == [1]
    assert layout.out_start.tolist() == [0, 1, 1]
    assert layout.in_from.tolist() == [0]


def test_a_whole_fan_of_one_way_options_is_joined() -> None:
    # Each of the three options can only be taken: 27 pairs of subset and superset, 8 of them equal.
    layout = lay_options(np.arange(8), [(0, 7, 0)])
    assert layout.out_to.size == 19


def test_moves_one_by_one_have_blocks_of_one() -> None:
    layout = lay_arcs(3, [(np.array([0, 2]), np.array([1, 0]))])
    assert layout.block.tolist() == [[0, 1, 2]]
    assert layout.out_start.tolist() == [0, 1, 1, 2]
    assert layout.out_to.tolist() == [1, 0]
    assert layout.in_from.tolist() == [2, 0]


@given(models())
def test_the_members_of_all_blocks_are_all_states_of_each_decision_maker(model: Model) -> None:
    layout, n = model.graph.layout, model.graph.n
    for k in range(len(model.R)):
        first, last = layout.start[layout.blocks[k]], layout.start[layout.blocks[k + 1]]
        assert sorted(layout.members[first:last].tolist()) == list(range(n))
        for g in range(layout.blocks[k], layout.blocks[k + 1]):
            for s in layout.members[layout.start[g] : layout.start[g + 1]]:
                assert layout.block[k, s] == g


@given(models())
def test_arcs_in_are_arcs_out_turned_about(model: Model) -> None:
    layout = model.graph.layout

    def pairs(start: np.ndarray, other: np.ndarray) -> list[tuple[int, int]]:
        return [(g, int(h)) for g in range(start.size - 1) for h in other[start[g] : start[g + 1]]]

    out = pairs(layout.out_start, layout.out_to)
    assert sorted((h, g) for g, h in pairs(layout.in_start, layout.in_from)) == sorted(out)
