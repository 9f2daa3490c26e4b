from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest

from goodoffices.errors import ExchangeError, ModelError
from goodoffices.outlook import baserates
from goodoffices.outlook._classes import AGREEMENTS as SIGNED
from goodoffices.outlook._classes import CLASSES, HORIZONS, Rule
from goodoffices.outlook._observed import FURTHEST, Observations
from goodoffices.outlook.baserates import (
    ReferenceClass,
    compute,
    count,
    read_records,
    render,
    shipped,
    shipped_class,
)
from goodoffices.outlook.hazards import expected
from goodoffices.outlook.incidence import incidence
from tests.outlook.published import folder, signed, write

IDS = [rule.id for rule in CLASSES]


def rule(*events: str, horizons: tuple[int, ...] = (90, 365)) -> Rule:
    return Rule(
        id="test",
        title="A class",
        watched="All",
        until="The end",
        events=events or ("deal", "collapse"),
        caveats=("None.",),
        sources=(SIGNED,),
        observe=lambda records: Observations(),
        horizons=horizons,
    )


def observations(
    days: list[int], happened: list[int], conflicts: list[str], unknown: int = 0
) -> Observations:
    years = [1990 + place for place in range(len(days))]
    return Observations(
        days=days, happened=happened, conflicts=conflicts, years=years, unknown=["x"] * unknown
    )


# What is shipped.


def test_the_shipped_numbers_are_those_that_the_data_give(shared_data: Path) -> None:
    assert compute(shared_data) == shipped()


def test_the_shipped_file_is_what_is_rendered() -> None:
    text = Path(baserates.__file__).with_name("baserates.yaml").read_text(encoding="utf-8")
    assert render(shipped()) == text
    assert all(len(line) <= 110 and line == line.rstrip() for line in text.splitlines())


def test_the_shipped_classes_are_the_rules_in_their_order_and_words() -> None:
    for each, made in zip(shipped().classes, CLASSES, strict=True):
        assert (each.id, each.title, each.watched) == (made.id, made.title, made.watched)
        assert (each.until, each.caveats, each.sources) == (made.until, made.caveats, made.sources)
        assert tuple(event.name for event in each.events) == made.events
        assert tuple(rate.days for rate in each.events[0].rates) == made.horizons


def test_shipped_rates_are_loaded_once() -> None:
    assert shipped() is shipped()


@pytest.mark.parametrize("each", shipped().classes, ids=IDS)
def test_every_class_says_what_it_leaves_out_and_holds_enough_to_count(
    each: ReferenceClass,
) -> None:
    assert each.caveats
    assert all(caveat.endswith(".") for caveat in each.caveats)
    assert each.n >= 75
    assert each.conflicts >= 30
    assert 1946 <= each.first < each.last <= 2021
    assert sum(event.count for event in each.events) <= each.n


@pytest.mark.parametrize("each", shipped().classes, ids=IDS)
def test_shares_lie_within_their_intervals_and_never_fall(each: ReferenceClass) -> None:
    for event in each.events:
        shares = [rate.share for rate in event.rates]
        assert shares == sorted(shares)
        for rate in event.rates:
            assert 0 <= rate.low <= rate.share <= rate.high <= 1
            assert rate.error > 0
    for rates in zip(*(event.rates for event in each.events), strict=True):
        assert sum(rate.share for rate in rates) <= 1.0001


@pytest.mark.parametrize("each", shipped().classes, ids=IDS)
def test_priors_expect_the_shares_of_their_class(each: ReferenceClass) -> None:
    with_prior = [event for event in each.events if event.prior is not None]
    for event in with_prior:
        assert event.gap is not None
        assert event.gap <= baserates.WIDEST_GAP
    if len(with_prior) == sum(event.count > 0 for event in each.events):
        weeks = [rate.days / 7 for rate in each.events[0].rates]
        likely = expected([event.prior for event in with_prior if event.prior], weeks)
        for k, event in enumerate(with_prior):
            apart = [abs(likely[t, k] - rate.share) for t, rate in enumerate(event.rates)]
            assert max(apart) == pytest.approx(event.gap, abs=5e-4)


def test_those_of_unknown_fate_bound_the_share() -> None:
    bounded = [each for each in shipped().classes if each.unknown]
    assert bounded
    for each in bounded:
        for rate in each.events[0].rates:
            assert rate.least is not None
            assert rate.most is not None
            assert rate.least <= rate.share <= rate.most
        assert all(rate.least is None for event in each.events[1:] for rate in event.rates)


# Figures that the brief will lean on, as derived; they change only with the data or the rules.


@pytest.mark.parametrize(
    ("key", "event", "shares"),
    [
        ("fighting", "peace agreement", (0.021, 0.046, 0.063, 0.088)),
        ("deal-without-ceasefire", "joint ceasefire", (0.015, 0.090, 0.140, 0.216)),
        ("deal-after-ceasefire", "joint ceasefire", (0.194, 0.385, 0.476, 0.561)),
        ("agreement-without-ceasefire", "agreement", (0.008, 0.049, 0.078, 0.130)),
        ("agreement-after-ceasefire", "agreement", (0.073, 0.193, 0.270, 0.356)),
        ("agreement-after-mediated-ceasefire", "agreement", (0.150, 0.302, 0.373, 0.440)),
        ("agreement-full", "ended", (0.065, 0.169, 0.182, 0.208)),
        ("escalation-deaths", "a thousand deaths", (0.073, 0.112, 0.156)),
    ],
)
def test_shares_that_matter(key: str, event: str, shares: tuple[float, ...]) -> None:
    found = shipped().find(key).event(event)
    assert [rate.share for rate in found.rates] == pytest.approx(shares, abs=0.0006)


# Counting.


def test_a_class_counts_events_and_estimates_their_shares() -> None:
    days, happened = [10, 100, 100, 400, 400, 400], [1, 1, 2, 0, 0, 1]
    found = count(rule(), observations(days, happened, list("abcdef")))
    plain = incidence(days, happened, kinds=2, at=[90, 365])
    deal, collapse = found.events
    assert [rate.share for rate in deal.rates] == np.round(plain.met[:, 0], 4).tolist()
    assert [rate.share for rate in collapse.rates] == np.round(plain.met[:, 1], 4).tolist()
    assert (deal.count, deal.conflicts, collapse.count) == (3, 3, 1)
    assert [rate.at_risk for rate in deal.rates] == [5, 3]
    assert (found.n, found.conflicts, found.first, found.last) == (6, 6, 1990, 1995)


def test_errors_are_by_conflict() -> None:
    days, happened = [10, 100, 300, 400, 400, 400] * 4, [1, 1, 2, 0, 0, 1] * 4
    alone = count(rule(), observations(days, happened, [str(place) for place in range(24)]))
    alike = count(rule(), observations(days, happened, list("abcdef") * 4))
    assert alike.events[0].by(365).share == alone.events[0].by(365).share
    assert alike.events[0].by(365).error > 1.9 * alone.events[0].by(365).error


def test_what_never_happened_has_an_upper_end_and_no_prior() -> None:
    """Never in 20 conflicts: 1 - 0.05^(1/20) = 0.1391."""
    found = count(rule(), observations([400] * 20, [0] * 20, [str(c) for c in range(20)]))
    rate = found.events[0].by(365)
    assert (rate.share, rate.low, rate.high) == (0.0, 0.0, 0.1391)
    assert rate.error == pytest.approx(0.1391 / (2 * 1.96), abs=1e-4)
    assert (found.events[0].prior, found.events[0].gap) == (None, None)


def test_what_always_happened_has_a_lower_end() -> None:
    found = count(rule(), observations([30] * 20, [1] * 20, [str(c) for c in range(20)]))
    rate = found.events[0].by(90)
    # Nobody is followed for 90 days, so that nobody could tell.
    assert (rate.share, rate.low, rate.high) == (1.0, 0.0, 1.0)


def test_intervals_are_symmetric_for_the_log_of_minus_the_log() -> None:
    days, happened = [10, 100, 200, 400, 400, 400], [1, 1, 1, 0, 0, 0]
    rate = count(rule(), observations(days, happened, list("abcdef"))).events[0].by(365)
    low, middle, high = (math.log(-math.log(p)) for p in (rate.low, rate.share, rate.high))
    assert low - middle == pytest.approx(middle - high, abs=1e-3)
    assert rate.low < rate.share < rate.high


def test_a_single_conflict_says_nothing() -> None:
    rate = count(rule(), observations([10, 400], [1, 0], ["a", "a"])).events[0].by(90)
    assert (rate.low, rate.high) == (0.0, 1.0)
    assert math.isinf(rate.error)


def test_bounds_are_the_shares_if_the_unknown_had_all_held_or_all_failed() -> None:
    seen = observations([10, 400, 400, 400], [1, 0, 0, 0], list("abcd"), unknown=4)
    rate = count(rule(), seen).events[0].by(365)
    assert (rate.least, rate.share, rate.most) == (0.125, 0.25, 0.625)


def test_a_prior_that_misses_its_class_is_none() -> None:
    """Nobody before 300 days and everybody at once then is no constant hazard."""
    seen = observations([300] * 30, [1] * 30, [str(c) for c in range(30)])
    event = count(rule("deal"), seen).events[0]
    assert event.prior is None
    assert event.gap is not None
    assert event.gap > baserates.WIDEST_GAP


def test_a_class_is_parted_at_the_middle_of_its_years() -> None:
    """60 conflicts begin in 1990 to 2049, of which the later 30 see a deal at once."""
    days, happened = [400] * 30 + [10] * 30, [0] * 30 + [1] * 15 + [2] * 15
    found = count(rule(), observations(days, happened, [str(c) for c in range(60)]))
    assert found.drift is not None
    assert found.drift.parted == 2019
    assert (found.drift.earlier.share, found.drift.later.share) == (0.0, 0.5)
    error = math.hypot(found.drift.earlier.error, found.drift.later.error)
    assert found.drift.distance == pytest.approx(0.5 / error, abs=0.005)


def test_halves_of_few_conflicts_are_not_compared() -> None:
    seen = observations([400] * 38, [0] * 38, [str(c) for c in range(38)])
    assert count(rule(), seen).drift is None


def test_a_class_of_nobody_is_refused() -> None:
    with pytest.raises(
        ExchangeError, match='nothing in the data belongs to the reference class "test"'
    ):
        count(rule(), Observations())


# A person's own copies.


def test_all_classes_come_from_the_three_data_sets(tmp_path: Path) -> None:
    found = compute(folder(tmp_path))
    assert [each.id for each in found.classes] == IDS


def test_without_a_data_set_its_classes_are_left_out(tmp_path: Path) -> None:
    found = compute(folder(tmp_path, fighting=False, ceasefires=False))
    assert {each.id for each in found.classes} == {
        made.id for made in CLASSES if made.sources == (SIGNED,)
    }


def test_files_may_stand_one_folder_down(tmp_path: Path) -> None:
    (tmp_path / "ucdp").mkdir()
    folder(tmp_path / "ucdp")
    assert compute(tmp_path) == compute(tmp_path / "ucdp")


def test_a_folder_without_any_of_them_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ExchangeError, match="holds none of the data sets"):
        compute(tmp_path)


def test_two_versions_of_a_file_are_refused(tmp_path: Path) -> None:
    folder(tmp_path)
    write(tmp_path / "ucdp-peace-agreements-231.csv", [signed("2000-01-01")])
    with pytest.raises(ExchangeError, match="several files ucdp-peace-agreements"):
        compute(tmp_path)


def test_records_say_which_data_sets_they_come_from(tmp_path: Path) -> None:
    records, sources = read_records(folder(tmp_path, fighting=False, ceasefires=False))
    assert sources == {SIGNED}
    assert len(records.agreements) == 60
    assert not records.episodes


def test_computing_twice_gives_the_same(tmp_path: Path) -> None:
    folder(tmp_path)
    assert compute(tmp_path) == compute(tmp_path)


def test_own_rates_can_be_written_and_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = compute(folder(tmp_path))
    (tmp_path / "own.yaml").write_text(render(own), encoding="utf-8")
    monkeypatch.setattr(baserates, "_FILE", tmp_path / "own.yaml")
    assert shipped.__wrapped__() == own


# Looking up.


def test_an_unknown_class_is_answered_with_the_nearest() -> None:
    with pytest.raises(ModelError, match='did you mean "deal-after-ceasefire"'):
        shipped().find("deal-after-ceasefires")
    with pytest.raises(ModelError, match="there are fighting, "):
        shipped().find("zzz")


def test_an_unknown_event_is_answered_with_the_nearest() -> None:
    deal = shipped().find("deal")
    with pytest.raises(ModelError, match='did you mean "agreement"'):
        deal.event("agreements")
    with pytest.raises(ModelError, match="it has joint ceasefire, agreement, ends without either"):
        deal.event("zzz")


def test_a_number_of_days_that_is_not_given_is_refused() -> None:
    with pytest.raises(ModelError, match="by 365, 730, 1826 days, not by 90"):
        shipped().find("escalation-deaths").events[0].by(90)


# Rules.


def test_ids_are_unique_and_written_alike() -> None:
    assert len(set(IDS)) == len(IDS)
    assert all(key == key.lower() and " " not in key for key in IDS)


def test_horizons_reach_as_far_as_anybody_is_followed() -> None:
    assert HORIZONS[-1] == FURTHEST
    assert all(made.horizons[-1] == FURTHEST for made in CLASSES)


def test_halves_have_no_bounds() -> None:
    for each in shipped().classes:
        for rate in (each.drift.earlier, each.drift.later) if each.drift else ():
            assert (rate.days, rate.least, rate.most) == (365, None, None)


def test_a_class_read_alone_is_the_one_of_the_whole_file() -> None:
    for each in shipped().classes:
        assert shipped_class(each.id) == each


@pytest.mark.parametrize("key", ["deel", "", "deal\n", "  - id: deal", "."])
def test_a_class_that_is_not_shipped_is_named_with_the_nearest(key: str) -> None:
    with pytest.raises(ModelError, match="there is no reference class"):
        shipped_class(key)
