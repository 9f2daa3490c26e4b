import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goodoffices.deals import deals
from goodoffices.deals.answers import NO, YES
from goodoffices.deals.zone import survey
from goodoffices.outlook.delays import waiting_report
from goodoffices.outlook.places import one_sided, scale_predictions
from goodoffices.outlook.standing import Table, ripeness, table_of
from goodoffices.outlook.waiting import Pressure, eased
from tests.brief.cases import three
from tests.case.cases import GONE
from tests.outlook.cases import asked, case_with, weighed


def table(changes: dict[str, object] | None = None, draws: int = 500) -> Table:
    found = table_of(case_with(changes), draws, 0)
    assert found is not None
    return found


def test_the_zone_of_the_table_is_that_of_the_deals_lens() -> None:
    here = table()
    assert here.zone({}).hits == weighed().zone.probability.hits
    assert here.zone({}).hits == int(survey(here.space, 500, 0, ladder=False).open.sum())


def test_a_lower_walk_away_never_closes_a_zone_and_a_higher_one_never_opens_it() -> None:
    here = table()
    zones = [here.zone({"south": points}).value for points in (20.0, 5.0, 0.0, -5.0, -100.0)]
    assert zones == sorted(zones)


def test_raising_the_walk_away_of_somebody_unknown_changes_nothing() -> None:
    here = table()
    assert here.zone({"nobody": 50.0}) == here.zone({})


def test_a_case_without_issues_has_no_table() -> None:
    assert table_of(case_with().model_copy(update={"issues": {}}), 100, 0) is None


def test_facts_and_perceptions_of_ripeness_stand_apart() -> None:
    here, subject = table(), asked(case_with())
    found = ripeness(subject, here, weighed().offers[0].picks)
    assert found is not None
    north, south = found.parties
    walk = here.walk_away("north")
    worth = here.worth(weighed().offers[0].picks, "north")
    assert walk is not None
    assert north.hurts.hits == int((worth > walk).sum())
    assert north.feels is not None
    assert north.feels.value == pytest.approx(0.5, abs=0.1)
    assert south.sees_way_out is None
    assert found.ripe is None
    assert found.missing == ("whether South sees a way out",)


def test_ripeness_needs_two_walk_aways() -> None:
    changes = {"demands/north-no-deal": GONE, "outlook/pressure": GONE}
    assert ripeness(asked(case_with(changes)), table(changes), weighed().offers[0].picks) is None


def test_pressure_adds_up_to_what_the_weeks_make_of_it() -> None:
    found = waiting_report(asked(case_with()), table())
    (pressed,) = found.pressure
    assert (pressed.on, pressed.by) == ("north", ("farmers",))
    assert pressed.eased.central[:3] == (0.0, 1.0, 2.0)
    assert pressed.eased.central[-1] == 20.0


def test_what_fades_is_told_and_people_have_no_price() -> None:
    found = waiting_report(asked(case_with()), table())
    stocks, captives = found.fades
    assert stocks.left.central[13] == pytest.approx(400)
    assert stocks.lost is not None
    assert stocks.lost.central[13] == pytest.approx(5)
    assert captives.people
    assert captives.lost is None


def test_an_opening_is_the_smallest_fall_that_makes_a_zone_as_likely_as_not() -> None:
    here = table()
    for one in waiting_report(asked(case_with()), here).openings:
        shift = one.shift
        if shift is None:
            assert here.zone({one.actor: -100.0}).value < 0.5
        else:
            assert here.zone({one.actor: -shift}).value >= 0.5
            assert shift == 0 or here.zone({one.actor: 1.0 - shift}).value < 0.5
        assert (one.at_horizon is not None) == (one.actor == "north")


def test_the_zone_at_the_horizon_is_that_of_the_eased_walk_away() -> None:
    here = table()
    found = next(o for o in waiting_report(asked(case_with()), here).openings if o.actor == "north")
    fall = eased([Pressure(by="farmers", on="north", per_week=1, most=20)], weeks=26)["north"]
    assert found.at_horizon == here.zone({"north": -float(np.median(fall[:, -1]))})


def test_scales_are_distributions_over_the_options_of_open_issues() -> None:
    found = scale_predictions(table())
    assert [one.issue for one in found] == ["corridor", "days"]
    for one in found:
        assert sum(one.options.values()) == pytest.approx(1)
        assert one.mass >= 0.8 - 1e-9
        ids = list(one.options)
        assert ids.index(one.first) <= ids.index(one.last)


def test_who_says_what_it_wants_stands_there() -> None:
    corridor = scale_predictions(table())[0]
    places = {one.actor: one.place.central for one in corridor.positions}
    assert places == {"north": 100.0, "south": 0.0}


def test_an_agreed_issue_is_not_predicted() -> None:
    found = scale_predictions(table({"issues/days/agreed": "10"}))
    assert [one.issue for one in found] == ["corridor"]


def test_an_unknown_position_is_one_sided() -> None:
    unknown: dict[str, object] = {"positions/south/corridor/values": {"leave": "unknown"}}
    assert one_sided(table(unknown)) == {"corridor": ("south",)}
    assert one_sided(table()) == {}


def test_the_table_takes_up_the_draws_of_the_deals_lens() -> None:
    case = case_with()
    again = deals(case, draws=300, compare=False)
    here = table_of(case, again.method.draws, 0)
    assert here is not None
    assert here.zone({}).value == again.zone.probability.value


@pytest.mark.parametrize("actors", [("north",), ("south",), ("north", "south")])
@pytest.mark.parametrize("step", [1.0, 2.5])
def test_halving_finds_the_same_smallest_fall_as_trying_every_one(
    actors: tuple[str, ...], step: float
) -> None:
    """The oracle: walk-aways fall step by step, and the first step with a zone is the answer."""
    here, last = table(draws=120), 24
    tried = [here.answers(dict.fromkeys(actors, -step * n)) for n in range(last + 1)]
    expected = [
        next((n for n in range(last + 1) if tried[n][draw] == YES), last + 1)
        for draw in range(here.draws)
    ]
    found = here.falls(actors, last=last, step=step).tolist()
    assert found == expected
    assert 0 in found
    assert last + 1 in found or max(found) > 0


def test_a_raised_walk_away_is_that_of_a_case_in_which_it_is_higher() -> None:
    """The same draws, of a case whose walk-away is written ten points higher."""
    moved = table({"demands/north-no-deal/value": "40..55"})
    here = table()
    assert here.answers({"north": 10.0}).tolist() == moved.now.tolist()
    assert here.answers({"north": 10.0}).tolist() != here.now.tolist()
    walk, raised = here.walk_away("north"), moved.walk_away("north")
    assert walk is not None
    assert raised is not None
    assert raised == pytest.approx(walk + 10)


@given(st.lists(st.floats(-60, 60), min_size=1, max_size=7))
@settings(max_examples=15)
def test_draws_of_a_rise_are_taken_one_by_one_and_all_over_again(rises: list[float]) -> None:
    """Each draw's answer is that with its own rise alone."""
    here = table(draws=40)
    together = here.answers({"south": rises})
    for n, rise in enumerate(rises):
        alone = here.answers({"south": rise})
        assert together[n :: len(rises)].tolist() == alone[n :: len(rises)].tolist()


def test_rises_and_falls_of_two_parties_are_asked_together() -> None:
    here = table()
    both = here.answers({"north": 100.0, "south": -100.0})
    assert set(both.tolist()) == {NO}
    assert (here.answers({"north": -100.0, "south": -100.0}) == YES).sum() >= (
        here.now == YES
    ).sum()


def test_an_actor_without_a_walk_away_has_none() -> None:
    assert table().walk_away("office") is None
    assert table().walk_away("nobody") is None


def test_a_certain_case_is_drawn_once_unless_what_moves_walk_aways_is_not_certain() -> None:
    certain, _ = three()
    outlook = case_with().outlook
    assert outlook is not None
    assert outlook.tabling is not None
    for says, draws in (
        (None, 1),
        (outlook, 500),  # A refusal raises a walk-away by 0 to 10 points.
        (outlook.model_copy(update={"tabling": None}), 1),  # Pressure is exactly one point a week.
    ):
        here = table_of(certain.model_copy(update={"outlook": says}), 500, 0)
        assert here is not None
        assert here.draws == draws
