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
from goodoffices.brief.could import tabulate_options, tabulate_preferences
from goodoffices.brief.deadlock import (
    Deadlock,
    explain,
    tabulate_equilibria,
    tabulate_leaving,
    tabulate_shares,
)
from goodoffices.brief.elements import plain
from goodoffices.brief.evidence import collect
from goodoffices.brief.material import Material, Subject, material_of
from goodoffices.brief.naming import Naming, long_texts
from goodoffices.brief.promises import tabulate_promises
from goodoffices.brief.states import deadlock_of, draw_moves
from goodoffices.brief.text import clipped
from goodoffices.case.model import Case
from goodoffices.case.scenario import apply_scenario
from goodoffices.case.voices import voices
from goodoffices.deals.results import Deals
from goodoffices.moves.results import MovesReport

__all__ = ["render_brief"]

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
LATER = "is the moment ripe; what happens next"


def render_brief(
    case: Case,
    result: Deals | None,
    *,
    moves: MovesReport | None = None,
    generated: dt.date | None,
    sources: Mapping[str, str] | None = None,
) -> str:
    """Return the brief as one HTML page that asks for nothing from elsewhere.

    `case` is the case as its file says it; where `result` or `moves` answer for one of its
    scenarios, that scenario is applied here. Questions of a lens whose result is None are not
    answered, and the page says so. `sources` maps source ids to their plain text, so that the
    evidence can show the sentence around each quote. `generated` is the day to print on the cover,
    if any.

    The same arguments give the same page: nothing is read from disk, clock or network but the
    package's own templates. Raises `ScenarioError` for a scenario that the case doesn't have,
    `ValueError` where both results are None or answer for different scenarios.
    """
    name, applied = _applied(case, result, moves)
    full = long_texts(case, applied)
    subject = Subject(
        case=applied,
        naming=Naming(case=applied, full=full),
        evidence=collect(applied, sources or {}),
        voices=voices(applied),
    )
    material = material_of(subject, result) if result is not None else None
    deadlock = deadlock_of(subject, moves) if moves is not None else None
    style = _style()
    page = _environment().get_template("page.html.jinja")
    return page.render(
        # The one text that goes in as it is: the package's own style sheet, never a case's words.
        style=Markup(style),
        style_hash=_hash(style),
        page_title=clipped(applied.title, 200),
        questions=_questions(material, deadlock),
        open_questions=_open_questions(material, deadlock),
        cover=cover.write_cover(subject, material, deadlock, name, generated),
        full=tuple((anchor, text) for text, anchor in full.items()),
        has_deals=material is not None,
        moves=_moves(deadlock) if deadlock is not None else None,
        **(_answers(material) if material is not None else {}),
        **_appendix(subject),
    )


def _applied(
    case: Case, result: Deals | None, moves: MovesReport | None
) -> tuple[str | None, Case]:
    """Return the name of the scenario that the results answer for, if any, and that case."""
    asked = {given.scenario for given in (result, moves) if given is not None}
    if len(asked) != 1:
        raise ValueError(f"a brief is about one scenario, not {len(asked)}: {asked or 'no result'}")
    (scenario,) = asked
    if scenario is None:
        return None, case
    applied = apply_scenario(case, scenario)
    return case.scenarios[scenario].name, applied


def _questions(material: Material | None, deadlock: Deadlock | None) -> tuple[tuple[int, str], ...]:
    return tuple(
        sorted(
            (
                *(DEAL_QUESTIONS if material is not None else ()),
                *(MOVES_QUESTIONS if deadlock is not None else ()),
            )
        )
    )


def _open_questions(material: Material | None, deadlock: Deadlock | None) -> str:
    """Say which questions are not answered."""
    if deadlock is None:
        return f"Questions 7 to 9 (why does nobody move; {LATER}) are not answered here."
    later = f"Questions 8 and 9 ({LATER}) are not answered by this version."
    if material is not None:
        return later
    deals = "Questions 1 to 6 and 10 (is there a deal, what blocks it, what could be tabled)"
    return f"{deals} are not answered here: they need issues and positions. {later}"


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
def _environment() -> Environment:
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
