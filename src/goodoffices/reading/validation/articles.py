"""Articles on many conflicts, each a YAML file with its text and the statements marked in it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from goodoffices.case.speech import TYPES, StatementType
from goodoffices.errors import ExchangeError, clip
from goodoffices.reading.findings import Document
from goodoffices.reading.rules import read_by_rules
from goodoffices.reading.validation.matching import Compared, Gold, compare
from goodoffices.reading.validation.seed import TYPES as MARKED

__all__ = ["Article", "ArticleCheck", "check_article", "read_article"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Article:
    """A text, and what people marked in it."""

    name: str
    kept: bool
    """Whether nothing was ever tuned on it: its file's name begins with "test-"."""
    title: str
    origin: str
    """Who wrote it."""
    document: Document
    marked: tuple[Gold, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ArticleCheck:
    """One article's figures."""

    name: str
    marked: int
    recalled: int
    """Marked statements that were found."""
    found: int
    right: int
    """Found statements that are a marked one."""
    paired: int
    """The same, where each marked statement counts for one found statement only."""


def read_article(file: Path) -> Article:
    """Return the article of a file; raise `ExchangeError` if it can't be read."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    try:
        data = YAML(typ="safe", pure=True).load(file.read_text(encoding="utf-8"))
        return Article(
            name=file.stem,
            kept=file.stem.startswith("test-"),
            title=str(data.get("title", file.stem)),
            origin=str(data["origin"]),
            document=Document(id=file.stem, name=file.name, text=data["text"]),
            marked=tuple(_gold(row) for row in data["statements"]),
        )
    except (OSError, UnicodeDecodeError, YAMLError, LookupError, TypeError, ValueError) as error:
        raise ExchangeError(f"{file} can't be read: {clip(error)}") from None
    except AttributeError:
        raise ExchangeError(f"{file} holds no article: origin, text and statements") from None


def _gold(row: dict[str, Any]) -> Gold:
    types: set[StatementType] = set()
    for name in row["types"]:
        if name not in MARKED and name not in TYPES:
            raise ValueError(f"{name} is no type of statement")
        types |= MARKED[name] if name in MARKED else {cast("StatementType", name)}
    return Gold(
        types=frozenset(types),
        speaker=row["speaker"],
        words=row["content"],
        opinion=row["types"] == ["opinion"],
    )


def check_article(file: Path) -> tuple[ArticleCheck, Compared]:
    """Read an article by rules and compare."""
    article = read_article(file)
    found = compare(read_by_rules(article.document), article.marked)
    check = ArticleCheck(
        name=article.name,
        marked=found.marked,
        recalled=found.recalled,
        found=found.found,
        right=found.right,
        paired=found.paired,
    )
    return check, found
