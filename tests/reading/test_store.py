import datetime as dt
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
from tests.reading.found import findings

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


def test_nothing_but_the_findings_is_left_in_the_folder_when_writing_fails(tmp_path, monkeypatch):
    def fail(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(_store.os, "replace", fail)
    store = Store(tmp_path, "rules 1")
    with pytest.raises(DocumentError) as refused:
        store.save(FULL)
    assert list(tmp_path.iterdir()) == []
    assert str(refused.value).splitlines()[1].strip() == (
        f"the document: what was found cannot be kept in {tmp_path} (No space left on device); "
        "look at the folder's permissions and free space"
    )


def test_a_new_version_of_the_program_finds_nothing_of_an_older_one(tmp_path, monkeypatch):
    store = Store(tmp_path, "rules 1")
    store.save(FULL)
    monkeypatch.setattr(_store.goodoffices, "__version__", "0")
    assert store.load("d1") is None


def test_every_part_of_what_findings_are_known_by_counts(tmp_path):
    parts = [("a", "b"), ("a", "c"), ("b", "b"), ("ab", ""), ("", "ab"), ("a\nb", "")]
    keys = {Store(tmp_path, engine).key(digest) for engine, digest in parts}
    assert len(keys) == len(parts)


def test_what_a_later_program_says_more_is_not_taken(tmp_path):
    raw = dump_findings(FULL).replace(b'{"key":', b'{"more":1,"key":')
    with pytest.raises(ValueError, match="more"):
        load_findings(raw)


def test_saving_again_takes_the_place_of_what_was_there(tmp_path):
    store = Store(tmp_path, "rules 1")
    store.save(FULL)
    later = Findings(document=FULL.document, engine="rules 1")
    store.save(later)
    assert store.load("d1") == later
    assert len(list(tmp_path.iterdir())) == 1


@given(st.data())
def test_whatever_an_engine_finds_comes_back_equal(data):
    found = data.draw(findings())
    assert load_findings(dump_findings(found, "k"), "k") == found
