"""Plain data to YAML 1.2 text that a person likes to read.

Names of fields are written as they stand, small lists and tables on one line, long text folded,
and every text that another reader could take for something else in quotes.
"""

from __future__ import annotations

import json
import re
from typing import Any

from goodoffices.case._yaml import resolve
from goodoffices.errors import CaseFileError, Fault

__all__ = ["WIDTH", "document", "field", "inline"]

WIDTH = 100
_TABLE_WIDTH = 88
_TOKEN = 20
"""A table goes on one line only where each of its texts is at most so long."""

_SAFE = re.compile(r"[^\W_].*", re.DOTALL)
_UNSAFE = re.compile(r":(?: |$)|:[,\[\]{}]| #|[,\[\]{}\t]|\s$")
_JOINERS = "\u200c\u200d"
"""Persian and Indic scripts need these two invisible signs inside of words."""


def document(data: dict[str, Any]) -> str:
    """Write a whole file, with an empty line before each part that has parts of its own.

    >>> print(document({"title": "Corridor: who guards it", "parties": {"north": "North"}}), end="")
    title: "Corridor: who guards it"
    <BLANKLINE>
    parties:
      north: North
    """
    parts: list[str] = []
    for name, value in data.items():
        gap = "\n" if parts and isinstance(value, dict) and value else ""
        parts.append(gap + field(name, value, 0) + "\n")
    return "".join(parts) or "{}\n"


def field(name: str, value: Any, indent: int) -> str:
    """Write `name: value`, its first line indented too, without a newline at the end.

    >>> print(field("values", {"full": 0, "none": "80..100"}, 2))
      values: {full: 0, none: 80..100}
    """
    start = " " * indent + _name(name) + ":"
    if isinstance(value, dict) and value and not (indent and _is_table(value, len(start) + 1)):
        return "\n".join([start, *(field(key, child, indent + 2) for key, child in value.items())])
    if isinstance(value, list) and value and len(start) + 1 + len(inline(value)) > WIDTH:
        dash = " " * (indent + 2) + "- "
        return "\n".join([start, *(dash + inline(item) for item in value)])
    if isinstance(value, str):
        block = _literal(value, indent + 2) or _folded(value, len(start) + 1, indent + 2)
        if block:
            return f"{start} {block}"
    return f"{start} {inline(value)}".rstrip(" ")


def inline(value: Any) -> str:
    """Write a value on one line.

    >>> inline({"a": [1, "yes", "10", "x, y", None]})
    '{a: [1, yes, "10", "x, y", null]}'
    """
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_name(k)}: {inline(v)}" for k, v in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(inline, value)) + "]"
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return repr(value)
    if isinstance(value, str):
        return value if _is_plain(value) and _means_itself(value) else _quoted(value)
    what = f"a {type(value).__name__} cannot be written"
    raise CaseFileError([Fault(where="", what=what, mend="use text, numbers, lists or mappings")])


def _name(name: str) -> str:
    # The reader takes every name as text, so that `10: 40` needs no quotes.
    return name if _is_plain(name) else _quoted(name)


def _is_plain(text: str) -> bool:
    return bool(_SAFE.fullmatch(text)) and text.isprintable() and not _UNSAFE.search(text)


def _means_itself(text: str) -> bool:
    try:
        return isinstance(resolve(text), str)
    except ValueError:
        return False


def _quoted(text: str) -> str:
    if '"' in text and "'" not in text and text.isprintable():
        return f"'{text}'"
    escaped = json.dumps(text, ensure_ascii=False)
    if escaped.isprintable():
        return escaped
    return "".join(
        sign if sign.isprintable() or sign in _JOINERS else _escape(sign) for sign in escaped
    )


def _escape(sign: str) -> str:
    code = ord(sign)
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _is_table(value: dict[str, Any], column: int) -> bool:
    """Whether a mapping of short words and numbers fits on what is left of a line."""
    items = [
        item for child in value.values() for item in (child if isinstance(child, list) else [child])
    ]
    flat = not any(isinstance(item, (dict, list)) for item in items)
    small = flat and (len(value) == 1 or all(map(_is_token, items)))
    return small and column + len(inline(value)) <= _TABLE_WIDTH


def _is_token(item: object) -> bool:
    return not isinstance(item, str) or (len(item) <= _TOKEN and " " not in item)


def _literal(text: str, indent: int) -> str | None:
    """Several lines as they stand, where no line's look could mislead."""
    lines = text.removesuffix("\n").split("\n")
    odd = any(not line.isprintable() or line != line.rstrip() for line in lines)
    if "\n" not in text or odd or not lines[0] or lines[0][0] == " " or not lines[-1]:
        return None
    margin = " " * indent
    body = "\n".join(margin + line if line else "" for line in lines)
    return ("|\n" if text.endswith("\n") else "|-\n") + body


def _folded(text: str, column: int, indent: int) -> str | None:
    """One long line, wrapped at single spaces, which the reader joins again."""
    words = text.split(" ")
    if column + len(text) <= WIDTH or not text.isprintable() or "" in words or len(words) < 2:
        return None
    lines, room = [words[0]], WIDTH - indent
    for word in words[1:]:
        if len(lines[-1]) + 1 + len(word) <= room:
            lines[-1] += " " + word
        else:
            lines.append(word)
    margin = "\n" + " " * indent
    return ">-" + margin + margin.join(lines)
