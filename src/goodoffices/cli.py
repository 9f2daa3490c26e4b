"""The command line: one thin command per question."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from goodoffices import __version__
from goodoffices.errors import CaseError, Fault, GoodOfficesError

if TYPE_CHECKING:
    from rich.console import RenderableType

    from goodoffices.case.model import Case
    from goodoffices.deals.results import Deals
    from goodoffices.moves.results import MovesReport

# Everything else is imported by the command that needs it: `--help` must answer at once.

__all__ = ["app", "main"]

app = typer.Typer(
    name="goodoffices",
    help="See whether a deal exists, what blocks it and what could be tabled, with sources.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

STOPPED = 130
"""The exit code after Ctrl-C, as shells have it."""

CaseFile = Annotated[Path, typer.Argument(metavar="CASE", help="The case file, YAML.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON by the published schema.")]
Scenario = Annotated[
    str | None, typer.Option(metavar="NAME", help="Answer for a scenario of the case.")
]
Draws = Annotated[int, typer.Option(min=1, max=10_000_000, help="Draws of the uncertain numbers.")]
Seed = Annotated[int, typer.Option(min=0, help="Seed of the draws.")]


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and exit: 0 done, 1 faults, 2 wrong usage, 130 stopped."""
    try:
        # Not on its own, it returns the exit code that a command asked for.
        code = app(args=arguments, standalone_mode=False) or 0
        if code == STOPPED:
            _say("stopped; nothing was written")
    except GoodOfficesError as error:
        _say(str(error))
        code = 1
    except typer.Abort:
        code = STOPPED
    except BrokenPipeError:
        # The reader, such as `head`, has had enough.
        sys.stderr.close()
        code = 0
    except OSError as error:
        _say(f"{error.filename or 'a file'}: {error.strerror or error}")
        code = 1
    except Exception as error:
        if not hasattr(error, "exit_code"):
            raise
        # A usage error of the command line library shows itself.
        error.show()  # type: ignore[attr-defined]
        code = error.exit_code
    sys.exit(code)


def _say(message: str) -> None:
    print(f"goodoffices: {message}", file=sys.stderr)


def _version(wanted: bool) -> None:
    if wanted:
        print(__version__)
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    pass


@app.command()
def new(
    path: Annotated[Path, typer.Argument(help="The file to write.")] = Path("case.yaml"),
    as_json: AsJson = False,
) -> None:
    """Write a commented starter case."""
    from goodoffices.case.file import replace_file, starter

    _refuse_to_overwrite(path)
    replace_file(path, starter())
    _done({"written": [str(path)]}, as_json, f"wrote {path}; next: goodoffices check {path}")


@app.command()
def schema(
    of: Annotated[
        str, typer.Argument(help="case, catalog, check, deals, files or moves.")
    ] = "case",
) -> None:
    """Print the JSON Schema of a case or a result.

    Editors complete and check a case file by it.
    """
    from goodoffices.schemas import schema_of

    print(json.dumps(schema_of(of), indent=2, ensure_ascii=False))


@app.command()
def check(case: CaseFile, as_json: AsJson = False) -> None:
    """List all faults: where, what, how to mend.

    Exits with 1 if there is an error; warnings alone exit with 0.
    """
    from goodoffices.case.check import check_file

    faults = check_file(case)
    errors = sum(fault.severity == "error" for fault in faults)
    if as_json:
        from goodoffices.schemas import CheckReport, to_json

        print(to_json(CheckReport(faults=faults, errors=errors, warnings=len(faults) - errors)))
    else:
        for line in _fault_lines(faults):
            print(line)
        print(f"{case}: {_count(errors, 'error')}, {_count(len(faults) - errors, 'warning')}")
    raise typer.Exit(1 if errors else 0)


def _fault_lines(faults: Sequence[Fault]) -> Iterator[str]:
    for severity in ("error", "warning"):
        for fault in faults:
            if fault.severity == severity:
                yield f"{severity}: {fault}"


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


@app.command()
def deals(
    case: CaseFile,
    scenario: Scenario = None,
    draws: Draws = 10_000,
    seed: Seed = 0,
    as_json: AsJson = False,
) -> None:
    """Show whether a deal exists and what blocks it.

    Also: what could be tabled, who would accept it, and which unknown matters most.
    """
    loaded = _load(case)
    result = _deals(loaded, scenario, draws, seed)
    if as_json:
        from goodoffices.schemas import to_json

        print(to_json(result))
    else:
        _show(loaded, result)


@app.command()
def moves(
    case: CaseFile,
    scenario: Scenario = None,
    target: Annotated[
        str | None,
        typer.Option(metavar="STATE", help="The named state to look for a way to. [agreement]"),
    ] = None,
    draws: Draws = 2_000,
    seed: Seed = 0,
    as_json: AsJson = False,
) -> None:
    """Show why nobody moves, and what would have to change.

    Who would want to leave the status quo, what deters them, where the conflict could rest, and
    which first step opens a way to an agreement.
    """
    loaded = _load(case)
    result = _moves(loaded, scenario, target, draws, seed)
    if as_json:
        from goodoffices.schemas import to_json

        print(to_json(result))
    else:
        from goodoffices.brief.moves_terminal import moves_summary

        _print(moves_summary(loaded, result))


@app.command()
def brief(
    case: CaseFile,
    output: Annotated[Path, typer.Option("--output", "-o", help="The page to write.")] = Path(
        "brief.html"
    ),
    scenario: Scenario = None,
    draws: Draws = 10_000,
    seed: Seed = 0,
    as_json: AsJson = False,
) -> None:
    """Write the brief: one self-contained page.

    Prints its summary too. The page needs no network and prints on A4.
    """
    from goodoffices.brief import render_brief
    from goodoffices.case.file import replace_file, source_text

    loaded = _load(case)
    result = _deals(loaded, scenario, draws, seed)
    texts = {key: source_text(loaded, key, case.parent) for key in loaded.sources}
    known = {key: text for key, text in texts.items() if text is not None}
    replace_file(output, render_brief(loaded, result, generated=None, sources=known))
    if not as_json:
        _show(loaded, result)
    _done({"written": [str(output)]}, as_json, f"\nThe brief is in {output}")


@app.command()
def convert(
    source: Annotated[Path, typer.Argument(help="A case file, or a folder of GENIUS XML.")],
    target: Annotated[Path, typer.Argument(help="The case file or folder to write.")],
    lossy: Annotated[
        bool, typer.Option(help="Write even what the other format can say only in part.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Convert from and to other programs' files.

    A folder of GENIUS XML (a domain and one profile per party) becomes a case file; a case file
    becomes such a folder.
    """
    from goodoffices.exchange.convert import convert as run

    written = [str(path) for path in run(source, target, lossy=lossy)]
    _done({"written": written}, as_json, "wrote " + ", ".join(written))


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
        _done({"cases": listed}, as_json, "\n".join(f"{k:32} {t}" for k, t in listed.items()))
        return
    path = output or Path(f"{name}.yaml")
    case = shelf.load(name)
    _refuse_to_overwrite(path)
    replace_file(path, dump_case(case))
    _done({"written": [str(path)]}, as_json, f"wrote {path}")


def _refuse_to_overwrite(path: Path) -> None:
    if path.exists():
        fault = Fault(where=str(path), what="exists already", mend="name another file")
        raise CaseError([fault], subject="what you asked for")


def _load(path: Path) -> Case:
    """Read a case and refuse it if a check finds an error; say how many warnings there are."""
    from goodoffices.case.check import check
    from goodoffices.case.file import build, load_document

    document = load_document(path)
    case = build(document.data, document.lines, str(path))
    faults = check(case, document.folder, document.lines)
    errors = [fault for fault in faults if fault.severity == "error"]
    if errors:
        raise CaseError(errors, subject=str(path))
    if faults:
        _say(f"{_count(len(faults), 'warning')}; see: goodoffices check {path}")
    return case


def _deals(case: Case, scenario: str | None, draws: int, seed: int) -> Deals:
    from goodoffices.deals import deals as lens

    with _progress("Drawing") as advance:
        return lens(case, scenario=scenario, draws=draws, seed=seed, progress_to=advance)


@contextmanager
def _progress(what: str) -> Iterator[Callable[[int, int], None] | None]:
    """Show a progress bar where a person watches; nothing in a pipe."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _moves(
    case: Case, scenario: str | None, target: str | None, draws: int, seed: int
) -> MovesReport:
    from goodoffices.moves import moves as lens

    weighed = None
    if case.moves is not None and case.moves.reads_deals:
        from goodoffices.deals import DRAWS, deals

        with _progress("Weighing packages") as advance:
            weighed = deals(
                case, scenario=scenario, draws=DRAWS, seed=seed, compare=False, progress_to=advance
            )
    with _progress("Working out moves") as advance:
        return lens(
            case,
            scenario=scenario,
            target=target,
            deals=weighed,
            draws=draws,
            seed=seed,
            progress_to=advance,
        )


def _show(case: Case, result: Deals) -> None:
    from goodoffices.brief.terminal import deals_summary

    _print(deals_summary(case, result))


def _print(summary: RenderableType) -> None:
    from rich.console import Console

    # A pipe has no width of its own: wide enough for the tables, so that nothing is cut.
    console = Console(width=None if sys.stdout.isatty() else 140, highlight=False)
    console.print(summary)


def _done(report: dict[str, Any], as_json: bool, text: str) -> None:
    print(json.dumps(report, indent=2, ensure_ascii=False) if as_json else text)
