"""PETRARCH's unit tests: who does what to whom in sentences written to be hard.

Users supply their own copy of `PETR.UnitTest.records.xml` (Open Event Data Alliance, 2014). Its
places are from novels and its codes partly made up, so the parties are given to the reader in a
list, and only codes that mean something count for the type.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from goodoffices.errors import ExchangeError, clip
from goodoffices.reading.findings import Document, Findings, Statement
from goodoffices.reading.rules import Gazetteer, read_by_rules

__all__ = ["Failure", "Unit", "UnitCheck", "check_units", "parties_of", "read_units"]

_RECORD = re.compile(r"<Sentence\b(?P<head>[^>]*)>(?P<body>.*?)</Sentence>", re.DOTALL)
_EVENT = re.compile(
    r"<EventCoding\s+sourcecode=[\"'](?P<source>[^>]*?)[\"']\s+targetcode=[\"'](?P<target>[^>]*?)[\"']"
    r"\s+eventcode=[\"'](?P<code>\d+)[\"']"
)
_TEXT = re.compile(r"<Text>(.*?)</Text>", re.DOTALL)
_CATEGORY = re.compile(r'category="(\w+)"')
_LARGEST = 20_000_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Unit:
    """One event that a sentence is said to hold."""

    category: str
    text: str
    source: str
    """The first three letters of the actor's code; the rest says which organ."""
    target: str
    root: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Failure:
    """One kind of failure, and how often it came."""

    what: str
    times: int
    category: str
    """The kinds of tests that it came in most."""


@dataclass(frozen=True, kw_only=True, slots=True)
class UnitCheck:
    """How many of the events were found, part by part."""

    events: int
    source: int
    target: int
    typed: int
    """Events whose code has a meaning."""
    type: int
    whole: int
    """Events found in one statement with source, target and, where it means something, type."""
    failures: tuple[Failure, ...]


@cache
def _codes() -> dict[str, Any]:
    from ruamel.yaml import YAML

    file = Path(__file__).with_name("data") / "codes.yaml"
    found: dict[str, Any] = YAML(typ="safe", pure=True).load(file.read_text(encoding="utf-8"))
    return found


def read_units(file: Path) -> tuple[Unit, ...]:
    """Return the events between known actors; raise `ExchangeError` if a file can't be read."""
    try:
        if file.stat().st_size > _LARGEST:
            raise ExchangeError(f"{file} is larger than {_LARGEST:,} bytes; is it the right file?")
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ExchangeError(f"{file} can't be read: {clip(error)}") from None
    return tuple(_units(text))


def _units(text: str) -> Iterator[Unit]:
    known = _codes()["actors"]
    for record in _RECORD.finditer(text):
        category = _CATEGORY.search(record["head"])
        words = _TEXT.search(record["body"])
        if words is None:
            continue
        sentence = " ".join(html.unescape(words[1]).split())
        for event in _EVENT.finditer(record["body"]):
            source, target = event["source"][:3], event["target"][:3]
            if source in known and target in known:
                yield Unit(
                    category=category[1] if category is not None else "",
                    text=sentence,
                    source=source,
                    target=target,
                    root=event["code"][:2],
                )


def check_units(file: Path) -> UnitCheck:
    """Read every sentence and look for its events."""
    units = read_units(file)
    if not units:
        raise ExchangeError(f"{file} holds no event between known actors")
    gazetteer = Gazetteer(
        (),
    ).extended({"parties": _codes()["actors"]})
    read: dict[str, Findings] = {}
    hits: Counter[str] = Counter()
    failed: dict[str, Counter[str]] = {}
    for unit in units:
        if unit.text not in read:
            document = Document(id="unit", name="unit", text=unit.text)
            read[unit.text] = read_by_rules(document, gazetteer=gazetteer)
        for what in _judged(unit, read[unit.text], hits):
            failed.setdefault(what, Counter())[unit.category] += 1
    order = sorted(failed, key=lambda what: (-failed[what].total(), what))
    return UnitCheck(
        events=len(units),
        source=hits["source"],
        target=hits["target"],
        typed=sum(unit.root in _codes()["roots"] for unit in units),
        type=hits["type"],
        whole=hits["whole"],
        failures=tuple(
            Failure(what=what, times=failed[what].total(), category=_most(failed[what]))
            for what in order
        ),
    )


def _judged(unit: Unit, findings: Findings, hits: Counter[str]) -> list[str]:
    """Count what of an event was found, and return what failed."""
    found = [parties_of(one, findings) for one in findings.statements]
    types = _codes()["roots"].get(unit.root)
    source = any(unit.source in sources for sources, _ in found)
    target = any(unit.target in targets for _, targets in found)
    typed = types is None or any(one.type in types for one in findings.statements)
    whole = any(
        unit.source in sources and unit.target in targets and (types is None or one.type in types)
        for one, (sources, targets) in zip(findings.statements, found, strict=True)
    )
    hits["source"] += source
    hits["target"] += target
    hits["type"] += typed and types is not None
    hits["whole"] += whole
    if not findings.statements:
        return ["nothing was found"]
    failed = [
        what
        for what, right in (
            ("the source is another or none", source),
            ("the target is another or none", target),
            ("the type is another", typed),
        )
        if not right
    ]
    return failed or ([] if whole else ["the parts stand in different statements"])


def parties_of(one: Statement, findings: Findings) -> tuple[frozenset[str], frozenset[str]]:
    """Return the codes of who acts and of whom it is done to."""
    what = one.happening
    sources = [*one.speakers, what.actor if what is not None else None]
    targets = [one.addressee, what.target if what is not None else None, *one.about]
    return _coded(sources, findings), _coded(targets, findings)


def _coded(ids: list[str | None], findings: Findings) -> frozenset[str]:
    camps = {one.id: one.of or one.id for one in findings.named}
    return frozenset(camps.get(id_, id_).upper()[:3] for id_ in ids if id_ is not None)


def _most(counted: Counter[str]) -> str:
    return ", ".join(f"{n} {name}" for name, n in counted.most_common(3))
