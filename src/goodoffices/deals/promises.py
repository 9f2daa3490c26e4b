"""What a promise is worth to the one who receives it, and how much a guarantee adds."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from goodoffices.case.model import Promise
from goodoffices.case.options import select
from goodoffices.deals.concessions import spread
from goodoffices.deals.draws import Sample
from goodoffices.deals.results import PromiseLevel, PromiseReport

__all__ = ["promises"]


def promises(drawn: Sample) -> tuple[PromiseReport, ...]:
    """Return for each promise and receiver its worth, unguaranteed and under each guarantee.

    The worth of a promised option is its value times P(kept), so the gap to its worth if it were
    sure to be kept is what distrust costs, and what a guarantee could close.
    """
    return tuple(_reports(drawn))


def _reports(drawn: Sample) -> Iterator[PromiseReport]:
    space, case = drawn.space, drawn.space.case
    index = {actor.id: a for a, actor in enumerate(space.actors)}
    for key, promise in case.promises.items():
        levels = list(_levels(drawn, key, promise))
        for receiver in promise.to:
            for issue, choices in promise.delivers.items() if receiver in index else ():
                i = space.issues.index(issue)
                for option in select(case.issues[issue], choices):
                    if option not in space.options[i]:
                        continue
                    flat = space.offsets[i] + space.options[i].index(option)
                    sure = drawn.values[:, flat, index[receiver]]
                    yield PromiseReport(
                        promise=key,
                        to=receiver,
                        issue=issue,
                        option=option,
                        if_sure=spread(sure),
                        levels=tuple(
                            PromiseLevel(
                                guarantee=guarantee, kept=spread(kept), worth=spread(sure * kept)
                            )
                            for guarantee, kept in levels
                        ),
                    )


def _levels(
    drawn: Sample, key: str, promise: Promise
) -> Iterator[tuple[str | None, NDArray[np.float64]]]:
    """Yield P(kept) as drawn: on trust alone (None), and under each option of the guarantee."""
    columns = {given.path: c for c, given in enumerate(drawn.space.inputs)}
    own = f"promises.{key}.kept" if promise.trust is None else f"trust.{promise.trust}.kept"
    trust = drawn.columns[:, columns[own]]
    yield None, trust
    for option in promise.guarantee.kept if promise.guarantee is not None else ():
        where = f"promises.{key}.guarantee.kept.{option}"
        # An option that an agreed issue no longer offers is no input any more.
        if where in columns:
            yield option, np.maximum(trust, drawn.columns[:, columns[where]])
