"""Findings for tests: a small sound reading of two documents, and any reading whatever."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import replace
from typing import Any, get_args

from hypothesis import strategies as st

from goodoffices.case.speech import Modality, StatementType
from goodoffices.reading.findings import (
    Amount,
    ClaimClass,
    Document,
    Findings,
    Happening,
    Named,
    NamedKind,
    Role,
    SourceKind,
    Span,
    Statement,
    Topic,
    TopicOption,
)

REPORT = """\
Talks stall

The North insists that its troops stay in the corridor. \
The South will not talk before the troops leave.

Northern guards shot two farmers near the bridge on Monday. \
Officials of the mediator say an agreement is unlikely.

Enough of this! The corridor is ours, and always will be.
"""

WIRE = """\
No progress

The South says that it will not talk before the troops leave. \
Northern guards shot three farmers near the bridge on Monday.

The North denies that its guards shot farmers near the bridge.
"""


def span(text: str, words: str) -> Span:
    """Return where words stand; they must."""
    start = text.index(words)
    return Span(start, start + len(words))


def said(text: str, words: str, type_: StatementType, *speakers: str, **fields: Any) -> Statement:
    """Return a statement whose sentence is its quote."""
    where = span(text, words)
    known: dict[str, Any] = {"class_": "attributed claim", "speakers": speakers, "confidence": 0.7}
    return Statement(span=where, sentence=where, type=type_, **(known | fields))


def document(key: str, text: str, **fields: Any) -> Document:
    return Document(id=key, name=f"{key}.txt", text=text, digest=f"{key}-{len(text)}", **fields)


NORTH = Named(id="north", name="North", kind="party", aliases=("Northern",), heard=True)
SOUTH = Named(id="south", name="South", kind="party")
MEDIATOR = Named(id="mediator", name="Mediator", kind="party", role="mediator", heard=True)
GUARDS = Named(id="guards", name="Northern guards", kind="faction", of="north")
FARMERS = Named(id="farmers", name="farmers", kind="constituency", of="south")
ENVOY = Named(id="envoy", name="Ada Reyes", kind="person", of="mediator", heard=True)

MONDAY = dt.date(2024, 5, 27)
SHOT = Happening(actor="guards", target="farmers", date=MONDAY, count=2, place="the bridge")


def report() -> Findings:
    """What a good engine finds in the report."""
    text = REPORT
    statements = (
        said(text, "insists that its troops stay in the corridor", "red line", "north"),
        said(text, "will not talk before the troops leave", "precondition", "south"),
        said(
            text,
            "Northern guards shot two farmers near the bridge on Monday",
            "assault",
            class_="fact",
            happening=SHOT,
            amounts=(Amount(span=span(text, "two"), value=2, unit="farmers"),),
        ),
        said(
            text,
            "an agreement is unlikely",
            "estimate",
            "mediator",
            class_="estimate",
            phrase=span(text, "unlikely"),
        ),
        said(text, "The corridor is ours", "statement", class_="opinion", voice="opinion"),
    )
    options = (
        TopicOption(name="Troops stay in the corridor", wanted_by=("north",), statements=(0,)),
        TopicOption(name="Troops leave", wanted_by=("south",), statements=(1,)),
    )
    return Findings(
        document=document("report", text, title="Talks stall", date=dt.date(2024, 5, 30)),
        named=(NORTH, SOUTH, MEDIATOR, GUARDS, FARMERS, ENVOY),
        statements=statements,
        topics=(Topic(id="corridor", name="the corridor", options=options, statements=(0, 1)),),
        opinion=(span(text, "Enough of this! The corridor is ours, and always will be."),),
        dropped={"no verb": 2},
    )


def wire() -> Findings:
    """What it finds in another document on the same day."""
    text = WIRE
    statements = (
        said(text, "it will not talk before the troops leave", "precondition", "south"),
        said(
            text,
            "Northern guards shot three farmers near the bridge on Monday",
            "assault",
            class_="fact",
            happening=replace(SHOT, count=3),
        ),
        said(
            text,
            "its guards shot farmers near the bridge",
            "assault",
            "north",
            modality="denied",
            about=("guards",),
        ),
    )
    return Findings(
        document=document("wire", text, title="No progress", date=dt.date(2024, 5, 30)),
        named=(NORTH, replace(SOUTH, heard=True), GUARDS, FARMERS),
        statements=statements,
        dropped={"no verb": 1, "no speaker": 1},
    )


# --- Any findings ---------------------------------------------------------------------------------

SIGNS = st.characters(exclude_categories=["Cs"], exclude_characters="\r\ufffe\uffff\ufeff")
WORDS = ["North", "troops", "the", "corridor", "leave", "not", "14", "“never”", "é", "e\u0301", "x"]
TEXTS = st.lists(st.sampled_from(WORDS) | st.text(SIGNS, max_size=8), min_size=1, max_size=40).map(
    " ".join
)
NAMES = st.sampled_from(
    ["North", "the South", "north", "Burns", "\u202eabc", "1", "null", "", "a: b"]
)
IDS = ["north", "south", "a", "1", "somebody", "The envoy"]


def choice(kind: Any) -> st.SearchStrategy[Any]:
    return st.sampled_from(get_args(kind))


def spans(text: str) -> st.SearchStrategy[Span]:
    ends = st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))
    return ends.map(sorted).map(lambda pair: Span(pair[0], pair[1]))


@st.composite
def happenings(draw: st.DrawFn) -> Happening:
    days = st.none() | st.dates(dt.date(1990, 1, 1), dt.date(2030, 1, 1))
    return Happening(
        actor=draw(st.none() | st.sampled_from(IDS)),
        target=draw(st.none() | st.sampled_from(IDS)),
        date=draw(days),
        when=draw(st.none() | NAMES),
        count=draw(st.none() | st.floats(0, 1e6)),
    )


@st.composite
def statements(draw: st.DrawFn, text: str) -> Statement:
    where = draw(spans(text))
    return Statement(
        span=where,
        sentence=where,
        type=draw(choice(StatementType)),
        class_=draw(choice(ClaimClass)),
        modality=draw(choice(Modality)),
        negated=draw(st.booleans()),
        speakers=tuple(draw(st.lists(st.sampled_from(IDS), max_size=3))),
        addressee=draw(st.none() | st.sampled_from(IDS)),
        about=tuple(draw(st.lists(st.sampled_from(IDS), max_size=2))),
        happening=draw(st.none() | happenings()),
        phrase=draw(st.none() | spans(text)),
        voice=draw(st.sampled_from(["report", "report", "opinion"])),
        confidence=draw(st.floats(0, 1)),
        quoted=draw(st.booleans()),
    )


@st.composite
def names(draw: st.DrawFn) -> tuple[Named, ...]:
    ids = draw(st.lists(st.sampled_from(IDS), unique=True, max_size=4))
    return tuple(
        Named(
            id=key,
            name=draw(NAMES),
            kind=draw(choice(NamedKind)),
            of=draw(st.none() | st.sampled_from(IDS)),
            aliases=tuple(draw(st.lists(NAMES, max_size=2))),
            role=draw(st.none() | choice(Role)),
            heard=draw(st.booleans()),
        )
        for key in ids
    )


@st.composite
def topics(draw: st.DrawFn, count: int) -> Topic:
    places = st.lists(st.integers(-1, count + 1), max_size=4).map(tuple)
    actors = st.lists(st.sampled_from(IDS), max_size=2).map(tuple)
    options = draw(
        st.lists(
            st.builds(
                TopicOption, name=NAMES, wanted_by=actors, refused_by=actors, statements=places
            ),
            max_size=3,
        )
    )
    return Topic(id="t", name=draw(NAMES), options=tuple(options), statements=draw(places))


@st.composite
def findings(draw: st.DrawFn, key: str = "doc") -> Findings:
    """Anything that an engine might say of a document."""
    text = draw(TEXTS)
    found = tuple(draw(st.lists(statements(text), max_size=6)))
    return Findings(
        document=Document(
            id=key,
            name=draw(st.sampled_from(["a.txt", "b.pdf", "?.txt"])),
            text=text,
            title=draw(st.none() | NAMES),
            publisher=draw(st.none() | NAMES),
            date=draw(st.none() | st.dates(dt.date(1990, 1, 1), dt.date(2030, 1, 1))),
            kind=draw(choice(SourceKind)),
            digest=draw(st.sampled_from(["", hashlib.sha256(text.encode()).hexdigest()])),
        ),
        named=draw(names()),
        statements=found,
        topics=tuple(draw(st.lists(topics(len(found)), max_size=2))),
        dropped={"no verb": draw(st.integers(0, 3))},
    )
