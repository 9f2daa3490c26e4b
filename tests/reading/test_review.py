"""Going through drafts: accept, edit, reject, join, undo."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.case import Case, check
from goodoffices.case.drafts import drafts_of, settled
from goodoffices.errors import ModelError
from goodoffices.reading.drafting import draft
from goodoffices.reading.editing import change, fields_of, value_of
from goodoffices.reading.merge import merge
from goodoffices.reading.review import (
    Review,
    accept,
    alike,
    current,
    dependants,
    edited,
    join,
    left,
    needs,
    reject,
    skip,
    start,
    turn_to,
    undo,
)
from tests.reading.found import findings, report, wire

RED_LINE = "demands.north-insists-that-its-troops-stay"
STAYS = "claims.red-line-insists-troops-stay-corridor"
TWO, THREE = "assault-northern-guards-shot-two", "assault-northern-guards-shot-three"


@pytest.fixture
def case() -> Case:
    return draft(merge([report(), wire()])).case


@pytest.fixture
def review(case: Case) -> Review:
    return start(case)


def test_parties_come_first_and_bare_claims_last(review: Review) -> None:
    sections = [path.split(".")[0] for path in left(review)]
    assert sections[0] == "parties"
    assert sections[-1] == "claims"
    assert len(left(review)) == len(drafts_of(review.case))


def test_a_demand_needs_its_party_its_issue_and_its_words(case: Case) -> None:
    assert set(needs(case, RED_LINE)) == {
        "parties.north",
        "demands.north-walk-away",
        "issues.corridor",
        STAYS,
    }


def test_accepting_a_demand_accepts_what_it_needs(review: Review) -> None:
    done = accept(turn_to(review, RED_LINE))
    there = drafts_of(done.case)
    assert not {RED_LINE, "parties.north", "issues.corridor", STAYS} & there.keys()
    assert "parties.south" in there
    assert done.said == f"accepted {RED_LINE}, and 4 more that it needs"
    assert settled(done.case).demands.keys() == {RED_LINE.partition(".")[2], "north-walk-away"}


def test_an_accepted_claim_keeps_its_words_and_loses_the_programs_confidence(
    review: Review,
) -> None:
    before = review.case.claims[STAYS.partition(".")[2]]
    after = accept(turn_to(review, STAYS)).case.claims[STAYS.partition(".")[2]]
    assert after == before.model_copy(update={"status": "confirmed", "confidence": None})


def test_an_event_without_a_day_cannot_be_accepted_yet() -> None:
    found = report()
    told = found.statements[2].happening
    assert told is not None
    undated = replace(found.statements[2], happening=replace(told, date=None))
    made = draft(merge([replace(found, statements=(undated,), topics=())])).case
    (path,) = [path for path in drafts_of(made) if path.startswith("outlook.events.")]
    review = accept(turn_to(start(made), path))
    assert review.case is made
    assert "the day of the event is missing" in review.said
    mended = edited(review, change(review.case, path, "date", "2024-05-27"))
    done = accept(turn_to(mended, path))
    assert path not in drafts_of(done.case)
    assert done.case.outlook is not None
    assert next(iter(done.case.outlook.events.values())).date.date == dt.date(2024, 5, 27)


def test_what_accepting_spoils_elsewhere_is_said(review: Review) -> None:
    packages = {"old": {"name": "Old", "picks": {}, "assumed": "team: x"}}
    from goodoffices.case.model import Package

    case = review.case.model_copy(
        update={"packages": {"old": Package.model_validate(packages["old"])}}
    )
    done = accept(turn_to(start(case), "issues.corridor"))
    assert "; now mend packages.old.picks" in done.said
    assert "issues.corridor" not in drafts_of(done.case)


def test_rejecting_takes_out_what_hangs_on_it_and_keeps_it_away(review: Review) -> None:
    gone = dependants(review.case, "issues.corridor")
    assert set(gone) == {
        "positions.north.corridor",
        "positions.south.corridor",
        RED_LINE,
        "demands.south-will-not-talk-before-the",
    }
    done = reject(turn_to(review, "issues.corridor"))
    assert not {"issues.corridor", *gone} & drafts_of(done.case).keys()
    assert len(done.case.rejected) == 5
    assert done.case.rejected[0] == "issues: corridor"
    again = draft(
        merge([report(), wire()]),
        done.case,
        texts={"talks-stall": report().document.text, "no-progress": wire().document.text},
        again=True,
    )
    assert again.case == done.case


def test_a_part_whose_last_words_are_rejected_is_rejected_too(review: Review) -> None:
    assert dependants(review.case, STAYS) == ("positions.north.corridor", RED_LINE)
    issue = review.case.issues["corridor"]
    assert STAYS.partition(".")[2] in issue.because
    done = reject(turn_to(review, STAYS))
    assert STAYS.partition(".")[2] not in done.case.issues["corridor"].because


def test_a_walk_away_that_is_rejected_does_not_take_its_party_along(case: Case) -> None:
    assert dependants(case, "demands.north-walk-away") == ()


def test_a_skipped_draft_comes_again_another_time(review: Review) -> None:
    first = current(review)
    after = skip(review)
    assert current(after) != first
    assert after.case is review.case
    assert current(start(after.case)) == first


def test_undo_takes_back_one_decision_after_the_other(review: Review) -> None:
    one = accept(review)
    two = reject(one)
    assert undo(two).case == one.case
    assert undo(undo(two)).case == review.case
    assert current(undo(undo(two))) == current(review)
    assert undo(review).said == "nothing to take back"


def test_a_change_is_kept_and_can_be_taken_back(review: Review) -> None:
    path = "parties.south"
    changed = edited(turn_to(review, path), change(review.case, path, "role", "spoiler"))
    assert changed.case.parties["south"].role == "spoiler"
    assert path in drafts_of(changed.case)
    assert undo(changed).case is review.case


def test_a_claim_can_be_joined_to_one_that_says_the_same(review: Review) -> None:
    at = turn_to(review, f"claims.{THREE}")
    assert alike(at)[0] == TWO
    done = join(at, TWO)
    assert THREE not in done.case.claims
    joined = done.case.claims[TWO]
    assert [place.source for place in joined.also] == ["no-progress"]
    assert done.case.outlook is not None
    assert {each.because for each in done.case.outlook.events.values()} == {(TWO,)}
    assert undo(done).case == review.case


def test_only_a_claim_can_be_joined_and_only_to_another(review: Review) -> None:
    assert join(turn_to(review, "parties.north"), TWO).case is review.case
    at = turn_to(review, f"claims.{TWO}")
    assert join(at, TWO).said == f'"{TWO}" is not another claim'
    assert alike(turn_to(review, "parties.north")) == ()


def test_a_path_that_is_no_draft_is_named_with_the_nearest(review: Review) -> None:
    with pytest.raises(ModelError, match=r'"parties.nort" is not a draft; did you mean "parties'):
        turn_to(review, "parties.nort")


def test_at_the_end_nothing_happens() -> None:
    done = start(Case(goodoffices=1, title="x"))
    assert current(done) is None
    for decide in (accept, reject, skip):
        assert decide(done) is done


# --- Fields ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "field", "typed", "shown"),
    [
        (STAYS, "speaker", "the army: its chief", "the army: its chief"),
        (STAYS, "type", "demand", "demand"),
        (STAYS, "about", "[north, corridor]", "[north, corridor]"),
        (STAYS, "via", "the report", "the report"),
        ("parties.north", "aliases", "[Northerners, N]", "[Northerners, N]"),
        (RED_LINE, "firmness", "60..80%", "60..80%"),
        (RED_LINE, "requires", "{corridor: other}", "{corridor: other}"),
        ("positions.north.corridor", "wants", "other", "other"),
    ],
)
def test_a_field_says_what_was_typed(
    case: Case, path: str, field: str, typed: str, shown: str
) -> None:
    changed = change(case, path, field, typed)
    assert value_of(changed, path, field) == shown
    assert path in drafts_of(changed)


def test_a_field_that_is_left_empty_is_taken_out(case: Case) -> None:
    assert change(case, STAYS, "type", " ").claims[STAYS.partition(".")[2]].type is None
    assert change(case, STAYS, "to", "") == case


@pytest.mark.parametrize(
    ("path", "field", "typed", "why"),
    [
        (STAYS, "quote", "other words", '"quote" cannot be changed here'),
        (STAYS, "typ", "demand", 'did you mean "type"'),
        (STAYS, "type", "demanding", "not one of"),
        ("parties.north", "role", "boss", '"boss" is not one of principal'),
        (RED_LINE, "requires", "{a: b", "a brace { is not closed"),
        (RED_LINE, "requires", "", "needs `refuses` or `requires`"),
        ("parties.north", "name", "", "missing"),
    ],
)
def test_what_cannot_be_said_is_refused_in_words(
    case: Case, path: str, field: str, typed: str, why: str
) -> None:
    with pytest.raises(ModelError) as refused:
        change(case, path, field, typed)
    assert why in str(refused.value)


def test_every_kind_of_draft_has_fields_to_change(case: Case) -> None:
    for part in drafts_of(case).values():
        assert set(fields_of(part)) <= {
            info.alias or name for name, info in type(part).model_fields.items()
        }


# --- Laws -----------------------------------------------------------------------------------------

DECISIONS: list[Callable[[Review], Review]] = [accept, reject, skip, undo]


@given(findings(), st.lists(st.sampled_from(DECISIONS), max_size=8))
def test_whatever_is_decided_leaves_a_case_without_errors_and_can_be_taken_back(
    found: object, decisions: list[Callable[[Review], Review]]
) -> None:
    first = start(draft(merge([found])).case)  # type: ignore[list-item]
    review = first
    for decide in decisions:
        review = decide(review)
        errors = [f for f in check(review.case) if f.severity == "error"]
        # What a case as a whole lacks shows once nothing waits.
        assert all(f.where in {"issues", "parties"} or not drafts_of(review.case) for f in errors)
    while review.past:
        review = undo(review)
    assert review.case is first.case


@given(findings())
def test_accepting_everything_leaves_what_cannot_be_used(found: object) -> None:
    review = start(draft(merge([found])).case)  # type: ignore[list-item]
    for _ in range(2 * len(review.order)):
        before = len(drafts_of(review.case))
        review = accept(review)
        if len(drafts_of(review.case)) == before and current(review) is not None:
            review = skip(review)
    assert current(review) is None
