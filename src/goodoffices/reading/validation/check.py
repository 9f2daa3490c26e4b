"""All that reading by rules is measured on, from a person's own copies of the texts."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from goodoffices.deals.share import Share, share
from goodoffices.errors import ExchangeError
from goodoffices.reading.findings import Document
from goodoffices.reading.rules import read_by_rules
from goodoffices.reading.validation.articles import ArticleCheck, check_article
from goodoffices.reading.validation.matching import Compared, compare
from goodoffices.reading.validation.records import Confusion, check_records
from goodoffices.reading.validation.seed import marked, read_document
from goodoffices.reading.validation.units import Failure, check_units

__all__ = ["ReadingCheck", "meaning", "validate_reading"]

ARTICLE, STATEMENTS = "article.txt", "seed-statements.json"
RECORDS, UNITS = "PLOVER_GSR_CAMEO.txt", "PETR.UnitTest.records.xml"
_SPEED_WORDS = 3000


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadingCheck:
    """The figures; a part whose data are not there is None or empty."""

    seed_recall: Share | None = None
    """Share of an article's marked statements that were found."""
    seed_precision: Share | None = None
    """Share of the found statements that are a marked one."""
    seed_one_to_one: Share | None = None
    """The same, where each marked statement counts for one found statement only."""
    record_types: Share | None = None
    """Share of the gold records whose type was read."""
    unit_sources: Share | None = None
    unit_targets: Share | None = None
    unit_types: Share | None = None
    unit_whole: Share | None = None
    tuned_recall: Share | None = None
    """Over the articles that the rules were tuned on."""
    tuned_precision: Share | None = None
    kept_recall: Share | None = None
    """Over the articles that nothing was tuned on."""
    kept_precision: Share | None = None
    words_per_second: float = 0.0
    """On this machine, by the processor's time, after loading."""
    records: tuple[Confusion, ...] = ()
    failures: tuple[Failure, ...] = ()
    articles: tuple[ArticleCheck, ...] = ()


def validate_reading(path: Path) -> ReadingCheck:
    """Measure on what a folder holds.

    `seed-statements.json` with `article.txt` beside it or in `../../seed`; `PLOVER_GSR_CAMEO.txt`;
    `PETR.UnitTest.records.xml`; and articles with their marked statements, `*.yaml`, of which
    those named `test-*` were never tuned on. Raises `ExchangeError` if there is none of these, or
    one can't be read.
    """
    if not path.is_dir():
        raise ExchangeError(f"{path} is no folder; name the folder with your copies of the texts")
    articles = sorted(path.glob("*.yaml"))
    present = [name for name in (STATEMENTS, RECORDS, UNITS) if (path / name).exists()]
    if not present and not articles:
        raise ExchangeError(f"{path} holds none of {STATEMENTS}, {RECORDS}, {UNITS} and *.yaml")
    seed = _seed(path) if STATEMENTS in present else None
    records = check_records(path / RECORDS) if RECORDS in present else None
    units = check_units(path / UNITS) if UNITS in present else None
    checked = [check_article(file)[0] for file in articles]
    tuned = [one for one in checked if not one.name.startswith("test-")]
    kept = [one for one in checked if one.name.startswith("test-")]
    return ReadingCheck(
        seed_recall=share(seed.recalled, seed.marked) if seed else None,
        seed_precision=share(seed.right, seed.found) if seed else None,
        seed_one_to_one=share(seed.paired, seed.found) if seed else None,
        record_types=share(records.right, records.records) if records else None,
        unit_sources=share(units.source, units.events) if units else None,
        unit_targets=share(units.target, units.events) if units else None,
        unit_types=share(units.type, units.typed) if units else None,
        unit_whole=share(units.whole, units.events) if units else None,
        tuned_recall=_recall(tuned),
        tuned_precision=_precision(tuned),
        kept_recall=_recall(kept),
        kept_precision=_precision(kept),
        words_per_second=_speed(path, articles),
        records=records.types if records else (),
        failures=units.failures if units else (),
        articles=tuple(checked),
    )


def _article(path: Path) -> Path:
    for file in (path / ARTICLE, path.resolve().parent.parent / "seed" / ARTICLE):
        if file.exists():
            return file
    raise ExchangeError(f"{path / ARTICLE} is not there; put the article beside its statements")


def _seed(path: Path) -> Compared:
    return compare(read_by_rules(read_document(_article(path))), marked(path / STATEMENTS))


def _recall(checked: Sequence[ArticleCheck]) -> Share | None:
    return (
        share(sum(c.recalled for c in checked), sum(c.marked for c in checked)) if checked else None
    )


def _precision(checked: Sequence[ArticleCheck]) -> Share | None:
    return share(sum(c.right for c in checked), sum(c.found for c in checked)) if checked else None


def _speed(path: Path, articles: Sequence[Path]) -> float:
    """Return the words read per second of processor time, the model being loaded already."""
    if (path / STATEMENTS).exists():
        text = read_document(_article(path)).text
    else:
        from goodoffices.reading.validation.articles import read_article

        text = "\n\n".join(read_article(file).document.text for file in articles)
    words = len(text.split())
    if not words:
        return 0.0
    times = max(1, _SPEED_WORDS // words)
    document = Document(id="speed", name="speed", text="\n\n".join([text] * times))
    start = time.process_time()
    read_by_rules(document)
    return round(words * times / max(time.process_time() - start, 1e-9), -2)


def meaning(found: ReadingCheck) -> tuple[str, ...]:
    """Return in sentences what the figures say."""
    lines = []
    if found.seed_recall is not None and found.seed_precision is not None:
        lines.append(
            f"Of the article's marked statements {_percent(found.seed_recall)} were found with the "
            f"right speaker and type; {_percent(found.seed_precision)} of what was found is one of "
            "them. The rules were tuned on this article, so other texts fare worse."
        )
    if found.kept_recall is not None and found.kept_precision is not None:
        lines.append(
            f"On articles that nothing was tuned on, {_percent(found.kept_recall)} of the marked "
            f"statements were found; {_percent(found.kept_precision)} of what was found is marked. "
            "What is found and not marked is not always wrong: the marks hold what matters most."
        )
    if found.record_types is not None:
        lines.append(
            f"The type of a single sentence is read right in {_percent(found.record_types)} of the "
            "gold records, from a vocabulary that learned nothing from them."
        )
    if found.unit_whole is not None:
        lines.append(
            f"Source, target and type are all right in {_percent(found.unit_whole)} of the events "
            "of sentences that were written to be hard, with codes that are partly made up."
        )
    lines.append("A person confirms every statement before a case uses it: these are drafts.")
    return tuple(lines)


def _percent(one: Share) -> str:
    return f"{100 * one.value:.0f} %"
