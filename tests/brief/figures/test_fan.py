import datetime as dt
import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.brief.elements import Element
from goodoffices.brief.figures.fan import MOST, Fan, Happening, Timeline, draw_timeline
from goodoffices.brief.figures.svg import WIDTH
from goodoffices.outlook.bands import Band
from goodoffices.outlook.results import Curve

TODAY, BY = dt.date(2024, 9, 7), dt.date(2025, 3, 8)


def curve(low: float, middle: float, high: float, weeks: int = 26) -> Curve:
    def rise(end: float) -> tuple[float, ...]:
        return tuple(end * week / weeks for week in range(weeks + 1))

    return Curve(low=rise(low), central=rise(middle), high=rise(high))


def fan(name: str = "A deal", high: float = 0.3, **more: object) -> Fan:
    inner = curve(high / 3, high / 2, 2 * high / 3)
    return Fan(
        name=name,
        band50=inner,
        band80=curve(high / 4, high / 2, high),
        text="about 15 %",
        **more,  # type: ignore[arg-type]
    )


def drawn(*happened: dt.date, fans: tuple[Fan, ...] = (fan(),)) -> Element:
    timeline = Timeline(
        today=TODAY,
        by=BY,
        happenings=tuple(Happening(number=n, date=day) for n, day in enumerate(happened, 1)),
        fans=fans,
    )
    return draw_timeline("f", "Title", "Description", timeline)


def shapes(drawing: Element, class_: str) -> list[dict[str, str]]:
    found = (dict(s.attributes) for s in drawing.children if isinstance(s, Element))
    return [s for s in found if class_ in s.get("class", "").split()]


def texts(drawing: Element) -> list[str]:
    found = (s for s in drawing.children if isinstance(s, Element) and s.tag == "text")
    return [str(s.children[0]) for s in found]


def places(drawing: Element) -> list[tuple[float, float]]:
    """Return every point of the paths and every centre in a drawing."""
    found = []
    for shape in drawing.children:
        if isinstance(shape, Element):
            given = dict(shape.attributes)
            pairs = re.findall(r"[ML](-?[\d.]+) (-?[\d.]+)", given.get("d", ""))
            found += [(float(x), float(y)) for x, y in pairs]
            if "cx" in given:
                found.append((float(given["cx"]), float(given["cy"])))
    return found


def test_without_any_event_the_line_begins_today() -> None:
    drawing = drawn()
    assert shapes(drawing, "point") == []
    assert texts(drawing)[:3] == ["today", "7 Sep 2024", "8 Mar 2025"]


def test_one_event_stands_left_of_today_with_its_day() -> None:
    drawing = drawn(dt.date(2024, 1, 2))
    (point,) = shapes(drawing, "point")
    (today,) = shapes(drawing, "today")
    assert float(point["cx"]) < float(today["d"][1:].split()[0])
    assert "2 Jan 2024" in texts(drawing)


def test_what_is_sure_to_happen_stands_right_of_today() -> None:
    (point,) = shapes(drawn(dt.date(2024, 12, 1)), "point")
    (today,) = shapes(drawn(), "today")
    assert float(point["cx"]) > float(today["d"][1:].split()[0])


def test_what_lies_beyond_the_horizon_is_not_drawn() -> None:
    assert shapes(drawn(dt.date(2026, 1, 1)), "point") == []


def test_forty_events_are_all_drawn_and_their_numbers_do_not_overlap() -> None:
    days = [dt.date(2024, 1, 1) + dt.timedelta(6 * n) for n in range(40)]
    drawing = drawn(*days)
    assert len(shapes(drawing, "point")) == 40
    numbers = [s for s in shapes(drawing, "halo") if s["y"] == "36"]
    xs = sorted(float(s["x"]) for s in numbers)
    assert 1 < len(xs) < 10
    assert all(b - a >= 30 for a, b in itertools.pairwise(xs))
    assert any(re.fullmatch(r"1–\d+", text) for text in texts(drawing))


def test_events_of_one_day_share_a_place_and_a_label() -> None:
    drawing = drawn(dt.date(2024, 9, 1), dt.date(2024, 9, 1))
    assert "1, 2" in texts(drawing)


def test_a_probability_of_nothing_lies_on_the_ground() -> None:
    drawing = drawn(fans=(fan(high=0.0),))
    (middle,) = shapes(drawing, "middle")
    heights = {y for _, y in re.findall(r"([\d.]+) ([\d.]+)", middle["d"])}
    assert len(heights) == 1
    assert "2\u202f%" in texts(drawing)


def test_all_fans_share_one_scale_so_that_they_can_be_compared() -> None:
    drawing = drawn(fans=(fan(high=0.05), fan(high=0.5)))
    tops = [text for text in texts(drawing) if re.fullmatch(r"\d+\u202f%", text)]
    assert tops == ["60\u202f%", "60\u202f%"]


def test_more_fans_than_fit_are_left_to_the_table() -> None:
    many = tuple(fan(f"Risk {n}") for n in range(MOST + 4))
    assert len(shapes(drawn(fans=many), "band80")) == MOST


def test_the_band_of_half_the_draws_lies_inside_the_one_of_80_per_cent() -> None:
    drawing = drawn()
    ends = []
    for name in ("band80", "band50"):
        (area,) = shapes(drawing, name)
        points = [(float(x), float(y)) for x, y in re.findall(r"([\d.]+) ([\d.]+)", area["d"])]
        last = max(x for x, _ in points)
        ends.append(sorted(y for x, y in points if x == last))
    (outer_top, outer_bottom), (inner_top, inner_bottom) = ends
    assert outer_top < inner_top < inner_bottom < outer_bottom


def test_what_all_views_add_up_to_stands_on_its_day_with_its_interval() -> None:
    together = Band(low=0.02, central=0.1, high=0.25)
    one = fan(together=together, together_text="about 10 %", together_on=BY)
    drawing = drawn(fans=(one,))
    assert len(shapes(drawing, "diamond")) == len(shapes(drawing, "whisker")) == 1
    assert "◆ about 10 %" in texts(drawing)
    assert shapes(drawn(), "diamond") == []


def test_words_of_a_fan_and_of_all_views_never_share_a_line() -> None:
    for central in (0.0, 0.1, 0.29, 0.3):
        together = Band(low=0.0, central=central, high=0.3)
        one = fan(together=together, together_text="about", together_on=BY)
        ys = [float(s["y"]) for s in shapes(drawn(fans=(one,)), "value")]
        assert abs(ys[0] - ys[1]) >= 12


def test_what_harms_people_says_so_in_words() -> None:
    assert "▲ harms people" in texts(drawn(fans=(fan(harms=True),)))
    assert "▲ harms people" not in texts(drawn())


def test_a_long_name_is_cut_and_stays_left_of_the_fan() -> None:
    drawing = drawn(fans=(fan("A name that goes on and on " * 20),))
    named = [text for text in texts(drawing) if text.endswith("…")]
    assert len(named) == 1


@pytest.mark.parametrize("weeks", [0, 1])
def test_a_horizon_of_a_week_or_less_is_drawn(weeks: int) -> None:
    flat = Curve(low=(0.0,) * (weeks + 1), central=(0.1,) * (weeks + 1), high=(0.2,) * (weeks + 1))
    one = Fan(name="x", band50=flat, band80=flat, text="10 %")
    assert shapes(drawn(fans=(one,)), "middle")


@given(
    st.lists(st.dates(dt.date(1950, 1, 1), dt.date(2030, 1, 1)), max_size=45),
    st.lists(st.floats(0, 1), min_size=1, max_size=8),
)
def test_no_timeline_leaves_its_frame(days: list[dt.date], highs: list[float]) -> None:
    drawing = drawn(*days, fans=tuple(fan(high=high) for high in highs))
    height = float(dict(drawing.attributes)["viewBox"].split()[3])
    for x, y in places(drawing):
        assert 0 <= x <= WIDTH
        assert 0 <= y <= height
