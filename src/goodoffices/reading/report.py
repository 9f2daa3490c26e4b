"""What came of a reading: found, set apart, dropped, unheard, contradicted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from goodoffices.case.drafts import drafts_of
from goodoffices.case.model import Case
from goodoffices.errors import Fault, clip
from goodoffices.reading.balance import Balance, balance
from goodoffices.reading.drafting import Drafted
from goodoffices.reading.merged import Contradiction, Reading

__all__ = ["Opposed", "ReadReport", "Unread", "Version", "report_of", "summary"]

MOST_SHOWN = 5
"""Contradictions and unheard voices that a summary names one by one."""


SECTIONS = (
    *("claims", "parties", "factions", "constituencies", "issues", "positions", "demands"),
    *("interests", "questions", "estimates", "events"),
)
"""Sections that a reading may add to, in the order in which they are told."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Version:
    """One of two claims that contradict each other."""

    claim: str
    """Its id in the case; empty where the case does not hold it."""
    source: str
    """The document's title, or its file's name."""
    quote: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Opposed:
    """Two claims side by side that cannot both be so."""

    about: Literal["whether", "how many", "when"]
    one: Version
    other: Version


@dataclass(frozen=True, kw_only=True, slots=True)
class Unread:
    """A document that gave nothing, and why."""

    path: str
    faults: tuple[Fault, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadReport:
    """What `goodoffices read` did."""

    written: tuple[str, ...]
    documents: int
    """Documents that were read."""
    unread: tuple[Unread, ...]
    added: Mapping[str, int]
    """Drafts by section of the case."""
    waiting: int
    """All drafts in the case, with those of before."""
    opinion: int
    """Claims set apart as opinion."""
    present: int
    """Claims whose words the case held already."""
    turned_down: int
    """Proposals that a person had turned down before."""
    dropped: Mapping[str, int]
    """Why statements were dropped, and how many."""
    copies: tuple[tuple[str, ...], ...]
    """Documents that repeat each other, the longest first."""
    contradictions: tuple[Opposed, ...]
    balance: Balance
    notes: tuple[str, ...]


def report_of(
    reading: Reading, drafted: Drafted, written: Sequence[str], unread: Sequence[Unread]
) -> ReadReport:
    """Put together what came of a reading."""
    case = drafted.case
    dropped = Counter(reading.dropped)
    if drafted.unquotable:
        dropped["words that the stored copy cannot quote"] += drafted.unquotable
    if drafted.left_out:
        dropped["more than a case holds, the least weighty"] += drafted.left_out
    found = set(drafted.claims.values())
    return ReadReport(
        written=tuple(written),
        documents=len(reading.documents),
        unread=tuple(unread),
        added={name: drafted.added[name] for name in SECTIONS if name in drafted.added},
        waiting=len(drafts_of(case)),
        opinion=sum(case.claims[key].class_ == "opinion" for key in found),
        present=drafted.present,
        turned_down=drafted.turned_down,
        dropped=dict(dropped),
        copies=tuple(
            tuple(reading.documents[place].name for place in group) for group in reading.copies
        ),
        contradictions=_every_opposed(reading, drafted),
        balance=balance(case, reading),
        notes=tuple(dict.fromkeys(reading.notes)),
    )


def summary(report: ReadReport) -> Iterator[str]:
    """Say in words what came of a reading, a line at a time."""
    yield f"Read {_count(report.documents, 'document')}: {_found(report)}."
    if report.opinion:
        yield f"Set apart as opinion, which feeds nothing: {_count(report.opinion, 'claim')}."
    if report.present:
        yield f"There already, and left alone: {_count(report.present, 'claim')}."
    if report.turned_down:
        yield f"Turned down before, and not proposed again: {report.turned_down}."
    if report.dropped:
        reasons = ", ".join(f"{why} ({count})" for why, count in report.dropped.items())
        yield f"Dropped: {reasons}."
    for group in report.copies:
        yield f"Copies of one another, which count once: {', '.join(group)}."
    yield from _contradicted(report)
    yield from _heard(report.balance)
    for each in report.unread:
        for fault in each.faults:
            yield f"Not read: {each.path}: {fault}"
    for note in report.notes:
        yield f"Note: {note}"


def _found(report: ReadReport) -> str:
    if not report.added:
        return "nothing new"
    parts = ", ".join(f"{count} in {section}" for section, count in report.added.items())
    return f"{_count(sum(report.added.values()), 'draft')} ({parts})"


def _contradicted(report: ReadReport) -> Iterator[str]:
    if not report.contradictions:
        return
    yield f"Contradictions, side by side: {len(report.contradictions)}."
    for each in report.contradictions[:MOST_SHOWN]:
        yield f"  {each.about}:"
        for version in (each.one, each.other):
            yield f"    “{clip(version.quote, 90)}” ({clip(version.source, 40)})"
    more = len(report.contradictions) - MOST_SHOWN
    if more > 0:
        yield f"  and {more} more"


def _heard(found: Balance) -> Iterator[str]:
    spoken = [f"{clip(party, 40)} {count}" for party, count in found.spoken.items()]
    spoken.append(f"the documents and others {found.others}")
    yield f"Claims by whose word they are: {', '.join(spoken)}."
    if found.unheard:
        shown = ", ".join(clip(name, 40) for name in found.unheard[: 2 * MOST_SHOWN])
        more = len(found.unheard) - 2 * MOST_SHOWN
        rest = f" and {more} more" if more > 0 else ""
        yield f"Spoken of and never heard: {shown}{rest}."


def _every_opposed(reading: Reading, drafted: Drafted) -> tuple[Opposed, ...]:
    """Return what contradicts each other: in what was read, and with what the case held."""
    within = [_opposed(reading, drafted, each) for each in reading.contradictions]
    shown = {frozenset((each.one.claim, each.other.claim)) for each in within}
    case = drafted.case
    before = [
        Opposed(about=about, one=_held(case, one), other=_held(case, other))
        for one, other, about in drafted.opposed
        if frozenset((one, other)) not in shown
    ]
    return (*within, *before)


def _held(case: Case, key: str) -> Version:
    claim = case.claims[key]
    source = case.sources.get(claim.source or "")
    title = source.title if source is not None else "no source"
    return Version(claim=key, source=title, quote=claim.quote or "")


def _opposed(reading: Reading, drafted: Drafted, each: Contradiction) -> Opposed:
    return Opposed(
        about=each.about,
        one=_version(reading, drafted, each.one),
        other=_version(reading, drafted, each.other),
    )


def _version(reading: Reading, drafted: Drafted, index: int) -> Version:
    words = reading.claims[index].places[0]
    document = reading.documents[words.document]
    quote = " ".join(words.span.of(document.text).split())
    claim = drafted.claims.get(index, "")
    return Version(claim=claim, source=document.title or document.name, quote=quote)


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
