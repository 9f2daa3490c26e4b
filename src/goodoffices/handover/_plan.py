"""Which sheets a workbook has, and which field of a case stands in which column.

The plan is read off the case's own model: a field that the model gains has its column from then on.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from goodoffices.case.basis import Basis
from goodoffices.case.dated import Dated
from goodoffices.case.model import Case, Position
from goodoffices.handover._forms import Form, bare, form_of, is_model

__all__ = ["MATRIX", "MORE_SHEET", "Column", "SheetPlan", "plan"]

MATRIX, MORE_SHEET = "Matrix", "More"
_NAMES = {("parties", "factions"), ("parties", "constituencies"), ("issues", "options")}
"""Lists inside a list whose sheet bears their own name alone."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """One field of the rows of a sheet; on the sheet `Case`, one row."""

    head: str
    path: tuple[str, ...]
    """Where it stands inside of its item; on the sheet `Case`, inside of the case."""
    form: Form
    choices: tuple[str, ...] = ()
    """The words that it may hold; empty: any."""
    meaning: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class SheetPlan:
    """A sheet of items, one in each row.

    `within` leads to the mapping that holds the items; where it has a `*`, the first column names
    the item of the upper list.
    """

    name: str
    within: tuple[str, ...]
    keys: tuple[str, ...]
    """Heads of the columns that hold ids."""
    columns: tuple[Column, ...]


@cache
def plan() -> tuple[tuple[Column, ...], tuple[SheetPlan, ...]]:
    """Return the rows of the sheet `Case`, and all sheets of items, in the model's order."""
    settings: list[Column] = []
    sheets: list[SheetPlan] = []
    _walk(Case, (), settings, sheets)
    return tuple(settings), tuple(sheets)


def _walk(
    model: type[BaseModel],
    within: tuple[str, ...],
    settings: list[Column],
    sheets: list[SheetPlan],
) -> None:
    for name, info in model.model_fields.items():
        path = (*within, info.alias or name)
        kind = bare(info.annotation)
        item = _item(kind)
        if path == ("positions",):
            sheets.append(_positions(kind))
        elif item is not None:
            sheets += _sheets(path, item)
        elif is_model(kind) and kind is not Dated:
            _walk(kind, path, settings, sheets)
        else:
            settings += _columns_of(info, path)


def _sheets(path: tuple[str, ...], item: type[BaseModel]) -> list[SheetPlan]:
    """Return the sheet of a list's items, and those of the lists inside of them."""
    inner = [
        (info.alias or name, held)
        for name, info in item.model_fields.items()
        if (held := _item(bare(info.annotation))) is not None
    ]
    fields = [name for name, _ in inner]
    keys = (_singular(path[-3]), "id") if "*" in path else ("id",)
    columns = tuple(c for c in _columns(item) if c.path[0] not in fields)
    sheet = SheetPlan(name=_sheet_name(path), within=path, keys=keys, columns=columns)
    return [sheet, *(one for name, held in inner for one in _sheets((*path, "*", name), held))]


def _positions(kind: Any) -> SheetPlan:
    """Return the sheet of what a position says beside its weight and its values."""
    shown = tuple(c for c in _columns(Position) if c.head not in {"weight", "values"})
    return SheetPlan(
        name="Positions", within=("positions", "*"), keys=("party", "issue"), columns=shown
    )


def _item(kind: Any) -> type[BaseModel] | None:
    """Return the model of the items of a mapping from ids; None for any other type."""
    if get_origin(kind) is not dict:
        return None
    held = bare(get_args(kind)[1])
    return held if is_model(held) else None


def _columns(model: type[BaseModel]) -> tuple[Column, ...]:
    # Why something is so reads best after what is so.
    fields = sorted(model.model_fields.items(), key=lambda item: item[0] in Basis.model_fields)
    return tuple(
        column for name, info in fields for column in _columns_of(info, (info.alias or name,))
    )


def _columns_of(info: FieldInfo, path: tuple[str, ...]) -> list[Column]:
    kind = bare(info.annotation)
    meaning = " ".join((info.description or "").split())
    if kind is Dated:
        given = Column(head=".".join(path), path=(*path, "date"), form="dated", meaning=meaning)
        inferred = Column(
            head=".".join((*path, "inferred")),
            path=(*path, "inferred"),
            form="text",
            meaning="Where the date was not stated: from what it was inferred.",
        )
        return [given, inferred]
    if is_model(kind):
        return [
            column
            for name, inner in kind.model_fields.items()
            for column in _columns_of(inner, (*path, inner.alias or name))
        ]
    form = form_of(kind)
    choices: tuple[str, ...] = ()
    if get_origin(kind) is Literal:
        choices = tuple(str(word) for word in get_args(kind))
    if form == "flag":
        choices = ("TRUE", "FALSE")
    return [Column(head=".".join(path), path=path, form=form, choices=choices, meaning=meaning)]


def _sheet_name(path: tuple[str, ...]) -> str:
    names = [part for part in path if part != "*"]
    words = names[-1:] if tuple(names) in _NAMES else names
    return " ".join(words).replace("_", " ").capitalize()


def _singular(name: str) -> str:
    return name[:-3] + "y" if name.endswith("ies") else name.removesuffix("s")
