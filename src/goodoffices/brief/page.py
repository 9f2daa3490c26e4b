"""The page: a case and its results in, one self-contained HTML text out."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from goodoffices.brief import (
    agreement,
    appendix,
    background,
    changes,
    cover,
    gaps,
    positions,
    proposals,
    way,
    words,
)
from goodoffices.brief.assembly import assemble
from goodoffices.brief.could import tabulate_options, tabulate_preferences
from goodoffices.brief.deadlock import (
    Deadlock,
    explain,
    tabulate_equilibria,
    tabulate_leaving,
    tabulate_shares,
)
from goodoffices.brief.elements import plain
from goodoffices.brief.lookahead import look_ahead, score_parts
from goodoffices.brief.material import Material, Subject
from goodoffices.brief.promises import tabulate_promises
from goodoffices.brief.states import draw_moves
from goodoffices.brief.text import clipped, visible
from goodoffices.case.drafts import drafts_of, settled, told
from goodoffices.case.model import Case
from goodoffices.deals.results import Deals
from goodoffices.moves.results import MovesReport
from goodoffices.outlook.record import ScoreReport
from goodoffices.outlook.results import OutlookReport

__all__ = ["brief_context", "environment", "render_brief", "render_score"]

DEAL_QUESTIONS = (
    (1, "Who wants what, how firmly?"),
    (2, "Is there a deal that everyone who must accept would accept?"),
    (3, "If not, which few demands cannot hold together?"),
    (4, "What is the smallest change that opens one, and who bears it?"),
    (5, "What could be tabled?"),
    (6, "Who would say yes to it, inside each party too?"),
    (10, "What don’t we know that matters most?"),
)
MOVES_QUESTIONS = ((7, "Why does nobody move?"),)
TIME_QUESTIONS = (
    (8, "Is the moment ripe?"),
    (9, "What happens next, by when, how sure are we?"),
)


def render_brief(
    case: Case,
    result: Deals | None,
    *,
    moves: MovesReport | None = None,
    outlook: OutlookReport | None = None,
    record: ScoreReport | None = None,
    generated: dt.date | None,
    sources: Mapping[str, str] | None = None,
    drafts: str = "",
) -> str:
    """Return the brief as one HTML page that asks for nothing from elsewhere.

    `case` is the case as its file says it; where the results answer for one of its scenarios, that
    scenario is applied here. Questions of a lens whose result is None are not answered, and the
    page says so. `record` says how good past forecasts were: it is shown where `outlook` is given.
    `sources` maps source ids to their plain text, so that the evidence can show the sentence around
    each quote. `generated` is the day to print on the cover, if any. Drafts in the case are left
    out, and the cover says how many wait; `drafts` is what it says instead, where the results were
    asked with drafts adopted.

    The same arguments give the same page: nothing is read from disk, clock or network but the
    package's own templates. Raises `ScenarioError` for a scenario that the case doesn't have,
    `ValueError` where all results are None or they answer for different scenarios.
    """
    given = brief_context(
        case,
        result,
        moves=moves,
        outlook=outlook,
        record=record,
        generated=generated,
        sources=sources,
        drafts=drafts,
    )
    return environment().get_template("page.html.jinja").render(given)


def brief_context(
    case: Case,
    result: Deals | None,
    *,
    moves: MovesReport | None = None,
    outlook: OutlookReport | None = None,
    record: ScoreReport | None = None,
    generated: dt.date | None = None,
    sources: Mapping[str, str] | None = None,
    drafts: str = "",
) -> dict[str, Any]:
    """Return what the brief's templates are filled with, as `render_brief` fills them.

    For whoever shows single sections elsewhere: each template of a section takes this whole.
    """
    drafts = drafts or told(len(drafts_of(case)))
    whole = assemble(
        settled(case),
        result,
        moves,
        outlook,
        record=record,
        sources=sources,
        tabulated=result is not None,
    )
    subject, answered = whole.subject, whole.answered
    material, deadlock, ahead = answered.material, answered.deadlock, answered.ahead
    questions = _questions(answered)
    return {
        **_head(subject.case.title),
        "questions": questions,
        "asked": dict(questions),
        "open_questions": _open_questions(answered),
        "cover": cover.write_cover(subject, answered, whole.scenario, generated, drafts),
        "full": tuple((anchor, text) for text, anchor in subject.naming.full.items()),
        "has_deals": material is not None,
        "moves": _moves(deadlock) if deadlock is not None else None,
        "time": look_ahead(ahead) if ahead is not None else None,
        **(_answers(material) if material is not None else {}),
        **_appendix(subject),
    }


def render_score(title: str, found: ScoreReport) -> str:
    """Return how good past forecasts were as one HTML page: scores, and the reliability picture.

    `title` is that of the case.
    """
    page = environment().get_template("score.html.jinja")
    return page.render(**_head(title), title=visible(title), record=score_parts(found))


def _head(title: str) -> dict[str, Any]:
    """Return what the head of every page is made of."""
    style = _style()
    return {
        # The one text that goes in as it is: the package's own style sheet, never a case's words.
        "style": Markup(style),
        "style_hash": _hash(style),
        "page_title": clipped(title, 200),
    }


def _questions(answered: cover.Answered) -> tuple[tuple[int, str], ...]:
    return tuple(
        sorted(
            (
                *(DEAL_QUESTIONS if answered.material is not None else ()),
                *(MOVES_QUESTIONS if answered.deadlock is not None else ()),
                *(TIME_QUESTIONS if answered.ahead is not None else ()),
            )
        )
    )


def _open_questions(answered: cover.Answered) -> str:
    """Say which questions are not answered, and what they would need."""
    missing = [
        (answered.material, "1 to 6 and 10", "issues and positions"),
        (answered.deadlock, "7", "`moves`"),
        (answered.ahead, "8 and 9", "an `outlook`"),
    ]
    told = [
        f"{'Question' if which == '7' else 'Questions'} {which} of ten: the case would need {what}."
        for lens, which, what in missing
        if lens is None
    ]
    return f"Not answered here: {' '.join(told)}" if told else ""


def _moves(deadlock: Deadlock) -> dict[str, Any]:
    steps, withheld = way.list_first_steps(deadlock)
    return {
        "why": explain(deadlock),
        "graph": draw_moves(deadlock),
        "leaving": tabulate_leaving(deadlock),
        "equilibria": tabulate_equilibria(deadlock),
        "way": way.tell_way(deadlock),
        "first_steps": steps,
        "withheld": withheld,
        "changes": way.list_changes(deadlock),
        "risks": way.list_risks(deadlock),
        "groups": way.tabulate_groups(deadlock),
        "shares": tabulate_shares(deadlock),
        "options": tabulate_options(deadlock),
        "preferences": tabulate_preferences(deadlock),
        "obtained": words.obtained_moves(deadlock.report),
    }


def _answers(material: Material) -> dict[str, Any]:
    clashes, more_clashes = agreement.list_clashes(material)
    openings, more_openings = changes.list_openings(material)
    return {
        "wants": positions.write_answer(material),
        "matrix": positions.write_matrix(material),
        "demands": background.tabulate_demands(material),
        "interests": background.tabulate_interests(material),
        "ties": background.tabulate_ties(material),
        "face": words.face_value(material),
        "likelihood": words.likelihood(material),
        "confidence": words.confidence(material),
        "frontier": agreement.draw_agreement(material),
        "progress": agreement.tell_progress(material),
        "blocked": words.blocked(material),
        "clashes": clashes,
        "more_clashes": more_clashes,
        "overlaps": agreement.tabulate_overlaps(material),
        "opened": words.opened(material),
        "openings": openings,
        "more_openings": more_openings,
        "opening_packages": changes.tabulate_openings(material),
        "ladder": changes.draw_changes(material),
        "scenarios": changes.tabulate_scenarios(material),
        "tabled": words.tabled(material),
        "packages": proposals.tabulate_packages(material),
        "promises": tabulate_promises(material),
        "bargains": proposals.tabulate_bargains(material),
        "yes": proposals.tell_answers(material),
        "acceptance": proposals.draw_answers(material),
        "missing": words.missing(material, most=3),
        "gaps": gaps.draw_gaps(material),
        "obtained": words.obtained_each(material),
    }


def _appendix(subject: Subject) -> dict[str, Any]:
    return {
        "opinions": appendix.list_claims(subject, opinions=True),
        "claims": appendix.list_claims(subject, opinions=False),
        "premises": appendix.list_premises(subject),
        "parties": background.tabulate_parties(subject),
        "elicitation": appendix.tell_elicitation(subject),
    }


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Return the templates of the brief."""
    environment = Environment(
        loader=PackageLoader("goodoffices.brief"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["plain"] = plain
    return environment


@lru_cache(maxsize=1)
def _style() -> str:
    return resources.files("goodoffices.brief").joinpath("style.css").read_text(encoding="utf-8")


def _hash(style: str) -> str:
    """Return the hash by which the page's own policy lets its one style sheet through."""
    digest = hashlib.sha256(style.encode()).digest()
    return base64.b64encode(digest).decode()
