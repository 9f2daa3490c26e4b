"""Documents and paragraphs that repeat each other."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from goodoffices.reading.copies import copies
from goodoffices.reading.findings import Span

WIRE = (
    "The two delegations met for a third day in the capital on Monday and parted without a word, "
    "officials of the mediator said."
)
MORE = (
    "A spokesman of the northern side called the meeting useful, and said that another would "
    "follow before the end of the month."
)
OWN = (
    "Shopkeepers in the old town told this newspaper that they had seen too many such meetings "
    "to hope for anything from one more of them."
)


def test_a_document_that_repeats_another_is_a_copy_of_the_longer_one() -> None:
    paper = f"Talks go on\n\n{WIRE}\n\n{MORE}"
    other = f"No word from the capital\n\n{WIRE}\n\n{MORE}\n\nMore soon."
    found = copies([paper, OWN, other])
    assert found.documents == ((2, 0),)
    assert found.counts_as == (2, 1, 2)


def test_a_document_of_its_own_with_a_paragraph_from_elsewhere_is_no_copy() -> None:
    found = copies(
        [f"{WIRE}\n\n{MORE}", f"{OWN}\n\n{OWN.upper()}\n\n{WIRE}\n\nThey wait, as ever."]
    )
    assert found.documents == ()


def test_a_paragraph_from_elsewhere_counts_once() -> None:
    mine = f"{OWN}\n\n{WIRE}\n\n{OWN[::-1]}"
    found = copies([f"{WIRE}\n\n{MORE}", mine])
    at = mine.index(WIRE)
    assert found.passage(0, Span(0, 10)) == found.passage(1, Span(at, at + 10))
    assert found.passage(0, Span(0, 10)) != found.passage(1, Span(0, 10))


def test_a_changed_word_leaves_a_copy_a_copy() -> None:
    changed = WIRE.replace("useful", "cordial").replace("Monday", "Tuesday")
    assert copies([WIRE, changed]).documents == ((0, 1),)


def test_short_paragraphs_may_recur_by_chance() -> None:
    assert copies(["He declined to comment.", "He declined to comment."]).documents == ()


@given(st.lists(st.sampled_from([WIRE, MORE, OWN, "", "Short one.", WIRE + "\n\n" + OWN])))
def test_the_groups_are_apart_and_every_copy_counts_as_the_first(texts: list[str]) -> None:
    found = copies(texts)
    members = [place for group in found.documents for place in group]
    assert len(members) == len(set(members))
    for group in found.documents:
        assert {found.counts_as[place] for place in group} == {group[0]}
        assert len(texts[group[0]]) == max(len(texts[place]) for place in group)
    alone = set(range(len(texts))) - set(members)
    assert all(found.counts_as[place] == place for place in alone)
