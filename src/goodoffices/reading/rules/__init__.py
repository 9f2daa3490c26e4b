"""Reading by rules: spaCy's small English model, a vocabulary in data files, and a gazetteer."""

from __future__ import annotations

from goodoffices.reading.rules.engine import read_by_rules
from goodoffices.reading.rules.gazetteer import Entry, Gazetteer

__all__ = ["Entry", "Gazetteer", "read_by_rules"]
