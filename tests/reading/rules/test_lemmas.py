"""Base forms of verbs, set right by the vocabulary."""

from __future__ import annotations

import pytest

from goodoffices.reading.rules.lemmas import mend
from goodoffices.reading.rules.parser import parser
from tests.reading.rules.conftest import Read, only


@pytest.mark.parametrize(
    ("text", "word", "lemma"),
    [
        ("Peru hoped that it would end.", "hoped", "hope"),
        ("The court fined Peru.", "fined", "fine"),
        ("The rabbits hopped away.", "hopped", "hop"),
        ("Peru planned a visit.", "planned", "plan"),
        ("Peru left.", "left", "leave"),
    ],
)
def test_a_verb_has_the_base_form_of_the_vocabulary(text: str, word: str, lemma: str) -> None:
    doc = parser(None)(text)
    mend(doc)
    assert [one.lemma_ for one in doc if one.text == word] == [lemma]


def test_a_hope_is_a_goal(read: Read) -> None:
    found = read("Peru hoped that both presidents would meet in Lima.")
    assert only(found, "goal").speakers == ("peru",)
