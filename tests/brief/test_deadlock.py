"""Question 7: why nobody moves, in words and tables."""

from dataclasses import replace

import pytest

from goodoffices.brief.deadlock import (
    MOST_RESTS,
    explain,
    gloss,
    said,
    tabulate_equilibria,
    tabulate_leaving,
    tabulate_shares,
    verdict,
)
from goodoffices.brief.elements import Element
from goodoffices.brief.tables import Table
from goodoffices.moves import Concept, moves
from goodoffices.moves.results import EquilibriumReport, Move, TemptationReport
from tests.brief.cases import deadlock, only_moves, stuck, words


def lines(table: Table | None) -> list[str]:
    assert table is not None
    return [" | ".join(words(cell) for cell in row.cells) for row in table.rows]


def tempted(deterred: str, harm: tuple[str, ...] = ()) -> TemptationReport:
    report = stuck()[1]
    there = report.states[1].id
    move = Move(by="west", source=report.status_quo, target=there, takes=("land",), drops=(),
                gains=True, harm=harm)  # fmt: skip
    answer = Move(by="norway", source=there, target=report.status_quo, takes=("vouch",), drops=(),
                  gains=deterred == "credibly", harm=())  # fmt: skip
    return TemptationReport(
        move=move,
        deterred=deterred,  # type: ignore[arg-type]
        answer=() if deterred == "no" else (answer,),
    )


def leaving_of(*temptations: TemptationReport, more: int = 0) -> list[str]:
    report = stuck()[1]
    first = replace(report.leaving[0], temptations=temptations, more=more)
    changed = replace(report, leaving=(first, *report.leaving[1:]))
    return lines(tabulate_leaving(deadlock(report=changed)))


def test_the_answer_says_every_sentence_of_the_result_in_its_order() -> None:
    text = words(explain(deadlock()))
    places = [text.index(one.text.removesuffix(".")) for one in stuck()[1].why]
    assert places == sorted(places)
    assert text.endswith(".")


def test_each_sentence_leads_to_the_preferences_and_options_that_it_rests_on() -> None:
    links = [p for p in explain(deadlock()) if isinstance(p, Element) and p.tag == "a"]
    goals = [dict(link.attributes)["href"] for link in links]
    assert goals[:3] == ["#pm-west", "#pm-east", "#pm-norway"]
    assert {"#mm-land", "#mm-patrol", "#mm-vouch"} <= set(goals)


def test_sentences_in_a_row_that_rest_on_the_same_say_so_once() -> None:
    report = stuck()[1]
    twice = replace(report, why=(report.why[0], replace(report.why[0], text="And again.")))
    assert words(explain(deadlock(report=twice))) == (f"{report.why[0].text} And again P1 P2 P3.")


def test_what_rests_on_no_preference_and_no_option_leads_to_its_claims() -> None:
    assert words(deadlock().refs(["demands.withdraw", "positions.east.strip"])) == "C2 A4"


def test_the_verdict_stands_by_itself() -> None:
    text = words(verdict(deadlock()))
    assert text.startswith("The status quo is ")
    assert text.endswith(".")


def test_a_sentence_with_names_of_the_case_runs_from_left_to_right() -> None:
    (part,) = said("شرق moves\u202e.")
    assert isinstance(part, Element)
    assert (part.tag, dict(part.attributes)["dir"]) == ("bdi", "ltr")
    assert part.children == ("شرق moves.",)


def test_a_state_is_named_and_leads_to_its_row() -> None:
    given = deadlock()
    assert words(given.state(given.report.status_quo)) == "the status quo (1)"
    assert words(given.number(given.report.status_quo)) == "1"
    assert words(given.state("gone")) == "gone"
    assert words(given.number("gone")) == "gone"


def test_a_move_says_what_is_taken_and_what_is_dropped() -> None:
    given = deadlock()
    move = Move(by="west", source="", target="", takes=("land",), drops=("leave",), gains=True,
                harm=())  # fmt: skip
    assert words(given.doing(move)) == "taking “Land at night” and dropping “Leave the strip”"
    assert words(given.steps((move, move))).startswith("West takes “Land at night” and drops")
    assert words(given.doing(replace(move, takes=(), drops=()))) == "taking another course"


def test_who_could_gain_stands_with_what_deters_it_and_what_that_rests_on() -> None:
    (line, *_) = leaving_of(tempted("credibly"))
    assert line == (
        "the status quo (1) | West, by taking “Land at night” | "
        "firmly: Norway takes “Vouch for both”; pays whoever does it | P1 M1 P3 M4"
    )


@pytest.mark.parametrize(
    ("deterred", "start"), [("possibly", "weakly: Norway"), ("no", "nothing: nobody can take")]
)
def test_a_weak_deterrent_and_none_are_told_apart(deterred: str, start: str) -> None:
    (line, *_) = leaving_of(tempted(deterred))
    assert line.split(" | ")[2].startswith(start)


def test_a_move_that_adds_harm_is_marked_as_a_risk() -> None:
    (line, *_) = leaving_of(tempted("no", harm=("land",)))
    assert "▲ a risk: adds harm" in line


def test_where_nobody_could_gain_that_is_said() -> None:
    assert leaving_of()[0].startswith("the status quo (1) | nobody, by a move of their own | –")


def test_of_a_named_state_only_the_best_move_of_each_is_shown_and_the_rest_counted() -> None:
    report = stuck()[1]
    raid = next(n for n in report.named if n.id == "raid").listed[0]
    several = tuple(
        replace(one, temptations=(tempted("no"),) * 3, more=2) if one.state == raid else one
        for one in report.leaving
    )
    table = tabulate_leaving(deadlock(report=replace(report, leaving=several)))
    assert sum("A raid" in line for line in lines(table)) == 3
    assert words(table.more) == "2 more moves that pay are in the table of states."


def test_equilibria_say_how_firm_they_are_and_how_the_status_quo_leads_there() -> None:
    found = lines(tabulate_equilibria(deadlock()))
    assert found[0].startswith("the status quo (1) | stable by itself (Nash) | is the status quo")
    assert "one move, which does not pay" in found[1]
    assert "▲ a risk: through harm" in found[5]


def test_a_state_that_adds_harm_is_never_set_above_another() -> None:
    report = stuck()[1]
    harmful = {state.id for state in report.states if state.harm}
    here = report.equilibria.listed[0]
    assert harmful & set(here.dominated_by)
    given = deadlock()
    numbers = {str(given.numbers[pattern]) for pattern in harmful}
    shown = lines(tabulate_equilibria(given))[0].split(" | ")[3]
    assert not numbers & set(shown.replace(" and ", ", ").split(", "))


def test_each_sense_of_stable_is_glossed_once_below_the_table() -> None:
    table = tabulate_equilibria(deadlock())
    assert table is not None
    assert words(table.more).count("Stable by itself (Nash): nobody gains") == 1


def test_more_equilibria_than_fit_are_counted() -> None:
    report = stuck()[1]
    many = replace(report.equilibria, listed=report.equilibria.listed * 9, total=99)
    table = tabulate_equilibria(deadlock(report=replace(report, equilibria=many)))
    assert len(lines(table)) == MOST_RESTS
    assert table is not None
    assert words(table.more).endswith(f"Not shown: {99 - MOST_RESTS} more.")


@pytest.mark.parametrize(
    ("improvements", "way", "text"),
    [
        (1, 1, "one move, which pays"),
        (2, 2, "two moves, each of which pays"),
        (None, 1, "one move, which does not pay"),
        (None, None, "no way leads there"),
    ],
)
def test_the_way_to_an_equilibrium_is_told(
    improvements: int | None, way: int | None, text: str
) -> None:
    report = stuck()[1]
    step = tempted("no").move
    one = EquilibriumReport(
        state=report.states[1].id,
        concepts=(Concept.SEQ,),
        improvements=None if improvements is None else (step,) * improvements,
        moves=None if way is None else (step,) * way,
        dominated_by=(),
    )
    listed = replace(report.equilibria, listed=(one,), total=1)
    assert (
        text in lines(tabulate_equilibria(deadlock(report=replace(report, equilibria=listed))))[0]
    )


def test_without_an_equilibrium_there_is_no_table() -> None:
    report = stuck()[1]
    none = replace(report.equilibria, listed=(), total=0)
    assert tabulate_equilibria(deadlock(report=replace(report, equilibria=none))) is None


def test_shares_stand_only_where_preferences_are_uncertain() -> None:
    found = lines(tabulate_shares(deadlock()))
    assert found[0].startswith("The status quo | above 98 %")
    case = only_moves()
    assert tabulate_shares(deadlock(case, moves(case))) is None


def test_no_concept_means_not_stable() -> None:
    assert gloss(()) == "not stable"
    assert gloss((Concept.GMR,)) == "stable because of what others could do in return (GMR)"
