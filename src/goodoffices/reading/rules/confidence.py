"""How likely a statement is right in speaker, type and words, from how it was found."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from goodoffices.reading.rules.drafts import Draft
    from goodoffices.reading.rules.names import Names

__all__ = ["confidence"]

_BY_RULE = {
    "stance": 0.72,
    "act": 0.66,
    "said": 0.64,
    "plain": 0.55,
    "nominal": 0.62,
    "condition": 0.66,
    "absolute": 0.5,
    "headline": 0.5,
}
"""Set by hand so that their mean lies near the share that is right in texts that nothing was tuned
on, .6 to .8; on those that the rules were tuned on, nine in ten of the better half are right."""


def confidence(
    one: Draft, kind: str, *, opinion: bool, names: Names, length: int, headline: bool
) -> float:
    """Return the chance that speaker, type and words are all right, between 0.05 and 0.9.

    Each sign of trouble takes some off: a speaker found by a pronoun or given in words only, long
    words, a headline, a chain of speakers.
    """
    if opinion:
        return 0.6
    found = _BY_RULE[one.how]
    if one.guessed:
        found -= 0.1
    if one.speakers and one.speakers[-1] not in names.found:
        found -= 0.05
    if len(one.speakers) > 1:
        found -= 0.05
    if length > 35:
        found -= 0.08
    if length < 3:
        found -= 0.15
    if headline:
        found -= 0.1
    if kind in {"statement", "event"} and one.how in {"plain", "said"}:
        found -= 0.1 if kind == "event" else 0.05
    return round(max(0.05, min(0.9, found)), 2)
