"""From another program's files to a case file, and back, told by what is there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from goodoffices.case.file import dump_case, read_case, replace_file
from goodoffices.case.model import Case
from goodoffices.errors import ExchangeError
from goodoffices.exchange.genius import find_genius, read_genius, write_genius
from goodoffices.exchange.gmcr import read_gmcr, write_gmcr
from goodoffices.exchange.matrices import read_states

__all__ = ["convert"]

READERS: Mapping[str, Callable[[Path], Case]] = MappingProxyType(
    {".gmcr": read_gmcr, ".csv": read_states}
)


def convert(source: Path, target: Path, *, lossy: bool = False) -> list[Path]:
    """Convert other programs' files into a case file, or a case file into theirs.

    A folder of GENIUS XML (or the domain file in it), a `.gmcr` file and a table of states (`.csv`)
    become a case file. A case file becomes a `.gmcr` file where the target is named so, and else a
    folder of GENIUS XML. Returns the files that were written. Nothing that exists is overwritten.
    Raises `ExchangeError` for what can't be converted, `CaseError` for a case with faults.
    """
    read = READERS.get(source.suffix.lower())
    folder = source.parent if source.suffix.lower() == ".xml" else source
    if folder.is_dir() or read is not None:
        _refuse_to_overwrite(target)
        case = read_genius(*find_genius(folder)) if read is None else read(source)
        replace_file(target, dump_case(case))
        return [target]
    if target.suffix.lower() == ".gmcr":
        return write_gmcr(read_case(source), target, lossy=lossy)
    return write_genius(read_case(source), target, lossy=lossy)


def _refuse_to_overwrite(path: Path) -> None:
    if path.exists():
        raise ExchangeError(f"{path} exists already; name another file")
