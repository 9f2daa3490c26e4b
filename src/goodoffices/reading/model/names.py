"""Names that a model found, held against the text: who is who, and who speaks in a sentence."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib import resources

from goodoffices.case.evidence import normal
from goodoffices.reading._words import free, slug
from goodoffices.reading.findings import Named, NamedKind, Role, Span
from goodoffices.reading.model.quotes import Folded
from goodoffices.reading.model.wire import WireName

__all__ = ["Names", "attributions", "form_of", "heard", "unique_id"]

_PRONOUNS = """
    he she it they we i you him her them us me his hers its their theirs our ours who this that
    these those one both
"""
_ARTICLE = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)
_POSSESSIVE = re.compile(r"'s?$")
# No sentence's end, quotation mark or new clause may stand between a name and its verb.
_BREAK = re.compile(r"[.;:!?“”\"]|\b(?:that|which|who|whom|and|but|while)\b")
_BELONGING = frozenset({"faction", "constituency", "person"})
_LONGEST = 120
"""Characters of a name."""
_NEAR = 60
"""Characters between a name and its verb, at most."""


@dataclass(frozen=True, slots=True)
class Names:
    """Everybody whom the text names, and every form of a name."""

    found: tuple[Named, ...]
    forms: dict[str, str] = field(default_factory=dict)
    """A form of a name, made alike, to the id."""
    mentions: tuple[tuple[Span, str], ...] = ()
    """Where a name stands, and whose it is, in the order of the text."""

    @classmethod
    def of(cls, wire: Iterable[WireName], folded: Folded) -> Names:
        """Join names that share a form, and keep only the forms that the text has."""
        groups: list[_Group] = []
        for one in wire:
            written = (_written(form, folded) for form in (one.name, *one.aliases))
            if forms := [form for form in written if form is not None]:
                _join(groups, forms, one)
        return _named(groups, folded)

    def resolve(self, words: str | None) -> str | None:
        """Return the id of a name, with or without its article, title or possessive."""
        if not words:
            return None
        key = form_of(words)
        if key in self.forms:
            return self.forms[key]
        ends = [form for form in self.forms if key.endswith(f" {form}")]
        persons = {one.id for one in self.found if one.kind == "person"}
        titled = [form for form in ends if self.forms[form] in persons]
        return self.forms[max(titled, key=len)] if titled else None

    def within(self, span: Span) -> list[tuple[Span, str]]:
        """Return the names that stand in a stretch."""
        first = bisect_left(self.mentions, (Span(span.start, 0), ""))
        end = bisect_left(self.mentions, (Span(span.end, 0), ""))
        return list(self.mentions[first:end])

    def kin(self, one: str) -> set[str]:
        """Return an id with those of its party, and of whoever belongs to it."""
        homes = {named.id: named.of or named.id for named in self.found}
        home = homes.get(one, one)
        return {named for named, its in homes.items() if its == home} | {one}


@dataclass(slots=True, eq=False)
class _Group:
    name: str
    kind: NamedKind
    of: str | None
    role: Role | None
    forms: dict[str, str]

    def named(self, its: str, home: str | None, spans: tuple[Span, ...]) -> Named:
        own = form_of(self.name)
        return Named(
            id=its,
            name=self.name,
            kind=self.kind,
            of=home,
            aliases=tuple(form for key, form in self.forms.items() if key != own),
            role=self.role if self.kind == "party" else None,
            spans=spans,
        )


def form_of(words: str) -> str:
    """Return a name as names are compared.

    >>> form_of("The Army’s")
    'army'
    """
    return _POSSESSIVE.sub("", _ARTICLE.sub("", normal(words).lower()))


def _written(form: str, folded: Folded) -> str | None:
    """Return a form of a name as the text writes it; None where it is no name, or not there."""
    # "US" is no pronoun, and "us" is one.
    pronoun = form.strip().lower() in _PRONOUNS.split() and not form.isupper()
    fits = 1 < len(form_of(form)) <= _LONGEST and not pronoun
    return folded.as_written(form) if fits else None


def _join(groups: list[_Group], forms: list[str], one: WireName) -> None:
    """Add a name to the groups; those that share a form with it become one."""
    keys = {form_of(form): form for form in forms}
    new = _Group(forms[0], one.kind, one.of, one.role, keys)
    same = [known for known in groups if known.kind == new.kind and keys.keys() & known.forms]
    for other in [*same[1:], new] if same else []:
        same[0].forms = other.forms | same[0].forms
        same[0].of = same[0].of or other.of
        same[0].role = same[0].role or other.role
    groups[:] = [known for known in groups if known not in same[1:]] + ([] if same else [new])


def _named(groups: list[_Group], folded: Folded) -> Names:
    taken: set[str] = set()
    ids = [unique_id(group.name, taken) for group in groups]
    forms: dict[str, str] = {}
    for group, its in zip(groups, ids, strict=True):
        for key in group.forms:
            forms.setdefault(key, its)
    parties = {its for group, its in zip(groups, ids, strict=True) if group.kind == "party"}
    mentions = _mentions(groups, ids, folded)
    spans = defaultdict(list)
    for span, whose in mentions:
        spans[whose].append(span)
    found = []
    for group, its in zip(groups, ids, strict=True):
        home = forms.get(form_of(group.of or ""))
        mine = home if home in parties - {its} and group.kind in _BELONGING else None
        found.append(group.named(its, mine, tuple(spans[its])))
    return Names(tuple(found), forms, mentions)


def _mentions(
    groups: Sequence[_Group], ids: Sequence[str], folded: Folded
) -> tuple[tuple[Span, str], ...]:
    """Return where the names stand, without articles; of two that overlap, the longer one."""
    found: list[tuple[Span, str]] = []
    for group, its in zip(groups, ids, strict=True):
        for form in group.forms.values():
            bare = _ARTICLE.sub("", form.strip())
            found.extend((span, its) for span in folded.places(bare, any_case=True))
    kept: list[tuple[Span, str]] = []
    for span, its in sorted(found, key=lambda one: (one[0].start, -one[0].end)):
        if not kept or span.start >= kept[-1][0].end:
            kept.append((span, its))
    return tuple(kept)


def heard(names: Names, speakers: Iterable[str]) -> tuple[Named, ...]:
    """Return the names, with those marked that speak."""
    speaking = set(speakers)
    return tuple(replace(one, heard=one.id in speaking) for one in names.found)


def attributions(text: str, sentence: Span, names: Names) -> list[tuple[Span, str]]:
    """Return the names that a sentence shows with a verb of saying, or after "according to".

    Looked for are: the name, and the verb within 60 characters after it with no other name, full
    stop or new clause between them ("Rincón, the chief negotiator, said"); the verb and then the
    name at once ("said Rincón"); "according to" and then the name. A passive ("was told") is not
    told apart.
    """
    mentions = names.within(sentence)
    found = []
    for place, (span, its) in enumerate(mentions):
        following = mentions[place + 1 : place + 2]
        end = following[0][0].start if following else sentence.end
        after = text[span.end : min(end, span.end + _NEAR)]
        before = text[max(sentence.start, span.start - 30) : span.start]
        verb = _verb().search(after)
        if (verb and not _BREAK.search(after[: verb.start()])) or _before().search(before):
            found.append((span, its))
    return found


@cache
def _verbs() -> str:
    place = resources.files("goodoffices.reading.model") / "data" / "speech-verbs.txt"
    lines = place.read_text(encoding="utf-8").splitlines()
    return "|".join(word for line in lines if not line.startswith("#") for word in line.split())


@cache
def _verb() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{_verbs()})(?!\w)")


@cache
def _before() -> re.Pattern[str]:
    return re.compile(rf"(?:\b(?i:according to)|[”\",]\s*(?:{_verbs()}))\s+(?:the\s+)?$")


def unique_id(name: str, taken: set[str]) -> str:
    """Return an id that isn't taken, and take it.

    >>> taken = set()
    >>> unique_id("The army", taken), unique_id("Army", taken)
    ('army', 'army-2')
    """
    found = free(slug(form_of(name)), taken)
    taken.add(found)
    return found
