"""Words of a document made fit for a case: names, ids, and how a proposal is recognised again."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Container

from goodoffices.errors import clip

__all__ = ["fingerprint", "free", "slug", "tidy"]

MOST = 300
"""Characters of a name, a note or a speaker."""
_LONGEST_ID = 60
_LONGEST_MARK = 100


def tidy(text: str, most: int = MOST) -> str:
    r"""Return text on one line without signs that nobody sees, cut at so many characters.

    >>> tidy("The\n\tcorridor\x07 ")
    'The corridor'
    """
    seen = "".join(sign if sign.isprintable() else " " for sign in text)
    return clip(" ".join(seen.split()), most)


def slug(text: str, words: int = 6) -> str:
    """Return the first words of a text as an id.

    >>> slug("“We will not leave the corridor,” he said."), slug("?")
    ('we-will-not-leave-the-corridor', 'item')
    """
    letters = (sign if _fits(sign) else " " for sign in unicodedata.normalize("NFKC", text))
    found = "".join(letters).casefold().split()[:words]
    return (
        "-".join(filter(None, (re.sub(r"[\W_]+", "", word) for word in found)))[:_LONGEST_ID].strip(
            "-"
        )
        or "item"
    )


def _fits(sign: str) -> bool:
    category = unicodedata.category(sign)
    return category[0] == "L" or category == "Nd"


def free(chosen: str, taken: Container[str]) -> str:
    """Return an id that is free: as chosen, or with the next number behind it.

    >>> free("dues", {"dues", "dues-2"})
    'dues-3'
    """
    number, found = 1, chosen
    while found in taken:
        number += 1
        found = f"{chosen}-{number}"
    return found


def fingerprint(section: str, *parts: str) -> str:
    """Return the line by which a proposal that was turned down is recognised.

    >>> fingerprint("demands", "North", "Troops  stay")
    'demands: north | troops stay'
    """
    words = " | ".join(" ".join(part.casefold().split()) for part in parts)
    line = f"{section}: {tidy(words, len(words) + 1)}"
    if len(line) <= _LONGEST_MARK:
        return line
    return f"{line[:_LONGEST_MARK].rstrip()} #{hashlib.sha256(line.encode()).hexdigest()[:8]}"
