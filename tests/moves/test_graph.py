from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given

from goodoffices.case.statements import parse_statement
from goodoffices.errors import ModelError
from goodoffices.moves.graph import (
    Graph,
    Option,
    from_arcs,
    from_options,
    merge,
    merge_groups,
)
from tests.moves.models import Model, arc_models, elmira, models, number, option_model


def switches(owners: str, **more: object) -> Graph:
    options = [Option(name=f"{who}{k}", owner=who) for k, who in enumerate(owners)]
    return from_options(sorted(set(owners)), options, **more)


@given(models())
def test_moves_are_those_that_the_definition_gives(model: Model) -> None:
    for i, row in enumerate(model.R):
        for s, reached in enumerate(row):
            assert model.graph.moves(i, s).tolist() == sorted(reached)


def test_a_state_is_the_sum_of_powers_of_two_of_the_options_taken() -> None:
    graph = switches("xyx")
    s = graph.index(5)
    assert graph.pattern(s) == "YNY"
    assert graph.taken(s) == ("x0", "x2")
    assert number(graph.pattern(s)) == 5


def test_a_mover_changes_any_of_its_own_options_and_nobody_elses() -> None:
    graph = switches("xyx")
    assert graph.moves(0, graph.index(0)).tolist() == [1, 4, 5]
    assert graph.moves(1, graph.index(0)).tolist() == [2]


def test_a_move_may_pass_over_states_that_are_infeasible() -> None:
    graph = switches("xx", infeasible=["YN", "NY"])
    assert graph.states.tolist() == [0, 3]
    assert graph.moves(0, 0).tolist() == [1]


def test_irreversibility_is_per_option_and_direction() -> None:
    # Peers let a party be irreversible as a whole, or one way only.
    options = [
        Option(name="strike", owner="x", direction="fwd"),
        Option(name="blockade", owner="x"),
        Option(name="delay", owner="x", direction="back"),
    ]
    graph = from_options(["x"], options)
    patterns = {graph.pattern(s): s for s in range(graph.n)}
    reached = [graph.pattern(t) for t in graph.moves(0, patterns["NNY"])]
    assert sorted(reached) == ["NNN", "NYN", "NYY", "YNN", "YNY", "YYN", "YYY"]
    assert [graph.pattern(t) for t in graph.moves(0, patterns["YNN"])] == ["YYN"]


def test_two_one_way_options_in_opposite_directions_may_change_in_one_move() -> None:
    options = [
        Option(name="strike", owner="x", direction="fwd"),
        Option(name="delay", owner="x", direction="back"),
    ]
    graph = from_options(["x"], options)
    assert graph.moves(0, graph.index(2)).tolist() == [0, 1, 3]
    assert graph.moves(0, graph.index(1)).tolist() == []


def test_the_published_states_of_elmira() -> None:
    """The 12 feasible patterns as in the GMCR+ guide, section 5.2."""
    assert elmira().graph.states.tolist() == [2, 3, 4, 5, 8, 9, 18, 19, 20, 21, 24, 25]


def test_rules_and_patterns_leave_out_the_same_states() -> None:
    by_pattern = switches("xyz", infeasible=["YY-", "-NN"])
    by_rule = switches("xyz", rules=["not (x0 and y1)", "y1 or z2"])
    assert by_pattern.states.tolist() == by_rule.states.tolist()


def test_many_options_are_fine_where_rules_keep_the_states_few() -> None:
    names = [f"o{k}" for k in range(40)]
    options = [Option(name=name, owner="x") for name in names]
    chain = [f"{a} if {b}" for a, b in pairwise(names)]
    graph = from_options(["x"], options, rules=chain)
    assert graph.states.tolist() == [(1 << k) - 1 for k in range(41)]


def test_an_option_has_one_owner_so_that_nobody_toggles_anybody_elses() -> None:
    # Peers let two own the same option, and then a carry changes other options silently.
    options = [Option(name="strait", owner="x"), Option(name="strait", owner="y")]
    with pytest.raises(
        ModelError, match=r'options: "strait" stands there twice; each has one name'
    ):
        from_options(["x", "y"], options)


@given(models())
def test_no_move_touches_an_option_of_somebody_else(model: Model) -> None:
    graph = model.graph
    for k, option in enumerate(graph.options):
        for i, name in enumerate(graph.decision_makers):
            if name != option.owner:
                for s in range(graph.n):
                    changed = graph.states[graph.moves(i, s)] ^ graph.states[s]
                    assert not (changed >> k & 1).any()


def test_moves_one_by_one_are_not_chained() -> None:
    graph = from_arcs(["a", "b", "c"], {"x": [(0, 1), (1, 2), (0, 1), (2, 2)]})
    assert [graph.moves(0, s).tolist() for s in range(3)] == [[1], [2], []]
    assert graph.pattern(1) == "b"
    assert graph.taken(1) == ()


def test_states_that_nobody_tells_apart_become_one() -> None:
    graph = merge(elmira().graph, ["---Y-"])
    assert graph.n == 9
    gone = graph.index(8)
    assert all(graph.moves(k, gone).size == 0 for k in range(3))
    # Only the company can go, and from every state.
    for s in range(9):
        if s != gone:
            assert gone in graph.moves(1, s)
            assert gone not in graph.moves(0, s)


def test_patterns_that_overlap_merge_into_one_state() -> None:
    graph = merge(switches("xyz"), ["YY-", "-YY"])
    assert graph.states.tolist() == [0, 1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: from_options([], []), "decision makers: there are none; name at least one"),
        (lambda: from_options(["x", "x"], []), 'decision makers: "x" stands there twice'),
        (lambda: from_options(["x"], []), "options: there are none; name at least one"),
        (
            lambda: from_options(["syria"], [Option(name="a", owner="siria")]),
            r'options\.a: decision maker "siria" is unknown; did you mean "syria"\?',
        ),
        (
            lambda: from_options(["x"], [Option(name="a", owner="x", direction="up")]),
            r'options\.a: direction "up" is unknown; write both, fwd .* or back',
        ),
        (
            lambda: switches("xy", infeasible=["Y"]),
            r'pattern "Y": write one Y, N or - for each of the 2 options',
        ),
        (lambda: switches("xy", infeasible=["YX"]), 'pattern "YX"'),
        (lambda: switches("xy", rules=["x0 and z"]), r'rules\.0: "z" is not an option'),
        (lambda: switches("x", infeasible=["-"]), "states: none is feasible"),
        (lambda: switches("xxx", most_states=7), "states: more than 7 are feasible with 3 of 3"),
        (lambda: switches("x" * 63), "options: 63 are too many; at most 62"),
        (lambda: from_arcs([], {"x": []}), "states: there are none"),
        (lambda: from_arcs(["a"], {}), "decision makers: there are none"),
        (lambda: from_arcs(["a"], {"x": [(0, 1)]}), r"moves\.x: state 1 is not in 0\.\.0"),
        (
            lambda: merge(switches("xy", infeasible=["YY"]), ["YY"]),
            'merged pattern "YY": no feasib',
        ),
        (lambda: switches("x").index(2), "state 2: not a feasible state; there are 2"),
        (lambda: switches("x").index(1 << 70), "not a feasible state"),
        (lambda: switches("x").decision_maker("y"), 'decision maker "y" is unknown; known are x'),
    ],
)
def test_a_fault_says_where_what_and_how_to_mend(make: object, message: str) -> None:
    assert callable(make)
    with pytest.raises(ModelError, match=message):
        make()


def test_a_graph_cannot_be_changed() -> None:
    graph = option_model([0, 1]).graph
    with pytest.raises(ValueError, match="read-only"):
        graph.states[0] = 1
    with pytest.raises(ValueError, match="read-only"):
        graph.layout.members[0] = 1


def test_the_columns_say_where_each_option_is_taken() -> None:
    columns = switches("xy", infeasible=["YY"]).columns()
    assert np.array_equal(columns["x0"], [False, True, False])
    assert np.array_equal(columns["y1"], [False, False, True])


def test_moves_may_be_given_as_an_array() -> None:
    pairs = [(0, 1), (1, 2), (0, 2)]
    by_list = from_arcs(["a", "b", "c"], {"x": pairs})
    by_array = from_arcs(["a", "b", "c"], {"x": np.array(pairs)})
    for s in range(3):
        assert by_list.moves(0, s).tolist() == by_array.moves(0, s).tolist()


def test_somebody_may_have_no_moves_at_all() -> None:
    graph = from_arcs(["a", "b"], {"x": [], "y": iter([(0, 1)])})
    assert graph.moves(0, 0).size == 0
    assert graph.moves(1, 0).tolist() == [1]
    # By options, too: a party with nothing to choose.
    silent = from_options(["x", "y"], [Option(name="a", owner="x")])
    assert silent.moves(1, 0).size == 0


def test_a_rule_is_applied_as_soon_as_its_options_are_known() -> None:
    # With 40 options 2^40 states are never written down: a rule cuts them after the second.
    names = [f"o{k}" for k in range(40)]
    rules = [f"not {name}" for name in names[2:]]
    graph = from_options(["x"], [Option(name=n, owner="x") for n in names], rules=rules)
    assert graph.states.tolist() == [0, 1, 2, 3]


@given(arc_models())
def test_moves_given_one_by_one_are_the_moves_held(model: Model) -> None:
    total = sum(len(reached) for row in model.R for reached in row)
    assert model.graph.layout.out_to.size == model.graph.layout.in_from.size == total


def test_an_option_that_can_neither_be_taken_nor_left_moves_nobody() -> None:
    options = [
        Option(name="strike", owner="x", direction="none"),
        Option(name="talk", owner="x"),
    ]
    graph = from_options(["x"], options)
    assert [graph.moves(0, s).tolist() for s in range(4)] == [[2], [3], [0], [1]]


def test_groups_of_states_are_merged_and_their_places_told() -> None:
    options = [Option(name=name, owner="x") for name in "abc"]
    graph = from_options(["x"], options)
    first = np.isin(graph.states, [1, 2])
    second = np.isin(graph.states, [2, 5])
    merged, place = merge_groups(graph, [first, second])
    assert merged.states.tolist() == [0, 1, 3, 4, 6, 7]
    assert place.tolist() == [0, 1, 1, 2, 3, 1, 4, 5]
    # What each of them could reach, the one state can; and it is reached as any of them was.
    assert merged.moves(0, 1).tolist() == [0, 2, 3, 4, 5]


def test_rules_may_be_statements_that_were_read_before() -> None:
    options = [Option(name=name, owner="x") for name in "ab"]
    read = parse_statement("a iff b", ["a", "b"])
    assert from_options(["x"], options, rules=[read]).states.tolist() == [0, 3]
