"""The names of one document: whom it has named so far, and by which words."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from goodoffices.reading.findings import NamedKind, Span
from goodoffices.reading.rules.gazetteer import Gazetteer, Hit, slug
from goodoffices.reading.rules.pairs import Pair, pair_of, they
from goodoffices.reading.rules.words import data

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["Mention", "Name", "NameBook", "pronouns"]


@dataclass(kw_only=True)
class Name:
    """Somebody named, while the document is being read."""

    id: str
    name: str
    kind: NamedKind
    of: str | None = None
    sort: str = ""
    """What it is more closely: state, group, organisation, armed, civil, person."""
    aliases: Counter[str] = field(default_factory=Counter)
    spans: list[Span] = field(default_factory=list)
    known: bool = False
    """Whether a list names it."""
    place_only: bool = True
    subject_of: int = 0


@dataclass(frozen=True, slots=True)
class Mention:
    """A noun that stands for somebody, in the order of the document."""

    place: int
    """Where its head word stands, in characters."""
    sentence: int
    id: str
    many: bool
    subject: bool
    main: bool = False
    """Whether it is the subject of a sentence's main verb."""
    human: bool = False
    """Whether the noun is one person's title: "the minister"."""


class NameBook:
    """Whom a document has named so far; filled as it is read from beginning to end."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self.found: dict[str, Name] = {}
        self.mentions: list[Mention] = []
        self.pairs: list[Pair] = []
        self.by_name: dict[str, str] = {}
        self.of_token: dict[tuple[int, int], str | None] = {}
        self.hits: dict[int, Hit] = {}
        self.people: dict[int, tuple[int, int]] = {}
        self.orgs: dict[int, tuple[int, int]] = {}
        self.listed: list[Name] = []
        self.by_last: dict[tuple[str, str], Name] = {}
        self.base = 0
        self.voiced: set[str] = set()
        """Who says or writes something."""

    def note(self, name: Name, token: Token, *, place: bool) -> None:
        """Remember where a name stands."""
        name.place_only = name.place_only and place
        start = self.base + token.idx
        span = Span(start, start + len(token.text))
        if not name.spans or name.spans[-1] != span:
            name.spans.append(span)

    def party(self, hit: Hit, noun: Token | None = None) -> Name:
        """Return the party of a list that a text names."""
        entry = hit.entry
        name = self.found.get(entry.id)
        if name is None:
            name = Name(id=entry.id, name=entry.name, kind="party", sort=entry.kind, known=True)
            self.found[entry.id] = name
            self.listed.append(name)
        if noun is not None and hit.form != "people":
            name.aliases[noun.doc.text[hit.start : hit.end]] += 1
        return name

    def pair(self, token: Token, sentence: int = 0) -> tuple[str, ...] | None:
        """Return the two whom "the two mediators" or "both governments" stands for."""
        before = [one for one in self.pairs if one.place < self.base + token.idx]
        return they(before, sentence) if token.lower_ == "they" else pair_of(token, before)

    def made(self, words: str, kind: NamedKind, *, sort: str, of: str | None = None) -> Name:
        """Return the name for some words, a new one if they were not met before."""
        words = words.strip(" '\",.").removeprefix("The ").removeprefix("the ") or words
        key = slug(words)
        known = self.found.get(key)
        if known is None:
            known = self.same_head(words, kind) or Name(
                id=key, name=words, kind=kind, of=of, sort=sort
            )
            if known.id == slug(words.split()[-1]) and sort == "civil" and " " in words:
                known.name = words
            self.found[known.id] = known
            self.by_last[kind, known.name.lower().split()[-1]] = known
        known.aliases[words] += 1
        return known

    def spoken_by(self, label: str) -> str:
        """Return whom a label before a colon names: a party of the lists, or else a person."""
        hit = next(self.gazetteer.find(label), None)
        if hit is not None:
            return self.party(hit).id
        name = self.made(label, "person", sort="person")
        self.by_name[label] = self.by_name[label.split()[-1]] = name.id
        return name.id

    def same_head(self, words: str, kind: NamedKind) -> Name | None:
        """Return a group already named by a longer phrase: "the dockers' union", "the union"."""
        if kind == "person":
            return None
        *more, last = words.lower().split()
        known = self.by_last.get((kind, last))
        # A headline says "union" before the text says whose.
        short = known is not None and known.sort == "civil" and " " not in known.name
        return known if not more or short else None

    def states(self) -> list[Name]:
        """Return the states that act in the document so far."""
        return [n for n in self.listed if n.sort == "state" and not n.place_only]

    def last_party(self) -> str | None:
        """Return the party that was last spoken of as doing something."""
        for mention in reversed(self.mentions[-60:]):
            name = self.found[mention.id]
            if mention.subject and (name.kind == "party" or name.of is not None):
                return name.of or name.id
        return None

    def camp(self, id_: str | None) -> str | None:
        """Return the party that somebody belongs to, or the id itself."""
        name = self.found.get(id_ or "")
        return id_ if name is None or name.of is None else name.of

    def party_at(self, token: Token) -> str | None:
        """Return the party that a describing word names: "Israeli", "US"."""
        for one in (token, *token.children):
            if one.i in self.hits:
                return self.party(self.hits[one.i], one).id
        return None

    def known_at(self, token: Token) -> str | None:
        """Return whom a word names, without looking anything up in the text before."""
        if token.i in self.hits:
            return self.party(self.hits[token.i]).id
        return self.of_token.get((id(token.doc), token.i))


def pronouns(sort: str) -> frozenset[str]:
    """Return the pronouns of one sort: person, thing, many, own."""
    return frozenset(data("cues")["pronouns"][sort])
