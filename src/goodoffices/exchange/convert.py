"""From another program's files to a case file, and back, told by what is there."""

from __future__ import annotations

from pathlib import Path

from goodoffices.case.file import dump_case, read_case, replace_file
from goodoffices.errors import ExchangeError
from goodoffices.exchange.genius import find_genius, read_genius, write_genius

__all__ = ["convert"]


def convert(source: Path, target: Path, *, lossy: bool = False) -> list[Path]:
    """Convert a folder of GENIUS XML into a case file, or a case file into such a folder.

    Returns the files that were written. Nothing that exists is overwritten. Raises `ExchangeError`
    for what can't be converted, `CaseError` for a case with faults.
    """
    if source.is_dir():
        _refuse_to_overwrite(target)
        replace_file(target, dump_case(read_genius(*find_genius(source))))
        return [target]
    return write_genius(read_case(source), target, lossy=lossy)


def _refuse_to_overwrite(path: Path) -> None:
    if path.exists():
        raise ExchangeError(f"{path} exists already; name another file")
