"""Probabilities in running text: phrases and numbers found, and what only looks like one refused.

    close to zero               a phrase, the longest that the yardstick knows: almost no chance
    20 to 30 percent            a number in one of the forms in which people write it
    not unlikely                refused: a negated phrase is not its opposite
    extremely likely            refused where the yardstick has no such degree: it is not "likely"
    more likely now             refused: it says where a chance went, not where it is
    10 % of the deal is open    refused: progress, and nobody's probability
    the chances are good        refused: a chance is spoken of, and no known phrase says which

Nothing is guessed: what is refused says why, with the nearest phrase that could be read. That a
wording was read does not say of which event it speaks: "a collapse is likely" is no estimate of a
deal, and whoever records it says of what it is one.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal, NamedTuple

from goodoffices.case import _context
from goodoffices.case._numbers import PERCENT, Form, Number, find_numbers
from goodoffices.case.phrases import YARDSTICKS, Reading, Yardstick, read_phrase, terms
from goodoffices.case.quantity import Probability
from goodoffices.errors import QuantityError, clip

__all__ = ["Kind", "Refusal", "Wording", "find_wordings", "read_wording"]

Kind = Literal["negated", "graded", "compared", "progress", "impossible", "unread"]
"""Why words are refused."""

# "Perhaps 30 %" is one probability.
_HEDGES = frozenset({"maybe", "perhaps", "possibly", "probably", "likely"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Wording:
    """A probability as it stands in a text."""

    text: str
    """The exact words."""
    start: int
    """Where they begin, in characters from the start of the text."""
    end: int
    form: Literal["phrase"] | Form
    """A `bound` ("at least 60 %") is spread evenly from there to the end of the scale."""
    probability: Probability
    """As a quantity, in the short form of case files."""
    reading: Reading | None = None
    """For a phrase: how it reads on the yardstick, and as which of its phrases."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Refusal:
    """Words that look like a probability and are not read as one."""

    text: str
    start: int
    end: int
    kind: Kind
    why: str
    """What is wrong, and what to write instead."""


class _Sentence(NamedTuple):
    text: str
    plain: str
    start: int
    yardstick: Yardstick


def find_wordings(text: str, yardstick: Yardstick = "readers") -> tuple[Wording | Refusal, ...]:
    """Return every probability that a text states, and every refusal, in the order of the text.

    A number counts where the words around it speak of a chance, or where it stands alone; words
    for how often something happens ("never", "usually"), and "certain" before a noun, count only
    where they stand alone. Negations are looked for in the same clause.

    >>> [(w.text, w.probability) for w in find_wordings("The odds are “close to zero”.")]
    [('close to zero', Probability(close to zero))]
    >>> [refusal.kind for refusal in find_wordings("Only 10 % of the deal remains unresolved.")]
    ['progress']
    """
    small = _context.plain(text)
    found: list[Wording | Refusal] = []
    for start, end in _context.sentences(small):
        sentence = _Sentence(text[start:end], small[start:end], start, yardstick)
        found += sorted(_stated(sentence), key=lambda one: one.start) or _unread(sentence)
    return tuple(found)


def read_wording(text: str, yardstick: Yardstick = "readers") -> Wording:
    """Return the one probability that a text states; raise `QuantityError` if it states none.

    The short forms of case files are read too (`0.2..0.3`, `unlikely (UK)`). A text that states
    two different probabilities, or anything that is refused, is an error.

    >>> read_wording("one in four").probability.central
    0.25
    >>> read_wording("not unlikely")
    Traceback (most recent call last):
    goodoffices.errors.QuantityError: "not unlikely" is negated, and a negated phrase is not its
    opposite; write the phrase or the number that is meant
    """
    if (short := _short_form(text)) is not None:
        return short
    found = find_wordings(text, yardstick)
    for refusal in (one for one in found if isinstance(one, Refusal)):
        raise QuantityError(refusal.why)
    wordings = [one for one in found if isinstance(one, Wording)]
    if not wordings:
        raise QuantityError(_nothing(text, yardstick))
    first = wordings[0]
    for other in wordings[1:]:
        if _meaning(other) != _meaning(first):
            raise QuantityError(
                f'"{clip(first.text)}" and "{clip(other.text)}" are two probabilities; '
                "write an estimate for each"
            )
    return first


# What one sentence states.


def _stated(sentence: _Sentence) -> Iterator[Wording | Refusal]:
    phrases = list(_pattern(sentence.yardstick).finditer(sentence.plain))
    taken = [(m.start(), m.end()) for m in phrases]
    numbers: list[int] = []
    for number in find_numbers(sentence.plain):
        if any(start < number.end and number.start < end for start, end in taken):
            continue
        if (one := _number(sentence, number)) is not None:
            numbers.append(number.start)
            yield one
    for m in phrases:
        phrase = _wording(m, sentence.yardstick)
        hedge = phrase in _HEDGES and any(0 < at - m.end() <= 12 for at in numbers)
        # In "we believe that it is unlikely" the second phrase is the probability.
        frame = phrase == "we believe" and len(phrases) + len(numbers) > 1
        if not hedge and not frame and _context.counts(sentence.plain, phrase, m.start(), m.end()):
            yield _phrase(sentence, phrase, m.start(), m.end())


def _phrase(sentence: _Sentence, phrase: str, start: int, end: int) -> Wording | Refusal:
    if (refusal := _doubted(sentence, start, end, number=False)) is not None:
        return refusal
    return Wording(
        text=sentence.text[start:end],
        start=sentence.start + start,
        end=sentence.start + end,
        form="phrase",
        probability=Probability.parse(phrase, sentence.yardstick),
        reading=read_phrase(phrase, sentence.yardstick),
    )


def _number(sentence: _Sentence, number: Number) -> Wording | Refusal | None:
    role = _context.role(sentence.plain, number.start, number.end)
    if role == "progress":
        why = (
            "says how much is settled or still open: that is progress, and nobody's probability; "
            "record it as progress"
        )
        return _refusal(sentence, number.start, number.end, "progress", why)
    # Odds name the scale themselves; any other number may be a share of anything.
    if role == "other" and number.form != "odds":
        return None
    if (refusal := _doubted(sentence, number.start, number.end, number=True)) is not None:
        return refusal
    if not 0 <= number.low <= number.high <= 1:
        why = "is no probability between 0 and 100 %; write what is meant"
        return _refusal(sentence, number.start, number.end, "impossible", why)
    if not number.sided:
        why = "may be for or against; write one of them, or the number in per cent"
        return _refusal(sentence, number.start, number.end, "unread", why)
    return Wording(
        text=sentence.text[number.start : number.end],
        start=sentence.start + number.start,
        end=sentence.start + number.end,
        form=number.form,
        probability=Probability.parse(number.written),
    )


def _doubted(sentence: _Sentence, start: int, end: int, *, number: bool) -> Refusal | None:
    found = _context.doubt(sentence.plain, start, end, number=number)
    if found is None:
        return None
    kind, start, end = found
    if kind == "negated":
        what = "number" if number else "phrase"
        why = (
            f"is negated, and a negated {what} is not its opposite; "
            "write the phrase or the number that is meant"
        )
    elif kind == "compared":
        why = "compares, and says no level; write the phrase or the number that is meant"
    else:
        # "Extremely likely" is near another degree of likely, and not near "unlikely".
        words = sentence.plain[start:end].split()
        degrees = [p for p in _phrases(sentence.yardstick) if p.split()[1:] == words[-1:]]
        hint = _nearest(" ".join(words), degrees)
        why = f"is not a phrase of the yardstick {sentence.yardstick}; {hint}"
    return _refusal(sentence, start, end, kind, why)


def _unread(sentence: _Sentence) -> list[Wording | Refusal]:
    span = _context.chance_spoken_of(sentence.plain)
    if span is None:
        return []
    hint = _nearest(sentence.plain[slice(*span)], _phrases(sentence.yardstick))
    why = f"speaks of a chance in no phrase of the yardstick {sentence.yardstick}; {hint}"
    return [_refusal(sentence, *span, "unread", why)]


def _refusal(
    sentence: _Sentence,
    start: int,
    end: int,
    kind: Kind,
    why: str,
) -> Refusal:
    quote = sentence.text[start:end]
    return Refusal(
        text=quote,
        start=sentence.start + start,
        end=sentence.start + end,
        kind=kind,
        why=f'"{clip(quote)}" {why}',
    )


# The phrases of a yardstick.


@cache
def _pattern(yardstick: Yardstick) -> re.Pattern[str]:
    # The longest phrase comes first: "highly unlikely" is not "unlikely". Each is a group of its
    # own, whose number says which phrase it was.
    ways = "|".join(f"({_way(phrase)})" for phrase in _phrases(yardstick))
    return re.compile(rf"(?<![\w-])(?:{ways})(?![\w-]|[.,]\d|\s*%)")


@cache
def _phrases(yardstick: Yardstick) -> tuple[str, ...]:
    return tuple(sorted(terms(yardstick), key=lambda phrase: (-len(phrase), phrase)))


def _wording(m: re.Match[str], yardstick: Yardstick) -> str:
    return _phrases(yardstick)[(m.lastindex or 1) - 1]


def _way(phrase: str) -> str:
    """Return the pattern in which a phrase is written: "chances of a deal are slight"."""
    if phrase.startswith("chances are "):
        verb = r"(?:are|is|were|was|remains?|looks?|seems?)"
        last = phrase.removeprefix("chances are ")
        return rf"chances?(?:\s[^.,;:!?()]{{1,80}}?)?\s{verb}\s(?:now\s)?\"?{last}"
    words = [rf"(?:zero|0)(?:{PERCENT})?" if word == "zero" else word for word in phrase.split()]
    return r"[\s-]+".join(words)


# What to say where nothing can be read.


def _short_form(text: str) -> Wording | None:
    """Return what a case file's short form says; None where the text is none."""
    short = text.strip()
    own = re.fullmatch(r"(?P<phrase>[^()]+?)\s*\((?P<yardstick>[^()]+)\)", short)
    names = {name.lower(): name for name in YARDSTICKS}
    reading = None
    if own is not None and own["yardstick"].strip().lower() in names:
        reading = read_phrase(own["phrase"], names[own["yardstick"].strip().lower()])
    elif not re.fullmatch(r"[\d.eE+%\s-]+", short):
        return None
    try:
        probability = Probability.parse(short)
    except QuantityError:
        # "20-30 %" is for the running text; what no form reads says what would be right.
        if find_wordings(text):
            return None
        raise
    start = text.index(short)
    exact: Form = "number" if probability.shape == "exact" else "range"
    return Wording(
        text=short,
        start=start,
        end=start + len(short),
        form="phrase" if reading else exact,
        probability=probability,
        reading=reading,
    )


def _meaning(wording: Wording) -> tuple[float, float, tuple[float, float] | None]:
    return wording.probability.low, wording.probability.high, wording.probability.logit


def _nothing(text: str, yardstick: Yardstick) -> str:
    small = _context.plain(text)
    for number in find_numbers(small):
        quote = clip(text[number.start : number.end])
        return f'nothing says that "{quote}" is a probability; write "{number.written}" alone'
    hint = _nearest(small, _phrases(yardstick))
    return f'"{clip(text)}" states no probability on the yardstick {yardstick}; {hint}'


def _nearest(small: str, phrases: Iterable[str]) -> str:
    """Name the phrase that is nearest to some words of a text, and not one of them itself."""
    words = re.findall(r"[\w'-]+", small)[:12]
    spans = {" ".join(words[i:j]) for i in range(len(words)) for j in range(i + 1, i + 6)}
    best, score = "", 0.65
    for phrase in phrases:
        compared = difflib.SequenceMatcher(b=phrase)
        for span in () if phrase in spans else sorted(spans):
            compared.set_seq1(span)
            # "No chance" lacks only a word of "almost no chance".
            bonus = 0.3 if " " in span and span in phrase else 0.0
            if compared.quick_ratio() + bonus > score and compared.ratio() + bonus > score:
                best, score = phrase, compared.ratio() + bonus
    return f'did you mean "{best}"?' if best else 'known phrases are in the reference, "Phrases"'
