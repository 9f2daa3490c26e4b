"""Parts that somebody may do without: what is missing is said in words, with the remedy."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

from goodoffices.errors import ExtraError

__all__ = ["needs"]


def needs(extra: str, module: str) -> ModuleType:
    """Return a module that comes with an extra; `ExtraError` with the remedy if it isn't there.

    >>> needs("read", "json").__name__
    'json'
    >>> needs("read", "no_such_module")
    Traceback (most recent call last):
    goodoffices.errors.ExtraError: "no_such_module" is not installed;
    install it with: pip install 'goodoffices[read]'
    """
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        remedy = f"install it with: pip install 'goodoffices[{extra}]'"
        raise ExtraError(f'"{error.name or module}" is not installed; {remedy}') from None
