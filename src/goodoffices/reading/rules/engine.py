"""Reading by rules: a document to its findings, offline and always in the same way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from goodoffices.reading.findings import Document, Findings, Span
from goodoffices.reading.rules.finish import Finisher
from goodoffices.reading.rules.gazetteer import Gazetteer
from goodoffices.reading.rules.lemmas import mend
from goodoffices.reading.rules.names import Names
from goodoffices.reading.rules.offices import home_state
from goodoffices.reading.rules.parser import parser
from goodoffices.reading.rules.prose import Piece, pieces
from goodoffices.reading.rules.quotations import Quotations
from goodoffices.reading.rules.registry import named
from goodoffices.reading.rules.roles import Votes
from goodoffices.reading.rules.sentences import read_sentence
from goodoffices.reading.rules.speakers import Scene
from goodoffices.reading.rules.voice import Paragraph, first_person, opinions
from goodoffices.reading.rules.words import versions

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc
    from spacy.tokens import Span as Sentence

__all__ = ["MOST_CHARACTERS", "read_by_rules"]

MOST_CHARACTERS = 1_500_000
"""Characters of a document that are read, about a minute of work; what follows is left out, and
said so."""
_BATCH = 64
_SKIPPED = re.compile(r"^[\W\d_]*$")


def read_by_rules(
    document: Document, *, gazetteer: Gazetteer | None = None, model: str | None = None
) -> Findings:
    """Return what the rules find in a document; the same document always gives the same.

    `gazetteer` adds to, or replaces, the parties that are known by name; `model` names another
    spaCy model. Raises `ExtraError` if spaCy is not installed, `ModelError` if the model can't be
    loaded.
    """
    nlp = parser(model)
    cut = list(pieces(document.text[:MOST_CHARACTERS]))
    paragraphs = _paragraphs(cut)
    chosen = opinions(list(paragraphs.values()))
    opinion = {number for n, number in enumerate(paragraphs) if n in chosen}
    reading = _Reading(document, gazetteer or Gazetteer.shipped())
    reading.names.home = home_state(reading.names.gazetteer, document.text)
    reading.spoken = first_person(list(paragraphs.values()))
    for piece, doc in _parsed(nlp, cut):
        reading.take(piece, doc, opinion=piece.paragraph in opinion)
    statements, topics = reading.finisher.done()
    people = named(reading.names, statements, reading.votes)
    ids = {one.id for one in people}
    # Who is named once in passing is no name of the draft, and nothing is about it.
    statements = tuple(
        replace(one, about=tuple(id_ for id_ in one.about if id_ in ids)) for one in statements
    )
    spans = tuple(Span(p.start, p.end) for n, p in paragraphs.items() if n in opinion)
    return Findings(
        document=document,
        named=people,
        statements=statements,
        topics=topics,
        opinion=spans,
        dropped=dict(reading.finisher.dropped),
        engine="rules",
        notes=_notes(document, nlp, spans),
    )


class _Reading:
    """What is known of a document so far, sentence after sentence."""

    def __init__(self, document: Document, gazetteer: Gazetteer) -> None:
        self.names = Names(gazetteer)
        self.finisher = Finisher(document, self.names)
        self.quotations = Quotations(self.names)
        self.votes = Votes()
        self.spoken = False
        """Whether the document speaks in the first person throughout."""
        self._sentence = 0

    def take(self, piece: Piece, doc: Doc, *, opinion: bool) -> None:
        """Read a piece."""
        self.names.read(doc, piece.start, self._sentence)
        self.quotations.read(doc, piece)
        for sentence in doc.sents:
            # A question asserts nothing, whoever asks it.
            asked = sentence.text.rstrip(' "').endswith("?")
            if not asked and not _SKIPPED.match(sentence.text):
                scene = self._scene(piece, sentence)
                found = read_sentence(sentence, scene)
                self.quotations.heard(piece, found)
                self.votes.take(sentence, scene)
                self.finisher.take(sentence, piece, found, opinion=opinion)
            self._sentence += 1

    def _scene(self, piece: Piece, sentence: Sentence) -> Scene:
        own = self.quotations.own()
        return Scene(
            names=self.names,
            base=piece.start,
            sentence=self._sentence,
            quoted_by=self.quotations.speaker(sentence) or (own if self.spoken else None),
            indirect=self.quotations.indirect(piece),
            own=own,
        )


def _parsed(nlp: Language, cut: list[Piece]) -> Iterator[tuple[Piece, Doc]]:
    """Yield each piece with its parse, a batch at a time."""
    todo = iter(cut)
    while batch := list(islice(todo, _BATCH)):
        docs = nlp.pipe((piece.text for piece in batch), batch_size=16)
        for piece, doc in zip(batch, docs, strict=True):
            mend(doc)
            yield piece, doc


def _paragraphs(cut: list[Piece]) -> dict[int, Paragraph]:
    """Return the paragraphs that are no headlines, by number, their parts put together."""
    found: dict[int, Paragraph] = {}
    for piece in cut:
        if piece.headline:
            continue
        end = piece.start + len(piece.text)
        known = found.get(piece.paragraph)
        if known is None:
            found[piece.paragraph] = Paragraph(
                piece.start, end, piece.text, piece.quoted, piece.comment
            )
        else:
            found[piece.paragraph] = Paragraph(
                known.start, end, known.text + piece.text, known.quoted, known.comment
            )
    return found


def _notes(document: Document, nlp: Language, opinion: tuple[Span, ...]) -> tuple[str, ...]:
    meta = nlp.meta
    found = [f"read by rules ({versions()}) over {meta['lang']}_{meta['name']} {meta['version']}"]
    if len(document.text) > MOST_CHARACTERS:
        found.append(f"only the first {MOST_CHARACTERS:,} characters were read")
    if opinion:
        count = len(opinion)
        found.append(f"{count} paragraph{'s' * (count > 1)} set apart as opinion")
    if document.date is None:
        found.append("the document states no date, so no day was worked out from its words")
    return tuple(found)
