"""The JSON that commands print, and the schemas that describe it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter

from goodoffices.deals.results import Deals
from goodoffices.errors import Fault, ModelError, nearest
from goodoffices.moves.results import MovesReport
from goodoffices.outlook.baserates import BaseRates
from goodoffices.outlook.record import ScoreReport
from goodoffices.outlook.results import OutlookReport
from goodoffices.reading.report import ReadReport

__all__ = ["CheckReport", "Shelf", "Written", "schema_of", "to_json"]

URN = "urn:goodoffices:schema"


@dataclass(frozen=True, kw_only=True, slots=True)
class CheckReport:
    """What `goodoffices check` finds."""

    faults: tuple[Fault, ...]
    errors: int
    warnings: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Written:
    """The files that a command wrote."""

    written: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Shelf:
    """The cases from the literature."""

    cases: dict[str, str]
    """Name to title."""


def to_json(result: object) -> str:
    """Return a result object as indented JSON.

    >>> print(to_json(Written(written=("case.yaml",))))
    {
      "written": [
        "case.yaml"
      ]
    }
    """
    return TypeAdapter(type(result)).dump_json(result, indent=2).decode()


def _case() -> dict[str, Any]:
    from goodoffices.case.schema import schema

    return schema()


def _of(result: type, name: str) -> dict[str, Any]:
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"{URN}:{name}:1",
        **TypeAdapter(result).json_schema(mode="serialization"),
    }


_SCHEMAS: dict[str, Callable[[], dict[str, Any]]] = {
    "baserates": lambda: _of(BaseRates, "baserates"),
    "case": _case,
    "catalog": lambda: _of(Shelf, "catalog"),
    "check": lambda: _of(CheckReport, "check"),
    "deals": lambda: _of(Deals, "deals"),
    "files": lambda: _of(Written, "files"),
    "moves": lambda: _of(MovesReport, "moves"),
    "outlook": lambda: _of(OutlookReport, "outlook"),
    "read": lambda: _of(ReadReport, "read"),
    "score": lambda: _of(ScoreReport, "score"),
}


def schema_of(name: str) -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of the case file or of a command's JSON.

    `baserates`, `case`, `catalog`, `check`, `deals`, `moves`, `outlook`, `read`, `score`, or
    `files` for the commands that write some. Raises `ModelError` for another name.

    >>> schema_of("check")["$id"]
    'urn:goodoffices:schema:check:1'
    """
    if name not in _SCHEMAS:
        hint = nearest(name, _SCHEMAS) or f"there are {', '.join(_SCHEMAS)}"
        raise ModelError(f'there is no schema "{name}"; {hint}')
    return _SCHEMAS[name]()
