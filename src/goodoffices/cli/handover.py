"""Commands that hand a case over: into Word, a spreadsheet, tables; and a spreadsheet back in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from goodoffices.cli.app import (
    AsJson,
    CaseFile,
    Draws,
    Scenario,
    Seed,
    app,
    count,
    done,
    say,
)

if TYPE_CHECKING:
    from goodoffices.case.model import Case
    from goodoffices.handover.redact import Redaction

__all__ = ["export", "import_matrix"]


@app.command()
def export(
    case: CaseFile,
    output: Annotated[
        Path,
        typer.Option(
            "--output", "-o", help="A folder for all, or a file: .docx, .xlsx, .csv, .json, .yaml."
        ),
    ],
    results: Annotated[
        bool,
        typer.Option("--results", help="In a .csv or .json file: the results, not the claims."),
    ] = False,
    redacted: Annotated[
        bool, typer.Option("--redacted", help="Leave out what is marked confidential, and say so.")
    ] = False,
    scenario: Scenario = None,
    draws: Draws = 10_000,
    seed: Seed = 0,
    as_json: AsJson = False,
) -> None:
    """Hand over: a brief in Word, the matrix in Excel, tables.

    A .docx file is the brief on four pages; .xlsx the issue-by-party matrix with everything else,
    to be edited and brought back by import-matrix; .csv and .json hold the claims; .yaml is a
    copy of the case. Text in them is never a formula.
    """
    from goodoffices.case.file import read_case
    from goodoffices.cli.lenses import ahead_for_brief, both
    from goodoffices.handover.bundle import Results, hand_over

    def ask(given: Case) -> Results:
        deals, moves = both(given, scenario, draws, seed)
        ahead = ahead_for_brief(given, deals, scenario, draws, seed)
        return Results(deals=deals, moves=moves, outlook=ahead)

    written, redaction = hand_over(
        read_case(case), case, output, ask, results=results, redact=redacted
    )
    names = [str(path) for path in written]
    if redaction is not None:
        _tell(redaction)
    done({"written": names}, as_json, "wrote " + ", ".join(names))


def _tell(redaction: Redaction) -> None:
    """Say how much was left out, by section, and where a look is needed."""
    say(redaction.sentence)
    for what, counts in (("marked", redaction.marked), ("resting on them", redaction.resting)):
        if counts:
            told = ", ".join(f"{section} {number}" for section, number in counts.items())
            say(f"left out, {what}: {told}")
    if redaction.copies:
        say(f"left out: {count(redaction.copies, 'stored source')}")
    if redaction.weights:
        say(f"left blank: the weights of {redaction.weights} of the parties and factions")
    if redaction.look_at:
        some = ", ".join(redaction.look_at[:20])
        say(f"look at these, which may still hint at what was left out: {some}")


@app.command()
def import_matrix(
    workbook: Annotated[Path, typer.Argument(metavar="WORKBOOK", help="The .xlsx file.")],
    case: CaseFile,
    stale: Annotated[
        bool,
        typer.Option("--stale", help="Let the workbook's word hold, though the case was changed."),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Bring an edited workbook back into its case file.

    Remarks and all that was not changed stay in the case file. A fault is told with its cell, and
    then nothing is written; nor if the case was changed since the workbook was written.
    """
    from goodoffices.handover.workbook import merge_workbook

    found = merge_workbook(workbook, case, stale=stale)
    for name in found.notes:
        say(f"the sheet {name} is not read")
    changed = ", ".join(f"{part} {number}" for part, number in found.changed.items())
    text = f"{case}: changed {changed}" if changed else f"{case}: nothing to change"
    written = [str(case)] if changed else []
    done({"written": written}, as_json, text)
