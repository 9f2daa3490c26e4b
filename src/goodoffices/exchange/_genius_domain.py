"""What a GENIUS domain file says: the issues, their options, and the names of the agents."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path, PureWindowsPath
from typing import Final, Literal

from goodoffices.case.model import MOST_STEPS, Issue, Option
from goodoffices.errors import clip
from goodoffices.exchange._xml import Element, plain

__all__ = [
    "Ids",
    "Topic",
    "agents_of",
    "basis",
    "issues_of",
    "space_of",
    "title_of",
    "topics_of",
]

REAL_STEPS: Final = 20
"""GENIUS itself looks at 21 numbers of a real issue."""

Kind = Literal["discrete", "integer", "real"]
_KINDS: Final[dict[str, Kind]] = {"discrete": "discrete", "integer": "integer", "real": "real"}


class Ids:
    """Makes ids from names: short, of the case's alphabet, each only once."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._next: dict[str, int] = {}

    def new(self, name: str, otherwise: str) -> str:
        """Return an id like the name; like `otherwise` where the name has no letter or digit.

        >>> ids = Ids()
        >>> ids.new("Size of Fund", "x"), ids.new("size, of fund", "x"), ids.new("?", "x")
        ('size-of-fund', 'size-of-fund-2', 'x')
        """
        folded = unicodedata.normalize("NFKC", name).casefold()
        words = "".join(c if c.isalpha() or c.isdecimal() else " " for c in folded).split()
        stem = "-".join(words)[:60].rstrip("-") or otherwise
        key = stem
        while key in self._taken:
            self._next[stem] = self._next.get(stem, 1) + 1
            key = f"{stem}-{self._next[stem]}"
        self._taken.add(key)
        return key


@dataclass(frozen=True, kw_only=True, slots=True)
class Topic:
    """An issue of the domain, and how to find its options in a utility space."""

    key: str
    issue: Issue
    kind: Kind
    options: Mapping[str, str]
    """Option name to id; empty for a range of numbers."""
    low: Fraction = Fraction(0)
    high: Fraction = Fraction(0)
    """Bounds of an integer or real issue."""

    @property
    def numbers(self) -> dict[str, Fraction]:
        """Option ids and their numbers, for an integer or real issue."""
        if self.options:
            return {option: Fraction(name) for name, option in self.options.items()}
        return {option: Fraction(option) for option in self.issue.numbers}


def basis(file: str, *notes: str) -> str:
    """Return the assumption on which everything read from a file rests."""
    return "; ".join([f"{clip(file)}: as converted from GENIUS XML", *notes])


def space_of(root: Element) -> Element:
    """Return the <utility_space>: the root itself, or the only one in a domain file."""
    if root.tag == "utility_space":
        return root
    spaces = root.all("utility_space") if root.tag == "negotiation_template" else []
    if len(spaces) != 1:
        what = f"<{clip(root.tag)}> holds {len(spaces)} <utility_space>"
        raise root.fault(what, "it needs one; is it a GENIUS file?")
    return spaces[0]


def issues_of(space: Element) -> Iterator[Element]:
    """Yield issues in file order, those of nested objectives too."""
    _expect(space, "objective", "issue", "weight", "reservation", "discount_factor")
    for child in space.children:
        if child.tag == "objective":
            yield from issues_of(child)
        elif child.tag == "issue":
            # Additive utility spaces carry similarity functions too, and never use them.
            _expect(child, "item", "range", "evaluator", "similarity_function")
            yield child


def _expect(element: Element, *tags: str) -> None:
    """Refuse what this reader doesn't know: it might carry preferences."""
    for child in element.children:
        if child.tag not in tags:
            raise child.fault(
                f"<{clip(child.tag)}> inside <{clip(element.tag)}> is not understood",
                "only additive utilities can be read; delete it if it means nothing",
            )


def topics_of(template: Element, ids: Ids) -> dict[int, Topic]:
    """Return index to issue, in file order."""
    topics: dict[int, Topic] = {}
    for element in issues_of(space_of(template)):
        index = element.whole("index")
        if index in topics:
            raise element.fault(f"a second issue has the index {index}", "number the issues anew")
        key, kind = ids.new(element.text("name"), "issue"), _kind(element)
        read = _discrete(element, key) if kind == "discrete" else _range(element, key, kind)
        topics[index] = read
    if not topics:
        raise template.fault("has no issue", "is it a domain file?")
    return topics


def _kind(element: Element) -> Kind:
    said = [element.attributes[a] for a in ("type", "etype", "vtype") if a in element.attributes]
    name = said[0].strip().lower() if said else "discrete"
    if name not in _KINDS:
        raise element.fault(f'issues of type "{clip(name)}" are not understood', "make it discrete")
    return _KINDS[name]


def _discrete(element: Element, key: str) -> Topic:
    ids, options, notes = Ids(), dict[str, str](), dict[str, str]()
    for item in element.all("item"):
        name = item.text("value")
        if name not in options:
            options[name] = ids.new(name, "option")
        note = item.attributes.get("description", "")
        if plain(note) not in ("", name):
            notes[name] = note
    if not 1 <= len(options) <= MOST_STEPS:
        raise element.fault(f"has {len(options)} items", f"write 1 to {MOST_STEPS}")
    named = {o: Option(name=name, note=notes.get(name)) for name, o in options.items()}
    issue = Issue(name=element.text("name"), options=named, assumed=basis(element.file))
    return Topic(key=key, issue=issue, kind="discrete", options=options)


def _range(element: Element, key: str, kind: Kind) -> Topic:
    bounds = (element.all("range") or [element])[0]
    low, high = bounds.number("lowerbound"), bounds.number("upperbound")
    if low > high:
        raise bounds.fault("its range runs downwards", "write the lower bound first")
    if kind == "integer" and (low.denominator, high.denominator) != (1, 1):
        raise bounds.fault("an integer issue has bounds that are none", "make it real")
    name = element.text("name")
    if float(low) == float(high):
        only = f"{float(low):.10g}"
        option = Ids().new(only, "option")
        issue = Issue(name=name, options={option: Option(name=only)}, assumed=basis(element.file))
        return Topic(key=key, issue=issue, kind=kind, options={only: option}, low=low, high=high)
    steps = _steps(high - low) if kind == "integer" else REAL_STEPS
    coarse = kind == "real" or steps < high - low
    notes = [f"the whole range is taken in {steps} equal steps"] if coarse else []
    # A range of reals is written with a decimal point, so that it can be written back as one.
    text = "..".join(str(int(b)) if kind == "integer" else repr(float(b)) for b in (low, high))
    step = float((high - low) / steps)
    issue = Issue(name=name, range=text, step=step, assumed=basis(element.file, *notes))
    if len(issue.numbers) != steps + 1:
        raise bounds.fault(f"a range of {text} is too narrow to be cut into steps", "widen it")
    return Topic(key=key, issue=issue, kind=kind, options={}, low=low, high=high)


def _steps(span: Fraction) -> int:
    """Return into how many steps a range of integers is cut: as many as a case can hold.

    >>> _steps(Fraction(9)), _steps(Fraction(5000)), _steps(Fraction(100003))
    (9, 625, 20)
    """
    if span < MOST_STEPS:
        return int(span)
    return next((k for k in range(MOST_STEPS - 1, REAL_STEPS, -1) if span % k == 0), REAL_STEPS)


def agents_of(template: Element) -> dict[str, str]:
    """Return the file name of a utility space (case folded) to its agent's name, in order."""
    found: dict[str, str] = {}
    for agent in template.all("agent"):
        # Old files carry paths of the machine they were made on.
        file = PureWindowsPath(agent.attributes.get("utility_space", "")).name
        if file:
            found.setdefault(file.casefold(), plain(agent.attributes.get("name", "")))
    return found


def title_of(template: Element, file: Path) -> str:
    """Return the name of the root objective; where it says nothing, of the file."""
    for objective in space_of(template).all("objective"):
        name = plain(objective.attributes.get("name", ""))
        if name and name.casefold() != "root":
            return name
    short = re.sub(r"[-_ ](domain|template)$", "", plain(file.stem), flags=re.IGNORECASE)
    return short or "domain"
