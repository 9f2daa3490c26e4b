"""The vocabulary: every word has a type that exists, and the files say their version."""

from __future__ import annotations

import pytest

from goodoffices.case.speech import TYPES
from goodoffices.reading.rules.words import data, verb_types, versions

NEEDS = {"clause", "object", "any", "never", "people", "violent", "offer", "quote"}


@pytest.mark.parametrize("part", ["verbs", "nouns", "adjectives"])
def test_every_word_of_stance_has_a_known_type(part: str) -> None:
    types = set(verb_types("stances", part).values())
    assert types <= {*TYPES, "report"}


@pytest.mark.parametrize("part", ["verbs", "nouns"])
def test_every_act_has_a_known_type(part: str) -> None:
    assert set(verb_types("acts", part).values()) <= set(TYPES)


def test_a_verb_with_its_object_means_a_known_type_by_a_known_kind_of_thing() -> None:
    kinds = set(data("acts")["things"])
    for verb, table in data("acts")["with"].items():
        assert set(table) <= kinds | {"people"}, verb
        assert set(table.values()) <= set(TYPES), verb


@pytest.mark.parametrize("name", ["stances", "acts"])
def test_a_need_belongs_to_a_verb_of_its_list(name: str) -> None:
    assert all(isinstance(words, list) for words in data(name)["needs"].values())
    known = set(verb_types(name))
    assert set(data(name)["needs"]) <= known


def test_every_file_states_its_version() -> None:
    stated = dict(part.split() for part in versions().split(", "))
    assert stated == {"acts": "2", "cues": "2", "groups": "2", "stances": "2", "states": "1"}
