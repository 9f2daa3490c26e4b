"""What the outlook's methods are worth on published data; each check reads a person's own copy."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import Any

from goodoffices.errors import ExchangeError, ModelError, nearest

__all__ = ["NAMES", "validate"]

NAMES: Mapping[str, str] = MappingProxyType(
    {
        "deu2": "where on the scale: Decision-making in the EU II",
        "casino": "bargaining solutions: CaSiNo campsite negotiations",
        "ucdp": "how fighting ends, and how long agreements last",
        "ceasefires": "how long ceasefires hold, and what follows them",
        "pooling": "many people's forecasts: PredictionBook",
        "phrases": "what readers make of probability phrases",
    }
)


def validate(name: str, path: Path) -> tuple[Any, tuple[str, ...]]:
    """Run the check of a name on a copy of its data; return its figures, and what they mean.

    Raises ModelError for a name that there is no check of, `ExchangeError` for data that can't be
    read.
    """
    if name not in NAMES:
        hint = nearest(name, NAMES) or f"there are {', '.join(NAMES)}"
        raise ModelError(f'there is no validation "{name}"; {hint}')
    if not path.exists():
        raise ExchangeError(f"{path} is not there; name your copy of the data")
    if name == "deu2" and path.is_dir():
        # Its check reads one table; the folder holds its codebook too.
        path = next(iter(sorted(path.glob("DEU2-*.csv"))), path)
    module = import_module(f"goodoffices.outlook.validation.{name}")
    found = getattr(module, f"validate_{name}")(path)
    return found, tuple(module.meaning(found))
