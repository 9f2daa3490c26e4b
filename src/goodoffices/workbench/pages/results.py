"""What the lenses say, in the brief's own sections: conflicts, moves, outlook, and the overview."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from goodoffices.brief.page import brief_context
from goodoffices.case.file import source_text
from goodoffices.case.model import Case
from goodoffices.errors import CaseFileError
from goodoffices.workbench.answers import Job
from goodoffices.workbench.desk import Desk, Given, desk_of, page
from goodoffices.workbench.store import State

__all__ = ["conflicts", "moves", "outlook", "overview", "sources_of", "stop", "zone"]


def overview(request: Request) -> Response:
    """Show the questions with their short answers, the faults and what is unconfirmed."""
    desk = desk_of(request)
    state = desk.store.state()
    if state.case is None:
        return page(request, "broken.html.jinja")
    given: dict[str, Any] = {"short": None, "state": state}
    if state.usable is not None:
        jobs = [desk.moves(state), desk.outlook(state)]
        given["waiting"] = any(job is not None and job.open for job in jobs)
        given.update(_context(desk, state, *jobs))
        given["short"] = "cover" in given
    return page(request, "overview.html.jinja", given)


def conflicts(request: Request) -> Response:
    """Show whether a deal exists, what blocks it, and what would open one."""
    return _answered(request, "Conflicts", "conflicts.html.jinja")


def moves(request: Request) -> Response:
    """Show why nobody moves."""
    desk = desk_of(request)
    state = desk.store.state()
    return _answered(request, "Moves", "graph.html.jinja", moves=desk.moves(state))


def outlook(request: Request) -> Response:
    """Show what happens next, and whether to table, hold or contain."""
    desk = desk_of(request)
    state = desk.store.state()
    return _answered(request, "Outlook", "ahead.html.jinja", outlook=desk.outlook(state))


def zone(request: Request) -> Response:
    """Show the chance that a deal exists, as far as it is known by now."""
    desk = desk_of(request)
    if request.query_params.get("again"):
        desk.full(desk.store.state(), again=True)
    return page(request, "zone.html.jinja")


def stop(request: Request, given: Given) -> Response:
    """Stop computing the full answer; the quick one stays."""
    desk = desk_of(request)
    desk.stop(desk.store.state())
    return page(request, "zone.html.jinja")


def _answered(
    request: Request,
    what: str,
    template: str,
    *,
    moves: Job | None = None,
    outlook: Job | None = None,
) -> Response:
    desk = desk_of(request)
    state = desk.store.state()
    job = moves or outlook
    if state.usable is None or (job is None and what != "Conflicts"):
        return page(request, "unanswered.html.jinja", {"what": what})
    if what == "Conflicts" and not state.usable.issues:
        return page(request, "unanswered.html.jinja", {"what": what})
    if job is not None and job.status != "done":
        return page(request, "waiting.html.jinja", {"what": what, "one": job})
    return page(request, template, _context(desk, state, moves, outlook))


def _context(
    desk: Desk, state: State, moves: Job | None = None, outlook: Job | None = None
) -> dict[str, Any]:
    """Return what the brief's sections are filled with, from what is known by now."""
    case = state.usable
    assert case is not None
    found = [
        job.answer if job is not None and job.status == "done" else None for job in (moves, outlook)
    ]
    result = desk.deals(state)
    if result is None and not any(found):
        return {}
    return brief_context(
        case, result, moves=found[0], outlook=found[1], sources=sources_of(case, desk)
    )


def sources_of(case: Case, desk: Desk) -> dict[str, str]:
    """Return the plain texts of the sources that can be read."""
    texts = {}
    for key in case.sources:
        try:
            text = source_text(case, key, desk.store.folder)
        except CaseFileError:
            # What is wrong with a source stands among the faults.
            continue
        if text is not None:
            texts[key] = text
    return texts
