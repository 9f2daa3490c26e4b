"""The ids of reference classes and their events, as the shipped file of base rates lists them.

Only the names are read here, so that a slip in a case is found by its check; what the numbers mean
is the work of the outlook lens.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from types import MappingProxyType

__all__ = ["reference_classes"]


@cache
def reference_classes() -> MappingProxyType[str, tuple[str, ...]]:
    """Return reference class ids and the names of their events, in order.

    >>> reference_classes()["deal"]
    ('joint ceasefire', 'agreement', 'ends without either')
    """
    text = (files("goodoffices") / "outlook" / "baserates.yaml").read_text(encoding="utf-8")
    found: dict[str, tuple[str, ...]] = {}
    for part in re.split(r"(?m)^  - id: ", text)[1:]:
        key, _, rest = part.partition("\n")
        found[key.strip()] = tuple(re.findall(r"(?m)^      - name: (.+)$", rest))
    return MappingProxyType(found)
