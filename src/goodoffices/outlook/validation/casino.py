"""Bargaining solutions against real deals: the CaSiNo campsite negotiations.

Users supply their own copy of the data (Chawla, Ramirez, Clever, Lucas, May and Gratch 2021,
CaSiNo: A corpus of campsite negotiation dialogues for automatic negotiation systems, NAACL 2021;
CC BY 4.0). Two neighbours share 3 items each of food, water and firewood. An item of the kind that
a person needs most gives 5 points, the next 4, the last 3; walking away gives 5 points in all.

Every way to share, 4³ = 64 of them, is a package; the solutions are those of the deals lens.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from goodoffices.deals.frontier import undominated
from goodoffices.deals.solutions import solve
from goodoffices.errors import ExchangeError
from goodoffices.outlook.validation.resample import Measure, measures

__all__ = ["ITEMS", "POINTS", "Casino", "Talk", "meaning", "read_talks", "validate_casino"]

Floats = NDArray[np.float64]

ITEMS = ("Food", "Water", "Firewood")
OF_EACH = 3
POINTS = {"High": 5.0, "Medium": 4.0, "Low": 3.0}
WALK_AWAY = 5.0
FILES = ("casino_train.json", "casino_valid.json")
SHARES = np.array(list(itertools.product(range(OF_EACH + 1), repeat=len(ITEMS))), dtype=np.float64)
"""Shape (64, 3): how many items of each kind the first person gets."""


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Talk:
    """One negotiation that ended in a deal."""

    worth: Floats
    """Shape (2, 3): points that an item of each kind gives to each person."""
    got: Floats
    """Shape (2, 3): items that each person got."""

    @property
    def values(self) -> Floats:
        """Points of both for every way to share, shape (64, 2)."""
        first, second = self.worth
        return np.column_stack([SHARES @ first, (OF_EACH - SHARES) @ second])

    @property
    def deal(self) -> Floats:
        """Points of both for the deal, shape (2,)."""
        return np.asarray((self.worth * self.got).sum(axis=1))


@dataclass(frozen=True, kw_only=True, slots=True)
class Casino:
    """How efficient the deals are, and how near the bargaining solutions come to them."""

    talks: int
    """Negotiations in the files; those that were broken off can't be compared."""
    deals: int
    efficient: Measure
    """Share of deals that nobody could better without the other losing."""
    lost: Measure
    """Points that both together leave on the table: the largest sum at no loss to either."""
    distances: tuple[Measure, ...]
    """Points per person between a solution and the deal; the mean over what a solution ties, and
    for comparison over all shares, and all efficient ones, that meet the walk-aways."""
    named: tuple[Measure, ...]
    """Share of deals whose points a solution names; the share of its ties where it names several.
    """
    seed: int
    resamples: int


def validate_casino(path: Path, *, seed: int = 1, resamples: int = 2000) -> Casino:
    """Compare deals with the bargaining solutions over all ways to share.

    `path` is a file, or a folder with the training and validation files. With u the two persons'
    points for the deal and v for a solution, the distance is (|u_1 - v_1| + |u_2 - v_2|) / 2.
    Intervals are at 95 %, from drawing negotiations anew.

    Raises ExchangeError if a file can't be read or there is no deal in it.
    """
    count, talks = read_talks(path)
    efficient, lost = zip(*map(_efficiency, talks), strict=True)
    references = [_references(talk) for talk in talks]
    groups = np.arange(len(talks))

    def measured(columns: Mapping[str, Any]) -> tuple[Measure, ...]:
        return measures(columns, groups, resamples=resamples, seed=seed)

    def each(rule: Callable[[Floats, Floats], float]) -> tuple[Measure, ...]:
        pairs = list(zip(references, talks, strict=True))
        return measured({n: [rule(r[n], t.deal) for r, t in pairs] for n in references[0]})

    shares = measured({"efficient": efficient, "points lost": lost})
    return Casino(
        talks=count,
        deals=len(talks),
        efficient=shares[0],
        lost=shares[1],
        distances=each(lambda points, deal: float(np.abs(points - deal).mean())),
        named=each(lambda points, deal: float((points == deal).all(axis=1).mean())),
        seed=seed,
        resamples=resamples,
    )


def meaning(found: Casino) -> tuple[str, ...]:
    """Return in sentences what the figures say can be predicted, and what can't."""
    apart = {measure.name: measure.value for measure in found.distances}
    *rules, anything, efficient = apart
    near, far = min(rules, key=apart.__getitem__), max(rules, key=apart.__getitem__)
    share = (
        f"{100 * found.efficient.value:.0f} % of the deals are efficient; both persons together "
        f"leave {found.lost.value:.1f} points on the table on average."
    )
    distance = (
        f"The nearest solution ({near}) is {apart[near]:.1f} points per person from the deal, the "
        f"farthest ({far}) {apart[far]:.1f}; any share that both could sign {apart[anything]:.1f}, "
        f"and any efficient one {apart[efficient]:.1f}."
    )
    limits = (
        "So a fair point says roughly where two people end who know their own needs, and seldom "
        "exactly. These are strangers who share camping goods, not parties to a conflict."
    )
    return share, distance, limits


# Reading.


def read_talks(path: Path) -> tuple[int, tuple[Talk, ...]]:
    """Return the number of negotiations, and those that ended in a deal on every item.

    Raises ExchangeError if a file can't be read, or if there is no deal.
    """
    files = [path / name for name in FILES if (path / name).exists()] if path.is_dir() else [path]
    records = list(itertools.chain.from_iterable(map(_records, files)))
    try:
        talks = tuple(talk for record in records if (talk := _talk(record)) is not None)
    except (KeyError, TypeError, ValueError) as error:
        raise ExchangeError(f"{path.name}: a negotiation lacks or misstates {error}") from None
    if not talks:
        raise ExchangeError(f"{path.name}: no deal in it; give {' or '.join(FILES)} of CaSiNo")
    return len(records), talks


def _records(path: Path) -> list[dict[str, Any]]:
    try:
        records = json.loads(path.read_text(encoding="utf-8"))
        known = {"chat_logs", "participant_info"}
        if not isinstance(records, list) or not all(known <= set(record) for record in records):
            raise ValueError("not a list of negotiations")
    except (OSError, ValueError, TypeError) as error:
        raise ExchangeError(f"{path.name}: can't be read as CaSiNo: {error}") from None
    return records


def _talk(record: Mapping[str, Any]) -> Talk | None:
    """Return a negotiation that ended in a deal; the last offer before it was accepted."""
    said = record["chat_logs"]
    if len(said) < 2 or [one["text"] for one in said[-2:]] != ["Submit-Deal", "Accept-Deal"]:
        return None
    offer = said[-2]
    persons = sorted(record["participant_info"], key=lambda person: person != offer["id"])
    sides = ("issue2youget", "issue2theyget")
    got = [[float(offer["task_data"][side][item]) for item in ITEMS] for side in sides]
    return Talk(
        worth=np.array([_worth(record["participant_info"][person]) for person in persons]),
        got=np.array(got),
    )


def _worth(person: Mapping[str, Any]) -> list[float]:
    points = {item: POINTS[priority] for priority, item in person["value2issue"].items()}
    return [points[item] for item in ITEMS]


# Comparing.


def _efficiency(talk: Talk) -> tuple[bool, float]:
    """Return whether the deal is efficient, and by how much both could gain at no loss."""
    no_worse = talk.values[(talk.values >= talk.deal).all(axis=1)]
    lost = float(no_worse.sum(axis=1).max() - talk.deal.sum())
    return lost == 0, lost


def _references(talk: Talk) -> dict[str, Floats]:
    """Return the points that each solution, and each comparison, may end at, by name."""
    signed = talk.values[(talk.values >= WALK_AWAY).all(axis=1)]
    solutions = solve(signed, np.full(2, WALK_AWAY))
    found = {solution.name: signed[list(solution.points)] for solution in solutions}
    return found | {"any share": signed, "any efficient share": signed[undominated(signed)]}
