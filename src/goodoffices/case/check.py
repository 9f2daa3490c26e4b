"""Everything that is wrong in a case, or worth a second look, in one go."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import replace

from goodoffices.case._faults import Hints, error
from goodoffices.case._yaml import Path
from goodoffices.case.check_basis import basis_faults
from goodoffices.case.check_gaps import gap_faults
from goodoffices.case.check_ids import id_faults
from goodoffices.case.check_moves import move_faults
from goodoffices.case.check_outlook import outlook_faults
from goodoffices.case.check_terms import term_faults
from goodoffices.case.document import build, load_document
from goodoffices.case.evidence import evidence_faults
from goodoffices.case.model import Case
from goodoffices.case.scenario import patched
from goodoffices.errors import CaseError, Fault, clip

__all__ = ["check", "check_file"]

MOST_SCENARIOS = 50
MOST_WHERE = 300


def check(
    case: Case,
    folder: str | os.PathLike[str] | None = None,
    lines: Mapping[Path, int] | None = None,
) -> tuple[Fault, ...]:
    """Return all faults of a case, errors before warnings, each in the order of the file.

    An error makes the case unusable: an unknown id, a number that rests on nothing, an opinion
    used as evidence, weights that cannot add up, a demand that leaves nothing. A warning is what a
    careful reader would ask about. Quotes are looked up where `folder`, the place of the sources,
    is given; faults have a line where `lines` of the file are.

    >>> case = build({"goodoffices": 1, "title": "Corridor"})
    >>> print(check(case)[0])
    issues: there is no issue to settle; name at least one
    """
    hints = Hints()
    faults = list(_errors(case, hints))
    if folder is not None:
        faults += evidence_faults(case, folder)
    faults += _scenarios(case, {(fault.where, fault.what) for fault in faults}, hints)
    faults += gap_faults(case)
    known = {".".join(map(str, path)): line for path, line in (lines or {}).items() if path}
    faults = [
        replace(fault, line=_line(fault.where, known), where=clip(fault.where, MOST_WHERE))
        for fault in faults
    ]
    return tuple(sorted(faults, key=lambda fault: (fault.severity, fault.line or 0)))


def check_file(path: str | os.PathLike[str]) -> tuple[Fault, ...]:
    """Return all faults of a case file, whatever it holds; no faults mean a sound case."""
    try:
        found = load_document(path)
        case = build(found.data, found.lines, os.fspath(path))
    except CaseError as problem:
        return problem.faults
    return check(case, found.folder, found.lines)


def _errors(case: Case, hints: Hints) -> Iterator[Fault]:
    yield from id_faults(case, hints)
    yield from basis_faults(case)
    yield from term_faults(case)
    yield from move_faults(case, hints)
    yield from outlook_faults(case, hints)


def _scenarios(case: Case, known: set[tuple[str, str]], hints: Hints) -> Iterator[Fault]:
    """Yield what each scenario makes wrong that is not wrong already."""
    for name in list(case.scenarios)[:MOST_SCENARIOS]:
        found, faults = patched(case, name)
        yield from faults
        if found is None:
            continue
        for fault in _errors(found, hints):
            if fault.severity == "error" and (fault.where, fault.what) not in known:
                yield error(f"scenarios.{name}: {fault.where}", fault.what, fault.mend)
    if len(case.scenarios) > MOST_SCENARIOS:
        what = f"more than {MOST_SCENARIOS} scenarios, which are too many to check"
        yield error("scenarios", what, "move some into a case of their own")


def _line(where: str, known: Mapping[str, int]) -> int | None:
    """Return the line of the nearest part of the file that holds a path."""
    path = where.partition(": ")[0]
    while path and path not in known:
        path = path.rpartition(".")[0]
    return known.get(path)
