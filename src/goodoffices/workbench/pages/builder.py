"""The package builder: pick one option per issue, and see at once who would accept."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from goodoffices.brief.elements import plain as words
from goodoffices.brief.naming import Naming
from goodoffices.case._plain import plain
from goodoffices.case.model import Case
from goodoffices.case.paths import at_path
from goodoffices.deals.results import AssessedPackage, Deals
from goodoffices.errors import CaseError, Fault, GoodOfficesError
from goodoffices.workbench.desk import QUICK, Given, desk_of, page
from goodoffices.workbench.edits import Change, changed
from goodoffices.workbench.fields import quantity_at
from goodoffices.workbench.pages.standing import (
    against_frontier,
    drawn_standing,
    promises_of,
    refusing,
)
from goodoffices.workbench.store import Stale, State

__all__ = ["assessed", "builder", "keep", "sweep"]

MOST_COMPARED = 4
POINTS = 9
"""A sweep looks at so many numbers between the lowest and the highest."""
MOST_MOVING = 6
MOST_INPUTS = 400
"""Inputs that can be chosen from, those that move the answer most first."""
FINE = 2_000
"""Draws for a package: an error of at most 1.1 per cent, in a few milliseconds."""


def builder(request: Request) -> Response:
    """Show the builder, with the package that the address names, or the most acceptable one."""
    desk = desk_of(request)
    state = desk.store.state()
    case, job = state.usable, desk.deals(state)
    if case is None or job is None:
        return page(request, "unanswered.html.jinja", {"what": "Packages"})
    if job.status != "done":
        return page(request, "waiting.html.jinja", {"what": "Packages", "one": job})
    found: Deals = job.answer
    start = found.offers[0].picks if found.offers else {}
    picks = _picks(case, dict(request.query_params), start)
    context = {
        **_context(request, state, case, picks),
        "picks": picks,
        "choices": [
            (key, issue.name, [(option, issue.option_name(option)) for option in issue.option_ids])
            for key, issue in case.issues.items()
        ],
        "unknowns": _sweepable(case, found),
    }
    return page(request, "builder.html.jinja", context)


def assessed(request: Request) -> Response:
    """Assess the package that is picked, beside up to three others."""
    desk = desk_of(request)
    state = desk.store.state()
    case = state.usable
    if case is None or not case.issues:
        return PlainTextResponse("the case has errors, or no issue yet", status_code=409)
    picks = _picks(case, dict(request.query_params), {})
    return page(request, "assessed.html.jinja", _context(request, state, case, picks))


def keep(request: Request, given: Given) -> Response:
    """Keep the package that is picked as a named proposal of the case."""
    desk = desk_of(request)
    case = desk.store.state().case
    try:
        if case is None:
            raise CaseError([Fault(where="", what="the file is no case now")])
        name = given.get("name", "").strip()
        key = _free_id(case, name)
        picks = _picks(case, given, {})
        data = {
            "name": name or key,
            "picks": picks,
            "assumed": "workbench: a package that somebody built to look at it",
        }
        change = Change(f"packages.{key}", data)
        desk.store.change([change], given.get("revision", ""))
    except Stale:
        fault = Fault(where="packages", what="a package of that name was added elsewhere")
        return page(request, "refused.html.jinja", {"faults": [fault]}, status=409)
    except CaseError as error:
        return page(request, "refused.html.jinja", {"faults": error.faults}, status=422)
    return RedirectResponse("/packages?" + _query(picks), status_code=303)


def sweep(request: Request) -> Response:
    """Show how the answers move with one uncertain input, from its lowest to its highest."""
    desk = desk_of(request)
    state = desk.store.state()
    case = state.usable
    path = request.query_params.get("path", "")
    if case is None or at_path(plain(case, short=False), path) is None:
        return PlainTextResponse("choose an input", status_code=200)
    picks = _picks(case, dict(request.query_params), {})
    try:
        rows = _swept(case, path, picks)
    except GoodOfficesError as error:
        return PlainTextResponse(str(error), status_code=200)
    at = min(max(_number(request.query_params.get("at", "4")), 0), len(rows) - 1)
    told = words(Naming(case=case, full={}, tabulated=False).path(path))
    now = at_path(plain(case), path)
    context = {"rows": rows, "told": told, "at": at, "now": now}
    return page(request, "sweep.html.jinja", context)


def _context(request: Request, state: State, case: Case, picks: dict[str, str]) -> dict[str, Any]:
    desk = desk_of(request)
    job = desk.deals(state)
    found: Deals | None = job.answer if job is not None and job.status == "done" else None
    others = [*found.offers, *found.packages] if found is not None else []
    asked = request.query_params.getlist("beside")[: MOST_COMPARED - 1]
    beside = [one for one in others if one.name in asked]
    mine = _assess(case, picks)
    columns = [mine, *(_assess(case, one.picks, one.name) for one in beside)]
    return {
        "case": case,
        "columns": columns,
        "beside": [found and against_frontier(found, column) for column in columns],
        "others": [(one.name, one.name in asked) for one in others],
        "promises": promises_of(case, found, mine) if found is not None else [],
        "refusing": [refusing(column) for column in columns],
        "drawings": drawn_standing(case, found, mine) if found is not None else (),
        "drawn": FINE,
        "query": _query(picks),
    }


def _assess(case: Case, picks: dict[str, str], name: str = "This package") -> AssessedPackage:
    from goodoffices.deals.lens import assess
    from goodoffices.deals.space import compile_space

    space = compile_space(case)
    draws = 1 if space.certain else FINE
    return assess(space, [(name, space.package(picks))], draws, 0)[0]


def _picks(case: Case, given: Given, start: dict[str, str]) -> dict[str, str]:
    """Read one option per issue; where none is named, the start's, the agreed or the first one."""
    found = {}
    for key, issue in case.issues.items():
        wanted = given.get(f"pick.{key}", start.get(key, issue.agreed or ""))
        found[key] = wanted if wanted in issue.option_ids else issue.option_ids[0]
    return found


def _query(picks: dict[str, str]) -> str:
    from urllib.parse import urlencode

    return urlencode({f"pick.{key}": option for key, option in picks.items()})


def _sweepable(case: Case, found: Deals) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return every uncertain input, in words: first those that move the answer most."""
    from goodoffices.deals.space import compile_space

    naming = Naming(case=case, full={}, tabulated=False)
    ranked = [row.path for row in found.unknowns]
    every = [given.path for given in compile_space(case).inputs if given.quantity.uncertain]
    paths = [path for path in dict.fromkeys([*ranked, *every]) if quantity_at(case, path)]
    told = [(path, words(naming.path(path))) for path in paths[:MOST_INPUTS]]
    groups = [("What moves the answer most", told[:MOST_MOVING]), ("Others", told[MOST_MOVING:])]
    return [(title, rows) for title, rows in groups if rows]


def _swept(case: Case, path: str, picks: dict[str, str]) -> list[dict[str, Any]]:
    from goodoffices.deals.space import compile_space
    from goodoffices.deals.zone import survey

    rows = []
    for number in _numbers(case, path):
        fixed = changed(case, [Change(path, number)])
        space = compile_space(fixed)
        seen = survey(space, 1 if space.certain else QUICK, 0, ladder=False)
        zone = space.share(int(seen.open.sum()), seen.draws, seen.undecided)
        mine = _assess(fixed, picks)
        rows.append({"number": number, "zone": zone, "all_accept": mine.all_accept})
    return rows


def _numbers(case: Case, path: str) -> list[float]:
    """Return numbers evenly between the lowest and the highest that an input may take."""
    found = quantity_at(case, path)
    if found is None:
        what = "is not an uncertain number"
        raise CaseError([Fault(where=path, what=what, mend="choose another input")])
    step = (found.high - found.low) / (POINTS - 1)
    return [round(found.low + step * n, 4) for n in range(POINTS)]


def _number(text: str) -> int:
    try:
        return int(float(text))
    except (OverflowError, ValueError):
        return 0


def _free_id(case: Case, name: str) -> str:
    """Return an id for a package that no other has, made from its name."""
    base = "-".join("".join(c if c.isalnum() else " " for c in name.lower()).split())[:40]
    base = base if base and base[0].isalnum() else "package"
    key, count = base, 1
    while key in case.packages:
        count += 1
        key = f"{base}-{count}"
    return key
