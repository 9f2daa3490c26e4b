"""Draws of the uncertain numbers of an outlook, each with a random stream of its own.

A stream is seeded by the run's seed and the number's place in the case. So a scenario that changes
one number leaves the draws of the others as they were, and differences between scenarios are not
noise.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from goodoffices.case.quantity import Quantity

__all__ = ["Inputs"]

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Inputs:
    """Every number that has been drawn, by its place in the case."""

    draws: int
    seed: int
    drawn: dict[str, Floats] = field(default_factory=dict)
    """Those that are uncertain."""

    def stream(self, path: str) -> np.random.Generator:
        """Return the random stream of a place in the case, from its beginning."""
        return np.random.default_rng([self.seed, zlib.crc32(path.encode())])

    def of(self, path: str, quantity: Quantity) -> Floats:
        """Return draws (n,) of a quantity.

        >>> from goodoffices.case.quantity import Value
        >>> Inputs(3, 0).of("outlook.tabling.lost", Value.exactly(5)).tolist()
        [5.0, 5.0, 5.0]
        """
        if not quantity.uncertain:
            return np.full(self.draws, quantity.central)
        if path not in self.drawn:
            self.drawn[path] = quantity.quantiles(self.stream(path).random(self.draws))
        return self.drawn[path]

    def lasting(self, path: str, half_life: Quantity | None) -> Floats:
        """Return draws of a half-life, (n,), or a single one where it is exact; endless if None.

        >>> from goodoffices.case.outlook import Weeks
        >>> Inputs(3, 0).lasting("x", Weeks.exactly(4)).tolist(), Inputs(3, 0).lasting("x", None)
        ([4.0], array([inf]))
        """
        if half_life is None:
            return np.array([np.inf])
        if not half_life.uncertain:
            return np.array([half_life.central])
        return self.of(path, half_life)
