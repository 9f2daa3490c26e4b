"""How fighting ends, and how long agreements last: the base rates that UCDP's data alone give.

Users supply their own copies (CC BY 4.0): UCDP Conflict Termination, dyads, v3-2021 (Kreutz 2010,
How and when armed conflicts end, Journal of Peace Research 47:243) and UCDP Peace Agreements 22.1
(Pettersson, Högbladh and Öberg 2019, Journal of Peace Research 56:589). This module reads them.
"""

from __future__ import annotations

from pathlib import Path

from goodoffices.errors import ExchangeError
from goodoffices.outlook._classes import AGREEMENTS, CLASSES, FIGHTING
from goodoffices.outlook.baserates import read_records
from goodoffices.outlook.validation.rates import RateCheck, check_rates

__all__ = ["meaning", "validate_ucdp"]


def validate_ucdp(path: Path) -> RateCheck:
    """Derive the reference classes of fighting and of agreements, and see whether they hold.

    `path` is the folder of `ucdp-term-dyad-*.csv` and `ucdp-peace-agreements-*.csv`, or one above
    it. Raises `ExchangeError` if one is not there or can't be read.
    """
    records, sources = read_records(path)
    if not {FIGHTING, AGREEMENTS} <= sources:
        raise ExchangeError(
            f"{path} does not hold both ucdp-term-dyad-*.csv and ucdp-peace-agreements-*.csv"
        )
    rules = [rule for rule in CLASSES if set(rule.sources) <= {FIGHTING, AGREEMENTS}]
    return check_rates(rules, records)


def meaning(found: RateCheck) -> tuple[str, ...]:
    """Return in sentences what the figures say can be predicted, and what can't."""
    classes = {each.id: each for each in found.classes}
    fighting, full = classes["fighting"], classes["agreement-full"]
    signed = sum(fighting.event(name).by(365).share for name in ("peace agreement", "ceasefire"))
    rest = sum(fighting.event(name).by(365).share for name in ("fades", "victory"))
    ends = (
        f"Of {fighting.n} pairs of sides that began to fight, {100 * signed:.0f} % had ended it "
        f"with something signed within a year, and {100 * rest:.0f} % by a victory or by ceasing "
        "to fight."
    )
    lasts = full.event("ended")
    durable = (
        f"Of {full.n} full agreements {100 * lasts.by(365).share:.0f} % had ended within a year "
        f"({100 * lasts.by(365).low:.0f} to {100 * lasts.by(365).high:.0f} %), and "
        f"{100 * lasts.by(1826).share:.0f} % within five."
    )
    steady = (
        f"Of {len(found.compared)} shares by one year, {len(found.moved)} moved between earlier "
        "and later cases by more than chance easily explains. A base rate says where to begin; it "
        "does not tell one case of its class from another."
    )
    return ends, durable, steady
