"""Good Offices: is there a deal, what blocks it, what could be tabled.

Public names are loaded when first asked for, so that importing the package costs next to nothing.

>>> import goodoffices
>>> goodoffices.__version__.split(".")[0]
'0'
"""

from importlib import import_module

__version__ = "0.1.0"

# Each public name, and the module that defines it.
_HOME: dict[str, str] = {}

__all__ = ["__version__", *_HOME]


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(_HOME[name]), name)
    # Kept here, so that the next look-up does not come this way again.
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOME})
