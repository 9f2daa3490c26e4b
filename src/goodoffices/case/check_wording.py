"""Whether what an estimate says stands in the words of the claims that it rests on.

An estimate that rests on claims alone must be there, in a phrase or in a number. The longest phrase
counts: "highly unlikely" is not "unlikely". What is not there is a fault that names the nearest
phrase, and never a guess; whoever reads more out of the words says so, as `assumed`.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

from goodoffices.case._faults import error
from goodoffices.case.model import Case
from goodoffices.case.outlook import Estimate
from goodoffices.case.phrases import YARDSTICKS, Yardstick
from goodoffices.case.quantity import Probability
from goodoffices.errors import Fault, QuantityError, clip

if TYPE_CHECKING:
    from goodoffices.case.wording import Refusal, Wording

__all__ = ["wording_faults"]


def wording_faults(case: Case, where: str, estimate: Estimate) -> Iterator[Fault]:
    """Yield what speaks against the words of an estimate's claims: progress, and another number."""
    # Imported late: most cases have no estimate, and patterns take long to build.
    from goodoffices.case.wording import Wording

    quotes = [(key, case.claims[key].quote or "") for key in estimate.because if key in case.claims]
    yardstick = _yardstick(case, estimate.probability)
    found = [(key, _found(quote, yardstick)) for key, quote in quotes]
    counted = set(case.text_agreed.because) if case.text_agreed else set()
    for key, stated in found:
        if key in counted or _only_progress(stated):
            what = f'"{clip(key)}" says how much is agreed: progress, not a probability'
            yield error(f"{where}.because", what, "record it as `text_agreed`")
            return
    if estimate.founded != "claimed" or not quotes or estimate.probability.shape == "unknown":
        return
    said = [one for _, stated in found for one in stated if isinstance(one, Wording)]
    if not any(_same(one.probability, estimate.probability) for one in said):
        yield _unmatched(where, estimate, quotes, yardstick, said)


def _found(quote: str, yardstick: Yardstick) -> tuple[Wording | Refusal, ...]:
    from goodoffices.case.wording import find_wordings

    return find_wordings(quote, yardstick)


def _only_progress(stated: tuple[Wording | Refusal, ...]) -> bool:
    return bool(stated) and all(getattr(one, "kind", "") == "progress" for one in stated)


def _yardstick(case: Case, probability: Probability) -> Yardstick:
    """Return the yardstick that an estimate names itself, or the case's."""
    own = probability.text.rpartition("(")[2].removesuffix(")").strip().lower()
    names = {name.lower(): name for name in YARDSTICKS}
    return names.get(own, case.yardstick)


def _same(one: Probability, other: Probability) -> bool:
    if one.logit is not None and other.logit is not None:
        return one.logit == other.logit
    pairs = zip((one.low, one.high), (other.low, other.high), strict=True)
    return all(math.isclose(a, b, abs_tol=1e-9) for a, b in pairs)


def _unmatched(
    where: str,
    estimate: Estimate,
    quotes: list[tuple[str, str]],
    yardstick: Yardstick,
    said: list[Wording],
) -> Fault:
    from goodoffices.case.wording import read_wording

    place, claims = f"{where}.probability", ", ".join(key for key, _ in quotes)
    otherwise = 'or say why it is read so: `assumed: "who: why"`'
    if said:
        words = " and ".join(dict.fromkeys(f'"{clip(one.text)}"' for one in said))
        what = f'{clip(claims)} says {words}, and not "{clip(str(estimate.probability))}"'
        return error(place, what, f"write what it says, {otherwise}")
    try:
        read_wording(quotes[0][1], yardstick)
    except QuantityError as problem:
        why, _, mend = str(problem).rpartition("; ")
        return error(place, f"{clip(quotes[0][0])}: {why}", f"{mend}, {otherwise}")
    raise AssertionError("a wording that is read would have been found")
