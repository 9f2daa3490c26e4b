"""Demands gathered into topics."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.reading.rules.topics import ENOUGH, Keyed, groups, weight
from goodoffices.reading.rules.words import cue_words
from tests.reading.rules.conftest import Read

NOUNS = st.lists(st.sampled_from(["corridor", "truce", "wage", "fleet", "talk"]), max_size=3)
KEYED = st.lists(NOUNS, max_size=7).map(
    lambda rows: [Keyed(n, tuple(nouns), "", "") for n, nouns in enumerate(rows)]
)


def oracle(keyed: list[Keyed], counts: Counter[str]) -> set[frozenset[int]]:
    """Join what shares a telling noun among neighbours, until nothing changes."""
    sets = [{one.place} for one in keyed]
    many = max(4, len(keyed) // 3)
    for noun, count in counts.items():
        if noun in cue_words("vague") or count > many:
            continue
        holders = [one for one in keyed if noun in one.nouns]
        for a, b in pairwise(holders):
            if weight(a, b, counts) >= ENOUGH:
                left = next(s for s in sets if a.place in s)
                right = next(s for s in sets if b.place in s)
                if left is not right:
                    sets.remove(right)
                    left |= right
    return {frozenset(one) for one in sets}


@given(KEYED)
def test_groups_are_those_of_a_plain_merging_of_sets(keyed: list[Keyed]) -> None:
    counts = Counter(noun for one in keyed for noun in set(one.nouns))
    found = {frozenset(one.place for one in group) for group in groups(keyed, counts)}
    assert found == oracle(keyed, counts)


def test_what_one_wants_and_another_refuses_meets_in_one_topic(read: Read) -> None:
    text = (
        "Libya insists that Libyan forces remain along the 14-kilometer Aouzou corridor. "
        "Chad is refusing to talk unless Libyan forces withdraw from the corridor."
    )
    (topic,) = read(text).topics
    assert "corridor" in topic.name.lower()
    assert {who for one in topic.options for who in one.wanted_by} == {"libya", "chad"}
    assert len(topic.statements) == 2


def test_a_topic_points_to_its_statements(read: Read) -> None:
    text = "The union wants higher wages. The operator rejected higher wages. Rain fell."
    found = read(text)
    (topic,) = found.topics
    assert [found.statements[n].type for n in topic.statements] == ["demand", "reject"]
    assert [(one.wanted_by, one.refused_by) for one in topic.options] == [
        (("union",), ("operator",))
    ]


def topics_of(read: Read, text: str) -> set[str]:
    return {one.name for one in read(text).topics}


@pytest.mark.parametrize("noun", ["progress", "process", "demand"])
def test_a_vague_noun_alone_is_no_topic(read: Read, noun: str) -> None:
    assert topics_of(read, f"Peru demanded {noun}.") == set()


def test_a_topic_is_the_thing_and_not_the_clause(read: Read) -> None:
    text = "Peru will sign only if the district reduced class sizes."
    assert topics_of(read, text) == {"class sizes"}


def test_a_topic_is_to_what_a_door_was_left_open(read: Read) -> None:
    assert topics_of(read, "Peru left the door open to mediation.") == {"mediation"}
