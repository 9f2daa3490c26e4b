"""Several documents put together: the same once, and what differs side by side."""

from __future__ import annotations

import itertools
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from goodoffices.reading.compare import denies, same_event, says_same
from goodoffices.reading.findings import Amount, Findings, Topic, TopicOption
from goodoffices.reading.merge import merge
from goodoffices.reading.merged import Contradiction, MergedClaim, Reading
from goodoffices.reading.similar import content, similarity
from tests.reading.found import REPORT, WIRE, document, findings, report, said, span, wire


def both() -> Reading:
    return merge([report(), wire()])


def quote(reading: Reading, claim: MergedClaim, place: int = 0) -> str:
    words = claim.places[place]
    return words.span.of(reading.documents[words.document].text)


def test_a_claim_that_two_documents_make_has_both_places() -> None:
    reading = both()
    (shared,) = [claim for claim in reading.claims if len(claim.places) > 1]
    assert quote(reading, shared) == "will not talk before the troops leave"
    assert quote(reading, shared, 1) == "it will not talk before the troops leave"
    assert shared.independent == 2


def test_the_surest_statement_stands_for_the_claim() -> None:
    found = wire()
    sure = replace(found.statements[0], confidence=0.9)
    reading = merge([report(), replace(found, statements=(sure, *found.statements[1:]))])
    (shared,) = [claim for claim in reading.claims if len(claim.places) > 1]
    assert shared.places[0].document == 1
    assert shared.statement.confidence == 0.9


def test_copies_of_one_report_count_once() -> None:
    found = report()
    longer = replace(found.document, id="copy", text=REPORT + "\nMore to come.\n")
    reading = merge([found, replace(found, document=longer)])
    assert reading.copies == ((1, 0),)
    assert [claim.independent for claim in reading.claims] == [1] * len(found.statements)
    assert [len(claim.places) for claim in reading.claims] == [2] * len(found.statements)


def test_a_document_that_is_given_twice_is_read_once() -> None:
    assert len(merge([report(), report()]).documents) == 1


def test_documents_of_one_name_keep_apart() -> None:
    other = replace(wire().document, id="report")
    reading = merge([report(), replace(wire(), document=other)])
    assert [each.id for each in reading.documents] == ["report", "report-2"]


def test_another_number_of_the_same_deed_is_a_contradiction() -> None:
    assert Contradiction(one=2, other=5, about="how many") in both().contradictions


def test_a_denial_contradicts_what_it_denies() -> None:
    found = {(each.one, each.other): each.about for each in both().contradictions}
    assert found[2, 6] == found[5, 6] == "whether"


def test_another_day_of_the_same_deed_is_a_contradiction() -> None:
    found = wire()
    told = found.statements[1].happening
    assert told is not None
    assert told.date is not None
    later = replace(told, count=2, date=told.date.replace(day=28))
    changed = replace(found.statements[1], happening=later)
    reading = merge([report(), replace(found, statements=(changed,))])
    assert [each.about for each in reading.contradictions] == ["when"]


def test_another_amount_of_the_same_thing_is_a_contradiction() -> None:
    texts = [
        "The fund will hold 40 million for the port.",
        "The fund will hold 60 million for the port.",
    ]
    found = []
    for text, value in zip(texts, (40, 60), strict=True):
        amount = Amount(span=span(text, str(value)), value=value, unit="million")
        claim = said(text, text[:-1], "statement", class_="fact", amounts=(amount,))
        found.append(Findings(document=document(text[20:22], text), statements=(claim,)))
    reading = merge(found)
    assert [each.about for each in reading.contradictions] == ["how many"]
    assert len(reading.claims) == 2


def test_opinion_contradicts_nothing() -> None:
    found = wire()
    loud = tuple(replace(each, voice="opinion") for each in found.statements)
    assert merge([report(), replace(found, statements=loud)]).contradictions == ()


def test_one_event_is_told_once_whoever_tells_it() -> None:
    found = wire()
    told = report().statements[2].happening
    by_officials = replace(found.statements[1], happening=told, speakers=("north",))
    reading = merge([report(), replace(found, statements=(by_officials,))])
    (event,) = reading.events
    assert len(event) == 2
    assert len({reading.claims[index].statement.speakers for index in event}) == 2


def test_what_is_denied_or_yet_to_come_is_no_event() -> None:
    for changed in ({"modality": "future"}, {"negated": True}, {"voice": "opinion"}):
        statement = replace(report().statements[2], **changed)
        assert merge([replace(report(), statements=(statement,))]).events == ()


def test_topics_of_one_name_join_with_their_options() -> None:
    found = wire()
    options = (
        TopicOption(name="Troops leave", wanted_by=("south", "north"), statements=(0,)),
        TopicOption(name="Others watch", wanted_by=("north",), statements=(0,)),
    )
    topic = Topic(id="c", name="Corridor", options=options, statements=(0,))
    reading = merge([report(), replace(found, topics=(topic,))])
    (joined,) = reading.topics
    assert joined.name == "the corridor"
    assert [option.name for option in joined.options] == [
        "Troops stay in the corridor",
        "Troops leave",
        "Others watch",
    ]
    assert joined.options[1].wanted_by == ("south", "north")
    assert joined.statements == (0, 1)


def test_what_was_dropped_is_added_up() -> None:
    assert both().dropped == {"no verb": 3, "no speaker": 1}


def test_an_engine_that_finds_one_thing_twice_is_heard_once() -> None:
    found = report()
    reading = merge([replace(found, statements=found.statements * 2)])
    assert len(reading.claims) == len(found.statements)
    assert all(len(claim.places) == 1 for claim in reading.claims)


def test_ids_are_those_over_all_documents() -> None:
    found = wire()
    renamed = tuple(replace(n, id="n") if n.id == "north" else n for n in found.named)
    statements = tuple(
        replace(s, speakers=tuple("n" if name == "north" else name for name in s.speakers))
        for s in found.statements
    )
    reading = merge([report(), replace(found, named=renamed, statements=statements)])
    assert {s for claim in reading.claims for s in claim.statement.speakers} <= {
        "north",
        "south",
        "mediator",
    }


# --- Laws -----------------------------------------------------------------------------------------


@given(st.lists(findings(), max_size=3))
def test_every_statement_stands_in_one_claim(found: list[Findings]) -> None:
    reading = merge(found)
    kept = merge(found).documents
    distinct = {each.document.text.strip(): each for each in reversed(found)}
    assert len(kept) == len(distinct)
    places = [(words.document, words.span) for claim in reading.claims for words in claim.places]
    stated = {
        (place, statement.span)
        for place, document_ in enumerate(kept)
        for statement in distinct[document_.text.strip()].statements
    }
    assert set(places) <= stated
    # A place that is left out lies across one that the same claim keeps.
    for place, where in stated - set(places):
        assert any(
            place == other and where.start <= kept_span.end and kept_span.start <= where.end
            for other, kept_span in places
        )


@given(st.lists(findings(), max_size=3))
def test_what_is_put_together_agrees(found: list[Findings]) -> None:
    reading = merge(found)
    for group in reading.events:
        told = [reading.claims[index].statement for index in group]
        assert all(same_event(a, b) for a, b in itertools.combinations(told, 2))
    for each in reading.contradictions:
        assert each.one < each.other < len(reading.claims)


@given(st.lists(st.sampled_from([0, 1, 2]), min_size=1, max_size=6))
def test_claims_join_as_comparing_each_with_each_would(order: list[int]) -> None:
    """The greedy rule, with every pair looked at."""
    lines = [
        "The North keeps its troops in the corridor",
        "The North keeps its troops in the whole corridor",
        "The North keeps its guards out of town",
    ]
    text = ". ".join(f"{lines[kind]} {number}" for number, kind in enumerate(order)) + "."
    statements, at = [], 0
    for number, kind in enumerate(order):
        words = f"{lines[kind]} {number}"
        at = text.index(words, at)
        statements.append(said(text, words, "demand", "north", negated=kind == 2))
    reading = merge([Findings(document=document("d", text), statements=tuple(statements))])
    groups: list[list[int]] = []
    for index, each in enumerate(statements):
        words = content(each.span.of(text))
        for group in groups:
            near = any(
                similarity(words, content(statements[i].span.of(text))) >= 0.5 for i in group
            )
            if near and all(says_same(each, statements[i]) for i in group):
                group.append(index)
                break
        else:
            groups.append([index])
    assert sorted(len(group) for group in groups) == sorted(
        len(claim.places) for claim in reading.claims
    )


def test_a_double_denial_denies_nothing() -> None:
    plain = said(WIRE, "its guards shot farmers near the bridge", "assault")
    assert not denies(plain)
    assert denies(replace(plain, negated=True))
    assert denies(replace(plain, modality="denied"))
    assert not denies(replace(plain, negated=True, modality="denied"))
