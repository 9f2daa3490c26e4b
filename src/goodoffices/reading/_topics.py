"""Topics of several documents, put together by what they are called and what rests on them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from goodoffices.reading.findings import Topic, TopicOption
from goodoffices.reading.similar import content, similarity

__all__ = ["joined_topics"]

_Item = TypeVar("_Item")

SAME = 0.5
"""Topics are one if so much of the words of their names is shared."""


@dataclass(slots=True)
class _Group:
    first: Topic
    words: frozenset[str]
    members: list[Topic] = field(default_factory=list)


def joined_topics(topics: Sequence[Topic]) -> tuple[Topic, ...]:
    """Put each topic to the first that is called the same, or nearly, or that shares a claim."""
    groups: list[_Group] = []
    called: dict[str, int] = {}
    telling: defaultdict[str, list[int]] = defaultdict(list)
    resting: dict[int, int] = {}
    for topic in topics:
        words, name = content(topic.name), topic.name.casefold()
        fits = {resting[claim] for claim in topic.statements if claim in resting}
        fits |= {called[name]} if name in called else set()
        near = {place for word in words for place in telling[word]}
        fits |= {place for place in near if similarity(words, groups[place].words) >= SAME}
        place = min(fits, default=len(groups))
        if place == len(groups):
            groups.append(_Group(topic, words))
            called.setdefault(name, place)
            for word in words:
                telling[word].append(place)
        groups[place].members.append(topic)
        for claim in topic.statements:
            resting[claim] = min(place, resting.get(claim, place))
    return tuple(_joined(group) for group in groups)


def _joined(group: _Group) -> Topic:
    if len(group.members) == 1:
        return group.first
    alike: dict[str, list[TopicOption]] = {}
    for topic in group.members:
        for option in topic.options:
            key = " ".join(sorted(content(option.name))) or option.name.casefold()
            alike.setdefault(key, []).append(option)
    return replace(
        group.first,
        options=tuple(_option(options) for options in alike.values()),
        statements=_union(topic.statements for topic in group.members),
        confidence=max(topic.confidence for topic in group.members),
    )


def _option(options: Sequence[TopicOption]) -> TopicOption:
    return TopicOption(
        name=options[0].name,
        wanted_by=_union(option.wanted_by for option in options),
        refused_by=_union(option.refused_by for option in options),
        statements=_union(option.statements for option in options),
    )


def _union(parts: Iterable[Iterable[_Item]]) -> tuple[_Item, ...]:
    return tuple(dict.fromkeys(item for part in parts for item in part))
