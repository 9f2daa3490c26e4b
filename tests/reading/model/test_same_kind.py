"""A model's findings are of the same kind as the rules' ones, and make the same kind of draft."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import Any

import pytest
from pydantic import TypeAdapter

from goodoffices.case import check
from goodoffices.reading.drafting import draft
from goodoffices.reading.findings import Findings
from goodoffices.reading.merge import merge
from goodoffices.reading.rules import read_by_rules
from tests.reading.model.asking import read
from tests.reading.model.samples import document, good
from tests.reading.model.scripted import said


@cache
def by_rules() -> Findings:
    return read_by_rules(document())


def by_model() -> Findings:
    return read(said(good()))


def keys(node: Any, under: str = "") -> set[str]:
    """Return the paths of all fields that a plain value has."""
    if isinstance(node, dict) and not under.endswith("dropped"):
        inner = [keys(value, f"{under}.{name}") for name, value in node.items()]
        return {f"{under}.{name}" for name in node}.union(*inner)
    if isinstance(node, list):
        return set().union(*(keys(one, under) for one in node))
    return set()


def test_both_engines_fill_the_same_fields() -> None:
    adapter = TypeAdapter(Findings)
    rules, model = (keys(adapter.dump_python(one, mode="json")) for one in (by_rules(), by_model()))
    # Which optional parts are filled depends on what was found: a phrase, a passage set apart.
    parts = (".document", ".named", ".statements", ".topics")
    assert {one for one in rules ^ model if one.startswith(parts) and one.count(".") <= 2} == set()


@pytest.mark.parametrize("reader", [by_rules, by_model])
def test_findings_of_either_engine_hold_together(reader: Any) -> None:
    found: Findings = reader()
    text, ids = found.document.text, {one.id for one in found.named}
    assert found.statements
    assert found.named
    for one in found.statements:
        assert one.span.of(text).strip()
        assert one.sentence.start <= one.span.start < one.span.end <= one.sentence.end
        assert all(speaker in ids or speaker in text for speaker in one.speakers)
        assert set(one.about) <= ids
    assert all(a.span.start <= b.span.start for a, b in pairwise(found.statements))
    for topic in found.topics:
        assert all(0 <= place < len(found.statements) for place in topic.statements)
    assert all(one.of is None or one.of in ids for one in found.named)


@pytest.mark.parametrize("reader", [by_rules, by_model])
def test_findings_of_either_engine_make_a_draft_without_errors(reader: Any) -> None:
    drafted = draft(merge([reader()]))
    assert {"parties", "claims", "issues", "demands"} <= drafted.added.keys()
    assert all(fault.severity == "warning" for fault in check(drafted.case))
    assert {claim.status for claim in drafted.case.claims.values()} == {"draft"}


def test_both_engines_draft_claims_on_the_same_words() -> None:
    def words(found: Findings) -> list[range]:
        return [range(one.span.start, one.span.end) for one in found.statements]

    rules, model = words(by_rules()), words(by_model())
    shared = [one for one in model if any(set(one) & set(other) for other in rules)]
    assert len(shared) >= 0.75 * len(model)
