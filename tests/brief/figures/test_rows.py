import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.brief.elements import Element
from goodoffices.brief.figures.rows import Bar, Baseline, chart
from goodoffices.brief.figures.svg import WIDTH, width_of
from tests.brief.cases import words


def bar(value: float, low: float, high: float, label: str = "West", **more: str) -> Bar:
    return Bar(label=label, value=value, low=low, high=high, text=f"{value:.0%}", **more)  # type: ignore[arg-type]


def shapes(drawing: Element, tag: str, class_: str = "") -> list[dict[str, str]]:
    found = [
        dict(s.attributes) for s in drawing.children if isinstance(s, Element) and s.tag == tag
    ]
    return [a for a in found if class_ in a.get("class", "").split() or not class_]


def texts(drawing: Element) -> list[str]:
    return [words(s.children) for s in drawing.children if isinstance(s, Element)]


def test_a_bar_is_as_long_as_its_share() -> None:
    drawing = chart("x", "t", "d", (bar(0.25, 0.2, 0.3), bar(0.5, 0.4, 0.6)), class_="c")
    quarter, half = (float(a["width"]) for a in shapes(drawing, "rect", "bar"))
    assert abs(half - 2 * quarter) < 0.2


def test_a_share_of_nothing_still_leaves_a_trace() -> None:
    (only,) = shapes(chart("x", "t", "d", (bar(0, 0, 0.01),), class_="c"), "rect", "bar")
    assert float(only["width"]) > 0


def test_a_scale_may_end_below_one() -> None:
    drawing = chart("x", "t", "d", (bar(0.1, 0.1, 0.1),), class_="c", most=0.2)
    (only,) = shapes(drawing, "rect", "bar")
    full = chart("x", "t", "d", (bar(0.5, 0.5, 0.5),), class_="c")
    assert only["width"] == shapes(full, "rect", "bar")[0]["width"]
    assert "20 %" in texts(drawing)


def test_a_baseline_is_where_every_bar_starts() -> None:
    base = Baseline(value=0.4, text="now 40 %")
    bars = (bar(0.9, 0.8, 1), bar(0.2, 0.1, 0.3))
    drawing = chart("x", "t", "d", bars, class_="c", baseline=base)
    up, down = shapes(drawing, "line", "moved")
    assert up["x1"] == down["x2"] == shapes(drawing, "line", "now")[0]["x1"]
    assert "now 40 %" in texts(drawing)


def test_looks_differ_by_more_than_colour() -> None:
    for look in ("solid", "light", "hollow"):
        drawing = chart("x", "t", "d", (bar(0.4, 0.3, 0.5, look=look),), class_="c")
        assert len(shapes(drawing, "rect", look)) == 1


def test_long_labels_are_broken_and_the_drawing_grows() -> None:
    short = chart("x", "t", "d", (bar(0.4, 0.3, 0.5),), class_="c")
    long = chart("x", "t", "d", (bar(0.4, 0.3, 0.5, label="a long label " * 20),), class_="c")
    assert dict(short.attributes)["viewBox"] != dict(long.attributes)["viewBox"]
    assert any(text.endswith("…") for text in texts(long))


def test_beside_a_label_the_bar_starts_further_right_and_the_title_is_drawn() -> None:
    drawing = chart("x", "Acceptance", "d", (bar(0.4, 0.3, 0.5),), class_="c", beside=True)
    assert "Acceptance" in texts(drawing)[2:]
    assert float(shapes(drawing, "rect", "bar")[0]["x"]) > WIDTH / 3


def test_nothing_is_drawn_beyond_the_frame() -> None:
    base = Baseline(value=1.0, text="now above 99.9 %")
    for beside, line in ((True, None), (False, base)):
        drawing = chart(
            "x", "t", "d", (bar(1, 0.9, 1.2, label="x" * 300),),
            class_="c", baseline=line, beside=beside,
        )  # fmt: skip
        height = float(dict(drawing.attributes)["viewBox"].split()[3])
        for tag in ("line", "rect", "circle", "text"):
            for shape in shapes(drawing, tag):
                xs = [float(shape[k]) for k in ("x", "x1", "x2", "cx") if k in shape]
                ys = [float(shape[k]) for k in ("y", "y1", "y2", "cy") if k in shape]
                assert all(0 <= x <= WIDTH for x in xs)
                assert all(0 <= y <= height for y in ys)


def path(attributes: dict[str, str]) -> list[list[float]]:
    """Return the numbers of each stroke of a path."""
    strokes = attributes["d"].strip("M").split("M")
    return [[float(n) for n in s.replace("v", " ").replace("H", " ").split()] for s in strokes]


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1), st.booleans())
def test_bar_whisker_and_track_lie_on_one_scale(a: float, b: float, c: float, beside: bool) -> None:
    low, value, high = sorted((a, b, c))
    drawing = chart("x", "t", "d", (bar(value, low, high),), class_="c", beside=beside)
    start, end = (178.0, 268.0) if beside else (1.0, 250.0)

    def at(number: float) -> float:
        return start + number * (end - start)

    (shown,) = shapes(drawing, "rect", "bar")
    assert float(shown["x"]) == start
    assert abs(float(shown["width"]) - max(at(value) - start, 0.8)) <= 0.05 + 1e-9
    left, middle, right = path(shapes(drawing, "path", "whisker")[0])
    assert left[0] == middle[0]
    assert middle[2] == right[0]
    assert abs(left[0] - at(low)) <= 0.05 + 1e-9
    assert abs(right[0] - at(high)) <= 0.05 + 1e-9
    # Bar, whisker and track share one height; the whisker's ends reach as far up as down.
    height = middle[1]
    assert float(shown["y"]) + float(shown["height"]) / 2 == height
    assert left[1:] == right[1:] == [height - 3, 6.0]
    track, *quarters = path(shapes(drawing, "path", "track")[0])
    assert track == [start, height, end]
    assert [q[0] for q in quarters] == pytest.approx([at(n / 4) for n in range(5)], abs=0.01)
    assert all(q[1:] == [height - 2, 4.0] for q in quarters)


@given(st.floats(0, 1), st.floats(0, 1))
def test_a_change_runs_from_the_baseline_to_the_new_value(now: float, then: float) -> None:
    base = Baseline(value=now, text="now")
    drawing = chart("x", "t", "d", (bar(then, 0, 1),), class_="c", baseline=base)
    (line,) = shapes(drawing, "line", "moved")
    (dot,) = shapes(drawing, "circle", "dot")
    (mark,) = shapes(drawing, "line", "now")
    assert shapes(drawing, "rect", "bar") == []
    assert {line["x1"], line["x2"]} == {dot["cx"], mark["x1"]}
    assert float(line["x1"]) <= float(line["x2"])
    assert abs(float(dot["cx"]) - (1 + 249 * then)) <= 0.05 + 1e-9
    assert abs(float(mark["x1"]) - (1 + 249 * now)) <= 0.05 + 1e-9
    assert line["y1"] == line["y2"] == dot["cy"]
    assert float(mark["y2"]) - float(mark["y1"]) == 14


@pytest.mark.parametrize("beside", [True, False])
def test_rows_follow_each_other_and_do_not_overlap(beside: bool) -> None:
    labels = ("short", "a label of words " * 9, "short", "a label of words " * 9)
    bars = tuple(bar(0.5, 0.4, 0.6, label=text) for text in labels)
    drawing = chart("x", "t", "d", bars, class_="c", beside=beside)
    tops = [float(a["y"]) for a in shapes(drawing, "rect", "bar")]
    gaps = [b - a for a, b in itertools.pairwise(tops)]
    assert all(gap >= 14 for gap in gaps)
    height = float(dict(drawing.attributes)["viewBox"].split()[3])
    assert tops[-1] + 9 < height


def test_a_note_stands_quietly_below_its_label_and_takes_a_line() -> None:
    without = chart("x", "t", "d", (bar(0.5, 0.4, 0.6),), class_="c")
    drawing = chart("x", "t", "d", (bar(0.5, 0.4, 0.6, note="costs it 9 points"),), class_="c")
    (note,) = shapes(drawing, "text", "quiet")
    named = [dict(s.attributes) for s in drawing.children if isinstance(s, Element)
             and words(s.children) == "West"]  # fmt: skip
    assert float(named[0]["y"]) < float(note["y"])
    assert "costs it 9 points" in texts(drawing)
    heights = [float(dict(d.attributes)["viewBox"].split()[3]) for d in (without, drawing)]
    assert heights[1] - heights[0] == 14


def test_an_indented_label_stands_further_right_than_its_party() -> None:
    bars = (bar(0.5, 0.4, 0.6), bar(0.5, 0.4, 0.6, label="Navy", indent=True))  # type: ignore[arg-type]
    for beside in (True, False):
        drawing = chart("x", "t", "d", bars, class_="c", beside=beside)
        at = {words(s.children): dict(s.attributes)["x"] for s in drawing.children
              if isinstance(s, Element) and s.tag == "text"}  # fmt: skip
        assert (at["West"], at["Navy"]) == ("0", "10")


@given(st.floats(0, 1))
def test_the_words_of_a_baseline_cover_neither_end_of_the_scale(now: float) -> None:
    base = Baseline(value=now, text="now about 45 %")
    drawing = chart("x", "t", "d", (bar(0.5, 0.4, 0.6),), class_="c", baseline=base)
    (said,) = [a for a in shapes(drawing, "text", "strong") if a["text-anchor"] == "middle"]
    half = width_of(base.text, 11) / 2
    assert float(said["x"]) - half >= 1 + width_of("0", 11)
    assert float(said["x"]) + half <= 250 - width_of("100 %", 11) + 2


def test_words_of_a_bar_stand_behind_its_scale() -> None:
    for beside, x in ((True, 276.0), (False, 258.0)):
        drawing = chart("x", "t", "d", (bar(0.5, 0.4, 0.6),), class_="c", beside=beside)
        (said,) = shapes(drawing, "text", "value")
        assert float(said["x"]) == x
