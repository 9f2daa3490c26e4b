import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.errors import ModelError
from goodoffices.outlook.beliefs import (
    EVENT_CAP,
    TOTAL_CAP,
    Belief,
    Event,
    beliefs_over_time,
    event_of_ratio,
    update,
)

TYPES = ("serious", "playing for time")


def believed(
    *ratios: float,
    prior: float = 0.5,
    day: float = 0.0,
    half_life: float = math.inf,
    event_cap: float = 1e9,
    total_cap: float = 1e9,
) -> Belief:
    """The belief of two types after events on day 0."""
    events = [event_of_ratio(f"event {n}", 0.0, ratio) for n, ratio in enumerate(ratios)]
    return update(
        TYPES,
        [prior, 1 - prior],
        events,
        day=day,
        half_life=half_life,
        event_cap=event_cap,
        total_cap=total_cap,
    )


def first(belief: Belief) -> float:
    return float(belief.draws[0, 0])


def test_without_events_the_belief_is_the_prior() -> None:
    found = believed(prior=0.3)
    assert found.draws.tolist() == [pytest.approx([0.3, 0.7], abs=1e-15)]
    assert (found.moved, found.capped) == ((), False)


@pytest.mark.parametrize(
    ("prior", "ratio", "expected"),
    [(0.5, 3.0, 0.75), (0.5, 1 / 3, 0.25), (0.2, 4.0, 0.5), (0.9, 1.0, 0.9), (0.01, 99.0, 0.5)],
)
def test_the_odds_are_multiplied_by_the_likelihood_ratio(
    prior: float, ratio: float, expected: float
) -> None:
    assert first(believed(ratio, prior=prior)) == pytest.approx(expected, abs=1e-12)


def test_several_types_are_weighed_by_their_likelihoods() -> None:
    """Bayes by hand: 0.5 · 0.2, 0.3 · 0.4, 0.2 · 0.4 make 0.10, 0.12, 0.08 of 0.30."""
    event = Event(name="an offer", day=0.0, likelihoods=np.array([0.2, 0.4, 0.4]))
    found = update(["a", "b", "c"], [0.5, 0.3, 0.2], [event], day=0.0)
    assert found.draws[0] == pytest.approx([1 / 3, 0.4, 4 / 15], abs=1e-12)


def test_a_common_factor_of_the_likelihoods_does_not_matter() -> None:
    likelihoods = np.array([0.2, 0.4, 0.1])
    a, b = (
        update(
            ["a", "b", "c"],
            [0.5, 0.3, 0.2],
            [Event(name="e", day=0.0, likelihoods=scale * likelihoods)],
            day=0.0,
        )
        for scale in (1.0, 1000.0)
    )
    assert a.draws == pytest.approx(b.draws, abs=1e-12)


RATIOS = st.lists(st.floats(0.05, 20), min_size=1, max_size=5)


@given(st.floats(0.01, 0.99), RATIOS)
def test_the_posterior_odds_are_the_prior_odds_times_the_product(
    prior: float, ratios: list[float]
) -> None:
    odds = prior / (1 - prior) * math.prod(ratios)
    assert first(believed(*ratios, prior=prior)) == pytest.approx(odds / (1 + odds), abs=1e-9)


@given(RATIOS, st.floats(1, 100), st.floats(0, 300))
def test_the_order_of_events_of_one_day_never_matters(
    ratios: list[float], half_life: float, day: float
) -> None:
    caps = {"event_cap": EVENT_CAP, "total_cap": TOTAL_CAP}
    found = {
        round(first(believed(*order, day=day, half_life=half_life, **caps)), 9)
        for order in itertools.islice(itertools.permutations(ratios), 24)
    }
    assert max(found) - min(found) <= 2e-9


@given(RATIOS, st.permutations(range(5)))
def test_without_decay_the_days_of_events_do_not_matter(
    ratios: list[float], days: list[int]
) -> None:
    events = [event_of_ratio("e", float(d), r) for r, d in zip(ratios, days, strict=False)]
    dated = update(TYPES, [0.5, 0.5], events, day=10.0, total_cap=1e9, event_cap=1e9)
    assert first(dated) == pytest.approx(first(believed(*ratios)), abs=1e-9)


def test_half_of_what_an_event_showed_is_left_after_the_half_life() -> None:
    """Odds of 16 fade to 16^(1/2) = 4, then to 2."""
    assert first(believed(16.0)) == pytest.approx(16 / 17, abs=1e-12)
    assert first(believed(16.0, day=30.0, half_life=30.0)) == pytest.approx(0.8, abs=1e-12)
    assert first(believed(16.0, day=60.0, half_life=30.0)) == pytest.approx(2 / 3, abs=1e-12)


def test_a_belief_drifts_back_to_the_prior_and_not_to_even() -> None:
    assert first(believed(9.0, prior=0.2, day=3_000.0, half_life=30.0)) == pytest.approx(
        0.2, abs=1e-12
    )


def test_decay_by_steps_is_the_same_as_decay_at_once() -> None:
    """Between events the log-odds go back towards the prior; each event adds its own."""
    events = [event_of_ratio("a", 0.0, 4.0), event_of_ratio("b", 10.0, 0.5)]
    found = update(TYPES, [0.3, 0.7], events, day=25.0, half_life=10.0)
    prior = math.log(3 / 7)
    after_a = math.log(4)
    after_b = after_a / 2 + math.log(0.5)
    at_end = prior + after_b * 2**-1.5
    assert first(found) == pytest.approx(1 / (1 + math.exp(-at_end)), abs=1e-12)


def test_no_event_moves_the_odds_by_more_than_its_cap() -> None:
    found = believed(1000.0, event_cap=10.0)
    assert first(found) == pytest.approx(10 / 11, abs=1e-12)
    assert found.moved[0].ratio == pytest.approx(10.0, abs=1e-9)
    assert found.moved[0].capped
    against = believed(0.001, event_cap=10.0)
    assert first(against) == pytest.approx(1 / 11, abs=1e-12)


def test_a_ratio_at_the_cap_is_not_beyond_it() -> None:
    found = believed(EVENT_CAP, event_cap=EVENT_CAP)
    assert not found.moved[0].capped
    assert first(found) == pytest.approx(10 / 11, abs=1e-12)


def test_all_events_together_do_not_move_the_odds_by_more_than_the_total_cap() -> None:
    found = believed(10.0, 10.0, 10.0, total_cap=100.0)
    assert found.capped
    assert first(found) == pytest.approx(100 / 101, abs=1e-12)
    assert not believed(10.0, 10.0, total_cap=100.0).capped


def test_a_capped_event_keeps_the_order_of_several_types() -> None:
    """Shrunk in log-odds: ratios of 100 : 10 : 1 become 10 : 10^(1/2) : 1."""
    event = Event(name="e", day=0.0, likelihoods=np.array([100.0, 10.0, 1.0]))
    found = update(["a", "b", "c"], [1 / 3] * 3, [event], day=0.0, event_cap=10.0)
    assert found.draws[0] / found.draws[0, 2] == pytest.approx([10, math.sqrt(10), 1], abs=1e-9)


def test_the_trace_tells_what_each_event_did() -> None:
    events = [event_of_ratio("later", 20.0, 0.25), event_of_ratio("earlier", 10.0, 2.0)]
    found = update(TYPES, [0.5, 0.5], events, day=30.0, half_life=10.0)
    assert [each.name for each in found.moved] == ["earlier", "later"]
    assert [each.left for each in found.moved] == [0.25, 0.5]
    assert [each.ratio for each in found.moved] == pytest.approx([2.0, 0.25], abs=1e-12)
    assert found.moved[0].after[0].central == pytest.approx(2 / 3, abs=1e-12)
    # On day 20 half of the first event's ln 2 is left.
    odds = math.sqrt(2) / 4
    assert found.moved[1].after[0].central == pytest.approx(odds / (1 + odds), abs=1e-12)


def test_events_of_the_future_are_not_known_yet() -> None:
    later = event_of_ratio("later", 5.0, 9.0)
    found = update(TYPES, [0.5, 0.5], [later], day=4.0)
    assert first(found) == 0.5
    assert found.moved == ()


def test_an_uncertain_ratio_spreads_the_belief() -> None:
    """Ratios between 1 and 4, evenly in their logarithm: the median is 2."""
    u = (np.arange(999) + 0.5) / 999
    event = event_of_ratio("an attack", 0.0, 4.0**u)
    found = update(TYPES, [0.5, 0.5], [event], day=0.0)
    serious = found.bands[0]
    assert found.draws.shape == (999, 2)
    assert serious.central == pytest.approx(2 / 3, abs=1e-9)
    assert serious.low == pytest.approx(4**0.05 / (1 + 4**0.05), abs=1e-3)
    assert serious.high == pytest.approx(4**0.95 / (1 + 4**0.95), abs=1e-3)


def test_draws_of_the_prior_and_of_events_go_together() -> None:
    prior = np.array([[0.5, 0.5], [0.2, 0.8]])
    found = update(TYPES, prior, [event_of_ratio("e", 0.0, [1.0, 4.0])], day=0.0)
    assert found.draws[:, 0] == pytest.approx([0.5, 0.5], abs=1e-12)


def test_a_certain_event_moves_every_draw_of_the_prior() -> None:
    prior = np.array([[0.5, 0.5], [0.2, 0.8]])
    found = update(TYPES, prior, [event_of_ratio("e", 0.0, 4.0)], day=0.0)
    assert found.draws[:, 0] == pytest.approx([0.8, 0.5], abs=1e-12)


def test_the_course_of_a_belief_is_the_belief_of_each_day() -> None:
    events = [event_of_ratio("a", 0.0, [2.0, 4.0]), event_of_ratio("b", 10.0, 0.5)]
    days = [-1.0, 0.0, 5.0, 10.0, 40.0]
    course = beliefs_over_time([0.3, 0.7], events, days, half_life=10.0)
    assert course.shape == (5, 2, 2)
    for row, day in zip(course, days, strict=True):
        at = update(TYPES, [0.3, 0.7], events, day=day, half_life=10.0).draws
        assert row == pytest.approx(np.broadcast_to(at, (2, 2)), abs=1e-15)


@given(st.lists(st.floats(0.001, 1000), min_size=2, max_size=4))
def test_beliefs_add_up_to_one_and_stay_within_0_and_1(likelihoods: list[float]) -> None:
    event = Event(name="e", day=0.0, likelihoods=np.array(likelihoods))
    types = [str(n) for n in range(len(likelihoods))]
    prior = [1 / len(types)] * len(types)
    draws = update(types, prior, [event], day=0.0).draws
    assert draws.sum() == pytest.approx(1.0, abs=1e-12)
    assert np.all((draws > 0) & (draws < 1))
    assert np.all(np.diff(draws[0, np.argsort(likelihoods)]) >= -1e-12)


GOOD = event_of_ratio("good", 0.0, 2.0)


@pytest.mark.parametrize(
    ("types", "prior", "events", "options", "message"),
    [
        (("a",), [1.0], [], {}, "a prior gives at least two types a probability above 0 each"),
        (TYPES, [1.0, 0.0], [], {}, "a prior gives at least two types a probability above 0 each"),
        (TYPES, [0.5, 0.6], [], {}, "the prior's probabilities add up to 1.1, not to 1"),
        (("a", "a"), [0.5, 0.5], [], {}, "2 types (a, a) don't fit a prior of 2; name each type"),
        (("a", "b", "c"), [0.5, 0.5], [], {}, "3 types (a, b, c) don't fit a prior of 2"),
        (
            TYPES,
            [0.5, 0.5],
            [event_of_ratio("shelling", 0.0, 0.0)],
            {},
            "shelling: an event needs a likelihood above 0 for each of 2 types",
        ),
        (
            TYPES,
            [0.5, 0.5],
            [Event(name="shelling", day=0.0, likelihoods=np.ones(3))],
            {},
            "shelling: an event needs a likelihood above 0 for each of 2 types",
        ),
        (
            TYPES,
            [0.5, 0.5],
            [event_of_ratio("shelling", math.nan, 2.0)],
            {},
            "shelling: an event needs a day",
        ),
        (
            TYPES,
            [0.5, 0.5],
            [event_of_ratio("a", 0.0, [1.0, 2.0]), event_of_ratio("b", 0.0, [1.0, 2.0, 3.0])],
            {},
            "draws of different numbers: 2, 3",
        ),
        (TYPES, [0.5, 0.5], [GOOD], {"half_life": 0.0}, "a half-life is above 0 days"),
        (TYPES, [0.5, 0.5], [GOOD], {"event_cap": 0.5}, "a cap is a factor of at least 1"),
        (TYPES, [0.5, 0.5], [GOOD], {"total_cap": 0.5}, "a cap is a factor of at least 1"),
    ],
)
def test_what_is_no_belief_is_an_error(
    types: tuple[str, ...],
    prior: list[float],
    events: list[Event],
    options: dict[str, float],
    message: str,
) -> None:
    with pytest.raises(ModelError) as raised:
        update(types, prior, events, day=0.0, **options)
    assert message in str(raised.value)


# Uncertain half-lives.


def test_each_draw_fades_with_its_own_half_life() -> None:
    """Ratio 4 at age 10: half-lives of 5, 10 and endless leave 4^(1/4), 4^(1/2) and 4."""
    events = [event_of_ratio("a gift", 0.0, 4.0)]
    found = update(["a", "b"], [0.5, 0.5], events, day=10.0, half_life=[5.0, 10.0, math.inf])
    odds = found.draws[:, 0] / found.draws[:, 1]
    assert odds == pytest.approx([4**0.25, 2.0, 4.0])
    assert found.moved[0].left == pytest.approx(0.5)


def test_the_course_of_draws_is_the_update_of_every_day() -> None:
    events = [event_of_ratio("a", 0.0, [2.0, 3.0]), event_of_ratio("b", 5.0, 0.5)]
    lives, days = [4.0, 40.0], [-1.0, 0.0, 3.0, 5.0, 60.0]
    course = beliefs_over_time([0.4, 0.6], events, days, half_life=lives)
    for day, row in zip(days, course, strict=True):
        at = update(["a", "b"], [0.4, 0.6], events, day=day, half_life=lives).draws
        np.testing.assert_allclose(row, np.broadcast_to(at, row.shape), atol=1e-15)


@pytest.mark.parametrize("wrong", [0.0, -1.0, [1.0, 0.0], math.nan])
def test_a_half_life_that_is_none_is_refused(wrong: object) -> None:
    with pytest.raises(ModelError, match="a half-life is above 0 days"):
        update(["a", "b"], [0.5, 0.5], [], day=0.0, half_life=wrong)  # type: ignore[arg-type]


def test_half_lives_that_fit_no_draws_are_refused() -> None:
    events = [event_of_ratio("a", 0.0, [2.0, 3.0, 4.0])]
    with pytest.raises(ModelError, match="draws of different numbers: 2, 3"):
        update(["a", "b"], [0.5, 0.5], events, day=0.0, half_life=[1.0, 2.0])


@given(
    st.lists(st.floats(0.2, 5), min_size=1, max_size=4),
    st.floats(1, 100),
    st.floats(0.05, 0.95),
)
def test_what_is_left_lies_between_the_prior_and_the_full_update(
    ratios: list[float], life: float, prior: float
) -> None:
    """Where all events speak one way, fading never overshoots."""
    ratios = [max(r, 1 / r) for r in ratios]
    events = [event_of_ratio(str(k), float(k), r) for k, r in enumerate(ratios)]
    full, faded = (
        update(["a", "b"], [prior, 1 - prior], events, day=50.0, half_life=h).draws[0, 0]
        for h in (math.inf, life)
    )
    assert prior - 1e-12 <= faded <= full + 1e-12
