"""What the words around a phrase or a number say of it: that it is denied, compared, or progress.

Every function takes a sentence in small letters and plain signs (`plain`), and where in it the
phrase or number stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

__all__ = ["Doubt", "chance_spoken_of", "counts", "doubt", "plain", "role", "sentences"]

Doubt = Literal["negated", "graded", "compared"]

# Quotation marks, hard and thin spaces, dashes; a long dash parts clauses.
_SIGNS = str.maketrans(
    dict.fromkeys("\u2018\u2019", "'")
    | dict.fromkeys("\u201c\u201d\u201e\u00ab\u00bb", '"')
    | dict.fromkeys("\u00a0\u2009\u202f", " ")
    | dict.fromkeys("\u2010\u2011\u2013\u2212", "-")
    | {"\u2014": ";"}
)
_SENTENCE = re.compile(r"[.!?][\"')]*(?=\s|$)|\n\s*\n")
_LONGEST = 1_000
_ENDS = " \t\n\"'.,;:!?"

# Beyond these a negation does not reach. Quotation marks are none: 'not "close to zero"'.
_CLAUSE = re.compile(r"[,;:!?()](?!\d)|\b(?:and|but|because|although|though|while|since|yet)\b")
_NEGATION = re.compile(
    r"\b(?:not|never|no|nor|neither|cannot|nobody|none|nothing|hardly|scarcely|barely|without|"
    r"far\s+from|anything\s+but|doubt\w*|den(?:y|ies|ied)|\w+n't)\b(?!\s+only\b)"
)
_NEGATED_AFTER = re.compile(r"\s+(?:to\s+)?(?:not|never)\b")
_COMPARED = re.compile(
    r"\b(?:more|less|most|least|increasingly|equally|as|so|too|how|ever|than)\s+$"
)
_GRADED = re.compile(
    r"\b(?:very|highly|extremely|exceedingly|exceptionally|quite|fairly|rather|somewhat|pretty|"
    r"hugely|vastly|slightly|moderately|reasonably|overwhelmingly|almost|nearly|virtually|"
    r"practically|above|below|under|over)\s+$"
)
_BY = re.compile(r"\bby\s+(?:\w+\s+)?$")

_CHANCE = r"(?:chances?|probabilit(?:y|ies)|likelihood|odds|risks?)"
_CHANCE_BEFORE = re.compile(rf"\b{_CHANCE}\b")
_CHANCE_AFTER = re.compile(
    rf"[\s-]+(?:\w+\s+)?(?:{_CHANCE}|possibility|likely|certain|sure|confident)\b"
)
_SHARE_OF = re.compile(
    r"[\s-]+of\s+(?:(?:the|a|an|its|their|this|that|all|any)\s+)?(?:\w+\s+){0,2}?"
    r"(?:deal|agreement|accord|text|draft|treaty|package|framework|document|proposal|issues?|"
    r"points|items|terms|provisions|clauses|questions|gaps?|way|work|demands|differences)\b"
)
_PROGRESS = re.compile(
    r"\b(?:agreed|agree|unresolved|resolved|unsettled|settled|remain\w*|open|complete|completed|"
    r"done|finished|outstanding|finali[sz]ed|drafted|bridged|there|left)\b"
)
_LEVEL = re.compile(r"\b(?:is|are|was|were|be|at|to)\s+(?:\w+\s+)?$")
_ABOUT = re.compile(
    r"\b(?:about|around|roughly|some|approximately|an?|maybe|perhaps|possibly|probably)\b"
)
_SPOKEN_OF = re.compile(
    r"\b(?:chances?|probability|likelihood|odds)\b"
    r"(?=\s+(?:of|that|for|are|is|were|was|remain\w*|ha(?:s|ve))\b)|\b(?:likelier|likeliest)\b"
)

# Words that only sometimes say how likely something is, and what must stand around them there.
_ALONE = frozenset({"never", "always", "often", "rarely", "usually", "frequently"})
_OFTEN = frozenset({"not often", "almost always"})
_BEFORE_CERTAIN = re.compile(
    r"\b(?:is|are|was|were|be|been|seems?|looks?|appears?|it|not|from|but|or|even)\s+\W?$"
)
_AFTER_CERTAIN = re.compile(r"\"?\s*(?:$|[,;:.!?)]|to\b|that\b)")
_WILL = re.compile(r"(?:\b(?:will|would)|'ll)\s+$")
_WHAT = re.compile(r"\b(?:what|whatever|which)\s+(?:\w+\s+)?$")


def plain(text: str) -> str:
    """Return the text in small letters and plain signs, every character where it was.

    >>> plain("“Close to ZERO”")
    '"close to zero"'
    """
    small = "".join(low if len(low := c.lower()) == 1 else c for c in text)
    return small.translate(_SIGNS)


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each sentence begins and ends; an empty line ends one too.

    >>> list(sentences("About 0.5. Or more."))
    [(0, 10), (10, 19)]
    """
    start = 0
    for end in [*(stop.end() for stop in _SENTENCE.finditer(text)), len(text)]:
        # What goes on for pages without a full stop is a table, not a sentence; the time that a
        # sentence takes grows with the square of its length.
        while end - start > _LONGEST:
            cut = text.rfind(" ", start + 1, start + _LONGEST) + 1 or start + _LONGEST
            yield start, cut
            start = cut
        if start < end:
            yield start, end
        start = end


def counts(sentence: str, phrase: str, start: int, end: int) -> bool:
    """Say whether a phrase says how likely something is, here, or is an ordinary word."""
    before, after = sentence[:start], sentence[end:]
    if not before.strip(_ENDS) and not after.strip(_ENDS):
        return True
    if phrase in _ALONE | _OFTEN:
        return False
    if phrase == "certain":
        return bool(_BEFORE_CERTAIN.search(before) and _AFTER_CERTAIN.match(after))
    if phrase == "certainly":
        return bool(_WILL.search(before))
    if phrase.endswith("zero"):
        return bool(_CHANCE_BEFORE.search(sentence) or _NEGATION.search(before))
    return not (phrase.endswith(" happen") and _WHAT.search(before))


def doubt(sentence: str, start: int, end: int, *, number: bool) -> tuple[Doubt, int, int] | None:
    """Return why a phrase or number is not what it says, and where the words that say so stand."""
    clause = _clause_start(sentence, start)
    before = sentence[clause:start]
    negations = list(_NEGATION.finditer(before))
    if negations:
        return "negated", clause + negations[-1].start(), end
    if number:
        changed = _BY.search(before)
        return ("compared", clause + changed.start(), end) if changed else None
    if denied := _NEGATED_AFTER.match(sentence, end):
        return "negated", start, denied.end()
    if compared := _COMPARED.search(before):
        return "compared", clause + compared.start(), end
    if graded := _GRADED.search(before):
        return "graded", clause + graded.start(), end
    return None


def role(sentence: str, start: int, end: int) -> Literal["probability", "progress", "other"]:
    """Say what a number is by the words around it.

    >>> text = "with 90 % of the text agreed, they see a 30 % chance of a deal"
    >>> role(text, 5, 9), role(text, 41, 45)
    ('progress', 'probability')
    """
    before, after = sentence[:start], sentence[end:]
    if _CHANCE_AFTER.match(after):
        return "probability"
    if _SHARE_OF.match(after):
        return "progress"
    clause = _clause_start(sentence, start)
    if _CHANCE_BEFORE.search(sentence, clause, start):
        return "probability"
    stop = _CLAUSE.search(sentence, end)
    if _PROGRESS.search(sentence, clause, stop.start() if stop else len(sentence)):
        return "progress"
    if _CHANCE_BEFORE.search(before) and _LEVEL.search(before):
        return "probability"
    alone = not _ABOUT.sub("", before).strip(_ENDS) and not after.strip(_ENDS)
    return "probability" if alone else "other"


def chance_spoken_of(sentence: str) -> tuple[int, int] | None:
    """Return the words that speak of a chance, to the end of their clause; None if none do."""
    found = _SPOKEN_OF.search(sentence)
    if found is None:
        return None
    stop = _CLAUSE.search(sentence, found.end())
    end = stop.start() if stop else len(sentence)
    return found.start(), found.start() + len(sentence[found.start() : end].rstrip(_ENDS))


def _clause_start(sentence: str, start: int) -> int:
    return max((m.end() for m in _CLAUSE.finditer(sentence, 0, start)), default=0)
