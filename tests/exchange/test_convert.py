from pathlib import Path

import pytest

from goodoffices.case.file import dump_case, read_case, starter
from goodoffices.catalog import load
from goodoffices.errors import CaseError, ExchangeError
from goodoffices.exchange.convert import convert


def test_a_case_becomes_a_folder_and_the_folder_the_same_space(tmp_path: Path) -> None:
    first, folder, again = tmp_path / "a.yaml", tmp_path / "genius", tmp_path / "b.yaml"
    first.write_text(dump_case(load("raiffa-1982-ampo-city")), encoding="utf-8")
    written = convert(first, folder)
    assert {path.parent for path in written} == {folder}
    assert convert(folder, again) == [again]
    one, two = read_case(first), read_case(again)
    assert [len(i.option_ids) for i in one.issues.values()] == [
        len(i.option_ids) for i in two.issues.values()
    ]


def test_the_domain_file_stands_for_its_folder(tmp_path: Path) -> None:
    first, folder = tmp_path / "a.yaml", tmp_path / "genius"
    first.write_text(dump_case(load("raiffa-1982-ampo-city")), encoding="utf-8")
    domain = convert(first, folder)[0]
    convert(folder, tmp_path / "b.yaml")
    convert(domain, tmp_path / "c.yaml")
    assert read_case(tmp_path / "b.yaml") == read_case(tmp_path / "c.yaml")


def test_nothing_that_exists_is_overwritten(tmp_path: Path) -> None:
    case, folder = tmp_path / "a.yaml", tmp_path / "genius"
    case.write_text(dump_case(load("raiffa-1982-ampo-city")), encoding="utf-8")
    convert(case, folder)
    before = case.read_bytes()
    with pytest.raises(ExchangeError, match="exists already; name another file"):
        convert(folder, case)
    assert case.read_bytes() == before


def test_what_the_format_cannot_say_is_listed_and_nothing_is_written(tmp_path: Path) -> None:
    case, folder = tmp_path / "a.yaml", tmp_path / "genius"
    case.write_text(starter(), encoding="utf-8")
    with pytest.raises(ExchangeError, match="--lossy"):
        convert(case, folder)
    assert not folder.exists()


def test_a_case_with_faults_is_not_converted(tmp_path: Path) -> None:
    case = tmp_path / "a.yaml"
    case.write_text("goodoffices: 1\ntitle: x\nissues: {}\nzzz: 1\n", encoding="utf-8")
    with pytest.raises(CaseError, match="zzz"):
        convert(case, tmp_path / "genius")


def test_a_source_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="cannot be read"):
        convert(tmp_path / "no.yaml", tmp_path / "genius")
