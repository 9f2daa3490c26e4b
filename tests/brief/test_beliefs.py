from dataclasses import replace

from goodoffices.brief.beliefs import tabulate_beliefs, tabulate_scales, tabulate_trust
from tests.brief.cases import ahead, words


def test_a_belief_is_shown_before_and_after_what_moved_it() -> None:
    table = tabulate_beliefs(ahead())
    assert table is not None
    (row,) = table.rows
    said = [words(cell) for cell in row.cells]
    assert said[:2] == ["East means it", "East"]
    assert said[2] != said[3]
    assert said[4] == "0.5 times the odds: A storm closes the strip, 10 January 2020"


def test_the_ratio_of_an_event_leads_to_what_it_rests_on() -> None:
    table = tabulate_beliefs(ahead())
    assert table is not None
    shown = table.rows[0].cells[4][0]
    assert not isinstance(shown, str)
    assert dict(shown.attributes)["href"] == "#a-outlook.events.storm"


def test_a_belief_that_no_event_moved_says_so() -> None:
    given = ahead()
    (belief,) = given.report.beliefs
    still = ahead(report=replace(given.report, beliefs=(replace(belief, moves=()),)))
    table = tabulate_beliefs(still)
    assert table is not None
    assert words(table.rows[0].cells[4]) == "nothing yet"


def test_promises_kept_and_broken_are_counted_with_their_source() -> None:
    table = tabulate_trust(ahead())
    assert table is not None
    (row,) = table.rows
    said = [words(cell) for cell in row.cells]
    assert said[0] == "Trust of East that West keeps its word"
    assert said[1:3] == ["3", "4"]
    assert said[5] == "C2"


def test_where_an_issue_would_end_is_a_span_of_options() -> None:
    table = tabulate_scales(ahead())
    assert table is not None
    strip = next(row for row in table.rows if words(row.cells[0]) == "Length of the strip")
    assert " and " in words(strip.cells[1])
    assert "(" in words(strip.cells[3])
    assert "nothing of whether they agree here" in words(table.more)


def test_what_a_case_does_not_hold_has_no_table() -> None:
    given = ahead()
    bare = ahead(report=replace(given.report, beliefs=(), trust=(), scales=()))
    assert tabulate_beliefs(bare) is tabulate_trust(bare) is tabulate_scales(bare) is None
