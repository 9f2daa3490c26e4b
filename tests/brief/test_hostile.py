"""Text from a case is data: whatever it says, it comes out as words."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goodoffices.brief import render_brief
from goodoffices.brief.text import visible
from tests.brief.cases import (
    HOSTILE,
    basic,
    case_of,
    foreseen,
    hostile,
    hostile_moves,
    hostile_outlook,
    stuck,
)
from tests.brief.reading import Node, by_id, read

SAFE_TAGS = {
    "#page", "html", "head", "meta", "link", "title", "style", "body", "a", "header", "p", "h1",
    "h2", "h3", "dl", "dt", "dd", "div", "nav", "ol", "ul", "li", "main", "section", "span",
    "strong", "small", "bdi", "mark", "table", "caption", "thead", "tbody", "tr", "th", "td",
    "figure", "figcaption", "details", "summary", "footer", "svg", "desc", "text", "path", "rect",
    "circle", "line",
}  # fmt: skip


@pytest.fixture(scope="module")
def page() -> str:
    case, result = hostile()
    texts = {"wire": HOSTILE[0] * 50}
    return render_brief(
        case,
        result,
        moves=hostile_moves(),
        outlook=hostile_outlook(),
        generated=None,
        sources=texts,
    )


@pytest.fixture(scope="module")
def tree(page: str) -> Node:
    return read(page)


def test_no_element_comes_from_the_case(tree: Node) -> None:
    assert {node.tag for node in tree.walk()} - SAFE_TAGS == set()


def test_a_hostile_page_is_built_like_any_other(tree: Node) -> None:
    case, moved = stuck()
    foreseeing, result, ahead = foreseen()
    kinds = (
        read(render_brief(case, basic()[1], moves=moved, generated=None)),
        read(render_brief(foreseeing, result, outlook=ahead, generated=None)),
    )
    names = {name for kind in kinds for node in kind.walk() for name in node.attributes}
    assert {name for node in tree.walk() for name in node.attributes} <= names
    by_id(tree)


def test_markup_is_shown_as_the_words_that_it_is(tree: Node) -> None:
    for text in HOSTILE[:8]:
        assert visible(text).strip() in tree.text


def test_template_code_in_a_case_is_not_run(tree: Node) -> None:
    assert "{{ 7 * 7 }}" in tree.text


def test_a_reference_in_a_case_is_not_resolved(page: str) -> None:
    assert "&amp;lt;b&amp;gt;" in page


def test_no_sign_that_turns_the_writing_reaches_the_page(page: str) -> None:
    assert not re.search("[\u202a-\u202e\u200e\u200f\u2066\u2067]", page)
    # Names in drawings are isolated by signs, because there is no markup for it there.
    assert page.count("\u2068") == page.count("\u2069")


def test_every_name_with_another_direction_is_isolated(tree: Node) -> None:
    arabic = re.compile("[\u0600-\u06ff]")
    for node in tree.walk():
        if any(isinstance(c, str) and arabic.search(c) for c in node.children):
            inside = {node.tag, *(n.tag for n in node.above())}
            assert inside & {"bdi", "svg"}


def test_a_name_of_ten_thousand_letters_stands_in_full_in_the_appendix_only(tree: Node) -> None:
    name = next(text for text in HOSTILE if len(text) == 10_000)
    whole = [node for node in tree.all("bdi") if name in node.text]
    assert all(any("evidence" in above.classes for above in node.above()) for node in whole)
    assert sum(node.text.count(name) for node in whole) == tree.text.count(name)
    places = by_id(tree)
    cuts = tree.all("a", "cut")
    assert cuts
    for cut in cuts:
        assert places[cut.attributes["href"][1:]].text.strip().endswith(name)


def test_a_hostile_page_stays_small(page: str) -> None:
    assert len(page.encode()) < 400_000


def test_no_control_character_and_no_half_character_reaches_the_page(page: str) -> None:
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff]", page)


@settings(max_examples=15)
@given(st.text(min_size=1, max_size=40), st.text(min_size=1, max_size=40))
def test_any_title_and_any_purpose_come_out_as_they_are(title: str, purpose: str) -> None:
    result = basic()[1]
    page = read(render_brief(case_of(title=title, purpose=purpose), result, generated=None))
    assert page.all("h1")[0].text == visible(title)
    assert page.all("dd")[0].text == visible(purpose)
