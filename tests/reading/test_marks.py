"""How a proposal that was turned down is known again."""

from __future__ import annotations

from goodoffices.case.drafts import drafts_of
from goodoffices.reading.drafting import draft
from goodoffices.reading.marks import mark_of
from goodoffices.reading.merge import merge
from tests.reading.found import report, wire

CASE = draft(merge([report(), wire()])).case


def mark(path: str) -> str:
    return mark_of(CASE, path, drafts_of(CASE)[path])


def test_a_mark_says_in_words_what_was_turned_down() -> None:
    assert mark("parties.north") == "parties: north"
    assert mark("parties.north.factions.northern-guards") == "factions: north | northern guards"
    assert mark("positions.north.corridor") == "positions: north | corridor"
    assert mark("demands.south-will-not-talk-before-the") == (
        "demands: south | will not talk before the troops leave"
    )
    assert mark("claims.estimate-agreement-unlikely") == (
        "claims: mediator | estimate | an agreement is unlikely"
    )
    assert mark("outlook.estimates.estimate-agreement-unlikely") == (
        "estimates: unlikely | an agreement is unlikely"
    )


def test_every_draft_has_a_mark_of_its_own() -> None:
    marks = [mark(path) for path in drafts_of(CASE)]
    assert len(set(marks)) == len(marks)


def test_a_mark_does_not_hang_on_an_id() -> None:
    party = CASE.parties["north"]
    renamed = CASE.model_copy(update={"parties": {**CASE.parties, "n": party}})
    assert mark_of(renamed, "parties.n", party) == mark("parties.north")
    claim = CASE.claims["red-line-insists-troops-stay-corridor"]
    by_name = claim.model_copy(update={"speaker": "North"})
    assert mark_of(CASE, "claims.x", by_name) == mark(
        "claims.red-line-insists-troops-stay-corridor"
    )
