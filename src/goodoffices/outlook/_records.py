"""What the published data sets on wars, agreements and ceasefires record, as plain records.

Days are ordinals (`datetime.date.toordinal`). The files are the users' own copies:

    UCDP Conflict Termination, dyads, v3-2021    Kreutz (2010), How and When Armed Conflicts End
    UCDP Peace Agreements 22.1                   Pettersson, Högbladh & Öberg (2019), Organized
                                                 violence, 1989-2018 and peace agreements
    ETH/PRIO Civil Conflict Ceasefires           Clayton et al. (2023), Introducing the ETH/PRIO
                                                 Civil Conflict Ceasefire Dataset
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path

from goodoffices.errors import ExchangeError

__all__ = [
    "Agreement",
    "Ceasefire",
    "Episode",
    "day",
    "read_agreements",
    "read_ceasefires",
    "read_episodes",
]

Row = Mapping[str, str]

ENDINGS = {
    "1": "peace agreement",
    "2": "ceasefire",
    "3": "victory",
    "4": "victory",
    "5": "fades",
    "6": "a side is gone",
}
"""What the column `outcome` of the terminations says."""

FATES = {
    "0": "in force",
    "1": "expired",
    "2": "broken",
    "3": "no effect",
    "4": "followed",
    "-1": "",
}
"""What the column `ended` of the ceasefires says, as its other columns bear out: those of code 1
end on the agreed day, those of code 4 are followed by another ceasefire within a day, those of
code 3 have no day on which they took effect, and those of code 0 no end."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Episode:
    """Consecutive years in which two sides fought with at least 25 deaths a year."""

    dyad: str
    conflict: str
    first: int
    """The first year."""
    last: int
    """The last year."""
    start: int
    """The day of the 25th death in the first year; the last of its month or year where only
    that is known."""
    end: int | None
    """The last day of fighting; None where it went on when the data end."""
    ending: str
    """What ended it; empty where it went on or nobody says."""
    internal: tuple[bool, ...]
    """For each year: a government against others than a government."""
    foreign: tuple[bool, ...]
    """For each year: troops of another state fought beside one side of an internal war."""
    severe: tuple[bool, ...]
    """For each year: at least 1,000 deaths."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Agreement:
    """A signed peace agreement."""

    conflict: str
    dyads: frozenset[str]
    signed: int
    ended: int | None
    """When it ended; None where it had not."""
    dated: bool
    """Whether it is known when it ended, if it did."""
    kind: str
    """full, partial or process."""
    third: bool
    """Whether a third party signed or witnessed it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Ceasefire:
    """A ceasefire, whoever declared it."""

    conflict: str
    dyads: frozenset[str]
    start: int | None
    """When it took effect, or was declared where only that is known; None where neither is."""
    end: int | None
    """When it ended; None where it had not, or nobody knows."""
    fate: str
    """As in `FATES`; empty where nobody knows."""
    joint: bool
    """Whether both sides, or several, declared it together."""
    mediated: bool | None
    """Whether a third party mediated; None where nobody knows."""
    term: bool | None
    """Whether it was agreed for a fixed time; None where nobody knows."""
    agreed_days: int | None
    """For how many days, where that is known."""
    definitive: bool
    """Whether it was part of a settlement that disbands or integrates forces."""


def day(year: int, month: int = 12, number: int = 31) -> int:
    """Return the ordinal of a day; a day beyond its month's end is its last.

    >>> day(2020, 6, 31) == day(2020, 7, 1) - 1
    True
    """
    while True:
        try:
            return date(year, month, number).toordinal()
        except ValueError:
            if number <= 28:
                raise
            number -= 1


def read_episodes(path: Path) -> tuple[Episode, ...]:
    """Read episodes of fighting from a copy of the UCDP terminations by dyad.

    Years in a row are one episode, which is how the codebook defines it: in some copies the
    episodes' own numbers have been through a spreadsheet and lost digits.
    """
    dyads: dict[str, list[Row]] = defaultdict(list)
    columns = "dyad_id conflict_id year start_date2 ependdate outcome type_of_conflict"
    with _reading(path):
        for row in _rows(path, f"{columns} intensity_level"):
            dyads[row["dyad_id"]].append(row)
        latest = max(int(row["year"]) for rows in dyads.values() for row in rows)
        return tuple(
            _episode(run, latest)
            for rows in dyads.values()
            for run in _runs(sorted(rows, key=lambda row: int(row["year"])))
        )


def read_agreements(path: Path) -> tuple[Agreement, ...]:
    """Read agreements from a copy of the UCDP peace agreements."""
    columns = "conflict_id dyad_id pa_date ended duration pa_type pa_3rd"
    with _reading(path):
        return tuple(map(_agreement, _rows(path, columns)))


def read_ceasefires(path: Path) -> tuple[Ceasefire, ...]:
    """Read ceasefires from a copy of the ETH/PRIO data, which has a row for each side of each."""
    columns = "uniq_id cc ucdp_acd_id ucdp_dyad side fixed fixed_time mediator_nego ceasefire_class"
    dates = [f"{of}_{part}" for of in ("cf_dec", "cf_effect", "end") for part in _PARTS]
    groups: dict[str, list[Row]] = defaultdict(list)
    with _reading(path):
        for row in _rows(path, f"{columns} ended {' '.join(dates)}"):
            groups[row["uniq_id"]].append(row)
        return tuple(map(_ceasefire, groups.values()))


_PARTS = ("yr", "month", "day")
_KINDS = {"1": "full", "2": "partial", "3": "process"}


@contextmanager
def _reading(path: Path) -> Iterator[None]:
    """Say which file it is that can't be read, and why."""
    try:
        yield
    except (OSError, ValueError, KeyError, csv.Error) as error:
        raise ExchangeError(f"{path.name} can't be read: {error}") from error


def _rows(path: Path, columns: str) -> Iterator[Row]:
    names, empty = columns.split(), True
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        lacking = sorted(set(names) - set(reader.fieldnames or ()))
        if lacking:
            raise ExchangeError(f"{path.name} has no column {', '.join(lacking)}")
        for row in reader:
            empty = False
            yield {name: (row[name] or "").strip() for name in names}
    if empty:
        raise ExchangeError(f"{path.name} has no rows")


def _runs(rows: list[Row]) -> Iterator[list[Row]]:
    """Part rows into runs of consecutive years."""
    begun = 0
    for place, (before, after) in enumerate(pairwise(rows), start=1):
        if int(after["year"]) > int(before["year"]) + 1:
            yield rows[begun:place]
            begun = place
    yield rows[begun:]


def _episode(run: list[Row], latest: int) -> Episode:
    first, last = int(run[0]["year"]), int(run[-1]["year"])
    ending = ENDINGS.get(run[-1]["outcome"], "")
    end = None
    if ending or last < latest:
        end = _american(run[-1]["ependdate"], last) or day(last)
    start = _american(run[0]["start_date2"], first) or day(first)
    types = [row["type_of_conflict"] for row in run]
    return Episode(
        dyad=run[0]["dyad_id"],
        conflict=run[0]["conflict_id"],
        first=first,
        last=last,
        start=start,
        # A few starts, known to the year only, are later than the end.
        end=None if end is None else max(start, end),
        ending=ending,
        internal=tuple(kind in {"3", "4"} for kind in types),
        foreign=tuple(kind == "4" for kind in types),
        severe=tuple(row["intensity_level"] == "2" for row in run),
    )


def _american(text: str, year: int) -> int | None:
    """Read month/day/year with two digits of a year that is not later than `year`."""
    parts = text.split("/")
    if len(parts) != 3:
        return None
    month, number, short = map(int, parts)
    return day(year - (year - short) % 100, month, number)


def _agreement(row: Row) -> Agreement:
    signed = date.fromisoformat(row["pa_date"]).toordinal()
    ended = date.fromisoformat(row["duration"]).toordinal() if row["duration"] else None
    over = row["ended"].lower() in {"true", "1"}
    return Agreement(
        conflict=_first(row["conflict_id"]),
        dyads=_names(row["dyad_id"]),
        signed=signed,
        ended=ended if over else None,
        # One end stands before its signature.
        dated=not over or (ended is not None and ended >= signed),
        kind=_KINDS[row["pa_type"]],
        third=bool(row["pa_3rd"]),
    )


def _ceasefire(rows: list[Row]) -> Ceasefire:
    row = rows[0]
    # Where sides left it on different days, it was over with the first of them.
    ends = {_moment(each, "end"): each["ended"] for each in reversed(rows)}
    known = [when for when in ends if when is not None and ends[when] in {"1", "2", "4"}]
    end = min(known, default=None)
    length = row["fixed_time"]
    conflicts = {each["ucdp_acd_id"] for each in rows} - {"", "0", "-1", "-2"}
    return Ceasefire(
        # Fighting that UCDP has no number for is told apart by country.
        conflict=min(conflicts, default=f"country {row['cc']}"),
        dyads=frozenset().union(*(_names(each["ucdp_dyad"]) for each in rows)),
        start=_moment(row, "cf_effect") or _moment(row, "cf_dec"),
        end=end,
        fate=FATES.get(row["ended"] if end is None else ends[end], ""),
        joint=row["side"] in {"2", "3"},
        mediated=_told(row["mediator_nego"]),
        term=_told(row["fixed"]),
        agreed_days=int(length) if length.isdecimal() and length != "0" else None,
        definitive=row["ceasefire_class"] == "3",
    )


def _moment(row: Row, of: str) -> int | None:
    """Return a day of three columns; the middle of its month where only that is known."""
    year, month, number = (int(row[f"{of}_{part}"] or 0) for part in _PARTS)
    if year <= 0 or month <= 0:
        return None
    return day(year, month, number if number > 0 else 15)


def _told(code: str) -> bool | None:
    return {"0": False, "1": True}.get(code)


def _names(text: str) -> frozenset[str]:
    parts: Iterable[str] = (part.strip() for part in text.split(","))
    return frozenset(part for part in parts if part not in {"", "0", "-1", "-2"})


def _first(text: str) -> str:
    return text.split(",")[0].strip()
