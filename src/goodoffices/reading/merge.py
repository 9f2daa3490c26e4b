"""Several documents put together: who is who, who says the same, and who says otherwise."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from goodoffices.reading.compare import contradiction, happened, same_event, says_same
from goodoffices.reading.copies import Copies, copies
from goodoffices.reading.findings import Findings, Statement, Topic, TopicOption
from goodoffices.reading.merged import Contradiction, MergedClaim, Reading, Words
from goodoffices.reading.names import Names, merge_names
from goodoffices.reading.similar import content, similar_pairs, similarity

__all__ = ["merge"]

_Item = TypeVar("_Item")

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
    alike = sorted(similar_pairs([each.content for each in said], ABOUT_SAME))
    groups, group_of = _grouped(said, alike)
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
        topics=_topics(topics),
        events=_events(said, alike, group_of),
        contradictions=_contradictions(said, alike, group_of),
        copies=repeats.documents,
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


def _neighbours(alike: Iterable[tuple[int, int]]) -> dict[int, list[int]]:
    """Return for each place the earlier ones that are alike."""
    found: defaultdict[int, list[int]] = defaultdict(list)
    for one, other in alike:
        found[other].append(one)
    return found


def _grouped(
    said: Sequence[_Said], alike: Sequence[tuple[int, int]]
) -> tuple[list[list[int]], list[int]]:
    """Put each statement to the first group of which it says the same as every member."""
    near = _neighbours(alike)
    groups: list[list[int]] = []
    group_of: list[int] = []
    first: dict[object, int] = {}
    for index, each in enumerate(said):
        # An engine may find one thing twice.
        again = first.setdefault((each.words, each.statement.type, each.statement.speakers), index)
        if again != index:
            group_of.append(group_of[again])
            groups[group_of[again]].append(index)
            continue
        close = (
            i for i in near.get(index, ()) if similarity(each.content, said[i].content) >= SAME
        )
        for group in sorted({group_of[i] for i in close}):
            if all(says_same(each.statement, said[i].statement) for i in groups[group]):
                groups[group].append(index)
                group_of.append(group)
                break
        else:
            group_of.append(len(groups))
            groups.append([index])
    return groups, group_of


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


def _topics(topics: Sequence[Topic]) -> tuple[Topic, ...]:
    """Put topics together that are called nearly the same, or that share a claim."""
    merged: list[Topic] = []
    for topic in topics:
        words = content(topic.name)
        for place, known in enumerate(merged):
            called = topic.name.casefold() == known.name.casefold()
            if (
                called
                or similarity(words, content(known.name)) >= SAME
                or not set(topic.statements).isdisjoint(known.statements)
            ):
                merged[place] = _joined(known, topic)
                break
        else:
            merged.append(topic)
    return tuple(merged)


def _joined(one: Topic, other: Topic) -> Topic:
    options: dict[str, TopicOption] = {}
    for option in (*one.options, *other.options):
        called = " ".join(sorted(content(option.name))) or option.name.casefold()
        known = options.get(called)
        options[called] = (
            option
            if known is None
            else TopicOption(
                name=known.name,
                wanted_by=_union(known.wanted_by, option.wanted_by),
                refused_by=_union(known.refused_by, option.refused_by),
                statements=_union(known.statements, option.statements),
            )
        )
    return replace(
        one,
        options=tuple(options.values()),
        statements=_union(one.statements, other.statements),
        confidence=max(one.confidence, other.confidence),
    )


def _union(one: tuple[_Item, ...], other: tuple[_Item, ...]) -> tuple[_Item, ...]:
    return tuple(dict.fromkeys((*one, *other)))


def _events(
    said: Sequence[_Said], alike: Sequence[tuple[int, int]], group_of: Sequence[int]
) -> tuple[tuple[int, ...], ...]:
    """Put reports of one happening together, each to the first that fits in every member."""
    near = _neighbours(alike)
    events: list[list[int]] = []
    event_of: dict[int, int] = {}
    for index, each in enumerate(said):
        if not happened(each.statement):
            continue
        for event in sorted({event_of[i] for i in near.get(index, ()) if i in event_of}):
            if all(same_event(each.statement, said[i].statement) for i in events[event]):
                break
        else:
            event = len(events)
            events.append([])
        events[event].append(index)
        event_of[index] = event
    return tuple(tuple(dict.fromkeys(group_of[index] for index in event)) for event in events)


def _contradictions(
    said: Sequence[_Said], alike: Iterable[tuple[int, int]], group_of: Sequence[int]
) -> tuple[Contradiction, ...]:
    found: dict[tuple[int, int], Contradiction] = {}
    for one, other in alike:
        pair = group_of[one], group_of[other]
        about = contradiction(said[one].statement, said[other].statement)
        if about is not None and pair[0] != pair[1]:
            low, high = sorted(pair)
            found.setdefault((low, high), Contradiction(one=low, other=high, about=about))
    return tuple(found[pair] for pair in sorted(found))


def _dropped(found: Iterable[Findings]) -> dict[str, int]:
    total: Counter[str] = Counter()
    for each in found:
        total.update(each.dropped)
    return dict(total)
