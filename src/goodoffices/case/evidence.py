"""Sources beside a case file, and whether quotes stand where claims say they do."""

from __future__ import annotations

import itertools
import os
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from goodoffices.case._faults import error, warning
from goodoffices.case._yaml import decode
from goodoffices.case.document import read_bytes
from goodoffices.case.model import Case, Claim, Place
from goodoffices.errors import CaseFileError, Fault, clip, nearest

__all__ = ["SourceText", "evidence_faults", "normal", "source_text"]

MOST_SOURCE = 20_000_000
"""Bytes of one source."""
MOST_SOURCES = 100_000_000
"""Bytes of all sources of a case together."""
MOST_SEARCHED = 4_000_000_000
"""Characters looked through for all the quotes of a case together."""

WIDEST = 4
"""A place in characters is at most so many times as long as its quote."""

_SINGLE = [0x60, 0xB4, *range(0x2018, 0x201C), 0x2032, 0x2039, 0x203A]
_DOUBLE = [0xAB, 0xBB, *range(0x201C, 0x2020), 0x2033]
_DASHES = [*range(0x2010, 0x2016), 0x2212]
# Soft hyphens, joiners and marks of direction are not seen, so they do not count.
_UNSEEN = [0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFEFF]
_SIGNS: dict[int, str | None] = {
    **dict.fromkeys(_SINGLE, "'"),
    **dict.fromkeys(_DOUBLE, '"'),
    **dict.fromkeys(_DASHES, "-"),
    **dict.fromkeys(_UNSEEN, None),
}
_PARAGRAPH = re.compile(r"[0-9]{1,9}")
_CHARACTERS = re.compile(r"([0-9]{1,9}) *[-–] *([0-9]{1,9})")


def normal(text: str) -> str:
    """Return text as quotes are compared: one kind of quotes, dashes and spaces, NFKC.

    >>> normal("“We  are  not — yet — ready”")
    '"We are not - yet - ready"'
    """
    # The normal form of an acute accent is a space and a mark; it yields new dashes, too.
    seen = unicodedata.normalize("NFKC", text.translate(_SIGNS)).translate(_SIGNS)
    return re.sub("-{2,}", "-", " ".join(seen.split()))


def source_text(case: Case, source: str, folder: str | os.PathLike[str]) -> str | None:
    """Return the plain-text copy of a source, its line breaks as newlines; None if it names none.

    The file must lie inside the case's folder (links followed), be UTF-8 and at most 20 MB;
    else `CaseFileError`.
    """
    where = f"sources.{source}"
    if source not in case.sources:
        mend = nearest(source, case.sources)
        raise CaseFileError([error(where, f'"{clip(source)}" is not a source', mend)])
    name = case.sources[source].file
    if name is None:
        return None
    where += ".file"
    try:
        root, place = os.path.realpath(folder), os.path.realpath(os.path.join(folder, name))
    except (OSError, ValueError) as problem:
        fault = error(where, f"cannot be read ({problem})", "look at its path")
        raise CaseFileError([fault]) from None
    if not Path(place).is_relative_to(root):
        what = f'"{clip(name)}" lies outside the case\'s folder'
        raise CaseFileError([error(where, what, "copy it beside the case file")])
    raw = read_bytes(Path(place), MOST_SOURCE, "the sources", where)
    try:
        text = decode(raw)
    except CaseFileError as problem:
        fault = problem.faults[0]
        what = f"{fault.what} (line {fault.line} of the source)"
        raise CaseFileError([error(where, what, fault.mend)]) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


@dataclass(frozen=True, slots=True)
class SourceText:
    """A source in which quotes are looked up.

    Paragraphs are blocks with blank lines between them; in a text without blank lines, its lines.
    """

    text: str
    words: str
    """Its paragraphs, normalised, with a space between them."""
    starts: tuple[int, ...]
    """Where each paragraph begins in `words`."""

    @classmethod
    def of(cls, text: str) -> SourceText:
        r"""Read a text.

        >>> SourceText.of("One\nblock.\n\nAnother.").starts
        (0, 11)
        """
        lines = [line.strip() for line in text.strip().split("\n")]
        blocks = lines
        if "" in lines:
            grouped = itertools.groupby(lines, key=bool)
            blocks = [" ".join(group) for filled, group in grouped if filled]
        paragraphs = [normal(block) for block in blocks]
        lengths = itertools.accumulate((len(part) + 1 for part in paragraphs[:-1]), initial=0)
        return cls(text, " ".join(paragraphs), tuple(lengths))

    def paragraph_of(self, quote: str) -> int | None:
        """Return the first paragraph in which a normalised quote begins, counted from 1."""
        found = self.words.find(quote)
        return None if found < 0 else bisect_right(self.starts, found)

    def begins_in(self, quote: str, paragraph: int) -> bool:
        """Whether a normalised quote begins in a paragraph, counted from 1."""
        start = self.starts[paragraph - 1]
        end = self.starts[paragraph] if paragraph < len(self.starts) else len(self.words)
        return self.words.find(quote, start, end + len(quote) - 1) >= 0

    def stands_at(self, quote: str, first: int, last: int) -> bool:
        """Whether a normalised quote stands between two characters of the text.

        One character more on each side is read, so that it does not matter whether the count
        begins at 0 or 1.
        """
        return quote in normal(self.text[max(first - 1, 0) : last + 1])


def evidence_faults(case: Case, folder: str | os.PathLike[str]) -> Iterator[Fault]:
    """Yield what is wrong with the sources' files, and with quotes that are not found in them."""
    quoting: dict[str, list[tuple[str, _Quoted]]] = {source: [] for source in case.sources}
    for key, claim in case.claims.items():
        for where, place in _places(key, claim):
            if place.quote is not None and place.source in quoting:
                quoting[place.source].append((where, place))
    read = searched = 0
    for source, claims in quoting.items():
        try:
            text = source_text(case, source, folder) if read < MOST_SOURCES else None
        except CaseFileError as problem:
            yield from problem.faults
            continue
        if text is None:
            yield from _unsearchable(case, source, len(claims))
            continue
        read += len(text)
        searched += len(text) * len(claims)
        if searched > MOST_SEARCHED:
            what = f"{len(claims)} quotes in so long a text are too many to look up"
            yield error(f"sources.{source}.file", what, "keep only the pages that are quoted")
            return
        if claims:
            yield from _quote_faults(SourceText.of(text), claims)


_Quoted = Claim | Place


def _places(key: str, claim: Claim) -> Iterator[tuple[str, _Quoted]]:
    yield f"claims.{key}", claim
    for number, place in enumerate(claim.also):
        yield f"claims.{key}.also.{number}", place


def _unsearchable(case: Case, source: str, claims: int) -> Iterator[Fault]:
    if case.sources[source].file is not None:
        what = f"the sources before it hold {MOST_SOURCES // 1_000_000} MB already"
        yield error(f"sources.{source}.file", what, "keep only the pages that are quoted")
    elif claims:
        what = "no plain-text copy, so its quotes cannot be looked up"
        yield warning(
            f"sources.{source}", what, "put one beside the case file and name it: `file:`"
        )


def _quote_faults(source: SourceText, claims: list[tuple[str, _Quoted]]) -> Iterator[Fault]:
    for where, claim in claims:
        quote = normal(claim.quote or "")
        if not quote:
            yield error(f"{where}.quote", "the quote is empty", "copy the words out")
        elif claim.at is None:
            found = source.paragraph_of(quote)
            if found is None:
                yield _not_found(where, claim)
            else:
                what = "does not say where the quote stands"
                yield warning(where, what, f"add `at: {found}`")
        else:
            yield from _misplaced(source, where, claim, quote)


def _misplaced(source: SourceText, part: str, claim: _Quoted, quote: str) -> Iterator[Fault]:
    at, where = str(claim.at).strip(), f"{part}.at"
    span = _CHARACTERS.fullmatch(at)
    if _PARAGRAPH.fullmatch(at) and int(at) > 0:
        number, count = int(at), len(source.starts)
        if number <= count and source.begins_in(quote, number):
            return
        past = f"the source has {count} paragraphs only" if number > count else ""
    elif span is not None and int(span[1]) < int(span[2]):
        first, last, size = int(span[1]), int(span[2]), len(source.text)
        past = f"the source has {size} characters only" if last > size + 1 else ""
        if not past and last - first > WIDEST * len(quote) + 100:
            past = f"{clip(at)} is much longer than the quote"
        if not past and source.stands_at(quote, first, last):
            return
    else:
        mend = "write a paragraph's number, `at: 3`, or characters, `at: 120-180`"
        yield error(where, f'"{clip(at)}" is not a place in a source', mend)
        return
    found = source.paragraph_of(quote)
    if found is None:
        yield _not_found(part, claim)
        return
    what = past or f"the quote does not stand at {clip(at)}"
    yield error(where, what, f"it stands in paragraph {found}: write `at: {found}`")


def _not_found(where: str, claim: _Quoted) -> Fault:
    what = f'the quote "{clip(claim.quote)}" is not in the source {claim.source}'
    return error(f"{where}.quote", what, "copy the words exactly as they stand there")
