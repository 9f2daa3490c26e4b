"""Claims and results as CSV, for a spreadsheet, and as JSON, for other programs."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from goodoffices.case.model import Case, Claim
from goodoffices.deals.results import AssessedPackage, Deals
from goodoffices.deals.share import Share
from goodoffices.handover._inert import legible
from goodoffices.handover.redact import Redaction
from goodoffices.moves.results import MovesReport
from goodoffices.outlook.results import OutlookReport

__all__ = ["claims_csv", "claims_json", "results_csv", "results_json"]

MARK = "\ufeff"
"""By it a spreadsheet knows that a CSV file is UTF-8."""
_RISKY = ("=", "+", "-", "@", "\t", "\r")

CLAIM_HEADS = (
    *("id", "class", "speaker", "quote", "source", "title", "publisher", "date", "inferred"),
    *("at", "about", "note", "status", "used_by"),
)
RESULT_HEADS = ("part", "item", "measure", "value", "low", "high", "unit", "note")

Cell = str | float | int | None


def _csv(heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    written = io.StringIO()
    # Line ends as the format's standard (RFC 4180) has them.
    table = csv.writer(written, lineterminator="\r\n")
    table.writerow(heads)
    table.writerows([_inert(cell) for cell in row] for row in rows)
    return MARK + written.getvalue()


def _inert(cell: Cell) -> Cell:
    """Keep a spreadsheet from taking a text for a formula: an apostrophe in front makes it text.

    >>> _inert("=1+1"), _inert("plain"), _inert(-5)
    ("'=1+1", 'plain', -5)
    """
    if not isinstance(cell, str):
        return cell
    # What looks like a formula only after the signs that are not seen are gone, is one too.
    shown = legible(cell)
    return f"'{shown}" if shown.lstrip().startswith(_RISKY) or cell.startswith(_RISKY) else shown


def claims_csv(case: Case) -> str:
    """Return the claims of a case as CSV: one row each, with its source and what rests on it.

    Texts are written on one line, without signs that hide or reverse others.
    """
    uses = _uses(case)
    rows = []
    for key, claim in case.claims.items():
        told = _claim(case, key, claim, uses.get(key, []))
        cells = (told[head] for head in CLAIM_HEADS)
        rows.append(["; ".join(c) if isinstance(c, list) else c for c in cells])
    return _csv(CLAIM_HEADS, rows)


def claims_json(case: Case, redaction: Redaction | None = None) -> str:
    """Return the claims of a case and the assumptions in it as JSON, every text as it is.

    `redaction` says, by section, how much was left out of a redacted copy.
    """
    uses = _uses(case)
    assumed: dict[str, list[str]] = {}
    for path, basis in case.based():
        if basis.assumed:
            assumed.setdefault(basis.assumed, []).append(path)
    said = {
        "title": case.title,
        "as_of": case.as_of.date.isoformat() if case.as_of.date else None,
        **_told(redaction),
        "claims": [
            _claim(case, key, claim, uses.get(key, [])) for key, claim in case.claims.items()
        ],
        "assumptions": [{"assumed": words, "used_by": paths} for words, paths in assumed.items()],
    }
    return json.dumps(said, indent=2, ensure_ascii=False) + "\n"


def _told(redaction: Redaction | None) -> dict[str, Any]:
    if redaction is None:
        return {}
    marked, resting = dict(redaction.marked), dict(redaction.resting)
    left_out = {"marked": marked, "resting": resting, "copies": redaction.copies}
    return {"redaction": {"said": redaction.sentence, "left_out": left_out}}


def _uses(case: Case) -> dict[str, list[str]]:
    """Return for each claim the dotted paths of what rests on it."""
    found: dict[str, list[str]] = {}
    for path, basis in case.based():
        for claim in basis.because:
            found.setdefault(claim, []).append(path)
    return found


def _claim(case: Case, key: str, claim: Claim, uses: list[str]) -> dict[str, Any]:
    source = case.sources.get(claim.source or "")
    date = source.date.date if source is not None else None
    return {
        "id": key,
        "class": claim.class_,
        "speaker": case.name_of(claim.speaker) if claim.speaker else None,
        "quote": claim.quote,
        "source": claim.source,
        "title": source.title if source is not None else None,
        "publisher": source.publisher if source is not None else None,
        "date": date.isoformat() if date is not None else None,
        "inferred": source.date.inferred if source is not None else None,
        "at": claim.at,
        "about": list(claim.about),
        "note": claim.note,
        "status": claim.status,
        "used_by": uses,
    }


def results_json(
    deals: Deals | None,
    moves: MovesReport | None = None,
    outlook: OutlookReport | None = None,
    redaction: Redaction | None = None,
) -> str:
    """Return what the lenses say as JSON; each by the published schema of its own command."""
    from goodoffices.schemas import to_json

    said: dict[str, Any] = _told(redaction)
    for name, result in (("deals", deals), ("moves", moves), ("outlook", outlook)):
        if result is not None:
            said[name] = json.loads(to_json(result))
    return json.dumps(said, indent=2, ensure_ascii=False) + "\n"


def results_csv(
    case: Case,
    deals: Deals | None,
    moves: MovesReport | None = None,
    outlook: OutlookReport | None = None,
) -> str:
    """Return the numbers of the results as CSV: one row each, with its interval and its unit.

    Probabilities are 0 to 1 with three decimals, points have one; JSON holds every digit.
    """
    rows: list[Sequence[Cell]] = []
    if deals is not None:
        rows += _deals(case, deals)
    if moves is not None:
        rows += _moves(case, moves)
    if outlook is not None:
        rows += _outlook(case, outlook)
    return _csv(RESULT_HEADS, rows)


def _share(part: str, item: str, measure: str, share: Share, note: str = "") -> Sequence[Cell]:
    ends = (round(number, 3) for number in (share.value, share.low, share.high))
    return (part, item, measure, *ends, "probability", note)


def _points(*numbers: float) -> tuple[float, ...]:
    return tuple(round(number, 1) for number in numbers)


def _deals(case: Case, deals: Deals) -> Iterator[Sequence[Cell]]:
    zone, method = deals.zone, deals.method
    how = method.how + (f", {method.draws} draws, seed {method.seed}" if method.draws else "")
    face = {True: "yes", False: "no", None: "open"}[zone.at_face_value]
    yield _share("deals", "zone", "a package exists", zone.probability, how)
    yield ("deals", "zone", "at face value", face, None, None, "", "")
    yield ("deals", "zone", "packages", zone.packages, None, None, "packages", "")
    for number, conflict in enumerate(deals.conflicts.conflicts, 1):
        names = "; ".join(conflict.demands)
        yield ("deals", f"conflict {number}", "demands", names, None, None, "", "")
    for rung in deals.concessions:
        change = "lifted" if rung.kind == "lift" else f"lowered by {rung.step:g}"
        yield _share("deals", rung.demand, f"a package exists, {change}", rung.zone)
        given = rung.cost
        yield (
            *("deals", rung.demand, f"cost to {rung.by}, {change}"),
            *_points(given.central, given.low, given.high),
            *("points", "5th to 95th percentile"),
        )
    for package in (*deals.offers, *deals.packages):
        yield from _package(case, package)
    for unknown in deals.unknowns:
        low, high = unknown.share - 2 * unknown.error, unknown.share + 2 * unknown.error
        ends = (round(number, 3) for number in (unknown.share, low, high))
        yield ("deals", unknown.path, "share of variance", *ends, "share", "")
    for scenario in deals.scenarios:
        yield _share("deals", scenario.scenario, "a package exists in the scenario", scenario.zone)


def _package(case: Case, package: AssessedPackage) -> Iterator[Sequence[Cell]]:
    picks = "; ".join(f"{issue}: {option}" for issue, option in package.picks.items())
    yield ("deals", package.name, "options", picks, None, None, "", "")
    yield _share("deals", package.name, "accepted by all", package.all_accept)
    for actor, value in package.values.items():
        yield (
            *("deals", package.name, f"worth to {case.name_of(actor)}"),
            *(round(value, 1), None, None, "points", "at face value"),
        )
    for given in package.acceptance:
        who = case.name_of(given.party)
        yield _share("deals", package.name, f"accepted by {who}, ratified", given.ratified)
        for faction in given.factions:
            name = case.name_of(faction.faction)
            yield _share("deals", package.name, f"accepted by {name}", faction.share)


def _moves(case: Case, moves: MovesReport) -> Iterator[Sequence[Cell]]:
    here = moves.state(moves.status_quo)
    concepts = "; ".join(str(concept.value) for concept in here.equilibrium) or "none"
    yield ("moves", "status quo", "stable by", concepts, None, None, "", here.label)
    yield ("moves", "states", "feasible", moves.states_total, None, None, "states", "")
    yield ("moves", "equilibria", "found", moves.equilibria.total, None, None, "states", "")
    for number, sentence in enumerate(moves.why, 1):
        yield ("moves", f"why {number}", "sentence", sentence.text, None, None, "", "")


def _outlook(case: Case, outlook: OutlookReport) -> Iterator[Sequence[Cell]]:
    for asked in outlook.questions:
        if asked.together is not None:
            band = asked.together.probability
            yield (
                *("outlook", asked.question, f"by {asked.by.isoformat()}"),
                *(round(number, 3) for number in (band.central, band.low, band.high)),
                *("probability", asked.together.confidence),
            )
    if outlook.tabling is not None:
        for posture in outlook.tabling.postures:
            worth = posture.worth
            yield (
                *("outlook", posture.posture, "worth to the mediator"),
                *_points(worth.central, worth.low, worth.high),
                *("points of its own scale", ""),
            )
