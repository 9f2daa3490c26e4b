"""Commands that keep score, and those that test the methods on published data."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from goodoffices.cli.app import AsJson, CaseFile, Scenario, Seed, app, day_of, done, load, tell
from goodoffices.cli.lenses import look_ahead

__all__ = ["baserates", "forecast", "resolve", "score", "validate"]


@app.command()
def forecast(
    case: CaseFile, scenario: Scenario = None, seed: Seed = 0, as_json: AsJson = False
) -> None:
    """Add today's forecasts to the log beside the case.

    One line for each open question, in CASE.forecasts.jsonl; nothing that stands there is changed.
    """
    from goodoffices.outlook.forecast_log import append, log_path
    from goodoffices.outlook.record import forecasts

    made = forecasts(look_ahead(load(case), scenario, None, 10_000, seed))
    path = log_path(case)
    for one in made:
        append(path, one)
    lines = [f"{one.question}, by {one.by}: {100 * one.probability:.0f} %" for one in made]
    done({"written": [str(path)]}, as_json, "\n".join([*lines, f"wrote {path}"]))


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
    day, path = day_of(on) or dt.datetime.now(dt.UTC).date(), log_path(case)
    found = resolution(
        load(case),
        read_log(path),
        question,
        happened=answer.lower() == "yes",
        on=day,
        because=because,
    )
    append(path, found)
    done({"written": [str(path)]}, as_json, f"{question}: {answer.lower()}, {day}; wrote {path}")


@app.command()
def score(
    case: CaseFile,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="A page to write, with the picture.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Score past forecasts against base rate and constant.

    Brier and log scores with their errors, and how reliable the forecasts were.
    """
    from goodoffices.brief.validation_terminal import score_summary
    from goodoffices.outlook.forecast_log import log_path, read_log
    from goodoffices.outlook.record import score as of

    path = log_path(case)
    if not path.exists():
        # A case without forecasts is one thing, a name that is mistyped another.
        load(case)
    found = of(read_log(path))
    if output is not None:
        from goodoffices.brief import render_score
        from goodoffices.case.file import replace_file

        replace_file(output, render_score(load(case).title, found))
    tell(found, as_json, lambda: score_summary(found))
    if output is not None and not as_json:
        print(f"\nThe page is in {output}")


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
    tell(found, as_json, lambda: base_rates_summary(found.classes))


@app.command()
def validate(
    name: Annotated[
        str, typer.Argument(help="casino, ceasefires, deu2, phrases, pooling, reading or ucdp.")
    ],
    path: Annotated[Path, typer.Argument(help="Your copy of the data.")],
    as_json: AsJson = False,
) -> None:
    """Test a method on published data of your own copy.

    Prints figures with intervals, and what they mean: what can be predicted, and what can't.
    """
    from goodoffices.brief.validation_terminal import validation_summary
    from goodoffices.outlook.validation import validate as run
    from goodoffices.reading import validation as reading

    if name == "reading":
        checked = reading.validate_reading(path)
        tell(checked, as_json, lambda: validation_summary(checked, reading.meaning(checked)))
        return
    found, meaning = run(name, path)
    tell(found, as_json, lambda: validation_summary(found, meaning))
