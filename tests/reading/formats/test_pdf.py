import io
from collections.abc import Callable

import pytest
from pypdf import PdfReader, PdfWriter

from goodoffices.reading.formats.child import answer
from goodoffices.reading.formats.extract import Unreadable
from goodoffices.reading.formats.pdf import pdf
from tests.reading.files import a_pdf

LINES = [
    "Joint communique of the two towns",
    "The parties met on Monday under the chair of the district office and talk-",
    "ed until the evening; neither of them moved, as had been expected by all.",
]


def refused(raw: bytes) -> Unreadable:
    with pytest.raises(Unreadable) as caught:
        pdf(raw)
    return caught.value


def changed(change: Callable[[PdfWriter], object]) -> bytes:
    """A PDF that a writer has changed: scripts, attachments, passwords."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(a_pdf(LINES))))
    change(writer)
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def test_lines_are_joined_to_paragraphs():
    assert pdf(a_pdf(LINES)).text == (
        "Joint communique of the two towns\n\n"
        "The parties met on Monday under the chair of the district office and talked until the"
        " evening; neither of them moved, as had been expected by all."
    )


def test_pages_follow_one_another_and_their_numbers_go():
    pages = ([f"{word} {LINES[2]}", f"as {word} did.", f"- {k} -"] for k, word in enumerate("ABC"))
    found = pdf(a_pdf(*pages))
    assert found.text == "\n\n".join(f"{word} {LINES[2]} as {word} did." for word in "ABC")
    assert found.notes == ("3 running heads and page numbers left out",)


def test_a_title_counts_only_if_the_document_shows_it():
    assert pdf(a_pdf(LINES, title="Joint Communique")).title == "Joint Communique"
    assert pdf(a_pdf(LINES, title="Microsoft Word - draft7")).title is None


def test_the_day_of_the_file_is_not_the_documents():
    assert pdf(a_pdf(LINES)).date is None


def test_scripts_and_attached_files_change_nothing():
    plain = pdf(a_pdf(LINES)).text
    script = "/OpenAction <</S /JavaScript /JS (app.launchURL\\('http://a.example'\\))>>"
    assert pdf(a_pdf(LINES, catalog=script)).text == plain
    assert pdf(changed(lambda w: w.add_attachment("evil.exe", b"MZ"))).text == plain


def test_a_password_that_is_empty_opens_it():
    assert (
        pdf(changed(lambda w: w.encrypt("", "owner", algorithm="RC4-128"))).text
        == pdf(a_pdf(LINES)).text
    )


def test_an_encrypted_one_is_refused():
    error = refused(changed(lambda w: w.encrypt("secret", "owner", algorithm="RC4-128")))
    assert error.what == "it is encrypted"
    assert "password" in error.mend


def test_one_without_text_asks_for_text_recognition():
    error = refused(a_pdf([""], [""]))
    assert error.what == "no text in 2 pages: perhaps pictures of pages"
    assert "OCR" in error.mend


@pytest.mark.parametrize(
    "raw",
    [
        b"%PDF-1.4",
        b"%PDF-1.4\ntrailer <</Root 1 0 R>>\nstartxref\n9\n%%EOF",
        b"%PDF-" + b"(" * 10_000,
    ],
)
def test_a_malformed_one_is_refused(raw):
    assert refused(raw).mend


def test_pages_that_go_in_circles_end():
    raw = a_pdf(LINES).replace(b"/Kids [5 0 R] /Count 1", b"/Kids [2 0 R] /Count 1")
    # Whatever the library makes of it, it must not go on for ever.
    assert set(answer("application/pdf", raw)) & {"text", "what"}


def test_a_page_that_cannot_be_read_is_counted_and_the_others_are_read(monkeypatch):
    from pypdf import PageObject

    honest = PageObject.extract_text

    def broken(page, *arguments, **named):
        if b"Word b" in page.get_contents().get_data():
            raise ValueError("malformed")
        return honest(page, *arguments, **named)

    monkeypatch.setattr(PageObject, "extract_text", broken)
    found = pdf(a_pdf(["Word a was said."], ["Word b was said."]))
    assert found.text == "Word a was said."
    assert found.notes == ("1 page could not be read",)


def test_too_many_pages_are_refused():
    raw = a_pdf(LINES)
    kids = b" ".join([b"5 0 R"] * 2001)
    raw = raw.replace(b"/Kids [5 0 R] /Count 1", b"/Kids [" + kids + b"] /Count 2001")
    assert refused(raw).what == "it has more than 2,000 pages"
