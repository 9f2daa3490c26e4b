"""What was read, as drafts in a case."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.case import Case, build, check, dump_case, parse_case, save_case
from goodoffices.case.adopt import adopt
from goodoffices.case.drafts import count_drafts, drafts_of, settled
from goodoffices.reading.drafting import Drafted, draft
from goodoffices.reading.findings import Findings, Topic, TopicOption
from goodoffices.reading.marks import mark_of
from goodoffices.reading.merge import merge
from tests.reading.found import (
    ENVOY,
    REPORT,
    WIRE,
    findings,
    report,
    said,
    span,
    wire,
)


def errors(case: Case, folder: Path | None = None) -> list[str]:
    return [str(fault) for fault in check(case, folder) if fault.severity == "error"]


def texts_of(drafted: Drafted, *found: Findings) -> dict[str, str]:
    """Return the text of each source that is a document."""
    return {key: found[place].document.text for place, key in drafted.sources.items()}


def stored(drafted: Drafted, folder: Path) -> Path:
    """Put the copies of the documents beside the case."""
    for name, text in drafted.copies.items():
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8", newline="")
    return folder


@pytest.fixture
def drafted() -> Drafted:
    return draft(merge([report(), wire()]))


def test_every_section_gets_its_drafts(drafted: Drafted) -> None:
    assert drafted.added == {
        "claims": 7,
        "parties": 3,
        "factions": 1,
        "constituencies": 1,
        "issues": 1,
        "positions": 2,
        "demands": 4,
        "events": 2,
        "questions": 1,
        "estimates": 1,
    }
    assert count_drafts(drafted.case) == drafted.added


def test_a_draft_case_has_no_errors_and_says_how_many_wait(
    drafted: Drafted, tmp_path: Path
) -> None:
    faults = check(drafted.case, stored(drafted, tmp_path))
    assert [str(fault) for fault in faults if fault.severity == "error"] == []
    (waiting,) = [fault for fault in faults if "wait for a person" in fault.what]
    assert waiting.what.startswith("23 drafts wait for a person (7 in claims, 3 in parties")


def test_a_quote_stands_where_its_claim_says(drafted: Drafted) -> None:
    texts = {"talks-stall": REPORT, "no-progress": WIRE}
    for claim in drafted.case.claims.values():
        start, end = map(int, str(claim.at).split("-"))
        assert texts[claim.source or ""][start:end] == claim.quote


def test_a_claim_of_two_documents_names_both_places(drafted: Drafted) -> None:
    claim = drafted.case.claims["precondition-talk-troops-leave"]
    assert claim.source == "talks-stall"
    assert [place.source for place in claim.also] == ["no-progress"]


def test_claims_that_contradict_each_other_name_each_other(drafted: Drafted) -> None:
    claims = drafted.case.claims
    two, three = "assault-northern-guards-shot-two", "assault-northern-guards-shot-three"
    assert f"{three} says otherwise (how many)" in (claims[two].note or "")
    assert f"{two} says otherwise (how many)" in (claims[three].note or "")


def test_a_red_line_becomes_a_demand_whose_firmness_is_unknown(drafted: Drafted) -> None:
    found = [d for d in drafted.case.demands.values() if d.kind == "red line"]
    (demand,) = found
    assert demand.by == "north"
    assert demand.requires == {"corridor": ("troops-stay-in-the-corridor",)}
    assert demand.firmness is None
    assert demand.because == ("red-line-insists-troops-stay-corridor",)


def test_what_is_refused_is_refused_as_an_option() -> None:
    found = report()
    refused = TopicOption(name="Troops leave", refused_by=("north",), statements=(0,))
    topic = replace(found.topics[0], options=(refused,))
    case = draft(merge([replace(found, topics=(topic,))])).case
    (demand,) = [d for d in case.demands.values() if d.kind == "red line"]
    assert demand.refuses == {"corridor": ("troops-leave",)}
    assert list(case.issues["corridor"].options) == ["troops-leave", "other"]


def test_opinion_feeds_nothing(drafted: Drafted) -> None:
    opinions = {key for key, claim in drafted.case.claims.items() if claim.class_ == "opinion"}
    used = {claim for _, basis in drafted.case.based() for claim in basis.because}
    assert opinions == {"corridor-ours"}
    assert opinions.isdisjoint(used)


def test_nothing_rests_on_a_comment() -> None:
    found = report()
    comment = replace(found, document=replace(found.document, kind="comment"))
    case = draft(merge([comment])).case
    assert {claim.class_ for claim in case.claims.values()} == {"opinion"}
    assert not case.issues
    assert not any(basis.because for _, basis in case.based())


def test_a_person_is_no_part_of_the_case_but_speaks_for_a_party() -> None:
    found = report()
    spoken = said(REPORT, "an agreement is unlikely", "estimate", "envoy", class_="estimate")
    case = draft(merge([replace(found, statements=(spoken,), topics=())])).case
    (claim,) = case.claims.values()
    assert (claim.speaker, claim.note) == ("mediator", "said by Ada Reyes")
    assert ENVOY.name not in {party.name for party in case.parties.values()}


def test_what_is_said_of_somebody_unheard_is_the_documents_word() -> None:
    case = draft(merge([report()])).case
    assert case.claims["precondition-talk-troops-leave"].via == ("the report",)
    assert case.claims["red-line-insists-troops-stay-corridor"].via == ()


def test_a_statement_within_a_statement_keeps_who_passed_it_on() -> None:
    passed_on = said(REPORT, "its troops stay in the corridor", "promise", "mediator", "north")
    case = draft(merge([replace(report(), statements=(passed_on,), topics=())])).case
    (claim,) = case.claims.values()
    assert (claim.speaker, claim.via) == ("north", ("mediator",))


def test_an_event_without_a_day_waits_for_one() -> None:
    found = report()
    happening = found.statements[2].happening
    assert happening is not None
    undated = replace(
        found.statements[2], happening=replace(happening, date=None, when="on Monday")
    )
    case = draft(merge([replace(found, statements=(undated,), topics=())])).case
    assert case.outlook is not None
    (event,) = case.outlook.events.values()
    assert (event.date.date, event.date.inferred) == (None, "in the words: on Monday")
    assert errors(case) == []
    assert [fault.what for fault in adopt(case).left.values()] == [
        "the day of the event is missing"
    ]


def test_a_phrase_that_no_yardstick_knows_is_no_estimate() -> None:
    found = report()
    odd = replace(found.statements[3], phrase=span(REPORT, "an agreement"))
    case = draft(merge([replace(found, statements=(odd,))])).case
    assert case.outlook is None
    assert len(case.claims) == 1


def test_an_estimate_answers_the_question_that_the_case_asks() -> None:
    asked = build(
        {
            "goodoffices": 1,
            "title": "The corridor",
            "outlook": {"questions": {"deal": {"name": "Agreement unlikely?", "by": "2025-01-01"}}},
        }
    )
    case = draft(merge([report()]), asked).case
    assert case.outlook is not None
    assert list(case.outlook.questions) == ["deal"]
    assert [each.question for each in case.outlook.estimates.values()] == ["deal"]


def test_a_walk_away_is_drafted_with_each_principal(drafted: Drafted) -> None:
    principals = {key for key, party in drafted.case.parties.items() if party.signs}
    given_to = {d.by for d in drafted.case.demands.values() if d.kind == "walk-away"}
    assert principals == given_to == {"north", "south"}


def test_a_copy_names_its_original() -> None:
    found = report()
    longer = found.document.text + "\nMore to come.\n"
    other = replace(found.document, id="again", title="Again", digest="x", text=longer)
    again = replace(found, document=other)
    case = draft(merge([found, again])).case
    assert case.sources["talks-stall"].copy_of == "again"
    assert all(len(claim.also) == 1 for claim in case.claims.values())


def test_the_day_of_a_new_case_is_the_latest_documents(drafted: Drafted) -> None:
    assert drafted.case.as_of.date == dt.date(2024, 5, 30)
    assert drafted.case.as_of.inferred == "the latest document's day"


# --- Into a case that is there --------------------------------------------------------------------


def test_reading_the_same_again_adds_nothing(drafted: Drafted) -> None:
    found = [report(), wire()]
    again = draft(merge(found), drafted.case, texts=texts_of(drafted, *found))
    assert again.case is drafted.case
    assert again.added == {}
    assert again.copies == {}
    assert again.present == 7


def test_a_document_that_reads_otherwise_today_is_left_alone(drafted: Drafted) -> None:
    # The stored copy keeps the offsets; a reader that joins lines otherwise would break them.
    found = report()
    text = "TALKS STALL. " + REPORT
    moved = replace(found, document=replace(found.document, text=text))
    texts = texts_of(drafted, report(), wire())
    again = draft(merge([moved]), drafted.case, texts=texts)
    assert again.case is drafted.case
    assert again.present == 5


def test_a_document_that_is_given_twice_counts_once(drafted: Drafted) -> None:
    assert draft(merge([report(), report(), wire()])).case == drafted.case


def test_what_a_person_changed_and_confirmed_stays(drafted: Drafted) -> None:
    key = "red-line-insists-troops-stay-corridor"
    claim = drafted.case.claims[key]
    mended = claim.model_copy(update={"type": "demand", "speaker": "army", "status": "confirmed"})
    north = drafted.case.parties["north"].model_copy(
        update={"name": "The North", "role": "spoiler"}
    )
    case = drafted.case.model_copy(
        update={
            "claims": {**drafted.case.claims, key: mended},
            "parties": {**drafted.case.parties, "north": north},
        }
    )
    found = [report(), wire()]
    assert draft(merge(found), case, texts=texts_of(drafted, *found)).case == case


def test_what_was_turned_down_is_not_proposed_again(drafted: Drafted) -> None:
    path = "claims.assault-guards-shot-farmers-near"
    mark = mark_of(drafted.case, path, drafts_of(drafted.case)[path])
    claims = {k: c for k, c in drafted.case.claims.items() if k != path.partition(".")[2]}
    case = drafted.case.model_copy(update={"claims": claims, "rejected": (mark,)})
    found = [report(), wire()]
    again = draft(merge(found), case, texts=texts_of(drafted, *found), again=True)
    assert path.partition(".")[2] not in again.case.claims
    assert again.turned_down == 1


def test_a_document_that_was_read_gives_nothing_new_unless_asked_again() -> None:
    first = draft(merge([replace(report(), statements=report().statements[:2])]))
    texts = texts_of(first, report())
    assert draft(merge([report()]), first.case, texts=texts).case is first.case
    more = draft(merge([report()]), first.case, texts=texts, again=True)
    assert more.added["claims"] == 3
    assert more.added["events"] == 1
    assert "demands" not in more.added


def test_a_claim_that_denies_one_of_the_case_names_it() -> None:
    first = draft(merge([report()]))
    second = draft(merge([wire()]), first.case, texts=texts_of(first, report()))
    (denial,) = [c for c in second.case.claims.values() if c.modality == "denied"]
    assert "assault-northern-guards-shot-two says otherwise (whether)" in (denial.note or "")


def test_words_that_a_person_has_quoted_are_not_quoted_again() -> None:
    case = build(
        {
            "goodoffices": 1,
            "title": "The corridor",
            "sources": {"mine": {"title": "Mine", "kind": "report", "file": "mine.txt"}},
            "claims": {
                "stays": {
                    "class": "attributed claim",
                    "source": "mine",
                    "speaker": "the North",
                    "quote": "its troops stay in the corridor",
                    "at": 2,
                }
            },
        }
    )
    found = draft(merge([report()]), case, texts={"mine": REPORT})
    assert found.present == 1
    assert found.sources == {0: "mine"}
    assert found.claims[0] == "stays"
    assert not any("insists" in (c.quote or "") for c in found.case.claims.values())
    # What follows from words that a person has confirmed, that person has decided.
    assert not any(d.kind == "red line" for d in found.case.demands.values())


def test_the_same_said_elsewhere_joins_a_draft(drafted: Drafted) -> None:
    first = draft(merge([report()]))
    second = draft(merge([wire()]), first.case, texts={"talks-stall": REPORT})
    claim = second.case.claims["precondition-talk-troops-leave"]
    assert [place.source for place in claim.also] == ["no-progress"]


def test_the_same_said_elsewhere_leaves_a_confirmed_claim_alone() -> None:
    first = draft(merge([report()]))
    key = "precondition-talk-troops-leave"
    sure = first.case.claims[key].model_copy(update={"status": "confirmed"})
    case = first.case.model_copy(update={"claims": {**first.case.claims, key: sure}})
    second = draft(merge([wire()]), case, texts={"talks-stall": REPORT})
    assert second.case.claims[key] == sure
    (other,) = [c for c in second.case.claims.values() if "says the same" in (c.note or "")]
    assert other.source == "no-progress"


def test_an_existing_party_is_met_by_its_alias() -> None:
    case = build(
        {
            "goodoffices": 1,
            "title": "The corridor",
            "parties": {"n": {"name": "Republic", "aliases": ["north"], "role": "principal"}},
        }
    )
    found = draft(merge([report()]), case)
    assert "north" not in found.case.parties
    assert found.case.claims["red-line-insists-troops-stay-corridor"].speaker == "n"
    assert found.case.parties["n"].factions.keys() == {"northern-guards"}


def test_an_issue_that_is_there_is_not_drafted_again() -> None:
    case = build(
        {
            "goodoffices": 1,
            "title": "x",
            "issues": {
                "line": {"name": "Corridor", "options": {"stay": "Troops stay in it", "go": "Gone"}}
            },
        }
    )
    found = draft(merge([report()]), case)
    assert list(found.case.issues) == ["line"]
    # Its options are a person's: a demand for another one stays a claim.
    blocking = [d for d in found.case.demands.values() if d.kind != "walk-away"]
    assert [d.requires for d in blocking] == [{"line": ("stay",)}]


def test_a_source_that_a_person_calls_a_comment_is_one() -> None:
    case = build(
        {
            "goodoffices": 1,
            "title": "x",
            "sources": {"post": {"title": "Post", "kind": "comment", "file": "post.txt"}},
        }
    )
    found = draft(merge([report()]), case, texts={"post": REPORT})
    assert {claim.class_ for claim in found.case.claims.values()} == {"opinion"}


# --- Laws -----------------------------------------------------------------------------------------


@given(st.lists(findings(), max_size=3))
def test_any_findings_give_a_case_that_loads_and_has_no_errors(
    tmp_path_factory: pytest.TempPathFactory, found: list[Findings]
) -> None:
    drafted = draft(merge(found))
    assert parse_case(dump_case(drafted.case)) == drafted.case
    folder = stored(drafted, tmp_path_factory.mktemp("drafted"))
    # Where nothing was found, nothing waits, and the case is as empty as it looks.
    assert errors(drafted.case, folder) == [] or not drafted.added
    adopted = adopt(drafted.case, folder).case
    bare = ("issues: ", "parties: ")
    assert [fault for fault in errors(adopted, folder) if not fault.startswith(bare)] == []


@given(st.lists(findings(), max_size=3))
def test_drafts_change_nothing_of_what_is_confirmed(found: list[Findings]) -> None:
    empty = build({"goodoffices": 1, "title": "Nothing yet"})
    assert settled(draft(merge(found), empty).case) == empty


@given(st.lists(findings(), max_size=2), st.lists(findings("other"), max_size=2))
def test_reading_again_changes_nothing(one: list[Findings], two: list[Findings]) -> None:
    first = draft(merge(one))
    texts = _texts(first, one)
    second = draft(merge(two), first.case, texts=texts)
    texts |= _texts(second, two)
    for found in (two, one):
        assert draft(merge(found), second.case, texts=texts).case == second.case


def _texts(drafted: Drafted, found: list[Findings]) -> dict[str, str]:
    documents = merge(found).documents
    return {key: documents[place].text for place, key in drafted.sources.items()}


@given(findings())
def test_whatever_was_turned_down_stays_away(found: Findings) -> None:
    drafted = draft(merge([found]))
    marks = tuple(
        mark_of(drafted.case, path, part) for path, part in drafts_of(drafted.case).items()
    )
    bare = build({"goodoffices": 1, "title": "Bare"}).model_copy(update={"rejected": marks})
    assert draft(merge([found]), bare, again=True).case == bare


def test_what_is_saved_again_keeps_every_byte(drafted: Drafted, tmp_path: Path) -> None:
    place = tmp_path / "case.yaml"
    text = dump_case(drafted.case).replace("claims:", "# What they say.\nclaims:", 1)
    place.write_text(text, encoding="utf-8")
    found = [report(), wire()]
    again = draft(merge(found), parse_case(text), texts=texts_of(drafted, *found))
    save_case(again.case, place)
    assert place.read_text(encoding="utf-8") == text


def test_a_case_that_grows_keeps_its_comments(tmp_path: Path) -> None:
    place = tmp_path / "case.yaml"
    place.write_text(
        "goodoffices: 1\ntitle: Port # a name\n\n"
        "parties:\n  # Both.\n  a: {name: A, role: principal}\n"
    )
    save_case(draft(merge([report()]), parse_case(place.read_text())).case, place)
    text = place.read_text(encoding="utf-8")
    assert text.startswith("goodoffices: 1\ntitle: Port # a name\n")
    assert "  # Both.\n  a: {name: A, role: principal}\n" in text


def test_an_issue_that_is_a_draft_gains_options_and_a_confirmed_one_does_not() -> None:
    first = draft(merge([report()])).case
    found = wire()
    asks = replace(found.statements[0], type="demand")
    option = TopicOption(name="Others patrol the corridor", wanted_by=("south",), statements=(0,))
    topic = Topic(id="c", name="the corridor", options=(option,), statements=(0,))
    later = merge([replace(found, statements=(asks,), topics=(topic,))])
    grown = draft(later, first).case.issues["corridor"]
    assert list(grown.options) == [
        "troops-stay-in-the-corridor",
        "troops-leave",
        "others-patrol-the-corridor",
        "other",
    ]
    issue = first.issues["corridor"].model_copy(update={"status": "confirmed"})
    settled_first = first.model_copy(update={"issues": {"corridor": issue}})
    assert draft(later, settled_first).case.issues["corridor"] == issue
