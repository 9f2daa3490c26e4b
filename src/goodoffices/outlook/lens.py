"""The outlook lens: one case in, one frozen result out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from goodoffices.case.check_outlook import DEAL
from goodoffices.case.drafts import settled
from goodoffices.case.model import Case
from goodoffices.case.outlook import Question
from goodoffices.case.scenario import apply_scenario
from goodoffices.deals.results import Deals, Method
from goodoffices.outlook.delays import waiting_report
from goodoffices.outlook.estimates import moved_to, pooled, report
from goodoffices.outlook.hazards import first_by
from goodoffices.outlook.inputs import Inputs
from goodoffices.outlook.logodds import LogOdds, of_draws
from goodoffices.outlook.places import one_sided, scale_predictions
from goodoffices.outlook.postures import package_of, tabling_report
from goodoffices.outlook.results import (
    OutlookReport,
    PooledReport,
    QuestionReport,
    ScalePrediction,
    TablingReport,
)
from goodoffices.outlook.ripeness import Ripeness
from goodoffices.outlook.risks import Course, base_of, course_of, hazard_report
from goodoffices.outlook.seriousness import believed, trust_reports
from goodoffices.outlook.standing import Table, ripeness, table_of
from goodoffices.outlook.subject import Subject, ask
from goodoffices.outlook.timeline import timeline
from goodoffices.outlook.together import View, inside_view, put_together

__all__ = ["DRAWS", "outlook"]

DRAWS = 10_000
"""Draws unless stated otherwise."""
FEWEST = 100
MOST_CELLS = 8_000_000
"""Risks times weeks times draws; beyond, fewer draws are taken."""


def outlook(
    case: Case,
    deals: Deals | None = None,
    *,
    today: date,
    scenario: str | None = None,
    by: date | None = None,
    draws: int = DRAWS,
    seed: int = 0,
) -> OutlookReport:
    """Answer every question of the outlook lens about a case, or about one of its scenarios.

    The case must have passed `goodoffices.case.check`. `deals` is what the deals lens says of the
    same scenario: without it there is no inside view, no ripeness and no tabling, and `notes` say
    so. `today` is the day from which to look ahead, since the clock is not asked; `by` is the day
    to look ahead to, and then that of every question too.

    Raises `ScenarioError` for an unknown scenario; `ModelError` for a case without an outlook, a
    horizon that is not ahead, or a reference class that gives no hazard; `ValueError` for too few
    draws, or answers of the deals lens about another scenario.
    """
    if draws < FEWEST:
        raise ValueError(f"draws must be at least {FEWEST}, not {draws}")
    if deals is not None and deals.scenario != scenario:
        raise ValueError(f"deals are about scenario {deals.scenario}, and this about {scenario}")
    case = settled(case)
    whole = apply_scenario(case, scenario) if scenario is not None else case
    asked = ask(whole, by=by, today=today, inputs=Inputs(draws, seed))
    fewer = max(FEWEST, MOST_CELLS // (max(len(asked.outlook.risks), 1) * asked.weeks))
    subject = ask(whole, by=by, today=today, inputs=Inputs(min(draws, fewer), seed))
    return _Answers(subject, scenario, deals, draws).report()


@dataclass
class _Answers:
    """The answers in the order in which they need each other."""

    subject: Subject
    scenario: str | None
    deals: Deals | None
    wanted: int

    def report(self) -> OutlookReport:
        subject = self.subject
        self.notes: list[str] = []
        self.table = self._table()
        beliefs = tuple(believed(subject, key) for key in subject.outlook.beliefs)
        self.begins = self._begins()
        self.course = course_of(subject, beliefs)
        return OutlookReport(
            title=subject.case.title,
            scenario=self.scenario,
            today=subject.today,
            by=subject.by,
            weeks=subject.weeks,
            timeline=timeline(subject),
            questions=tuple(self._question(k, q) for k, q in subject.outlook.questions.items()),
            hazards=hazard_report(subject, self.course) if self.course else None,
            beliefs=tuple(one.report for one in beliefs),
            trust=trust_reports(subject),
            ripeness=self._ripeness(),
            waiting=waiting_report(subject, self.table),
            tabling=self._tabling(),
            scales=self._scales(),
            notes=tuple(dict.fromkeys(self.notes)),
            method=self._method(),
        )

    def _table(self) -> Table | None:
        if self.deals is None:
            self.notes.append("without the deals lens there is no inside view, and no tabling")
            return None
        method = self.deals.method
        # What is drawn here goes with the draws of the deals lens, one with one.
        draws = min(method.draws or self.wanted, self.subject.inputs.draws)
        table = table_of(self.subject.case, draws, method.seed or 0)
        if table is not None and 1 < table.draws < draws:
            self.notes.append(
                f"ripeness, pressure and what a refusal does rest on {table.draws:,} of {draws:,} "
                "draws of the packages, which are many"
            )
        return table

    def _scales(self) -> tuple[ScalePrediction, ...]:
        if self.table is None:
            return ()
        for issue, unknown in one_sided(self.table).items():
            who = ", ".join(map(self.subject.case.name_of, unknown))
            self.notes.append(f"{issue}: where {who} stands is not known, so nothing is predicted")
        return scale_predictions(self.table)

    def _method(self) -> Method:
        drawn, seed = self.subject.inputs.draws, self.subject.inputs.seed
        if drawn < self.wanted:
            note = f"{drawn:,} draws instead of {self.wanted:,}, for so many weeks"
            return Method(how="bounded", draws=drawn, seed=seed, note=note)
        return Method(how="sampled", draws=drawn, seed=seed)

    def _question(self, key: str, question: Question) -> QuestionReport:
        subject, by = self.subject, self.subject.by_when(question)
        found = pooled(subject, key)
        told = report(subject, *found) if found is not None else None
        together = None
        if by > subject.today:
            views = list(self._views(question, by))
            if found is not None:
                says = moved_to(found[0].distribution, question, subject.today, by)
                views.append(View(leg="estimates", says=says, how=_pool_words(told)))
            missing = list(self._missing(question, {view.leg for view in views}))
            if views:
                base = self.begins.get(key)
                together = put_together(subject, question.name, by, views, base, missing, told)
        else:
            self.notes.append(f'"{question.name}" was asked by {by}, which is past: resolve it')
        return QuestionReport(
            question=key, by=by, risk=question.risk, pooled=told, together=together
        )

    def _views(self, question: Question, by: date) -> Iterator[View]:
        subject, course = self.subject, self.course
        if course is not None:
            met = first_by(course.hazards, subject.weeks_to(by))[question.risk]
            yield View(leg="outside", says=of_draws(met), how=_source_words(course, question.risk))
        if question.risk == DEAL and self.deals is not None:
            view = inside_view(subject, self.deals, by)
            if view is not None:
                yield view

    def _begins(self) -> dict[str, LogOdds]:
        """Return what the base rates alone say of each question."""
        subject = self.subject
        ahead = {
            key: (question.risk, subject.weeks_to(by))
            for key, question in subject.outlook.questions.items()
            if (by := subject.by_when(question)) > subject.today
        }
        if not subject.outlook.risks or not ahead:
            return {}
        # All questions are asked here, since these hazards are too large to be kept beside others.
        base = base_of(subject)
        return {key: of_draws(first_by(base, weeks)[risk]) for key, (risk, weeks) in ahead.items()}

    def _missing(self, question: Question, there: set[str]) -> Iterator[str]:
        if "outside" not in there:
            yield "outside: the case names no risks"
        if "inside" not in there:
            if question.risk != DEAL:
                yield "inside: the deals lens speaks of deals only"
            elif self.deals is None:
                yield "inside: the deals lens was not asked"
            else:
                yield "inside: `outlook.inside` doesn't say how a package gets signed"
        if "estimates" not in there:
            yield "estimates: nobody's is recorded"

    def _ripeness(self) -> Ripeness | None:
        if self.table is None or self.deals is None:
            return None
        if not self.deals.offers:
            self.notes.append("ripeness: no package is accepted by all in any draw")
            return None
        found = ripeness(self.subject, self.table, self.deals.offers[0].picks)
        if found is None:
            self.notes.append("ripeness: fewer than two parties have a walk-away to compare with")
        return found

    def _tabling(self) -> TablingReport | None:
        given = self.subject.outlook.tabling
        if given is None or self.deals is None or self.table is None:
            return None
        if self.course is None:
            self.notes.append("tabling: the case names no risks, so waiting leads nowhere")
            return None
        if package_of(self.subject, self.deals) is None:
            self.notes.append("tabling: no package is accepted by all in any draw")
            return None
        return tabling_report(self.subject, self.deals, self.table, self.course.hazards)


def _pool_words(told: PooledReport | None) -> str:
    if told is None:
        return ""
    count = sum(not one.replaced for one in told.estimates)
    return (
        f"{count} estimate{'' if count == 1 else 's'} in {told.groups} "
        f"group{'' if told.groups == 1 else 's'}, pooled with exponent {told.exponent:.2g}"
    )


def _source_words(course: Course, risk: str) -> str:
    source = course.sources[risk]
    if source.reference_class is None:
        return f"a chance of the case's own, {source.title}"
    return (
        f"{source.title} ({', '.join(source.events)}): n {source.n}, {source.first} to "
        f"{source.last}; with what has happened since"
    )
