"""Commands on case files: write, check, convert, and the cases from the literature."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer

from goodoffices.cli.app import AsJson, CaseFile, app, count, done, refuse_to_overwrite
from goodoffices.errors import Fault

__all__ = ["catalog", "check", "convert", "new", "schema"]


@app.command()
def new(
    path: Annotated[Path, typer.Argument(help="The file to write.")] = Path("case.yaml"),
    as_json: AsJson = False,
) -> None:
    """Write a commented starter case."""
    from goodoffices.case.file import replace_file, starter

    refuse_to_overwrite(path)
    replace_file(path, starter())
    done({"written": [str(path)]}, as_json, f"wrote {path}; next: goodoffices check {path}")


@app.command()
def schema(
    of: Annotated[
        str,
        typer.Argument(
            help="baserates, case, catalog, check, deals, files, moves, outlook, read or score."
        ),
    ] = "case",
) -> None:
    """Print the JSON Schema of a case or a result.

    Editors complete and check a case file by it.
    """
    from goodoffices.schemas import schema_of

    print(json.dumps(schema_of(of), indent=2, ensure_ascii=False))


@app.command()
def check(
    case: CaseFile,
    drafts: Annotated[
        bool, typer.Option("--drafts", help="Look at drafts too, as if they were confirmed.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """List all faults: where, what, how to mend.

    Exits with 1 if there is an error; warnings alone exit with 0. Of drafts it says how many wait.
    """
    from goodoffices.case.check import check_file

    faults = check_file(case, drafts=drafts)
    errors = sum(fault.severity == "error" for fault in faults)
    if as_json:
        from goodoffices.schemas import CheckReport, to_json

        print(to_json(CheckReport(faults=faults, errors=errors, warnings=len(faults) - errors)))
    else:
        for line in _fault_lines(faults):
            print(line)
        print(f"{case}: {count(errors, 'error')}, {count(len(faults) - errors, 'warning')}")
    raise typer.Exit(1 if errors else 0)


def _fault_lines(faults: Sequence[Fault]) -> Iterator[str]:
    for severity in ("error", "warning"):
        for fault in faults:
            if fault.severity == severity:
                yield f"{severity}: {fault}"


@app.command()
def convert(
    source: Annotated[
        Path, typer.Argument(help="A case file, a folder of GENIUS XML, a .gmcr or .csv file.")
    ],
    target: Annotated[Path, typer.Argument(help="The case file, folder or .gmcr file to write.")],
    lossy: Annotated[
        bool, typer.Option(help="Write even what the other format can say only in part.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Convert from and to other programs' files.

    A folder of GENIUS XML (a domain and one profile per party), a graph model conflict (.gmcr) or
    a table of its states (.csv) becomes a case file; a case file becomes such a folder, or a .gmcr
    file.
    """
    from goodoffices.exchange.convert import convert as run

    written = [str(path) for path in run(source, target, lossy=lossy)]
    done({"written": written}, as_json, "wrote " + ", ".join(written))


@app.command()
def catalog(
    name: Annotated[str | None, typer.Argument(help="The case to write out.")] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Where to write it.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """List or copy the cases from the literature."""
    from goodoffices import catalog as shelf
    from goodoffices.case.file import dump_case, replace_file

    if name is None:
        listed = {key: shelf.load(key).title for key in shelf.names()}
        done({"cases": listed}, as_json, "\n".join(f"{k:32} {t}" for k, t in listed.items()))
        return
    path = output or Path(f"{name}.yaml")
    case = shelf.load(name)
    refuse_to_overwrite(path)
    replace_file(path, dump_case(case))
    done({"written": [str(path)]}, as_json, f"wrote {path}")
