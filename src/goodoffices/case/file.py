"""Case files on disk: read, write a new one, change one in place.

The only module of the case that writes. What a file says is checked before anyone computes with
it; what is written is read back before it takes the place of the file that was there.
"""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path

from goodoffices.case._edit import rewritings
from goodoffices.case._plain import plain
from goodoffices.case._write import document
from goodoffices.case._yaml import MOST_CHARACTERS, decode
from goodoffices.case.check import check
from goodoffices.case.document import (
    Document,
    build,
    document_of,
    load_document,
    parse_case,
    read_bytes,
)
from goodoffices.case.evidence import source_text
from goodoffices.case.model import Case
from goodoffices.errors import CaseError, CaseFileError, Fault

__all__ = [
    "Document",
    "build",
    "dump_case",
    "load_document",
    "parse_case",
    "read_case",
    "replace_file",
    "save_case",
    "source_text",
    "starter",
]

_MARK = b"\xef\xbb\xbf"


def read_case(path: str | os.PathLike[str], *, checked: bool = True) -> Case:
    """Return the case that a file says; raise `CaseError` with all of its faults that are errors.

    Unchecked, only the form of each field counts, and not whether the fields fit together, nor
    whether quotes stand in their sources.
    """
    found = load_document(path)
    subject = os.fspath(path)
    case = build(found.data, found.lines, subject)
    if checked:
        faults = check(case, found.folder, found.lines)
        errors = [fault for fault in faults if fault.severity == "error"]
        if errors:
            raise CaseError(errors, subject)
    return case


def dump_case(case: Case) -> str:
    """Return the text of a new case file; reading it gives an equal case.

    Raises `CaseFileError` where the case holds what no file can (a control character, for one).

    >>> print(dump_case(parse_case("{goodoffices: 1, title: 'no'}")), end="")
    goodoffices: 1
    title: no
    """
    return _dumped(case).text


def _dumped(case: Case) -> Document:
    found, why = _read_back(document(plain(case)), case)
    if found is None:
        raise _unwritable(why, "the case")
    return found


def save_case(
    case: Case, path: str | os.PathLike[str], *, expected: Document | str | None = None
) -> Document:
    """Make a file say the case; in a file that is there, only what differs changes.

    Comments, order and every byte of the fields that keep their meaning stay. The file is replaced
    in one step: whoever reads it sees the old text or the new one, whole. `expected` is what was
    read earlier, or its text; a document is not read a second time. Returns the file as it stands.

    Raises `CaseFileError`, and leaves the file as it was, if it no longer holds the expected text,
    if it is not a case any more, or if the new text cannot be written.
    """
    subject = os.fspath(path)
    try:
        # A link to a case file stays a link; what it points to is replaced.
        place = Path(os.path.realpath(path))
    except ValueError as error:
        raise _unwritable(str(error), subject) from None
    if not os.path.lexists(place):
        if expected is not None:
            raise _unwritable("is gone since it was read", subject)
        fresh = _dumped(case)
        _replace(place, fresh.text.encode(), subject)
        return fresh
    raw = read_bytes(place, MOST_CHARACTERS, subject)
    text = decode(raw, subject)
    there = expected if isinstance(expected, Document) else None
    if expected is not None and text != (there.text if there is not None else expected):
        mend = "read it again and repeat the change"
        raise _unwritable("was changed by somebody else since it was read", subject, mend)
    there = there or document_of(text, subject)
    fresh = _changed(there, case, subject)
    if fresh is there:
        return there
    if not os.access(place, os.W_OK):
        raise _unwritable("it is write-protected", subject, "save under another name")
    mark = _MARK if raw.startswith(_MARK) else b""
    _replace(place, mark + fresh.text.encode(), subject)
    return fresh


def starter() -> str:
    """Return the commented case file that `goodoffices new` writes."""
    from importlib.resources import files

    return files("goodoffices.case").joinpath("starter.yaml").read_text(encoding="utf-8")


def _changed(there: Document, case: Case, subject: str) -> Document:
    """Return the document that says the case; the one that is there, if that says it already."""
    old, new = plain(build(there.data, there.lines, subject)), plain(case)
    if repr(old) == repr(new):
        return there
    why = ""
    for candidate in rewritings(there.text, there.tree, old, new):
        found, why = _read_back(candidate, case, there.folder)
        if found is not None:
            return there if found.text == there.text else found
    raise _unwritable(why or "would read back as another case", subject)


def _read_back(text: str, case: Case, folder: Path | None = None) -> tuple[Document | None, str]:
    """Read a text that is to say the case; without it, why it does not."""
    try:
        found = document_of(text, folder=folder)
        read_back = build(found.data, found.lines)
    except CaseError as error:
        return None, f"would not read back: {error.faults[0]}"
    # Equal cases may still differ in the order of their options.
    same = read_back == case and repr(plain(read_back)) == repr(plain(case))
    return (found, "") if same else (None, "would read back as another case")


def replace_file(path: str | os.PathLike[str], content: str | bytes) -> None:
    """Write a file in one step: whoever reads it sees what was there or the new, whole.

    Raises `CaseFileError`, and leaves what was there, if it cannot be written.
    """
    raw = content.encode() if isinstance(content, str) else content
    _replace(Path(os.path.realpath(path)), raw, os.fspath(path))


def _replace(place: Path, raw: bytes, subject: str) -> None:
    """Put a whole new file in the place of another, in one step."""
    fresh = place.with_name(f".goodoffices-{secrets.token_hex(8)}.tmp")
    try:
        try:
            _write_new(fresh, raw, like=place)
            os.replace(fresh, place)
        finally:
            with contextlib.suppress(FileNotFoundError):
                os.unlink(fresh)
    except OSError as error:
        mend = "look at the folder's permissions and free space"
        raise _unwritable(error.strerror or str(error), subject, mend) from None
    # The file is whole by now. Not every file system can make a folder's entry lasting.
    with contextlib.suppress(OSError):
        descriptor = os.open(place.parent, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _write_new(fresh: Path, raw: bytes, like: Path) -> None:
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    with open(descriptor, "wb") as file:
        file.write(raw)
        file.flush()
        os.fsync(descriptor)
    if like.exists():
        os.chmod(fresh, like.stat().st_mode & 0o7777)


def _unwritable(why: str, subject: str, mend: str = "") -> CaseFileError:
    what = why if why.startswith(("was ", "is ")) else f"cannot be written: {why}"
    return CaseFileError([Fault(where="", what=what, mend=mend)], subject)
