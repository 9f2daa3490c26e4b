"""The smallest change of a case file's text that makes it say something else.

Everything that keeps its meaning keeps its bytes: comments, order, quotes, indentation. Only the
fields whose plain data differ are written anew, each as small as its layout allows.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from goodoffices.case._write import document, field, inline
from goodoffices.case._yaml import Path, Place, Tree

__all__ = ["rewritings"]


@dataclass(frozen=True, slots=True, order=True)
class _Edit:
    start: int
    end: int
    rank: int
    """Edits at one place keep the order in which they were made."""
    text: str


class _Unfit(Exception):
    """The layout here has no room for so small a change."""


def rewritings(text: str, tree: Tree, old: dict[str, Any], new: dict[str, Any]) -> Iterator[str]:
    r"""Yield texts that say `new` where `text` (read as `tree`) says `old`, smallest change first.

    A file may be laid out in ways in which a small change goes wrong (an alias that repeats a
    changed field, for one). Whoever calls reads each text back, and takes the first that is right.

    >>> from goodoffices.case._yaml import read
    >>> text = "a: 1 # one\nb: [x,  y]\n"
    >>> next(rewritings(text, read(text), {"a": 1, "b": ["x", "y"]}, {"a": 2, "b": ["x", "y"]}))
    'a: 2 # one\nb: [x,  y]\n'
    """
    page = _Page(text, tree)
    for deep in (True, False):
        try:
            yield page.apply(page.unaliased(page.mapping((), old, new, deep=deep)))
        except _Unfit:
            continue
    heading = re.match(r"(?:[ \t]*(?:#[^\n]*)?\n)*", text)
    yield (heading[0] if heading else "") + page.broken(document(new))


@dataclass(slots=True)
class _Page:
    text: str
    tree: Tree
    rank: int = 0

    def broken(self, text: str) -> str:
        """Write line breaks as the file does."""
        first = self.text.find("\n")
        return text.replace("\n", "\r\n") if self.text[first - 1 : first] == "\r" else text

    def edit(self, start: int, end: int, text: str) -> _Edit:
        self.rank += 1
        return _Edit(start, end, self.rank, self.broken(text))

    def apply(self, edits: list[_Edit], start: int = 0, end: int | None = None) -> str:
        """Return the text between two offsets, edited."""
        parts, done = [], start
        for edit in sorted(edits):
            if edit.start < done:
                raise _Unfit
            parts += [self.text[done : edit.start], edit.text]
            done = edit.end
        return "".join([*parts, self.text[done:end]])

    def unaliased(self, edits: list[_Edit]) -> list[_Edit]:
        """Write every alias out, because what it repeats may be about to change."""
        spans = [(edit.start, edit.end) for edit in edits]
        written = [
            self.edit(place.start, place.end, inline(self._at(path)))
            for path, place in self.tree.places.items()
            if place.style == "alias"
            and not any(start <= place.start < end for start, end in spans)
        ]
        return edits + written if edits else []

    def mapping(
        self, path: Path, old: dict[str, Any], new: dict[str, Any], *, deep: bool = True
    ) -> list[_Edit]:
        """Change the fields that differ; raise `_Unfit` where only the whole can be replaced."""
        place, node = self._place(path), self._at(path)
        if not isinstance(node, dict) or not node or not new:
            raise _Unfit
        common = [name for name in old if name in new]
        moved = common != [name for name in new if name in old]
        gone = [name for name in old if name not in new]
        # A field may stand there with what goes unsaid otherwise, such as `weight: unknown`.
        fresh = [name for name in new if name not in node]
        if place.style == "flow" and (moved or gone or fresh):
            raise _Unfit
        edits = []
        for name in new:
            if name in node and (name not in old or repr(old[name]) != repr(new[name])):
                edits += self._value((*path, name), old.get(name), new[name], deep)
        if moved:
            return [self._rearranged(path, new, edits)]
        if place.style == "block":
            edits += [self._removed((*path, name)) for name in gone]
            edits += self._inserted(path, new, fresh)
        if len(gone) == len(node) and not fresh:
            raise _Unfit
        return edits

    def _value(self, path: Path, old: Any, new: Any, deep: bool) -> list[_Edit]:
        if deep and isinstance(old, dict) and isinstance(new, dict):
            try:
                return self.mapping(path, old, new)
            except _Unfit:
                pass
        return [self._replaced(path, new)]

    def _replaced(self, path: Path, new: Any) -> _Edit:
        place = self._place(path)
        if any(self._place(path[:depth]).style == "flow" for depth in range(len(path))):
            # An empty value needs a space after its colon.
            gap = " " if place.start == place.colon else ""
            return self.edit(place.start, place.end, gap + inline(new))
        colon, head = place.colon, self._head(place)
        if colon < 0:
            raise _Unfit
        written = self._after_colon(path, new, len(head))
        between, rest = self.text[colon : place.start], self._rest(place.end)
        remark = (between + rest).strip()
        if remark and isinstance(new, str):
            # A block of text would take the remark for its own.
            written = " " + inline(new)
        if not written.startswith("\n"):
            kept = "  " + between.strip() if between.strip() else ""
            return self.edit(colon, place.end, written + kept)
        if "\n" in between:
            first = self.text.rfind("\n", 0, place.start)
            return self.edit(first, place.end, written)
        return self.edit(colon, place.end + len(rest), ("  " + remark if remark else "") + written)

    def _after_colon(self, path: Path, new: Any, indent: int) -> str:
        name = str(path[-1])
        return field(name, new, indent)[len(field(name, None, indent)) - len(" null") :]

    def _rearranged(self, path: Path, new: dict[str, Any], edits: list[_Edit]) -> _Edit:
        """Put the fields into another order, each together with the comments above it."""
        names = list(self._at(path))
        ends = [self._line_end((*path, name)) for name in names]
        first = self._remarks_start(self._line_start((*path, names[0])))
        spans = dict(zip(names, itertools.pairwise([first, *ends]), strict=True))
        indent = len(self._head(self._place((*path, names[0]))))
        chunks = []
        for name, value in new.items():
            if name in spans:
                start, end = spans[name]
                inner = [edit for edit in edits if start <= edit.start < end]
                chunk = self.apply(inner, start, end)
            else:
                chunk = self.broken(field(name, value, indent) + "\n")
            chunks.append(chunk if chunk.endswith("\n") else chunk + self.broken("\n"))
        self.rank += 1
        return _Edit(first, ends[-1], self.rank, "".join(chunks))

    def _remarks_start(self, index: int) -> int:
        """Return where the remarks just above a line begin; the line's start if there are none."""
        while index > 0:
            above = self.text.rfind("\n", 0, index - 1) + 1
            if not self.text[above:index].lstrip().startswith("#"):
                break
            index = above
        return index

    def _removed(self, path: Path) -> _Edit:
        return self.edit(self._line_start(path), self._line_end(path), "")

    def _inserted(self, path: Path, new: dict[str, Any], fresh: list[str]) -> Iterator[_Edit]:
        """Write new fields, each after the one that comes before it."""
        present = list(self._at(path))
        at = self._line_start((*path, present[0]))
        indent = len(self._head(self._place((*path, present[0]))))
        for name, value in new.items():
            if name not in fresh:
                at = self._line_end((*path, name))
                continue
            gap = "\n" if not path and isinstance(value, dict) and value else ""
            if at > 0 and self.text[at - 1] != "\n":
                gap += "\n"
            yield self.edit(at, at, gap + field(name, value, indent) + "\n")

    def _at(self, path: Path) -> Any:
        node = self.tree.data
        for part in path:
            node = node[part]
        return node

    def _place(self, path: Path) -> Place:
        place = self.tree.places.get(path)
        if place is None:
            raise _Unfit
        return place

    def _head(self, place: Place) -> str:
        """What stands before a field's name on its line, which must be nothing but spaces."""
        head = self.text[self.text.rfind("\n", 0, max(place.key, 0)) + 1 : max(place.key, 0)]
        if head.strip(" ") or place.key < 0:
            raise _Unfit
        return head

    def _line_start(self, path: Path) -> int:
        place = self._place(path)
        return place.key - len(self._head(place))

    def _line_end(self, path: Path) -> int:
        """Just after the line break that ends a field."""
        found = self.text.find("\n", self._place(path).end)
        return len(self.text) if found < 0 else found + 1

    def _rest(self, index: int) -> str:
        """What stands between an offset and the end of its line."""
        match = re.compile(r"[^\r\n]*").match(self.text, index)
        return match[0] if match else ""
