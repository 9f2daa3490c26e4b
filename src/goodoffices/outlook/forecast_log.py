"""The log of forecasts beside a case: lines that are added and never changed.

A thin edge: this module reads and writes one file, `<case>.forecasts.jsonl`, a JSON object a line:

    {"kind": "forecast", "made": "2024-09-07", "question": "deal", "by": "2024-12-31", ...}
    {"kind": "resolution", "question": "deal", "until": "2024-12-31", "happened": null, ...}

A line is written whole and made lasting before `append` returns, and one writer waits for another.
A crash in mid-write leaves a line torn; it stays as it is, the next line begins a new one, and
whoever reads the log is told what could not be read. A mistaken resolution is mended by another
one: the last one on a question holds. The day is given by whoever writes; the clock is not asked.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Literal

from goodoffices.errors import ExchangeError, ModelError, clip

__all__ = [
    "Dropped",
    "Forecast",
    "ForecastLog",
    "Resolution",
    "Resolved",
    "append",
    "log_path",
    "read_log",
    "resolved",
]

MOST_BYTES = 50_000_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Forecast:
    """What was thought on one day of something happening by another."""

    made: date
    question: str
    """The event: "deal", "escalation"; the same words in every forecast and resolution."""
    by: date
    """The day by which it would happen, that day included."""
    probability: float
    low: float | None = None
    """Lower end of its 90 % interval."""
    high: float | None = None
    scenario: str | None = None
    """The scenario under which it was made; such a forecast is not scored."""
    basis: Mapping[str, Any] = field(default_factory=dict)
    """What went into it, in what JSON can hold: seed, draws, weights, the case's digest."""

    def __post_init__(self) -> None:
        ends = [end for end in (self.low, self.probability, self.high) if end is not None]
        if not all(0 <= end <= 1 for end in ends) or ends != sorted(ends):
            raise ModelError(
                f"{clip(self.question)}: a forecast is a probability from 0 to 1 in its interval"
            )
        if not self.question.strip():
            raise ModelError("a forecast needs the question that it answers")
        if self.by < self.made:
            raise ModelError(
                f"{clip(self.question)}: made on {self.made} of what happens by {self.by}; "
                "a forecast looks ahead"
            )


@dataclass(frozen=True, kw_only=True, slots=True)
class Resolution:
    """What is known of whether something happened."""

    question: str
    until: date
    """The day up to which it is known."""
    happened: date | None
    """The day on which it first happened; None if it had not by then."""
    because: str = ""
    """Who or what says so."""

    def __post_init__(self) -> None:
        if not self.question.strip():
            raise ModelError("a resolution needs the question that it answers")
        if self.happened is not None and self.happened > self.until:
            raise ModelError(
                f"{clip(self.question)}: happened on {self.happened}, known until {self.until}; "
                "what is known until a day has happened by then"
            )


@dataclass(frozen=True, kw_only=True, slots=True)
class Dropped:
    """A line that can't be read; it stays in the file."""

    line: int
    """Counted from 1."""
    text: str
    """Its beginning."""
    why: str

    def __str__(self) -> str:
        return f'line {self.line} is left out: {self.why} ("{self.text}")'


@dataclass(frozen=True, kw_only=True, slots=True)
class ForecastLog:
    """Everything that a log says."""

    forecasts: tuple[Forecast, ...] = ()
    resolutions: tuple[Resolution, ...] = ()
    """All of them, in the order written; the last on a question holds."""
    dropped: tuple[Dropped, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Resolved:
    """A forecast, and what came of it."""

    forecast: Forecast
    state: Literal["yes", "no", "open", "late", "scenario"]
    """It happened in time; it did not; nobody knows yet; it had happened by the day on which this
    was made; or it was made under a scenario. Only the first two are scored."""


def log_path(case: str | os.PathLike[str]) -> Path:
    """Return where the log of a case file stands.

    >>> log_path("talks/case.yaml").as_posix()
    'talks/case.forecasts.jsonl'
    """
    return Path(case).with_suffix(".forecasts.jsonl")


def append(path: str | os.PathLike[str], record: Forecast | Resolution) -> None:
    """Add a line to a log, and make the log if there is none.

    Raises `ExchangeError` if it can't be written, and ModelError if JSON can't hold it; what the
    log held stays.
    """
    line = _line(record)
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o666)
        try:
            with _locked(descriptor):
                # A line torn by a crash is ended here, so that it takes no other with it.
                start = b"" if _ends_whole(descriptor) else b"\n"
                _write(descriptor, start + line)
                os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise ExchangeError(
            f"{os.fspath(path)} can't be written: {why}; look at the folder's permissions and free "
            "space"
        ) from None
    _settle(Path(path).parent)


def read_log(path: str | os.PathLike[str]) -> ForecastLog:
    """Return what a log says, and which lines can't be read; an empty log if there is none.

    Raises `ExchangeError` if the file is there and can't be read, or is larger than 50 MB.
    """
    try:
        if os.stat(path).st_size > MOST_BYTES:
            raise ExchangeError(f"{os.fspath(path)} is larger than {MOST_BYTES:,} bytes")
        raw = Path(path).read_bytes()
    except FileNotFoundError:
        return ForecastLog()
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise ExchangeError(f"{os.fspath(path)} can't be read: {why}") from None
    forecasts: list[Forecast] = []
    resolutions: list[Resolution] = []
    dropped: list[Dropped] = []
    for number, line in enumerate(raw.split(b"\n"), start=1):
        if not line.strip():
            continue
        try:
            record = _record(line)
        except (ValueError, ModelError) as error:
            text = clip(line.decode(errors="replace").replace("\0", "·"), 40)
            dropped.append(Dropped(line=number, text=text, why=str(error)))
            continue
        if isinstance(record, Forecast):
            forecasts.append(record)
        else:
            resolutions.append(record)
    return ForecastLog(
        forecasts=tuple(forecasts), resolutions=tuple(resolutions), dropped=tuple(dropped)
    )


def resolved(log: ForecastLog) -> tuple[Resolved, ...]:
    """Return what came of each forecast, in the order written.

    With the last resolution on its question, a forecast of something by a day is "yes" if it
    happened after the day on which the forecast was made and by that day, "no" if it is known until
    that day and didn't, and "open" otherwise.
    """
    last = {each.question: each for each in log.resolutions}
    return tuple(
        Resolved(forecast=each, state=_state(each, last.get(each.question)))
        for each in log.forecasts
    )


def _state(
    forecast: Forecast, known: Resolution | None
) -> Literal["yes", "no", "open", "late", "scenario"]:
    if forecast.scenario is not None:
        return "scenario"
    if known is None:
        return "open"
    if known.happened is None:
        return "no" if known.until >= forecast.by else "open"
    if known.happened <= forecast.made:
        return "late"
    return "yes" if known.happened <= forecast.by else "no"


# Lines.


def _line(record: Forecast | Resolution) -> bytes:
    plain: dict[str, Any] = {"kind": "resolution"}
    if isinstance(record, Forecast):
        plain = {"kind": "forecast", "made": record.made.isoformat()}
        plain |= {"question": record.question, "by": record.by.isoformat()}
        plain |= {"probability": record.probability, "low": record.low, "high": record.high}
        plain |= {"scenario": record.scenario, "basis": dict(record.basis)}
    else:
        happened = record.happened.isoformat() if record.happened else None
        plain |= {"question": record.question, "until": record.until.isoformat()}
        plain |= {"happened": happened, "because": record.because}
    try:
        return json.dumps(plain, ensure_ascii=False, allow_nan=False).encode() + b"\n"
    except (TypeError, ValueError, RecursionError) as error:
        raise ModelError(f"{clip(record.question)}: can't be written as JSON: {error}") from None


def _record(line: bytes) -> Forecast | Resolution:
    """Read one line; raise ValueError, or ModelError, that says what is wrong with it."""
    try:
        plain = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise ValueError("it is torn, or was never JSON") from None
    kind = plain.get("kind") if isinstance(plain, dict) else None
    try:
        if kind == "forecast":
            return Forecast(
                made=date.fromisoformat(plain["made"]),
                question=_text(plain["question"]),
                by=date.fromisoformat(plain["by"]),
                probability=_number(plain["probability"]),
                low=None if plain.get("low") is None else _number(plain["low"]),
                high=None if plain.get("high") is None else _number(plain["high"]),
                scenario=None if plain.get("scenario") is None else _text(plain["scenario"]),
                basis=dict(plain.get("basis") or {}),
            )
        if kind == "resolution":
            happened = plain.get("happened")
            return Resolution(
                question=_text(plain["question"]),
                until=date.fromisoformat(plain["until"]),
                happened=None if happened is None else date.fromisoformat(happened),
                because=_text(plain.get("because", "")),
            )
    except KeyError as error:
        raise ValueError(f"it has no `{error.args[0]}`") from None
    except (TypeError, ValueError, OverflowError):
        raise ValueError("a day, a number or a text is none") from None
    raise ValueError("it is neither a forecast nor a resolution")


def _number(raw: object) -> float:
    if isinstance(raw, bool) or not isinstance(raw, (int, float)):
        raise TypeError
    return float(raw)


def _text(raw: object) -> str:
    if not isinstance(raw, str):
        raise TypeError
    return raw


# The disk.


@contextmanager
def _locked(descriptor: int) -> Iterator[None]:
    """Keep other writers waiting. Closing the file, or the end of the process, frees it."""
    if sys.platform == "win32":
        import msvcrt

        os.lseek(descriptor, 0, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_LOCK, 1)
        try:
            yield
        finally:
            os.lseek(descriptor, 0, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)
    else:
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield


def _ends_whole(descriptor: int) -> bool:
    if os.lseek(descriptor, 0, os.SEEK_END) == 0:
        return True
    os.lseek(descriptor, -1, os.SEEK_END)
    return os.read(descriptor, 1) == b"\n"


def _write(descriptor: int, raw: bytes) -> None:
    # One call, unless the system takes less than it was given.
    done = os.write(descriptor, raw)
    while done < len(raw):
        done += os.write(descriptor, raw[done:])


def _settle(folder: Path) -> None:
    """Make the folder's entry of a new file lasting, where the file system can."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
