"""Whether every id and every option that a case names is there, and means one thing."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator, Sequence

from goodoffices.case._faults import Hints, error
from goodoffices.case.model import Case, Issue, Picks
from goodoffices.case.options import select
from goodoffices.errors import Fault, QuantityError, clip

__all__ = ["id_faults"]

MOST_WRONG = 20
"""Faults of one list of options; looking up each costs a look at every option."""


def id_faults(case: Case, hints: Hints) -> Iterator[Fault]:
    """Yield every id that is unknown or used twice, and every option that does not exist."""
    names = _Names(case, hints)
    yield from _used_twice(case)
    yield from names.in_evidence()
    yield from names.in_bases()
    yield from names.in_parties()
    yield from names.in_positions()
    yield from names.in_demands()
    yield from names.in_ties()
    yield from names.in_packages()


def _used_twice(case: Case) -> Iterator[Fault]:
    first: dict[str, str] = {}
    for party, facts in case.parties.items():
        places = [(party, f"parties.{party}")]
        for kind in ("factions", "constituencies"):
            places += [(key, f"parties.{party}.{kind}.{key}") for key in getattr(facts, kind)]
        for key, where in places:
            if key in first:
                what = f'"{clip(key)}" already is {clip(first[key])}'
                yield error(where, what, "give one of them another id")
            first.setdefault(key, where)


class _Names:
    """The ids that a case defines, and every place that refers to one."""

    def __init__(self, case: Case, hints: Hints) -> None:
        self.case = case
        self.hints = hints
        self.actors = [*case.parties, *case.factions]
        constituencies = [key for party in case.parties.values() for key in party.constituencies]
        self.subjects = [*self.actors, *constituencies, *case.issues]
        self.known: dict[str, set[str]] = {}

    def refer(
        self, where: str, names: Iterable[str | None], kind: str, known: Collection[str]
    ) -> Iterator[Fault]:
        """Yield a fault for each name that is not known; None refers to nothing."""
        if kind not in self.known:
            self.known[kind] = set(known)
        for name in names:
            if name is not None and name not in self.known[kind]:
                mend = self.hints.near(name, kind, known)
                yield error(where, f'"{clip(name)}" is not {kind}', mend)

    def picks(self, where: str, picks: Picks) -> Iterator[Fault]:
        """Yield a fault for each issue and each option that is not there."""
        for issue, choices in picks.items():
            place = f"{where}.{issue}"
            if issue in self.case.issues:
                yield from self.choices(place, self.case.issues[issue], choices)
            else:
                yield from self.refer(place, [issue], "an issue", self.case.issues)

    def choices(self, where: str, issue: Issue, choices: Sequence[str]) -> Iterator[Fault]:
        """Yield a fault for each choice that picks no option."""
        try:
            select(issue, choices)
        except QuantityError:
            pass
        else:
            return
        wrong = 0
        for choice in choices:
            try:
                select(issue, [choice])
            except QuantityError as problem:
                what, _, mend = str(problem).partition("; ")
                yield error(where, what, mend)
                wrong += 1
            if wrong == MOST_WRONG:
                break

    def in_evidence(self) -> Iterator[Fault]:
        """Yield faults of sources and claims."""
        for key, source in self.case.sources.items():
            yield from self.refer(f"sources.{key}.camp", source.camp, "a party", self.case.parties)
            original = [source.copy_of]
            known = self.case.sources
            yield from self.refer(f"sources.{key}.copy_of", original, "a source", known)
        for key, claim in self.case.claims.items():
            where = f"claims.{key}"
            yield from self.refer(f"{where}.source", [claim.source], "a source", self.case.sources)
            others = [place.source for place in claim.also]
            yield from self.refer(f"{where}.also", others, "a source", self.case.sources)
            kind = "a party, faction, constituency or issue"
            yield from self.refer(f"{where}.about", claim.about, kind, self.subjects)

    def in_bases(self) -> Iterator[Fault]:
        """Yield faults of every `because`."""
        for where, basis in self.case.based():
            place = f"{where}.because"
            yield from self.refer(place, basis.because, "a claim", self.case.claims)

    def in_parties(self) -> Iterator[Fault]:
        """Yield faults of constituencies, interests and trust."""
        for key, party in self.case.parties.items():
            for group, constituency in party.constituencies.items():
                where = f"parties.{key}.constituencies.{group}.wants"
                yield from self.picks(where, constituency.wants)
        for key, interest in self.case.interests.items():
            yield from self._actor(f"interests.{key}.of", interest.of)
            yield from self.picks(f"interests.{key}.served_by", interest.served_by)
        for key, trust in self.case.trust.items():
            yield from self._actor(f"trust.{key}.who", trust.who)
            yield from self._actor(f"trust.{key}.whom", trust.whom)

    def in_positions(self) -> Iterator[Fault]:
        """Yield faults of positions and of the options that they value."""
        for actor, row in self.case.positions.items():
            yield from self._actor(f"positions.{actor}", actor)
            for key, position in row.items():
                where = f"positions.{actor}.{key}"
                yield from self._interest(where, position.interest)
                if key not in self.case.issues:
                    yield from self.refer(where, [key], "an issue", self.case.issues)
                    continue
                issue = self.case.issues[key]
                yield from self.choices(f"{where}.wants", issue, position.wants)
                yield from self._valued(f"{where}.values", issue, position.values)

    def _valued(self, where: str, issue: Issue, names: Iterable[str]) -> Iterator[Fault]:
        if issue.range is None:
            for name in names:
                if name not in issue.options:
                    yield from self.choices(f"{where}.{name}", issue, [name])
            return
        low, high = issue.bounds
        seen: set[float] = set()
        for name in names:
            try:
                number = float(name)
            except ValueError:
                number = math.nan
            if not low <= number <= high:
                what = f'"{clip(name)}" is not a number in {clip(issue.range)}'
                yield error(f"{where}.{name}", what, "value a few numbers of its range")
            elif number in seen:
                yield error(f"{where}.{name}", f"{number:g} is valued twice", "remove one of them")
            seen.add(number)

    def in_demands(self) -> Iterator[Fault]:
        """Yield faults of demands."""
        for key, demand in self.case.demands.items():
            where = f"demands.{key}"
            yield from self._actor(f"{where}.by", demand.by)
            yield from self._interest(where, demand.interest)
            yield from self.picks(f"{where}.refuses", demand.refuses)
            yield from self.picks(f"{where}.requires", demand.requires)

    def in_ties(self) -> Iterator[Fault]:
        """Yield faults of linkages and promises."""
        for key, linkage in self.case.linkages.items():
            for part in ("when", "requires", "excludes"):
                yield from self.picks(f"linkages.{key}.{part}", getattr(linkage, part))
            for actor in linkage.bonus:
                yield from self._actor(f"linkages.{key}.bonus.{actor}", actor)
        for key, promise in self.case.promises.items():
            where = f"promises.{key}"
            yield from self._actor(f"{where}.by", promise.by)
            for actor in promise.to:
                yield from self._actor(f"{where}.to", actor)
            yield from self.picks(f"{where}.delivers", promise.delivers)
            trust = self.case.trust
            yield from self.refer(f"{where}.trust", [promise.trust], "a trust level", trust)
            if promise.guarantee is not None:
                given = {promise.guarantee.issue: tuple(promise.guarantee.kept)}
                yield from self.picks(f"{where}.guarantee", given)

    def in_packages(self) -> Iterator[Fault]:
        """Yield faults of packages and of what is agreed."""
        for key, package in self.case.packages.items():
            if package.by is not None:
                yield from self._actor(f"packages.{key}.by", package.by)
            picks: Picks = {issue: (option,) for issue, option in package.picks.items()}
            yield from self.picks(f"packages.{key}.picks", picks)
        for key, issue in self.case.issues.items():
            if issue.agreed is not None:
                yield from self.choices(f"issues.{key}.agreed", issue, [issue.agreed])
                yield from self._single(f"issues.{key}.agreed", issue, issue.agreed)

    def _single(self, where: str, issue: Issue, option: str) -> Iterator[Fault]:
        """Yield a fault if the words pick more than one option."""
        try:
            picked = select(issue, [option])
        except QuantityError:
            return
        if len(picked) > 1:
            what = f'"{clip(option)}" picks {len(picked)} options, and only one can hold'
            yield error(where, what, f"name one, such as {picked[0]}")

    def _actor(self, where: str, actor: str) -> Iterator[Fault]:
        yield from self.refer(where, [actor], "a party or faction", self.actors)

    def _interest(self, where: str, interest: str | None) -> Iterator[Fault]:
        known = self.case.interests
        yield from self.refer(f"{where}.interest", [interest], "an interest", known)
