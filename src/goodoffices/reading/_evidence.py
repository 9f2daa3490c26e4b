"""Sources and claims of a draft."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

from goodoffices.case.model import Claim, Dated, Place, Source
from goodoffices.reading._board import Board
from goodoffices.reading._cast import Cast
from goodoffices.reading._places import Claimed, quotable
from goodoffices.reading._told import Differing, Told
from goodoffices.reading._words import free, slug, tidy
from goodoffices.reading.findings import Document, Statement
from goodoffices.reading.merged import MergedClaim, Reading, Words
from goodoffices.reading.names import key
from goodoffices.reading.similar import content

__all__ = ["Evidence", "gather"]

MOST_CLAIMS = 4_000
"""Claims of a case; more would make a file that cannot be read back, and that nobody can review."""
MOST_PLACES = 50
"""Places of one claim; a sentence that comes back a thousand times needs no thousand places."""

_LIGHT = frozenset(
    ("statement", "event", "belief", "accuse", "approve", "disapprove", "consult", "warning")
)
"""Types of statement on which few other parts of a case rest."""

MOST_NAMED = 3
"""Claims that a note names."""

_OWN_VOICE = {"communique": "the communiqué", "comment": "the comment", "study": "the study"}


@dataclass(slots=True)
class Evidence:
    """What the claims of a reading became in the case."""

    ids: dict[int, str] = field(default_factory=dict)
    """Claim of the reading to claim of the case; one that was dropped is not there."""
    sources: dict[int, str] = field(default_factory=dict)
    """Document to source, existing ones included."""
    fresh: dict[str, int] = field(default_factory=dict)
    """Source that was added, to its document."""
    reread: set[int] = field(default_factory=set)
    """Documents that the case has read before: nothing new is taken from them."""
    moved: set[int] = field(default_factory=set)
    """Those of them whose text differs from the stored copy, so that no place in it is known."""
    added: set[str] = field(default_factory=set)
    """Claims that were added."""
    present: int = 0
    """Claims whose words the case quotes already."""
    unquotable: int = 0
    opposed: list[tuple[str, str, Differing]] = field(default_factory=list)
    """New claims, each with one of before that says otherwise, and in what."""
    left_out: int = 0
    """Claims for which a case has no room."""

    def because(self, board: Board, claims: Sequence[int], most: int = 5) -> tuple[str, ...]:
        """Return the claims of the case that may be used as evidence; opinion may not."""
        found = dict.fromkeys(self.ids[claim] for claim in claims if claim in self.ids)
        return tuple(claim for claim in found if _usable(board, claim))[:most]

    def proposing(self, board: Board, claims: Sequence[int], most: int = 5) -> tuple[str, ...]:
        """Return the evidence if some of it is new, else nothing.

        What follows from words that stood in the case already was proposed before, or is the
        decision of whoever wrote them there.
        """
        found = self.because(board, claims, most)
        return found if not self.added.isdisjoint(found) else ()


def gather(
    board: Board,
    reading: Reading,
    cast: Cast,
    texts: Mapping[str, str],
    folder: str,
    *,
    again: bool = False,
) -> Evidence:
    """Add the claims of a reading, and the sources that they stand in."""
    found = Evidence()
    _find_sources(found, board, reading, texts, again)
    claimed = Claimed(board.before, texts)
    repeated = {place: group[0] for group in reading.copies for place in group[1:]}
    gatherer = _Gatherer(board, reading, cast, found, claimed, folder, repeated)
    for index, claim in enumerate(reading.claims):
        gatherer.take(index, claim)
    gatherer.name_contradictions()
    return found


def _usable(board: Board, key: str) -> bool:
    claim = board.case.claims[key]
    source = board.case.sources.get(claim.source or "")
    return claim.class_ != "opinion" and (source is None or source.kind != "comment")


def _find_sources(
    found: Evidence, board: Board, reading: Reading, texts: Mapping[str, str], again: bool
) -> None:
    """Find the sources of the case that are documents of the reading: by text, or by digest."""
    digests = {source.digest: key for key, source in board.before.sources.items() if source.digest}
    same = {text.strip(): key for key, text in texts.items() if text.strip()}
    for place, document in enumerate(reading.documents):
        by_text = same.get(document.text.strip())
        known = by_text or digests.get(document.digest)
        if known is not None:
            found.sources[place] = known
        # Offsets count in the stored copy, which may say something else.
        if known is not None and texts.get(known) != document.text:
            found.moved.add(place)
        read = known is not None and board.before.sources[known].digest == document.digest
        if place in found.moved or (read and document.digest and not again):
            found.reread.add(place)


class _Gatherer:
    def __init__(
        self,
        board: Board,
        reading: Reading,
        cast: Cast,
        found: Evidence,
        claimed: Claimed,
        folder: str,
        repeated: Mapping[int, int],
    ) -> None:
        self.board, self.reading, self.cast, self.found = board, reading, cast, found
        self.claimed, self.folder, self.repeated = claimed, folder, repeated
        self.told = Told(board.before)
        self.noted: set[tuple[str, str]] = set()
        self.spare = _spare(reading.claims, MOST_CLAIMS - len(board.before.claims))

    def take(self, index: int, claim: MergedClaim) -> None:
        """Add a claim with all of its places, or find it in the case."""
        quoted = [(words, quote) for words in claim.places if (quote := self._quote(words))]
        del quoted[MOST_PLACES:]
        if not quoted:
            self.found.unquotable += 1
            return
        fields = self._fields(claim, quoted[0][0].document)
        there = self._there([words for words, _ in quoted], fields)
        if there is not None:
            self.found.ids[index] = there
            self.found.present += 1
        elif all(words.document in self.found.reread for words, _ in quoted):
            self.found.present += 1
        elif index in self.spare:
            self.found.left_out += 1
        else:
            fresh = [each for each in quoted if each[0].document not in self.found.reread]
            self._add(index, claim, fresh, fields)

    def _there(self, places: Sequence[Words], fields: Mapping[str, Any]) -> str | None:
        """Return the claim of before that quotes one of these places."""
        for words in places:
            source = self.found.sources.get(words.document)
            if source in self.board.before.sources and words.document not in self.found.moved:
                found = self.claimed.at(source, words.span, fields["type"], fields["speaker"])
                if found is not None:
                    return found
        return None

    def _quote(self, words: Words) -> str | None:
        return quotable(self.reading.documents[words.document].text, words.span)

    def _add(
        self,
        index: int,
        claim: MergedClaim,
        quoted: Sequence[tuple[Words, str]],
        fields: dict[str, Any],
    ) -> None:
        statement = claim.statement
        equal = self.told.equal(statement, quoted[0][1], fields["speaker"])
        if equal is not None and self.board.case.claims[equal].status == "draft":
            self._extend(index, equal, quoted)
            return
        notes = [f"says the same as {equal}"] if equal is not None else []
        opposed = list(self.told.opposed(statement, quoted[0][1], fields["about"]))
        notes += _otherwise(opposed)
        fields["note"] = _joined(fields.get("note"), *notes)
        chosen = self.board.key("claims", _called(statement, quoted[0][1]))
        # Looked up before the sources are: what was turned down needs none.
        trial = Claim.model_validate({**fields, "quote": quoted[0][1]})
        if not self.board.allows(f"claims.{chosen}", trial):
            return
        places = [self._place(words, quote) for words, quote in quoted]
        first, *also = places
        part = Claim.model_validate(
            {**fields, **first, "also": tuple(map(Place.model_validate, also))}
        )
        self.board.add("claims", chosen, part)
        self.found.ids[index] = chosen
        self.found.added.add(chosen)
        self.noted.update((chosen, other) for other, _ in opposed)
        self.found.opposed += [(chosen, other, about) for other, about in opposed]

    def _place(self, words: Words, quote: str) -> dict[str, Any]:
        source = self._source(words.document)
        return {"source": source, "quote": quote, "at": f"{words.span.start}-{words.span.end}"}

    def _extend(self, index: int, known: str, quoted: Sequence[tuple[Words, str]]) -> None:
        """Let a draft of before stand in these places too."""
        places = [Place.model_validate(self._place(words, quote)) for words, quote in quoted]
        claim = self.board.case.claims[known]
        also = (*claim.also, *places)[:MOST_PLACES]
        self.board.case.claims[known] = claim.model_copy(update={"also": also})
        self.found.ids[index] = known
        self.found.present += 1

    def _fields(self, claim: MergedClaim, document: int) -> dict[str, Any]:
        """Return what a claim says besides its words and their place."""
        statement, kind = claim.statement, self._kind(document)
        opinion = statement.voice == "opinion" or kind == "comment"
        speakers = [self.cast.speaker(name) for name in statement.speakers]
        own = _OWN_VOICE.get(kind, "the report")
        via = speakers[:-1]
        # What a document says of those whom nobody asked is the document's word, not theirs.
        if statement.speakers and not via and not statement.quoted:
            via = [own] if statement.speakers[-1] in self.cast.unheard else []
        notes = [self.cast.note(name) for name in statement.speakers[-1:]]
        about = (self.cast.actor(name) for name in statement.about)
        addressee = statement.addressee
        found: dict[str, Any] = {
            "class": "opinion" if opinion else statement.class_,
            "speaker": speakers[-1] if speakers else own,
            "via": tuple(via),
            "to": self.cast.speaker(addressee) if addressee else None,
            "about": tuple(dict.fromkeys(name for name in about if name)),
            "type": statement.type,
            "modality": _modality(statement),
            "confidence": _rounded(statement.confidence),
            "status": "draft",
        }
        return {**found, "note": _joined(*notes)}

    def _kind(self, place: int) -> str:
        """Return what kind of source a document is; a person's word counts."""
        known = self.board.before.sources.get(self.found.sources.get(place, ""))
        return known.kind if known is not None else self.reading.documents[place].kind

    def _source(self, place: int) -> str:
        """Return the source that a document is, and add it if the case has none."""
        if place not in self.found.sources:
            document = self.reading.documents[place]
            key = free(
                slug(document.title or PurePath(document.name).stem), self.board.case.sources
            )
            self.found.sources[place] = key
            self.found.fresh[key] = place
            original = self.repeated.get(place)
            copy_of = self._source(original) if original is not None else None
            self.board.add_source(key, self._written(document, key, copy_of))
        return self.found.sources[place]

    def _written(self, document: Document, key: str, copy_of: str | None) -> Source:
        camp = self._camp(document)
        return Source(
            title=tidy(document.title or document.name) or key,
            publisher=tidy(document.publisher) or None if document.publisher else None,
            date=Dated(date=document.date),
            kind=document.kind,
            file=f"{self.folder}/{key}.txt",
            camp=(camp,) if camp else (),
            copy_of=copy_of,
            digest=document.digest or None,
        )

    def _camp(self, document: Document) -> str | None:
        """Return the party that speaks in a document of its own."""
        if document.kind not in {"communique", "interview"} or not document.publisher:
            return None
        found = self.cast.called.get(("party", key(document.publisher)))
        return found if found in self.board.case.parties else None

    def name_contradictions(self) -> None:
        """Say of each new claim which others say otherwise."""
        opposed: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
        for each in self.reading.contradictions:
            one, other = self.found.ids.get(each.one), self.found.ids.get(each.other)
            if one is None or other is None or one == other:
                continue
            opposed[one].append((other, each.about))
            opposed[other].append((one, each.about))
        for mine, others in opposed.items():
            if mine not in self.board.before.claims:
                claim = self.board.case.claims[mine]
                new = [each for each in others if (mine, each[0]) not in self.noted]
                note = _joined(claim.note, *_otherwise(new))
                self.board.case.claims[mine] = claim.model_copy(update={"note": note})


def _spare(claims: Sequence[MergedClaim], room: int) -> set[int]:
    """Return the claims that weigh least, so many as there is no room for.

    What others rest on weighs most, then what several sources say, then what is surest.
    """

    def weight(index: int) -> tuple[bool, bool, int, float]:
        claim = claims[index]
        given = claim.statement
        return (
            given.voice == "report" and given.class_ != "opinion",
            given.type not in _LIGHT,
            claim.independent,
            given.confidence,
        )

    ranked = sorted(range(len(claims)), key=weight, reverse=True)
    return set(ranked[max(room, 0) :])


def _otherwise(opposed: Sequence[tuple[str, str]]) -> list[str]:
    """Say which claims say otherwise, in what; the first of many by name."""
    notes = [f"{other} says otherwise ({about})" for other, about in opposed[:MOST_NAMED]]
    more = len(opposed) - MOST_NAMED
    return [*notes, f"and {more} more"] if more > 0 else notes


def _called(statement: Statement, quote: str) -> str:
    """Return the words that name a claim: what is done, and what it is about."""
    words = [word for word in quote.split() if content(word)]
    return " ".join([statement.type if statement.type != "statement" else "", *words[:4]])


def _modality(statement: Statement) -> str:
    if statement.negated and statement.modality == "asserted":
        return "denied"
    return statement.modality


def _rounded(confidence: float) -> float:
    return round(min(max(confidence, 0.0), 1.0), 2)


def _joined(*notes: str | None) -> str | None:
    return "; ".join(note for note in notes if note) or None
