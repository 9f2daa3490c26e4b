"""Probability phrases, read on a named yardstick.

People who write "unlikely" mean different things. A phrase therefore counts only together with
the yardstick on which it is read: ordinary readers (a distribution) or an official table (a band).

The readers' numbers are derived (`derive`) from public surveys in which people put a number on
each phrase: A. Kucharski, CAPphrase (2026), about 5,100 people per phrase; where that did not ask,
A. and M. Mauboussin (2018), about 1,860; else W. Fagen-Ulmschneider (2019), 123. They are the
moments of the log-odds of the answers, so the median that a phrase reads as lies up to 4 points
from the median answer: "unlikely" reads as 16 %, where the median answer is 20 %, the mean 19 %.

A wording that nobody was asked for is read as another one only where a table says so: `ALIASES`
for the readers, `SYNONYMS` for what an official document itself lists as one term, with the
adverb of the same word. An official table never borrows an alias of the readers.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from goodoffices.errors import QuantityError, nearest

__all__ = [
    "ALIASES",
    "BANDS",
    "READERS",
    "SYNONYMS",
    "YARDSTICKS",
    "Reading",
    "Yardstick",
    "derive",
    "read_phrase",
    "terms",
]

Yardstick = Literal["readers", "ICD 203", "UK", "NATO", "IPCC"]
YARDSTICKS: tuple[Yardstick, ...] = ("readers", "ICD 203", "UK", "NATO", "IPCC")

READERS: dict[str, tuple[float, float]] = {
    "never": (-4.624, 1.375),
    "almost no chance": (-3.656, 0.901),
    "remote chance": (-2.844, 1.024),
    "highly unlikely": (-2.806, 0.948),
    "rarely": (-2.355, 0.945),
    "improbable": (-2.342, 1.247),
    "little chance": (-2.267, 0.818),
    "chances are slight": (-2.187, 0.824),
    "with low probability": (-1.865, 0.836),
    "unlikely": (-1.682, 0.899),
    "we doubt": (-1.543, 1.189),
    "not often": (-1.535, 0.797),
    "probably not": (-1.328, 1.006),
    "could happen": (-0.545, 1.019),
    "might happen": (-0.503, 0.943),
    "possibly": (-0.479, 0.985),
    "may happen": (-0.406, 0.901),
    "maybe": (-0.294, 0.662),
    "with moderate probability": (-0.044, 0.735),
    "about even": (0.001, 0.056),
    "real possibility": (0.156, 1.186),
    "realistic possibility": (0.308, 1.05),
    "better than even": (0.334, 0.236),
    "more often than not": (0.372, 0.609),
    "serious possibility": (0.576, 1.159),
    "often": (0.714, 0.772),
    "probably": (0.737, 0.723),
    "frequently": (0.806, 0.83),
    "usually": (1.009, 0.738),
    "probable": (1.02, 0.671),
    "likely": (1.057, 0.565),
    "we believe": (1.436, 1.278),
    "very good chance": (1.468, 0.65),
    "with high probability": (1.614, 0.817),
    "highly likely": (1.995, 0.723),
    "almost always": (2.425, 1.113),
    "almost certain": (3.122, 0.932),
    "slam dunk": (3.158, 1.871),
    "certainly": (3.536, 1.707),
    "always": (4.406, 1.508),
    "will happen": (4.605, 1.143),
}
"""Phrase to (mean, standard deviation) of the log-odds that ordinary readers give it."""

ALIASES: dict[str, str] = {
    "close to zero": "almost no chance",
    "near zero": "almost no chance",
    "next to zero": "almost no chance",
    "almost zero": "almost no chance",
    "virtually zero": "almost no chance",
    "next to no chance": "almost no chance",
    "virtually no chance": "almost no chance",
    "hardly any chance": "almost no chance",
    "chances are remote": "remote chance",
    "remote possibility": "remote chance",
    "slight chance": "chances are slight",
    "slim chance": "chances are slight",
    "chances are slim": "chances are slight",
    "low probability": "with low probability",
    "very unlikely": "highly unlikely",
    "highly improbable": "highly unlikely",
    "perhaps": "maybe",
    "moderate probability": "with moderate probability",
    "even chance": "about even",
    "even odds": "about even",
    "roughly even": "about even",
    "roughly even chance": "about even",
    "toss-up": "about even",
    "more likely than not": "better than even",
    "very likely": "highly likely",
    "very probable": "highly likely",
    "highly probable": "highly likely",
    "high probability": "with high probability",
    "almost certainly": "almost certain",
    "virtually certain": "almost certain",
    "nearly certain": "almost certain",
    "certain": "certainly",
}
"""Wordings that readers were not asked for, and the nearest one that they were."""

BANDS: dict[str, dict[str, tuple[float, float]]] = {
    "ICD 203": {
        "almost certain": (0.95, 0.99),
        "very likely": (0.80, 0.95),
        "likely": (0.55, 0.80),
        "roughly even chance": (0.45, 0.55),
        "unlikely": (0.20, 0.45),
        "very unlikely": (0.05, 0.20),
        "almost no chance": (0.01, 0.05),
        "remote chance": (0.01, 0.05),
    },
    "UK": {
        "almost certain": (0.95, 1.0),
        "highly likely": (0.80, 0.90),
        "likely": (0.55, 0.75),
        "probable": (0.55, 0.75),
        "realistic possibility": (0.40, 0.50),
        "unlikely": (0.25, 0.35),
        "highly unlikely": (0.10, 0.20),
        "remote chance": (0.0, 0.05),
    },
    "NATO": {
        "highly likely": (0.90, 1.0),
        "likely": (0.60, 0.90),
        "even chance": (0.40, 0.60),
        "unlikely": (0.10, 0.40),
        "highly unlikely": (0.0, 0.10),
    },
    "IPCC": {
        "virtually certain": (0.99, 1.0),
        "extremely likely": (0.95, 1.0),
        "very likely": (0.90, 1.0),
        "likely": (0.66, 1.0),
        "about as likely as not": (0.33, 0.66),
        "unlikely": (0.0, 0.33),
        "very unlikely": (0.0, 0.10),
        "extremely unlikely": (0.0, 0.05),
        "exceptionally unlikely": (0.0, 0.01),
    },
}
"""Official yardsticks: phrase to (lowest, highest) probability.

US Intelligence Community Directive 203; UK Professional Head of Intelligence Assessment; NATO
AJP-2.1; IPCC guidance note on uncertainties (2010).
"""

SYNONYMS: dict[str, dict[str, str]] = {
    "ICD 203": {
        "remote": "remote chance",
        "highly improbable": "very unlikely",
        "improbable": "unlikely",
        "roughly even odds": "roughly even chance",
        "probable": "likely",
        "probably": "likely",
        "highly probable": "very likely",
        "almost certainly": "almost certain",
        "nearly certain": "almost certain",
    },
    "UK": {
        "probably": "probable",
        "almost certainly": "almost certain",
    },
    "NATO": {},
    "IPCC": {},
}
"""Wordings that an official yardstick lists beside a phrase, and adverbs of its phrases."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """How one phrase reads on one yardstick: log-odds of readers, or an official band."""

    phrase: str
    yardstick: Yardstick
    logit: tuple[float, float] | None = None
    """Mean and standard deviation of the log-odds, on the readers' yardstick."""
    band: tuple[float, float] | None = None
    """Lowest and highest probability, on an official yardstick."""
    term: str = ""
    """The yardstick's own phrase that it reads as; the phrase itself where it has no other."""

    @property
    def central(self) -> float:
        """Median of the readers' distribution, or middle of the band; 0 to 1."""
        if self.logit is not None:
            return 1 / (1 + math.exp(-self.logit[0]))
        low, high = self.band or (0.0, 1.0)
        return (low + high) / 2


def read_phrase(phrase: str, yardstick: Yardstick = "readers") -> Reading:
    """Read a probability phrase on a yardstick; an unknown phrase is an error, never a guess.

    Case and spacing don't count. Raises `QuantityError` with the nearest known phrase.

    >>> round(read_phrase("Unlikely").central, 2)
    0.16
    >>> read_phrase("unlikely", "ICD 203").band
    (0.2, 0.45)
    >>> read_phrase("close to zero").term
    'almost no chance'
    """
    wanted = " ".join(phrase.lower().split())
    known = terms(yardstick)
    term = known.get(wanted)
    if term is None:
        hint = nearest(wanted, known) or 'known phrases are in the reference, "Phrases"'
        raise QuantityError(f'"{wanted[:60]}" is not a phrase of the yardstick {yardstick}; {hint}')
    if yardstick == "readers":
        return Reading(phrase=wanted, yardstick=yardstick, logit=READERS[term], term=term)
    return Reading(phrase=wanted, yardstick=yardstick, band=BANDS[yardstick][term], term=term)


def terms(yardstick: Yardstick = "readers") -> Mapping[str, str]:
    """Return every wording that a yardstick reads, each with the yardstick's own phrase for it.

    >>> terms("UK")["probably"], "probably" in terms("NATO")
    ('probable', False)
    """
    table = READERS if yardstick == "readers" else BANDS[yardstick]
    others = ALIASES if yardstick == "readers" else SYNONYMS[yardstick]
    return {phrase: phrase for phrase in table} | others


def derive(answers: Iterable[float]) -> tuple[float, float]:
    """Return mean and standard deviation of the log-odds that people give to one phrase.

    The answers are in per cent, at least two. Those further than 4 standard deviations from their
    mean are left out: slips such as 95 for "highly unlikely". The rest is moved into 0.5 to 99.5 %,
    since certainty has no log-odds. Both moments are rounded to three decimals; the standard
    deviation has n - 1 below.

    >>> derive([50.0, 50.0])
    (0.0, 0.0)
    """
    given = list(answers)
    middle, most = statistics.fmean(given), 4 * statistics.pstdev(given)
    kept = [min(max(a / 100, 0.005), 0.995) for a in given if abs(a - middle) <= most]
    logits = [math.log(share / (1 - share)) for share in kept]
    return round(statistics.fmean(logits), 3) + 0.0, round(statistics.stdev(logits), 3)
