import datetime as dt
import hashlib
import itertools
import os
import re
import tempfile
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goodoffices.case.evidence import SourceText
from goodoffices.errors import CaseError, DocumentError, ExtraError
from goodoffices.reading import documents
from goodoffices.reading.documents import id_of, paragraphs, read_document, store_copy
from goodoffices.reading.findings import Document, Span
from goodoffices.reading.formats import apart
from tests.reading.files import a_docx, a_page, a_pdf, a_zip, paragraph

TEXT = (
    "Joint communiqué of the two towns\n\nGeneva, 7 September 2024\n\n"
    "The parties met on Monday under the chair of the district office, and left again.\n"
)


def put(folder: Path, name: str, data: bytes | str) -> Path:
    place = folder / name
    place.write_bytes(data.encode() if isinstance(data, str) else data)
    return place


def refused(path: Path) -> str:
    with pytest.raises(DocumentError) as caught:
        read_document(path)
    (fault,) = caught.value.faults
    assert fault.where == "the document"
    assert fault.mend
    assert path.name in str(caught.value)
    return fault.what


def test_a_text_is_read_with_what_it_states(tmp_path):
    raw = TEXT.encode()
    assert read_document(put(tmp_path, "Joint Communiqué.txt", raw)) == Document(
        id="joint-communiqué",
        name="Joint Communiqué.txt",
        text=TEXT,
        title="Joint communiqué of the two towns",
        date=dt.date(2024, 9, 7),
        kind="communique",
        media="text/plain",
        digest=hashlib.sha256(raw).hexdigest(),
    )


def test_the_same_words_come_out_of_every_kind_of_file(tmp_path):
    lines = [line for line in TEXT.strip().split("\n") if line]
    html = "<h1>{}</h1><p>{}</p><p>{}</p>".format(*lines)
    files = {
        "a.txt": TEXT,
        "a.md": "# {}\n\n{}\n\n{}\n".format(*lines),
        "a.html": a_page(html.replace("é", "&eacute;")),
        "a.docx": a_docx("".join(map(paragraph, lines))),
        "a.pdf": a_pdf([lines[0], "", lines[1], "", lines[2]]),
    }
    for name, data in files.items():
        found = read_document(put(tmp_path, name, data))
        assert found.text == TEXT, name
        assert (found.title, found.date) == (lines[0], dt.date(2024, 9, 7)), name
        assert found.kind == "communique", name


def test_the_content_decides_and_not_the_name(tmp_path):
    assert read_document(put(tmp_path, "a.txt", a_pdf(["They met."]))).media == "application/pdf"
    assert read_document(put(tmp_path, "b.doc", a_page("<p>They met.</p>"))).media == "text/html"
    assert read_document(put(tmp_path, "c.pdf", "They met.")).media == "text/plain"
    assert read_document(put(tmp_path, "d", a_docx(paragraph("They met.")))).media == documents.DOCX
    assert read_document(put(tmp_path, "e.htm", "<center>Met.</center>")).media == "text/html"


def test_an_id_can_be_given(tmp_path):
    assert read_document(put(tmp_path, "a.txt", TEXT), id="talks").id == "talks"


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Report.txt", "report"),
        ("report.final.v2.txt", "report-final-v2"),
        ("__ x.md", "x"),
        (".txt", "txt"),
        ("отчёт №3.pdf", "отчёт-3"),
        ("!!!.txt", "document"),
        ("a" * 200 + ".txt", "a" * 60),
        ("\u202egpj.txt", "gpj"),
    ],
)
def test_an_id_is_made_from_the_name(name, key):
    assert id_of(name) == key


def test_the_times_of_the_file_never_count(tmp_path):
    place = put(tmp_path, "a.txt", "They met.")
    os.utime(place, (10**9, 10**9))
    assert read_document(place).date is None


def test_what_was_mended_is_noted(tmp_path):
    found = read_document(put(tmp_path, "a.txt", "Zürich\x00 \u202esays".encode("utf-16")))
    assert found.text == "Zürich says\n"
    assert found.notes == ("1 control character left out", "1 mark of direction left out")
    found = read_document(put(tmp_path, "b.txt", "Zürich".encode("cp1252")))
    assert found.notes == ("not UTF-8; read as Windows-1252",)


def test_a_title_and_a_publisher_are_clean_lines(tmp_path):
    head = "<meta property='og:title' content='a&#8238;b&#10;c'>"
    head += f"<meta property='og:site_name' content='{'x' * 5000}'>"
    found = read_document(put(tmp_path, "a.html", a_page("<p>They met.</p>", head)))
    assert found.title == "ab c"
    assert found.publisher is not None
    assert len(found.publisher) <= 500


def test_an_opinion_page_is_a_comment(tmp_path):
    head = "<meta property='article:section' content='Opinion'>"
    found = read_document(put(tmp_path, "a.html", a_page("<p>They met.</p>", head)))
    assert found.kind == "comment"


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "empty"),
        (b" \n\t\n", "no text in it"),
        (b"--- !!!", "no text in it"),
        (bytes(range(256)) * 40, "not text"),
        (b"\x89PNG\r\n\x1a\n", "a picture, which cannot be read"),
        (b"\xd0\xcf\x11\xe0\xa1", "an old Office file, which cannot be read"),
        (b"{\\rtf1 They met.}", "an RTF file, which cannot be read"),
        (b"\x7fELF\x02", "a program, which cannot be read"),
        (b"\x1f\x8b\x08", "a compressed file, which cannot be read"),
        (a_zip({"a.txt": "x"}), "an archive without a Word document in it, which cannot be read"),
        (b"<?xml version='1.0'?><feed/>", "an XML file, which cannot be read"),
    ],
)
def test_what_is_no_document_is_refused(tmp_path, data, what):
    assert refused(put(tmp_path, "a.txt", data)) == what


def test_a_refusal_is_an_error_of_the_usual_kind(tmp_path):
    with pytest.raises(CaseError) as caught:
        read_document(put(tmp_path, "a.pdf", b"%PDF-1.4 torn"))
    first, second = str(caught.value).split("\n")
    assert first == f"1 fault in {tmp_path / 'a.pdf'}:"
    assert second.startswith("  the document: not a whole PDF (")
    assert second.endswith("; open it in a viewer and save it anew")


def test_folders_pipes_devices_links_and_missing_files_are_refused(tmp_path):
    assert refused(tmp_path) == "a folder, not a file"
    os.mkfifo(tmp_path / "pipe")
    assert refused(tmp_path / "pipe") == "not an ordinary file"
    assert refused(Path("/dev/zero")) == "not an ordinary file"
    (tmp_path / "link.txt").symlink_to(put(tmp_path, "a.txt", TEXT))
    assert refused(tmp_path / "link.txt") == "a link, not a file"
    assert refused(tmp_path / "none.txt") == "cannot be read (No such file or directory)"
    assert "null" in refused(tmp_path / "a\0b")


def test_more_than_100_megabytes_are_refused_before_they_are_read(tmp_path):
    place = tmp_path / "a.txt"
    with place.open("wb") as file:
        file.truncate(100_000_001)
    assert refused(place) == "larger than 100 MB"


def test_more_than_20_megabytes_of_text_are_refused(tmp_path):
    begun = time.perf_counter()
    assert (
        refused(put(tmp_path, "a.txt", b"they met " * 2_300_000)) == "its text is longer than 20 MB"
    )
    assert (
        refused(put(tmp_path, "b.txt", b"they met " * 5_000_000)) == "its text is longer than 20 MB"
    )
    assert time.perf_counter() - begun < 5


def test_ten_megabytes_on_one_line_are_read(tmp_path):
    begun = time.perf_counter()
    found = read_document(put(tmp_path, "a.txt", b"they met " * 1_100_000))
    assert time.perf_counter() - begun < 10
    assert paragraphs(found.text) == (Span(0, len(found.text) - 1),)


def test_a_bomb_in_a_word_file_is_refused(tmp_path):
    begun = time.perf_counter()
    assert "grow beyond all use" in refused(put(tmp_path, "a.docx", a_docx("x" * 50_000_000)))
    assert time.perf_counter() - begun < 5


def test_a_missing_extra_is_named(tmp_path, monkeypatch):
    def fail(*_):
        raise ExtraError("pip install 'goodoffices[read]'")

    monkeypatch.setattr(apart, "extract", fail)
    with pytest.raises(ExtraError, match="goodoffices"):
        read_document(put(tmp_path, "a.pdf", a_pdf(["They met."])))


def test_text_needs_no_other_process(tmp_path, monkeypatch):
    monkeypatch.setattr(apart, "extract", None)
    assert read_document(put(tmp_path, "a.txt", TEXT)).text == TEXT
    assert read_document(put(tmp_path, "a.md", TEXT)).text == TEXT


@pytest.mark.parametrize(
    "text", [TEXT, "One\nTwo\n\n\nThree\n", "One\nTwo\nThree", "\n a\n\n", "", "a"]
)
def test_paragraphs_are_those_that_a_claim_counts(text):
    spans = paragraphs(text)
    found = SourceText.of(text)
    assert len(spans) == (len(found.starts) if text.strip() else 0)
    assert [" ".join(span.of(text).split()) for span in spans] == [
        part for part in _parts(found) if part
    ]


def _parts(found: SourceText) -> list[str]:
    ends = (*found.starts[1:], len(found.words) + 1)
    return [found.words[a : b - 1] for a, b in zip(found.starts, ends, strict=True)]


def test_a_copy_holds_the_text_to_the_last_byte(tmp_path):
    document = read_document(put(tmp_path, "a b.txt", TEXT.replace("\n", "\r\n")))
    place = store_copy(document, tmp_path)
    assert place == tmp_path / "a-b.txt"
    assert place.read_bytes() == document.text.encode()
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["a b.txt", "a-b.txt"]


def test_storing_the_same_text_twice_changes_nothing(tmp_path):
    document = Document(id="a", name="a.txt", text="They met.\n")
    place = store_copy(document, tmp_path)
    before = place.stat().st_mtime_ns
    assert store_copy(document, tmp_path) == place
    assert place.stat().st_mtime_ns == before


def test_another_text_is_never_overwritten(tmp_path):
    put(tmp_path, "a.txt", "mine")
    document = Document(id="a", name="a.txt", text="They met.\n")
    place = store_copy(document, tmp_path)
    assert place.name.startswith("a-")
    assert place.read_text() == "They met.\n"
    assert (tmp_path / "a.txt").read_text() == "mine"
    assert store_copy(document, tmp_path) == place
    place.write_text("theirs")
    with pytest.raises(DocumentError, match="another text stands in a-"):
        store_copy(document, tmp_path)
    assert place.read_text() == "theirs"


def test_a_link_under_the_name_is_not_followed(tmp_path):
    (tmp_path / "a.txt").symlink_to(tmp_path / "elsewhere.txt")
    place = store_copy(Document(id="a", name="a.txt", text="They met.\n"), tmp_path)
    assert place.name.startswith("a-")
    assert not (tmp_path / "elsewhere.txt").exists()


def test_an_id_cannot_lead_out_of_the_folder(tmp_path):
    folder = tmp_path / "case"
    folder.mkdir()
    place = store_copy(Document(id="../../etc/a", name="a", text="They met.\n"), folder)
    assert place.parent == folder


def test_a_file_system_without_second_names_will_do(tmp_path, monkeypatch):
    def fail(*_):
        raise OSError("not supported")

    monkeypatch.setattr(os, "link", fail)
    place = store_copy(Document(id="a", name="a.txt", text="They met.\n"), tmp_path)
    assert [entry.name for entry in tmp_path.iterdir()] == [place.name]
    assert place.read_text() == "They met.\n"


def test_a_folder_that_is_not_there_is_said(tmp_path):
    with pytest.raises(DocumentError, match="copy cannot be written"):
        store_copy(Document(id="a", name="a.txt", text="They met.\n"), tmp_path / "none")


@pytest.mark.parametrize(
    ("name", "media"),
    [
        ("a.md", "text/markdown"), ("a.MARKDOWN", "text/markdown"), ("a.mdown", "text/markdown"),
        ("a.mkd", "text/markdown"), ("a.txt", "text/plain"), ("a", "text/plain"),
        ("md", "text/plain"), ("a.md.txt", "text/plain"), ("a.pdf", "text/plain"),
    ],
)  # fmt: skip
def test_text_is_markdown_by_the_ending_of_its_name_only(tmp_path, name, media):
    found = read_document(put(tmp_path, name, "They *met*."))
    assert (found.media, found.text == "They met.\n") == (media, media == "text/markdown")


@pytest.mark.parametrize("name", ["a.html", "a.htm", "a.XHTML", "a.txt"])
def test_a_page_without_a_head_is_one_by_its_name(tmp_path, name):
    found = read_document(put(tmp_path, name, "They met.<br></b> And left."))
    assert (found.media == "text/html") == (name != "a.txt")


@pytest.mark.parametrize(
    ("raw", "what", "mend"),
    [
        (b"\x89PNG\r\n", "a picture", "OCR"),
        (b"\xff\xd8\xff\xe0", "a picture", "OCR"),
        (b"GIF89a", "a picture", "OCR"),
        (b"II*\0", "a picture", "OCR"),
        (b"\x1f\x8b\x08", "a compressed file", "unpack it"),
        (b"7z\xbc\xaf'\x1c", "a compressed file", "unpack it"),
        (b"\x7fELF", "a program", "name a document"),
        (b"MZ\x90\0", "a program", "name a document"),
        (b"{\\rtf1 x}", "an RTF file", ".docx"),
        (b"\xd0\xcf\x11\xe0", "an old Office file", ".docx"),
        (b"PK\x03\x04", "an archive without a Word document in it", ".docx"),
    ],
)
def test_what_is_no_document_says_what_would_help(tmp_path, raw, what, mend):
    with pytest.raises(DocumentError) as refused_:
        read_document(put(tmp_path, "a.txt", raw + b" rest of it"))
    (fault,) = refused_.value.faults
    assert fault.what == f"{what}, which cannot be read"
    assert mend in fault.mend


@given(st.text(max_size=80))
def test_any_name_gives_an_id_that_a_case_and_a_folder_can_hold(name):
    key = id_of(name)
    assert re.fullmatch(r"[^\W_]+(-[^\W_]+)*", key)
    assert len(key) <= 60
    assert id_of(f"{key}.txt") == key


@given(st.text(st.sampled_from("ab .\n"), max_size=40))
def test_paragraphs_hold_all_that_is_not_white_space_in_order(text):
    spans = paragraphs(text)
    assert "".join("".join(span.of(text).split()) for span in spans) == "".join(text.split())
    assert all(one.end <= other.start for one, other in itertools.pairwise(spans))
    assert all(span.of(text).strip() for span in spans)


@settings(max_examples=25)
@given(st.text(max_size=80))
def test_any_text_is_read_or_refused_in_words(text):
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "a.txt"
        place.write_bytes(text.encode("utf-8", "surrogatepass"))
        try:
            found = read_document(place)
        except DocumentError as error:
            assert all(one.what and one.mend for one in error.faults)  # noqa: PT017 (either end is right)
            return
        assert found.text.endswith("\n")
        assert SourceText.of(found.text)
        copy = store_copy(found, folder)
        # The copy is read to the very same text, so that every offset holds.
        if found.media == "text/plain":
            assert copy.read_text(encoding="utf-8") == found.text
