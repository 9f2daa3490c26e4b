"""Where claims stand in their sources."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.case import build
from goodoffices.reading._places import Claimed, quotable, stands
from goodoffices.reading._words import fingerprint, free, slug, tidy
from goodoffices.reading.findings import Span
from tests.reading.found import TEXTS

TEXT = "Talks stall.\n\nThe “army” will\nnot leave the town, said its chief."


def claimed(*claims: dict[str, object]) -> Claimed:
    case = build(
        {
            "goodoffices": 1,
            "title": "x",
            "sources": {"s": {"title": "S", "kind": "report"}},
            "claims": {
                f"c{n}": {"class": "fact", "source": "s", **c} for n, c in enumerate(claims)
            },
        }
    )
    return Claimed(case, {"s": TEXT})


def at(found: Claimed, words: str, type_: str = "statement", speaker: str = "x") -> str | None:
    start = TEXT.index(words)
    return found.at("s", Span(start, start + len(words)), type_, speaker)


@pytest.mark.parametrize("place", ["14-47", 2, None])
def test_words_are_found_wherever_a_claim_says_they_stand(place: object) -> None:
    found = claimed({"quote": 'The "army" will not leave the town', "at": place})
    assert at(found, "not leave") == "c0"
    assert at(found, "Talks stall") is None


def test_words_across_half_of_a_claim_are_its_words() -> None:
    found = claimed({"quote": "leave the town", "at": TEXT.index("leave")})
    assert at(found, "the town, said") == "c0"
    assert at(found, "town, said its chief") is None


def test_another_place_of_a_claim_counts_too() -> None:
    also = {"source": "s", "quote": "said its chief"}
    assert at(claimed({"quote": "Talks", "also": also}), "its chief") == "c0"


def test_of_two_claims_in_one_sentence_the_one_of_the_same_type_and_speaker_is_meant() -> None:
    one = {"quote": "not leave the town", "type": "demand", "speaker": "a"}
    two = {"quote": "not leave the town", "type": "belief", "speaker": "b"}
    three = {"quote": "not leave the town", "type": "belief", "speaker": "c"}
    found = claimed(one, two, three)
    assert at(found, "not leave the town", "belief", "c") == "c2"
    assert at(found, "not leave the town", "demand", "z") == "c0"


def test_a_quote_is_on_one_line_and_as_it_stands() -> None:
    assert quotable(TEXT, Span(14, 44)) == "The “army” will not leave the"
    assert quotable("…", Span(0, 0)) is None
    assert quotable("a" * 2000, Span(0, 2000)) is None
    assert quotable("bell \a rings", Span(0, 12)) is None
    # The accent belongs to the letter before it, so the letter alone does not stand there.
    assert quotable("e\u0301", Span(0, 1)) is None


@given(TEXTS, st.data())
def test_whatever_can_be_quoted_stands_where_it_is_said_to(text: str, data: st.DataObject) -> None:
    ends = sorted(data.draw(st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))))
    span = Span(ends[0], ends[1])
    quote = quotable(text, span)
    if quote is not None:
        assert quote == " ".join(quote.split())
        assert stands(text, quote, span)


@pytest.mark.parametrize("text", ["", "?", "¹²", "\u0301", "—", "1", "null", "Ümlaut é", "北京"])
def test_every_text_gives_an_id(text: str) -> None:
    case = build(
        {
            "goodoffices": 1,
            "title": "x",
            "parties": {slug(text): {"name": "x", "role": "principal"}},
        }
    )
    assert list(case.parties) == [slug(text)]


@given(st.text())
def test_any_text_gives_an_id_that_a_case_takes(text: str) -> None:
    name = free(slug(text), {"item"})
    build({"goodoffices": 1, "title": "x", "interests": {name: {"name": "x", "of": "y"}}})


@given(st.text())
def test_tidy_text_is_one_line_that_can_be_seen(text: str) -> None:
    found = tidy(text, 50)
    assert found.isprintable()
    assert len(found) <= 50
    assert tidy(found, 50) == found


def test_a_long_mark_is_cut_and_stays_apart_from_others() -> None:
    one, two = (fingerprint("claims", "north", "x" * 200 + sign) for sign in "ab")
    assert one != two
    assert one[:100] == two[:100]
    assert len(one) < 120
    assert fingerprint("claims", "North ", "We  stay") == fingerprint("claims", "north", "we stay")
