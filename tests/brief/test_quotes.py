import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.brief.quotes import REACH, Excerpt, excerpt

TEXT = (
    "It rained. He said: “We  stay\nuntil May”, and left. Then the sun came! Was it warm?\n\n"
    "A new paragraph without a full stop\n\nLast one."
)


@pytest.mark.parametrize(
    ("quote", "before", "found", "after"),
    [
        ("We stay until May", "He said: “", "We stay until May", "”, and left."),
        ('"We stay until May"', "He said: ", "“We stay until May”", ", and left."),
        ("It rained.", "", "It rained.", ""),
        ("Then the sun came", "", "Then the sun came", "!"),
        ("warm?", "Was it ", "warm?", ""),
        ("paragraph without", "A new ", "paragraph without", " a full stop"),
        ("Last one.", "", "Last one.", ""),
    ],
)
def test_a_quote_stands_in_its_sentence(quote: str, before: str, found: str, after: str) -> None:
    assert excerpt(TEXT, quote) == Excerpt(before=before, quote=found, after=after)


def test_quotation_marks_dashes_and_white_space_count_as_alike() -> None:
    text = "They — both — said \u2018it’s\u00a0over’."
    assert excerpt(text, "- both - said 'it's over'").quote == "— both — said \u2018it’s over’"


def test_a_quote_over_two_sentences_keeps_both() -> None:
    assert excerpt("A b. C d. E f.", "b. C") == Excerpt(before="A ", quote="b. C", after=" d.")


def test_a_quote_that_is_not_there_stands_alone() -> None:
    assert excerpt(TEXT, "snow\u202e fell") == Excerpt(before="", quote="snow fell", after="")
    assert excerpt("", "snow") == Excerpt(before="", quote="snow", after="")
    assert excerpt(TEXT, "  ") == Excerpt(before="", quote="  ", after="")


def test_signs_of_a_search_pattern_are_only_signs() -> None:
    assert excerpt("What (if) a+b* is [x]? Yes.", "(if) a+b* is [x]").before == "What "


def test_an_endless_sentence_is_cut_on_both_sides() -> None:
    found = excerpt("a " * 1000 + "here" + " b" * 1000, "here")
    assert len(found.before) <= REACH + 1
    assert found.before.startswith("…")
    assert len(found.after) <= REACH
    assert found.after.endswith("…")


@given(st.text("ab .!\n“”'", max_size=60), st.text("ab .!\n“”'", max_size=10))
def test_an_excerpt_never_loses_the_quote(text: str, quote: str) -> None:
    found = excerpt(text, quote)
    marks = str.maketrans("“”", '""')
    assert found.quote.translate(marks).split() == quote.translate(marks).split()
