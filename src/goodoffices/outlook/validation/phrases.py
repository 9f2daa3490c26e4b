"""What readers make of probability phrases: the shipped table, derived again from the surveys.

Users supply their own copies: every answer of A. Kucharski's CAPphrase (2026, CC BY), and a table
of means and standard deviations of log-odds for the phrases that it did not ask, from A. and M.
Mauboussin (2018) and W. Fagen-Ulmschneider (2019). This module reads them.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from goodoffices.case.phrases import READERS, derive
from goodoffices.deals.share import Share, share
from goodoffices.errors import ExchangeError
from goodoffices.outlook.logodds import normal

__all__ = ["PhraseCheck", "Survey", "derive_readers", "meaning", "read_answers", "validate_phrases"]

ANSWERS = "cap_absolute_judgements.csv"
OTHERS = "wep_table.csv"
SURVEYS = ("mauboussin2018", "wadefagen2019?")
"""The surveys that stand in for phrases that people were not asked in the first, best first."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Survey:
    """One phrase, and what readers made of it."""

    phrase: str
    source: str
    readers: int
    logit: tuple[float, float]
    """Mean and standard deviation of the log-odds, as derived here."""
    shipped: tuple[float, float]
    """The same, as the package has them."""
    inside: Share | None
    """Share of the answers within the middle 90 % of that distribution, where answers are known."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PhraseCheck:
    """The whole table."""

    phrases: tuple[Survey, ...]
    """In the order of the shipped table."""

    @property
    def largest_difference(self) -> float:
        """The largest difference between derived and shipped numbers, in log-odds."""
        return max(
            abs(a - b)
            for each in self.phrases
            for a, b in zip(each.logit, each.shipped, strict=True)
        )


def validate_phrases(path: Path) -> PhraseCheck:
    """Derive the readers' table again and compare; `path` is the folder of the surveys.

    Raises `ExchangeError` if a file is not there or can't be read, or a phrase is in neither.
    """
    answers = read_answers(path / ANSWERS)
    derived = derive_readers(path)
    return PhraseCheck(
        phrases=tuple(
            Survey(
                phrase=phrase,
                source=derived[phrase][0],
                readers=derived[phrase][1],
                logit=derived[phrase][2],
                shipped=shipped,
                inside=_inside(answers[phrase], shipped) if phrase in answers else None,
            )
            for phrase, shipped in READERS.items()
        )
    )


def derive_readers(path: Path) -> dict[str, tuple[str, int, tuple[float, float]]]:
    """Return for each shipped phrase the survey used, how many answered, and what they meant."""
    derived = {
        phrase: ("CAPphrase 2026", len(given), derive(given))
        for phrase, given in read_answers(path / ANSWERS).items()
    }
    rows = list(_rows(path / OTHERS, {"phrase", "source", "n", "logit_mu", "logit_sd"}))
    for survey in SURVEYS:
        for where, row in rows:
            if row["source"] == survey and row["phrase"] not in derived:
                n, mean, sd = _numbers(where, row["n"], row["logit_mu"], row["logit_sd"])
                derived[row["phrase"]] = (survey.rstrip("?"), int(n), (mean, sd))
    missing = READERS.keys() - derived.keys()
    if missing:
        raise ExchangeError(f"{path}: no survey asked for {', '.join(sorted(missing))}")
    return derived


def meaning(found: PhraseCheck) -> tuple[str, ...]:
    """Return in sentences what the figures say."""
    asked = [each for each in found.phrases if each.inside is not None]
    inside = [each.inside.value for each in asked if each.inside is not None]
    same = (
        f"{len(found.phrases)} phrases; derived and shipped numbers differ by at most "
        f"{found.largest_difference:.3f} in log-odds."
    )
    held = (
        f"Of the {len(asked)} phrases whose answers are known, {100 * min(inside):.0f} to "
        f"{100 * max(inside):.0f} % of the answers lie where the distribution puts 90 %."
    )
    return same, held


def read_answers(file: Path) -> dict[str, list[float]]:
    """Return what each reader answered, in per cent, by phrase in small letters."""
    answers: defaultdict[str, list[float]] = defaultdict(list)
    for where, row in _rows(file, {"term", "probability"}):
        (percent,) = _numbers(where, row["probability"])
        if not 0 <= percent <= 100:
            raise ExchangeError(f"{where}: {percent:g} is no percentage")
        answers[(row["term"] or "").strip().lower()].append(percent)
    return dict(answers)


def _inside(answers: Sequence[float], logit: tuple[float, float]) -> Share:
    band = normal(*logit).band
    # People answer in whole per cents: a bound within half of one counts as that answer.
    low, high = 100 * band.low - 0.5, 100 * band.high + 0.5
    return share(sum(low <= answer <= high for answer in answers), len(answers))


def _rows(file: Path, columns: set[str]) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the rows of a table, each with where it stands."""
    try:
        with open(file, encoding="utf-8", newline="") as lines:
            rows = csv.DictReader(lines)
            if not columns <= set(rows.fieldnames or ()):
                raise ExchangeError(f"{file} lacks one of the columns {', '.join(sorted(columns))}")
            for row in rows:
                yield f"{file}, line {rows.line_num}", row
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise ExchangeError(f"{file} can't be read: {error}") from None


def _numbers(where: str, *texts: str) -> list[float]:
    try:
        return [float(text) for text in texts]
    except (TypeError, ValueError):
        raise ExchangeError(f"{where} holds what is not a number") from None
