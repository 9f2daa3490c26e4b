"""Statements about a state, such as `release and not (escalate or attack) if "air strike"`.

A statement is built from names with `not`, `and`, `or` (binding in this order, the tightest first),
round brackets, and `if` and `iff` (the loosest). `A if B` holds wherever B fails or A holds;
`A iff B` holds wherever both hold or both fail. Names of several words stand in quotes.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import reduce
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from goodoffices.errors import ModelError, clip, nearest

__all__ = ["WORDS", "Statement", "parse_statement"]

Bool = NDArray[np.bool_]
Tree = tuple["str | Tree", ...]
"""("name", x), ("not", x), ("and", x, y, ...), ("or", x, y, ...), ("if", x, y), ("iff", x, y)."""

DEEPEST = 50
"""Brackets may be nested so deep; the reader recurses once per bracket."""

_TOKEN = re.compile(
    r"""\s*(?:(?P<sign>[()])|"(?P<double>[^"]*)"|'(?P<single>[^']*)'|"""
    r"""(?P<word>[^\s()"']+))"""
)
WORDS = ("not", "and", "or", "if", "iff")
"""Words that join; a name like one of these must stand in quotes."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Statement:
    """Something that holds in some states and fails in the others.

    >>> s = parse_statement("release if not attack", ["release", "attack"])
    >>> s.names
    ('release', 'attack')
    >>> s.holds({"release": np.array([False, True]), "attack": np.array([False, False])})
    array([False,  True])
    """

    text: str
    """As it was written."""
    tree: Tree
    """As it was understood."""

    @property
    def names(self) -> tuple[str, ...]:
        """The names it uses, each once, in the order of first use."""
        return tuple(dict.fromkeys(_names(self.tree)))

    def holds(self, columns: Mapping[str, Bool]) -> Bool:
        """Return in which states it holds, from the states in which each name holds."""
        return _holds(self.tree, columns)

    def __str__(self) -> str:
        return self.text


def parse_statement(
    text: str,
    names: Collection[str],
    where: str = "statement",
    meanings: Mapping[str, Statement] = MappingProxyType({}),
    kind: str = "option",
) -> Statement:
    """Read a statement over the given names; `where` starts the message if it can't be read.

    A name that has a meaning stands for that statement; the others name things of this `kind`.
    Raises `ModelError` that says which word is wrong and what could stand there.

    >>> parse_statement("a and b iff not c", ["a", "b", "c"]).tree
    ('iff', ('and', ('name', 'a'), ('name', 'b')), ('not', ('name', 'c')))
    >>> war = {"war": parse_statement("a or b", ["a", "b"])}
    >>> parse_statement("not war", ["a", "b"], meanings=war).tree
    ('not', ('or', ('name', 'a'), ('name', 'b')))
    >>> parse_statement("relase", ["release"], "syria.1")
    Traceback (most recent call last):
    ...
    goodoffices.errors.ModelError: syria.1: "relase" is not an option; did you mean "release"?
    """
    reader = _Reader(text, names, where, meanings, kind)
    tree = reader.conditional(0)
    if reader.word is not None:
        raise reader.fault(f"{reader.said} is one word too many", "join words by and, or, if, iff")
    return Statement(text=text, tree=tree)


class _Reader:
    """Reads one statement from left to right; `word` is what stands next."""

    def __init__(
        self,
        text: str,
        names: Collection[str],
        where: str,
        meanings: Mapping[str, Statement],
        kind: str,
    ) -> None:
        self.text, self.names, self.where, self.meanings = text, names, where, meanings
        self.kind = f"an {kind}" if kind[:1] in "aeiou" else f"a {kind}"
        self.at = 0
        self.word: str | None = None
        self.quoted = False
        self.step()

    def step(self) -> None:
        found = _TOKEN.match(self.text, self.at)
        if found is None:
            self.word, self.quoted = None, False
            if self.text[self.at :].strip():
                raise self.fault("a quote is opened and not closed", "close it after the name")
            return
        self.at = found.end()
        self.quoted = found["double"] is not None or found["single"] is not None
        self.word = next(part for part in found.groups() if part is not None)

    @property
    def said(self) -> str:
        return "the end" if self.word is None else f'"{clip(self.word)}"'

    def fault(self, what: str, mend: str) -> ModelError:
        return ModelError(f'{self.where}: {what} (in "{clip(self.text)}"); {mend}')

    def keyword(self) -> str:
        """The keyword or bracket that stands next, or nothing."""
        word = "" if self.quoted or self.word is None else self.word.lower()
        return word if word in WORDS or word in ("(", ")") else ""

    def conditional(self, depth: int) -> Tree:
        left = self.chain("or", depth)
        joint = self.keyword()
        if joint not in ("if", "iff"):
            return left
        self.step()
        right = self.chain("or", depth)
        if self.keyword() in ("if", "iff"):
            raise self.fault(f"a second {self.said}", "put one of the two in brackets")
        return (joint, left, right)

    def chain(self, joint: str, depth: int) -> Tree:
        parts = [self.part(joint, depth)]
        while self.keyword() == joint:
            self.step()
            parts.append(self.part(joint, depth))
        return parts[0] if len(parts) == 1 else (joint, *parts)

    def part(self, joint: str, depth: int) -> Tree:
        return self.chain("and", depth) if joint == "or" else self.literal(depth)

    def literal(self, depth: int) -> Tree:
        denied = False
        while self.keyword() == "not":
            denied = not denied
            self.step()
        tree = self.bracket(depth + 1) if self.keyword() == "(" else self.name()
        return ("not", tree) if denied else tree

    def bracket(self, depth: int) -> Tree:
        if depth > DEEPEST:
            raise self.fault(f"brackets more than {DEEPEST} deep", "split the statement")
        self.step()
        tree = self.conditional(depth)
        if self.keyword() != ")":
            raise self.fault(f"{self.said} where a bracket should close", "add )")
        self.step()
        return tree

    def name(self) -> Tree:
        if self.word is None or self.keyword():
            raise self.fault(f"{self.said} where a name should stand", f"name {self.kind} there")
        name = self.word
        if name not in self.names and name not in self.meanings:
            known = [*self.names, *self.meanings]
            hint = nearest(name, known) or f"known are {clip(', '.join(known), 120)}"
            two = self.meanings and self.kind != "a state"
            what = f"neither {self.kind} nor a named state" if two else f"not {self.kind}"
            raise ModelError(f'{self.where}: "{clip(name)}" is {what}; {hint}')
        self.step()
        return self.meanings[name].tree if name in self.meanings else ("name", name)


def _names(tree: Tree) -> list[str]:
    if tree[0] == "name":
        return [str(tree[1])]
    return [name for part in tree[1:] if isinstance(part, tuple) for name in _names(part)]


def _holds(tree: Tree, columns: Mapping[str, Bool]) -> Bool:
    if tree[0] == "name":
        return columns[str(tree[1])]
    parts = [_holds(part, columns) for part in tree[1:] if isinstance(part, tuple)]
    match tree[0]:
        case "not":
            return ~parts[0]
        case "and":
            return reduce(np.logical_and, parts)
        case "or":
            return reduce(np.logical_or, parts)
        case "if":
            return parts[0] | ~parts[1]
        case _:
            return np.asarray(parts[0] == parts[1])
