"""Behind the positions: parties, demands, interests, promises and ties, as tables."""

from __future__ import annotations

from goodoffices.brief.elements import Rich, bdi, join
from goodoffices.brief.material import Material, Subject
from goodoffices.brief.tables import Row, Table
from goodoffices.case.model import Demand, Party, Promise
from goodoffices.deals.results import InterestReport

__all__ = ["tabulate_demands", "tabulate_interests", "tabulate_parties", "tabulate_ties"]

_NONE: Rich = ("–",)


def tabulate_parties(subject: Subject) -> Table:
    """List the parties with what they do without an agreement, and the groups inside them."""
    rows = tuple(
        Row(
            cells=(
                (subject.naming.actor(key),),
                (party.role, ", must accept" if party.signs else ""),
                (bdi(party.alternative),) if party.alternative else ("unknown",),
                _inside(subject, party),
                subject.evidence.refs(f"parties.{key}"),
            ),
            anchor=f"p-{key}",
        )
        for key, party in subject.case.parties.items()
    )
    heads = ("Party", "Role", "Without an agreement", "Inside it", "Rests on")
    return Table(
        anchor="parties",
        stacks=True,
        caption=("Who is at the table, or near it",),
        columns=tuple((head,) for head in heads),
        rows=rows,
    )


def _inside(subject: Subject, party: Party) -> Rich:
    naming, said = subject.naming, list[Rich]()
    for key, faction in party.factions.items():
        said.append((naming.actor(key), " (can veto at home)" if faction.veto else " (no veto)"))
    for key, group in party.constituencies.items():
        said.append(
            (naming.actor(key), " press for ", *naming.picks(group.wants))
            if group.wants
            else (naming.actor(key),)
        )
    return join(said, between="; ") or ("nothing known",)


def tabulate_demands(material: Material) -> Table:
    """List what can block: by whom, in words, how firm, and the interest behind it."""
    rows = tuple(
        Row(
            cells=(
                (material.naming.demand_label(key),),
                material.naming.owner(demand.by),
                (demand.kind,),
                ("“", material.naming.text(demand.name), "”. ", *_terms(material, key, demand)),
                (material.evidence.number(f"demands.{key}", demand.binds),),
                _interest(material, demand),
                material.evidence.refs(f"demands.{key}"),
            ),
            anchor=f"d-{key}",
        )
        for key, demand in material.case.demands.items()
    )
    heads = ("No.", "Who", "Kind", "Demand", "Firmness", "Interest behind it", "Rests on")
    return Table(
        anchor="demands",
        stacks=True,
        caption=("What can block",),
        columns=tuple((head,) for head in heads),
        rows=rows,
    )


def _terms(material: Material, key: str, demand: Demand) -> Rich:
    naming, said = material.naming, []
    if demand.kind == "walk-away":
        worth = material.evidence.number(f"demands.{key}", demand.worth)
        return ("Worth of no agreement: ", worth, " of 100")
    if demand.refuses:
        joint = "Refuses, taken together: " if len(demand.refuses) > 1 else "Refuses "
        said.append((joint, *naming.picks(demand.refuses, between=" with ")))
    if demand.requires:
        said.append(("Requires ", *naming.picks(demand.requires)))
    return join(said, between=". ")


def _interest(material: Material, demand: Demand) -> Rich:
    if demand.interest in material.case.interests:
        return (material.naming.text(material.case.interests[demand.interest].name),)
    return _NONE if demand.kind == "walk-away" else ("unknown",)


def tabulate_interests(material: Material) -> Table | None:
    """List interests with what serves them, and what of that no other party refuses."""
    if not material.result.interests:
        return None
    heads = (
        "Interest",
        "Whose",
        "Served by",
        "Beyond what it asks for, and refused by no other",
        "Rests on",
    )
    return Table(
        anchor="interests",
        stacks=True,
        caption=("Interests behind the positions",),
        columns=tuple((head,) for head in heads),
        rows=tuple(_interest_row(material, given) for given in material.result.interests),
    )


def _interest_row(material: Material, given: InterestReport) -> Row:
    interest = material.case.interests[given.interest]
    return Row(
        cells=(
            (material.naming.text(interest.name),),
            material.naming.owner(given.of),
            _pairs(material, given.serving) or ("no option here",),
            _unopposed(material, given),
            material.evidence.refs(f"interests.{given.interest}"),
        )
    )


def _unopposed(material: Material, given: InterestReport) -> Rich:
    if not given.serving:
        return _NONE
    if given.unopposed == given.serving:
        return ("all of these",)
    return _pairs(material, given.unopposed) or ("none",)


def _pairs(material: Material, pairs: tuple[tuple[str, str], ...]) -> Rich:
    grouped: dict[str, list[str]] = {}
    for issue, option in pairs:
        grouped.setdefault(issue, []).append(option)
    return material.naming.picks(
        {
            key: _runs(tuple(material.case.issues[key].numbers), some)
            for key, some in grouped.items()
        }
    )


def _runs(numbers: tuple[str, ...], some: list[str]) -> tuple[str, ...]:
    """Draw neighbouring numbers together, as a case writes them: `6..10`."""
    first, last = some[0], some[-1]
    if len(some) > 2 and first in numbers:
        start = numbers.index(first)
        if list(numbers[start : start + len(some)]) == some:
            return (f"{first}..{last}",)
    return tuple(some)


def tabulate_ties(material: Material) -> Table | None:
    """List what ties options together: linkages, promises and trust, with their numbers."""
    rows = [*_linkages(material), *_promises(material)]
    if not rows:
        return None
    return Table(
        anchor="ties",
        stacks=True,
        caption=("Promises, trust and ties between issues",),
        columns=(("Kind",), ("What it says",), ("How much",), ("Rests on",)),
        rows=tuple(rows),
    )


def _linkages(material: Material) -> list[Row]:
    naming, rows = material.naming, []
    for key, linkage in material.case.linkages.items():
        path, when = f"linkages.{key}", naming.picks(linkage.when, between=" and ")
        much: Rich = _NONE
        if linkage.requires:
            said: Rich = ("If ", *when, ": then ", *naming.picks(linkage.requires))
        elif linkage.excludes:
            said = ("If ", *when, ": then not ", *naming.picks(linkage.excludes, between=" with "))
        else:
            said = ("If ", *when, ": a package is worth more or less")
            much = join(
                [
                    (naming.actor(who), " ", material.evidence.number(path, bonus), " points")
                    for who, bonus in linkage.bonus.items()
                ]
            )
        rows.append(Row(cells=(("tie",), said, much, material.evidence.refs(path))))
    return rows


def _promises(material: Material) -> list[Row]:
    naming, rows = material.naming, []
    for key, promise in material.case.promises.items():
        said: Rich = (
            naming.actor(promise.by),
            " must deliver later to ",
            *naming.actors(promise.to),
            ": ",
            *naming.picks(promise.delivers),
        )
        refs = material.evidence.refs(f"promises.{key}")
        if promise.trust in material.case.trust:
            refs = (*refs, " ", *material.evidence.refs(f"trust.{promise.trust}"))
        rows.append(Row(cells=(("promise",), said, _kept(material, key, promise), refs)))
    return rows


def _kept(material: Material, key: str, promise: Promise) -> Rich:
    path, given = f"promises.{key}", promise.kept
    if promise.trust in material.case.trust:
        path, given = f"trust.{promise.trust}", material.case.trust[promise.trust].kept
    said: Rich = ("unknown",)
    if given is not None:
        said = ("held likely to be kept: ", material.evidence.number(path, given))
    if promise.guarantee is None:
        return said
    issue = promise.guarantee.issue
    for option, kept in promise.guarantee.kept.items():
        said = (
            *said,
            "; with “",
            material.naming.option(issue, option),
            "”: ",
            material.evidence.number(f"promises.{key}", kept),
        )
    return said
