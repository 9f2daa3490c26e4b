"""A short text, and an answer about it that a good model would give."""

from __future__ import annotations

from typing import Any

from goodoffices.reading.findings import Document

TEXT = """Dockers set a date

The dockworkers’ union said on Monday that its 4,200 members would walk out unless the terminal \
operators drop their plan for driverless trucks. “There will be no contract without job \
guarantees,” union president Dana Kowal told a rally.

The employers’ association called the threat irresponsible. Its director, Piet Vos, said the \
operators were willing to raise wages by 18 per cent over four years. A mediator put the chances \
of a deal at close to zero. On Tuesday police arrested six pickets in Westhaven.

Enough! The government must open the gates now.
"""


def document(text: str = TEXT, **fields: Any) -> Document:
    return Document(**{"id": "docks", "name": "docks.txt", "text": text, **fields})


def statement(quote: str, **fields: Any) -> dict[str, Any]:
    """Return a statement as a model writes it, all fields filled."""
    return {
        "quote": quote,
        "paragraph": None,
        "type": "statement",
        "class": "attributed claim",
        "modality": "asserted",
        "negated": False,
        "speakers": [],
        "addressee": None,
        "about": [],
        "condition": None,
        "phrase": None,
        "amounts": [],
        "happening": None,
        "voice": "report",
        "topic": None,
        "option": None,
        "stance": None,
        "confidence": 0.8,
    } | fields


NAMES: list[dict[str, Any]] = [
    {
        "name": "The dockworkers' union",
        "kind": "party",
        "aliases": ["union"],
        "of": None,
        "role": "principal",
    },
    {
        "name": "The employers' association",
        "kind": "party",
        "aliases": ["the operators", "terminal operators"],
        "of": None,
        "role": "principal",
    },
    {
        "name": "Dana Kowal",
        "kind": "person",
        "aliases": [],
        "of": "The dockworkers' union",
        "role": None,
    },
    {
        "name": "Piet Vos",
        "kind": "person",
        "aliases": ["Its director"],
        "of": "The employers' association",
        "role": None,
    },
    {"name": "A mediator", "kind": "party", "aliases": [], "of": None, "role": "mediator"},
    {"name": "police", "kind": "party", "aliases": [], "of": None, "role": "bystander"},
]

STATEMENTS: list[dict[str, Any]] = [
    statement(
        "its 4,200 members would walk out",
        paragraph=2,
        type="threaten",
        modality="conditional",
        speakers=["The dockworkers' union"],
        addressee="terminal operators",
        condition="unless the terminal operators drop their plan",
        amounts=[{"words": "4,200 members", "value": 4200, "unit": "members"}],
    ),
    statement(
        "unless the terminal operators drop their plan for driverless trucks",
        paragraph=2,
        type="precondition",
        modality="conditional",
        speakers=["The dockworkers' union"],
        topic="driverless trucks",
        option="drop the plan",
        stance="wants",
    ),
    statement(
        '"There will be no contract without job guarantees,"',
        paragraph=2,
        type="red_line",
        modality="future",
        negated=True,
        speakers=["union president Dana Kowal"],
        topic="job guarantees",
        option="no job guarantees",
        stance="refuses",
    ),
    statement(
        "called the threat irresponsible",
        paragraph=3,
        type="disapprove",
        speakers=["The employers’ association"],
        addressee="the union",
    ),
    statement(
        "the operators were willing to raise wages by 18 per cent",
        paragraph=3,
        type="offer",
        speakers=["Piet Vos", "the operators"],
        amounts=[{"words": "18 per cent", "value": 18, "unit": "%"}],
        topic="wages",
        option="raise wages by 18 per cent",
        stance="wants",
    ),
    statement(
        "put the chances of a deal at close to zero",
        paragraph=3,
        type="estimate",
        **{"class": "estimate"},
        speakers=["A mediator"],
        phrase="close to zero",
    ),
    statement(
        "police arrested six pickets",
        paragraph=3,
        type="coerce",
        **{"class": "fact"},
        happening={
            "actor": "police",
            "target": "pickets",
            "when": "On Tuesday",
            "place": "Westhaven",
            "count": 6,
        },
    ),
    statement(
        "The government must open the gates now",
        paragraph=4,
        type="demand",
        **{"class": "opinion"},
        voice="opinion",
    ),
]


def good(**fields: Any) -> dict[str, Any]:
    """Return a whole answer, some fields replaced."""
    answer = {"names": NAMES, "opinion_paragraphs": [4], "statements": STATEMENTS}
    return answer | fields
