"""From what a model says to statements that the document bears out; the rest is counted."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from goodoffices.case.evidence import normal
from goodoffices.reading.findings import (
    Amount,
    ClaimClass,
    Document,
    Happening,
    Span,
    Statement,
    Voice,
)
from goodoffices.reading.model.amounts import states
from goodoffices.reading.model.chunks import Chunk, sentence_of, sentences
from goodoffices.reading.model.names import Names, attributions, form_of
from goodoffices.reading.model.quotes import Folded, is_quoted
from goodoffices.reading.model.wire import WireAmount, WireStatement
from goodoffices.reading.rules.dates import day_of

__all__ = ["LONGEST", "Builder", "Dropped"]

LONGEST = 600
"""Characters of a quote; a longer one carries more than one statement."""
_SUREST = 0.9
"""A model's own confidence counts up to here: nobody has confirmed anything yet."""
_DOUBTFUL = 0.3
"""Confidence, at most, where the text bears the speaker out only in part."""
_LONGEST_UNIT = 40
_NEARBY = 800
"""Characters before a sentence in which its speaker is named, if only a pronoun stands in it."""
_NEW_CLAUSE = re.compile(r"[;:]|,\s+(?:and|but|while|whereas|although|though)\b")


class Dropped(Exception):
    """A statement is left out; the message says why."""


@dataclass(slots=True)
class Builder:
    """Builds the statements of one chunk."""

    document: Document
    chunk: Chunk
    whole: Folded
    """All of the document that was read."""
    names: Names
    opinion: frozenset[int]
    """Numbers of the chunk's paragraphs in another voice."""
    mended: dict[str, int] = field(default_factory=dict)
    """What was left out of statements that were kept, and how often."""
    _folded: tuple[Folded, ...] = ()
    _sentences: tuple[tuple[Span, ...], ...] = ()

    def __post_init__(self) -> None:
        text = self.document.text
        self._folded = tuple(Folded.of(text, part) for part in self.chunk.parts)
        self._sentences = tuple(sentences(text, part) for part in self.chunk.parts)

    def build(self, wire: WireStatement) -> Statement:
        """Return the statement; raise `Dropped` where its words or its speaker are not there."""
        place, span = self._place(wire)
        sentence = sentence_of(self._sentences[place], span)
        paragraph = self._folded[place]
        voice = self._voice(wire, place)
        speakers, confidence = self._speakers(wire, sentence, span)
        phrase = self._near(paragraph, wire.phrase, sentence)
        return Statement(
            span=span,
            sentence=sentence,
            type=wire.type,
            class_=_class(wire, speakers, voice, phrase),
            modality=wire.modality,
            negated=wire.negated,
            speakers=speakers,
            addressee=self._name(wire.addressee),
            about=self._about(wire),
            condition=self._near(paragraph, wire.condition, sentence),
            happening=self._happening(wire, paragraph, sentence),
            amounts=self._amounts(wire.amounts, paragraph, sentence),
            phrase=phrase,
            voice=voice,
            confidence=round(confidence, 3),
            quoted=is_quoted(self.document.text, self.chunk.parts[place], span),
        )

    def _place(self, wire: WireStatement) -> tuple[int, Span]:
        """Return the paragraph and the place of the quote, best in the paragraph that is named."""
        words = re.sub(r"^\s*\[\d+\]\s*", "", wire.quote)
        if len(words) > LONGEST:
            raise Dropped("quote too long for one statement")
        if len(words.split()) < 2:
            raise Dropped("quote of less than two words")
        order = sorted(range(len(self._folded)), key=lambda one: one + 1 != wire.paragraph)
        for place in order:
            if found := self._folded[place].quote(words):
                return place, found[0]
        raise Dropped("quote not in the document")

    def _voice(self, wire: WireStatement, place: int) -> Voice:
        aside = wire.voice == "opinion" or place + 1 in self.opinion
        return "opinion" if aside or self.document.kind == "comment" else "report"

    def _speakers(
        self, wire: WireStatement, sentence: Span, quote: Span
    ) -> tuple[tuple[str, ...], float]:
        """Return the speakers that the text has, and how sure they are at most."""
        confidence = min(wire.confidence, _SUREST)
        found: list[str] = []
        for words in wire.speakers:
            speaker = self._name(words)
            if speaker is None:
                parts = form_of(words).split()
                if not parts or not all(map(self.whole.holds, parts)):
                    raise Dropped("speaker not in the document")
                self._mend("speaker put together from words of the document")
                confidence = min(confidence, _DOUBTFUL)
                speaker = normal(words)
            if speaker not in found:
                found.append(speaker)
        if found and not self._fits(found, sentence, quote):
            confidence = min(confidence, _DOUBTFUL)
        return tuple(found), confidence

    def _fits(self, speakers: list[str], sentence: Span, quote: Span) -> bool:
        """Hold the speakers against whom the sentence itself shows as speaking.

        A statement is dropped whose sentence shows others as speaking and names none of its
        speakers. It is doubtful where the sentence names one, but what another says reaches up to
        the quote: no new clause begins with the speaker in between. It is doubtful, too, where
        nobody is shown as speaking, and the speaker is named neither there nor shortly before.
        Speakers without an id ("he") can't be held against anything.
        """
        ids = {one.id for one in self.names.found}
        if not set(speakers) <= ids:
            return True
        kin = set().union(*(self.names.kin(one) for one in speakers))
        saying = attributions(self.document.text, sentence, self.names)
        if any(its in kin for _, its in saying):
            return True
        if not saying:
            near = Span(max(0, sentence.start - _NEARBY), sentence.end)
            named = any(its in kin for _, its in self.names.within(near))
            if not named:
                self._mend("speaker not named nearby")
            return named
        own = [span for span, its in self.names.within(sentence) if its in kin]
        if not own:
            raise Dropped("sentence shows another speaker")
        if any(self._reaches(span, saying, sentence, quote) for span in own):
            return True
        self._mend("sentence shows another speaker too")
        return False

    def _reaches(
        self, own: Span, saying: list[tuple[Span, str]], sentence: Span, quote: Span
    ) -> bool:
        """Say whether a quote may be of the one who is named here, whoever else speaks."""
        text = self.document.text
        before = [span for span, _ in saying if span.start < quote.start]
        if own.start >= quote.end:
            return False
        if not before:
            return not is_quoted(text, sentence, own)
        return own.start < before[0].start or bool(
            _NEW_CLAUSE.search(text, before[-1].end, max(own.start, before[-1].end))
        )

    def _name(self, words: str | None) -> str | None:
        """Return the id of a name, or its words where the text has them."""
        if words is None:
            return None
        return self.names.resolve(words) or self.whole.as_written(words)

    def _about(self, wire: WireStatement) -> tuple[str, ...]:
        found = (self.names.resolve(words) for words in wire.about)
        return tuple(dict.fromkeys(its for its in found if its is not None))

    def _near(self, paragraph: Folded, words: str | None, sentence: Span) -> Span | None:
        """Return where words stand in the paragraph, the place nearest to the sentence."""
        if words is None:
            return None
        if not (found := paragraph.quote(words)):
            self._mend("words of a condition, number or time that are not there")
            return None
        return min(found, key=lambda one: abs(one.start - sentence.start) - _inside(one, sentence))

    def _amounts(
        self, wire: list[WireAmount], paragraph: Folded, sentence: Span
    ) -> tuple[Amount, ...]:
        found = []
        for one in wire:
            span = self._near(paragraph, one.words, sentence)
            if span is None or one.value is None:
                continue
            if not states(one.words, one.value):
                self._mend("number that its words do not state")
                continue
            unit = " ".join((one.unit or "").split())
            fits = unit.isprintable() and 0 < len(unit) <= _LONGEST_UNIT
            found.append(Amount(span=span, value=one.value, unit=unit if fits else None))
        return tuple(found)

    def _happening(
        self, statement: WireStatement, paragraph: Folded, sentence: Span
    ) -> Happening | None:
        wire = statement.happening
        if wire is None:
            return None
        count = wire.count
        if count is not None and not states(sentence.of(self.document.text), count):
            self._mend("number that its words do not state")
            count = None
        when = self._near(paragraph, wire.when, sentence)
        words = when.of(self.document.text) if when else None
        past = statement.modality != "future"
        # The day is worked out here, never taken from the model.
        day = day_of(words, self.document.date, past=past) if words else None
        return Happening(
            actor=self.names.resolve(wire.actor),
            target=self.names.resolve(wire.target),
            when=words,
            place=self._name(wire.place),
            date=day,
            count=count,
        )

    def _mend(self, what: str) -> None:
        self.mended[what] = self.mended.get(what, 0) + 1


def _inside(span: Span, sentence: Span) -> int:
    """Return a head start for words inside the sentence."""
    return 1_000_000 if sentence.start <= span.start and span.end <= sentence.end else 0


def _class(
    wire: WireStatement, speakers: tuple[str, ...], voice: Voice, phrase: Span | None
) -> ClaimClass:
    """Return the class that fits what is known, whatever the model calls it.

    A passage in another voice is opinion; what a speaker says is never a fact; without a speaker
    it can't be attributed.
    """
    if voice == "opinion" or wire.class_ == "opinion":
        return "opinion"
    if wire.class_ == "estimate" or wire.type == "estimate" or phrase is not None:
        return "estimate"
    return "attributed claim" if speakers else "fact"
