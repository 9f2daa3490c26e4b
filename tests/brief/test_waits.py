from dataclasses import replace

from goodoffices.brief.waits import list_openings, tabulate_waiting
from goodoffices.deals.share import share
from goodoffices.outlook.bands import Band
from goodoffices.outlook.results import OpeningReport
from goodoffices.outlook.waiting import Arrival
from tests.brief.cases import ahead, words


def rows() -> dict[str, list[str]]:
    table = tabulate_waiting(ahead())
    assert table is not None
    return {words(row.cells[0]): [words(cell) for cell in row.cells[1:]] for row in table.rows}


def opening(**changes: object) -> OpeningReport:
    base = OpeningReport(
        actor="west",
        target=0.5,
        shift=12.0,
        shift_low=10.0,
        shift_high=15.0,
        now=share(30, 100),
        then=share(50, 100),
        arrival=None,
        at_horizon=None,
    )
    return replace(base, **changes)  # type: ignore[arg-type]


def told(one: OpeningReport) -> str:
    given = ahead()
    waiting = replace(given.report.waiting, openings=(one,))
    (said,) = list_openings(ahead(report=replace(given.report, waiting=waiting)))
    return words(said)


def test_what_fades_is_told_in_its_own_unit_with_its_worth() -> None:
    first, last, rests = rows()["The catch"]
    assert first.startswith("down by ")
    assert " left t, worth " in last
    assert last.endswith(" points to West")
    assert rests.startswith("A")


def test_people_are_counted_and_never_priced() -> None:
    first, last, _ = rows()["Islanders in care"]
    assert "%" in first
    assert "worth" not in last
    table = tabulate_waiting(ahead())
    assert table is not None
    assert words(table.more).startswith("People have no price")


def test_each_week_of_what_may_come_first_is_on_screen_only() -> None:
    table = tabulate_waiting(ahead())
    assert table is not None
    printed = {words(row.cells[0]): row.on_paper for row in table.rows}
    assert printed["Comes first: “Shots”, which harms people"] is False
    assert printed["The catch"] is True


def test_pressure_is_told_in_points_of_the_party_it_presses() -> None:
    first, last, _ = rows()["Pressed by Fishers, the walk-away of West is lower"]
    assert first.endswith("points")
    assert last.endswith("points")


def test_a_case_in_which_time_does_nothing_has_no_table() -> None:
    given = ahead()
    still = replace(given.report.waiting, fades=(), pressure=())
    assert (
        tabulate_waiting(ahead(report=replace(given.report, waiting=still, hazards=None))) is None
    )


def test_a_fall_that_opens_a_package_has_its_bounds() -> None:
    assert told(opening()).startswith(
        "West: for a chance of 50 % it would have to fall by 12 points (10 to 15)."
    )
    assert "10 to more than can be given" in told(opening(shift_high=None))


def test_when_pressure_gets_there_is_told_with_its_chance() -> None:
    arrival = Arrival(
        shift=12.0, weeks=Band(low=5, central=9, high=30), reached=share(80, 100), within=26
    )
    assert "Pressure gets it there with about 80 %, in about 9 weeks." in told(
        opening(arrival=arrival)
    )
    never = replace(arrival, weeks=Band(low=20, central=float("inf"), high=float("inf")))
    assert "weeks" not in told(opening(arrival=never))


def test_where_other_demands_bind_it_is_said() -> None:
    said = told(opening(shift=None, at_horizon=share(40, 100)))
    assert "no fall of it alone makes that chance 50 %" in said
    assert "other demands bind" in said
    assert "by then" in said


def test_where_nothing_need_fall_it_is_said() -> None:
    assert "as it is" in told(opening(shift=0.0))
