"""A Word document with real headings, lists, tables and figures, read aloud as well as printed."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from goodoffices.brief.elements import Element, Rich, plain
from goodoffices.brief.tables import Table
from goodoffices.brief.text import clipped
from goodoffices.handover._archive import settled
from goodoffices.handover._chart import Bars, chart_xml, drawing_xml
from goodoffices.handover._inert import legible
from goodoffices.handover._references import Note, References
from goodoffices.reading.extras import needs

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

__all__ = ["Paper"]

FONT = "Arial"
BODY, SMALL, NOTES = 9.0, 8.0, 7.0
"""Sizes in points: of the text, of tables, and of what stands at the end."""
MARGIN = 1.7
"""In centimetres, on A4."""
WIDE = 21.0 - 2 * MARGIN
EMU = 360_000
"""Units of a drawing in a centimetre."""
MARKS = {"mark-c", "mark-a"}
SHADE = "E7EDF3"


@dataclass(frozen=True, slots=True)
class _Look:
    bold: bool = False
    size: float | None = None


@dataclass(kw_only=True, slots=True)
class Paper:
    """A document that is being written."""

    references: References
    language: str = "en-GB"
    document: Document = field(init=False)
    tables: int = 0
    figures: int = 0

    def __post_init__(self) -> None:
        self.document = needs("office", "docx").Document()
        _lay_out(self.document, self.language)

    def heading(self, text: str, level: int = 1) -> None:
        """Add a heading that a reader can jump to."""
        self.document.add_heading(legible(text), level)

    def paragraph(self, *parts: Rich, style: str | None = None, size: float | None = None) -> None:
        """Add a paragraph."""
        paragraph = self.document.add_paragraph(style=style)
        for words in parts:
            self._write(paragraph, words, _Look(size=size))

    def point(self, lead: str, words: Rich) -> None:
        """Add an item of a list, with what it answers in bold."""
        paragraph = self.document.add_paragraph(style="List Bullet")
        if lead:
            self._run(paragraph, f"{lead} ", _Look(bold=True))
        self._write(paragraph, words, _Look())

    def table(self, given: Table, widths: Sequence[float] = ()) -> None:
        """Add a table with a caption and a row of heads that every page repeats."""
        self.tables += 1
        caption = plain(given.caption)
        self._caption(f"Table {self.tables}. ", given.caption)
        made = self.document.add_table(rows=1, cols=len(given.columns))
        made.style = self.document.styles["Table Grid"]
        _describe(made, f"Table {self.tables}", clipped(caption, 300))
        for cell, words in zip(made.rows[0].cells, given.columns, strict=True):
            # A head that is empty on the page would be nothing to those who listen.
            self._fill(
                cell,
                words if words != ("",) else ("Compared",),
                _Look(bold=True, size=SMALL),
                shade=True,
            )
        _repeat(made.rows[0])
        for row in given.rows:
            new = made.add_row()
            _unbroken(new)
            for n, (cell, words) in enumerate(zip(new.cells, row.cells, strict=True)):
                self._fill(cell, words, _Look(bold=n == 0, size=SMALL))
        _widen(made, widths or [1.0] * len(given.columns))
        if given.more:
            self.paragraph(given.more, size=SMALL)

    def figure(self, bars: Bars, height: float) -> None:
        """Add a chart, its height in centimetres, with a caption and its words."""
        from docx.opc.packuri import PackURI
        from docx.opc.part import Part
        from docx.oxml.parser import parse_xml
        from docx.shared import Pt

        self.figures += 1
        kind = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
        relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/chart"
        package = self.document.part.package
        place = PackURI(f"/word/charts/chart{self.figures}.xml")
        part = Part(place, kind, chart_xml(bars), package)
        found = self.document.part.relate_to(part, relation)
        paragraph = self.document.add_paragraph()
        paragraph.paragraph_format.keep_with_next = True
        paragraph.paragraph_format.space_before = Pt(5)
        size = (round(WIDE * EMU), round(height * EMU))
        run = paragraph.add_run()
        run._r.append(parse_xml(drawing_xml(bars, self.figures, found, *size)))
        self._caption(f"Figure {self.figures}. ", (bars.title, "."), above=False)

    def notes(self, given: dict[str, tuple[Note, ...]]) -> None:
        """Add what was cited, small and in columns, each entry a place to which its label leads."""
        from docx.enum.section import WD_SECTION

        self.heading("References")
        said = (
            "C: claims, A: assumptions, M: methods. A label holds for the numbers before it, and "
        )
        self.paragraph((f"{said}for those after it until the next label.",), size=SMALL)
        self.document.add_section(WD_SECTION.CONTINUOUS)
        _columns(self.document.sections[-1], 3)
        number = 0
        for kind, notes in given.items():
            self.heading(kind, 2)
            for note in notes:
                number += 1
                paragraph = self.document.add_paragraph(style="Note")
                _bookmark(paragraph, note.label, number)
                self._run(paragraph, f"{note.label} ", _Look(bold=True))
                self._write(paragraph, note.words, _Look())

    def bytes(self, title: str, subject: str, day: dt.date | None) -> bytes:
        """Return the document; the same content gives the same bytes."""
        stamp = dt.datetime.combine(day or dt.date(1980, 1, 1), dt.time())
        known = self.document.core_properties
        known.title, known.subject = clipped(title, 250), clipped(subject, 250)
        known.author = known.last_modified_by = "Good Offices"
        known.comments, known.keywords, known.language = "", "mediation brief", self.language
        known.created = known.modified = stamp
        known.revision = 1
        written = io.BytesIO()
        self.document.save(written)
        return settled(written.getvalue(), day)

    def _caption(self, lead: str, words: Rich, *, above: bool = True) -> None:
        paragraph = self.document.add_paragraph(style="Caption")
        paragraph.paragraph_format.keep_with_next = above
        self._run(paragraph, lead, _Look(bold=True))
        self._write(paragraph, words, _Look())

    def _fill(self, cell: Any, words: Rich, look: _Look, shade: bool = False) -> None:
        paragraph = cell.paragraphs[0]
        paragraph.style = self.document.styles["Cell"]
        self._write(paragraph, words, look)
        if shade:
            _shade(cell)

    def _write(self, paragraph: Paragraph, words: Rich, look: _Look) -> None:
        last, since = "", ""
        for text, bold, anchor in _runs(words, look.bold):
            self._run(paragraph, text, _Look(bold=bold, size=look.size))
            since += text
            label = self._label(anchor.removeprefix("#")) if anchor else ""
            # A label holds for the numbers after it until the next one; what rests on claims by
            # itself, marked by #, has labels of its own.
            own = anchor.startswith("#") and since.strip()
            if label and (own or label != last):
                _link(paragraph, label)
            if label:
                last, since = label, ""

    def _run(self, paragraph: Paragraph, text: str, look: _Look) -> None:
        from docx.shared import Pt

        if not text:
            return
        run = paragraph.add_run(text)
        run.bold = look.bold or None
        if look.size is not None:
            run.font.size = Pt(look.size)

    def _label(self, anchor: str) -> str:
        """Return the label of what a number or a sentence rests on."""
        for letter, kinds in (("p", ("preferences",)), ("m", ("options", "arcs"))):
            if anchor.startswith(f"{letter}m-"):
                # The HTML brief has tables of these, which say in turn what they rest on.
                paths = [f"moves.{kind}.{anchor[3:]}" for kind in kinds]
                evidence = self.references.evidence
                found = next((p for p in paths if evidence.base(p) == p), paths[0])
                return self.references.label(evidence.target(found))
        return self.references.label(anchor)


def _runs(words: Rich, bold: bool) -> Iterator[tuple[str, bool, str]]:
    """Yield runs of text, whether bold, and the place that a label after them leads to."""
    for part in _without_states(words):
        if isinstance(part, str):
            yield part, bold, ""
            continue
        attributes = dict(part.attributes)
        anchor = attributes.get("href", "").removeprefix("#")
        if attributes.get("class") in MARKS:
            yield "", bold, f"#{anchor}"
        elif part.tag == "bdi":
            yield legible(plain(part.children)), bold, ""
        else:
            yield from _runs(part.children, bold or part.tag == "strong")
            if attributes.get("class") in {"ref", "how"} or anchor == "evidence":
                yield "", bold, anchor


def _without_states(words: Rich) -> Iterator[str | Element]:
    """Leave out the numbers of states, `(3)`: they lead to a drawing that is not here."""
    gone = {
        place
        for n, part in enumerate(words)
        if isinstance(part, Element) and dict(part.attributes).get("class") == "mark-s"
        for place in (n - 1, n, n + 1)
    }
    yield from (part for n, part in enumerate(words) if n not in gone)


def _lay_out(document: Document, language: str) -> None:
    """Set the page, the styles and the footer."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Cm

    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(MARGIN)
    section.top_margin, section.bottom_margin = Cm(1.5), Cm(1.5)
    section.header_distance = section.footer_distance = Cm(0.8)
    for name in ("Cell", "Note"):
        made = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        made.base_style = document.styles["Normal"]
    sizes = {"Normal": (BODY, 3), "Title": (16, 2), "Heading 1": (12, 2), "Heading 2": (9.5, 2)}
    sizes |= {
        "Caption": (SMALL, 2),
        "List Bullet": (BODY, 2),
        "Cell": (SMALL, 0),
        "Note": (NOTES, 1),
    }
    for name, (size, after) in sizes.items():
        _style(document, name, size, after, language)
    footer = section.footer.paragraphs[0]
    footer.style = document.styles["Cell"]
    _field(footer, "PAGE")


def _style(document: Document, name: str, size: float, after: float, language: str) -> None:
    from docx.oxml.ns import qn
    from docx.oxml.parser import OxmlElement
    from docx.shared import Pt, RGBColor

    style: Any = document.styles[name]
    style.font.name, style.font.size = FONT, Pt(size)
    style.font.color.rgb = RGBColor(0x16, 0x2A, 0x3D) if "Heading" in name else RGBColor(0, 0, 0)
    style.font.italic = False
    form = style.paragraph_format
    form.space_before = Pt({"Heading 1": 6, "Heading 2": 3, "Caption": 5}.get(name, 0))
    form.space_after, form.line_spacing = Pt(after), 1.0
    properties = style.element.get_or_add_rPr()
    fonts = properties.find(qn("w:rFonts"))
    for kind in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        if fonts is not None and fonts.get(qn(kind)) is not None:
            del fonts.attrib[qn(kind)]
    spoken = OxmlElement("w:lang")
    spoken.set(qn("w:val"), language)
    properties.append(spoken)


def _element(parent: Any, tag: str, **values: str) -> Any:
    from docx.oxml.ns import qn
    from docx.oxml.parser import OxmlElement

    made = OxmlElement(f"w:{tag}")
    for name, value in values.items():
        made.set(qn(f"w:{name}"), value)
    parent.append(made)
    return made


def _field(paragraph: Any, code: str) -> None:
    field_ = _element(paragraph._p, "fldSimple", instr=code)
    _element(_element(field_, "r"), "t").text = "1"


def _describe(table: Any, name: str, text: str) -> None:
    properties = table._tbl.tblPr
    _element(properties, "tblCaption", val=name)
    _element(properties, "tblDescription", val=text)


def _repeat(row: Any) -> None:
    _element(row._tr.get_or_add_trPr(), "cantSplit")
    _element(row._tr.get_or_add_trPr(), "tblHeader")


def _unbroken(row: Any) -> None:
    _element(row._tr.get_or_add_trPr(), "cantSplit")


def _shade(cell: Any) -> None:
    _element(cell._tc.get_or_add_tcPr(), "shd", val="clear", color="auto", fill=SHADE)


def _widen(table: Any, widths: Sequence[float]) -> None:
    """Share out the width of the page among columns."""
    from docx.shared import Cm

    table.autofit = False
    total = sum(widths)
    for n, width in enumerate(widths):
        table.columns[n].width = Cm(WIDE * width / total)
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Cm(WIDE * width / total)


def _columns(section: Any, number: int) -> None:
    found = section._sectPr.find(
        "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}cols"
    )
    made = found if found is not None else _element(section._sectPr, "cols")
    name = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    made.set(f"{name}num", str(number))
    made.set(f"{name}space", "280")


def _target(label: str) -> str:
    return "note_" + ("none" if label == "–" else label)


def _bookmark(paragraph: Any, label: str, number: int) -> None:
    start = {"id": str(number), "name": _target(label)}
    _element(paragraph._p, "bookmarkStart", **start)
    _element(paragraph._p, "bookmarkEnd", id=str(number))


def _link(paragraph: Any, label: str) -> None:
    link = _element(paragraph._p, "hyperlink", anchor=_target(label), history="1")
    run = _element(link, "r")
    _element(_element(run, "rPr"), "vertAlign", val="superscript")
    text = _element(run, "t")
    text.text = label
    text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
