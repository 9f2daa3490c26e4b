"""An answer's text to plain data, mended where its JSON is broken."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from goodoffices.reading.extras import needs
from goodoffices.reading.model.client import Answer, AnswerError

__all__ = ["Plain", "plain_answer"]

_THOUGHT = re.compile(r"\A.*</think(?:ing)?>", re.DOTALL | re.IGNORECASE)
_FENCE = re.compile(r"```[a-zA-Z]*\s*\n(.*?)(?:\n\s*```|\Z)", re.DOTALL)

MOST_MENDED = 400_000
"""Characters of an answer that is mended; mending takes far longer than reading."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Plain:
    """An answer as plain data."""

    data: dict[str, Any]
    mended: bool
    """Whether the answer was not JSON as it stood, or had to stop early."""


def plain_answer(answer: Answer) -> Plain:
    """Return the JSON object that an answer holds; `AnswerError` where it holds none.

    Thoughts before the answer and a fence around it are left out; broken JSON is mended. Of an
    answer that had to stop early the last statement is left out: its words may be cut.

    >>> plain_answer(Answer(text='{"names": []}', cut=False)).data
    {'names': []}
    """
    text = answer.text.strip().removeprefix("\ufeff")
    found, mended = _strict(text), False
    if found is None:
        text = _inner(text)
        found = _strict(text)
    if found is None:
        found, mended = _mended(text), True
    if found is None:
        raise AnswerError("the model's answer is not JSON, and cannot be mended")
    if answer.cut or (mended and not text.rstrip().endswith("}")):
        mended = True
        found = _without_last(found)
    return Plain(data=found, mended=mended)


def _inner(text: str) -> str:
    """Return an answer without the thoughts before it and the fence around it."""
    text = _THOUGHT.sub("", text).strip()
    fence = _FENCE.search(text)
    return fence[1] if fence and not text.startswith("{") else text


def _strict(text: str) -> dict[str, Any] | None:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _mended(text: str) -> dict[str, Any] | None:
    start = text.find("{")
    if start < 0 or len(text) > MOST_MENDED:
        return None
    try:
        found = needs("model", "json_repair").loads(text[start:])
    except (ValueError, RecursionError):
        return None
    # Two objects, one after the other, come back as a list.
    if isinstance(found, list):
        found = next((one for one in found if isinstance(one, dict)), None)
    return found if isinstance(found, dict) and found else None


def _without_last(found: dict[str, Any]) -> dict[str, Any]:
    statements = found.get("statements")
    return found | {"statements": statements[:-1]} if isinstance(statements, list) else found
