import numpy as np
import pytest

from goodoffices.deals import deals
from goodoffices.deals.zone import survey
from goodoffices.outlook.delays import waiting_report
from goodoffices.outlook.places import one_sided, scale_predictions
from goodoffices.outlook.standing import Table, ripeness, table_of
from goodoffices.outlook.waiting import Pressure, eased
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
    unknown = {"positions/south/corridor/values": {"leave": "unknown"}}
    assert one_sided(table(unknown)) == {"corridor": ("south",)}
    assert one_sided(table()) == {}


def test_the_table_takes_up_the_draws_of_the_deals_lens() -> None:
    case = case_with()
    again = deals(case, draws=300, compare=False)
    here = table_of(case, again.method.draws, 0)
    assert here is not None
    assert here.zone({}).value == again.zone.probability.value
