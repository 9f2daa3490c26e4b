import dataclasses
import io
import re

import pytest
from rich.console import Console

from goodoffices import catalog
from goodoffices.brief.moves_terminal import moves_summary
from goodoffices.case import Case
from goodoffices.moves import MovesReport, moves
from goodoffices.moves.words import GLOSSES
from tests.moves.cases import PRISONERS, conflict, river, strait


def text(case: Case, result: MovesReport | None = None, width: int = 140, **asked: object) -> str:
    page = io.StringIO()
    result = result or moves(case, **asked)  # type: ignore[arg-type]
    Console(file=page, width=width, highlight=False).print(moves_summary(case, result))
    return page.getvalue()


def flat(*given: object, **asked: object) -> str:
    return " ".join(text(*given, **asked).split())  # type: ignore[arg-type]


def test_the_summary_answers_the_questions_in_order() -> None:
    shown = text(river())
    titles = [
        "Why nobody moves",
        "Who would want to leave, and what deters them",
        "Where it could rest",
        "The way to “Troops out”",
        "What would have to change",
        "Who could leave together",
        "What could be done that adds harm",
        "How this was obtained",
    ]
    places = [shown.index(title) for title in titles]
    assert places == sorted(places)


@pytest.mark.parametrize("width", [60, 80, 140])
@pytest.mark.parametrize("name", ["cuba-1962", "garrison-1976"])
def test_no_line_is_wider_than_the_terminal(name: str, width: int) -> None:
    assert max(map(len, text(catalog.load(name), width=width).splitlines())) <= width


def test_sentences_stand_with_what_they_rest_on() -> None:
    shown = flat(river())
    assert "In the status quo nobody could gain by moving alone." in shown
    assert "Rests on claims: no-word, trade; assumptions at moves.preferences.north" in shown


def test_a_temptation_stands_with_its_answer() -> None:
    shown = flat(conflict(PRISONERS))
    assert (
        "- Row would gain by dropping “A”; answer: Column dropping “B” (which pays whoever does it)"
    ) in shown


def test_each_concept_that_is_used_is_explained_once() -> None:
    shown = flat(catalog.load("elmira-1991"))
    for concept in ("nash", "smr"):
        gloss = GLOSSES[concept]  # type: ignore[index]
        assert shown.count(f"{gloss[:1].upper()}{gloss[1:]}:") == 1
    assert "(SSEQ):" not in shown


def test_harm_is_shown_as_a_risk_and_never_as_a_step() -> None:
    shown = flat(catalog.load("cuba-1962"))
    assert "1 path passes through a move marked as harm; not shown." in shown
    assert "Shown as risks; nothing here is a proposal." in shown
    way = shown.partition("The way to")[2].partition("Who could leave together")[0]
    assert "“Air strike”" not in way.partition("What would have to change")[0]
    assert "“Escalate”" not in way.partition("What would have to change")[0]
    for found in re.finditer("taking “Air strike”[^;]*", shown):
        told = found.group()
        assert "a risk" in told or "answer" in shown[: found.start()][-80:], told


def test_a_target_that_adds_harm_is_no_proposal() -> None:
    assert "holds more harm: a risk to know, no proposal." in flat(river(), target="war")


def test_a_first_step_of_a_third_party_is_marked() -> None:
    assert (
        "- A first step could open one: The office (a third party) taking “Guarantee it”;"
        in flat(river())
    )


def test_a_way_that_pays_is_told() -> None:
    assert (
        "Every move pays on this way: North taking “Withdraw”, then South taking “Lift the "
        "blockade”."
    ) in flat(river({"options/guard/taken": True}))


def test_what_needs_no_change_says_so() -> None:
    assert "stable because of what others would do in return (SEQ) none: it is" in flat(
        conflict(PRISONERS)
    )


def test_statements_that_would_move_are_counted() -> None:
    case = conflict(
        {
            "options": {"a": {"by": "x"}, "b": {"by": "y"}},
            "states": {"agreement": {"when": "not a and b"}},
            "preferences": {"x": {"statements": ["a", "not a if b"]}, "y": {"statements": "b"}},
        }
    )
    shown = flat(case)
    assert "Neighbouring places swapped Statements moved stable by itself (Nash) 1 1" in shown
    assert "- NASH, SSEQ, SEQ, SMR, GMR, in " in shown


def test_where_no_order_of_statements_will_do_it_is_said() -> None:
    case = conflict(
        {
            "options": {"a": {"by": "x"}, "b": {"by": "y"}},
            "states": {"agreement": {"when": "not a and b"}},
            "preferences": {"x": {"statements": "a"}, "y": {"statements": "b"}},
        }
    )
    assert "stable by itself (Nash) 1 no such change would do" in flat(case)


def test_shares_are_shown_where_preferences_are_uncertain() -> None:
    scores = {"scores": {"not war": 5, "agreement": "3..9", "war": 0}, "assumed": "team: x"}
    shown = flat(river({"preferences/office": scores}), draws=200)
    assert "How sure" in shown
    assert "Exact at face value, over 9 states; shares from 200 draws, seed 0." in shown
    assert "How sure" not in flat(river())
    assert "Exact, over 9 states." in flat(river())


def test_long_lists_say_how_many_more_there_are() -> None:
    shown = flat(catalog.load("garrison-1976"))
    assert "... and 15 more states." in shown
    assert re.search(r"\.\.\. and \d+ more \(in all: NASH 7, ", shown)


def test_a_case_without_equilibrium_says_so() -> None:
    case = catalog.load("chicken")
    report = moves(case)
    none = dataclasses.replace(report.equilibria, listed=(), total=0)
    assert "None: in every state somebody would gain" in flat(
        case, dataclasses.replace(report, equilibria=none)
    )


def test_the_scenario_is_named_and_its_case_is_shown() -> None:
    shown = flat(catalog.load("elmira-1991"), scenario="town-insists")
    assert "scenario: The town has begun to insist" in shown
    assert "- Ministry of the Environment and Uniroyal, to “Modified order accepted," in shown


def test_markup_in_a_name_is_shown_as_it_stands() -> None:
    case = river({"options/lift/name": "[bold]Lift[/bold]"})
    assert "“[bold]Lift[/bold]”" in flat(case)


def test_a_case_by_its_moves_is_told_in_the_names_of_its_states() -> None:
    shown = flat(strait(), moves(strait()), 300)
    assert "In the status quo Office would gain by moving to “Patrols watched”" in shown
    assert "The state where it ends is stable by itself (Nash)." in shown
    assert "- North: “Shots fired” would not pay now" in shown
    assert "- South: “War” can't be taken from the status quo" in shown
    assert "1 path passes through a move marked as harm; not shown." in shown
    # More harm is never set above less, whoever might prefer it.
    assert "by 2 moves, not all of which pay; a way through harm: a risk “Patrols" in shown


def test_a_risk_that_pays_in_some_draws_says_in_how_many() -> None:
    data = {
        "options": {"strike": {"by": "north", "harm": True}, "lift": {"by": "south"}},
        "preferences": {
            "north": {"scores": {"strike": "0..4", "not strike": 1}},
            "south": {"statements": "lift"},
        },
    }
    shown = flat(conflict(data), draws=2000)
    assert (
        "North: “Strike” would pay in about 75 % of the draws; at face value it would pay, and"
        in shown
    )


def test_which_state_of_the_target_needs_no_change_is_named() -> None:
    report = moves(catalog.load("elmira-1991"))
    label = report.state("YNYNY").label
    assert f"stable by itself (Nash) none: {label} is" in flat(
        catalog.load("elmira-1991"), report, width=400
    )
