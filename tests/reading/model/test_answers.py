"""Answers in a bad form: what can be read is read, and what was mended is said."""

from __future__ import annotations

import json
from typing import Any

import pytest

from goodoffices.reading.model import read_by_model
from tests.reading.model.asking import endpoint, quote, read, refused
from tests.reading.model.samples import STATEMENTS, document, good, statement
from tests.reading.model.scripted import said, scripted


@pytest.mark.parametrize(
    "wrapped",
    [
        "```json\n{}\n```",
        "```\n{}\n```",
        "Here is what I found:\n```json\n{}\n```\nAnything else?",
        '<think>The user wants {{"names": []}}.</think>\n{}',
        "\ufeff {}",
        "Sure! {}",
    ],
)
def test_an_answer_is_read_out_of_what_stands_around_it(wrapped: str) -> None:
    content = wrapped.replace("{{", "{").replace("}}", "}") if "think" in wrapped else wrapped
    head, _, tail = content.rpartition("{}")
    found = read(said(head + json.dumps(good()) + tail))
    assert len(found.statements) == len(STATEMENTS)


def test_broken_json_is_mended_and_said_so() -> None:
    text = json.dumps(good()).replace('"negated": false, ', "negated: False,, ")
    found = read(said(text))
    assert len(found.statements) == len(STATEMENTS)
    assert "had to be mended" in found.notes[1]


@pytest.mark.parametrize("share", [0.6, 0.75, 0.9, 0.99])
def test_of_a_truncated_answer_the_whole_statements_are_kept(share: float) -> None:
    text = json.dumps(good())
    found = read(said(text[: int(len(text) * share)], finish="length"))
    whole = read(said(good()))
    assert 0 < len(found.statements) < len(STATEMENTS)
    words = [quote(whole, place) for place in range(len(whole.statements))]
    assert [quote(found, place) for place in range(len(found.statements))] == words[
        : len(found.statements)
    ]
    assert "had to be mended" in found.notes[1]


@pytest.mark.parametrize(
    "content",
    [
        "I cannot help with that.",
        "[1, 2, 3]",
        '"text"',
        "null",
        "{}",
        '{"answer": 42}',
        "[[[[" * 9000,
    ],
)
def test_an_answer_without_findings_is_asked_for_once_more(content: str) -> None:
    with scripted(said(content), said(good())) as server:
        found = read_by_model(document(), endpoint(server.url))
        assert len(server.asked) == 2
    assert len(found.statements) == len(STATEMENTS)


def test_an_answer_that_is_never_json_is_an_error() -> None:
    assert "not JSON" in refused(said("I cannot help with that."))


@pytest.mark.parametrize("content", [None, "", "  "])
def test_a_model_that_says_nothing_is_an_error(content: str | None) -> None:
    assert "says nothing" in refused(said(content, refusal="I can't"))


def test_statements_and_names_in_a_bad_form_cost_only_themselves() -> None:
    bad: list[Any] = [None, 7, "x", [], {}, {"quote": 5, "type": "demand"}]
    bad += [statement("called the threat irresponsible", amounts="many", happening=3)]
    found = read(said(good(statements=[*bad, *STATEMENTS], names=[None, {"name": 1}, 3])))
    assert found.dropped == {"not in the form asked for": 5, "type not known": 1}
    assert len(found.statements) == 1 + len(STATEMENTS)
    assert found.named == ()
