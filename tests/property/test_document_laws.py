"""Laws of reading documents: whatever the bytes, a document or an error in words."""

import itertools
import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from goodoffices.case.evidence import SourceText, normal
from goodoffices.errors import DocumentError
from goodoffices.reading._store import dump_findings, load_findings
from goodoffices.reading.documents import paragraphs, read_document, store_copy
from goodoffices.reading.findings import Document, Findings
from goodoffices.reading.formats.clean import clean
from goodoffices.reading.formats.plain import markdown
from tests.reading.engines import quick
from tests.reading.files import a_docx, a_page, a_pdf, paragraph

any_text = st.text(st.characters(exclude_categories=()), max_size=300)
magic = st.sampled_from(
    [b"", b"%PDF-1.4\n", b"PK\x03\x04", b"<!doctype html>", b"<html><body>", b"\xff\xfe", b"---\n"]
)
good = st.sampled_from(
    [
        a_pdf(["They met.", "They left."]),
        a_docx(paragraph("They met.") + paragraph("They left.")),
        a_page("<article><h1>Talks</h1><p>They met.</p><ul><li>They left.</li></ul></article>"),
        b"---\ntitle: Talks\n---\n# Talks\n\nThey *met*.\n",
    ]
)
names = st.sampled_from(["a.txt", "a.md", "a.html", "a.pdf", "a.docx", "a"])


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """A good file with some of its bytes cut out or put in."""
    raw = draw(good)
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(raw)))
        raw = raw[:start] + draw(st.binary(max_size=8)) + raw[start + draw(st.integers(0, 20)) :]
    return raw


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("documents")


@given(st.one_of(st.builds(bytes.__add__, magic, st.binary(max_size=400)), damaged()), names)
@example(b"", "a.txt")
@example(b"\x00" * 100, "a.txt")
@settings(max_examples=150)
def test_any_bytes_give_a_document_or_an_error_in_words(folder, raw, name):
    place = folder / name
    place.write_bytes(raw)
    try:
        found = read_document(place)
    except DocumentError as error:
        (fault,) = error.faults
        assert fault.what
        assert fault.mend
        return
    assert clean(found.text) == (found.text, ())
    assert found.text.encode().decode() == found.text
    for line in (found.title, found.publisher, found.name, found.id):
        assert line is None or (line and "\n" not in line)
    assert load_findings(dump_findings(quick(found))) == quick(found)


@given(any_text)
@example("\u0344" * 31 + "\u1e9b\u0323\ud800\u202e")
@example("a\n\r \x85\u2028b")
def test_cleaning_a_clean_text_changes_nothing(text):
    cleaned, _ = clean(text)
    assert clean(cleaned) == (cleaned, ())
    assert cleaned == unicodedata.normalize("NFC", cleaned)
    assert not any(
        unicodedata.category(sign) in ("Cc", "Cs")
        for sign in cleaned.replace("\n", "").replace("\t", "")
    )


@given(any_text)
def test_markdown_is_never_longer_than_it_was_and_never_fails(text):
    assert len(markdown(text).text) <= 2 * len(text) + 10


@given(st.lists(st.text("ab \n", max_size=10), max_size=8).map("\n".join))
def test_paragraphs_hold_all_words_in_order_and_nothing_else(text):
    text, _ = clean(text)
    spans = paragraphs(text)
    assert " ".join(span.of(text) for span in spans).split() == text.split()
    assert all(a.end < b.start for a, b in itertools.pairwise(spans))
    assert len(spans) == (len(SourceText.of(text).starts) if text.strip() else 0)


@given(any_text.filter(lambda text: any(sign.isalnum() for sign in clean(text)[0])))
@settings(max_examples=30)
def test_offsets_count_in_the_stored_copy(folder, text):
    place = folder / "offsets.txt"
    place.write_bytes(clean(text)[0].encode())
    found = read_document(place)
    copy = store_copy(found, folder).read_bytes().decode()
    source = SourceText.of(copy)
    for span in paragraphs(found.text):
        assert copy[span.start : span.end] == span.of(found.text)
        quote = normal(span.of(found.text))
        assert not quote or source.stands_at(quote, span.start, span.end)


@given(any_text)
def test_findings_survive_the_way_there_and_back(text):
    found = Findings(
        document=Document(id="a", name="a", text=clean(text)[0]), notes=(clean(text)[0],)
    )
    assert load_findings(dump_findings(found)) == found
