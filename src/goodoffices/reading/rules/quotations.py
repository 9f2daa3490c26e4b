"""Who says what stands between quotation marks, also in sentences that name nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goodoffices.reading.rules.clauses import child
from goodoffices.reading.rules.words import data

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as Sentence

    from goodoffices.reading.rules.drafts import Draft
    from goodoffices.reading.rules.names import Names
    from goodoffices.reading.rules.prose import Piece

__all__ = ["Quotations"]


class Quotations:
    """The quotations of the piece being read, and whom the last one was by."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self._inside: list[tuple[int, int]] = []
        self._attributed: str | None = None
        self._last: str | None = None
        self._speakers: dict[str, int] = {}
        self._label: str | None = None
        self._said: tuple[int, str | None] = (-1, None)

    def read(self, doc: Doc, piece: Piece) -> None:
        """Take up the quotations of a piece."""
        marks = [n for n, letter in enumerate(doc.text) if letter == '"']
        ends = [*marks[1::2]]
        # A quotation that goes on in the next paragraph isn't closed in this one.
        if len(marks) % 2:
            ends.append(len(doc.text))
        self._inside = list(zip(marks[::2], ends, strict=False))
        self._label = self._labelled(piece.label) if piece.label else None
        self._attributed = self._attribution(doc) or (
            self._last if self._inside and self._inside[0][0] <= 1 else None
        )

    def _labelled(self, label: str) -> str | None:
        """Return who speaks under a label: "Q" asks, and "A" is whom the text names most."""
        if label in {"Q", "Question"}:
            return None
        persons = [one for one in self.names.found.values() if one.kind == "person"]
        if label in {"A", "Answer"}:
            return max(persons, key=lambda one: len(one.spans)).id if persons else None
        last = label.split()[-1]
        known = self.names.by_name.get(last)
        return known or self.names.spoken_by(label)

    def _attribution(self, doc: Doc) -> str | None:
        """Return who speaks in the piece: the first name that does a verb of saying."""
        verbs = _SAYS
        for token in doc:
            if token.lemma_ in verbs and not self.quoted(token.idx):
                who = child(token, "nsubj")
                if who is None:
                    continue
                found = self.names.resolve(who) or self._pronoun(who)
                if found is not None:
                    return found
        return None

    def _pronoun(self, who: Token) -> str | None:
        if who.lower_ not in {"he", "she", "they", "it"}:
            return None
        for mention in reversed(self.names.mentions[-200:]):
            name = self.names.found[mention.id]
            if (name.kind == "person") == (who.lower_ in {"he", "she"}):
                return mention.id
        return None

    def quoted(self, place: int) -> bool:
        """Return whether a character of the piece stands between quotation marks."""
        return any(start < place < end for start, end in self._inside)

    def speaker(self, sentence: Sentence) -> str | None:
        """Return who says a sentence that is all quotation, or stands under a speaker's name."""
        if self._label is not None:
            return self._label
        middle = (sentence.start_char + sentence.end_char) // 2
        begins = sentence.start_char
        whole = any(
            start <= begins + 1 and sentence.end_char <= end + 3 for start, end in self._inside
        )
        return self._attributed if whole and self.quoted(middle) else None

    def own(self) -> str | None:
        """Return for whom "we" stands outside quotations: whoever the document speaks for."""
        if not self._speakers:
            return None
        return max(self._speakers, key=lambda id_: self._speakers[id_])

    def indirect(self, piece: Piece) -> str | None:
        """Return who was told to say the sentence before, where it is in the same paragraph."""
        paragraph, speaker = self._said
        return speaker if paragraph == piece.paragraph else None

    def heard(self, piece: Piece, found: list[Draft]) -> None:
        """Remember who spoke."""
        said = [one.speakers[0] for one in found if one.reported and one.speakers]
        before = self.indirect(piece)
        self._said = (piece.paragraph, said[-1] if said else before if not found else None)
        if self._attributed is not None and self._inside:
            self._last = self._attributed
        for one in found:
            for id_ in one.speakers[:1]:
                if id_ in self.names.found:
                    self._speakers[id_] = self._speakers.get(id_, 0) + 1


_SAYS = frozenset(data("stances")["verbs"]["report"]) | {"ask", "warn", "insist"}
