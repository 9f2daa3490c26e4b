"""PDF, by pypdf: its words only. Scripts, forms and attached files in it are never opened."""

from __future__ import annotations

import io
import re
from typing import Any

from goodoffices.reading.extras import needs
from goodoffices.reading.formats.clean import too_long
from goodoffices.reading.formats.extract import MOST_TEXT, Extract, Unreadable, counted
from goodoffices.reading.formats.lines import join

__all__ = ["MOST_PAGES", "pdf"]

MOST_PAGES = 2000


def pdf(raw: bytes) -> Extract:
    """Return the text of a PDF, its lines joined to paragraphs; `Unreadable` if it has none.

    The day and the writer that a PDF's properties name are of the file, not of the document.
    """
    pypdf = needs("read", "pypdf")
    try:
        reader = pypdf.PdfReader(io.BytesIO(raw), strict=False)
        _unlock(pypdf, reader)
        count = len(reader.pages)
    except (pypdf.errors.PyPdfError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise _malformed(error) from None
    if count > MOST_PAGES:
        raise Unreadable(f"it has more than {MOST_PAGES:,} pages", "split it")
    pages, bad = _pages(reader, count)
    joined = join(pages)
    text = "\n\n".join(joined.paragraphs)
    if not text.strip():
        what = f"no text in {counted(count, 'page')}: perhaps pictures of pages"
        raise Unreadable(what, "run text recognition (OCR) over it first")
    notes = []
    if bad:
        notes.append(f"{counted(bad, 'page')} could not be read")
    if joined.heads:
        one, more = "running head or page number", "running heads and page numbers"
        notes.append(f"{counted(joined.heads, one, more)} left out")
    return Extract(text=text, title=_title(reader, text), notes=tuple(notes))


def _unlock(pypdf: Any, reader: Any) -> None:
    if not reader.is_encrypted:
        return
    try:
        # Many are locked against changes only, and open with an empty password.
        opened = reader.decrypt("")
    except (pypdf.errors.PyPdfError, NotImplementedError, ValueError):
        opened = 0
    if not opened:
        raise Unreadable("it is encrypted", "open it with its password and print it to a new PDF")


def _pages(reader: Any, count: int) -> tuple[list[str], int]:
    """Return the text of each page, and how many could not be read."""
    pages, bad, size = [], 0, 0
    for number in range(count):
        try:
            text = reader.pages[number].extract_text()
        except (MemoryError, Unreadable):
            raise
        except Exception:  # noqa: BLE001
            # A malformed page fails in a hundred ways; the other pages may be whole.
            text, bad = "", bad + 1
        size += len(text)
        if size > MOST_TEXT:
            raise too_long()
        pages.append(text)
    return pages, bad


def _title(reader: Any, text: str) -> str | None:
    """Return the title of the properties if the document shows it too: it is often another's."""
    try:
        title = " ".join(str((reader.metadata or {}).get("/Title") or "").split())
    except Exception:  # noqa: BLE001
        # Malformed properties say nothing; the text is there all the same.
        return None
    letters = re.compile(r"\W+")
    shown = letters.sub("", text[:3000].lower())
    plain = letters.sub("", title.lower())
    return title if len(plain) > 5 and plain in shown else None


def _malformed(error: Exception) -> Unreadable:
    why = " ".join(str(error).split())[:80] or type(error).__name__
    return Unreadable(f"not a whole PDF ({why})", "open it in a viewer and save it anew")
