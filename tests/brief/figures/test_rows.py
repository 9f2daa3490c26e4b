from goodoffices.brief.elements import Element
from goodoffices.brief.figures.rows import Bar, Baseline, chart
from goodoffices.brief.figures.svg import WIDTH
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
