"""What every page of the workbench shares: the case at hand, its answers, its templates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from goodoffices.brief.elements import plain
from goodoffices.brief.text import chance, visible
from goodoffices.case._write import inline
from goodoffices.case.drafts import count_drafts
from goodoffices.case.model import Case
from goodoffices.deals.share import Share
from goodoffices.errors import Fault
from goodoffices.workbench.answers import Answers, Job, Progress, Question
from goodoffices.workbench.store import State, Store

if TYPE_CHECKING:
    from goodoffices.deals.results import Deals
    from goodoffices.moves.results import MovesReport
    from goodoffices.outlook.results import OutlookReport

__all__ = ["DRAWS", "PAGES", "QUICK", "Desk", "Given", "desk_of", "environment", "page"]

Given = Mapping[str, str]
"""What a form holds: each field by its name."""
QUICK = 500
"""Draws of an answer that must come at once: an error of at most 2.2 per cent."""
DRAWS = 10_000

PAGES = (
    ("", "Overview"),
    ("matrix", "Matrix"),
    ("parts", "All parts"),
    ("packages", "Packages"),
    ("conflicts", "Conflicts"),
    ("moves", "Moves"),
    ("outlook", "Outlook"),
    ("scenarios", "Scenarios"),
    ("documents", "Documents"),
    ("history", "History"),
    ("hand-over", "Hand over"),
)
"""Addresses and titles, in the order of the menu."""


@dataclass(frozen=True, slots=True)
class Desk:
    """The case at hand and what is being computed about it."""

    store: Store
    answers: Answers

    def quick(self, state: State, scenario: str | None = None) -> Deals | None:
        """Return the deals lens's answer from few draws, at once; None if it can't be asked."""
        case = state.usable
        if case is None or not case.issues:
            return None
        question = Question(state.digest, "deals", scenario, QUICK)
        found: Deals = self.answers.at_once(question, lambda _: _deals(case, scenario, QUICK, None))
        return found

    def full(self, state: State, scenario: str | None = None, *, again: bool = False) -> Job | None:
        """Return the job of the full answer, begun if it is new; None if it can't be asked."""
        case = state.usable
        if case is None or not case.issues:
            return None
        question = Question(state.digest, "deals", scenario, DRAWS)

        def work(advance: Progress) -> Deals:
            return _deals(case, scenario, DRAWS, advance)

        return self.answers.later(question, work, again=again)

    def stop(self, state: State) -> None:
        """Stop computing the full answer."""
        self.answers.stop(Question(state.digest, "deals", None, DRAWS))

    def moves(self, state: State) -> Job | None:
        """Return the job of the lens on moves; None if the case has none."""
        case = state.usable
        if case is None or case.moves is None:
            return None
        reads = case.moves.reads_deals

        def work(advance: Progress) -> MovesReport:
            from goodoffices.moves import moves

            weighed = self.deals(state) if reads else None
            return moves(case, deals=weighed, progress_to=advance)

        return self.answers.later(Question(state.digest, "moves"), work)

    def outlook(self, state: State) -> Job | None:
        """Return the job of the lens on time; None if the case says nothing of it."""
        case = state.usable
        if case is None or case.outlook is None:
            return None
        today = case.as_of.date or dt.datetime.now(dt.UTC).date()

        def work(_: Progress) -> OutlookReport:
            from goodoffices.outlook import outlook

            return outlook(case, self.deals(state), today=today)

        return self.answers.later(Question(state.digest, "outlook"), work)

    def deals(self, state: State, scenario: str | None = None) -> Deals | None:
        """Return the best answer at hand: the full one if it is there, else the quick one."""
        job = self.full(state, scenario)
        if job is not None and job.status == "done":
            found: Deals = job.answer
            return found
        return self.quick(state, scenario)


def _deals(case: Case, scenario: str | None, draws: int, advance: Progress | None) -> Deals:
    from goodoffices.deals import deals

    return deals(case, scenario=scenario, draws=draws, compare=draws > QUICK, progress_to=advance)


def desk_of(request: Request) -> Desk:
    """Return the desk of the application that a request came to."""
    found: Desk = request.app.state.desk
    return found


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Return the templates: the workbench's own, and the brief's, which it shares."""
    made = Environment(
        loader=ChoiceLoader(
            [PackageLoader("goodoffices.workbench"), PackageLoader("goodoffices.brief")]
        ),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["plain"] = plain
    made.filters["visible"] = visible
    made.filters["chance"] = chance
    made.filters["error"] = _error
    made.filters["say"] = _say
    return made


def page(
    request: Request,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    status: int = 200,
    message: str = "",
) -> HTMLResponse:
    """Make a page, or a piece of one, from a template.

    Every template is given the file's state and the answer at hand, so that whatever is swapped
    into a page brings its status line up to date.
    """
    desk = desk_of(request)
    state = (context or {}).get("state") or desk.store.state()
    shared = {
        "state": state,
        "pages": PAGES,
        "here": request.url.path.strip("/").split("/")[0],
        "name": desk.store.path.name,
        "notice": desk.store.history.notice,
        "past": desk.store.history.last(),
        "message": message,
        "lines": _lines(state.faults),
        "drafts": _drafts(state.case),
        "answer": desk.deals(state),
        "job": desk.full(state),
        "draws": DRAWS,
    }
    text = environment().get_template(template).render({**shared, **(context or {})})
    return HTMLResponse(text, status_code=status)


def _error(share: Share) -> str:
    """Return half the width of the 95 % interval, rounded up to what it allows."""
    width = 100 * (share.high - share.low) / 2
    return f"{width:.0f} %" if width >= 1 else "1 %"


def _say(value: Any) -> str:
    """Show plain data on one line; a dash where there is none."""
    if value is None:
        return "–"
    return visible(value if isinstance(value, str) else inline(value))


def _lines(faults: tuple[Fault, ...]) -> list[Fault]:
    return sorted(faults, key=lambda fault: fault.severity != "error")


def _drafts(case: Case | None) -> int:
    if case is None:
        return 0
    return sum(count_drafts(case).values())
