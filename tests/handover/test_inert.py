import re

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from goodoffices.case import build
from goodoffices.handover._inert import altered, legible, texts_of


@given(st.text())
def test_any_text_can_stand_in_any_office_file(text: str) -> None:
    shown = legible(text)
    etree.Element("t").text = shown
    assert not re.search("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", shown)
    assert legible(shown) == shown


def test_plain_words_of_any_script_stay_as_they_are() -> None:
    for text in ("The corridor", "ممر فيلادلفيا", "北", "caf\u0301", "it’s “here”"):
        assert legible(text) == text


def test_texts_that_lose_signs_are_counted_and_line_breaks_are_not() -> None:
    case = build(
        {
            "goodoffices": 1,
            "title": "two\nlines",
            "purpose": "turned \u202eround",
            "parties": {"a": {"name": "no\ufffesign", "role": "mediator"}},
        }
    )
    assert altered(case) == 2


def test_every_text_of_a_case_is_found_with_its_place() -> None:
    case = build(
        {"goodoffices": 1, "title": "T", "parties": {"a": {"name": "A", "role": "mediator",
                                                            "aliases": ["x", "y"]}}}
    )  # fmt: skip
    found = dict(texts_of(case))
    assert found["title"] == "T"
    assert found["parties.a.aliases.1"] == "y"
