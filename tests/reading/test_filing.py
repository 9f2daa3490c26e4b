"""A reading put on disk."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import goodoffices.reading.filing
from goodoffices.case import check_file, dump_case, read_case
from goodoffices.case.drafts import drafts_of, settled
from goodoffices.errors import CaseError, CaseFileError, Fault
from goodoffices.reading.filing import file_reading, texts_of
from goodoffices.reading.merge import merge
from goodoffices.reading.merged import Reading
from tests.case.cases import SMALL, write_small
from tests.reading.found import REPORT, WIRE, report, wire


@pytest.fixture
def reading() -> Reading:
    return merge([report(), wire()])


def contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_a_new_case_stands_beside_copies_of_its_documents(tmp_path: Path, reading: Reading) -> None:
    filed = file_reading(reading, tmp_path / "port.yaml")
    assert [path.relative_to(tmp_path).as_posix() for path in filed.written] == [
        "port.yaml",
        "port-sources/talks-stall.txt",
        "port-sources/no-progress.txt",
    ]
    found = contents(tmp_path)
    assert found["port-sources/talks-stall.txt"].decode() == REPORT
    assert found["port-sources/no-progress.txt"].decode() == WIRE
    faults = check_file(tmp_path / "port.yaml")
    assert [fault for fault in faults if fault.severity == "error"] == []


def test_what_stands_there_is_never_overwritten(tmp_path: Path, reading: Reading) -> None:
    place = tmp_path / "port.yaml"
    place.write_text("mine")
    with pytest.raises(CaseError, match="exists already"):
        file_reading(reading, place)
    assert contents(tmp_path) == {"port.yaml": b"mine"}


def test_another_text_under_the_name_of_a_copy_is_not_lost(
    tmp_path: Path, reading: Reading
) -> None:
    other = tmp_path / "port-sources" / "no-progress.txt"
    other.parent.mkdir()
    other.write_text("mine")
    with pytest.raises(CaseError, match="exists already, with another text"):
        file_reading(reading, tmp_path / "port.yaml")
    assert contents(tmp_path) == {"port-sources/no-progress.txt": b"mine"}


def test_a_copy_that_is_there_already_will_do(tmp_path: Path, reading: Reading) -> None:
    file_reading(reading, tmp_path / "port.yaml")
    (tmp_path / "port.yaml").unlink()
    filed = file_reading(reading, tmp_path / "port.yaml")
    assert filed.written == (tmp_path / "port.yaml",)


def test_drafts_are_added_to_a_case_whose_own_bytes_stay(tmp_path: Path, reading: Reading) -> None:
    place = write_small(tmp_path, SMALL.replace("parties:", "# Who.\nparties:", 1))
    filed = file_reading(reading, place, into=place)
    text = place.read_text(encoding="utf-8")
    assert "# Who.\nparties:" in text
    assert settled(read_case(place, checked=False)) == settled(filed.drafted.case)
    # The one line that had to grow: the North has a faction more now.
    factions = "    factions: {hawks: {name: Hawks, veto: true}}"
    assert set(SMALL.splitlines()) - set(text.splitlines()) == {factions}


def test_reading_the_same_again_leaves_every_byte(tmp_path: Path, reading: Reading) -> None:
    place = write_small(tmp_path)
    file_reading(reading, place, into=place)
    before = contents(tmp_path)
    again = file_reading(reading, place, into=place)
    assert again.written == ()
    assert contents(tmp_path) == before


def test_a_work_copy_leaves_the_case_and_its_sources_as_they_are(
    tmp_path: Path, reading: Reading
) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "work").mkdir()
    place = write_small(tmp_path / "mine")
    before = contents(tmp_path / "mine")
    copy = tmp_path / "work" / "case.yaml"
    filed = file_reading(reading, copy, into=place)
    assert contents(tmp_path / "mine") == before
    assert copy in filed.written
    assert (tmp_path / "work" / "report.txt").exists()
    assert settled(read_case(copy)) == read_case(place)
    assert drafts_of(read_case(copy))


def test_a_source_that_cannot_be_read_is_left_out(tmp_path: Path) -> None:
    place = write_small(tmp_path)
    (tmp_path / "report.txt").unlink()
    assert texts_of(read_case(place, checked=False), tmp_path) == {}


def test_a_source_outside_of_the_case_is_not_copied(tmp_path: Path, reading: Reading) -> None:
    (tmp_path / "secret.txt").write_text("not yours")
    folder = tmp_path / "case"
    folder.mkdir()
    (tmp_path / "work").mkdir()
    place = write_small(folder, SMALL.replace("report.txt", "../secret.txt"))
    file_reading(reading, tmp_path / "work" / "case.yaml", into=place)
    assert not any("secret" in name for name in contents(tmp_path / "work"))


def test_nothing_half_done_is_left_where_the_case_cannot_be_written(
    tmp_path: Path, reading: Reading
) -> None:
    place = tmp_path / "gone" / "port.yaml"
    with pytest.raises(CaseError):
        file_reading(merge([]), place)
    assert not place.parent.exists()


def test_more_than_a_case_file_holds_is_refused_before_anything_is_written(
    tmp_path: Path, reading: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(case: object) -> str:
        raise CaseFileError([Fault(where="the case", what="too long", mend="split it")], "the case")

    monkeypatch.setattr(goodoffices.reading.filing, "dump_case", refuse)
    monkeypatch.setattr(goodoffices.reading.filing, "MANY", 4)
    for into in (None, write_small(tmp_path)):
        before = contents(tmp_path)
        with pytest.raises(CaseFileError, match="read fewer documents at a time"):
            file_reading(reading, into or tmp_path / "port.yaml", into=into)
        assert contents(tmp_path) == before


def test_a_written_case_reads_back_equal(tmp_path: Path, reading: Reading) -> None:
    filed = file_reading(reading, tmp_path / "port.yaml")
    assert read_case(tmp_path / "port.yaml") == filed.drafted.case
    assert (tmp_path / "port.yaml").read_text(encoding="utf-8") == dump_case(filed.drafted.case)
    shutil.rmtree(tmp_path / "port-sources")
    assert any(f.severity == "warning" for f in check_file(tmp_path / "port.yaml"))
