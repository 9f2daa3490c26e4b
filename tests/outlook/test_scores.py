import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.errors import ModelError
from goodoffices.outlook.scores import (
    FLOOR,
    brier_scores,
    compare,
    coverage,
    crps_discrete,
    crps_samples,
    decompose,
    log_scores,
    reliability,
    score_card,
)

FORECASTS = st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=40).map(
    lambda pairs: tuple(zip(*pairs, strict=True))
)


def test_the_brier_score_is_the_squared_distance_to_what_happened() -> None:
    assert brier_scores([0.75, 0.75, 0.0, 1.0], [1, 0, 0, 1]).tolist() == [0.0625, 0.5625, 0, 0]


def test_the_log_score_is_minus_the_logarithm_of_what_was_said() -> None:
    """scoringrules 0.10.0: log_score(1, 0.25) = 1.3862943611198906."""
    found = log_scores([0.25, 0.25, 1.0], [True, False, True])
    assert found.tolist() == pytest.approx([1.3862943611198906, -math.log(0.75), 0.0], abs=1e-15)


def test_wrong_and_sure_costs_infinity_unless_a_floor_is_stated() -> None:
    assert log_scores([0.0], [True]).tolist() == [math.inf]
    assert log_scores([0.0], [True], floor=0.01)[0] == pytest.approx(math.log(100), abs=1e-12)


@given(st.floats(0.01, 0.99), st.floats(0, 1))
def test_saying_what_one_believes_is_the_best_policy(belief: float, said: float) -> None:
    for rule in (brier_scores, lambda f, y: log_scores(f, y, floor=1e-9)):
        honest = belief * rule([belief], [1])[0] + (1 - belief) * rule([belief], [0])[0]
        other = belief * rule([said], [1])[0] + (1 - belief) * rule([said], [0])[0]
        assert honest <= other + 1e-9


@pytest.mark.parametrize(
    ("forecasts", "happened", "message"),
    [
        ([], [], "0 forecasts don't fit 0 questions that were resolved"),
        ([0.5], [1, 0], "1 forecasts don't fit 2 questions that were resolved"),
        ([1.5], [1], "a forecast is a probability from 0 to 1"),
        ([math.nan], [1], "a forecast is a probability from 0 to 1"),
        ([0.5], [0.5], "what was forecast happened (1) or did not (0)"),
    ],
)
def test_what_cannot_be_scored_is_an_error(
    forecasts: list[float], happened: list[float], message: str
) -> None:
    with pytest.raises(ModelError) as raised:
        brier_scores(forecasts, happened)
    assert str(raised.value) == message


# Comparisons.


def test_the_error_of_a_difference_is_that_of_a_mean_of_differences() -> None:
    scores, reference = [0.0, 0.5, 0.25, 1.0], [0.25, 0.25, 0.25, 0.25]
    found = compare(scores, reference)
    d = np.subtract(scores, reference)
    assert found.difference == pytest.approx(d.mean(), abs=1e-15)
    assert found.error == pytest.approx(d.std(ddof=1) / 2, abs=1e-15)
    assert (found.score, found.reference, found.groups) == (0.4375, 0.25, 4)


def test_skill_is_the_share_of_the_reference_that_is_saved() -> None:
    assert compare([0.125, 0.125], [0.25, 0.25]).skill == 0.5
    assert compare([0.25, 0.25], [0.25, 0.25]).skill == 0.0
    assert compare([0.5, 0.5], [0.25, 0.25]).skill == -1.0


def test_nothing_can_be_saved_on_a_perfect_reference() -> None:
    found = compare([0.5, 0.5], [0.0, 0.0])
    assert (found.skill, found.skill_error) == (None, None)


def test_the_skills_error_against_a_constant_reference_is_the_differences_scaled() -> None:
    found = compare([0.0, 0.5, 0.25, 1.0], [0.5] * 4)
    assert found.error is not None
    assert found.skill_error == pytest.approx(found.error / 0.5, abs=1e-15)


def test_the_errors_cover_the_truth_as_often_as_they_should() -> None:
    """On simulated records 95 % intervals of the difference and of the skill hold the truth in 95 %
    of 400 runs, within three standard errors of such a share (3.3 %).
    """
    rng = np.random.default_rng(11)
    truth, said = np.array([0.1, 0.3, 0.5, 0.9]), np.array([0.15, 0.3, 0.4, 0.8])
    expected = np.mean(truth * (1 - said) ** 2 + (1 - truth) * said**2)
    standard = np.mean(truth * 0.25 + (1 - truth) * 0.25)
    held = np.zeros(2)
    for _ in range(400):
        which = rng.integers(0, 4, size=200)
        happened = rng.random(200) < truth[which]
        scores = brier_scores(said[which], happened)
        found = compare(scores, brier_scores(np.full(200, 0.5), happened))
        assert found.error is not None
        assert found.skill is not None
        assert found.skill_error is not None
        held[0] += abs(found.difference - (expected - standard)) <= 1.96 * found.error
        held[1] += abs(found.skill - (1 - expected / standard)) <= 1.96 * found.skill_error
    assert held / 400 == pytest.approx([0.95, 0.95], abs=0.033)


def test_repeated_forecasts_of_one_question_are_not_independent() -> None:
    """Every score four times over: grouped, the error is that of the single ones."""
    scores, reference = [0.0, 0.5, 0.25, 1.0], [0.25, 0.25, 0.25, 0.25]
    single = compare(scores, reference)
    copied = compare(scores * 4, reference * 4)
    grouped = compare(scores * 4, reference * 4, groups=["a", "b", "c", "d"] * 4)
    assert grouped.groups == 4
    assert (grouped.error, grouped.skill_error) == pytest.approx(
        (single.error, single.skill_error), abs=1e-12
    )
    assert copied.error is not None
    assert single.error is not None
    assert copied.error < single.error


def test_a_single_question_has_no_error() -> None:
    found = compare([0.1, 0.2], [0.25, 0.25], groups=["deal", "deal"])
    assert (found.error, found.skill_error, found.groups) == (None, None, 1)


@pytest.mark.parametrize(
    ("scores", "reference", "groups", "message"),
    [
        ([], [], None, "scores of shape (0,) don't compare with scores of (0,)"),
        ([0.1], [0.1, 0.2], None, "scores of shape (1,) don't compare with scores of (2,)"),
        ([0.1], [0.1], ["a", "b"], "2 groups don't fit 1 scores"),
    ],
)
def test_what_cannot_be_compared_is_an_error(
    scores: list[float], reference: list[float], groups: list[str] | None, message: str
) -> None:
    with pytest.raises(ModelError) as raised:
        compare(scores, reference, groups)
    assert str(raised.value) == message


# What a score is made of.


@given(FORECASTS, st.integers(1, 12))
def test_the_parts_of_a_brier_score_add_up_to_it_whatever_the_bins(
    record: tuple[tuple[float, ...], tuple[bool, ...]], bins: int
) -> None:
    forecasts, happened = record
    found = decompose(forecasts, happened, bins)
    total = found.reliability - found.resolution + found.uncertainty + found.within
    assert total == pytest.approx(found.brier, abs=1e-12)
    assert found.brier == pytest.approx(brier_scores(forecasts, happened).mean(), abs=1e-12)


@given(st.lists(st.tuples(st.sampled_from([0.05, 0.35, 0.95]), st.booleans()), min_size=1))
def test_nothing_is_lost_within_bins_of_equal_forecasts(pairs: list[tuple[float, bool]]) -> None:
    """Murphy's own three terms suffice then."""
    forecasts, happened = zip(*pairs, strict=True)
    found = decompose(forecasts, happened)
    assert found.within == pytest.approx(0.0, abs=1e-12)


def test_the_parts_are_those_of_murphy_by_hand() -> None:
    """Two bins of two: forecasts 0.25 and 0.75, of which 0 and 1 in 2 came true, base rate 1/4:
    reliability (2 (1/4)² + 2 (1/4)²) / 4, resolution (2 (1/4)² + 2 (1/4)²) / 4, uncertainty 3/16.
    """
    found = decompose([0.25, 0.25, 0.75, 0.75], [0, 0, 1, 0])
    assert (found.reliability, found.resolution) == (0.0625, 0.0625)
    assert (found.uncertainty, found.within, found.brier) == (0.1875, 0.0, 0.1875)


def test_a_calibrated_record_lies_near_the_diagonal() -> None:
    rng = np.random.default_rng(2)
    forecasts = rng.random(20_000)
    found = reliability(forecasts, rng.random(20_000) < forecasts)
    assert len(found) == 10
    inside = [each.happened.low <= each.forecast <= each.happened.high for each in found]
    assert sum(inside) >= 8
    assert decompose(forecasts, rng.random(20_000) < forecasts).reliability < 0.001


def test_a_bin_holds_its_lower_edge_and_the_last_one_also_1() -> None:
    found = reliability([0.0, 0.1, 0.3, 0.5, 1.0], [0, 0, 1, 1, 1])
    assert [(each.low, each.happened.draws) for each in found] == [
        (0.0, 1),
        (0.1, 1),
        (0.3, 1),
        (0.5, 1),
        (0.9, 1),
    ]


def test_bins_may_have_edges_of_their_own() -> None:
    found = reliability([0.1, 0.2, 0.9], [0, 1, 1], [0.0, 0.5, 1.0])
    assert [(each.low, each.high) for each in found] == [(0.0, 0.5), (0.5, 1.0)]
    assert found[0].forecast == pytest.approx(0.15, abs=1e-15)
    assert (found[0].happened.hits, found[0].happened.draws) == (1, 2)


@pytest.mark.parametrize(
    ("edges", "message"),
    [
        ([0.0, 0.5], "bins reach from 0 to 1"),
        ([1.0], "bins reach from 0 to 1"),
        ([0.0, 0.7, 0.3, 1.0], "the edges of bins ascend"),
    ],
)
def test_edges_that_make_no_bins_are_an_error(edges: list[float], message: str) -> None:
    with pytest.raises(ModelError, match=message):
        reliability([0.5], [1], edges)


# The card.


def test_the_card_compares_with_a_base_rate_and_a_constant() -> None:
    card = score_card([0.75, 0.75, 0.25, 0.25], [1, 1, 0, 0], base_rate=0.5, constant=0.25)
    assert (card.forecasts, card.base_rate) == (4, 0.5)
    assert card.brier_to_base_rate.score == 0.0625
    assert card.brier_to_base_rate.reference == 0.25
    assert card.brier_to_constant.reference == (2 * 0.5625 + 2 * 0.0625) / 4
    assert card.log_to_constant.score == pytest.approx(-math.log(0.75), abs=1e-15)
    assert card.decomposition.brier == 0.0625
    assert [each.low for each in card.bins] == [0.2, 0.7]


def test_without_a_stated_base_rate_the_share_that_came_true_stands_in() -> None:
    card = score_card([0.5, 0.5, 0.5, 0.5], [1, 0, 0, 0])
    assert card.brier_to_base_rate.reference == pytest.approx(0.1875, abs=1e-15)


def test_a_base_rate_may_differ_by_question() -> None:
    card = score_card([0.5, 0.5], [1, 0], base_rate=[0.75, 0.25])
    assert card.brier_to_base_rate.reference == 0.0625


def test_the_card_holds_sure_and_wrong_forecasts_to_its_floor() -> None:
    card = score_card([0.0, 0.5], [1, 0])
    assert card.log_to_constant.score == pytest.approx(
        (-math.log(FLOOR) + math.log(2)) / 2, abs=1e-12
    )


def test_the_cards_errors_take_questions_as_groups() -> None:
    card = score_card([0.2, 0.3, 0.9], [0, 0, 1], groups=["deal", "deal", "war"])
    assert card.brier_to_constant.groups == card.log_to_base_rate.groups == 2


# Distributions.


@pytest.mark.parametrize(
    ("draws", "observed", "fair", "expected"),
    [
        ([1.0, 2.0, 4.0, 8.0], 2.5, False, 0.8125),
        ([1.0, 2.0, 4.0, 8.0], 2.5, True, 1 / 3),
        ([0.0, 25.0, 25.0, 60.0, 100.0], 50.0, False, 13.2),
    ],
)
def test_the_crps_of_draws_is_that_of_a_library(
    draws: list[float], observed: float, fair: bool, expected: float
) -> None:
    """scoringrules 0.10.0, crps_ensemble, estimators "nrg" and "fair"."""
    assert float(crps_samples(draws, observed, fair=fair)) == pytest.approx(expected, abs=1e-12)


def test_many_observations_are_scored_at_once() -> None:
    found = crps_samples([[1.0, 2.0], [0.0, 0.0]], [1.0, 3.0])
    assert found.tolist() == [0.25, 3.0]


DRAWS = st.lists(st.floats(-100, 100), min_size=1, max_size=12)


@given(DRAWS, st.floats(-100, 100))
def test_the_crps_of_draws_is_its_definition(draws: list[float], observed: float) -> None:
    away = np.mean([abs(x - observed) for x in draws])
    apart = np.mean([abs(x - other) for x in draws for other in draws])
    assert float(crps_samples(draws, observed)) == pytest.approx(away - apart / 2, abs=1e-9)


@given(DRAWS, st.floats(-100, 100))
def test_draws_and_the_distribution_over_them_score_alike(
    draws: list[float], observed: float
) -> None:
    found = crps_discrete(draws, [1 / len(draws)] * len(draws), observed)
    assert found == pytest.approx(float(crps_samples(draws, observed)), abs=1e-9)


@given(st.floats(-100, 100), st.floats(-100, 100))
def test_for_a_single_value_the_crps_is_the_absolute_error(value: float, observed: float) -> None:
    for fair in (False, True):
        assert float(crps_samples([value], observed, fair=fair)) == pytest.approx(
            abs(value - observed), abs=1e-12
        )
    assert crps_discrete([value], [1.0], observed) == pytest.approx(abs(value - observed))


def test_the_crps_of_uniform_options_is_known() -> None:
    """On 0, 50, 100 with a third each and 50 observed: 50 (1/3)² + 50 (1/3)² = 100/9."""
    assert crps_discrete([0.0, 50.0, 100.0], [1 / 3] * 3, 50.0) == pytest.approx(100 / 9)


def test_the_order_of_the_values_does_not_matter() -> None:
    found = crps_discrete([100.0, 0.0, 50.0], [0.2, 0.5, 0.3], 30.0)
    assert found == pytest.approx(crps_discrete([0.0, 50.0, 100.0], [0.5, 0.3, 0.2], 30.0))


@pytest.mark.parametrize(
    ("values", "probabilities", "message"),
    [
        ([], [], "a distribution has one probability for each of its values"),
        ([1.0], [0.5, 0.5], "a distribution has one probability for each of its values"),
        ([1.0, 2.0], [0.5, 0.4], "the probabilities add up to 0.9, not to 1"),
        ([1.0, 2.0], [1.5, -0.5], "a probability is not negative"),
    ],
)
def test_what_is_no_distribution_is_an_error(
    values: list[float], probabilities: list[float], message: str
) -> None:
    with pytest.raises(ModelError) as raised:
        crps_discrete(values, probabilities, 1.0)
    assert str(raised.value) == message


def test_draws_that_do_not_fit_the_observations_are_an_error() -> None:
    with pytest.raises(ModelError, match="don't fit observations"):
        crps_samples([1.0, 2.0], [1.0, 2.0])


def test_an_interval_covers_its_ends() -> None:
    found = coverage([0.0, 0.0, 0.0], [1.0, 1.0, 1.0], [0.0, 1.0, 1.5])
    assert (found.hits, found.draws) == (2, 3)
