"""Whatever a model answers, what comes out stands in the document."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from goodoffices.case.speech import MODALITIES, TYPES
from goodoffices.reading.findings import Findings, Statement
from goodoffices.reading.model import Endpoint, EndpointError, engine, read_by_model
from goodoffices.reading.model.client import Answer
from tests.reading.model.samples import NAMES, TEXT, document, statement

HERE = Endpoint(url="http://localhost:1/v1", model="m", budget=500)
PIECES = TEXT.split()
WORDS = st.integers(0, len(PIECES) - 2).flatmap(
    lambda start: st.integers(1, 8).map(lambda n: " ".join(PIECES[start : start + n]))
)
SPEAKERS = [*(one["name"] for one in NAMES), "he", "x y", "union"]
STATEMENTS = st.fixed_dictionaries(
    {"quote": WORDS, "type": st.sampled_from([*TYPES, "x"])},
    optional={
        "speakers": st.lists(
            st.sampled_from([*(one["name"] for one in NAMES), "he", "x y", "union"])
        ),
        "condition": WORDS,
        "phrase": WORDS,
        "paragraph": st.integers(-1, 9),
        "voice": st.sampled_from(["report", "opinion", None]),
        "amounts": st.lists(
            st.fixed_dictionaries({"words": WORDS, "value": st.floats() | st.integers(0, 20)}),
            max_size=2,
        ),
        "happening": st.fixed_dictionaries({"when": WORDS, "count": st.integers(0, 9)}),
        "topic": WORDS,
        "option": WORDS,
        "stance": st.sampled_from(["wants", "refuses", "x", None]),
        "modality": st.sampled_from([*MODALITIES, "x", None]),
    },
).map(lambda fields: statement("") | fields)
ANSWERS = st.fixed_dictionaries(
    {
        "names": st.lists(st.sampled_from(NAMES)),
        "statements": st.lists(STATEMENTS, max_size=6),
        "opinion_paragraphs": st.lists(st.integers(-2, 9), max_size=2),
    }
)


class Told:
    """A client that answers as it is told, without a network."""

    answers: list[Any]

    def __init__(self, *_: Any) -> None:
        self.left = list(self.answers)

    def __enter__(self) -> Told:
        return self

    def __exit__(self, *_: Any) -> None:
        pass

    def ask(self, _: Any) -> Answer:
        found = self.left.pop(0) if self.left else {"statements": []}
        text = found if isinstance(found, str) else json.dumps(found)
        return Answer(text=text, cut=False)


def read(monkeypatch: pytest.MonkeyPatch, answers: list[Any]) -> Findings:
    monkeypatch.setattr(Told, "answers", answers, raising=False)
    monkeypatch.setattr(engine, "Client", Told)
    return read_by_model(document(), HERE)


# The patch is the same for every example.
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(ANSWERS, min_size=1, max_size=2))
def test_what_is_found_stands_in_the_document(
    monkeypatch: pytest.MonkeyPatch, answers: list[dict[str, Any]]
) -> None:
    found = read(monkeypatch, answers)
    ids = {name.id for name in found.named}
    assert len(ids) == len(found.named)
    for one in found.statements:
        assert one.span.of(TEXT).strip() == one.span.of(TEXT) != ""
        assert one.sentence.start <= one.span.start < one.span.end <= one.sentence.end
        assert all(speaker in ids or speaker in TEXT for speaker in one.speakers)
        assert one.voice == "report" or one.class_ == "opinion"
        assert 0 <= one.confidence <= 0.9
        spans = [one.condition, one.phrase, *(number.span for number in one.amounts)]
        assert all(span is None or 0 <= span.start < span.end <= len(TEXT) for span in spans)
    assert list(found.statements) == sorted(found.statements, key=lambda one: one.span)
    given_ = sum(len(answer["statements"]) for answer in answers)
    assert len(found.statements) + sum(found.dropped.values()) == given_
    for topic in found.topics:
        assert all(0 <= place < len(found.statements) for place in topic.statements)
        wanted = {who for option in topic.options for who in option.wanted_by}
        said = {who for place in topic.statements for who in found.statements[place].speakers}
        assert wanted <= said


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(st.text(max_size=80) | st.sampled_from(['{"statements": [{', "{}", "```{"])))
def test_any_text_gives_findings_or_an_error_in_our_words(
    monkeypatch: pytest.MonkeyPatch, answers: list[str]
) -> None:
    try:
        kept: tuple[Statement, ...] | str = read(monkeypatch, answers).statements
    except EndpointError as error:
        kept = str(error)
    assert kept == () or "nothing could be read" in kept
