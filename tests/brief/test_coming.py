import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from goodoffices.brief.coming import draw_added, draw_coming, list_happenings
from goodoffices.brief.elements import Element
from goodoffices.brief.tables import Figure
from goodoffices.outlook.bands import Band
from goodoffices.outlook.results import (
    Curve,
    HazardReport,
    LegReport,
    OutlookReport,
    TimelineEntry,
    WaterfallStep,
)
from tests.brief.cases import OUTLOOK, ahead, words


def spoken(drawing: Element) -> str:
    (desc,) = (s for s in drawing.children if isinstance(s, Element) and s.tag == "desc")
    return words(desc.children)


def test_what_happened_is_listed_by_day_with_what_it_changes_and_rests_on() -> None:
    happened, more = list_happenings(ahead())
    said = [words(one) for one in happened]
    assert more == 0
    assert said[0].startswith("10 January 2020 (inferred): A storm closes the strip C2 A")
    assert "0.5–1 times the rate of “They sign”" in said[0]
    assert "0.5 times the odds of “East means it”" in said[0]
    assert said[-1].startswith("1 March 2020: A feast")


def test_an_estimate_on_the_line_names_its_speaker_and_leads_to_its_ground() -> None:
    happened, _ = list_happenings(ahead())
    envoy = next(one for one in happened if "envoy" in words(one))
    assert words(envoy) == "20 January 2020: an estimate, an envoy: “unlikely”"
    link = envoy[-1]
    assert isinstance(link, Element)
    assert dict(link.attributes)["href"].startswith("#a-outlook.estimates.")


def test_very_many_events_are_all_drawn_and_only_the_first_told() -> None:
    many = {f"e{n}": OUTLOOK["events"]["feast"] | {"name": f"Day {n}"} for n in range(40)}
    given = ahead({"events": many})
    happened, more = list_happenings(given)
    assert (len(happened), more) == (12, 30)
    figure = draw_coming(given)
    assert figure is not None
    (drawing,) = figure.drawings
    assert sum(isinstance(s, Element) and s.tag == "circle" for s in drawing.children) == 42


def test_without_events_there_is_still_a_fan() -> None:
    given = ahead({"events": {}, "estimates": {}})
    assert list_happenings(given) == ((), 0)
    figure = draw_coming(given)
    assert figure is not None
    assert spoken(figure.drawings[0]).startswith("0 dated events")


def test_the_fan_is_told_to_those_who_do_not_see_it() -> None:
    figure = draw_coming(ahead())
    assert figure is not None
    said = spoken(figure.drawings[0])
    assert "They sign: about" in said
    assert "80 % band" in said


def test_the_table_of_the_fan_has_every_risk_and_that_nothing_came() -> None:
    figure = draw_coming(ahead())
    assert figure is not None
    assert figure.table is not None
    names = [words(row.cells[0]) for row in figure.table.rows]
    assert names == ["“They sign”", "“Shots”", "Nothing of that (mean)"]
    assert [words(head) for head in figure.table.columns] == [
        "First", "In 4 weeks", "In 13 weeks", "In 26 weeks",
    ]  # fmt: skip


def test_the_steps_of_the_waterfall_end_where_all_views_stand() -> None:
    figure = draw_added(ahead())
    assert figure is not None
    assert figure.table is not None
    said = [[words(cell) for cell in row.cells] for row in figure.table.rows]
    assert said[0][0] == "“West and East sign”"
    totals = [row for row in said if row[1] == "All views together"]
    assert len(totals) == 2
    assert "90 % interval" in totals[0][3]


@pytest.mark.parametrize("change", [{"hazards": None}, {"questions": ()}])
def test_what_is_not_there_is_not_drawn(change: dict[str, object]) -> None:
    report: OutlookReport = replace(ahead().report, **change)  # type: ignore[arg-type]
    given = ahead(report=report)
    drawn = draw_coming(given) if "hazards" in change else draw_added(given)
    assert drawn is None


def band(low: float, central: float, high: float) -> Band:
    return Band(low=low, central=central, high=high)


def table_of(figure: Figure | None) -> list[list[str]]:
    assert figure is not None
    assert figure.table is not None
    return [[words(cell) for cell in row.cells] for row in figure.table.rows]


def hazards(weeks: int, **risk: Any) -> HazardReport:
    """Return a risk whose chance after w weeks is w per cent, half to twice as much."""
    known = ahead().report.hazards
    assert known is not None
    course = [week / 100 for week in range(weeks + 1)]
    curve = Curve(
        low=tuple(p / 2 for p in course), central=tuple(course), high=tuple(2 * p for p in course)
    )
    one = replace(known.risks[1], band50=curve, band80=curve, **risk)
    return HazardReport(risks=(one,), nothing=tuple(1 - p for p in course))


def coming(weeks: int = 26, **changes: Any) -> Figure:
    report = replace(ahead().report, hazards=hazards(weeks), **changes)
    figure = draw_coming(ahead(report=report))
    assert figure is not None
    return figure


@pytest.mark.parametrize(
    ("weeks", "heads"),
    [
        (1, ["In 1 week"]),
        (4, ["In 4 weeks"]),
        (5, ["In 4 weeks", "In 5 weeks"]),
        (13, ["In 4 weeks", "In 13 weeks"]),
        (52, ["In 4 weeks", "In 13 weeks", "In 52 weeks"]),
    ],
)
def test_the_fan_is_told_after_a_month_a_quarter_and_at_its_end(
    weeks: int, heads: list[str]
) -> None:
    figure = coming(weeks)
    assert figure.table is not None
    assert [words(head) for head in figure.table.columns] == ["First", *heads]
    first, nothing = table_of(figure)
    at = [int(head.split()[1]) for head in heads]
    assert nothing == ["Nothing of that (mean)", *(f"{100 - week} %" for week in at)]
    for week, said in zip(at, first[1:], strict=True):
        assert said.endswith(f" ({week / 2:.0f} to {2 * week} %)")


def test_that_nothing_comes_is_never_certain_before_it_is() -> None:
    known = hazards(4)
    for chance, said in ((0.999, "above 99 %"), (0.001, "below 1 %"), (1.0, "100 %")):
        report = replace(known, nothing=(1.0, 1.0, 1.0, 1.0, chance))
        figure = draw_coming(ahead(report=replace(ahead().report, hazards=report)))
        assert table_of(figure)[-1] == ["Nothing of that (mean)", said]


def test_only_events_and_estimates_are_marks_on_the_line() -> None:
    kinds = ("event", "today", "estimate", "question", "horizon")
    entries = tuple(
        TimelineEntry(
            date=dt.date(2020, 1, 10 + n),
            kind=kind,  # type: ignore[arg-type]
            id="storm" if kind == "event" else "envoy",
            text="x",
            inferred=False,
        )
        for n, kind in enumerate(kinds)
    )
    report = replace(ahead().report, timeline=entries)
    happened, more = list_happenings(ahead(report=report))
    assert [words(one).partition(":")[0] for one in happened] == [
        "10 January 2020", "12 January 2020",
    ]  # fmt: skip
    assert more == 0
    assert spoken(coming(timeline=entries).drawings[0]).startswith("2 dated events and estimates")


def test_an_event_that_changes_nothing_is_told_without_effect() -> None:
    happened, _ = list_happenings(ahead())
    feast = words(happened[-1])
    assert feast.startswith("1 March 2020: A feast A")
    assert "times" not in feast
    assert not feast.rstrip().endswith(":")


def test_an_estimate_that_no_question_pools_goes_by_its_own_words() -> None:
    given = ahead()
    questions = tuple(replace(one, pooled=None) for one in given.report.questions)
    happened, _ = list_happenings(ahead(report=replace(given.report, questions=questions)))
    entry = next(one for one in given.report.timeline if one.id == "envoy")
    assert any(f"an estimate, {entry.text}: “unlikely”" in words(one) for one in happened)


def test_the_description_tells_each_fan_with_its_ends_and_its_days() -> None:
    said = spoken(coming(26).drawings[0])
    assert "lead to 3 February 2020. From there to 3 August 2020, the probability" in said
    assert "Shots: about " in said
    assert "80 % band 13 to 52 %" in said
    assert said.endswith("The table below has the numbers.")


def test_what_all_views_say_of_a_risk_is_marked_only_where_there_are_several() -> None:
    """The question on a deal has three views; with one alone it says what the hazard says."""
    given = ahead()
    first, *others = given.report.questions
    assert first.together is not None
    one: tuple[LegReport, ...] = first.together.legs[:1]
    alone = replace(first, together=replace(first.together, legs=one))

    def marks(report: OutlookReport) -> int:
        figure = draw_coming(ahead(report=report))
        assert figure is not None
        kinds = [
            dict(s.attributes).get("class", "")
            for s in figure.drawings[0].children
            if isinstance(s, Element)
        ]
        return sum("diamond" in kind for kind in kinds)

    assert marks(given.report) > 0
    assert marks(replace(given.report, questions=(alone, *others))) == 0


def added(*after: float) -> Figure | None:
    """Return the picture of the first question, whose steps end at these probabilities."""
    given = ahead()
    first, *others = given.report.questions
    assert first.together is not None
    steps = tuple(
        WaterfallStep(name=f"step {n}", log_odds=0.0, before=before, after=then)
        for n, (before, then) in enumerate(zip((0.0, *after[:-1]), after, strict=True))
    )
    together = replace(first.together, waterfall=steps, probability=band(0.1, 0.2, 0.3))
    changed = replace(first, together=together)
    return draw_added(ahead(report=replace(given.report, questions=(changed, *others))))


def test_each_step_says_what_it_adds_and_where_that_leads() -> None:
    rows = table_of(added(0.25, 0.5, 0.375, 0.376))
    assert [row[1:] for row in rows[:5]] == [
        ["Step 0", "+25 points", "25 %"],
        ["Step 1", "+25 points", "50 %"],
        ["Step 2", "−12 points", "38 %"],
        ["Step 3", "±0 points", "38 %"],
        ["All views together", "", "about 20 % (90 % interval 10 to 30 %)"],
    ]
    assert [row[0] for row in rows[:5]] == ["“West and East sign”", "", "", "", ""]


def test_no_step_leads_to_certainty_that_is_none() -> None:
    rows = table_of(added(0.002, 0.998))
    assert [row[3] for row in rows[:2]] == ["below 1 %", "above 99 %"]


def test_the_waterfall_is_told_in_words_and_its_first_step_has_no_arrow() -> None:
    figure = added(0.25, 0.5)
    assert figure is not None
    assert spoken(figure.drawings[0]) == (
        "Step 0: 25 %; Step 1: +25 → 50 %; All views, with 90 % interval: about 20 %."
    )
    assert words(figure.caption) == "Drawn for “West and East sign”."


def test_a_risk_that_was_not_drawn_for_want_of_room_is_counted() -> None:
    known = hazards(8)
    many = replace(known, risks=known.risks * 40)
    figure = draw_coming(ahead(report=replace(ahead().report, hazards=many)))
    assert figure is not None
    drawn = sum(
        "band80" in dict(s.attributes).get("class", "")
        for s in figure.drawings[0].children
        if isinstance(s, Element)
    )
    assert 0 < drawn <= 40
    assert words(figure.caption) == (f"{40 - drawn} more are in the table." if drawn < 40 else "")
    assert len(table_of(figure)) == 41
