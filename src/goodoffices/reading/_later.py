"""Events and estimates of a draft."""

from __future__ import annotations

import datetime as dt

from pydantic import ValidationError

from goodoffices.case.model import Dated
from goodoffices.case.outlook import Estimate, Event, Question
from goodoffices.reading._board import Board
from goodoffices.reading._evidence import Evidence
from goodoffices.reading._issues import phrase_of
from goodoffices.reading._words import tidy
from goodoffices.reading.findings import Statement
from goodoffices.reading.merged import MergedClaim, Reading
from goodoffices.reading.similar import content, similarity

__all__ = ["add_estimates", "add_events"]

ABOUT_SAME = 0.3
"""A question asks what a sentence speaks of if they share so much."""
AHEAD = dt.timedelta(weeks=26)
"""A question without a day of its own looks half a year ahead."""


def add_events(board: Board, reading: Reading, evidence: Evidence) -> None:
    """Add what is reported to have happened, once for all who report it."""
    for group in reading.events:
        because = evidence.proposing(board, group)
        if not because:
            continue
        if any(set(each.because) & set(because) for each in board.outlook.events.values()):
            continue
        name = phrase_of(board, because[0])
        date = _date([reading.claims[index].statement for index in group])
        part = Event(name=name, date=date, because=because, status="draft")
        board.add("events", board.key("events", name), part)


def add_estimates(board: Board, reading: Reading, evidence: Evidence) -> None:
    """Add how likely somebody holds something, with the question that it answers.

    A phrase that the case's yardstick does not know stays in its claim only; so does one for which
    no day can be given to the question.
    """
    for index, claim in enumerate(reading.claims):
        because = evidence.proposing(board, [index])
        phrase = _phrase(reading, claim)
        if not because or phrase is None:
            continue
        if any(set(each.because) & set(because) for each in board.outlook.estimates.values()):
            continue
        _add_estimate(board, reading, claim, because, phrase)


def _date(told: list[Statement]) -> Dated:
    """Return the day that is settled, or the words for it."""
    for statement in told:
        if statement.happening is not None and statement.happening.date is not None:
            return Dated(date=statement.happening.date)
    for statement in told:
        if statement.happening is not None and statement.happening.when:
            return Dated(inferred=f"in the words: {tidy(statement.happening.when, 80)}")
    return Dated()


def _phrase(reading: Reading, claim: MergedClaim) -> str | None:
    if claim.statement.phrase is None or claim.statement.voice == "opinion":
        return None
    text = reading.documents[claim.places[0].document].text
    return tidy(claim.statement.phrase.of(text), 80) or None


def _add_estimate(
    board: Board, reading: Reading, claim: MergedClaim, because: tuple[str, ...], phrase: str
) -> None:
    words = claim.places[0]
    document = reading.documents[words.document]
    sentence = tidy(words.sentence.of(document.text))
    known = _question(board, sentence)
    day = document.date or board.case.as_of.date
    if known is None and day is None:
        return
    key = known or board.key("questions", sentence)
    try:
        part = Estimate.model_validate(
            {"question": key, "probability": phrase, "because": because, "status": "draft"},
            context={"yardstick": board.case.yardstick},
        )
    except ValidationError:
        return
    if part.probability.shape == "unknown":
        return
    if known is None and day is not None:
        asked = f"Will it come true by then: “{tidy(sentence, 160)}”?"
        board.add("questions", key, Question(name=asked, by=day + AHEAD, status="draft"))
    if key in board.outlook.questions:
        board.add("estimates", board.key("estimates", f"{because[0]}"), part)


def _question(board: Board, sentence: str) -> str | None:
    """Return the question that asks what a sentence speaks of; the one that fits best."""
    words = content(sentence)
    fits = {
        key: similarity(words, content(question.name))
        for key, question in board.outlook.questions.items()
    }
    best = max(fits, key=lambda key: fits[key], default=None)
    return best if best is not None and fits[best] >= ABOUT_SAME else None
