"""The vocabulary that the rules read with, from the data files beside them."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

__all__ = ["adjectives", "cue_words", "data", "things", "verb_types", "versions"]

_FOLDER = Path(__file__).with_name("data")


@cache
def data(name: str) -> dict[str, Any]:
    """Return what one data file holds."""
    from ruamel.yaml import YAML

    text = (_FOLDER / f"{name}.yaml").read_text(encoding="utf-8")
    found: dict[str, Any] = YAML(typ="safe", pure=True).load(text)
    return found


def versions() -> str:
    """Return the versions of the data files, in one line.

    >>> versions().startswith("acts 2, cues 2")
    True
    """
    names = sorted(file.stem for file in _FOLDER.glob("*.yaml"))
    return ", ".join(f"{name} {data(name)['version']}" for name in names)


@cache
def verb_types(name: str, part: str = "verbs") -> dict[str, str]:
    """Return the type of each word of a data file: "call for" is a demand.

    >>> verb_types("stances")["call for"]
    'demand'
    """
    found: dict[str, str] = {}
    for kind, words in data(name)[part].items():
        for word in words:
            found.setdefault(word, kind)
    return found


@cache
def adjectives() -> dict[str, str]:
    """Return the type of each adjective that says where somebody stands."""
    return verb_types("stances", "adjectives")


@cache
def things() -> dict[str, frozenset[str]]:
    """Return the kinds of things that each noun is one of."""
    found: dict[str, set[str]] = {}
    for kind, words in data("acts")["things"].items():
        for word in words:
            found.setdefault(word, set()).add(kind)
    return {word: frozenset(kinds) for word, kinds in found.items()}


@cache
def cue_words(name: str) -> frozenset[str]:
    """Return one plain list of the cues.

    >>> "unless" in cue_words("negative"), "never" in cue_words("negative")
    (False, True)
    """
    return frozenset(data("cues")[name])
