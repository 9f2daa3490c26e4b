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
    words,
)
from goodoffices.brief.elements import plain
from goodoffices.brief.evidence import collect
from goodoffices.brief.material import Material
from goodoffices.brief.naming import Naming, long_texts
from goodoffices.brief.text import clipped
from goodoffices.case.model import Case
from goodoffices.case.scenario import apply_scenario
from goodoffices.case.voices import voices
from goodoffices.deals.results import Deals

__all__ = ["render_brief"]

QUESTIONS = (
    (1, "Who wants what, how firmly?"),
    (2, "Is there a deal that everyone who must accept would accept?"),
    (3, "If not, which few demands cannot hold together?"),
    (4, "What is the smallest change that opens one, and who bears it?"),
    (5, "What could be tabled?"),
    (6, "Who would say yes to it, inside each party too?"),
    (10, "What don’t we know that matters most?"),
)


def render_brief(
    case: Case,
    result: Deals,
    *,
    generated: dt.date | None,
    sources: Mapping[str, str] | None = None,
) -> str:
    """Return the brief as one HTML page that asks for nothing from elsewhere.

    `case` is the case as its file says it; where `result` answers for one of its scenarios, that
    scenario is applied here. `sources` maps source ids to their plain text, so that the evidence
    can show the sentence around each quote. `generated` is the day to print on the cover, if any.

    The same arguments give the same page: nothing is read from disk, clock or network but the
    package's own templates. Raises `ScenarioError` for a scenario that the case doesn't have.
    """
    name = None
    if result.scenario is not None:
        subject = apply_scenario(case, result.scenario)
        name = case.scenarios[result.scenario].name
    else:
        subject = case
    full = long_texts(case, subject)
    material = Material(
        case=subject,
        result=result,
        naming=Naming(case=subject, full=full),
        evidence=collect(subject, sources or {}),
        voices=voices(subject),
    )
    style = _style()
    page = _environment().get_template("page.html.jinja")
    return page.render(
        # The one text that goes in as it is: the package's own style sheet, never a case's words.
        style=Markup(style),
        style_hash=_hash(style),
        page_title=clipped(subject.title, 200),
        questions=QUESTIONS,
        cover=cover.write_cover(material, name, generated),
        full=tuple((anchor, text) for text, anchor in full.items()),
        **_answers(material),
        **_appendix(material),
    )


def _answers(material: Material) -> dict[str, Any]:
    clashes, more_clashes = agreement.list_clashes(material)
    openings, more_openings = changes.list_openings(material)
    return {
        "wants": positions.write_answer(material),
        "matrix": positions.write_matrix(material),
        "parties": background.tabulate_parties(material),
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
        "bargains": proposals.tabulate_bargains(material),
        "yes": proposals.tell_answers(material),
        "acceptance": proposals.draw_answers(material),
        "missing": words.missing(material, most=3),
        "gaps": gaps.draw_gaps(material),
    }


def _appendix(material: Material) -> dict[str, Any]:
    return {
        "opinions": appendix.list_claims(material, opinions=True),
        "claims": appendix.list_claims(material, opinions=False),
        "premises": appendix.list_premises(material),
        "obtained": words.obtained_each(material),
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
