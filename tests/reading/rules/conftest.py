"""What the tests of reading by rules share: the model is loaded once."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from goodoffices.reading.findings import Document, Findings, Statement
from goodoffices.reading.rules import read_by_rules

Read = Callable[[str], Findings]
Told = tuple[str, str, str]


def document(text: str) -> Document:
    """A document of some text that states no date."""
    return Document(id="test", name="test.txt", text=text)


@pytest.fixture(scope="session")
def read() -> Read:
    """Read a text by rules."""
    known: dict[str, Findings] = {}

    def reading(text: str) -> Findings:
        if text not in known:
            known[text] = read_by_rules(document(text))
        return known[text]

    return reading


@pytest.fixture(scope="session")
def told(read: Read) -> Callable[[str], list[Told]]:
    """Read a text; return type, innermost speaker and words of each statement."""

    def telling(text: str) -> list[Told]:
        found = read(text)
        return [
            (one.type, one.speakers[-1] if one.speakers else "", one.span.of(text))
            for one in found.statements
        ]

    return telling


def only(found: Findings, kind: str) -> Statement:
    """The one statement of a type."""
    (one,) = [each for each in found.statements if each.type == kind]
    return one
