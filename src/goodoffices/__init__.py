"""Good Offices: is there a deal, what blocks it, what could be tabled.

Public names are loaded when first asked for, so that importing the package costs next to nothing.

>>> import goodoffices
>>> goodoffices.__version__.split(".")[0]
'0'
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from goodoffices.brief import render_brief
    from goodoffices.case import Case, check_file, parse_case, read_case, save_case
    from goodoffices.deals import Deals
    from goodoffices.moves import MovesReport
    from goodoffices.outlook import OutlookReport

__version__ = "0.1.0"

# Each public name, and the module that defines it. The lenses' functions have the names of their
# packages (`goodoffices.deals.deals`), so they are not repeated here.
_HOME: dict[str, str] = {
    "Case": "goodoffices.case",
    "Deals": "goodoffices.deals",
    "MovesReport": "goodoffices.moves",
    "OutlookReport": "goodoffices.outlook",
    "check_file": "goodoffices.case",
    "parse_case": "goodoffices.case",
    "read_case": "goodoffices.case",
    "render_brief": "goodoffices.brief",
    "save_case": "goodoffices.case",
}

__all__ = [
    "Case",
    "Deals",
    "MovesReport",
    "OutlookReport",
    "__version__",
    "check_file",
    "parse_case",
    "read_case",
    "render_brief",
    "save_case",
]


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(_HOME[name]), name)
    # Kept here, so that the next look-up does not come this way again.
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOME})
