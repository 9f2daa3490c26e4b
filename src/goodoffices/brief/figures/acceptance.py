"""Who would say yes: one panel per package, one bar per party and faction."""

from __future__ import annotations

from collections.abc import Iterator

from goodoffices.brief.elements import Element, plain
from goodoffices.brief.figures.rows import Bar, chart
from goodoffices.brief.naming import Naming
from goodoffices.brief.text import chance_short
from goodoffices.deals.results import Acceptance, AssessedPackage
from goodoffices.deals.share import Share

__all__ = ["draw_acceptance", "voices_in"]


def draw_acceptance(package: AssessedPackage, index: int, naming: Naming, title: str) -> Element:
    """Draw how likely each party, and each faction inside it, accepts one package."""
    bars = tuple(
        _bar(plain(words), share, indent=indent, counts=counts)
        for given in package.acceptance
        for words, share, indent, counts in voices_in(given, naming)
    )
    total = _bar("All who must accept", package.all_accept, indent=False, counts=True)
    spoken = "; ".join(f"{bar.label}: {bar.text}" for bar in (total, *bars))
    return chart(
        f"fig-accept-{index}",
        f"Acceptance of {title}",
        spoken,
        (total, *bars),
        class_="acceptance",
        beside=True,
    )


def voices_in(
    given: Acceptance, naming: Naming
) -> Iterator[tuple[tuple[str | Element, ...], Share, bool, bool]]:
    """Yield who speaks, P(yes), whether inside a party, and whether its yes is needed."""
    who = naming.actor(given.party)
    home = any(faction.veto for faction in given.factions)
    if not given.must_accept:
        yield (who, " (need not accept)"), given.alone, False, False
    elif home:
        yield (who, ", ratified at home"), given.ratified, False, True
        yield (who, ", at the table"), given.alone, True, True
    else:
        yield (who,), given.alone, False, True
    for faction in given.factions:
        role = " (veto)" if faction.veto else ""
        yield (naming.actor(faction.faction), role), faction.share, True, faction.veto


def _bar(words: str, share: Share, *, indent: bool, counts: bool) -> Bar:
    return Bar(
        label=words,
        value=share.value,
        low=share.low,
        high=share.high,
        text=chance_short(share),
        look="solid" if counts else "hollow",
        indent=indent,
    )
