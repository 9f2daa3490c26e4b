"""Web pages: the text of the article, by trafilatura; nothing is fetched and nothing runs.

The page is parsed once, without network, entities or any script; what is left of it is a tree of
elements. Boilerplate (menus, sidebars) is removed from that.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from typing import Any

from goodoffices.reading.extras import needs
from goodoffices.reading.formats.clean import decoded
from goodoffices.reading.formats.extract import Extract, Unreadable
from goodoffices.reading.formats.metadata import Stated, headline, stated

__all__ = ["looks_like_html", "page"]

MOST_HTML = 20_000_000
MOST_CLEANED = 4_000_000
"""Characters of the largest page whose boilerplate is removed: the time grows with the square."""
_LITTLE = 200
_MOST_PARTED = 100_000
_CHARSET = re.compile(rb"""charset\s{0,5}=\s{0,5}["']?\s{0,5}([\w-]{2,30})""", re.IGNORECASE)
_ROOT = re.compile(
    r"\s{0,200}(?:<\?xml[^>]{0,200}>\s{0,200})?(?:<!--[^>]{0,2000}-->\s{0,200}){0,5}"
    r"<(?:!doctype\s{1,10}html|html|head|body|article|div|meta|title|h1|p)\b",
    re.IGNORECASE,
)
_NO_TEXT = """
    script style noscript template iframe object svg canvas head nav footer aside form button select
    textarea dialog audio video math
    """
_IN_LINE = """
    a abbr acronym b bdi bdo cite code data del dfn em font hi i ins kbd label mark q ref s samp
    small span strong sub sup time tt u var wbr graphic img
    """
_DROPPED = frozenset(_NO_TEXT.split())
_INLINE = frozenset(_IN_LINE.split())
_CELLS = frozenset(("td", "th", "cell"))
_BREAKS = frozenset(("br", "lb"))
_BREAK = "\0"
_TWO_BREAKS = re.compile(r"\0(?:\s*\0)+")


def looks_like_html(text: str) -> bool:
    """Whether a text begins as a web page does.

    >>> looks_like_html("<!doctype html><p>Talks stall"), looks_like_html("Talks stall")
    (True, False)
    """
    return bool(_ROOT.match(text.lstrip("\ufeff")))


def page(raw: bytes) -> Extract:
    """Return the article of a web page, its paragraphs with blank lines between them."""
    if len(raw) > MOST_HTML:
        what = f"a web page larger than {MOST_HTML // 1_000_000} MB"
        raise Unreadable(what, "save only the article in it")
    declared = _CHARSET.search(raw[:4096])
    text, notes = decoded(raw, declared[1].decode("ascii") if declared else None)
    tree, cut = _tree(text)
    if tree is None:
        raise Unreadable("a web page without any text", "save the article itself")
    if cut:
        notes += ("elements nested too deeply were left out",)
    says = stated(tree)
    blocks, how = _article(tree, len(text))
    blocks = _with_headline(blocks, tree, says)
    if not blocks:
        raise Unreadable("a web page without any text", "save the article itself")
    return Extract(
        text="\n\n".join(blocks),
        title=says.title,
        publisher=says.publisher,
        date=says.date,
        kind="comment" if says.opinion else None,
        notes=notes + how,
    )


def _tree(text: str) -> tuple[Any, bool]:
    """Parse a page; say whether some of it lay too deep."""
    html = needs("read", "lxml.html")
    etree = needs("read", "lxml.etree")
    parser = html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=False
    )
    try:
        tree = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return None, False
    return tree, any("depth" in error.message for error in parser.error_log)


def _article(tree: Any, size: int) -> tuple[list[str], tuple[str, ...]]:
    """Return the article's blocks, and a note where the boilerplate could not be removed."""
    whole = list(_blocks(tree))
    if size > MOST_CLEANED:
        return whole, ("too large to remove menus and sidebars from",)
    trafilatura = needs("read", "trafilatura")
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        found = trafilatura.bare_extraction(
            tree, include_comments=False, include_tables=True, with_metadata=False
        )
    except (ValueError, TypeError, AttributeError, KeyError, RecursionError):
        found = None
    body = getattr(found, "body", None)
    blocks = [] if body is None else list(_blocks(body))
    length, all_of_it = sum(map(len, blocks)), sum(map(len, whole))
    # In a short page the article does not stand out from what is around it.
    if not length or (length < _LITTLE and all_of_it > 1.5 * length):
        return whole, (("menus and sidebars may be in the text",) if whole else ())
    return _parted(blocks, whole), ()


def _parted(blocks: list[str], whole: list[str]) -> list[str]:
    """Return the blocks, parted as the page has them where everything came out as one."""
    if len(blocks) != 1 or len(blocks[0]) > _MOST_PARTED:
        return blocks
    parts = [block for block in whole if block in blocks[0]]
    return parts if sum(map(len, parts)) > 0.8 * len(blocks[0]) else blocks


def _blocks(tree: Any) -> Iterator[str]:
    """Yield the text of each block: a paragraph, a heading, an item, a table's row."""
    etree = needs("read", "lxml.etree")
    parts: list[str] = []
    skip = None
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            # The head of a page holds no text; in a cleaned article a head is a heading.
            if (
                skip is None
                and tag in _DROPPED
                and (tag != "head" or element.find("title") is not None)
            ):
                skip = element
            if skip is None:
                if tag not in _INLINE | _CELLS | _BREAKS:
                    yield from _block(parts)
                parts.append(_BREAK if tag in _BREAKS else element.text or "")
            continue
        if skip is None:
            if tag in _CELLS:
                parts.append(" | ")
            elif tag not in _INLINE | _BREAKS:
                yield from _block(parts)
        elif element is skip:
            skip = None
        if skip is None and element is not tree:
            parts.append(element.tail or "")
    yield from _block(parts)


def _block(parts: list[str]) -> Iterator[str]:
    """Yield what has been gathered, if it is anything, and begin anew."""
    text = "".join(parts)
    parts.clear()
    # Old pages part their paragraphs by two breaks; a single one is no more than a space.
    for block in _TWO_BREAKS.split(text):
        if words := " ".join(block.replace(_BREAK, " ").split()).strip(" |"):
            yield words


def _with_headline(blocks: list[str], tree: Any, says: Stated) -> list[str]:
    """Put the headline first, where removing boilerplate has taken it away."""
    title = headline(tree)
    if not title or not blocks:
        return blocks
    shown = {re.sub(r"\W+", "", block.lower()) for block in blocks[:6]}
    return blocks if re.sub(r"\W+", "", title.lower()) in shown else [title, *blocks]
