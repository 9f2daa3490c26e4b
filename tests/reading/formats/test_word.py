import io
import struct
import time
import zipfile

import pytest

from goodoffices.reading.formats.extract import Unreadable
from goodoffices.reading.formats.word import docx, is_docx
from tests.reading.files import a_docx, a_zip, paragraph, word_xml

BODY = paragraph("Talks stall", "Title") + paragraph("The parties met.")


def refused(raw: bytes) -> str:
    with pytest.raises(Unreadable) as caught:
        docx(raw)
    assert caught.value.mend
    return caught.value.what


def test_paragraphs_are_parted_by_blank_lines_and_the_title_is_one_of_them():
    found = docx(a_docx(BODY))
    assert found.text == "Talks stall\n\nThe parties met."
    assert found.title == "Talks stall"
    assert found.notes == ()


def test_a_file_of_the_usual_library_is_read_whole():
    import docx as library

    document = library.Document()
    document.core_properties.title = "Joint communiqué"
    document.add_heading("Agreed points", 1)
    document.add_paragraph("The parties met – and agreed.")
    table = document.add_table(2, 2)
    for k, text in enumerate(("Prisoners", "30", "Days", "7")):
        table.cell(k // 2, k % 2).text = text
    document.add_paragraph("one point", style="List Bullet")
    buffer = io.BytesIO()
    document.save(buffer)
    found = docx(buffer.getvalue())
    assert found.text == (
        "Agreed points\n\nThe parties met – and agreed.\n\nPrisoners | 30\n\nDays | 7\n\none point"
    )
    assert found.title == "Joint communiqué"


def test_the_title_of_the_properties_counts_where_no_paragraph_is_one():
    core = '<c xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title> The  talks </dc:title></c>'
    assert docx(a_docx(paragraph("They met."), docProps__core=core)).title == "The talks"
    wordy = core.replace("The  talks", "Microsoft Word - draft")
    assert docx(a_docx(paragraph("They met."), docProps__core=wordy)).title is None


def test_notes_at_the_foot_follow_the_text_and_comments_are_said_to_be_left_out():
    found = docx(
        a_docx(BODY, word__footnotes=word_xml(paragraph("As of Monday.")), word__comments="<c/>")
    )
    assert found.text.endswith("The parties met.\n\nAs of Monday.")
    assert found.notes == ("comments in the margin left out",)


def test_an_archive_is_a_word_file_if_it_holds_one():
    assert is_docx(a_docx(BODY))
    assert not is_docx(a_zip({"content.xml": "<a/>"}))
    assert not is_docx(b"PK\x03\x04 and nothing else")
    assert "without a Word document" in refused(a_zip({"content.xml": "<a/>"}))


def test_a_bomb_is_refused_before_it_is_inflated():
    begun = time.perf_counter()
    assert "grow beyond all use" in refused(a_docx("x" * 50_000_000))
    many = a_zip({"word/document.xml": word_xml(BODY)})
    assert time.perf_counter() - begun < 3
    # A declared size counts, whichever part declares it.
    liar = many.replace(struct.pack("<I", len(word_xml(BODY))), struct.pack("<I", 4_000_000_000))
    assert "grow beyond all use" in refused(liar)


def test_a_part_that_holds_more_than_it_declares_is_refused():
    xml = word_xml(BODY)
    raw = a_docx(BODY).replace(struct.pack("<I", len(xml)), struct.pack("<I", 50))
    assert "not whole" in refused(raw) or "not a whole Word file" in refused(raw)


def test_ten_thousand_parts_are_too_many():
    assert "10,000 parts" in refused(a_docx(BODY, **{f"p{k}": "" for k in range(10_001)}))


def test_the_extended_form_of_archives_is_refused():
    raw = a_docx(BODY)
    end = raw.rfind(b"PK\x05\x06")
    assert "10,000 parts" in refused(raw[:end] + b"PK\x06\x07" + b"\0" * 16 + raw[end:])


@pytest.mark.parametrize("keep", [30, 200, -30, -1])
def test_a_cut_off_file_is_refused(keep):
    assert "not a whole Word file" in refused(a_docx(BODY)[:keep])


def test_an_encrypted_part_is_refused():
    raw = bytearray(a_docx(BODY))
    for signature, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        raw[raw.find(signature) + place] |= 1
    assert refused(bytes(raw)) == "it is encrypted"


def test_a_damaged_part_is_refused():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("word/document.xml", word_xml(BODY))
    assert "not a whole Word file" in refused(buffer.getvalue().replace(b"parties", b"partied", 1))
