import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.brief.elements import Element
from goodoffices.brief.figures.svg import WIDTH
from goodoffices.brief.figures.waterfall import Step, draw_waterfall


def step(before: float, after: float, label: str = "A step", **ends: float) -> Step:
    return Step(label=label, before=before, after=after, text="+5 → 10 %", **ends)


def drawn(*steps: Step) -> Element:
    return draw_waterfall("f", "Title", "Description", steps)


def bars(drawing: Element) -> list[dict[str, str]]:
    found = (s for s in drawing.children if isinstance(s, Element) and s.tag == "rect")
    return [dict(s.attributes) for s in found]


def ends(bar: dict[str, str]) -> tuple[float, float]:
    return float(bar["x"]), float(bar["x"]) + float(bar["width"])


def test_each_bar_begins_where_the_one_before_ended() -> None:
    first, second, third = bars(drawn(step(0, 0.13), step(0.13, 0.05), step(0.05, 0.09)))
    assert ends(first)[1] == pytest.approx(ends(second)[1], abs=0.2)
    assert ends(second)[0] == pytest.approx(ends(third)[0], abs=0.2)


def test_what_takes_away_is_told_from_what_adds_without_colour() -> None:
    more, less = bars(drawn(step(0, 0.2), step(0.2, 0.1)))
    assert "solid" in more["class"]
    assert "hollow" in less["class"]


def test_a_step_that_moves_nothing_can_still_be_seen() -> None:
    (bar,) = bars(drawn(step(0.1, 0.1)))
    assert float(bar["width"]) > 1


def test_zero_probabilities_are_drawn() -> None:
    assert len(bars(drawn(step(0, 0), step(0, 0)))) == 2


def test_without_a_step_there_is_an_empty_frame() -> None:
    assert bars(drawn()) == []


def test_the_last_bar_carries_its_interval() -> None:
    drawing = drawn(step(0, 0.1), step(0, 0.1, low=0.02, high=0.3))
    found = [dict(s.attributes) for s in drawing.children if isinstance(s, Element)]
    assert sum(s.get("class") == "whisker" for s in found) == 1


def test_long_labels_are_cut_and_each_keeps_a_row_of_its_own() -> None:
    rows = bars(drawn(*(step(0, 0.1, "A label of very many words " * 9) for _ in range(4))))
    ys = [float(row["y"]) for row in rows]
    assert all(b - a >= 40 for a, b in itertools.pairwise(ys))


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=1, max_size=9))
def test_no_waterfall_leaves_its_frame(pairs: list[tuple[float, float]]) -> None:
    drawing = drawn(*(step(a, b) for a, b in pairs))
    height = float(dict(drawing.attributes)["viewBox"].split()[3])
    for bar in bars(drawing):
        assert 0 <= ends(bar)[0] <= ends(bar)[1] <= WIDTH
        assert 0 <= float(bar["y"]) <= height
