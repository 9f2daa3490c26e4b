"""Word files (.docx): a ZIP archive of XML, both opened with limits before anything is inflated."""

from __future__ import annotations

import contextlib
import io
import re
import struct
import zipfile
import zlib

from goodoffices.reading.formats.extract import Extract, Unreadable, counted
from goodoffices.reading.formats.wordml import Words, core_title

__all__ = ["docx", "is_docx"]

MOST_PARTS = 10_000
MOST_PART = 100_000_000
"""Bytes of one part, inflated."""
MOST_TOTAL = 1_000_000_000
"""Bytes of all parts, inflated; pictures count, though they are never opened."""
MOST_RATIO = 200
_SMALL = 1_000_000
_MAIN = re.compile(r"word/document\d{0,3}\.xml")
_BROKEN = (
    zipfile.BadZipFile,
    NotImplementedError,
    RuntimeError,
    OSError,
    EOFError,
    ValueError,
    zlib.error,
    struct.error,
)


def is_docx(raw: bytes) -> bool:
    """Whether an archive holds a Word document; `Unreadable` if it has too many parts to look."""
    with contextlib.suppress(*_BROKEN), _archive(raw) as archive:
        return _main(archive) is not None
    return False


def docx(raw: bytes) -> Extract:
    """Return the text of a Word file: paragraphs, tables, notes at the foot.

    Deleted and hidden passages are left out and counted, inserted ones are in. Pictures, comments
    in the margin and whatever the file links to are not looked at.
    """
    try:
        with _archive(raw) as archive:
            main = _main(archive)
            if main is None:
                raise Unreadable("an archive without a Word document in it", "save it as .docx")
            words = Words()
            words.read(_inflated(archive, main))
            for part in ("word/footnotes.xml", "word/endnotes.xml"):
                if part in archive.namelist():
                    words.read(_inflated(archive, part))
            title = words.title or _title(archive)
            comments = "word/comments.xml" in archive.namelist()
    except _BROKEN as error:
        why = " ".join(str(error).split())[:80] or type(error).__name__
        raise Unreadable(f"not a whole Word file ({why})", "open it and save it anew") from None
    notes = [f"{counted(number, what)} left out" for what, number in words.left_out.items()]
    if comments:
        notes.append("comments in the margin left out")
    return Extract(text="\n\n".join(words.blocks), title=title, notes=tuple(notes))


def _archive(raw: bytes) -> zipfile.ZipFile:
    """Open an archive whose list of parts is short enough to be read at all."""
    end = raw.rfind(b"PK\x05\x06", max(0, len(raw) - 65_600))
    if end < 0 or end + 22 > len(raw):
        raise zipfile.BadZipFile("it has no end")
    parts, size = struct.unpack("<HI", raw[end + 10 : end + 16])
    if parts > MOST_PARTS or size > MOST_PARTS * 1000 or raw[end - 20 : end - 16] == b"PK\x06\x07":
        raise Unreadable(f"an archive of more than {MOST_PARTS:,} parts", "save it as .docx anew")
    return zipfile.ZipFile(io.BytesIO(raw))


def _main(archive: zipfile.ZipFile) -> str | None:
    return next((name for name in sorted(archive.namelist()) if _MAIN.fullmatch(name)), None)


def _inflated(archive: zipfile.ZipFile, name: str) -> bytes:
    """Return one part; `Unreadable` where the archive would grow beyond all use."""
    info = archive.getinfo(name)
    total = sum(part.file_size for part in archive.infolist())
    dense = info.file_size > _SMALL and info.file_size > MOST_RATIO * max(info.compress_size, 1)
    if dense or info.file_size > MOST_PART or total > MOST_TOTAL:
        what = "it would grow beyond all use when opened, as archives made to do harm do"
        raise Unreadable(what, "open it in a word processor and save only its text")
    if info.flag_bits & 1:
        raise Unreadable("it is encrypted", "save it without a password")
    with archive.open(info) as part:
        # An archive that lies about a size yields no more than it declared.
        return part.read(info.file_size + 1)


def _title(archive: zipfile.ZipFile) -> str | None:
    name = "docProps/core.xml"
    if name not in archive.namelist():
        return None
    title = core_title(_inflated(archive, name))
    return None if title is None or title.startswith("Microsoft Word") else title
