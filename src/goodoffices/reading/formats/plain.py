"""Plain text and Markdown."""

from __future__ import annotations

import html
import re

from goodoffices.reading.formats.clean import clean
from goodoffices.reading.formats.extract import Extract
from goodoffices.reading.formats.stated import day_in

__all__ = ["markdown", "plain"]

_HEADING = re.compile(r" {0,3}#{1,6}(?:[ \t]+(?P<words>.*))?$")
_ITEM = re.compile(r"[ \t]{0,12}[-*+][ \t]+(?=\S)|[ \t]{0,12}(?=\d{1,9}[.)][ \t])")
_FENCE = re.compile(r" {0,3}(?:`{3,}|~{3,})")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-+)[ \t]*$")
_NO_SPACES = str.maketrans("", "", " \t")
# Every repetition has a bound, so that no text takes longer than in proportion to its length.
_INLINE = (
    (re.compile(r"!\[[^\[\]\n]{0,500}\]\([^()\n]{0,2000}\)"), ""),
    (re.compile(r"\[([^\[\]\n]{0,500})\](?:\([^()\n]{0,2000}\)|\[[^\[\]\n]{0,200}\])"), r"\1"),
    (re.compile(r"</?[a-zA-Z][^<>\n]{0,300}>"), ""),
    (re.compile(r"(?<=[^\s\\])\*{1,3}|(?<!\\)\*{1,3}(?=\S)"), ""),
    (re.compile(r"(?<![\w\\])_{1,3}(?=\w)|(?<=[\w.,!?])_{1,3}(?!\w)"), ""),
    (re.compile(r"`{1,2}"), ""),
    (re.compile(r"\\([!-/:-@\[-`{-~])"), r"\1"),
)


def plain(text: str) -> Extract:
    r"""Return a text as it stands, its headline parted from what follows.

    A headline above a paragraph without a blank line would be read as part of its first sentence.

    >>> plain("Talks stall\nThe parties met on Monday, and did not agree.\n\nMore follows.").text
    'Talks stall\n\nThe parties met on Monday, and did not agree.\n\nMore follows.\n'
    """
    text, notes = clean(text)
    first, _, rest = text.partition("\n")
    second = rest.partition("\n")[0]
    # In a text without blank lines each line is a paragraph already.
    if "\n\n" in text and second and _is_headline(first, second):
        text = f"{first}\n\n{rest}"
    return Extract(text=text, notes=notes)


def _is_headline(first: str, second: str) -> bool:
    shorter = len(first) < 0.75 * len(second)
    return shorter and first[-1] not in ".!?:;,-…”\"'" and not second[0].islower()


def markdown(text: str) -> Extract:
    r"""Return what a Markdown text says, without its marks.

    >>> markdown("# Talks stall\nThe *two* towns\n[met](http://a.b).\n\n- one\n- two").text
    'Talks stall\n\nThe two towns met.\n\none\n\ntwo\n'
    """
    text, notes = clean(text)
    lines, stated = _front_matter(text.split("\n"))
    body = "\n".join(lines)
    for opening, closing in (("<!--", "-->"), ("<script", "</script>"), ("<style", "</style>")):
        body = _without(body, opening, closing)
    text = "\n\n".join(_inline(block) for block in _blocks(body.split("\n")))
    title = _inline(stated.get("title", "")).strip("\"' ") or _first_heading(lines)
    return Extract(
        text=clean(text)[0],
        title=title or None,
        publisher=stated.get("publisher", "").strip("\"' ") or None,
        date=day_in(stated.get("date")),
        notes=notes,
    )


def _front_matter(lines: list[str]) -> tuple[list[str], dict[str, str]]:
    if lines[0] != "---":
        return lines, {}
    end = next((k for k, line in enumerate(lines[1:100], 1) if line in ("---", "...")), None)
    if end is None:
        return lines, {}
    pairs = (line.partition(":") for line in lines[1:end])
    return lines[end + 1 :], {key.strip().lower(): value.strip() for key, _, value in pairs}


def _without(text: str, opening: str, closing: str) -> str:
    """Cut stretches out; one that is never closed goes to the end."""
    low = text.lower()
    if len(low) != len(text):
        # A few letters grow when they are made small; the places would not fit any more.
        low = text
    kept, at = [], 0
    while (start := low.find(opening, at)) >= 0:
        kept.append(text[at:start])
        end = low.find(closing, start)
        at = len(text) if end < 0 else end + len(closing)
    return "".join([*kept, text[at:]])


def _first_heading(lines: list[str]) -> str:
    for line in lines[:50]:
        if (found := _HEADING.match(line)) and found["words"]:
            return _inline(found["words"].rstrip("# \t"))
    return ""


def _blocks(lines: list[str]) -> list[str]:
    """Join lines to paragraphs; a heading, an item and a table's row stand by themselves."""
    blocks: list[list[str]] = [[]]
    fenced = False
    for raw in lines:
        line = re.sub(r"^(?: {0,3}> ?){1,20}", "", raw)
        if _FENCE.match(line):
            fenced = not fenced
            blocks.append([])
        elif fenced:
            blocks[-1:] = [[line], []]
        elif _parts(line) or (blocks[-1] and _UNDERLINE.match(line)):
            blocks.append([])
        elif found := _HEADING.match(line):
            blocks += [[(found["words"] or "").rstrip("# \t")], []]
        elif line.lstrip().startswith("|"):
            blocks += [[" | ".join(cell.strip() for cell in line.strip(" |").split("|"))], []]
        elif found := _ITEM.match(line):
            blocks.append([line[found.end() :].strip()])
        else:
            blocks[-1].append(line.strip())
    return [" ".join(block) for block in blocks if any(block)]


def _parts(line: str) -> bool:
    """Whether a line only parts others: blank, a rule, the line below a table's head."""
    signs = line.translate(_NO_SPACES)
    return (
        not signs
        or (len(signs) >= 3 and signs[0] in "-*_" and not signs.strip(signs[0]))
        or ("--" in signs and not signs.strip("|:-"))
    )


def _inline(text: str) -> str:
    for pattern, with_ in _INLINE:
        text = pattern.sub(with_, text)
    return " ".join(html.unescape(text).split())
