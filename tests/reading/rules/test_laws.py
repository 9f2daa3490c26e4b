"""What must not change what is found: other names, another order, other signs, a dateline."""

from __future__ import annotations

from collections import Counter
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goodoffices.reading.rules import read_by_rules
from tests.reading.rules.conftest import Read, document

REPORT = (
    "{a} rejected the plan on Monday. {b} demanded that all prisoners be released. "
    "{a} said that it would not sign unless {b} withdraws its troops. {b} accused {a} of "
    "stalling. {a} offered to free 200 prisoners.\n"
)
Shape = list[tuple[str, str, tuple[str, ...], str]]


def shape(text: str, names: dict[str, str]) -> Shape:
    """The statements of a text, with every name and id replaced by a letter."""
    found = read_by_rules(document(text))

    def letters(words: str) -> str:
        for name, letter in names.items():
            words = words.replace(name, letter)
        return words

    return [
        (
            one.type,
            one.modality,
            tuple(letters(who) for who in one.speakers),
            letters(one.span.of(text)),
        )
        for one in found.statements
    ]


def told_of(a: str, b: str) -> Shape:
    """What is found in the report where these two are at odds."""
    names = {a: "A", b: "B", a.lower(): "A", b.lower(): "B"}
    return shape(REPORT.format(a=a, b=b), names)


# One word each, so that the parser sees the same words but for the name.
STATES = ["Peru", "Chile", "Norway", "Turkey", "Sudan", "Kenya", "Japan", "France"]


@pytest.mark.parametrize(("a", "b"), [("Norway", "Kenya"), ("Kenya", "Norway"), ("Japan", "Sudan")])
def test_renaming_the_parties_changes_nothing_else(a: str, b: str) -> None:
    assert told_of(a, b) == told_of("Norway", "Japan")


@settings(max_examples=8)
@given(st.permutations(STATES))
def test_whoever_says_it_the_same_words_have_the_same_type(order: list[str]) -> None:
    kinds = [kind for kind, _, _, _ in told_of(order[0], order[1])]
    assert {"reject", "demand", "precondition", "accuse", "offer"} <= set(kinds)


def test_swapping_the_sides_swaps_who_holds_what() -> None:
    there, back = told_of("Norway", "Kenya"), told_of("Kenya", "Norway")
    assert there == back
    assert {who for _, _, speakers, _ in there for who in speakers} == {"A", "B"}


PARAGRAPHS = (
    "Peru rejected the plan on Monday.",
    "Chile demanded that all prisoners be released.",
    "Norway hosted the talks in Oslo last week.",
)


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_paragraphs_that_need_no_other_may_stand_in_any_order(order: tuple[int, ...]) -> None:
    def found(places: tuple[int, ...]) -> Counter[tuple[str, tuple[str, ...], str]]:
        text = "\n\n".join(PARAGRAPHS[n] for n in places) + "\n"
        return Counter(
            (one.type, one.speakers, one.span.of(text))
            for one in read_by_rules(document(text)).statements
        )

    assert found(order) == found((0, 1, 2))


QUOTED = "{o}We demand a new vote{c}, President Ana Ruiz told reporters. She rejected the map.\n"


@pytest.mark.parametrize(("opening", "closing"), [("“", "”"), ("«", "»"), ("„", "“")])
def test_the_style_of_quotation_marks_changes_nothing(opening: str, closing: str) -> None:
    def found(o: str, c: str) -> Shape:
        return shape(QUOTED.format(o=o, c=c), {o: '"', c: '"'})

    assert found(opening, closing) == found('"', '"')


DATELINES = [
    "JEDDAH, 12 June 2023 - ",
    "KYIV (Reuters) — ",
    "GENEVA, Sept 5 - ",
    "GENEVA, Sept 5 (AFP) - ",
    "Nairobi, 9 November. ",
    "BEIRUT/GENEVA, May 3 (Reuters) - ",
    "NEW YORK -- ",
    "Mogadishu, 3 June 2024\n\n",
]


@pytest.mark.parametrize("dateline", DATELINES)
def test_a_dateline_changes_nothing(dateline: str) -> None:
    text = "Peru and Chile said on Monday that Brazil must leave the lake.\n"
    assert shape(dateline + text, {}) == shape(text, {})


@pytest.mark.parametrize(
    ("plain", "negated"),
    [
        (
            "Peru said that it would sign the treaty.",
            "Peru said that it would not sign the treaty.",
        ),
        ("Peru accepted the plan.", "Peru did not accept the plan."),
        ("Peru supports the plan.", "Peru does not support the plan."),
        ("Peru will release the prisoners.", "Peru will not release the prisoners."),
    ],
)
def test_a_negation_turns_willingness_into_refusal(read: Read, plain: str, negated: str) -> None:
    def kinds(text: str) -> set[str]:
        return {one.type for one in read(text).statements}

    assert "reject" not in kinds(plain)
    assert "reject" in kinds(negated)


@pytest.mark.parametrize("count", [1, 2, 3])
def test_demands_that_and_joins_are_as_many_statements(read: Read, count: int) -> None:
    demands = ["release the prisoners", "open the border", "withdraw its troops"][:count]
    text = f"Peru urged Chile to {' and to '.join(demands)}."
    found = [one for one in read(text).statements if one.type == "request"]
    assert len(found) == count
    assert all(one.speakers == ("peru",) for one in found)


def test_white_space_at_the_ends_changes_nothing() -> None:
    text = REPORT.format(a="Norway", b="Kenya")
    assert shape(f"\n\n  {text}\n\n\n", {}) == shape(text, {})
