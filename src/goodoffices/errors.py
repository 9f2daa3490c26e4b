"""Everything that goodoffices raises on purpose.

GoodOfficesError
├── QuantityError          a quantity that can't be read
├── CaseError              a case that can't be used: all its faults in one go
│   ├── CaseFileError      a case file that can't be read or written at all
│   └── DocumentError      a document that can't be read, or not within the limits
├── ScenarioError          a scenario that doesn't exist or doesn't fit its case
├── ExchangeError          another program's file that can't be read or written
├── ExtraError             a part of goodoffices that isn't installed
├── ModelError             a question that the model can't answer, and why
└── Interrupted            the person stopped the work
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

__all__ = [
    "CaseError",
    "CaseFileError",
    "DocumentError",
    "ExchangeError",
    "ExtraError",
    "Fault",
    "GoodOfficesError",
    "Interrupted",
    "ModelError",
    "QuantityError",
    "ScenarioError",
    "clip",
    "nearest",
]


@dataclass(frozen=True, kw_only=True, slots=True)
class Fault:
    """One thing that is wrong, or worth a second look, in a case.

    >>> print(Fault(where="issues.aid", what="no options", mend="name at least two", line=4))
    line 4, issues.aid: no options; name at least two
    """

    where: str
    """Dotted path inside the case, such as `positions.west.corridor.values`."""
    what: str
    """What is wrong, in words."""
    mend: str = ""
    """How to mend it, with the nearest known name where there is one."""
    severity: Literal["error", "warning"] = "error"
    line: int | None = None
    """Line in the file, counted from 1."""

    def __str__(self) -> str:
        place = self.where or "the case"
        if self.line is not None:
            place = f"line {self.line}, {place}"
        return f"{place}: {self.what}" + (f"; {self.mend}" if self.mend else "")


class GoodOfficesError(Exception):
    """The root of every error that goodoffices raises on purpose."""


class QuantityError(GoodOfficesError, ValueError):
    """A quantity can't be read; the message says what would be."""


class CaseError(GoodOfficesError):
    """A case can't be used; carries all of its faults.

    >>> error = CaseError([Fault(where="title", what="missing")])
    >>> print(error)
    1 fault in the case:
      title: missing
    """

    def __init__(self, faults: Iterable[Fault], subject: str = "the case") -> None:
        self.faults = tuple(faults)
        count = len(self.faults)
        lines = "\n".join(f"  {fault}" for fault in self.faults)
        super().__init__(f"{count} fault{'s' * (count != 1)} in {subject}:\n{lines}")


class CaseFileError(CaseError):
    """A case file can't be read or written at all: size, encoding, syntax, permissions."""


class DocumentError(CaseError):
    """A document can't be read: size, form, encryption, time; nothing of it was taken."""


class ScenarioError(GoodOfficesError):
    """A scenario doesn't exist, or what it sets doesn't fit its case."""


class ExchangeError(GoodOfficesError):
    """Another program's file can't be read, or a case can't be said in its format."""


class ExtraError(GoodOfficesError):
    """A part that some may do without isn't installed; the message says how to install it."""


class ModelError(GoodOfficesError):
    """The model can't answer this question for this case; the message says why."""


class Interrupted(GoodOfficesError):
    """The person stopped the work before it was done."""


def nearest(name: str, known: Iterable[str]) -> str:
    """Return `did you mean "..."?` for the closest known name, or nothing.

    >>> nearest("corider", ["corridor", "exchange"])
    'did you mean "corridor"?'
    >>> nearest("zzz", ["corridor"])
    ''
    """
    # A name of 10,000 characters is not a typing slip, and comparing it would cost seconds.
    if len(name) > 100:
        return ""
    found = difflib.get_close_matches(name, [k for k in known if len(k) <= 100], n=1, cutoff=0.6)
    return f'did you mean "{found[0]}"?' if found else ""


def clip(text: object, length: int = 60) -> str:
    """Return text on one line, shortened for a message.

    >>> clip("a" * 100, 5)
    'aaaa…'
    """
    line = " ".join(str(text).split())
    return line if len(line) <= length else line[: length - 1] + "…"
