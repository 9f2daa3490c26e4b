"""How long ceasefires hold, and what follows them: the base rates that need data on ceasefires.

Users supply their own copies: the ETH/PRIO Civil Conflict Ceasefire data (Clayton, Nygård, Strand,
Rustad, Wiehler, Sagård, Landsverk, Ryland, Sticher, Wink and Bara 2023, Journal of Conflict
Resolution 67:1430) and, for what leads to agreements, those of UCDP. This module reads them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from goodoffices.deals.share import Share, share
from goodoffices.errors import ExchangeError
from goodoffices.outlook._classes import CEASEFIRES, CLASSES
from goodoffices.outlook._records import Ceasefire
from goodoffices.outlook.baserates import read_records
from goodoffices.outlook.validation.rates import RateCheck, check_rates

__all__ = ["Ceasefires", "meaning", "validate_ceasefires"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Ceasefires:
    """Base rates from data on ceasefires, and what those data know."""

    ceasefires: int
    unknown: Share
    """Share of them of which nobody knows whether, how or when they ended."""
    no_effect: Share
    """Share of the rest that never took effect."""
    on_time: Share
    """Share of those coded as expired that ended within two days of the agreed day: what shows
    that the code is read rightly."""
    followed: Share
    """Share of those coded as followed by another after whose end another ceasefire of the
    conflict began within two days: the same."""
    rates: RateCheck
    missing: tuple[str, ...]
    """Ids of reference classes left out, for want of UCDP's files in the same folder."""


def validate_ceasefires(path: Path) -> Ceasefires:
    """Derive the reference classes that need data on ceasefires, and see whether they hold.

    `path` is the folder of `*ceasefires*.csv`, or one above it; with UCDP's files there too, all
    classes can be derived. Raises `ExchangeError` if it is not there or can't be read.
    """
    records, sources = read_records(path)
    if CEASEFIRES not in sources:
        raise ExchangeError(f"{path} holds no *ceasefires*.csv")
    asked = [rule for rule in CLASSES if CEASEFIRES in rule.sources]
    rules = [rule for rule in asked if set(rule.sources) <= sources]
    every = records.ceasefires
    known = [each for each in every if each.fate]
    expired = [_on_time(each) for each in every if each.fate == "expired" and each.agreed_days]
    return Ceasefires(
        ceasefires=len(every),
        unknown=share(len(every) - len(known), len(every)),
        no_effect=_share([each.fate == "no effect" for each in known]),
        on_time=_share([hit for hit in expired if hit is not None]),
        followed=_share(_followed(every)),
        rates=check_rates(rules, records),
        missing=tuple(rule.id for rule in asked if rule not in rules),
    )


def meaning(found: Ceasefires) -> tuple[str, ...]:
    """Return in sentences what the figures say can be predicted, and what can't."""
    classes = {each.id: each for each in found.rates.classes}
    held = classes["ceasefire-mediated"].event("broken").by(365)
    known = (
        f"Of {found.ceasefires:,} ceasefires nobody knows of {100 * found.unknown.value:.0f} % how "
        "or when they ended."
    )
    least, most = 100 * (held.least or 0), 100 * (held.most or 1)
    broken = (
        f"Of mediated joint ceasefires without a term {100 * held.share:.0f} % were broken within "
        f"a year, of those whose end is known; were the others counted, it could be anything from "
        f"{least:.0f} to {most:.0f} %."
    )
    sentences = [known, broken]
    if not found.missing:
        before = classes["agreement-after-ceasefire"].event("agreement").by(365)
        without = classes["agreement-without-ceasefire"].event("agreement").by(365)
        sentences.append(
            f"Within a year {100 * before.share:.0f} % of the fighting that saw a ceasefire in the "
            f"year before saw an agreement, and {100 * without.share:.0f} % of the rest. That "
            "tells cases apart; it does not say that a ceasefire brings an agreement."
        )
    moved = found.rates.moved
    sentences.append(
        f"Of {len(found.rates.compared)} shares by one year, {len(moved)} moved between earlier "
        "and later cases by more than chance easily explains."
    )
    return tuple(sentences)


def _share(hits: list[bool]) -> Share:
    return share(sum(hits), len(hits)) if hits else share(0, 1, undecided=1)


def _on_time(each: Ceasefire) -> bool | None:
    """Whether it ended on the agreed day, give or take two."""
    if each.start is None or each.end is None or each.agreed_days is None:
        return None
    return abs(each.end - each.start - each.agreed_days) <= 2


def _followed(ceasefires: tuple[Ceasefire, ...]) -> list[bool]:
    """For each that another is said to follow: whether another of the conflict does."""
    starts: dict[str, list[int]] = defaultdict(list)
    for each in ceasefires:
        if each.start is not None:
            starts[each.conflict].append(each.start)
    for days in starts.values():
        days.sort()
    found = []
    for each in ceasefires:
        if each.fate == "followed" and each.end is not None and each.start is not None:
            days = starts[each.conflict]
            first = bisect_left(days, max(each.end - 2, each.start + 1))
            found.append(first < len(days) and days[first] <= each.end + 2)
    return found
