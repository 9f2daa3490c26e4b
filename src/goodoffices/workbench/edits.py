"""Edits of a case as data: what changes at which path, and what changed between two cases."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from goodoffices.case._plain import plain
from goodoffices.case.document import build
from goodoffices.case.model import Case
from goodoffices.case.paths import at_path, put
from goodoffices.errors import CaseError, Fault, clip

__all__ = [
    "REMOVE",
    "Change",
    "Difference",
    "changed",
    "differences",
    "in_words",
    "same_at",
    "tell",
    "typed",
]

MOST_TOLD = 3
"""A line of the history names so many differences, and counts the others."""

_NUMBER = re.compile(
    r"positions\.[^.]+\.[^.]+\.(weight|values\..+)|demands\.[^.]+\.(firmness|value)|"
    r"trust\.[^.]+\.kept|promises\.[^.]+\.(kept|guarantee\.kept\..+)|"
    r"linkages\.[^.]+\.bonus\..+|text_agreed\.share"
)
"""Paths of numbers, which the brief has words for."""


class _Remove:
    """The mark that a path is to be removed."""


REMOVE = _Remove()


@dataclass(frozen=True, slots=True)
class Change:
    """One path of the case and its new value as plain data, or `REMOVE`."""

    path: str
    value: Any


@dataclass(frozen=True, slots=True)
class Difference:
    """One path that two cases differ in, and what they say there; None where one says nothing."""

    path: str
    old: Any
    new: Any


def typed(text: str, form: str) -> Any:
    """Return the plain data that a field of a form means; `REMOVE` if it was left empty.

    `form` is `text` (as it stands; a number is read by the field itself), `list` (one item for
    each line or comma), `flag` (on or off), `number`, or `data` (YAML, as in the case file).

    >>> typed("north, south", "list")
    ['north', 'south']
    >>> typed("  30..50 ", "text")
    '30..50'
    """
    found = text.strip()
    if form == "flag":
        return found.lower() in {"on", "yes", "true", "1"}
    if not found:
        return REMOVE
    if form == "list":
        return [item.strip() for item in found.replace("\n", ",").split(",") if item.strip()]
    if form == "number":
        return _number(found)
    if form == "data":
        return _data(found)
    return found


def _number(text: str) -> Any:
    try:
        value = float(text)
    except ValueError:
        # The field itself says what would be right.
        return text
    return int(value) if value.is_integer() else value


def _data(text: str) -> Any:
    from goodoffices.case._yaml import read

    return read(text, "what was typed").data


def changed(case: Case, changes: Iterable[Change]) -> Case:
    """Return the case with some paths changed; raise `CaseError` with what is wrong and where.

    A path whose last part is new is added, with the sections that lead to it.
    """
    data = _own(plain(case, short=False))
    empty = {key for key, value in data.items() if value == {}}
    for change in changes:
        if change.value is REMOVE:
            if at_path(data, change.path) is not None:
                put(data, change.path, None, remove=True)
            continue
        _open_way(data, change.path)
        wrong = put(data, change.path, change.value)
        if wrong is not None:
            what, mend = wrong
            raise CaseError([Fault(where=change.path, what=what, mend=mend)])
    return build(_without_blanks(data, empty))


def _own(data: dict[str, Any]) -> dict[str, Any]:
    """Copy what plain data share with the case: the patches of its scenarios."""
    if "scenarios" in data:
        data["scenarios"] = copy.deepcopy(data["scenarios"])
    return data


def _open_way(data: dict[str, Any], path: str) -> None:
    """Make the sections that a path needs and the case leaves out, as it leaves out blanks."""
    node: Any = data
    for part in path.split(".")[:-1]:
        if not isinstance(node, dict):
            return
        if part not in node:
            # A name with a dot (an option `0.5`) stands as a whole, and is found by `put`.
            if any(key.startswith(f"{part}.") for key in node):
                return
            node[part] = {}
        node = node[part]


def _without_blanks(data: dict[str, Any], empty: Collection[str]) -> dict[str, Any]:
    """Drop sections that became empty, so that they don't reach the file; others were `empty`."""
    return {key: value for key, value in data.items() if value != {} or key in empty}


def differences(before: Case, after: Case) -> tuple[Difference, ...]:
    """Return every path that two cases differ in, in the order of the file.

    >>> from goodoffices.case.document import parse_case
    >>> a = parse_case("{goodoffices: 1, title: Truce}")
    >>> b = parse_case("{goodoffices: 1, title: Armistice}")
    >>> differences(a, b)
    (Difference(path='title', old='Truce', new='Armistice'),)
    """
    return tuple(_walk("", plain(before, short=False), plain(after, short=False)))


def _walk(path: str, old: Any, new: Any) -> Iterator[Difference]:
    if isinstance(old, dict) and isinstance(new, dict):
        for key in [*old, *(key for key in new if key not in old)]:
            yield from _walk(f"{path}.{key}" if path else str(key), old.get(key), new.get(key))
        if old.keys() == new.keys() and list(old) != list(new):
            yield Difference(path, "in another order", "reordered")
    elif old != new:
        yield Difference(path, old, new)


def tell(found: Sequence[Difference], case: Case | None = None) -> str:
    """Say differences in one line: `demands.line.firmness: 40% to 60%; and 2 more`.

    Paths are said in the words of `case`, where it is given and has words for them.

    >>> tell([Difference("title", "Truce", "Armistice")])
    'title: Truce to Armistice'
    """
    if not found:
        return "nothing changed in what the case says"
    told = "; ".join(_tell(one, case) for one in found[:MOST_TOLD])
    more = len(found) - MOST_TOLD
    return f"{told}; and {more} more" if more > 0 else told


def _tell(one: Difference, case: Case | None = None) -> str:
    path = one.path if case is None else in_words(one.path, case)
    if one.old is None:
        return f"{path} added: {_shown(one.new)}"
    if one.new is None:
        return f"{path} removed: {_shown(one.old)}"
    return f"{path}: {_shown(one.old)} to {_shown(one.new)}"


def in_words(path: str, case: Case) -> str:
    """Say in a case's words which of its numbers stands at a path; any other path as it is.

    >>> from goodoffices.case.file import parse_case, starter
    >>> in_words("positions.north.shore.weight", parse_case(starter()))
    'Weight of “The eastern shore” for Northtown'
    """
    from goodoffices.brief.elements import plain as words
    from goodoffices.brief.naming import Naming
    from goodoffices.brief.text import visible

    if not _NUMBER.fullmatch(path):
        return path
    return visible(words(Naming(case=case, full={}, tabulated=False).path(path)))


def _shown(value: Any) -> str:
    if isinstance(value, dict) and isinstance(value.get("name"), str):
        return clip(value["name"])
    if isinstance(value, (dict, list)):
        return clip(json.dumps(value, ensure_ascii=False))
    return clip(value)


def same_at(path: str, one: Case, other: Case) -> bool:
    """Whether two cases say the same at a path and all that lies in it."""
    return bool(at_path(plain(one, short=False), path) == at_path(plain(other, short=False), path))
