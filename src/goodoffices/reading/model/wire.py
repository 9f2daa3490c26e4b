"""The form of a model's answer: nothing but names, statements, and passages in another voice.

There is no field for an instruction, a tool or a file, so whatever a document talks a model into,
it can only become a statement, and then its words must stand in the document.
"""

from __future__ import annotations

import math
from functools import cache
from typing import Annotated, Any, Literal, TypeVar, get_args

from pydantic import BaseModel, BeforeValidator, Field, ValidationError

from goodoffices.case.speech import MODALITIES, TYPES, Modality, StatementType
from goodoffices.reading.findings import ClaimClass, NamedKind, Role, Voice

__all__ = [
    "Reply",
    "Stance",
    "WireAmount",
    "WireHappening",
    "WireName",
    "WireStatement",
    "read_reply",
    "schema",
]

Stance = Literal["wants", "refuses"]
"""What a statement does to an option."""
_Model = TypeVar("_Model", bound=BaseModel)

MOST_ITEMS = 400
"""Names, or statements, that are taken from one answer."""
MOST_PARTS = 20
"""Speakers, numbers and the like that are taken from one statement."""


def _word(value: Any) -> Any:
    """Return "red line" for "Red_Line": small letters, and spaces between words."""
    if isinstance(value, str):
        return " ".join(value.replace("_", " ").replace("-", " ").casefold().split())
    return value


def _clipped(value: Any) -> float:
    """Return a chance between 0 and 1; one half for what is no number."""
    try:
        number = float(value)
    except (TypeError, ValueError):
        return 0.5
    return min(max(number, 0.0), 1.0) if math.isfinite(number) else 0.5


def _number(value: Any) -> float | None:
    try:
        number = float(value)
    except (TypeError, ValueError):
        return None
    return number if math.isfinite(number) else None


def _words(value: Any) -> Any:
    """Return a list of texts: one text stands for a list of one, and nothing for an empty one."""
    if value is None:
        return []
    if isinstance(value, str):
        value = [value]
    if isinstance(value, list):
        return [one for one in value if isinstance(one, str) and one.strip()][:MOST_PARTS]
    return value


def _whole(value: Any) -> Any:
    items = value if isinstance(value, list) else []
    return [one for one in items if isinstance(one, int) and not isinstance(one, bool)]


def _text(value: Any) -> Any:
    return value if isinstance(value, str) and value.strip() else None


def _flag(value: Any) -> Any:
    return value is True or (isinstance(value, str) and value.casefold() == "true")


def _known(choices: tuple[str, ...]) -> BeforeValidator:
    """Read what is none of the choices as nothing."""
    return BeforeValidator(lambda value: _word(value) if _word(value) in choices else None)


_Words = Annotated[list[str], BeforeValidator(_words)]
_Text = Annotated[str | None, BeforeValidator(_text)]
_Number = Annotated[float | None, BeforeValidator(_number)]


class WireName(BaseModel):
    """Somebody or something that the text names."""

    name: str
    kind: Annotated[NamedKind, BeforeValidator(_word)]
    aliases: _Words = []
    of: _Text = None
    role: Annotated[Role | None, _known(get_args(Role))] = None


class WireAmount(BaseModel):
    """A number with its unit, and the words that state it."""

    words: str
    value: _Number = None
    unit: _Text = None


class WireHappening(BaseModel):
    """What is reported to have happened."""

    actor: _Text = None
    target: _Text = None
    when: _Text = None
    place: _Text = None
    count: _Number = None


class WireStatement(BaseModel):
    """One thing that somebody says or does."""

    quote: str
    paragraph: Annotated[int | None, BeforeValidator(_number)] = None
    type: Annotated[StatementType, BeforeValidator(_word)]
    class_: Annotated[ClaimClass | None, _known(get_args(ClaimClass))] = Field(None, alias="class")
    modality: Annotated[Modality, BeforeValidator(_word)] = "asserted"
    negated: Annotated[bool, BeforeValidator(_flag)] = False
    speakers: _Words = []
    addressee: _Text = None
    about: _Words = []
    condition: _Text = None
    phrase: _Text = None
    amounts: list[WireAmount] = []
    happening: WireHappening | None = None
    voice: Annotated[Voice | None, _known(get_args(Voice))] = None
    topic: _Text = None
    option: _Text = None
    stance: Annotated[Stance | None, _known(get_args(Stance))] = None
    confidence: Annotated[float, BeforeValidator(_clipped)] = 0.5


class Reply(BaseModel):
    """A whole answer."""

    names: list[WireName] = []
    opinion_paragraphs: Annotated[list[int], BeforeValidator(_whole)] = []
    statements: list[WireStatement] = []


@cache
def schema() -> dict[str, Any]:
    """Return the JSON Schema of an answer, as strict endpoints want it.

    Every field is required and none may be added; ranges and defaults, which some of them refuse,
    are left out.
    """
    found = Reply.model_json_schema()
    _tighten(found)
    return found


def _tighten(node: Any) -> None:
    if isinstance(node, list):
        for one in node:
            _tighten(one)
    elif isinstance(node, dict):
        if isinstance(properties := node.get("properties"), dict):
            node["required"] = list(properties)
            node["additionalProperties"] = False
            for field in properties.values():
                field.pop("title", None)
                field.pop("default", None)
        for one in node.values():
            _tighten(one)


def read_reply(data: dict[str, Any]) -> tuple[Reply, dict[str, int]]:
    """Return what of an answer has the right form, and why how many statements were dropped.

    Each item is read by itself, so that one bad item does not cost the others.
    """
    dropped: dict[str, int] = {}
    statements = []
    for item in _items(data.get("statements")):
        why = _unfit(item)
        read = None if why else _read(WireStatement, _mild(item))
        if read is None:
            why = why or "not in the form asked for"
            dropped[why] = dropped.get(why, 0) + 1
        else:
            statements.append(read)
    names = [_read(WireName, item) for item in _items(data.get("names"))]
    reply = Reply(
        names=[name for name in names if name is not None],
        opinion_paragraphs=_whole(data.get("opinion_paragraphs")),
        statements=statements,
    )
    return reply, dropped


def _items(value: Any) -> list[Any]:
    return value[:MOST_ITEMS] if isinstance(value, list) else []


def _unfit(item: Any) -> str | None:
    """Return why a statement's type or modality is none, in words."""
    if not isinstance(item, dict):
        return None
    if _word(item.get("type")) not in TYPES:
        return "type not known"
    modality = item.get("modality")
    return "modality not known" if modality and _word(modality) not in MODALITIES else None


def _mild(item: Any) -> Any:
    """Leave out of a statement the parts that are not in form, where it can do without them."""
    if not isinstance(item, dict):
        return item
    parts = _items(item.get("amounts"))[:MOST_PARTS]
    amounts = [one for one in parts if _read(WireAmount, one) is not None]
    happening = item.get("happening")
    kept = {name: value for name, value in item.items() if name != "modality" or value}
    return kept | {
        "amounts": amounts,
        "happening": happening if _read(WireHappening, happening) is not None else None,
    }


def _read(kind: type[_Model], item: Any) -> _Model | None:
    try:
        return kind.model_validate(item)
    except ValidationError:
        return None
