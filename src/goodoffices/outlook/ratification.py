"""How probable it is that everyone says yes whose yes is needed, at the table and at home.

Answers go together: what turns one faction against a package turns others too. The model is a
common shock: with probability c one mood decides for all, and then all say yes if the least willing
does; else each decides alone. It lies between independence (c = 0) and as much agreement as there
can be (c = 1); for two answers of equal probability c is their correlation.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import ArrayLike, NDArray

from goodoffices.errors import ModelError
from goodoffices.outlook.bands import aligned

__all__ = ["Ratified", "check_probabilities", "ratified"]

Floats = NDArray[np.float64]

SLACK = 1e-9


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Ratified:
    """How probable it is, draw by draw, that the sides accept."""

    sides: Mapping[str, Floats]
    """Party to the probability, shape (n,), that it accepts and every faction with a veto does."""
    together: Floats
    """Shape (n,): that all sides do."""


def ratified(
    sides: Mapping[str, Iterable[ArrayLike]], *, within: ArrayLike = 0.0, between: ArrayLike = 0.0
) -> Ratified:
    """Return how probable it is that each side accepts, and that all do.

    `sides` gives for each party the probabilities of its own yes and of each faction's that has a
    veto, each a number or draws (n,). With c = `within` among the answers of one side, and then
    c = `between` among the sides, numbers or draws too:

        P(all) = (1 - c) prod_j p_j + c min_j p_j

    Raises ValueError for what is no probability, ModelError without a side or an answer.

    >>> found = ratified({"West": [0.8, 0.5], "East": [0.5]}, within=0.5)
    >>> found.sides["West"].round(3).tolist(), found.together.round(3).tolist()
    ([0.45], [0.225])
    """
    answers = {side: list(given) for side, given in sides.items()}
    silent = [side for side, given in answers.items() if not given]
    if silent or not answers:
        raise ModelError(f"{silent[0] if silent else 'no side'}: nobody's answer is given")
    every = [(side, k) for side, given in answers.items() for k in range(len(given))]
    draws = aligned(
        {"within": within, "between": between}
        | {f"{side}, answer {k + 1}": answers[side][k] for side, k in every}
    )
    for name, p in draws.items():
        check_probabilities(name, p)
    each = {
        side: _all_of(
            [draws[f"{side}, answer {k + 1}"] for k in range(len(given))], draws["within"]
        )
        for side, given in answers.items()
    }
    return Ratified(
        sides=MappingProxyType(each), together=_all_of(list(each.values()), draws["between"])
    )


def check_probabilities(name: str, p: Floats) -> None:
    """Raise ValueError, with the name, if one is not between 0 and 1; noise of 1e-9 is let pass.

    >>> check_probabilities("West", np.array([1.5]))
    Traceback (most recent call last):
    ValueError: West: 1.5 is not a probability between 0 and 1
    """
    wrong = p[~((p >= -SLACK) & (p <= 1 + SLACK))]
    if len(wrong):
        raise ValueError(f"{name}: {wrong[0]:g} is not a probability between 0 and 1")


def _all_of(answers: Sequence[Floats], common: Floats) -> Floats:
    alone = np.prod(answers, axis=0)
    return np.asarray((1 - common) * alone + common * np.min(answers, axis=0))
