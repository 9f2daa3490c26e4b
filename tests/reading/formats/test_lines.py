import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.reading.formats.lines import join

WIDE = [
    "The parties met on Monday under the chair of the district office and",
    "talked until the evening. Neither of them moved, and the mediator did",
    "not hide that he had expected more of them.",
    "They will meet again in a week, if both of them still want to do so by",
    "then, which is not certain.",
]


def test_lines_join_to_paragraphs_that_end_with_a_short_line():
    first, second = join(["\n".join(WIDE)]).paragraphs
    assert first.startswith("The parties met")
    assert first.endswith("more of them.")
    assert "office and talked until" in first
    assert second.startswith("They will meet")
    assert second.endswith("not certain.")


def test_a_headline_stays_a_paragraph_of_its_own():
    paragraphs = join(["\n".join(["Talks stall again", *WIDE])]).paragraphs
    assert paragraphs[0] == "Talks stall again"
    assert len(paragraphs) == 3


def test_a_word_that_was_divided_is_whole_again():
    assert join(["They want a cease-\nfire."]).paragraphs == ("They want a ceasefire.",)


def test_a_hyphen_that_belongs_to_the_word_stays_where_the_text_shows_it():
    text = "A cease-fire holds. They said it: a cease-\nfire holds."
    assert join([text]).paragraphs == ("A cease-fire holds. They said it: a cease-fire holds.",)


def test_a_dash_at_a_lines_end_and_a_name_after_a_hyphen_are_no_division():
    assert join(["They met -\nand left."]).paragraphs == ("They met - and left.",)
    assert "Anglo- Irish" in join(["The old and always new Anglo-\nIrish talks."]).paragraphs[0]


def test_a_sentence_goes_on_over_the_end_of_a_page():
    pages = ["\n".join(WIDE[:2]), "\n".join(WIDE[2:])]
    assert join(pages).paragraphs == join(["\n".join(WIDE)]).paragraphs


def test_running_heads_and_page_numbers_go_and_are_counted():
    pages = [
        f"District office – minutes {k}\n\nTalk {word} was held.\n\n{k}"
        for k, word in enumerate(("one", "two", "three", "four"), 1)
    ]
    joined = join(pages)
    assert joined.paragraphs == tuple(
        f"Talk {w} was held." for w in ("one", "two", "three", "four")
    )
    assert joined.heads == 8


def test_what_comes_again_in_the_middle_of_pages_stays():
    pages = [
        f"First {k} line here\nAnd {k} more.\nNo deal.\nThen {k} others.\nEnd {k} comes"
        for k in ("a", "b", "c", "d")
    ]
    assert " ".join(join(pages).paragraphs).count("No deal.") == 4


def test_a_number_on_the_only_page_stays():
    assert join(["Prisoners:\n\n30"]).paragraphs == ("Prisoners:", "30")


def test_items_begin_anew():
    text = (
        "The towns want these things from each other, and at once:\n• water\n• a road\n(a) a quay"
    )
    assert join([text]).paragraphs[1:] == ("• water", "• a road", "(a) a quay")


def test_double_spaced_lines_are_lines():
    spaced = "\n \n".join(WIDE)
    assert join([spaced]).paragraphs == join(["\n".join(WIDE)]).paragraphs


def test_nothing_gives_nothing():
    assert join([]).paragraphs == join(["", " \n "]).paragraphs == ()


def test_a_hundred_thousand_lines_take_seconds_only():
    begun = time.perf_counter()
    assert len(join(["and so on it goes\n" * 100_000]).paragraphs) == 1
    assert time.perf_counter() - begun < 5


@pytest.mark.parametrize(
    "number",
    ["7", "- 7 -", "– 7 –", "Page 7", "page 7 of 12", "7/12", "7 / 12", "PAGE 1234"],
)
def test_a_page_number_in_every_usual_form_goes(number):
    pages = [f"Talk {word} was held.\n\n{number}" for word in ("one", "two")]
    assert " ".join(join(pages).paragraphs) == "Talk one was held. Talk two was held."
    assert join(pages).heads == 2


@pytest.mark.parametrize("line", ["12345", "7 days", "7.", "of 12", "Page", "page x"])
def test_a_line_that_is_no_page_number_stays(line):
    pages = [f"Talk {word} was held.\n\n{line}" for word in ("one", "two")]
    assert join(pages).heads == 0


def test_a_line_at_the_edge_goes_only_if_three_pages_have_it():
    def pages(count):
        return [f"Minutes of the office\n\nTalk {'x' * k} was held." for k in range(1, count + 1)]

    assert join(pages(2)).heads == 0
    assert join(pages(3)).heads == 3


def test_of_many_pages_a_third_must_have_it():
    def pages(having):
        return [
            f"{'The office' if k < having else f'Chapter {chr(97 + k)}x'}\n\nTalk {'x' * k} held."
            for k in range(18)
        ]

    assert join(pages(5)).heads == 0
    assert join(pages(6)).heads == 6


@pytest.mark.parametrize("end", list('.!?:;”"…'))
def test_a_line_that_ends_a_sentence_goes_on_only_if_it_is_full(end):
    full = "The parties met on Monday under the chair of the district offic"
    assert len(join([f"{full}{end}\n{full}{end}"]).paragraphs) == 1
    short = full[: int(0.85 * len(full))]
    assert len(join([f"{short}{end}\n{full}{end}"]).paragraphs) == 2
    # Without the end of a sentence three quarters of a line are enough.
    assert len(join([f"{short}\n{full}{end}"]).paragraphs) == 1
    assert len(join([f"{full[:45]}\n{full}{end}"]).paragraphs) == 2


def test_a_line_in_small_letters_goes_on_however_short_the_one_before():
    full = "The parties met on Monday under the chair of the district office."
    assert join([f"Not yet\nand never.\n\n{full}"]).paragraphs == ("Not yet and never.", full)


@pytest.mark.parametrize(
    "item", ["• a", "– a", "* a", "1. a", "(12) a", "b) a", "iv. a", "IV) a", "· a"]
)
def test_every_usual_mark_of_an_item_begins_anew(item):
    full = "The towns want these things from each other, and at once and all"
    assert join([f"{full}\n{item}"]).paragraphs == (full, item)


def test_a_divided_word_keeps_the_hyphen_of_its_own_only():
    assert join(["a well-kept peace, and they kept a well-\nkept peace"]).paragraphs == (
        "a well-kept peace, and they kept a well-kept peace",
    )
    assert join(["They kept a well-\nkept peace, (well-\nkept)."]).paragraphs == (
        "They kept a wellkept peace, (wellkept).",
    )
    assert join(["“A cease-fire”, and “a cease-\nfire”."]).paragraphs == (
        "“A cease-fire”, and “a cease-fire”.",
    )


@given(
    st.lists(st.text(st.sampled_from("aB .-7•\n"), max_size=60), max_size=6),
)
def test_no_letter_is_lost_but_with_lines_that_are_counted(pages):
    joined = join(pages)
    shown = [sign for sign in "".join(joined.paragraphs) if sign.isalpha()]
    given_ = [sign for sign in "".join(pages) if sign.isalpha()]
    assert shown == given_ or joined.heads > 0
    assert all(part == " ".join(part.split()) and part for part in joined.paragraphs)
