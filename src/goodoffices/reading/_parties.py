"""Parties, factions and constituencies of a draft."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Container, Iterator, Mapping

from goodoffices.case.model import Constituency, Demand, Faction, Party
from goodoffices.reading._board import Board
from goodoffices.reading._cast import Cast
from goodoffices.reading._evidence import Evidence
from goodoffices.reading._words import free, slug, tidy
from goodoffices.reading.findings import Named, Role, Statement
from goodoffices.reading.merged import MergedClaim, Reading
from goodoffices.reading.names import key as same

__all__ = ["add_cast", "found_cast", "said_or_told_of"]

MOST_ALIASES = 8

_REFUSING = frozenset(("red line", "precondition", "reject", "concede"))
"""Types of statement that only somebody with a stake makes."""
_ADDRESSED = frozenset(("demand", "red line", "precondition"))
"""Types of statement whose addressee must do something."""
_OFFERING = frozenset(("offer", "request", "promise", "consult"))
_BETWEEN = re.compile(
    r"\b(?:host|mediat|broker|facilitat|monitor|observer|convene|good offices|meeting|conference)",
    re.IGNORECASE,
)
"""What somebody between the parties offers."""


def add_cast(board: Board, reading: Reading) -> Cast:
    """Find out who is who; add whoever the case lacks and a claim speaks of.

    Where the documents do not say a party's role, its claims may show it; else it is a bystander.
    Persons become no part of the case: they speak for their party.
    """
    cast = Cast(board.case)
    names = {each.named.id: each.named for each in reading.names}
    used, roles = _used(reading, names), _roles(reading, names)
    cast.words = {key: tidy(named.name) for key, named in names.items()}
    for kind in ("party", "faction", "constituency"):
        for key, named in names.items():
            if named.kind == kind:
                known = cast.known(named)
                if known is None and key in used:
                    known = _added(board, cast, named, roles)
                if known is not None:
                    cast.ids[key] = known
                    cast.called.setdefault((kind, same(tidy(named.name))), known)
                if not named.heard:
                    cast.unheard.add(key)
    for named in names.values():
        if named.kind == "person":
            cast.person(named)
    return cast


def found_cast(board: Board, reading: Reading, cast: Cast, evidence: Evidence) -> None:
    """Let each party and group that was added rest on the drafted claims that speak of it.

    Whoever is in opinion only, or in words that a person has confirmed already, is taken out again:
    the claims then say the name in words.
    """
    telling: dict[str, list[int]] = {}
    for index, claim in enumerate(reading.claims):
        for name in said_or_told_of(claim.statement):
            actor = cast.actor(name)
            if actor is not None:
                telling.setdefault(actor, []).append(index)

    def because(key: str) -> tuple[str, ...]:
        return evidence.proposing(board, telling.get(key, ()), 3)

    gone: dict[str, str] = {}
    for key, party in list(board.case.parties.items()):
        old = board.before.parties.get(key)
        for section in ("factions", "constituencies"):
            known = getattr(old, section) if old is not None else {}
            party = _with_groups(party, section, known, because, gone)
        if old is None:
            party = party.model_copy(update={"because": because(key)})
            if not (party.because or party.factions or party.constituencies):
                gone[key] = party.name
        board.case.parties[key] = party
    board.take_out(gone)
    cast.forget(gone)


def _with_groups(
    party: Party,
    section: str,
    known: Container[str],
    because: Callable[[str], tuple[str, ...]],
    gone: dict[str, str],
) -> Party:
    """Return a party with those of its new groups that rest on something; note which don't."""
    groups: dict[str, Faction | Constituency] = dict(getattr(party, section))
    for key, group in list(groups.items()):
        if key in known:
            continue
        claims = because(key)
        if not claims:
            gone[key] = groups.pop(key).name
        elif isinstance(group, Constituency):
            groups[key] = group.model_copy(update={"because": claims})
    same = groups == getattr(party, section)
    return party if same else party.model_copy(update={section: groups})


def said_or_told_of(statement: Statement) -> Iterator[str]:
    """Yield every name that a statement uses, in any part."""
    yield from statement.speakers
    yield from statement.about
    happening = statement.happening
    others = (statement.addressee, happening and happening.actor, happening and happening.target)
    yield from (name for name in others if name)


def _used(reading: Reading, names: Mapping[str, Named]) -> set[str]:
    """Return the names that a claim speaks of, and whose side they are on."""
    found = {name for claim in reading.claims for name in said_or_told_of(claim.statement)}
    return _with_homes(found, names)


def _roles(reading: Reading, names: Mapping[str, Named]) -> dict[str, Role]:
    """Return the roles that the claims show, for parties whose role the documents don't say.

    Whoever refuses or sets conditions, or must do what others demand, is a principal. Of the rest,
    whoever offers talks or monitors and takes nobody's side is a mediator, and whoever demands
    something a principal; so is whoever offers something and is one to the engine. Appeals and
    threats alone show no role.
    """
    signs: defaultdict[str, set[str]] = defaultdict(set)
    for claim in reading.claims:
        given = claim.statement
        if given.voice == "opinion" or given.class_ == "opinion":
            continue
        for speaker in _with_homes(set(given.speakers[-1:]), names):
            signs[speaker].add(_sign(reading, claim))
        if given.type in _ADDRESSED and given.addressee is not None:
            for addressed in _with_homes({given.addressee}, names):
                signs[addressed].add("stake")
    found: dict[str, Role] = {}
    for name, shown in signs.items():
        if name not in names:
            continue
        if "stake" in shown:
            found[name] = "principal"
        elif "between" in shown and "side" not in shown:
            found[name] = "mediator"
        elif "demand" in shown or ("offer" in shown and names[name].role == "principal"):
            found[name] = "principal"
    return found


def _sign(reading: Reading, claim: MergedClaim) -> str:
    """Return what a claim shows of who makes it."""
    given, words = claim.statement, claim.places[0]
    if given.type == "precondition" and (words.document, words.sentence) in reading.threatening:
        return "other"
    if given.type in _REFUSING:
        return "stake"
    quote = words.span.of(reading.documents[words.document].text)
    if given.type in _OFFERING and _BETWEEN.search(quote):
        return "between"
    return {"demand": "demand", "offer": "offer", "support": "side"}.get(given.type, "other")


def _with_homes(found: set[str], names: Mapping[str, Named]) -> set[str]:
    """Add whose side each is on."""
    waiting = list(found)
    while waiting:
        named = names.get(waiting.pop())
        if named is not None and named.of is not None and named.of not in found:
            found.add(named.of)
            waiting.append(named.of)
    return found


def _added(board: Board, cast: Cast, named: Named, roles: Mapping[str, Role]) -> str | None:
    """Add a party or a group to the case; return its id, or None where it has no place there."""
    name = tidy(named.name)
    if not name:
        return None
    key = board.subject(name)
    if named.kind == "party":
        return key if _party(board, named, name, key, roles) else None
    home = cast.ids.get(named.of or "")
    if home not in board.case.parties:
        return None
    kind = Faction if named.kind == "faction" else Constituency
    return key if board.add_group(home, key, kind(name=name, status="draft")) else None


def _party(board: Board, named: Named, name: str, key: str, roles: Mapping[str, Role]) -> bool:
    role = named.role or roles.get(named.id, "bystander")
    if named.role == "principal":
        # An engine says so of whoever wants something at all.
        role = roles.get(named.id, "bystander")
    aliases = tuple(dict.fromkeys(filter(None, map(tidy, named.aliases))))[:MOST_ALIASES]
    part = Party(name=name, role=role, aliases=aliases, status="draft")
    if not board.add("parties", key, part):
        return False
    if part.signs:
        walk_away = Demand(
            by=key,
            kind="walk-away",
            name=f"{name}: what it has without an agreement",
            assumed="reading: what it is worth, no document says",
            status="draft",
        )
        board.add("demands", free(slug(f"{key} walk away"), board.case.demands), walk_away)
    return True
