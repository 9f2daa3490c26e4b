"""What the parts of a case are called on the page: ids and paths turned into words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from goodoffices.brief.conditions import in_words
from goodoffices.brief.elements import Element, Rich, bdi, el, join, link
from goodoffices.brief.places import in_outlook
from goodoffices.brief.text import clipped, visible
from goodoffices.case.model import Case, Demand, Picks
from goodoffices.case.moves import Moves
from goodoffices.case.options import select
from goodoffices.case.outlook import Outlook
from goodoffices.errors import QuantityError

__all__ = ["LONG", "Naming", "long_texts"]

_NAMES = frozenset({"name", "title", "unit", "speaker"})
LONG = 160
"""A name longer than this is cut where it is used, and shown in full once."""


def long_texts(*cases: Case) -> dict[str, str]:
    """Return every name that is too long to stand in a sentence, and an anchor for it."""
    found: dict[str, str] = {}

    def walk(node: object, field: str = "") -> None:
        if isinstance(node, str):
            if field in _NAMES and len(visible(node)) > LONG:
                found.setdefault(visible(node), f"full-{len(found) + 1}")
        elif isinstance(node, dict):
            for name, child in node.items():
                walk(child, name)

    for case in cases:
        walk(case.model_dump())
    return found


@dataclass(frozen=True, kw_only=True, slots=True)
class Naming:
    """Writes the parts of a case in words."""

    case: Case
    full: Mapping[str, str]
    """Long text to the anchor where it stands in full."""
    tabulated: bool = True
    """Whether the page has a table of the demands, to which their labels lead."""

    def text(self, raw: str) -> Element:
        """Show a text of the case, cut if it is long, with a link to all of it."""
        shown = visible(raw)
        if len(shown) <= LONG:
            return bdi(shown)
        cut = bdi(clipped(shown, LONG - 40))
        anchor = self.full.get(shown)
        return link(anchor, cut, class_="cut") if anchor else cut

    def actor(self, key: str) -> Element:
        """Name a party, faction or constituency; or whoever else spoke, in the case's words."""
        return self.text(self.case.name_of(key))

    def actors(self, keys: Iterable[str], last: str = " and ") -> Rich:
        """Name several, each once."""
        return join([(self.actor(key),) for key in dict.fromkeys(keys)], last=last)

    def owner(self, key: str) -> Rich:
        """Name a party, or a faction with its party."""
        home = self.case.party_of(key)
        if home == key:
            return (self.actor(key),)
        return (self.actor(key), " (", self.actor(home), ")")

    def issue(self, key: str) -> Element:
        """Name an issue."""
        issue = self.case.issues.get(key)
        return self.text(issue.name if issue else key)

    def option(self, issue: str, option: str) -> Element:
        """Name an option, or write a number with its unit."""
        known = self.case.issues.get(issue)
        if known is None or (known.options and option not in known.options):
            return self.text(option)
        return self.text(known.option_name(option))

    def demand_label(self, key: str) -> str:
        """Return the short label of a demand, D1, D2, ... in the case's order."""
        return f"D{list(self.case.demands).index(key) + 1}"

    def demand_link(self, key: str) -> Element:
        """Link a demand's short label to its row."""
        label = self.demand_label(key)
        if not self.tabulated:
            return el("span", label, class_="mark-d")
        return link(f"d-{key}", label, class_="mark-d")

    def demand(self, key: str) -> Rich:
        """Name a demand with its label: `D1 “Forces stay”`."""
        return (self.demand_link(key), " “", self.text(self.case.demands[key].name), "”")

    def choices(self, issue: str, choices: Iterable[str]) -> Rich:
        """Name the options that some words of the case pick."""
        known = self.case.issues.get(issue)
        parts: list[Rich] = []
        for choice in choices:
            if known is not None and known.options:
                parts.append(("“", self.option(issue, choice), "”"))
            elif known is not None and choice not in known.numbers:
                unit = f" {known.unit}" if known.unit else ""
                parts.append((self.text(choice.replace("..", " to ") + unit),))
            else:
                parts.append((self.option(issue, choice),))
        return join(parts, last=" or ")

    def picks(self, picks: Picks, between: str = "; ") -> Rich:
        """Name issues with the options picked for them."""
        items = [(self.issue(key), ": ", *self.choices(key, some)) for key, some in picks.items()]
        return join(items, between=between)

    def selected(self, issue: str, choices: Iterable[str]) -> tuple[str, ...]:
        """Return the option ids that choices pick; none where they can't be read."""
        try:
            return select(self.case.issues[issue], choices)
        except (QuantityError, KeyError):
            return ()

    @property
    def moves(self) -> Moves:
        """Return the case's moves; empty ones where it has none."""
        return self.case.moves if self.case.moves is not None else Moves(options={})

    @property
    def outlook(self) -> Outlook:
        """Return what the case says of time; an empty one where it says nothing."""
        return self.case.outlook if self.case.outlook is not None else Outlook()

    def risk(self, key: str) -> Rich:
        """Name what may come first, or `open`: that nothing has."""
        known = self.outlook.risks.get(key)
        named = {"open": "nothing of that", "accepted": "all accept", "refused": "a refusal"}
        return ("“", self.text(known.name), "”") if known else (named.get(key, key),)

    def act(self, key: str) -> Rich:
        """Name an option of a decision maker, or a named state, in quotes."""
        known = self.moves.options.get(key) or self.moves.states.get(key)
        return ("“", self.text(known.name if known is not None else key), "”")

    def path(self, path: str) -> Rich:
        """Say in words which number of the case stands at a path."""
        if path == "text_agreed":
            return ("Share of the text that is agreed",)
        head, *rest = path.split(".")
        say = _WORDS.get(head)
        if say is None or not rest:
            return (bdi(path),)
        try:
            return say(self, rest)
        except (KeyError, IndexError, ValueError):
            return (bdi(path),)


def _demand(naming: Naming, rest: list[str]) -> Rich:
    key = rest[0]
    given: Demand = naming.case.demands[key]
    who = naming.actor(given.by)
    if rest[1:] == ["value"]:
        return ("What no agreement is worth to ", who)
    if rest[1:] == ["firmness"]:
        return ("Whether ", *naming.demand(key), " binds ", who)
    return (who, ": ", *naming.demand(key))


def _position(naming: Naming, rest: list[str]) -> Rich:
    who, issue = naming.actor(rest[0]), naming.issue(rest[1])
    if rest[2:3] == ["weight"]:
        return ("Weight of “", issue, "” for ", who)
    if rest[2:3] == ["values"]:
        option = naming.option(rest[1], ".".join(rest[3:]))
        return ("Value of “", option, "” to ", who, " (", issue, ")")
    return (who, " on “", issue, "”")


def _linkage(naming: Naming, rest: list[str]) -> Rich:
    when = naming.picks(naming.case.linkages[rest[0]].when, between=" and ")
    if rest[1:2] == ["bonus"]:
        return ("Bonus to ", naming.actor(rest[2]), " if ", *when)
    return ("Tie: if ", *when)


def _promise(naming: Naming, rest: list[str]) -> Rich:
    promise = naming.case.promises[rest[0]]
    said: Rich = (
        naming.actor(promise.by),
        " keeps its promise (",
        *naming.picks(promise.delivers),
        ")",
    )
    if rest[1:3] == ["guarantee", "kept"] and promise.guarantee is not None:
        option = naming.option(promise.guarantee.issue, ".".join(rest[3:]))
        return ("Whether ", *said, " under “", option, "”")
    return ("Whether ", *said) if rest[1:] else said


def _trust(naming: Naming, rest: list[str]) -> Rich:
    trust = naming.case.trust[rest[0]]
    return (
        "Trust of ",
        naming.actor(trust.who),
        " that ",
        naming.actor(trust.whom),
        " keeps its word",
    )


def _party(naming: Naming, rest: list[str]) -> Rich:
    if rest[1:2] == ["constituencies"]:
        return (naming.actor(rest[2]), " (", naming.actor(rest[0]), ")")
    return (naming.actor(rest[0]),)


def _named(what: str, part: Callable[[Case, str], str]) -> Callable[[Naming, list[str]], Rich]:
    def say(naming: Naming, rest: list[str]) -> Rich:
        return (f"{what} “", naming.text(part(naming.case, rest[0])), "”")

    return say


def _moves(naming: Naming, rest: list[str]) -> Rich:
    kind, key = rest[0], rest[1]
    if kind == "options":
        return (
            "What ",
            naming.actor(naming.moves.options[key].by),
            " could do: ",
            *naming.act(key),
        )
    if kind in ("preferences", "arcs"):
        return ("What ", naming.actor(key), " prefers" if kind == "preferences" else " could do")
    return ("Rule: ", *in_words(naming.moves.rules[key].holds, naming))


_WORDS: dict[str, Callable[[Naming, list[str]], Rich]] = {
    "demands": _demand,
    "positions": _position,
    "linkages": _linkage,
    "promises": _promise,
    "trust": _trust,
    "parties": _party,
    "issues": _named("Issue", lambda case, key: case.issues[key].name),
    "interests": _named("Interest", lambda case, key: case.interests[key].name),
    "packages": _named("Package", lambda case, key: case.packages[key].name),
    "moves": _moves,
    "outlook": in_outlook,
    "scenarios": _named("Scenario", lambda case, key: case.scenarios[key].name),
}
