"""Drafts to statements: offsets, class, amounts, dates, probability phrases, confidence, topics."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from goodoffices.reading.findings import ClaimClass, Document, Happening, Span, Statement, Topic
from goodoffices.reading.rules.amounts import amounts
from goodoffices.reading.rules.confidence import confidence
from goodoffices.reading.rules.dates import day_of
from goodoffices.reading.rules.drafts import Draft
from goodoffices.reading.rules.estimates import Chance, phrases
from goodoffices.reading.rules.keys import keys
from goodoffices.reading.rules.topics import BEARING, Keyed, topics

if TYPE_CHECKING:
    from spacy.tokens import Span as Sentence

    from goodoffices.reading.rules.names import Names
    from goodoffices.reading.rules.prose import Piece

__all__ = ["Finisher"]

LEAST = 0.3
"""Statements less likely to be right than this are dropped and counted."""
_ESTIMATES = frozenset({"statement", "event", "belief", "estimate"})


def _headline(sentence: Sentence, found: list[Draft]) -> list[Draft]:
    """Return a headline as one statement, of the first type that is found in it."""
    if len(sentence) < 4 or (not found and ":" in sentence.text):
        return []
    left, right = sentence.start, sentence.end - 1
    typed = [one for one in found if one.type not in {"statement", "event", "precondition"}]
    first = next(iter(typed or found), None)
    if first is None:
        return [Draft(head=sentence.root, left=left, right=right, type="event", how="headline")]
    return [replace(first, left=left, right=right, how="headline")]


class Finisher:
    """Collects the statements of a document as its sentences are read."""

    def __init__(self, document: Document, names: Names) -> None:
        self.document = document
        self.names = names
        self.dropped: Counter[str] = Counter()
        self._statements: list[Statement] = []
        self._keys: list[tuple[tuple[str, ...], str, str]] = []

    def take(self, sentence: Sentence, piece: Piece, found: list[Draft], *, opinion: bool) -> None:
        """Turn the drafts of one sentence into statements."""
        if opinion:
            found = self._opinion(sentence, found)
        elif piece.headline:
            found = _headline(sentence, found)
        chances = phrases(sentence.text)
        for one in found:
            made = self._statement(sentence, piece, one, chances, opinion=opinion)
            if made.confidence < LEAST:
                self.dropped["unlikely to be right"] += 1
                continue
            self._statements.append(made)
            bears = made.type in BEARING and not opinion
            self._keys.append(keys(one, self.names) if bears else ((), "", ""))

    def _opinion(self, sentence: Sentence, found: list[Draft]) -> list[Draft]:
        """Keep of an opinion what it asserts: a question or a cry of feeling asserts nothing."""
        text = sentence.text.strip()
        if text.endswith("?") or text.lower().startswith(("how ", "what a ", "why ")):
            return []
        return found[:1] if found else []

    def _statement(
        self,
        sentence: Sentence,
        piece: Piece,
        one: Draft,
        chances: Sequence[Chance],
        *,
        opinion: bool,
    ) -> Statement:
        doc = sentence.doc
        left, right = (sentence.start, sentence.end - 1) if opinion else (one.left, one.right)
        span = self._span(doc[left].idx, doc[right].idx + len(doc[right]), piece)
        whole = self._span(sentence.start_char, sentence.end_char, piece)
        phrase = self._phrase(sentence, piece, span, chances)
        kind = "estimate" if phrase is not None and one.type in _ESTIMATES else one.type
        quote = self.document.text[span.start : span.end]
        return Statement(
            span=span,
            sentence=whole,
            type="statement" if opinion else kind,
            class_=self._class(kind, one, opinion=opinion),
            modality=one.modality,
            negated=one.negated,
            speakers=() if opinion else one.speakers,
            addressee=one.addressee,
            about=self._about(doc, left, right, one),
            condition=self._condition(doc, piece, one),
            happening=self._dated(one),
            amounts=tuple(amounts(quote, span.start)),
            phrase=phrase,
            voice="opinion" if opinion else "report",
            confidence=confidence(
                one,
                kind,
                opinion=opinion,
                names=self.names,
                length=right - left + 1,
                headline=piece.headline,
            ),
            quoted=self._quoted(span),
        )

    def _span(self, start: int, end: int, piece: Piece) -> Span:
        """Return the words' place in the document, without the spaces at their ends."""
        start, end = piece.start + start, piece.start + end
        text = self.document.text
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        return Span(start, end)

    def _phrase(
        self, sentence: Sentence, piece: Piece, span: Span, chances: Sequence[Chance]
    ) -> Span | None:
        for start, end, _ in chances:
            base = piece.start + sentence.start_char
            found = Span(base + start, base + end)
            if span.start <= found.start and found.end <= span.end:
                return found
        return None

    @staticmethod
    def _class(kind: str, one: Draft, *, opinion: bool) -> ClaimClass:
        if opinion:
            return "opinion"
        if kind == "estimate":
            return "estimate"
        return "attributed claim" if one.speakers else "fact"

    def _about(self, doc: object, left: int, right: int, one: Draft) -> tuple[str, ...]:
        found: list[str] = []
        for token in one.head.doc[left : right + 1]:
            id_ = self.names.known_at(token)
            if id_ is not None and id_ not in found:
                found.append(id_)
        return tuple(found[:8])

    def _condition(self, doc: object, piece: Piece, one: Draft) -> Span | None:
        if one.condition is None:
            return None
        first, last = (one.head.doc[n] for n in one.condition)
        return self._span(first.idx, last.idx + len(last), piece)

    def _dated(self, one: Draft) -> Happening | None:
        what = one.happening
        if what is None or what.when is None:
            return what
        past = one.modality != "future"
        return Happening(
            actor=what.actor,
            target=what.target,
            date=day_of(what.when, self.document.date, past=past),
            when=what.when,
            place=what.place,
            count=what.count,
        )

    def _quoted(self, span: Span) -> bool:
        text = self.document.text
        line = text.rfind("\n", max(0, span.start - 3000), span.start) + 1
        line = line or max(0, span.start - 3000)
        before = text[line : span.start]
        opened = before.count("“") - before.count("”")
        return opened > 0 or before.count('"') % 2 == 1

    def done(self) -> tuple[tuple[Statement, ...], tuple[Topic, ...]]:
        """Return the statements in the order of the text, and the topics among them."""
        order = sorted(range(len(self._statements)), key=lambda n: (self._statements[n].span, n))
        statements = tuple(self._statements[n] for n in order)
        keyed = [
            Keyed(place, *self._keys[n], disputed=statements[place].type == "issue")
            for place, n in enumerate(order)
            if self._keys[n][0] and statements[place].voice == "report"
        ]
        return statements, topics(keyed, statements)
