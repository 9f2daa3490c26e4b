from dataclasses import replace
from typing import Any

import pytest

from goodoffices.brief.waits import list_openings, tabulate_waiting
from goodoffices.deals.share import share
from goodoffices.outlook.bands import Band
from goodoffices.outlook.results import Curve, FadeReport, OpeningReport, PressureReport
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


def curve(*values: tuple[float, float, float]) -> Curve:
    low, central, high = zip(*values, strict=True)
    return Curve(low=low, central=central, high=high)


def fading(changes: dict[str, Any] | None = None, **fade: Any) -> list[str]:
    """Return the row of the catch, of which three quarters of 800 t are left in the end."""
    one = FadeReport(
        **{
            "fading": "fish",
            "people": False,
            "left": curve((800, 800, 800), (500, 600, 700)),
            "this_week": Band(low=30.0, central=40.4, high=50.0),
            "lost": None,
            **fade,
        }
    )
    given = ahead(changes) if changes else ahead()
    waiting = replace(given.report.waiting, fades=(one,), pressure=())
    table = tabulate_waiting(ahead(changes, replace(given.report, waiting=waiting, hazards=None)))
    assert table is not None
    return [words(cell) for cell in table.rows[0].cells]


def test_an_amount_is_told_in_three_digits_with_its_ends() -> None:
    assert fading()[:3] == ["The catch", "down by 40.4 (30 to 50)", "600 (500 to 700) left t"]


def test_a_large_amount_is_written_out() -> None:
    left = curve((9e6, 9e6, 9e6), (1e6, 1234567, 2e6))
    assert fading(left=left)[2] == "1,230,000 (1,000,000 to 2,000,000) left t"


@pytest.mark.parametrize(
    ("lost", "said"),
    [
        (curve((0, 0, 0), (1, 4, 9)), "worth 1 to 9 points to West"),
        (curve((0, 0, 0), (4, 4, 4)), "worth 4 points to West"),
        (curve((0, 0, 0), (3.6, 4, 4.4)), "worth 4 points to West"),
        (curve((0, 0, 0), (0.2, 0.4, 0.44)), "worth 0.2 to 0.4 points to West"),
    ],
)
def test_what_is_lost_is_told_in_points_of_the_one_who_loses_it(lost: Curve, said: str) -> None:
    assert fading(lost=lost)[2] == f"600 (500 to 700) left t, {said}"


def test_an_amount_of_one_is_all_of_it_and_what_is_left_a_share() -> None:
    row = fading(
        fading="sick",
        people=True,
        left=curve((1, 1, 1), (0.5, 0.5, 0.5)),
        this_week=Band(low=0.02, central=0.02, high=0.02),
    )
    assert row[:3] == ["Islanders in care", "down by 2 %", "50 % left"]


def pressed(*eased: tuple[float, float, float], by: tuple[str, ...] = ("fishers",)) -> list[str]:
    one = PressureReport(on="west", by=by, eased=curve(*eased))
    given = ahead()
    waiting = replace(given.report.waiting, fades=(), pressure=(one,))
    table = tabulate_waiting(ahead(report=replace(given.report, waiting=waiting, hazards=None)))
    assert table is not None
    return [words(cell) for cell in table.rows[0].cells]


def test_pressure_is_told_after_the_first_week_and_at_the_end() -> None:
    row = pressed((0, 0, 0), (1, 1, 1), (2, 4, 6), (3, 6, 9))
    assert row[:3] == [
        "Pressed by Fishers, the walk-away of West is lower", "by 1 points", "by 3 to 9 points",
    ]  # fmt: skip


def test_without_a_week_ahead_the_first_is_the_last() -> None:
    assert pressed((2, 4, 6))[1:3] == ["by 2 to 6 points", "by 2 to 6 points"]


def test_people_are_spoken_of_only_where_there_are_any() -> None:
    given = ahead()
    fades = tuple(one for one in given.report.waiting.fades if not one.people)
    assert fades
    waiting = replace(given.report.waiting, fades=fades)
    table = tabulate_waiting(ahead(report=replace(given.report, waiting=waiting)))
    assert table is not None
    assert table.more == ()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "by 12 points (10 to 15)."),
        ({"shift_low": None}, "by 12 points."),
        ({"shift_high": None}, "by 12 points (10 to more than can be given)."),
        ({"shift_low": None, "shift_high": None}, "by 12 points."),
    ],
)
def test_how_far_a_walk_away_must_fall_has_the_ends_that_are_known(
    changes: dict[str, Any], said: str
) -> None:
    expected = f"West: for a chance of 50 % it would have to fall {said}"
    assert told(opening(**changes)) == expected


def test_what_pressure_makes_of_the_zone_comes_last() -> None:
    said = " Pressure makes the chance that a package exists about 40 % by then."
    for shift in (12.0, 0.0, None):
        assert told(opening(shift=shift, at_horizon=share(40, 100))).endswith(said)
        assert "by then" not in told(opening(shift=shift))


def test_the_chance_that_is_looked_for_is_the_lenses_own() -> None:
    assert "for a chance of 80 % it would" in told(opening(target=0.8))
