import socket
import time

import pytest

from goodoffices.reading.formats.extract import Unreadable
from goodoffices.reading.formats.web import MOST_HTML, looks_like_html, page
from tests.reading.files import ARTICLE, a_page

FIRST = "The parties met on Monday and did not agree on the text, which both had read before."


def refused(raw: bytes) -> str:
    with pytest.raises(Unreadable) as caught:
        page(raw)
    assert caught.value.mend
    return caught.value.what


def test_paragraphs_are_parted_and_words_within_them_are_not():
    blocks = page(a_page()).text.split("\n\n")
    assert blocks[0] == FIRST
    assert blocks[1].startswith("They will meet again in a week, the mediator said. “We are not")
    assert len(blocks) == 2


def test_menus_sidebars_and_scripts_are_left_out():
    around = (
        "<nav><ul><li><a href='/'>Home</a></li><li><a href='/w'>World</a></li></ul></nav>"
        "<script>document.write('never')</script><style>p {color: red}</style>"
        f"<main><article><h1>Talks stall</h1>{ARTICLE * 1}</article></main>"
        "<aside>Subscribe now</aside><footer>Copyright</footer>"
    )
    text = page(a_page(around)).text
    assert text.startswith(f"Talks stall\n\n{FIRST}")
    for word in ("Home", "never", "color", "Subscribe", "Copyright"):
        assert word not in text


def test_the_heading_is_kept_where_the_article_lies_elsewhere():
    body = f"<header><h1>Talks stall</h1></header><article>{ARTICLE}</article>"
    assert page(a_page(body)).text.startswith(f"Talks stall\n\n{FIRST}")


def test_items_and_rows_are_blocks_of_their_own():
    body = (
        f"<article>{ARTICLE}<ul><li>one thing is open</li><li>another thing is closed</li></ul>"
        "<table><tr><th>Prisoners</th><td>30</td></tr><tr><th>Days</th><td>7</td></tr></table>"
        "</article>"
    )
    blocks = page(a_page(body)).text.split("\n\n")
    assert blocks[2:] == [
        "one thing is open",
        "another thing is closed",
        "Prisoners | 30",
        "Days | 7",
    ]


def test_two_breaks_part_paragraphs_and_one_does_not():
    body = "<div>The mayor<br>of the town spoke first.<br><br> The mediator followed.</div>"
    found = page(a_page(body))
    assert found.text == "The mayor of the town spoke first.\n\nThe mediator followed."


def test_a_short_page_is_read_whole_and_says_so():
    found = page(a_page("<table><tr><td>They met.</td></tr></table><p>No deal was made.</p>"))
    assert "They met." in found.text
    assert "No deal was made." in found.text


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [("utf-8", ""), ("cp1252", "iso-8859-1"), ("koi8-r", "koi8-r"), ("utf-16", "utf-8")],
)
def test_the_declared_encoding_counts_unless_a_mark_says_otherwise(encoding, declared):
    word = "договор" if encoding == "koi8-r" else "Zürich"
    meta = f"<meta charset='{declared}'>" if declared else ""
    raw = a_page(f"<p>{word} it is.</p>", meta).decode().encode(encoding)
    assert page(raw).text == f"{word} it is."


def test_elements_nested_too_deeply_are_left_out_and_said_so():
    begun = time.perf_counter()
    found = page(a_page(f"{ARTICLE}{'<div>' * 100_000}deep{'</div>' * 100_000}"))
    assert time.perf_counter() - begun < 5
    assert found.text.startswith(FIRST)
    assert found.notes == ("elements nested too deeply were left out",)


def test_a_page_without_text_is_refused():
    assert refused(a_page("<script>alert(1)</script>")) == "a web page without any text"
    assert refused(b"<html>") == "a web page without any text"


def test_entities_that_a_page_declares_are_never_expanded():
    lol = "".join(f"<!ENTITY l{k + 1} '{f'&l{k};' * 10}'>" for k in range(20))
    raw = f"<!DOCTYPE html [<!ENTITY l0 'lol'>{lol}]><html><body><p>&l20; They met.</p>".encode()
    assert len(page(raw).text) < 5000
    external = (
        b"<!DOCTYPE html [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><html><body><p>&x; met</p>"
    )
    assert "root:" not in page(external).text


def test_a_page_too_large_to_clean_is_read_with_its_menus():
    paragraph = "<p>They met on day {} and did not agree on anything that was put to them.</p>\n"
    body = "".join(paragraph.format(k) for k in range(55_000))
    found = page(a_page(f"<nav>Home</nav>{body}"))
    assert found.notes == ("too large to remove menus and sidebars from",)
    assert found.text.count("\n\n") == 54_999
    assert "Home" not in found.text
    assert "MB" in refused(a_page(" " * MOST_HTML))


def test_nothing_is_fetched(monkeypatch):
    def fetch(*_, **__):
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket, "socket", fetch)
    monkeypatch.setattr(socket, "create_connection", fetch)
    body = f"<base href='http://a.example/'><img src='x.png'><iframe src='y'></iframe>{ARTICLE}"
    head = (
        "<link rel=canonical href='http://a.example/z'><meta http-equiv=refresh content='0;url=/'>"
    )
    assert page(a_page(body, head)).text.startswith(FIRST)


@pytest.mark.parametrize(
    "text",
    [
        "<!DOCTYPE HTML PUBLIC '-//W3C'>",
        "\ufeff\n <html lang=en>",
        "<?xml version='1.0'?>\n<!-- saved -->\n<html>",
        "<p>They met.",
    ],
)
def test_pages_are_known_by_how_they_begin(text):
    assert looks_like_html(text)


@pytest.mark.parametrize("text", ["", "They met.", "<officials say>", "a <p>b</p>", "<?xml?><rss>"])
def test_other_texts_are_no_pages(text):
    assert not looks_like_html(text)


@pytest.mark.parametrize("bad", ["<", "<!--", "<a ", "<table><tr><td>", "&", "<p", "<b><i>", "]]>"])
def test_broken_markup_takes_a_bounded_time(bad):
    begun = time.perf_counter()
    try:
        assert page(a_page(bad * (300_000 // len(bad)) + " They met.")).text
    except Unreadable as error:
        assert error.what  # noqa: PT017 (either end is right, and both must come soon)
    assert time.perf_counter() - begun < 10
