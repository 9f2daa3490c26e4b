r"""How the fields of a case stand in the cells of a sheet, and back again without loss.

text        as it is; where a cell can't hold it, a backslash and a JSON string: \"\n"
quantity    as typed in a case file: 40, 30..40..55, 60..95%, unlikely, unknown
list        north, south; where an item has a comma, as JSON: ["a, b", "c"]
picks, map  corridor: below 14, monitoring: [none, observers]
data        anything else, in the one-line form of a case file
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from goodoffices.case._write import inline
from goodoffices.case._yaml import read
from goodoffices.case.quantity import Quantity
from goodoffices.errors import CaseFileError, clip

__all__ = [
    "MORE",
    "MOST_TEXT",
    "Cell",
    "Form",
    "Unreadable",
    "bare",
    "decoded",
    "encoded",
    "form_of",
    "is_model",
]

Cell = str | int | float | bool | None
Form = Literal[
    "text", "place", "quantity", "number", "flag", "day", "dated", "list", "picks", "map", "data"
]

MOST_TEXT = 32_000
"""Characters; a cell of the format holds 32,767."""
MORE = "\\see More"
"""Stands in a cell whose text is too long for it, and stands on the sheet More."""

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_DIGITS = 15
"""A spreadsheet keeps so many digits of a number."""


@dataclass(frozen=True, slots=True)
class Unreadable(Exception):
    """A cell that doesn't say what its column holds: what is wrong, and how to mend it."""

    what: str
    mend: str


def bare(kind: Any) -> Any:
    """Take `Annotated` and `| None` off a type."""
    while True:
        if get_origin(kind) is Annotated:
            kind = get_args(kind)[0]
        elif get_origin(kind) in (Union, UnionType):
            kinds = [arg for arg in get_args(kind) if arg is not type(None)]
            if len(kinds) > 1:
                return kind
            kind = kinds[0]
        else:
            return kind


def form_of(kind: Any) -> Form:
    """Return the form of a field by its type.

    >>> form_of(tuple[str, ...]), form_of(float | None), form_of(dict[str, float])
    ('list', 'number', 'map')
    """
    kind = bare(kind)
    origin = get_origin(kind)
    if origin in (Union, UnionType) or (origin is Literal and int in map(type, get_args(kind))):
        return "place"
    if origin is tuple:
        return "list" if bare(get_args(kind)[0]) is str else "data"
    if origin is dict:
        return "picks" if get_origin(bare(get_args(kind)[1])) is tuple else "map"
    simple: dict[Any, Form] = {bool: "flag", int: "number", float: "number", dt.date: "day"}
    if kind in simple:
        return simple[kind]
    if isinstance(kind, type) and issubclass(kind, Quantity):
        return "quantity"
    plainly = origin is Literal or kind is str
    return "text" if plainly else "data"


def encoded(value: Any, form: Form) -> Cell:
    """Return the cell of a field's plain data, which is there (a blank cell says nothing)."""
    if form == "quantity" and value is None:
        return "null"
    if form == "flag":
        # As text: some spreadsheets keep a truth value as a formula.
        return str(value).upper()
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        digits = repr(value).replace(".", "").lstrip("-0")
        # 4.0 would come back as 4, which a quantity tells apart, as its text.
        whole = isinstance(value, float) and value.is_integer()
        exact = len(digits) <= _DIGITS and "e" not in digits and not whole
        return value if exact or form == "place" else repr(value)
    if form == "list":
        return _listed([str(item) for item in value])
    if form in ("picks", "map"):
        short = {key: _single(item) for key, item in value.items()} if form == "picks" else value
        return inline(short)[1:-1] or "{}"
    if form == "data":
        return inline(value)
    return _text(str(value))


def _single(item: Any) -> Any:
    """Let one item stand for a list of one, as in a case file."""
    return item[0] if isinstance(item, list) and len(item) == 1 and item[0] is not None else item


def _text(text: str) -> str:
    hidden = not text.strip() or text.startswith("\\") or _CONTROL.search(text)
    return "\\" + _quoted(text) if hidden else text


def _quoted(value: Any) -> str:
    written = json.dumps(value, ensure_ascii=False)
    return _CONTROL.sub(lambda found: f"\\u{ord(found[0]):04x}", written)


def _listed(items: list[str]) -> str:
    plainly = all(
        item.strip() == item != "" and not set(item) & set(',\n\t"\\') and not _CONTROL.search(item)
        for item in items
    )
    joined = ", ".join(items)
    return joined if items and plainly and joined[0] != "[" else _quoted(items)


def decoded(cell: Cell | dt.datetime | dt.date, form: Form) -> Any:
    """Return the plain data of a cell that is not blank; `Unreadable` where it isn't of its form.

    Whether the data fit their field is the work of the case.

    >>> (
    ...     decoded("north, south", "list"),
    ...     decoded("line: below 14", "map"),
    ...     decoded(" 30..50", "quantity"),
    ... )
    (['north', 'south'], {'line': 'below 14'}, '30..50')
    """
    if isinstance(cell, (dt.datetime, dt.date)):
        cell = cell.date().isoformat() if isinstance(cell, dt.datetime) else cell.isoformat()
    return _DECODE[form](cell)


def _as_text(cell: Cell) -> str:
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 10**_DIGITS:
        return str(int(cell))
    text = str(cell)
    if not text.startswith("\\"):
        return text
    try:
        found = json.loads(text[1:])
    except ValueError:
        found = None
    if not isinstance(found, str):
        raise Unreadable(
            f'"{clip(text)}" begins with a backslash, and no text in quotes follows',
            'write the backslash twice, in quotes: \\"\\\\..."',
        )
    return found


def _as_place(cell: Cell) -> Any:
    whole = isinstance(cell, (int, float)) and not isinstance(cell, bool) and cell == int(cell)
    return int(cell) if whole and cell is not None else _as_text(cell)


def _as_quantity(cell: Cell) -> Any:
    if isinstance(cell, (int, float)):
        return cell
    text = str(cell).strip()
    return None if text == "null" else text


def _as_number(cell: Cell) -> Any:
    if not isinstance(cell, str):
        return cell
    text = cell.strip()
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return text


def _as_flag(cell: Cell) -> Any:
    words = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
    return words.get(str(cell).strip().lower(), cell)


def _as_day(cell: Cell) -> Any:
    return _as_text(cell).strip()


def _as_list(cell: Cell) -> Any:
    text = _as_text(cell).strip()
    if text.startswith("["):
        return _yaml(text, list, "write it as one, two", shown=text)
    return [item.strip() for item in text.split(",") if item.strip()]


def _as_map(cell: Cell) -> Any:
    text = str(cell).strip()
    wrapped = text if text.startswith("{") else "{" + text + "}"
    mend = "write it as corridor: below 14, release: [first, together]"
    return _yaml(wrapped, dict, mend, shown=text)


def _as_data(cell: Cell) -> Any:
    mend = "write it as in a case file, on one line"
    found = _yaml(f"[{cell}]", list, mend, shown=str(cell))
    if len(found) != 1:
        raise Unreadable(f'"{clip(cell)}" is more than one thing', mend)
    return found[0]


def _yaml(text: str, kind: type, mend: str, shown: str) -> Any:
    """Read the one-line form of a case file; what a message shows is the cell itself."""
    try:
        found = read(text).data
    except CaseFileError as problem:
        what = problem.faults[0].what
        raise Unreadable(f'"{clip(shown)}" cannot be read: {what}', mend) from None
    if not isinstance(found, kind):
        raise Unreadable(f'"{clip(shown)}" cannot be read', mend)
    if isinstance(found, dict) and None in found.values() and ":" not in text:
        raise Unreadable(f'"{clip(shown)}" has no colon', mend)
    return found


_DECODE: dict[Form, Callable[[Cell], Any]] = {
    "text": _as_text,
    "place": _as_place,
    "quantity": _as_quantity,
    "number": _as_number,
    "flag": _as_flag,
    "day": _as_day,
    "dated": _as_day,
    "list": _as_list,
    "picks": _as_map,
    "map": _as_map,
    "data": _as_data,
}


def is_model(kind: Any) -> bool:
    """Whether a type is a part of a case with fields of its own."""
    return isinstance(kind, type) and issubclass(kind, BaseModel)
