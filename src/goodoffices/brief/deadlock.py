"""Question 7: why nobody moves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from goodoffices.brief.elements import Element, Rich, el, join, link, plain
from goodoffices.brief.material import Subject, chance_and_spread, computed
from goodoffices.brief.tables import Row, Table
from goodoffices.brief.text import count, counted, visible
from goodoffices.moves.results import (
    EquilibriumReport,
    Move,
    MovesReport,
    ShareReport,
    TemptationReport,
)
from goodoffices.moves.stability import Concept
from goodoffices.moves.telling import behind
from goodoffices.moves.words import GLOSSES, MEANINGS, standing

__all__ = [
    "Deadlock",
    "explain",
    "gloss",
    "said",
    "tabulate_equilibria",
    "tabulate_leaving",
    "tabulate_shares",
    "verdict",
]

MOST_STATES = 4
"""So many named states are looked at beside the status quo."""
MOST_TEMPTED = 8
MOST_RESTS = 6
MOST_SHARES = 6
SURE = 0.02
"""A share nearer to none or all than this hardly varies."""
SHOWN = (Concept.NASH, Concept.SEQ, Concept.GMR)
"""The concepts whose shares of draws are shown: the ends of the scale and its middle."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Deadlock(Subject):
    """A case and what the moves lens says of it."""

    report: MovesReport
    numbers: Mapping[str, int]
    """States of the drawing and its table, by their patterns."""
    labels: Mapping[str, str]
    drawn: int
    """How many of the numbered states are drawn: the first ones."""

    def state(self, pattern: str) -> Rich:
        """Name a state, and lead to its row in the table of states."""
        told = said(self.labels.get(pattern, pattern))
        if pattern not in self.numbers:
            return told
        number = str(self.numbers[pattern])
        return (*told, " (", link(f"st-{number}", number, class_="mark-s"), ")")

    def number(self, pattern: str) -> Rich:
        """Show a state by its number alone; one without a number in words."""
        return self.state(pattern)[-2:-1] if pattern in self.numbers else self.state(pattern)

    def doing(self, move: Move, take: str = "taking", drop: str = "dropping") -> Rich:
        """Name a move as what somebody may be doing: taking “Withdraw”, moving to “Truce”."""
        if self.naming.moves.arcs:
            going = "moves to " if take == "takes" else "moving to "
            return (going, *self.naming.act(move.target))
        parts: list[Rich] = []
        for verb, options in ((take, move.takes), (drop, move.drops)):
            if options:
                parts.append(
                    (f"{verb} ", *join([self.naming.act(k) for k in options], last=" and "))
                )
        # Within states that are one state, a move may change nothing that its mover decides.
        return join(parts, last=" and ") or (f"{take} another course",)

    def steps(self, path: Sequence[Move]) -> Rich:
        """Name moves one after the other: North takes “a”, then South drops “b”."""
        told = [
            (self.naming.actor(move.by), " ", *self.doing(move, "takes", "drops")) for move in path
        ]
        return join(told, between=", then ")

    def refs(self, paths: Iterable[str]) -> Rich:
        """Link to what some parts of the case rest on, each once.

        A preference and an option stand for all that they rest on themselves: their labels, P1 and
        M1, lead to the rows that say it.
        """
        found: dict[str, Element] = {}
        for path in paths:
            label = self.label(path)
            links = (label,) if label is not None else self.evidence.refs(path)
            for part in links:
                if not isinstance(part, str):
                    # One assumption has a place for every part that rests on it.
                    found.setdefault(plain((part,)), part)
        return join([(part,) for part in found.values()], between=" ")

    def label(self, path: str) -> Element | None:
        """Return the short label of a preference or an option, as a link to its row."""
        for letter, kind, keys in (
            ("P", "preferences", list(self.naming.moves.preferences)),
            ("M", "options", list(self.naming.moves.options)),
            ("M", "arcs", list(self.naming.moves.arcs)),
        ):
            key = path.removeprefix(f"moves.{kind}.")
            if key in keys:
                number = keys.index(key) + 1
                return link(f"{letter.lower()}m-{key}", f"{letter}{number}", class_="mark-c")
        return None

    def standing(self, path: Sequence[Move]) -> Rich:
        """Say how firmly the state would hold in which a path ends, or who would leave it."""
        end = self.report.state(path[-1].target)
        # Names run from left to right as a whole, whatever their script.
        return ("; the state where it ends is ", *said(standing(end, self.case.name_of)))

    def behind(self, *moves: Move) -> Rich:
        """Link to what moves rest on: who prefers what, and the options themselves."""
        paths: dict[str, None] = {}
        for move in moves:
            paths.setdefault(f"moves.preferences.{move.by}")
            paths |= dict.fromkeys(behind(self.naming.moves, move))
        return self.refs(paths)


def said(text: str) -> Rich:
    """Show a sentence that holds names of the case; as a whole it runs from left to right."""
    return (el("bdi", visible(text), dir="ltr"),)


def explain(deadlock: Deadlock) -> Rich:
    """Say why the status quo holds, or does not, each sentence with what it rests on."""
    told: list[Rich] = []
    known: Rich = ()
    for one in deadlock.report.why:
        refs = deadlock.refs(one.paths)
        # Sentences in a row that rest on the same say so once, after the last of them.
        if told and refs == known:
            told[-1] = told[-1][: -len(refs) - 2]
            told[-1] = (*told[-1], ".")
        told.append((*said(one.text.removesuffix(".")), " ", *refs, "."))
        known = refs
    return join(told, between=" ")


def verdict(deadlock: Deadlock) -> Rich:
    """Say in one sentence whether the status quo holds, and what bars the way from it."""
    last = deadlock.report.why[-1].text.removeprefix("So ").removesuffix(".")
    return (*said(last[:1].upper() + last[1:]), ".")


def gloss(concepts: Sequence[Concept]) -> str:
    """Return in words how firmly everybody would stay."""
    return GLOSSES[concepts[0]] if concepts else "not stable"


def tabulate_leaving(deadlock: Deadlock) -> Table:
    """List who would gain by leaving the status quo and named states, and what deters them."""
    report = deadlock.report
    named = dict.fromkeys(state for one in report.named for state in one.listed[:1])
    wanted = list(dict.fromkeys([report.status_quo, *named]))[: MOST_STATES + 1]
    by_state = {one.state: one for one in report.leaving}
    rows: list[Row] = []
    hidden = 0
    for pattern in wanted:
        one = by_state[pattern]
        state = deadlock.state(pattern)
        best = {t.move.by: t for t in reversed(one.temptations)}
        listed = one.temptations[:MOST_TEMPTED] if pattern == report.status_quo else best.values()
        shown = [t for t in one.temptations if t in listed]
        hidden += one.more + len(one.temptations) - len(shown)
        rows += [Row(cells=(state, *_temptation(deadlock, t))) for t in shown]
        if not shown:
            stay = (
                ("nobody, by a move of their own",),
                ("–",),
                deadlock.refs(f"moves.preferences.{key}" for key in report.decision_makers),
            )
            rows.append(Row(cells=(state, *stay)))
    more: Rich = (
        computed("moves", count(hidden)),
        " more moves that pay are in the table of states.",
    )
    return Table(
        anchor="leaving",
        stacks=True,
        caption=("Who would want to leave, and what deters them",),
        columns=(("From",), ("Who would gain, and how",), ("What deters it",), ("Rests on",)),
        rows=tuple(rows),
        more=more if hidden else (),
    )


def _temptation(deadlock: Deadlock, one: TemptationReport) -> tuple[Rich, Rich, Rich]:
    how: Rich = (deadlock.naming.actor(one.move.by), ", by ", *deadlock.doing(one.move))
    if one.move.harm:
        how = (*how, " ", el("span", "▲ a risk: adds harm", class_="flag alone"))
    return how, _deterrent(deadlock, one), deadlock.behind(one.move, *one.answer)


def _deterrent(deadlock: Deadlock, one: TemptationReport) -> Rich:
    if one.deterred == "no":
        return (el("strong", "nothing"), ": nobody can take the gain back")
    strength = ("firmly: ", "; pays whoever does it")
    if one.deterred == "possibly":
        strength = ("weakly: ", "; need not pay whoever does it")
    return (el("strong", strength[0]), *deadlock.steps(one.answer), strength[1])


def tabulate_equilibria(deadlock: Deadlock) -> Table | None:
    """List where the conflict could rest, the firmest and nearest first."""
    found = deadlock.report.equilibria
    shown = found.listed[:MOST_RESTS]
    if not shown:
        return None
    used = dict.fromkeys(one.concepts[0] for one in shown)
    more: list[Rich] = [
        (f"{GLOSSES[c][:1].upper()}{GLOSSES[c][1:]}: {MEANINGS[c]}.",) for c in used
    ]
    if found.total > len(shown):
        more.append(("Not shown: ", computed("rest", count(found.total - len(shown))), " more."))
    return Table(
        anchor="equilibria",
        stacks=True,
        caption=("Where it could come to rest (equilibria: everybody would stay)",),
        columns=(
            ("State",),
            ("How firmly",),
            ("From the status quo",),
            ("Worse for none, better for some",),
        ),
        rows=tuple(_equilibrium(deadlock, one) for one in shown),
        more=join(more, between=" "),
    )


def _equilibrium(deadlock: Deadlock, one: EquilibriumReport) -> Row:
    known = set(deadlock.report.state(one.state).harm)
    # A state that adds harm is never set above another, whoever might prefer it.
    above = [s for s in one.dominated_by if known.issuperset(deadlock.report.state(s).harm)]
    better = join([deadlock.number(state) for state in above[:4]], last=" and ")
    way = _arrival(deadlock, one)
    return Row(cells=(deadlock.state(one.state), (gloss(one.concepts),), way, better or ("–",)))


def _arrival(deadlock: Deadlock, one: EquilibriumReport) -> Rich:
    if one.state == deadlock.report.status_quo:
        return ("is the status quo",)
    path = one.improvements if one.improvements is not None else one.moves
    if path is None:
        return ("no way leads there",)
    number = computed("rest", counted(len(path)))
    moves = "move" if len(path) == 1 else "moves"
    pays = "which pays" if len(path) == 1 else "each of which pays"
    if one.improvements is None:
        pays = "which does not pay" if len(path) == 1 else "not all of which pay"
    risk: Rich = (" ", el("span", "▲ a risk: through harm", class_="flag alone"))
    through = any(move.harm for move in path)
    return (number, f" {moves}, {pays}", *(risk if through else ()))


def tabulate_shares(deadlock: Deadlock) -> Table | None:
    """Say how often each named state is an equilibrium when preferences are uncertain."""
    if not deadlock.report.shares:
        return None
    rows, shares = [], deadlock.report.shares
    clear = [one for one in shares if _varies(one) or one.named in (None, deadlock.report.target)]
    for one in clear[:MOST_SHARES]:
        name: Rich = ("The status quo",) if one.named is None else deadlock.naming.act(one.named)
        cells = [chance_and_spread("shares", one.shares[concept]) for concept in SHOWN]
        rows.append(Row(cells=(name, *cells)))
    left = len(shares) - len(rows)
    return Table(
        anchor="shares",
        stacks=True,
        caption=("How sure: in so many draws of the uncertain preferences it is an equilibrium",),
        columns=(("",), *((GLOSSES[concept],) for concept in SHOWN)),
        rows=tuple(rows),
        more=("Not shown: ", computed("shares", count(left)), " more.") if left else (),
    )


def _varies(one: ShareReport) -> bool:
    """Whether the draws disagree on how firmly a state holds."""
    return any(SURE < one.shares[concept].value < 1 - SURE for concept in SHOWN)
