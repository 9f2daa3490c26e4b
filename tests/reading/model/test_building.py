"""What the document does not bear out is left out and counted."""

from __future__ import annotations

from typing import Any

import pytest

from goodoffices.reading.findings import Span
from tests.reading.model.asking import one, only, quote, read
from tests.reading.model.samples import STATEMENTS, TEXT, good, statement
from tests.reading.model.scripted import said


def test_an_invented_quote_is_dropped_and_counted() -> None:
    invented = statement("the union will burn the port down", speakers=["union"])
    found = read(said(good(statements=[invented, *STATEMENTS])))
    assert len(found.statements) == len(STATEMENTS)
    assert found.dropped == {"quote not in the document": 1}


@pytest.mark.parametrize(
    "words",
    [
        "members would walk",
        "  members   would\nwalk ",
        '"members would walk."',
        "[2] members would walk",
    ],
)
def test_a_quote_may_differ_in_spaces_and_outer_marks_only(words: str) -> None:
    found = one(statement(words, speakers=["union"]))
    assert quote(found, 0) == "members would walk"


@pytest.mark.parametrize(
    "words",
    [
        "Members would walk",
        "members would ... walk",
        "members will walk",
        "embers would walk",
        "members would wal",
        "its members would walk out",
    ],
)
def test_a_quote_that_differs_otherwise_is_dropped(words: str) -> None:
    found = one(statement(words, speakers=["union"]))
    assert found.dropped == {"quote not in the document": 1}


def test_straight_and_curly_quotation_marks_are_alike_and_places_stay_exact() -> None:
    found = one(statement("The employers' association called the threat irresponsible."))
    assert quote(found, 0) == "The employers’ association called the threat irresponsible."
    found = one(statement("The employers’ association called"), text=TEXT.replace("’", "'"))
    assert quote(found, 0) == "The employers' association called"


def test_a_quote_across_paragraphs_is_dropped() -> None:
    found = one(statement("told a rally. The employers’ association called"))
    assert found.dropped == {"quote not in the document": 1}


@pytest.mark.parametrize(
    ("words", "why"),
    [("Monday", "quote of less than two words"), ("a " * 400, "quote too long for one statement")],
)
def test_a_quote_has_a_fair_length(words: str, why: str) -> None:
    assert one(statement(words)).dropped == {why: 1}


def test_the_same_words_in_two_paragraphs_are_told_apart_by_the_number() -> None:
    text = "The talks failed.\n\nThe talks failed."
    items = [statement("talks failed", paragraph=2), statement("talks failed", paragraph=9)]
    found = read(said(good(statements=items)), text=text)
    assert [one.span for one in found.statements] == [Span(4, 16), Span(23, 35)]


def test_a_statement_said_twice_counts_once() -> None:
    found = read(said(good(statements=[STATEMENTS[0], STATEMENTS[0], STATEMENTS[1]])))
    assert len(found.statements) == 2
    assert found.dropped == {"said twice": 1}


def test_a_speaker_whom_the_document_does_not_know_costs_the_statement() -> None:
    found = one(statement("called the threat irresponsible", speakers=["The shipping line"]))
    assert found.dropped == {"speaker not in the document": 1}


def test_a_speaker_put_together_from_words_of_the_document_is_doubtful() -> None:
    found = one(statement("There will be no contract", speakers=["president Kowal"]))
    assert only(found).speakers == ("president Kowal",)
    assert only(found).confidence == 0.3
    assert "put together" in found.notes[1]


def test_a_speaker_who_stands_in_the_text_without_being_a_name_keeps_the_words() -> None:
    found = one(statement("its 4,200 members", speakers=["its 4,200 members"]))
    assert only(found).speakers == ("its 4,200 members",)
    assert only(found).confidence == 0.8


def test_a_wrong_speaker_whom_the_sentence_does_not_name_costs_the_statement() -> None:
    found = one(statement("willing to raise wages", speakers=["Dana Kowal"]))
    assert found.dropped == {"sentence shows another speaker": 1}


def test_a_speaker_beside_whom_the_sentence_shows_another_is_doubtful() -> None:
    item = statement("drop their plan for driverless trucks", speakers=["terminal operators"])
    found = one(item)
    assert only(found).confidence == 0.3
    assert "shows another speaker too" in found.notes[1]


@pytest.mark.parametrize(
    ("text", "words", "speaker", "sure"),
    [
        # A new clause, with a speaker of its own.
        ("Ann said it rained, but Ben voiced doubts.", "voiced doubts", "Ben", True),
        ("Ann said it rained; Ben voiced doubts.", "voiced doubts", "Ben", True),
        # What Ann says is not over yet.
        ("Ann said it rained where Ben voiced doubts.", "voiced doubts", "Ben", False),
        ("Ann said that Ben refused to go.", "refused to go", "Ben", False),
        # Ann comments on what Ben did.
        ("Ben refused to go, a step that Ann said was sad.", "refused to go", "Ben", True),
        ("“Ben will never agree,” said Ann.", "will never agree", "Ben", False),
        ("Ann said it rained on Ben.", "Ann said", "Ben", False),
    ],
)
def test_what_another_says_reaches_up_to_a_new_clause(
    text: str, words: str, speaker: str, sure: bool
) -> None:
    people = [{"name": name, "kind": "person"} for name in ("Ann", "Ben")]
    item = statement(words, speakers=[speaker])
    found = read(said(good(names=people, statements=[item])), text=text)
    assert (only(found).confidence > 0.3) is sure


def test_a_speaker_of_the_same_party_is_not_wrong() -> None:
    found = one(statement("willing to raise wages", speakers=["The employers’ association"]))
    assert only(found).confidence == 0.8


@pytest.mark.parametrize("word", ["surrender", "", None, 7])
def test_a_type_that_is_none_costs_the_statement(word: Any) -> None:
    found = one(statement("called the threat irresponsible", type=word))
    assert found.dropped == {"type not known": 1}


def test_a_modality_that_is_none_costs_the_statement_and_a_missing_one_does_not() -> None:
    words = "called the threat irresponsible"
    assert one(statement(words, modality="shouted")).dropped == {"modality not known": 1}
    assert only(one(statement(words, modality=None))).modality == "asserted"


@pytest.mark.parametrize(
    ("given", "kept"),
    [(0.5, 0.5), (7, 0.9), (-3, 0.0), ("0.25", 0.25), ("high", 0.5), (None, 0.5), (1e999, 0.5)],
)
def test_a_confidence_is_clipped_and_never_certain(given: Any, kept: float) -> None:
    item = statement("called the threat irresponsible", confidence=given)
    assert only(one(item)).confidence == kept


def test_a_number_that_its_words_do_not_state_is_left_out() -> None:
    item = statement(
        "raise wages by 18 per cent",
        amounts=[
            {"words": "18 per cent", "value": 80, "unit": "%"},
            {"words": "20 per cent", "value": 20, "unit": "%"},
            {"words": "four years", "value": 4, "unit": "years"},
        ],
    )
    found = one(item)
    assert [(number.value, number.unit) for number in only(found).amounts] == [(4.0, "years")]
    assert any("1 × number that its words do not state" in note for note in found.notes)


def test_a_count_that_the_sentence_does_not_state_is_left_out() -> None:
    item = statement("police arrested six pickets", happening={"count": 60, "when": "yesterday"})
    happening = only(one(item)).happening
    assert happening is not None
    assert (happening.count, happening.when) == (None, None)


def test_a_condition_or_phrase_that_is_not_there_is_left_out() -> None:
    item = statement("called the threat irresponsible", condition="if it rains", phrase="likely")
    found = only(one(item))
    assert (found.condition, found.phrase, found.class_) == (None, None, "fact")


def test_what_a_speaker_says_is_never_a_fact() -> None:
    item = statement("called the threat irresponsible", speakers=["union"], **{"class": "fact"})
    assert only(one(item, text=TEXT.replace("The employers’ association", "The union"))).class_ == (
        "attributed claim"
    )


def test_names_that_the_document_does_not_have_are_left_out() -> None:
    names = [
        {"name": "Atlantis", "kind": "party", "aliases": []},
        {"name": "he", "kind": "person"},
        {"name": "Westhaven", "kind": "place", "aliases": ["Port Royal"], "role": "mediator"},
        {"name": "police", "kind": "wizard"},
    ]
    found = read(said(good(names=names, statements=[])))
    assert [(one.name, one.aliases, one.role) for one in found.named] == [("Westhaven", (), None)]


def test_a_topic_in_words_that_the_document_does_not_have_is_left_out() -> None:
    item = statement("raise wages by 18 per cent", topic="greedy capitalists", option="x")
    assert one(item).topics == ()


def test_a_topic_or_option_is_one_short_line() -> None:
    item = statement(
        "raise wages by 18 per cent", topic="wages\n\x1b[31m", option="raise " * 60, stance="wants"
    )
    (topic,) = one(item).topics
    assert (topic.name, topic.options) == ("wages [31m", ())


def test_what_is_kept_is_in_the_documents_own_words() -> None:
    item = statement(
        "called the threat irresponsible",
        speakers=["its  Director"],
        addressee="UNION PRESIDENT",
    )
    names = [{"name": "the\n Dockworkers'  union", "kind": "party", "aliases": ["DANA KOWAL"]}]
    found = read(said(good(names=names, statements=[item])))
    assert found.named[0].name == "The dockworkers’ union"
    assert found.named[0].aliases == ("Dana Kowal",)
    assert only(found).speakers == ("Its director",)
    assert only(found).addressee == "union president"


def test_a_unit_is_short_and_shows_all_its_signs() -> None:
    units = ["per  cent", "%\u202e", "x" * 41, "", None]
    item = statement(
        "raise wages by 18 per cent",
        amounts=[{"words": "18 per cent", "value": 18, "unit": unit} for unit in units],
    )
    found = only(one(item)).amounts
    assert [number.unit for number in found] == ["per cent", None, None, None, None]


def test_a_flood_of_speakers_is_cut() -> None:
    item = statement("called the threat irresponsible", speakers=["union"] * 50 + ["Atlantis"])
    assert len(only(one(item)).speakers) == 1
