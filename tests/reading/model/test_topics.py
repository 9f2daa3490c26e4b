"""Topics from what statements are said to be about."""

from __future__ import annotations

from typing import Any

from goodoffices.case.speech import StatementType
from goodoffices.reading.findings import Span, Statement, Topic
from goodoffices.reading.model.topics import Remark, topics_of
from goodoffices.reading.model.wire import Stance

TEXT = "Forces withdraw from the corridor; prisoners are exchanged; withdrawal is refused."


def said(speaker: str, kind: StatementType = "demand", **fields: Any) -> Statement:
    at = Span(0, 5)
    return Statement(
        span=at, sentence=at, type=kind, class_="attributed claim", speakers=(speaker,), **fields
    )


def topics(*remarks: tuple[Statement, str, str | None, Stance | None]) -> tuple[Topic, ...]:
    statements = [statement for statement, *_ in remarks]
    rest = [
        Remark(statement=place, topic=topic, option=option, stance=stance)
        for place, (_, topic, option, stance) in enumerate(remarks)
    ]
    return topics_of(rest, statements, TEXT)


def test_the_same_words_in_other_forms_are_one_topic_and_one_option() -> None:
    (topic,) = topics(
        (said("a"), "the corridor", "forces withdraw", "wants"),
        (said("b"), "corridors", "withdrawal of forces", "refuses"),
        (said("c"), "Corridor", None, None),
    )
    assert (topic.id, topic.name, topic.statements) == ("corridor", "the corridor", (0, 1, 2))
    (option,) = topic.options
    assert (option.wanted_by, option.refused_by) == (("a",), ("b",))
    assert option.statements == (0, 1)


def test_where_no_stance_is_told_the_type_tells_it() -> None:
    (topic,) = topics(
        (said("a", "demand"), "corridor", "forces withdraw", None),
        (said("b", "reject"), "corridor", "forces withdraw", None),
        (said("c", "belief"), "corridor", "forces withdraw", None),
    )
    assert topic.options[0].wanted_by == ("a",)
    assert topic.options[0].refused_by == ("b",)


def test_who_is_quoted_within_a_quote_is_who_wants_it() -> None:
    nested = Statement(
        span=Span(0, 5),
        sentence=Span(0, 5),
        type="demand",
        class_="attributed claim",
        speakers=("officials", "a"),
    )
    (topic,) = topics((nested, "corridor", "forces withdraw", "wants"))
    assert topic.options[0].wanted_by == ("a",)


def test_opinion_wants_nothing() -> None:
    (topic,) = topics((said("a", voice="opinion"), "corridor", "forces withdraw", "wants"))
    assert topic.options[0].wanted_by == ()


def test_words_that_the_text_does_not_bear_out_are_left_out() -> None:
    assert topics((said("a"), "brutal occupation regime", None, None)) == ()
    (topic,) = topics((said("a"), "prisoners", "surrender without shame", "wants"))
    assert topic.options == ()


def test_a_topic_is_as_sure_as_its_statements_on_average() -> None:
    (topic,) = topics(
        (said("a", confidence=0.25), "corridor", None, None),
        (said("b", confidence=0.75), "corridor", None, None),
    )
    assert topic.confidence == 0.5
