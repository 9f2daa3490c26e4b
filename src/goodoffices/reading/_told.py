"""What the claims of a case say already: which one says the same, and which one otherwise."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Literal

from goodoffices.case.model import Case, Claim
from goodoffices.reading.compare import counted, denies, states
from goodoffices.reading.findings import Statement
from goodoffices.reading.names import key
from goodoffices.reading.similar import Alike, content

__all__ = ["Differing", "Told", "numbers_in"]

Differing = Literal["whether", "how many", "when"]

SAME = 0.5
"""As where documents are merged: so many shared content words make one claim."""

_WORDS = """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen twenty"""
_WORTH = {word: float(worth) for worth, word in enumerate(_WORDS.split())}
_WORTH |= {"thirty": 30.0, "forty": 40.0, "fifty": 50.0, "hundred": 100.0}
_NUMBER = re.compile(
    rf"(?<![\w.,-])([0-9][0-9,]*(?:\.[0-9]+)?|{'|'.join(_WORTH)})(?![\w-])",
    re.IGNORECASE,
)
_MONTH = re.compile(r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}")


def numbers_in(text: str) -> dict[str, float]:
    """Return the numbers of a text by what they count, days of a month left out.

    >>> numbers_in("On 12 June two guards shot 1,200 sheep and 3 guards")
    {'guard': 2.0, 'sheep': 1200.0}
    """
    found: dict[str, float] = {}
    for match in _NUMBER.finditer(text):
        after = re.match(r"\s*([^\W\d_]+|%)", text[match.end() :][:60])
        unit = after[1].casefold() if after is not None else ""
        if unit and not _MONTH.fullmatch(unit):
            number = match[1].casefold()
            value = _WORTH[number] if number in _WORTH else float(number.replace(",", ""))
            found.setdefault(min(content(unit), default=unit), value)
    return found


class Told:
    """The claims of a case, to compare what is read with."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.keys = [key for key, claim in case.claims.items() if claim.class_ != "assumption"]
        self._alike = Alike([content(case.claims[k].quote or "") for k in self.keys], SAME)
        self._days: dict[str, dt.date] = {}
        for event in (case.outlook.events if case.outlook is not None else {}).values():
            if event.date.date is not None and event.date.inferred is None:
                self._days |= dict.fromkeys(event.because, event.date.date)

    def equal(self, statement: Statement, quote: str, speaker: str) -> str | None:
        """Return a claim that says the same in another source."""
        who, mine = key(self.case.name_of(speaker)), numbers_in(quote)
        for known, claim in self._close(quote):
            same = claim.type in {None, statement.type} and _denied(claim) == denies(statement)
            theirs = key(self.case.name_of(claim.speaker or ""))
            apart = _clash(mine, numbers_in(claim.quote or ""))
            if same and theirs == who and not apart and not self._another_day(statement, known):
                return known
        return None

    def opposed(
        self, statement: Statement, quote: str, about: tuple[str, ...]
    ) -> Iterator[tuple[str, Differing]]:
        """Yield the claims that say otherwise, and in what.

        As `contradiction` does, by what a case keeps of a claim: its words, and the days of its
        events.
        """
        mine = numbers_in(quote)
        for known, claim in self._close(quote):
            if claim.type != statement.type or "opinion" in (claim.class_, statement.class_):
                continue
            if statement.voice == "opinion":
                continue
            theirs = numbers_in(claim.quote or "")
            if _denied(claim) != denies(statement):
                yield known, "whether"
            elif not states(statement) or ({*claim.about} - {*about} and {*about} - {*claim.about}):
                continue
            elif _clash(mine, theirs):
                if not self._another_day(statement, known):
                    yield known, "how many"
            elif counted(statement) and self._another_day(statement, known):
                yield known, "when"

    def _close(self, quote: str) -> Iterator[tuple[str, Claim]]:
        for place in self._alike.to(content(quote)):
            yield self.keys[place], self.case.claims[self.keys[place]]

    def _another_day(self, statement: Statement, claim: str) -> bool:
        told, day = statement.happening, self._days.get(claim)
        return day is not None and told is not None and told.date not in (None, day)


def _denied(claim: Claim) -> bool:
    return claim.modality == "denied"


def _clash(one: dict[str, float], other: dict[str, float]) -> bool:
    """Whether both count something of one kind, and nothing of it gives the same number."""
    shared = one.keys() & other.keys()
    return bool(shared) and all(one[unit] != other[unit] for unit in shared)
