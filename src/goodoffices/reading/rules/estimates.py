"""Probability phrases: found once in a sentence, and tied to the statement that holds them."""

from __future__ import annotations

import re
from typing import Literal

__all__ = ["Chance", "phrases"]

Chance = tuple[int, int, Literal["phrase", "number"]]
"""Where a probability begins and ends in a sentence, and whether in words or figures."""

_GATE = re.compile(
    r"chance|odds|likel|probab|possib|certain|doubt|percent|per cent|%|zero"
    r"|\bin (?:two|three|four|five|ten)\b|prospect|hope|remote|slim|maybe|perhaps|toss-up|bet\b"
    r"|even",
    re.IGNORECASE,
)


def phrases(text: str) -> list[Chance]:
    """Return where a sentence states probabilities; a share of a text is none.

    >>> phrases('the chances of a deal are "close to zero"')
    [(27, 40, 'phrase')]
    >>> phrases("a mere 10% of the deal remains unresolved")
    []
    """
    if not _GATE.search(text):
        return []
    from goodoffices.case.wording import Wording, find_wordings

    found: list[Chance] = []
    for one in find_wordings(text):
        if isinstance(one, Wording):
            kind: Literal["phrase", "number"] = "phrase" if one.form == "phrase" else "number"
            found.append((one.start, one.end, kind))
    return found
