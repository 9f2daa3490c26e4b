"""Everything that is wrong in a case, or worth a second look, in one go."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import replace

from goodoffices.case._faults import Hints, error, warning
from goodoffices.case._yaml import Path
from goodoffices.case.check_basis import basis_faults
from goodoffices.case.check_gaps import gap_faults
from goodoffices.case.check_ids import id_faults
from goodoffices.case.check_moves import move_faults
from goodoffices.case.check_outlook import outlook_faults
from goodoffices.case.check_terms import term_faults
from goodoffices.case.document import build, load_document
from goodoffices.case.drafts import (
    Part,
    confirmed,
    count_drafts,
    drafts_of,
    ids_of,
    without,
)
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

    Only what is confirmed must be sound; of drafts, one warning says how many wait for a person.

    An error makes the case unusable: an unknown id, a number that rests on nothing, an opinion
    used as evidence, weights that cannot add up, a demand that leaves nothing. A warning is what a
    careful reader would ask about. Quotes are looked up where `folder`, the place of the sources,
    is given; faults have a line where `lines` of the file are.

    >>> case = build({"goodoffices": 1, "title": "Corridor"})
    >>> print(check(case)[0])
    issues: there is no issue to settle; name at least one
    """
    drafts = drafts_of(case)
    sound = without(case, drafts)
    hints = Hints(drafts=ids_of(drafts))
    waiting = bool(drafts)
    faults = list(_errors(sound, hints, waiting))
    evidence = list(evidence_faults(case, folder)) if folder is not None else []
    faults += [fault for fault in evidence if _draft_at(fault.where, drafts) is None]
    faults += _scenarios(sound, {(fault.where, fault.what) for fault in faults}, hints, waiting)
    if drafts:
        faults.append(_waiting(case, drafts, [*faults, *evidence]))
    if sound.claims or sound.parties or sound.issues or not drafts:
        faults += gap_faults(sound, waiting=waiting)
    known = {".".join(map(str, path)): line for path, line in (lines or {}).items() if path}
    faults = [
        replace(fault, line=_line(fault.where, known), where=clip(fault.where, MOST_WHERE))
        for fault in faults
    ]
    return tuple(sorted(faults, key=lambda fault: (fault.severity, fault.line or 0)))


def check_file(path: str | os.PathLike[str], *, drafts: bool = False) -> tuple[Fault, ...]:
    """Return all faults of a case file, whatever it holds; no faults mean a sound case.

    With `drafts`, they are looked at as if they were confirmed.
    """
    try:
        found = load_document(path)
        case = build(found.data, found.lines, os.fspath(path))
    except CaseError as problem:
        return problem.faults
    return check(confirmed(case) if drafts else case, found.folder, found.lines)


def _errors(case: Case, hints: Hints, waiting: bool = False) -> Iterator[Fault]:
    yield from id_faults(case, hints)
    yield from basis_faults(case)
    yield from term_faults(case, waiting=waiting)
    yield from move_faults(case, hints)
    yield from outlook_faults(case, hints)


def _waiting(case: Case, drafts: Mapping[str, Part], known: list[Fault]) -> Fault:
    """Say how many drafts wait, and how many of them could not be used as they stand."""
    seen = {(fault.where, fault.what) for fault in known if _draft_at(fault.where, drafts) is None}
    found = [*_errors(confirmed(case), Hints()), *known]
    wrong = {
        draft
        for fault in found
        if fault.severity == "error"
        and (fault.where, fault.what) not in seen
        and (draft := _draft_at(fault.where, drafts)) is not None
    }
    each = ", ".join(f"{count} in {name}" for name, count in count_drafts(case).items())
    what = f"{len(drafts)} draft{'s wait' if len(drafts) > 1 else ' waits'} for a person ({each})"
    if wrong:
        what += f", {len(wrong)} of them with a fault: see `check --drafts`"
    return warning("", what, "no lens uses them; go through them with `goodoffices review`")


def _draft_at(where: str, drafts: Mapping[str, Part]) -> str | None:
    """Return the draft that a fault lies in."""
    path = where.partition(": ")[0]
    while path and path not in drafts:
        path = path.rpartition(".")[0]
    return path or None


def _scenarios(
    case: Case, known: set[tuple[str, str]], hints: Hints, waiting: bool
) -> Iterator[Fault]:
    """Yield what each scenario makes wrong that is not wrong already."""
    for name in list(case.scenarios)[:MOST_SCENARIOS]:
        found, faults = patched(case, name)
        yield from faults
        if found is None:
            continue
        for fault in _errors(found, hints, waiting):
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
