"""The fields of any part of a case, as a form shows them: label, words, how they are typed."""

from __future__ import annotations

import hashlib
import types
import typing
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from goodoffices.case._plain import plain
from goodoffices.case._write import document, inline
from goodoffices.case.model import Case
from goodoffices.case.paths import at_path
from goodoffices.case.quantity import Quantity
from goodoffices.workbench.edits import typed

__all__ = [
    "PANEL",
    "Field",
    "Form",
    "field_at",
    "fields_of",
    "key_of",
    "label_of",
    "quantity_at",
    "shown",
]

Form = Literal["text", "long", "list", "flag", "number", "data", "choice"]

PANEL = "panel-"
"""The place of fields in the panel, which stand in the matrix too."""
_LONG = frozenset({"because", "assumed", "quote", "note", "purpose", "not_for", "elicitation"})
_LABELS = {
    "class": "Class",
    "because": "Because (claims)",
    "not_for": "Not for",
    "as_of": "As of",
    "assumed": "Assumed (who: why)",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Field:
    """One field of a form."""

    path: str
    label: str
    form: Form
    value: str
    """As it is typed."""
    help: str = ""
    choices: tuple[str, ...] = ()
    fault: str = ""
    missing: bool = False
    """Whether the case says nothing there."""
    place: str = ""
    """Where on the page it stands, if it stands there twice."""

    @property
    def key(self) -> str:
        """A name for it that may stand in an `id`."""
        return self.place + key_of(self.path)


def key_of(path: str) -> str:
    """Return a short name for a path that may stand in an `id`.

    >>> key_of("title")
    'f-aaf23206'
    """
    return "f-" + hashlib.sha256(path.encode()).hexdigest()[:8]


def label_of(name: str) -> str:
    """Return what people read for a field's name.

    >>> label_of("must_accept")
    'Must accept'
    """
    return _LABELS.get(name, name.replace("_", " ").capitalize())


def shown(value: Any, form: Form) -> str:
    """Return plain data as somebody types it in a field; empty where there is none.

    >>> shown(["north", "south"], "list")
    'north, south'
    """
    if value is None:
        return ""
    if form == "list":
        return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    if form == "flag":
        return "on" if value else ""
    if form == "data":
        return document(value) if isinstance(value, dict) else inline(value)
    return str(value)


def fields_of(case: Case, path: str) -> tuple[Field, ...]:
    """Return the fields of the part of a case at a path; none where it has no fields of its own."""
    node = _node(case, path)
    if not isinstance(node, BaseModel):
        return ()
    whole = plain(case, short=False)
    data = at_path(whole, path) if path else whole
    return tuple(_fields(type(node), path, data or {}))


def _fields(model: type[BaseModel], path: str, data: dict[str, Any]) -> Iterator[Field]:
    for name, info in model.model_fields.items():
        said = info.alias or name
        form, choices = _form(name, info)
        if form == "list" and said in data and typed(shown(data[said], form), form) != data[said]:
            # Its items hold commas, or are more than words.
            form = "data"
        yield Field(
            path=f"{path}.{said}" if path else said,
            label=label_of(said),
            form=form,
            value=shown(data.get(said), form),
            help=" ".join((info.description or "").split()),
            choices=choices,
            missing=said not in data,
        )


def field_at(data: Mapping[str, Any], path: str, form: Form, label: str = "") -> Field:
    """Return one field by its path in a case's plain data, whatever it is part of."""
    value = at_path(data, path)
    name = path.rpartition(".")[2]
    text = shown(value, form)
    return Field(
        path=path, label=label or label_of(name), form=form, value=text, missing=value is None
    )


def quantity_at(case: Case, path: str) -> Quantity | None:
    """Return the quantity at a path; None if something else stands there, or nothing."""
    found = _node(case, path)
    return found if isinstance(found, Quantity) else None


def _node(case: Case, path: str) -> Any:
    """Return the part of the model at a path; None if there is none."""
    node: Any = case
    rest = path.split(".") if path else []
    while rest:
        if isinstance(node, BaseModel):
            names = {info.alias or name: name for name, info in type(node).model_fields.items()}
            node, rest = getattr(node, names.get(rest[0], ""), None), rest[1:]
        elif isinstance(node, dict):
            long = next(
                (n for n in range(len(rest), 0, -1) if ".".join(rest[:n]) in node), len(rest)
            )
            node, rest = node.get(".".join(rest[:long])), rest[long:]
        else:
            return None
    return node


def _form(name: str, info: FieldInfo) -> tuple[Form, tuple[str, ...]]:
    kinds = set(_kinds(info.annotation))
    choices = tuple(str(choice) for kind in kinds for choice in _choices(kind))
    if choices:
        return "choice", tuple(dict.fromkeys(_ordered(info.annotation)))
    if name == "because":
        return "list", ()
    if bool in kinds:
        return "flag", ()
    if any(isinstance(kind, type) and issubclass(kind, Quantity) for kind in kinds):
        return "text", ()
    if any(get_origin(kind) is tuple for kind in kinds):
        return "list", ()
    if any(get_origin(kind) is dict or _is_model(kind) for kind in kinds):
        return "data", ()
    if float in kinds or int in kinds:
        return "number", ()
    return ("long" if name in _LONG else "text"), ()


def _kinds(annotation: Any) -> Iterator[Any]:
    """Yield what a field may be, its alternatives and marks taken apart."""
    origin = get_origin(annotation)
    if origin in {Union, types.UnionType}:
        for part in get_args(annotation):
            yield from _kinds(part)
    elif origin is typing.Annotated:
        yield from _kinds(get_args(annotation)[0])
    else:
        yield annotation


def _choices(kind: Any) -> tuple[Any, ...]:
    return get_args(kind) if get_origin(kind) is Literal else ()


def _ordered(annotation: Any) -> list[str]:
    return [str(choice) for kind in _kinds(annotation) for choice in _choices(kind)]


def _is_model(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)
