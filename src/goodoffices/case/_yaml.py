"""YAML 1.2 text to plain data, and where each part of it stands, in bounded time and memory.

One pass over the parser's events with a stack of its own: nothing here recurses, and every limit
is checked before the memory it guards is spent. Plain scalars follow the core schema of YAML 1.2
(so `yes`, `no`, `on` and `off` are text), dates stay text, and names of fields are always text.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal, NoReturn

from goodoffices.errors import CaseFileError, Fault, clip

__all__ = ["Path", "Place", "Tree", "decode", "dotted", "read", "resolve"]

MOST_CHARACTERS = 4_000_000
MOST_DEPTH = 32
MOST_NODES = 200_000
"""Fields, names and items of a file, those that aliases repeat included."""
MOST_ALIASES = 100
MOST_DIGITS = 40
MOST_FAULTS = 50

Path = tuple[str | int, ...]
"""Names of fields, and positions in lists, from the top of a file down to one of its parts."""
Style = Literal["plain", "quoted", "text", "flow", "block", "alias"]

_NULLS = {"", "~", "null", "Null", "NULL"}
_BOOLS = dict.fromkeys(["true", "True", "TRUE"], True)
_BOOLS |= dict.fromkeys(["false", "False", "FALSE"], False)
_INTEGER = re.compile(r"[-+]?[0-9]+")
_BASED = re.compile(r"0(?:o[0-7]+|x[0-9a-fA-F]+)")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_NO_NUMBER = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_COLON = re.compile(r"[ \t]*:")


@dataclass(frozen=True, slots=True)
class Place:
    """Where one part of a file stands; `start` and `end` are offsets of characters."""

    line: int
    """Line of its name (or of itself, in a list), counted from 1."""
    key: int
    """Where its name begins; -1 for an item of a list and for the whole."""
    colon: int
    """Just after the colon that follows its name; -1 where there is none."""
    start: int
    end: int
    style: Style


@dataclass(frozen=True, kw_only=True, slots=True)
class Tree:
    """What a file says, as plain data, and where each part of it stands."""

    data: Any
    places: dict[Path, Place]

    @property
    def lines(self) -> dict[Path, int]:
        """Line of each part, counted from 1."""
        return {path: place.line for path, place in self.places.items()}


def dotted(path: Iterable[str | int]) -> str:
    """Write a path as a message shows it.

    >>> dotted(("demands", "corridor", "because", 0))
    'demands.corridor.because.0'
    """
    return ".".join(clip(part) for part in path)


def decode(raw: bytes, subject: str = "the case file") -> str:
    """Return the text of a file's bytes, without a byte order mark; `CaseFileError` if not UTF-8.

    >>> decode(b"title: Corridor")
    'title: Corridor'
    """
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        wide = raw[:2] in (b"\xff\xfe", b"\xfe\xff")
        what = f"not UTF-8 text{' but UTF-16' if wide else ''}: byte {raw[error.start]:#04x}"
        fault = Fault(where="", what=what, mend="save it with the encoding UTF-8", line=line)
        raise CaseFileError([fault], subject) from None


def read(text: str, subject: str = "the case file") -> Tree:
    r"""Read one YAML document; raise `CaseFileError` with every fault up to the first fatal one.

    >>> tree = read("title: Corridor\nparties: {north: 1, south: [yes, 2]}")
    >>> tree.data
    {'title': 'Corridor', 'parties': {'north': 1, 'south': ['yes', 2]}}
    >>> tree.lines["parties", "south", 1]
    2
    """
    builder = _Builder(text)
    try:
        builder.run()
    except _Fatal as fatal:
        builder.faults.append(fatal.fault)
    if builder.faults:
        raise CaseFileError(builder.faults, subject)
    return Tree(data=builder.data, places=builder.places)


def resolve(text: str) -> bool | int | float | str | None:
    """Read a plain scalar by the core schema; `ValueError` for a number that is none.

    >>> [resolve(text) for text in ("40", "4e1", "yes", "~", "2024-08-31", "30..50")]
    [40, 40.0, 'yes', None, '2024-08-31', '30..50']
    """
    if text in _NULLS:
        return None
    if text in _BOOLS:
        return _BOOLS[text]
    if text[0] not in "+-.0123456789":
        return text
    if _NO_NUMBER.fullmatch(text):
        raise ValueError("is not a number that can be used")
    number = _FLOAT.fullmatch(text)
    if number is None and not _BASED.fullmatch(text):
        return text
    if len(text) > MOST_DIGITS:
        raise ValueError(f"is a number of more than {MOST_DIGITS} digits")
    if number is None:
        return int(text, 0)
    if _INTEGER.fullmatch(text):
        return int(text)
    if not math.isfinite(value := float(text)):
        raise ValueError("is too large for a number")
    return value


class _Fatal(Exception):
    def __init__(self, fault: Fault) -> None:
        self.fault = fault


@dataclass(slots=True)
class _Frame:
    """A list or mapping that is still open."""

    node: Any
    path: Path
    line: int
    key_start: int
    colon: int
    start: int
    flow: bool
    anchor: str | None
    before: int
    """Nodes counted before it opened."""
    end: int
    """Where its last part so far ends."""
    height: int = 1
    name: str | None = None
    """The name of a field that still waits for its value."""
    name_line: int = 0
    name_start: int = -1
    name_end: int = -1


@dataclass(slots=True)
class _Anchored:
    node: Any = None
    size: int = 1
    height: int = 0
    whole: bool = False


@dataclass(slots=True)
class _Builder:
    """Turns events into data; each method handles one kind of event."""

    text: str
    data: Any = None
    places: dict[Path, Place] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    stack: list[_Frame] = field(default_factory=list)
    anchors: dict[str, _Anchored] = field(default_factory=dict)
    breaks: list[int] = field(default_factory=list)
    nodes: int = 0
    aliases: int = 0
    documents: int = 0

    def run(self) -> None:
        from ruamel.yaml import YAML
        from ruamel.yaml.error import MarkedYAMLError, YAMLError

        self._check_text()
        self.breaks = [found.end() for found in re.finditer(r"\r\n?|\n", self.text)]
        handlers = {
            "ScalarEvent": self._scalar,
            "AliasEvent": self._alias,
            "MappingStartEvent": self._open,
            "SequenceStartEvent": self._open,
            "MappingEndEvent": self._close,
            "SequenceEndEvent": self._close,
            "DocumentStartEvent": self._document,
        }
        try:
            for event in YAML(typ="safe", pure=True).parse(self.text):
                handle = handlers.get(type(event).__name__)
                if handle is not None:
                    handle(event)
        except MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            what, mend = _in_words(error)
            self._fatal(what, mend, mark.index if mark is not None else 0)
        except (YAMLError, ValueError, OverflowError, LookupError, AttributeError) as error:
            # Impossible escapes and directives end in errors that are not the parser's own.
            what = f"not YAML after this field ({clip(error)})"
            self._fatal(what, "mend the text or the escape that follows")

    def _check_text(self) -> None:
        if len(self.text) > MOST_CHARACTERS:
            what = f"longer than {MOST_CHARACTERS:,} characters"
            raise _Fatal(Fault(where="", what=what, mend="split it or shorten its texts"))
        for found in _CONTROL.finditer(self.text):
            line = self.text.count("\n", 0, found.start()) + 1
            what = f"a control character, U+{ord(found[0]):04X}"
            self._note("", what, "remove it", line)
        if self.faults:
            raise _Fatal(self.faults.pop())

    def _note(self, where: str, what: str, mend: str, line: int) -> None:
        if len(self.faults) >= MOST_FAULTS:
            raise _Fatal(Fault(where="", what=f"more than {MOST_FAULTS} faults", mend="mend these"))
        self.faults.append(Fault(where=where, what=what, mend=mend, line=line))

    def _fatal(self, what: str, mend: str, index: int = -1) -> NoReturn:
        here = self._next_path()[:3] if self.stack else ()
        line = None if index < 0 else self._line(index)
        raise _Fatal(Fault(where=dotted(here), what=what, mend=mend, line=line))

    def _line(self, index: int) -> int:
        # The parser also counts U+2028 and U+0085 as line breaks; editors do not.
        return bisect_right(self.breaks, index) + 1

    def _next_path(self) -> Path:
        top = self.stack[-1]
        if isinstance(top.node, list):
            return (*top.path, len(top.node))
        return top.path if top.name is None else (*top.path, top.name)

    def _count(self, event: Any, nodes: int, height: int) -> None:
        self.nodes += nodes
        if self.nodes > MOST_NODES:
            self._fatal(f"more than {MOST_NODES:,} fields", "split it", event.start_mark.index)
        if len(self.stack) + height > MOST_DEPTH:
            what = f"fields inside fields more than {MOST_DEPTH} deep"
            self._fatal(what, "close a bracket or indent less", event.start_mark.index)

    def _document(self, event: Any) -> None:
        self.documents += 1
        index = event.start_mark.index
        if self.documents > 1:
            self._fatal("a second document begins here", "remove the line `---`", index)
        if event.version is not None and tuple(event.version) != (1, 2):
            self._fatal("only YAML 1.2 is read", "remove the line that begins with %YAML", index)

    def _scalar(self, event: Any) -> None:
        self._count(event, 1, 0)
        top = self.stack[-1] if self.stack else None
        if top is not None and top.name is None and isinstance(top.node, dict):
            self._name(top, event)
            return
        self._check_tag(event)
        index = event.start_mark.index
        value: object = event.value
        if event.style is None:
            try:
                value = resolve(event.value)
            except ValueError as error:
                where, what = dotted(self._next_path()) if top else "", clip(event.value, 30)
                mend = "write a finite number, or put text in quotes"
                self._note(where, f"{what} {error}", mend, self._line(index))
        self._check_value(event)
        if event.anchor is not None:
            self.anchors[event.anchor] = _Anchored(node=value, whole=True)
        self._attach(event, value, _style(event))

    def _check_value(self, event: Any) -> None:
        # An escape such as "\0" can hide a control character from the check of the text.
        found = _CONTROL.search(event.value)
        if found is not None:
            what = f"a control character, U+{ord(found[0]):04X}"
            where = dotted(self._next_path()) if self.stack else ""
            self._note(where, what, "remove it", self._line(event.start_mark.index))

    def _check_tag(self, event: Any) -> None:
        if event.tag is not None:
            where = dotted(self._next_path()) if self.stack else ""
            line = self._line(event.start_mark.index)
            self._note(where, f"a tag, {clip(event.tag, 40)}", "remove it; tags are not read", line)

    def _name(self, top: _Frame, event: Any) -> None:
        index, name = event.start_mark.index, event.value
        self._check_tag(event)
        self._check_value(event)
        line = self._line(index)
        if event.style is None and name == "":
            self._fatal("a field without a name", "write its name before the colon", index)
        if event.style is None and name == "<<":
            self._note(dotted(top.path), "`<<` is not read", "write the fields out", line)
        if name in top.node:
            first = self.places.get((*top.path, name))
            what = f'"{clip(name)}" stands here twice'
            if first is not None:
                what += f", first on line {first.line}"
            self._note(dotted((*top.path, name)), what, "rename or remove one of them", line)
        if event.anchor is not None:
            self.anchors[event.anchor] = _Anchored(node=name, whole=True)
        top.name, top.name_line = name, line
        top.name_start, top.name_end = index, event.end_mark.index

    def _alias(self, event: Any) -> None:
        index = event.start_mark.index
        top = self.stack[-1] if self.stack else None
        if top is not None and top.name is None and isinstance(top.node, dict):
            self._fatal("an alias as the name of a field", "write the name out", index)
        found = self.anchors.get(event.anchor)
        if found is None:
            self._fatal(f"*{clip(event.anchor)} refers to nothing", "write the value out", index)
        if not found.whole:
            self._fatal(f"*{clip(event.anchor)} contains itself", "write the value out", index)
        self.aliases += 1
        if self.aliases > MOST_ALIASES:
            self._fatal(f"more than {MOST_ALIASES} aliases", "write values out", index)
        self._count(event, found.size, found.height)
        if top is not None:
            top.height = max(top.height, found.height + 1)
        self._attach(event, found.node, "alias")

    def _attach(self, event: Any, value: object, style: Style) -> None:
        """Put a finished scalar or alias where it belongs."""
        start, end = event.start_mark.index, event.end_mark.index
        if style == "text":
            # The parser counts blank lines after a block of text as part of it.
            end = start + len(self.text[start:end].rstrip())
        if not self.stack:
            self.data = value
            self.places[()] = Place(self._line(start), -1, -1, start, end, style)
            return
        top = self.stack[-1]
        path, line, key, colon = self._take_name(top, start)
        if start == end and colon >= 0:
            # The parser puts an empty value at the token after it.
            start = end = colon
        self.places[path] = Place(line, key, colon, start, end, style)
        self._add(top, value, path)
        top.end = max(top.end, end)

    def _take_name(self, top: _Frame, start: int) -> tuple[Path, int, int, int]:
        path = self._next_path()
        if isinstance(top.node, list):
            return path, self._line(start), -1, -1
        colon = _COLON.match(self.text, top.name_end)
        return path, top.name_line, top.name_start, colon.end() if colon else -1

    @staticmethod
    def _add(top: _Frame, value: object, path: Path) -> None:
        if isinstance(top.node, list):
            top.node.append(value)
        else:
            top.node[path[-1]] = value
            top.name = None

    def _open(self, event: Any) -> None:
        self._count(event, 1, 1)
        start = event.start_mark.index
        node: Any = {} if type(event).__name__ == "MappingStartEvent" else []
        path: Path = ()
        line, key, colon = self._line(start), -1, -1
        if self.stack:
            top = self.stack[-1]
            if isinstance(top.node, dict) and top.name is None:
                self._fatal("a list or mapping as the name of a field", "use a plain name", start)
            path, line, key, colon = self._take_name(top, start)
        self._check_tag(event)
        if event.anchor is not None:
            self.anchors[event.anchor] = _Anchored(node=node)
        flow, end = bool(event.flow_style), event.end_mark.index
        if self.stack:
            self._add(self.stack[-1], node, path)
        self.stack.append(
            _Frame(node, path, line, key, colon, start, flow, event.anchor, self.nodes - 1, end)
        )

    def _close(self, event: Any) -> None:
        done = self.stack.pop()
        end = event.end_mark.index if done.flow else done.end
        self.places[done.path] = Place(
            done.line, done.key_start, done.colon, done.start, end, "flow" if done.flow else "block"
        )
        anchored = self.anchors.get(done.anchor) if done.anchor is not None else None
        if anchored is not None and anchored.node is done.node:
            anchored.size, anchored.height = self.nodes - done.before, done.height
            anchored.whole = True
        if self.stack:
            top = self.stack[-1]
            top.height, top.end = max(top.height, done.height + 1), max(top.end, end)
        else:
            self.data = done.node


def _style(event: Any) -> Style:
    if event.style is None:
        return "plain"
    return "text" if event.style in "|>" else "quoted"


_WORDS: tuple[tuple[str, str, str], ...] = (
    (
        "mapping values are not allowed",
        "a colon where none can stand",
        'put text that holds ": " in quotes, and line up the fields',
    ),
    ("character '\\t'", "a tab where spaces must stand", "indent with spaces"),
    ("cannot start any token", "text begins with a sign of YAML's own", "put the text in quotes"),
    ("while scanning a quoted scalar", "a quote is opened and never closed", "close it"),
    ("unknown escape", "an unknown escape after a backslash", "use single quotes, or double it"),
    ("hexdecimal", "an escape with too few digits", "use single quotes, or double the backslash"),
    ("expected ',' or ']'", "a bracket [ is not closed, or a comma is missing", "close it with ]"),
    ("expected ',' or '}'", "a brace { is not closed, or a comma is missing", "close it with }"),
    ("but found '<stream end>'", "a bracket is opened and never closed", "close it"),
    ("could not find expected ':'", "a line without a colon", "write `name: value`"),
    (
        "expected <block end>",
        "this does not fit what stands before it",
        "line it up with the fields above, or put the whole text in quotes",
    ),
    ("sequence entries are not allowed", "a dash where none can stand", "put text in quotes"),
)


def _in_words(error: Any) -> tuple[str, str]:
    """Say a syntax error for people who do not know YAML's terms."""
    problem = f"{error.problem or ''} {error.context or ''}"
    for sign, what, mend in _WORDS:
        if sign in problem:
            return what, mend
    return f"not YAML: {clip(problem, 120)}", "mend the line, or put the text in quotes"
