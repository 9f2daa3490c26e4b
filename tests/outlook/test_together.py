import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.outlook.bands import Band
from goodoffices.outlook.logodds import combine, exact
from goodoffices.outlook.together import LEGS, View, inside_view, waterfall
from tests.case.cases import GONE
from tests.outlook.cases import BY, ask_lens, asked, case_with, weighed

PROBABILITIES = st.floats(0.01, 0.99)


@given(
    p=st.tuples(PROBABILITIES, PROBABILITIES, PROBABILITIES),
    base=PROBABILITIES,
    raw=st.tuples(*[st.floats(0.1, 10)] * 3),
)
def test_the_steps_add_up_exactly_to_the_pool(
    p: tuple[float, float, float], base: float, raw: tuple[float, float, float]
) -> None:
    views = [View(leg=leg, says=exact(q), how="") for leg, q in zip(LEGS, p, strict=True)]
    weights = [w / sum(raw) for w in raw]
    steps = waterfall(views, weights, exact(base))
    pooled = combine([view.says for view in views], weights)
    assert steps[-1].after == pytest.approx(pooled.central, abs=1e-12)
    assert math.fsum(step.log_odds for step in steps) == pytest.approx(pooled.centre, abs=1e-9)
    assert math.fsum(step.points for step in steps) == pytest.approx(pooled.central, abs=1e-12)


def test_a_waterfall_begins_at_the_base_rate_and_each_step_where_the_last_ended() -> None:
    views = [
        View(leg="outside", says=exact(0.5), how=""),
        View(leg="inside", says=exact(0.2), how=""),
    ]
    steps = waterfall(views, [0.5, 0.5], exact(0.1))
    assert [step.name for step in steps] == [
        "where cases of its kind begin",
        "what sets this case apart, and what has happened",
        "inside view: the packages",
    ]
    assert steps[0].before == 0
    assert steps[0].after == pytest.approx(0.1)
    assert [a.after for a in steps[:-1]] == [b.before for b in steps[1:]]


def test_without_an_outside_view_it_begins_at_the_first_view_there_is() -> None:
    (step,) = waterfall([View(leg="estimates", says=exact(0.3), how="")], [1.0], None)
    assert step.name == "what the sources think"
    assert step.after == pytest.approx(0.3)


def test_the_inside_view_lies_between_the_best_package_and_the_zone() -> None:
    certain = case_with({"outlook/inside/signed": 0.5})
    found = weighed()
    view = inside_view(asked(certain), found, BY)
    assert view is not None
    best, zone = found.offers[0].all_accept.value, found.zone.probability.value
    low, high = view.says.quantiles([0.002, 0.998])
    assert 0.5 * best - 1e-3 <= low <= high <= 0.5 * zone + 1e-3


def test_half_the_time_leaves_the_square_root_of_what_is_not_signed() -> None:
    certain = case_with({"outlook/inside/signed": 0.5, "outlook/inside/within": 52})
    found, whole = weighed(), case_with({"outlook/inside/signed": 0.5})
    half, full = inside_view(asked(certain), found, BY), inside_view(asked(whole), found, BY)
    assert half is not None
    assert full is not None
    assert half.says.central / full.says.central == pytest.approx((1 - 0.5**0.5) / 0.5, rel=1e-6)


def test_without_a_word_on_how_it_gets_signed_there_is_no_inside_view() -> None:
    report = ask_lens({"outlook/inside": GONE})
    together = report.question("accord").together
    assert together is not None
    assert together.missing == ("inside: `outlook.inside` doesn't say how a package gets signed",)
    assert sum(leg.weight for leg in together.legs) == pytest.approx(1)


def test_a_view_with_all_the_weight_is_the_answer() -> None:
    weights = {"inside": 0, "outside": 0, "estimates": 1, "assumed": "team: a test"}
    report = ask_lens({"outlook/weights": weights})
    accord = report.question("accord")
    assert accord.together is not None
    assert accord.pooled is not None
    assert accord.together.probability.central == pytest.approx(accord.pooled.probability.central)
    assert report.question("fire").together is None


def test_reasons_against_lower_the_confidence() -> None:
    assert ask_lens().question("accord").together.level == "low"  # type: ignore[union-attr]


def test_bands_are_in_order() -> None:
    for question in ask_lens().questions:
        assert question.together is not None
        band: Band = question.together.probability
        assert 0 < band.low <= band.central <= band.high < 1
        assert np.isfinite([band.low, band.high]).all()
