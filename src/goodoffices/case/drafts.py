"""Drafts: what a program proposed, and no person has confirmed yet.

A draft stands in the case file with `status: draft`. No lens uses it; whoever wants to see what
would follow from it adopts the drafts by name (`goodoffices.case.adopt`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from goodoffices.case.basis import Basis
from goodoffices.case.model import Case, Claim, Faction, Source
from goodoffices.case.outlook import Outlook, Question

__all__ = [
    "Part",
    "confirmed",
    "count_drafts",
    "drafts_of",
    "ids_of",
    "rebased",
    "section_of",
    "settled",
    "told",
    "with_status",
    "without",
]

Part = Basis | Claim | Faction | Question
"""What a person may confirm."""


def drafts_of(case: Case) -> dict[str, Part]:
    """Return every draft of a case by its dotted path, in the order of the file.

    >>> from goodoffices.case import parse_case
    >>> case = parse_case('''
    ... {goodoffices: 1, title: Port, parties: {a: {name: A, role: principal, status: draft}}}''')
    >>> list(drafts_of(case))
    ['parties.a']
    """
    return dict(_walk(case, ""))


def settled(case: Case) -> Case:
    """Return the case without its drafts: what a lens may use. Without drafts, the case itself.

    Evidence that is a draft drops out of lists (`because`, `about`, `also`), as do wishes for
    options of an issue that is one, and a source that only drafts quote. Where a confirmed part
    cannot do without a draft (a demand by a party that is one), the reference stays, and `check`
    reports it.
    """
    return without(case, drafts_of(case))


def without(case: Case, paths: Collection[str]) -> Case:
    """Return the case without the parts at some dotted paths, and without what only they need."""
    if not paths:
        return case
    gone = frozenset(paths)
    kept = _pruned(case, "", gone)
    assert isinstance(kept, Case)
    return _unreferenced(case, kept, gone)


def confirmed(case: Case) -> Case:
    """Return the case with every draft taken as confirmed, whether it can be used or not."""
    found: Case = _confirmed(case)
    return found


def with_status(case: Case, paths: Collection[str]) -> Case:
    """Return the case with the drafts at these paths confirmed.

    A claim then needs no confidence of a program's any more.
    """
    chosen = set(paths)
    for path in drafts_of(case):
        if path in chosen:
            case = _confirmed_at(case, path.split("."))
    return case


def rebased(case: Case, old: str, new: str) -> Case:
    """Return the case in which everything that rests on one claim rests on another."""

    def change(node: Any) -> Any:
        changed: dict[str, Any] = {}
        if isinstance(node, Basis) and old in node.because:
            because = (new if claim == old else claim for claim in node.because)
            changed["because"] = tuple(dict.fromkeys(because))
        return _changed(node, change, changed)

    found: Case = change(case)
    return found


def count_drafts(case: Case) -> Mapping[str, int]:
    """Count the drafts by the section of the case that they stand in.

    >>> from goodoffices.case import parse_case
    >>> count_drafts(parse_case("{goodoffices: 1, title: Port}"))
    {}
    """
    found: dict[str, int] = {}
    for path in drafts_of(case):
        section = section_of(path)
        found[section] = found.get(section, 0) + 1
    return found


def told(waiting: int, used: int = 0, unusable: int = 0) -> str:
    """Say what a result makes of drafts; empty where there are none.

    >>> told(3)
    '3 drafts wait for a person, and are not used here.'
    >>> told(0, used=2, unusable=1)
    'Not confirmed by a person: 2 drafts are used here; 1 more cannot be used yet.'
    """
    if waiting:
        wait, are = ("draft waits", "is") if waiting == 1 else ("drafts wait", "are")
        return f"{waiting} {wait} for a person, and {are} not used here."
    if not (used or unusable):
        return ""
    are = "draft is" if used == 1 else "drafts are"
    rest = f"; {unusable} more cannot be used yet" if unusable else ""
    return f"Not confirmed by a person: {used} {are} used here{rest}."


def section_of(path: str) -> str:
    """Return the section that a dotted path lies in, by the name that people read.

    >>> section_of("parties.north.factions.guard"), section_of("outlook.events.strike")
    ('factions', 'events')
    """
    parts = path.split(".")
    if parts[0] == "outlook" and len(parts) > 1:
        return parts[1]
    return parts[2] if parts[0] == "parties" and len(parts) > 3 else parts[0]


def ids_of(paths: Collection[str]) -> frozenset[str]:
    """Return the ids that parts at dotted paths define; a position defines none."""
    return frozenset(path.rpartition(".")[2] for path in paths if not path.startswith("positions."))


def _walk(node: object, path: str) -> Iterator[tuple[str, Part]]:
    if isinstance(node, Part) and node.status == "draft":
        yield path, node
    if isinstance(node, BaseModel):
        items = [(name, getattr(node, name)) for name in type(node).model_fields]
    elif isinstance(node, dict):
        items = list(node.items())
    else:
        return
    for name, child in items:
        if isinstance(child, (BaseModel, dict)):
            yield from _walk(child, f"{path}.{name}" if path else str(name))


def _pruned(node: Any, path: str, gone: frozenset[str]) -> Any:
    """Return a node without the parts that go; the node itself where nothing does."""
    if isinstance(node, BaseModel):
        changed: dict[str, Any] = {}
        for name, info in type(node).model_fields.items():
            child, place = getattr(node, name), f"{path}.{name}" if path else name
            if place in gone:
                changed[name] = info.get_default(call_default_factory=True)
            elif isinstance(child, (BaseModel, dict)):
                kept = _pruned(child, place, gone)
                if kept is not child:
                    changed[name] = kept
        return node.model_copy(update=changed) if changed else node
    left: dict[Any, Any] = {}
    for name, child in node.items():
        place = f"{path}.{name}"
        if place in gone:
            continue
        kept = _pruned(child, place, gone) if isinstance(child, (BaseModel, dict)) else child
        # A row of positions that held nothing else goes with them.
        if kept is child or kept != {}:
            left[name] = kept
    same = len(left) == len(node) and all(left[name] is node[name] for name in left)
    return node if same else left


def _unreferenced(case: Case, kept: Case, paths: frozenset[str]) -> Case:
    """Take out what refers to parts that are gone, where the rest stands without it."""
    subjects = ids_of({path for path in paths if path.startswith(("parties.", "issues."))})
    evidence = ids_of({path for path in paths if path.startswith("claims.")})
    sources = _sources_left(case, kept, subjects)
    lost = case.sources.keys() - sources.keys()
    claims = {key: _claim_left(claim, subjects, lost) for key, claim in kept.claims.items()}
    changed: dict[str, Any] = {"sources": sources, "claims": claims}
    if kept.outlook == Outlook() and kept.outlook != case.outlook:
        changed["outlook"] = None
    if kept.moves is not None and kept.moves != case.moves and kept.moves == type(kept.moves)():
        changed["moves"] = None
    found: Case = _bases_left(kept.model_copy(update=changed), evidence, subjects)
    return found


def _sources_left(case: Case, kept: Case, subjects: frozenset[str]) -> dict[str, Source]:
    """Return the sources but those that were quoted, and are quoted no more."""
    before, after = _quoted(case), _quoted(kept)
    left = {key for key in case.sources if key in after or key not in before}
    return {
        key: _source_left(source, left, subjects)
        for key, source in case.sources.items()
        if key in left
    }


def _source_left(source: Source, left: Collection[str], subjects: frozenset[str]) -> Source:
    copy_of = source.copy_of if source.copy_of in left else None
    camp = tuple(name for name in source.camp if name not in subjects)
    if copy_of == source.copy_of and camp == source.camp:
        return source
    return source.model_copy(update={"copy_of": copy_of, "camp": camp})


def _quoted(case: Case) -> set[str | None]:
    return {
        source
        for claim in case.claims.values()
        for source in (claim.source, *(place.source for place in claim.also))
    }


def _claim_left(claim: Claim, gone: frozenset[str], lost: Collection[str]) -> Claim:
    about = tuple(name for name in claim.about if name not in gone)
    also = tuple(place for place in claim.also if place.source not in lost)
    if about == claim.about and also == claim.also:
        return claim
    return claim.model_copy(update={"about": about, "also": also})


_WISHES = ("served_by", "wants")


def _bases_left(node: Any, evidence: frozenset[str], subjects: frozenset[str]) -> Any:
    """Take ids that are gone out of `because`, and issues that are gone out of wishes."""
    changed: dict[str, Any] = {}
    if isinstance(node, Basis):
        if not evidence.isdisjoint(node.because):
            changed["because"] = tuple(claim for claim in node.because if claim not in evidence)
        for name in _WISHES:
            picks = getattr(node, name, None)
            if isinstance(picks, dict) and not subjects.isdisjoint(picks):
                changed[name] = _others(picks, subjects)
    return _changed(node, lambda child: _bases_left(child, evidence, subjects), changed)


def _others(picks: Mapping[str, Any], gone: frozenset[str]) -> dict[str, Any]:
    return {issue: choices for issue, choices in picks.items() if issue not in gone}


def _confirmed(node: Any) -> Any:
    """Return a node in which nothing is a draft; the node itself where nothing was."""
    return _changed(
        node,
        _confirmed,
        {"status": "confirmed"} if isinstance(node, Part) and node.status == "draft" else {},
    )


def _changed(node: Any, change: Callable[[Any], Any], changed: dict[str, Any]) -> Any:
    """Return a node with some fields changed, and all below it; the node itself if none is."""
    if isinstance(node, dict):
        found = {
            name: change(child) if isinstance(child, (BaseModel, dict)) else child
            for name, child in node.items()
        }
        return node if all(found[name] is node[name] for name in node) else found
    for name in type(node).model_fields:
        child = getattr(node, name)
        if name not in changed and isinstance(child, (BaseModel, dict)):
            kept = change(child)
            if kept is not child:
                changed[name] = kept
    return node.model_copy(update=changed) if changed else node


def _confirmed_at(node: Any, parts: list[str]) -> Any:
    """Return a node in which the part at a path is confirmed."""
    if not parts:
        update: dict[str, Any] = {"status": "confirmed"}
        if isinstance(node, Claim):
            update["confidence"] = None
        return node.model_copy(update=update)
    name, rest = parts[0], parts[1:]
    if isinstance(node, dict):
        return {**node, name: _confirmed_at(node[name], rest)}
    return node.model_copy(update={name: _confirmed_at(getattr(node, name), rest)})
