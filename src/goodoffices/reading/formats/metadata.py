"""What a web page states about itself: meta elements, JSON-LD, time elements, its heading."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from goodoffices.reading.formats.stated import day_in, stated_day

__all__ = ["Stated", "headline", "stated"]

MOST_JSON = 1_000_000
_ARTICLE = ("Article", "Posting", "Report", "Review")
_TITLES = ("og:title", "twitter:title", "dc.title", "dcterms.title", "citation_title", "headline")
_PUBLISHERS = (
    "og:site_name",
    "dc.publisher",
    "dcterms.publisher",
    "citation_publisher",
    "publisher",
    "copyright_holder",
)
_DATES = (
    "article:published_time",
    "og:published_time",
    "datepublished",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dc.date",
    "dcterms.date",
    "citation_publication_date",
    "publish-date",
    "publication_date",
    "pubdate",
    "date",
)
_SITE = re.compile(r"\s{1,3}[|–—·-]\s{1,3}[^|–—·]{2,60}$")


@dataclass(frozen=True, kw_only=True, slots=True)
class Stated:
    """What a page says of itself."""

    title: str | None = None
    publisher: str | None = None
    date: dt.date | None = None
    opinion: bool = False


def stated(tree: Any) -> Stated:
    """Return what a page says of itself: JSON-LD first, then meta elements, then what is shown."""
    metas = _metas(tree)
    articles = list(_articles(tree))
    linked = articles[0] if articles else {}
    title = _text(linked.get("headline")) or _first(metas, _TITLES) or headline(tree)
    publisher = linked.get("publisher")
    publisher = publisher.get("name") if isinstance(publisher, dict) else publisher
    section = _first(metas, ("article:section", "section")) or ""
    kinds = " ".join(map(str, _list(linked.get("@type"))))
    return Stated(
        title=title or _site_cut(tree),
        publisher=_text(publisher) or _first(metas, _PUBLISHERS),
        date=_day(linked, metas, tree),
        opinion="Opinion" in kinds
        or section.lower() in ("opinion", "opinions", "comment", "commentary", "editorial"),
    )


def headline(tree: Any) -> str | None:
    """Return the heading of a page, if it has exactly one of the first rank."""
    found = tree.findall(".//h1")
    return _text(" ".join(found[0].itertext())) if len(found) == 1 else None


def _day(linked: dict[str, Any], metas: dict[str, str], tree: Any) -> dt.date | None:
    for candidate in (linked.get("datePublished"), *(metas.get(name) for name in _DATES)):
        if day := day_in(_text(candidate)):
            return day
    return _shown_day(tree)


def _shown_day(tree: Any) -> dt.date | None:
    """Return the day of a time element that says it is the page's, or of a line made for it."""
    times = tree.xpath("//time[@datetime]")[:100]
    own = [time for time in times if time.get("pubdate") is not None or _is_published(time)]
    days = {day for time in own or times if (day := day_in(time.get("datetime")))}
    # Several different days may be those of other articles that are linked to.
    if own and days:
        return min(days)
    if len(days) == 1:
        return days.pop()
    for element in tree.xpath("//*[contains(@class,'date') or contains(@class,'publish')]")[:30]:
        text = " ".join(" ".join(element.itertext()).split())
        if len(text) <= 100 and (day := stated_day(text)):
            return day
    return None


def _is_published(time: Any) -> bool:
    return "published" in f"{time.get('itemprop', '')} {time.get('class', '')}".lower()


def _metas(tree: Any) -> dict[str, str]:
    """Return the names of meta elements, in small letters, with what each says first."""
    metas: dict[str, str] = {}
    for element in tree.xpath("//meta[@content]")[:500]:
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        if text := _text(element.get("content")):
            metas.setdefault(name.strip().lower(), text)
    return metas


def _first(metas: dict[str, str], names: tuple[str, ...]) -> str | None:
    return next((metas[name] for name in names if name in metas), None)


def _articles(tree: Any) -> Iterator[dict[str, Any]]:
    """Yield the articles that a page describes in JSON-LD."""
    for script in tree.xpath("//script[@type='application/ld+json']")[:20]:
        raw = (script.text or "")[:MOST_JSON]
        with contextlib.suppress(ValueError, RecursionError):
            yield from _described(json.loads(raw), 0)


def _described(data: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth > 4:
        return
    for item in _list(data)[:100]:
        if isinstance(item, dict):
            kinds = [str(kind) for kind in _list(item.get("@type"))]
            if any(kind.endswith(_ARTICLE) for kind in kinds):
                yield item
            yield from _described(item.get("@graph"), depth + 1)


def _list(data: Any) -> list[Any]:
    return data if isinstance(data, list) else [] if data is None else [data]


def _site_cut(tree: Any) -> str | None:
    """Return the title element without the site's name behind it."""
    title = _text(tree.findtext(".//title"))
    return title and (_SITE.sub("", title) or title)


def _text(value: object) -> str | None:
    """Return a short text on one line, or None."""
    if not isinstance(value, str):
        return None
    return " ".join(value[:2000].split())[:500] or None
