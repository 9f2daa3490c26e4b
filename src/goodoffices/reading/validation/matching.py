"""Whether a statement that was found is one that people marked: speaker, type and words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from goodoffices.case.speech import StatementType
from goodoffices.reading.findings import Findings, Statement

__all__ = ["Compared", "Gold", "compare", "is_right", "paired", "who_of"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Gold:
    """A statement that people marked in a text."""

    types: frozenset[StatementType]
    """Any of them is right."""
    speaker: str
    """A pattern for the speaker's names, without regard to case; NARR is the document itself."""
    words: str
    """A pattern that the quote must contain."""
    opinion: bool = False
    """Whether it must be set apart as opinion; then its type doesn't matter."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Compared:
    """What was found against what was marked, in counts."""

    marked: int
    recalled: int
    """Marked statements that some found one matches."""
    found: int
    right: int
    """Found statements that match some marked one."""
    paired: int
    """Pairs where every statement, found or marked, is used once: the stricter count."""
    missed: tuple[int, ...] = ()
    """Places of the marked statements that nothing matches."""
    wrong: tuple[int, ...] = ()
    """Places of the found statements that match nothing."""


def who_of(one: Statement, findings: Findings) -> tuple[str, ...]:
    """Return under which names a statement's speaker goes.

    It is the innermost speaker. Where the document itself tells, that is NARR, and whoever did
    what it tells; an opinion is the COMMENT's.
    """
    if one.voice == "opinion":
        return ("COMMENT",)
    names = {each.id: (each.name, *each.aliases) for each in findings.named}
    if one.speakers:
        last = one.speakers[-1]
        return names.get(last, (last,))
    actor = one.happening.actor if one.happening is not None else None
    return ("NARR", *(names.get(actor, (actor,)) if actor is not None else ()))


def is_right(one: Statement, gold: Gold, findings: Findings) -> bool:
    """Return whether a found statement is a marked one."""
    if gold.opinion != (one.voice == "opinion"):
        return False
    if not gold.opinion and one.type not in gold.types:
        return False
    quote = re.sub(r"\s+", " ", one.span.of(findings.document.text))
    if re.search(gold.words, _plain(quote), re.IGNORECASE) is None:
        return False
    speaker = re.compile(gold.speaker, re.IGNORECASE)
    return any(speaker.search(_plain(name)) for name in who_of(one, findings))


def compare(findings: Findings, marked: Sequence[Gold]) -> Compared:
    """Count what was found and what was missed."""
    fits = [
        [n for n, gold in enumerate(marked) if is_right(one, gold, findings)]
        for one in findings.statements
    ]
    hit = {n for each in fits for n in each}
    return Compared(
        marked=len(marked),
        recalled=len(hit),
        found=len(fits),
        right=sum(bool(each) for each in fits),
        paired=paired(fits),
        missed=tuple(n for n in range(len(marked)) if n not in hit),
        wrong=tuple(n for n, each in enumerate(fits) if not each),
    )


def paired(fits: Sequence[Iterable[int]]) -> int:
    """Return how many pairs can be made at most, each side used once.

    A path that swaps pairs is searched from each found statement (Kuhn 1955, the Hungarian method
    without weights).

    >>> paired([[0, 1], [0], [0]])
    2
    """
    partner: dict[int, int] = {}

    def place(n: int, seen: set[int]) -> bool:
        for gold in fits[n]:
            if gold in seen:
                continue
            seen.add(gold)
            if gold not in partner or place(partner[gold], seen):
                partner[gold] = n
                return True
        return False

    return sum(place(n, set()) for n in range(len(fits)))


_SIGNS = str.maketrans("\u2019\u2018\u201c\u201d", "''\"\"")


def _plain(text: str) -> str:
    return text.translate(_SIGNS)
