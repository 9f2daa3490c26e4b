import datetime as dt
import math
import time

import numpy as np
import pytest

from goodoffices.outlook.baserates import shipped
from goodoffices.outlook.hazards import Hazards, condition, expected, first_by
from goodoffices.outlook.risks import base_of, course_of, hazard_report
from goodoffices.outlook.seriousness import believed
from tests.case.cases import GONE
from tests.outlook.cases import TODAY, asked, case_with

NOTHING = {
    "outlook/events": {},
    "outlook/beliefs": {},
    "outlook/risks/escalation/factor": GONE,
}


def course(changes: dict[str, object], draws: int = 200, by: dt.date | None = None):  # type: ignore[no-untyped-def]
    subject = asked(case_with(changes), draws, by=by)
    beliefs = tuple(believed(subject, key) for key in subject.outlook.beliefs)
    found = course_of(subject, beliefs)
    assert found is not None
    return subject, found


def test_a_chance_within_some_weeks_is_met_by_then_where_nothing_competes() -> None:
    _, found = course({**NOTHING, "outlook/risks/escalation": GONE})
    met = first_by(found.hazards, 26)
    assert met["deal"] == pytest.approx(0.4)


def test_a_reference_class_is_met_as_its_gamma_prior_expects() -> None:
    """The mixture over cases is exact: compare with the integral of the module on hazards."""
    risks = {
        name: {"name": name, "class": "deal", "events": [event], "assumed": "a: b"}
        for name, event in (("deal", "joint ceasefire"), ("escalation", "agreement"))
    }
    _, found = course({**NOTHING, "outlook/risks": risks}, draws=4_000)
    priors = [shipped().find("deal").event(e).prior for e in ("joint ceasefire", "agreement")]
    wanted = expected([p for p in priors if p is not None], [26.0])[0]
    got = [first_by(found.hazards, 26)[k].mean() for k in ("deal", "escalation")]
    # The draws differ by the class's standard error only, and by their finite number.
    assert got == pytest.approx(wanted, rel=0.03)


def test_having_been_open_for_long_lowers_the_hazard_as_conditioning_says() -> None:
    risk = {"name": "d", "class": "deal", "open_for": 100, "assumed": "a: b"}
    _subject, found = course({**NOTHING, "outlook/risks/deal": risk}, draws=2_000)
    prior = shipped().find("deal").events[0].prior
    assert prior is not None
    later = condition(prior, weeks=100)
    first_week = later.shape * math.log1p(1 / later.rate)
    assert found.hazards.values[0, 0].mean() == pytest.approx(first_week, rel=0.02)


def test_several_events_of_a_class_add_up() -> None:
    def hazard(events: list[str]) -> float:
        risk = {"name": "d", "class": "deal", "events": events, "assumed": "a: b"}
        _, found = course({**NOTHING, "outlook/risks/deal": risk}, draws=3_000)
        return float(found.hazards.values[0].mean())

    both = hazard(["joint ceasefire", "agreement"])
    parts = hazard(["joint ceasefire"]) + hazard(["agreement"])
    assert both == pytest.approx(parts, rel=0.02)


def test_an_event_doubles_the_hazard_and_fades_with_its_half_life() -> None:
    changes = {**NOTHING, "outlook/events": {
        "gift": {"name": "g", "date": str(TODAY), "multiplies": {"deal": 4}, "half_life": 2,
                 "assumed": "a: b"}}}  # fmt: skip
    subject, found = course(changes)
    ratio = found.hazards.values[0, :, 0] / base_of(subject).values[0, :, 0]
    assert ratio[[0, 2, 4]] == pytest.approx([4, 2, math.sqrt(2)])


def test_an_event_ahead_changes_nothing_before_its_day() -> None:
    day = TODAY + dt.timedelta(days=21)
    changes = {**NOTHING, "outlook/events": {
        "vote": {"name": "v", "date": str(day), "multiplies": {"deal": 4}, "assumed": "a: b"},
    }}  # fmt: skip
    subject, found = course(changes)
    ratio = found.hazards.values[0, :, 0] / base_of(subject).values[0, :, 0]
    assert ratio[:5] == pytest.approx([1, 1, 1, 4, 4])


def test_a_belief_acts_on_a_hazard_by_what_was_learnt_only() -> None:
    quiet = {**NOTHING, "outlook/beliefs": {
        "serious": {"name": "s", "about": "south", "prior": 0.5, "unless": {"deal": 0.2},
                    "assumed": "a: b"}}}  # fmt: skip
    subject, found = course(quiet)
    assert np.array_equal(found.hazards.values, base_of(subject).values)
    told = {**quiet, "outlook/events": {
        "gift": {"name": "g", "date": str(TODAY), "signals": {"serious": 3}, "assumed": "a: b"},
    }}  # fmt: skip
    moving, moved = course(told)
    # From 1/2 to 3/4 serious: (3/4 + 1/4 x 0.2) / (1/2 + 1/2 x 0.2) = 0.8 / 0.6.
    ratio = moved.hazards.values[0, 0, 0] / base_of(moving).values[0, 0, 0]
    assert ratio == pytest.approx(0.8 / 0.6)


def test_the_base_rate_leg_knows_nothing_of_events_and_factors() -> None:
    subject, _ = course({})
    _, bare = course(NOTHING)
    assert np.allclose(base_of(subject).values, bare.hazards.values)


def test_probabilities_of_a_report_add_up_to_one_every_week() -> None:
    subject, found = course({})
    report = hazard_report(subject, found)
    total = np.sum([risk.probability for risk in report.risks], axis=0) + np.array(report.nothing)
    assert total == pytest.approx(np.ones(subject.weeks + 1))
    for risk in report.risks:
        assert np.all(np.diff(risk.probability) >= 0)
        assert (
            risk.band80.low[-1]
            <= risk.band50.low[-1]
            <= risk.band50.high[-1]
            <= risk.band80.high[-1]
        )


def test_a_reference_class_is_named_with_its_size_and_caveats() -> None:
    _subject, found = course({})
    source = found.sources["escalation"]
    assert source.reference_class == "escalation-deaths"
    assert (source.n, source.events) == (1659, ("a thousand deaths",))
    assert source.caveats
    assert source.relative_error > 0
    assert found.sources["deal"].reference_class is None
    assert [one.path for one in found.multiplied["deal"]] == ["outlook.events.gift.multiplies.deal"]


def test_ten_thousand_draws_of_four_risks_over_104_weeks_take_a_second() -> None:
    risks = {
        name: {"name": name, "class": "deal", "factor": "0.5..2", "assumed": "a: b"}
        for name in ("deal", "escalation", "third", "fourth")
    }
    subject = asked(
        case_with({**NOTHING, "outlook/risks": risks}), 10_000, by=TODAY + dt.timedelta(728)
    )
    shipped()
    start = time.process_time()
    found = course_of(subject, ())
    assert found is not None
    assert isinstance(found.hazards, Hazards)
    hazard_report(subject, found)
    # Twice the figure stated, for a machine that does other things too.
    assert time.process_time() - start < 4
    assert found.hazards.values.shape == (4, 104, 10_000)


def test_an_uncertain_half_life_of_an_event_is_drawn() -> None:
    """Two weeks after the day a factor of 4 is 4^(2^(-2/h)) in each draw."""
    events = {"gift": {"name": "g", "date": str(TODAY), "multiplies": {"deal": 4},
                       "half_life": "1..6", "assumed": "a: b"}}  # fmt: skip
    subject, found = course({**NOTHING, "outlook/events": events})
    life = subject.inputs.drawn["outlook.events.gift.half_life"]
    ratio = found.hazards.values[0, 2] / base_of(subject).values[0, 2]
    assert ratio == pytest.approx(4 ** (2 ** (-2 / life)))
    assert found.hazards.values[0, 0] == pytest.approx(4 * base_of(subject).values[0, 0])
    (told,) = found.multiplied["deal"]
    assert told.half_life == 3.5


def test_a_half_life_that_is_left_out_never_ends() -> None:
    events = {"gift": {"name": "g", "date": "2000-01-01", "multiplies": {"deal": 4},
                       "assumed": "a: b"}}  # fmt: skip
    subject, found = course({**NOTHING, "outlook/events": events})
    ratio = found.hazards.values[0] / base_of(subject).values[0]
    assert ratio == pytest.approx(np.full(ratio.shape, 4.0))
    assert found.multiplied["deal"][0].half_life is None


def test_an_old_event_with_a_short_half_life_is_forgotten() -> None:
    events = {"gift": {"name": "g", "date": "2000-01-01", "multiplies": {"deal": 1000},
                       "half_life": "0.1..2", "assumed": "a: b"}}  # fmt: skip
    subject, found = course({**NOTHING, "outlook/events": events})
    assert found.hazards.values[0] == pytest.approx(base_of(subject).values[0])


def test_two_risks_of_chance_alone_compete_as_the_closed_form_says() -> None:
    """Chances of 40 % and 30 % within 26 weeks, alone; together a / (a + b) of 1 - 0.6 x 0.7."""
    other = {"name": "o", "chance": 0.3, "within": 26, "assumed": "a: b"}
    _, found = course({**NOTHING, "outlook/risks/escalation": other})
    a, b = -math.log(0.6), -math.log(0.7)
    met = first_by(found.hazards, 26)
    assert met["deal"] == pytest.approx(a / (a + b) * 0.58)
    assert met["escalation"] == pytest.approx(b / (a + b) * 0.58)
