"""Dates, and whether they were stated or inferred."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Annotated

from pydantic import BeforeValidator, model_validator

from goodoffices.case.basis import Model

__all__ = ["Dated", "Day", "day_words"]

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def _day(raw: object) -> object:
    # Pydantic takes a number for seconds since 1970, so that 20240831 would be a day of that year.
    if isinstance(raw, (int, float, str)) and not re.fullmatch(r"\d{4}-\d\d-\d\d", str(raw)):
        raise ValueError(f'"{raw}" is not a date; write it as 2024-08-31, or `unknown`')
    return raw


Day = Annotated[dt.date, BeforeValidator(_day)]


class Dated(Model):
    """A date, and whether it was stated or inferred."""

    date: Annotated[dt.date | None, BeforeValidator(_day)] = None
    """The date; empty where nobody knows it."""
    inferred: str | None = None
    """Where the date was not stated: from what it was inferred."""

    @model_validator(mode="before")
    @classmethod
    def _bare(cls, raw: object) -> object:
        if raw == "unknown":
            return {}
        return raw if isinstance(raw, (Mapping, cls)) else {"date": raw}


def day_words(day: dt.date) -> str:
    """Return a day as people write it, whatever the machine's language.

    >>> day_words(dt.date(2024, 9, 7))
    '7 September 2024'
    """
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
