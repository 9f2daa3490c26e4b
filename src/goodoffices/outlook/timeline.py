"""Everything that has a day, in order: what happened, what was thought, what is asked."""

from __future__ import annotations

from collections.abc import Iterator

from goodoffices.case.check_outlook import estimate_date, estimate_speaker
from goodoffices.outlook.results import TimelineEntry
from goodoffices.outlook.subject import Subject

__all__ = ["timeline"]

ORDER = ("event", "estimate", "today", "question", "horizon")


def timeline(subject: Subject) -> tuple[TimelineEntry, ...]:
    """Return events, estimates, today, the questions' days and the horizon, by day."""
    found = sorted(_entries(subject), key=lambda entry: (entry.date, ORDER.index(entry.kind)))
    return tuple(found)


def _entries(subject: Subject) -> Iterator[TimelineEntry]:
    case, outlook = subject.case, subject.outlook
    for key, event in outlook.events.items():
        if event.date.date is not None:
            yield TimelineEntry(
                date=event.date.date,
                kind="event",
                id=key,
                text=event.name,
                inferred=event.date.inferred is not None,
            )
    for key, estimate in outlook.estimates.items():
        made = estimate_date(case, estimate)
        if made.date is not None:
            speaker = case.name_of(estimate_speaker(case, estimate) or "somebody")
            yield TimelineEntry(
                date=made.date,
                kind="estimate",
                id=key,
                text=f"{speaker}: {estimate.probability}",
                inferred=made.inferred is not None,
            )
    inferred = case.as_of.inferred is not None and case.as_of.date == subject.today
    yield TimelineEntry(
        date=subject.today, kind="today", id="today", text="today", inferred=inferred
    )
    for key, question in outlook.questions.items():
        by = subject.by_when(question)
        yield TimelineEntry(date=by, kind="question", id=key, text=question.name, inferred=False)
    yield TimelineEntry(
        date=subject.by, kind="horizon", id="horizon", text="the horizon", inferred=False
    )
