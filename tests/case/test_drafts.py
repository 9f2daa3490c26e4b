"""Drafts: no lens sees them, and what is confirmed does not hang on them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given

from goodoffices.case import Case, build, check, parse_case
from goodoffices.case._plain import plain
from goodoffices.case.drafts import (
    confirmed,
    count_drafts,
    drafts_of,
    ids_of,
    rebased,
    section_of,
    settled,
    told,
    with_status,
    without,
)
from goodoffices.deals import deals
from tests.case.cases import SMALL, case_with, faults_with
from tests.case.strategies import cases

DRAFT = {"status": "draft"}


def drafted(changes: dict[str, Any]) -> Case:
    """Return the small case with drafts of a party, an issue, a demand and two claims beside it."""
    parts: dict[str, Any] = {
        "sources/wire": {"title": "A wire", "date": "2024-05-31", "kind": "report"},
        "claims/said": {
            "class": "attributed claim",
            "source": "wire",
            "speaker": "coast",
            "quote": "the coast wants a road",
            **DRAFT,
        },
        "parties/coast": {"name": "The Coast", "role": "principal", **DRAFT},
        "parties/north/factions/doves": {"name": "Doves", **DRAFT},
        "issues/road": {"name": "A road", "options": ["yes-road", "no-road"], **DRAFT},
        "demands/road": {
            "by": "coast",
            "kind": "red line",
            "name": "A road",
            "requires": {"road": "yes-road"},
            "because": "said",
            **DRAFT,
        },
        "positions/coast": {"road": {"wants": "yes-road", "because": "said", **DRAFT}},
        "outlook": {"events": {"met": {"name": "They met", "date": "2024-05-30", **DRAFT}}},
    }
    return case_with(parts | changes)


def test_without_its_drafts_a_case_is_what_it_was() -> None:
    assert settled(drafted({})) == parse_case(SMALL)


def test_a_case_without_drafts_is_itself() -> None:
    case = parse_case(SMALL)
    assert settled(case) is case


def test_every_draft_is_found_by_its_path_and_counted_by_its_section() -> None:
    case = drafted({})
    assert list(drafts_of(case)) == [
        "claims.said",
        "parties.north.factions.doves",
        "parties.coast",
        "issues.road",
        "positions.coast.road",
        "demands.road",
        "outlook.events.met",
    ]
    assert count_drafts(case) == {
        "claims": 1,
        "factions": 1,
        "parties": 1,
        "issues": 1,
        "positions": 1,
        "demands": 1,
        "events": 1,
    }


def test_a_constituency_is_a_section_of_its_own() -> None:
    assert section_of("parties.north.constituencies.farmers") == "constituencies"
    assert section_of("positions.north.corridor") == "positions"


def test_a_lens_sees_no_draft() -> None:
    plainly, with_drafts = deals(parse_case(SMALL), draws=200), deals(drafted({}), draws=200)
    assert plainly == with_drafts


def test_a_confirmed_part_loses_evidence_that_is_a_draft_and_keeps_the_rest() -> None:
    case = drafted({"interests/calm/because": ["south-no-troops", "said"]})
    assert settled(case).interests["calm"].because == ("south-no-troops",)


def test_wishes_for_options_of_a_drafted_issue_drop_out() -> None:
    case = drafted({"interests/calm/served_by": {"road": "yes-road", "corridor": "leave"}})
    assert settled(case).interests["calm"].served_by == {"corridor": ("leave",)}


def test_an_id_of_a_draft_in_one_section_is_left_alone_in_another() -> None:
    # The claim `corridor` is a draft; the issue of that name is not.
    claim = {"class": "fact", "source": "report", "quote": "Talks", "about": "corridor", **DRAFT}
    changes = {"claims/corridor": claim, "claims/serious/about": ["corridor", "north"]}
    case = settled(case_with(changes))
    assert case.claims["serious"].about == ("corridor", "north")


def test_a_source_that_only_drafts_quote_goes_with_them() -> None:
    assert "wire" not in settled(drafted({})).sources


def test_a_source_that_nobody_quotes_yet_stays() -> None:
    case = drafted({"sources/later": {"title": "To be read", "kind": "study"}})
    assert "later" in settled(case).sources


def test_a_copy_of_a_source_that_is_gone_is_a_copy_of_none() -> None:
    assert settled(drafted({"sources/report/copy_of": "wire"})).sources["report"].copy_of is None


def test_a_camp_that_is_a_draft_is_none_yet() -> None:
    case = settled(drafted({"sources/report/camp": ["coast", "north"]}))
    assert case.sources["report"].camp == ("north",)


def test_single_parts_that_are_drafts_are_left_out() -> None:
    case = case_with({"text_agreed/status": "draft"})
    assert settled(case).text_agreed is None


def test_a_draft_below_a_draft_goes_with_it() -> None:
    case = drafted({"parties/coast/factions": {"fishers": {"name": "Fishers", **DRAFT}}})
    assert settled(case) == parse_case(SMALL)


def test_what_a_claim_is_about_loses_what_is_a_draft_and_keeps_the_rest() -> None:
    case = settled(drafted({"claims/serious/about": ["coast", "north", "road", "south"]}))
    assert case.claims["serious"].about == ("north", "south")


def test_a_place_that_says_the_same_in_a_source_that_is_gone_goes_too() -> None:
    places = [
        {"source": "wire", "quote": "the coast wants a road"},
        {"source": "letter", "quote": "they never mean it"},
    ]
    claim = {"class": "fact", "source": "report", "quote": "Talks", "also": places}
    # While a claim that stays quotes the wire, it stays too.
    assert "wire" in settled(drafted({"claims/stays": claim})).sources
    changes = {"claims/goes": {**claim, **DRAFT}, "claims/stays": {**claim, "also": places[1:]}}
    case = settled(drafted(changes))
    assert "wire" not in case.sources
    assert [place.source for place in case.claims["stays"].also] == ["letter"]


def test_a_position_of_a_draft_does_not_take_claims_of_its_issue_along() -> None:
    position = {"weight": 5, "assumed": "team: x", **DRAFT}
    claim = {"class": "fact", "source": "report", "quote": "Talks", "about": ["corridor"]}
    case = settled(case_with({"positions/office/corridor": position, "claims/one": claim}))
    assert case.claims["one"].about == ("corridor",)
    assert "office" not in case.positions


def test_ids_are_what_parts_define_and_a_position_defines_none() -> None:
    paths = ["positions.north.road", "parties.north.factions.doves", "claims.said", "text_agreed"]
    assert ids_of(paths) == {"doves", "said", "text_agreed"}
    assert ids_of([]) == frozenset()


@pytest.mark.parametrize(
    ("path", "section"),
    [
        ("claims.said", "claims"),
        ("parties.north", "parties"),
        ("parties.north.factions.doves", "factions"),
        ("parties.factions", "parties"),
        ("outlook", "outlook"),
        ("outlook.tabling", "tabling"),
        ("outlook.questions.accord", "questions"),
        ("moves.options.strike", "moves"),
        ("text_agreed", "text_agreed"),
    ],
)
def test_a_path_lies_in_a_section_that_people_know(path: str, section: str) -> None:
    assert section_of(path) == section


def test_an_outlook_and_moves_of_drafts_alone_are_none() -> None:
    option = {"name": "Strike", "by": "north", "assumed": "team: x", **DRAFT}
    case = drafted({"moves": {"options": {"strike": option}}})
    assert (settled(case).outlook, settled(case).moves) == (None, None)


def test_an_outlook_and_moves_that_hold_more_than_drafts_stay_without_these() -> None:
    option = {"name": "Strike", "by": "north", "assumed": "team: x"}
    event = {"name": "They left", "date": "2024-05-30", "assumed": "team: x"}
    changes: dict[str, Any] = {
        "moves": {"options": {"strike": option, "wait": {**option, **DRAFT}}},
        "outlook/events/left": event,
    }
    case = settled(drafted(changes))
    assert case.moves is not None
    assert case.outlook is not None
    assert list(case.moves.options) == ["strike"]
    assert list(case.outlook.events) == ["left"]


def test_an_empty_outlook_that_a_person_wrote_stays() -> None:
    case = case_with({"outlook": {}, "moves": {}, "claims/x": {"class": "fact", **DRAFT}})
    assert settled(case).outlook is not None
    assert settled(case).moves is not None


@pytest.mark.parametrize("name", ["served_by"])
def test_wishes_that_hold_nothing_else_are_empty_and_no_fault(name: str) -> None:
    case = settled(drafted({f"interests/calm/{name}": {"road": "yes-road"}}))
    assert getattr(case.interests["calm"], name) == {}


def test_what_the_farmers_want_of_a_drafted_issue_drops_out() -> None:
    wants = {"road": "yes-road", "corridor": "leave"}
    farmers = {"name": "Farmers", "wants": wants, "because": "serious"}
    case = settled(drafted({"parties/north/constituencies/farmers": farmers}))
    assert case.parties["north"].constituencies["farmers"].wants == {"corridor": ("leave",)}


def test_leaving_out_nothing_changes_nothing() -> None:
    case = drafted({})
    assert without(case, []) is case
    assert without(case, ["parties.nobody", "claims"]) is not None
    assert list(drafts_of(without(case, ["parties.nobody"]))) == list(drafts_of(case))


def test_what_is_confirmed_can_be_left_out_too() -> None:
    case = without(drafted({}), ["claims.south-no-troops", "demands.no-troops"])
    assert "no-troops" not in case.demands
    assert case.interests["calm"].because == ()
    assert len(drafts_of(case)) == 7


def test_only_the_drafts_that_are_named_are_confirmed() -> None:
    case = drafted({"claims/other": {"class": "fact", "confidence": 0.4, **DRAFT}})
    found = with_status(case, ["parties.north.factions.doves", "parties.north", "nothing.there"])
    assert set(drafts_of(case)) - set(drafts_of(found)) == {"parties.north.factions.doves"}
    assert found.claims["other"].confidence == 0.4
    assert with_status(case, []) is case


def test_a_claim_that_two_rest_on_is_named_once_when_they_become_one() -> None:
    case = drafted({"interests/calm/because": ["said", "serious", "north-stays"]})
    assert rebased(case, "said", "serious").interests["calm"].because == ("serious", "north-stays")
    assert rebased(case, "nobody-said", "serious") is case


# --- What check says ------------------------------------------------------------------------------


def test_one_warning_says_how_many_drafts_wait() -> None:
    (fault,) = [f for f in check(drafted({})) if "wait" in f.what]
    assert str(fault) == (
        "the case: 7 drafts wait for a person (1 in claims, 1 in factions, 1 in parties, "
        "1 in issues, 1 in positions, 1 in demands, 1 in events), 1 of them with a fault: see "
        "`check --drafts`; no lens uses them; go through them with `goodoffices review`"
    )
    assert fault.severity == "warning"


def test_faults_of_drafts_are_no_errors() -> None:
    changes: dict[str, Any] = {
        "claims/x": {"class": "fact", "status": "draft"},
        "demands/x": {
            "by": "nobody",
            "kind": "red line",
            "name": "x",
            "refuses": {"nothing": "a"},
            **DRAFT,
        },
    }
    assert faults_with(changes, "error") == []


def test_a_confirmed_demand_by_a_draft_party_is_an_error_that_says_so() -> None:
    assert faults_with(
        {
            "parties/coast": {"name": "The Coast", "role": "bystander", **DRAFT},
            "demands/theirs": {
                "by": "coast",
                "kind": "red line",
                "name": "x",
                "refuses": {"corridor": "leave"},
                "because": "serious",
            },
        },
        "error",
    ) == [
        (
            'demands.theirs.by: "coast" is not a party or faction; it is a draft: confirm it, or '
            "do without it"
        )
    ]


def test_a_number_that_rests_on_a_draft_alone_rests_on_nothing() -> None:
    found = faults_with(
        {
            "claims/said": {"class": "fact", "source": "report", "quote": "Talks", **DRAFT},
            "trust/in-north": {"who": "south", "whom": "north", "kept": 0.5, "because": "said"},
        },
        "error",
    )
    assert [fault.partition(";")[0] for fault in found] == [
        "trust.in-north: `kept` rests on no claim and no assumption"
    ]


def test_a_case_of_drafts_alone_is_not_blamed_for_being_empty() -> None:
    case = build(
        {
            "goodoffices": 1,
            "title": "x",
            "parties": {"a": {"name": "A", "role": "principal", **DRAFT}},
        }
    )
    assert [fault for fault in check(case) if fault.severity == "error"] == []
    assert not any("nobody is heard" in fault.what for fault in check(case))


def test_once_no_draft_waits_what_is_missing_is_an_error() -> None:
    case = build(
        {"goodoffices": 1, "title": "x", "parties": {"a": {"name": "A", "role": "principal"}}}
    )
    assert {f.where for f in check(case) if f.severity == "error"} == {
        "issues",
        "parties",
        "parties.a",
    }


def test_a_quote_of_a_draft_that_is_nowhere_is_no_error(tmp_path: Any) -> None:
    (tmp_path / "report.txt").write_text("Nothing was said.")
    case = case_with({})
    for key in case.claims:
        case = case.model_copy(
            update={
                "claims": {
                    **case.claims,
                    key: case.claims[key].model_copy(update={"status": "draft"}),
                }
            }
        )
    (waiting,) = [f for f in check(case, tmp_path) if "wait" in f.what]
    assert "3 of them with a fault" in waiting.what
    assert not any(".quote" in f.where for f in check(case, tmp_path))


# --- Changing drafts ------------------------------------------------------------------------------


def test_confirmed_takes_every_draft_as_it_is() -> None:
    case = confirmed(drafted({}))
    assert drafts_of(case) == {}
    assert "road" in case.demands


def test_some_drafts_can_be_confirmed_and_lose_the_programs_confidence() -> None:
    case = with_status(drafted({"claims/said/confidence": 0.7}), ["claims.said"])
    assert case.claims["said"].status == "confirmed"
    assert case.claims["said"].confidence is None
    assert "claims.said" not in drafts_of(case)
    assert len(drafts_of(case)) == 6


def test_what_rested_on_one_claim_can_rest_on_another() -> None:
    case = rebased(drafted({}), "said", "serious")
    assert case.demands["road"].because == ("serious",)
    assert case.positions["coast"]["road"].because == ("serious",)


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ((0,), ""),
        ((1,), "1 draft waits for a person, and is not used here."),
        ((0, 1), "Not confirmed by a person: 1 draft is used here."),
        (
            (0, 0, 2),
            "Not confirmed by a person: 0 drafts are used here; 2 more cannot be used yet.",
        ),
    ],
)
def test_what_a_result_says_of_drafts(counts: tuple[int, ...], words: str) -> None:
    assert told(*counts) == words


# --- Laws -----------------------------------------------------------------------------------------


@given(cases())
def test_nothing_of_what_is_settled_is_a_draft(case: Case) -> None:
    kept = settled(case)
    assert drafts_of(kept) == {}
    assert settled(kept) is kept
    assert confirmed(kept) is kept


@given(cases())
def test_leaving_out_the_drafts_one_by_one_or_at_once_is_the_same(case: Case) -> None:
    step = case
    while drafts_of(step):
        step = without(step, [next(iter(drafts_of(step)))])
    assert plain(step) == plain(settled(case)) or _only_sources_differ(step, settled(case))


def _only_sources_differ(one: Case, other: Case) -> bool:
    """A source quoted by nobody at the start of a step looks as if nobody ever had."""
    return one.model_copy(update={"sources": {}}) == other.model_copy(update={"sources": {}})


@given(cases())
def test_a_confirmed_case_differs_in_its_statuses_only(case: Case) -> None:
    def bare(node: Any) -> Any:
        if isinstance(node, dict):
            return {k: bare(v) for k, v in node.items() if k != "status" or v != "draft"}
        return [bare(item) for item in node] if isinstance(node, list) else node

    assert bare(plain(confirmed(case), short=False)) == bare(plain(case, short=False))
