"""What reading by rules is worth on texts whose statements people marked."""

from __future__ import annotations

from goodoffices.reading.validation.check import ReadingCheck, meaning, validate_reading

__all__ = ["ReadingCheck", "meaning", "validate_reading"]
