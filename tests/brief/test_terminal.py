import dataclasses
import io
from typing import Any, Literal

import pytest
from rich.console import Console

from goodoffices.brief.terminal import MOST, deals_summary, path_words
from goodoffices.brief.text import number_of
from goodoffices.case.file import parse_case, starter
from goodoffices.case.model import Case
from goodoffices.deals import Deals, deals
from goodoffices.deals.results import (
    Concession,
    Conflict,
    ConflictReport,
    Cost,
    Method,
    Opening,
    ScenarioReport,
    Unknown,
)
from goodoffices.deals.share import Share, exact, share
from tests.brief.cases import basic, three
from tests.brief.terminals import below, cells, printed


@pytest.fixture(scope="module")
def case() -> Case:
    return parse_case(starter())


@pytest.fixture(scope="module")
def result(case: Case) -> Deals:
    return deals(case, draws=400)


def text(case: Case, result: Deals, width: int = 140) -> str:
    page = io.StringIO()
    Console(file=page, width=width, highlight=False).print(deals_summary(case, result))
    return page.getvalue()


def test_the_summary_answers_the_questions_in_order(case: Case, result: Deals) -> None:
    shown = text(case, result)
    titles = ["Is there a deal?", "What blocks it", "one change", "tabled", "moves the answer"]
    places = [shown.index(title) for title in titles]
    assert places == sorted(places)
    assert "Chance that some package" in shown


def test_no_line_is_wider_than_the_terminal(case: Case, result: Deals) -> None:
    assert max(map(len, text(case, result, width=80).splitlines())) <= 80


def test_progress_is_said_not_to_be_a_chance(case: Case, result: Deals) -> None:
    assert "(progress, not a chance)" in text(case, result)


def test_a_bounded_answer_says_so(case: Case, result: Deals) -> None:
    bounded = Method(how="bounded", draws=400, seed=0, note="7 draws stayed undecided")
    assert "Bounded: 400 draws, seed 0. 7 draws stayed" in text(
        case, dataclasses.replace(result, method=bounded)
    )


def test_an_exact_answer_has_no_draws_and_no_interval(case: Case, result: Deals) -> None:
    exact = dataclasses.replace(result, method=Method(how="exact"))
    assert "Exact: nothing in this case is uncertain." in text(case, exact)


def test_without_offers_the_reader_is_led_to_what_would_open_one(case: Case, result: Deals) -> None:
    shown = text(case, dataclasses.replace(result, offers=()))
    assert "In no draw did all accept one package" in shown


def test_names_of_a_case_are_never_read_as_markup(case: Case) -> None:
    hostile = case.model_copy(update={"title": "[red]a[/red] [/] \\[x"})
    shown = text(hostile, deals(hostile, draws=50))
    assert "[red]a[/red] [/] \\[x" in shown


def test_an_input_is_named_in_words(case: Case, result: Deals) -> None:
    for row in result.unknowns:
        words = path_words(case, row.path)
        assert words
        assert not words.startswith(("positions.", "demands.", "trust."))


ZONE = "Is there a deal?"
BLOCKS = "What blocks it, at face value"
OPENS = "What one change would open"
TABLED = "What could be tabled: options, not verdicts"
MOVES = "What moves the answer most"


def told(title: str, **changes: Any) -> str:
    """Return a section of the summary of the basic case, of which some results are others."""
    case, result = basic()
    changed = dataclasses.replace(result, **changes)
    return below(printed(deals_summary(case, changed), width=300), title)


def zone(**changes: Any) -> Any:
    return dataclasses.replace(basic()[1].zone, **changes)


@pytest.mark.parametrize(
    ("at_face_value", "word"),
    [(True, "yes"), (False, "no"), (None, "undecided within the budget")],
)
def test_what_holds_at_face_value_is_said_in_one_word(
    at_face_value: bool | None, word: str
) -> None:
    first = told(ZONE, zone=zone(at_face_value=at_face_value)).splitlines()[0]
    assert first == f"At face value, with every demand binding: {word}."


@pytest.mark.parametrize(
    ("hits", "chance"),
    [
        (150, "about 50 % (95 % interval 40 to 60 %)."),
        (0, "below 2 % (95 % interval 0 to 2 %)."),
        (300, "above 98 % (95 % interval 98 to 100 %)."),
    ],
)
def test_a_sampled_chance_stands_with_its_interval(hits: int, chance: str) -> None:
    assert told(ZONE, zone=zone(probability=share(hits, 300))).splitlines()[1] == (
        f"Chance that some package would be accepted by all who must accept: {chance}"
    )


def test_an_exact_chance_has_no_interval() -> None:
    assert told(ZONE, zone=zone(probability=exact(0.25))).splitlines()[1].endswith(": 25 %.")


def test_what_the_answer_rests_on_adds_up_to_the_numbers_of_the_case() -> None:
    footing = basic()[1].zone.footing
    for unknown, verb in ((0, "are"), (1, "is"), (2, "are")):
        changed = dataclasses.replace(footing, claimed=3, assumed=4, unknown=unknown)
        line = told(ZONE, zone=zone(footing=changed)).splitlines()[3]
        assert line.startswith("Of the numbers behind it 3 rest on claims, 4 on assumptions, ")
        assert line.endswith(f" {unknown} {verb} unknown.")


def test_of_the_text_is_said_only_where_the_case_says_it() -> None:
    progress = basic()[1].progress
    assert told(ZONE).endswith("Agreed: 1 of 4 issues; of the text, 80 % (progress, not a chance).")
    silent = dataclasses.replace(progress, text_agreed=None)
    assert told(ZONE, progress=silent).endswith("Agreed: 1 of 4 issues (progress, not a chance).")


@pytest.mark.parametrize(
    ("method", "line"),
    [
        (Method(how="exact"), "Exact: nothing in this case is uncertain."),
        (Method(how="sampled", draws=12345, seed=7), "Sampled: 12,345 draws, seed 7."),
        (Method(how="bounded", draws=9, seed=0, note="n"), "Bounded: 9 draws, seed 0. n."),
    ],
)
def test_how_the_answer_was_obtained_is_said_with_draws_and_seed(method: Method, line: str) -> None:
    assert told(ZONE, method=method).splitlines()[2] == line


STAY, LEAVE, GAP = (
    "West: Forces stay",
    "East: Forces leave first",
    "Cabinet: No strip without a watch",
)


def conflicts(count: int, openings: int = 0, **method: Any) -> ConflictReport:
    return ConflictReport(
        conflicts=(Conflict(demands=("stay", "withdraw"), actors=("west", "east")),) * count,
        openings=(Opening(lifted=("stay", "no-gap"), actors=("west",), package=None),) * openings,
        method=Method(**{"how": "exact", **method}),
    )


def test_demands_that_cannot_hold_together_stand_with_who_makes_them() -> None:
    assert told(BLOCKS, conflicts=conflicts(2, 1)).splitlines() == [
        f"1. {STAY} + {LEAVE}",
        f"2. {STAY} + {LEAVE}",
        "A package opens if these are lifted:",
        f"- {STAY} and {GAP}",
    ]


def test_that_nothing_blocks_is_said_only_where_the_search_was_complete() -> None:
    assert told(BLOCKS, conflicts=conflicts(0)) == "Nothing: all demands can hold together."
    bounded = told(BLOCKS, conflicts=conflicts(0, how="bounded", note="the budget was used up"))
    assert bounded == "Bounded: the budget was used up."


@pytest.mark.parametrize("more", [0, 1, 5])
def test_long_lists_of_conflicts_and_openings_say_how_many_more_there_are(more: int) -> None:
    lines = told(BLOCKS, conflicts=conflicts(MOST + more, MOST + more)).splitlines()
    assert sum(line.startswith(f"{STAY} +") or f". {STAY} +" in line for line in lines) == MOST
    assert sum(line.startswith("- ") for line in lines) == MOST
    assert (f"... and {number_of(more, 'more set')} of demands." in lines) == (more > 0)
    assert (f"... and {number_of(more, 'other way')}." in lines) == (more > 0)


def rung(
    opened: int | Share = 40,
    kind: Literal["lift", "lower"] = "lift",
    step: float = 0,
    **changes: Any,
) -> Concession:
    given: dict[str, Any] = {
        "demand": "stay",
        "by": "west",
        "zone": share(60, 100),
        "opened": share(opened, 100) if isinstance(opened, int) else opened,
        "cost": Cost(low=1.4, central=9, high=12.6),
    }
    return Concession(kind=kind, step=step, **{**given, **changes})


def test_a_step_stands_with_what_it_opens_and_what_it_costs() -> None:
    lower = rung(kind="lower", step=12.5, demand="west-alone")
    assert cells(told(OPENS, concessions=(rung(), lower))) == [
        ["Demand", "Change", "P(zone) then", "Cost to bearer, points"],
        [STAY, "lifted", "about 60 %", "1 to 13"],
        ["West: Alone", "lowered by 12.5", "about 60 %", "1 to 13"],
    ]


def test_a_step_that_opens_nothing_is_left_out() -> None:
    rungs = (rung(demand="no-gap"), rung(opened=1), rung(opened=0, demand="withdraw"))
    assert [row[0] for row in cells(told(OPENS, concessions=rungs))[1:]] == [GAP, STAY]
    for none in ((), (rung(opened=0),), (rung(opened=exact(0)),)):
        said = "No single demand, lifted alone, opens a zone in any draw."
        assert told(OPENS, concessions=none) == said


@pytest.mark.parametrize("more", [0, 1, 5])
def test_long_lists_of_steps_and_inputs_say_how_many_more_there_are(more: int) -> None:
    ladder = told(OPENS, concessions=(rung(),) * (MOST + more)).splitlines()
    inputs = told(MOVES, unknowns=(unknown(0.5, 0.01),) * (MOST + more)).splitlines()
    assert sum(line.startswith(STAY) for line in ladder) == MOST
    assert sum(line.startswith(STAY) for line in inputs) == MOST
    assert (ladder[-1] == f"... and {number_of(more, 'more step')}.") == (more > 0)
    assert (inputs[-1] == f"... and {number_of(more, 'more input')}.") == (more > 0)


def test_where_a_zone_always_exists_nothing_needs_to_change() -> None:
    said = told(OPENS, concessions=(rung(),), zone=zone(probability=exact(1)))
    assert said == "Nothing needs to change: a zone exists in every draw."
    nearly = told(OPENS, concessions=(rung(),), zone=zone(probability=share(299, 300)))
    assert "lifted" in nearly


def test_every_open_issue_of_a_package_has_a_row_and_agreed_ones_have_none() -> None:
    case, result = basic()
    head, *rows = cells(told(TABLED))
    assert head == [*(package.name for package in result.offers), "The old draft"]
    named = {row[0]: row[1:] for row in rows}
    assert named["Length of the strip"] == [
        case.issues["strip"].option_name(p.picks["strip"])
        for p in (*result.offers, *result.packages)
    ]
    assert "Fees" not in named
    assert [row[0] for row in rows][3:6] == ["All accept", "West accepts", "East accepts"]


def test_a_party_accepts_a_package_with_its_chance_of_ratification() -> None:
    _, result = basic()
    best = result.offers[0]
    west, east = best.acceptance[:2]
    changed = dataclasses.replace(
        best,
        acceptance=(
            dataclasses.replace(west, alone=exact(0.75), ratified=exact(0.25)),
            dataclasses.replace(east, must_accept=False),
        ),
    )
    rows = cells(told(TABLED, offers=(changed,), packages=()))
    assert ["West accepts", "25 %"] in rows
    assert all(row[0] != "East accepts" for row in rows)


def test_nothing_to_table_is_said_and_no_empty_table_is_drawn() -> None:
    said = told(TABLED, offers=(), packages=())
    assert said == "In no draw did all accept one package; see what would open one, above."


def test_why_one_package_lies_below_the_zone_is_said_with_the_gap() -> None:
    assert told(TABLED, gap=0.125).splitlines()[-1].endswith("the gap is 12 %.")


def unknown(value: float, error: float, path: str = "demands.stay.firmness", **changes: Any) -> Any:
    given: dict[str, Any] = {"founded": "assumed", "blank": False}
    return Unknown(path=path, share=value, error=error, **{**given, **changes})


def test_an_input_counts_only_where_its_share_is_clear_of_its_error() -> None:
    clear, unclear = unknown(0.25, 0.1), unknown(0.25, 0.125, "demands.withdraw.firmness")
    assert cells(told(MOVES, unknowns=(clear, unclear))) == [
        ["Input", "Share of the answer's variance", "Rests on"],
        [f"{STAY} (whether it binds)", "25 ± 20 %", "assumed"],
    ]
    assert told(MOVES, unknowns=(unclear,)) == "No uncertain input moves the answer by itself."
    assert told(MOVES, unknowns=()) == told(MOVES, unknowns=(unclear,))


def test_an_input_that_nobody_gives_rests_on_nothing_known() -> None:
    blank = unknown(0.5, 0.01, blank=True)
    assert cells(told(MOVES, unknowns=(blank,)))[1][-1] == "unknown"


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("positions.west.strip.weight", "West: weight of Length of the strip"),
        ("positions.navy.strip.values.10", "Navy: value of 10 km in Length of the strip"),
        ("positions.west.watch.values.none", "West: value of Nobody in Who watches"),
        ("positions.west.strip.values.2.5", "West: value of 2.5 in Length of the strip"),
        ("demands.stay.firmness", "West: Forces stay (whether it binds)"),
        ("demands.west-alone.value", "West: Alone (its value)"),
        ("demands.no-gap.firmness", "Cabinet: No strip without a watch (whether it binds)"),
        ("trust.in-west.kept", "Trust of East in West"),
        ("linkages.free-ferry.bonus.east", "Bonus to East if The ferry: “A daily ferry”"),
        ("promises.pay.kept", "Whether East keeps its promise (Fees: “Low”)"),
        ("nothing.known", "nothing.known"),
    ],
)
def test_a_place_in_the_case_is_told_by_names(path: str, said: str) -> None:
    assert path_words(basic()[0], path) == said


def test_scenarios_stand_beside_the_case_as_it_is() -> None:
    def row(at_face_value: bool | None, change: float) -> ScenarioReport:
        return ScenarioReport(
            scenario="calm",
            zone=share(75, 100),
            change=change,
            change_error=0.01,
            at_face_value=at_face_value,
            conflicts=0,
        )

    rows = cells(told("Scenarios", scenarios=(row(True, 0.25), row(False, -0.25), row(None, 0))))
    assert rows == [
        ["Scenario", "P(zone)", "Change", "At face value"],
        ["East no longer insists", "about 75 %", "+25.0 ± 2.0 points", "yes"],
        ["East no longer insists", "about 75 %", "-25.0 ± 2.0 points", "no"],
        ["East no longer insists", "about 75 %", "+0.0 ± 2.0 points", "?"],
    ]


def test_without_scenarios_there_is_no_section_of_them() -> None:
    assert "Scenarios" not in printed(deals_summary(*three()))


def test_where_nothing_is_uncertain_no_draw_is_spoken_of() -> None:
    shown = printed(deals_summary(*three()))
    assert "100 %." in shown
    assert "interval" not in shown
    assert "draws, seed" not in shown


@pytest.mark.parametrize("width", [40, 60, 100])
def test_no_line_of_a_case_with_everything_is_wider_than_the_terminal(width: int) -> None:
    shown = printed(deals_summary(*basic()), width=width)
    assert max(map(len, shown.splitlines())) <= width
