"""Statements about a state as people read them: names for ids, quotes for names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goodoffices.brief.elements import Rich, bdi, join
from goodoffices.case.statements import Tree, parse_statement
from goodoffices.errors import ModelError

if TYPE_CHECKING:
    from goodoffices.brief.naming import Naming

__all__ = ["in_words"]

_TIGHTNESS = {"name": 4, "not": 3, "and": 2, "or": 1, "if": 0, "iff": 0}


def in_words(text: str, naming: Naming) -> Rich:
    """Write a statement with the names of options and states; one that can't be read as it is."""
    moves = naming.moves
    try:
        tree = parse_statement(text, {*moves.options, *moves.states}).tree
    except ModelError:
        return (bdi(text),)
    return _told(tree, naming)


def _told(tree: Tree, naming: Naming) -> Rich:
    kind = str(tree[0])
    if kind == "name":
        return naming.act(str(tree[1]))
    parts = [_inside(part, kind, naming) for part in tree[1:] if isinstance(part, tuple)]
    if kind == "not":
        return ("not ", *parts[0])
    joint = {"if": " if ", "iff": " if, and only if, "}.get(kind, f" {kind} ")
    return join(parts, between=joint)


def _inside(tree: Tree, around: str, naming: Naming) -> Rich:
    told = _told(tree, naming)
    loose = (
        _TIGHTNESS[str(tree[0])] < _TIGHTNESS[around]
        or _TIGHTNESS[around] == 0 == _TIGHTNESS[str(tree[0])]
    )
    return ("(", *told, ")") if loose else told
