"""Pieces: what the parser is given, with every place kept."""

from __future__ import annotations

import pytest
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


@pytest.mark.parametrize(
    "line",
    [
        "JEDDAH, 12 June 2023 - ",
        "KYIV (Reuters) — ",
        "GENEVA, Sept 5 -- ",
        "Nairobi, 9 November. ",
        "BEIRUT/GENEVA, May 3 (AP) - ",
        "Port-au-Prince (AFP) - ",
    ],
)
def test_a_dateline_with_day_or_agency_is_left_out(line: str) -> None:
    (one,) = pieces(f"{line}Talks resumed in the capital, officials said.")
    assert one.text == "Talks resumed in the capital, officials said."
    assert one.start == len(line)


@pytest.mark.parametrize(
    "text",
    [
        "Peru, 12 June 2023 saw no talks.",
        "UN - led talks resumed.",
        "Ana Ruiz (Peru) said no.",
        "May 5 came. Nobody left.",
    ],
)
def test_what_only_looks_like_a_dateline_stays(text: str) -> None:
    assert "".join(one.text for one in pieces(text)).endswith(text[-12:])
    assert next(iter(pieces(text))).start in {0, 5}


def test_a_line_of_place_and_day_alone_is_no_headline() -> None:
    found = [one.text for one in pieces("Lima, 3 June 2024\n\nPeru left the talks on Monday.")]
    assert found == ["Peru left the talks on Monday."]


@pytest.mark.parametrize("label", ["Opinion", "COMMENT", "Editorial", "Letter to the editor"])
def test_a_label_marks_a_comment_and_is_no_part_of_it(label: str) -> None:
    first, second = pieces(f"Peru left the talks.\n\n{label}: Both must agree.")
    assert not first.comment
    assert (second.comment, second.text) == (True, "Both must agree.")


def test_what_stands_under_a_heading_of_opinion_is_a_comment() -> None:
    found = list(pieces("News\n\nPeru left.\n\nOpinion\n\nIt is late.\n\nWe wait.\n"))
    assert [one.text for one in found if one.comment] == ["It is late.", "We wait."]


def test_a_name_that_a_text_writes_large_stays_large_in_a_headline() -> None:
    text = "Free Lake Movement Rejects Offer\nThe lake rose. Then the Free Lake Movement left."
    assert next(iter(pieces(text))).text.startswith("Free Lake Movement")
