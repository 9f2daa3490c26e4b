"""The XML inside of Word files, read as a stream by expat.

A document type is refused when it opens, so that no entity is ever expanded and nothing external
is fetched; depth and number of elements are counted while they are read.
"""

from __future__ import annotations

from collections import Counter
from typing import Final
from xml.parsers import expat

from goodoffices.reading.formats.clean import too_long
from goodoffices.reading.formats.extract import MOST_TEXT, Unreadable

__all__ = ["Words", "core_title"]

DEEPEST: Final = 250
MOST_ELEMENTS: Final = 5_000_000
_WORD = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main ",
    "http://purl.oclc.org/ooxml/wordprocessingml/main ",
)
_FALLBACK = "http://schemas.openxmlformats.org/markup-compatibility/2006 Fallback"
_TITLE = "http://purl.org/dc/elements/1.1/ title"
_SKIPPED = {"del": "deleted passage", "moveFrom": "moved passage"}
_SIGNS = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": " "}
_OFF = ("0", "false", "off", "none")
_LONG_ROW = 300


def _stream(raw: bytes, starts: object, ends: object, said: object) -> None:
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = starts  # type: ignore[assignment]
    parser.EndElementHandler = ends  # type: ignore[assignment]
    parser.CharacterDataHandler = said  # type: ignore[assignment]
    parser.StartDoctypeDeclHandler = _refuse
    try:
        parser.Parse(raw, True)
    except expat.ExpatError as error:
        raise Unreadable(f"not whole inside ({error})", "open it and save it anew") from None


def _refuse(*_: object) -> None:
    raise Unreadable("it declares a document type, as no Word file does", "save it anew")


def core_title(raw: bytes) -> str | None:
    """Return the title in a file's properties."""
    parts: list[str] = []
    inside = [False]

    def starts(name: str, _: dict[str, str]) -> None:
        inside[0] = name == _TITLE

    def ends(_: str) -> None:
        inside[0] = False

    def said(text: str) -> None:
        if inside[0]:
            parts.append(text)

    _stream(raw, starts, ends, said)
    return " ".join("".join(parts).split())[:500] or None


class Words:
    """Gathers the blocks of text of one file; several parts may be read one after another."""

    def __init__(self) -> None:
        self.blocks: list[str] = []
        self.title: str | None = None
        self.left_out: Counter[str] = Counter()
        self._open: list[list[str]] = []
        self._styles: list[str] = []
        self._runs: list[int] = []
        self._hidden: list[bool] = []
        self._cells: list[list[str]] = []
        self._rows: list[list[list[str]]] = []
        self._skip = self._depth = self._elements = self._size = 0
        self._in_text = False

    def read(self, raw: bytes) -> None:
        """Read one part."""
        _stream(raw, self._starts, self._ends, self._said)

    def _starts(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        self._elements += 1
        if self._depth > DEEPEST or self._elements > MOST_ELEMENTS:
            raise Unreadable("too deep or too long inside", "save only its text")
        kind = _kind(name)
        if self._skip or name == _FALLBACK or kind in _SKIPPED:
            self._skip += 1
            if self._skip == 1 and kind in _SKIPPED:
                self.left_out[_SKIPPED[kind]] += 1
            return
        if kind == "p":
            self._open.append([])
            self._styles.append("")
        elif kind == "r":
            self._runs.append(len(self._open[-1]) if self._open else 0)
            self._hidden.append(False)
        elif kind == "tr":
            self._rows.append([])
        elif kind == "tc":
            self._cells.append([])
        else:
            self._inside(kind, _value(attributes))

    def _inside(self, kind: str, value: str) -> None:
        """Take in what stands in a paragraph or says how it looks."""
        if kind == "t":
            self._in_text = True
        elif kind in _SIGNS and self._runs and self._open:
            self._open[-1].append(_SIGNS[kind])
        elif kind == "pStyle" and self._styles:
            self._styles[-1] = value
        elif kind == "vanish" and self._hidden:
            self._hidden[-1] = value not in _OFF

    def _said(self, text: str) -> None:
        if self._in_text and not self._skip and self._open:
            self._size += len(text)
            if self._size > MOST_TEXT:
                raise too_long()
            self._open[-1].append(text)

    def _ends(self, name: str) -> None:
        self._depth -= 1
        if self._skip:
            self._skip -= 1
            return
        kind = _kind(name)
        if kind == "t":
            self._in_text = False
        elif kind == "r":
            self._end_run(self._runs.pop(), self._hidden.pop())
        elif kind == "p":
            self._end_paragraph("".join(self._open.pop()).strip(), self._styles.pop())
        elif kind == "tc":
            self._end_cell(self._cells.pop())
        elif kind == "tr":
            self._end_row([cell for cell in self._rows.pop() if cell])

    def _end_run(self, start: int, hidden: bool) -> None:
        if hidden and self._open and len(self._open[-1]) > start:
            del self._open[-1][start:]
            self.left_out["hidden passage"] += 1

    def _end_paragraph(self, text: str, style: str) -> None:
        if text:
            if style.lower() == "title" and self.title is None:
                self.title = " ".join(text.split())
            self._place().append(text)

    def _place(self) -> list[str]:
        return self._cells[-1] if self._cells else self.blocks

    def _end_cell(self, blocks: list[str]) -> None:
        if self._rows:
            self._rows[-1].append(blocks)
        else:
            self._place().extend(blocks)

    def _end_row(self, cells: list[list[str]]) -> None:
        """A row of short cells is one line; a table that only lays out a page is taken apart."""
        blocks = [block for cell in cells for block in cell]
        if len(cells) > 1 and sum(map(len, blocks)) <= _LONG_ROW:
            blocks = [" | ".join(" ".join(" ".join(cell).split()) for cell in cells)]
        self._place().extend(blocks)


def _kind(name: str) -> str:
    space, _, local = name.rpartition(" ")
    return local if f"{space} " in _WORD else ""


def _value(attributes: dict[str, str]) -> str:
    return next((text for name, text in attributes.items() if _kind(name) == "val"), "")
