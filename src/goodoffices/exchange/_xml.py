"""XML from strangers, read into a small tree with line numbers, in bounded time and memory.

The parser is the standard library's expat, driven directly. A tree builder made safe by a further
dependency would do too, but expat's own events give what is needed here without one: a document
type is refused when it opens, so that no entity is ever expanded and nothing external fetched;
size, depth and number of elements are counted while they are read; and every element knows its
line, so that an error can say where.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Final
from xml.parsers import expat

from goodoffices.errors import ExchangeError, Fault, clip

__all__ = ["Element", "plain", "read_xml", "root_tag"]

MOST_BYTES: Final = 20_000_000
MOST_ELEMENTS: Final = 100_000
MOST_BYTES_IN_A_TAG: Final = 1_000_000
DEEPEST: Final = 50
LARGEST: Final = 10**12
_CHUNK: Final = 65_536
# Bounded in length and exponent, so that no number takes long to read.
_NUMBER: Final = re.compile(
    r"[-+]?([0-9]{1,60}(\.[0-9]{0,60})?|\.[0-9]{1,60})([eE][-+]?[0-9]{1,3})?"
)


@dataclass(kw_only=True, slots=True)
class Element:
    """An element and where it stands; text between elements carries nothing and is left out."""

    tag: str
    attributes: dict[str, str]
    file: str
    line: int
    children: list[Element] = field(default_factory=list)

    def all(self, tag: str) -> list[Element]:
        """Return the children with this tag."""
        return [child for child in self.children if child.tag == tag]

    def fault(self, what: str, mend: str = "") -> ExchangeError:
        """Return an error that says where, what and how to mend."""
        return _error(self.file, self.line, what, mend)

    def text(self, attribute: str) -> str:
        """Return an attribute that must say something, each run of white space as one space."""
        text = plain(self.attributes.get(attribute, ""))
        if not text:
            raise self.fault(f"<{clip(self.tag)}> has no `{attribute}`", "write one")
        return text

    def number(self, attribute: str, *, least: int | None = None) -> Fraction:
        """Return an attribute that must be a number, exactly as it is written."""
        text = self.text(attribute)
        number = Fraction(text) if _NUMBER.fullmatch(text) else None
        if number is None or abs(number) > LARGEST:
            raise self.fault(f'`{attribute}` is "{clip(text, 20)}"', "write a number, such as 0.25")
        if least is not None and number < least:
            raise self.fault(f"`{attribute}` is {clip(text, 20)}", f"write {least} or more")
        return number

    def whole(self, attribute: str) -> int:
        """Return an attribute that must be a whole number."""
        number = self.number(attribute)
        if number.denominator != 1:
            raise self.fault(f"`{attribute}` is not a whole number", "write one, such as 3")
        return int(number)


def plain(text: str) -> str:
    """Return text with each run of white space as one space, and none at its ends."""
    return " ".join(text.split())


def read_xml(path: Path) -> Element:
    """Return the root element of an XML file.

    The encoding is the one that the file declares, else UTF-8. Raises `ExchangeError` for a file
    that can't be opened, isn't XML, has a document type, or is larger or deeper than any
    negotiation.
    """
    return _Reader(path.name).read(_bytes(path), to_the_end=True)


def root_tag(path: Path) -> str:
    """Return the tag of an XML file's root element, parsing no more than its beginning.

    Raises `ExchangeError` for a file that breaks before it.
    """
    return _Reader(path.name).read(_bytes(path), to_the_end=False).tag


def _error(file: str, line: int | None, what: str, mend: str = "") -> ExchangeError:
    return ExchangeError(str(Fault(where=clip(file), line=line, what=what, mend=mend)))


def _bytes(path: Path) -> bytes:
    try:
        # Anything but a plain file (a pipe, a device) could keep the reader waiting for ever.
        if not path.is_file():
            raise _error(path.name, None, "there is no such file", "check the name")
        with path.open("rb") as stream:
            data = stream.read(MOST_BYTES + 1)
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise _error(path.name, None, f"can't be opened ({why})") from None
    if len(data) > MOST_BYTES:
        raise _error(path.name, None, f"is larger than {MOST_BYTES // 1_000_000} MB")
    return data


class _Reader:
    """Builds the tree from expat's events, and stops at the first limit that is passed."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.root: Element | None = None
        self.open: list[Element] = []
        self.count = 0
        self.skipped_lines = 0
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.StartDoctypeDeclHandler = self._doctype

    def read(self, data: bytes, *, to_the_end: bool) -> Element:
        """Return the root element; with all its children only if read to the end."""
        text = data.lstrip()
        # Blank lines before the declaration are common in hand-made files, and harmless.
        if text.startswith(b"<?xml"):
            self.skipped_lines = data[: len(data) - len(text)].count(b"\n")
            data = text
        try:
            self._feed(data, to_the_end)
        except expat.ExpatError as error:
            # What comes after the root's tag is no concern of who only wants the tag.
            if to_the_end or self.root is None:
                raise self._fault(f"isn't XML ({expat.ErrorString(error.code)})") from None
        except (LookupError, ValueError) as error:
            what = f"its encoding can't be read ({clip(error)})"
            raise self._fault(what, "save it as UTF-8") from None
        if self.root is None:
            raise self._fault("has no element")
        return self.root

    def _feed(self, data: bytes, to_the_end: bool) -> None:
        for start in range(0, len(data), _CHUNK):
            if self.root is not None and not to_the_end:
                return
            chunk = data[start : start + _CHUNK]
            self.parser.Parse(chunk, False)
            # A tag is handed over whole; a giant one would first be held in memory whole.
            if start + len(chunk) - self.parser.CurrentByteIndex > MOST_BYTES_IN_A_TAG:
                raise self._fault("has a tag or comment of more than 1 MB")
        if to_the_end or self.root is None:
            self.parser.Parse(b"", True)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self.count += 1
        if self.count > MOST_ELEMENTS:
            raise self._fault(f"has more than {MOST_ELEMENTS:,} elements")
        if len(self.open) >= DEEPEST:
            raise self._fault(f"has elements more than {DEEPEST} deep")
        line = self.parser.CurrentLineNumber + self.skipped_lines
        element = Element(tag=tag, attributes=attributes, file=self.file, line=line)
        if self.open:
            self.open[-1].children.append(element)
        else:
            self.root = element
        self.open.append(element)

    def _end(self, tag: str) -> None:
        self.open.pop()

    def _doctype(self, *_: object) -> None:
        raise self._fault("has a document type, which could hide anything", "delete <!DOCTYPE ...>")

    def _fault(self, what: str, mend: str = "") -> ExchangeError:
        line = self.parser.CurrentLineNumber + self.skipped_lines
        return _error(self.file, line, what, mend)
