"""PLOVER's gold records: the type of a sentence, from its text alone.

Users supply their own copy of `PLOVER_GSR_CAMEO.txt` (Open Event Data Alliance, 2016, CC BY-SA
4.0), which holds the example sentences of the CAMEO manual with their types. Nothing here was
learned from them: the vocabulary was written from the definitions of PLOVER and CAMEO.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from goodoffices.case.speech import StatementType
from goodoffices.errors import ExchangeError, clip
from goodoffices.reading.findings import Document, Findings, Statement
from goodoffices.reading.rules import read_by_rules

__all__ = ["MEANS", "Confusion", "RecordCheck", "check_records", "main_type"]

MEANS: Mapping[str, frozenset[StatementType]] = MappingProxyType(
    {
        # "Express intent to cooperate", of any kind, to meet, to settle, to mediate.
        "AGREE": frozenset({"agree", "promise", "offer", "guarantee"}),
        "CONSULT": frozenset({"consult"}),
        "SUPPORT": frozenset({"support", "approve"}),
        "COOPERATE": frozenset({"cooperate"}),
        "AID": frozenset({"aid"}),
        "CONCEDE": frozenset({"concede"}),
        "RETREAT": frozenset({"retreat"}),
        # The records say INVESTIGATE and DISAPPROVE for what PLOVER 0.8 joined in ACCUSE.
        "INVESTIGATE": frozenset({"accuse"}),
        "DISAPPROVE": frozenset({"accuse", "disapprove"}),
        "DEMAND": frozenset({"demand", "request", "precondition"}),
        "REJECT": frozenset({"reject", "red line"}),
        "THREATEN": frozenset({"threaten", "warning"}),
        "PROTEST": frozenset({"protest"}),
        "MOBILIZE": frozenset({"mobilize"}),
        "SANCTION": frozenset({"sanction"}),
        "COERCE": frozenset({"coerce"}),
        # ASSAULT, and FIGHT as PLOVER's first draft had it, became one.
        "ASSAULT": frozenset({"assault"}),
        "FIGHT": frozenset({"assault"}),
    }
)
"""The types of the records, in the terms of `goodoffices.case.speech`."""

_PLAIN = frozenset({"statement", "event", "belief", "goal", "estimate", "interest", "issue"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Confusion:
    """One type of record: how many, how many typed rightly, and as what the others were read."""

    type: str
    records: int
    right: int
    instead: str


@dataclass(frozen=True, kw_only=True, slots=True)
class RecordCheck:
    """The types of all records."""

    records: int
    right: int
    types: tuple[Confusion, ...]


def main_type(statements: Sequence[Statement]) -> StatementType | None:
    """Return the type of a sentence: that of its first statement that does something.

    What merely says, believes or hopes stands back behind what is done; of two that begin at one
    place the longer counts.
    """
    order = sorted(statements, key=lambda one: (one.span.start, -one.span.end))
    done = [one for one in order if one.type not in _PLAIN]
    return (done or order)[0].type if order else None


def check_records(file: Path) -> RecordCheck:
    """Type every record of a file; raise `ExchangeError` if it can't be read."""
    rows = [(kind, text) for kind, text in _rows(file) if kind in MEANS]
    if not rows:
        raise ExchangeError(f"{file} holds no record of a known type")
    counts: Counter[str] = Counter()
    right: Counter[str] = Counter()
    instead: dict[str, Counter[str]] = {kind: Counter() for kind in MEANS}
    for kind, findings in _read(rows):
        found = main_type(findings.statements)
        counts[kind] += 1
        if found in MEANS[kind]:
            right[kind] += 1
        else:
            instead[kind][found or "nothing"] += 1
    return RecordCheck(
        records=len(rows),
        right=right.total(),
        types=tuple(
            Confusion(type=kind, records=n, right=right[kind], instead=_most(instead[kind]))
            for kind, n in counts.most_common()
        ),
    )


def _read(rows: Sequence[tuple[str, str]]) -> Iterator[tuple[str, Findings]]:
    for n, (kind, text) in enumerate(rows):
        yield kind, read_by_rules(Document(id=f"record-{n}", name="record", text=text))


def _rows(file: Path) -> Iterator[tuple[str, str]]:
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
        for row in data:
            yield str(row["event"]), str(row.get("text", ""))
    except (OSError, UnicodeDecodeError, ValueError, KeyError, TypeError) as error:
        raise ExchangeError(f"{file} can't be read: {clip(error)}") from None


def _most(counted: Counter[str]) -> str:
    return ", ".join(f"{n} {kind}" for kind, n in counted.most_common(4))
