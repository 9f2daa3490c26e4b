"""Whether what the parties want, demand, tie together and promise can be meant so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from goodoffices.case._faults import error, warning
from goodoffices.case.model import Case, Demand, Linkage, Picks, Promise
from goodoffices.case.options import select
from goodoffices.errors import Fault, QuantityError, clip

__all__ = ["term_faults"]

_SLACK = 1.0
"""Weights were often rounded to whole per cents before they were written down."""


def term_faults(case: Case, *, waiting: bool = False) -> Iterator[Fault]:
    """Yield faults of weights, demands, linkages, promises and packages.

    While drafts are `waiting`, it is no error yet that an issue, a party or a walk-away is missing.
    """
    terms = _Terms(case)
    # A case may be about moves or time alone; then nothing is to be settled.
    bare = case.moves is None and case.outlook is None
    if bare or case.issues or case.positions:
        missing = [*_frame(case), *_missing_walk_aways(case)]
        yield from (replace(f, severity="warning") for f in missing) if waiting else missing
        yield from _walk_aways(case)
    yield from _weights(case)
    yield from terms.demands()
    for key, linkage in case.linkages.items():
        yield from terms.linkage(f"linkages.{key}", linkage)
    for key, promise in case.promises.items():
        yield from terms.promise(f"promises.{key}", promise)
    yield from terms.packages()


def _frame(case: Case) -> Iterator[Fault]:
    if not case.issues:
        yield error("issues", "there is no issue to settle", "name at least one")
    count = len(case.signatories)
    if count < 2:
        what = f"{'only one party' if count else 'no party'} must accept a package"
        yield error("parties", what, "give two parties `role: principal` or `must_accept: true`")


def _weights(case: Case) -> Iterator[Fault]:
    """Find weights that add up to 100 in no draw; a missing position's weight may be anything."""
    known = {*case.parties, *case.factions}
    for actor in case.positions:
        if not case.issues or actor not in known:
            continue
        weights = [case.position(actor, issue).weight for issue in case.issues]
        low, high = sum(w.low for w in weights), sum(w.high for w in weights)
        if low > 100 + _SLACK or high < 100 - _SLACK:
            total = f"{low:g}" if low == high else f"{low:g}..{high:g}"
            what = f"its weights over all {len(weights)} issues add up to {total}, not to 100"
            mend = "raise some of them" if high < 100 else "lower some of them"
            yield error(f"positions.{actor}", what, mend)


def _walk_aways(case: Case) -> Iterator[Fault]:
    first: dict[str, str] = {}
    for key, demand in case.demands.items():
        if demand.kind != "walk-away":
            continue
        if demand.by in first:
            what = f"{clip(demand.by)} has a walk-away already, {clip(first[demand.by])}"
            yield error(f"demands.{key}", what, "remove one, or give it to a faction")
        first.setdefault(demand.by, key)


def _missing_walk_aways(case: Case) -> Iterator[Fault]:
    given = {demand.by for demand in case.demands.values() if demand.kind == "walk-away"}
    for party in case.signatories:
        if party not in given:
            what = "must accept a package, and has no walk-away"
            mend = f"add a demand with `by: {party}`, `kind: walk-away`; its value may be `unknown`"
            yield error(f"parties.{party}", what, mend)


class _Terms:
    """The options of a case, to see what demands and ties leave of them."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.options = {key: frozenset(issue.option_ids) for key, issue in case.issues.items()}

    def picked(self, picks: Picks) -> dict[str, frozenset[str]] | None:
        """Return the options that are picked; None where one is unknown."""
        try:
            return {
                issue: frozenset(select(self.case.issues[issue], choices))
                for issue, choices in picks.items()
            }
        except (KeyError, QuantityError):
            return None

    def demands(self) -> Iterator[Fault]:
        """Yield faults of demands that leave nothing, or rule out nothing."""
        refused: dict[tuple[str, str], dict[str, frozenset[str]]] = defaultdict(dict)
        for key, demand in self.case.demands.items():
            refuses, requires = self.picked(demand.refuses), self.picked(demand.requires)
            if demand.kind == "walk-away" or refuses is None or requires is None:
                continue
            alone = self._refused_alone(refuses, requires)
            faults = list(self._demand(f"demands.{key}", refuses, requires, alone))
            yield from faults
            yield from self._agreed(f"demands.{key}", demand, alone)
            for issue, options in alone.items():
                if not faults:
                    refused[demand.by, issue][key] = options
        for (actor, issue), parts in refused.items():
            if len(parts) > 1 and frozenset().union(*parts.values()) == self.options[issue]:
                keys = " and ".join(map(clip, parts))
                what = f"{keys} together leave {clip(actor)} no option of {clip(issue)}"
                yield warning(f"demands.{next(iter(parts))}", what, "see whether both can be meant")

    def _refused_alone(
        self, refuses: dict[str, frozenset[str]], requires: dict[str, frozenset[str]]
    ) -> dict[str, frozenset[str]]:
        """Return the options that a demand rules out whatever the other issues bring."""
        alone = {issue: self.options[issue] - options for issue, options in requires.items()}
        if len(refuses) == 1:
            ((issue, options),) = refuses.items()
            alone[issue] = alone.get(issue, frozenset()) | options
        return alone

    def _demand(
        self,
        where: str,
        refuses: dict[str, frozenset[str]],
        requires: dict[str, frozenset[str]],
        alone: dict[str, frozenset[str]],
    ) -> Iterator[Fault]:
        for issue, options in alone.items():
            if options == self.options[issue]:
                mend = "leave it at least one option"
                yield error(where, f"leaves no option of {clip(issue)}", mend)
        every = all(options == self.options[issue] for issue, options in refuses.items())
        if every and len(refuses) > 1:
            yield error(where, "refuses every package", "leave at least one option")
        for issue, options in refuses.items():
            if not options:
                yield error(f"{where}.refuses.{issue}", "refuses nothing", "name an option")
        for issue, options in requires.items():
            if options == self.options[issue]:
                what = f"requires any option of {clip(issue)}, and so rules out none"
                yield error(f"{where}.requires.{issue}", what, "name fewer options")

    def _agreed(
        self, where: str, demand: Demand, alone: dict[str, frozenset[str]]
    ) -> Iterator[Fault]:
        for issue, options in alone.items():
            agreed = self.case.issues[issue].agreed
            settled = self.picked({issue: (agreed,)}) if agreed is not None else None
            if settled and settled[issue] <= options:
                what = f"rules out {clip(agreed)}, which {clip(issue)} has as agreed"
                yield warning(where, what, "see which of the two still holds")

    def linkage(self, where: str, linkage: Linkage) -> Iterator[Fault]:
        """Yield faults of one linkage."""
        if not linkage.when:
            yield error(f"{where}.when", "names no issue", "name the options that it hangs on")
        for issue in sorted(linkage.when.keys() & {*linkage.requires, *linkage.excludes}):
            what = f"ties {clip(issue)} to itself"
            yield error(where, what, "a linkage ties options of different issues")
        for part in ("when", "requires", "excludes"):
            picked = self.picked(getattr(linkage, part)) or {}
            for issue, options in picked.items():
                if not options:
                    yield error(f"{where}.{part}.{issue}", "picks nothing", "name an option")

    def promise(self, where: str, promise: Promise) -> Iterator[Fault]:
        """Yield faults of one promise."""
        if not promise.to:
            yield error(f"{where}.to", "is made to nobody", "name a party")
        if promise.by in promise.to:
            yield error(f"{where}.to", "is made to the one who makes it", "name another party")
        picked = self.picked(promise.delivers)
        if picked is not None and not any(picked.values()):
            yield error(f"{where}.delivers", "delivers nothing", "name an option")
        guarantee = promise.guarantee
        if guarantee is not None and guarantee.issue in promise.delivers:
            what = f"{clip(guarantee.issue)} is what is promised, and cannot guarantee itself"
            yield error(f"{where}.guarantee.issue", what, "name another issue")
        trust = self.case.trust.get(promise.trust or "")
        if trust is None:
            return
        home = self.case.party_of
        if home(trust.whom) != home(promise.by) or home(trust.who) not in map(home, promise.to):
            told = f"{clip(trust.who)}'s trust in {clip(trust.whom)}"
            what = f"{clip(promise.trust)} is {told}, not a receiver's in {clip(promise.by)}"
            yield warning(f"{where}.trust", what, "name the trust of those who receive it")

    def packages(self) -> Iterator[Fault]:
        """Yield faults of packages that leave an issue open, or reopen one."""
        for key, package in self.case.packages.items():
            where = f"packages.{key}.picks"
            for issue, option in package.picks.items():
                yield from self._package_pick(f"{where}.{issue}", issue, option)
            for issue, facts in self.case.issues.items():
                if issue not in package.picks and facts.agreed is None:
                    what = f"picks no option for {clip(issue)}, which is open"
                    yield error(where, what, f"add `{issue}:` with one of its options")

    def _package_pick(self, where: str, issue: str, option: str) -> Iterator[Fault]:
        picked = self.picked({issue: (option,)})
        if picked is None:
            return
        if len(picked[issue]) != 1:
            count = len(picked[issue])
            yield error(where, f'"{clip(option)}" picks {count} options', "a package picks one")
        agreed = self.case.issues[issue].agreed
        settled = self.picked({issue: (agreed,)}) if agreed is not None else None
        if settled and settled != picked:
            what = f'"{clip(option)}" is not "{clip(agreed)}", which is agreed'
            yield warning(where, what, "pick what is agreed, or remove `agreed`")
