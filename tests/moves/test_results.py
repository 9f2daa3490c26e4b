import dataclasses
import typing

import pytest

from goodoffices.moves import moves, results
from goodoffices.moves.results import Move, MovesReport, Sentence, StateReport
from tests.moves.cases import PRISONERS, conflict, river

CLASSES = [getattr(results, name) for name in results.__all__]


@pytest.fixture(scope="module")
def report() -> MovesReport:
    return moves(river())


@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.__name__)
def test_every_part_of_a_result_is_frozen_slotted_and_made_by_name(kind: type) -> None:
    assert dataclasses.is_dataclass(kind)
    assert kind.__dataclass_params__.frozen  # type: ignore[attr-defined]
    assert all(field.kw_only for field in dataclasses.fields(kind))
    assert hasattr(kind, "__slots__")


@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.__name__)
def test_every_part_of_a_result_says_what_it_is(kind: type) -> None:
    assert kind.__doc__
    assert not kind.__doc__.startswith(f"{kind.__name__}(")
    assert typing.get_type_hints(kind)


def parts(node: object) -> typing.Iterator[object]:
    yield node
    if dataclasses.is_dataclass(node) and not isinstance(node, type):
        for field in dataclasses.fields(node):
            yield from parts(getattr(node, field.name))
    elif isinstance(node, dict):
        for child in node.values():
            yield from parts(child)
    elif isinstance(node, tuple):
        for child in node:
            yield from parts(child)


def test_a_result_holds_plain_values_only(report: MovesReport) -> None:
    plain = (str, int, float, bool, type(None), tuple, dict)
    for part in parts(report):
        assert isinstance(part, plain) or dataclasses.is_dataclass(part), type(part)
        # A number of numpy's would print as one and break what reads the JSON.
        assert type(part).__module__.partition(".")[0] != "numpy"


def test_a_move_names_options_and_states_of_the_case(report: MovesReport) -> None:
    states = {state.id for state in report.states}
    told = [part for part in parts(report) if isinstance(part, Move)]
    assert told
    for move in told:
        assert move.by in report.decision_makers
        assert {move.source, move.target} <= states
        assert {*move.takes, *move.drops} <= set(report.options)
        assert set(move.harm) <= set(move.takes)


def test_a_pattern_has_a_sign_per_option_and_says_what_is_taken(report: MovesReport) -> None:
    for state in report.states:
        taken = tuple(
            option for option, sign in zip(report.options, state.id, strict=True) if sign == "Y"
        )
        assert state.taken == taken
        assert set(state.place) == set(state.stable) == set(report.decision_makers)


def test_concepts_are_told_from_the_most_to_the_least_demanding(report: MovesReport) -> None:
    order = [concept.value for concept in results.Concept]
    for state in (part for part in parts(report) if isinstance(part, StateReport)):
        for told in (state.equilibrium, *state.stable.values()):
            assert [order.index(one) for one in told] == sorted(order.index(one) for one in told)


def test_sentences_are_three(report: MovesReport) -> None:
    assert len(report.why) == 3
    assert all(isinstance(sentence, Sentence) for sentence in report.why)


def test_results_of_equal_cases_are_equal() -> None:
    assert moves(conflict(PRISONERS)) == moves(conflict(PRISONERS))
    assert moves(conflict(PRISONERS)) != moves(river())
