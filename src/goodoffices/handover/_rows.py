"""Tables that the Word brief has in a shorter form than the HTML brief."""

from __future__ import annotations

from goodoffices.brief import background
from goodoffices.brief.elements import Rich, join
from goodoffices.brief.material import Material, Subject
from goodoffices.brief.tables import Row, Table
from goodoffices.case.model import Party

__all__ = ["tabulate_actors", "tabulate_demands", "tabulate_issues"]

MOST_OPTIONS = 6
MOST_ACTORS, MOST_ISSUES, MOST_DEMANDS = 12, 14, 14
"""So many rows fit into four pages; how many more there are is said below a table."""


def tabulate_actors(subject: Subject) -> Table:
    """List the parties: role, groups inside, interests, what they do without an agreement."""
    parties = subject.case.parties
    known = [key for key, party in parties.items() if _is_known(subject, key, party)]
    rows = tuple(
        Row(
            cells=(
                (subject.naming.actor(key), f" ({parties[key].role})"),
                _inside(subject, parties[key]),
                _interests(subject, key, parties[key]),
                _alternative(subject, parties[key]),
                subject.evidence.refs(f"parties.{key}"),
            )
        )
        for key in known[:MOST_ACTORS]
    )
    heads = ("Actor", "Inside it", "Interests", "Without an agreement", "Rests on")
    return Table(
        anchor="actors",
        caption=("Who is at the table, or near it",),
        columns=tuple((head,) for head in heads),
        rows=rows,
        more=_others(subject, [key for key in parties if key not in known[:MOST_ACTORS]]),
    )


def _is_known(subject: Subject, key: str, party: Party) -> bool:
    """Whether more is known of a party than its name; who must accept is always shown."""
    named = party.factions or party.constituencies or party.alternative
    held = any(interest.of == key for interest in subject.case.interests.values())
    return party.signs or bool(named) or held


def _others(subject: Subject, keys: list[str]) -> Rich:
    if not keys:
        return ()
    said: list[Rich] = [
        (
            subject.naming.actor(key),
            f" ({subject.case.parties[key].role}) ",
            *subject.evidence.refs(f"parties.{key}"),
        )
        for key in keys[: 2 * MOST_ACTORS]
    ]
    more = len(keys) - len(said)
    return ("Also named: ", *join(said), f", and {more} more." if more else ".")


def _alternative(subject: Subject, party: Party) -> Rich:
    return (subject.naming.text(party.alternative) if party.alternative else "not known",)


def _inside(subject: Subject, party: Party) -> Rich:
    naming, said = subject.naming, list[Rich]()
    for key, faction in party.factions.items():
        said.append((naming.actor(key), " (can veto)" if faction.veto else ""))
    for key, group in party.constituencies.items():
        issues: Rich = join([(naming.issue(issue),) for issue in group.wants])
        said.append((naming.actor(key), *((" (on: ", *issues, ")") if group.wants else ())))
    return join(said, between="; ") or ("nothing known",)


def _interests(subject: Subject, key: str, party: Party) -> Rich:
    inside = {key, *party.factions}
    said: list[Rich] = [
        (subject.naming.text(interest.name), " ", *subject.evidence.refs(f"interests.{name}"))
        for name, interest in subject.case.interests.items()
        if interest.of in inside
    ]
    return join(said, between="; ") or ("not known",)


def tabulate_issues(material: Material) -> Table:
    """List the issues: what can be chosen, and for each signatory its weight and what it asks."""
    parties = material.case.signatories
    rows = tuple(
        Row(
            cells=(
                (material.naming.issue(key), " ", *material.evidence.refs(f"issues.{key}")),
                _options(material, key),
                *(_stance(material, party, key) for party in parties),
            )
        )
        for key in _weightiest(material)
    )
    hidden = len(material.case.issues) - len(rows)
    heads: list[Rich] = [("Issue",), ("What can be chosen",)]
    heads += [(material.naming.actor(party),) for party in parties]
    return Table(
        anchor="issues",
        caption=("The issues; weights in per cent of what a party cares about",),
        columns=tuple(heads),
        rows=rows,
        more=(f"{hidden} more issues, which weigh less, are not shown.",) if hidden else (),
    )


def _weightiest(material: Material) -> list[str]:
    """Return the issues to show, in the case's order: those that weigh most for anybody."""
    case = material.case

    def weight(key: str) -> float:
        known = (case.position(party, key).weight for party in case.signatories)
        return max((w.central for w in known if w.shape != "unknown"), default=0.0)

    shown = set(sorted(case.issues, key=weight, reverse=True)[:MOST_ISSUES])
    return [key for key in case.issues if key in shown]


def _options(material: Material, key: str) -> Rich:
    issue, naming = material.case.issues[key], material.naming
    if issue.agreed is not None:
        return ("agreed: ", *naming.choices(key, (issue.agreed,)))
    if issue.range is not None:
        unit: Rich = (" ", naming.text(issue.unit)) if issue.unit else ()
        low, high = issue.bounds
        # The case says the range; what it rests on stands beside the issue's name.
        return (f"{low:g} to {high:g}", *unit)
    shown = [(naming.option(key, option),) for option in list(issue.options)[:MOST_OPTIONS]]
    more = len(issue.options) - len(shown)
    return (*join(shown, between="; "), f"; {more} more" if more > 0 else "")


def _stance(material: Material, party: str, key: str) -> Rich:
    position = material.case.positions.get(party, {}).get(key)
    if position is None:
        return ("not known",)
    path = f"positions.{party}.{key}"
    said: Rich = ("weight ", material.evidence.number(path, position.weight))
    if position.wants:
        said = (*said, "; asks for ", *material.naming.choices(key, position.wants))
    return (*said, " ", *material.evidence.refs(path))


def tabulate_demands(material: Material) -> Table:
    """List what can block, without the interest behind it."""
    full = background.tabulate_demands(material)
    kept = (0, 1, 2, 3, 4, 6)
    hidden = len(full.rows) - MOST_DEMANDS
    return Table(
        anchor=full.anchor,
        caption=full.caption,
        columns=tuple(full.columns[n] for n in kept),
        rows=tuple(
            Row(cells=tuple(row.cells[n] for n in kept)) for row in full.rows[:MOST_DEMANDS]
        ),
        more=(f"{hidden} more are not shown.",) if hidden > 0 else (),
    )
