"""What `export` writes for each ending, and what `import-matrix` says of each workbook."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import goodoffices.handover.bundle
from goodoffices.case import build, read_case
from goodoffices.case._write import document
from goodoffices.handover.workbook import write_workbook
from tests.case.cases import spoilt, write_small
from tests.cli.conftest import Run

SECRET = "the aide asked not to be named"
MARKED: dict[str, Any] = {
    "claims/secret": {
        "class": "fact", "source": "report", "quote": "Talks on the corridor", "note": SECRET,
        "confidential": True,
    },
    "trust/quiet": {"who": "north", "whom": "south", "kept": 0.5, "because": "secret"},
}  # fmt: skip
ENDINGS = (".docx", ".xlsx", ".csv", ".json", ".yaml")
IN_A_FOLDER = {
    "brief.docx", "matrix.xlsx", "claims.csv", "claims.json", "results.csv", "results.json",
    "case.yaml", "report.txt",
}  # fmt: skip


@pytest.fixture
def case(tmp_path: Path) -> Path:
    home = tmp_path / "home"
    home.mkdir()
    return write_small(home, document(spoilt(MARKED)))


def text_of(path: Path) -> str:
    """Return everything that a file says, as text."""
    if path.suffix == ".docx":
        import docx

        whole = docx.Document(str(path))
        cells = (cell for table in whole.tables for row in table.rows for cell in row.cells)
        return "\n".join([*(p.text for p in whole.paragraphs), *(cell.text for cell in cells)])
    if path.suffix == ".xlsx":
        book = openpyxl.load_workbook(path)
        values = (cell for sheet in book for row in sheet.values for cell in row)
        return "\n".join(str(value) for value in values if value is not None)
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("redacted", [False, True])
@pytest.mark.parametrize(
    ("ending", "results"),
    [*((ending, False) for ending in ENDINGS), (".csv", True), (".json", True)],
)
def test_every_kind_of_file_is_written_with_and_without_what_is_confidential(
    run: Run, case: Path, ending: str, results: bool, redacted: bool
) -> None:
    out = Path(f"out{ending}")
    options = [*(["--results"] if results else []), *(["--redacted"] if redacted else [])]
    code, said, told = run("export", case, "-o", out, "--draws", 100, *options)
    assert (code, said) == (0, f"wrote {out}\n")
    assert [path.name for path in Path.cwd().iterdir() if path.is_file()] == [out.name]
    text = text_of(out)
    # The brief shows what evidence says, and no private note to it.
    shows = ending in {".xlsx", ".yaml"} or (ending in {".csv", ".json"} and not results)
    assert (SECRET in text) == (shows and not redacted)
    assert ("confidential" in told) == redacted


@pytest.mark.parametrize("redacted", [False, True])
def test_a_folder_holds_every_kind_and_nothing_says_what_is_confidential(
    run: Run, case: Path, redacted: bool
) -> None:
    options = ["--redacted"] if redacted else []
    code, said, told = run("export", case, "-o", "all", "--draws", 100, "--json", *options)
    assert code == 0
    written = [Path(name) for name in json.loads(said)["written"]]
    assert {path.name for path in Path("all").iterdir()} == {path.name for path in written}
    expected = IN_A_FOLDER - {"report.txt"} if redacted else IN_A_FOLDER
    assert {path.name for path in written} == expected
    holding = {path.name for path in written if SECRET in text_of(path)}
    assert bool(holding) is not redacted
    assert ("left out" in told) == redacted
    if redacted:
        assert "left out, marked: claims 1" in told
        assert "left out, resting on them: trust 1" in told


def test_a_redacted_copy_of_a_case_has_no_trace_of_what_rested_on_it(run: Run, case: Path) -> None:
    run("export", case, "-o", "copy.yaml", "--redacted")
    copy = read_case("copy.yaml", checked=False)
    assert "secret" not in copy.claims
    assert "quiet" not in copy.trust
    assert copy.demands.keys() == read_case(case, checked=False).demands.keys()


def test_a_case_in_which_nothing_is_marked_is_handed_over_whole(run: Run, tmp_path: Path) -> None:
    case = write_small(tmp_path)
    code, _, told = run("export", case, "-o", "copy.yaml", "--redacted")
    assert code == 0
    assert "left out, " not in told
    assert read_case("copy.yaml", checked=False) == read_case(case, checked=False)


def test_only_files_that_show_results_ask_the_lenses_and_then_once(
    run: Run, case: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    lens = goodoffices.deals.deals  # type: ignore[attr-defined]

    def counted(*given: Any, **options: Any) -> Any:
        asked.append(options["draws"])
        return lens(*given, **options)

    monkeypatch.setattr("goodoffices.deals.deals", counted)
    for ending, results in ((".docx", False), (".csv", False), (".csv", True)):
        asked.clear()
        options = ["--results"] if results else []
        run("export", case, "-o", f"out{ending}", "--draws", 120, *options)
        needed = ending == ".docx" or results
        assert asked == [120] * needed, (ending, results)
    asked.clear()
    run("export", case, "-o", "all", "--draws", 130)
    assert asked == [130]


def test_claims_and_results_are_tables_with_a_head(run: Run, case: Path) -> None:
    for options in ([], ["--results"]):
        run("export", case, "-o", "out.csv", "--draws", 100, *options)
        rows = list(csv.reader(io.StringIO(Path("out.csv").read_text(encoding="utf-8-sig"))))
        assert len({len(row) for row in rows}) == 1
        assert len(set(rows[0])) == len(rows[0])
        assert len(rows) > 4


@pytest.mark.parametrize("name", ["out.html", "out.pdf", "out.xls", "out.doc", "out.tar.gz"])
def test_an_ending_that_is_not_known_names_those_that_are(run: Run, case: Path, name: str) -> None:
    code, said, told = run("export", case, "-o", name, "--draws", 100)
    assert (code, said, Path(name).exists()) == (1, "", False)
    for ending in (".docx", ".xlsx", ".csv", ".json", ".yaml"):
        assert ending in told


@pytest.mark.parametrize("ending", [".CSV", ".Json", ".YML"])
def test_an_ending_counts_in_any_letters(run: Run, case: Path, ending: str) -> None:
    assert run("export", case, "-o", f"out{ending}", "--draws", 100)[0] == 0
    assert Path(f"out{ending}").stat().st_size > 0


def test_the_case_itself_is_never_written_over(run: Run, case: Path) -> None:
    before = case.read_bytes()
    for target in (case, case.parent, case.with_name("..") / "home" / "case.yaml"):
        code, said, told = run("export", case, "-o", target, "--redacted", "--draws", 100)
        assert (code, said) == (1, "")
        assert "is the case itself" in told
    assert case.read_bytes() == before
    assert {path.name for path in case.parent.iterdir()} == {"case.yaml", "report.txt"}


def test_another_case_is_not_written_over_either(run: Run, case: Path) -> None:
    Path("other.yaml").write_text("title: mine\n", encoding="utf-8")
    code, _, told = run("export", case, "-o", "other.yaml")
    assert (code, Path("other.yaml").read_text(encoding="utf-8")) == (1, "title: mine\n")
    assert "says something else" in told
    # The same again is no loss.
    run("export", case, "-o", "copy.yaml")
    assert run("export", case, "-o", "copy.yaml")[0] == 0


# --- Bringing back --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def exported() -> bytes:
    """The workbook of the case; it doesn't hold where the case stood."""
    return write_workbook(build(spoilt(MARKED)))


@pytest.fixture
def book(run: Run, case: Path, exported: bytes) -> Path:
    place = Path("matrix.xlsx")
    place.write_bytes(exported)
    return place


def cell_that_says(book: Path, sheet: str, text: str) -> str:
    """Return where a sheet says something."""
    for row in openpyxl.load_workbook(book)[sheet].iter_rows():
        for cell in row:
            if str(cell.value) == text:
                return str(cell.coordinate)
    raise AssertionError(f"{sheet} does not say {text}")


def put(book: Path, sheet: str, place: str, value: object) -> None:
    edited = openpyxl.load_workbook(book)
    edited[sheet][place] = value
    edited.save(book)


def test_a_workbook_that_nobody_edited_changes_nothing(run: Run, case: Path, book: Path) -> None:
    before = case.read_bytes()
    code, said, _ = run("import-matrix", book, case)
    assert (code, said) == (0, f"{case}: nothing to change\n")
    code, said, _ = run("import-matrix", book, case, "--json")
    assert (code, json.loads(said)) == (0, {"written": []})
    assert case.read_bytes() == before


def test_what_was_edited_is_in_the_case_and_told_by_its_section(
    run: Run, case: Path, book: Path
) -> None:
    put(book, "Demands", cell_that_says(book, "Demands", "60..80%"), "10..20%")
    put(book, "Parties", cell_that_says(book, "Parties", "South"), "The South")
    code, said, _ = run("import-matrix", book, case, "--json")
    assert (code, json.loads(said)) == (0, {"written": [str(case)]})
    after = read_case(case, checked=False)
    assert after.demands["no-troops"].firmness.text == "10..20%"
    assert after.parties["south"].name == "The South"


def test_a_sheet_that_is_not_read_is_named(run: Run, case: Path, book: Path) -> None:
    edited = openpyxl.load_workbook(book)
    edited.create_sheet("My own notes")
    edited.save(book)
    code, _, told = run("import-matrix", book, case)
    assert code == 0
    assert told == "goodoffices: the sheet My own notes is not read\n"


def test_an_older_workbook_is_brought_back_only_if_its_word_shall_hold(
    run: Run, case: Path, book: Path
) -> None:
    put(book, "Parties", cell_that_says(book, "Parties", "South"), "The South")
    text = case.read_text(encoding="utf-8").replace("title: The corridor", "title: The road")
    case.write_text(text, encoding="utf-8")
    code, said, told = run("import-matrix", book, case)
    assert (code, said, case.read_text(encoding="utf-8")) == (1, "", text)
    assert "changed after this workbook was written" in told
    assert run("import-matrix", book, case, "--stale")[0] == 0
    assert read_case(case, checked=False).parties["south"].name == "The South"


@pytest.mark.parametrize("raw", [b"", b"PK\x03\x04", b"not a workbook", b"\xd0\xcf\x11\xe0"])
def test_a_file_that_is_no_workbook_is_refused_in_words(run: Run, case: Path, raw: bytes) -> None:
    Path("matrix.xlsx").write_bytes(raw)
    before = case.read_bytes()
    code, said, told = run("import-matrix", "matrix.xlsx", case)
    assert (code, said, case.read_bytes()) == (1, "", before)
    assert "matrix.xlsx" in told
    assert "Traceback" not in told
