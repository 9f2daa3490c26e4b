"""A case file's text, and the case that it says."""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import Any

from goodoffices.case._validation import validated
from goodoffices.case._yaml import MOST_CHARACTERS, Path, Tree, decode, read
from goodoffices.case.model import Case
from goodoffices.errors import CaseFileError, Fault

__all__ = ["Document", "build", "document_of", "load_document", "parse_case", "read_bytes"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Document:
    """A case file that was read, but not yet understood."""

    text: str
    """The text as it stands, without a byte order mark."""
    data: Any
    """What it says, as plain data."""
    lines: Mapping[Path, int] = field(repr=False)
    """Path of every part to its line, counted from 1."""
    tree: Tree = field(repr=False)
    """Where each part of the text stands."""
    folder: FilePath | None = None
    """Where its sources are looked for."""


def load_document(path: str | os.PathLike[str]) -> Document:
    """Read a case file into plain data; raise `CaseFileError` if that can't be done.

    The file is UTF-8, at most 4 MB, one YAML 1.2 document without tags.
    """
    place = FilePath(path)
    raw = read_bytes(place, MOST_CHARACTERS, str(place))
    return document_of(decode(raw, str(place)), str(place), place.parent)


def document_of(text: str, subject: str = "the case", folder: FilePath | None = None) -> Document:
    """Read a case file's text into plain data; raise `CaseFileError` if that can't be done."""
    tree = read(text, subject)
    return Document(text=text, data=tree.data, lines=tree.lines, tree=tree, folder=folder)


def build(data: Any, lines: Mapping[Path, int] | None = None, subject: str = "the case") -> Case:
    """Return the case that plain data say; raise `CaseError` with every fault of its fields.

    Phrases are read on the case's own yardstick. Whether what the fields say fits together is the
    work of `goodoffices.case.check.check`.

    >>> build({"goodoffices": 1, "titel": "Corridor"})
    Traceback (most recent call last):
    goodoffices.errors.CaseError: 2 faults in the case:
      title: missing; add `title:`
      titel: "titel" is not a field of the case; did you mean "title"?
    """
    return validated(data, lines or {}, subject)


def parse_case(text: str, *, where: str = "the case") -> Case:
    """Return the case that a file's text says; raise `CaseError` with every fault found.

    >>> parse_case("{goodoffices: 1, title: Corridor}").title
    'Corridor'
    """
    tree = read(text, where)
    return build(tree.data, tree.lines, where)


def read_bytes(place: FilePath, most: int, subject: str, where: str = "") -> bytes:
    """Return a file's bytes, at most so many; raise `CaseFileError` that says why not."""
    try:
        found = os.stat(place)
        if stat.S_ISDIR(found.st_mode):
            raise _unread(where, "a folder, not a file", "name a file inside of it", subject)
        if not stat.S_ISREG(found.st_mode):
            # Reading from a pipe or a device could wait for ever.
            raise _unread(where, "not an ordinary file", "copy it into one", subject)
        with open(place, "rb") as file:
            raw = file.read(most + 1)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise _unread(where, f"cannot be read ({why})", "look at its path", subject) from None
    if len(raw) > most:
        raise _unread(where, f"larger than {most // 1_000_000} MB", "split or shorten it", subject)
    return raw


def _unread(where: str, what: str, mend: str, subject: str) -> CaseFileError:
    return CaseFileError([Fault(where=where, what=what, mend=mend)], subject)
