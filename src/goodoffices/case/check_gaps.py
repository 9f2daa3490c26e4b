"""What a careful reader of a case would ask about: gaps that are no errors."""

from __future__ import annotations

from collections.abc import Iterator

from goodoffices.case._faults import warning
from goodoffices.case.check_basis import numbers_of
from goodoffices.case.model import Case, Dated, Demand, Interest, Linkage, Position, Promise
from goodoffices.case.voices import voices
from goodoffices.errors import Fault, clip, nearest

__all__ = ["gap_faults"]


def gap_faults(case: Case, *, waiting: bool = False) -> Iterator[Fault]:
    """Yield what is one-sided, unheard, undated, unexplained or unused.

    While drafts are `waiting`, nobody is blamed for a case in which no claim is confirmed yet.
    """
    yield from _dates(case)
    if case.claims or not waiting:
        yield from _sides(case)
    yield from _speakers(case)
    yield from _demands(case)
    yield from _positions(case)
    yield from _unfounded(case)
    yield from _unused(case)


def _dates(case: Case) -> Iterator[Fault]:
    yield from _date("as_of", case.as_of, "the day up to which the case is right")
    for key, source in case.sources.items():
        yield from _date(f"sources.{key}.date", source.date, "the day of the source")


def _date(where: str, dated: Dated, meaning: str) -> Iterator[Fault]:
    if dated.inferred is not None:
        yield warning(where, f"{meaning} is inferred: {clip(dated.inferred)}", "confirm it")
    elif dated.date is None:
        mend = "add it, or say from what it is inferred"
        yield warning(where, f"{meaning} is missing", mend)


def _sides(case: Case) -> Iterator[Fault]:
    heard = voices(case)
    if not heard.others and not any(heard.spoken.values()):
        what = "no claim: every number is assumed, and nobody is heard"
        yield warning("claims", what, "add what the parties said, with source and quote")
        return
    if len(heard.camps) == 1:
        (camp,) = heard.camps
        what = f"every source that speaks from a side speaks from {clip(camp)}'s"
        yield warning("sources", what, "look for a source from another side")
    principals = [key for key, party in case.parties.items() if party.role == "principal"]
    speaking = [party for party in principals if heard.spoken[party]]
    if len(speaking) == 1 and len(principals) > 1:
        what = f"of the principals, only {clip(speaking[0])} speaks"
        yield warning("claims", what, "look for the words of the others")
    for party in heard.unheard:
        what = f"unheard: no claim is {clip(case.parties[party].name)}'s own word"
        yield warning(f"parties.{party}", what, "add a claim with it as the `speaker`")


def _speakers(case: Case) -> Iterator[Fault]:
    ids = {*case.parties, *case.factions}
    for party in case.parties.values():
        ids |= set(party.constituencies)
    spoken = {claim.speaker: f"claims.{key}" for key, claim in reversed(case.claims.items())}
    for speaker in list(spoken)[-100:]:
        # Words have spaces; one lower-case word that almost is an id is a slip.
        if speaker and speaker not in ids and speaker.islower() and " " not in speaker:
            mend = nearest(speaker, ids)
            if mend:
                what = f'"{clip(speaker)}" is nobody\'s id, and is read as words'
                yield warning(f"{spoken[speaker]}.speaker", what, mend)
    for key, claim in case.claims.items():
        if claim.class_ == "assumption" and claim.speaker is None:
            what = "does not say who assumes it"
            yield warning(f"claims.{key}", what, "add `speaker:`")


def _demands(case: Case) -> Iterator[Fault]:
    for key, demand in case.demands.items():
        where = f"demands.{key}"
        if demand.kind == "walk-away":
            continue
        if demand.interest is None:
            what = f"no interest behind the {demand.kind}"
            yield warning(where, what, "add `interest:`, what the party needs it for")
        if demand.firmness is None:
            what = "no firmness, so it is read as unknown"
            yield warning(where, what, "add `firmness:`, the probability that it truly binds")


def _positions(case: Case) -> Iterator[Fault]:
    for actor in case.signatories:
        for key, issue in case.issues.items():
            if issue.agreed is not None:
                continue
            where = f"positions.{actor}.{key}"
            position = case.positions.get(actor, {}).get(key)
            if position is None:
                what = f"{clip(actor)} must accept, and has no position on {clip(key)}"
                yield warning(where, what, "add one; its fields may be `unknown`")
            elif len(position.values) < 2:
                count = "only one option" if position.values else "no option"
                yield warning(where, f"values {count}; the rest is unknown", "add `values:`")


def _unfounded(case: Case) -> Iterator[Fault]:
    for where, basis in case.based():
        says = isinstance(basis, (Demand, Interest, Linkage, Position, Promise))
        if says and basis.founded == "unfounded" and not numbers_of(basis):
            what = "rests on no claim and no assumption"
            yield warning(where, what, "add `because:` or `assumed:`")


def _unused(case: Case) -> Iterator[Fault]:
    used = {claim for _, basis in case.based() for claim in basis.because}
    for key, claim in case.claims.items():
        if key not in used and claim.class_ != "opinion":
            yield warning(
                f"claims.{key}", "no part of the case rests on it", "name it in `because:`"
            )
