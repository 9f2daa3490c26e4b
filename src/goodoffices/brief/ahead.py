"""What the sections on time are written from, and how their numbers are written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from goodoffices.brief.elements import Rich
from goodoffices.brief.material import Material, Subject, computed
from goodoffices.brief.text import THIN, quantity, rounded, visible
from goodoffices.case.quantity import Probability
from goodoffices.outlook.bands import Band
from goodoffices.outlook.record import ScoreReport
from goodoffices.outlook.results import OutlookReport, QuestionReport, Together
from goodoffices.outlook.telling import band_words, rough

__all__ = [
    "Ahead",
    "ahead_of",
    "band_of",
    "middle_of",
    "numbered",
    "per_cent",
    "range_words",
    "stated",
]

DEAL = "deal"
_INTERVAL = " (90 % interval "
# One number, or two that belong together: 1,242; 21 to 36 %; 10..60%; 1 in 4.
_NUMBERS = re.compile(r"(\d[\d.,–]*(?:(?: to | in | of )\d[\d.,]*)?(?<![.,])(?: ?%)?)")


@dataclass(frozen=True, kw_only=True, slots=True)
class Ahead(Subject):
    """A case, and what the outlook lens says of it."""

    report: OutlookReport
    titles: Mapping[str, Rich]
    """Id of a package to what it is called in the questions before."""
    record: ScoreReport | None = None
    """How good past forecasts were."""

    @property
    def asked(self) -> tuple[tuple[QuestionReport, Together], ...]:
        """Every question that is forecast, with its forecast; those about a deal come first."""
        found = [(one, one.together) for one in self.report.questions if one.together is not None]
        return tuple(sorted(found, key=lambda pair: pair[0].risk != DEAL))

    def question(self, key: str) -> Rich:
        """Name a question of the case."""
        return ("“", self.naming.text(self.naming.outlook.questions[key].name), "”")

    def package(self, key: str) -> Rich:
        """Name a package as the questions before do."""
        known = self.case.packages.get(key)
        plain: Rich = ("“", self.naming.text(known.name), "”") if known else ("the package found",)
        return self.titles.get(key, plain)

    @property
    def foremost(self) -> Rich:
        """Name the package that ripeness compares with: the one accepted most often."""
        return self.titles.get("", ("the most acceptable package",))


def ahead_of(
    subject: Subject,
    report: OutlookReport,
    material: Material | None,
    record: ScoreReport | None = None,
) -> Ahead:
    """Join a case and what the outlook lens says of it."""
    titles: dict[str, Rich] = {}
    if material is not None:
        found = len(material.result.offers)
        keys = [*(offer.name for offer in material.result.offers), *material.case.packages]
        titles = {key: material.title(n) for n, key in enumerate(keys)}
        if found:
            titles[""] = material.title(0)
    return Ahead(
        case=subject.case,
        naming=subject.naming,
        evidence=subject.evidence,
        voices=subject.voices,
        report=report,
        titles=titles,
        record=record,
    )


def per_cent(text: str) -> str:
    """Keep a number and its sign on one line."""
    return text.replace(" %", f"{THIN}%")


def middle_of(how: str, band: Band) -> Rich:
    """Show a probability rounded to what its band allows, as a link to how it was computed."""
    return (computed(how, per_cent(rough(band))),)


def band_of(how: str, band: Band) -> Rich:
    """Show a probability with its 90 % interval, as links to how it was computed."""
    middle, found, rest = per_cent(band_words(band)).partition(per_cent(_INTERVAL))
    if not found:
        return (computed(how, middle),)
    ends = computed(how, rest.removesuffix(")"))
    return (computed(how, middle), f" (90{THIN}% interval ", ends, ")")


def stated(given: Probability) -> str:
    """Write a probability as somebody stated it: a phrase in quotes, a number without."""
    return f"“{visible(given.text)}”" if given.shape == "phrase" else quantity(given)


def range_words(band: Band, digits: int = 2) -> str:
    """Write a number that is no probability with its ends.

    >>> range_words(Band(low=0.35, central=0.652, high=0.97))
    '0.65 (0.35 to 0.97)'
    """
    low, central, high = (rounded(n, digits) for n in (band.low, band.central, band.high))
    return central if low == high else f"{central} ({low} to {high})"


def numbered(how: str, text: str) -> Rich:
    """Show a sentence of the lens with every number in it as a link to how it was computed.

    >>> [part if isinstance(part, str) else part.tag for part in numbered("x", "at least 1 in 4")]
    ['at least ', 'a']
    """
    parts = _NUMBERS.split(text.replace("..", "–"))
    shown = [(computed(how, per_cent(p)),) if n % 2 else (p,) for n, p in enumerate(parts) if p]
    return tuple(part for (part,) in shown)
