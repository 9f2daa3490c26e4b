"""Whether a found statement is a marked one, and the stricter count of pairs."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.reading.findings import Document, Findings, Happening, Named, Span, Statement
from goodoffices.reading.validation.matching import Gold, compare, is_right, paired, who_of

TEXT = "Peru’s envoys rejected the plan."
DOCUMENT = Document(id="d", name="d", text=TEXT)
PERU = Named(id="peru", name="Peru", kind="party", aliases=("Peru’s envoys",))


def statement(**given: object) -> Statement:
    fields = {"type": "reject", "class_": "attributed claim", "speakers": ("peru",)}
    span = Span(0, len(TEXT))
    return Statement(span=span, sentence=span, **{**fields, **given})  # type: ignore[arg-type]


def findings(*statements: Statement) -> Findings:
    return Findings(document=DOCUMENT, named=(PERU,), statements=statements)


def gold(**given: object) -> Gold:
    fields = {"types": frozenset({"reject"}), "speaker": "Peru", "words": "rejected the"}
    return Gold(**{**fields, **given})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("marked", "right"),
    [
        (gold(), True),
        (gold(speaker="envoys"), True),
        (gold(speaker="peru's envoys"), True),
        (gold(speaker="NARR"), False),
        (gold(speaker="Chile|Peru"), True),
        (gold(types=frozenset({"demand"})), False),
        (gold(words="accepted"), False),
        (gold(opinion=True), False),
    ],
)
def test_speaker_type_and_words_must_all_match(marked: Gold, right: bool) -> None:
    one = statement()
    assert is_right(one, marked, findings(one)) is right


def test_the_innermost_speaker_counts() -> None:
    one = statement(speakers=("sources", "peru"))
    assert not is_right(one, gold(speaker="sources"), findings(one))


def test_the_documents_own_voice_is_narr_and_whoever_acts() -> None:
    one = statement(speakers=(), happening=Happening(actor="peru"))
    assert who_of(one, findings(one)) == ("NARR", "Peru", "Peru’s envoys")


def test_an_opinion_matches_only_what_is_marked_as_one() -> None:
    one = statement(voice="opinion", type="statement")
    assert is_right(one, gold(speaker="COMMENT|AUTHOR", opinion=True), findings(one))
    assert not is_right(one, gold(speaker="COMMENT"), findings(one))


def test_counts_name_what_was_missed_and_what_was_wrong() -> None:
    found = compare(
        findings(statement(), statement(), statement(type="demand")), [gold(), gold(words="never")]
    )
    assert (found.marked, found.recalled, found.found, found.right, found.paired) == (2, 1, 3, 2, 1)
    assert (found.missed, found.wrong) == ((1,), (2,))


def brute(fits: list[list[int]]) -> int:
    """Try every order in which found statements take the first free marked one they fit."""
    best = 0
    for order in permutations(range(len(fits))):
        for choice in _choices([fits[n] for n in order]):
            best = max(best, choice)
    return best


def _choices(rows: list[list[int]], taken: frozenset[int] = frozenset()) -> list[int]:
    if not rows:
        return [len(taken)]
    found = _choices(rows[1:], taken)
    for gold_ in rows[0]:
        if gold_ not in taken:
            found += _choices(rows[1:], taken | {gold_})
    return found


@given(st.lists(st.lists(st.integers(0, 3), max_size=3, unique=True), max_size=4))
def test_pairs_are_as_many_as_trying_everything_finds(fits: list[list[int]]) -> None:
    assert paired(fits) == brute(fits)
