import datetime as dt
import math

import pytest

from goodoffices.errors import DocumentError
from goodoffices.reading import _store
from goodoffices.reading._store import Store, dump_findings, load_findings
from goodoffices.reading.findings import (
    Amount,
    Document,
    Findings,
    Happening,
    Named,
    Span,
    Statement,
    Topic,
    TopicOption,
)

FULL = Findings(
    document=Document(
        id="a",
        name="a.txt",
        text="Talks “stall”.\n",
        title="Talks",
        date=dt.date(2024, 9, 7),
        kind="interview",
        digest="d1",
        notes=("one",),
    ),
    named=(
        Named(id="n", name="North", kind="party", role="mediator", spans=(Span(0, 5),), heard=True),
    ),
    statements=(
        Statement(
            span=Span(0, 5),
            sentence=Span(0, 13),
            type="red line",
            class_="attributed claim",
            modality="conditional",
            negated=True,
            speakers=("n", "officials"),
            addressee="s",
            about=("s",),
            condition=Span(1, 2),
            happening=Happening(actor="n", date=dt.date(2024, 9, 1), count=0.1),
            amounts=(Amount(span=Span(0, 1), value=1 / 3, unit="km"),),
            phrase=Span(2, 3),
            voice="opinion",
            confidence=0.7,
            quoted=True,
        ),
    ),
    topics=(
        Topic(
            id="t",
            name="Corridor",
            options=(TopicOption(name="leave", wanted_by=("n",), statements=(0,)),),
            statements=(0,),
        ),
    ),
    opinion=(Span(3, 4),),
    dropped={"quote not found": 3},
    engine="rules 1",
    notes=("two",),
)


def test_every_field_survives_the_way_there_and_back():
    found = load_findings(dump_findings(FULL))
    assert found == FULL
    assert repr(found) == repr(FULL)


def test_numbers_that_are_none_survive_too():
    amount = Amount(span=Span(0, 1), value=math.inf)
    statement = Statement(
        span=Span(0, 1), sentence=Span(0, 1), type="event", class_="fact", amounts=(amount,)
    )
    found = Findings(document=FULL.document, statements=(statement,))
    assert load_findings(dump_findings(found)) == found


@pytest.mark.parametrize("raw", [b"", b"{", b"null", b"{}", b'{"key": "", "findings": 3}'])
def test_damaged_findings_are_refused(raw):
    with pytest.raises(ValueError, match=r"\S"):
        load_findings(raw)


def test_findings_of_another_document_are_refused():
    with pytest.raises(ValueError, match="another"):
        load_findings(dump_findings(FULL, "one"), "two")


def test_what_is_kept_is_found_again(tmp_path):
    store = Store(tmp_path / "new" / "folder", "rules 1")
    assert store.load("d1") is None
    store.save(FULL)
    assert store.load("d1") == FULL
    assert [entry.suffix for entry in store.folder.iterdir()] == [".json"]


def test_another_engine_version_or_document_finds_nothing(tmp_path, monkeypatch):
    store = Store(tmp_path, "rules 1")
    store.save(FULL)
    assert Store(tmp_path, "rules 2").load("d1") is None
    assert store.load("d2") is None
    monkeypatch.setattr(_store, "READER", "0")
    assert store.load("d1") is None


@pytest.mark.parametrize("keep", [0, 1, 100, -1])
def test_a_crash_in_the_middle_of_writing_does_no_harm(tmp_path, keep):
    store = Store(tmp_path, "rules 1")
    store.save(FULL)
    place = store.place("d1")
    place.write_bytes(place.read_bytes()[:keep])
    assert store.load("d1") is None
    store.save(FULL)
    assert store.load("d1") == FULL


def test_findings_under_a_name_that_is_not_theirs_are_not_taken(tmp_path):
    store = Store(tmp_path, "rules 1")
    store.save(FULL)
    store.place("d1").rename(store.place("d2"))
    assert store.load("d2") is None


def test_a_store_that_cannot_be_written_is_said(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(DocumentError, match="cannot be kept in"):
        Store(tmp_path / "file", "rules 1").save(FULL)
