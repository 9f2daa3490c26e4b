"""A small sound case for tests, and ways to spoil it."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

from goodoffices.case import Case, build, check
from goodoffices.case._yaml import read
from goodoffices.errors import Fault

REPORT = """\
Talks on the corridor stalled on Thursday.

“We will not leave the corridor,” said a spokesman of the North.
The South’s minister answered: “No troops, or no talks.”

An aide to the mediator called both sides serious.
"""

SMALL = """\
goodoffices: 1
title: The corridor
as_of: 2024-05-31

sources:
  report: {title: Talks stall, date: 2024-05-30, kind: report, file: report.txt}
  letter: {title: A letter, date: 2024-05-30, kind: comment}

claims:
  north-stays:
    class: attributed claim
    source: report
    speaker: north
    quote: We will not leave the corridor
    at: 2
  south-no-troops:
    class: attributed claim
    source: report
    speaker: South
    quote: No troops, or no talks.
    at: 2
  serious:
    class: estimate
    source: report
    speaker: office
    quote: called both sides serious
    at: 3
  reader: {class: opinion, source: letter, quote: they never mean it}

parties:
  north:
    name: North
    role: principal
    factions: {hawks: {name: Hawks, veto: true}}
    constituencies: {farmers: Farmers}
  south: {name: South, role: principal}
  office: {name: The mediator, role: mediator}

interests:
  safety: {name: Safe roads, of: north, served_by: {corridor: stay}, because: north-stays}
  calm: {name: Calm towns, of: south, because: south-no-troops}

issues:
  corridor:
    name: The corridor
    options: {leave: Troops leave, share: Others watch it, stay: Troops stay}
  days:
    name: Days until exchange
    range: 0..40
    step: 10
    unit: days
    assumed: "team: both sides speak of weeks"

positions:
  north:
    corridor:
      weight: 40..60
      values: {leave: 0, share: 30..60, stay: 100}
      wants: stay
      interest: safety
      because: north-stays
      assumed: "team: no figure was reported"
    days: {weight: 40..60, values: {0: 100, 40: 0}, assumed: "team: sooner is better"}
  hawks:
    corridor: {weight: 80, values: {leave: 0, stay: 100}, assumed: "team: their programme"}
    days: {weight: 20, values: {0: 100, 40: 0}, assumed: "team: their programme"}
  south:
    corridor: {weight: 70, values: {leave: 100, stay: 0}, assumed: "team: a first guess"}
    days: {weight: 30, values: {0: 0, 40: 100}, assumed: "team: a first guess"}

demands:
  stay:
    by: north
    kind: red line
    name: Troops stay
    refuses: {corridor: leave}
    firmness: likely
    interest: safety
    because: north-stays
    assumed: "team: said once"
  no-troops:
    by: south
    kind: precondition
    name: No troops first
    requires: {corridor: [leave, share]}
    firmness: 60..80%
    interest: calm
    because: [south-no-troops, serious]
    assumed: "team: said once"
  north-no-deal: {by: north, kind: walk-away, name: No deal, value: 30..45, assumed: "team: guess"}
  south-no-deal: {by: south, kind: walk-away, name: No deal, value: unknown}

linkages:
  watch-takes-time:
    when: {corridor: share}
    requires: {days: at least 10}
    assumed: "team: nobody can come at once"
trust:
  in-north: {who: south, whom: north, kept: 0.5, assumed: "team: no record"}
promises:
  withdrawal:
    by: north
    to: south
    delivers: {corridor: leave}
    trust: in-north
    guarantee: {issue: days, kept: {0: 80%}}
    assumed: "team: soon is safer"
packages:
  draft: {name: The draft, by: office, picks: {corridor: share, days: 20}}
text_agreed: {share: 90%, assumed: "office: count of paragraphs"}
scenarios:
  watched:
    name: A third party watches
    set: {demands.stay.firmness: unlikely}
    assumed: "team: a watched corridor is safe"
"""

GONE = object()
"""In place of a value: the field is removed."""


def spoilt(changes: dict[str, Any]) -> dict[str, Any]:
    """Return the small case's data with other values at some dotted paths."""
    data: dict[str, Any] = copy.deepcopy(read(SMALL).data)
    for path, value in changes.items():
        node: Any = data
        *parts, last = path.split("/")
        for part in parts:
            node = node.setdefault(part, {})
        if value is GONE:
            del node[last]
        else:
            node[last] = value
    return data


def case_with(changes: dict[str, Any]) -> Case:
    """Return the small case with other values at some paths."""
    return build(spoilt(changes))


def faults_with(changes: dict[str, Any], severity: str, folder: Path | None = None) -> list[str]:
    """Return the faults of one severity that the changes bring, as text."""
    before = {str(fault) for fault in check(case_with({}), folder)}
    found: tuple[Fault, ...] = check(case_with(changes), folder)
    return [str(f) for f in found if f.severity == severity and str(f) not in before]


def write_small(folder: Path, text: str = SMALL) -> Path:
    """Write the small case and its source into a folder, and return the case's path."""
    (folder / "report.txt").write_text(REPORT, encoding="utf-8")
    path = folder / "case.yaml"
    path.write_text(text, encoding="utf-8")
    return path
