"""What an outlook is asked about: a case on a day, up to another day."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, timedelta

from goodoffices.case.check_outlook import estimate_date
from goodoffices.case.model import Case
from goodoffices.case.outlook import Outlook, Question
from goodoffices.errors import ModelError
from goodoffices.outlook.inputs import Inputs

__all__ = ["Subject", "ask"]

AHEAD = 182
"""Days to look ahead where the case names no day."""
MOST_WEEKS = 520


@dataclass(frozen=True, kw_only=True, slots=True)
class Subject:
    """A case, the day it is looked at, and how far ahead."""

    case: Case
    outlook: Outlook
    today: date
    by: date
    asked: bool
    """Whether the horizon was asked for; then it is the day of every question."""
    inputs: Inputs

    @property
    def weeks(self) -> int:
        """Weeks to the horizon, rounded up."""
        return math.ceil((self.by - self.today).days / 7)

    def weeks_to(self, day: date) -> float:
        """Return the weeks from today to a day; below 0 for one that has passed."""
        return (day - self.today).days / 7

    def by_when(self, question: Question) -> date:
        """Return the day by which a question is asked: its own, or the one asked for."""
        return self.by if self.asked else question.by

    def before(self, key: str) -> bool:
        """Whether an estimate was made by today."""
        made = estimate_date(self.case, self.outlook.estimates[key]).date
        return made is not None and made <= self.today


def ask(case: Case, *, by: date | None, today: date, inputs: Inputs) -> Subject:
    """Return the subject; the horizon is `by`, or the case's, or the last day of a question.

    Raises ModelError without an outlook, or for a horizon that is not ahead or too far.
    """
    outlook = case.outlook
    if outlook is None:
        raise ModelError(
            "outlook: the case has none, so nothing can be said of what happens when; add "
            "`outlook:` with questions and risks"
        )
    ahead = [question.by for question in outlook.questions.values() if question.by > today]
    horizon = by or outlook.by or max(ahead, default=today + timedelta(days=AHEAD))
    if horizon <= today:
        raise ModelError(f"by: {horizon} is not after {today}, from which we look ahead")
    # A fan that ended before a question's day could not answer it.
    horizon = max([horizon, *ahead]) if by is None else horizon
    subject = Subject(
        case=case, outlook=outlook, today=today, by=horizon, asked=by is not None, inputs=inputs
    )
    if subject.weeks > MOST_WEEKS:
        raise ModelError(f"by: {horizon} is more than {MOST_WEEKS} weeks ahead; name a nearer day")
    return subject
