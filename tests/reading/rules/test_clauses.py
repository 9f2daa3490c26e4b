"""Who does a verb, and which words hang on it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Token

from goodoffices.reading.rules.clauses import (
    extent,
    joined,
    negated,
    passive,
    starting,
    subject,
    words_of,
)
from goodoffices.reading.rules.parser import parser


def word(text: str, wanted: str) -> Token:
    return next(token for token in parser()(text) if token.text == wanted)


@pytest.mark.parametrize(
    ("text", "verb", "doer"),
    [
        ("Peru refused to sign.", "sign", "Peru"),
        ("Peru urged Chile to sign.", "sign", "Chile"),
        ("The road that Peru built fell.", "built", "Peru"),
        ("The army, which shelled the town, left.", "shelled", "army"),
        ("Peru left and closed the door.", "closed", "Peru"),
        ("The town was shelled by Peru.", "shelled", "town"),
    ],
)
def test_the_subject_is_found_where_the_verb_leaves_it_out(text: str, verb: str, doer: str) -> None:
    found = subject(word(text, verb))
    assert found is not None
    assert found.text == doer


@pytest.mark.parametrize(
    ("text", "verb", "is_so"),
    [
        ("Peru did not sign.", "sign", True),
        ("Peru never signed.", "signed", True),
        ("No deal was signed.", "signed", True),
        ("Neither side signed.", "signed", True),
        ("Peru signed.", "signed", False),
        ("Peru would accept no treaty.", "accept", True),
        ("Peru not only signed but paid.", "signed", False),
    ],
)
def test_a_verb_is_denied_in_many_ways(text: str, verb: str, is_so: bool) -> None:
    assert negated(word(text, verb)) is is_so


def test_a_passive_verb_and_one_that_is_none() -> None:
    assert passive(word("The town was shelled.", "shelled"))
    assert not passive(word("Peru shelled the town.", "shelled"))


def test_a_verb_begins_with_its_helpers() -> None:
    verb = word("The troops will not have left.", "left")
    assert verb.doc[starting(verb) : verb.i + 1].text == "will not have left"


def test_a_name_leaves_out_what_explains_it() -> None:
    text = "The two Western officials, who asked not to be named, left."
    assert words_of(word(text, "officials")) == "two Western officials"


def test_a_list_is_taken_in_order() -> None:
    head = word("They want bread, work and peace.", "bread")
    assert [token.text for token in joined(head)] == ["bread", "work", "peace"]


SAID = "Peru Chile wants that to sign no deal , and the town which fell before it left ."


@settings(max_examples=40)
@given(st.lists(st.sampled_from(SAID.split()), min_size=1, max_size=18), st.booleans())
def test_the_words_of_a_head_hold_it_and_stay_in_its_sentence(
    words: list[str], whole: bool
) -> None:
    for sentence in parser()(" ".join(words)).sents:
        for token in sentence:
            left, right = extent(token, whole=whole)
            assert sentence.start <= left <= token.i <= right < sentence.end
