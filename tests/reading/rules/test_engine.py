"""The engine as a whole: exact quotes, bounds, the same again, and what it says of itself."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goodoffices.case.speech import MODALITIES, TYPES
from goodoffices.errors import ModelError
from goodoffices.reading.findings import Findings
from goodoffices.reading.rules import read_by_rules
from tests.reading.rules.conftest import Read, document

TEXT = (
    "Talks fail in Oslo\n"
    "Peru’s envoy said on Monday that “no deal is possible” unless Chile’s troops withdraw. "
    "Chile rejected the demand, and offered to free 200 prisoners.\n"
)


def whole(found: Findings) -> None:
    """Every part of findings points into the document and to what is there."""
    text = found.document.text
    for one in found.statements:
        assert 0 <= one.span.start < one.span.end <= len(text)
        assert one.type in TYPES
        assert one.modality in MODALITIES
        assert 0 < one.confidence < 1
        for part in (one.condition, one.phrase):
            assert part is None or part.of(text)
        assert all(one.span.start <= a.span.start < a.span.end <= len(text) for a in one.amounts)
    ids = {one.id for one in found.named}
    assert all(one.of is None or one.of in ids for one in found.named)
    for topic in found.topics:
        assert all(n < len(found.statements) for n in topic.statements)


def test_a_quote_is_the_exact_words_of_the_document(read: Read) -> None:
    found = read(TEXT)
    whole(found)
    quotes = [one.span.of(TEXT) for one in found.statements]
    assert "unless Chile’s troops withdraw" in quotes
    assert "offered to free 200 prisoners" in quotes
    assert quotes[0] == "Talks fail in Oslo"


def test_the_same_document_always_gives_the_same() -> None:
    assert read_by_rules(document(TEXT)) == read_by_rules(document(TEXT))


def test_notes_say_which_model_and_vocabulary_read(read: Read) -> None:
    found = read(TEXT)
    assert found.engine == "rules"
    assert any("stances 2" in note and "3.8" in note for note in found.notes)
    assert any("states no date" in note for note in found.notes)


@pytest.mark.parametrize("text", ["", " \n\n ", "\x00\x01", "🙂🙂", "---\n***\n"])
def test_a_document_without_words_gives_nothing(text: str) -> None:
    assert read_by_rules(document(text)).statements == ()


def test_a_model_that_is_not_there_is_a_clear_error() -> None:
    with pytest.raises(ModelError, match='"no_such_model" can\'t be loaded'):
        read_by_rules(document("Peru left."), model="no_such_model")


def test_a_question_asserts_nothing(read: Read) -> None:
    assert read("Must Peru withdraw its troops?").statements == ()


def test_one_endless_line_is_read_in_bounded_time() -> None:
    text = "Peru rejected the plan and Chile demanded an answer " * 400
    begun = time.monotonic()
    found = read_by_rules(document(text))
    assert time.monotonic() - begun < 20
    whole(found)


SAID = (
    "Peru Chile said that he rejected the demand unless no deal , to withdraw its troops and may "
    "attack"
)
WORDS = st.lists(st.sampled_from([*SAID.split(), "“", "”", ".", "we", "10%"]), max_size=30)


@settings(max_examples=25)
@given(WORDS)
def test_findings_of_any_words_are_whole(words: list[str]) -> None:
    whole(read_by_rules(document(" ".join(words))))
