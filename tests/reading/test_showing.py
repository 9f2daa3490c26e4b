"""What a person sees of a draft."""

from __future__ import annotations

import pytest

from goodoffices.case import Case
from goodoffices.reading.drafting import draft
from goodoffices.reading.merge import merge
from goodoffices.reading.review import start, turn_to
from goodoffices.reading.showing import View, view
from tests.reading.found import REPORT, WIRE, report, wire

TEXTS = {"talks-stall": REPORT, "no-progress": WIRE}


@pytest.fixture
def case() -> Case:
    return draft(merge([report(), wire()])).case


def shown(case: Case, path: str) -> View:
    found = view(turn_to(start(case), path), TEXTS)
    assert found is not None
    return found


def test_a_quote_stands_in_its_paragraph(case: Case) -> None:
    (excerpt,) = shown(case, "claims.red-line-insists-troops-stay-corridor").excerpts
    assert excerpt.source == "Talks stall, 23-67"
    assert (excerpt.before, excerpt.quote) == (
        "The North ",
        "insists that its troops stay in the corridor",
    )
    assert excerpt.after == ". The South will not talk before the troops leave."


def test_every_place_of_a_claim_is_shown(case: Case) -> None:
    found = shown(case, "claims.precondition-talk-troops-leave")
    assert [each.source.partition(",")[0] for each in found.excerpts] == [
        "Talks stall",
        "No progress",
    ]


def test_a_demand_is_shown_with_its_words_and_what_comes_with_it(case: Case) -> None:
    found = shown(case, "demands.north-insists-that-its-troops-stay")
    assert found.kind == "Demand"
    assert dict(found.fields)["requires"] == "{corridor: troops-stay-in-the-corridor}"
    assert "issues.corridor" in found.needs
    assert found.excerpts[0].quote == "insists that its troops stay in the corridor"
    assert found.left == 23


def test_a_claim_says_how_sure_the_program_was(case: Case) -> None:
    fields = dict(shown(case, "claims.estimate-agreement-unlikely").fields)
    assert fields["confidence"] == "70%"
    assert fields["type"] == "estimate"


def test_without_the_source_the_words_stand_alone(case: Case) -> None:
    review = turn_to(start(case), "claims.estimate-agreement-unlikely")
    found = view(review, {})
    assert found is not None
    assert (found.excerpts[0].before, found.excerpts[0].after) == ("", "")


def test_a_paragraph_that_goes_on_is_cut_and_says_so() -> None:
    long = "word " * 200
    text = f"{long}They will not leave. {long}"
    case = Case.model_validate(
        {
            "goodoffices": 1,
            "title": "x",
            "sources": {"s": {"title": "S", "kind": "report"}},
            "claims": {
                "c": {
                    "class": "fact",
                    "source": "s",
                    "quote": "They will not leave",
                    "status": "draft",
                }
            },
        }
    )
    found = view(start(case), {"s": text})
    assert found is not None
    (excerpt,) = found.excerpts
    assert excerpt.before.startswith("…")
    assert excerpt.after.endswith("…")
    assert len(excerpt.before) < 250


def test_at_the_end_nothing_is_shown() -> None:
    assert view(start(Case(goodoffices=1, title="x")), {}) is None
