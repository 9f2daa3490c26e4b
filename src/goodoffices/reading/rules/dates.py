"""The day of an event, only where the text and the document's own date settle it."""

from __future__ import annotations

import datetime as dt
import re

__all__ = ["MONTHS", "day_of"]

MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = {name: n for n, name in enumerate(MONTHS, start=1)}
_MONTHS |= {name[:3]: n for name, n in _MONTHS.items()} | {"sept": 9}
_DAYS = {name: n for n, name in enumerate(_WEEK)}
_NAME = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DATE = re.compile(
    rf"\b(?:(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<m1>{_NAME})"
    rf"|(?P<m2>{_NAME})\.?\s+(?P<d2>\d{{1,2}}))"
    r"(?:st|nd|rd|th)?\b(?:,?\s+(?P<y>\d{4}))?",
    re.IGNORECASE,
)
_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")


def day_of(words: str, written: dt.date | None, *, past: bool) -> dt.date | None:
    """Return the day that words name; None where they or the document leave it open.

    A weekday is the last one up to the day of the document for what is past, the next one for
    what is to come; a day without its year is the nearest such day on that side, within half a
    year.

    >>> day_of("on Monday", dt.date(2024, 9, 5), past=True)
    datetime.date(2024, 9, 2)
    >>> day_of("on Monday", None, past=True) is None
    True
    """
    if (iso := _ISO.search(words)) is not None:
        return _made(int(iso[1]), int(iso[2]), int(iso[3]))
    if (m := _DATE.search(words)) is not None:
        month = _MONTHS[(m["m1"] or m["m2"]).lower()]
        day = int(m["d1"] or m["d2"])
        if m["y"]:
            return _made(int(m["y"]), month, day)
        return _near(written, month, day, past=past) if written is not None else None
    if written is None:
        return None
    small = words.lower()
    if re.search(r"\b(today|tonight)\b", small):
        return written
    if re.search(r"\byesterday\b", small):
        return written - dt.timedelta(days=1)
    if re.search(r"\btomorrow\b", small):
        return written + dt.timedelta(days=1)
    return _weekday(small, written, past=past)


def _weekday(small: str, written: dt.date, *, past: bool) -> dt.date | None:
    m = re.search(rf"\b({'|'.join(_DAYS)})\b", small)
    # "Last Monday" and "every Monday" are not one settled day.
    if m is None or re.search(r"\b(last|next|every|each|previous|following)\b", small):
        return None
    gap = (written.weekday() - _DAYS[m[1]]) % 7
    return written - dt.timedelta(days=gap) if past else written + dt.timedelta(days=-gap % 7)


def _near(written: dt.date, month: int, day: int, *, past: bool) -> dt.date | None:
    years = (written.year, written.year - 1) if past else (written.year, written.year + 1)
    for year in years:
        found = _made(year, month, day)
        if found is None:
            continue
        gap = (written - found).days
        if (0 <= gap <= 183) if past else (0 <= -gap <= 183):
            return found
    return None


def _made(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
