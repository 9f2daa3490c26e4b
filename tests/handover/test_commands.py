"""The commands `export` and `import-matrix`, as a person types them."""

import json
from pathlib import Path

import openpyxl
import pytest

from goodoffices.case import read_case
from goodoffices.cli import main
from tests.handover.cases import SHIPPED


@pytest.fixture
def case(tmp_path: Path) -> Path:
    for name in ("case.yaml", "report.txt", "comment.txt"):
        (tmp_path / name).write_bytes((SHIPPED.parent / name).read_bytes())
    return tmp_path / "case.yaml"


def run(capsys: pytest.CaptureFixture[str], *words: str | Path) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as done:
        main([str(word) for word in words])
    said = capsys.readouterr()
    return int(done.value.code or 0), said.out, said.err


def mark(case: Path, claim: str) -> None:
    text = case.read_text(encoding="utf-8")
    marked = text.replace(
        f"  {claim}:\n    {{class:", f"  {claim}:\n    {{confidential: true, class:"
    )
    assert marked != text
    case.write_text(marked, encoding="utf-8")


def test_a_workbook_goes_out_is_edited_and_comes_back(
    capsys: pytest.CaptureFixture[str], case: Path, tmp_path: Path
) -> None:
    book = tmp_path / "matrix.xlsx"
    assert run(capsys, "export", case, "-o", book) == (0, f"wrote {book}\n", "")
    edited = openpyxl.load_workbook(book)
    edited["Matrix"]["E2"] = "25..45"
    edited.save(book)
    code, out, _ = run(capsys, "import-matrix", book, case)
    assert (code, out) == (0, f"{case}: changed positions 1\n")
    assert read_case(case).positions["israel"]["corridor"].weight.text == "25..45"
    code, _, err = run(capsys, "import-matrix", book, case)
    assert code == 1
    assert "changed after this workbook was written" in err
    assert run(capsys, "import-matrix", book, case, "--stale")[1] == f"{case}: nothing to change\n"


def test_faults_are_told_with_their_cells(
    capsys: pytest.CaptureFixture[str], case: Path, tmp_path: Path
) -> None:
    book = tmp_path / "matrix.xlsx"
    run(capsys, "export", case, "-o", book)
    edited = openpyxl.load_workbook(book)
    edited["Demands"]["C2"] = "redline"
    edited.save(book)
    before = case.read_bytes()
    code, out, err = run(capsys, "import-matrix", book, case)
    assert (code, out) == (1, "")
    assert "Demands!C2" in err
    assert 'did you mean "red line"?' in err
    assert case.read_bytes() == before


def test_a_redacted_copy_tells_the_sender_what_was_left_out(
    capsys: pytest.CaptureFixture[str], case: Path, tmp_path: Path
) -> None:
    mark(case, "six-killed")
    copy = tmp_path / "copy.yaml"
    code, out, err = run(capsys, "export", case, "-o", copy, "--redacted")
    assert (code, out) == (0, f"wrote {copy}\n")
    assert "left out, marked: claims 1" in err
    assert "left out: 1 stored source" in err
    assert "outlook.events.six-killed" in err
    assert "six-killed" not in read_case(copy).claims


def test_what_was_written_is_told_as_json_too(
    capsys: pytest.CaptureFixture[str], case: Path, tmp_path: Path
) -> None:
    out = run(capsys, "export", case, "-o", tmp_path / "claims.csv", "--json")[1]
    assert json.loads(out) == {"written": [str(tmp_path / "claims.csv")]}


def test_the_brief_in_word_takes_draws_seed_and_scenario(
    capsys: pytest.CaptureFixture[str], case: Path, tmp_path: Path
) -> None:
    brief = tmp_path / "brief.docx"
    words = ("--draws", "200", "--seed", "7", "--scenario", "written-guarantee")
    assert run(capsys, "export", case, "-o", brief, *words)[0] == 0
    assert brief.read_bytes()[:2] == b"PK"


def test_a_file_that_cannot_be_written_is_told_without_a_trace(
    capsys: pytest.CaptureFixture[str], case: Path, tmp_path: Path
) -> None:
    code, _, err = run(capsys, "export", case, "-o", tmp_path / "none" / "claims.csv")
    assert code == 1
    assert "Traceback" not in err
