"""A case as a workbook of its issue-by-party matrix and all else, and back without loss."""

from __future__ import annotations

import hashlib
import os
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from goodoffices.case._faults import error
from goodoffices.case._plain import plain
from goodoffices.case.check import check
from goodoffices.case.document import build, load_document, read_bytes
from goodoffices.case.file import save_case
from goodoffices.case.model import Case
from goodoffices.errors import CaseError, Fault, nearest
from goodoffices.handover._archive import MOST_BYTES
from goodoffices.handover._grid import CASE_SHEET, Grid, data_of, sheets_of
from goodoffices.handover._plan import MATRIX, MORE_SHEET, plan
from goodoffices.handover._xlsx_in import read_grids
from goodoffices.handover._xlsx_out import write_grids

__all__ = ["Merged", "merge_workbook", "read_workbook", "write_workbook"]

FINGERPRINT = "(fingerprint)"
_ABOUT = """
Each sheet is one part of the case, each row one item. The sheet Matrix has a row for each issue's \
weight and for each option, and a column for each party and faction.
An uncertain number is written as in the case file: 40, 30..50 (anywhere between), 30..40..55 \
(low, likely, high), a probability also as 60..80% or in words (unlikely). A blank cell says that \
nothing is known; it is never zero.
Several ids or options: one, two. Options of issues: corridor: below 14, release: [first, \
together]. In `assumed`, write who assumes it, and why.
Add rows, empty rows, change cells; leave the first row of a sheet and its name as they are. A \
column whose head stands in brackets, a sheet with another name, and this page are notes: they \
are not read back.
Formulas are refused: write the value itself.
To bring the changes into the case: goodoffices import-matrix THIS-FILE CASE
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Merged:
    """What a workbook changed in a case file."""

    case: Case
    changed: Mapping[str, int]
    """Part of the case (`positions`, `demands`) to how many of its items differ."""
    notes: tuple[str, ...]
    """Names of sheets that were not read."""


def write_workbook(case: Case, *, note: str = "") -> bytes:
    """Return a case as a workbook (.xlsx); reading it gives an equal case.

    `note` stands below its title, on a page that is not read back. No cell is a formula. The same
    case gives the same bytes.
    """
    first, *rest = sheets_of(case)
    rows = [*first.rows, [FINGERPRINT, _fingerprint(case), "The case that was exported."]]
    about = (case.title, note, *_ABOUT.splitlines())
    return write_grids([replace(first, rows=rows), *rest], about, case.as_of.date)


def read_workbook(raw: bytes, subject: str = "the workbook") -> Case:
    """Return the case that a workbook says, form and sense checked.

    Raises `CaseError` with a fault for every cell that is wrong (`Demands!C7`), `ExchangeError`
    for a file that can't be read at all.
    """
    grids, faults = read_grids(raw, subject)
    return _case(grids, faults, subject, None)


def merge_workbook(
    workbook: str | os.PathLike[str], path: str | os.PathLike[str], *, stale: bool = False
) -> Merged:
    """Bring what was edited in a workbook into its case file; remarks and all else stay.

    A file that was changed since the workbook was written is left as it is, unless `stale`: then
    the workbook's word holds. Raises as `read_workbook`, and then nothing is written.
    """
    subject = os.fspath(workbook)
    raw = read_bytes(Path(workbook), MOST_BYTES, subject)
    grids, faults = read_grids(raw, subject)
    document = load_document(path)
    before = build(document.data, document.lines, os.fspath(path))
    _refuse_missing(grids, before, subject)
    if not stale and _exported(grids) not in (None, _fingerprint(before)):
        what = "the case was changed after this workbook was written from it"
        mend = "export it again, or let the workbook's word hold (stale)"
        raise CaseError([error(os.fspath(path), what, mend)], subject)
    case = _case(grids, faults, subject, document.folder, _order(before))
    save_case(case, path, expected=document.text)
    return Merged(case=case, changed=_changed(before, case), notes=_unread(grids))


def _case(
    grids: Sequence[Grid],
    faults: Sequence[Fault],
    subject: str,
    folder: Path | None,
    order: Mapping[str, Any] | None = None,
) -> Case:
    """Return the case that sheets say, each fault at its cell."""
    found = data_of(grids)
    wrong = [*faults, *found.faults]
    if order:
        _arranged(found.data.get("positions"), order)
    cells = list(found.cells.values())
    lines = {path: number for number, path in enumerate(found.cells)}
    try:
        case = build(found.data, lines, subject)
    except CaseError as problem:
        known = {_row(fault.where) for fault in wrong}
        more = (_placed(fault, cells) for fault in problem.faults)
        # What a cell that can't be read makes of its row is no further fault.
        wrong += [fault for fault in more if _row(fault.where) not in known]
    else:
        errors = [f for f in check(case, folder, lines) if f.severity == "error"]
        wrong = wrong or [_placed(fault, cells) for fault in errors]
    if wrong:
        raise CaseError(wrong, subject)
    return case


def _row(where: str) -> str:
    """Return the sheet and the row of a cell."""
    return re.sub(r"![A-Z]+([0-9]+).*", r"!\1", where)


def _placed(fault: Fault, cells: Sequence[str]) -> Fault:
    """Say the cell of a fault, whose line stands for it."""
    if fault.line is None:
        return fault
    where = f"{cells[fault.line]} ({fault.where})"
    return replace(fault, where=where, line=None)


def _fingerprint(case: Case) -> str:
    return hashlib.sha256(repr(plain(case)).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _exported(grids: Sequence[Grid]) -> str | None:
    """Return the fingerprint of the case that a workbook was written from, if it says so."""
    for grid in grids:
        if grid.name == CASE_SHEET:
            for row in grid.rows:
                if len(row) > 1 and row[0] == FINGERPRINT:
                    return str(row[1])
    return None


def _names() -> tuple[str, ...]:
    return (CASE_SHEET, MATRIX, MORE_SHEET, *(sheet.name for sheet in plan()[1]))


def _unread(grids: Sequence[Grid]) -> tuple[str, ...]:
    known = {name.lower() for name in (*_names(), "Read me")}
    return tuple(grid.name for grid in grids if grid.name.strip().lower() not in known)


def _refuse_missing(grids: Sequence[Grid], before: Case, subject: str) -> None:
    """Refuse a workbook without a sheet whose items the case has: a slip would remove them all."""
    there = {grid.name.strip().lower() for grid in grids}
    filled = [grid.name for grid in sheets_of(before) if len(grid.rows) > 1]
    faults = []
    for name in filled:
        if name.lower() not in there:
            near = nearest(name, [grid.name for grid in grids])
            mend = near or "put it back; to remove its items, empty its rows"
            faults.append(error(name, "this sheet is missing", mend))
    if faults:
        raise CaseError(faults, subject)


def _order(case: Case) -> dict[str, Any]:
    positions: dict[str, Any] = plain(case, short=False).get("positions", {})
    return positions


def _arranged(positions: Any, order: Mapping[str, Any]) -> None:
    """Put options back into the order of the case, where the matrix has one order for all."""
    if not isinstance(positions, dict):
        return
    for actor, held in positions.items():
        for issue, position in held.items():
            known = order.get(actor, {}).get(issue, {}).get("values", {})
            values = position.get("values")
            if isinstance(values, dict):
                names = [*(k for k in known if k in values), *(k for k in values if k not in known)]
                position["values"] = {name: values[name] for name in names}


def _changed(before: Case, after: Case) -> dict[str, int]:
    old, new = plain(before, short=False), plain(after, short=False)
    counts: Counter[str] = Counter()
    for part in dict.fromkeys([*old, *new]):
        counts[part] += sum(1 for _ in _differing(old.get(part), new.get(part)))
    return {part: number for part, number in counts.items() if number}


def _differing(old: Any, new: Any) -> Iterator[str]:
    if not isinstance(old or {}, dict) or not isinstance(new or {}, dict):
        if repr(old) != repr(new):
            yield ""
        return
    one, other = old or {}, new or {}
    yield from (k for k in dict.fromkeys([*one, *other]) if repr(one.get(k)) != repr(other.get(k)))
