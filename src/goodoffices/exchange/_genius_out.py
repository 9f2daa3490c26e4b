"""Writing a case as GENIUS XML, and saying what of it the format can't hold.

GENIUS knows parties that all sign, one number for each weight, option and reservation value, and
nothing that ties options together. What a case holds beyond that and would change an answer is
*lost*, and named; what only describes (sources, claims, interests, notes, dates, units, who asked
for what) is left out without a word.
"""

from __future__ import annotations

import contextlib
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Context, Decimal
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Final, Literal
from xml.etree import ElementTree

from goodoffices.case.model import Case, Issue, Position
from goodoffices.case.quantity import Quantity, Value
from goodoffices.errors import ExchangeError, Fault, clip
from goodoffices.exchange._xml import plain

__all__ = ["DISCOUNT", "lost_in_genius", "write_genius"]

DISCOUNT: Final = "discount factor {} per round is kept in words only"
"""How a walk-away's `assumed` keeps a discount factor, from where it is written back."""
_DISCOUNT: Final = re.compile(re.escape(DISCOUNT).replace(r"\{\}", r"([0-9.e-]{1,30})"))
# What XML 1.0 can't carry at all, not even escaped.
_UNWRITABLE: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_DIGITS: Final = Context(prec=30)
_SLACK: Final = Fraction(1, 10**9)
_ROUNDING: Final = Fraction(1, 100)
_REAL_STEPS: Final = 20

Form = Literal["list", "integer", "real"]


def lost_in_genius(case: Case) -> tuple[Fault, ...]:
    """Return what GENIUS XML can't hold of a case.

    A warning is lost if the case is written anyway; with an error it can't be written at all.
    """
    return (*_unwritable(case), *_lost_parts(case), *_lost_demands(case), *_lost_numbers(case))


def write_genius(case: Case, folder: str | Path, *, lossy: bool = False) -> list[Path]:
    """Write a case as `domain.xml` and one utility space per signatory; return the files' paths.

    The case is taken as checked. Raises `ExchangeError` that names everything `lost_in_genius`
    finds; with `lossy` it is written anyway: central values (an unknown value is 50), every
    demand but walk-aways left out, agreed issues with the agreed option alone. Where an issue's
    best option is worth less than 100, the party's whole scale is stretched, its walk-away with
    it: what it accepts stays the same.

    A numeric issue in steps of 1 (or in 20, written by GENIUS as real) stays numeric if every
    signatory's values lie on a line that is cut off at 0 and 100; else its numbers become a list:
    the same packages, worth the same. The folder is made if needed and must hold no other XML
    file, since every utility space in a folder counts as a party.
    """
    lost = lost_in_genius(case)
    stop = [fault for fault in lost if fault.severity == "error" or not lossy]
    if stop:
        parts = f"{len(stop)} part{'s' * (len(stop) != 1)}"
        hint = "" if lossy else " (`--lossy`, in Python `lossy=True`, writes what can be said)"
        lines = "\n".join(f"  {fault}" for fault in stop)
        raise ExchangeError(f"{parts} of the case can't be said in GENIUS XML{hint}:\n{lines}")
    topics = [_Topic(key=k, issue=i, form=_form(case, k)) for k, i in case.issues.items()]
    files = {
        party: f"profile-{n}-{party[:40]}.xml" for n, party in enumerate(case.signatories, start=1)
    }
    trees = {"domain.xml": _domain(case, topics, files)}
    trees |= {file: _profile(case, party, topics) for party, file in files.items()}
    return _save(trees, Path(folder))


# --- What is lost ---------------------------------------------------------------------------------


def _lost(where: str, what: str) -> Fault:
    return Fault(where=where, what=what, severity="warning")


def _unwritable(case: Case) -> Iterator[Fault]:
    """Yield why a case can't be written even at a loss."""
    if not case.signatories:
        yield Fault(where="parties", what="nobody signs", mend="make a party a principal")
    if not case.issues:
        yield Fault(where="issues", what="there is nothing to settle", mend="add an issue")
    names = [("title", case.title)]
    names += [(f"parties.{key}.name", case.parties[key].name) for key in case.signatories]
    for key, issue in case.issues.items():
        names.append((f"issues.{key}.name", issue.name))
        options = [plain(issue.option_name(option)) for option in issue.option_ids]
        names += [(f"issues.{key}.options", option) for option in options]
        if len(set(options)) < len(options):
            what = "two options have the same name, which is all that GENIUS knows of them"
            yield Fault(where=f"issues.{key}.options", what=what, mend="name them apart")
    for where, name in names:
        if _UNWRITABLE.search(plain(name)):
            what = f"{clip(ascii(name))} has a character that XML has no place for"
            yield Fault(where=where, what=what, mend="delete the character")
        elif not plain(name):
            yield Fault(where=where, what="the name is blank", mend="name it")


def _lost_parts(case: Case) -> Iterator[Fault]:
    for key, party in case.parties.items():
        if not party.signs:
            yield _lost(f"parties.{key}", f"a {party.role} who does not sign")
        for faction in party.factions:
            veto = " with a veto" * party.factions[faction].veto
            yield _lost(f"parties.{key}.factions.{faction}", f"a faction{veto}")
        for group in party.constituencies:
            yield _lost(f"parties.{key}.constituencies.{group}", "a constituency")
    for key, issue in case.issues.items():
        if issue.agreed is not None:
            yield _lost(f"issues.{key}.agreed", "an issue that is agreed")
    for section, what in (
        ("linkages", "a linkage"),
        ("promises", "a promise"),
        ("packages", "a named package"),
        ("scenarios", "a scenario"),
    ):
        for key in getattr(case, section):
            yield _lost(f"{section}.{key}", what)


def _lost_demands(case: Case) -> Iterator[Fault]:
    for key, demand in case.demands.items():
        where = f"demands.{key}"
        if demand.kind != "walk-away":
            yield _lost(where, f"a {demand.kind}")
        elif demand.by not in case.signatories:
            yield _lost(where, "a walk-away of somebody who does not sign")
        elif key != case.walk_away(demand.by):
            yield _lost(where, "a second walk-away of the same party")
        else:
            yield from _uncertain(f"{where}.value", demand.worth)
            if demand.binds.low < 1:
                yield _lost(f"{where}.firmness", "a doubt whether a walk-away binds")


def _lost_numbers(case: Case) -> Iterator[Fault]:
    forms = {issue: _form(case, issue) for issue in case.issues}
    for party in case.signatories:
        for key, issue in case.issues.items():
            where, position = f"positions.{party}.{key}", case.position(party, key)
            yield from _uncertain(f"{where}.weight", position.weight)
            doubts = list(_doubts(issue, position, f"{where}.values"))
            yield from doubts
            best = max(_values(case, party, key).values())
            if not doubts and forms[key] == "list" and best not in (0, 100):
                yield _lost(
                    f"{where}.values",
                    f"the best option is worth {float(best):g}; GENIUS stretches the best to 100",
                )


def _doubts(issue: Issue, position: Position, where: str) -> Iterator[Fault]:
    given = position.values
    if issue.range is not None and not given:
        yield _lost(where, "unknown")
    for option in _open(issue) if issue.range is None else given:
        yield from _uncertain(f"{where}.{option}", given.get(option, _UNKNOWN))


def _uncertain(where: str, quantity: Quantity) -> Iterator[Fault]:
    if quantity.uncertain:
        unknown = quantity.shape == "unknown"
        yield _lost(where, "unknown" if unknown else f"uncertain ({clip(quantity.text)})")


# --- Numbers --------------------------------------------------------------------------------------

_UNKNOWN: Final = Value.parse(None)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Line:
    """Values of a numeric issue on a line that is cut off at 0 and 100."""

    slope: Fraction
    at_zero: Fraction

    def __call__(self, number: Fraction) -> Fraction:
        return self.at_zero + self.slope * number

    def cut_off(self, number: Fraction) -> Fraction:
        return min(max(self(number), Fraction(0)), Fraction(100))


def _face(quantity: Quantity) -> Fraction:
    """Return the central value, as the decimal number that people read."""
    return Fraction(repr(quantity.central))


def _shares(case: Case, party: str) -> dict[str, Fraction]:
    """Return issue to weight, 0 to 1; unknown ones share what the others leave."""
    given = {issue: case.position(party, issue).weight for issue in case.issues}
    known = {issue: _face(w) for issue, w in given.items() if w.shape != "unknown"}
    total, blank = sum(known.values(), Fraction(0)), len(given) - len(known)
    if blank:
        left = max(Fraction(0), 100 - total) / blank
        known |= {issue: left for issue in given if issue not in known}
        total = sum(known.values(), Fraction(0))
    if abs(total - 100) <= 1:
        total = Fraction(100)
    even = Fraction(1, len(given))
    return {issue: known[issue] / total if total else even for issue in given}


def _open(issue: Issue) -> tuple[str, ...]:
    """Return the options still open: all, or the agreed one."""
    return issue.option_ids if issue.agreed is None else (issue.agreed,)


def _values(case: Case, party: str, key: str) -> dict[str, Fraction]:
    """Return open option to value, 0 to 100; between the numbers given they are interpolated."""
    issue, given = case.issues[key], case.position(party, key).values
    if issue.range is None:
        return {option: _face(given.get(option, _UNKNOWN)) for option in _open(issue)}
    points: dict[Fraction, Fraction] = {}
    for number, value in given.items():
        with contextlib.suppress(ValueError):
            points[Fraction(repr(float(number)))] = _face(value)
    known = sorted(points.items()) or [(Fraction(0), _face(_UNKNOWN))]
    return {option: _between(known, Fraction(option)) for option in _open(issue)}


def _between(known: Sequence[tuple[Fraction, Fraction]], x: Fraction) -> Fraction:
    """Interpolate; beyond the first and last point values stay as they are there."""
    if x <= known[0][0]:
        return known[0][1]
    for (x0, v0), (x1, v1) in pairwise(known):
        if x <= x1:
            return v0 + (v1 - v0) * (x - x0) / (x1 - x0)
    return known[-1][1]


def _line(values: Mapping[str, Fraction]) -> _Line | None:
    """Return the line on which values of numbers lie, but for being cut off; None if on none."""
    points = [(Fraction(number), value) for number, value in values.items()]
    # Cutting off only flattens: the steepest step lies on the line itself.
    lines = [
        _Line(slope=(v1 - v0) / (x1 - x0), at_zero=v0 - (v1 - v0) / (x1 - x0) * x0)
        for (x0, v0), (x1, v1) in pairwise(points)
    ]
    line = max(lines, key=lambda line: abs(line.slope))
    fits = all(abs(line.cut_off(x) - value) <= _SLACK for x, value in points)
    return line if fits else None


def _form(case: Case, key: str) -> Form:
    """Return how an issue is written: as a range if GENIUS can say every signatory's values."""
    issue = case.issues[key]
    if issue.range is None or issue.agreed is not None:
        return "list"
    whole = re.fullmatch(r"-?[0-9]+\.\.-?[0-9]+", issue.range.strip()) is not None
    form: Form = "integer" if whole else "real"
    low, high = issue.bounds
    if not math.isclose(issue.step, 1 if whole else (high - low) / _REAL_STEPS, rel_tol=1e-12):
        return "list"
    lines = [_line(_values(case, party, key)) for party in case.signatories]
    return form if all(line is not None for line in lines) else "list"


# --- Files ----------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class _Topic:
    """An issue and how it is written."""

    key: str
    issue: Issue
    form: Form

    def element(self, index: int) -> ElementTree.Element:
        """Return the issue without items or evaluator."""
        kind = "discrete" if self.form == "list" else self.form
        name = plain(self.issue.name)
        said = {"index": str(index), "name": name, "type": kind, "etype": kind, "vtype": kind}
        element = ElementTree.Element("issue", said)
        if self.form != "list":
            low, high = (self.issue.range or "").split("..")
            bounds = {"lowerbound": low.strip(), "upperbound": high.strip()}
            # GENIUS looks for an integer's bounds here, for a real one's in <range>.
            if self.form == "integer":
                element.attrib |= bounds
            ElementTree.SubElement(element, "range", bounds)
        return element

    def item(self, element: ElementTree.Element, n: int, option: str, **more: str) -> None:
        """Add an option to the element."""
        name = plain(self.issue.option_name(option))
        ElementTree.SubElement(element, "item", {"index": str(n), "value": name, **more})


def _domain(case: Case, topics: Sequence[_Topic], files: Mapping[str, str]) -> ElementTree.Element:
    root = ElementTree.Element("negotiation_template")
    for party, file in files.items():
        name = plain(case.parties[party].name)
        ElementTree.SubElement(root, "agent", {"name": name, "class": "", "utility_space": file})
    space = ElementTree.SubElement(root, "utility_space", number_of_issues=str(len(topics)))
    objective = _objective(case, space)
    for index, topic in enumerate(topics, start=1):
        element = topic.element(index)
        for n, option in enumerate(_open(topic.issue) if topic.form == "list" else (), start=1):
            note = topic.issue.options[option].note if topic.issue.options else None
            topic.item(element, n, option, description=_writable(note or ""))
        objective.append(element)
    return root


def _objective(case: Case, space: ElementTree.Element) -> ElementTree.Element:
    said = {"index": "0", "name": plain(case.title), "type": "objective", "etype": "objective"}
    return ElementTree.SubElement(space, "objective", said)


def _profile(case: Case, party: str, topics: Sequence[_Topic]) -> ElementTree.Element:
    root = ElementTree.Element("utility_space")
    objective = _objective(case, root)
    worth = [_values(case, party, topic.key) for topic in topics]
    shares, stretch = _stretched(topics, worth, _shares(case, party))
    for index, (topic, values) in enumerate(zip(topics, worth, strict=True), start=1):
        element = topic.element(index)
        line = _line(values) if topic.form != "list" else None
        if line is not None:
            ElementTree.SubElement(element, "evaluator", _evaluator(topic.form, line, values))
        else:
            for n, (option, value) in enumerate(values.items(), start=1):
                topic.item(element, n, option, evaluation=_text(value))
        share = _text(shares[topic.key] / stretch)
        ElementTree.SubElement(objective, "weight", index=str(index), value=share)
        objective.append(element)
    key = case.walk_away(party)
    found = _DISCOUNT.search(case.demands[key].assumed or "") if key is not None else None
    factor = found[1] if found is not None else "1.0"
    ElementTree.SubElement(root, "discount_factor", value=factor)
    if key is not None:
        reserved = min(_face(case.demands[key].worth) / 100 / stretch, Fraction(1))
        ElementTree.SubElement(root, "reservation", value=_text(reserved))
    return root


def _stretched(
    topics: Sequence[_Topic], worth: Sequence[Mapping[str, Fraction]], shares: dict[str, Fraction]
) -> tuple[dict[str, Fraction], Fraction]:
    """Return the weights that undo GENIUS's stretching, and by what to divide the party's scale.

    GENIUS stretches an issue's best option to 1, so that its weight must shrink by as much. The
    weights then add up to less than 1, and the whole scale, walk-away included, takes that back.
    """
    for topic, values in zip(topics, worth, strict=True):
        best = max(values.values())
        if topic.form == "list" and best:
            shares[topic.key] *= best / 100
    total = sum(shares.values(), Fraction(0))
    return shares, total if abs(total - 1) > _ROUNDING else Fraction(1)


def _evaluator(form: Form, line: _Line, values: Mapping[str, Fraction]) -> dict[str, str]:
    """Return the attributes of an evaluator: an integer's counts from its lower bound."""
    slope = _text(line.slope / 100)
    if form == "integer":
        low = Fraction(next(iter(values)))
        return {"ftype": "linear", "offset": _text(line(low) / 100), "slope": slope}
    return {"ftype": "linear", "parameter0": _text(line.at_zero / 100), "parameter1": slope}


def _writable(text: str) -> str:
    return _UNWRITABLE.sub("", text)


def _text(number: Fraction) -> str:
    """Return a decimal number with so many digits that reading it gives the same float again."""
    exact = _DIGITS.divide(Decimal(number.numerator), Decimal(number.denominator))
    short = _DIGITS.normalize(exact)
    return f"{short:f}" if abs(short.adjusted()) < 15 else str(short)


def _save(trees: Mapping[str, ElementTree.Element], folder: Path) -> list[Path]:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        there = {file.name for file in folder.iterdir() if file.suffix.lower() == ".xml"}
        if stray := sorted(there - set(trees)):
            raise ExchangeError(
                f"{clip(folder)}: holds {clip(stray[0])}, which would be read as a part of the "
                "domain; choose another folder"
            )
        for name, tree in trees.items():
            ElementTree.indent(tree)
            data: bytes = ElementTree.tostring(tree, encoding="utf-8", xml_declaration=True)
            # First beside it and then in its place: nobody ever finds half a file.
            beside = folder / f"{name}.part"
            beside.write_bytes(data + b"\n")
            beside.replace(folder / name)
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise ExchangeError(f"{clip(folder)}: can't be written ({why})") from None
    return [folder / name for name in trees]
