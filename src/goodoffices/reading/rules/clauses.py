"""Questions about a parsed sentence: who does it, to whom, in which words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from goodoffices.reading.rules.words import cue_words

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = [
    "agent",
    "all_joined",
    "child",
    "children",
    "clause_of",
    "extent",
    "finite",
    "joined",
    "joins",
    "negated",
    "objects",
    "passive",
    "prepositional",
    "starting",
    "stranded",
    "subject",
    "trimmed",
    "words_of",
]

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
_CLAUSES = frozenset({"ccomp", "xcomp", "advcl", "relcl", "acl", "conj", "pcomp", "ROOT", "csubj"})


def children(token: Token, *deps: str) -> Iterator[Token]:
    """Yield the children that stand in one of these relations."""
    for one in token.children:
        if one.dep_ in deps:
            yield one


def child(token: Token, *deps: str) -> Token | None:
    """Return the first such child."""
    return next(children(token, *deps), None)


def subject(token: Token, depth: int = 0) -> Token | None:
    """Return the noun that does what a verb says, also where the verb leaves it out.

    In "urged by families, the government agreed to talk" the subject of "talk" is "government".
    """
    if depth > 8:
        return None
    own = _own_subject(token)
    if own is not None and own.dep_ != "csubj":
        if own.tag_ in {"WDT", "WP"} or own.lower_ in {"who", "which"}:
            return token.head if token.dep_ == "relcl" else own
        return own
    head, dep = token.head, token.dep_
    if head.i == token.i:
        return _stray_subject(token)
    if dep == "xcomp" or (dep == "ccomp" and token.tag_ in {"VB", "VBG"}):
        given = child(head, "dobj")
        if given is not None and (head.lemma_ in cue_words("controlling") or head.tag_ == "TO"):
            return given
        return subject(head, depth + 1)
    if dep in {"acl", "relcl"}:
        owner = head if token.tag_ in {"VBG", "VBN"} or dep == "relcl" else None
        return owner if owner is not None else _of_noun(head, depth)
    if dep in {"conj", "advcl", "pcomp", "prep", "dep", "acomp", "attr", "oprd"}:
        return subject(head, depth + 1) if not _is_noun(head) else _of_noun(head, depth)
    if dep == "amod" and _is_noun(head):
        return head
    return None


def _own_subject(token: Token) -> Token | None:
    """Return the subject that hangs on a verb; in "which he considers" it is "he"."""
    found = list(children(token, *_SUBJECTS))
    plain = [one for one in found if one.tag_ not in {"WDT", "WP"}]
    return next(iter(plain or found), None)


def _of_noun(noun: Token, depth: int) -> Token | None:
    """Return whose a noun is: its own owner, else who does the verb that it belongs to."""
    owner = child(noun, "poss")
    if owner is None and noun.dep_ == "ROOT" and noun.tag_ == "NNS":
        # "The union demands that ...", where the verb was taken for a noun.
        owner = child(noun, "compound", "nmod")
    return owner if owner is not None else subject(clause_of(noun), depth + 1)


def _stray_subject(root: Token) -> Token | None:
    """Return a subject that the parser hung elsewhere: the first one before the verb."""
    for token in root.sent:
        if token.i >= root.i:
            return None
        if token.dep_ in {"nsubj", "nsubjpass"} and token.head.dep_ in {"conj", "ROOT"}:
            return token
    return None


def _is_noun(token: Token) -> bool:
    return token.pos_ in {"NOUN", "PROPN", "PRON", "NUM"}


def starting(verb: Token) -> int:
    """Return where a verb begins with the small words before it: "would not", "has"."""
    left = verb.i
    for one in reversed(list(verb.lefts)):
        if (one.dep_ in {"aux", "auxpass", "neg"} and one.tag_ != "TO" and one.i == left - 1) or (
            one.dep_ == "advmod" and one.i == left - 1 and one.n_lefts == 0
        ):
            left = one.i
        else:
            break
    first = verb.doc[left]
    while left < verb.i and first.dep_ == "advmod" and first.lower_ not in _KEPT:
        left += 1
        first = verb.doc[left]
    return left


_KEPT = frozenset({"never", "no", "hardly", "barely", "reportedly"})


def clause_of(token: Token) -> Token:
    """Return the verb that a word belongs to, or the head of the sentence."""
    for one in token.ancestors:
        if one.pos_ in {"VERB", "AUX"}:
            return one
    return token.sent.root


def passive(token: Token) -> bool:
    """Return whether the subject of a verb is who it is done to."""
    if child(token, "nsubjpass", "auxpass") is not None:
        return True
    if token.tag_ != "VBN" or token.dep_ not in {"acl", "amod"} or child(token, "aux") is not None:
        return False
    if token.dep_ == "acl" and stranded(token):
        return False
    # "Thailand, which hosts refugees, offered to mediate": a main verb taken for a participle.
    after_comma = token.i > 0 and token.doc[token.i - 1].text == ","
    return not (after_comma and child(token, "xcomp", "dobj", "ccomp") is not None)


def stranded(token: Token) -> bool:
    """Return whether a verb hangs on a noun that heads the sentence: "hundreds ... protested"."""
    return token.head.dep_ == "ROOT" and token.head.tag_ in {"NNS", "NN", "NNP"}


def agent(token: Token) -> Token | None:
    """Return who does a passive verb, where the sentence says so."""
    by = child(token, "agent")
    return child(by, "pobj") if by is not None else None


def objects(token: Token) -> Iterator[Token]:
    """Yield what is done to: the objects of a verb, joined ones too."""
    found = child(token, "dobj", "nsubjpass", "oprd", "attr")
    if found is None and passive(token) and token.dep_ in {"acl", "amod"}:
        found = token.head
    if found is not None:
        yield from joined(found)


def prepositional(token: Token, *words: str) -> Iterator[Token]:
    """Yield what follows a preposition of a word: in "call for talks", "talks"."""
    for one in token.children:
        if one.dep_ in {"prep", "dative", "agent", "prt"} and (
            not words or one.lower_ in words or one.lemma_.lower() in words
        ):
            yield from children(one, "pobj", "pcomp")


def joined(token: Token) -> Iterator[Token]:
    """Yield a word and those that "and" or "or" join to it, in order."""
    seen = 0
    todo = [token]
    while todo and seen < 12:
        one = todo.pop(0)
        seen += 1
        yield one
        todo += children(one, "conj")
        # "A rotating chair, a veto and a seat": the second of a list taken for an explanation.
        todo += [
            further
            for further in children(one, "appos")
            if child(further, "conj") is not None and further.tag_ in {"NN", "NNS"}
        ]


def all_joined(tokens: Iterator[Token]) -> Iterator[Token]:
    """Yield each of some words with those joined to it."""
    for token in tokens:
        yield from joined(token)


def negated(token: Token) -> bool:
    """Return whether a verb is denied: "would not", "never", "no deal will", "neither side is"."""
    return any(_denies(one, token) for one in token.children)


def _denies(one: Token, verb: Token) -> bool:
    negative = cue_words("negative")
    # "Not only signed" is no denial.
    only = one.i + 1 < len(one.doc) and one.doc[one.i + 1].lower_ == "only"
    if one.dep_ in {"neg", "advmod", "preconj"} and one.lower_ in negative:
        return not only
    if one.dep_ in {"nsubj", "nsubjpass", "expl"}:
        words = (one, *children(one, "det", "neg", "preconj"))
        return any(word.lower_ in negative for word in words)
    if one.dep_ == "dobj" and one.lower_ == "nothing":
        return verb.lemma_ in cue_words("accepting")
    if one.dep_ in {"attr", "dobj"} and any(d.lower_ == "no" for d in children(one, "det", "neg")):
        return verb.lemma_ in cue_words("accepting")
    return one.dep_ in {"acomp", "oprd"} and child(one, "neg") is not None


def finite(token: Token) -> bool:
    """Return whether a verb states something: it has a tense, or helps itself to one."""
    if token.tag_ in {"VBD", "VBZ", "VBP"}:
        return True
    if any(one.dep_ in {"aux", "auxpass"} and one.tag_ != "TO" for one in token.children):
        return True
    return token.dep_ == "conj" and token.head.tag_ == token.tag_ and finite(token.head)


def extent(head: Token, cut: tuple[Token, ...] = (), *, whole: bool = False) -> tuple[int, int]:
    """Return the first and last token of the words that hang on a head, without those to be cut.

    What is cut off at an end takes everything beyond it along, so that the words stay in one piece.
    What "and" joins is cut off too, unless the words are wanted whole.
    """
    left, right = head.left_edge.i, head.right_edge.i
    drop = [*cut, *(c for c in head.children if not whole and joins(c))]
    for one in drop:
        if one.i > head.i and one.left_edge.i > head.i:
            right = min(right, one.left_edge.i - 1)
        elif one.i < head.i and one.right_edge.i < head.i:
            left = max(left, one.right_edge.i + 1)
    return trimmed(head, left, right)


def joins(one: Token) -> bool:
    """Return whether a word begins the next member of a list, or is its "and"."""
    return one.dep_ in {"cc", "conj"} or (
        one.dep_ == "appos" and child(one, "conj") is not None and one.tag_ in {"NN", "NNS"}
    )


def trimmed(head: Token, left: int, right: int) -> tuple[int, int]:
    """Drop signs and joining words from both ends."""
    doc = head.doc
    while left < head.i and (doc[left].is_punct or doc[left].is_space or doc[left].dep_ == "cc"):
        left += 1
    while right > head.i and (
        doc[right].is_punct or doc[right].is_space or doc[right].dep_ == "cc"
    ):
        right -= 1
    return left, right


_OPENING = frozenset(
    [
        "the",
        "a",
        "an",
        "both",
        ",",
        '"',
        "'",
        "own",
        "its",
        "his",
        "her",
        "their",
        "our",
        "my",
        "some",
        "this",
        "these",
    ]
)


def words_of(noun: Token) -> str:
    """Return the words of a noun phrase without what explains it: "two Western officials"."""
    left, right = noun.left_edge.i, noun.i
    for one in noun.lefts:
        hyphen = one.dep_ == "punct" and one.text == "-"
        if one.dep_ in {"appos", "relcl", "acl", "punct", "cc", "preconj", "advmod"} and not hyphen:
            left = one.right_edge.i + 1
    for one in noun.children:
        # "Families of those still held": what the first "of" adds belongs to the name.
        if one.dep_ == "prep" and one.lower_ == "of" and one.i == noun.i + 1:
            thing = child(one, "pobj")
            right = thing.i if thing is not None and thing.pos_ not in {"DET", "PRON"} else right
    left = max(left, right - 7)
    while left < right and noun.doc[left].lower_ in _OPENING:
        left += 1
    return noun.doc[left : right + 1].text
