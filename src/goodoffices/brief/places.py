"""Places in what a case says of time, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goodoffices.brief.elements import Rich

if TYPE_CHECKING:
    from goodoffices.brief.naming import Naming

__all__ = ["in_outlook"]

_SINGLE = {
    "inside": "How a package that all would accept gets signed",
    "weights": "How much each view counts",
    "tabling": "What the mediator weighs before it tables a package",
}
_TABLING = {
    "accepted": "What the package is worth to the mediator if all accept it",
    "lost": "What a refusal costs the mediator besides",
    "together": "How far answers go together within a side",
}


def in_outlook(naming: Naming, rest: list[str]) -> Rich:
    """Say in words what stands at a path below `outlook`; KeyError where nothing does."""
    part, *where = rest
    if part == "tabling" and where:
        return _tabling(naming, where)
    if part in _SINGLE:
        return (_SINGLE[part],)
    key, *field = where
    if part in {"events", "beliefs", "risks", "waiting"}:
        return _named(naming, part, key, field)
    return _of_actor(naming, part, key, field)


def _tabling(naming: Naming, where: list[str]) -> Rich:
    part, *key = where
    if part in _TABLING:
        return (_TABLING[part],)
    if part == "worth":
        return ("What it is worth to the mediator that it comes to ", *naming.risk(key[0]))
    if part == "alternatives":
        return ("By how much a refusal raises the walk-away of ", naming.actor(key[0]))
    what = {"refused": "A refusal", "contain": "Limiting the damage"}[part]
    return (f"{what} multiplies the hazard of ", *naming.risk(key[0]))


def _named(naming: Naming, part: str, key: str, field: list[str]) -> Rich:
    given = getattr(naming.outlook, part)[key]
    what = {"events": "Event", "beliefs": "Belief", "risks": "Risk", "waiting": "Loss with time"}
    name: Rich = (f"{what[part]} “", naming.text(given.name), "”")
    match field:
        case ["multiplies" | "unless", risk]:
            return (*name, ": what it does to ", *naming.risk(risk))
        case ["signals", belief]:
            held = naming.text(naming.outlook.beliefs[belief].name)
            return (*name, ": what it shows of “", held, "”")
        case ["prior"]:
            return (*name, ", before the events")
        case ["factor"]:
            return (*name, ": what sets this case apart")
    return name


def _of_actor(naming: Naming, part: str, key: str, field: list[str]) -> Rich:
    outlook = naming.outlook
    if part == "estimates":
        asked = outlook.questions[outlook.estimates[key].question]
        return ("An estimate of “", naming.text(asked.name), "”")
    if part == "perceptions":
        sees = {"feels": " feels a stalemate", "sees_way_out": " sees a way out"}
        said = sees.get(field[0] if field else "", " is believed to see")
        return ("Whether " if field else "What ", naming.actor(key), said)
    if part == "pressure":
        return ("Pressure of ", naming.actor(key), " on ", naming.actor(outlook.pressure[key].on))
    if part == "records":
        trust = naming.case.trust[key]
        return (
            "Promises to ",
            naming.actor(trust.who),
            " that ",
            naming.actor(trust.whom),
            " kept",
        )
    raise KeyError(part)
