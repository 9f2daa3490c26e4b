"""From records to observations: who is watched from which day on, and what ended that.

Each function takes all records and returns the observations of one kind of reference class. Days
are ordinals. Nothing about the future of a pair of sides decides whether they are watched, but
that they were still fighting on the day.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import Literal

from goodoffices.outlook._records import Agreement, Ceasefire, Episode, day

__all__ = [
    "FURTHEST",
    "Observations",
    "Records",
    "agreement_ends",
    "agreements_after_ceasefires",
    "agreements_in_fighting",
    "ceasefire_ends",
    "deals_in_fighting",
    "fighting",
    "recurrence",
    "worsening",
]

FURTHEST = 1826
"""Days after which nobody is watched any longer: five years."""

BEFORE = 365
"""Days for which a ceasefire counts as one that came before."""

WITHOUT_DEAL = ("victory", "fades", "a side is gone")
"""How fighting ends without anything signed."""


@dataclass(frozen=True, kw_only=True)
class Records:
    """The records of the data sets, and what is looked up in them again and again."""

    episodes: tuple[Episode, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    ceasefires: tuple[Ceasefire, ...] = ()

    @cached_property
    def fought_until(self) -> int:
        """The last day that the data on fighting cover."""
        return day(max(episode.last for episode in self.episodes))

    @cached_property
    def signed_until(self) -> int:
        """The last day that the data on agreements cover."""
        return _year_end(max(agreement.signed for agreement in self.agreements))

    @cached_property
    def ceased_from(self) -> int:
        """The first year that the data on ceasefires cover."""
        return min(_year(c.start) for c in self.ceasefires if c.start is not None)

    @cached_property
    def ceased_until(self) -> int:
        """The last day that the data on ceasefires cover."""
        return _year_end(max(c.start for c in self.ceasefires if c.start is not None))

    @cached_property
    def signings(self) -> Mapping[str, list[int]]:
        """For each pair of sides, the days of their agreements, in order."""
        return self.signings_of("full", "partial", "process")

    def signings_of(self, *kinds: str) -> Mapping[str, list[int]]:
        """Return the same for agreements of some kinds only."""
        return _by_dyad((a.dyads, a.signed) for a in self.agreements if a.kind in kinds)

    @cached_property
    def truces(self) -> Mapping[str, list[int]]:
        """For each pair of sides, the days of all ceasefires that took effect, in order."""
        return _by_dyad((c.dyads, c.start) for c in self.ceasefires if c.fate != "no effect")

    @cached_property
    def joint_truces(self) -> Mapping[str, list[int]]:
        """For each pair of sides, the days of those that they declared together."""
        joint = (c for c in self.ceasefires if c.joint and c.fate != "no effect")
        return _by_dyad((c.dyads, c.start) for c in joint)


@dataclass(kw_only=True)
class Observations:
    """Observations of one class, an entry for each in every list."""

    days: list[int] = field(default_factory=list)
    """For how many days each was followed, five years at most."""
    happened: list[int] = field(default_factory=list)
    """Which event ended that, counted from 1; 0 where none had when it was last seen."""
    conflicts: list[str] = field(default_factory=list)
    years: list[int] = field(default_factory=list)
    """In which year each begins."""
    unknown: list[str] = field(default_factory=list)
    """Conflicts of those that belong here, but nobody knows how long they held."""

    def add(self, start: int, end: int, happened: int, conflict: str) -> None:
        """Add one that was followed from one day to another."""
        followed = max(end - start, 0)
        self.days.append(min(followed, FURTHEST))
        self.happened.append(happened if followed <= FURTHEST else 0)
        self.conflicts.append(conflict)
        self.years.append(_year(start))

    def between(self, first: int, last: int) -> Observations:
        """Return those that begin in some years; those of unknown fate are left out."""
        kept = [place for place, year in enumerate(self.years) if first <= year <= last]
        return Observations(
            days=[self.days[place] for place in kept],
            happened=[self.happened[place] for place in kept],
            conflicts=[self.conflicts[place] for place in kept],
            years=[self.years[place] for place in kept],
        )


def fighting(
    records: Records, endings: Sequence[str], *, since: int = 0, after: int = 0
) -> Observations:
    """Watch fighting from its 25th death, or from so many days after it, until it ends."""
    found = Observations()
    for episode in records.episodes:
        start = episode.start + after
        end = records.fought_until if episode.end is None else episode.end
        if episode.first >= since and (end > start or not after):
            happened = endings.index(episode.ending) + 1 if episode.ending else 0
            found.add(start, end, happened, episode.conflict)
    return found


def deals_in_fighting(
    records: Records, *, truce: bool | None = None, since: int = 0
) -> Observations:
    """Watch internal fighting under way for what comes first: 1 joint ceasefire, 2 agreement.

    3 is that the fighting ends without either. `truce` asks for fighting with, or without, a
    ceasefire in the year before; `since` for the first year of watching.
    """
    found = Observations()
    for episode, start in _under_way(records, truce, since):
        ceasefire = _next(records.joint_truces, episode.dyad, start)
        agreement = _next(records.signings, episode.dyad, start)
        # A few settlements stand only in the data on fighting.
        if ceasefire is None and episode.ending == "ceasefire":
            ceasefire = episode.end
        if agreement is None and episode.ending == "peace agreement":
            agreement = episode.end
        events = (ceasefire, agreement, _end_without_deal(episode))
        _add_first(found, start, events, records.ceased_until, episode.conflict)
    return found


def agreements_in_fighting(
    records: Records,
    *,
    truce: bool,
    kinds: Sequence[str] = ("full", "partial", "process"),
    since: int = 0,
) -> Observations:
    """Watch internal fighting under way for 1 an agreement, 2 an end without anything signed."""
    found = Observations()
    signings = records.signings_of(*kinds)
    until = min(records.fought_until, records.signed_until)
    for episode, start in _under_way(records, truce, since):
        events = (_next(signings, episode.dyad, start), _end_without_deal(episode))
        _add_first(found, start, events, until, episode.conflict)
    return found


def agreements_after_ceasefires(records: Records, *, mediated: bool) -> Observations:
    """Watch the sides of each joint ceasefire for an agreement between any two of them."""
    found = Observations()
    for each in records.ceasefires:
        if not (each.joint and each.dyads and each.mediated is mediated) or each.definitive:
            continue
        if each.start is not None and each.fate != "no effect":
            days = (_next(records.signings, dyad, each.start) for dyad in each.dyads)
            signed = min((when for when in days if when is not None), default=None)
            _add_first(found, each.start, (signed,), records.signed_until, each.conflict)
    return found


def ceasefire_ends(
    records: Records, *, joint: bool, term: bool, mediated: bool | None = None
) -> Observations:
    """Watch ceasefires for 1 a breach, 2 another ceasefire in their place, 3 their agreed end."""
    events = ("broken", "followed", "expired")
    found = Observations()
    for each in records.ceasefires:
        if each.joint is not joint or each.term is not term:
            continue
        if each.start is None or (mediated is not None and each.mediated is not mediated):
            continue
        if each.fate == "no effect":
            found.add(each.start, each.start, 1, each.conflict)
        elif each.fate == "in force":
            found.add(each.start, records.ceased_until, 0, each.conflict)
        elif each.end is not None and each.fate in events:
            found.add(each.start, each.end, events.index(each.fate) + 1, each.conflict)
        else:
            found.unknown.append(each.conflict)
    return found


def agreement_ends(
    records: Records, *, kind: str | None = None, third: bool | None = None
) -> Observations:
    """Watch agreements until they end."""
    found = Observations()
    for each in records.agreements:
        if kind not in {None, each.kind} or third not in {None, each.third}:
            continue
        if each.dated:
            _add_first(found, each.signed, (each.ended,), records.signed_until, each.conflict)
        else:
            found.unknown.append(each.conflict)
    return found


def recurrence(records: Records, *, ending: str) -> Observations:
    """Watch a pair of sides for the 25th death of new fighting, after a first quiet year."""
    dyads: dict[str, list[Episode]] = defaultdict(list)
    for episode in sorted(records.episodes, key=lambda episode: episode.first):
        dyads[episode.dyad].append(episode)
    found = Observations()
    for episodes in dyads.values():
        for one, another in pairwise([*episodes, None]):
            if one is not None and one.ending == ending:
                start = day(one.last + 2, 1, 1)
                again = another.start if another else None
                if start <= records.fought_until:
                    _add_first(found, start, (again,), records.fought_until, one.conflict)
    return found


def worsening(records: Records, *, of: Literal["severe", "foreign"]) -> Observations:
    """Watch fighting that goes on into a new year for 1 a year that is worse, 2 its end.

    What is known by the year only is taken to happen in its middle.
    """
    found = Observations()
    for episode in records.episodes:
        flags = getattr(episode, of)
        end = records.fought_until if episode.end is None else episode.end
        ended = end if episode.ending else None
        for place, year in enumerate(range(episode.first, episode.last)):
            start = day(year + 1, 1, 1)
            if flags[place] or (of == "foreign" and not episode.internal[place]) or end < start:
                continue
            later = next((k for k in range(place + 1, len(flags)) if flags[k]), None)
            worse = None if later is None else min(day(episode.first + later, 7, 2), end)
            _add_first(found, start, (worse, ended), end, episode.conflict)
    return found


def _under_way(records: Records, truce: bool | None, since: int) -> Iterator[tuple[Episode, int]]:
    """Each internal episode on each 1 July on which it was under way, from a year of data on."""
    first, last = max(records.ceased_from + 1, since), _year(records.ceased_until)
    for episode in records.episodes:
        for year in range(max(first, episode.first), min(last, episode.last) + 1):
            start = day(year, 7, 1)
            over = episode.end is not None and episode.end <= start
            if episode.start > start or over or not episode.internal[year - episode.first]:
                continue
            before = _next(records.truces, episode.dyad, start - BEFORE)
            if truce is None or truce == (before is not None and before < start):
                yield episode, start


def _end_without_deal(episode: Episode) -> int | None:
    return episode.end if episode.ending in WITHOUT_DEAL else None


def _add_first(
    found: Observations, start: int, events: Sequence[int | None], until: int, conflict: str
) -> None:
    """Add what came first; of events on one day, the first named."""
    days = [(when, place) for place, when in enumerate(events, start=1) if when is not None]
    when, happened = min(days, default=(until, 0))
    if when > until:
        when, happened = until, 0
    found.add(start, when, happened, conflict)


def _next(days: Mapping[str, list[int]], dyad: str, start: int) -> int | None:
    """Return the first of a pair's days that is not before `start`."""
    known = days.get(dyad, [])
    place = bisect_left(known, start)
    return known[place] if place < len(known) else None


def _by_dyad(dated: Iterator[tuple[frozenset[str], int | None]]) -> Mapping[str, list[int]]:
    days: dict[str, list[int]] = defaultdict(list)
    for dyads, when in dated:
        for dyad in dyads:
            if when is not None:
                days[dyad].append(when)
    return {dyad: sorted(found) for dyad, found in days.items()}


def _year(ordinal: int) -> int:
    return date.fromordinal(ordinal).year


def _year_end(ordinal: int) -> int:
    return day(_year(ordinal))
