"""Cases for the tests of the deals lens: small ones made by hand, and random ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hypothesis import strategies as st

from goodoffices.case.model import Case

Raw = dict[str, Any]
SAID = {"assumed": "test"}


def issue(*options: str, **more: Any) -> Raw:
    """Return an issue with these options; a range where there is one `0..10`."""
    kind: Raw = {"range": options[0]} if ".." in options[0] else {"options": list(options)}
    return {"name": "issue", **kind, **SAID, **more}


def party(role: str = "principal", **more: Any) -> Raw:
    return {"name": "party", "role": role, **SAID, **more}


def stance(weight: object, *values: object, options: Sequence[str] = "xyz") -> Raw:
    """Return a position: its weight, and values of the options x, y, z (None: left out)."""
    given = {o: v for o, v in zip(options, values, strict=False) if v is not None}
    return {"weight": weight, "values": given, **SAID}


def walk_away(by: str, value: object, **more: Any) -> Raw:
    return {"by": by, "kind": "walk-away", "name": "walk-away", "value": value, **SAID, **more}


def red_line(by: str, firmness: object = 1, **refuses: object) -> Raw:
    return {
        "by": by, "kind": "red line", "name": "red line", "refuses": refuses,
        "firmness": firmness, **SAID,
    }  # fmt: skip


def precondition(by: str, firmness: object = 1, **requires: object) -> Raw:
    return {
        "by": by, "kind": "precondition", "name": "precondition", "requires": requires,
        "firmness": firmness, **SAID,
    }  # fmt: skip


def case(
    issues: Mapping[str, Raw],
    positions: Mapping[str, Mapping[str, Raw]],
    demands: Mapping[str, Raw] | None = None,
    **more: Any,
) -> Case:
    """Return a case; every key of `positions` is a principal unless `parties` says otherwise."""
    raw = {"goodoffices": 1, "title": "A test", "parties": {key: party() for key in positions}}
    raw |= {"issues": issues, "positions": positions, "demands": demands or {}} | more
    return Case.model_validate(raw)


def linkage(**more: Any) -> Raw:
    return {**more, **SAID}


def trade(east: object = 40, west: object = 40, **more: Any) -> Case:
    """Return two parties and two issues, each caring most about another one.

    Values (east, west) of land and aid: xx 75 75, xy 100 0, yx 0 100, yy 25 25.
    """
    return case(
        {"land": issue("x", "y"), "aid": issue("x", "y")},
        {
            "east": {"land": stance(75, 100, 0), "aid": stance(25, 0, 100)},
            "west": {"land": stance(25, 0, 100), "aid": stance(75, 100, 0)},
        },
        {"east-walks": walk_away("east", east), "west-walks": walk_away("west", west)},
        **more,
    )


def opposed(east: object = 60, west: object = 60) -> Case:
    """Return two parties and one issue; what one gains the other loses: 100, 50, 0."""
    return case(
        {"border": issue("x", "y", "z")},
        {
            "east": {"border": stance(100, 100, 50, 0)},
            "west": {"border": stance(100, 0, 50, 100)},
        },
        {"east-walks": walk_away("east", east), "west-walks": walk_away("west", west)},
    )


# --- Random cases ---------------------------------------------------------------------------------

# Few and round numbers, so that ties are common and sums of them exact.
NUMBERS = st.sampled_from([0, 25, 50, 50, 75, 100])
RANGES = st.sampled_from(["0..100", "25..75", "0..50", "20..60..90", "unknown", None])
CHANCES = st.sampled_from([0, 0.25, 0.5, 1, 1, "0.2..0.8", "50..75..100%", "likely", None])
LEAST = st.sampled_from([0, 10, 25, 40, 50, 60, "20..60", "0..30..90", None])
POINTS = st.sampled_from([5, -10, 20, "-5..15", "0..10..30", None])


@st.composite
def cases(draw: st.DrawFn, *, certain: bool = False, packages: int = 48) -> Case:
    """Return a random case of 2 to 5 parties; `certain`: without any uncertain number."""
    issues = draw(_issues(packages))
    options = {key: list(_ids(raw)) for key, raw in issues.items()}
    parties = draw(_parties())
    homes = {f: p for p, raw in parties.items() for f in raw.get("factions", {})}
    positions = {}
    for actor in [*parties, *homes]:
        if draw(st.integers(0, 9)) > (1 if actor in parties else 6):
            positions[actor] = draw(_positions(issues, certain))
    return Case.model_validate(
        {
            "goodoffices": 1,
            "title": "A random case",
            "parties": parties,
            "issues": issues,
            "positions": positions if not certain else _filled(positions, parties, issues),
            "demands": draw(_demands([*parties, *homes], options, certain)),
            "linkages": draw(_linkages([*parties, *homes], options, certain)),
            "trust": {"faith": {"who": "a", "whom": "b", "kept": _sure(draw, certain), **SAID}},
            "promises": draw(_promises([*parties, *homes], options, certain)),
        }
    )


def _ids(raw: Raw) -> list[str]:
    return raw["options"] if "options" in raw else [str(n) for n in range(0, 41, 10)]


def _sure(draw: st.DrawFn, certain: bool) -> object:
    return draw(st.sampled_from([0, 0.25, 0.5, 1]) if certain else CHANCES)


@st.composite
def _issues(draw: st.DrawFn, packages: int) -> dict[str, Raw]:
    found: dict[str, Raw] = {}
    left = packages
    for key in "klmno"[: draw(st.integers(1, 5))]:
        numeric = left >= 5 and draw(st.integers(0, 4)) == 0
        count = 5 if numeric else min(left, draw(st.integers(1, 4)))
        raw = issue("0..40", step=10) if numeric else issue(*"xyzw"[:count])
        if draw(st.integers(0, 7)) == 0:
            raw["agreed"] = draw(st.sampled_from(_ids(raw)))
        else:
            left //= count
        found[key] = raw
    return found


@st.composite
def _parties(draw: st.DrawFn) -> dict[str, Raw]:
    found = {}
    for n, key in enumerate("abcde"[: draw(st.integers(2, 5))]):
        role = "principal" if n < 2 else draw(st.sampled_from(["principal", "mediator", "spoiler"]))
        found[key] = party(role)
        if role == "spoiler":
            found[key]["must_accept"] = draw(st.booleans())
        if draw(st.integers(0, 3)) == 0:
            found[key]["factions"] = {
                f"{key}{f}": {"name": "faction", "veto": draw(st.booleans())}
                for f in range(draw(st.integers(1, 2)))
            }
    return found


@st.composite
def _positions(draw: st.DrawFn, issues: dict[str, Raw], certain: bool) -> dict[str, Raw]:
    """Return positions; some care about one issue only, some not at all."""
    keys = list(issues)
    style = draw(st.sampled_from(["even", "one", "indifferent", *(["loose"] * 2 * (not certain))]))
    only = draw(st.sampled_from(keys))
    found = {}
    for n, key in enumerate(keys):
        weight: object = 100 // len(keys) if n else 100 - 100 // len(keys) * (len(keys) - 1)
        if style == "one":
            weight = 100 if key == only else 0
        if style == "loose":
            weight = draw(st.sampled_from([20, "10..40", "0..20..60", None]))
        numbers = NUMBERS if certain else st.one_of(NUMBERS, NUMBERS, RANGES)
        values = {o: 50 if style == "indifferent" else draw(numbers) for o in _ids(issues[key])}
        if "range" in issues[key]:
            values = {o: v for o, v in values.items() if o in {"0", "20", "40"}}
        elif not certain and draw(st.integers(0, 9)) == 0:
            values.pop(draw(st.sampled_from(list(values))))
        found[key] = {"weight": weight, "values": values, **SAID}
    if not certain and len(found) > 1 and draw(st.integers(0, 5)) == 0:
        found.pop(draw(st.sampled_from(keys)))
    return found


def _filled(
    positions: dict[str, dict[str, Raw]], parties: dict[str, Raw], issues: dict[str, Raw]
) -> dict[str, dict[str, Raw]]:
    """Let a party without positions care about nothing, since a blank would be unknown."""
    share = 100 / len(issues)
    blank = {
        key: {"weight": share, "values": dict.fromkeys(_ids(raw), 50), **SAID}
        for key, raw in issues.items()
    }
    return {**{key: blank for key in parties if key not in positions}, **positions}


@st.composite
def _picks(
    draw: st.DrawFn, options: dict[str, list[str]], most: int, without: Sequence[str] = ()
) -> dict[str, list[str]]:
    keys = [key for key in options if key not in without]
    chosen = draw(st.lists(st.sampled_from(keys), min_size=1, max_size=most, unique=True))
    return {
        key: draw(st.lists(st.sampled_from(options[key]), min_size=1, max_size=2, unique=True))
        for key in chosen
    }


@st.composite
def _demands(
    draw: st.DrawFn, actors: list[str], options: dict[str, list[str]], certain: bool
) -> dict[str, Raw]:
    found = {}
    for actor in actors:
        if draw(st.integers(0, 3)):
            least = draw(st.sampled_from([0, 10, 25, 40, 50]) if certain else LEAST)
            firm = {} if draw(st.booleans()) else {"firmness": 1 if certain else draw(CHANCES)}
            found[f"{actor}-walks"] = walk_away(actor, least, **firm)
    for n in range(draw(st.integers(0, 3))):
        make = draw(st.sampled_from([red_line, precondition]))
        firmness = draw(st.sampled_from([0, 1, 1]) if certain else CHANCES)
        picks = draw(_picks(options, most=2))
        found[f"d{n}"] = make(draw(st.sampled_from(actors)), firmness, **picks)
    return found


@st.composite
def _linkages(
    draw: st.DrawFn, actors: list[str], options: dict[str, list[str]], certain: bool
) -> dict[str, Raw]:
    found = {}
    for n in range(draw(st.integers(0, 2)) if len(options) > 1 else 0):
        when = draw(_picks(options, most=1))
        kind = draw(st.sampled_from(["requires", "excludes", "bonus"]))
        effect: object = draw(_picks(options, most=2, without=list(when)))
        if kind == "bonus":
            when |= draw(_picks(options, most=1))
            points = st.sampled_from([5, -10, 20]) if certain else POINTS
            effect = {draw(st.sampled_from(actors)): draw(points)}
        found[f"tie{n}"] = linkage(when=when, **{kind: effect})
    return found


@st.composite
def _promises(
    draw: st.DrawFn, actors: list[str], options: dict[str, list[str]], certain: bool
) -> dict[str, Raw]:
    found = {}
    for n in range(draw(st.integers(0, 2))):
        receivers = draw(st.lists(st.sampled_from(actors), min_size=1, max_size=2, unique=True))
        raw: Raw = {"by": "a", "to": receivers, "delivers": draw(_picks(options, most=2)), **SAID}
        raw |= {"trust": "faith"} if draw(st.booleans()) else {"kept": _sure(draw, certain)}
        if draw(st.booleans()):
            by = draw(st.sampled_from(list(options)))
            under = draw(st.lists(st.sampled_from(options[by]), min_size=1, unique=True))
            raw["guarantee"] = {"issue": by, "kept": {o: _sure(draw, certain) for o in under}}
        found[f"p{n}"] = raw
    return found
