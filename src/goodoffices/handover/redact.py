"""A copy of a case without what is marked confidential, and without what would hint at it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from goodoffices.case.basis import Basis
from goodoffices.case.check import check
from goodoffices.case.drafts import confirmed, section_of, without
from goodoffices.case.model import Case, Claim, Constituency, Faction, Position, Source
from goodoffices.case.outlook import Question
from goodoffices.case.quantity import Weight
from goodoffices.errors import Fault
from goodoffices.handover._inert import texts_of

__all__ = ["Redaction", "redacted"]

Marked = Basis | Claim | Faction | Question | Source
LEAST_NAME = 4
"""A shorter name stands inside too many other words to be looked for."""
LEAST_WORDS = 15
"""Characters of a quote; shorter ones are too common to be looked for."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Redaction:
    """What a redacted copy leaves out: how much, and never what."""

    marked: Mapping[str, int]
    """Section (`claims`, `demands`) to how many of its items are marked confidential."""
    resting: Mapping[str, int]
    """The same for items that rest only on those, or mean nothing without them."""
    copies: int
    """Stored copies of sources left out, because they hold words that are confidential."""
    weights: int
    """Parties and factions whose weights are left blank: what is left would not add up to 100."""
    look_at: tuple[str, ...]
    """Where the copy may still hint at what was left out: it holds a name or words of it, or rested
    on it and stays for an assumption. For the sender only."""

    @property
    def count(self) -> int:
        """How many items were left out in all."""
        return sum(self.marked.values()) + sum(self.resting.values())

    @property
    def sentence(self) -> str:
        """What a copy says of itself.

        >>> Redaction(marked={"claims": 2}, resting={}, copies=0, weights=0, look_at=()).sentence
        'This is a redacted copy: 2 confidential items, and what rests on them alone, are left out.'
        """
        number = sum(self.marked.values())
        if not number:
            return "Nothing in this case is marked confidential: nothing was left out."
        items, them = ("item", "it") if number == 1 else ("items", "them")
        what = f"{number} confidential {items}, and what rests on {them} alone, are left out"
        return f"This is a redacted copy: {what}."


def redacted(case: Case) -> tuple[Case, Redaction]:
    """Return the case without what is marked confidential, and what was left out.

    A claim of a confidential source goes with it. So does every part that rests on confidential
    claims alone (no other claim, no assumption), and every part that the case cannot do without,
    such as the positions of a party that is left out. Drafts that were turned down go too. Free
    text is not rewritten: `Redaction.look_at` says where to look. Whether what is left can still
    be computed with is the work of `check`.
    """
    marked = dict(_marked(case, ""))
    if not marked:
        none: dict[str, int] = {}
        return case, Redaction(marked=none, resting=none, copies=0, weights=0, look_at=())
    known = {(fault.where, fault.what) for fault in _errors(case)}
    gone = set(marked)
    blank: set[str] = set()
    while True:
        left = _left(case, gone, blank)
        more = {*_resting(case, left, gone), *_broken(left, known, blank)}
        if more <= gone:
            break
        gone |= more
    left, copies = _unstored(case, left)
    dropped = gone | {f"sources.{key}" for key in case.sources if key not in left.sources}
    return left, Redaction(
        marked=_counted(marked),
        resting=_counted(path for path in dropped if path not in marked),
        copies=copies,
        weights=len(blank),
        look_at=tuple(dict.fromkeys(_hints(case, left, dropped))),
    )


def _marked(node: object, path: str) -> Iterator[tuple[str, Marked]]:
    """Yield each part that is marked, with its dotted path; not what lies inside of one."""
    if isinstance(node, Marked) and node.confidential:
        yield path, node
        return
    for name, child in _children(node):
        if isinstance(child, (BaseModel, dict)):
            yield from _marked(child, f"{path}.{name}" if path else name)


def _children(node: object) -> list[tuple[str, Any]]:
    if isinstance(node, BaseModel):
        return [(name, getattr(node, name)) for name in type(node).model_fields]
    return [(str(name), child) for name, child in node.items()] if isinstance(node, dict) else []


def _errors(case: Case) -> list[Fault]:
    """Return what is wrong in a case, in its drafts too: they may name what is left out."""
    return [fault for fault in check(confirmed(case)) if fault.severity == "error"]


def _left(case: Case, gone: Collection[str], blank: Collection[str]) -> Case:
    """Return the case without some parts, with nothing that names them where that can go alone."""
    left = without(case, gone)
    ids = _ids(case, gone)
    sources = {
        key: source.model_copy(
            update={
                "camp": tuple(party for party in source.camp if party not in ids),
                "copy_of": None if source.copy_of in ids else source.copy_of,
            }
        )
        for key, source in left.sources.items()
        if f"sources.{key}" not in gone
    }
    claims = {key: _unnamed(claim, ids) for key, claim in left.claims.items()}
    positions = {
        actor: {
            issue: _without_hints(position, ids, actor in blank) for issue, position in row.items()
        }
        for actor, row in left.positions.items()
    }
    demands = {
        key: demand.model_copy(update={"interest": None}) if demand.interest in ids else demand
        for key, demand in left.demands.items()
    }
    return left.model_copy(
        update={
            "sources": sources,
            "claims": claims,
            "positions": positions,
            "demands": demands,
            "rejected": (),
        }
    )


def _ids(case: Case, gone: Collection[str]) -> frozenset[str]:
    """Return the ids of parts that are gone, and of the groups inside a party that is."""
    ids = {path.rpartition(".")[2] for path in gone if not path.startswith("positions.")}
    for key, party in case.parties.items():
        if f"parties.{key}" in gone:
            ids |= {*party.factions, *party.constituencies}
    return frozenset(ids)


def _unnamed(claim: Claim, ids: frozenset[str]) -> Claim:
    """Leave out who spoke, to whom and where else, where that is left out itself."""
    changed: dict[str, Any] = {"about": tuple(name for name in claim.about if name not in ids)}
    if claim.speaker in ids:
        changed["speaker"] = None
    if claim.to in ids:
        changed["to"] = None
    changed["via"] = tuple(name for name in claim.via if name not in ids)
    changed["also"] = tuple(place for place in claim.also if place.source not in ids)
    return claim.model_copy(update=changed)


def _without_hints(position: Position, ids: frozenset[str], blank: bool) -> Position:
    changed: dict[str, Any] = {}
    if position.interest in ids:
        changed["interest"] = None
    if blank:
        changed["weight"] = Weight.parse(None)
    return position.model_copy(update=changed) if changed else position


def _resting(case: Case, left: Case, gone: Collection[str]) -> Iterator[str]:
    """Yield claims of sources that are gone, and parts that rested on claims that are gone only."""
    for key, claim in left.claims.items():
        if claim.source is not None and f"sources.{claim.source}" in gone:
            yield f"claims.{key}"
    claims = {path.removeprefix("claims.") for path in gone if path.startswith("claims.")}
    for path, basis in case.based():
        if basis.because and not basis.assumed and claims.issuperset(basis.because):
            yield path


def _broken(left: Case, known: Collection[tuple[str, str]], blank: set[str]) -> Iterator[str]:
    """Yield parts that make no sense any more: where a check finds an error that was not there."""
    places = set(_places(left, ""))
    for fault in _errors(left):
        if (fault.where, fault.what) in known:
            continue
        actor = fault.where.removeprefix("positions.")
        if actor in left.positions and actor in {*left.parties, *left.factions}:
            # The weights that are left would tell how much the missing issue weighs.
            blank.add(actor)
            yield f"(weights).{actor}"
            continue
        where = fault.where.partition(":")[0]
        parts = where.split(".")
        tries = (".".join(parts[:n]) for n in range(len(parts), 0, -1))
        found = next((place for place in tries if place in places), None)
        if found is not None:
            yield found


def _places(node: object, path: str) -> Iterator[str]:
    """Yield the paths of all items that can be left out by themselves."""
    for name, child in _children(node):
        place = f"{path}.{name}" if path else name
        item = isinstance(node, dict) and isinstance(child, (BaseModel, dict))
        if item or place in {"text_agreed", "moves", "outlook"} or isinstance(child, Basis):
            yield place
        if isinstance(child, (BaseModel, dict)):
            yield from _places(child, place)


def _unstored(case: Case, left: Case) -> tuple[Case, int]:
    """Drop stored copies of sources that hold words which are confidential."""
    hurt = {
        source
        for key, claim in case.claims.items()
        if key not in left.claims and claim.quote
        for source in (claim.source, *(place.source for place in claim.also))
        if source is not None
    }
    # A text that repeats another nearly word for word holds its quotes, too.
    hurt |= {key for key, source in case.sources.items() if source.copy_of in hurt}
    hurt |= {s.copy_of for key, s in case.sources.items() if key in hurt and s.copy_of}
    stored = {key for key, source in left.sources.items() if key in hurt and source.file}
    sources = {
        key: source.model_copy(update={"file": None, "digest": None}) if key in stored else source
        for key, source in left.sources.items()
    }
    copies = sum(
        1
        for key, source in case.sources.items()
        if source.file and (key in stored or key not in left.sources)
    )
    return left.model_copy(update={"sources": sources}), copies


def _counted(paths: Collection[str] | Iterator[str]) -> dict[str, int]:
    return dict(Counter(section_of(path) for path in paths if not path.startswith("(")))


def _words(case: Case, gone: Collection[str]) -> Iterator[str]:
    """Yield names and quotes of what was left out, in small letters."""
    for key, party in case.parties.items():
        if f"parties.{key}" in gone:
            yield from _long((party.name, *party.aliases), LEAST_NAME)
        groups: dict[str, Faction | Constituency] = {}
        groups |= {f"parties.{key}.factions.{name}": one for name, one in party.factions.items()}
        groups |= {
            f"parties.{key}.constituencies.{name}": one
            for name, one in party.constituencies.items()
        }
        for path, group in groups.items():
            if path in gone or f"parties.{key}" in gone:
                yield from _long((group.name,), LEAST_NAME)
    for key, source in case.sources.items():
        if f"sources.{key}" in gone:
            yield from _long((source.title,), LEAST_NAME)
    for key, claim in case.claims.items():
        if f"claims.{key}" in gone and claim.quote:
            yield from _long((claim.quote,), LEAST_WORDS)


def _long(texts: Collection[str], least: int) -> Iterator[str]:
    yield from (" ".join(text.casefold().split()) for text in texts if len(text) >= least)


def _hints(case: Case, left: Case, gone: Collection[str]) -> Iterator[str]:
    """Yield where the copy may still hint at parts that are gone."""
    before = dict(case.based())
    for path, basis in left.based():
        if set(before[path].because) != set(basis.because):
            yield path
    words, ids = set(_words(case, gone)), _ids(case, gone)
    for path, text in texts_of(left):
        if not ids.isdisjoint(path.split(".")) or text in ids:
            yield path
    if words:
        yield from _mentions(left, words)


def _mentions(left: Case, words: Collection[str]) -> Iterator[str]:
    """Yield where the copy still says one of some words."""
    any_of = re.compile("|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)))
    for path, text in texts_of(left):
        if any_of.search(" ".join(text.casefold().split())):
            yield path
