"""Reading by rules: a document to its findings, offline and always in the same way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from goodoffices.reading.findings import Document, Findings, Span
from goodoffices.reading.rules.finish import Finisher
from goodoffices.reading.rules.gazetteer import Gazetteer
from goodoffices.reading.rules.names import Names
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

__all__ = ["MOST_CHARACTERS", "read_by_rules"]

MOST_CHARACTERS = 12_000_000
"""Characters of a document that are read; what follows is left out, and said so."""
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
    text = document.text[:MOST_CHARACTERS]
    cut = list(pieces(text))
    paragraphs = _paragraphs(cut)
    chosen = opinions(list(paragraphs.values()))
    numbers = {number for n, number in enumerate(paragraphs) if n in chosen}
    names = Names(gazetteer or Gazetteer.shipped())
    finisher = Finisher(document, names)
    quotations = Quotations(names)
    votes = Votes()
    spoken = first_person(list(paragraphs.values()))
    sentence = 0
    for piece, doc in _parsed(nlp, cut):
        names.read(doc, piece.start, sentence)
        quotations.read(doc, piece)
        for one in doc.sents:
            asked = one.text.rstrip(' "').endswith("?")
            if not asked and not _SKIPPED.match(one.text):
                scene = Scene(
                    names=names,
                    base=piece.start,
                    sentence=sentence,
                    quoted_by=quotations.speaker(one) or (quotations.own() if spoken else None),
                    indirect=quotations.indirect(piece),
                    own=quotations.own(),
                )
                found = read_sentence(one, scene)
                quotations.heard(piece, found)
                votes.take(one, scene)
                finisher.take(one, piece, found, opinion=piece.paragraph in numbers)
            sentence += 1
    statements, topics = finisher.done()
    spans = tuple(Span(p.start, p.end) for n, p in paragraphs.items() if n in numbers)
    return Findings(
        document=document,
        named=named(names, statements, votes),
        statements=statements,
        topics=topics,
        opinion=spans,
        dropped=dict(finisher.dropped),
        engine="rules",
        notes=_notes(document, nlp, spans),
    )


def _parsed(nlp: Language, cut: list[Piece]) -> Iterator[tuple[Piece, Doc]]:
    """Yield each piece with its parse, a batch at a time."""
    todo = iter(cut)
    while batch := list(islice(todo, _BATCH)):
        docs = nlp.pipe((piece.text for piece in batch), batch_size=16)
        yield from zip(batch, docs, strict=True)


def _paragraphs(cut: list[Piece]) -> dict[int, Paragraph]:
    """Return the paragraphs that are no headlines, by number, their parts put together."""
    found: dict[int, Paragraph] = {}
    for piece in cut:
        if piece.headline:
            continue
        end = piece.start + len(piece.text)
        known = found.get(piece.paragraph)
        if known is None:
            found[piece.paragraph] = Paragraph(piece.start, end, piece.text, piece.quoted)
        else:
            found[piece.paragraph] = Paragraph(
                known.start, end, known.text + piece.text, known.quoted
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
