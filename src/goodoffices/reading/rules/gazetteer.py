"""Parties by name: states, armed groups and organisations, and whom else a person adds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Literal

from goodoffices.errors import ModelError, clip
from goodoffices.reading.rules.words import data

__all__ = ["Entry", "Gazetteer", "Hit", "slug"]

EntryKind = Literal["state", "group", "organisation"]
Form = Literal["name", "people", "seat"]

_MOST_ENTRIES = 20_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """A party that a text may name."""

    name: str
    kind: EntryKind = "group"
    people: tuple[str, ...] = ()
    """How its people and organs are called: "Turkish"."""
    seat: tuple[str, ...] = ()
    """Places whose name stands for it: "Ankara"."""
    also: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The name as an id: "united-states"."""
        return slug(self.name)


@dataclass(frozen=True, slots=True)
class Hit:
    """A place in a text that names a party."""

    start: int
    end: int
    entry: Entry
    form: Form


@dataclass(frozen=True)
class Gazetteer:
    """A list of parties, and the search for them in a text."""

    entries: tuple[Entry, ...]
    _found: dict[str, tuple[Entry, Form]] = field(default_factory=dict, repr=False, compare=False)

    @staticmethod
    def shipped() -> Gazetteer:
        """Return the list that the package ships.

        >>> [hit.entry.name for hit in Gazetteer.shipped().find("Ankara met US officials.")]
        ['Turkey', 'United States']
        """
        return _shipped()

    def extended(self, more: Path | Mapping[str, Any]) -> Gazetteer:
        """Return this list with a person's own parties, whose names win over those here.

        The file, or mapping, holds `parties`: for each name, lists named `people`, `seat` and
        `also`, and perhaps `kind`. Raises `ModelError` where it can't be read.
        """
        own = tuple(_entries(_parties(more), "group", str(more)[:80]))
        names = {entry.name for entry in own}
        return Gazetteer((*(e for e in self.entries if e.name not in names), *own))

    def find(self, text: str) -> Iterator[Hit]:
        """Yield the parties that a text names, the longest name at each place."""
        for m in self._pattern.finditer(text):
            if m[1] not in self._forms:
                continue
            entry, form = self._forms[m[1]]
            yield Hit(m.start(1), m.end(), entry, form)

    def state_in(self, words: str) -> str | None:
        """Return the id of the first state that some words name or describe: "Sudanese army".

        A name of the lists counts by the words in it.
        """
        for word in words.split():
            entry, _ = self._forms.get(word, (None, None))
            if entry is not None and entry.kind == "state":
                return entry.id
        return None

    @cached_property
    def _forms(self) -> dict[str, tuple[Entry, Form]]:
        found: dict[str, tuple[Entry, Form]] = {}
        for entry in self.entries:
            forms: tuple[tuple[Form, tuple[str, ...]], ...] = (
                ("seat", entry.seat),
                ("people", entry.people),
                ("name", (entry.name, *entry.also)),
            )
            for form, words in forms:
                found.update((word, (entry, form)) for word in words)
        return found

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        words = sorted(
            [*self._forms, *data("groups")["nobody"]], key=lambda word: (-len(word), word)
        )
        ways = "|".join(re.escape(word) for word in words) or "(?!)"
        # A name is written as listed: "us" is no country, and "Chad's" names one.
        return re.compile(rf"(?<![\w.])({ways})s?(?!\w)")


def slug(name: str) -> str:
    """Return a name as an id.

    >>> slug("Côte d'Ivoire, government of")
    'cote-d-ivoire-government-of'
    """
    import unicodedata

    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:60].strip("-") or "name"


@cache
def _shipped() -> Gazetteer:
    groups = data("groups")
    return Gazetteer(
        (
            *_entries(data("states")["states"], "state", "states"),
            *_entries(groups["groups"], "group", "groups"),
            *_entries(groups["organisations"], "organisation", "groups"),
        )
    )


def _parties(more: Path | Mapping[str, Any]) -> Mapping[str, Any]:
    if isinstance(more, Path):
        from ruamel.yaml import YAML
        from ruamel.yaml.error import YAMLError

        try:
            more = YAML(typ="safe", pure=True).load(more.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, YAMLError) as error:
            raise ModelError(f"the list of parties can't be read: {clip(error, 120)}") from None
    parties = more.get("parties") if isinstance(more, Mapping) else None
    if not isinstance(parties, Mapping) or len(parties) > _MOST_ENTRIES:
        raise ModelError('a list of parties holds "parties", and under it a name for each')
    return parties


def _entries(parties: Mapping[str, Any], kind: EntryKind, where: str) -> Iterator[Entry]:
    for name, given in parties.items():
        fields = given or {}
        if not isinstance(fields, Mapping):
            raise ModelError(f"{where}: {name} holds lists named people, seat and also")
        yield Entry(
            name=str(name),
            kind=_kind(fields.get("kind", kind), where),
            people=_words(fields.get("people", ()), name),
            seat=_words(fields.get("seat", ()), name),
            also=_words(fields.get("also", ()), name),
        )


def _kind(given: object, where: str) -> EntryKind:
    for known in ("state", "group", "organisation"):
        if given == known:
            return known
    raise ModelError(f"{where}: a kind is state, group or organisation, not {clip(given)}")


def _words(given: Iterable[object] | str | None, name: object) -> tuple[str, ...]:
    if isinstance(given, str) or (given is not None and not isinstance(given, Iterable)):
        raise ModelError(f"{name}: names stand in a list, [such, as, this]")
    return tuple(str(word) for word in given or () if str(word).strip())
