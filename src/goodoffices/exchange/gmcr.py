"""Conflicts in the `.gmcr` files of graph model programs: one conflict as plain JSON.

Two forms are read, told apart by their fields. What GMCR+ saves has

- `options`: each with `name` and `permittedDirection` (`both`, `fwd`, `back`);
- `decisionMakers`: each with `name`, `options` (places in that list), `preferences` (conditions,
  the most important first) and `preferenceRanking` or `preferenceVector` (feasible states, numbered
  from 1 in ascending order, the most preferred first; a list within it is a tie);
- `infeasibles`: conditions; a condition is a list of pairs such as `[0, "Y"]`, or `compound` with
  `members` of which one must hold;
- `useManualPreferenceRanking` (once `...Vectors`): whether rankings count, or conditions.

The flat form, in which published conflicts are often passed on, has `options` (names), `owners`
(per decision maker its options' places), `direction`, `infeasible` (patterns such as `YY-`) and
`rankings_decimal_most_to_least` (states by their decimal number).

Written is the first form. An option belongs to one decision maker: a file in which it has two
owners is refused. Coalitions are left out, since all of them are looked at.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from goodoffices.case.model import Case
from goodoffices.errors import ExchangeError, Fault, clip
from goodoffices.exchange._gmcr_out import document, lost_in_gmcr
from goodoffices.exchange._xml import plain
from goodoffices.exchange.conflict import Conflict, ConflictOption, Ranking, states_of, to_case

__all__ = ["lost_in_gmcr", "read_gmcr", "write_gmcr"]

MOST_BYTES: Final = 5_000_000
MOST_CONDITIONS: Final = 10_000


def read_gmcr(path: str | Path) -> Case:
    """Return the case of a `.gmcr` file.

    Everything in it rests on an assumption that names the file. Raises `ExchangeError` that says
    where and what for what can't be read, or would be read wrongly.
    """
    place = Path(path)
    data = _load(place)
    if isinstance(data, list) and len(data) == 1:
        data = data[0]
    reader = _Reader(place)
    return to_case(
        reader.plus(data) if "decisionMakers" in reader.table(data) else reader.flat(data)
    )


def write_gmcr(case: Case, path: str | Path, *, lossy: bool = False) -> list[Path]:
    """Write the moves of a checked case as a `.gmcr` file; return its path.

    Raises `ExchangeError` that names everything `lost_in_gmcr` finds; with `lossy` it is written
    anyway: scores count by their central values, preferences `from: deals` by the form beside it.
    """
    lost = lost_in_gmcr(case)
    stop = [fault for fault in lost if fault.severity == "error" or not lossy]
    if stop:
        parts = f"{len(stop)} part{'s' * (len(stop) != 1)}"
        hint = "" if lossy else " (`--lossy`, in Python `lossy=True`, writes what can be said)"
        lines = "\n".join(f"  {fault}" for fault in stop)
        raise ExchangeError(f"{parts} of the case can't be said in a .gmcr file{hint}:\n{lines}")
    place = Path(path)
    if place.exists():
        raise ExchangeError(f"{clip(place)} exists already; name another file")
    text = json.dumps(document(case), indent=1, ensure_ascii=False)
    try:
        place.write_text(text + "\n", encoding="utf-8")
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise ExchangeError(f"{clip(place)}: can't be written ({why})") from None
    return [place]


def _load(place: Path) -> Any:
    try:
        # Anything but a plain file (a pipe, a device) could keep the reader waiting for ever.
        if not place.is_file():
            raise ExchangeError(f"{clip(place)}: there is no such file; check the name")
        with place.open("rb") as stream:
            raw = stream.read(MOST_BYTES + 1)
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise ExchangeError(f"{clip(place)}: can't be opened ({why})") from None
    if len(raw) > MOST_BYTES:
        raise ExchangeError(f"{place.name}: is larger than {MOST_BYTES // 1_000_000} MB")
    try:
        return json.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise ExchangeError(f"{place.name}: isn't UTF-8 text") from None
    except (ValueError, RecursionError) as error:
        raise ExchangeError(f"{place.name}: isn't JSON ({clip(error)})") from None


class _Reader:
    """Reads the parts of a file, and says where one can't be read."""

    def __init__(self, place: Path) -> None:
        self.file = place.name
        self.title = plain(place.stem) or "A conflict"

    def fault(self, where: str, what: str, mend: str = "") -> ExchangeError:
        return ExchangeError(f"{clip(self.file)}: {Fault(where=where, what=what, mend=mend)}")

    def table(self, data: Any, where: str = "the file") -> Mapping[str, Any]:
        if not isinstance(data, dict):
            raise self.fault(where, "isn't an object with fields")
        return data

    def items(self, data: Mapping[str, Any], key: str, *, needed: bool = True) -> list[Any]:
        found = data.get(key, None if needed else [])
        if not isinstance(found, list):
            raise self.fault(key, "isn't a list" if key in data else "missing")
        if len(found) > MOST_CONDITIONS:
            raise self.fault(key, f"has more than {MOST_CONDITIONS:,} items")
        return found

    def name(self, data: Any, where: str) -> str:
        if not isinstance(data, str) or not plain(data):
            raise self.fault(where, "isn't a name", "write text")
        return plain(data)

    def place(self, data: Any, count: int, where: str) -> int:
        if isinstance(data, bool) or not isinstance(data, int) or not 0 <= data < count:
            raise self.fault(where, f"{clip(data)} isn't a number from 0 to {count - 1}")
        return data

    def direction(self, data: Any, where: str) -> str:
        if data not in ("both", "fwd", "back"):
            raise self.fault(where, f'"{clip(data)}" is no direction', "write both, fwd or back")
        return str(data)

    def owners(self, owned: Sequence[Any], names: Sequence[str], dms: Sequence[str]) -> list[int]:
        """Return whose each option is, from the options of each decision maker."""
        found: dict[int, int] = {}
        for i, places in enumerate(owned):
            where = f"{dms[i]}: options"
            if not isinstance(places, list):
                raise self.fault(where, "isn't a list")
            for data in places:
                k = self.place(data, len(names), where)
                if found.get(k, i) != i:
                    what = f'"{clip(names[k])}" belongs to {clip(dms[found[k]])} too'
                    raise self.fault(where, what, "give each option to one decision maker")
                found[k] = i
        for k, name in enumerate(names):
            if k not in found:
                raise self.fault(f"options.{k}", f'"{clip(name)}" belongs to nobody')
        return [found[k] for k in range(len(names))]

    def plus(self, data: Mapping[str, Any]) -> Conflict:
        """Read what GMCR+ saves."""
        sides = [
            self.table(one, f"decisionMakers.{i}")
            for i, one in enumerate(self.items(data, "decisionMakers"))
        ]
        dms = [
            self.name(one.get("name"), f"decisionMakers.{i}.name") for i, one in enumerate(sides)
        ]
        told = [
            self.table(one, f"options.{k}") for k, one in enumerate(self.items(data, "options"))
        ]
        names = [self.name(one.get("name"), f"options.{k}.name") for k, one in enumerate(told)]
        owners = self.owners([one.get("options") for one in sides], names, dms)
        # The program sorts options by their owners before it numbers states.
        order = sorted(range(len(names)), key=lambda k: owners[k])
        options = tuple(
            ConflictOption(
                name=names[k],
                owner=owners[k],
                direction=self.direction(
                    told[k].get("permittedDirection", "both"), f"options.{k}.permittedDirection"
                ),
            )
            for k in order
        )
        new = {k: n for n, k in enumerate(order)}
        infeasible = [
            pattern
            for n, one in enumerate(self.items(data, "infeasibles", needed=False))
            for pattern in self.condition(one, new, f"infeasibles.{n}")
        ]
        conflict = Conflict(
            title=self.title,
            file=self.file,
            decision_makers=tuple(dms),
            options=options,
            infeasible=tuple(infeasible),
        )
        manual = data.get("useManualPreferenceRanking", data.get("useManualPreferenceVectors"))
        return self._preferring(conflict, sides, new, manual=bool(manual))

    def _preferring(
        self,
        conflict: Conflict,
        sides: Sequence[Mapping[str, Any]],
        new: Mapping[int, int],
        *,
        manual: bool,
    ) -> Conflict:
        rankings: list[Ranking | None] = []
        statements: list[tuple[tuple[str, ...], ...]] = []
        for side, name in zip(sides, conflict.decision_makers, strict=True):
            if side.get("misperceptions"):
                what = "a case has no states that one side doesn't see"
                raise self.fault(f"{name}: misperceptions", what, "remove them")
            key = next((k for k in ("preferenceRanking", "preferenceVector") if k in side), None)
            if manual and key is not None:
                states = states_of(conflict).tolist()
                rankings.append(self.ranking(side[key], dict(enumerate(states, 1)), name))
                statements.append(())
                continue
            rankings.append(None)
            conditions = self.items(side, "preferences", needed=False)
            statements.append(
                tuple(
                    self.condition(one, new, f"{name}: preferences.{n}")
                    for n, one in enumerate(conditions)
                )
            )
        return replace(conflict, rankings=tuple(rankings), statements=tuple(statements))

    def condition(self, data: Any, new: Mapping[int, int], where: str) -> tuple[str, ...]:
        """Return the patterns of which one must fit."""
        members = self.items(data, "members") if isinstance(data, dict) else [data]
        return tuple(self.pattern(one, new, where) for one in members)

    def pattern(self, data: Any, new: Mapping[int, int], where: str) -> str:
        """Return the pattern that a list of pairs says."""
        pairs = data if isinstance(data, list) and data else [None]
        signs = ["-"] * len(new)
        for pair in pairs:
            if not isinstance(pair, list) or len(pair) != 2 or pair[1] not in ("Y", "N"):
                raise self.fault(where, "isn't a condition", 'write pairs such as [0, "Y"]')
            signs[new[self.place(pair[0], len(new), where)]] = pair[1]
        return "".join(signs)

    def ranking(self, data: Any, states: Mapping[int, int], name: str) -> Ranking:
        """Return a ranking by decimal numbers, every state once."""
        where = f"{name}: ranking"
        if not isinstance(data, list):
            raise self.fault(where, "isn't a list")
        places: list[tuple[int, ...]] = []
        left = set(states)
        for entry in data:
            place = entry if isinstance(entry, list) else [entry]
            for state in place:
                if isinstance(state, bool) or not isinstance(state, int) or state not in states:
                    raise self.fault(where, f"{clip(state)} isn't one of its {len(states)} states")
                if state not in left:
                    raise self.fault(where, f"state {state} stands there twice", "take one out")
                left.remove(state)
            if place:
                places.append(tuple(states[state] for state in place))
        if left:
            missing = clip(", ".join(map(str, sorted(left))), 80)
            raise self.fault(where, f"{len(left)} states are missing ({missing})", "rank them too")
        return tuple(places)

    def flat(self, data: Mapping[str, Any]) -> Conflict:
        """Read the flat form."""
        names = [
            self.name(one, f"options.{k}") for k, one in enumerate(self.items(data, "options"))
        ]
        owned = self.items(data, "owners")
        told = self.items(data, "decision_makers", needed=False)
        dms = [
            self.name(one, f"decision_makers.{i}")
            for i, one in enumerate(told or [f"Decision maker {i + 1}" for i in range(len(owned))])
        ]
        if len(dms) != len(owned):
            raise self.fault("decision_makers", f"{len(dms)} names for {len(owned)} owners")
        directions = self.items(data, "direction", needed=False) or ["both"] * len(names)
        if len(directions) != len(names):
            raise self.fault("direction", f"{len(directions)} for {len(names)} options")
        owners = self.owners(owned, names, dms)
        conflict = Conflict(
            title=plain(str(data.get("name", ""))) or self.title,
            file=self.file,
            decision_makers=tuple(dms),
            options=tuple(
                ConflictOption(
                    name=name, owner=owners[k], direction=self.direction(directions[k], "direction")
                )
                for k, name in enumerate(names)
            ),
            infeasible=tuple(
                self.name(one, "infeasible") for one in self.items(data, "infeasible", needed=False)
            ),
        )
        every = {state: state for state in states_of(conflict).tolist()}
        rankings = self.items(data, "rankings_decimal_most_to_least")
        if len(rankings) != len(dms):
            raise self.fault("rankings", f"{len(rankings)} for {len(dms)} decision makers")
        ranked = tuple(self.ranking(one, every, dms[i]) for i, one in enumerate(rankings))
        return replace(conflict, rankings=ranked)
