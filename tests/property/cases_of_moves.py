"""Random cases about moves: any options, rules, one-way and harmful options, and every form."""

from typing import Any

from hypothesis import assume
from hypothesis import strategies as st

from goodoffices.case import Case, check
from tests.moves.cases import conflict

NAMES = ("a", "b", "c", "d", "e")


def statements(names: tuple[str, ...]) -> st.SearchStrategy[str]:
    name = st.sampled_from(names)
    literal = st.one_of(name, name.map("not {}".format))
    joint = st.sampled_from([" and ", " or ", " if ", " iff "])
    return st.one_of(literal, st.tuples(literal, joint, literal).map("".join))


def scores() -> st.SearchStrategy[str | int]:
    whole = st.integers(-9, 9)
    spread = st.tuples(whole, whole).map(lambda pair: "{}..{}".format(*sorted(pair)))
    return st.one_of(whole, spread)


@st.composite
def preferences(draw: st.DrawFn, names: tuple[str, ...], uncertain: bool) -> dict[str, Any]:
    said = statements(names)
    kind = draw(st.sampled_from(["statements", "ranking", "scores"]))
    if kind == "statements":
        return {"statements": draw(st.lists(said, min_size=1, max_size=4))}
    if kind == "ranking":
        place = st.lists(said, min_size=1, max_size=2)
        return {"ranking": draw(st.lists(place, min_size=1, max_size=5))}
    number = scores() if uncertain else st.integers(-9, 9)
    return {"scores": draw(st.dictionaries(said, number, min_size=1, max_size=5))}


@st.composite
def cases_of_moves(draw: st.DrawFn, *, uncertain: bool = False) -> Case:
    """Two or three decision makers, two to five options, a checked case with an agreement."""
    size, count = draw(st.integers(2, 5)), draw(st.integers(2, 3))
    names = NAMES[:size]
    owners = [
        f"dm{k}" if k < count else f"dm{draw(st.integers(0, count - 1))}" for k in range(size)
    ]
    options: dict[str, Any] = {}
    for name, owner in zip(names, owners, strict=True):
        options[name] = {"by": owner, "taken": draw(st.booleans())}
        only = draw(st.sampled_from([None, None, "take", "drop"]))
        options[name] |= {"only": only} if only else {}
        options[name] |= {"harm": True} if draw(st.integers(0, 3)) == 0 else {}
    rules = draw(st.lists(statements(names), max_size=2))
    agreed = draw(statements(names))
    case = conflict(
        {
            "options": options,
            "rules": {f"r{n}": {"holds": rule} for n, rule in enumerate(rules)},
            "states": {"agreement": {"when": agreed, "one": draw(st.booleans())}},
            "preferences": {
                owner: draw(preferences(names, uncertain)) for owner in dict.fromkeys(owners)
            },
        }
    )
    assume(not any(fault.severity == "error" for fault in check(case)))
    return case
