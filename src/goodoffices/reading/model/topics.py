"""What a model says that statements are about, clustered into candidate issues with options."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from goodoffices.reading.findings import Statement, Topic, TopicOption
from goodoffices.reading.model.names import unique_id
from goodoffices.reading.model.wire import Stance

__all__ = ["Remark", "topics_of"]

_WANTS = frozenset(
    ["demand", "request", "precondition", "goal", "interest", "offer", "concede", "promise"]
)
_REFUSES = frozenset(["reject"])
_WORD = re.compile(r"[^\W_]{4,}")
_STEM = 5
"""Letters by which two forms of a word are taken for one."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Remark:
    """What a statement is about, in the model's words."""

    statement: int
    topic: str
    option: str | None
    stance: Stance | None


@dataclass(slots=True)
class _Option:
    name: str
    wanted: dict[str, None] = field(default_factory=dict)
    refused: dict[str, None] = field(default_factory=dict)
    statements: list[int] = field(default_factory=list)


@dataclass(slots=True)
class _Topic:
    name: str
    stems: frozenset[str]
    options: list[_Option] = field(default_factory=list)
    statements: list[int] = field(default_factory=list)
    confidences: list[float] = field(default_factory=list)


def topics_of(
    remarks: Sequence[Remark], statements: Sequence[Statement], text: str
) -> tuple[Topic, ...]:
    """Return topics, in the order in which the text first touches them.

    A topic or an option is the model's wording, so it is only kept where at least half of its
    longer words stand in the text, in some form. Two with the same words are one.
    """
    known = {word[:_STEM] for word in _WORD.findall(text.lower())}
    found: list[_Topic] = []
    for remark in remarks:
        name = _tidy(remark.topic)
        if not _is_borne_out(name, known):
            continue
        statement = statements[remark.statement]
        topic = _topic(found, name)
        topic.statements.append(remark.statement)
        topic.confidences.append(statement.confidence)
        option = _tidy(remark.option or "")
        if option and _is_borne_out(option, known):
            _take(topic, option, remark, statement)
    taken: set[str] = set()
    return tuple(_finished(topic, taken) for topic in found)


def _tidy(words: str) -> str:
    """Return words on one line, without signs that are not seen; empty where they are too many."""
    line = " ".join("".join(sign if sign.isprintable() else " " for sign in words).split())
    return line if len(line) <= 100 else ""


def _stems(words: str) -> frozenset[str]:
    return frozenset(word[:_STEM] for word in _WORD.findall(words.lower())) or frozenset(
        words.lower().split()
    )


def _is_borne_out(words: str, known: set[str]) -> bool:
    stems = [word[:_STEM] for word in _WORD.findall(words.lower())]
    return bool(words) and 2 * sum(stem in known for stem in stems) >= max(len(stems), 1)


def _topic(found: list[_Topic], name: str) -> _Topic:
    stems = _stems(name)
    for topic in found:
        if topic.stems == stems:
            return topic
    found.append(_Topic(name, stems))
    return found[-1]


def _take(topic: _Topic, name: str, remark: Remark, statement: Statement) -> None:
    stems = _stems(name)
    option = next((one for one in topic.options if _stems(one.name) == stems), None)
    if option is None:
        option = _Option(name)
        topic.options.append(option)
    option.statements.append(remark.statement)
    # Who wants it is the innermost speaker: in "officials say that X wants", X.
    if statement.speakers and statement.voice == "report":
        wants = remark.stance == "wants" or (not remark.stance and statement.type in _WANTS)
        refuses = remark.stance == "refuses" or (not remark.stance and statement.type in _REFUSES)
        if wants:
            option.wanted[statement.speakers[-1]] = None
        elif refuses:
            option.refused[statement.speakers[-1]] = None


def _finished(topic: _Topic, taken: set[str]) -> Topic:
    options = tuple(
        TopicOption(
            name=one.name,
            wanted_by=tuple(one.wanted),
            refused_by=tuple(one.refused),
            statements=tuple(one.statements),
        )
        for one in topic.options
    )
    return Topic(
        id=unique_id(topic.name, taken),
        name=topic.name,
        options=options,
        statements=tuple(topic.statements),
        confidence=round(sum(topic.confidences) / len(topic.confidences), 3),
    )
