import io
from typing import Any

from rich.console import Console

from goodoffices.brief.outlook_terminal import outlook_summary
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
    assert "Food: 2e+02" in out or "Food: 200" in out


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
