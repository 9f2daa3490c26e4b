"""What a GENIUS utility space says: one party's weights, values and reservation value."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Final, TypeVar

from goodoffices.case.model import Demand, Position
from goodoffices.case.quantity import Probability, Quantity, Value, Weight
from goodoffices.errors import clip, nearest
from goodoffices.exchange._genius_domain import Topic, basis, issues_of, space_of
from goodoffices.exchange._genius_out import DISCOUNT
from goodoffices.exchange._xml import Element

__all__ = ["Profile"]

ROUNDING: Final = Fraction(1, 100)
"""Weights that add up to 1 within so much are taken as they are written."""
_SLACK: Final = Fraction(1, 10**9)
"""A reservation value may pass 1 by so much, where weights were rounded."""
_STRAIGHT: Final = Fraction(1, 10**12)
"""Values (0 to 100) this near to a straight line lie on it."""

Q = TypeVar("Q", bound=Quantity)
Curve = Callable[[Fraction], Fraction]
Point = tuple[str, Fraction, Fraction]
"""Option id, number, value."""


class Profile:
    """One party's utility space, read against the issues of the domain (index to issue)."""

    def __init__(self, root: Element, topics: Mapping[int, Topic]) -> None:
        self.root, self.topics = root, topics
        self.space = space_of(root)
        self.issues = dict(self._matched())
        self.weights, self.scale = self._weighed()

    def basis(self, *notes: str) -> str:
        """Return the assumption on which its numbers rest."""
        if self.scale != 1:
            total = f"its weights add up to {float(self.scale):.6g} and were divided by that"
            return basis(self.root.file, total, *notes)
        return basis(self.root.file, *notes)

    def positions(self) -> Iterator[tuple[str, Position]]:
        """Yield issue id and position; the values of an issue that it leaves out are unknown."""
        for index, topic in self.topics.items():
            notes: list[str] = []
            element = self.issues.get(index)
            values: dict[str, Value] = {}
            if element is not None and topic.kind == "discrete":
                values = _evaluations(element, topic, notes)
            elif element is not None:
                values = _evaluated(element, topic, notes)
            weight = _exact(Weight, 100 * self.weights[index] / self.scale)
            yield topic.key, Position(weight=weight, values=values, assumed=self.basis(*notes))

    def walk_away(self, party: str) -> Demand:
        """Return the reservation value as a walk-away."""
        notes, value = [], Fraction(0)
        reserved = self._one("reservation")
        if reserved is None:
            notes.append("no reservation value is written, which GENIUS reads as 0")
        else:
            value = reserved.number("value") / self.scale
            if not 0 <= value <= 1 + _SLACK:
                raise reserved.fault(
                    f"the reservation value is {float(value):.6g} times what the best package "
                    "could be worth, not between 0 and 1",
                    "write 1 if it signs nothing but its ideal, 0 if it signs anything",
                )
        discount = self._one("discount_factor")
        # GENIUS, too, reads a factor outside of these bounds as none.
        if discount is not None and 0 < (factor := discount.number("value")) < 1:
            notes.append(DISCOUNT.format(float(factor)))
        return Demand(
            by=party,
            kind="walk-away",
            name="its reservation value",
            value=_exact(Value, 100 * min(value, Fraction(1))),
            firmness=Probability.parse(1),
            assumed=self.basis(*notes),
        )

    def _one(self, tag: str) -> Element | None:
        found = list(_anywhere(self.space, tag))
        if len(found) > 1:
            raise found[1].fault(f"a second <{tag}>", "keep one")
        return found[0] if found else None

    def _matched(self) -> Iterator[tuple[int, Element]]:
        """Yield index and element of its issues, each checked to be the domain's."""
        seen: set[int] = set()
        for element in issues_of(self.space):
            index, name = element.whole("index"), element.text("name")
            topic = self.topics.get(index)
            if topic is None or index in seen:
                what = "a second issue has" if index in seen else "the domain has no issue with"
                raise element.fault(f"{what} the index {index}", "compare it with the domain file")
            seen.add(index)
            if name.casefold() != topic.issue.name.casefold():
                raise element.fault(
                    f'issue {index} is "{clip(name)}" here, "{clip(topic.issue.name)}" in the '
                    "domain",
                    "give both files the same names",
                )
            yield index, element

    def _weighed(self) -> tuple[dict[int, Fraction], Fraction]:
        """Return the weight per issue index, and what to divide weights by."""
        found: dict[int, Fraction] = {}
        for element in _anywhere(self.space, "weight"):
            index = element.whole("index")
            if index in found:
                raise element.fault(f"a second weight for issue {index}", "keep one")
            found[index] = element.number("value", least=0)
        for index, topic in self.topics.items():
            if index not in found:
                raise self.space.fault(
                    f'issue {index} ("{clip(topic.issue.name)}") has no weight',
                    f'add <weight index="{index}" value="..."/>',
                )
        # Nested objectives have weights as well, which GENIUS does not use.
        weights = {index: found[index] for index in self.topics}
        total = sum(weights.values(), Fraction(0))
        if not total:
            raise self.space.fault("its weights add up to 0", "weigh at least one issue")
        as_written = abs(total - 1) <= ROUNDING and max(weights.values()) <= 1
        return weights, Fraction(1) if as_written else total


def _anywhere(space: Element, tag: str) -> Iterator[Element]:
    """Yield the elements with this tag in a utility space and in its objectives."""
    yield from space.all(tag)
    for objective in space.all("objective"):
        yield from _anywhere(objective, tag)


def _evaluations(element: Element, topic: Topic, notes: list[str]) -> dict[str, Value]:
    """Return option to value: evaluation over largest evaluation, 0 where all are 0."""
    found: dict[str, Fraction] = {}
    for item in element.all("item"):
        name = item.text("value")
        if name not in topic.options:
            hint = nearest(name, topic.options) or "give both files the same items"
            raise item.fault(f'the domain has no item "{clip(name)}" in this issue', hint)
        # GENIUS writes "null" for an item that nobody evaluated.
        if item.attributes.get("evaluation", "null") == "null":
            continue
        option, evaluation = topic.options[name], item.number("evaluation", least=0)
        if option in found:
            notes.append(
                f'"{clip(name)}" is evaluated twice, {float(found[option]):g} and '
                f"{float(evaluation):g}; the last one stands, as in GENIUS"
            )
        found[option] = evaluation
    best = max(found.values(), default=Fraction(0)) or Fraction(1)
    options = [option for option in topic.options.values() if option in found]
    return {option: _exact(Value, 100 * found[option] / best) for option in options}


def _evaluated(element: Element, topic: Topic, notes: list[str]) -> dict[str, Value]:
    """Return number to value where the evaluator's curve starts, bends and ends."""
    found = element.all("evaluator")
    if len(found) != 1:
        what = f"an issue of type {topic.kind} has {len(found)} <evaluator>"
        raise element.fault(what, "it needs one")
    bounds = (element.all("range") or [element])[0]
    for attribute, bound in (("lowerbound", topic.low), ("upperbound", topic.high)):
        if attribute in bounds.attributes and bounds.number(attribute) != bound:
            raise bounds.fault(f"`{attribute}` differs from the domain's", "write the same range")
    curve = _curve(found[0], topic)
    points: list[Point] = []
    for option, number in topic.numbers.items():
        exact = curve(number)
        points.append((option, number, 100 * min(max(exact, Fraction(0)), Fraction(1))))
        if not 0 <= exact <= 1 and not notes:
            notes.append("values are cut off at 0 and 1, as in GENIUS")
    # To twelve decimals: a slope is a rounded quotient, and misses by a hair what it should reach.
    return {option: _exact(Value, round(value, 12)) for option, _, value in _bends(points)}


def _bends(points: Sequence[Point]) -> Iterator[Point]:
    """Yield the first and the last point, and those that don't lie between their neighbours."""
    for n, (option, x, value) in enumerate(points):
        if 0 < n < len(points) - 1:
            (_, x0, v0), (_, x1, v1) = points[n - 1], points[n + 1]
            if abs(v0 + (v1 - v0) * (x - x0) / (x1 - x0) - value) <= _STRAIGHT:
                continue
        yield option, x, value


def _curve(evaluator: Element, topic: Topic) -> Curve:
    """Return the function from number to utility, not yet cut off."""
    kind = evaluator.attributes.get("ftype", "linear").strip().lower()
    if kind == "constant":
        constant = evaluator.number("parameter0")
        return lambda x: constant
    if kind == "triangular":
        return _triangle(evaluator)
    if kind != "linear":
        what = f'evaluators of type "{clip(kind)}" are not understood'
        raise evaluator.fault(what, "use linear, constant or triangular")
    if topic.kind == "integer" and "slope" in evaluator.attributes:
        # This form counts from the lower bound, the other one from 0.
        offset, slope, start = evaluator.number("offset"), evaluator.number("slope"), topic.low
        return lambda x: offset + slope * (x - start)
    constant, slope = evaluator.number("parameter0"), evaluator.number("parameter1")
    return lambda x: constant + slope * x


def _triangle(evaluator: Element) -> Curve:
    low, high, top = (evaluator.number(f"parameter{n}") for n in range(3))
    if not low <= top <= high:
        raise evaluator.fault(
            "its triangle is not in order", "parameter0 <= parameter2 (its top) <= parameter1"
        )

    def curve(x: Fraction) -> Fraction:
        if x == top:
            return Fraction(1)
        end = low if x < top else high
        return (x - end) / (top - end) if low < x < high else Fraction(0)

    return curve


def _exact(kind: type[Q], number: Fraction) -> Q:
    """Return the exact quantity nearest to a fraction.

    Rounding only here, once, is what lets a number survive being written and read again.
    """
    near = float(number)
    return kind.parse(int(near) if near.is_integer() else near)
