"""The day of an event, where it is settled."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.reading.rules.dates import day_of

THURSDAY = dt.date(2024, 9, 5)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("on Monday", dt.date(2024, 9, 2)),
        ("on Thursday", THURSDAY),
        ("yesterday", dt.date(2024, 9, 4)),
        ("on December 15", None),
        ("on June 15", dt.date(2024, 6, 15)),
        ("15 June 2023", dt.date(2023, 6, 15)),
        ("December 3rd, 2021", dt.date(2021, 12, 3)),
        ("2022-02-24", dt.date(2022, 2, 24)),
        ("last Monday", None),
        ("in recent days", None),
        ("February 30", None),
    ],
)
def test_words_name_a_day_only_where_the_document_settles_it(
    words: str, day: dt.date | None
) -> None:
    assert day_of(words, THURSDAY, past=True) == day


def test_without_a_date_of_the_document_a_weekday_stays_open() -> None:
    assert day_of("on Monday", None, past=True) is None
    assert day_of("on 3 May", None, past=True) is None


def test_what_is_to_come_lies_ahead() -> None:
    assert day_of("on Monday", THURSDAY, past=False) == dt.date(2024, 9, 9)
    assert day_of("on 1 October", THURSDAY, past=False) == dt.date(2024, 10, 1)


@given(st.dates(dt.date(1990, 1, 1), dt.date(2060, 1, 1)), st.sampled_from(["Monday", "Sunday"]))
def test_a_weekday_lies_within_the_week_before_or_after(written: dt.date, name: str) -> None:
    past = day_of(f"on {name}", written, past=True)
    future = day_of(f"on {name}", written, past=False)
    assert past is not None
    assert future is not None
    assert past.strftime("%A") == future.strftime("%A") == name
    assert 0 <= (written - past).days < 7
    assert 0 <= (future - written).days < 7
