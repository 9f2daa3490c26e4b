import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.brief.elements import Element, bdi, el, join, link, number, plain
from goodoffices.brief.page import environment
from tests.brief.reading import read

_TEMPLATE = '{% from "macros.html.jinja" import words with context %}<p>{{ words(parts) }}</p>'


def rendered(*parts: str | Element) -> str:
    return environment().from_string(_TEMPLATE).render(parts=parts)


def test_only_known_elements_can_be_built() -> None:
    for tag in ("script", "style", "iframe", "foreignObject", "use", "image", "SVG", ""):
        with pytest.raises(ValueError, match="not an element"):
            el(tag)


def test_no_attribute_can_run_or_restyle() -> None:
    for name in ("onload", "onclick", "style", "a b", 'x"', ""):
        with pytest.raises(ValueError, match="not an attribute"):
            Element("span", ((name, "x"),))


def test_a_link_leads_nowhere_but_to_the_page() -> None:
    assert link("d-x", "D1").attributes == (("href", "#d-x"),)
    for goal in ("https://example.org", "javascript:alert(1)", "//x", "data:,"):
        with pytest.raises(ValueError, match="on the page itself"):
            el("a", "x", href=goal)


def test_attributes_are_named_as_markup_names_them() -> None:
    built = el("line", x1=1.26, class_="a b", stroke_width=2, text_anchor=None)
    assert built.attributes == (("x1", "1.3"), ("class", "a b"), ("stroke-width", "2"))


def test_a_number_is_a_link_around_its_digits() -> None:
    shown = read(rendered(number("how-zone", "36", class_="how")))
    (anchor,) = shown.all("a", "how")
    assert anchor.attributes["href"] == "#how-zone"
    assert [n.text for n in anchor.all("span", "num")] == ["36"]


def test_a_name_is_isolated_and_its_turning_signs_are_gone() -> None:
    (name,) = read(rendered("by ", bdi("\u202eabc"))).all("bdi")
    assert name.text == "abc"


def test_only_a_very_long_word_may_be_broken_anywhere() -> None:
    assert bdi("an ordinary name of many words").attributes == ()
    assert bdi("x" * 25).attributes == (("class", "long"),)


def test_words_join_with_another_word_before_the_last() -> None:
    parts = [("a",), ("b",), ("c",)]
    assert join(parts, last=" or ") == ("a", ", ", "b", " or ", "c")
    assert join(parts[:2], between="; ") == ("a", "; ", "b")
    assert join([("a", "b")], last=" or ") == ("a", "b")
    assert join([]) == ()


def test_the_words_alone_keep_names_isolated() -> None:
    assert plain(("to ", bdi("East"), el("span", " and ", bdi("West")))) == (
        "to \u2068East\u2069 and \u2068West\u2069"
    )


@given(st.lists(st.text(st.characters(blacklist_categories=["Cs", "Cc"])), min_size=1))
def test_whatever_is_said_comes_out_as_words(texts: list[str]) -> None:
    parts = [part for text in texts for part in (text, el("span", text, id=text or None))]
    (shown,) = read(rendered(*parts)).all("p")
    assert shown.text == "".join(text + text for text in texts)
    assert [n.tag for n in shown.walk()] == ["p"] + ["span"] * len(texts)
    assert [n.attributes.get("id", "") for n in shown.all("span")] == texts


@given(st.text(st.characters(blacklist_categories=["Cs", "Cc"])))
def test_an_attribute_can_not_be_left(text: str) -> None:
    (shown,) = read(rendered(el("text", "x", aria_label=text))).all("text")
    assert shown.attributes == {"aria-label": text}
