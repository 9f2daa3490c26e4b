"""Figures of a validation, base rates and scores as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, is_dataclass
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from goodoffices.brief.terminal_parts import section, table
from goodoffices.brief.text import number_of
from goodoffices.deals.share import Share, interval_words, words
from goodoffices.outlook.baserates import Event, ReferenceClass
from goodoffices.outlook.record import ScoreReport
from goodoffices.outlook.scores import Comparison, ScoreCard
from goodoffices.outlook.validation.rates import RateCheck
from goodoffices.outlook.validation.resample import Measure

__all__ = ["base_rates_summary", "score_summary", "validation_summary"]


def validation_summary(found: object, meaning: Sequence[str]) -> RenderableType:
    """Return what `goodoffices validate` prints: figures with intervals, and what they mean."""
    parts: list[RenderableType] = []
    for title, body in _figures(found):
        parts += section(title, [body])
    return Group(*parts, *section("What that means", map(Text, meaning)))


def _figures(found: object) -> Iterator[tuple[str, RenderableType]]:
    """Yield a table for each part of a result that holds figures."""
    counts, single = [], []
    for name, value in _fields(found):
        label = name.replace("_", " ")
        if isinstance(value, Measure):
            single.append((label, *_measured(value)))
        elif isinstance(value, Share):
            single.append((label, words(value), interval_words(value)))
        elif isinstance(value, (int, float)) and not isinstance(value, bool):
            counts.append((label, f"{value:,.4g}" if isinstance(value, float) else f"{value:,}"))
        elif isinstance(value, RateCheck):
            yield "Base rates", base_rates_table(value.classes)
        elif isinstance(value, tuple) and value and isinstance(value[0], Measure):
            rows = [(one.name, *_measured(one)) for one in value]
            yield _title(label), table(("", "Mean", "95 % interval"), rows)
        elif isinstance(value, tuple) and value and isinstance(value[0], ReferenceClass):
            yield _title(label), base_rates_table(value)
        elif isinstance(value, tuple) and value and is_dataclass(value[0]):
            yield _title(label), _rows_of(value)
        elif isinstance(value, tuple) and value:
            counts.append((label, ", ".join(map(_plain, value))))
    if single:
        yield "Single figures", table(("", "Mean", "95 % interval"), single)
    if counts:
        yield "What went in", table(("", ""), counts)


def _fields(found: object) -> Iterator[tuple[str, Any]]:
    if is_dataclass(found):
        for one in fields(found):
            yield one.name, getattr(found, one.name)


def _title(label: str) -> str:
    return label[:1].upper() + label[1:]


def _measured(one: Measure) -> tuple[str, str]:
    return f"{one.value:.4g}", f"{one.low:.4g} to {one.high:.4g}"


def _rows_of(rows: Sequence[Any]) -> RenderableType:
    names = [name for name, _ in _fields(rows[0])]
    head = [name.replace("_", " ") for name in names]
    return table(head, ([_plain(getattr(row, name)) for name in names] for row in rows))


def _plain(value: object) -> str:
    if isinstance(value, Measure):
        return f"{value.value:.3g} ({value.low:.3g} to {value.high:.3g})"
    if isinstance(value, Share):
        return words(value)
    if isinstance(value, float):
        return f"{value:.4g}"
    if isinstance(value, tuple):
        return ", ".join(map(_plain, value))
    return "" if value is None else str(value)


def base_rates_summary(classes: Iterable[ReferenceClass]) -> RenderableType:
    """Return what `goodoffices baserates` prints."""
    return Group(*section("Base rates, with 95 % intervals", [base_rates_table(classes)]))


def base_rates_table(classes: Iterable[ReferenceClass]) -> RenderableType:
    """Return a row for each event of each class: how many had met it, by when."""
    rows = [
        (one.id if n == 0 else "", f"{one.n:,}" if n == 0 else "", event.name, *_by(event))
        for one in classes
        for n, event in enumerate(one.events)
    ]
    return table(("Class", "n", "Event", "90 days", "1 year", "2 years", "5 years"), rows)


def _by(event: Event) -> Iterator[str]:
    rates = {rate.days: rate for rate in event.rates}
    for days in (90, 365, 730, 1826):
        rate = rates.get(days)
        yield (
            ""
            if rate is None
            else (f"{100 * rate.share:.1f} % ({100 * rate.low:.0f} to {100 * rate.high:.0f})")
        )


def score_summary(found: ScoreReport) -> RenderableType:
    """Return what `goodoffices score` prints: scores, against what, and reliability."""
    parts: list[RenderableType] = [Text(_counted(found))]
    parts += [Text(line, style="italic") for line in found.dropped]
    if found.card is None:
        return Group(*parts, Text("Nothing is resolved yet, so nothing can be scored."))
    parts += section("Scores, where lower is better", _scores(found, found.card))
    parts += section("Reliability: what was said, and what happened", [_reliability(found.card)])
    return Group(*parts)


def _counted(found: ScoreReport) -> str:
    return (
        f"{number_of(found.written, 'forecast')}: {found.scored} resolved, on "
        f"{number_of(found.questions, 'question')}; "
        f"{found.open} open, {found.late} made when it had happened already, {found.scenarios} "
        "under a scenario."
    )


def _scores(found: ScoreReport, card: ScoreCard) -> Iterator[RenderableType]:
    rate = "base rate of its day" if found.known_base_rate else "share that came true"
    rows = [
        _compared("Brier", rate, card.brier_to_base_rate),
        _compared("Brier", "always 50 %", card.brier_to_constant),
        _compared("Log", rate, card.log_to_base_rate),
        _compared("Log", "always 50 %", card.log_to_constant),
    ]
    yield table(("Score", "Forecasts", "Against", "Its score", "Difference", "Error"), rows)
    if card.brier_to_constant.error is None:
        yield Text("One question alone says nothing of how well the next is forecast.")


def _compared(score: str, against: str, one: Comparison) -> tuple[str, ...]:
    error = "unknown" if one.error is None else f"{one.error:.3f}"
    return (
        score, f"{one.score:.3f}", against, f"{one.reference:.3f}", f"{one.difference:+.3f}", error
    )  # fmt: skip


def _reliability(card: ScoreCard) -> RenderableType:
    rows = [
        (
            f"{100 * one.low:.0f} to {100 * one.high:.0f} %",
            f"{100 * one.forecast:.0f} %",
            f"{one.happened.hits} of {one.happened.draws}",
            interval_words(one.happened),
        )
        for one in card.bins
    ]
    return table(("Said", "Mean", "Came true", "95 % interval"), rows)
