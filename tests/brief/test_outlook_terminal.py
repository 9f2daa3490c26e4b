import dataclasses
import datetime as dt
import io
import math
from typing import Any, Literal

import pytest
from rich.console import Console

from goodoffices.brief.outlook_terminal import MOST, outlook_summary
from goodoffices.brief.text import number_of
from goodoffices.deals.results import Method
from goodoffices.deals.share import exact
from goodoffices.outlook.bands import Band
from goodoffices.outlook.results import (
    BeliefMove,
    Curve,
    EstimateReport,
    FadeReport,
    HazardReport,
    InfluenceReport,
    LegReport,
    OpeningReport,
    OpeningStep,
    PressureReport,
    ScalePrediction,
    ThresholdReport,
    Together,
    WaterfallStep,
)
from goodoffices.outlook.waiting import Arrival
from tests.brief.cases import case_of, foreseen
from tests.brief.terminals import below, cells, printed
from tests.case.cases import GONE
from tests.outlook.cases import ask_lens, case_with


def told(changes: dict[str, Any] | None = None, **options: Any) -> str:
    console = Console(file=io.StringIO(), width=200, highlight=False)
    console.print(outlook_summary(case_with(changes), ask_lens(changes, **options)))
    out: str = console.file.getvalue()  # type: ignore[attr-defined]
    return out


def test_likelihood_and_confidence_are_two_sentences() -> None:
    out = told()
    assert "North and South sign, by 29 November 2024: " in out
    assert "Confidence in that is low: " in out


def test_what_adds_up_is_told_in_whole_points() -> None:
    out = told()
    assert "where cases of its kind begin" in out
    assert "what the sources think" in out
    adding = out.split("What adds up")[1].split("- ")[0]
    assert "." not in adding


def test_estimates_stand_with_what_they_read_as() -> None:
    out = told()
    assert "- The mediator, 1 May 2024: 0.5, read as 50 %" in out
    assert "- North, 30 May 2024: unlikely, read as about " in out
    assert "They differ: from 16 to 50 %." in out


def test_base_rates_are_named_with_their_size() -> None:
    assert "Escalation to a thousand deaths a year (a thousand deaths), 1,659 cases" in told()


def test_people_have_no_price_and_things_may_fade() -> None:
    out = told()
    assert "people have no price" in out
    assert "Food: 200 (200 to 200) t at the end." in out


def test_trust_is_told_in_the_form_that_a_case_takes() -> None:
    assert "in-north: kept 6, broken 4; the next is kept with about 55 % (90 % interval " in told()
    assert "; for `kept:` write 38..53..68%" in told()


def test_perceptions_that_nobody_knows_are_said_to_be_missing() -> None:
    out = told()
    assert "not known" in out
    assert "Nobody says whether South sees a way out." in out
    assert "necessary for talks to begin and not sufficient" in out


def test_three_postures_are_shown_and_none_is_advised() -> None:
    out = told()
    for words in ("Table it now", "Hold it back", "Limit the damage"):
        assert words in out
    assert "recommend" not in out.lower()
    assert "should" not in out.lower()


def test_what_is_missing_is_told() -> None:
    bare = {f"outlook/{part}": GONE for part in ("tabling", "waiting", "pressure", "records")}
    out = told(bare, deals=None)
    assert "Not weighed" in out
    assert "Not known: see the notes below." in out
    assert "Without the deals lens there is no inside view" in out
    assert "No open issue has a known position of every side." in out
    assert "The case says of nothing that time takes it." in out


def test_names_of_a_case_are_never_read_as_markup() -> None:
    out = told({"outlook/questions/accord/name": "[red]Signed[/red] [/]"})
    assert "[red]Signed[/red] [/]" in out


FIRST = "What may come first"
BELIEVED = "What is believed, and what moved it"
RIPE = "Is the moment ripe?"
WAITING = "What waiting does"
POSTURES = "Table, hold or contain: options with risks"
SETTLED = "Where open issues would end, if settled"
METHOD = "How this was obtained"


def shown(title: str, **changes: Any) -> str:
    """Return a section of the summary of the basic case, of which some results are others."""
    case, _, report = foreseen()
    changed = dataclasses.replace(report, **changes)
    return below(printed(outlook_summary(case, changed), width=400), title)


def band(low: float, central: float, high: float) -> Band:
    return Band(low=low, central=central, high=high)


def curve(*values: float) -> Curve:
    return Curve(low=values, central=values, high=values)


def together(*steps: float, missing: tuple[str, ...] = ()) -> Together:
    """Return a likelihood that begins at the first of some probabilities and moves on."""
    return Together(
        probability=band(0.1, 0.2, 0.3),
        legs=(
            LegReport(leg="outside", weight=0.666, probability=band(0.2, 0.2, 0.2), how="cases"),
        ),
        missing=missing,
        waterfall=tuple(
            WaterfallStep(name=f"step {n}", log_odds=0.0, before=before, after=after)
            for n, (before, after) in enumerate(zip((0.0, *steps), steps, strict=False))
        ),
        likelihood="Likely so.",
        confidence="Known so.",
        level="low",
    )


def question(**changes: Any) -> str:
    """Return what stands below the first question, some of whose parts are others."""
    first = foreseen()[2].questions[0]
    changed = dataclasses.replace(first, **{"pooled": None, **changes})
    return shown("West and East sign", questions=(changed,))


def test_the_summary_answers_the_questions_in_order() -> None:
    case, _, report = foreseen()
    told = printed(outlook_summary(case, report))
    titles = ["West and East sign", FIRST, BELIEVED, RIPE, WAITING, POSTURES, SETTLED, METHOD]
    places = [told.index(f"\n{title}\n") for title in titles]
    assert places == sorted(places)


@pytest.mark.parametrize(("weeks", "said"), [(1, "1 week\n"), (26, "26 weeks\n")])
def test_the_time_looked_at_is_said_in_days_and_weeks(weeks: int, said: str) -> None:
    case, _, report = foreseen()
    told = printed(outlook_summary(case, dataclasses.replace(report, weeks=weeks)))
    assert f"from 3 February 2020 to 3 August 2020, {said}" in told


def test_likelihood_stands_before_confidence_and_both_before_the_views() -> None:
    lines = question(together=together(0.2, missing=("inside: not asked", "estimates: none")))
    assert lines.splitlines()[:2] == ["Likely so.", "Known so."]
    assert ["outside", "67 %", "20 %", "cases"] in cells(lines)
    assert "Missing: inside: not asked; estimates: none." in lines


def test_nothing_missing_is_not_spoken_of() -> None:
    assert "Missing" not in question(together=together(0.2))


@pytest.mark.parametrize(
    ("before", "after", "points", "then"),
    [
        (0.0, 0.25, "+25", "25 %"),
        (0.5, 0.25, "-25", "25 %"),
        (0.25, 0.25, "+0", "25 %"),
        (0.252, 0.25, "+0", "25 %"),
        (0.25, 0.252, "+0", "25 %"),
        (0.25, 0.004, "-25", "below 1 %"),
        (0.25, 0.998, "+75", "above 99 %"),
        (0.25, 0.0, "-25", "0 %"),
        (0.25, 1.0, "+75", "100 %"),
    ],
)
def test_each_step_adds_whole_points_and_none_rounds_to_certainty(
    before: float, after: float, points: str, then: str
) -> None:
    rows = cells(question(together=together(before, after)))
    assert ["step 1", points, then] in rows


def test_a_question_without_a_forecast_says_by_when_there_is_none() -> None:
    assert question(together=None) == "No forecast by 3 August 2020."


def estimate(**changes: Any) -> EstimateReport:
    given: dict[str, Any] = {
        "estimate": "envoy", "speaker": "an envoy", "date": dt.date(2020, 1, 20),
        "inferred": False, "says": "40%", "reads_as": band(0.4, 0.4, 0.4), "group": "",
        "camp": "", "age": 14, "weight": 1.0, "replaced": False,
    }  # fmt: skip
    return EstimateReport(**{**given, **changes})


def pooled(*estimates: EstimateReport, **changes: Any) -> list[str]:
    known = foreseen()[2].questions[0].pooled
    assert known is not None
    changed = dataclasses.replace(known, estimates=estimates, **changes)
    return question(together=None, pooled=changed).splitlines()[1:]


def test_an_estimate_stands_with_speaker_day_words_and_reading() -> None:
    said = "- an envoy, 20 January 2020"
    lines = pooled(estimate(), estimate(inferred=True), estimate(replaced=True), groups=1)
    assert lines == [
        f"{said}: 40%, read as 40 %",
        f"{said}, inferred: 40%, read as 40 %",
        f"{said}: 40%, read as 40 % (a later one took its place)",
    ]


@pytest.mark.parametrize("more", [0, 1, 7])
def test_very_many_estimates_and_notes_are_counted_and_not_dropped(more: int) -> None:
    lines = pooled(*[estimate()] * (MOST + more), groups=1)
    assert sum(line.startswith("- ") for line in lines) == MOST
    assert (lines[-1] == f"... and {number_of(more, 'more estimate')}.") == (more > 0)
    lines = shown(METHOD, notes=("not known",) * (MOST + more)).splitlines()
    assert sum(line == "- Not known." for line in lines) == MOST
    assert (lines[-1] == f"... and {number_of(more, 'more note')}.") == (more > 0)


def test_that_estimates_differ_is_said_only_of_more_than_one_group() -> None:
    said = "They differ: from 25 to 75 %."
    assert pooled(estimate(), groups=2, lowest=0.25, highest=0.75)[-1] == said
    assert said not in pooled(estimate(), groups=1, lowest=0.25, highest=0.75)


def hazards(weeks: int) -> HazardReport:
    """Return one risk whose probability after w weeks is w per cent."""
    known = foreseen()[2].hazards
    assert known is not None
    course = tuple(week / 100 for week in range(weeks + 1))
    one = dataclasses.replace(
        known.risks[1], probability=course, band80=Curve(low=(0.1,), central=(0.2,), high=(0.3,))
    )
    return HazardReport(risks=(one,), nothing=tuple(1 - p for p in course))


@pytest.mark.parametrize(
    ("weeks", "heads", "risk"),
    [
        (1, ["in 1 week"], ["1 %"]),
        (4, ["in 4 weeks"], ["4 %"]),
        (10, ["in 4 weeks", "in 10 weeks"], ["4 %", "10 %"]),
        (26, ["in 4 weeks", "in 13 weeks", "in 26 weeks"], ["4 %", "13 %", "26 %"]),
        (
            52,
            ["in 4 weeks", "in 13 weeks", "in 26 weeks", "in 52 weeks"],
            ["4 %", "13 %", "26 %", "52 %"],
        ),
    ],
)
def test_what_may_come_first_is_told_after_a_month_a_quarter_a_half_year_and_at_the_end(
    weeks: int, heads: list[str], risk: list[str]
) -> None:
    head, first, nothing, *_ = cells(shown(FIRST, hazards=hazards(weeks), weeks=weeks))
    assert head == ["First", *heads, "80 % band at the end"]
    assert first == ["Shots (harms people)", *risk, "10 to 30 %"]
    assert nothing == ["Nothing of that", *(f"{100 - int(p.split()[0])} %" for p in risk)]


def test_what_multiplies_a_hazard_stands_below_where_it_comes_from() -> None:
    lines = shown(FIRST).splitlines()
    own = lines.index("- They sign: a chance of the case's own, 20..60% within 26 weeks")
    assert lines[own + 1].endswith(": A storm closes the strip")
    assert lines[own + 2].endswith(": East means it")
    assert shown(FIRST, hazards=None) == "The case names no risks."


def test_a_belief_is_told_before_and_now_with_what_moved_it() -> None:
    (known,) = foreseen()[2].beliefs
    after = band(0.5, 0.5, 0.5)
    moves = tuple(
        BeliefMove(
            event="storm",
            date=dt.date(2020, 1, 10),
            ratio=ratio,
            capped=capped,
            left=1.0,
            after=after,
        )
        for ratio, capped in ((0.3333, False), (20.0, True))
    )
    one = dataclasses.replace(known, prior=band(0.4, 0.4, 0.4), now=after, moves=moves)
    assert shown(BELIEVED, beliefs=(one,), trust=()).splitlines() == [
        "East means it: 40 % before, 50 % now.",
        "- A storm closes the strip: 0.33 times the odds",
        "- A storm closes the strip: 20 times the odds, capped",
    ]
    assert shown(BELIEVED, beliefs=(), trust=()) == "The case records none."


def test_a_record_that_fades_says_how_much_of_it_counts_today() -> None:
    (known,) = foreseen()[2].trust
    still = dataclasses.replace(known, half_life=None, counted=7.0)
    fading = dataclasses.replace(known, half_life=30.0, counted=2.34)
    assert "in-west: kept 3, broken 4; the next" in shown(BELIEVED, trust=(still,))
    said = "in-west: kept 3, broken 4, of which 2.3 count today; the next"
    assert said in shown(BELIEVED, trust=(fading,))


def test_perceptions_stand_beside_the_fact_for_each_party_and_for_all() -> None:
    known = foreseen()[2].ripeness
    assert known is not None
    west = dataclasses.replace(
        known.parties[0], hurts=exact(1), feels=exact(0.5), sees_way_out=None
    )
    found = dataclasses.replace(
        known, parties=(west,), hurts=exact(1), feels=None, sees_way_out=exact(0), missing=()
    )
    lines = shown(RIPE, ripeness=found)
    assert cells(lines)[1:3] == [
        ["West", "100 %", "50 %", "not known"],
        ["All", "100 %", "not known", "0 %"],
    ]
    assert "Nobody says" not in lines


def fade(*left: float, people: bool = False, key: str = "fish") -> FadeReport:
    return FadeReport(
        fading=key, people=people, left=curve(*left), this_week=band(0, 0, 0), lost=None
    )


@pytest.mark.parametrize(
    ("left", "said"),
    [
        (0.0567, "0.057"),
        (0.5, "0.5"),
        (99.0, "99"),
        (99.6, "100"),
        (247.0, "250"),
        (1049.0, "1,000"),
        (1234567.0, "1,200,000"),
    ],
)
def test_what_is_left_is_written_out_with_two_digits_that_count(left: float, said: str) -> None:
    waiting = dataclasses.replace(foreseen()[2].waiting, fades=(fade(900.0, left),), openings=())
    first = shown(WAITING, waiting=waiting).splitlines()[0]
    assert first == f"The catch: {said} ({said} to {said}) t at the end."


def test_people_have_neither_unit_nor_price() -> None:
    waiting = dataclasses.replace(
        foreseen()[2].waiting, fades=(fade(1.0, 0.5, people=True, key="sick"),), openings=()
    )
    first = shown(WAITING, waiting=waiting).splitlines()[0]
    assert first == "Islanders in care: 0.5 (0.5 to 0.5) at the end; people have no price."


def test_pressure_says_who_presses_on_whom_and_by_how_much() -> None:
    one = PressureReport(
        on="west",
        by=("fishers", "navy"),
        eased=Curve(low=(0, 2.4), central=(0, 5), high=(0, 7.6)),
    )
    waiting = dataclasses.replace(foreseen()[2].waiting, fades=(), pressure=(one,), openings=())
    assert shown(WAITING, waiting=waiting) == (
        "Fishers, Navy: West's walk-away is 2 to 8 points lower by then."
    )


def opening(**changes: Any) -> str:
    given: dict[str, Any] = {
        "actor": "west", "target": 0.5, "shift": 12.0, "shift_low": None, "shift_high": None,
        "now": exact(0.25), "then": exact(0.5), "arrival": None, "at_horizon": None,
    }  # fmt: skip
    one = OpeningReport(**{**given, **changes})
    waiting = dataclasses.replace(foreseen()[2].waiting, fades=(), pressure=(), openings=(one,))
    told = shown(WAITING, waiting=waiting)
    return told.splitlines()[-1].removeprefix("- West: P(zone) is 25 %")


NO_FALL = "no fall of its walk-away alone brings it to 50 %"
OTHERS = "other demands bind"
STEP = OpeningStep(fall=100.0, zone=exact(0.75), opened=exact(0.25))


def arrival(weeks: float) -> Arrival:
    return Arrival(shift=12.0, weeks=band(weeks, weeks, weeks), reached=exact(0.75), within=26)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "; 50 % takes 12 points less"),
        ({"per_week": 0.4615}, "; 50 % takes 12 points less, 0.46 a week"),
        (
            {"shift_low": 8.4, "shift_high": 20.0, "per_week": 0.5},
            "; 50 % takes 12 points less (8 to 20), 0.5 a week",
        ),
        ({"shift_low": 8.0}, "; 50 % takes 12 points less (8 to more)"),
        ({"shift": 0.0}, ", at least as likely as not"),
        (
            {"shift": 0.0, "at_horizon": exact(0.75)},
            ", at least as likely as not; pressure makes it 75 % by then",
        ),
        (
            {"at_horizon": exact(0.75)},
            "; pressure makes it 75 % by then; 50 % takes 12 points less",
        ),
        (
            {"arrival": arrival(9)},
            "; 50 % takes 12 points less; pressure gets there with 75 %, in 9 weeks",
        ),
        (
            {"arrival": arrival(math.inf)},
            "; 50 % takes 12 points less; pressure gets there with 75 %",
        ),
        (
            {"shift": None, "then": exact(0.25)},
            f"; {NO_FALL} (at most 25 %): {OTHERS}",
        ),
        (
            {"shift": None, "then": exact(0.25), "steps": (STEP,), "at_horizon": exact(0.25)},
            f"; pressure makes it 25 % by then; {NO_FALL} (at most 25 %, 25 % more): {OTHERS}",
        ),
    ],
)
def test_how_far_a_walk_away_must_fall_is_told(changes: dict[str, Any], said: str) -> None:
    assert opening(**changes) == said


def tabled(**changes: Any) -> str:
    known = foreseen()[2].tabling
    assert known is not None
    return shown(POSTURES, tabling=dataclasses.replace(known, **changes))


def test_the_package_that_is_weighed_goes_by_its_name() -> None:
    assert tabled(package="old").splitlines()[0] == "“The old draft”:"
    assert tabled(package="Package B").splitlines()[0] == "“Package B”:"
    assert shown(POSTURES, tabling=None).startswith("Not weighed: ")


@pytest.mark.parametrize(
    ("chance", "said"),
    [(0.25, "25 %"), (0.999, "above 99 %"), (0.001, "below 1 %"), (1.0, "100 %")],
)
def test_each_sides_chance_to_accept_never_rounds_to_certainty(chance: float, said: str) -> None:
    line = tabled(accept=band(0.5, 0.5, 0.5), sides={"west": 0.5, "east": chance}).splitlines()[1]
    assert line == f"All accept it with 50 %; West 50 %, East {said}."


def test_holding_is_what_the_others_are_measured_by() -> None:
    rows = {row[0]: row for row in cells(tabled())}
    assert not any("points" in cell for cell in rows["Hold it back"])
    assert any(cell.endswith(" points") for cell in rows["Table it now"])
    assert any(cell.endswith(" points") for cell in rows["Limit the damage"])
    assert "Refused" in rows["Table it now"][-1]
    assert "Refused" not in rows["Hold it back"][-1]


@pytest.mark.parametrize(
    ("probability", "low", "high", "more"),
    [
        (0.25, 0.1, 0.5, " By what is uncertain, from 1 in 10 to 1 in 2."),
        (0.25, 0.25, 0.2501, ""),
        (None, 0.1, 0.5, ""),
    ],
)
def test_a_threshold_says_between_which_chances_it_lies(
    probability: float | None, low: float, high: float, more: str
) -> None:
    against: Literal["hold"] = "hold"
    one = ThresholdReport(
        against=against, probability=probability, band=band(low, 0.25, high), words="worth it if so"
    )
    assert f"- Worth it if so.{more}" in tabled(thresholds=(one,)).splitlines()


def test_what_decides_most_is_told_in_words_and_the_first_three_alone() -> None:
    paths = ("tabling.accepted", "tabling.lost", "risks.deal.chance", "tabling.together")
    most = tuple(
        InfluenceReport(path=f"outlook.{path}", share=0.5 / (n + 1), error=0.01)
        for n, path in enumerate(paths)
    )
    (line,) = [line for line in tabled(influences=most, lead=()).splitlines() if "decides" in line]
    assert line == (
        "- what decides most whether tabling is worth more than holding: What the package is worth "
        "to the mediator if all accept it (50 %), What a refusal costs the mediator besides "
        "(25 %), Risk “They sign” (17 %)"
    )
    assert "decides" not in tabled(influences=(), lead=())


def test_what_a_refusal_does_to_the_zone_is_told_where_it_is_known() -> None:
    assert "- After a refusal, P(zone) is 25 %." in tabled(zone_after=exact(0.25))
    assert "After a refusal" not in tabled(zone_after=None)


def test_where_an_issue_would_end_names_span_share_and_likeliest() -> None:
    one = ScalePrediction(
        issue="watch",
        options={"none": 0.125, "buoys": 0.25, "ships": 0.625},
        first="buoys",
        last="ships",
        mass=0.875,
        positions=(),
    )
    assert cells(shown(SETTLED, scales=(one,)))[:2] == [
        ["Issue", "First … last likely option", "Holds", "Likeliest single option"],
        ["Who watches", "Buoys … Ships", "88 %", "Ships (62 %)"],
    ]
    assert shown(SETTLED, scales=()) == "No open issue has a known position of every side."


def test_how_it_was_obtained_stands_with_draws_and_seed() -> None:
    method = Method(how="bounded", draws=12345, seed=7, note="the budget was used up")
    assert shown(METHOD, method=method, notes=("nobody knows",)).splitlines() == [
        "Bounded: 12,345 draws, seed 7. The budget was used up.",
        "- Nobody knows.",
    ]


def test_a_case_that_says_nothing_of_time_is_still_told_what_is_missing() -> None:
    _, _, report = foreseen()
    bare = dataclasses.replace(
        report, hazards=None, beliefs=(), trust=(), ripeness=None, tabling=None, scales=()
    )
    told = printed(outlook_summary(case_of(), dataclasses.replace(bare, questions=())))
    assert "The case names no risks." in told
    assert "The case records none." in told


@pytest.mark.parametrize("width", [40, 80])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    case, _, report = foreseen()
    told = printed(outlook_summary(case, report), width=width)
    assert max(map(len, told.splitlines())) <= width
