import datetime as dt
import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goodoffices.case import build
from goodoffices.errors import CaseError, ExchangeError
from goodoffices.handover import _archive
from goodoffices.handover._archive import MOST_BYTES, inspected, settled
from goodoffices.handover.workbook import read_workbook, write_workbook
from tests.handover.cases import member, repacked, small_book


def refused(raw: bytes) -> str:
    with pytest.raises(ExchangeError) as caught:
        inspected(raw, "their.xlsx")
    return str(caught.value)


def with_member(name: str, content: bytes) -> bytes:
    return repacked(small_book(), lambda members: members.update({name: content}))


def test_a_workbook_of_our_own_is_let_through() -> None:
    raw = small_book()
    assert inspected(raw, "our.xlsx") == raw


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("xl/vbaProject.bin", "holds macros, which are never read"),
        ("xl/macrosheets/sheet1.xml", "holds macros"),
        ("xl/activeX/activeX1.xml", "holds macros"),
        ("xl/externalLinks/externalLink1.xml", "holds links to other workbooks"),
        ("xl/connections.xml", "holds connections to data elsewhere"),
        ("xl/queryTables/queryTable1.xml", "holds connections to data elsewhere"),
        ("xl/embeddings/oleObject1.bin", "holds embedded objects"),
    ],
)
def test_what_reaches_beyond_its_cells_is_refused(name: str, what: str) -> None:
    assert what in refused(with_member(name, b"<x/>"))


def test_a_workbook_that_is_made_for_macros_is_refused() -> None:
    def change(members: dict[str, bytes]) -> None:
        kinds = members["[Content_Types].xml"]
        members["[Content_Types].xml"] = kinds.replace(
            b"spreadsheetml.sheet.main", b"sheet.macroEnabled.main"
        ).replace(b"openxmlformats-officedocument.sheet.macro", b"ms-excel.sheet.macro")

    assert "made for macros" in refused(repacked(small_book(), change))


BARE = write_workbook(build({"goodoffices": 1, "title": "T"}))
LAUGHS = (
    b"""<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><l>&b;</l>"""
)


@pytest.mark.parametrize(
    "content",
    [
        LAUGHS,
        b'<!DOCTYPE x SYSTEM "file:///etc/hostname"><x/>',
        b'<x><!ENTITY a SYSTEM "http://127.0.0.1/"></x>',
    ],
)
def test_a_document_type_is_refused_before_anything_is_parsed(content: bytes) -> None:
    assert "document type" in refused(with_member("xl/worksheets/sheet1.xml", content))


@pytest.mark.parametrize(
    "content",
    [
        "<x/>".encode("utf-16"),
        "<x/>".encode("utf-16-le"),
        b'<?xml version="1.0" encoding="UTF-7"?><x/>',
        b"<?xml version='1.0' encoding='IBM037'?><x/>",
    ],
)
def test_text_in_another_encoding_could_hide_one_and_is_refused(content: bytes) -> None:
    assert "not UTF-8" in refused(with_member("xl/styles.xml", content))


def test_a_bomb_is_not_unpacked_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_archive, "MOST_UNPACKED", 1_000_000)
    bomb = with_member("xl/media/big.bin", bytes(50_000_000))
    assert len(bomb) < 1_000_000
    assert "unpacks to more than 1 MB" in refused(bomb)


def test_a_file_of_thousands_of_parts_is_refused() -> None:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for number in range(501):
            archive.writestr(f"{number}.xml", "")
    assert "more than 500 parts" in refused(written.getvalue())


def test_a_file_larger_than_any_case_is_refused() -> None:
    assert "larger than 20 MB" in refused(bytes(MOST_BYTES + 1))


def test_a_workbook_with_a_password_is_refused_with_the_remedy() -> None:
    assert "without a password" in refused(b"\xd0\xcf\x11\xe0" + bytes(512))


def test_a_locked_part_is_refused() -> None:
    raw = bytearray(small_book())
    # The mark of encryption in the header of the first part, and in the list of all parts.
    raw[6] |= 1
    start = bytes(raw).rindex(b"PK\x01\x02", 0, bytes(raw).index(b"PK\x01\x02") + 4)
    raw[start + 8] |= 1
    assert "password" in refused(bytes(raw))


@pytest.mark.parametrize("cut", [0, 10, 1000, -100])
def test_a_damaged_file_is_refused_with_the_remedy(cut: int) -> None:
    assert "damaged; export it again" in refused(small_book()[:cut])


@settings(max_examples=15)
@given(st.binary(max_size=300))
def test_any_bytes_are_a_case_or_refused(raw: bytes) -> None:
    with pytest.raises(ExchangeError):
        read_workbook(raw)


@settings(max_examples=8)
@given(st.integers(0, 10**6), st.binary(min_size=1, max_size=8))
def test_a_workbook_with_any_bytes_overwritten_never_breaks_the_program(
    place: int, content: bytes
) -> None:
    raw = bytearray(BARE)
    start = place % (len(raw) - len(content))
    raw[start : start + len(content)] = content
    try:
        read_workbook(bytes(raw))
    except (ExchangeError, CaseError):
        return


def test_an_office_file_carries_the_day_it_was_given_and_no_hour() -> None:
    raw = small_book()
    assert b"2020-02-03T00:00:00Z</dcterms:modified>" in member(raw, "docProps/core.xml")
    assert b"1999-12-31T00:00:00Z" in member(
        settled(raw, dt.date(1999, 12, 31)), "docProps/core.xml"
    )
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        assert {one.date_time for one in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
