"""A deals result as text for a terminal: the answers first, the numbers beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.text import Text

from goodoffices.brief.elements import plain
from goodoffices.brief.naming import Naming
from goodoffices.brief.terminal_parts import header, section, table
from goodoffices.brief.text import THIN, number_of, whole_per_cent
from goodoffices.case.model import Case
from goodoffices.deals.results import AssessedPackage, Deals
from goodoffices.deals.share import Share, interval_words, words
from goodoffices.errors import clip

__all__ = ["deals_summary"]

MOST = 8
"""Lists stop after so many rows and say how many there are."""
WIDTH = 70
"""Names from a case are cut to so many characters."""


def deals_summary(case: Case, result: Deals) -> RenderableType:
    """Return what `goodoffices deals` prints: zone, conflicts, concessions, packages, unknowns."""
    return Group(
        *header(case, result.scenario),
        *section("Is there a deal?", _zone(result)),
        *section("What blocks it, at face value", _conflicts(case, result)),
        *section("What one change would open", [_ladder(case, result)]),
        *section("What could be tabled: options, not verdicts", _packages(case, result)),
        *section("What moves the answer most", [_unknowns(case, result)]),
        *(section("Scenarios", [_scenarios(case, result)]) if result.scenarios else ()),
    )


def _zone(result: Deals) -> Iterator[RenderableType]:
    zone, footing = result.zone, result.zone.footing
    face = {True: "yes", False: "no", None: "undecided within the budget"}[zone.at_face_value]
    yield Text(f"At face value, with every demand binding: {face}.")
    yield Text(
        f"Chance that some package would be accepted by all who must accept: "
        f"{_with_interval(zone.probability)}."
    )
    yield Text(_obtained(result))
    yield Text(
        f"Of the numbers behind it {number_of(footing.claimed, 'rests', 'rest')} on claims, "
        f"{footing.assumed} on assumptions, {number_of(footing.unknown, 'is', 'are')} unknown."
    )
    progress = result.progress
    text = f"; of the text, {_spaced(progress.text_agreed)}" if progress.text_agreed else ""
    yield Text(
        f"Agreed: {progress.agreed} of {progress.issues} issues{text} (progress, not a chance)."
    )


def _spaced(given: object) -> str:
    """Write a share of a case's own words with the space that stands before every per cent."""
    return re.sub(r"(?<=\d)%", " %", str(given))


def _with_interval(share: Share) -> str:
    if not share.draws:
        return words(share)
    return f"{words(share)} (95 % interval {interval_words(share)})"


def _obtained(result: Deals) -> str:
    method = result.method
    if method.how == "exact":
        return "Exact: nothing in this case is uncertain."
    note = f" {method.note}." if method.note else ""
    return f"{method.how.capitalize()}: {method.draws:,} draws, seed {method.seed}.{note}"


def _conflicts(case: Case, result: Deals) -> Iterator[RenderableType]:
    report = result.conflicts
    if not report.conflicts and report.method.how == "exact":
        yield Text("Nothing: all demands can hold together.")
    for number, conflict in enumerate(report.conflicts[:MOST], start=1):
        yield Text(f"{number}. " + " + ".join(_demand(case, key) for key in conflict.demands))
    if (hidden := len(report.conflicts) - MOST) > 0:
        yield Text(f"... and {number_of(hidden, 'more set')} of demands.")
    if report.openings:
        yield Text("A package opens if these are lifted:")
    for opening in report.openings[:MOST]:
        yield Text("- " + " and ".join(_demand(case, key) for key in opening.lifted))
    if (hidden := len(report.openings) - MOST) > 0:
        yield Text(f"... and {number_of(hidden, 'other way')}.")
    if report.method.note:
        yield Text(f"Bounded: {report.method.note}.", style="italic")


def _demand(case: Case, key: str) -> str:
    demand = case.demands[key]
    return f"{clip(case.name_of(demand.by), 40)}: {clip(demand.name, WIDTH)}"


def _ladder(case: Case, result: Deals) -> RenderableType:
    rungs = [rung for rung in result.concessions if rung.opened.value > 0]
    if result.zone.probability.value == 1:
        return Text("Nothing needs to change: a zone exists in every draw.")
    if not rungs:
        return Text("No single demand, lifted alone, opens a zone in any draw.")
    rows = (
        (
            _demand(case, rung.demand),
            "lifted" if rung.kind == "lift" else f"lowered by {rung.step:g}",
            words(rung.zone),
            f"{rung.cost.low:.0f} to {rung.cost.high:.0f}",
        )
        for rung in rungs[:MOST]
    )
    head = ("Demand", "Change", "P(zone) then", "Cost to bearer, points")
    return Group(table(head, rows), *_more(len(rungs), "step"))


def _packages(case: Case, result: Deals) -> Iterator[RenderableType]:
    every = (*result.offers, *result.packages)
    if not result.offers:
        yield Text("In no draw did all accept one package; see what would open one, above.")
    if not every:
        return
    issues = [key for key, issue in case.issues.items() if issue.agreed is None]
    head = ("", *(clip(package.name, 40) for package in every))
    rows = [
        *((clip(case.issues[i].name, 60), *(_pick(case, p, i) for p in every)) for i in issues),
        ("All accept", *(words(package.all_accept) for package in every)),
        *(
            (f"  {clip(case.name_of(side.party), 28)} accepts", *(_accepts(p, n) for p in every))
            for n, side in enumerate(every[0].acceptance)
            if side.must_accept
        ),
    ]
    yield table(head, rows)
    gap = whole_per_cent(result.gap).replace(THIN, " ")
    yield Text(
        f"A different package may fit each draw, so each chance lies at or below that of a zone; "
        f"for the most acceptable one the gap is {gap}."
    )


def _pick(case: Case, package: AssessedPackage, issue: str) -> str:
    return clip(case.issues[issue].option_name(package.picks[issue]), 60)


def _accepts(package: AssessedPackage, side: int) -> str:
    return words(package.acceptance[side].ratified)


def _unknowns(case: Case, result: Deals) -> RenderableType:
    moving = [row for row in result.unknowns if row.share > 2 * row.error]
    if not moving:
        return Text("No uncertain input moves the answer by itself.")
    rows = (
        (
            path_words(case, row.path),
            f"{100 * row.share:.0f} ± {200 * row.error:.0f} %",
            "unknown" if row.blank else row.founded,
        )
        for row in moving[:MOST]
    )
    head = ("Input", "Share of the answer's variance", "Rests on")
    return Group(table(head, rows), *_more(len(moving), "input"))


def _more(count: int, what: str) -> list[Text]:
    return [Text(f"... and {number_of(count - MOST, f'more {what}')}.")] if count > MOST else []


def path_words(case: Case, path: str) -> str:
    """Return what people read for the place of an input in a case.

    The place is a dotted path such as `positions.west.corridor.weight`; names replace ids.
    """
    kind, *rest = path.split(".")
    if kind == "positions":
        actor, issue, field, *option = rest
        what = "weight of" if field == "weight" else f"value of {_option(case, issue, option)} in"
        return f"{clip(case.name_of(actor), 40)}: {what} {clip(case.issues[issue].name, 40)}"
    if kind == "demands":
        what = "whether it binds" if rest[1] == "firmness" else "its value"
        return f"{_demand(case, rest[0])} ({what})"
    if kind == "trust":
        trust = case.trust[rest[0]]
        return f"Trust of {case.name_of(trust.who)} in {case.name_of(trust.whom)}"
    # What is rarer goes by the words of a page, without the signs that steer writing there.
    said = plain(Naming(case=case, full={}).path(path))
    return clip(said.replace("\u2068", "").replace("\u2069", ""), 2 * WIDTH)


def _option(case: Case, issue: str, option: Sequence[str]) -> str:
    key = ".".join(option)
    known = key in case.issues[issue].option_ids
    return clip(case.issues[issue].option_name(key), 40) if known else key


def _scenarios(case: Case, result: Deals) -> RenderableType:
    rows = (
        (
            clip(case.scenarios[row.scenario].name, 60),
            words(row.zone),
            f"{100 * row.change:+.1f} ± {196 * row.change_error:.1f} points",
            {True: "yes", False: "no", None: "?"}[row.at_face_value],
        )
        for row in result.scenarios
    )
    return table(("Scenario", "P(zone)", "Change", "At face value"), rows)
