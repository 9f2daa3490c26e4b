"""From another program's files to a case file, and back, told by what is there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from goodoffices.case.file import dump_case, read_case, replace_file
from goodoffices.case.model import Case
from goodoffices.errors import ExchangeError
from goodoffices.exchange._csv import read_head
from goodoffices.exchange.genius import find_genius, read_genius, write_genius
from goodoffices.exchange.gmcr import read_gmcr, write_gmcr
from goodoffices.exchange.matrices import read_states
from goodoffices.exchange.reachability import HEAD, find_matrices, read_matrices

__all__ = ["convert"]


def _read_table(source: Path) -> Case:
    """Read a table of states or matrices of moves, told by the header."""
    matrices = source.is_file() and read_head(source)[:2] == HEAD
    return read_matrices(source) if matrices else read_states(source)


READERS: Mapping[str, Callable[[Path], Case]] = MappingProxyType(
    {".gmcr": read_gmcr, ".csv": _read_table}
)


def convert(source: Path, target: Path, *, lossy: bool = False) -> list[Path]:
    """Convert other programs' files into a case file, or a case file into theirs.

    A folder of GENIUS XML (or the domain file in it), a `.gmcr` file, a table of states (`.csv`)
    and matrices of moves (`.csv`, or a folder of these) become a case file. A case file becomes a
    `.gmcr` file where the target is named so, and else a folder of GENIUS XML. Returns the files
    that were written. Nothing that exists is overwritten.
    Raises `ExchangeError` for what can't be converted, `CaseError` for a case with faults.
    """
    read = READERS.get(source.suffix.lower())
    folder = source.parent if source.suffix.lower() == ".xml" else source
    if folder.is_dir() or read is not None:
        _refuse_to_overwrite(target)
        case = _read_folder(folder) if read is None else read(source)
        replace_file(target, dump_case(case))
        return [target]
    if target.suffix.lower() == ".gmcr":
        return write_gmcr(read_case(source), target, lossy=lossy)
    return write_genius(read_case(source), target, lossy=lossy)


def _read_folder(folder: Path) -> Case:
    """Read matrices of moves where there are tables and no XML, else GENIUS."""
    tables = find_matrices(folder)
    if tables and not any(file.suffix.lower() == ".xml" for file in folder.iterdir()):
        return read_matrices(folder)
    return read_genius(*find_genius(folder))


def _refuse_to_overwrite(path: Path) -> None:
    if path.exists():
        raise ExchangeError(f"{path} exists already; name another file")
