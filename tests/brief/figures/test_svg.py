import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.brief.figures.svg import (
    SIZE,
    WIDTH,
    Scale,
    block,
    drawing,
    label,
    width_of,
    wrapped,
)


def test_a_scale_is_straight_and_stays_within_its_ends() -> None:
    scale = Scale(low=0, high=100, start=10, end=30)
    assert [scale(n) for n in (0, 50, 100, -5, 1000)] == [10, 20, 30, 10, 30]


def test_a_scale_may_run_upwards_on_paper() -> None:
    scale = Scale(low=0, high=1, start=200, end=0)
    assert scale(0.25) == 150


def test_a_drawing_is_one_picture_with_title_and_description() -> None:
    svg = drawing("fig-x", "A title", "A description", 50, label(1, 2, "a"), class_="x")
    attributes = dict(svg.attributes)
    assert attributes["role"] == "img"
    assert attributes["viewBox"] == f"0 0 {WIDTH:g} 50"
    assert attributes["aria-labelledby"] == "fig-x-title fig-x-desc"
    tags = [c.tag for c in svg.children if not isinstance(c, str)]
    assert tags == ["title", "desc", "text"]


def test_lines_of_a_block_stand_below_each_other() -> None:
    heights = [dict(line.attributes)["y"] for line in block(0, 10, ("a", "b"))]
    assert heights == ["10", f"{10 + SIZE + 2:g}"]


def test_wide_letters_count_as_wide_and_marks_as_nothing() -> None:
    assert width_of("東京", 10) > 1.8 * width_of("ab", 10)
    assert width_of("a\u0301", 10) == width_of("a", 10)
    assert width_of("\u2068a\u2069", 10) == width_of("a", 10)


@pytest.mark.parametrize(
    ("text", "lines", "result"),
    [
        ("one two three four", 3, ("one two", "three", "four")),
        ("one two three four", 2, ("one two", "three…")),
        ("one two three four", 1, ("one two…",)),
        ("", 2, ()),
        ("abcdefghijklmnop", 2, ("abcdefgh", "ijklmnop")),
    ],
)
def test_text_is_broken_into_lines(text: str, lines: int, result: tuple[str, ...]) -> None:
    assert wrapped(text, 60, lines) == result


@given(st.text(max_size=200), st.integers(1, 4))
def test_lines_fit_are_no_more_than_allowed_and_lose_nothing_silently(
    text: str, lines: int
) -> None:
    found = wrapped(text, 120, lines)
    assert len(found) <= lines
    assert all(width_of(line) <= 120 or len(line) * SIZE * 0.56 <= 120 for line in found)
    whole = "".join("".join(found).split())
    if not whole.endswith("…"):
        assert len(whole) <= len(text)
