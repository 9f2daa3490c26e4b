"""Whether two statements whose words are alike say the same, or contradict each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from goodoffices.reading.findings import Happening, Statement

__all__ = [
    "HAPPENED",
    "Facts",
    "contradiction",
    "counted",
    "denies",
    "facts_agree",
    "facts_of",
    "happened",
    "same_event",
    "says_same",
    "states",
]

HAPPENED = frozenset(
    ("assault", "coerce", "mobilize", "protest", "retreat", "sanction", "aid", "event", "agree")
)
"""Types of statement that may tell of something that happened."""
_TOLD = ("actor", "target", "date", "count", "place")
_STATED = frozenset((*HAPPENED, "statement"))
"""Types of statement whose numbers are facts; two demands for other numbers are two demands."""


def says_same(one: Statement, other: Statement) -> bool:
    """Whether two statements can be one claim, given that their words are alike."""
    return (
        one.type == other.type
        and one.voice == other.voice
        and one.speakers[-1:] == other.speakers[-1:]
        and denies(one) == denies(other)
        and facts_agree(facts_of(one), facts_of(other))
    )


@dataclass(frozen=True, slots=True)
class Facts:
    """The numbers of a statement, and what it tells of a happening; None where it does not."""

    amounts: frozenset[tuple[float, str | None]]
    told: tuple[Any, ...] | None


def facts_of(statement: Statement, *, amounts: bool = True) -> Facts:
    """Return what a statement gives that another may give otherwise; a happening's alone if so."""
    told = statement.happening
    return Facts(
        frozenset((each.value, each.unit) for each in statement.amounts if amounts),
        None if told is None else tuple(getattr(told, name) for name in _TOLD),
    )


def facts_agree(one: Facts, other: Facts) -> bool:
    """Whether some number is the same, and nothing differs that both tell of a happening."""
    numbers = one.amounts.isdisjoint(other.amounts) and bool(one.amounts) and bool(other.amounts)
    pairs = zip(one.told or (), other.told or (), strict=False)
    return not numbers and all(a is None or b is None or a == b for a, b in pairs)


def denies(statement: Statement) -> bool:
    """Whether it says that something is not so."""
    return statement.negated != (statement.modality == "denied")


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
        and facts_agree(facts_of(one, amounts=False), facts_of(other, amounts=False))
    )


def contradiction(
    one: Statement, other: Statement
) -> Literal["whether", "how many", "when"] | None:
    """Return in what two statements about the same contradict each other; None if they don't.

    One denies what the other says; or two reports of one deed or one fact differ in the number or
    in the day, and in nothing else. What parties ask, offer or refuse may differ freely.
    """
    if "opinion" in (one.voice, other.voice) or "opinion" in (one.class_, other.class_):
        return None
    if denies(one) != denies(other):
        shared = {*one.about, *one.speakers[-1:]} & {*other.about, *other.speakers[-1:]}
        return "whether" if shared or one.type == other.type else None
    if one.type != other.type or not (counted(one) and counted(other)):
        return None
    first, second = one.happening, other.happening
    # Where each names somebody whom the other doesn't, they tell of two things.
    if {*one.about} - {*other.about} and {*other.about} - {*one.about}:
        return None
    if first is None or second is None:
        return "how many" if _units_clash(one, other) else None
    if not (_agreeing(first, second) or {*one.about} & {*other.about}):
        return None
    apart = _apart(first, second)
    if apart == ["count"]:
        return "how many"
    return "when" if apart == ["date"] and first.count == second.count is not None else None


def counted(statement: Statement) -> bool:
    """Whether it states as a fact how many there were, of what kind or in what deed."""
    told = statement.happening
    return states(statement) and (
        len(statement.amounts) == 1 if told is None else told.count is not None
    )


def states(statement: Statement) -> bool:
    """Whether it states something as a fact, whose number or day can be wrong."""
    return statement.type in _STATED and statement.modality in {"asserted", "denied"}


def _agreeing(one: Happening, other: Happening) -> bool:
    """Whether both give somebody, a place or a day, and the same."""
    names = ("actor", "target", "date", "place")
    pairs = ((getattr(one, name), getattr(other, name)) for name in names)
    return any(a is not None and a == b for a, b in pairs)


def _units_clash(one: Statement, other: Statement) -> bool:
    """Whether both give one number of one thing, and not the same."""
    if len(one.amounts) != 1 or len(other.amounts) != 1:
        return False
    (mine,), (theirs,) = one.amounts, other.amounts
    return mine.unit == theirs.unit and mine.unit is not None and mine.value != theirs.value
