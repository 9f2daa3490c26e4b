"""The cells of a table in comma-separated text."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Final

from goodoffices.errors import ExchangeError, clip
from goodoffices.exchange._xml import plain

__all__ = ["read_head", "read_rows"]

MOST_BYTES: Final = 2_000_000
MOST_HEAD: Final = 1_000
"""Bytes in which the first cells stand."""


def read_rows(place: Path) -> list[tuple[int, list[str]]]:
    """Return the rows of a table that aren't blank, each with its number from 1.

    Cells stand between commas, semicolons or tabs, whichever the first line has most of. Raises
    `ExchangeError` for what can't be opened, isn't UTF-8 text, is too large, or isn't a table.
    """
    try:
        # Anything but a plain file (a pipe, a device) could keep the reader waiting for ever.
        if not place.is_file():
            raise ExchangeError(f"{clip(place)}: there is no such file; check the name")
        with place.open("rb") as stream:
            raw = stream.read(MOST_BYTES + 1)
        if len(raw) > MOST_BYTES:
            raise ExchangeError(f"{place.name}: is larger than {MOST_BYTES // 1_000_000} MB")
        text = raw.decode("utf-8-sig")
        head = text.lstrip().partition("\n")[0]
        sign = max(",;\t", key=head.count)
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=sign, strict=True))
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise ExchangeError(f"{clip(place)}: can't be opened ({why})") from None
    except UnicodeDecodeError:
        raise ExchangeError(f"{place.name}: isn't UTF-8 text") from None
    except csv.Error as error:
        raise ExchangeError(f"{place.name}: isn't a table ({clip(error)})") from None
    told = [(n, [plain(cell) for cell in row]) for n, row in enumerate(rows, start=1)]
    return [(n, row) for n, row in told if any(row)]


def read_head(place: Path) -> tuple[str, ...]:
    """Return the first cells of a table in small letters; none if it can't be opened."""
    try:
        with place.open("rb") as stream:
            text = stream.read(MOST_HEAD).decode("utf-8-sig", errors="replace")
    except OSError:
        # What can't be opened is told by whoever reads the whole of it.
        return ()
    line = text.lstrip().partition("\n")[0]
    sign = max(",;\t", key=line.count)
    return tuple(plain(cell).strip('"').lower() for cell in line.split(sign))
