"""A reading put on disk: the case file, and plain-text copies of the documents beside it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from goodoffices.case.file import (
    build,
    dump_case,
    load_document,
    replace_file,
    save_case,
    source_text,
)
from goodoffices.case.model import Case
from goodoffices.errors import CaseError, CaseFileError, Fault
from goodoffices.reading.drafting import Drafted, draft
from goodoffices.reading.merged import Reading

__all__ = ["Filed", "file_reading", "texts_of"]

MANY = 2_000
"""With so many drafts, it is looked at first whether the case file can hold them."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Filed:
    """What was drafted, and which files were written."""

    drafted: Drafted
    written: tuple[Path, ...]


def file_reading(
    reading: Reading, output: Path, into: Path | None = None, *, again: bool = False
) -> Filed:
    """Write a reading as a new case file, or add it to the case file `into`.

    `again` takes what is new from documents, too, that the case has read before.

    Where `output` is another file than `into`, that case is copied there first, with its sources,
    and stays as it is. Copies of the documents go into the folder `NAME-sources` beside the case,
    and are never changed; the case file is replaced last, in one step. Where nothing is new,
    nothing is written.

    Raises `CaseError` for a case that can't be read, or where a file stands that would be lost.
    """
    if into is None or into != output:
        _refuse(output)
    if into is None:
        drafted = draft(reading, folder=f"{output.stem}-sources")
        text = _text(drafted.case, output)
        written = _store(drafted.copies, output.parent)
        replace_file(output, text)
        return Filed(drafted=drafted, written=(output, *written))
    document = load_document(into)
    case = build(document.data, document.lines, os.fspath(into))
    texts = texts_of(case, into.parent)
    folder = f"{output.stem}-sources"
    drafted = draft(reading, case, texts=texts, folder=folder, again=again)
    if sum(drafted.added.values()) > MANY:
        _text(drafted.case, output)
    copied: tuple[Path, ...] = ()
    if into != output:
        copied = _copied(case, texts, document.text, output)
    written = _store(drafted.copies, output.parent)
    if drafted.case != case:
        save_case(drafted.case, output, expected=document.text)
    changed = (output,) if drafted.case != case or copied else ()
    return Filed(drafted=drafted, written=(*changed, *(p for p in copied if p != output), *written))


def _text(case: Case, output: Path) -> str:
    """Return the text of a case; refuse one that could not be read back."""
    try:
        return dump_case(case)
    except CaseFileError:
        if len(case.claims) <= MANY:
            raise
    what = f"{len(case.claims)} claims, and what rests on them, are more than a case file holds"
    mend = "read fewer documents at a time, into cases of their own"
    raise CaseFileError([Fault(where=str(output), what=what, mend=mend)], "the documents")


def texts_of(case: Case, folder: str | os.PathLike[str]) -> dict[str, str]:
    """Return the texts of a case's sources; one that can't be read is left out."""
    texts = {}
    for key in case.sources:
        try:
            text = source_text(case, key, folder)
        except CaseFileError:
            continue
        if text is not None:
            texts[key] = text
    return texts


def _copied(case: Case, texts: Mapping[str, str], text: str, output: Path) -> tuple[Path, ...]:
    """Copy a case file and its sources."""
    names = {str(case.sources[key].file): source for key, source in texts.items()}
    written = _store(names, output.parent)
    replace_file(output, text)
    return (output, *written)


def _store(copies: Mapping[str, str], folder: Path) -> tuple[Path, ...]:
    """Write texts beside a case; a file that says the same stays, another one is not lost."""
    fresh = []
    for name, text in copies.items():
        place = folder / name
        if not place.is_relative_to(folder) or ".." in Path(name).parts:
            raise _refused(place, "would lie outside of the case's folder")
        if place.exists():
            if not place.is_file() or place.read_bytes() != text.encode():
                raise _refused(place, "exists already, with another text")
        else:
            fresh.append((place, text))
    for place, text in fresh:
        place.parent.mkdir(parents=True, exist_ok=True)
        replace_file(place, text)
    return tuple(place for place, _ in fresh)


def _refuse(path: Path) -> None:
    if os.path.lexists(path):
        raise _refused(path, "exists already")


def _refused(path: Path, what: str) -> CaseError:
    fault = Fault(where=str(path), what=what, mend="name another file, or move this one away")
    return CaseError([fault], subject="what you asked for")
