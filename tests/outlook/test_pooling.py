import math
from dataclasses import replace
from datetime import date, timedelta
from random import Random

import numpy as np
import pytest

from goodoffices.errors import ModelError
from goodoffices.outlook.logodds import exact, normal
from goodoffices.outlook.pooling import MOST_EXTREME, Estimate, Pooled, camp_exponent, mixed, pool

TODAY = date(2024, 9, 7)


def said(
    speaker: str, probability: float, *, days: int = 0, group: str = "", camp: str = ""
) -> Estimate:
    return Estimate(
        question="deal",
        speaker=speaker,
        made=TODAY - timedelta(days=days),
        says=exact(probability),
        group=group,
        camp=camp,
    )


def test_a_single_estimate_is_the_pool() -> None:
    one = replace(said("west", 0.3), says=normal(-1.0, 0.5))
    found = pool([one], on=TODAY, half_life=30)
    assert (found.distribution.centre, found.distribution.sd) == (-1.0, 0.5)
    assert (found.exponent, found.groups, found.fresh) == (1.0, 1, 1.0)
    assert found.disagreement.spread == 0.0


def test_an_estimate_counts_half_after_its_half_life() -> None:
    found = pool([said("a", 0.1), said("b", 0.5, days=30)], on=TODAY, half_life=30)
    assert [each.weight for each in found.weights] == pytest.approx([2 / 3, 1 / 3], abs=1e-12)
    assert [each.freshness for each in found.weights] == [1.0, 0.5]
    assert [each.age for each in found.weights] == [0, 30]
    # Odds of 1/9 and 1, with weights of 2/3 and 1/3.
    assert found.central == pytest.approx((1 / 9) ** (2 / 3) / (1 + (1 / 9) ** (2 / 3)), abs=1e-12)


def test_the_pool_says_how_much_fresh_opinion_it_is_worth() -> None:
    found = pool([said("a", 0.1, days=60), said("b", 0.5, days=30)], on=TODAY, half_life=30)
    assert found.fresh == 0.75


def test_estimates_do_not_age_with_an_infinite_half_life() -> None:
    found = pool([said("a", 0.2), said("b", 0.8, days=3_000)], on=TODAY, half_life=math.inf)
    assert found.central == pytest.approx(0.5, abs=1e-12)


def test_very_old_estimates_still_weigh_against_each_other() -> None:
    old = [said("a", 0.2, days=3_000), said("b", 0.8, days=3_001)]
    found = pool(old, on=TODAY, half_life=1)
    assert [each.weight for each in found.weights] == pytest.approx([2 / 3, 1 / 3], abs=1e-12)
    assert found.fresh == 0.0


def test_a_later_estimate_replaces_the_same_speakers_earlier_one() -> None:
    found = pool([said("a", 0.9, days=10), said("a", 0.1)], on=TODAY, half_life=30)
    assert found.central == pytest.approx(0.1, abs=1e-12)
    assert [each.replaced for each in found.weights] == [True, False]
    assert [each.weight for each in found.weights] == [0.0, 1.0]


def test_two_estimates_of_one_speaker_on_one_day_count_once_together() -> None:
    found = pool([said("a", 0.2), said("a", 0.8), said("b", 0.5)], on=TODAY, half_life=30)
    assert [each.weight for each in found.weights] == [0.25, 0.25, 0.5]


def test_sources_that_copy_each_other_count_once() -> None:
    alone = pool([said("a", 0.1), said("b", 0.5)], on=TODAY, half_life=30)
    copied = pool(
        [said("a", 0.1, group="wire"), said("a2", 0.1, group="wire"), said("b", 0.5)],
        on=TODAY,
        half_life=30,
    )
    assert copied.groups == 2
    assert copied.central == pytest.approx(alone.central, abs=1e-12)
    assert [each.weight for each in copied.weights] == [0.25, 0.25, 0.5]


def test_a_group_is_as_fresh_as_its_freshest_estimate() -> None:
    found = pool(
        [said("a", 0.2, group="wire"), said("a2", 0.2, group="wire", days=30), said("b", 0.8)],
        on=TODAY,
        half_life=30,
    )
    assert found.central == pytest.approx(0.5, abs=1e-12)
    assert [each.weight for each in found.weights] == pytest.approx([1 / 3, 1 / 6, 1 / 2])


def test_a_speaker_with_the_name_of_a_group_is_not_in_it() -> None:
    found = pool([said("wire", 0.2), said("a", 0.8, group="wire")], on=TODAY, half_life=30)
    assert found.groups == 2


def test_one_camp_is_not_extremised_and_unstated_camps_are_one() -> None:
    within = [said("a", 0.1, camp="west"), said("b", 0.2, camp="west")]
    assert pool(within, on=TODAY, half_life=30).exponent == 1.0
    unstated = [said("a", 0.1), said("b", 0.2)]
    assert pool(unstated, on=TODAY, half_life=30).exponent == 1.0


def test_two_camps_that_judge_alike_move_the_pool_away_from_even() -> None:
    found = pool([said("a", 0.2, camp="west"), said("b", 0.2, camp="east")], on=TODAY, half_life=30)
    assert found.exponent == pytest.approx(1.2, abs=1e-12)
    assert found.distribution.centre == pytest.approx(1.2 * math.log(0.25), abs=1e-12)
    assert found.camps == {"west": 0.5, "east": 0.5}


def test_a_camp_that_is_all_but_forgotten_gives_no_independence() -> None:
    found = pool(
        [said("a", 0.2, camp="west"), said("b", 0.2, camp="east", days=300)],
        on=TODAY,
        half_life=10,
    )
    assert found.exponent == pytest.approx(1.0, abs=1e-8)


@pytest.mark.parametrize(
    ("shares", "exponent"),
    [([1.0], 1.0), ([0.5, 0.5], 1.2), ([0.25] * 4, 1.3), ([0.75, 0.25], 1.15), ([3.0, 1.0], 1.15)],
)
def test_the_exponent_grows_with_the_number_of_equal_camps(
    shares: list[float], exponent: float
) -> None:
    assert camp_exponent(shares) == pytest.approx(exponent, abs=1e-12)


def test_many_camps_come_near_to_the_most_extreme_exponent() -> None:
    assert MOST_EXTREME - 0.001 < camp_exponent([1.0] * 1_000) < MOST_EXTREME


def test_a_stated_exponent_holds() -> None:
    found = pool([said("a", 0.2)], on=TODAY, half_life=30, exponent=2.0, anchor=0.2)
    assert (found.exponent, found.anchor) == (2.0, 0.2)
    assert found.central == pytest.approx(0.2, abs=1e-12)


def test_disagreement_is_the_spread_of_the_log_odds_and_names_the_ends() -> None:
    """By hand: odds of 1/4 and 4 lie 2 ln 2 to either side of even."""
    found = pool([said("dove", 0.8), said("hawk", 0.2)], on=TODAY, half_life=30).disagreement
    assert found.spread == pytest.approx(2 * math.log(2), abs=1e-12)
    assert (found.low, found.high) == pytest.approx((0.2, 0.8), abs=1e-12)
    assert (found.lowest, found.highest) == (("hawk",), ("dove",))


def test_disagreement_shows_in_the_band() -> None:
    agreed = pool([said("a", 0.5), said("b", 0.5)], on=TODAY, half_life=30)
    torn = pool([said("a", 0.1), said("b", 0.9)], on=TODAY, half_life=30)
    assert agreed.band.low == agreed.band.high == 0.5
    assert torn.central == pytest.approx(0.5, abs=1e-12)
    assert torn.band.low < 0.1 < 0.9 < torn.band.high


def test_estimates_are_shown_in_the_order_given() -> None:
    given = [said("c", 0.3), said("a", 0.1, days=5), said("b", 0.2)]
    found = pool(given, on=TODAY, half_life=30)
    assert [each.estimate for each in found.weights] == given
    assert (found.question, found.on, found.half_life) == ("deal", TODAY, 30)


@pytest.mark.parametrize(
    ("estimates", "half_life", "message"),
    [
        ([], 30, "there is no estimate to pool"),
        (
            [said("a", 0.1), replace(said("b", 0.1), question="war")],
            30,
            'estimates of "deal" and of "war" are not pooled; pool each question alone',
        ),
        (
            [said("a", 0.1, days=-1)],
            30,
            "a: an estimate made on 2024-09-08 is not known on 2024-09-07",
        ),
        ([said("a", 0.1)], 0, "a half-life of 0 days is not above 0"),
        ([said("a", 0.1)], math.nan, "a half-life of nan days is not above 0"),
    ],
)
def test_what_cannot_be_pooled_is_an_error(
    estimates: list[Estimate], half_life: float, message: str
) -> None:
    with pytest.raises(ModelError) as raised:
        pool(estimates, on=TODAY, half_life=half_life)
    assert str(raised.value) == message


# A plain oracle: odds multiplied, one estimate after the other.


def plainly(estimates: list[Estimate], half_life: float) -> tuple[float, float]:
    """The pooled odds and the exponent, by the words of the docstring."""
    latest = {
        each.speaker: max(e.made for e in estimates if e.speaker == each.speaker)
        for each in estimates
    }
    current = [each for each in estimates if each.made == latest[each.speaker]]
    names = {each.group or f"alone: {each.speaker}" for each in current}
    groups = [
        [each for each in current if (each.group or f"alone: {each.speaker}") == name]
        for name in sorted(names)
    ]

    def fresh(each: Estimate) -> float:
        return 0.5 ** ((TODAY - each.made).days / half_life)

    weight: dict[int, float] = {}
    for group in groups:
        share = max(map(fresh, group)) / sum(max(map(fresh, other)) for other in groups)
        for each in group:
            weight[id(each)] = share * fresh(each) / sum(map(fresh, group))
    camps = {each.camp for each in current}
    alike = sum(sum(weight[id(e)] for e in current if e.camp == camp) ** 2 for camp in camps)
    exponent = 1 + 0.4 * (1 - alike)
    odds = 1.0
    for each in current:
        p = each.says.central
        odds *= (p / (1 - p)) ** (weight[id(each)] * exponent)
    return odds, exponent


@pytest.mark.parametrize("seed", range(8))
def test_the_pool_is_what_its_description_says(seed: int) -> None:
    random = Random(seed)
    estimates = [
        said(
            f"speaker {random.randrange(6)}",
            random.uniform(0.01, 0.99),
            days=random.randrange(200),
            group=random.choice(["", "wire", "agency"]),
            camp=random.choice(["", "west", "east"]),
        )
        for _ in range(9)
    ]
    odds, exponent = plainly(estimates, half_life=45)
    found = pool(estimates, on=TODAY, half_life=45)
    assert found.exponent == pytest.approx(exponent, abs=1e-12)
    assert found.central == pytest.approx(odds / (1 + odds), abs=1e-12)


# Why the exponent asks for independence, on simulated questions.


def simulated(rng: np.random.Generator, *, private: bool) -> tuple[list[float], bool]:
    """Four judges who each see one of four pieces of evidence, or all the same one."""
    pieces = rng.normal(0.0, 1.5, size=4)
    happened = bool(rng.random() < 1 / (1 + math.exp(-pieces.sum())))
    # The best judgement on one piece of four: the others may point either way.
    shrunk = 1 / math.sqrt(1 + math.pi * 3 * 1.5**2 / 8)
    seen = pieces if private else np.repeat(pieces[:1], 4)
    return (1 / (1 + np.exp(-shrunk * seen))).tolist(), happened


def mean_brier(camps: list[str], *, private: bool) -> float:
    rng = np.random.default_rng(7)
    total = 0.0
    for _ in range(1_500):
        judged, happened = simulated(rng, private=private)
        given = [said(str(n), p, camp=camps[n]) for n, p in enumerate(judged)]
        total += (pool(given, on=TODAY, half_life=math.inf).central - happened) ** 2
    return total / 1_500


def test_judges_with_evidence_of_their_own_are_worth_extremising() -> None:
    apart, together = ["a", "b", "c", "d"], [""] * 4
    assert mean_brier(apart, private=True) < mean_brier(together, private=True) - 0.002


def test_judges_who_copy_each_other_are_not() -> None:
    apart, together = ["a", "b", "c", "d"], [""] * 4
    assert mean_brier(together, private=False) < mean_brier(apart, private=False)


# Pools under half-lives that are equally likely.


def pools(*lives: float) -> list[Pooled]:
    both = [said("a", 0.6, days=60), said("b", 0.1, camp="west")]
    return [pool(both, on=TODAY, half_life=life) for life in lives]


def test_a_single_pool_is_what_it_is() -> None:
    (one,) = pools(30.0)
    assert mixed([one]) is one


def test_shares_of_mixed_pools_still_add_up_to_one() -> None:
    found = mixed(pools(5.0, 60.0, 600.0))
    assert sum(one.weight for one in found.weights) == pytest.approx(1.0)
    assert sum(found.camps.values()) == pytest.approx(1.0)
    assert set(found.camps) == {"", "west"}


def test_mixed_pools_lie_between_the_lowest_and_the_highest() -> None:
    each = pools(5.0, 60.0, 600.0)
    found = mixed(each)
    centres = [one.central for one in each]
    assert min(centres) <= found.central <= max(centres)
    assert found.band.low >= min(one.band.low for one in each) - 1e-3
    assert found.band.high <= max(one.band.high for one in each) + 1e-3
    assert found.half_life == 60.0


def test_mixing_the_same_pool_changes_nothing_but_rounding() -> None:
    one = pools(30.0)[0]
    found = mixed([one] * 3)
    assert found.central == pytest.approx(one.central)
    assert found.exponent == pytest.approx(one.exponent)
    assert found.fresh == pytest.approx(one.fresh)
