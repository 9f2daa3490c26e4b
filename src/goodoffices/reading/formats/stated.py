"""What a text states about itself: its day, its title, what kind of document it is.

Only what stands there counts. A day in the middle of a sentence says when something happened, not
when the text was written; a day without a year is no date; and a day such as 3/4/2024 is read by
some with the month first and by others with the day first, so that it isn't read at all.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    # The process that takes files apart starts sooner without the model of a case.
    from goodoffices.reading.findings import SourceKind

__all__ = ["day_in", "kind_of", "stated_day", "stated_publisher", "title_of"]

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_DAY = r"\b(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:1[89]|20)\d\d)(?!\d)"
_DATES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_DAY}(?: day)?(?: of)?[ -]?{_MONTH},?[ -]{_YEAR}",
        rf"\b{_MONTH} {_DAY},? {_YEAR}",
        rf"(?<![\d-]){_YEAR}-(?P<number>\d\d)-(?P<day>\d\d)(?![\d-])",
        rf"(?<![\d/]){_YEAR}/(?P<number>\d\d)/(?P<day>\d\d)(?![\d/])",
        rf"(?<![\d.])(?P<day>\d\d?)\.(?P<number>\d\d?)\.{_YEAR}(?!\.\d)",
    )
)
_HEAD_LINES = 14
_LONGEST_LINE = 140
_TIME = re.compile(
    r"\d{1,2}[:.]\d\d(?::\d\d)?(?:\.\d+)?\s{0,3}(?:[ap]\.?m\.?\b)?|T(?=\d)", re.IGNORECASE
)
# What may stand beside the day in a line that gives it.
_WORDS = """
    monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat
    sun date dated published publication updated modified posted issued released release press
    statement communique communiqué news bulletin embargoed until for immediate on at of the and
    by last a.m p.m am pm gmt utc est edt cet cest bst z hrs hours local time original english only
    """
_BESIDE = frozenset(_WORDS.split())
_DASH = re.compile(r"\s+[-–—]{1,2}\s+|\s*[—]\s*|\s--\s")
_SIGNED = re.compile(
    r"^(?:done|signed|adopted|concluded|agreed)\b[^\n]{0,100}?(?:\bat\b|\bin\b|\bon\b|\bthis\b)",
    re.IGNORECASE | re.MULTILINE,
)
_AGENCY = re.compile(r"^[A-Z][^a-z\n(]{2,60}\((?P<name>[A-Z][\w.&' ]{1,40})\)[^\n]{0,40}?[-–—]")
_BOILERPLATE = re.compile(
    r"(?:for )?immediate release|press (?:release|statement)|advance copy|unofficial translation"
    r"|original: ?\w+|english only|page \d+|home|menu|share|print",
    re.IGNORECASE,
)


def _valid(found: re.Match[str]) -> dt.date | None:
    parts = found.groupdict()
    month = parts.get("month")
    number = _MONTHS.index(month[:3].lower()) + 1 if month else int(parts["number"])
    try:
        return dt.date(int(parts["year"]), number, int(parts["day"]))
    except ValueError:
        return None


def _days(text: str) -> Iterator[tuple[dt.date, re.Match[str]]]:
    """Yield the dates of a text in their order."""
    matches = [match for form in _DATES for match in form.finditer(text)]
    for match in sorted(matches, key=lambda match: match.start()):
        if (day := _valid(match)) is not None:
            yield day, match


def day_in(text: str | None) -> dt.date | None:
    """Return the first date in a short text, or None.

    >>> day_in("Sept. 7, 2024"), day_in("7th of September 2024").isoformat()
    (datetime.date(2024, 9, 7), '2024-09-07')
    >>> day_in("2024-09-07T10:00:00Z").isoformat(), day_in("3/4/2024"), day_in("31 June 2024")
    ('2024-09-07', None, None)
    """
    return next((day for day, _ in _days((text or "")[:1000])), None)


def stated_day(text: str) -> dt.date | None:
    r"""Return the day that a text gives for itself: a line of its own, a dateline, a signature.

    >>> stated_day("Joint communiqué\n\nGeneva, 7 September 2024\n\nThe parties met.").isoformat()
    '2024-09-07'
    >>> stated_day("CAIRO, Sept. 7, 2024 (Agency) — Talks resumed.").isoformat()
    '2024-09-07'
    >>> stated_day("The parties met on 7 September 2024 and did not agree.")
    """
    for line in _head(text):
        if len(line) <= _LONGEST_LINE and (day := _whole_line(line)):
            return day
        dash = _DASH.search(line[:_LONGEST_LINE])
        if dash and (day := _whole_line(line[: dash.start()])):
            return day
    tail = text[-3000:]
    for signed in _SIGNED.finditer(tail):
        if day := day_in(tail[signed.start() : signed.start() + 250]):
            return day
    return None


def _head(text: str) -> list[str]:
    """Return the first lines that hold anything."""
    lines = (line.strip() for line in text[:20_000].split("\n"))
    return [line for line in lines if line][:_HEAD_LINES]


def _whole_line(line: str) -> dt.date | None:
    """Return the date of a line that says a place, a weekday and a time beside it, and no more."""
    day, match = next(_days(line), (None, None))
    if day is None or match is None:
        return None
    if match["day"] and line[: match.end()].count("(") != line[: match.end()].count(")"):
        return None
    rest = f"{line[: match.start()]} {line[match.end() :]}"
    # The offset of a zone goes before the time, which looks like one without its sign.
    rest = re.sub(r"[+-]\d\d:?\d\d", " ", re.sub(r"\([^()]{0,40}\)", " ", rest))
    rest = " ".join(_TIME.sub(" ", rest).split())
    words = [word.strip(".,:;|•/()[]-–—") for word in rest.split()]
    others = [word for word in words if word and word.lower() not in _BESIDE]
    named = all(word[:1].isupper() for word in others)
    return day if named and len(others) <= 5 else None


def stated_publisher(text: str) -> str | None:
    """Return the agency that a dateline names.

    >>> stated_publisher("NEW YORK (Reuters) - Talks resumed.")
    'Reuters'
    """
    for line in _head(text):
        if found := _AGENCY.match(line):
            name = found["name"].strip()
            return None if day_in(name) else name
    return None


def title_of(text: str) -> str | None:
    r"""Return the headline: a short first line that is no sentence, with more text after it.

    >>> title_of("Talks stall again\n\nThe parties met on Monday and did not agree.")
    'Talks stall again'
    >>> title_of("The parties met. They did not agree.\n\nMore.")
    """
    head = _head(text)
    for k, line in enumerate(head[:6]):
        if _BOILERPLATE.fullmatch(line.strip(" .:!|")) or _whole_line(line):
            continue
        rest = head[k + 1 :]
        longer = any(len(other) > len(line) or other[-1] in '.!”"' for other in rest)
        return line if _headline(line) and longer else None
    return None


def _headline(line: str) -> bool:
    words = line.split()
    ends = line[-1] not in _ENDS or line.endswith("U.S.")
    starts = line[0].isupper() or line[0].isdigit() or line[0] in _OPENS
    return ends and starts and 2 <= len(words) <= 30 and len(line) <= 200


_ENDS = '.!:;,…”"'
_OPENS = "\u2018“'\""
_AGREEMENT = re.compile(r"\b(?:agreement|accords?|treaty|protocol|memorandum)\b", re.IGNORECASE)
_AGREED = re.compile(
    r"\b(?:have agreed (?:as follows|to the following|on the following)|hereby agree"
    r"|agree as follows|the following (?:terms|provisions))\b|^article (?:1|i)\b",
    re.IGNORECASE | re.MULTILINE,
)
_CUES: dict[SourceKind, str] = {
    "comment": r"""
        ^(?:opinion|editorial|comment|commentary|op-?ed|letters?|viewpoint|column)\b\ ?(?:[:|–—-]|$)
        |\b(?:letters?\ to\ the\ editor|op-?ed|guest\ column|readers[’']?\ (?:letters|comments))\b
        """,
    "interview": r"\binterview(?:ed)?\b|\bin\ conversation\ with\b|\bq\ ?&\ ?a\b",
    "communique": r"""
        \b(?:communiqu[eé]|press\ (?:release|statement)|joint\ (?:press\ )?statement|readout
        |media\ (?:release|note|statement)|presidential\ statement|joint\ declaration)\b
        |^(?:statement|remarks|declaration)\ (?:by|of|on|from)\b|\bimmediate\ release\b
        """,
    "study": r"\b(?:working|discussion|research)\ paper\b|\bcase\ study\b|\bpolicy\ brief\b",
}
_TITLES = {kind: re.compile(cue, re.IGNORECASE | re.VERBOSE) for kind, cue in _CUES.items()}
_ASKED = re.compile(r"^(?:q(?:uestion)?|a(?:nswer)?) ?[.:] ?\S", re.IGNORECASE | re.MULTILINE)


def kind_of(text: str, title: str | None) -> SourceKind:
    r"""Return what kind of document a text is, by plain cues in its head; else a report.

    >>> kind_of("The parties have agreed as follows:\n\nArticle 1", "Agreement on the corridor")
    'agreement'
    >>> kind_of("The ceasefire agreement collapsed on Monday.", "Agreement collapses")
    'report'
    """
    # A sentence in the head may speak of an interview without being one.
    short = [line for line in _head(text)[:5] if len(line) <= _LONGEST_LINE and line[-1] != "."]
    head = [title or "", *short]
    if any(_AGREEMENT.search(line) for line in head) and _AGREED.search(text[:20_000]):
        return "agreement"
    for kind, pattern in _TITLES.items():
        if any(pattern.search(line) for line in head):
            return kind
    return "interview" if len(_ASKED.findall(text[:20_000])) >= 4 else "report"
