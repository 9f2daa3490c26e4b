"""What holds for the brief of any case: random ones of two to five parties, with every feature."""

import re

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from goodoffices.brief import render_brief
from goodoffices.brief.elements import Element
from goodoffices.brief.figures.frontier import Flag, Pane, draw_frontier
from goodoffices.brief.figures.rows import Bar, Baseline, chart
from goodoffices.brief.figures.svg import WIDTH
from goodoffices.case.model import Case
from goodoffices.deals.lens import deals
from goodoffices.deals.results import FrontierPoint
from tests.brief.reading import by_id, read
from tests.deals.cases import cases

MODEST = settings(max_examples=12, suppress_health_check=list(HealthCheck))


@MODEST
@given(cases())
def test_the_page_of_any_case_is_whole(case: Case) -> None:
    tree = read(render_brief(case, deals(case, draws=10, compare=False), generated=None))
    places = by_id(tree)
    assert all(a.attributes["href"][1:] in places for a in tree.all("a"))
    for section in ("q1", "q2", "q3", "q4", "q5", "q6", "q10"):
        answer = next(p for p in places[section].all("p") if "answer" in p.classes)
        assert answer.text.strip().endswith(".")
    for svg in tree.all("svg", "figure"):
        assert svg.all("title")[0].text
        assert svg.all("desc")[0].text
    assert "nan" not in {word.lower() for word in re.findall(r"\w+", tree.all("main")[0].text)}
    shown = {f"d-{d}" for d in case.demands} | {f"p-{p}" for p in case.parties}
    assert shown | {f"i-{issue}" for issue in case.issues} <= set(places)


@MODEST
@given(cases(certain=True))
def test_where_nothing_is_uncertain_no_draw_is_spoken_of(case: Case) -> None:
    result = deals(case, draws=10, compare=False)
    text = read(render_brief(case, result, generated=None)).all("section", "short")[0].text
    if result.method.how == "exact":
        assert "draws" not in text
        assert "Nothing in the case is uncertain" in text


SHARES = st.floats(0, 1)
LABELS = st.text(max_size=120)


@st.composite
def bars(draw: st.DrawFn) -> Bar:
    low, value, high = sorted(draw(st.tuples(SHARES, SHARES, SHARES)))
    return Bar(
        label=draw(LABELS),
        value=value,
        low=low,
        high=high,
        text="about 50 %",
        look=draw(st.sampled_from(["solid", "light", "hollow"])),
        note=draw(st.sampled_from(["", "assumed"])),
        indent=draw(st.booleans()),
    )


def numbers(drawing: Element) -> list[tuple[str, float]]:
    names = ("x", "x1", "x2", "cx", "y", "y1", "y2", "cy")
    return [
        (name, float(value))
        for shape in drawing.children
        if isinstance(shape, Element)
        for name, value in shape.attributes
        if name in names
    ]


@given(st.lists(bars(), min_size=1, max_size=12), st.booleans(), st.none() | SHARES)
def test_no_chart_leaves_its_frame(rows: list[Bar], beside: bool, now: float | None) -> None:
    base = None if now is None else Baseline(value=now, text="now about 50 %")
    drawing = chart("f", "t", "d", tuple(rows), class_="c", baseline=base, beside=beside)
    height = float(dict(drawing.attributes)["viewBox"].split()[3])
    for name, value in numbers(drawing):
        assert 0 <= value <= (WIDTH if "x" in name else height)


VALUES = st.floats(-50, 150)


@given(
    st.lists(st.tuples(VALUES, VALUES, st.booleans()), min_size=1, max_size=30),
    st.lists(st.tuples(VALUES, VALUES), max_size=8),
    st.tuples(st.none() | VALUES, st.none() | VALUES),
)
def test_no_frontier_leaves_its_frame(
    points: list[tuple[float, float, bool]],
    flags: list[tuple[float, float]],
    walk_aways: tuple[float | None, float | None],
) -> None:
    pane = Pane(
        anchor="f",
        title="t",
        description="d",
        names=("a" * 200, "b" * 200),
        axes=(0, 1),
        walk_aways=walk_aways,
        points=[
            FrontierPoint(picks={}, values=(x, y), ties=1, breaks=("d",) * broken)
            for x, y, broken in points
        ],
        flags=tuple(Flag(label=str(n), x=x, y=y) for n, (x, y) in enumerate(flags)),
    )
    drawing = draw_frontier(pane)
    height = float(dict(drawing.attributes)["viewBox"].split()[3])
    for name, value in numbers(drawing):
        assert 0 <= value <= (WIDTH if "x" in name else height)
