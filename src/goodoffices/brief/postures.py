"""Table, hold or contain: what the mediator could do, each with its risks; never a verdict."""

from __future__ import annotations

from goodoffices.brief.ahead import Ahead, band_of, middle_of, numbered
from goodoffices.brief.elements import Element, Rich, el, join
from goodoffices.brief.material import chance_of, computed
from goodoffices.brief.tables import Row, Table
from goodoffices.brief.text import THIN, in_points
from goodoffices.outlook.bands import Band
from goodoffices.outlook.results import PostureReport, PostureRisk, TablingReport

__all__ = [
    "list_sensitive",
    "list_thresholds",
    "postures_in_short",
    "tabulate_postures",
    "tell_tabling",
]

POSTURES = {
    "table": "Table it now",
    "hold": "Hold it back",
    "contain": "Contain: limit the damage",
}
_SHORT = {"table": "tabled", "hold": "held back", "contain": "damage limited"}
_MINUS = "\N{MINUS SIGN}"
_NOTE = "tabling: "
FEW = 0.005
"""A probability that moves by less, in half a point, is told not to differ."""


def tell_tabling(ahead: Ahead) -> Rich:
    """Say which package is weighed, who would accept it, and that the choice is the mediator's."""
    found = ahead.report.tabling
    if found is None:
        return (f"Not weighed: {_why_not(ahead)}.",)
    sides = [
        (ahead.naming.actor(key), " ", *middle_of("tabling", _sure(p)))
        for key, p in found.sides.items()
    ]
    return (
        "Weighed is ",
        *ahead.package(found.package),
        ". All accept it, ratified at home where that is needed, with ",
        *middle_of("tabling", _sure(found.counted.value, found.counted.error)),
        *_together(found),
        "; each for itself: ",
        *join(sides),
        ". Below stands what the mediator could do, each with its risks; the choice is its own.",
    )


def postures_in_short(ahead: Ahead) -> Rich:
    """Name the risks of each posture, in the order in which they are always told."""
    found = ahead.report.tabling
    if found is None:
        return ()
    told = [
        (
            _SHORT[one.posture],
            ": ",
            *(join([_risk(ahead, risk) for risk in one.risks]) or ("none named",)),
        )
        for one in found.postures
    ]
    what = ("Risks of the three ways to treat ", *ahead.package(found.package), ": ")
    return (*what, *join(told, between="; "), ". The choice is the mediator’s.")


def _together(found: TablingReport) -> Rich:
    """Say what becomes of that where answers inside a side go together."""
    if abs(found.accept.central - found.counted.value) < FEW:
        return ()
    return (" (", *middle_of("tabling", found.accept), " if answers go together as stated)")


def _sure(probability: float, error: float = 0.0) -> Band:
    low, high = max(0.0, probability - 2 * error), min(1.0, probability + 2 * error)
    # A share of draws is never exact, and ends that differ make it be told as "about".
    return Band(low=min(low, probability - 1e-9), central=probability, high=high)


def tabulate_postures(ahead: Ahead) -> Table | None:
    """Set the three postures side by side: worth, risks, and harm to people apart."""
    found = ahead.report.tabling
    if found is None:
        return None
    return Table(
        anchor="postures-table",
        stacks=True,
        caption=("What the mediator could do, in its own values; ", *ahead.package(found.package)),
        columns=(
            ("",),
            (f"Worth to the mediator (0 to 100), 90{THIN}% interval",),
            ("Worth most in so many draws",),
            ("Risks",),
            ("What harms people, against holding",),
        ),
        rows=tuple(_posture(ahead, one) for one in found.postures),
        more=(
            "Harm to people has no worth in this; it stands in a column of its own. Rests on ",
            *ahead.evidence.refs("outlook.tabling"),
            ".",
        ),
    )


def _posture(ahead: Ahead, one: PostureReport) -> Row:
    worth = one.worth
    middle = computed("tabling", f"{worth.central:.0f}")
    ends = computed("tabling", f"{worth.low:.0f} to {worth.high:.0f}")
    return Row(
        cells=(
            (POSTURES[one.posture],),
            (middle, " (", ends, ")"),
            (chance_of("tabling", one.foremost),),
            join([_risk(ahead, risk) for risk in one.risks], between="; ") or ("none named",),
            _harm(one),
        )
    )


def _risk(ahead: Ahead, risk: PostureRisk) -> Rich:
    flag: Rich = (" ", el("span", "▲ harms people", class_="flag alone")) if risk.harms else ()
    return (*ahead.naming.risk(risk.end), " ", *middle_of("tabling", risk.probability), *flag)


def _harm(one: PostureReport) -> Rich:
    if one.posture == "hold":
        return ("–",)
    if max(abs(one.harm.low), abs(one.harm.high)) < FEW:
        return ("does not differ",)
    middle = computed("tabling", in_points(_signed(one.harm.central)))
    ends = computed("tabling", f"{_signed(one.harm.low)} to {_signed(one.harm.high)}")
    return (middle, " (", ends, ")")


def _signed(change: float) -> str:
    text = f"{abs(100 * change):.1f}"
    if float(text) == 0:
        return "0"
    return f"{_MINUS if change < 0 else '+'}{text}"


def list_thresholds(ahead: Ahead) -> tuple[Rich, ...]:
    """Return from which belief on tabling is worth as much as another posture, in words."""
    found = ahead.report.tabling
    if found is None:
        return ()
    told = [_threshold(one.words, one.band) for one in found.thresholds]
    if found.zone_after is not None:
        after = chance_of("tabling", found.zone_after)
        told.append(("After a refusal, the chance that any package exists is ", after, "."))
    return tuple(told)


def _threshold(words: str, band: Band) -> Rich:
    said = numbered("tabling", words)
    first = said[0]
    shown = (first[:1].upper() + first[1:], *said[1:]) if isinstance(first, str) else said
    # Beyond certainty there is no belief from which on it would be worth it.
    if not band.low <= band.central <= 1:
        return (*shown, ".")
    return (*shown, "; the threshold lies at ", *band_of("tabling", band), ".")


def list_sensitive(ahead: Ahead) -> Rich:
    """Say which uncertain numbers decide most whether tabling is worth more than holding."""
    found = ahead.report.tabling
    if found is None:
        return ()
    if not found.influences:
        above = chance_of("tabling", found.above)
        return (
            "No one uncertain number decides whether tabling is worth more than holding: it is in ",
            above,
            " of the draws.",
        )
    told = [
        (*_lowered(ahead.naming.path(one.path)), " (", _share(one.share), ")")
        for one in found.influences[:3]
    ]
    return ("Whether tabling is worth more than holding hangs most on ", *join(told), ".")


def _share(share: float) -> Element:
    return computed("tabling", f"{100 * share:.0f}{THIN}%")


def _lowered(words: Rich) -> Rich:
    first = words[0]
    return (first[:1].lower() + first[1:], *words[1:]) if isinstance(first, str) else words


def _why_not(ahead: Ahead) -> str:
    notes = [note.removeprefix(_NOTE) for note in ahead.report.notes if note.startswith(_NOTE)]
    return notes[0] if notes else "the case doesn’t say what the mediator weighs"
