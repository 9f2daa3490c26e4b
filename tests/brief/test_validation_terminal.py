import dataclasses
import math
import re
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import RenderableType

from goodoffices.brief.text import number_of
from goodoffices.brief.validation_terminal import (
    base_rates_summary,
    base_rates_table,
    score_summary,
    validation_summary,
)
from goodoffices.deals.share import exact, share
from goodoffices.outlook.baserates import Event, Rate, ReferenceClass, shipped
from goodoffices.outlook.forecast_log import ForecastLog
from goodoffices.outlook.record import ScoreReport, score
from goodoffices.outlook.validation.rates import RateCheck
from goodoffices.outlook.validation.resample import Measure
from tests.brief.cases import kept_score
from tests.brief.terminals import below, cells, printed, run_on


def measure(name: str = "m", value: float = 0.5, low: float = 0.25, high: float = 0.75) -> Measure:
    return Measure(name=name, value=value, low=low, high=high)


def rate(days: int, part: float, low: float, high: float) -> Rate:
    return Rate(days=days, share=part, error=0.01, low=low, high=high, at_risk=9)


def reference(
    key: str = "wars", *events: tuple[str, tuple[Rate, ...]], n: int = 1234
) -> ReferenceClass:
    return ReferenceClass(
        id=key,
        title="Wars",
        watched="from the first shot",
        until="a year without one",
        first=1990,
        last=2020,
        n=n,
        conflicts=9,
        unknown=0,
        sources=(),
        caveats=(),
        events=tuple(Event(name=name, count=7, conflicts=5, rates=rates) for name, rates in events),
    )


RATES = (
    rate(90, 0.125, 0.1, 0.154),
    rate(365, 0.5, 0.4, 0.6),
    rate(1826, 0.999, 0.98, 1.0),
)


@dataclass(frozen=True)
class Row:
    """A row of a table of a validation."""

    who_said: str
    how_far: Measure
    how_often: float
    of_all: Any
    seen_in: tuple[int, ...] = ()
    unknown: str | None = None


@dataclass(frozen=True)
class Found:
    """A result that holds figures of every kind, and some that are none."""

    talks_held: int = 12345
    mean_length: float = 1234.5678
    sources_used: tuple[str, ...] = ("wire", "letter")
    brier: Measure = dataclasses.field(default_factory=lambda: measure("brier", 0.123456, 0.1, 0.2))
    came_true: Any = dataclasses.field(default_factory=lambda: share(50, 100))
    by_model: tuple[Measure, ...] = (measure("median", 2.0, 1.0, 3.0), measure("mean", -1.0, -2, 0))
    wars: tuple[ReferenceClass, ...] = (reference("wars", ("a truce", RATES)),)
    all_rows: tuple[Row, ...] = (Row("x", measure(), 0.33333, exact(0.25), (1, 2)),)
    note: str = "a text is no figure"
    checked: bool = True
    nothing: tuple[int, ...] = ()


def shown(found: object, *meaning: str) -> str:
    return printed(validation_summary(found, meaning))


def test_a_figure_stands_with_its_interval_under_the_name_of_its_field() -> None:
    rows = cells(below(shown(Found()), "Single figures"))
    assert rows == [
        ["Mean", "95 % interval"],
        ["brier", "0.1235", "0.1 to 0.2"],
        ["came true", "about 50 %", "40 to 60 %"],
    ]


def test_what_went_in_is_counted_and_listed() -> None:
    rows = cells(below(shown(Found()), "What went in"))
    assert rows == [
        ["talks held", "12,345"],
        ["mean length", "1,235"],
        ["sources used", "wire, letter"],
    ]


def test_a_list_of_measures_is_a_table_of_their_own_names() -> None:
    assert cells(below(shown(Found()), "By model"))[1:] == [
        ["median", "2", "1 to 3"],
        ["mean", "-1", "-2 to 0"],
    ]


def test_a_list_of_results_is_a_table_with_a_column_per_field() -> None:
    head, row = cells(below(shown(Found()), "All rows"))
    assert head == ["who said", "how far", "how often", "of all", "seen in", "unknown"]
    assert row == ["x", "0.5 (0.25 to 0.75)", "0.3333", "25 %", "1, 2"]


def test_reference_classes_are_shown_as_base_rates() -> None:
    assert "a truce" in below(shown(Found()), "Wars")
    checked = RateCheck(classes=(reference("ends", ("a truce", RATES)),), changed=("ends",))

    @dataclass(frozen=True)
    class Checked:
        rates: RateCheck

    assert cells(below(shown(Checked(checked)), "Base rates"))[1][:3] == [
        "ends",
        "1,234",
        "a truce",
    ]
    # A check is itself a result whose classes are figures.
    assert "a truce" in below(shown(checked), "Classes")
    assert cells(below(shown(checked), "What went in")) == [["changed", "ends"]]


def test_texts_answers_and_empty_lists_are_no_figures() -> None:
    told = shown(Found())
    assert "a text is no figure" not in told
    assert "checked" not in told
    assert "nothing" not in told


def test_a_result_without_figures_still_says_what_it_means() -> None:
    @dataclass(frozen=True)
    class Bare:
        note: str = "n"

    told = shown(Bare(), "Nothing can be said.", "Not yet.")
    assert told == "\nWhat that means\n  Nothing can be said.\n  Not yet.\n"
    assert shown(object(), "Nothing.") == "\nWhat that means\n  Nothing.\n"


def test_what_it_means_comes_last() -> None:
    told = shown(Found(), "It can be predicted.")
    assert told.index("What went in") < told.index("What that means")
    assert below(told, "What that means") == "It can be predicted."


@given(
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.integers(0, 10**12),
)
def test_a_figure_is_never_off_by_more_than_its_fourth_digit(value: float, number: int) -> None:
    @dataclass(frozen=True)
    class One:
        length: float
        seen: int

    (_, length), (_, seen) = cells(below(shown(One(value, number)), "What went in"))
    assert math.isclose(float(length.replace(",", "")), value, rel_tol=5.001e-4, abs_tol=0)
    assert int(seen.replace(",", "")) == number


def test_square_brackets_in_a_meaning_are_no_markup() -> None:
    assert "[bold]x[/bold] [/]" in shown(Found(), "[bold]x[/bold] [/]")


def test_each_event_of_a_class_has_a_row_and_the_class_is_named_once() -> None:
    wars = reference("wars", ("a truce", RATES), ("a deal", RATES[:1]))
    told = cells(printed(base_rates_table([wars, reference("talks", ("a deal", ()), n=7)])))
    assert told == [
        ["Class", "n", "Event", "90 days", "1 year", "2 years", "5 years"],
        [
            "wars",
            "1,234",
            "a truce",
            "12.5 % (10 to 15)",
            "50.0 % (40 to 60)",
            "99.9 % (98 to 100)",
        ],
        ["a deal", "12.5 % (10 to 15)"],
        ["talks", "7", "a deal"],
    ]


def test_a_day_that_was_not_counted_leaves_its_cell_empty() -> None:
    lines = printed(base_rates_table([reference("wars", ("a truce", RATES))])).splitlines()
    two_years, five_years = lines[0].index("2 years"), lines[0].index("5 years")
    assert lines[1][two_years:five_years].strip() == ""
    assert lines[1].index("99.9 %") == five_years


def test_every_shipped_class_and_event_is_listed_with_its_size() -> None:
    told = printed(base_rates_summary(shipped().classes), width=250)
    assert told.startswith("\nBase rates, with 95 % intervals\n")
    for one in shipped().classes:
        (line,) = [line for line in told.splitlines() if line.split()[:1] == [one.id]]
        assert f"{one.n:,}" in line.split()
        assert one.events[0].name in line
    events = sum(len(one.events) for one in shipped().classes)
    assert len(told.splitlines()) == events + 3  # A blank line, the title and the head.


def test_no_shipped_rate_lies_outside_its_own_interval() -> None:
    told = printed(base_rates_table(shipped().classes), width=250)
    shares = re.findall(r"([\d.]+) % \((\d+) to (\d+)\)", told)
    assert len(shares) == told.count(" % (") > 20
    for part, low, high in shares:
        # The ends are whole per cent, so half a one may be missing.
        assert int(low) - 0.5 <= float(part) <= int(high) + 0.5


def page(happened: str = "yyn") -> str:
    return printed(score_summary(kept_score(happened)))


def test_an_empty_log_is_counted_and_nothing_is_scored() -> None:
    told = run_on(score_summary(score(ForecastLog(forecasts=(), resolutions=()))))
    assert told == (
        "0 forecasts: 0 resolved, on 0 questions; 0 open, 0 made when it had happened already, 0 "
        "under a scenario. Nothing is resolved yet, so nothing can be scored."
    )


def test_a_log_of_which_nothing_is_known_is_not_scored() -> None:
    told = page("??")
    assert "2 forecasts: 0 resolved" in told
    assert "2 open" in told
    assert "Nothing is resolved yet" in told
    assert "Scores" not in told


def test_scores_are_those_that_one_can_work_out_by_hand() -> None:
    """Forecasts 0.1, 0.6, 0.9 of what came true, came true, did not; base rate 0.3 each time.

    Brier (0.81 + 0.16 + 0.81) / 3 = 0.593, against (0.49 + 0.49 + 0.09) / 3 = 0.357 and 0.25;
    log -ln(0.1 * 0.6 * 0.1) / 3 = 1.705, against -ln(0.3 * 0.3 * 0.7) / 3 = 0.922 and ln 2.
    """
    rows = cells(below(page(), "Scores, where lower is better"))
    assert [row[:5] for row in rows] == [
        ["Score", "Forecasts", "Against", "Its score", "Difference"],
        ["Brier", "0.593", "base rate of its day", "0.357", "+0.237"],
        ["Brier", "0.593", "always 50 %", "0.250", "+0.343"],
        ["Log", "1.705", "base rate of its day", "0.922", "+0.784"],
        ["Log", "1.705", "always 50 %", "0.693", "+1.012"],
    ]
    # Deviations 0.217, -0.433 and 0.217 from the mean: their root mean square, 0.375, over √3.
    assert rows[2][5] == "0.217"


def test_without_a_base_rate_the_share_that_came_true_stands_in_and_is_called_so() -> None:
    found = dataclasses.replace(kept_score(), known_base_rate=False)
    told = printed(score_summary(found))
    assert told.count("share that came true") == 2
    assert "base rate of its day" not in told


def test_one_question_alone_has_no_error_and_the_reader_is_told_why() -> None:
    told = page("y")
    assert "One question alone says nothing of how well the next is forecast." in told
    assert [row[5] for row in cells(below(told, "Scores, where lower is better"))[1:5]] == (
        ["unknown"] * 4
    )
    assert "One question alone" not in page("yn")


def test_reliability_says_how_often_what_was_said_came_true() -> None:
    title = "Reliability: what was said, and what happened"
    head, *rows = cells(below(page("yynnyy"), title))
    assert head == ["Said", "Mean", "Came true", "95 % interval"]
    # Said twice each: 10 %, 60 %, 90 %; the first, second, fifth and last came true.
    assert [row[1:3] for row in rows] == [
        ["10 %", "1 of 2"],
        ["60 %", "2 of 2"],
        ["90 %", "1 of 2"],
    ]
    for said, mean, *_ in rows:
        low, high = map(int, said.removesuffix(" %").split(" to "))
        assert low <= int(mean.removesuffix(" %")) <= high


@given(st.text(alphabet="yn?", min_size=1, max_size=30))
def test_every_resolved_forecast_is_in_one_row_of_reliability(happened: str) -> None:
    told = page(happened)
    known = [letter for letter in happened if letter != "?"]
    assert f"{number_of(len(happened), 'forecast')}: {len(known)} resolved" in told
    if known:
        rows = cells(below(told, "Reliability: what was said, and what happened"))[1:]
        counts = [row[2].split(" of ") for row in rows]
        assert sum(int(drawn) for _, drawn in counts) == len(known)
        assert sum(int(hits) for hits, _ in counts) == known.count("y")


def test_lines_that_could_not_be_read_are_named_and_never_hide_the_rest() -> None:
    found: ScoreReport = dataclasses.replace(kept_score(), dropped=("line 3: [red] no JSON",))
    told = printed(score_summary(found))
    assert "line 3: [red] no JSON\n" in told
    assert "Scores, where lower is better" in told


@pytest.mark.parametrize("width", [60, 80, 120])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    every: list[RenderableType] = [
        validation_summary(Found(), ["It can’t be predicted. " * 9]),
        base_rates_summary(shipped().classes),
        score_summary(kept_score("yynnyy")),
    ]
    for part in every:
        assert max(map(len, printed(part, width=width).splitlines())) <= width
