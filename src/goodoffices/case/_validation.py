"""What pydantic finds wrong in a case file's data, in words for people who never heard of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from goodoffices.case._yaml import Path, dotted
from goodoffices.case.model import Case
from goodoffices.errors import CaseError, Fault, clip, nearest

__all__ = ["line_of", "validated"]

MOST_FAULTS = 200
_KEY = "[key]"
_CALLED = {
    "Case": "the case",
    "Dated": "a date",
    "Moves": "the moves",
    "Outlook": "the outlook",
    "Trust": "a trust level",
}


def validated(data: Any, lines: Mapping[Path, int], subject: str) -> Case:
    """Return the case that plain data say; raise `CaseError` with every fault found."""
    context = {"yardstick": _yardstick(data)}
    try:
        return Case.model_validate(data, context=context)
    except ValidationError as error:
        errors = error.errors(include_url=False)
    # A field that was left blank says nothing: the same as a field that is not there.
    kept = _without(data, {tuple(item["loc"]) for item in errors if _is_blank(item)})
    try:
        return Case.model_validate(kept, context=context)
    except ValidationError as error:
        errors = error.errors(include_url=False)
    found: dict[tuple[str, str], Fault] = {}
    for item in errors:
        fault = _fault(item, data, lines)
        found.setdefault((fault.where, fault.what), fault)
        if len(found) == MOST_FAULTS:
            break
    raise CaseError(sorted(found.values(), key=lambda f: f.line or 0), subject)


def line_of(path: Path, lines: Mapping[Path, int]) -> int | None:
    """Return the line of the nearest part of a file that holds a path."""
    for length in range(len(path), 0, -1):
        if path[:length] in lines:
            return lines[path[:length]]
    return None


def _yardstick(data: Any) -> Any:
    chosen = data.get("yardstick") if isinstance(data, dict) else None
    names = get_args(Case.model_fields["yardstick"].annotation)
    return chosen if isinstance(chosen, str) and chosen in names else "readers"


def _is_blank(item: Any) -> bool:
    """Whether a field of ours, and not an id that somebody chose, was left empty."""
    loc = tuple(item["loc"])
    empty = item["input"] is None and item["type"].endswith("_type")
    return empty and bool(loc) and _is_model(_kind_at(loc[:-1]))


def _without(data: Any, paths: set[tuple[Any, ...]], here: tuple[Any, ...] = ()) -> Any:
    if not paths or not isinstance(data, dict):
        return data
    return {
        name: _without(value, paths, (*here, name))
        for name, value in data.items()
        if (*here, name) not in paths
    }


def _fault(item: Any, data: Any, lines: Mapping[Path, int]) -> Fault:
    path = _real_path(item, data)
    say = _SAY.get(item["type"], _other)
    what, mend = say(item, path)
    return Fault(where=dotted(path), what=what, mend=mend, line=line_of(path, lines))


def _real_path(item: Any, data: Any) -> Path:
    """Follow the place of a fault through the data, without what pydantic adds to it.

    It adds the member of a union that it tried, `[key]` for a name, and the position in a list
    where the file has one item only.
    """
    path: list[str | int] = []
    missing = item["type"] == "missing"
    node, parts = data, [part for part in item["loc"] if part != _KEY]
    for number, part in enumerate(parts):
        last = number == len(parts) - 1
        known = (isinstance(node, dict) and part in node) or (
            isinstance(node, list) and isinstance(part, int) and part < len(node)
        )
        if known:
            node = node[part]
        elif not (last and missing):
            break
        path.append(part)
    return tuple(path)


def _kind_at(loc: tuple[Any, ...]) -> Any:
    """Return the type that the part of a case at `loc` is read as."""
    kind: Any = Case
    for part in loc:
        kind = _bare(_member(kind, part))
    return kind


def _is_model(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def _bare(kind: Any) -> Any:
    """Take `Annotated` and `| None` off a type."""
    while get_origin(kind) is Annotated:
        kind = get_args(kind)[0]
    if get_origin(kind) in (Union, UnionType):
        kinds = [arg for arg in get_args(kind) if arg is not type(None)]
        return _bare(kinds[0])
    return kind


def _member(kind: Any, part: Any) -> Any:
    if _is_model(kind):
        for name, info in kind.model_fields.items():
            if part in (name, info.alias):
                return info.annotation
        return None
    arguments = get_args(kind)
    return arguments[-1] if get_origin(kind) is dict else arguments[0] if arguments else None


def _field_names(model: type[BaseModel]) -> list[str]:
    return [info.alias or name for name, info in model.model_fields.items()]


def _called(model: type[BaseModel]) -> str:
    if model.__name__ in _CALLED:
        return _CALLED[model.__name__]
    name = re.sub("(?<=[a-z])(?=[A-Z])", " ", model.__name__).lower()
    return f"{'an' if name[0] in 'aeio' else 'a'} {name}"


def _split(message: str) -> tuple[str, str]:
    """Part a message of our own into what is wrong and how to mend it."""
    text = message if len(message) <= 400 else clip(message, 400)
    what, _, mend = text.partition("; ")
    return what, mend


def _missing(item: Any, path: Path) -> tuple[str, str]:
    name = item["loc"][-1]
    model = _kind_at(tuple(item["loc"][:-1]))
    info = next(i for n, i in model.model_fields.items() if name in (n, i.alias))
    if name == "goodoffices":
        return "missing", "write `goodoffices: 1`, the version of the case format"
    meaning = " ".join((info.description or "").split()).partition(".")[0].partition(":")[0]
    return "missing", f"add `{name}:`" + (
        f" ({meaning[:1].lower()}{meaning[1:]})" if meaning else ""
    )


def _unknown(item: Any, path: Path) -> tuple[str, str]:
    name, model = str(item["loc"][-1]), _kind_at(tuple(item["loc"][:-1]))
    names = _field_names(model)
    mend = nearest(name, names) or f"its fields are {', '.join(names)}"
    return f'"{clip(name)}" is not a field of {_called(model)}', mend


def _literal(item: Any, path: Path) -> tuple[str, str]:
    given = item["input"]
    model = _kind_at(tuple(item["loc"][:-1]))
    kind = _bare(_member(model, item["loc"][-1]))
    words = [str(word) for word in get_args(kind)] if get_origin(kind) is Literal else []
    if words == ["1"]:
        what = f"{clip(given)} is not a version of the case format that this program reads"
        return what, "write `goodoffices: 1`"
    if given is None:
        return "nothing stands here", f"write one of: {', '.join(words)}"
    mend = nearest(str(given).lower(), words) or f"write one of: {', '.join(words)}"
    return f'"{clip(given)}" is not one of {", ".join(words)}', mend


def _text_wanted(item: Any, path: Path) -> tuple[str, str]:
    given = item["input"]
    if isinstance(given, bool):
        shown = str(given).lower()
        return f"{shown} where text must stand", f'put it in quotes: "{shown}"'
    if isinstance(given, (int, float)):
        return (
            f"the number {clip(given)} where text must stand",
            f'put it in quotes: "{clip(given)}"',
        )
    if given is None:
        return "nothing stands here where text must stand", "fill it in, or remove it"
    return f"{_seen(given)} where text must stand", "write text"


def _fields_wanted(item: Any, path: Path) -> tuple[str, str]:
    loc = tuple(item["loc"])
    if not loc:
        if item["input"] is None:
            return "the file is empty", "`goodoffices new` writes a starter"
        return f"{_seen(item['input'])} where a case must stand", "begin with `goodoffices: 1`"
    what = f"{_seen(item['input'])} where fields must stand"
    kind = _kind_at(loc)
    if not _is_model(kind):
        return what, "write `name: value` lines, indented under it"
    return what, f"write the fields of {_called(kind)}: {', '.join(_field_names(kind))}"


def _id_wanted(item: Any, path: Path) -> tuple[str, str]:
    given = str(item["input"])
    short = re.sub(r"\W+", "-", given).strip("-_")[:80]
    mend = "use letters, digits, - and _, without spaces or dots"
    if short and short != given and len(given) <= 80:
        mend += f": `{short}`"
    return f'"{clip(given)}" is not an id', mend


def _long(item: Any, path: Path) -> tuple[str, str]:
    most = item["ctx"]["max_length"]
    return f'"{clip(item["input"], 30)}" is longer than {most} characters', "use a shorter id"


def _day(item: Any, path: Path) -> tuple[str, str]:
    mend = "write year, month and day as 2024-08-31, or `unknown`"
    if isinstance(item["input"], (dict, list)):
        return f"{_seen(item['input'])} where a date must stand", mend
    return f'"{clip(item["input"])}" is not a date', mend


def _flag(item: Any, path: Path) -> tuple[str, str]:
    return f'"{clip(item["input"])}" is neither true nor false', "write true or false"


def _number(item: Any, path: Path) -> tuple[str, str]:
    return f'"{clip(item["input"])}" is not a number that fits here', "write a number above 0"


def _bounded(item: Any, path: Path) -> tuple[str, str]:
    bound, most = item["ctx"].get("ge"), item["ctx"].get("le")
    mend = f"write {bound:g} or more" if most is None else f"write {most:g} or less"
    return f'"{clip(item["input"])}" is not a number that fits here', mend


def _list(item: Any, path: Path) -> tuple[str, str]:
    return f"{_seen(item['input'])} where a list must stand", "write [one, two]"


def _own(item: Any, path: Path) -> tuple[str, str]:
    return _split(str(item["ctx"]["error"]))


def _quantity(item: Any, path: Path) -> tuple[str, str]:
    return _split(item["ctx"]["message"])


def _other(item: Any, path: Path) -> tuple[str, str]:
    return f"{_seen(item['input'])} does not fit here", "look the field up in the reference"


def _seen(given: object) -> str:
    if isinstance(given, dict):
        return "fields stand"
    if isinstance(given, list):
        return "a list stands"
    return "nothing stands" if given is None else f'"{clip(given)}" stands'


_SAY: dict[str, Callable[[Any, Path], tuple[str, str]]] = {
    "missing": _missing,
    "extra_forbidden": _unknown,
    "literal_error": _literal,
    "string_type": _text_wanted,
    "int_type": _text_wanted,
    "int_from_float": _text_wanted,
    "model_type": _fields_wanted,
    "model_attributes_type": _fields_wanted,
    "dict_type": _fields_wanted,
    "string_pattern_mismatch": _id_wanted,
    "string_too_short": _id_wanted,
    "string_too_long": _long,
    "date_from_datetime_parsing": _day,
    "date_from_datetime_inexact": _day,
    "date_parsing": _day,
    "date_type": _day,
    "bool_parsing": _flag,
    "bool_type": _flag,
    "float_parsing": _number,
    "float_type": _number,
    "finite_number": _number,
    "greater_than": _number,
    "greater_than_equal": _bounded,
    "less_than_equal": _bounded,
    "tuple_type": _list,
    "value_error": _own,
    "quantity": _quantity,
}
