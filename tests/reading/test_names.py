"""Names of several documents, put together."""

from __future__ import annotations

import itertools
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from goodoffices.reading.findings import Document, Findings, Named, NamedKind, Span
from goodoffices.reading.names import Names, key, merge_names


def found(*named: Named) -> Findings:
    return Findings(document=Document(id="d", name="d.txt", text="x"), named=named)


def party(name: str, *aliases: str, kind: NamedKind = "party", **fields: Any) -> Named:
    return Named(id=key(name).replace(" ", "-"), name=name, kind=kind, aliases=aliases, **fields)


def called(names: Names) -> list[str]:
    return [each.named.name for each in names.every]


def test_the_same_name_in_two_documents_is_one() -> None:
    names = merge_names([found(party("Hamas")), found(party("hamas", "the movement"))])
    (one,) = names.every
    assert one.documents == (0, 1)
    assert one.named.aliases == ("hamas", "the movement")


def test_an_alias_in_one_document_is_a_name_in_another() -> None:
    names = merge_names([found(party("United States", "Washington")), found(party("Washington"))])
    assert called(names) == ["United States"]
    assert names.of(1, "washington") == names.of(0, "united-states") == "united-states"


def test_an_alias_that_two_share_joins_neither() -> None:
    one = party("William Burns", "Burns", kind="person")
    two = party("Nicholas Burns", "Burns", kind="person")
    names = merge_names([found(one, two), found(party("Burns", kind="person"))])
    assert called(names) == ["William Burns", "Nicholas Burns", "Burns"]


def test_a_surname_joins_whoever_alone_bears_it() -> None:
    names = merge_names(
        [
            found(party("William Burns", "Burns", kind="person")),
            found(party("Burns", kind="person")),
        ]
    )
    assert called(names) == ["William Burns"]


def test_an_alias_without_a_capital_joins_nothing() -> None:
    names = merge_names([found(party("Hamas", "the group")), found(party("the group"))])
    assert called(names) == ["Hamas", "the group"]


def test_a_party_and_a_place_of_one_name_stay_apart() -> None:
    names = merge_names([found(party("Washington")), found(party("Washington", kind="place"))])
    assert len(names.every) == 2
    assert len({each.named.id for each in names.every}) == 2


def test_groups_of_different_parties_stay_apart() -> None:
    north, south = party("North"), party("South")
    one = party("families", kind="constituency", of="north")
    two = party("families", kind="constituency", of="south")
    names = merge_names([found(north, one), found(south, two)])
    assert [(n.named.name, n.named.of) for n in names.every[1::2]] == [
        ("families", "north"),
        ("families", "south"),
    ]


def test_roles_go_by_the_most_and_who_is_heard_anywhere_is_heard() -> None:
    names = merge_names(
        [
            found(party("Cairo", role="mediator", spans=(Span(0, 1),))),
            found(party("Cairo", role="bystander", heard=True)),
            found(party("Cairo", role="mediator", spans=(Span(0, 1), Span(0, 1)))),
        ]
    )
    (one,) = names.every
    assert (one.named.role, one.named.heard, one.mentions) == ("mediator", True, 3)


def test_words_that_are_no_name_stay_words() -> None:
    assert merge_names([found(party("Hamas"))]).of(0, "two officials") == "two officials"


WORDS = st.sampled_from(["Asha", "Bero", "Asha Bero", "the group", "Cora"])
SOME = st.lists(
    st.builds(
        lambda name, aliases, kind: party(name, *aliases, kind=kind),
        WORDS,
        st.lists(WORDS, max_size=2),
        st.sampled_from(["party", "person"]),
    ),
    max_size=4,
    unique_by=lambda named: named.id,
)


def oracle(findings: list[Findings]) -> set[frozenset[tuple[int, str]]]:
    """Join what the rule joins, pair by pair, until nothing changes."""
    every = [(place, named) for place, each in enumerate(findings) for named in each.named]

    def same(one: Named, other: Named) -> bool:
        return one.kind == other.kind and key(one.name) == key(other.name)

    def bearers(name: Named) -> set[str]:
        return {
            key(other.name)
            for _, other in every
            if other.kind == name.kind and not same(other, name)
            for alias in other.aliases
            if key(alias) == key(name.name) and alias != alias.lower()
        }

    def joined(one: Named, other: Named) -> bool:
        return same(one, other) or (one.kind == other.kind and bearers(one) == {key(other.name)})

    groups = [frozenset([(place, named.id)]) for place, named in every]
    lookup = {(place, named.id): named for place, named in every}
    changed = True
    while changed:
        changed = False
        for one, other in itertools.combinations(groups, 2):
            pairs = itertools.product(one, other)
            if any(joined(lookup[a], lookup[b]) or joined(lookup[b], lookup[a]) for a, b in pairs):
                groups = [each for each in groups if each not in (one, other)] + [one | other]
                changed = True
                break
    return set(groups)


@given(st.lists(SOME.map(lambda named: found(*named)), max_size=3))
def test_names_join_as_the_rule_says_pair_by_pair(findings: list[Findings]) -> None:
    names = merge_names(findings)
    joined: dict[str, set[tuple[int, str]]] = {}
    for entry, chosen in names.ids.items():
        joined.setdefault(chosen, set()).add(entry)
    assert {frozenset(group) for group in joined.values()} == oracle(findings)
    assert len(names.every) == len(joined)
