from dataclasses import replace

import pytest

from goodoffices.brief.figures.unknowns import draw_unknowns, ground, moves
from goodoffices.brief.gaps import MOST_BARS, MOST_ROWS, draw_gaps, tell_rest
from goodoffices.brief.material import Material
from goodoffices.deals.results import Unknown
from tests.brief.cases import basic, material, words


def unknown(share: float, error: float = 0.01, **changes: object) -> Unknown:
    row = Unknown(
        path="demands.stay.firmness", share=share, error=error, founded="assumed", blank=False
    )
    return replace(row, **changes)  # type: ignore[arg-type]


def with_unknowns(*rows: Unknown) -> Material:
    return material(result=replace(basic()[1], unknowns=rows))


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (unknown(0.5), "assumed"),
        (unknown(0.5, founded="claimed"), "claimed"),
        (unknown(0.5, founded="unfounded"), "assumed"),
        (unknown(0.5, founded="claimed", blank=True), "unknown"),
    ],
)
def test_an_input_is_claimed_assumed_or_unknown(row: Unknown, said: str) -> None:
    assert ground(row) == said


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (unknown(0.503, 0.009), "50 ± 2\u202f%"),
        (unknown(0.014, 0.002), "1 ± 1\u202f%"),
        (unknown(0.002, 0.001), "under 1\u202f%"),
        (unknown(0.002, 0.02), "0 ± 4\u202f%"),
    ],
)
def test_a_share_of_the_variance_comes_with_its_error(row: Unknown, said: str) -> None:
    assert moves(row) == said


def test_only_inputs_that_stand_out_are_drawn_but_all_are_in_the_table() -> None:
    figure = draw_gaps(with_unknowns(unknown(0.6), unknown(0.01)))
    assert figure is not None
    assert len(figure.drawings) == 1
    assert figure.table is not None
    assert [words(row.cells[1]) for row in figure.table.rows] == ["60 ± 2 %", "1 ± 2 %"]


def test_where_no_input_stands_out_there_is_a_table_only() -> None:
    figure = draw_gaps(with_unknowns(unknown(0.001)))
    assert figure is not None
    assert figure.drawings == ()
    assert draw_gaps(with_unknowns()) is None


def test_a_long_list_is_cut_and_the_rest_counted() -> None:
    given = with_unknowns(*(unknown(0.05) for _ in range(MOST_ROWS + 7)))
    figure = draw_gaps(given)
    assert figure is not None
    assert figure.table is not None
    assert len(figure.table.rows) == MOST_ROWS
    assert words(figure.table.more) == "7 more inputs move the answer less."
    assert f"{MOST_ROWS + 7 - MOST_BARS} further uncertain inputs are not drawn" in words(
        figure.caption
    )


def test_what_only_inputs_together_explain_is_said() -> None:
    assert "About 20 % of the variance comes from how inputs fall together" in words(
        tell_rest(with_unknowns(unknown(0.8)))
    )
    assert "fall together" not in words(tell_rest(with_unknowns(unknown(0.97))))


@pytest.mark.parametrize(("share", "top"), [(0.05, "20"), (0.3, "40"), (0.7, "100")])
def test_the_scale_fits_the_largest_share(share: float, top: str) -> None:
    drawing = draw_unknowns((unknown(share),), material().naming)
    ticks = [words(c.children) for c in drawing.children if not isinstance(c, str)]
    assert f"{top} %" in ticks
