"""Small invented copies of the published data sets, and records built by hand."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from goodoffices.outlook._records import Agreement, Ceasefire, Episode

FIGHTING = "ucdp-term-dyad-3-2021.csv"
AGREEMENTS = "ucdp-peace-agreements-221.csv"
CEASEFIRES = "ceasefires_dataset.csv"


def on(text: str) -> int:
    """The ordinal of a day written 2000-12-31."""
    return date.fromisoformat(text).toordinal()


def write(path: Path, rows: Iterable[Mapping[str, object]], *, mark: bool = False) -> Path:
    """Write rows as CSV, with or without a byte order mark."""
    rows = list(rows)
    with path.open("w", encoding="utf-8-sig" if mark else "utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    return path


def fought(year: int, **fields: object) -> dict[str, object]:
    """A row of the UCDP terminations: a year of fighting."""
    return {
        "dyad_id": "1",
        "conflict_id": "c1",
        "year": year,
        "start_date2": f"3/1/{year % 100:02d}",
        "ependdate": "",
        "outcome": "",
        "type_of_conflict": "3",
        "intensity_level": "1",
    } | fields


def signed(day: str, **fields: object) -> dict[str, object]:
    """A row of the UCDP agreements."""
    return {
        "conflict_id": "c1",
        "dyad_id": "1",
        "pa_date": day,
        "ended": "",
        "duration": "",
        "pa_type": "1",
        "pa_3rd": "",
    } | fields


def ceased(number: str, start: str, end: str = "-1 -1 -1", **fields: object) -> dict[str, object]:
    """A row of the ceasefires: a side of one; days as `2000 12 31`."""
    names = [f"{of}_{part}" for of in ("cf_effect", "end") for part in ("yr", "month", "day")]
    dates = dict(zip(names, [*start.split(), *end.split()], strict=True))
    return (
        {
            "uniq_id": number,
            "cc": "100",
            "ucdp_acd_id": "c1",
            "ucdp_dyad": "1",
            "side": "2",
            "fixed": "0",
            "fixed_time": "0",
            "mediator_nego": "1",
            "ceasefire_class": "1",
            "ended": "-1",
            "cf_dec_yr": "-1",
            "cf_dec_month": "-1",
            "cf_dec_day": "-1",
        }
        | dates
        | fields
    )


def episode(
    first: int, last: int, start: str, end: str | None, ending: str, **fields: Any
) -> Episode:
    """Fighting between the sides of dyad 1, with nothing special in any year."""
    years = last - first + 1
    given: dict[str, Any] = {
        "dyad": "1",
        "conflict": "c1",
        "internal": (True,) * years,
        "foreign": (False,) * years,
        "severe": (False,) * years,
    }
    return Episode(
        first=first,
        last=last,
        start=on(start),
        end=None if end is None else on(end),
        ending=ending,
        **(given | fields),
    )


def agreement(day: str, ended: str | None = None, **fields: Any) -> Agreement:
    """A full agreement between the sides of dyad 1, without a third party."""
    given: dict[str, Any] = {
        "conflict": "c1",
        "dyads": frozenset({"1"}),
        "dated": True,
        "kind": "full",
        "third": False,
    }
    return Agreement(signed=on(day), ended=None if ended is None else on(ended), **(given | fields))


def ceasefire(
    start: str | None, end: str | None = None, fate: str = "", **fields: Any
) -> Ceasefire:
    """A mediated joint ceasefire of dyad 1 without a term."""
    given: dict[str, Any] = {
        "conflict": "c1",
        "dyads": frozenset({"1"}),
        "joint": True,
        "mediated": True,
        "term": False,
        "agreed_days": None,
        "definitive": False,
    }
    return Ceasefire(
        start=None if start is None else on(start),
        end=None if end is None else on(end),
        fate=fate,
        **(given | fields),
    )


def folder(
    path: Path,
    *,
    fighting: bool = True,
    ceasefires: bool = True,
    more: Iterable[dict[str, object]] = (),
) -> Path:
    """Invented copies in which every reference class holds somebody, and more ceasefires."""
    if fighting:
        write(path / FIGHTING, [row for pair in range(60) for row in _years(pair)])
    write(path / AGREEMENTS, [row for pair in range(60) for row in _signings(pair)])
    if ceasefires:
        rows = [row for pair in range(60) for row in _ceasefires(pair)]
        write(path / CEASEFIRES, [*rows, *more])
    return path


def _of(pair: int) -> dict[str, object]:
    return {"dyad_id": str(pair), "conflict_id": f"c{pair // 2}"}


def _years(pair: int) -> list[dict[str, object]]:
    first, ending = 1989 + pair // 2, str(1 + pair % 6)
    again = [fought(first + 8, **_of(pair), outcome="5", ependdate=f"6/1/{(first + 8) % 100:02d}")]
    return [
        fought(first, **_of(pair)),
        fought(first + 1, **_of(pair), intensity_level=str(1 + pair % 2)),
        fought(
            first + 2,
            **_of(pair),
            outcome=ending,
            ependdate=f"10/1/{(first + 2) % 100:02d}",
            type_of_conflict=str(3 + pair % 5 // 4),
        ),
        *(again if pair % 4 == 0 and first + 8 < 2020 else []),
        *([fought(2020, dyad_id="z", conflict_id="cz")] if pair == 0 else []),
    ]


def _signings(pair: int) -> list[dict[str, object]]:
    year, kind = 1991 + pair // 2, str(1 + pair % 3)
    over = {"ended": "True", "duration": f"{year + 1 + pair % 4}-02-01"} if pair % 5 == 0 else {}
    third = "UN" if pair % 2 else ""
    return [
        signed(f"{year}-08-{1 + pair % 28:02d}", **_of(pair), pa_type=kind, pa_3rd=third, **over)
    ]


def _ceasefires(pair: int) -> list[dict[str, object]]:
    year = 1989 + pair // 2
    fields = {
        "ucdp_acd_id": f"c{pair // 2}",
        "ucdp_dyad": str(pair),
        "fixed": str(int(pair % 8 >= 6)),
        "fixed_time": "30",
        "side": str(1 + (pair % 8 != 4)),
        "mediator_nego": str(pair % 2),
    }
    fates = [("2", f"{year} 9 1"), ("4", f"{year} 7 1"), ("0", "0 0 0"), ("-1", "-1 -1 -1")]
    return [
        ceased(f"{pair}-{place}", f"{year} {2 + place} 10", end, ended=code, **fields)
        for place, (code, end) in enumerate(fates)
    ]
