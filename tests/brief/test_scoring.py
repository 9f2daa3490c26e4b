from dataclasses import replace

from goodoffices.brief import render_score
from goodoffices.brief.scoring import draw_record, tabulate_scores, tell_record
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
