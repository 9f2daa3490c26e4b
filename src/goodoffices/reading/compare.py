"""Whether two statements whose words are alike say the same, or contradict each other."""

from __future__ import annotations

from typing import Literal

from goodoffices.reading.findings import Happening, Statement

__all__ = ["HAPPENED", "contradiction", "denies", "happened", "same_event", "says_same"]

HAPPENED = frozenset(
    ("assault", "coerce", "mobilize", "protest", "retreat", "sanction", "aid", "event", "agree")
)
"""Types of statement that may tell of something that happened."""
_TOLD = ("actor", "target", "date", "count", "place")


def says_same(one: Statement, other: Statement) -> bool:
    """Whether two statements can be one claim, given that their words are alike."""
    return (
        one.type == other.type
        and one.voice == other.voice
        and one.speakers[-1:] == other.speakers[-1:]
        and denies(one) == denies(other)
        and not _numbers_differ(one, other)
        and not _happened_apart(one.happening, other.happening)
    )


def denies(statement: Statement) -> bool:
    """Whether it says that something is not so."""
    return statement.negated != (statement.modality == "denied")


def _numbers_differ(one: Statement, other: Statement) -> bool:
    values = {(amount.value, amount.unit) for amount in one.amounts}
    others = {(amount.value, amount.unit) for amount in other.amounts}
    return bool(values) and bool(others) and values.isdisjoint(others)


def _happened_apart(one: Happening | None, other: Happening | None) -> bool:
    """Whether two happenings differ in something that both give."""
    return one is not None and other is not None and bool(_apart(one, other))


def _apart(one: Happening, other: Happening) -> list[str]:
    pairs = ((name, getattr(one, name), getattr(other, name)) for name in _TOLD)
    return [name for name, a, b in pairs if a is not None and b is not None and a != b]


def happened(statement: Statement) -> bool:
    """Whether it reports something as having happened.

    A bare `event` counts where the text gives its time or how many it was; else it may be a state.
    """
    told = statement.happening
    if told is None or (statement.type == "event" and not (told.date or told.when or told.count)):
        return False
    return (
        statement.type in HAPPENED
        and statement.modality == "asserted"
        and statement.voice == "report"
        and statement.class_ != "opinion"
        and not statement.negated
    )


def same_event(one: Statement, other: Statement) -> bool:
    """Whether two reports whose words are alike can tell of one happening, whoever tells it."""
    return (
        happened(one)
        and happened(other)
        and one.type == other.type
        and not _happened_apart(one.happening, other.happening)
    )


def contradiction(
    one: Statement, other: Statement
) -> Literal["whether", "how many", "when"] | None:
    """Return in what two statements about the same contradict each other; None if they don't.

    One denies what the other says; or two reports of one deed differ in the number or in the day,
    and in nothing else.
    """
    if "opinion" in (one.voice, other.voice) or "opinion" in (one.class_, other.class_):
        return None
    shared = {*one.about, *one.speakers[-1:]} & {*other.about, *other.speakers[-1:]}
    if denies(one) != denies(other):
        return "whether" if shared or one.type == other.type else None
    if one.type != other.type:
        return None
    first, second = one.happening, other.happening
    if first is None or second is None:
        return "how many" if _units_clash(one, other) and (shared or not one.about) else None
    apart = _apart(first, second)
    if apart == ["count"]:
        return "how many"
    return "when" if apart == ["date"] and first.count == second.count is not None else None


def _units_clash(one: Statement, other: Statement) -> bool:
    """Whether both give one number of one thing, and not the same."""
    if len(one.amounts) != 1 or len(other.amounts) != 1:
        return False
    (mine,), (theirs,) = one.amounts, other.amounts
    return mine.unit == theirs.unit and mine.unit is not None and mine.value != theirs.value
