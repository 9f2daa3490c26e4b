"""The sentences of the brief: what was found, in neutral words.

Likelihood and confidence are two sentences, never one: the first says how often something holds,
the second on how firm a ground that was said.
"""

from __future__ import annotations

from typing import Literal

from goodoffices.brief.elements import Rich, join
from goodoffices.brief.figures.ladder import step_words
from goodoffices.brief.material import Material, chance_of, computed, spread_of
from goodoffices.brief.text import cost, count, counted, in_points
from goodoffices.deals.results import Concession, Method, Unknown
from goodoffices.moves.results import MovesReport

__all__ = [
    "best_per_bearer",
    "blocked",
    "confidence",
    "face_value",
    "level",
    "likelihood",
    "missing",
    "obtained",
    "obtained_each",
    "obtained_moves",
    "opened",
    "tabled",
]

HALF, FIFTH = 0.5, 0.2


def face_value(material: Material) -> Rich:
    """Say whether a package exists with central values and every demand binding."""
    zone = material.result.zone
    space = computed("face", count(zone.packages))
    if zone.at_face_value is None:
        return ("At face value the answer is open: the search ended before it could tell.",)
    if not zone.at_face_value:
        return (
            "At face value, no: of ",
            space,
            " possible packages, not one meets every demand of everyone who must accept.",
        )
    if zone.acceptable is None:
        return ("At face value, yes: some of the ", space, " possible packages meet every demand.")
    return (
        "At face value, yes: ",
        computed("face", count(zone.acceptable)),
        " of ",
        space,
        " possible packages ",
        "meets" if zone.acceptable == 1 else "meet",
        " every demand of everyone who must accept.",
    )


def likelihood(material: Material) -> Rich:
    """Say how often an acceptable package exists once what is uncertain varies."""
    zone = material.result.zone
    if zone.method.how == "exact":
        exists = "an acceptable package exists" if zone.probability.value else "none exists"
        return (f"Nothing in the case is uncertain: with the demands that truly bind, {exists}.",)
    return (
        "Across ",
        computed("zone", count(zone.method.draws)),
        " draws of the uncertain numbers and of which demands truly bind, ",
        "an acceptable package exists in ",
        chance_of("zone", zone.probability),
        " (95\u202f% interval ",
        spread_of("zone", zone.probability),
        "): the chance that one exists, not that anybody signs it.",
    )


def confidence(material: Material) -> Rich:
    """Say on how firm a ground the answer stands, and why."""
    footing = material.result.zone.footing
    if footing.variance_assumed is not None:
        ground: Rich = (
            computed("footing", f"{100 * footing.variance_assumed:.0f}\u202f%"),
            " of what makes the answer vary rests on assumptions or on nothing known",
        )
    else:
        total = footing.claimed + footing.assumed + footing.unknown
        ground = (
            computed("footing", count(footing.assumed + footing.unknown)),
            " of ",
            computed("footing", count(total)),
            " numbers are assumed or unknown",
        )
    unheard = [key for key in material.case.signatories if key in material.voices.unheard]
    names = material.naming.actors(unheard)
    silent: Rich = ("; no claim comes from ", *names) if unheard else ()
    return (f"Confidence in this is {level(material)}: ", *ground, *silent, ".")


def level(material: Material) -> Literal["low", "moderate", "high"]:
    """Return how firm the ground is, by the rule that the glossary states."""
    footing = material.result.zone.footing
    share = footing.variance_assumed
    if share is None:
        total = footing.claimed + footing.assumed + footing.unknown
        share = (footing.assumed + footing.unknown) / total if total else 0.0
    unheard = set(material.case.signatories) & set(material.voices.unheard)
    if share > HALF:
        return "low"
    return "moderate" if share > FIFTH or unheard else "high"


def obtained(method: Method, how: str = "zone") -> Rich:
    """Say how a result was obtained: exact, or from how many draws with which seed."""
    note = f" Note: {method.note}." if method.note else ""
    if method.how == "exact":
        return (f"Exact: every package is accounted for.{note}",)
    kind = "Sampled" if method.how == "sampled" else "Bounded"
    if not method.draws:
        return (f"{kind}.{note}",)
    return (
        f"{kind}: ",
        computed(how, count(method.draws)),
        " draws, seed ",
        computed(how, str(method.seed)),
        f".{note}",
    )


def obtained_each(material: Material) -> dict[str, Rich]:
    """Say for each kind of computation that has a method of its own how it was obtained."""
    result = material.result
    ways = {
        "zone": result.method,
        "frontier": result.frontier.method,
        "conflicts": result.conflicts.method,
        "ladder": result.method,
        "packages": result.offers_method,
    }
    return {key: obtained(method, key) for key, method in ways.items()}


def obtained_moves(report: MovesReport) -> Rich:
    """Say how the answers on moves were obtained."""
    note = f" Note: {report.method.note}." if report.method.note else ""
    said: Rich = ("Exact: all ", computed("moves", count(report.states_total)), " states.")
    if report.method.draws:
        draws, seed = count(report.method.draws), str(report.method.seed)
        shares: Rich = (computed("shares", draws), " draws, seed ", computed("shares", seed), ".")
        said = (*said, " Shares of uncertain preferences are sampled: ", *shares)
    return (*said, note) if note else said


def blocked(material: Material) -> Rich:
    """Say which demands cannot hold together."""
    report = material.result.conflicts
    found = report.conflicts
    if not found and report.method.how == "exact":
        return ("Nothing blocks at face value: all demands can be met together.",)
    if not found:
        return ("No set of demands could be named: ", report.method.note, ".")
    if len(found) == 1:
        demands = [_demand(material, key) for key in found[0].demands]
        if len(demands) == 1:
            return ("No package meets ", *demands[0], ", whatever the others demand.")
        together = "both" if len(demands) == 2 else "all"
        return (*join(demands, last=" and "), f" cannot {together} be met by any package.")
    everywhere = [k for k in found[0].demands if all(k in other.demands for other in found)]
    said: Rich = (
        computed("conflicts", counted(len(found)).capitalize()),
        " sets of demands cannot hold together",
    )
    if everywhere:
        common = join([_demand(material, key) for key in everywhere], last=" and ")
        return (*said, "; all of them contain ", *common, ".")
    return (*said, "; no demand is in all of them.")


def _demand(material: Material, key: str) -> Rich:
    demand = material.case.demands[key]
    return (*material.naming.demand(key), " (", *material.naming.owner(demand.by), ")")


def best_per_bearer(material: Material) -> tuple[Concession, ...]:
    """Return for each who could change something the change that opens a zone most often."""
    best: dict[str, Concession] = {}
    for rung in material.result.concessions:
        if rung.opened.value > 2 * rung.zone.error:
            best.setdefault(material.case.party_of(rung.by), rung)
    return tuple(best.values())


def opened(material: Material) -> Rich:
    """Say which one change opens a package, once per party that could make one."""
    rungs = best_per_bearer(material)
    if not material.result.concessions:
        return ("There is nothing to lift: no demand blocks.",)
    if not rungs and material.result.zone.at_face_value:
        return ("A package exists without any change; no single change adds a clear share.",)
    if not rungs:
        clear = "" if material.result.method.how == "exact" else " in a clear share of the draws"
        return (f"No single change opens a package{clear}.",)
    said = [
        (
            material.naming.actor(rung.by),
            " ",
            *step_words(rung, material.naming),
            " (",
            chance_of("ladder", rung.zone),
            ", at a cost of ",
            computed("ladder", in_points(cost(rung.cost))),
            ")",
        )
        for rung in rungs
    ]
    now = chance_of("zone", material.result.zone.probability)
    one = len(rungs) == 1
    return (
        "One change alone would" if one else "Each of these changes alone would",
        " make an acceptable package exist more often than now (",
        now,
        "): ",
        *join(said, between="; "),
        ".",
    )


def tabled(material: Material) -> Rich:
    """Say how far the most acceptable package gets; and that the choice is the mediator's."""
    offers = material.result.offers
    if not offers:
        return ("No package was accepted by all who must accept in any draw; none is shown here.",)
    number = f"{counted(len(offers)).capitalize()} packages are set side by side"
    said: Rich = (
        number if len(offers) > 1 else "One package stood out",
        "; the choice is the mediator’s. ",
        *_best(material),
    )
    shared = [key for key in offers[0].breaks if all(key in other.breaks for other in offers)]
    if shared and len(offers) > 1:
        common = join([_demand(material, key) for key in shared], last=" and ")
        said = (*said, " All of them break ", *common, ".")
    return said


def _best(material: Material) -> Rich:
    zone, best = material.result.zone, material.result.offers[0].all_accept
    if zone.method.how == "exact":
        return ("Package A is accepted by all who must accept.",)
    return (
        "Package A is accepted by all in ",
        chance_of("packages", best),
        " of the draws; one and the same package can’t be accepted more often than the ",
        chance_of("zone", zone.probability),
        " in which any exists.",
    )


def missing(material: Material, most: int = 2) -> Rich:
    """Say which uncertain inputs move the answer most."""
    if not material.result.unknowns:
        return ("Nothing uncertain moves the answer.",)
    if not material.moving:
        return ("No uncertain input moves the answer clearly by itself, only several together.",)
    said = [
        (*_lowered(material, row), " (", computed("unknowns", f"{100 * row.share:.0f}\u202f%"), ")")
        for row in material.moving[:most]
    ]
    return ("Of what makes the answer uncertain, most comes from ", *join(said, last=" and "), ".")


def _lowered(material: Material, row: Unknown) -> Rich:
    words = material.naming.path(row.path)
    first = words[0]
    return (first[:1].lower() + first[1:], *words[1:]) if isinstance(first, str) else words
