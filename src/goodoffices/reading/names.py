"""The names of several documents, put together by what they are called."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from goodoffices.reading.findings import Findings, Named, Role

__all__ = ["MergedName", "Names", "key", "merge_names"]


@dataclass(frozen=True, kw_only=True, slots=True)
class MergedName:
    """Somebody, under all names of all documents."""

    named: Named
    """Its id, kind, name, aliases and role over all; spans are left out."""
    documents: tuple[int, ...]
    """Places of the documents that name it."""
    mentions: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Names:
    """All names, and what each document's own ids stand for."""

    every: tuple[MergedName, ...]
    ids: Mapping[tuple[int, str], str]
    """Place of a document and an id in it, to the id over all."""

    def of(self, document: int, name: str) -> str:
        """Return the id over all for an id of a document; words stay as they are."""
        return self.ids.get((document, name), name)


class _Called(NamedTuple):
    """What makes two names one at once: kind, name, and the home of a group."""

    kind: str
    name: str
    home: str


_Entry = tuple[int, Named, _Called]


def merge_names(findings: Sequence[Findings]) -> Names:
    """Put the names of all documents together.

    Two are one if they are of one kind, and called the same (a faction or a group: of the same
    party), or if one is called by a name that only the other has besides its own: "Burns" is
    William Burns unless Nicholas Burns is named as well. A name without a capital letter ("the
    group") says too little for that.
    """
    entries = [entry for place, found in enumerate(findings) for entry in _entries(place, found)]
    groups = _groups(entries)
    ids: dict[tuple[int, str], str] = {}
    taken: set[str] = set()
    for members in groups:
        chosen = _id([named for _, named, _ in members], taken)
        taken.add(chosen)
        ids |= {(place, named.id): chosen for place, named, _ in members}
    every = [_merged(members, ids) for members in groups]
    return Names(every=tuple(every), ids=ids)


def key(name: str) -> str:
    """Return a name as names are compared.

    >>> key("The  Coast Council")
    'coast council'
    """
    return " ".join(name.casefold().split()).removeprefix("the ")


def _entries(place: int, found: Findings) -> list[_Entry]:
    """Return the names of one document, an id once only."""
    known = {named.id: named for named in reversed(found.named)}
    entries = []
    for named in reversed(known.values()):
        home = known.get(named.of or "")
        grouped = named.kind in {"faction", "constituency"} and home is not None
        called = _Called(named.kind, key(named.name), key(home.name) if grouped and home else "")
        entries.append((place, named, called))
    return entries


def _groups(entries: Sequence[_Entry]) -> list[list[_Entry]]:
    """Return the entries that are one, in the order of first mention."""
    same: dict[_Called, list[_Entry]] = {}
    bearing: defaultdict[_Called, set[_Called]] = defaultdict(set)
    for entry in entries:
        _, named, called = entry
        same.setdefault(called, []).append(entry)
        for alias in filter(_is_name, named.aliases):
            other = called._replace(name=key(alias))
            if other != called:
                bearing[other].add(called)
    root = {called: called for called in same}

    def top(called: _Called) -> _Called:
        while root[called] != called:
            called = root[called]
        return called

    for called in same:
        if len(bearing[called]) == 1:
            (other,) = bearing[called]
            root[top(called)] = top(other)
    grouped: dict[_Called, list[_Entry]] = {}
    for called, members in same.items():
        grouped.setdefault(top(called), []).extend(members)
    return list(grouped.values())


def _is_name(alias: str) -> bool:
    bare = alias.strip().removeprefix("The ").removeprefix("the ")
    return any(sign.isupper() or (sign.isalpha() and not sign.islower()) for sign in bare)


def _id(members: Sequence[Named], taken: set[str]) -> str:
    """Return the commonest id of some names, or one beside it that is free."""
    chosen = Counter(named.id for named in members).most_common(1)[0][0]
    number = 1
    free = chosen
    while free in taken:
        number += 1
        free = f"{chosen}-{number}"
    return free


def _merged(members: Sequence[_Entry], ids: Mapping[tuple[int, str], str]) -> MergedName:
    """Put names that are one into one: the fullest name, all aliases, the surest role."""
    best = max((named for _, named, _ in members), key=lambda named: len(named.name))
    called = [name for _, named, _ in members for name in (named.name, *named.aliases)]
    aliases = tuple(dict.fromkeys(name for name in called if name != best.name))
    homes = [ids[place, named.of] for place, named, _ in members if (place, named.of) in ids]  # type: ignore[index]
    place, named, _ = members[0]
    chosen = ids[place, named.id]
    merged = replace(
        best,
        id=chosen,
        aliases=aliases,
        of=next((home for home in homes if home != chosen), None),
        role=_role([named for _, named, _ in members]),
        heard=any(named.heard for _, named, _ in members),
        confidence=max(named.confidence for _, named, _ in members),
        spans=(),
    )
    documents = tuple(sorted({place for place, _, _ in members}))
    mentions = sum(len(named.spans) for _, named, _ in members)
    return MergedName(named=merged, documents=documents, mentions=mentions)


def _role(members: Sequence[Named]) -> Role | None:
    """Return the role that is given most often; of equals, the surest."""
    weight: dict[Role, tuple[int, float]] = {}
    for named in members:
        if named.role is not None:
            count, sure = weight.get(named.role, (0, 0.0))
            weight[named.role] = count + 1, max(sure, named.confidence)
    return max(weight, key=lambda role: weight[role], default=None)
