"""Who is named: parties, persons and groups, and which words stand for which."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goodoffices.reading.rules.clauses import child, children, joined, words_of
from goodoffices.reading.rules.gazetteer import slug
from goodoffices.reading.rules.namebook import Mention, Name
from goodoffices.reading.rules.pairs import Pair
from goodoffices.reading.rules.unlisted import Unlisted
from goodoffices.reading.rules.words import cue_words, data

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["Names"]

_PERSONAL = frozenset(data("groups")["titles"]) | frozenset(data("groups")["voices"])
_MODIFIERS = frozenset({"compound", "amod", "nmod", "nummod", "det"})


class Names(Unlisted):
    """All names of one document, and the search for them in its sentences."""

    def read(self, doc: Doc, base: int, first_sentence: int) -> None:
        """Take up the names of a piece that starts at a place of the document."""
        self.base = base
        self.of_token.clear()
        self.hits = {}
        for hit in self.gazetteer.find(doc.text):
            span = doc.char_span(hit.start, hit.end, alignment_mode="expand")
            for token in span or ():
                self.hits[token.i] = hit
        self.people, self.orgs = {}, {}
        for ent in doc.ents:
            table = {"PERSON": self.people, "ORG": self.orgs}.get(ent.label_)
            if table is not None:
                for token in ent:
                    table[token.i] = (ent.start, ent.end)
        for number, sentence in enumerate(doc.sents, start=first_sentence):
            for token in sentence:
                if token.pos_ in {"NOUN", "PROPN", "ADJ", "NUM"}:
                    self._mention(token, number)

    def _mention(self, token: Token, sentence: int) -> None:
        hit = self.hits.get(token.i)
        if token.dep_ in {"compound", "amod", "nmod", "poss"} and hit is not None:
            self.note(self.party(hit), token, place=False)
        if token.dep_ in _MODIFIERS:
            return
        id_ = self.resolve(token)
        if id_ is None:
            if (pair := self.pair(token)) is not None:
                where = self.base + token.idx
                self.pairs.append(Pair(where, pair, False, sentence, token.dep_ == "nsubj"))
            return
        name = self.found[id_]
        place = (
            hit is not None
            and token.dep_ == "pobj"
            and token.head.lower_ in cue_words("place_words")
        )
        self.note(name, token, place=place)
        if place and name.sort == "state":
            return
        many = token.tag_ in {"NNS", "NNPS"} or child(token, "conj") is not None
        subject = token.dep_ in {"nsubj", "nsubjpass"} or (
            token.dep_ == "appos" and token.head.dep_ in {"nsubj", "nsubjpass"}
        )
        name.subject_of += subject
        where = self.base + token.idx
        main = token.dep_ == "nsubj" and token.head.dep_ == "ROOT"
        human = token.tag_ in {"NN", "NNP"} and token.lemma_.lower() in _PERSONAL
        self.mentions.append(Mention(where, sentence, id_, many, subject, main, human))
        self._pair(token, where, sentence, subject=subject)

    def _pair(self, noun: Token, where: int, sentence: int, *, subject: bool) -> None:
        """Remember two parties that "and" joins."""
        ids = [self.resolve(one) for one in joined(noun)]
        if len(ids) != 2 or any(one is None or self.found[one].kind != "party" for one in ids):
            return
        if len(set(ids)) == 2:
            between = noun.dep_ == "pobj" and noun.head.lower_ == "between"
            known = tuple(one for one in ids if one is not None)
            self.pairs.append(Pair(where, known, between, sentence, subject))

    def resolve(self, noun: Token) -> str | None:
        """Return the id of whom a noun names, or None; nothing is looked up in the text before."""
        key = (id(noun.doc), noun.i)
        if key not in self.of_token:
            # A name that leads back to itself names nobody.
            self.of_token[key] = None
            self.of_token[key] = self._resolve(noun)
        return self.of_token[key]

    def _resolve(self, noun: Token) -> str | None:
        if noun.pos_ in {"PRON", "DET"} or noun.tag_ in {"PRP", "PRP$", "WDT", "WP"}:
            return None
        hit = self.hits.get(noun.i)
        if hit is None and (noun.i in self.people or self._surname(noun)):
            return self._person(noun).id
        if hit is not None and not self._modifies(noun):
            if noun.lemma_.lower() in data("groups")["titles"]:
                self.hold(noun, self.party(hit).id)
            return self.party(hit, noun).id
        lemma = noun.lemma_.lower()
        groups = data("groups")
        bearer = self._bearer(noun, lemma)
        if bearer is not None:
            return self._person(bearer).id
        owner = self._owner(noun)
        if noun.tag_ in {"NNP", "NNPS"} and self._titled(noun):
            return self._person(noun).id
        if owner is not None and lemma in groups["organs"]:
            self.hold(noun, owner)
            return self._organ(noun, owner)
        if (
            lemma in groups["titles"] or lemma in groups["voices"] or lemma in groups["organs"]
        ) and (held := self.office(noun)) is not None:
            return held
        return self.unlisted(noun, lemma, owner)

    def _surname(self, noun: Token) -> bool:
        """Return whether a name alone is that of a person named in full before."""
        return noun.tag_ in {"NNP", "NNPS"} and noun.text in self.by_name

    def _bearer(self, noun: Token, lemma: str) -> Token | None:
        """Return the person who bears a title that stands before: "its spokesman, Naw Bu,"."""
        if noun.tag_ != "NN" or lemma in data("groups")["civil"]:
            return None
        return next((one for one in children(noun, "appos") if one.i in self.people), None)

    def _modifies(self, noun: Token) -> bool:
        """Return whether a party's name only describes the noun it belongs to."""
        return noun.dep_ in {"amod", "compound"} and noun.head.pos_ in {"NOUN", "PROPN"}

    def _owner(self, noun: Token) -> str | None:
        """Return the party whose organ a noun is: "US officials", "officials of the union"."""
        for one in noun.children:
            if one.dep_ in {"amod", "compound", "nmod", "poss"}:
                if one.i in self.hits:
                    return self.party(self.hits[one.i], one).id
                inner = next((c for c in one.children if c.i in self.hits), None)
                if inner is not None and one.dep_ != "poss":
                    return self.party(self.hits[inner.i], inner).id
                if one.dep_ == "poss" and (own := self.resolve(one)) is not None:
                    return self.found[own].of or own
                offices = data("groups")["government"] + data("groups")["factions"]
                if (
                    one.dep_ == "compound"
                    and one.i in self.people
                    and noun.lemma_.lower() in offices
                ):
                    return self._person(one).id
            if one.dep_ == "prep" and one.lower_ in {"of", "from", "for"}:
                for thing in children(one, "pobj"):
                    if (own := self.resolve(thing)) is not None:
                        return own
        return None

    def _organ(self, noun: Token, owner: str) -> str:
        """Return for whom an organ speaks; a leader's own office is a part of its party."""
        name = self.found[owner]
        if name.kind == "person" and noun.lemma_.lower() in data("groups")["government"]:
            own = next(children(noun, "compound", "poss", "nmod", "amod"), noun)
            return self.named_after(noun, own) or owner
        name.aliases[words_of(noun)] += 1
        lemma = noun.lemma_.lower()
        if lemma in data("groups")["armed"] and name.sort == "state":
            return self.made(words_of(noun), "party", sort="armed").id
        return owner

    def _titled(self, noun: Token) -> bool:
        titles = data("groups")["titles"]
        if noun.lemma_.lower() in data("groups")["organs"]:
            return False
        mods = [one for one in noun.children if one.dep_ in {"compound", "nmod", "amod"}]
        near = noun.doc[noun.left_edge.i].lower_ in titles and noun.left_edge.i < noun.i
        if noun.dep_ == "appos" and noun.head.lemma_.lower() in titles:
            return noun.text[:1].isupper() and noun.lower_ not in titles
        return noun.lower_ not in titles and (near or any(m.lower_ in titles for m in mods))

    def _person(self, noun: Token) -> Name:
        words = self._full_name(noun)
        last = words.split()[-1]
        key = self.by_name.get(words) or self.by_name.get(last)
        if key is None:
            name = Name(id=slug(words), name=words, kind="person", sort="person")
            if name.id in self.found:
                return self.found[name.id]
            self.found[name.id] = name
            key = name.id
        self.by_name[words] = self.by_name[last] = key
        name = self.found[key]
        name.aliases[words] += 1
        if len(words) > len(name.name):
            name.name = words
        if name.of is None:
            name.of = self._party_of(noun)
        for one in children(noun, "compound", "nmod", "amod", "appos"):
            if one.lemma_.lower() in data("groups")["titles"] and one.i not in self.people:
                self.offices[one.lemma_.lower()].add(name.id)
        return name

    def _full_name(self, noun: Token) -> str:
        titles = data("groups")["titles"]
        if noun.i in self.people:
            start, end = self.people[noun.i]
            words = [t for t in noun.doc[start:end] if t.tag_ != "POS"]
        else:
            left = [c for c in noun.lefts if c.dep_ in {"compound", "nmod"} and c.tag_ == "NNP"]
            words = [*left, noun]
        kept = [t for t in words if t.lower_ not in titles and t.i not in self.hits]
        text = " ".join(t.text for t in kept or words)
        return text.strip(" '\".,") or noun.text

    def _party_of(self, noun: Token) -> str | None:
        """Return whose person it is: "Turkish Minister X", "X, a spokesman for the army"."""
        near = [c for c in noun.children if c.dep_ in {"compound", "nmod", "amod", "poss", "appos"}]
        if noun.dep_ == "appos":
            near.append(noun.head)
        for one in near:
            for word in (one, *one.children):
                if word.i in self.hits and word.i != noun.i:
                    return self.party(self.hits[word.i], word).id
            civil = data("groups")["civil"]
            for word in (one, *children(one, "compound", "nmod")):
                if word.dep_ in {"compound", "nmod"} and word.lower_ in civil:
                    return self.made(word.text, "party", sort="civil").id
            if any(c.tag_ == "PRP$" for c in one.children) or one.tag_ == "PRP$":
                return self.last_party()
            if one.dep_ in {"appos", "poss"} or one is noun.head:
                owner = self._owner(one)
                if owner is not None:
                    return self.found[owner].of or owner
                if one.dep_ == "poss" and (own := self.resolve(one)) is not None:
                    return self.found[own].of or own
        if any(one.lemma_.lower() == "minister" for one in near):
            # "Samoa's minister" is of a state that no list holds.
            named = any(
                c.tag_ == "NNP" for one in near for c in (one, *one.lefts) if c.dep_ == "poss"
            )
            return None if named else self.ruling()
        return None
