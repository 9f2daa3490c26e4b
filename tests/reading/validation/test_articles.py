"""Articles with their marked statements, on conflicts that the rules were not made for."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from goodoffices.errors import ExchangeError
from goodoffices.reading.validation.articles import check_article, read_article

FILES = sorted((Path(__file__).parent / "articles").glob("*.yaml"))
GOOD = """origin: written for this test
text: Peru rejected the plan.
statements:
  - {types: [refusal], speaker: Peru, content: rejected the plan}
  - {types: [demand], speaker: Chile, content: nothing}
"""


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_marked_statement_stands_in_its_text(file: Path) -> None:
    article = read_article(file)
    text = article.document.text
    assert all(re.search(gold.words, text, re.IGNORECASE) for gold in article.marked)
    assert len(article.marked) >= 11


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_article_says_who_wrote_it(file: Path) -> None:
    assert "public domain" in read_article(file).origin or "written" in read_article(file).origin


def test_as_many_articles_are_kept_apart_as_the_rules_were_tuned_on() -> None:
    kept = [read_article(file).kept for file in FILES]
    assert sum(kept) == len(kept) - sum(kept) == 5


def test_an_article_is_read_and_compared(tmp_path: Path) -> None:
    file = tmp_path / "dev-peru.yaml"
    file.write_text(GOOD, encoding="utf-8")
    check, found = check_article(file)
    assert (check.name, check.marked, check.recalled, check.found) == ("dev-peru", 2, 1, 1)
    assert found.missed == (1,)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("refusal", "gossip"),
        ("origin: written for this test\n", ""),
        ("content: nothing", "words: nothing"),
        ("text: Peru", "text: [Peru"),
    ],
)
def test_an_article_that_cannot_be_read_is_a_clear_error(
    tmp_path: Path, old: str, new: str
) -> None:
    file = tmp_path / "bad.yaml"
    file.write_text(GOOD.replace(old, new), encoding="utf-8")
    with pytest.raises(ExchangeError, match=r"bad\.yaml"):
        read_article(file)
