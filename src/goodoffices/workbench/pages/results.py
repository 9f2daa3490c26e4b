"""What the lenses say, in the brief's own sections: conflicts, moves, outlook, and the overview."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from goodoffices.brief.elements import Rich
from goodoffices.brief.page import (
    DEAL_QUESTIONS,
    MOVES_QUESTIONS,
    TIME_QUESTIONS,
    brief_context,
)
from goodoffices.case.file import source_text
from goodoffices.case.model import Case
from goodoffices.errors import CaseFileError
from goodoffices.workbench.answers import Job
from goodoffices.workbench.desk import Desk, Given, desk_of, page, scenario_of
from goodoffices.workbench.pages.deadlock import listed_states
from goodoffices.workbench.store import State

__all__ = ["conflicts", "moves", "outlook", "overview", "pulse", "sources_of", "stop", "zone"]


NEEDS = {
    **dict.fromkeys((1, 2, 3, 4, 5, 6, 10), "issues and positions"),
    7: "`moves`: what each could do by itself",
    **dict.fromkeys((8, 9), "an `outlook`: questions, risks and dates"),
}
"""What a case must say so that each of the ten questions can be answered."""
ASKED = dict(sorted((*DEAL_QUESTIONS, *MOVES_QUESTIONS, *TIME_QUESTIONS)))
WHERE = {
    1: "matrix",
    **dict.fromkeys((2, 3, 4, 10), "conflicts"),
    **dict.fromkeys((5, 6), "packages"),
    7: "moves",
    **dict.fromkeys((8, 9), "outlook"),
}
"""The page that answers each question in full."""
MOST_FAULTS = 60
"""Faults that the overview lists, those to mend first."""


def overview(request: Request) -> Response:
    """Show the ten questions with their short answers, the faults and what is unconfirmed."""
    desk = desk_of(request)
    state = desk.store.state()
    if state.case is None:
        return page(request, "broken.html.jinja")
    given: dict[str, Any] = {"state": state, "waiting": False, "short": False, "most": MOST_FAULTS}
    if state.usable is not None:
        jobs = [desk.deals(state), desk.moves(state), desk.outlook(state)]
        computing = [job is not None and job.open for job in jobs]
        given["waiting"] = any(computing)
        given["failed"] = [job.error for job in jobs if job is not None and job.error]
        given.update(_context(desk, state, *jobs))
        given["short"] = "cover" in given
        given["ten"] = _ten(given, computing)
    return page(request, "overview.html.jinja", given)


def _ten(given: Mapping[str, Any], computing: Sequence[bool]) -> list[dict[str, Any]]:
    """Return the ten questions: each with its answer, or with what it still needs or waits for."""
    told = given["cover"].points if given["short"] else ()
    points: dict[int, Rich] = {}
    if "wants" in given:
        points = {1: given["wants"], 6: given["yes"]}
    for point in told:
        before = points.get(point.question)
        points[point.question] = (*before, " ", *point.text) if before else point.text
    lens = dict.fromkeys(ASKED, 0) | {7: 1, 8: 2, 9: 2}
    return [
        {
            "number": number,
            "question": question,
            "where": f"/{WHERE[number]}#q{number}",
            "answer": points.get(number),
            "computing": computing[lens[number]],
            "needs": NEEDS[number],
        }
        for number, question in ASKED.items()
    ]


def conflicts(request: Request) -> Response:
    """Show whether a deal exists, what blocks it, and what would open one."""
    desk = desk_of(request)
    state = desk.store.state()
    job = desk.deals(state, scenario_of(request, state))
    return _answered(request, "Conflicts", "conflicts.html.jinja", state, job)


def moves(request: Request) -> Response:
    """Show why nobody moves."""
    desk = desk_of(request)
    state = desk.store.state()
    job = desk.moves(state, scenario_of(request, state))
    return _answered(request, "Moves", "graph.html.jinja", state, job)


def outlook(request: Request) -> Response:
    """Show what happens next, and whether to table, hold or contain."""
    desk = desk_of(request)
    state = desk.store.state()
    job = desk.outlook(state, scenario_of(request, state))
    return _answered(request, "Outlook", "ahead.html.jinja", state, job)


def zone(request: Request) -> Response:
    """Show the chance that a deal exists, as far as it is known by now."""
    desk = desk_of(request)
    if request.query_params.get("again"):
        desk.full(desk.store.state(), again=True)
    return page(request, "zone.html.jinja")


def pulse(request: Request) -> Response:
    """Say so if the case is no longer what the page shows; nothing if it is."""
    state = desk_of(request).store.state()
    if request.query_params.get("revision", "") == state.digest:
        return Response(status_code=204)
    return page(request, "pulse.html.jinja", {"state": state})


def stop(request: Request, given: Given) -> Response:
    """Stop computing the full answer; the quick one stays."""
    desk = desk_of(request)
    desk.stop(desk.store.state())
    return page(request, "zone.html.jinja")


def _answered(
    request: Request, what: str, template: str, state: State, job: Job | None
) -> Response:
    """Show a section once its answer is there; until then, that it is on its way."""
    if job is None:
        return page(request, "unanswered.html.jinja", {"what": what})
    if job.status != "done":
        return page(request, "waiting.html.jinja", {"what": what, "one": job})
    desk = desk_of(request)
    scenario = scenario_of(request, state)
    # The job that is done, and not whichever is the best by now: that may have been begun anew.
    weighed = job if what == "Conflicts" else desk.deals(state, scenario)
    moved, ahead = {"Moves": (job, None), "Outlook": (None, job)}.get(what, (None, None))
    context = _context(desk, state, weighed, moved, ahead)
    named = state.usable.scenarios if state.usable is not None else {}
    context["choices"] = [(key, one.name) for key, one in named.items()]
    context["chosen"] = scenario
    if moved is not None and state.usable is not None:
        context["states"] = listed_states(state.usable, moved.answer)
    return page(request, template, context)


def _context(desk: Desk, state: State, *jobs: Job | None) -> dict[str, Any]:
    """Return what the brief's sections are filled with, from what is known by now."""
    case = state.usable
    assert case is not None
    weighed, moved, ahead = (
        job.answer if job is not None and job.status == "done" else None for job in jobs
    )
    if weighed is None and moved is None and ahead is None:
        return {}
    return brief_context(case, weighed, moves=moved, outlook=ahead, sources=sources_of(case, desk))


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
