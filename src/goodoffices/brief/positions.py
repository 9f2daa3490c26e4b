"""Question 1: who wants what, how firmly."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from goodoffices.brief.elements import Element, Rich, el, join
from goodoffices.brief.figures.matrix import draw_range
from goodoffices.brief.material import Material
from goodoffices.brief.text import counted, number_of
from goodoffices.case.model import Demand, Issue, Position
from goodoffices.case.quantity import Quantity, Value

__all__ = ["Block", "Cell", "Entry", "Line", "Matrix", "write_answer", "write_matrix"]

MOST_NUMBERS = 7
"""A numeric issue shows at most so many of its numbers."""
MOST_OPTIONS = 40


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """A value in a cell: the party's own, or that of a faction that differs."""

    who: Rich
    mark: Element | None
    number: Rich


@dataclass(frozen=True, kw_only=True, slots=True)
class Cell:
    """What an option is to one party."""

    entries: tuple[Entry, ...]
    flags: tuple[Rich, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One option, and what it is to each party."""

    name: Rich
    cells: tuple[Cell, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Block:
    """One issue: its heading, each party's weight for it, its options."""

    name: Rich
    refs: Rich
    note: Rich
    weights: tuple[Rich, ...]
    lines: tuple[Line, ...]
    anchor: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Matrix:
    """Issues by parties."""

    columns: tuple[Rich, ...]
    blocks: tuple[Block, ...]
    silent: Rich
    """Parties of whom no position is known."""


def write_matrix(material: Material) -> Matrix:
    """Write the issue-by-party matrix: weights, values, public wants, red lines, unknowns."""
    case = material.case
    columns = [p for p in case.parties if p in case.positions or p in case.signatories]
    others = [p for p in case.parties if p not in columns]
    silent: Rich = ()
    if others:
        silent = ("No position is known of ", *material.naming.actors(others), ".")
    return Matrix(
        columns=tuple(_heading(material, party) for party in columns),
        blocks=tuple(_block(material, issue, columns) for issue in case.issues),
        silent=silent,
    )


def _heading(material: Material, party: str) -> Rich:
    need = "must accept" if party in material.case.signatories else "need not accept"
    return (material.naming.actor(party), " ", el("small", need))


def _block(material: Material, key: str, columns: list[str]) -> Block:
    issue = material.case.issues[key]
    shown = _shown(material, key, issue)
    note: Rich = ()
    if issue.agreed is not None:
        note = ("agreed",)
    elif (hidden := len(issue.options) - len(shown)) > 0:
        note = (number_of(hidden, "more option is not shown", "more options are not shown"),)
    return Block(
        name=(material.naming.text(issue.name),),
        refs=material.evidence.refs(f"issues.{key}"),
        note=note,
        weights=tuple(_weight(material, party, key) for party in columns),
        lines=tuple(_line(material, key, option, columns) for option in shown),
        anchor=f"i-{key}",
    )


def _shown(material: Material, key: str, issue: Issue) -> list[str]:
    """Return the options to show: the agreed one, all, or the numbers that somebody names."""
    if issue.agreed is not None:
        return [issue.agreed]
    if issue.options:
        return list(issue.options)[:MOST_OPTIONS]
    named = set()
    for actor in _actors(material):
        position = material.case.positions.get(actor, {}).get(key, Position())
        wanted = material.naming.selected(key, position.wants)
        named |= set(position.values) | set(wanted if len(wanted) <= 2 else wanted[:1])
    ends = tuple(issue.numbers)
    named |= {ends[0], ends[-1]}
    ordered = sorted((n for n in named if _is_number(n)), key=float)
    step = max(1, -(-len(ordered) // MOST_NUMBERS))
    return list(dict.fromkeys([*ordered[::step], ordered[-1]]))


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _actors(material: Material) -> list[str]:
    case = material.case
    return [key for key in (*case.parties, *case.factions) if key in case.positions]


def _weight(material: Material, party: str, key: str) -> Rich:
    position = material.case.positions.get(party, {}).get(key)
    if position is None:
        return ("weight unknown",)
    path = f"positions.{party}.{key}"
    said: Rich = (
        "weight ",
        material.evidence.number(path, position.weight),
        " ",
        *material.evidence.refs(path),
    )
    return (*said, *_wants(material, party, key, position))


def _wants(material: Material, party: str, key: str, position: Position) -> Rich:
    if not position.wants:
        return ()
    return (" · asks for ", *material.naming.choices(key, position.wants))


def _line(material: Material, key: str, option: str, columns: list[str]) -> Line:
    return Line(
        name=(material.naming.option(key, option),),
        cells=tuple(_cell(material, party, key, option) for party in columns),
    )


def _cell(material: Material, party: str, key: str, option: str) -> Cell:
    case = material.case
    entries = [_entry(material, party, key, option, ())]
    for faction in case.parties[party].factions:
        own = case.positions.get(faction, {}).get(key)
        if own is not None:
            who: Rich = (material.naming.actor(faction), ": ")
            entries.append(_entry(material, faction, key, option, who))
    return Cell(entries=tuple(entries), flags=tuple(_flags(material, party, key, option)))


def _entry(material: Material, actor: str, key: str, option: str, who: Rich) -> Entry:
    position = material.case.positions.get(actor, {}).get(key, Position())
    given = position.values.get(option)
    if given is None and position.values and not material.case.issues[key].options:
        return Entry(who=who, mark=None, number=("between",))
    worth: Quantity = given if given is not None else Value.parse(None)
    path = f"positions.{actor}.{key}"
    shown = material.evidence.number(path, worth) if actor in material.case.positions else "unknown"
    return Entry(who=who, mark=draw_range(worth), number=(shown,))


def _flags(material: Material, party: str, key: str, option: str) -> Iterator[Rich]:
    position = material.case.positions.get(party, {}).get(key, Position())
    if option in material.naming.selected(key, position.wants):
        yield (el("span", "▸ asks for it", class_="asks"),)
    for name, demand in material.case.demands.items():
        if material.case.party_of(demand.by) == party and demand.kind != "walk-away":
            said = _refusal(material, demand, key, option)
            if said:
                label = material.naming.demand_link(name)
                who: Rich = ()
                if demand.by != party:
                    who = (" (", material.naming.actor(demand.by), ")")
                flag = el("span", said[0], " ", label, class_=f"flag {said[1]}")
                yield (flag, *who)


def _refusal(material: Material, demand: Demand, key: str, option: str) -> tuple[str, str] | None:
    """Return how a demand stands against an option by itself or with others, or None."""
    refused = key in demand.refuses and option in material.naming.selected(key, demand.refuses[key])
    required = key in demand.requires and option not in material.naming.selected(
        key, demand.requires[key]
    )
    if required or (refused and len(demand.refuses) == 1):
        return (f"✕ {demand.kind}", "alone")
    return (f"(✕) part of {demand.kind}", "joint") if refused else None


def write_answer(material: Material) -> Rich:
    """Say what weighs most for whom, and which demands are the firmest."""
    said = [_heaviest(material, party) for party in material.case.signatories]
    first: Rich = (*join(said, between="; "), ". ") if said else ()
    return (*first, *_firmest(material))


def _heaviest(material: Material, party: str) -> Rich:
    weights = {
        issue: position.weight
        for issue, position in material.case.positions.get(party, {}).items()
        if position.weight.shape != "unknown" and issue in material.case.issues
    }
    if not weights:
        return (material.naming.actor(party), "’s weights are unknown")
    top = max(weights, key=lambda issue: weights[issue].central)
    return (
        material.naming.actor(party),
        " puts most weight on “",
        material.naming.issue(top),
        "” (",
        material.evidence.number(f"positions.{party}.{top}", weights[top]),
        " of 100)",
    )


def _firmest(material: Material) -> Rich:
    held = {k: d for k, d in material.case.demands.items() if d.kind != "walk-away"}
    known = {k: d for k, d in held.items() if d.binds.shape != "unknown"}
    if not held:
        return ("Nobody draws a red line or sets a precondition.",)
    several = f"{counted(len(held)).capitalize()} red lines and preconditions can"
    kinds = several if len(held) > 1 else "One red line or precondition can"
    if not known:
        return (f"{kinds} block a package; how firm they are is unknown.",)
    top = max(d.binds.central for d in known.values())
    best = [k for k, d in known.items() if d.binds.central >= top - 1e-9][:4]
    names = [
        (
            *material.naming.demand(k),
            " (",
            material.naming.actor(known[k].by),
            ", ",
            material.evidence.number(f"demands.{k}", known[k].binds),
            ")",
        )
        for k in best
    ]
    return (f"{kinds} block a package; held most firmly: ", *join(names, last=" and "), ".")
