import datetime as dt
import time

import pytest

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
