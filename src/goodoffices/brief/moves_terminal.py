"""A moves result as text for a terminal: why nobody moves, then what could change that."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rich.console import Group, RenderableType
from rich.text import Text

from goodoffices.brief.terminal_parts import header, section, table
from goodoffices.brief.text import number_of
from goodoffices.case.model import Case
from goodoffices.case.scenario import apply_scenario
from goodoffices.deals.share import Share, words
from goodoffices.errors import clip
from goodoffices.moves.results import (
    ChangeReport,
    CoalitionReport,
    EquilibriumReport,
    LeavingReport,
    MovesReport,
    Risk,
    Sentence,
    TemptationReport,
    WayReport,
)
from goodoffices.moves.stability import Concept
from goodoffices.moves.words import (
    GLOSSES,
    MEANINGS,
    doing,
    joined,
    option_name,
    standing,
    steps,
)

__all__ = ["moves_summary"]

MOST = 8
"""Lists stop after so many rows and say how many there are."""
WIDTH = 70
"""Names from a case are cut to so many characters."""
SHOWN = (Concept.NASH, Concept.SEQ, Concept.GMR)
"""The concepts whose shares of draws are shown."""


def moves_summary(case: Case, result: MovesReport) -> RenderableType:
    """Return what `goodoffices moves` prints.

    The status quo and why it holds, who would want to leave and what deters them, equilibria,
    what would have to change, groups, risks.
    """
    subject = case if result.scenario is None else apply_scenario(case, result.scenario)
    summary = _Summary(subject, result)
    return Group(
        *header(case, result.scenario),
        *section("Why nobody moves, or who would", summary.why()),
        *section("Who would want to leave, and what deters them", summary.leaving()),
        *section("Where it could rest: equilibria, the firmest first", summary.equilibria()),
        *(section(f"The way to {summary.target}", summary.way()) if result.way else ()),
        *(section("What would have to change", summary.changes()) if result.changes else ()),
        *section("Who could leave together", summary.coalitions(result.coalitions)),
        *(section("What could be done that adds harm", summary.risks()) if result.risks else ()),
        *(section("How sure", summary.shares()) if result.shares else ()),
        *section("How this was obtained", [Text(_obtained(result))]),
    )


class _Summary:
    """The parts of the summary, with the words for what the result names by id."""

    def __init__(self, case: Case, result: MovesReport) -> None:
        self.case, self.result = case, result
        self.labels: Mapping[str, str] = {state.id: state.label for state in result.states}
        named = case.moves.states if case.moves is not None else {}
        self.names = {key: f"“{clip(state.name, WIDTH)}”" for key, state in named.items()}
        target = result.target or ""
        self.target = self.names.get(target) or self.labels.get(target, target)

    def name(self, actor: str) -> str:
        return clip(self.case.name_of(actor), 40)

    def why(self) -> Iterator[RenderableType]:
        for sentence in self.result.why:
            yield Text(sentence.text)
        yield Text(self._rests_on(self.result.why), style="dim")

    def _rests_on(self, sentences: tuple[Sentence, ...]) -> str:
        claims = list(dict.fromkeys(claim for one in sentences for claim in one.because))
        assumed = list(dict.fromkeys(path for one in sentences for path in one.assumed))
        parts = [f"claims: {clip(', '.join(claims), 300)}"] if claims else []
        parts += [f"assumptions at {clip(', '.join(assumed), 300)}"] if assumed else []
        return f"Rests on {'; '.join(parts) or 'no claim and no assumption'}."

    def leaving(self) -> Iterator[RenderableType]:
        known = {self.result.status_quo, *(s for n in self.result.named for s in n.listed)}
        shown = [one for one in self.result.leaving if one.state in known]
        for one in shown[:MOST]:
            yield from self._leaving(one)
        if len(shown) > MOST:
            yield Text(f"... and {number_of(len(shown) - MOST, 'more state')}.")

    def _leaving(self, one: LeavingReport) -> Iterator[RenderableType]:
        yield Text(self._start(self.labels[one.state]) + ":")
        if not one.temptations:
            yield Text("- nobody would gain by moving alone")
            return
        for temptation in one.temptations[:MOST]:
            yield Text(f"- {self._temptation(temptation)}")
        more = one.more + max(len(one.temptations) - MOST, 0)
        if more:
            yield Text(f"... and {number_of(more, 'more move')} by which somebody would gain.")
        if one.content:
            yield Text(f"- no gain for {joined([self.name(actor) for actor in one.content])}")

    def _temptation(self, one: TemptationReport) -> str:
        move = f"{self.name(one.move.by)} would gain by {doing(self.case, one.move)}"
        if one.move.harm:
            move += " (a risk: marked as harm)"
        if one.deterred == "no":
            return f"{move}; nothing deters it"
        pays = "which pays" if one.deterred == "credibly" else "which need not pay"
        return f"{move}; answer: {steps(self.case, one.answer)} ({pays} whoever does it)"

    def equilibria(self) -> Iterator[RenderableType]:
        found = self.result.equilibria
        if not found.listed:
            yield Text("None: in every state somebody would gain by leaving, and is not deterred.")
            return
        yield table(
            ("", "State", "How firmly", "From the status quo", "Better for some, worse for none"),
            (
                (str(n), *self._equilibrium(one))
                for n, one in enumerate(found.listed[:MOST], start=1)
            ),
        )
        if found.total > MOST:
            counts = ", ".join(f"{c.value.upper()} {count}" for c, count in found.counts.items())
            yield Text(f"... and {found.total - MOST} more (in all: {counts}).")
        used = dict.fromkeys(one.concepts[0] for one in found.listed[:MOST])
        for concept in used:
            yield Text(f"{self._start(GLOSSES[concept])}: {MEANINGS[concept]}.", style="dim")

    def _equilibrium(self, one: EquilibriumReport) -> tuple[str, str, str, str]:
        if one.state == self.result.status_quo:
            way = "is the status quo"
        elif one.improvements is not None:
            count = len(one.improvements)
            way = "by 1 move that pays" if count == 1 else f"by {count} moves that each pay"
        elif one.moves is not None:
            count = len(one.moves)
            way = "by 1 move that does not pay"
            way = way if count == 1 else f"by {count} moves, not all of which pay"
        else:
            way = "no way"
        if any(move.harm for move in one.improvements or one.moves or ()):
            way += "; a way through harm: a risk"
        known = set(self.result.state(one.state).harm)
        # A state that adds harm is never set above another, whoever might prefer it.
        above = [s for s in one.dominated_by if known.issuperset(self.result.state(s).harm)]
        better = "; ".join(self.labels[state] for state in above[:2])
        return self.labels[one.state], GLOSSES[one.concepts[0]], way, better or "-"

    def way(self) -> Iterator[RenderableType]:
        way: WayReport | None = self.result.way
        if way is None:
            return
        said = {"mixed": "better or worse, by its terms"}
        sides = [f"{self.name(actor)}: {said.get(s, s)}" for actor, s in way.compared.items()]
        yield Text(f"Beside the status quo, {'; '.join(sides)}.")
        if way.path:
            there = self._standing(way.path[-1].target)
            yield Text(f"Every move pays on this way: {steps(self.case, way.path)}.")
            yield Text(f"The state where it ends is {there}.")
        elif way.path is None:
            yield Text("There is no way on which every move pays the one who makes it.")
        for one in [one for one in way.first_steps if not one.move.gains][:MOST]:
            third = " (a third party)" if one.third else ""
            then = f", then {steps(self.case, one.path)}" if one.path else ""
            who = f"{self.name(one.move.by)}{third} {doing(self.case, one.move)}"
            end = self._standing((one.path or (one.move,))[-1].target)
            yield Text(
                f"- A first step could open one: {who}; from there every move pays{then}; the "
                f"state where it ends is {end}."
            )
        if way.path is None and not way.first_steps:
            yield Text("No single first step opens one either.")
        if way.withheld:
            paths = number_of(way.withheld, "path")
            verb = "passes" if way.withheld == 1 else "pass"
            yield Text(f"{paths} {verb} through a move marked as harm; not shown.")

    def changes(self) -> Iterator[RenderableType]:
        target = self.result.state(self.result.changes[0].target)
        if set(target.harm) - set(self.result.state(self.result.status_quo).harm):
            yield Text(f"{self._start(target.label)} holds more harm: a risk to know, no proposal.")
        heads = {"swaps": "Neighbouring places swapped", "statements": "Statements moved"}
        measures = list(dict.fromkeys(one.measure for one in self.result.changes))
        rows = {one.concept: [GLOSSES[one.concept]] for one in self.result.changes}
        for one in self.result.changes:
            rows[one.concept].append(self._least(one))
        yield table(
            (f"For {self.target} to be", *(heads[measure] for measure in measures)), rows.values()
        )
        yield from self._alternatives()
        notes = dict.fromkeys(one.method.note for one in self.result.changes if one.method.note)
        for note in notes:
            yield Text(f"Bounded: {note}.", style="italic")

    def _least(self, one: ChangeReport) -> str:
        """Say how small the least change is, in one cell."""
        bounded = one.method.how == "bounded"
        if one.fewest == 0:
            several = any(o.id == self.result.target and o.total > 1 for o in self.result.named)
            return f"none: {self.labels[one.target]} is" if several else "none: it is"
        if one.fewest is None:
            return "none found" if bounded else "no such change would do"
        ways = f", {one.count:,} ways" if one.count > 1 else ""
        return f"{one.fewest}{ways}{' (bounded)' if bounded else ''}"

    def _alternatives(self) -> Iterator[RenderableType]:
        """Tell one change per concept, of statements where there is one; the same ones once."""
        best: dict[Concept, ChangeReport] = {}
        for one in self.result.changes:
            known = best.get(one.concept)
            if known is None or (one.measure == "statements" and one.fewest is not None):
                best[one.concept] = one
        told: dict[tuple[str, str], list[str]] = {}
        for one in best.values():
            for alternative in one.alternatives[:1] if one.fewest else ():
                text = "; ".join(change.text for change in alternative.changes)
                told.setdefault((one.target, text), []).append(one.concept.value.upper())
        withheld = sum(one.withheld for one in best.values())
        for (target, text), signs in told.items():
            yield Text(f"- {', '.join(signs)}, in {self.labels[target]}: for example, {text}")
        if withheld:
            yield Text(f"- not shown: {withheld} by which somebody would prefer more harm")

    def coalitions(self, report: CoalitionReport) -> Iterator[RenderableType]:
        if not report.leaving:
            yield Text(report.method.note or "No group could gain by leaving the status quo.")
            return
        yield Text("No member would lose, and at least one would gain:")
        for one in report.leaving[:MOST]:
            group = joined([self.name(actor) for actor in one.members])
            risk = " (a risk: through a move marked as harm)" if one.harm else ""
            yield Text(f"- {group}, to {self.labels[one.target]}{risk}")
        if report.total > MOST:
            yield Text(f"... and {number_of(report.total - MOST, 'more group')}.")
        if report.method.note:
            yield Text(f"Bounded: {report.method.note}.", style="italic")

    def risks(self) -> Iterator[RenderableType]:
        yield Text("Shown as risks; nothing here is a proposal.")
        for risk in self.result.risks:
            yield Text(f"- {self._risk(risk)}")

    def _risk(self, risk: Risk) -> str:
        what = f"{self.name(risk.by)}: {option_name(self.case, risk.option)}"
        if risk.move is None:
            return f"{what} can't be taken from the status quo"
        now = "would not pay"
        if risk.deterred is not None:
            how = {
                "no": "nothing deters it",
                "credibly": "it is deterred credibly",
                "possibly": "it is deterred by answers that need not pay",
            }[risk.deterred]
            now = f"would pay, and {how}"
        if risk.pays is None:
            return f"{what} {now} now"
        return f"{what} would pay in {words(risk.pays)} of the draws; at face value it {now}"

    def shares(self) -> Iterator[RenderableType]:
        yield Text("Preferences are uncertain; in so many draws each is an equilibrium:")
        shown = [one for one in self.result.shares if one.named in (None, self.result.target)]
        shown += [one for one in self.result.shares if one not in shown]
        yield table(
            ("", *(GLOSSES[concept] for concept in SHOWN)),
            (
                (self._called(one.named), *(_share(one.shares[concept]) for concept in SHOWN))
                for one in shown[: 2 * MOST]
            ),
        )
        if len(shown) > 2 * MOST:
            yield Text(f"... and {number_of(len(shown) - 2 * MOST, 'more state')}.")

    def _called(self, named: str | None) -> str:
        return "Status quo" if named is None else self.names[named]

    def _standing(self, state: str) -> str:
        return standing(self.result.state(state), self.name)

    def _start(self, text: str) -> str:
        return text[:1].upper() + text[1:]


def _share(share: Share) -> str:
    return words(share)


def _obtained(result: MovesReport) -> str:
    method = result.method
    note = f" {method.note[:1].upper()}{method.note[1:]}." if method.note else ""
    states = number_of(result.states_total, "state")
    if not method.draws:
        return f"{method.how.capitalize()}, over {states}.{note}"
    drawn = f"shares from {method.draws:,} draws, seed {method.seed}"
    return f"Exact at face value, over {states}; {drawn}.{note}"
