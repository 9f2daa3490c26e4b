"""What every page of the workbench shares: the case at hand, its answers, its templates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse

from goodoffices.brief.elements import plain
from goodoffices.brief.text import chance, visible
from goodoffices.case._write import inline
from goodoffices.case.drafts import count_drafts
from goodoffices.case.model import Case
from goodoffices.deals.share import Share
from goodoffices.errors import Fault, GoodOfficesError
from goodoffices.workbench.answers import Answers, Job, Progress, Question
from goodoffices.workbench.store import State, Store

if TYPE_CHECKING:
    from goodoffices.deals.results import Deals
    from goodoffices.moves.results import MovesReport
    from goodoffices.outlook.results import OutlookReport

__all__ = [
    "DRAWS",
    "PAGES",
    "QUICK",
    "Desk",
    "Given",
    "Odds",
    "desk_of",
    "environment",
    "page",
    "scenario_of",
]

Given = Mapping[str, str]
"""What a form holds: each field by its name."""
QUICK = 500
"""Draws of an answer that must come at once: an error of at most 2.2 per cent."""
DRAWS = 10_000
PATIENCE = 1.5
"""Seconds that a page waits for an answer from few draws before it says that it is computing."""

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


@dataclass(frozen=True, kw_only=True, slots=True)
class Odds:
    """The chance that a package exists which all would accept, as far as it is known by now."""

    chance: Share | None
    """None if it can't be computed."""
    exact: bool = False
    draws: int = 0
    error: str = ""
    """Why it can't be computed."""


@dataclass(frozen=True, slots=True)
class Desk:
    """The case at hand and what is being computed about it."""

    store: Store
    answers: Answers

    def odds(self, state: State) -> Odds | None:
        """Return the chance of a deal: from all draws if they are done, else from few, at once."""
        case, job = state.usable, self.full(state)
        if case is None or job is None:
            return None
        if job.status == "done":
            zone = job.answer.zone
            exact = zone.method.how == "exact"
            return Odds(chance=zone.probability, exact=exact, draws=zone.method.draws)
        question = Question(state.digest, "zone", None, QUICK)
        found: Odds = self.answers.at_once(question, lambda _: _odds(case))
        return found

    def quick(self, state: State) -> Job | None:
        """Return the job of the answer from few draws, after a moment; None if it can't be asked.

        A case of usual size is answered by then; of a large one, the page says that it computes.
        """
        case = state.usable
        if case is None or not case.issues:
            return None

        def work(advance: Progress) -> Deals:
            return _deals(case, QUICK, advance)

        return self.answers.soon(Question(state.digest, "deals", None, QUICK), work, PATIENCE)

    def full(self, state: State, scenario: str | None = None, *, again: bool = False) -> Job | None:
        """Return the job of the full answer, begun if it is new; None if it can't be asked."""
        case = state.usable
        if case is None or not case.issues:
            return None
        question = Question(state.digest, "deals", scenario, DRAWS)

        def work(advance: Progress) -> Deals:
            return _deals(case, DRAWS, advance, scenario)

        return self.answers.later(question, work, again=again)

    def stop(self, state: State) -> None:
        """Stop computing the full answer."""
        self.answers.stop(Question(state.digest, "deals", None, DRAWS))

    def moves(self, state: State, scenario: str | None = None) -> Job | None:
        """Return the job of the lens on moves; None if the case has none."""
        case = state.usable
        if case is None or case.moves is None:
            return None
        reads = case.moves.reads_deals

        def work(advance: Progress) -> MovesReport:
            from goodoffices.moves import moves

            weighed = self._weighed(state, case, scenario) if reads else None
            return moves(case, scenario=scenario, deals=weighed, progress_to=advance)

        return self.answers.later(Question(state.digest, "moves", scenario), work)

    def outlook(self, state: State, scenario: str | None = None) -> Job | None:
        """Return the job of the lens on time; None if the case says nothing of it."""
        case = state.usable
        if case is None or case.outlook is None:
            return None
        today = case.as_of.date or dt.datetime.now(dt.UTC).date()

        def work(_: Progress) -> OutlookReport:
            from goodoffices.outlook import outlook

            weighed = self._weighed(state, case, scenario)
            return outlook(case, weighed, today=today, scenario=scenario)

        return self.answers.later(Question(state.digest, "outlook", scenario), work)

    def deals(self, state: State, scenario: str | None = None) -> Job | None:
        """Return the best answer's job at hand: the full one if it is done, else the quick one.

        For a scenario there is no quick one.
        """
        if scenario is not None:
            return self.full(state, scenario)
        job = self.full(state)
        return job if job is not None and job.status == "done" else self.quick(state)

    def _weighed(self, state: State, case: Case, scenario: str | None) -> Deals | None:
        """Return the best answer, for a lens that builds on it and has time."""
        if not case.issues:
            return None
        job = self.full(state, scenario)
        if job is not None and job.status == "done":
            found: Deals = job.answer
        else:
            question = Question(state.digest, "deals", scenario, QUICK)
            found = self.answers.at_once(
                question, lambda advance: _deals(case, QUICK, advance, scenario)
            )
        return found


def _deals(case: Case, draws: int, advance: Progress, scenario: str | None = None) -> Deals:
    from goodoffices.deals import deals

    compare = draws > QUICK and scenario is None
    return deals(case, scenario=scenario, draws=draws, compare=compare, progress_to=advance)


def _odds(case: Case) -> Odds:
    """Ask for nothing but whether a package exists: a fraction of what the lens looks at."""
    from goodoffices.deals.space import compile_space
    from goodoffices.deals.zone import survey

    try:
        space = compile_space(case)
        found = survey(space, 1 if space.certain else QUICK, 0, ladder=False)
    except GoodOfficesError as error:
        return Odds(chance=None, error=str(error))
    chance = space.share(int(found.open.sum()), found.draws, found.undecided)
    return Odds(chance=chance, exact=space.certain and not found.undecided, draws=found.draws)


def desk_of(request: Request) -> Desk:
    """Return the desk of the application that a request came to."""
    found: Desk = request.app.state.desk
    return found


def scenario_of(request: Request, state: State) -> str | None:
    """Return the scenario that a page's address names, if the case has it."""
    asked = request.query_params.get("scenario")
    told = request.headers.get("hx-current-url")
    if asked is None and told is not None:
        # A piece of a page is about the scenario that the page is about.
        asked = dict(parse_qsl(urlsplit(told).query)).get("scenario")
    known = state.usable.scenarios if state.usable is not None else {}
    return asked if asked in known else None


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
    made.filters["lines"] = _lines_of
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
    back = shown_at(request)
    shared = {
        "state": state,
        "pages": PAGES,
        "here": back.partition("?")[0].split("/")[0],
        "back": back,
        "name": desk.store.path.name,
        "notice": desk.store.history.notice,
        "past": desk.store.history.last(),
        "message": message,
        "lines": _lines(state.faults),
        "drafts": _drafts(state.case),
        "answer": desk.odds(state),
        "job": desk.full(state),
        "draws": DRAWS,
    }
    text = environment().get_template(template).render({**shared, **(context or {})})
    return HTMLResponse(text, status_code=status)


def _lines_of(text: str) -> Markup:
    """Show a text of several lines with its breaks."""
    return Markup("<br>").join(visible(line) for line in text.split("\n"))


def shown_at(request: Request) -> str:
    """Return the address of the page that somebody has in front of them, without the first slash.

    A piece of a page is asked for from that page, and so is what a form changes. Only path and
    query are taken from what the browser says, so that it leads nowhere else.
    """
    own = str(request.url)
    told = request.headers.get("hx-current-url")
    if told is None and request.method != "GET":
        told = request.headers.get("referer", "/")
    try:
        parts = urlsplit(told if told is not None else own)
    except ValueError:
        return ""
    return parts.path.lstrip("/\\") + (f"?{parts.query}" if parts.query else "")


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
