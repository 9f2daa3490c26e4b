"""The reference classes, in words and as the rule that observes them.

Each says who is watched and from which day on, what may happen, when watching stops without it,
and what a reader must know before using its numbers for a case.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Literal

from goodoffices.outlook import _observed
from goodoffices.outlook._observed import Observations, Records

__all__ = ["AGREEMENTS", "CEASEFIRES", "CLASSES", "FIGHTING", "HORIZONS", "Rule"]

FIGHTING = "UCDP Conflict Termination, dyads, v3-2021 (fighting 1946-2020)"
AGREEMENTS = "UCDP Peace Agreements 22.1 (agreements 1975-2021)"
CEASEFIRES = "ETH/PRIO Civil Conflict Ceasefires (ceasefires 1989-2020)"

HORIZONS = (90, 365, 730, 1826)
"""Days by which shares are given: 90 days, 1, 2 and 5 years."""
_BY_YEAR = HORIZONS[1:]

RECENT = 2005
"""Since when a class called recent begins: deals have become rarer, so it says more about today."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """A reference class before it is counted."""

    id: str
    title: str
    watched: str
    """Who is in it, and from which day on."""
    until: str
    """When watching stops although nothing has happened."""
    events: tuple[str, ...]
    """What may happen; the one that the class is about stands first."""
    caveats: tuple[str, ...]
    sources: tuple[str, ...]
    observe: Callable[[Records], Observations]
    horizons: tuple[int, ...] = HORIZONS


_DEATHS = "Only fighting with at least 25 deaths a year is in the data: no disputes below that."
_EPISODE_DATES = (
    "Where only the year of a first or last day is known, it stands at 31 December: shares by 90 "
    "days are rough."
)
_STOP = "Fighting ends with the last day before a calendar year of fewer than 25 deaths."
_ENDINGS = ("peace agreement", "ceasefire", "victory", "fades", "a side is gone")
_PAIR = "A pair of sides: others of the same conflict may settle, or fight on."
_SELECTED = (
    "No effect is claimed: those who stop shooting, or let others mediate, may have been nearer "
    "to an agreement already, or harder to reconcile."
)
_AGAIN = "Long fighting is watched from every 1 {} of it: errors are by conflict, not by row."
_ANY = "Any signed agreement counts, a road map for talks as well as a full settlement."
_UNTIED = "Ceasefires that the data tie to no pair of sides are not seen."
_FULL = "Only full agreements count: those that settle the whole of the incompatibility."
_MEDIATORS = (
    "Mediators are called to some conflicts and refused in others; where nobody knows whether "
    "there was one, the ceasefire is left out."
)
_MANY = "Conflicts with many ceasefires count many times: errors are by conflict, not by row."
_BROKEN = (
    "Broken: called off, breached for good, or never kept. Followed: another ceasefire took its "
    "place, mostly by extension. Breaches that did not end it are not seen."
)
_WITNESSES = (
    "No effect is claimed: it is no matter of chance where a third party signs, and some that "
    "mediated did not sign."
)
_SURVIVED = (
    "Those who fought again sooner never count as having ended: only what outlived its first "
    "calendar year is seen."
)
_MIDYEAR = (
    "Known by the year only: it is taken to happen in its middle, and no share is given by 90 days."
)
_UNKNOWN = (
    "Of many ceasefires nobody knows how long they held. They are left out of the shares; `least` "
    "and `most` say what the shares would be if all of them had held, or broken on the first day."
)
_LISTED = "An agreement counts as ended when UCDP lists it so; being ignored is no end."
_BRANCHES = "Many end on one day with the peace process that they are part of."

_SINCE = ", since {}"
_TO_2020 = "31 December 2020, or five years"
_TO_2021 = "31 December 2021, or five years"


def _fighting(key: str, title: str, watched: str, *, since: int = 0, after: int = 0) -> Rule:
    return Rule(
        id=key,
        title=title,
        watched=watched,
        until=_TO_2020,
        events=_ENDINGS,
        caveats=(_DEATHS, _STOP, _PAIR, _EPISODE_DATES),
        sources=(FIGHTING,),
        observe=partial(_observed.fighting, endings=_ENDINGS, since=since, after=after),
    )


def _deal(key: str, truce: bool | None, *, since: int = 0) -> Rule:
    title = {
        None: "A first deal while fighting goes on",
        False: "A first deal while fighting goes on, no ceasefire lately",
        True: "A next deal while fighting goes on, after a ceasefire",
    }
    return Rule(
        id=key,
        title=title[truce] + _SINCE.format(since) * bool(since),
        watched=_under_way(truce, since),
        until=_TO_2020,
        events=("joint ceasefire", "agreement", "ends without either"),
        caveats=(
            "A joint ceasefire may be local, or last a day: it is no end of the war.",
            _ANY,
            _SELECTED,
            _UNTIED,
            _AGAIN.format("July"),
            _DEATHS,
        ),
        sources=(FIGHTING, AGREEMENTS, CEASEFIRES),
        observe=partial(_observed.deals_in_fighting, truce=truce, since=since),
    )


def _agreement(key: str, truce: bool, *, full: bool = False, since: int = 0) -> Rule:
    what = "full agreement" if full else "agreement"
    before = "after a ceasefire" if truce else "without a ceasefire"
    title = f"{'A' if full else 'An'} {what} in fighting {before}"
    kinds = ("full",) if full else ("full", "partial", "process")
    return Rule(
        id=key,
        title=title + _SINCE.format(since) * bool(since),
        watched=_under_way(truce, since),
        until=_TO_2020,
        events=(what, "ends without it"),
        caveats=(_FULL if full else _ANY, _SELECTED, _UNTIED, _AGAIN.format("July"), _DEATHS),
        sources=(FIGHTING, AGREEMENTS, CEASEFIRES),
        observe=partial(_observed.agreements_in_fighting, truce=truce, kinds=kinds, since=since),
    )


def _under_way(truce: bool | None, since: int) -> str:
    before = {
        None: "",
        False: ", without any ceasefire in the year before",
        True: ", after a ceasefire in the year before",
    }
    return (
        f"Two sides in an internal armed conflict, on each 1 July {f'since {since} ' * bool(since)}"
        f"on which they are fighting{before[truce]}; from that day"
    )


def _after_ceasefire(key: str, mediated: bool) -> Rule:
    which = "mediated" if mediated else "unmediated"
    return Rule(
        id=key,
        title=f"An agreement after a joint ceasefire, {which}",
        watched=f"Joint ceasefires, {which}; from the day on which they took effect",
        until=_TO_2021,
        events=("agreement",),
        caveats=(
            _SELECTED,
            _MEDIATORS,
            "Ceasefires that are part of a final settlement are left out.",
            _MANY,
            _ANY,
        ),
        sources=(AGREEMENTS, CEASEFIRES),
        observe=partial(_observed.agreements_after_ceasefires, mediated=mediated),
    )


def _ceasefire(
    key: str, title: str, watched: str, *, joint: bool, term: bool, mediated: bool | None = None
) -> Rule:
    return Rule(
        id=key,
        title=title,
        watched=f"{watched}; from the day on which it was to take effect",
        until=_TO_2020,
        events=("broken", "followed", "expired"),
        caveats=(_UNKNOWN, _BROKEN, _MANY, _SELECTED),
        sources=(CEASEFIRES,),
        observe=partial(_observed.ceasefire_ends, joint=joint, term=term, mediated=mediated),
    )


def _ended(
    key: str, title: str, watched: str, *, kind: str | None = None, third: bool | None = None
) -> Rule:
    return Rule(
        id=key,
        title=title,
        watched=f"{watched}; from the day on which they were signed",
        until=_TO_2021,
        events=("ended",),
        caveats=(_LISTED, _BRANCHES, *(() if third is None else (_WITNESSES,))),
        sources=(AGREEMENTS,),
        observe=partial(_observed.agreement_ends, kind=kind, third=third),
    )


def _recurrence(key: str, what: str, ending: str) -> Rule:
    return Rule(
        id=key,
        title=f"New fighting between the same sides after {what}",
        watched=(
            f"Two sides whose fighting ended with {what}; from the end of the first calendar year "
            "of fewer than 25 deaths"
        ),
        until=_TO_2020,
        events=("fighting again",),
        caveats=(_SURVIVED, _PAIR, _DEATHS),
        sources=(FIGHTING,),
        observe=partial(_observed.recurrence, ending=ending),
    )


def _worse(
    key: str, title: str, watched: str, event: str, of: Literal["severe", "foreign"], caveat: str
) -> Rule:
    return Rule(
        id=key,
        title=title,
        watched=f"{watched}; from that 1 January",
        until=_TO_2020,
        events=(event, "ends first"),
        caveats=(caveat, _MIDYEAR, _AGAIN.format("January"), _DEATHS),
        sources=(FIGHTING,),
        observe=partial(_observed.worsening, of=of),
        horizons=_BY_YEAR,
    )


CLASSES: tuple[Rule, ...] = (
    _fighting(
        "fighting",
        "How fighting ends",
        "Two sides, one of them a government; from the day of the 25th death",
    ),
    _fighting(
        "fighting-since-1989",
        "How fighting ends, begun since 1989",
        "Two sides, one of them a government, that began in 1989 or later; from the day of the "
        "25th death",
        since=1989,
    ),
    _fighting(
        "fighting-second-year",
        "How fighting that is a year old ends, begun since 1989",
        "Two sides, one of them a government, that began in 1989 or later and still fight a year "
        "after the 25th death; from that day",
        since=1989,
        after=365,
    ),
    _deal("deal", None),
    _deal("deal-without-ceasefire", False),
    _deal("deal-without-ceasefire-recent", False, since=RECENT),
    _deal("deal-after-ceasefire", True),
    _deal("deal-after-ceasefire-recent", True, since=RECENT),
    _agreement("agreement-without-ceasefire", False),
    _agreement("agreement-without-ceasefire-recent", False, since=RECENT),
    _agreement("agreement-after-ceasefire", True),
    _agreement("agreement-after-ceasefire-recent", True, since=RECENT),
    _agreement("full-agreement-without-ceasefire", False, full=True),
    _agreement("full-agreement-after-ceasefire", True, full=True),
    _after_ceasefire("agreement-after-mediated-ceasefire", True),
    _after_ceasefire("agreement-after-unmediated-ceasefire", False),
    _ceasefire(
        "ceasefire-mediated",
        "How long a joint ceasefire holds, mediated",
        "Joint ceasefires without a fixed term, mediated",
        joint=True,
        term=False,
        mediated=True,
    ),
    _ceasefire(
        "ceasefire-unmediated",
        "How long a joint ceasefire holds, unmediated",
        "Joint ceasefires without a fixed term, unmediated",
        joint=True,
        term=False,
        mediated=False,
    ),
    _ceasefire(
        "ceasefire-fixed-term",
        "How long a joint ceasefire holds, with a fixed term",
        "Joint ceasefires for a fixed term",
        joint=True,
        term=True,
    ),
    _ceasefire(
        "ceasefire-one-sided",
        "How long a one-sided ceasefire holds",
        "One-sided ceasefires without a fixed term",
        joint=False,
        term=False,
    ),
    _ended("agreement-full", "How long a full agreement lasts", "Full agreements", kind="full"),
    _ended(
        "agreement-partial",
        "How long a partial agreement lasts",
        "Agreements on part of the incompatibility",
        kind="partial",
    ),
    _ended(
        "agreement-process",
        "How long an agreement on a process lasts",
        "Agreements that open or outline a process",
        kind="process",
    ),
    _ended(
        "agreement-third-party",
        "How long an agreement lasts that a third party signed",
        "Agreements that a third party signed or witnessed",
        third=True,
    ),
    _ended(
        "agreement-no-third-party",
        "How long an agreement lasts that no third party signed",
        "Agreements that no third party signed or witnessed",
        third=False,
    ),
    _recurrence("recurrence-after-agreement", "a peace agreement", "peace agreement"),
    _recurrence("recurrence-after-ceasefire", "a ceasefire", "ceasefire"),
    _recurrence("recurrence-after-victory", "a victory", "victory"),
    _recurrence("recurrence-after-fading", "neither a victory nor anything signed", "fades"),
    _worse(
        "escalation-deaths",
        "Escalation to a thousand deaths a year",
        "Two sides whose fighting goes on into a new year, with fewer than 1,000 deaths in the "
        "year before",
        "a thousand deaths",
        "severe",
        "Deaths between two sides in a calendar year, not their rate in a week.",
    ),
    _worse(
        "escalation-foreign-troops",
        "Escalation to foreign troops",
        "Two sides whose internal fighting goes on into a new year, without troops of another "
        "state in the year before",
        "foreign troops",
        "foreign",
        "Troops that fight beside a side; strikes from abroad, arms and money are not seen.",
    ),
)
"""In the order in which they are shown."""
