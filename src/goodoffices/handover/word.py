"""The four-page brief in Word: summary, actors, issues, context, entry points, references."""

from __future__ import annotations

from goodoffices.brief import (
    agreement,
    changes,
    coming,
    forecasts,
    postures,
    proposals,
    way,
)
from goodoffices.brief.ahead import Ahead, numbered
from goodoffices.brief.assembly import assemble
from goodoffices.brief.cover import Answered, Cover, write_cover
from goodoffices.brief.deadlock import explain
from goodoffices.brief.elements import Rich, join, plain
from goodoffices.brief.material import Material, Subject
from goodoffices.case.model import Case
from goodoffices.deals.results import Deals
from goodoffices.handover._figures import draw_changes, draw_weights
from goodoffices.handover._inert import altered, legible
from goodoffices.handover._paper import SMALL, Paper
from goodoffices.handover._references import References
from goodoffices.handover._rows import tabulate_actors, tabulate_demands, tabulate_issues
from goodoffices.handover.redact import Redaction
from goodoffices.moves.results import MovesReport
from goodoffices.outlook.results import OutlookReport

__all__ = ["write_docx"]

MOST_CLASHES, MOST_EVENTS, MOST_OPENINGS, MOST_STEPS = 4, 6, 4, 2
LEADS = {
    2: "Is there a deal?",
    3: "What blocks?",
    4: "What would open one?",
    5: "What could be tabled?",
    7: "Why does nobody move?",
    8: "Is the moment ripe?",
    9: "What next?",
    10: "What don’t we know?",
}


def write_docx(
    case: Case,
    deals: Deals | None,
    *,
    moves: MovesReport | None = None,
    outlook: OutlookReport | None = None,
    redaction: Redaction | None = None,
) -> bytes:
    """Return the brief as a Word document (.docx), for A4.

    It shows the same results as the HTML brief, in the order that mediation teams use. Every
    number carries the label of what it rests on: claims (C), assumptions (A), methods (M), told at
    the end. The same arguments give the same bytes.

    Raises `ValueError` where all results are None or they answer for different scenarios.
    """
    whole = assemble(case, deals, moves, outlook)
    subject, answered, applied = whole.subject, whole.answered, whole.subject.case
    material, ahead = answered.material, answered.ahead
    paper = Paper(references=References(subject=subject))
    cover = write_cover(subject, answered, whole.scenario, None)
    _summary(paper, cover, ahead, redaction)
    _actors(paper, subject, cover)
    if material is not None:
        _issues(paper, material)
    _context(paper, answered)
    _entry_points(paper, answered)
    paper.notes(paper.references.notes())
    hidden = altered(applied)
    if hidden:
        told = f"Signs that cannot be shown were left out of {hidden} texts of the case."
        paper.paragraph((told,), size=SMALL)
    return paper.bytes(applied.title, applied.purpose, applied.as_of.date)


def _summary(paper: Paper, cover: Cover, ahead: Ahead | None, redaction: Redaction | None) -> None:
    paper.document.add_paragraph(legible(plain(cover.title)), style="Title")
    when: Rich = ("Brief, as of ", *cover.as_of, ". For: ", *cover.purpose)
    paper.paragraph(when, (" Not for: ",), cover.not_for, size=SMALL)
    if cover.scenario:
        paper.paragraph(("A scenario, not the case as it stands: ", *cover.scenario, "."))
    if redaction is not None and redaction.count:
        paper.paragraph((redaction.sentence,))
    paper.heading("1. Summary")
    last = 0
    for point in cover.points:
        lead = LEADS.get(point.question, "") if point.question != last else ""
        said = point.text
        if point.question == 9 and ahead is not None:
            # Likelihood and confidence in two sentences; on the page the second stands elsewhere.
            said = (*forecasts.tell_foreseen(ahead), *_sure(ahead))
        paper.point(lead, said)
        last = point.question


def _sure(ahead: Ahead) -> Rich:
    """Say how well the first question's likelihood is known, and why."""
    if not ahead.asked:
        return ()
    _, together = ahead.asked[0]
    return (" ", *numbered("together", together.confidence))


def _actors(paper: Paper, subject: Subject, cover: Cover) -> None:
    paper.heading("2. Actors")
    paper.table(tabulate_actors(subject), (2.2, 3.6, 4.2, 2.6, 1.4))
    paper.paragraph(cover.unheard)


def _issues(paper: Paper, material: Material) -> None:
    paper.heading("3. Issues")
    given = tabulate_issues(material)
    paper.table(given, (2.8, *[2.8] * (len(given.columns) - 1)))
    demands = tabulate_demands(material)
    if demands.rows:
        paper.table(demands, (0.8, 2.2, 1.9, 6.2, 1.9, 1.4))
    bars = draw_weights(material)
    if bars is not None:
        paper.figure(bars, 1.6 + 0.62 * len(bars.labels))


def _context(paper: Paper, answered: Answered) -> None:
    paper.heading("4. Context")
    material, deadlock, ahead = answered.material, answered.deadlock, answered.ahead
    if material is not None:
        paper.paragraph(agreement.tell_progress(material))
        for clash in agreement.list_clashes(material)[0][:MOST_CLASHES]:
            paper.point("", (*clash.title, ": ", *join(clash.demands, between="; "), "."))
    if deadlock is not None:
        paper.paragraph(explain(deadlock))
    if ahead is not None:
        for happened in coming.list_happenings(ahead)[0][:MOST_EVENTS]:
            paper.point("", happened)
    scenarios = changes.tabulate_scenarios(material) if material is not None else None
    if scenarios is not None:
        paper.table(scenarios, (4.6, 3.2, 2.2, 1.3, 1.8, 1.9))


def _entry_points(paper: Paper, answered: Answered) -> None:
    paper.heading("5. Entry points")
    paper.paragraph(("Options with their risks, and no verdict: the choice is the mediator’s.",))
    material, deadlock, ahead = answered.material, answered.deadlock, answered.ahead
    if material is not None:
        _packages(paper, material)
    if deadlock is not None:
        paper.paragraph(way.tell_way(deadlock))
        for step in way.list_first_steps(deadlock)[0][:MOST_STEPS]:
            paper.point("", step)
    if ahead is not None and ahead.report.tabling is not None:
        _postures(paper, ahead)


def _packages(paper: Paper, material: Material) -> None:
    given = proposals.tabulate_packages(material)
    if given is not None:
        paper.table(given, (3.4, *[3.0] * (len(given.columns) - 1)))
    bars = draw_changes(material)
    if bars is not None:
        paper.figure(bars, 1.4 + 0.6 * len(bars.labels))
    openings, _ = changes.list_openings(material)
    if openings:
        paper.paragraph(
            ("At face value, each of these by itself opens a package: ",),
            join([_unpointed(one) for one in openings[:MOST_OPENINGS]], between="; "),
            (".",),
        )


def _unpointed(sentence: Rich) -> Rich:
    return sentence[:-1] if sentence[-1:] == (".",) else sentence


def _postures(paper: Paper, ahead: Ahead) -> None:
    paper.paragraph(postures.tell_tabling(ahead))
    given = postures.tabulate_postures(ahead)
    if given is not None:
        paper.table(given, (2.4, 2.6, 2.2, 6.2, 2.8))
