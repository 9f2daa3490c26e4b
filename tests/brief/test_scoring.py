from dataclasses import replace
from typing import Any

import pytest

from goodoffices.brief import render_score
from goodoffices.brief.scoring import draw_record, tabulate_scores, tell_record
from goodoffices.outlook.record import ScoreReport
from tests.brief.cases import HOSTILE, kept_score, words
from tests.brief.reading import by_id, read


def test_what_is_counted_is_told_in_one_sentence() -> None:
    said = words(tell_record(kept_score("yyn-")))
    assert said.startswith(
        "Of 4 forecasts that were written down, 3 are scored, on 3 questions; 1 "
    )


def test_without_anything_resolved_nothing_is_scored() -> None:
    found = kept_score("--")
    assert words(tell_record(found)).endswith("so nothing can be scored.")
    assert tabulate_scores(found) is None
    assert draw_record(found) is None


def test_one_question_says_nothing_of_the_next() -> None:
    assert "One question alone" in words(tell_record(kept_score("y")))


def test_a_difference_within_its_error_is_no_difference() -> None:
    assert "can’t be told from the base rate" in words(tell_record(kept_score("yyn")))


def test_forecasts_that_clearly_beat_the_base_rate_are_said_to() -> None:
    assert "nearer to what happened" in words(tell_record(kept_score("nyy" * 20)))
    assert "farther from it" in words(tell_record(kept_score("ynn" * 20)))


def test_lines_that_cannot_be_read_and_late_ones_are_counted() -> None:
    found = replace(kept_score(), late=2, scenarios=1, dropped=("line 3",))
    said = words(tell_record(found))
    assert "2 made when it had happened already, 1 made under a scenario, 1 can’t be read" in said


def test_scores_stand_beside_what_they_are_compared_with() -> None:
    table = tabulate_scores(kept_score())
    assert table is not None
    assert [words(row.cells[2]) for row in table.rows] == [
        "the base rate of its day", "always one half",
    ] * 2  # fmt: skip
    hindsight = tabulate_scores(replace(kept_score(), known_base_rate=False))
    assert hindsight is not None
    assert words(hindsight.rows[0].cells[2]) == "the share that came true"


def test_the_page_of_scores_is_whole_and_asks_for_nothing() -> None:
    tree = read(render_score("The strip", kept_score()))
    places = by_id(tree)
    assert all(a.attributes["href"][1:] in places for a in tree.all("a"))
    assert tree.all("h1")[0].text == "The strip"
    assert len(tree.all("svg", "reliability")) == 1
    assert not tree.all("script")


def test_a_page_without_scores_has_no_picture() -> None:
    tree = read(render_score("x", kept_score("-")))
    assert tree.all("svg") == []
    assert "nothing can be scored" in tree.text


def test_a_hostile_title_comes_out_as_words() -> None:
    tree = read(render_score(HOSTILE[0], kept_score()))
    assert tree.all("h1")[0].text == HOSTILE[0]


def compared(difference: float, error: float | None, **changes: Any) -> ScoreReport:
    """Return a score whose Brier score differs from the base rate's by so much."""
    found = kept_score()
    assert found.card is not None
    against = replace(found.card.brier_to_base_rate, difference=difference, error=error)
    return replace(found, card=replace(found.card, brier_to_base_rate=against), **changes)


def verdict(found: ScoreReport) -> str:
    return words(tell_record(found)).partition(" open. ")[2]


@pytest.mark.parametrize(
    ("difference", "error", "said"),
    [
        (-0.25, 0.0625, "They were nearer to what happened than the base rate of their day, by"),
        (0.25, 0.0625, "They were farther from it than the base rate of their day, by more than"),
        (-0.125, 0.0625, "They can’t be told from the base rate of their day: the difference lies"),
        (0.125, 0.0625, "They can’t be told from the base rate of their day: the difference lies"),
        (0.0, 0.0, "They can’t be told from the base rate of their day: the difference lies"),
        (-0.25, None, "One question alone says nothing of how well the next is forecast."),
    ],
)
def test_a_verdict_needs_a_difference_of_more_than_two_errors(
    difference: float, error: float | None, said: str
) -> None:
    assert verdict(compared(difference, error)).startswith(said)


def test_a_verdict_names_hindsight_where_no_base_rate_was_known() -> None:
    said = verdict(compared(-0.25, 0.0625, known_base_rate=False))
    assert said.startswith("They were nearer to what happened than the share that came true")


@pytest.mark.parametrize(("questions", "said"), [(1, "1 question;"), (2, "2 questions;")])
def test_questions_are_counted(questions: int, said: str) -> None:
    assert f" are scored, on {said} 0 are open. " in words(
        tell_record(replace(kept_score(), questions=questions))
    )


def test_what_there_is_none_of_is_not_counted() -> None:
    said = words(tell_record(kept_score()))
    for part in ("already", "scenario", "can’t be read"):
        assert part not in said
    only = words(tell_record(replace(kept_score(), scenarios=2)))
    assert "0 are open, 2 made under a scenario. " in only
    assert "already" not in only


def test_scores_are_those_that_one_can_work_out_by_hand() -> None:
    """Forecasts 0.1, 0.6, 0.9 of what came true, came true, did not; base rate 0.3 each time.

    Brier (0.81 + 0.16 + 0.81) / 3 = 0.593, against (0.49 + 0.49 + 0.09) / 3 = 0.357 and 0.25.
    """
    table = tabulate_scores(kept_score())
    assert table is not None
    rows = [[words(cell) for cell in row.cells] for row in table.rows]
    assert rows[0][:5] == ["Brier", "0.593", "the base rate of its day", "0.357", "+0.237"]
    assert rows[1] == ["Brier", "0.593", "always one half", "0.250", "+0.343", "0.217"]
    assert [row[0] for row in rows] == ["Brier", "Brier", "Log", "Log"]


@pytest.mark.parametrize(
    ("difference", "error", "written"),
    [(-0.25, 0.0625, ["−0.250", "0.062"]), (0.0, None, ["+0.000", "unknown"])],
)
def test_a_difference_has_a_sign_and_an_error_or_says_that_none_is_known(
    difference: float, error: float | None, written: list[str]
) -> None:
    table = tabulate_scores(compared(difference, error))
    assert table is not None
    assert [words(cell) for cell in table.rows[0].cells[4:]] == written


def test_each_range_of_forecasts_stands_with_how_often_it_came_true() -> None:
    figure = draw_record(kept_score("yynnyy"))
    assert figure is not None
    assert figure.table is not None
    rows = [[words(cell) for cell in row.cells] for row in figure.table.rows]
    assert [row[1:3] for row in rows] == [
        ["10 %", "1 of 2"],
        ["60 %", "2 of 2"],
        ["90 %", "1 of 2"],
    ]
    for said, mean, *_ in rows:
        low, high = map(int, said.removesuffix(" %").split(" to "))
        assert low <= int(mean.removesuffix(" %")) <= high
        assert high - low == 10
