"""Cases from the literature, one file each, with their citations inside.

>>> from goodoffices import catalog
>>> catalog.names()[:3]
('camp-david-1978-sinai', 'chicken', 'cuba-1962')
>>> catalog.load("trieste-1954").signatories
('italy', 'yugoslavia', 'allies')
"""

from pathlib import Path

from goodoffices.case import Case, read_case
from goodoffices.errors import CaseFileError, Fault, nearest

__all__ = ["load", "names", "path"]

_FOLDER = Path(__file__).parent


def names() -> tuple[str, ...]:
    """Return the names of the catalog's cases, in alphabetical order."""
    return tuple(sorted(file.stem for file in _FOLDER.glob("*.yaml")))


def path(name: str) -> Path:
    """Return where a case of the catalog is kept, to read or to copy it.

    Raises `CaseFileError` for a name that the catalog doesn't have, with the nearest that it has.

    >>> path("trieste-1954").name
    'trieste-1954.yaml'
    """
    known = names()
    if name not in known:
        mend = nearest(name, known) or f"it has {', '.join(known)}"
        fault = Fault(where=name, what="the catalog has no case of this name", mend=mend)
        raise CaseFileError([fault], "the catalog")
    return _FOLDER / f"{name}.yaml"


def load(name: str) -> Case:
    """Read a case of the catalog.

    Raises `CaseFileError` for a name that the catalog doesn't have.

    >>> load("raiffa-1982-ampo-city").issues["sergeants"].option_ids
    ('0', '2', '4', '6', '8', '10')
    """
    return read_case(path(name))
