"""The command line itself, and what its commands share."""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from goodoffices.errors import CaseError, Fault

if TYPE_CHECKING:
    from rich.console import RenderableType

    from goodoffices.case.model import Case

# Everything else is imported by the command that needs it: `--help` must answer at once.

__all__ = [
    "AsJson",
    "CaseFile",
    "Drafts",
    "Draws",
    "Scenario",
    "Seed",
    "app",
    "count",
    "day_of",
    "done",
    "load",
    "load_with",
    "mention",
    "progress",
    "put",
    "refuse_to_overwrite",
    "say",
    "tell",
]

app = typer.Typer(
    name="goodoffices",
    help="See whether a deal exists, what blocks it and what could be tabled, with sources.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

CaseFile = Annotated[Path, typer.Argument(metavar="CASE", help="The case file, YAML.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON by the published schema.")]
Scenario = Annotated[
    str | None, typer.Option(metavar="NAME", help="Answer for a scenario of the case.")
]
Draws = Annotated[int, typer.Option(min=1, max=10_000_000, help="Draws of the uncertain numbers.")]
Drafts = Annotated[
    bool, typer.Option("--drafts", help="Use drafts as if they were confirmed, and say so.")
]
Seed = Annotated[int, typer.Option(min=0, help="Seed of the draws.")]


def say(message: str) -> None:
    """Say something on standard error, so that output in a pipe stays clean."""
    print(f"goodoffices: {message}", file=sys.stderr)


def count(number: int, what: str) -> str:
    """Say how many, with the word in its number: `2 errors`."""
    return f"{number} {what}{'' if number == 1 else 's'}"


def refuse_to_overwrite(path: Path) -> None:
    """Refuse to write where a file stands, with `CaseError`."""
    if path.exists():
        fault = Fault(where=str(path), what="exists already", mend="name another file")
        raise CaseError([fault], subject="what you asked for")


def load(path: Path) -> Case:
    """Read what is confirmed of a case, and refuse it if a check finds an error.

    Says how many warnings there are.
    """
    return load_with(path, drafts=False)[0]


def load_with(path: Path, *, drafts: bool) -> tuple[Case, str]:
    """Read a case without its drafts, or with those that can be used; and what to say of them."""
    from goodoffices.case.adopt import adopt
    from goodoffices.case.check import check
    from goodoffices.case.drafts import drafts_of, settled, told
    from goodoffices.case.file import build, load_document

    document = load_document(path)
    case = build(document.data, document.lines, str(path))
    said = told(len(drafts_of(case)))
    if drafts:
        adopted = adopt(case, document.folder)
        case, said = adopted.case, told(0, adopted.used, len(adopted.left))
    case = settled(case)
    faults = check(case, document.folder, document.lines)
    errors = [fault for fault in faults if fault.severity == "error"]
    if errors:
        raise CaseError(errors, subject=str(path))
    if faults:
        say(f"{count(len(faults), 'warning')}; see: goodoffices check {path}")
    return case, said


def mention(said: str, as_json: bool) -> None:
    """Say something above a result; beside it where the result is JSON."""
    if said and as_json:
        say(said)
    elif said:
        print(said + "\n")


@contextmanager
def progress(what: str) -> Iterator[Callable[[int, int], None] | None]:
    """Show a progress bar where a person watches; nothing in a pipe."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def day_of(text: str | None) -> dt.date | None:
    """Read a day that was typed, or None; not a day is wrong usage."""
    try:
        return None if text is None else dt.date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"{text} is not a day; write it as 2024-12-31") from None


def tell(result: object, as_json: bool, summary: Callable[[], RenderableType]) -> None:
    """Print a result: as JSON by its schema, or its summary for people."""
    if as_json:
        from goodoffices.schemas import to_json

        print(to_json(result))
    else:
        put(summary())


def put(summary: RenderableType) -> None:
    """Print a summary as wide as the terminal."""
    from rich.console import Console

    # A pipe has no width of its own: wide enough for the tables, so that nothing is cut.
    console = Console(width=None if sys.stdout.isatty() else 140, highlight=False)
    console.print(summary)


def done(report: dict[str, Any], as_json: bool, text: str) -> None:
    """Say what was done: as JSON, or in words."""
    print(json.dumps(report, indent=2, ensure_ascii=False) if as_json else text)
