"""Pieces that fit, in order, without overlap, and with nothing left out but white space."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.reading.findings import Span
from goodoffices.reading.model.chunks import chunks, paragraphs, sentence_of, sentences

TEXTS = st.text(st.sampled_from("ab. !?A“”\n\n\t é"), max_size=400)


def words(text: str) -> list[str]:
    return [paragraph.of(text) for paragraph in paragraphs(text)]


def split(text: str) -> list[str]:
    return [sentence.of(text) for sentence in sentences(text, Span(0, len(text)))]


def test_lines_are_paragraphs_only_where_no_line_is_blank() -> None:
    assert words("One.\nTwo.") == ["One.", "Two."]
    assert words("One\ngoes on.\n \t\nTwo.") == ["One\ngoes on.", "Two."]
    assert words(" \n\n  Only. \n\n\n") == ["Only."]
    assert words("") == []


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("He left. She stayed.", 2),
        ("Gen. Hamdan left. Mr. Vos stayed.", 2),
        ("The U.S. Secretary left.", 1),
        ("J. Smith left. K. Jones stayed.", 2),
        ("It cost 1.5 million. Nobody paid!", 2),
        ("“We will not sign.” Nobody answered.", 2),
        ("Why? Because. “So?” “Yes.”", 4),
        ("They met in the U.S. and left.", 1),
        ("nothing at the end", 1),
        ("It rose by 3 per cent. 40 people came.", 2),
    ],
)
def test_sentences_end_where_they_end(text: str, count: int) -> None:
    assert len(split(text)) == count


@given(TEXTS)
def test_sentences_of_a_paragraph_hold_all_of_its_words(text: str) -> None:
    for paragraph in paragraphs(text):
        found = sentences(text, paragraph)
        assert "".join("".join(one.of(text).split()) for one in found) == "".join(
            paragraph.of(text).split()
        )
        assert all(a.end <= b.start for a, b in pairwise(found))


@given(TEXTS, st.data())
def test_a_quote_stands_in_its_sentence(text: str, data: st.DataObject) -> None:
    for paragraph in paragraphs(text):
        start = data.draw(st.integers(paragraph.start, paragraph.end - 1))
        end = data.draw(st.integers(start + 1, paragraph.end))
        sentence = sentence_of(sentences(text, paragraph), Span(start, end))
        assert sentence.start <= start
        assert end <= sentence.end
        assert paragraph.start <= sentence.start
        assert sentence.end <= paragraph.end


@given(TEXTS, st.integers(1, 60))
def test_pieces_fit_and_do_not_overlap_and_leave_out_only_white_space(
    text: str, budget: int
) -> None:
    pieces = chunks(text, budget)
    parts = [part for piece in pieces for part in piece.parts]
    assert all(piece.span.end - piece.span.start <= budget for piece in pieces)
    assert all(a.end <= b.start for a, b in pairwise(parts))
    assert "".join("".join(part.of(text).split()) for part in parts) == "".join(text.split())


def test_a_long_paragraph_is_cut_after_a_sentence_then_after_a_word_then_anywhere() -> None:
    def cut(text: str, budget: int) -> list[str]:
        return [piece.span.of(text) for piece in chunks(text, budget)]

    assert cut("One two. Three four.", 12) == ["One two.", "Three four."]
    assert cut("one two three four", 9) == ["one two", "three", "four"]
    assert cut("abcdefgh", 3) == ["abc", "def", "gh"]


def test_ten_million_signs_on_one_line_are_cut_in_seconds() -> None:
    assert len(chunks("no end " * 1_400_000, 6_000)) == pytest.approx(1_634, abs=5)
