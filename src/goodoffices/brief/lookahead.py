"""Questions 8 and 9 and what the mediator could do, gathered for the page."""

from __future__ import annotations

from typing import Any

from goodoffices.brief import beliefs, coming, forecasts, postures, ripe, scoring, waits, words
from goodoffices.brief.ahead import Ahead
from goodoffices.brief.deadlock import said
from goodoffices.outlook.record import ScoreReport

__all__ = ["look_ahead", "score_parts"]


def look_ahead(ahead: Ahead) -> dict[str, Any]:
    """Return the parts of questions 8 and 9, as the templates take them."""
    happened, more = coming.list_happenings(ahead)
    ripeness = ahead.report.ripeness
    return {
        "ripe": ripe.tell_ripeness(ahead),
        "ripeness": ripe.tabulate_ripeness(ahead),
        "ripe_note": ripeness.note if ripeness is not None else "",
        "next": forecasts.tell_foreseen(ahead),
        "asked": forecasts.tabulate_asked(ahead),
        "happened": happened,
        "happened_more": more,
        "fan": coming.draw_coming(ahead),
        "legs": forecasts.list_legs(ahead),
        "added": coming.draw_added(ahead),
        "estimates": forecasts.tabulate_estimates(ahead),
        "hazards": forecasts.tabulate_hazards(ahead),
        "beliefs": beliefs.tabulate_beliefs(ahead),
        "trust": beliefs.tabulate_trust(ahead),
        "scales": beliefs.tabulate_scales(ahead),
        "waiting": waits.tabulate_waiting(ahead),
        "openings": waits.list_openings(ahead),
        "tabling": postures.tell_tabling(ahead),
        "postures": postures.tabulate_postures(ahead),
        "thresholds": postures.list_thresholds(ahead),
        "sensitive": postures.list_sensitive(ahead),
        "record": score_parts(ahead.record) if ahead.record is not None else None,
        "notes": tuple(said(note) for note in ahead.report.notes),
        "obtained": words.obtained(ahead.report.method, "outlook"),
    }


def score_parts(found: ScoreReport) -> dict[str, Any]:
    """Return how good past forecasts were, as the templates take it."""
    return {
        "told": scoring.tell_record(found),
        "figure": scoring.draw_record(found),
        "scores": scoring.tabulate_scores(found),
    }
