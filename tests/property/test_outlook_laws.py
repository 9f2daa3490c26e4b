"""Laws of the whole lens: what must hold whatever a case states, and what must not matter."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goodoffices.outlook.bands import Band
from goodoffices.outlook.results import OutlookReport
from goodoffices.schemas import schema_of, to_json
from tests.outlook.cases import BY, TODAY, ask_lens, data

FEW = settings(max_examples=6)
"""Each example asks the whole lens."""


@st.composite
def ranges(draw: st.DrawFn, low: float, high: float, sign: str = "") -> str:
    ends = sorted(draw(st.tuples(*[st.floats(low, high)] * 2)))
    return f"{ends[0]:.3f}..{ends[1]:.3f}{sign}"


@st.composite
def outlooks(draw: st.DrawFn) -> dict[str, Any]:
    """Other numbers, anywhere in their ranges, often at the ends."""
    factor, percent = ranges(0.01, 100), ranges(0, 100, "%")
    return {
        "outlook/half_life": draw(ranges(1, 400)),
        "outlook/estimates/aide/probability": draw(st.one_of(percent, st.sampled_from([0, 1]))),
        "outlook/events/gift/multiplies": {"deal": draw(factor), "escalation": draw(factor)},
        "outlook/events/gift/half_life": draw(ranges(0.1, 100)),
        "outlook/events/gift/signals": {"south-serious": draw(factor)},
        "outlook/beliefs/south-serious/prior": draw(st.one_of(percent, st.sampled_from([0, 1]))),
        "outlook/beliefs/south-serious/half_life": draw(ranges(0.1, 100)),
        "outlook/beliefs/south-serious/unless": {"escalation": draw(factor)},
        "outlook/risks/deal/chance": draw(ranges(0, 99, "%")),
        "outlook/risks/deal/open_for": draw(st.floats(0, 500)),
        "outlook/risks/escalation/factor": draw(factor),
        "outlook/perceptions/north/feels": draw(percent),
        "outlook/waiting/captives/half_life": draw(ranges(0.1, 1000)),
        "outlook/pressure/farmers/per_week": draw(ranges(-5, 5)),
        "outlook/tabling/worth": {
            name: draw(ranges(0, 100)) for name in ("deal", "escalation", "open")
        },
        "outlook/tabling/accepted": draw(ranges(0, 100)),
        "outlook/tabling/together": draw(percent),
        "outlook/tabling/refused": {"deal": draw(factor), "escalation": draw(factor)},
        "outlook/tabling/alternatives": {"south": draw(ranges(-50, 50))},
        "outlook/inside/signed": draw(percent),
    }


def bands(node: object) -> list[Band]:
    """Return every band in a report."""
    if isinstance(node, Band):
        return [node]
    if isinstance(node, dict):
        return [band for value in node.values() for band in bands(value)]
    if isinstance(node, tuple):
        return [band for value in node for band in bands(value)]
    fields = getattr(node, "__dataclass_fields__", {})
    return [band for name in fields for band in bands(getattr(node, name))]


@FEW
@given(outlooks())
def test_whatever_a_case_states_the_report_is_sound(changes: dict[str, Any]) -> None:
    report = ask_lens(changes, draws=120)
    jsonschema.validate(json.loads(to_json(report)), schema_of("outlook"))
    assert report.hazards is not None
    for week in range(report.weeks + 1):
        first = sum(risk.probability[week] for risk in report.hazards.risks)
        assert first + report.hazards.nothing[week] == pytest.approx(1.0)
    for band in bands(report):
        assert band.low <= band.central <= band.high
    for question in report.questions:
        assert question.together is not None
        steps = question.together.waterfall
        assert steps[-1].after == pytest.approx(question.together.probability.central)
        assert question.together.probability.low >= 0
        assert question.together.probability.high <= 1
        assert "." not in question.together.likelihood.rstrip(".").replace(" .", "")
    assert report.tabling is not None
    for posture in report.tabling.postures:
        assert sum(posture.ends.values()) == pytest.approx(1.0)
    assert sum(p.foremost.hits for p in report.tabling.postures) <= 120


def chances(report: OutlookReport) -> list[float]:
    """Return what every question and risk comes to, in the order of their names."""
    together = {q.question: q.together for q in report.questions}
    found = [t.probability.central for _, t in sorted(together.items()) if t is not None]
    assert report.hazards is not None
    ends = {risk.risk: risk.probability[-1] for risk in report.hazards.risks}
    return found + [p for _, p in sorted(ends.items())]


@pytest.mark.parametrize("part", ["estimates", "events", "beliefs", "risks", "questions"])
def test_the_order_in_which_a_case_states_things_does_not_matter(part: str) -> None:
    more = {
        "outlook/events/walk-out": {
            "name": "a walk-out", "date": "2024-05-10", "multiplies": {"deal": "0.3..1"},
            "signals": {"south-serious": "0.2..1"}, "assumed": "team: a guess",
        },
        "outlook/beliefs/north-serious": {
            "name": "North is serious", "about": "north", "prior": "20..80%",
            "unless": {"deal": "0.1..0.5"}, "assumed": "team: a guess",
        },
    }  # fmt: skip
    given_order = data(more)["outlook"][part]
    turned = {**more, f"outlook/{part}": dict(reversed(given_order.items()))}
    assert chances(ask_lens(turned)) == pytest.approx(chances(ask_lens(more)), abs=1e-12)


def shifted(node: Any, days: int) -> Any:
    """Return a section with every day moved."""
    if isinstance(node, dict):
        return {key: shifted(value, days) for key, value in node.items()}
    try:
        day = dt.date.fromisoformat(str(node)) if str(node)[:2] == "20" else None
    except ValueError:
        day = None
    return (day + dt.timedelta(days)).isoformat() if day is not None else node


@pytest.mark.parametrize("days", [-300, -7, 1, 365])
def test_only_the_time_between_days_matters(days: int) -> None:
    """All days moved alike, the source's too: the same answers."""
    whole = data()
    changes = {
        "outlook": shifted(whole["outlook"], days),
        "sources": shifted(whole["sources"], days),
        "as_of": (TODAY + dt.timedelta(days)).isoformat(),
    }
    moved = ask_lens(changes, today=TODAY + dt.timedelta(days))
    assert chances(moved) == pytest.approx(chances(ask_lens()), abs=1e-12)
    assert moved.by == BY + dt.timedelta(days)


def test_the_unit_and_the_zero_of_the_mediators_scale_do_not_matter() -> None:
    """Worths w become 20 + w / 2, and what is lost l / 2: thresholds and choices stay."""

    def half(text: Any, plus: float) -> str:
        ends = [float(end) / 2 + plus for end in str(text).split("..")]
        return "..".join(f"{end:g}" for end in ends)

    tabling = data()["outlook"]["tabling"]
    changes = {
        "outlook/tabling/accepted": half(tabling["accepted"], 20),
        "outlook/tabling/worth": {k: half(v, 20) for k, v in tabling["worth"].items()},
        "outlook/tabling/lost": half(tabling["lost"], 0),
    }
    plain, other = ask_lens().tabling, ask_lens(changes).tabling
    assert plain is not None
    assert other is not None
    for one, two in zip(plain.thresholds, other.thresholds, strict=True):
        assert one.probability == pytest.approx(two.probability)
        assert one.words == two.words
    for one, two in zip(plain.postures, other.postures, strict=True):
        assert one.foremost == two.foremost
        assert two.mean == pytest.approx(20 + one.mean / 2)


@FEW
@given(st.floats(1.1, 50))
def test_what_multiplies_one_risk_never_makes_it_less_likely_nor_others_more(factor: float) -> None:
    plain, more = (
        ask_lens({"outlook/risks/escalation/factor": f}, deals=None, draws=120).hazards
        for f in (1, factor)
    )
    assert plain is not None
    assert more is not None
    for one, two in zip(plain.risks, more.risks, strict=True):
        rises = [b >= a - 1e-12 for a, b in zip(one.probability, two.probability, strict=True)]
        falls = [b <= a + 1e-12 for a, b in zip(one.probability, two.probability, strict=True)]
        assert all(rises) if one.risk == "escalation" else all(falls)
