"""What the charts of the Word brief show."""

from __future__ import annotations

from goodoffices.brief.elements import plain
from goodoffices.brief.figures.ladder import step_words
from goodoffices.brief.material import Material
from goodoffices.brief.text import chance, chance_short, quantity
from goodoffices.handover._chart import Bars, Series

__all__ = ["draw_changes", "draw_weights"]

MOST_ISSUES, MOST_CHANGES = 12, 6


def _said(words: str) -> str:
    return words.replace("\u2068", "").replace("\u2069", "")


def draw_weights(material: Material) -> Bars | None:
    """Draw how much each open issue weighs for each signatory; None where no weight is known."""
    case, naming = material.case, material.naming
    issues, parties = material.open_issues[:MOST_ISSUES], case.signatories
    weights = {p: [case.position(p, issue).weight for issue in issues] for p in parties}
    if not issues or all(w.shape == "unknown" for row in weights.values() for w in row):
        return None
    series = tuple(
        Series(
            name=_said(plain((naming.actor(party),))),
            values=tuple(0.0 if w.shape == "unknown" else w.central for w in row),
            low=tuple(0.0 if w.shape == "unknown" else w.low for w in row),
            high=tuple(0.0 if w.shape == "unknown" else w.high for w in row),
        )
        for party, row in weights.items()
    )
    labels = tuple(_said(plain((naming.issue(issue),))) for issue in issues)
    told = "; ".join(
        f"{label}: "
        + ", ".join(
            f"{one.name} {quantity(weights[p][n])}" for p, one in zip(parties, series, strict=True)
        )
        for n, label in enumerate(labels)
    )
    highest = max(w.high for row in weights.values() for w in row if w.shape != "unknown")
    return Bars(
        title="What weighs how much for whom, as the case gives it; whiskers: its range. "
        "No bar: unknown. Table 2 says what each number rests on",
        labels=labels,
        series=series,
        told=f"Weights of the open issues. {told}.",
        most=10 * -(-highest // 10),
    )


def draw_changes(material: Material) -> Bars | None:
    """Draw the chance that a package exists now and after one change; None where none helps."""
    now = material.result.zone.probability
    seen: set[str] = set()
    rungs = []
    for rung in material.result.concessions:
        if rung.opened.value > 2 * rung.zone.error and rung.demand not in seen:
            seen.add(rung.demand)
            rungs.append(rung)
    if not rungs:
        return None
    shown = rungs[:MOST_CHANGES]
    named = [
        _said(plain((material.naming.actor(r.by), " ", *step_words(r, material.naming))))
        for r in shown
    ]
    shares = (now, *(rung.zone for rung in shown))
    told = "; ".join(
        f"{name}: {chance_short(r.zone)}" for name, r in zip(named, shown, strict=True)
    )
    return Bars(
        title="Chance that an acceptable package exists, now and after one change by one party; "
        "whiskers: 95 % interval of the drawing",
        labels=("Now", *named),
        series=(
            Series(
                name="Chance",
                values=tuple(100 * share.value for share in shares),
                low=tuple(100 * share.low for share in shares),
                high=tuple(100 * share.high for share in shares),
            ),
        ),
        told=f"Now: {chance(now)}. {told}.",
    )
