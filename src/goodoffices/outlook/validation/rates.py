"""Whether reference classes are as shipped, and whether base rates of earlier years hold later.

A base rate predicts only as far as the past is like the future: the share among the earlier half
of a class's cases is what one would have predicted for the later half (`baserates.Drift`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from goodoffices.outlook._classes import Rule
from goodoffices.outlook._observed import Records
from goodoffices.outlook.baserates import ReferenceClass, count, shipped

__all__ = ["RateCheck", "check_rates"]

FAR = 1.96


@dataclass(frozen=True, kw_only=True, slots=True)
class RateCheck:
    """Reference classes as derived from a person's own copy."""

    classes: tuple[ReferenceClass, ...]
    changed: tuple[str, ...]
    """Ids of classes whose numbers are not those that are shipped: another version of the data."""

    @property
    def compared(self) -> tuple[ReferenceClass, ...]:
        """Those whose earlier and later cases can be compared."""
        return tuple(each for each in self.classes if each.drift is not None)

    @property
    def moved(self) -> tuple[ReferenceClass, ...]:
        """Those of them whose halves are more than 1.96 standard errors apart."""
        return tuple(each for each in self.classes if each.drift and abs(each.drift.distance) > FAR)


def check_rates(rules: Iterable[Rule], records: Records) -> RateCheck:
    """Derive reference classes and compare them with those that are shipped."""
    known = {each.id: each for each in shipped().classes}
    classes = tuple(count(rule, rule.observe(records)) for rule in rules)
    return RateCheck(
        classes=classes,
        changed=tuple(each.id for each in classes if known.get(each.id) != each),
    )
