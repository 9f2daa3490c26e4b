"""Quotes are found exactly or nearly exactly, and their places are those of the source."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.case.evidence import normal
from goodoffices.reading.findings import Span
from goodoffices.reading.model.quotes import Folded, is_quoted

SIGNS = st.text(st.sampled_from("ab '’“”\"-–—\n\u00a0\u00ad…éE\u0301ﬁ½."), max_size=60)


def found(source: str, words: str) -> list[str]:
    return [span.of(source) for span in Folded.of(source).quote(words)]


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("the army’s front", "army's front"),
        ("the army's front", "army’s front"),
        ("said “no deal” again", 'said "no deal" again'),
        ("a  wide\n space", "wide space"),
        ("14–kilometre strip", "14-kilometre strip"),
        ("no — yet — ready", "no - yet - ready"),
        ("no -- yet", "no – yet"),
        ("soft\u00adhyphen here", "softhyphen here"),
        ("cafe\u0301 talks", "café talks"),
        ("ﬁnal offer", "final offer"),
        ("wait… then", "wait... then"),
    ],
)
def test_marks_dashes_and_spaces_are_alike(source: str, words: str) -> None:
    (place,) = found(source, words)
    assert place in source
    assert normal(place) == normal(words)


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("the war ended", "The war"),
        ("he warned them", "war"),
        ("postwar plan", "war plan"),
        ("no deal at all", "deal at al"),
        ("no deal", "no peace"),
        ("no deal", ""),
        ("no deal", '""'),
        ("", "no deal"),
        ("one two", "one\u200d-two"),
    ],
)
def test_other_words_and_parts_of_words_are_not_found(source: str, words: str) -> None:
    assert found(source, words) == []


def test_an_exact_place_counts_before_one_that_is_alike() -> None:
    assert found("army’s front, army's front", "army's front") == ["army's front"]
    assert Folded.of("army’s front, army's front").places("army's front")[0].start == 14


def test_every_place_is_found_and_only_in_the_stretch() -> None:
    text = "talks, talks, talks"
    assert len(Folded.of(text).places("talks")) == 3
    assert Folded.of(text, Span(6, 13)).places("talks") == (Span(7, 12),)
    assert Folded.of("aXa a", Span(1, 5)).places("a") == (Span(4, 5),)


def test_names_are_found_in_any_case_where_asked() -> None:
    folded = Folded.of("The Army’s front")
    assert folded.places("army's FRONT") == ()
    assert folded.places("army's FRONT", any_case=True) == (Span(4, 16),)
    # This letter grows when it is made small, and places would no longer fit.
    assert Folded.of("İzmir talks").places("izmir", any_case=True) == ()
    assert Folded.of("İzmir talks").places("İzmir", any_case=True) == (Span(0, 5),)


@given(SIGNS)
def test_folding_is_what_the_evidence_of_a_case_compares(source: str) -> None:
    folded = Folded.of(source)
    assert normal(folded.text) == normal(source)
    assert len(folded.text) == len(folded.starts) == len(folded.ends)
    assert list(folded.starts) == sorted(folded.starts)
    assert all(start < end for start, end in zip(folded.starts, folded.ends, strict=True))


@given(SIGNS, st.data())
def test_a_stretch_between_words_is_found_where_it_stands(source: str, data: st.DataObject) -> None:
    words = [at for at, sign in enumerate(f" {source} ") if sign in " \n"]
    start, end = sorted(data.draw(st.tuples(st.sampled_from(words), st.sampled_from(words))))
    stretch = source[start : max(end - 1, start)].strip()
    if stretch:
        at = Folded.of(source).places(stretch)
        assert at
        assert all(span.of(source) == stretch for span in at)


@pytest.mark.parametrize(
    ("text", "words", "quoted"),
    [
        ("He said “no deal” today", "no deal", True),
        ("He said “no deal” today", "“no deal”", True),
        ("He said “no deal” today", "today", False),
        ("He said “no deal” today", "He said", False),
        ("He said “no deal” today", "said “no deal” today", False),
        ('"No deal," he said. "Never."', "Never", True),
        ('"No deal," he said. "Never."', "he said", False),
        ("«Pas d'accord», dit-il", "Pas d'accord", True),
        ("“No deal. We go on in the next line", "We go on", True),
    ],
)
def test_words_between_quotation_marks_are_quoted(text: str, words: str, quoted: bool) -> None:
    start = text.index(words)
    span = Span(start, start + len(words))
    assert is_quoted(text, Span(0, len(text)), span) is quoted
