"""Whether the outlook of a case can be meant so: ids, dates, grounds, and no false probability."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from goodoffices.case._faults import Hints, error, warning
from goodoffices.case.check_wording import wording_faults
from goodoffices.case.classes import reference_classes
from goodoffices.case.dated import Dated
from goodoffices.case.model import Case
from goodoffices.case.outlook import Estimate, Outlook, Pressure, Weights
from goodoffices.case.quantity import Quantity
from goodoffices.errors import Fault, clip

__all__ = ["BEST", "DEAL", "OPEN", "estimate_date", "estimate_speaker", "outlook_faults"]

DEAL = "deal"
"""The risk by which an agreement is reached."""
OPEN = "open"
"""That nothing has come first by the horizon."""
BEST = "best"
"""The most acceptable package, as the deals lens finds it."""
SAYS_WHY = 'add `because:` with claims, or `assumed: "who: why"`'
MOST_RISKS = 12


def outlook_faults(case: Case, hints: Hints) -> Iterator[Fault]:
    """Yield faults of questions, estimates, events, beliefs, risks, waiting and tabling."""
    if case.outlook is None:
        return
    checks = _Checks(case, case.outlook, hints)
    yield from checks.horizon()
    yield from checks.questions()
    yield from checks.estimates()
    yield from checks.events()
    yield from checks.beliefs()
    yield from checks.records()
    yield from checks.risks()
    yield from checks.parties()
    yield from checks.tabling()
    yield from checks.weights()


def estimate_date(case: Case, estimate: Estimate) -> Dated:
    """Return the day of an estimate: its own, or that of the source of its first claim."""
    if estimate.date.date is not None:
        return estimate.date
    for key in estimate.because:
        claim = case.claims.get(key)
        source = case.sources.get(claim.source or "") if claim is not None else None
        if source is not None and source.date.date is not None:
            return source.date
    return estimate.date


def estimate_speaker(case: Case, estimate: Estimate) -> str | None:
    """Return who estimates: as stated, or who speaks in its first claim."""
    spoken = (case.claims[key].speaker for key in estimate.because if key in case.claims)
    return estimate.speaker or next((speaker for speaker in spoken if speaker), None)


class _Checks:
    def __init__(self, case: Case, outlook: Outlook, hints: Hints) -> None:
        self.case, self.outlook, self.hints = case, outlook, hints
        self.actors = [*case.parties, *case.factions]

    def refer(
        self, where: str, names: Iterable[str], kind: str, known: Collection[str]
    ) -> Iterator[Fault]:
        for name in names:
            if name not in known:
                what = f'"{clip(name)}" is not {kind}'
                yield error(where, what, self.hints.near(name, kind, known))

    def to_risks(self, where: str, names: Iterable[str]) -> Iterator[Fault]:
        for name in names:
            yield from self.refer(f"{where}.{name}", [name], "a risk", self.outlook.risks)

    def horizon(self) -> Iterator[Fault]:
        today = self.case.as_of.date
        if self.outlook.by is not None and today is not None and self.outlook.by <= today:
            what = f"{self.outlook.by} is not after the day of the case, {today}"
            yield error("outlook.by", what, "name a later day")
        yield from self._fades("outlook", self.outlook.half_life)

    def questions(self) -> Iterator[Fault]:
        for key, question in self.outlook.questions.items():
            where = f"outlook.questions.{key}"
            yield from self.refer(f"{where}.risk", [question.risk], "a risk", self.outlook.risks)
            today = self.case.as_of.date
            if today is not None and question.by <= today:
                what = f"{question.by} is not after the day of the case, {today}"
                yield warning(f"{where}.by", what, "resolve it, or name a later day")
            if not any(each.question == key for each in self.outlook.estimates.values()):
                yield warning(where, "nobody's estimate of it is recorded", "add one if you know")

    def estimates(self) -> Iterator[Fault]:
        for key, estimate in self.outlook.estimates.items():
            where = f"outlook.estimates.{key}"
            known = self.outlook.questions
            yield from self.refer(f"{where}.question", [estimate.question], "a question", known)
            if estimate.probability.shape == "unknown":
                what = "an unknown probability is no estimate"
                yield error(f"{where}.probability", what, "leave the estimate out")
            yield from wording_faults(self.case, where, estimate)
            if not estimate_speaker(self.case, estimate):
                yield error(where, "nobody says who estimates it", "add `speaker:`")
            dated = estimate_date(self.case, estimate)
            if estimate.date.date is None:
                # That the source's day is inferred has been said of the source.
                dated = Dated(date=dated.date)
            yield from self._day(f"{where}.date", dated, "estimate")

    def _day(
        self, where: str, dated: Dated, what: str, *, known_before: bool = True
    ) -> Iterator[Fault]:
        today = self.case.as_of.date
        if dated.date is None:
            mend = "add it; where it is not reported, say from what it is `inferred:`"
            yield error(where, f"the day of the {what} is missing", mend)
        elif dated.inferred is not None:
            what = f"the day of the {what} is inferred: {clip(dated.inferred)}"
            yield warning(where, what, "confirm it")
        if known_before and dated.date is not None and today is not None and dated.date > today:
            what = f"{dated.date} lies after the day of the case, {today}"
            yield error(where, what, "mend one of them")

    def events(self) -> Iterator[Fault]:
        for key, event in self.outlook.events.items():
            where = f"outlook.events.{key}"
            yield from self._day(f"{where}.date", event.date, "event", known_before=False)
            yield from self.to_risks(f"{where}.multiplies", event.multiplies)
            for belief in event.signals:
                place = f"{where}.signals.{belief}"
                yield from self.refer(place, [belief], "a belief", self.outlook.beliefs)
                twice = set(event.multiplies) & set(
                    self.outlook.beliefs[belief].unless if belief in self.outlook.beliefs else ()
                )
                for risk in sorted(twice):
                    what = f"multiplies {clip(risk)} itself, and again through {clip(belief)}"
                    yield warning(where, what, "see whether both can be meant")
            yield from self._fades(where, event.half_life)
            numbers = {"multiplies": event.multiplies, "signals": event.signals}
            for name, factors in numbers.items():
                yield from self._unknown(f"{where}.{name}", factors)

    def _unknown(self, where: str, factors: Mapping[str, Quantity]) -> Iterator[Fault]:
        for key, factor in factors.items():
            if factor.shape == "unknown":
                what = "an unknown factor says that nobody knows even its direction"
                yield error(f"{where}.{key}", what, "leave it out, or give a wide range: 0.3..3")

    def beliefs(self) -> Iterator[Fault]:
        for key, belief in self.outlook.beliefs.items():
            where = f"outlook.beliefs.{key}"
            yield from self.refer(
                f"{where}.about", [belief.about], "a party or faction", self.actors
            )
            yield from self.to_risks(f"{where}.unless", belief.unless)
            yield from self._unknown(f"{where}.unless", belief.unless)
            yield from self._fades(where, belief.half_life)
            if not any(key in event.signals for event in self.outlook.events.values()):
                yield warning(where, "no event speaks for or against it", "add `signals:` to one")

    def records(self) -> Iterator[Fault]:
        for key, record in self.outlook.records.items():
            where = f"outlook.records.{key}"
            yield from self.refer(where, [key], "a trust level", self.case.trust)
            if record.founded == "unfounded":
                yield error(where, "the record rests on no claim and no assumption", SAYS_WHY)
            if not any(record.counts):
                yield warning(where, "an empty record changes nothing", "count, or remove it")
            for name, promise in record.promises.items():
                yield from self._day(f"{where}.promises.{name}.date", promise.date, "promise")
            yield from self._fades(where, record.half_life)
            if record.half_life is not None and not record.promises:
                what = "what is only counted has no days, so none of it fades"
                yield warning(f"{where}.half_life", what, "list the promises, or remove it")

    def _fades(self, where: str, half_life: Quantity | None) -> Iterator[Fault]:
        if half_life is not None and half_life.shape == "unknown":
            yield error(f"{where}.half_life", "is unknown", "give a wide range, as 4..100")

    def risks(self) -> Iterator[Fault]:
        classes = reference_classes()
        if self.outlook.risks and DEAL not in self.outlook.risks:
            what = f"none is `{DEAL}`, so no chance of an agreement can be told"
            yield warning("outlook.risks", what, f"name the one by which it is reached `{DEAL}`")
        if len(self.outlook.risks) > MOST_RISKS:
            what = f"{len(self.outlook.risks)} risks; at most {MOST_RISKS} can be followed"
            yield error("outlook.risks", what, "join some that mean the same to you")
        for key, risk in self.outlook.risks.items():
            where = f"outlook.risks.{key}"
            if key == OPEN:
                what = f"`{OPEN}` means that nothing has come first"
                yield error(where, what, "give the risk another id")
            if risk.class_ is not None:
                yield from self.refer(
                    f"{where}.class", [risk.class_], "a reference class", list(classes)
                )
                events = classes.get(risk.class_, ())
                if events:
                    kind = f"an event of the reference class {risk.class_}"
                    yield from self.refer(f"{where}.events", risk.events, kind, events)
                if risk.founded == "unfounded":
                    what = "the choice of the reference class rests on no claim and no assumption"
                    yield error(where, what, SAYS_WHY)
            elif risk.chance is not None and risk.chance.high >= 1:
                what = "a chance that may be certain needs an endless hazard"
                yield error(f"{where}.chance", what, "write at most 99%")
            if risk.factor is not None:
                yield from self._unknown(where, {"factor": risk.factor})

    def parties(self) -> Iterator[Fault]:
        for key in self.outlook.perceptions:
            where = f"outlook.perceptions.{key}"
            yield from self.refer(where, [key], "a party or faction", self.actors)
        for key, fading in self.outlook.waiting.items():
            where = f"outlook.waiting.{key}"
            if fading.worth is not None and fading.to is None:
                yield error(where, "is worth points, and nobody is named `to` whom", "add `to:`")
            if fading.to is not None:
                yield from self.refer(f"{where}.to", [fading.to], "a party or faction", self.actors)
            yield from self._fades(where, fading.half_life)
        groups = [key for party in self.case.parties.values() for key in party.constituencies]
        for key, pressure in self.outlook.pressure.items():
            where = f"outlook.pressure.{key}"
            yield from self.refer(where, [key], "a constituency", groups)
            yield from self.refer(f"{where}.on", [pressure.on], "a party or faction", self.actors)
            yield from self.refer(f"{where}.also", pressure.also, "a party or faction", self.actors)
            for field, actor in [("on", pressure.on), *(("also", one) for one in pressure.also)]:
                if actor in self.actors and self.case.walk_away(actor) is None:
                    what = f"{clip(actor)} has no walk-away, so nothing can move"
                    yield error(f"{where}.{field}", what, "add a demand of kind walk-away")
            yield from self._pressed_home(where, key, pressure)

    def _pressed_home(self, where: str, key: str, pressure: Pressure) -> Iterator[Fault]:
        """Yield a warning where a constituency presses somebody else's walk-away."""
        home = {
            actor
            for name, party in self.case.parties.items()
            if key in party.constituencies
            for actor in (name, *party.factions)
        }
        for actor in (pressure.on, *pressure.also):
            if home and actor in self.actors and actor not in home:
                what = f"{clip(key)} is no constituency of {clip(actor)}"
                yield warning(where, what, "see whether it is meant to press another party")

    def tabling(self) -> Iterator[Fault]:
        tabling = self.outlook.tabling
        if tabling is None:
            return
        where = "outlook.tabling"
        packages = [BEST, *self.case.packages]
        yield from self.refer(f"{where}.package", [tabling.package], "a package", packages)
        for name in (end for end in self.outlook.ends if end not in tabling.worth):
            what = f'what "{clip(name)}" is worth is missing'
            yield error(f"{where}.worth", what, f"add `{clip(name)}:`, if only 0")
        for name in (end for end in tabling.worth if end not in self.outlook.ends):
            mend = self.hints.near(name, "a risk or `open`", self.outlook.ends)
            yield error(f"{where}.worth.{name}", f'"{clip(name)}" is not a risk or `open`', mend)
        for field in ("refused", "contain"):
            yield from self.to_risks(f"{where}.{field}", getattr(tabling, field))
            yield from self._unknown(f"{where}.{field}", getattr(tabling, field))
        for actor in tabling.alternatives:
            place = f"{where}.alternatives.{actor}"
            yield from self.refer(place, [actor], "a party or faction", self.actors)
            if actor in self.actors and self.case.walk_away(actor) is None:
                yield error(place, f"{clip(actor)} has no walk-away to move", "add one")

    def weights(self) -> Iterator[Fault]:
        weights, where = self.outlook.weights, "outlook.weights"
        each = (weights.inside, weights.outside, weights.estimates)
        if not sum(each):
            yield error(where, "all are 0, so nothing is put together", "raise one of them")
        default = Weights()
        if weights.founded == "unfounded" and each != (
            default.inside,
            default.outside,
            default.estimates,
        ):
            yield error(where, "the weights rest on no claim and no assumption", SAYS_WHY)
