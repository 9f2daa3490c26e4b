"""The command line: one thin command per question."""

from __future__ import annotations

import datetime as dt
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
    from goodoffices.outlook.results import OutlookReport

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
        str,
        typer.Argument(
            help="baserates, case, catalog, check, deals, files, moves, outlook or score."
        ),
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
        _show_moves(loaded, result)


@app.command()
def outlook(
    case: CaseFile,
    scenario: Scenario = None,
    by: Annotated[
        str | None, typer.Option(metavar="DATE", help="The day to look ahead to, 2024-12-31.")
    ] = None,
    draws: Annotated[int, typer.Option(min=100, max=1_000_000, help="Draws.")] = 10_000,
    seed: Seed = 0,
    as_json: AsJson = False,
) -> None:
    """Show what happens next, by when, and how sure that is.

    What estimates add up to, what may come first, whether the moment is ripe, what waiting costs,
    and whether to table, hold or contain. It looks ahead from the day of the case.
    """
    from goodoffices.brief.outlook_terminal import outlook_summary

    loaded = _load(case)
    result = _outlook(loaded, scenario, by, draws, seed)
    _tell(result, as_json, lambda: outlook_summary(loaded, result))


@app.command()
def forecast(
    case: CaseFile, scenario: Scenario = None, seed: Seed = 0, as_json: AsJson = False
) -> None:
    """Add today's forecasts to the log beside the case.

    One line for each open question, in CASE.forecasts.jsonl; nothing that stands there is changed.
    """
    from goodoffices.outlook.forecast_log import append, log_path
    from goodoffices.outlook.record import forecasts

    made = forecasts(_outlook(_load(case), scenario, None, 10_000, seed))
    path = log_path(case)
    for one in made:
        append(path, one)
    lines = [f"{one.question}, by {one.by}: {100 * one.probability:.0f} %" for one in made]
    _done({"written": [str(path)]}, as_json, "\n".join([*lines, f"wrote {path}"]))


@app.command()
def resolve(
    case: CaseFile,
    question: Annotated[str, typer.Argument(metavar="QUESTION", help="Its id.")],
    answer: Annotated[str, typer.Argument(metavar="YES|NO", help="Whether it happened.")],
    on: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="The day it happened; for NO, that it had not by."),
    ] = None,
    because: Annotated[str, typer.Option(help="Who or what says so.")] = "",
    as_json: AsJson = False,
) -> None:
    """Record in the log what became of a question.

    The last word on a question holds, so that a slip is mended by another line. Without --on, it is
    the machine's day.
    """
    from goodoffices.outlook.forecast_log import append, log_path, read_log
    from goodoffices.outlook.record import resolution

    if answer.lower() not in {"yes", "no"}:
        raise typer.BadParameter(f"{answer} is neither YES nor NO")
    day, path = _day(on) or dt.datetime.now(dt.UTC).date(), log_path(case)
    found = resolution(
        _load(case),
        read_log(path),
        question,
        happened=answer.lower() == "yes",
        on=day,
        because=because,
    )
    append(path, found)
    _done({"written": [str(path)]}, as_json, f"{question}: {answer.lower()}, {day}; wrote {path}")


@app.command()
def score(case: CaseFile, as_json: AsJson = False) -> None:
    """Score past forecasts against base rate and constant.

    Brier and log scores with their errors, and how reliable the forecasts were.
    """
    from goodoffices.brief.validation_terminal import score_summary
    from goodoffices.outlook.forecast_log import log_path, read_log
    from goodoffices.outlook.record import score as of

    found = of(read_log(log_path(case)))
    _tell(found, as_json, lambda: score_summary(found))


@app.command()
def baserates(
    folder: Annotated[Path | None, typer.Argument(help="Your copies of the data.")] = None,
    as_json: AsJson = False,
) -> None:
    """Show base rates by reference class.

    Those that the package ships; with a folder of your own copies of the data, derived from them.
    """
    from goodoffices.brief.validation_terminal import base_rates_summary
    from goodoffices.outlook.baserates import compute, shipped

    found = shipped() if folder is None else compute(folder)
    _tell(found, as_json, lambda: base_rates_summary(found.classes))


@app.command()
def validate(
    name: Annotated[
        str, typer.Argument(help="casino, ceasefires, deu2, phrases, pooling or ucdp.")
    ],
    path: Annotated[Path, typer.Argument(help="Your copy of the data.")],
    as_json: AsJson = False,
) -> None:
    """Test a method on published data of your own copy.

    Prints figures with intervals, and what they mean: what can be predicted, and what can't.
    """
    from goodoffices.brief.validation_terminal import validation_summary
    from goodoffices.outlook.validation import validate as run

    found, meaning = run(name, path)
    _tell(found, as_json, lambda: validation_summary(found, meaning))


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

    Prints its summary too. The page needs no network and prints on A4. It answers by what the case
    holds: issues, moves, or both.
    """
    from goodoffices.brief import render_brief
    from goodoffices.case.file import replace_file, source_text

    loaded = _load(case)
    result, moved = _both(loaded, scenario, draws, seed)
    texts = {key: source_text(loaded, key, case.parent) for key in loaded.sources}
    known = {key: text for key, text in texts.items() if text is not None}
    page = render_brief(loaded, result, moves=moved, generated=None, sources=known)
    replace_file(output, page)
    if not as_json:
        if result is not None:
            _show(loaded, result)
        if moved is not None:
            _show_moves(loaded, moved)
    _done({"written": [str(output)]}, as_json, f"\nThe brief is in {output}")


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


def _both(
    case: Case, scenario: str | None, draws: int, seed: int
) -> tuple[Deals | None, MovesReport | None]:
    """Answer by each lens that the case has something for; a bare case is one for deals."""
    from goodoffices.moves import DRAWS

    result = _deals(case, scenario, draws, seed) if case.issues or case.moves is None else None
    if case.moves is None:
        return result, None
    return result, _moves(case, scenario, None, DRAWS, seed, weighed=result)


def _moves(
    case: Case,
    scenario: str | None,
    target: str | None,
    draws: int,
    seed: int,
    weighed: Deals | None = None,
) -> MovesReport:
    from goodoffices.moves import moves as lens

    if weighed is None and case.moves is not None and case.moves.reads_deals:
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


def _outlook(
    case: Case, scenario: str | None, by: str | None, draws: int, seed: int
) -> OutlookReport:
    from goodoffices.outlook import outlook as lens

    deals = None
    if case.issues:
        from goodoffices.deals import DRAWS
        from goodoffices.deals import deals as weigh

        with _progress("Weighing packages") as advance:
            deals = weigh(
                case, scenario=scenario, draws=DRAWS, seed=seed, compare=False, progress_to=advance
            )
    today = case.as_of.date or dt.datetime.now(dt.UTC).date()
    return lens(case, deals, today=today, scenario=scenario, by=_day(by), draws=draws, seed=seed)


def _day(text: str | None) -> dt.date | None:
    try:
        return None if text is None else dt.date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"{text} is not a day; write it as 2024-12-31") from None


def _tell(result: object, as_json: bool, summary: Callable[[], RenderableType]) -> None:
    if as_json:
        from goodoffices.schemas import to_json

        print(to_json(result))
    else:
        _print(summary())


def _show(case: Case, result: Deals) -> None:
    from goodoffices.brief.terminal import deals_summary

    _print(deals_summary(case, result))


def _show_moves(case: Case, result: MovesReport) -> None:
    from goodoffices.brief.moves_terminal import moves_summary

    _print(moves_summary(case, result))


def _print(summary: RenderableType) -> None:
    from rich.console import Console

    # A pipe has no width of its own: wide enough for the tables, so that nothing is cut.
    console = Console(width=None if sys.stdout.isatty() else 140, highlight=False)
    console.print(summary)


def _done(report: dict[str, Any], as_json: bool, text: str) -> None:
    print(json.dumps(report, indent=2, ensure_ascii=False) if as_json else text)
