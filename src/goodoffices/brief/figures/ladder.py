"""The ladder: what the chance of a zone would be after one change, and what it costs its bearer."""

from __future__ import annotations

from goodoffices.brief.elements import Element, Rich, plain
from goodoffices.brief.figures.rows import Bar, Baseline, chart
from goodoffices.brief.naming import Naming
from goodoffices.brief.text import chance, chance_short, cost, in_points, number_of
from goodoffices.deals.results import Concession, Deals

__all__ = ["draw_ladder", "step_words"]


def draw_ladder(result: Deals, rungs: tuple[Concession, ...], naming: Naming) -> Element:
    """Draw one row per concession: from the chance now to the chance with it."""
    now = result.zone.probability
    bars = tuple(
        Bar(
            label=plain((naming.actor(rung.by), " ", *step_words(rung, naming))),
            value=rung.zone.value,
            low=rung.zone.low,
            high=rung.zone.high,
            text=chance_short(rung.zone),
            note=f"costs it {in_points(cost(rung.cost))}",
        )
        for rung in rungs
    )
    best = bars[0]
    description = (
        f"{number_of(len(bars), 'change')}, the one that opens a zone most often first. Now: "
        f"{chance(now)}. {best.label}: {best.text}. The table below has every number."
    )
    return chart(
        "fig-ladder",
        "Chance that an acceptable package exists, now and after one change",
        description,
        bars,
        class_="ladder",
        baseline=Baseline(value=now.value, text=f"now {chance(now)}"),
    )


def step_words(rung: Concession, naming: Naming) -> Rich:
    """Say what is given up: a demand lifted, or a walk-away lowered."""
    if rung.kind == "lower":
        return (
            f"takes {in_points(f'{rung.step:g}')} less than ",
            naming.demand_link(rung.demand),
            ", what no agreement is worth to it",
        )
    if naming.case.demands[rung.demand].kind == "walk-away":
        return ("gives up its walk-away ", naming.demand_link(rung.demand))
    return ("lifts ", *naming.demand(rung.demand))
