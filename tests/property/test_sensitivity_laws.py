from __future__ import annotations

import itertools
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from numpy.typing import NDArray

from goodoffices.deals.sensitivity import first_order

Inputs = NDArray[np.float64]
Answer = NDArray[np.bool_]


@st.composite
def tables(draw: st.DrawFn, *, values: int | None = None) -> tuple[Inputs, Answer]:
    """Draws of a few inputs, of so many different values or of any, and an answer that varies."""
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    draws, inputs = draw(st.integers(16, 300)), draw(st.integers(1, 4))
    x = random.random((draws, inputs))
    if values is not None:
        x = np.floor(x * values)
    # From an answer that is all noise to one that an input decides.
    noise = draw(st.sampled_from([0.0, 0.5, 2.0]))
    score = x[:, 0] / (values or 1) + noise * random.random(draws)
    yes = score > np.quantile(score, draw(st.floats(0.05, 0.95)))
    assume(0 < yes.sum() < draws)
    return x, yes


def by_hand(column: Inputs, yes: Answer) -> float:
    """Return the share of one input with a group for each value, in exact fractions."""
    groups: dict[float, list[int]] = {}
    for value, answer in zip(column, yes, strict=True):
        groups.setdefault(value, []).append(int(answer))
    n, m = len(yes), Fraction(int(yes.sum()), len(yes))
    mean = {value: Fraction(sum(group), len(group)) for value, group in groups.items()}
    between = sum(len(group) * (mean[value] - m) ** 2 for value, group in groups.items())
    within = sum((y - mean[value]) ** 2 for value, group in groups.items() for y in group)
    w = Fraction(within) / (n - len(groups))
    share = (between - (len(groups) - 1) * w) / (between + within + w)
    return float(min(max(share, Fraction(0)), Fraction(1)))


@given(tables(values=5))
def test_inputs_with_few_values_agree_with_exact_fractions(table: tuple[Inputs, Answer]) -> None:
    x, yes = table
    for column, found in zip(x.T, first_order(x, yes), strict=True):
        assert found.share == pytest.approx(by_hand(column, yes), abs=1e-12)


@given(tables())
def test_a_share_is_a_share_and_an_error_no_less_than_nothing(
    table: tuple[Inputs, Answer],
) -> None:
    for found in first_order(*table):
        assert 0 <= found.share <= 1
        assert 0 < found.error < 1


@pytest.mark.parametrize("values", [None, 5, 60])
@given(data=st.data())
def test_a_strictly_increasing_change_of_scale_changes_nothing(
    values: int | None, data: st.DataObject
) -> None:
    x, yes = data.draw(tables(values=values))
    change = data.draw(
        st.sampled_from([np.exp, np.cbrt, np.log1p, lambda x: 1e6 * x - 3, lambda x: x / 1e6])
    )
    # Rounding must not have merged two values.
    assume(all(len(set(c)) == len(set(d)) for c, d in zip(x.T, change(x).T, strict=True)))
    assert first_order(change(x), yes) == first_order(x, yes)


@given(tables(values=4))
def test_the_names_of_a_few_values_do_not_matter(table: tuple[Inputs, Answer]) -> None:
    x, yes = table
    renamed = np.array([2.0, -1.0, 7.0, 0.5])[x.astype(np.intp)]
    for found, other in zip(first_order(x, yes), first_order(renamed, yes), strict=True):
        assert found == pytest.approx(other)


@given(tables(), st.data())
def test_the_order_of_the_inputs_is_the_order_of_the_shares(
    table: tuple[Inputs, Answer], data: st.DataObject
) -> None:
    x, yes = table
    order = data.draw(st.permutations(range(x.shape[1])))
    found = first_order(x, yes)
    assert first_order(x[:, order], yes) == tuple(found[k] for k in order)


@pytest.mark.parametrize("values", [None, 5, 60])
@given(data=st.data())
def test_the_order_of_the_draws_does_not_matter(values: int | None, data: st.DataObject) -> None:
    x, yes = data.draw(tables(values=values))
    order = np.random.default_rng(data.draw(st.integers(0, 1000))).permutation(len(yes))
    assert first_order(x[order], yes[order]) == first_order(x, yes)


@given(tables())
def test_no_is_moved_by_what_moves_yes(table: tuple[Inputs, Answer]) -> None:
    x, yes = table
    for found, other in zip(first_order(x, yes), first_order(x, ~yes), strict=True):
        assert found == pytest.approx(other, abs=1e-9)


@given(tables(), st.integers(1, 8))
def test_a_threshold_of_one_input_is_all_its_own(
    table: tuple[Inputs, Answer], eighths: int
) -> None:
    x = table[0][:, 0]
    yes = x > np.sort(x)[(len(x) - 1) * eighths // 9]
    assume(0 < yes.sum() < len(yes))
    for answer in (yes, ~yes):
        assert first_order([x], answer)[0].share == 1.0


@given(st.lists(st.booleans(), min_size=16, max_size=16))
def test_the_shares_of_independent_inputs_add_up_to_at_most_all(truth: list[bool]) -> None:
    """Every combination of four coins once: whatever the rule, the parts do not overlap."""
    assume(0 < sum(truth) < 16)
    x = np.array(list(itertools.product([0.0, 1.0], repeat=4)))
    found = first_order(x, np.array(truth))
    assert sum(one.share for one in found) <= 1 + 1e-12


@given(st.lists(st.booleans(), min_size=8, max_size=8))
def test_a_coin_that_the_rule_does_not_look_at_has_no_share(truth: list[bool]) -> None:
    assume(0 < sum(truth) < 8)
    x = np.array(list(itertools.product([0.0, 1.0], repeat=4)))
    assert first_order(x, np.repeat(truth, 2))[3].share == 0.0
