"""One state of the move graph: who likes it, who would leave it, and what deters each move."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from goodoffices.brief.deadlock import Deadlock, gloss
from goodoffices.brief.elements import Rich, join
from goodoffices.brief.evidence import collect
from goodoffices.brief.material import Subject
from goodoffices.brief.naming import Naming
from goodoffices.brief.states import deadlock_of
from goodoffices.case.model import Case
from goodoffices.case.scenario import apply_scenario
from goodoffices.case.voices import voices
from goodoffices.moves.results import Move, MovesReport
from goodoffices.workbench.desk import desk_of, page, scenario_of

__all__ = ["listed_states", "state"]

DETERRED = {"no": "nothing", "possibly": "weakly:", "credibly": "firmly:"}
"""What deters a move that pays: moves of others that need not pay them, or that do."""


def state(request: Request) -> Response:
    """Show a state by its number in the drawing, and one move from it first if `to` names it."""
    desk = desk_of(request)
    now = desk.store.state()
    case, job = now.usable, desk.moves(now, scenario_of(request, now))
    if case is None or job is None or job.status != "done":
        return PlainTextResponse("the moves are being computed; look again", status_code=404)
    found = _deadlock(case, job.answer)
    patterns = {str(number): pattern for pattern, number in found.numbers.items()}
    pattern = patterns.get(request.query_params.get("number", ""))
    if pattern is None:
        return PlainTextResponse("there is no such state any more", status_code=404)
    to = patterns.get(request.query_params.get("to", ""))
    return page(request, "state.html.jinja", _told(found, pattern, to))


def listed_states(case: Case, report: MovesReport) -> list[tuple[int, str]]:
    """Return the numbers that states have in the drawing, and what each is called."""
    found = _deadlock(case, report)
    return [(number, found.labels.get(key, key)) for key, number in found.numbers.items()]


def _deadlock(case: Case, report: MovesReport) -> Deadlock:
    if report.scenario is not None:
        case = apply_scenario(case, report.scenario)
    naming = Naming(case=case, full={}, tabulated=False)
    subject = Subject(case=case, naming=naming, evidence=collect(case, {}), voices=voices(case))
    return deadlock_of(subject, report)


def _told(found: Deadlock, pattern: str, to: str | None) -> dict[str, Any]:
    report = found.report
    here, now = report.state(pattern), report.state(report.status_quo)
    moves = [move for move in report.moves if move.source == pattern]
    paying = {
        (one.move.by, one.move.target): one
        for told in report.leaving
        if told.state == pattern
        for one in told.temptations
    }
    if not moves:
        # Of very many states, only the moves that pay are told.
        moves = [one.move for one in paying.values()]
    moves.sort(key=lambda move: (move.target != to, not move.gains))
    return {
        "number": found.numbers[pattern],
        "label": found.state(pattern)[:1],
        "is_now": pattern == report.status_quo,
        "likes": [
            (found.naming.actor(key), place, _beside(place, now.place[key]))
            for key, place in here.place.items()
        ],
        "rest": gloss(here.equilibrium),
        "harm": join([found.naming.act(key) for key in here.harm], last=" and "),
        "moves": [_row(found, move, paying, chosen=move.target == to) for move in moves],
        "only_paying": not any(move.source == pattern for move in report.moves),
    }


def _beside(place: int, now: int) -> str:
    if place == now:
        return "as now"
    return "better than now" if place < now else "worse than now"


def _row(
    found: Deadlock, move: Move, paying: dict[tuple[str, str], Any], *, chosen: bool
) -> dict[str, Any]:
    one = paying.get((move.by, move.target))
    deters: Rich = ("–",)
    if one is not None:
        answer = found.steps(one.answer)
        deters = (DETERRED[one.deterred], *((" ", *answer) if one.answer else ()))
    return {
        "by": found.naming.actor(move.by),
        "doing": found.doing(move, "takes", "drops"),
        "target": found.numbers.get(move.target),
        "pays": move.gains,
        "deters": deters,
        "harm": bool(move.harm),
        "chosen": chosen,
    }
