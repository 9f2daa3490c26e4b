"""Commands that ask a lens: deals, moves, outlook, and the brief that shows them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from goodoffices.cli.app import (
    AsJson,
    CaseFile,
    Drafts,
    Draws,
    Scenario,
    Seed,
    app,
    day_of,
    done,
    load_with,
    mention,
    progress,
    put,
    say,
    tell,
)

if TYPE_CHECKING:
    from goodoffices.case.model import Case
    from goodoffices.deals.results import Deals
    from goodoffices.moves.results import MovesReport
    from goodoffices.outlook.record import ScoreReport
    from goodoffices.outlook.results import OutlookReport

__all__ = ["brief", "deals", "look_ahead", "moves", "outlook"]


@app.command()
def deals(
    case: CaseFile,
    scenario: Scenario = None,
    draws: Draws = 10_000,
    seed: Seed = 0,
    drafts: Drafts = False,
    as_json: AsJson = False,
) -> None:
    """Show whether a deal exists and what blocks it.

    Also: what could be tabled, who would accept it, and which unknown matters most.
    """
    loaded, said = load_with(case, drafts=drafts)
    mention(said, as_json)
    result = weigh_deals(loaded, scenario, draws, seed)
    if as_json:
        from goodoffices.schemas import to_json

        print(to_json(result))
    else:
        show_deals(loaded, result)


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
    drafts: Drafts = False,
    as_json: AsJson = False,
) -> None:
    """Show why nobody moves, and what would have to change.

    Who would want to leave the status quo, what deters them, where the conflict could rest, and
    which first step opens a way to an agreement.
    """
    loaded, said = load_with(case, drafts=drafts)
    mention(said, as_json)
    result = weigh_moves(loaded, scenario, target, draws, seed)
    if as_json:
        from goodoffices.schemas import to_json

        print(to_json(result))
    else:
        show_moves(loaded, result)


@app.command()
def outlook(
    case: CaseFile,
    scenario: Scenario = None,
    by: Annotated[
        str | None, typer.Option(metavar="DATE", help="The day to look ahead to, 2024-12-31.")
    ] = None,
    draws: Annotated[int, typer.Option(min=100, max=1_000_000, help="Draws.")] = 10_000,
    seed: Seed = 0,
    drafts: Drafts = False,
    as_json: AsJson = False,
) -> None:
    """Show what happens next, by when, and how sure that is.

    What estimates add up to, what may come first, whether the moment is ripe, what waiting costs,
    and whether to table, hold or contain. It looks ahead from the day of the case.
    """
    from goodoffices.brief.outlook_terminal import outlook_summary

    loaded, said = load_with(case, drafts=drafts)
    mention(said, as_json)
    result = look_ahead(loaded, scenario, by, draws, seed)
    tell(result, as_json, lambda: outlook_summary(loaded, result))


@app.command()
def brief(
    case: CaseFile,
    output: Annotated[Path, typer.Option("--output", "-o", help="The page to write.")] = Path(
        "brief.html"
    ),
    scenario: Scenario = None,
    draws: Draws = 10_000,
    seed: Seed = 0,
    drafts: Drafts = False,
    as_json: AsJson = False,
) -> None:
    """Write the brief: one self-contained page.

    Prints its summary too. The page needs no network and prints on A4. It answers by what the case
    holds: issues, moves, an outlook. Past forecasts are scored in it where the case has a log.
    """
    from goodoffices.brief import render_brief
    from goodoffices.case.file import replace_file, source_text

    loaded, said = load_with(case, drafts=drafts)
    result, moved = both(loaded, scenario, draws, seed)
    texts = {key: source_text(loaded, key, case.parent) for key in loaded.sources}
    known = {key: text for key, text in texts.items() if text is not None}
    ahead = ahead_for_brief(loaded, result, scenario, draws, seed)
    page = render_brief(
        loaded,
        result,
        moves=moved,
        outlook=ahead,
        record=record_of(case),
        generated=None,
        sources=known,
        drafts=said,
    )
    replace_file(output, page)
    mention(said, as_json)
    if not as_json:
        show_all(loaded, result, moved, ahead)
    done({"written": [str(output)]}, as_json, f"\nThe brief is in {output}")


def weigh_deals(case: Case, scenario: str | None, draws: int, seed: int) -> Deals:
    from goodoffices.deals import deals as lens

    with progress("Drawing") as advance:
        return lens(case, scenario=scenario, draws=draws, seed=seed, progress_to=advance)


def both(
    case: Case, scenario: str | None, draws: int, seed: int
) -> tuple[Deals | None, MovesReport | None]:
    """Answer by each lens that the case has something for; a bare case is one for deals."""
    from goodoffices.moves import DRAWS

    bare = case.moves is None and case.outlook is None
    result = weigh_deals(case, scenario, draws, seed) if case.issues or bare else None
    if case.moves is None:
        return result, None
    return result, weigh_moves(case, scenario, None, DRAWS, seed, weighed=result)


def weigh_moves(
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

        with progress("Weighing packages") as advance:
            weighed = deals(
                case, scenario=scenario, draws=DRAWS, seed=seed, compare=False, progress_to=advance
            )
    with progress("Working out moves") as advance:
        return lens(
            case,
            scenario=scenario,
            target=target,
            deals=weighed,
            draws=draws,
            seed=seed,
            progress_to=advance,
        )


def ahead_for_brief(
    case: Case, weighed: Deals | None, scenario: str | None, draws: int, seed: int
) -> OutlookReport | None:
    """Look ahead with the packages that are weighed already; None, and a word why, if it can't."""
    from goodoffices.errors import ModelError
    from goodoffices.outlook.lens import FEWEST

    if case.outlook is None:
        return None
    try:
        return look_ahead(case, scenario, None, max(draws, FEWEST), seed, weighed)
    except ModelError as error:
        say(f"questions 8 and 9 are left out: {error}")
        return None


def record_of(case: Path) -> ScoreReport | None:
    """Score the forecasts in the log beside a case; None where there is no log."""
    from goodoffices.outlook.forecast_log import log_path, read_log
    from goodoffices.outlook.record import score

    path = log_path(case)
    return score(read_log(path)) if path.exists() else None


def look_ahead(
    case: Case,
    scenario: str | None,
    by: str | None,
    draws: int,
    seed: int,
    weighed: Deals | None = None,
) -> OutlookReport:
    """Ask the outlook, from the day of the case; packages are weighed first if they aren't yet."""
    from goodoffices.outlook import outlook as lens

    deals = weighed
    if deals is None and case.issues:
        from goodoffices.deals import DRAWS
        from goodoffices.deals import deals as weigh

        with progress("Weighing packages") as advance:
            deals = weigh(
                case, scenario=scenario, draws=DRAWS, seed=seed, compare=False, progress_to=advance
            )
    today = case.as_of.date or dt.datetime.now(dt.UTC).date()
    return lens(case, deals, today=today, scenario=scenario, by=day_of(by), draws=draws, seed=seed)


def show_deals(case: Case, result: Deals) -> None:
    from goodoffices.brief.terminal import deals_summary

    put(deals_summary(case, result))


def show_moves(case: Case, result: MovesReport) -> None:
    from goodoffices.brief.moves_terminal import moves_summary

    put(moves_summary(case, result))


def show_all(
    case: Case, result: Deals | None, moved: MovesReport | None, ahead: OutlookReport | None
) -> None:
    """Print the summary of every lens that was asked."""
    from goodoffices.brief.outlook_terminal import outlook_summary

    if result is not None:
        show_deals(case, result)
    if moved is not None:
        show_moves(case, moved)
    if ahead is not None:
        put(outlook_summary(case, ahead))
