import datetime as dt
from dataclasses import replace

import pytest

from goodoffices.brief.beliefs import tabulate_beliefs, tabulate_scales, tabulate_trust
from goodoffices.outlook.bands import Band
from goodoffices.outlook.results import BeliefMove, ScalePrediction
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


def settled(*chances: float, mass: float = 0.85) -> list[str]:
    """Return the row of an issue whose options have these chances."""
    options = dict(zip(("none", "buoys", "ships"), chances, strict=True))
    one = ScalePrediction(
        issue="watch", options=options, first="buoys", last="ships", mass=mass, positions=()
    )
    given = ahead()
    table = tabulate_scales(ahead(report=replace(given.report, scales=(one,))))
    assert table is not None
    return [words(cell) for cell in table.rows[0].cells]


@pytest.mark.parametrize(
    ("chance", "written"),
    [
        (1.0, "100 %"),
        (1 - 1e-12, "100 %"),
        (0.99, "above 97 %"),
        (0.974, "95 %"),
        (0.62, "60 %"),
        (0.63, "65 %"),
    ],
)
def test_where_an_issue_ends_is_told_in_steps_of_five_and_never_as_certain_if_it_is_not(
    chance: float, written: str
) -> None:
    row = settled(0.0, 1 - chance, chance, mass=chance)
    assert row == ["Who watches", "Buoys and Ships", written, f"Ships ({written})"]


def test_the_likeliest_option_may_lie_anywhere() -> None:
    assert settled(0.5, 0.25, 0.25)[3] == "Nobody (50 %)"
    assert settled(0.25, 0.5, 0.25)[3] == "Buoys (50 %)"


def test_a_ratio_that_was_capped_says_so_and_moves_stand_in_order() -> None:
    given = ahead()
    (known,) = given.report.beliefs
    after = Band(low=0.5, central=0.5, high=0.5)
    moves = tuple(
        BeliefMove(
            event="storm",
            date=dt.date(2020, 1, day),
            ratio=ratio,
            capped=capped,
            left=1.0,
            after=after,
        )
        for day, ratio, capped in ((3, 0.3333, False), (9, 20.0, True))
    )
    table = tabulate_beliefs(
        ahead(report=replace(given.report, beliefs=(replace(known, moves=moves),)))
    )
    assert table is not None
    assert words(table.rows[0].cells[4]) == (
        "0.33 times the odds: A storm closes the strip, 3 January 2020; "
        "20 times the odds, capped: A storm closes the strip, 9 January 2020"
    )


@pytest.mark.parametrize(
    ("differs", "said"), [(True, "yes: set it anew, or say why it differs"), (False, "no")]
)
def test_a_record_that_speaks_against_the_cases_own_number_says_so(
    differs: bool, said: str
) -> None:
    given = ahead()
    (known,) = given.report.trust
    table = tabulate_trust(
        ahead(report=replace(given.report, trust=(replace(known, differs=differs),)))
    )
    assert table is not None
    assert words(table.rows[0].cells[4]) == said


def test_every_table_of_beliefs_is_a_card_on_a_narrow_screen() -> None:
    given = ahead()
    tables = (tabulate_beliefs(given), tabulate_trust(given), tabulate_scales(given))
    assert all(table is not None and table.stacks for table in tables)
    for table in tables:
        assert table is not None
        assert all(len(row.cells) == len(table.columns) for row in table.rows)
