import datetime as dt
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.reading.formats.stated import (
    day_in,
    kind_of,
    stated_day,
    stated_publisher,
    title_of,
)

SEVENTH = dt.date(2024, 9, 7)
BODY = "The parties met on 3 May 2021, and they did not agree on anything that was put to them."


@pytest.mark.parametrize(
    "words",
    [
        "7 September 2024",
        "07 September 2024",
        "7th of September, 2024",
        "September 7, 2024",
        "September 7th 2024",
        "Sept. 7, 2024",
        "Sep 7, 2024",
        "SEPTEMBER 7, 2024",
        "7-Sep-2024",
        "2024-09-07",
        "2024-09-07T23:59:00-05:00",
        "2024/09/07",
        "7.9.2024",
        "07.09.2024",
    ],
)
def test_a_day_is_read_in_every_usual_form(words):
    assert day_in(words) == SEVENTH


@pytest.mark.parametrize(
    "words",
    [
        "7/9/2024",  # read by some as July and by others as September
        "September 7",
        "September 2024",
        "31 September 2024",
        "30 February 2024",
        "2024-13-07",
        "2024",
        "70 September 2024",
        "7 September 20245",
        "IP 10.1.2024.3",
        "",
        None,
    ],
)
def test_what_is_not_one_certain_day_is_none(words):
    assert day_in(words) is None


@pytest.mark.parametrize(
    "line",
    [
        "7 September 2024",
        "Geneva, 7 September 2024",
        "Saturday, September 7, 2024",
        "Published: Sept. 7, 2024, 10:45 a.m. EDT",
        "FOR IMMEDIATE RELEASE – September 7, 2024",
        "Date: 2024-09-07",
        "Press release | 07.09.2024",
        "NEW YORK (Agency), 7 September 2024 — Talks resumed without much hope, it was said.",
        "CAIRO, Sept. 7, 2024 - Talks resumed without much hope on either side, it was said.",
        "Last updated on 7 September 2024 at 14:30 GMT",
    ],
)
def test_a_line_or_dateline_states_the_day(line):
    assert stated_day(f"Talks resume in the capital\n\n{line}\n\n{BODY}") == SEVENTH


@pytest.mark.parametrize(
    "text",
    [
        BODY,
        "On 7 September 2024 the parties met.",
        "The truce of 7 September 2024 has collapsed",
        "By 7 September 2024, all forces shall withdraw to the lines that are shown on the map.",
        "Talks were held in Cairo (7 September 2024) - they failed, as all of them had expected.",
        "The mediator said - on 7 September 2024 - that it was over.",
    ],
)
def test_a_day_within_a_sentence_is_not_the_documents(text):
    assert stated_day(text) is None


@pytest.mark.parametrize(
    "end",
    [
        "Done at Geneva on 7 September 2024.",
        "DONE at Geneva, this 7th day of September 2024, in two originals.",
        "Signed in Geneva on September 7, 2024 by:",
    ],
)
def test_an_agreement_states_its_day_at_the_end(end):
    assert stated_day(f"Agreement\n\n{BODY}\n\n{end}") == SEVENTH


def test_a_day_far_down_is_not_the_documents():
    assert stated_day("\n\n".join([BODY] * 20 + ["7 September 2024"] + [BODY] * 60)) is None


def test_the_agency_of_a_dateline_is_the_publisher():
    assert stated_publisher("TALKS\n\nGENEVA (Coast News) - Talks resumed.") == "Coast News"
    assert stated_publisher("Talks were held in Cairo (Egypt) - they failed.") is None
    assert stated_publisher(BODY) is None


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (f"Talks stall again\n\n{BODY}", "Talks stall again"),
        (f"Talks stall again\n{BODY}", "Talks stall again"),
        (f"Will talks resume?\n\n{BODY}", "Will talks resume?"),
        (f"7 September 2024\n\nTalks stall again\n\n{BODY}", "Talks stall again"),
        (f"FOR IMMEDIATE RELEASE\n\nTalks stall again\n\n{BODY}", "Talks stall again"),
        (
            f"“Close to zero”: talks stall in the U.S.\n\n{BODY}",
            "“Close to zero”: talks stall in the U.S.",
        ),
        (f"{BODY}\n\nTalks stall again\n\n{BODY}", None),
        (f"The parties met.\n\n{BODY}", None),
        ("Talks stall again", None),
        ("", None),
    ],
)
def test_a_title_is_a_short_first_line_that_is_no_sentence(text, title):
    assert title_of(text) == title


@pytest.mark.parametrize(
    ("title", "text", "kind"),
    [
        ("Joint communiqué of the two towns", BODY, "communique"),
        ("Talks", f"Talks\n\nPress statement\n\n{BODY}", "communique"),
        ("Statement by the mediator", BODY, "communique"),
        ("Interview with the mayor", BODY, "interview"),
        (None, "Q: Will you sign?\n\nA: No.\n\nQ: Why?\n\nA: The shore.", "interview"),
        ("Ceasefire agreement", "The parties have agreed as follows:\n\nArticle 1", "agreement"),
        ("Ceasefire agreement collapses", BODY, "report"),
        ("Opinion | Nobody should sign", BODY, "comment"),
        ("Letters to the editor", BODY, "comment"),
        ("Comment is awaited from the mayor", BODY, "report"),
        ("Working paper 7", BODY, "study"),
        ("Talks stall", f"{BODY} He said so in an interview.", "report"),
        ("Talks stall", "He said so in an interview.", "report"),
        (None, BODY, "report"),
        (None, "", "report"),
    ],
)
def test_the_kind_is_read_from_plain_cues_in_the_head(title, text, kind):
    assert kind_of(text, title) == kind


@pytest.mark.parametrize(
    "bad",
    [
        "7 " * 2_000_000,
        "a" * 5_000_000,
        "(" * 5_000_000,
        " " * 3_000_000 + "-" * 2_000_000,
        "Done " * 1_000_000,
        "Q. \n" * 1_000_000,
        "1.1." * 1_000_000,
    ],
    ids=lambda text: repr(text[:6]),
)
def test_the_time_does_not_grow_with_the_text(bad):
    begun = time.perf_counter()
    stated_day(bad), stated_publisher(bad), title_of(bad), kind_of(bad, None)
    assert time.perf_counter() - begun < 1


MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


@given(st.dates(dt.date(1800, 1, 1), dt.date(2099, 12, 31)))
def test_every_day_is_read_back_from_every_form_that_is_certain(day):
    month = MONTHS[day.month - 1]
    forms = [
        f"{day.day} {month} {day.year}", f"{month} {day.day}, {day.year}", day.isoformat(),
        f"{day.day} {month[:3].upper()}. {day.year}", f"{day.year}/{day:%m/%d}",
        f"{day.day}.{day.month}.{day.year}", f"the {day.day}th day of {month}, {day.year}",
    ]  # fmt: skip
    assert [day_in(form) for form in forms] == [day] * len(forms)
    assert stated_day(f"Talks resume\n\nGeneva, {forms[0]}\n\n{BODY}") == day


@given(st.text(max_size=200))
def test_any_text_states_what_stands_in_it_or_nothing(text):
    title, publisher = title_of(text), stated_publisher(text)
    assert title is None or title in text
    assert publisher is None or publisher in text
    stated_day(text), kind_of(text, title)


@pytest.mark.parametrize(
    "words",
    ["1799-12-31", "2100-01-01", "7 September 1799", "2024-9-7", "12024-09-07", "2024-09-075",
     "1/2024/09/07", "1.7.9.2024"],
)  # fmt: skip
def test_a_year_out_of_reach_or_a_longer_number_is_no_day(words):
    assert day_in(words) is None


def test_the_first_of_two_days_counts_whatever_their_forms():
    assert day_in("2021-05-03 to 7 September 2024") == dt.date(2021, 5, 3)
    assert day_in("7 September 2024, not 2021-05-03") == SEVENTH
    assert day_in("30 February 2024, or rather 7 September 2024") == SEVENTH


def test_a_short_text_is_looked_through_to_its_thousandth_sign():
    assert day_in("x " * 400 + "7 September 2024") == SEVENTH
    assert day_in("x " * 500 + "7 September 2024") is None


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("Upper Old Market Square, Geneva, 7 September 2024", True),
        ("Upper Old Market Square Number Nine, Geneva, 7 September 2024", False),
        ("Geneva (Palace of Nations), 7 September 2024", True),
        ("Geneva (on 7 September 2024", False),
        ("7 September 2024 10:45:30.5 +02:00", True),
        ("7 September 2024 | English only", True),
        ("written on 7 September 2024", False),
        ("x" * 130 + " 7 September 2024", False),
    ],
)
def test_what_stands_beside_a_day_decides_whether_the_line_is_made_for_it(line, found):
    assert (stated_day(f"Talks resume\n\n{line}\n\n{BODY}") == SEVENTH) == found


def test_the_head_is_the_first_fourteen_lines_that_hold_anything():
    lines = ["The parties met again and did not agree."] * 13
    assert stated_day("\n\n".join([*lines, "7 September 2024", BODY])) == SEVENTH
    assert stated_day("\n\n".join([*lines, lines[0], "7 September 2024", BODY])) is None


def test_a_signature_states_a_day_only_near_its_words():
    far = "Done at Geneva " + "x" * 250 + " 7 September 2024"
    assert stated_day(f"Agreement\n\n{BODY}\n\n{far}") is None
    signed = f"{BODY}\n" * 20 + "Done at Geneva on 7 September 2024.\n"
    assert stated_day(signed + "x " * 1000) == SEVENTH
    assert stated_day(signed + "x " * 1500) is None


@pytest.mark.parametrize(
    ("words", "kept"), [(1, False), (2, True), (30, True), (31, False)]
)  # fmt: skip
def test_a_title_has_two_to_thirty_words(words, kept):
    line = " ".join(["Talks"] * words)
    assert (title_of(f"{line}\n\n{BODY * 3}") == line) == kept


@pytest.mark.parametrize("end", list('.!:;,…”"'))
def test_a_line_that_ends_like_a_sentence_is_no_title(end):
    assert title_of(f"Talks stall again{end}\n\n{BODY}") is None


@pytest.mark.parametrize("start", ["\u2018", "\u201c", "'", '"', "7"])
def test_a_title_may_begin_with_a_quotation_or_a_number(start):
    assert title_of(f"{start}talks stall again\n\n{BODY}") == f"{start}talks stall again"
    assert title_of(f"talks stall again\n\n{BODY}") is None


def test_a_title_may_stand_above_a_short_sentence_but_not_alone():
    assert title_of("Talks stall again in Geneva\n\nNo deal.") == "Talks stall again in Geneva"
    assert title_of("Talks stall again in Geneva\n\nNo deal") is None
    assert title_of(f"{BODY}\n\nTalks stall") is None


def test_boilerplate_above_the_title_is_passed_over_up_to_the_sixth_line():
    some = "\n\n".join(["Home", "Menu", "Share", "Print", "Page 1"])
    assert title_of(f"{some}\n\nTalks stall\n\n{BODY}") == "Talks stall"
    assert title_of(f"{some}\n\nPage 2\n\nTalks stall\n\n{BODY}") is None


def test_an_interview_has_four_questions_and_answers_at_least():
    asked = "Q: Will you sign?\n\nA: No.\n\nQ: Why?\n\n"
    assert kind_of(asked, None) == "report"
    assert kind_of(f"{asked}Answer: The shore.", None) == "interview"
