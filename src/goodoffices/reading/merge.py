"""Several documents put together: who is who, who says the same, and who says otherwise."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from goodoffices.reading._greedy import Item, grouped
from goodoffices.reading._topics import joined_topics
from goodoffices.reading.compare import (
    Facts,
    contradiction,
    counted,
    denies,
    facts_agree,
    facts_of,
    happened,
)
from goodoffices.reading.copies import Copies, copies
from goodoffices.reading.findings import Findings, Statement, Topic, TopicOption
from goodoffices.reading.merged import Contradiction, MergedClaim, Reading, Words
from goodoffices.reading.names import Names, merge_names
from goodoffices.reading.similar import Alike, content, similar_pairs

__all__ = ["merge"]

SAME = 0.5
"""Statements are one claim if at least so much of their content words is shared."""
ABOUT_SAME = 0.4
"""From so much on they are about the same thing, and may contradict each other."""
FEWEST = 2
"""Content words; with fewer, two statements are alike by chance."""


@dataclass(frozen=True, slots=True)
class _Said:
    """A statement in the terms of all documents."""

    statement: Statement
    words: Words
    text: str
    content: frozenset[str]


def merge(findings: Iterable[Findings]) -> Reading:
    """Put what several documents say together; the order of the documents is kept.

    Names merge by what they are called (`merge_names`). Statements are one claim if they share
    half of their content words and agree in type, speaker, denial, and in every number, day, actor
    and target that both give. The same happening told by several is one event. What shares words
    and differs in one of these is shown as a contradiction. Passages that repeat each other word
    for word count once.
    """
    found = _distinct(findings)
    names = merge_names(found)
    repeats = copies([each.document.text for each in found])
    said = [
        _said(place, each, names, index)
        for place, each in enumerate(found)
        for index in range(len(each.statements))
    ]
    group_of = _grouped(said)
    groups = _members(group_of)
    claims = tuple(_claim([said[index] for index in group], repeats) for group in groups)
    topics: list[Topic] = []
    start = 0
    for place, each in enumerate(found):
        here = group_of[start : start + len(each.statements)]
        topics += [_moved(topic, place, names, here) for topic in each.topics]
        start += len(here)
    return Reading(
        documents=tuple(each.document for each in found),
        names=names.every,
        claims=claims,
        topics=joined_topics(topics),
        events=_events(said, group_of),
        contradictions=_contradictions(said, group_of),
        copies=repeats.documents,
        threatening=frozenset(
            (each.words.document, each.words.sentence)
            for each in said
            if each.statement.type in {"threaten", "warning"}
        ),
        opinion=sum(len(each.opinion) for each in found),
        dropped=_dropped(found),
        notes=tuple(note for each in found for note in (*each.document.notes, *each.notes)),
    )


def _distinct(findings: Iterable[Findings]) -> list[Findings]:
    """Give each document an id of its own; one that is given twice counts once."""
    taken: set[str] = set()
    texts: set[str] = set()
    found = []
    for each in findings:
        if each.document.text.strip() in texts:
            continue
        texts.add(each.document.text.strip())
        chosen, number = each.document.id, 1
        while chosen in taken:
            number += 1
            chosen = f"{each.document.id}-{number}"
        taken.add(chosen)
        same = chosen == each.document.id
        found.append(each if same else replace(each, document=replace(each.document, id=chosen)))
    return found


def _said(place: int, found: Findings, names: Names, index: int) -> _Said:
    given = found.statements[index]
    happening = given.happening
    if happening is not None:
        happening = replace(
            happening,
            actor=_of(names, place, happening.actor),
            target=_of(names, place, happening.target),
        )
    statement = replace(
        given,
        speakers=tuple(names.of(place, speaker) for speaker in given.speakers),
        addressee=_of(names, place, given.addressee),
        about=tuple(dict.fromkeys(names.of(place, name) for name in given.about)),
        happening=happening,
    )
    text = given.span.of(found.document.text)
    words = content(text)
    return _Said(
        statement,
        Words(document=place, span=given.span, sentence=given.sentence),
        text,
        words if len(words) >= FEWEST else frozenset(),
    )


def _of(names: Names, place: int, name: str | None) -> str | None:
    return None if name is None else names.of(place, name)


def _grouped(said: Sequence[_Said]) -> list[int]:
    """Return the claim of each statement: the first of which it says the same as every member."""
    first: dict[object, int] = {}
    # An engine may find one thing twice.
    again = [
        first.setdefault((each.words, each.statement.type, each.statement.speakers), index)
        for index, each in enumerate(said)
    ]
    once = list(first.values())
    items = [_item(said[index]) for index in once]
    group_of = dict(zip(once, grouped(items, SAME, facts_agree), strict=True))
    return [group_of[index] for index in again]


def _item(said: _Said) -> Item[Facts]:
    """Return a statement as `says_same` looks at it: what must be equal, and what must fit."""
    given = said.statement
    block = (given.type, given.voice, given.speakers[-1:], denies(given))
    return Item(block, said.content, facts_of(given))


def _members(group_of: Sequence[int]) -> list[list[int]]:
    groups: list[list[int]] = [[] for _ in range(max(group_of, default=-1) + 1)]
    for index, group in enumerate(group_of):
        groups[group].append(index)
    return groups


def _claim(members: Sequence[_Said], repeats: Copies) -> MergedClaim:
    best = max(members, key=lambda each: each.statement.confidence)
    places = _apart([best.words, *(each.words for each in members if each is not best)])
    passages = {repeats.passage(words.document, words.span) for words in places}
    return MergedClaim(statement=best.statement, places=tuple(places), independent=len(passages))


def _apart(places: Sequence[Words]) -> list[Words]:
    """Leave out words that stand within, or across, words of an earlier place."""
    kept: list[Words] = []
    for each in places:
        if not any(_overlap(each, other) for other in kept):
            kept.append(each)
    return kept


def _overlap(one: Words, other: Words) -> bool:
    if one.document != other.document:
        return False
    mine, theirs = one.span, other.span
    return mine == theirs or (mine.start < theirs.end and theirs.start < mine.end)


def _moved(topic: Topic, place: int, names: Names, claims: Sequence[int]) -> Topic:
    """Put a topic into the terms of all documents; `claims` are those of its statements."""

    def of(given: Iterable[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(names.of(place, name) for name in given))

    def to(statements: Iterable[int]) -> tuple[int, ...]:
        known = (claims[index] for index in statements if 0 <= index < len(claims))
        return tuple(dict.fromkeys(known))

    options = tuple(
        TopicOption(
            name=option.name,
            wanted_by=of(option.wanted_by),
            refused_by=of(option.refused_by),
            statements=to(option.statements),
        )
        for option in topic.options
    )
    return replace(topic, options=options, statements=to(topic.statements))


def _events(said: Sequence[_Said], group_of: Sequence[int]) -> tuple[tuple[int, ...], ...]:
    """Put reports of one happening together, each to the first that fits in every member."""
    told = [index for index, each in enumerate(said) if happened(each.statement)]
    items = [
        Item(each.statement.type, each.content, facts_of(each.statement, amounts=False))
        for each in map(said.__getitem__, told)
    ]
    events = _members(grouped(items, ABOUT_SAME, facts_agree))
    return tuple(tuple(dict.fromkeys(group_of[told[at]] for at in event)) for event in events)


def _contradictions(said: Sequence[_Said], group_of: Sequence[int]) -> tuple[Contradiction, ...]:
    found: dict[tuple[int, int], Contradiction] = {}
    for one, other in _opposable(said, group_of):
        low, high = sorted((group_of[one], group_of[other]))
        if low != high and (low, high) not in found:
            about = contradiction(said[one].statement, said[other].statement)
            if about is not None:
                found[low, high] = Contradiction(one=low, other=high, about=about)
    return tuple(found[pair] for pair in sorted(found))


def _opposable(said: Sequence[_Said], group_of: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the pairs about the same thing that may contradict each other.

    One denies and the other doesn't, or both state a number. What stands in one claim in the same
    words, as copies do, is looked at once.
    """
    once: dict[object, int] = {}
    for index, each in enumerate(said):
        given = each.statement
        if given.voice == "report" and given.class_ != "opinion":
            mark = (group_of[index], each.content, facts_of(given), given.about)
            once.setdefault(mark, index)
    denying: list[int] = []
    affirming: list[int] = []
    numbered: defaultdict[str, list[int]] = defaultdict(list)
    for index in once.values():
        given = said[index].statement
        (denying if denies(given) else affirming).append(index)
        if counted(given):
            numbered[given.type].append(index)
    alike = Alike([said[index].content for index in denying], ABOUT_SAME)
    for one in affirming:
        yield from ((one, denying[at]) for at in alike.to(said[one].content))
    for places in numbered.values():
        pairs = similar_pairs([said[index].content for index in places], ABOUT_SAME)
        yield from ((places[one], places[other]) for one, other in pairs)


def _dropped(found: Iterable[Findings]) -> dict[str, int]:
    total: Counter[str] = Counter()
    for each in found:
        total.update(each.dropped)
    return dict(total)
