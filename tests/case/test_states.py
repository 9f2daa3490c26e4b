from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.case.statements import parse_statement
from goodoffices.case.states import columns_of, feasible_states, read_pattern
from goodoffices.errors import ModelError

NAMES = ["a", "b", "c", "d"]


def fits(state: int, pattern: str) -> bool:
    return all(
        sign == "-" or (sign == "Y") == bool(state >> k & 1) for k, sign in enumerate(pattern)
    )


@given(st.lists(st.text("YN-", min_size=4, max_size=4), max_size=4))
def test_what_is_left_fits_no_pattern(patterns: list[str]) -> None:
    expected = [s for s in range(16) if not any(fits(s, p) for p in patterns)]
    read = [read_pattern(pattern, 4) for pattern in patterns]
    if expected:
        assert feasible_states(NAMES, read, []).tolist() == expected
    else:
        with pytest.raises(ModelError, match="none is feasible"):
            feasible_states(NAMES, read, [])


@given(st.lists(st.sampled_from(["a", "not b", "a or c", "b iff d", "c if a"]), max_size=4))
def test_every_rule_holds_in_what_is_left(rules: list[str]) -> None:
    parsed = [parse_statement(rule, NAMES) for rule in rules]
    columns = columns_of(np.arange(16), NAMES)
    kept = [s for s in range(16) if all(rule.holds(columns)[s] for rule in parsed)]
    assert feasible_states(NAMES, [], parsed).tolist() == kept


def test_rules_keep_many_options_tractable() -> None:
    names = [f"o{k}" for k in range(60)]
    chain = [parse_statement(f"{a} if {b}", names) for a, b in pairwise(names)]
    assert feasible_states(names, [], chain, most=200).size == 61


def test_too_many_states_are_refused_with_how_many_options_it_took() -> None:
    with pytest.raises(ModelError, match="more than 4 are feasible with 3 of 4 options"):
        feasible_states(NAMES, [], [], most=4)


@pytest.mark.parametrize("pattern", ["YN", "YNNX", "ynnn", ""])
def test_a_pattern_has_one_sign_per_option(pattern: str) -> None:
    with pytest.raises(ModelError, match="write one Y, N or - for each of the 4 options"):
        read_pattern(pattern, 4)


def test_columns_say_where_each_option_is_taken() -> None:
    columns = columns_of(np.array([0, 5, 10]), NAMES)
    assert [columns[name].tolist() for name in NAMES] == [
        [False, True, False],
        [False, False, True],
        [False, True, False],
        [False, False, True],
    ]
