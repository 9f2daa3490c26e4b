"""A document to findings, in one stretch and in several."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from pydantic import TypeAdapter

from goodoffices.reading.findings import Findings
from goodoffices.reading.model import Endpoint, engine, read_by_model
from goodoffices.reading.model.chunks import chunks
from goodoffices.reading.model.client import Answer
from tests.reading.model.asking import endpoint, read, reads
from tests.reading.model.samples import STATEMENTS, TEXT, document, good, statement
from tests.reading.model.scripted import Scripted, failed, said, scripted


def test_a_good_answer_becomes_findings() -> None:
    found = read(said(good()))
    assert len(found.statements) == len(STATEMENTS)
    assert found.dropped == {}
    assert [one.type for one in found.statements] == [
        "threaten",
        "precondition",
        "red line",
        "disapprove",
        "offer",
        "estimate",
        "coerce",
        "demand",
    ]
    assert found.engine == "model m"
    assert found.notes == ("read by the model m at 127.0.0.1",)


def test_names_carry_their_forms_their_party_and_whether_they_speak() -> None:
    named = {name.id: name for name in read(said(good())).named}
    assert list(named) == [
        "dockworkers-union",
        "employers-association",
        "dana-kowal",
        "piet-vos",
        "mediator",
        "police",
    ]
    assert named["dana-kowal"].of == "dockworkers-union"
    assert named["dockworkers-union"].role == "principal"
    assert named["dockworkers-union"].aliases == ("union",)
    assert [name.id for name in named.values() if not name.heard] == ["police"]
    spans = named["employers-association"].spans
    assert [span.of(TEXT) for span in spans] == [
        "terminal operators",
        "employers’ association",
        "operators",
    ]


def test_a_statement_knows_its_words_its_sentence_and_its_speakers() -> None:
    found = read(said(good()))
    threat, _, line, _, offer, *_ = found.statements
    assert threat.sentence.of(TEXT).startswith("The dockworkers’ union said on Monday")
    assert threat.sentence.of(TEXT).endswith("driverless trucks.")
    assert threat.condition is not None
    assert threat.condition.of(TEXT) == "unless the terminal operators drop their plan"
    assert threat.addressee == "employers-association"
    assert [(one.value, one.unit, one.span.of(TEXT)) for one in threat.amounts] == [
        (4200.0, "members", "4,200 members")
    ]
    assert line.speakers == ("dana-kowal",)
    assert line.quoted
    assert not threat.quoted
    assert offer.speakers == ("piet-vos", "employers-association")


def test_a_probability_and_a_happening_keep_their_words() -> None:
    estimate, arrest = read(said(good())).statements[5:7]
    assert estimate.class_ == "estimate"
    assert estimate.phrase is not None
    assert estimate.phrase.of(TEXT) == "close to zero"
    assert arrest.happening is not None
    assert arrest.happening.actor == "police"
    assert arrest.happening.target is None
    assert (arrest.happening.when, arrest.happening.place) == ("On Tuesday", "Westhaven")
    assert arrest.happening.count == 6
    assert arrest.class_ == "fact"


def test_another_voice_is_set_apart_and_nobody_is_heard_in_it() -> None:
    found = read(said(good()))
    assert [span.of(TEXT) for span in found.opinion] == [
        "Enough! The government must open the gates now."
    ]
    assert [one.voice for one in found.statements] == ["report"] * 7 + ["opinion"]
    assert found.statements[-1].class_ == "opinion"


def test_another_voice_that_the_model_misses_is_set_apart_by_the_rules() -> None:
    letter = "Dear Sir, we must act NOW! How many more must die? Enough is enough!"
    text = TEXT.replace("Enough! The government", letter + " The government")
    blind = [item | {"voice": "report", "class": "fact"} for item in STATEMENTS]
    found = read(said(good(statements=blind, opinion_paragraphs=[])), text=text)
    assert [span.of(text)[:9] for span in found.opinion] == ["Dear Sir,"]
    assert (found.statements[-1].voice, found.statements[-1].class_) == ("opinion", "opinion")


def test_a_day_is_worked_out_from_the_words_and_the_documents_own_date() -> None:
    for written, day in ((None, None), (dt.date(2026, 9, 3), dt.date(2026, 9, 1))):
        with scripted(said(good())) as server:
            found = read_by_model(document(date=written), endpoint(server.url))
        happening = found.statements[6].happening
        assert happening is not None
        assert (happening.when, happening.date) == ("On Tuesday", day)


def test_topics_hold_who_wants_and_who_refuses_what() -> None:
    topics = {topic.id: topic for topic in read(said(good())).topics}
    assert list(topics) == ["driverless-trucks", "job-guarantees", "wages"]
    assert topics["wages"].options[0].wanted_by == ("employers-association",)
    assert topics["job-guarantees"].options[0].refused_by == ("dana-kowal",)
    assert topics["job-guarantees"].statements == (2,)


def test_a_comment_is_opinion_throughout() -> None:
    with scripted(said(good(opinion_paragraphs=[]))) as server:
        found = read_by_model(document(kind="comment"), endpoint(server.url))
    assert {one.voice for one in found.statements} == {"opinion"}


def test_findings_survive_being_written_and_read() -> None:
    adapter = TypeAdapter(Findings)
    found = read(said(good()))
    assert adapter.validate_json(adapter.dump_json(found)) == found


def test_an_empty_document_is_not_sent_anywhere() -> None:
    with scripted(said(good())) as server:
        found = read_by_model(document(" \n\n "), endpoint(server.url))
        assert server.asked == []
    assert (found.statements, found.named) == ((), ())


LONG = "\n\n".join(f"Envoy {n} said that the talks of day {n} failed." for n in range(60))


def _about(asked: dict[str, Any]) -> dict[str, Any]:
    """Answer with the first sentence of the stretch."""
    lines = asked["messages"][1]["content"].split("\n")
    first = next(line for line in lines if line.startswith("[1] ")).removeprefix("[1] ")
    return good(
        names=[{"name": " ".join(first.split()[:2]), "kind": "person"}],
        statements=[statement(first, speakers=[" ".join(first.split()[:2])])],
        opinion_paragraphs=[],
    )


def test_stretches_are_read_one_after_the_other_and_joined() -> None:
    calls: list[tuple[int, int]] = []
    with scripted(script=lambda _, asked: said(_about(asked))) as server:
        at = endpoint(server.url, budget=800)
        found = read_by_model(document(LONG), at, progress=lambda *now: calls.append(now))
    pieces = chunks(LONG, 800)
    assert len(pieces) == len(found.statements) == len(server.asked) > 3
    assert calls == [(place, len(pieces)) for place in range(1, len(pieces) + 1)]
    for statement_, piece in zip(found.statements, pieces, strict=True):
        assert statement_.span.start == piece.span.start
    assert "Names found so far: Envoy 0" in server.asked[1]["messages"][1]["content"]


def test_a_stretch_that_fails_is_noted_and_the_others_are_kept() -> None:
    def script(place: int, asked: dict[str, Any]) -> Scripted:
        return failed(500) if place == 1 else said(_about(asked))

    found, forms = reads(script, text=LONG, budget=800, retries=0)
    pieces = chunks(LONG, 800)
    lost = pieces[1].span
    assert len(found.statements) == len(pieces) - 1 == len(forms) - 1
    assert any(
        note.startswith(f"characters {lost.start}-{lost.end} not read: the endpoint answers 500")
        for note in found.notes
    )


def test_after_two_failures_in_a_row_the_rest_is_given_up() -> None:
    def script(place: int, asked: dict[str, Any]) -> Scripted:
        return said(_about(asked)) if place == 0 else failed(500)

    found, forms = reads(script, text=LONG, budget=800, retries=0)
    assert (len(found.statements), len(forms)) == (1, 3)
    assert found.notes[-1].endswith("given up after two failures in a row")


def test_a_key_that_runs_out_half_way_keeps_what_was_found() -> None:
    def script(place: int, asked: dict[str, Any]) -> Scripted:
        return said(_about(asked)) if place == 0 else failed(401)

    found, forms = reads(script, text=LONG, budget=800)
    assert (len(found.statements), len(forms)) == (1, 2)
    assert "does not accept the key" in found.notes[-1]


def test_of_a_huge_document_the_beginning_is_read_and_the_rest_is_noted() -> None:
    text = ("word " * 90 + "\n\n") * 300
    with scripted(said(good())) as server:
        found = read_by_model(document(text), endpoint(server.url, budget=500))
        assert len(server.asked) == 200
    assert any("not read: the document is too long" in note for note in found.notes)


def test_text_that_went_out_unencrypted_is_said_so(monkeypatch: pytest.MonkeyPatch) -> None:
    class Told:
        def __init__(self, *_: Any) -> None: ...
        def __enter__(self) -> Told:
            return self

        def __exit__(self, *_: Any) -> None: ...
        def ask(self, _: Any) -> Answer:
            return Answer(text='{"statements": []}', cut=False)

    monkeypatch.setattr(engine, "Client", Told)
    found = read_by_model(document(), Endpoint(url="http://10.0.0.7/v1", model="m"))
    assert found.notes == ("read by the model m at 10.0.0.7; the text went there unencrypted",)
