import re

from hypothesis import given
from hypothesis import strategies as st

from goodoffices.brief.elements import Element
from goodoffices.brief.figures.reliability import draw_reliability
from goodoffices.brief.figures.svg import WIDTH
from goodoffices.deals.share import share
from goodoffices.outlook.scores import Bin


def one(forecast: float, hits: int, draws: int) -> Bin:
    return Bin(low=forecast, high=forecast, forecast=forecast, happened=share(hits, draws))


def dots(drawing: Element) -> list[dict[str, float]]:
    found = [s for s in drawing.children if isinstance(s, Element) and s.tag == "circle"]
    return [{n: float(v) for n, v in s.attributes if n in {"cx", "cy", "r"}} for s in found]


def test_forecasts_that_came_true_as_often_as_said_lie_on_the_slanted_line() -> None:
    drawing = draw_reliability("f", [one(0.0, 0, 5), one(0.5, 5, 10), one(1.0, 4, 4)])
    (slant,) = (
        dict(s.attributes)["d"]
        for s in drawing.children
        if isinstance(s, Element) and ("class", "blank") in s.attributes
    )
    x1, y1, x2, y2 = map(float, re.findall(r"[\d.]+", slant))
    for dot in dots(drawing):
        along = (dot["cx"] - x1) / (x2 - x1)
        assert abs(y1 + along * (y2 - y1) - dot["cy"]) < 0.2


def test_more_came_true_than_was_said_lies_above_the_line() -> None:
    low, high = dots(draw_reliability("f", [one(0.5, 1, 10), one(0.5, 9, 10)]))
    assert high["cy"] < low["cy"]


def test_a_point_grows_with_the_forecasts_it_stands_for() -> None:
    few, many = dots(draw_reliability("f", [one(0.2, 1, 2), one(0.8, 30, 40)]))
    assert many["r"] > few["r"]


def test_the_description_tells_every_point_to_those_who_do_not_see_it() -> None:
    drawing = draw_reliability("f", [one(0.1, 1, 10), one(0.9, 8, 9)])
    (desc,) = (s for s in drawing.children if isinstance(s, Element) and s.tag == "desc")
    assert "said 10 %, came true 1 of 10 times" in str(desc.children[0])
    assert "said 90 %, came true 8 of 9 times" in str(desc.children[0])


def test_without_anything_resolved_there_is_an_empty_frame() -> None:
    assert dots(draw_reliability("f", [])) == []


@given(st.lists(st.tuples(st.floats(0, 1), st.integers(0, 50)), max_size=12))
def test_no_picture_of_reliability_leaves_its_frame(pairs: list[tuple[float, int]]) -> None:
    drawing = draw_reliability("f", [one(f, hits, 50) for f, hits in pairs])
    height = float(dict(drawing.attributes)["viewBox"].split()[3])
    for dot in dots(drawing):
        assert dot["r"] <= dot["cx"] <= WIDTH - dot["r"]
        assert dot["r"] <= dot["cy"] <= height - dot["r"]
