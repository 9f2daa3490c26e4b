"""What waiting costs and what pressure opens, against looking at every package by hand."""

import itertools
import math
from collections.abc import Mapping

import numpy as np
import pytest
from numpy.typing import NDArray

from goodoffices.deals.space import TOLERANCE
from goodoffices.outlook.delays import FALLS, TARGET, waiting_report
from goodoffices.outlook.results import OpeningReport
from goodoffices.outlook.standing import Table, table_of
from goodoffices.outlook.waiting import Pressure, eased
from tests.case.cases import GONE
from tests.outlook.cases import asked, case_with

HAWKS = {
    "demands/hawks-no-deal": {
        "by": "hawks", "kind": "walk-away", "name": "no deal", "value": "60..100",
        "firmness": "80%", "assumed": "team: a guess",
    }
}  # fmt: skip
PRESSED = {**HAWKS, "outlook/pressure/farmers/also": ["hawks"]}
UNSURE = {"outlook/pressure/farmers/per_week": "0..2", "outlook/pressure/farmers/most": "5..40"}


def table(changes: Mapping[str, object] | None = None, draws: int = 200) -> Table:
    found = table_of(case_with(dict(changes or {})), draws, 0)
    assert found is not None
    return found


def by_hand(here: Table, raised: Mapping[str, NDArray[np.float64] | float]) -> NDArray[np.bool_]:
    """Look at every package in every draw: does it meet every demand that binds?"""
    space, found = here.space, []
    packages = list(itertools.product(*map(range, map(len, space.options))))
    at = 0
    for part in here.parts:
        accepted = np.zeros(len(part), dtype=bool)
        for package in filter(space.possible, packages):
            broken, worth = np.zeros(len(part), dtype=bool), part.worth(package)
            for k in space.blocking:
                if k in space.walk_away_of:
                    a = space.walk_away_of[k]
                    rise = np.resize(np.asarray(raised.get(space.actors[a].id, 0.0)), here.draws)
                    floor = part.floors[:, a] + rise[at : at + len(part)]
                    broken |= worth[:, a] < floor - TOLERANCE
                elif any(pattern.matches(package) for pattern in space.refusals[k]):
                    broken |= part.binds[:, k]
            accepted |= ~broken
        found.append(accepted)
        at += len(part)
    return np.concatenate(found)


def opening_of(changes: Mapping[str, object], actor: str, draws: int = 200) -> OpeningReport:
    here = table(changes, draws)
    report = waiting_report(asked(case_with(dict(changes)), draws), here)
    return next(one for one in report.openings if one.actor == actor)


# The table under other walk-aways.


@pytest.mark.parametrize(
    "raised",
    [
        {},
        {"south": 10.0},
        {"south": -10.0},
        {"north": -25.0, "south": 5.0},
        {"north": 100.0},
        {"nobody": 50.0},
    ],
    ids=str,
)
@pytest.mark.parametrize("changes", [{}, HAWKS], ids=["parties", "with a faction"])
def test_the_zone_is_what_looking_at_every_package_finds(
    raised: dict[str, float], changes: dict[str, object]
) -> None:
    here = table(changes)
    assert here.zone(raised).hits == int(by_hand(here, raised).sum())


def test_walk_aways_may_rise_by_other_points_in_every_draw() -> None:
    here = table(HAWKS)
    rng = np.random.default_rng(5)
    raised = {"north": rng.uniform(-40, 40, 200), "hawks": rng.uniform(-40, 40, 200)}
    assert here.zone(raised).hits == int(by_hand(here, raised).sum())


def test_fewer_points_than_draws_are_taken_all_over_again() -> None:
    here = table()
    few = np.array([-30.0, 0.0, 30.0])
    assert np.array_equal(
        here.answers({"south": few}), here.answers({"south": np.resize(few, 200)})
    )


# How far walk-aways must fall.


@pytest.mark.parametrize("actors", [("north",), ("south",), ("north", "hawks")])
def test_the_fall_a_draw_needs_is_the_first_at_which_a_package_is_accepted(
    actors: tuple[str, ...],
) -> None:
    """Every fall from 0 to 20 steps of 5 points, by hand."""
    here = table(HAWKS, 120)
    needed = here.falls(actors, last=20, step=5.0)
    opens = np.array([by_hand(here, dict.fromkeys(actors, -5.0 * k)) for k in range(21)])
    expected = np.where(opens.any(axis=0), opens.argmax(axis=0), 21)
    assert np.array_equal(needed, expected)


def test_what_is_open_needs_no_fall_and_what_red_lines_close_is_opened_by_none() -> None:
    here = table()
    needed = here.falls(["south"], last=100)
    now = by_hand(here, {})
    assert (needed[now] == 0).all()
    assert (needed[~now] > 0).all()
    assert set(np.unique(needed)) <= set(range(102))


def test_falls_of_two_together_are_never_larger_than_those_of_one_alone() -> None:
    here = table(HAWKS)
    both, one = (here.falls(who, last=50) for who in (("north", "hawks"), ("north",)))
    assert (both <= one).all()


# Openings.


def test_every_opening_is_read_off_the_falls_of_its_draws() -> None:
    here = table(PRESSED)
    for one in waiting_report(asked(case_with(PRESSED), 200), here).openings:
        needed = here.falls(one.moved, last=100)
        for step in one.steps:
            assert step.zone.hits == int((needed <= step.fall).sum())
            assert step.opened.hits == int(((needed > 0) & (needed <= step.fall)).sum())
        reached = [d for d in range(101) if (needed <= d).mean() >= TARGET]
        assert one.shift == (reached[0] if reached else None)


def test_the_ends_of_an_opening_are_those_of_the_zones_interval() -> None:
    one = opening_of({"demands/south-no-deal/value": "60..90"}, "south", 400)
    shares = [one.shift_low, one.shift, one.shift_high]
    known = [shift for shift in shares if shift is not None]
    assert known == sorted(known)
    assert one.target == TARGET


def test_pressure_that_moves_a_faction_too_lets_both_walk_aways_fall() -> None:
    alone, together = opening_of(HAWKS, "north"), opening_of(PRESSED, "north")
    assert alone.moved == ("north",)
    assert together.moved == ("north", "hawks")
    assert together.then.value >= alone.then.value
    for one, other in zip(alone.steps, together.steps, strict=True):
        assert other.zone.hits >= one.zone.hits


def test_pressure_on_a_faction_is_told_as_that_of_its_own_walk_away() -> None:
    report = waiting_report(asked(case_with(PRESSED), 200), table(PRESSED))
    assert {(one.on, one.by) for one in report.pressure} == {
        ("north", ("farmers",)), ("hawks", ("farmers",)),
    }  # fmt: skip
    north, hawks = report.pressure
    assert north.eased == hawks.eased


def test_somebody_named_twice_is_pressed_once() -> None:
    changes = {**PRESSED, "outlook/pressure/farmers/also": ["hawks", "north", "hawks"]}
    report = waiting_report(asked(case_with(changes), 200), table(changes))
    assert [one.on for one in report.pressure] == ["north", "hawks"]
    assert report.pressure[0].eased.central[1] == 1.0


def test_the_zone_at_the_horizon_goes_with_the_pressure_of_each_draw() -> None:
    changes = {**HAWKS, **UNSURE}
    here, subject = table(changes), asked(case_with(changes), 200)
    (one,) = [o for o in waiting_report(subject, here).openings if o.actor == "north"]
    fall = eased(
        [
            Pressure(
                by="farmers",
                on="north",
                per_week=subject.inputs.drawn["outlook.pressure.farmers.per_week"],
                most=subject.inputs.drawn["outlook.pressure.farmers.most"],
            )
        ],
        weeks=subject.weeks,
    )["north"]
    assert one.at_horizon is not None
    assert one.at_horizon.hits == int(by_hand(here, {"north": -fall[:, -1]}).sum())


def test_points_a_week_are_those_that_reach_the_shift_by_the_horizon() -> None:
    """With no red line in the way the South's walk-away alone closes the zone."""
    easy = {
        "demands/stay": GONE,
        "demands/no-troops": GONE,
        "demands/south-no-deal/value": "90..99",
    }
    changes = {**easy, "scenarios": GONE, "positions/north/corridor/values/leave": 40}
    one = opening_of(changes, "south")
    assert one.shift is not None
    assert one.shift > 0
    assert one.per_week == pytest.approx(one.shift / 26)


def test_what_opens_only_grows_with_the_fall() -> None:
    for actor in ("north", "south"):
        steps = opening_of({}, actor).steps
        assert [step.fall for step in steps] == list(FALLS)
        assert [step.zone.hits for step in steps] == sorted(step.zone.hits for step in steps)
        assert steps[-1].opened.hits == steps[-1].zone.hits - opening_of({}, actor).now.hits


def test_who_is_pressed_to_hold_out_closes_the_zone_if_anything() -> None:
    harder = opening_of({"outlook/pressure/farmers/per_week": -1}, "north")
    assert harder.at_horizon is not None
    assert harder.at_horizon.value <= harder.now.value
    if harder.arrival is not None and harder.shift:
        assert harder.arrival.reached.hits == 0


def test_without_pressure_nothing_arrives_and_falls_are_still_told() -> None:
    report = waiting_report(
        asked(case_with({"outlook/pressure": GONE})), table({"outlook/pressure": GONE})
    )
    assert report.pressure == ()
    for one in report.openings:
        assert one.arrival is None
        assert one.at_horizon is None
        assert one.steps


def test_without_a_table_only_what_needs_none_is_told() -> None:
    report = waiting_report(asked(case_with()), None)
    assert report.openings == ()
    assert report.fades
    assert report.pressure


# A case in which nothing is uncertain.

CERTAIN = {
    "positions/north/corridor/weight": 50,
    "positions/north/corridor/values": {"leave": 0, "share": 50, "stay": 100},
    "positions/north/days/weight": 50,
    "positions/south/corridor/values": {"leave": 100, "share": 50, "stay": 0},
    "positions/hawks/corridor/values": {"leave": 0, "share": 50, "stay": 100},
    "demands/stay/firmness": "100%",
    "demands/no-troops/firmness": "100%",
    "demands/north-no-deal/value": 45,
    "demands/south-no-deal/value": 95,
    "outlook/tabling/alternatives": GONE,
}


def test_in_a_certain_case_one_draw_is_all_there_is() -> None:
    here = table(CERTAIN)
    assert here.draws == 1
    assert here.zone({"south": -100.0}).error == 0.0


def test_in_a_certain_case_uncertain_pressure_is_drawn_all_the_same() -> None:
    here = table({**CERTAIN, **UNSURE}, 50)
    assert here.draws == 50
    assert here.zone({"north": np.linspace(-5, 5, 50)}).error > 0


def test_in_a_certain_case_the_fall_is_known_exactly() -> None:
    here = table(CERTAIN)
    (needed,) = here.falls(["south"], last=100)
    assert needed == next(d for d in range(101) if by_hand(here, {"south": -float(d)}).all())
    assert needed > 0


# Fading.


def test_half_is_left_after_a_half_life_and_uncertain_ones_spread() -> None:
    sure, unsure = (
        waiting_report(
            asked(case_with({"outlook/waiting/stocks/half_life": h}), 2_000), None
        ).fades[0]
        for h in (13, "6.5..19.5")
    )
    assert sure.left.low[13] == sure.left.high[13] == pytest.approx(400)
    assert unsure.left.low[13] < 400 < unsure.left.high[13]
    # At a half-life that is evenly 6.5 to 19.5 weeks the median is that of 13.
    assert unsure.left.central[13] == pytest.approx(400, rel=0.03)
    assert all(a >= b for a, b in itertools.pairwise(unsure.left.central))


def test_people_are_counted_and_never_priced_whatever_is_uncertain() -> None:
    fade = waiting_report(asked(case_with()), None).fades[1]
    assert fade.people
    assert fade.lost is None
    assert math.isclose(fade.left.central[0], 1.0)
