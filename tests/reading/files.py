"""Documents made for the tests, good ones and hostile ones."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
COMPATIBLE = "http://schemas.openxmlformats.org/markup-compatibility/2006"
ARTICLE = """\
<p>The parties met on <b>Mon</b>day and did not agree on the text, which both had read before.</p>
<p>They will meet again in a week, the mediator said. &ldquo;We are not ready&rdquo;, he added, and
went on to say that much remains to be done before anything can be signed by anybody.</p>
"""


def a_pdf(*pages: Sequence[str], title: str = "", catalog: str = "") -> bytes:
    """A PDF of so many pages, each of lines in Latin letters; written out by hand."""
    count = len(pages)
    kids = " ".join(f"{5 + 2 * k} 0 R" for k in range(count))
    objects = [
        f"<</Type /Catalog /Pages 2 0 R {catalog}>>",
        f"<</Type /Pages /Kids [{kids}] /Count {count}>>",
        "<</Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding>>",
        f"<</Title ({title}) /CreationDate (D:20010203)>>",
    ]
    for k, lines in enumerate(pages):
        drawn = " T* ".join(f"({_escaped(line)}) Tj" for line in lines)
        stream = f"BT /F1 12 Tf 14 TL 72 720 Td {drawn} ET"
        page = f"<</Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {6 + 2 * k} 0 R"
        length = len(stream.encode("cp1252"))
        objects += [
            f"{page} /Resources <</Font <</F1 3 0 R>>>>>>",
            f"<</Length {length}>>\nstream\n{stream}\nendstream",
        ]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("cp1252")
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    size = len(objects) + 1
    tail = f"xref\n0 {size}\n0000000000 65535 f \n{table}"
    tail += f"trailer <</Size {size} /Root 1 0 R /Info 4 0 R>>\nstartxref\n{len(out)}\n%%EOF\n"
    return out + tail.encode()


def _escaped(line: str) -> str:
    return line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def a_zip(parts: Mapping[str, bytes | str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def word_xml(body: str) -> str:
    spaces = f'xmlns:w="{WORD}" xmlns:mc="{COMPATIBLE}"'
    return f"<w:document {spaces}><w:body>{body}</w:body></w:document>"


def a_docx(body: str, **parts: bytes | str) -> bytes:
    """A Word file with this body; other parts by their name, `__` for a slash."""
    named = {f"{name.replace('__', '/')}.xml": data for name, data in parts.items()}
    return a_zip({"word/document.xml": word_xml(body), **named})


def paragraph(text: str, style: str = "") -> str:
    styled = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{styled}<w:r><w:t>{text}</w:t></w:r></w:p>"


def a_page(body: str = ARTICLE, head: str = "") -> bytes:
    return f"<!doctype html><html><head>{head}</head><body>{body}</body></html>".encode()
