"""An outlook as text for a terminal: how likely by when, what that rests on, what could be done."""

from __future__ import annotations

import math
from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.text import Text

from goodoffices.brief.terminal import path_words
from goodoffices.brief.terminal_parts import header, section, table
from goodoffices.brief.text import THIN, in_points, number_of, rounded, whole_per_cent
from goodoffices.case.model import Case
from goodoffices.case.scenario import apply_scenario
from goodoffices.deals.share import Share, words
from goodoffices.errors import clip
from goodoffices.outlook.bands import Band
from goodoffices.outlook.results import (
    OpeningReport,
    OutlookReport,
    PooledReport,
    PostureReport,
    QuestionReport,
    TablingReport,
    ThresholdReport,
    TrustReport,
)
from goodoffices.outlook.tabling import odds
from goodoffices.outlook.telling import band_words, day_words, rough

__all__ = ["outlook_summary"]

MOST = 8
"""Lists stop after so many rows and say how many there are."""
WIDTH = 70
"""Names from a case are cut to so many characters."""
POSTURES = {"table": "Table it now", "hold": "Hold it back", "contain": "Limit the damage"}


def outlook_summary(case: Case, result: OutlookReport) -> RenderableType:
    """Return what `goodoffices outlook` prints.

    Questions first, each with likelihood, confidence and what adds up to it; then hazards, beliefs
    and trust, ripeness, waiting, tabling, where issues could end, and what wasn't answered.
    """
    subject = case if result.scenario is None else apply_scenario(case, result.scenario)
    summary = _Summary(subject, result)
    return Group(
        *header(case, result.scenario),
        Text(
            f"from {day_words(result.today)} to {day_words(result.by)}, "
            f"{number_of(result.weeks, 'week')}"
        ),
        *(part for one in result.questions for part in summary.question(one)),
        *section("What may come first", summary.hazards()),
        *(section("What is believed, and what moved it", summary.beliefs())),
        *section("Is the moment ripe?", summary.ripeness()),
        *section("What waiting does", summary.waiting()),
        *section("Table, hold or contain: options with risks", summary.tabling()),
        *section("Where open issues would end, if settled", summary.scales()),
        *section("How this was obtained", summary.method()),
    )


class _Summary:
    """The parts of the summary, with the words for what the result names by id."""

    def __init__(self, case: Case, result: OutlookReport) -> None:
        self.case, self.result = case, result
        outlook = case.outlook
        self.risks = {k: clip(r.name, WIDTH) for k, r in outlook.risks.items()} if outlook else {}
        self.risks |= {"open": "Nothing of that", "accepted": "Accepted", "refused": "Refused"}

    def name(self, actor: str) -> str:
        return clip(self.case.name_of(actor), 40)

    def question(self, one: QuestionReport) -> Iterator[RenderableType]:
        asked = self.case.outlook.questions[one.question] if self.case.outlook else None
        yield from section(clip(asked.name if asked else one.question, 120), self._answer(one))

    def _answer(self, one: QuestionReport) -> Iterator[RenderableType]:
        together = one.together
        if together is None:
            yield Text(f"No forecast by {day_words(one.by)}.")
        else:
            yield Text(together.likelihood, style="bold")
            yield Text(together.confidence)
            rows = [
                (leg.leg, f"{100 * leg.weight:.0f} %", band_words(leg.probability), leg.how)
                for leg in together.legs
            ]
            yield table(("View", "Weight", "Says", "From"), rows)
            yield Text(f"Missing: {'; '.join(together.missing)}." if together.missing else "")
            steps = [
                (step.name, f"{round(100 * step.points):+d}", _percent(step.after))
                for step in together.waterfall
            ]
            yield table(("What adds up", "Points", "Then"), steps)
        if one.pooled is not None:
            yield from self._pooled(one.pooled)

    def _pooled(self, pooled: PooledReport) -> Iterator[RenderableType]:
        for each in pooled.estimates[:MOST]:
            note = " (a later one took its place)" if each.replaced else ""
            day = f"{day_words(each.date)}{', inferred' if each.inferred else ''}"
            yield Text(
                f"- {clip(each.speaker, WIDTH)}, {day}: {clip(each.says, 40)}, read as "
                f"{band_words(each.reads_as)}{note}"
            )
        yield from _more(len(pooled.estimates), "estimate")
        if pooled.groups > 1:
            low, high = 100 * pooled.lowest, 100 * pooled.highest
            yield Text(f"They differ: from {low:.0f} to {high:.0f} %.")

    def hazards(self) -> Iterator[RenderableType]:
        if self.result.hazards is None:
            yield Text("The case names no risks.")
            return
        risks = self.result.hazards.risks
        weeks = sorted({min(w, self.result.weeks) for w in (4, 13, 26, self.result.weeks)})
        rows = [
            (
                self.risks[one.risk] + (" (harms people)" if one.harms else ""),
                *(_percent(one.probability[w]) for w in weeks),
                _ends(one.band80.low[-1], one.band80.high[-1]),
            )
            for one in risks
        ]
        nothing = self.result.hazards.nothing
        rows.append((self.risks["open"], *(_percent(nothing[w]) for w in weeks), ""))
        heads = (f"in {number_of(w, 'week')}" for w in weeks)
        yield table(("First", *heads, "80 % band at the end"), rows)
        for one in risks:
            yield Text(f"- {self.risks[one.risk]}: {self._source(one.risk)}")
            for by in one.multiplied:
                yield Text(f"  times {_band(by.factor)}: {clip(by.name, WIDTH)}")

    def _source(self, risk: str) -> str:
        one = next(r for r in self.result.hazards.risks if r.risk == risk)  # type: ignore[union-attr]
        source = one.source
        if source.reference_class is None:
            return f"a chance of the case's own, {source.title}"
        return (
            f"{source.title} ({', '.join(source.events)}), {number_of(source.n, 'case')}, "
            f"{source.first} to {source.last}; "
            f"{100 * (source.share or 0):.0f} % within {source.share_days} days"
        )

    def beliefs(self) -> Iterator[RenderableType]:
        if not self.result.beliefs and not self.result.trust:
            yield Text("The case records none.")
        for one in self.result.beliefs:
            given = self.case.outlook.beliefs[one.belief] if self.case.outlook else None
            name = clip(given.name if given else one.belief, WIDTH)
            yield Text(f"{name}: {band_words(one.prior)} before, {band_words(one.now)} now.")
            for move in one.moves:
                event = self.case.outlook.events[move.event].name if self.case.outlook else ""
                capped = ", capped" if move.capped else ""
                yield Text(f"- {clip(event, WIDTH)}: {move.ratio:.2g} times the odds{capped}")
        for trust in self.result.trust:
            yield Text(f"{clip(trust.trust, 40)}: {_record(trust)}")

    def ripeness(self) -> Iterator[RenderableType]:
        found = self.result.ripeness
        if found is None:
            yield Text("Not known: see the notes below.")
            return
        rows = [
            (self.name(one.party), words(one.hurts), _share(one.feels), _share(one.sees_way_out))
            for one in found.parties
        ]
        rows.append(("All", words(found.hurts), _share(found.feels), _share(found.sees_way_out)))
        yield table(("", "Going on is worse (fact)", "Feels that", "Sees a way out"), rows)
        if found.missing:
            yield Text(f"Nobody says {'; '.join(found.missing)}.")
        yield Text(found.note, style="italic")

    def waiting(self) -> Iterator[RenderableType]:
        waiting = self.result.waiting
        if not waiting.fades and not waiting.pressure:
            yield Text("The case says of nothing that time takes it.")
        for one in waiting.fades:
            given = self.case.outlook.waiting[one.fading] if self.case.outlook else None
            left = Band(low=one.left.low[-1], central=one.left.central[-1], high=one.left.high[-1])
            unit = f" {given.unit}" if given and given.unit else ""
            name = clip(given.name if given else one.fading, WIDTH)
            price = "; people have no price" if one.people else ""
            yield Text(f"{name}: {_band(left)}{unit} at the end{price}.")
        for pressure in waiting.pressure:
            by = ", ".join(map(self.name, pressure.by))
            low, high = pressure.eased.low[-1], pressure.eased.high[-1]
            yield Text(
                f"{by}: {self.name(pressure.on)}'s walk-away is {low:.0f} to {high:.0f} points "
                "lower by then."
            )
        for opening in waiting.openings:
            yield Text(f"- {self._opening(opening)}")

    def _opening(self, one: OpeningReport) -> str:
        found, who = one, self.name(one.actor)
        now = f"P(zone) is {words(found.now)}"
        then = f"; pressure makes it {words(one.at_horizon)} by then" if one.at_horizon else ""
        if found.shift == 0:
            return f"{who}: {now}, at least as likely as not{then}"
        if found.shift is None:
            further = f", {words(found.steps[-1].opened)} more" if found.steps else ""
            return (
                f"{who}: {now}{then}; no fall of its walk-away alone brings it to 50 % (at most "
                f"{words(found.then)}{further}): other demands bind"
            )
        when = ""
        if one.arrival is not None:
            reached = words(one.arrival.reached)
            weeks = one.arrival.weeks.central
            after = "" if math.isinf(weeks) else f", in {number_of(round(weeks), 'week')}"
            when = f"; pressure gets there with {reached}{after}"
        return f"{who}: {now}{then}; 50 % takes {_points(found)}{when}"

    def tabling(self) -> Iterator[RenderableType]:
        found = self.result.tabling
        if found is None:
            yield Text("Not weighed: the case has no `tabling`, or nothing to table.")
            return
        package = self.case.packages.get(found.package)
        yield Text(f"“{clip(package.name if package else found.package, WIDTH)}”:")
        yield Text(f"All accept it with {band_words(found.accept)}; {self._sides(found)}.")
        yield table(
            ("", "Worth to the mediator", "Foremost in", "Harm more probable by", "Risks"),
            (self._posture(one) for one in found.postures),
        )
        for one in found.thresholds:
            yield Text(f"- {one.words[:1].upper()}{one.words[1:]}.{_ends_of(one)}")
        if found.zone_after is not None:
            yield Text(f"- After a refusal, P(zone) is {words(found.zone_after)}.")
        for what, influences in (
            ("whether tabling is worth more than holding", found.influences),
            ("how far tabling lies from holding", found.lead),
        ):
            most = [
                f"{path_words(self.case, one.path)} ({100 * one.share:.0f} %)"
                for one in influences[:3]
            ]
            if most:
                yield Text(f"- what decides most {what}: {', '.join(most)}")

    def _sides(self, found: TablingReport) -> str:
        return ", ".join(f"{self.name(k)} {_percent(p)}" for k, p in found.sides.items())

    def _posture(self, one: PostureReport) -> tuple[str, ...]:
        risks = [f"{self.risks[r.end]} {rough(r.probability)}" for r in one.risks]
        harm = 100 * one.harm.central
        points = "" if one.posture == "hold" else in_points(f"{harm:+.1f}".removesuffix(".0"))
        return (
            POSTURES[one.posture],
            f"{one.worth.central:.0f} ({one.worth.low:.0f} to {one.worth.high:.0f})",
            words(one.foremost),
            points,
            "; ".join(risks),
        )

    def scales(self) -> Iterator[RenderableType]:
        rows = []
        for one in self.result.scales:
            issue = self.case.issues[one.issue]
            likely = max(one.options, key=lambda option: one.options[option])
            rows.append(
                (
                    clip(issue.name, WIDTH),
                    " … ".join(clip(issue.option_name(o), 40) for o in (one.first, one.last)),
                    f"{100 * one.mass:.0f} %",
                    f"{clip(issue.option_name(likely), 40)} ({100 * one.options[likely]:.0f} %)",
                )
            )
        if rows:
            yield table(
                ("Issue", "First … last likely option", "Holds", "Likeliest single option"), rows
            )
            yield Text("From how laws were made among governments that had to agree in the end.")
        else:
            yield Text("No open issue has a known position of every side.")

    def method(self) -> Iterator[RenderableType]:
        method = self.result.method
        note = f" {method.note[:1].upper()}{method.note[1:]}." if method.note else ""
        yield Text(f"{method.how.capitalize()}: {method.draws:,} draws, seed {method.seed}.{note}")
        for each in self.result.notes[:MOST]:
            yield Text(f"- {each[:1].upper()}{each[1:]}.")
        yield from _more(len(self.result.notes), "note")


def _more(count: int, what: str) -> Iterator[Text]:
    if count > MOST:
        yield Text(f"... and {number_of(count - MOST, f'more {what}')}.")


def _percent(probability: float) -> str:
    return whole_per_cent(probability).replace(THIN, " ")


def _share(share: Share | None) -> str:
    return "not known" if share is None else words(share)


def _band(band: Band) -> str:
    return f"{rounded(band.central)} ({rounded(band.low)} to {rounded(band.high)})"


def _ends(low: float, high: float) -> str:
    return f"{100 * low:.0f} to {100 * high:.0f} %"


def _record(trust: TrustReport) -> str:
    told = f"kept {trust.kept}, broken {trust.broken}"
    if trust.half_life is not None:
        told += f", of which {trust.counted:.1f} count today"
    chance = band_words(trust.band)
    return f"{told}; the next is kept with {chance}; for `kept:` write {trust.written}"


def _points(found: OpeningReport) -> str:
    """Return how far a walk-away must fall, with the ends that the zone's interval leaves open."""
    low, high = found.shift_low, found.shift_high
    ends = "" if low is None else f" ({low:.0f} to {'more' if high is None else f'{high:.0f}'})"
    week = "" if found.per_week is None else f", {found.per_week:.2g} a week"
    return f"{in_points(f'{found.shift:.0f}')} less{ends}{week}"


def _ends_of(threshold: ThresholdReport) -> str:
    """Return the threshold's ends over the draws, where they differ as chances."""
    low, high = odds(threshold.band.low), odds(threshold.band.high)
    if threshold.probability is None or low == high:
        return ""
    return f" By what is uncertain, from {low} to {high}."
