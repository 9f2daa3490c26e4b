"""The matrix, issues by parties, and the panel that shows all of one cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from goodoffices.case._plain import plain
from goodoffices.case.model import Case, Claim, Demand
from goodoffices.case.options import select
from goodoffices.errors import QuantityError
from goodoffices.workbench.desk import desk_of, page
from goodoffices.workbench.fields import PANEL, Field, Form, field_at, fields_of, label_of

__all__ = ["Line", "Section", "cell", "issue", "matrix", "section_of"]

MOST_OPEN = 600
"""Fields that the matrix shows at once; where there are more, issues open one by one."""
MOST_NUMBERS = 12
"""A numeric issue shows at most so many of its numbers."""
POSITION: tuple[tuple[str, Form], ...] = (
    ("weight", "text"),
    ("wants", "list"),
    ("interest", "text"),
    ("because", "list"),
    ("assumed", "long"),
)
"""Fields of a position, and how they are typed."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One option of an issue, or its weight, with a field for each column."""

    name: str
    fields: tuple[Field, ...]
    marks: tuple[str, ...]
    """Per column: the demands that refuse this option, in short."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Section:
    """One issue of the matrix."""

    id: str
    name: str
    agreed: str
    lines: tuple[Line, ...]


def matrix(request: Request) -> Response:
    """Show the matrix."""
    case = desk_of(request).store.state().case
    if case is None:
        return page(request, "broken.html.jinja")
    columns = columns_of(case)
    size = sum(1 + len(options_of(case, key)) for key in case.issues) * len(columns)
    folded, first = size > MOST_OPEN, next(iter(case.issues), None)
    data = plain(case, short=False)
    # Issues that are folded bring their lines when they are opened.
    sections = [
        section_of(case, key, columns, data)
        if not folded or key == first
        else Section(id=key, name=issue.name, agreed="", lines=())
        for key, issue in case.issues.items()
    ]
    context = {
        "columns": [(key, case.name_of(key)) for key in columns],
        "sections": sections,
        "folded": folded,
        "first": first,
        "most": MOST_OPEN,
    }
    return page(request, "matrix.html.jinja", context)


def issue(request: Request) -> Response:
    """Show the lines of one issue: those of a large matrix come one issue at a time."""
    case = desk_of(request).store.state().case
    key = request.path_params["issue"]
    if case is None or key not in case.issues:
        return PlainTextResponse("there is no such issue any more", status_code=404)
    columns = columns_of(case)
    context = {
        "columns": [(name, case.name_of(name)) for name in columns],
        "section": section_of(case, key, columns, plain(case, short=False)),
    }
    return page(request, "issue.html.jinja", context)


def cell(request: Request) -> Response:
    """Show all of one cell: the position, its demands, and what they rest on."""
    case = desk_of(request).store.state().case
    key = request.query_params.get("issue", "")
    actor = request.query_params.get("actor", "")
    if case is None or key not in case.issues or actor not in {*case.parties, *case.factions}:
        return PlainTextResponse("there is no such cell any more", status_code=404)
    base, data = f"positions.{actor}.{key}", plain(case, short=False)
    position = [
        replace(field_at(data, f"{base}.{name}", form, label_of(name)), place=PANEL)
        for name, form in POSITION
    ]
    demands = [(name, demand) for name, demand in case.demands.items() if demand.by == actor]
    touching = [(name, demand) for name, demand in demands if _touches(demand, key)]
    context = {
        "actor": actor,
        "actor_name": case.name_of(actor),
        "issue": key,
        "issue_name": case.issues[key].name,
        "position": position,
        "demands": [
            (name, demand, fields_of(case, f"demands.{name}")) for name, demand in touching
        ],
        "claims": _claims(case, base, [name for name, _ in touching]),
    }
    return page(request, "cell.html.jinja", context)


def columns_of(case: Case) -> list[str]:
    """Return the parties that sign or have positions, each with its factions that have their own.

    Everyone is there who could have a position, so that what is missing can be seen and typed.
    """
    found: list[str] = []
    for key, party in case.parties.items():
        if party.signs or key in case.positions or party.role in {"principal", "mediator"}:
            found.append(key)
        found += [faction for faction in party.factions if faction in case.positions]
    return found


def options_of(case: Case, key: str) -> list[str]:
    """Return the options to show: all, or the numbers that somebody names and both ends."""
    issue = case.issues[key]
    if issue.options:
        return list(issue.options)
    named = {
        option
        for positions in case.positions.values()
        if key in positions
        for option in positions[key].values
        if option in issue.numbers
    }
    ends = issue.option_ids
    ordered = sorted({*named, ends[0], ends[-1]}, key=lambda option: issue.numbers[option])
    return ordered[:MOST_NUMBERS]


def section_of(case: Case, key: str, columns: list[str], data: Mapping[str, Any]) -> Section:
    """Return the lines of one issue: weights first, then each option's values.

    `data` are the case's plain data.
    """
    issue = case.issues[key]
    names = [case.name_of(actor) for actor in columns]
    lines = [_line(data, "Weight", [f"positions.{a}.{key}.weight" for a in columns], names)]
    for option in options_of(case, key):
        paths = [f"positions.{actor}.{key}.values.{option}" for actor in columns]
        marks = tuple(_marks(case, actor, key, option) for actor in columns)
        lines.append(_line(data, issue.option_name(option), paths, names, marks))
    agreed = issue.option_name(issue.agreed) if issue.agreed is not None else ""
    return Section(id=key, name=issue.name, agreed=agreed, lines=tuple(lines))


def _line(
    data: Mapping[str, Any],
    name: str,
    paths: list[str],
    actors: list[str],
    marks: tuple[str, ...] = (),
) -> Line:
    fields = tuple(
        field_at(data, path, "text", f"{actor}, {name}")
        for path, actor in zip(paths, actors, strict=True)
    )
    return Line(name=name, fields=fields, marks=marks or ("",) * len(actors))


def _marks(case: Case, actor: str, key: str, option: str) -> str:
    """Name the demands of a column that an option of one issue alone would break."""
    found = []
    for demand in case.demands.values():
        if demand.by == actor and _breaks(case, demand, key, option):
            found.append(f"{demand.kind}: {demand.name}")
    return "; ".join(found)


def _breaks(case: Case, demand: Demand, key: str, option: str) -> bool:
    try:
        if set(demand.refuses) == {key} and option in select(case.issues[key], demand.refuses[key]):
            return True
        wanted = demand.requires.get(key)
        return wanted is not None and option not in select(case.issues[key], wanted)
    except QuantityError:
        return False


def _touches(demand: Demand, key: str) -> bool:
    return demand.kind == "walk-away" or key in demand.refuses or key in demand.requires


def _claims(case: Case, base: str, demands: list[str]) -> list[tuple[str, Claim]]:
    resting = {
        claim
        for path, part in case.based()
        if path == base or path in {f"demands.{name}" for name in demands}
        for claim in part.because
    }
    return [(key, claim) for key, claim in case.claims.items() if key in resting]
