import datetime as dt
import time

import pytest

from goodoffices.reading.formats.plain import markdown, plain


def test_a_text_stays_as_it_stands():
    text = "Talks stall\n\nThe parties met,\nand did not agree.\n\n  - one\n"
    assert plain(text).text == text
    assert plain(text).notes == ()


def test_a_headline_right_above_a_paragraph_is_parted_from_it():
    text = "Talks stall again\nThe parties met on Monday and did not agree.\n\nMore follows."
    assert plain(text).text.startswith("Talks stall again\n\nThe parties")


@pytest.mark.parametrize(
    "text",
    [
        "Talks stall again\nThe parties met on Monday and did not agree.",  # lines are paragraphs
        "The parties met on Monday under the\nchair of the district office, it was said.\n\nMore.",
        "They met.\nThe parties met on Monday and did not agree.\n\nMore.",
        "One\n\nTwo and three\nfour and five and six",
        "Alone",
    ],
)
def test_other_first_lines_stay_where_they_are(text):
    assert plain(text).text == text + "\n"


def test_marks_of_markdown_go_and_their_words_stay():
    source = """\
Talks *stall*
=============

The **two** _towns_, `north` and [south](http://a.example/x "t"),
met ![a map](map.png)on snake_case 2 * 3 * 4.<br>

> They said:
> &ldquo;No deal&rdquo;.

1. one thing
2. another
   that goes on
- a third

| Prisoners | 30 |
|-----------|---:|
| Days      | 7  |

***
```
code stays
```
End\\*.
"""
    assert markdown(source).text == (
        "Talks stall\n\nThe two towns, north and south, met on snake_case 2 * 3 * 4.\n\n"
        "They said: “No deal”.\n\n1. one thing\n\n2. another that goes on\n\na third\n\n"
        "Prisoners | 30\n\nDays | 7\n\ncode stays\n\nEnd*.\n"
    )


def test_a_heading_is_the_title_and_a_paragraph_of_its_own():
    found = markdown("intro\n## Talks **stall** ##\nThe parties met.")
    assert found.title == "Talks stall"
    assert found.text == "intro\n\nTalks stall\n\nThe parties met.\n"


def test_front_matter_states_title_publisher_and_day():
    found = markdown(
        '---\ntitle: "Talks stall"\ndate: 2024-09-07\npublisher: Gazette\n---\nThey met.'
    )
    assert (found.title, found.publisher, found.date) == (
        "Talks stall",
        "Gazette",
        dt.date(2024, 9, 7),
    )
    assert found.text == "They met.\n"


def test_a_rule_at_the_top_is_no_front_matter():
    assert markdown("---\nThey met.\n").text == "They met.\n"


def test_scripts_styles_and_comments_are_left_out():
    found = markdown(
        "a <script>alert(1)</script>b<!-- c --><STYLE>x</STYLE> d <script>never closed"
    )
    assert found.text == "a b d\n"


def test_letters_that_grow_when_small_do_not_shift_what_is_left_out():
    assert markdown("İİİİ <!-- c --> d").text == "İİİİ d\n"


@pytest.mark.parametrize(
    "bad",
    [
        "[",
        "![",
        "[](",
        "[a](",
        "**a ",
        "_a",
        "<a ",
        "`",
        "- ",
        "|-",
        "> ",
        "<!--",
        "\\",
        "&",
        "#",
        "-",
    ],
)
def test_the_time_stays_in_proportion_for_any_mark(bad):
    for end in ("", "x"):
        begun = time.perf_counter()
        markdown(bad * (300_000 // len(bad)) + end)
        assert time.perf_counter() - begun < 2


@pytest.mark.parametrize("end", list(".!?:;,-…”\"'"))
def test_a_first_line_that_ends_like_a_sentence_or_a_part_of_one_is_no_headline(end):
    text = f"Talks stall again{end}\nThe parties met on Monday and did not agree.\n\nMore.\n"
    assert plain(text).text == text


def test_a_headline_is_shorter_than_three_quarters_of_the_line_below():
    below = "T" + "x" * 39
    for length, parted in ((29, True), (30, False)):
        found = plain(f"{'H' * length}\n{below}\n\nMore.").text
        assert found.startswith(f"{'H' * length}\n\n{below}") == parted


def test_a_line_that_goes_on_in_small_letters_is_no_headline():
    text = "The parties met\nand talked for hours without an end in sight.\n\nMore.\n"
    assert plain(text).text == text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("# One\n\n###### Six\n\n####### Seven", "One\n\nSix\n\n####### Seven\n"),
        ("#One", "#One\n"),
        ("# One ##  \nx", "One\n\nx\n"),
        ("#\nx", "x\n"),
        ("    # far in", "# far in\n"),
        ("a\n---\nb", "a\n\nb\n"),
        ("a\n===\nb", "a\n\nb\n"),
        ("a\n\n==\nb", "a\n\n== b\n"),
        ("a\n\n--\nb", "a\n\nb\n"),
        ("a\n* * *\nb", "a\n\nb\n"),
        ("a\n_-_\nb", "a _-_ b\n"),
        ("* a\n+ b\n- c\n7) d\n1234567890. e", "a\n\nb\n\nc\n\n7) d 1234567890. e\n"),
        ("> a\n> > b\n\n>c", "a b\n\nc\n"),
        ("```\na\n\nb\n```\nc", "a\n\nb\n\nc\n"),
        ("~~~ py\na\n~~~\nb", "a\n\nb\n"),
        ("``` \nnever closed", "never closed\n"),
        ("| a | b |\n|:--|--:|\n| 1 | |", "a | b\n\n1\n"),
        ("| a || c |", "a | | c\n"),
        ("[a][1] and [b](x) ![c](y)z", "a and b z\n"),
        ("[a] (b) [c", "[a] (b) [c\n"),
        ("5 * 4 and a_b_c and __x__", "5 * 4 and a_b_c and x\n"),
        (r"\*kept\* \_and\_ \# this", "*kept* _and_ # this\n"),
        ("a &amp;lt; b", "a &lt; b\n"),
        ("1 < 2 > 1 <b>bold</b>", "1 < 2 > 1 bold\n"),
    ],
)
def test_each_mark_means_what_it_means_in_markdown(source, text):
    assert markdown(source).text == text


@pytest.mark.parametrize("end", ["---", "..."])
def test_front_matter_ends_in_two_ways_and_within_a_hundred_lines(end):
    assert markdown(f"---\nTitle: 'A'\n{end}\nx").title == "A"
    for lines, found in ((97, "A"), (98, None)):
        raw = "---\ntitle: A\n" + "k: v\n" * lines + f"{end}\nx"
        assert markdown(raw).title == found


def test_what_front_matter_leaves_empty_is_not_stated():
    found = markdown("---\ntitle: ''\npublisher:\ndate: soon\n---\n# Talks stall\n\nx")
    assert (found.title, found.publisher, found.date) == ("Talks stall", None, None)


def test_a_heading_far_down_is_not_the_title():
    assert markdown("x\n" * 49 + "# Talks").title == "Talks"
    assert markdown("x\n" * 50 + "# Talks").title is None
