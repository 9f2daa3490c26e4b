"""Where a document changes its voice."""

from __future__ import annotations

from goodoffices.reading.rules.voice import Paragraph, first_person, opinions, score
from tests.reading.rules.conftest import Read

REPORT = "The two sides met in Oslo on Friday. A spokesman said that progress was made."
COMMENT = "How long must we wait? These men MUST go NOW!"


def paragraphs(*texts: str) -> list[Paragraph]:
    found, place = [], 0
    for text in texts:
        found.append(Paragraph(place, place + len(text), text))
        place += len(text) + 1
    return found


def test_a_comment_scores_above_a_report() -> None:
    assert score(COMMENT) > 3 > score(REPORT)


def test_what_others_are_quoted_with_is_not_the_documents_voice() -> None:
    assert score('"We must act NOW! How long?" the minister said.') < 1


def test_a_last_paragraph_that_shouts_is_set_apart() -> None:
    assert opinions(paragraphs(REPORT, REPORT, COMMENT)) == {2}


def test_a_statement_in_the_first_person_throughout_has_not_changed_its_voice() -> None:
    ours = "We call on the parties to stop. Our goal is peace."
    assert first_person(paragraphs(ours, ours))
    assert opinions(paragraphs(ours, ours)) == frozenset()


def test_no_paragraphs_hold_no_opinion() -> None:
    assert opinions([]) == frozenset()


def test_an_opinion_is_set_apart_and_feeds_no_speaker(read: Read) -> None:
    text = f"{REPORT}\n\n{REPORT}\n\nIn my view we must stop this charade. Enough is enough!"
    found = read(text)
    assert [span.of(text)[:10] for span in found.opinion] == ["In my view"]
    said = [one for one in found.statements if one.voice == "opinion"]
    assert said
    assert all(one.class_ == "opinion" and one.speakers == () for one in said)
    assert not found.topics


def test_a_paragraph_that_the_document_calls_a_letter_is_set_apart_however_calm(read: Read) -> None:
    text = f"{REPORT}\n\n{REPORT}\n\nLetter: The dam is old.\n\n{REPORT}\n"
    assert [span.of(text) for span in read(text).opinion] == ["The dam is old."]


def test_a_short_quote_of_a_word_like_opinion_in_a_sentence_sets_nothing_apart(read: Read) -> None:
    assert read(f"{REPORT}\n\nThe opinion of Peru is known, officials said.\n").opinion == ()
