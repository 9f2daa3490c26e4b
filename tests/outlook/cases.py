"""The small case with an outlook, as data and as a case, and ways to change it."""

import copy
import datetime as dt
from functools import cache
from typing import Any

from goodoffices.case import Case, build, check
from goodoffices.case._yaml import read
from goodoffices.case.model import Case as Model
from goodoffices.deals import Deals, deals
from goodoffices.errors import Fault
from goodoffices.outlook.inputs import Inputs
from goodoffices.outlook.results import OutlookReport
from goodoffices.outlook.subject import Subject, ask
from tests.case.cases import GONE, SMALL

TODAY = dt.date(2024, 5, 31)
BY = dt.date(2024, 11, 29)

OUTLOOK = """
outlook:
  by: 2024-11-29
  half_life: 30
  questions:
    accord: {name: North and South sign, by: 2024-11-29}
    fire: {name: Guns are fired across the corridor, by: 2024-08-30, risk: escalation}
  estimates:
    aide: {question: accord, speaker: office, date: 2024-05-01, probability: 0.5, assumed: "t: a"}
    north:
      {question: accord, probability: unlikely, because: north-stays, assumed: "t: so it sounds"}
  events:
    gift:
      name: South hands over maps
      date: 2024-05-24
      multiplies: {deal: 2}
      half_life: 4
      signals: {south-serious: 3}
      assumed: "team: a first guess"
  beliefs:
    south-serious:
      {name: South is serious, about: south, prior: 0.5, unless: {escalation: 3}, assumed: "t: a"}
  records:
    in-north: {kept: 6, broken: 4, assumed: "team: counted"}
  risks:
    deal: {name: They sign, chance: 40%, within: 26, assumed: "team: a guess"}
    escalation:
      {name: Guns are fired, class: escalation-deaths, factor: 0.5..2, harms: true, assumed: "t: a"}
  perceptions:
    north: {feels: 0.5, sees_way_out: 0.25, assumed: "team: heard"}
    south: {feels: 0.5, assumed: "team: heard"}
  waiting:
    stocks: {name: Food, amount: 800, unit: t, half_life: 13, worth: 10, to: south, assumed: "t: a"}
    captives: {name: Captives alive, half_life: 26..260, people: true, assumed: "team: a guess"}
  pressure:
    farmers: {on: north, per_week: 1, most: 20, assumed: "team: they are loud"}
  tabling:
    package: best
    accepted: 80..100
    worth: {deal: 60..90, escalation: 0, open: 20..40}
    lost: 0..20
    together: 0..50%
    refused: {deal: 0.5..1, escalation: 1..2}
    contain: {deal: 0.3, escalation: 0.5}
    alternatives: {south: 0..10}
    assumed: "office: its own"
  inside: {signed: 20..60%, within: 26, assumed: "team: wide"}
"""


def data(changes: dict[str, Any] | None = None) -> dict[str, Any]:
    """Return the case as data, with other values at some paths (`outlook/by`)."""
    found: dict[str, Any] = copy.deepcopy(read(SMALL + OUTLOOK).data)
    for path, value in (changes or {}).items():
        node: Any = found
        *parts, last = path.split("/")
        for part in parts:
            node = node.setdefault(part, {})
        if value is GONE:
            del node[last]
        else:
            node[last] = value
    return found


def case_with(changes: dict[str, Any] | None = None) -> Case:
    return build(data(changes))


def faults_with(changes: dict[str, Any], severity: str = "error") -> list[str]:
    """Return the faults that the changes bring, as text."""
    before = {str(fault) for fault in check(case_with())}
    found: tuple[Fault, ...] = check(case_with(changes))
    return [str(f) for f in found if f.severity == severity and str(f) not in before]


@cache
def weighed() -> Deals:
    """What the deals lens says of the small case."""
    return deals(case_with(), draws=500, compare=False)


def asked(case: Model, draws: int = 400, seed: int = 0, by: dt.date | None = None) -> Subject:
    return ask(case, by=by, today=TODAY, inputs=Inputs(draws, seed))


def ask_lens(changes: dict[str, Any] | None = None, **options: Any) -> OutlookReport:
    """Ask the lens of the small case; the deals lens is asked once for all that don't change it."""
    from goodoffices.outlook import outlook

    options = {"today": TODAY, "draws": 400, **options}
    return outlook(case_with(changes), options.pop("deals", weighed()), **options)
