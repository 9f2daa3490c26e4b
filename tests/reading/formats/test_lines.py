import time

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
