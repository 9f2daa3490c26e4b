"""Documents in: text, Markdown, HTML, PDF and Word files, each as one plain text with offsets.

What a file is, its content says, and not its name alone. Nothing is fetched, nothing that a file
contains runs, and what can't be read within bounded time and memory is refused in words.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import stat
from contextlib import suppress
from pathlib import Path

from goodoffices.errors import DocumentError, Fault
from goodoffices.reading.findings import Document, Span
from goodoffices.reading.formats import apart
from goodoffices.reading.formats.clean import clean, decoded, looks_binary, too_long, within
from goodoffices.reading.formats.extract import MOST_BYTES, MOST_TEXT, Extract, Unreadable
from goodoffices.reading.formats.plain import markdown, plain
from goodoffices.reading.formats.stated import kind_of, stated_day, stated_publisher, title_of
from goodoffices.reading.formats.web import looks_like_html
from goodoffices.reading.formats.word import is_docx

__all__ = [
    "MOST_BYTES",
    "READER",
    "id_of",
    "paragraphs",
    "read_bytes",
    "read_document",
    "store_copy",
]

READER = "1"
"""Changes whenever the same file would give another text, so that offsets would differ."""

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_PAGES = (".html", ".htm", ".xhtml")
_MARKDOWN = (".md", ".markdown", ".mdown", ".mkd")
_BLOCK = re.compile(r"[^\n]+(?:\n[^\n]+)*")
_LINE = re.compile(r"[^\n]+")
_OTHERS: tuple[tuple[bytes, str, str], ...] = (
    (b"PK\x03\x04", "an archive without a Word document in it", "save what is in it as .docx"),
    (b"\xd0\xcf\x11\xe0", "an old Office file", "save it as .docx or as text"),
    (b"{\\rtf", "an RTF file", "save it as .docx or as text"),
    (b"\x89PNG", "a picture", "run text recognition (OCR) over it first"),
    (b"\xff\xd8\xff", "a picture", "run text recognition (OCR) over it first"),
    (b"GIF8", "a picture", "run text recognition (OCR) over it first"),
    (b"II*\0", "a picture", "run text recognition (OCR) over it first"),
    (b"\x1f\x8b", "a compressed file", "unpack it"),
    (b"7z\xbc\xaf", "a compressed file", "unpack it"),
    (b"\x7fELF", "a program", "name a document"),
    (b"MZ\x90", "a program", "name a document"),
)


def read_document(
    path: str | os.PathLike[str],
    *,
    id: str | None = None,  # noqa: A002 (a document's own field is called so)
) -> Document:
    """Return a document: its plain text and what it states about itself.

    Title, publisher and day are None where the document does not state them; the file's own times
    and the properties of its program never count. The id is made from the file's name, unless one
    is given.

    `DocumentError` says why a file can't be read, and what would help: more than 100 MB, or 20 MB
    of text; a link, a folder, a pipe; encrypted, malformed, without text; more than 60 seconds.
    `ExtraError` names the extra that reads HTML and PDF, if it isn't installed.
    """
    subject = os.fspath(path)
    try:
        raw = read_bytes(path)
        return _document(raw, Path(subject).name, id)
    except Unreadable as error:
        fault = Fault(where="the document", what=error.what, mend=error.mend)
        raise DocumentError([fault], str(subject)) from None


def _document(raw: bytes, name: str, key: str | None) -> Document:
    media, found = _extracted(raw, name)
    text, notes = clean(within(found.text))
    if not any(letter.isalnum() for letter in text):
        raise Unreadable("no text in it", "name a document with text")
    title = _line(found.title) or title_of(text)
    return Document(
        id=key if key is not None else id_of(name),
        name=_line(name) or "document",
        text=within(text),
        title=title,
        publisher=_line(found.publisher) or stated_publisher(text),
        date=found.date or stated_day(text),
        kind=found.kind or kind_of(text, title),
        media=media,
        digest=hashlib.sha256(raw).hexdigest(),
        notes=found.notes + notes,
    )


def read_bytes(path: str | os.PathLike[str]) -> bytes:
    """Return the bytes of an ordinary file, at most 100 MB; `Unreadable` if it is none."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    try:
        if stat.S_ISLNK(os.lstat(path).st_mode):
            raise Unreadable("a link, not a file", "name the file that it points to")
        descriptor = os.open(path, flags | getattr(os, "O_BINARY", 0))
        try:
            # What stands at a path may have changed since it was looked at: the open file counts.
            _ordinary(os.fstat(descriptor).st_mode)
            with open(descriptor, "rb", closefd=False) as file:
                raw = file.read(MOST_BYTES + 1)
        finally:
            os.close(descriptor)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise Unreadable(f"cannot be read ({why})", "look at its path") from None
    if len(raw) > MOST_BYTES:
        raise Unreadable(f"larger than {MOST_BYTES // 1_000_000} MB", "split it")
    if not raw:
        raise Unreadable("empty", "name a document with text")
    return raw


def _ordinary(mode: int) -> None:
    if stat.S_ISDIR(mode):
        raise Unreadable("a folder, not a file", "name the files inside of it")
    if not stat.S_ISREG(mode):
        raise Unreadable("not an ordinary file", "copy it into one")


def _extracted(raw: bytes, name: str) -> tuple[str, Extract]:
    """Return what a file is, by its content, and what it says."""
    if b"%PDF-" in raw[:1024]:
        return "application/pdf", apart.extract("application/pdf", raw)
    suffix = os.path.splitext(name)[1].lower()
    if raw.startswith(b"PK\x03\x04") and (is_docx(raw) or suffix == ".docx"):
        return DOCX, apart.extract(DOCX, raw)
    for magic, what, mend in _OTHERS:
        if raw.startswith(magic):
            raise Unreadable(f"{what}, which cannot be read", mend)
    start, _ = decoded(raw[:8192])
    if looks_like_html(start) or (suffix in _PAGES and "</" in start):
        return "text/html", apart.extract("text/html", raw)
    if start.lstrip().startswith("<?xml"):
        raise Unreadable("an XML file, which cannot be read", "save it as text or HTML")
    if looks_binary(start):
        raise Unreadable("not text", "save it as text, HTML, PDF or .docx")
    if len(raw) > 2 * MOST_TEXT:
        # No encoding that is in use needs more bytes for a text that is short enough.
        raise too_long()
    text, notes = decoded(raw)
    within(text)
    is_markdown = suffix in _MARKDOWN
    found = markdown(text) if is_markdown else plain(text)
    media = "text/markdown" if is_markdown else "text/plain"
    # Spelled out, as a frozen dataclass with slots has no shorter way that a type checker follows.
    return media, Extract(
        text=found.text,
        title=found.title,
        publisher=found.publisher,
        date=found.date,
        notes=notes + found.notes,
    )


def _line(text: str | None) -> str | None:
    """Return a short text, cleaned, on one line."""
    return " ".join(clean(text or "")[0].split())[:300] or None


def id_of(name: str) -> str:
    """Return an id for a case from a file's name.

    >>> id_of("Joint communiqué (7 Sept).pdf")
    'joint-communiqué-7-sept'
    """
    stem = clean(name.rpartition(".")[0] or name)[0].lower()
    return re.sub(r"[\W_]+", "-", stem).strip("-")[:60].strip("-") or "document"


def paragraphs(text: str) -> tuple[Span, ...]:
    r"""Return where each paragraph stands: a block between blank lines, or else each line.

    The same paragraphs that a claim's `at: 3` counts in a case's sources.

    >>> [span.of("One\nblock.\n\nAnother.") for span in paragraphs("One\nblock.\n\nAnother.")]
    ['One\nblock.', 'Another.']
    """
    form = _BLOCK if "\n\n" in text.strip("\n") else _LINE
    return tuple(
        Span(found.start(), found.end()) for found in form.finditer(text) if found[0].strip()
    )


def store_copy(document: Document, folder: str | os.PathLike[str]) -> Path:
    """Write a document's text beside the case, in one step, and return where it is.

    The name is the document's id; where another text stands under that name already, a part of
    the text's own digest is added. What is there is never changed. `DocumentError` if it can't be
    written.
    """
    raw = document.text.encode()
    digest = hashlib.sha256(raw).hexdigest()
    stem = id_of(f"{document.id}.txt")
    try:
        for name in (f"{stem}.txt", f"{stem}-{digest[:12]}.txt"):
            place = Path(folder) / name
            if _put(place, raw):
                return place
    except OSError as error:
        mend = "look at the folder's permissions and free space"
        raise _unwritten(document, error.strerror or str(error), mend) from None
    mend = "move or rename the file that stands there"
    raise _unwritten(document, f"another text stands in {place.name}", mend)


def _unwritten(document: Document, why: str, mend: str) -> DocumentError:
    what = f"its plain-text copy cannot be written: {why}"
    return DocumentError([Fault(where="the document", what=what, mend=mend)], document.name)


def _put(place: Path, raw: bytes) -> bool:
    """Make a file hold these bytes, unless it holds others; return whether it does."""
    if os.path.lexists(place):
        return not place.is_symlink() and place.is_file() and place.read_bytes() == raw
    fresh = place.with_name(f".goodoffices-{secrets.token_hex(8)}.tmp")
    try:
        with open(fresh, "xb") as file:
            file.write(raw)
            file.flush()
            os.fsync(file.fileno())
        return _named(fresh, place)
    finally:
        with suppress(FileNotFoundError):
            os.unlink(fresh)


def _named(fresh: Path, place: Path) -> bool:
    """Give a whole file its name, unless somebody was faster."""
    try:
        # Unlike renaming, this fails where a file stands already.
        os.link(fresh, place)
    except FileExistsError:
        return place.is_file() and place.read_bytes() == fresh.read_bytes()
    except OSError:
        # Some file systems have no second names; the gap in between is as short as can be.
        if os.path.lexists(place):
            return place.read_bytes() == fresh.read_bytes()
        os.replace(fresh, place)
    return True
