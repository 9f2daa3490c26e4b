"""Demands, refusals and conditions about one thing, gathered into candidate issues."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from goodoffices.reading.findings import Statement, Topic, TopicOption
from goodoffices.reading.rules.gazetteer import slug
from goodoffices.reading.rules.words import cue_words

__all__ = ["BEARING", "Keyed", "topics"]

BEARING = frozenset(
    {"demand", "red line", "precondition", "reject", "request", "offer", "concede", "guarantee",
     "issue", "goal", "promise", "agree"}
)  # fmt: skip
"""Types that say what somebody wants or refuses."""
_CORE = frozenset({"demand", "red line", "precondition", "reject", "issue", "offer", "request"})
_REFUSING = frozenset({"reject", "red line"})
ENOUGH = 0.25
"""The weight of shared nouns from which two statements are about one thing."""


@dataclass(frozen=True, slots=True)
class Keyed:
    """A statement with the words that say what it is about."""

    place: int
    """In `Findings.statements`."""
    nouns: tuple[str, ...]
    """Lemmas of its content's nouns."""
    phrase: str
    """The thing it is about, as written."""
    option: str
    """Its content in few words."""
    disputed: bool = False
    """Whether the text itself names it as what is in dispute."""


"""Nouns that stand in every dispute, and tell none from another."""


def topics(keyed: Sequence[Keyed], statements: Sequence[Statement]) -> tuple[Topic, ...]:
    """Return the topics, the largest first.

    Two statements are about one thing where the nouns that they share weigh enough; a noun weighs
    the inverse of how many statements hold it, and a vague one a tenth of that.
    """
    counts = Counter(noun for one in keyed for noun in set(one.nouns))
    made = [_topic(group, statements) for group in groups(keyed, counts)]
    found = [one for one in made if one is not None]
    found.sort(key=lambda one: (-len(one.statements), one.statements))
    return tuple(_unique(found))


def groups(keyed: Sequence[Keyed], counts: Counter[str]) -> list[list[Keyed]]:
    """Return the statements in groups, each joined to another of its group by shared nouns."""
    parent = list(range(len(keyed)))

    def top(n: int) -> int:
        while parent[n] != n:
            parent[n] = parent[parent[n]]
            n = parent[n]
        return n

    where: defaultdict[str, list[int]] = defaultdict(list)
    for n, one in enumerate(keyed):
        for noun in set(one.nouns):
            where[noun].append(n)
    for noun, places in where.items():
        # A noun of many statements is the dispute itself, and joins nothing.
        if noun in cue_words("vague") or len(places) > max(4, len(keyed) // 3):
            continue
        for a, b in pairwise(places):
            if weight(keyed[a], keyed[b], counts) >= ENOUGH:
                parent[top(b)] = top(a)
    found: defaultdict[int, list[Keyed]] = defaultdict(list)
    for n, one in enumerate(keyed):
        found[top(n)].append(one)
    return list(found.values())


def weight(a: Keyed, b: Keyed, counts: Counter[str]) -> float:
    """Return how much the nouns that two statements share weigh."""
    shared = set(a.nouns) & set(b.nouns)
    return sum((0.1 if noun in cue_words("vague") else 1.0) / counts[noun] for noun in shared)


def _topic(group: list[Keyed], statements: Sequence[Statement]) -> Topic | None:
    core = [one for one in group if statements[one.place].type in _CORE]
    nouns = [noun for one in group for noun in one.nouns if noun not in cue_words("vague")]
    if not core or not nouns or not any(one.phrase for one in group):
        return None
    name = _name(group, nouns)
    return Topic(
        id=slug(name),
        name=name,
        options=_options(group, statements),
        statements=tuple(sorted(one.place for one in group)),
        confidence=round(min(0.85, 0.35 + 0.1 * len(core)), 2),
    )


def _name(group: list[Keyed], nouns: list[str]) -> str:
    """Return a noun phrase of the group: one that holds the noun most spoken of."""
    most = [noun for noun, _ in Counter(nouns).most_common()]
    if issues := [one.phrase for one in group if one.phrase and one.disputed]:
        return issues[0]
    for noun in most:
        fit = [one.phrase for one in group if noun[:5] in one.phrase.lower()]
        fit = [phrase for phrase in fit if len(phrase.split()) > 1] or fit
        if fit:
            return min(fit, key=lambda phrase: (abs(len(phrase.split()) - 3), len(phrase), phrase))
    return next((one.phrase for one in group if one.phrase), most[0])


def _options(group: list[Keyed], statements: Sequence[Statement]) -> tuple[TopicOption, ...]:
    places: defaultdict[str, list[int]] = defaultdict(list)
    for one in group:
        places[one.option].append(one.place)
    return tuple(
        TopicOption(
            name=name,
            wanted_by=_by(where, statements, refusing=False),
            refused_by=_by(where, statements, refusing=True),
            statements=tuple(sorted(where)),
        )
        for name, where in places.items()
    )


def _by(places: list[int], statements: Sequence[Statement], *, refusing: bool) -> tuple[str, ...]:
    chosen = [statements[n] for n in places if (statements[n].type in _REFUSING) == refusing]
    return tuple(sorted({one.speakers[-1] for one in chosen if one.speakers}))


def _unique(found: list[Topic]) -> list[Topic]:
    """Give every topic an id of its own."""
    seen: Counter[str] = Counter()
    unique: list[Topic] = []
    for one in found:
        seen[one.id] += 1
        n = seen[one.id]
        unique.append(one if n == 1 else replace(one, id=f"{one.id}-{n}"))
    return unique
