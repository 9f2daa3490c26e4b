"""What a negotiation is: its model, its file, its faults, its uncertain quantities.

>>> from goodoffices.case import check, parse_case, starter
>>> case = parse_case(starter())
>>> [fault for fault in check(case) if fault.severity == "error"]
[]
"""

from goodoffices.case.check import check, check_file
from goodoffices.case.evidence import source_text
from goodoffices.case.file import (
    Document,
    build,
    dump_case,
    load_document,
    parse_case,
    read_case,
    save_case,
    starter,
)
from goodoffices.case.model import (
    Basis,
    Case,
    Claim,
    Constituency,
    Dated,
    Demand,
    Faction,
    Guarantee,
    Interest,
    Issue,
    Linkage,
    Option,
    Package,
    Party,
    Position,
    Progress,
    Promise,
    Scenario,
    Source,
    Trust,
)
from goodoffices.case.options import select
from goodoffices.case.phrases import YARDSTICKS, Yardstick, read_phrase
from goodoffices.case.quantity import Points, Probability, Quantity, Value, Weight
from goodoffices.case.scenario import apply_scenario
from goodoffices.case.schema import schema
from goodoffices.case.voices import Voices, voices

__all__ = [
    "YARDSTICKS",
    "Basis",
    "Case",
    "Claim",
    "Constituency",
    "Dated",
    "Demand",
    "Document",
    "Faction",
    "Guarantee",
    "Interest",
    "Issue",
    "Linkage",
    "Option",
    "Package",
    "Party",
    "Points",
    "Position",
    "Probability",
    "Progress",
    "Promise",
    "Quantity",
    "Scenario",
    "Source",
    "Trust",
    "Value",
    "Voices",
    "Weight",
    "Yardstick",
    "apply_scenario",
    "build",
    "check",
    "check_file",
    "dump_case",
    "load_document",
    "parse_case",
    "read_case",
    "read_phrase",
    "save_case",
    "schema",
    "select",
    "source_text",
    "starter",
    "voices",
]
