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
