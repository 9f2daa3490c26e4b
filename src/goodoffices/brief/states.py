"""The states of question 7: which of them are drawn, how they are joined, and a table of all."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from goodoffices.brief.deadlock import Deadlock, gloss
from goodoffices.brief.elements import Element, Rich, join, link, plain
from goodoffices.brief.figures.graph import Arrow, Graph, Spot, draw_graph
from goodoffices.brief.material import Subject, computed
from goodoffices.brief.tables import Figure, Row, Table
from goodoffices.brief.text import count, visible
from goodoffices.moves.results import Move, MovesReport, TemptationReport
from goodoffices.moves.stability import Concept

__all__ = ["deadlock_of", "draw_moves"]

MOST_DRAWN = 40
"""Up to so many states, all are drawn; else those that matter most."""
MOST_KEY = 20
"""Of more states so many are drawn at most."""
MOST_ARROWS = 70
MOST_SIGNS = 24
"""Up to so many arrows, each carries its sign."""
MOST_ROWS = 64
MOST_TOLD = 6
"""So many moves from the status quo are told to those who don't see the drawing."""


def deadlock_of(subject: Subject, report: MovesReport) -> Deadlock:
    """Number the states, those that are drawn first."""
    drawn = _drawn(report)
    every = list(dict.fromkeys([*drawn, *(state.id for state in report.states)]))
    return Deadlock(
        case=subject.case,
        naming=subject.naming,
        evidence=subject.evidence,
        voices=subject.voices,
        report=report,
        numbers={pattern: n for n, pattern in enumerate(every[:MOST_ROWS], 1)},
        labels={state.id: state.label for state in report.states},
        drawn=len(drawn),
    )


def _drawn(report: MovesReport) -> list[str]:
    """Return the states to draw; the status quo first."""
    if report.states_total <= MOST_DRAWN:
        return list(dict.fromkeys([report.status_quo, *(state.id for state in report.states)]))
    return list(dict.fromkeys(_by_weight(report)))[:MOST_KEY]


def _by_weight(report: MovesReport) -> Iterator[str]:
    """Yield the status quo, named states, where the status quo leads, and equilibria."""
    yield report.status_quo
    for named in report.named:
        yield from named.listed[:1]
    for move in _central(report):
        yield from (move.source, move.target)
    for named in report.named:
        yield from named.listed[1:3]
    for one in report.equilibria.listed:
        yield one.state


def _central(report: MovesReport) -> Iterator[Move]:
    """Yield what explains the deadlock: each one's best way out, its answer, ways to the target."""
    best: dict[str, TemptationReport] = {}
    for one in report.leaving[0].temptations:
        best.setdefault(one.move.by, one)
    for one in best.values():
        yield one.move
        yield from one.answer
    if report.way is not None:
        yield from report.way.path or ()
        for step in report.way.first_steps[:2]:
            yield from (step.move, *step.path)


def draw_moves(deadlock: Deadlock) -> Figure:
    """Draw the states and the moves between them, with a table of the states."""
    report = deadlock.report
    shown = list(deadlock.numbers)[: deadlock.drawn]
    arrows, left = _arrows(report, shown)
    signs = _signs({key: plain((deadlock.naming.actor(key),)) for key in report.decision_makers})
    graph = Graph(
        spots=tuple(_spot(deadlock, pattern) for pattern in shown),
        arrows=tuple(arrows),
        makers=tuple(
            (signs[key], visible(deadlock.case.name_of(key))) for key in report.decision_makers
        ),
    )
    title = "States of the conflict, and the moves between them"
    drawing = draw_graph("fig-moves", title, _description(deadlock, shown), graph)
    return Figure(
        drawings=(drawing,),
        caption=_caption(deadlock, left),
        table=_table(deadlock),
    )


def _spot(deadlock: Deadlock, pattern: str) -> Spot:
    state = deadlock.report.state(pattern)
    # Of a name that many states share, only the nearest carries it.
    own = {one.id for one in deadlock.report.named if pattern in one.listed[:1] or one.total <= 2}
    names = [deadlock.naming.moves.states[key].name for key in state.named if key in own]
    if pattern == deadlock.report.status_quo:
        names.insert(0, "Status quo")
    return Spot(
        number=deadlock.numbers[pattern],
        name=": ".join(names[:2]),
        rests=bool(state.equilibrium),
        best=Concept.NASH in state.equilibrium,
        harm=bool(state.harm),
    )


def _arrows(report: MovesReport, shown: list[str]) -> tuple[list[Arrow], int]:
    """Return the arrows to draw, and how many moves that pay someone are left out.

    Those from the status quo and those that explain the deadlock stand in front; all, where they
    are few.
    """
    place = {pattern: n for n, pattern in enumerate(shown)}
    makers = {key: n for n, key in enumerate(report.decision_makers)}
    central = {_key(move): move for move in _central(report)}
    paying = {_key(one.move): one for told in report.leaving for one in told.temptations}
    inside = {key for key in (*paying, *central) if key[1] in place and key[2] in place}
    front = {key for key in inside if key in central or key[1] == report.status_quo}
    front |= inside if len(inside) <= MOST_SIGNS else set()
    drawn = [key for key in (*paying, *(k for k in central if k not in paying)) if key in inside]
    if len(drawn) > MOST_ARROWS:
        best = {key[:2]: key for key in reversed(drawn)}
        drawn = [key for key in drawn if key in front or best[key[:2]] == key]
    arrows = []
    for key in drawn:
        move = paying[key].move if key in paying else central[key]
        arrow = Arrow(
            source=place[move.source],
            target=place[move.target],
            by=makers[move.by],
            pays=move.gains,
            strong=key in front,
        )
        arrows.append(_deterred(arrow, paying[key], makers) if key in paying else arrow)
    return arrows, len(inside) - len(drawn)


def _deterred(arrow: Arrow, one: TemptationReport, makers: Mapping[str, int]) -> Arrow:
    return replace(
        arrow,
        bars={"no": 0, "possibly": 1, "credibly": 2}[one.deterred],
        by_whom=tuple(dict.fromkeys(makers[move.by] for move in one.answer)),
    )


def _key(move: Move) -> tuple[str, str, str]:
    return move.by, move.source, move.target


def _signs(names: Mapping[str, str]) -> dict[str, str]:
    """Return a short sign per decision maker: the first letters that tell their names apart.

    >>> _signs({"i": "Israel", "r": "Iran", "u": "The United States"})
    {'i': 'Is', 'r': 'Ir', 'u': 'Un'}
    """
    letters = {
        key: re.sub(r"[\W\d_]", "", re.sub(r"^\W*(the|a|an)\s", "", name, flags=re.IGNORECASE))
        for key, name in names.items()
    }
    for length in (1, 2, 3):
        cut = {key: name[:length].capitalize() for key, name in letters.items()}
        if len(set(cut.values())) == len(cut) and all(cut.values()):
            return cut
    return {key: f"P{n}" for n, key in enumerate(names, 1)}


def _description(deadlock: Deadlock, shown: Iterable[str]) -> str:
    report, total = deadlock.report, len(list(shown))
    told = [
        f"{deadlock.case.name_of(one.move.by)} would gain by moving to "
        f"{deadlock.numbers.get(one.move.target, 'a state not drawn')}, "
        + ("and nothing deters it" if one.deterred == "no" else "and others could answer it")
        for one in report.leaving[0].temptations[:MOST_TOLD]
    ]
    moves = "; ".join(map(visible, told)) or "nobody would gain by moving alone"
    return (
        f"{total} of {count(report.states_total)} states, numbered; 1 is the status quo. "
        f"From it, {moves}. The table below has every state that is shown."
    )


def _caption(deadlock: Deadlock, left: int) -> Rich:
    report, drawn = deadlock.report, deadlock.drawn
    said: Rich = (
        "Drawn: ",
        computed("moves", count(drawn)),
        " of ",
        computed("moves", count(report.states_total)),
        " states. ",
    )
    if drawn < report.states_total:
        kept = "the status quo, named states, where the best moves and their answers lead, and "
        said = (*said, f"Kept are {kept}the first of those where everybody would stay. ")
    if left:
        said = (
            *said,
            computed("moves", count(left)),
            " moves that pay are not drawn: from each state only the best one of each. ",
        )
    return said


def _table(deadlock: Deadlock) -> Table:
    report = deadlock.report
    leaving = {one.state: one for one in report.leaving}
    rows = []
    for pattern, number in deadlock.numbers.items():
        state = report.state(pattern)
        label: Rich = deadlock.state(pattern)[:1]
        places = [
            (deadlock.naming.actor(key), " ", computed("moves", str(place)))
            for key, place in state.place.items()
        ]
        told = leaving.get(pattern)
        out: Rich = ("not told",)
        if told is not None:
            out = join([_exit(deadlock, one) for one in told.temptations[:8]]) or ("nobody",)
        rows.append(
            Row(
                cells=((str(number),), label, join(places), out, (gloss(state.equilibrium),)),
                anchor=f"st-{number}",
            )
        )
    hidden = max(len(report.states), report.states_total) - len(rows)
    return Table(
        anchor="states",
        stacks=True,
        caption=("States and who would leave them",),
        columns=(
            ("No.",),
            ("State",),
            ("Place in each one’s order, from the best",),
            ("Who would gain by leaving, to which state",),
            ("Would everybody stay?",),
        ),
        rows=tuple(rows),
        more=(computed("moves", count(hidden)), " more states are not listed.") if hidden else (),
    )


def _exit(deadlock: Deadlock, one: TemptationReport) -> Rich:
    goal = deadlock.numbers.get(one.move.target)
    to: str | Element = (
        "another" if goal is None else link(f"st-{goal}", str(goal), class_="mark-s")
    )
    deterred = {"no": "", "possibly": ", weakly deterred", "credibly": ", firmly deterred"}
    return (deadlock.naming.actor(one.move.by), " to ", to, deterred[one.deterred])
