"""Is the moment ripe? Two conditions for each party, what is known of them, and what is not.

Zartman: parties turn to talks when each finds itself in a mutually hurting stalemate, worse off if
it goes on than with a settlement, and sees a way out: a sense that the other side, too, looks for
a solution. Both are perceptions. They rest on facts without following from them, so facts as
assessed and perceptions as believed stand side by side here and are never merged.

Reference: Zartman (2000), Ripeness: the hurting stalemate and beyond, in Stern and Druckman (eds),
International Conflict Resolution after the Cold War; and (2001), The timing of peace initiatives,
Global Review of Ethnopolitics 1:8. Putting "hurting" as a value below that of the best package is
this module's own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from goodoffices.deals.share import Share, share
from goodoffices.errors import ModelError

__all__ = ["NECESSARY", "PartyRipeness", "Ripeness", "Standing", "assess"]

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

NECESSARY = (
    "Ripeness is necessary for talks to begin and not sufficient for an agreement; and a stalemate "
    "that hurts can also harden those who bear it."
)
"""What must stand beside every answer about ripeness."""


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Standing:
    """Draws of how one party stands: facts as assessed, and perceptions as believed, each (n,).

    Values are points on the party's own scale. What is not known of a perception stays None: what
    is true of the facts is not taken for what the party sees.
    """

    party: str
    going_on: Floats
    """Value of going on without agreement, with what waiting costs taken off."""
    package: Floats
    """Value of the best package that could be had."""
    felt_going_on: Floats | None = None
    """The same two as the party itself is believed to see them."""
    felt_package: Floats | None = None
    sees_way_out: Bools | None = None
    """Whether it is believed to see that a settlement is possible, true or false in each draw."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PartyRipeness:
    """How one party stands; None where the perception is not known."""

    party: str
    hurts: Share
    """Facts: going on is worse for it than the best package."""
    feels: Share | None
    """Perception: it is believed to see that itself."""
    sees_way_out: Share | None
    """Perception: it is believed to see a way out."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Ripeness:
    """The conditions of a ripe moment, for each party and for all at once."""

    parties: tuple[PartyRipeness, ...]
    hurts: Share
    """Facts: going on is worse than the best package for every party, in the same draw."""
    feels: Share | None
    """Perception: every party is believed to see that."""
    sees_way_out: Share | None
    """Perception: every party is believed to see a way out."""
    ripe: Share | None
    """Both perceptions of every party; None while one of them is not known."""
    at_most: Share | None
    """As probable as what is known allows: all perceptions that are known. None: none are."""
    missing: tuple[str, ...]
    """Perceptions that are not known, in words."""
    note: str = NECESSARY


def assess(standings: Sequence[Standing], *, margin: float = 0.0) -> Ripeness:
    """Return the shares of draws in which the conditions hold, by party and together.

    Going on hurts in a draw if its value is more than `margin` points below the package's. "All"
    is counted draw by draw: what makes two parties hurt at once is not lost.

    Raises ModelError for fewer than two parties, ValueError if draws don't fit each other.

    >>> low, high, yes = np.array([20.0, 30, 40]), np.array([35.0, 35, 35]), np.full(3, True)
    >>> west = Standing(party="West", going_on=low, package=high, sees_way_out=yes)
    >>> east = Standing(party="East", going_on=high, package=low)
    >>> found = assess([west, east])
    >>> [one.hurts.hits for one in found.parties], found.hurts.hits, found.ripe
    ([2, 1], 0, None)
    >>> found.missing[1:]
    ('whether East feels a stalemate', 'whether East sees a way out')
    """
    if len(standings) < 2:
        raise ModelError("a stalemate needs two parties; give how each of them stands")
    draws = _draws(standings)
    hurts = [_worse(one.going_on, one.package, margin) for one in standings]
    feels = [_felt(one, margin) for one in standings]
    sees = [one.sees_way_out for one in standings]
    known = [one for one in (*feels, *sees) if one is not None]
    return Ripeness(
        parties=tuple(
            PartyRipeness(
                party=one.party,
                hurts=_share([hurt], draws),
                feels=_complete([feel], draws),
                sees_way_out=_complete([see], draws),
            )
            for one, hurt, feel, see in zip(standings, hurts, feels, sees, strict=True)
        ),
        hurts=_share(hurts, draws),
        feels=_complete(feels, draws),
        sees_way_out=_complete(sees, draws),
        ripe=_complete([*feels, *sees], draws),
        at_most=_share(known, draws) if known else None,
        missing=tuple(_missing(standings, feels, sees)),
    )


def _missing(
    standings: Iterable[Standing], feels: Iterable[Bools | None], sees: Iterable[Bools | None]
) -> Iterable[str]:
    for one, feel, see in zip(standings, feels, sees, strict=True):
        if feel is None:
            yield f"whether {one.party} feels a stalemate"
        if see is None:
            yield f"whether {one.party} sees a way out"


def _felt(one: Standing, margin: float) -> Bools | None:
    if one.felt_going_on is None or one.felt_package is None:
        return None
    return _worse(one.felt_going_on, one.felt_package, margin)


def _worse(going_on: Floats, package: Floats, margin: float) -> Bools:
    return np.asarray(package - going_on > margin)


def _complete(conditions: Sequence[Bools | None], draws: int) -> Share | None:
    known = [one for one in conditions if one is not None]
    return _share(known, draws) if len(known) == len(conditions) else None


def _share(conditions: Iterable[Bools], draws: int) -> Share:
    return share(int(np.logical_and.reduce(list(conditions)).sum()), draws)


def _draws(standings: Iterable[Standing]) -> int:
    """Return the number of draws, or say which party's don't fit."""
    draws = 0
    for one in standings:
        optional = (one.felt_going_on, one.felt_package, one.sees_way_out)
        given = [one.going_on, one.package, *(draw for draw in optional if draw is not None)]
        draws = draws or len(one.going_on)
        if any(np.shape(each) != (draws,) for each in given):
            raise ValueError(f"{one.party}: its draws are not {draws}, one for each draw")
        if any(np.isnan(each).any() for each in given):
            raise ValueError(f"{one.party}: holds what is not a number; leave out what's not known")
        if one.sees_way_out is not None and one.sees_way_out.dtype != np.bool_:
            raise ValueError(f"{one.party}: a way out is seen or not; give true or false")
    return draws
