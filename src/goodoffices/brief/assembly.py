"""A case and the lenses' results put together, as every form of the brief is written from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from goodoffices.brief.ahead import ahead_of
from goodoffices.brief.cover import Answered
from goodoffices.brief.evidence import collect
from goodoffices.brief.material import Subject, material_of
from goodoffices.brief.naming import Naming, long_texts
from goodoffices.brief.states import deadlock_of
from goodoffices.case.model import Case
from goodoffices.case.scenario import apply_scenario
from goodoffices.case.voices import voices
from goodoffices.deals.results import Deals
from goodoffices.moves.results import MovesReport
from goodoffices.outlook.record import ScoreReport
from goodoffices.outlook.results import OutlookReport

__all__ = ["Assembled", "assemble"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Assembled:
    """What a brief is about, and what it can answer."""

    scenario: str | None
    """Name of the scenario that the results answer for; None for the case as it stands."""
    subject: Subject
    answered: Answered


def assemble(
    case: Case,
    deals: Deals | None,
    moves: MovesReport | None,
    outlook: OutlookReport | None,
    *,
    record: ScoreReport | None = None,
    sources: Mapping[str, str] | None = None,
    tabulated: bool = True,
) -> Assembled:
    """Put a case and what the lenses say of it together, under the scenario that they answer for.

    `tabulated`: demands have a table, so that their labels lead somewhere. Raises `ScenarioError`
    for a scenario that the case doesn't have, `ValueError` where all results are None or they
    answer for different scenarios.
    """
    name, applied = _applied(case, deals, moves, outlook)
    subject = Subject(
        case=applied,
        naming=Naming(case=applied, full=long_texts(case, applied), tabulated=tabulated),
        evidence=collect(applied, sources or {}),
        voices=voices(applied),
    )
    material = material_of(subject, deals) if deals is not None else None
    deadlock = deadlock_of(subject, moves) if moves is not None else None
    ahead = ahead_of(subject, outlook, material, record) if outlook is not None else None
    answered = Answered(material=material, deadlock=deadlock, ahead=ahead)
    return Assembled(scenario=name, subject=subject, answered=answered)


def _applied(
    case: Case, *results: Deals | MovesReport | OutlookReport | None
) -> tuple[str | None, Case]:
    """Return the name of the scenario that the results answer for, if any, and that case."""
    asked = {given.scenario for given in results if given is not None}
    if len(asked) != 1:
        raise ValueError(f"a brief is about one scenario, not {len(asked)}: {asked or 'no result'}")
    (scenario,) = asked
    if scenario is None:
        return None, case
    applied = apply_scenario(case, scenario)
    return case.scenarios[scenario].name, applied
