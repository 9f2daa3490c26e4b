"""A bar chart as Word draws it itself: no picture, so it stays sharp and its words can be read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from goodoffices.handover._inert import legible

__all__ = ["Bars", "Series", "chart_xml", "drawing_xml"]

C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

FILLS = ("1F4E79", "C55A11", "548235", "7F6000", "7030A0", "3A3838")
"""Dark enough for white paper, and apart in grey too."""
MOST_NAME = 70


@dataclass(frozen=True, kw_only=True, slots=True)
class Series:
    """One bar per label, with the ends of its interval where it has one."""

    name: str
    values: tuple[float, ...]
    low: tuple[float, ...] = ()
    high: tuple[float, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Bars:
    """A chart of horizontal bars, the first label on top."""

    title: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    told: str
    """The same in words, for those who don't see it."""
    most: float = 100.0
    unit: str = "%"


def _number(value: float) -> str:
    return f"{value:.6g}"


def _points(values: Sequence[str], kind: str) -> str:
    points = "".join(f'<c:pt idx="{n}"><c:v>{v}</c:v></c:pt>' for n, v in enumerate(values))
    style = "<c:formatCode>General</c:formatCode>" if kind == "num" else ""
    return f'<c:{kind}Lit>{style}<c:ptCount val="{len(values)}"/>{points}</c:{kind}Lit>'


def _cut(text: str, most: int) -> str:
    shown = legible(text)
    return shown if len(shown) <= most else shown[: most - 1].rstrip() + "…"


def _words(text: str) -> str:
    return escape(_cut(text, MOST_NAME))


def _font(size: int) -> str:
    return (
        f'<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="{size}">'
        '<a:latin typeface="Arial"/><a:cs typeface="Arial"/></a:defRPr></a:pPr>'
        f'<a:endParaRPr lang="en-GB"/></a:p></c:txPr>'
    )


def _series(bars: Bars, number: int, given: Series) -> str:
    fill = FILLS[number % len(FILLS)]
    errors = ""
    if given.low:
        plus = [_number(h - v) for v, h in zip(given.values, given.high, strict=True)]
        minus = [_number(v - w) for v, w in zip(given.values, given.low, strict=True)]
        errors = (
            '<c:errBars><c:errBarType val="both"/><c:errValType val="cust"/>'
            f'<c:noEndCap val="0"/><c:plus>{_points(plus, "num")}</c:plus>'
            f"<c:minus>{_points(minus, 'num')}</c:minus></c:errBars>"
        )
    return (
        f'<c:ser><c:idx val="{number}"/><c:order val="{number}"/>'
        f"<c:tx><c:v>{_words(given.name)}</c:v></c:tx>"
        f'<c:spPr><a:solidFill><a:srgbClr val="{fill}"/></a:solidFill></c:spPr>'
        f'<c:invertIfNegative val="0"/>{errors}'
        f"<c:cat>{_points([_words(label) for label in bars.labels], 'str')}</c:cat>"
        f"<c:val>{_points([_number(v) for v in given.values], 'num')}</c:val></c:ser>"
    )


def chart_xml(bars: Bars) -> bytes:
    """Return the part of a document that says the chart."""
    drawn = "".join(_series(bars, n, given) for n, given in enumerate(bars.series))
    legend = ""
    if len(bars.series) > 1:
        legend = f'<c:legend><c:legendPos val="b"/><c:overlay val="0"/>{_font(800)}</c:legend>'
    step = f'<c:crossBetween val="between"/><c:majorUnit val="{10 if bars.most <= 50 else 20}"/>'
    xml = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f'<c:chartSpace xmlns:c="{C}" xmlns:a="{A}" xmlns:r="{R}"><c:roundedCorners val="0"/>'
        '<c:chart><c:autoTitleDeleted val="1"/><c:plotArea><c:layout/>'
        '<c:barChart><c:barDir val="bar"/><c:grouping val="clustered"/><c:varyColors val="0"/>'
        f'{drawn}<c:gapWidth val="45"/><c:axId val="1001"/><c:axId val="1002"/></c:barChart>'
        '<c:catAx><c:axId val="1001"/><c:scaling><c:orientation val="maxMin"/></c:scaling>'
        f'<c:delete val="0"/><c:axPos val="l"/><c:numFmt formatCode="General" sourceLinked="0"/>'
        '<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/>'
        f'{_font(800)}<c:crossAx val="1002"/><c:crosses val="autoZero"/></c:catAx>'
        '<c:valAx><c:axId val="1002"/><c:scaling><c:orientation val="minMax"/>'
        f'<c:max val="{_number(bars.most)}"/><c:min val="0"/></c:scaling><c:delete val="0"/>'
        '<c:axPos val="t"/><c:majorGridlines><c:spPr><a:ln w="6350"><a:solidFill>'
        '<a:srgbClr val="D9D9D9"/></a:solidFill></a:ln></c:spPr></c:majorGridlines>'
        f'<c:numFmt formatCode="0&quot; {escape(bars.unit)}&quot;" sourceLinked="0"/>'
        '<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="high"/>'
        f'{_font(800)}<c:crossAx val="1001"/><c:crosses val="autoZero"/>{step}</c:valAx>'
        f'</c:plotArea>{legend}<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        "</c:chartSpace>"
    )
    return xml.encode()


def drawing_xml(bars: Bars, number: int, relation: str, width: int, height: int) -> str:
    """Return the run that shows a chart, with its words for those who don't see it (EMU)."""
    said = escape(_cut(bars.told, 2000), {'"': "&quot;"})
    title = escape(_cut(bars.title, 200), {'"': "&quot;"})
    return (
        f'<w:drawing xmlns:w="{W}" xmlns:wp="{WP}" xmlns:a="{A}" xmlns:c="{C}" xmlns:r="{R}">'
        '<wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{width}" cy="{height}"/>'
        f'<wp:docPr id="{100 + number}" name="Figure {number}" descr="{said}" title="{title}"/>'
        f'<wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="{C}">'
        f'<c:chart r:id="{relation}"/></a:graphicData></a:graphic></wp:inline></w:drawing>'
    )
