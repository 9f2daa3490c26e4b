"""From bytes to characters, and from any characters to those that a stored text may hold."""

from __future__ import annotations

import codecs
import functools
import re
import unicodedata

from goodoffices.reading.formats.extract import MOST_TEXT, Unreadable, counted

__all__ = ["clean", "decoded", "looks_binary", "too_long", "within"]

# The longest run of marks on one letter that any language needs; the normal form sorts such a
# run in quadratic time, so that a run of a million would never end.
_MOST_MARKS = 30

_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
# Marks of direction can make a text look as it does not read.
_DIRECTION = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
# Soft hyphens, joiners of words and invisible tags; joiners of letters stay, as some scripts
# need them.
_UNSEEN = re.compile("[\xad\u180e\u200b\u2060-\u2065\u206a-\u206f\ufeff\U000e0000-\U000e007f]")
_SPACES = re.compile("[\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_GAPS = re.compile("[ \t]{40,}")
_BLANKS = re.compile("\n{3,}")

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


_WRITTEN_IN = re.compile(
    "utf-8|us-ascii|ascii|iso-8859|latin|windows-|cp1|koi8|gb|big5|shift-jis|euc-|iso-2022|mac"
)


def decoded(raw: bytes, declared: str | None = None) -> tuple[str, tuple[str, ...]]:
    """Return the text of bytes, and what had to be supposed to read it.

    A byte order mark counts first, then UTF-16 (if every other byte is null), then the encoding
    that the file declares, then UTF-8, then Windows-1252, which reads anything.

    >>> decoded("Zürich".encode("cp1252"))
    ('Zürich', ('not UTF-8; read as Windows-1252',))
    """
    for mark, encoding in _BOMS:
        if raw.startswith(mark):
            text = raw[len(mark) :].decode(encoding, "replace")
            return text, _replaced(text, encoding.upper())
    # Before UTF-8, to which the same bytes are letters with null characters between them.
    if (wide := _wide(raw)) is not None:
        return raw.decode(wide, "replace"), (f"no byte order mark; read as {wide.upper()}",)
    for named in (declared, "utf-8"):
        if named and (found := _strictly(raw, named)) is not None:
            return found, ()
    # Windows leaves five bytes of this encoding without a sign.
    text = raw.decode("cp1252", "replace")
    return text, ("not UTF-8; read as Windows-1252", *_replaced(text, "Windows-1252"))


def _strictly(raw: bytes, encoding: str) -> str | None:
    name = encoding.strip().lower().replace("_", "-")
    # Python also decodes things that no document is written in, some of them slowly.
    if not _WRITTEN_IN.match(name):
        return None
    try:
        return raw.decode("cp1252" if name in ("iso-8859-1", "latin-1", "latin1") else name)
    except (LookupError, ValueError):
        return None


def _wide(raw: bytes) -> str | None:
    """Guess UTF-16 without a mark: Latin text in it has null bytes on one side only."""
    sample = raw[:4096]
    half = len(sample) // 2
    if half < 4:
        return None
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if odd > 0.6 * half and even < 0.1 * half:
        return "utf-16-le"
    return "utf-16-be" if even > 0.6 * half and odd < 0.1 * half else None


def _replaced(text: str, encoding: str) -> tuple[str, ...]:
    count = text.count("\ufffd")
    if not count:
        return ()
    return (f"{counted(count, 'character')} could not be read as {encoding}",)


def looks_binary(text: str) -> bool:
    """Whether more than a tenth of a text are control characters: an image, a program.

    >>> looks_binary("The truce held.")
    False
    """
    sample = text[:20_000]
    return len(_CONTROLS.findall(sample)) > 0.1 * len(sample)


def clean(text: str) -> tuple[str, tuple[str, ...]]:
    r"""Return the text as it is stored, and what was left out of it.

    NFC; line breaks as newlines, at most one blank line in a row, no space at a line's end and no
    gap of many; one kind of space; no control characters, marks of direction or invisible signs.
    Cleaning what is clean changes nothing.

    >>> clean("Cafe\u0301\x00\u202e  \r\n\r\n\r\nopen")
    ('Café\n\nopen\n', ('1 control character left out', '1 mark of direction left out'))
    """
    notes: list[str] = []
    text = _BREAKS.sub("\n", text)
    for pattern, one in (
        (_CONTROLS, "control character"),
        (_DIRECTION, "mark of direction"),
        (_UNSEEN, "invisible character"),
    ):
        text, count = pattern.subn("", text)
        if count:
            more = "marks of direction" if one.startswith("mark") else None
            notes.append(f"{counted(count, one, more)} left out")
    if not text.isascii():
        text, count = _many_marks().subn(r"\1", text)
        if count:
            notes.append(f"{counted(count, 'pile')} of accents cut")
        # One sign may be two marks in the normal form, so that a run has grown.
        text = _many_marks().sub(r"\1", unicodedata.normalize("NFC", text))
        text = _SPACES.sub(" ", unicodedata.normalize("NFC", text))
    text = _GAPS.sub(" ", text)
    lines = "\n".join([line.rstrip() for line in text.split("\n")])
    body = _BLANKS.sub("\n\n", lines).strip("\n")
    return (body + "\n" if body else ""), tuple(notes)


@functools.cache
def _many_marks() -> re.Pattern[str]:
    marks = [chr(k) for k in range(0x300, 0x1E94B) if unicodedata.combining(chr(k))]
    one = f"[{''.join(marks)}]"
    return re.compile(f"({one}{{{_MOST_MARKS}}}){one}+")


def within(text: str) -> str:
    """Return a text that is not longer than a document's may be; else `Unreadable`."""
    if len(text) > MOST_TEXT or len(text.encode("utf-8", "surrogatepass")) > MOST_TEXT:
        raise too_long()
    return text


def too_long() -> Unreadable:
    """Return why a text is refused for its length."""
    what = f"its text is longer than {MOST_TEXT // 1_000_000} MB"
    return Unreadable(what, "split it, or keep only the pages that are needed")
