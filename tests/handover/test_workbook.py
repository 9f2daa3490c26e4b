import datetime as dt
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from goodoffices.case import Case, build, dump_case, read_case, starter
from goodoffices.errors import CaseError, CaseFileError, ExchangeError
from goodoffices.handover._grid import data_of
from goodoffices.handover._xlsx_in import read_grids
from goodoffices.handover.workbook import Merged, merge_workbook, read_workbook, write_workbook
from tests.case.strategies import cases
from tests.handover.cases import (
    SHIPPED,
    cell_of,
    edited,
    known,
    put,
    said,
    shipped,
    shipped_book,
    small,
    small_book,
)


@pytest.mark.parametrize("name", known())
def test_a_case_of_the_package_comes_back_without_loss(name: str) -> None:
    case = known()[name]
    raw = shipped_book() if case is shipped() else write_workbook(case)
    assert said(read_workbook(raw)) == said(case)


@settings(max_examples=4)
@given(cases())
def test_any_case_comes_back_from_its_workbook_without_loss(case: Case) -> None:
    grids, faults = read_grids(write_workbook(case), "x")
    found = data_of(grids)
    assert (faults, found.faults) == ((), [])
    assert build(found.data) == case


def home(folder: Path) -> Path:
    """A copy of the shipped case, its remarks and its sources too."""
    for name in ("case.yaml", "report.txt", "comment.txt"):
        put(folder, name, (SHIPPED.parent / name).read_bytes())
    return folder / "case.yaml"


def merged(
    folder: Path, change: Callable[[Any], None], *, stale: bool = False
) -> tuple[Merged, str]:
    path = home(folder)
    book = put(folder, "book.xlsx", edited(read_case(path), change))
    found = merge_workbook(book, path, stale=stale)
    return found, path.read_text(encoding="utf-8")


def test_a_workbook_that_nobody_edited_changes_no_byte(tmp_path: Path) -> None:
    found, text = merged(tmp_path, lambda book: None)
    assert found.changed == {}
    assert text == SHIPPED.read_text(encoding="utf-8")


def test_an_edit_changes_its_field_and_no_other_line(tmp_path: Path) -> None:
    path = put(tmp_path, "lake.yaml", starter().encode())
    book = put(tmp_path, "book.xlsx", edited(read_case(path), setting("Matrix", "E2", "0..100")))
    found = merge_workbook(book, path)
    assert found.changed == {"positions": 1}
    old, new = starter().split("\n"), path.read_text(encoding="utf-8").split("\n")
    lines = [pair for pair in zip(old, new, strict=True) if pair[0] != pair[1]]
    assert len(lines) == 1
    assert "weight: 0..100" in lines[0][1]


def test_edits_of_all_kinds_come_in_together(tmp_path: Path) -> None:
    def change(book: Any) -> None:
        cell_of(book["Demands"], "israel-corridor", "firmness").value = "likely"
        cell_of(book["Sources"], "report", "date").value = dt.date(2024, 9, 6)
        cell_of(book["Issues"], "corridor", "note").value = "=not a formula, a note"
        cell_of(book["Issues"], "corridor", "note").data_type = "s"
        text_agreed = next(row for row in book["Case"].rows if row[0].value == "text_agreed.share")
        text_agreed[1].value, text_agreed[1].number_format = 0.8, "0%"
        book["Parties"].append(
            ["qatar", "Qatar", "mediator", None, None, None, None, "team: known to all"]
        )
        book.create_sheet("My notes")["A1"] = "Ask Ann"

    found, text = merged(tmp_path, change)
    case = found.case
    assert case.demands["israel-corridor"].binds.text == "likely"
    assert case.sources["report"].date.date == dt.date(2024, 9, 6)
    assert case.issues["corridor"].note == "=not a formula, a note"
    assert case.text_agreed is not None
    assert case.text_agreed.share.text == "80%"
    assert case.parties["qatar"].role == "mediator"
    assert found.notes == ("My notes",)
    assert "# One party, two voices." in text


def test_a_removed_row_is_gone_from_the_case(tmp_path: Path) -> None:
    def change(book: Any) -> None:
        sheet = book["Scenarios"]
        row = cell_of(sheet, "pressure-at-home", "id").row
        for cell in sheet[row]:
            cell.value = None

    found, text = merged(tmp_path, change)
    assert "pressure-at-home" not in found.case.scenarios
    assert found.changed == {"scenarios": 1}
    assert "pressure-at-home" not in text


def faults(tmp_path: Path, change: Callable[[Any], None]) -> str:
    path = home(tmp_path)
    before = path.read_bytes()
    book = put(tmp_path, "book.xlsx", edited(read_case(path), change))
    with pytest.raises(CaseError) as caught:
        merge_workbook(book, path)
    assert path.read_bytes() == before
    return str(caught.value)


def setting(sheet: str, cell: str, value: Any) -> Callable[[Any], None]:
    def change(book: Any) -> None:
        book[sheet][cell] = value

    return change


FORM = [
    ("Matrix", "E2", "50..30", "Matrix!E2 (positions.israel.corridor.weight): "),
    ("Matrix", "E3", 140, "Matrix!E3 (positions.israel.corridor.values.0): "),
    ("Matrix", "E4", "=20+20", "Matrix!E4: a formula; write the value itself"),
    ("Demands", "C2", "redline", 'did you mean "red line"?'),
    ("Sources", "B2", None, "Sources!A2 (sources.report.title): missing"),
    ("Parties", "A7", "ir an", 'Parties!A7 (parties.ir an): "ir an" is not an id'),
    ("Outlook risks", "B2", None, "Outlook risks!A2 (outlook.risks.deal.name): missing"),
    ("Case", "B4", "=1", "Case!B4: a formula"),
    ("Promises", "D2", "no colon", 'Promises!D2: "no colon" has no colon'),
]
SENSE = [
    ("Demands", "B2", "izrael", 'Demands!B2 (demands.israel-corridor.by): "izrael" is not'),
    ("Demands", "E2", "corridorr: 14", 'did you mean "corridor"?'),
    ("Positions", "D2", "smuggling", "is not an interest"),
]


@pytest.mark.parametrize("wrong", [FORM, SENSE], ids=["form", "sense"])
def test_all_faults_are_told_at_their_cells_in_one_go_and_nothing_is_written(
    tmp_path: Path, wrong: list[tuple[str, str, Any, str]]
) -> None:
    def change(book: Any) -> None:
        for sheet, cell, value, _ in wrong:
            book[sheet][cell] = value

    told = faults(tmp_path, change)
    assert [fault for *_, fault in wrong if fault not in told] == []
    assert told.startswith(f"{len(wrong)} faults in ")


def test_a_missing_sheet_is_a_slip_and_removes_nothing(tmp_path: Path) -> None:
    def change(book: Any) -> None:
        del book["Demands"]
        book["Trust"].title = "Trusts"

    told = faults(tmp_path, change)
    assert "Demands: this sheet is missing; put it back; to remove its items, empty its" in told
    assert 'Trust: this sheet is missing; did you mean "Trusts"?' in told


def test_a_case_changed_since_the_export_is_not_overwritten(tmp_path: Path) -> None:
    path = home(tmp_path)
    book = put(tmp_path, "book.xlsx", edited(read_case(path), setting("Case", "B3", "Renamed")))
    text = path.read_text(encoding="utf-8").replace("purpose: >-", "purpose: >")
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CaseError, match="was changed after this workbook was written from it"):
        merge_workbook(book, path)
    assert path.read_text(encoding="utf-8") == text
    assert merge_workbook(book, path, stale=True).case.title == "Renamed"
    assert not read_case(path).purpose.endswith("\n")


def test_a_remark_alone_does_not_make_a_workbook_stale(tmp_path: Path) -> None:
    path = home(tmp_path)
    book = put(tmp_path, "book.xlsx", edited(read_case(path), setting("Case", "B3", "Renamed")))
    with path.open("a", encoding="utf-8") as file:
        file.write("# A remark.\n")
    merge_workbook(book, path)
    assert path.read_text(encoding="utf-8").endswith("# A remark.\n")


def test_a_workbook_made_by_hand_without_empty_sheets_is_read() -> None:
    def change(book: Any) -> None:
        for sheet in book.worksheets:
            if sheet.max_row == 1 or sheet.title == "Read me":
                book.remove(sheet)

    assert read_workbook(edited(small(), change)) == small()


def test_a_file_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    book = put(tmp_path, "book.xlsx", b"id,name\n")
    with pytest.raises(ExchangeError, match=r"book\.xlsx: is not a workbook"):
        merge_workbook(book, home(tmp_path))


def test_a_pipe_or_a_folder_is_no_workbook(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for place in (tmp_path / "pipe", tmp_path):
        with pytest.raises(CaseFileError):
            merge_workbook(place, home(tmp_path))


def test_hostile_texts_come_back_as_they_were() -> None:
    texts = [
        "=1+1",
        "@x",
        "_x0041_",
        "</t></is>",
        "\u202eturned",
        "'quoted",
        "TRUE",
        "1e5",
        "#REF!",
    ]
    case = build(
        {
            "goodoffices": 1,
            "title": "=HYPERLINK(1)",
            "parties": {f"p{n}": {"name": t, "role": "bystander"} for n, t in enumerate(texts)},
        }
    )
    grids, _ = read_grids(write_workbook(case), "x")
    assert build(data_of(grids).data) == case


def test_a_large_case_goes_out_and_in_within_seconds() -> None:
    raw: dict[str, Any] = {
        "goodoffices": 1,
        "title": "Large",
        "claims": {f"c{n}": {"class": "assumption", "note": f"note {n}"} for n in range(500)},
        "parties": {f"p{n}": {"name": f"P{n}", "role": "principal"} for n in range(12)},
        "demands": {
            f"w{n}": {"by": f"p{n}", "kind": "walk-away", "name": "No deal", "value": None}
            for n in range(12)
        },
        "issues": {f"i{n}": {"name": f"I{n}", "options": ["a", "b", "c"]} for n in range(30)},
        "positions": {
            f"p{p}": {
                f"i{n}": {"weight": "0..5", "values": {"a": 0, "c": 100}, "assumed": "team: w"}
                for n in range(30)
            }
            for p in range(12)
        },
    }
    case = build(raw)
    assert read_workbook(write_workbook(case)) == case


def test_a_written_case_and_its_workbook_say_the_same() -> None:
    assert dump_case(read_workbook(small_book())) == dump_case(small())
