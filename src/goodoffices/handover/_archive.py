"""Office files are archives: looked through before they are read, and always written the same.

A file from elsewhere is a stranger. Its size is counted while it is unpacked, so that no claim of
its own is believed; macros, links to other files, embedded objects and document types are refused.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
import zlib

from goodoffices.errors import ExchangeError

__all__ = ["inspected", "settled"]

MOST_BYTES = 20_000_000
"""Of the file as it stands on disk."""
MOST_UNPACKED = 100_000_000
MOST_MEMBERS = 500

_FOREIGN = (
    (re.compile(r"vbaProject|macrosheets/|activeX/|ctrlProps/", re.IGNORECASE), "macros"),
    (re.compile(r"externalLinks/", re.IGNORECASE), "links to other workbooks"),
    (re.compile(r"connections\.xml|queryTables/", re.IGNORECASE), "connections to data elsewhere"),
    (re.compile(r"embeddings/", re.IGNORECASE), "embedded objects"),
)
_DECLARED = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
_MACROS = re.compile(rb"macroEnabled", re.IGNORECASE)
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")


def inspected(raw: bytes, subject: str) -> bytes:
    """Return the bytes of a workbook that is safe to read; `ExchangeError` says why one isn't."""
    if len(raw) > MOST_BYTES:
        raise _refused(subject, f"larger than {MOST_BYTES // 1_000_000} MB", "shorten it")
    if raw.startswith(b"\xd0\xcf\x11\xe0"):
        mend = "save it as .xlsx without a password"
        raise _refused(subject, "has a password, or is in the format of before 2007", mend)
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            _look_through(archive, subject)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError):
        raise _refused(subject, "is not a workbook, or is damaged", "export it again") from None
    return raw


def _look_through(archive: zipfile.ZipFile, subject: str) -> None:
    members = archive.infolist()
    if len(members) > MOST_MEMBERS:
        raise _refused(subject, f"holds more than {MOST_MEMBERS} parts", "export it again")
    left = MOST_UNPACKED
    for member in members:
        for pattern, what in _FOREIGN:
            if pattern.search(member.filename):
                mend = "copy the sheets, as values, into a new workbook"
                raise _refused(subject, f"holds {what}, which are never read", mend)
        if member.flag_bits & 1:
            raise _refused(subject, "has a password", "save it without one")
        with archive.open(member) as stream:
            content = stream.read(left + 1)
        left -= len(content)
        if left < 0:
            what = f"unpacks to more than {MOST_UNPACKED // 1_000_000} MB"
            raise _refused(subject, what, "no case is that large; export it again")
        if member.filename.endswith((".xml", ".rels")):
            _look_at(content, subject)


def _look_at(content: bytes, subject: str) -> None:
    declared = _DECLARED.search(content[:300])
    coded = declared is not None and declared[1].lower() not in {b"utf-8", b"us-ascii", b"ascii"}
    if coded or b"\x00" in content[:8] or content[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        raise _refused(subject, "holds text that is not UTF-8", "save it again")
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise _refused(subject, "holds a document type, which no workbook needs", "save it again")
    if _MACROS.search(content[:100_000]) and b"<Types" in content[:1000]:
        raise _refused(subject, "is made for macros, which are never read", "save it as .xlsx")


def settled(raw: bytes, day: dt.date | None) -> bytes:
    """Return an office file without the hour and the machine it was written on.

    The same case then gives the same bytes. `day` becomes the day of its last change; without one
    it is the first that the format can say.
    """
    stamp = f"{day or dt.date(1980, 1, 1)}T00:00:00Z".encode()
    written = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(raw)) as old,
        zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                content = _MODIFIED.sub(rb"\g<1>" + stamp + rb"\g<2>", content)
            member = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            member.compress_type = zipfile.ZIP_DEFLATED
            member.create_system = 0
            new.writestr(member, content)
    return written.getvalue()


def _refused(subject: str, what: str, mend: str) -> ExchangeError:
    return ExchangeError(f"{subject}: {what}; {mend}")
