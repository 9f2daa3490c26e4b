"""Pieces: what the parser is given, with every place kept."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from goodoffices.reading.rules.prose import LONGEST, pieces, plain

TEXT = st.text(
    alphabet=st.sampled_from(
        list("abcXYZ .!?:;,'\"\n\t\u201c\u201d\u2019\u2018\u2013\u2014\u00a0#>-1")
    ),
    max_size=400,
)


def test_a_headline_without_a_full_stop_stays_apart() -> None:
    found = list(pieces("Talks collapse in Geneva\nThe two sides left on Friday. It rained."))
    assert [(one.text, one.headline) for one in found] == [
        ("Talks collapse in Geneva", True),
        ("The two sides left on Friday. It rained.", False),
    ]


def test_lines_that_were_only_wrapped_join_again() -> None:
    text = (
        "The delegation of the government said on Monday that it would not\n"
        "return to the table before the siege of the northern towns had been\n"
        "lifted and aid could pass.\n"
    )
    (one,) = pieces(text)
    assert one.text.startswith("The delegation")
    assert "not return" in one.text


def test_curved_quotes_become_straight_and_nothing_moves() -> None:
    assert plain("“Never”, he said; it’s over") == '"Never", he said. it\'s over'


def test_a_dateline_is_no_subject() -> None:
    (one,) = pieces("GENEVA - Talks resumed.")
    assert one.text == "Talks resumed."
    assert one.start == 9


def test_speakers_before_a_colon_are_taken_as_labels_where_there_are_several() -> None:
    interview = list(pieces("Q: What next?\nA: We go home.\n"))
    assert [(one.label, one.text) for one in interview] == [
        ("Q", "What next?"),
        ("A", "We go home."),
    ]
    (single,) = pieces("Editorial: We go home.")
    assert single.label == ""


def test_a_headline_in_capitals_is_written_as_a_sentence() -> None:
    (one, _) = pieces("Army Rejects Truce Offer\nThe army would not say why the offer failed.")
    assert one.text == "army rejects Truce offer"


def test_one_endless_line_is_cut_into_bounded_pieces() -> None:
    text = "word " * 20_000
    assert all(len(one.text) <= LONGEST for one in pieces(text))


@given(TEXT)
def test_every_word_of_a_piece_stands_at_its_place_in_the_document(text: str) -> None:
    end = 0
    for one in pieces(text):
        assert one.start >= end
        end = one.start + len(one.text)
        assert plain(text[one.start : end]).lower() == one.text.lower()


@given(TEXT)
def test_plain_signs_never_change_the_length(text: str) -> None:
    assert len(plain(text)) == len(text)
