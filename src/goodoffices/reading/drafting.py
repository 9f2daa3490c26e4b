"""What was read, as drafts in a case: new ones beside what is there, and nothing twice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from goodoffices.case.model import Case, Dated
from goodoffices.reading._board import Board
from goodoffices.reading._evidence import gather
from goodoffices.reading._issues import add_interests, add_issues
from goodoffices.reading._later import add_estimates, add_events
from goodoffices.reading._parties import add_cast, found_cast
from goodoffices.reading._told import Differing
from goodoffices.reading._words import tidy
from goodoffices.reading.merged import Reading

__all__ = ["Drafted", "draft"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Drafted:
    """A case with drafts, and what became of what was read."""

    case: Case
    added: Mapping[str, int]
    """Drafts by section."""
    present: int
    """Claims whose words the case held already."""
    turned_down: int
    """Proposals that a person has turned down before."""
    unquotable: int
    """Claims whose words cannot be quoted from the stored copy."""
    opposed: tuple[tuple[str, str, Differing], ...]
    """New claims, each with one that the case held before and that says otherwise, and in what."""
    left_out: int
    """Claims for which the case has no room, those that weigh least."""
    claims: Mapping[int, str]
    """Claim of the reading to claim of the case."""
    sources: Mapping[int, str]
    """Document of the reading to source of the case."""
    copies: Mapping[str, str] = field(repr=False)
    """Files to store beside the case, by the name that the case gives them: their text."""


def draft(
    reading: Reading,
    case: Case | None = None,
    *,
    texts: Mapping[str, str] | None = None,
    folder: str = "sources",
    title: str = "",
    again: bool = False,
) -> Drafted:
    """Return a case in which everything that was read stands as a draft.

    Into an existing case, whose sources read as `texts`, only what it lacks is added. Nothing that
    stands there changes but this: a draft claim gains the other places that say the same. Words
    that a claim of the case quotes already are not proposed again, nor is what a person has turned
    down. From a document that the case has read before (by its digest) nothing new is taken, but
    with `again`; so reading the same again changes nothing. Other parts are proposed only where
    they rest on a claim that is new.

    Opinion becomes claims of class opinion, and nothing rests on it. Persons become speakers only.
    """
    start = case if case is not None else _empty(reading, title)
    board = Board(start)
    cast = add_cast(board, reading)
    evidence = gather(board, reading, cast, texts or {}, folder, again=again)
    found_cast(board, reading, cast, evidence)
    add_issues(board, reading, cast, evidence)
    add_interests(board, reading, cast, evidence)
    add_events(board, reading, evidence)
    add_estimates(board, reading, evidence)
    finished = board.finished()
    return Drafted(
        case=start if finished == start else finished,
        added=dict(board.added),
        present=evidence.present,
        turned_down=board.turned_down,
        unquotable=evidence.unquotable,
        opposed=tuple(evidence.opposed),
        left_out=evidence.left_out,
        claims=evidence.ids,
        sources=evidence.sources,
        copies={
            str(finished.sources[key].file): reading.documents[place].text
            for key, place in evidence.fresh.items()
        },
    )


def _empty(reading: Reading, title: str) -> Case:
    """Return a case that holds nothing yet, as of the latest document."""
    named = [document.title for document in reading.documents if document.title]
    count = len(reading.documents)
    about = tidy(named[0], 120) if count == 1 and named else f"{count} documents"
    days = [document.date for document in reading.documents if document.date is not None]
    as_of = Dated(date=max(days), inferred="the latest document's day") if days else Dated()
    return Case(goodoffices=1, title=title or f"Draft from {about}", as_of=as_of)
