"""Dotted paths into plain data: found, set, removed, or refused with the nearest name."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.case.paths import MOST_HINTS, MOST_LENGTH, MOST_NAMES, at_path, put

DATA: dict[str, Any] = {
    "title": "Truce",
    "issues": {"line": {"name": "The line", "options": {"0.5": "Half", "1": "All"}}},
    "empty": {},
    "none": None,
    "list": ["a"],
}


def data() -> dict[str, Any]:
    return copy.deepcopy(DATA)


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("title", "Truce"),
        ("issues.line.name", "The line"),
        ("issues.line.options.0.5", "Half"),
        ("issues.line.options.1", "All"),
        ("issues.line.options", {"0.5": "Half", "1": "All"}),
        ("empty", {}),
        ("none", None),
        ("none.more", None),
        ("list.0", None),
        ("title.more", None),
        ("issues.lime", None),
        ("issues.line.options.0", None),
        ("issues.line.options.0.5.more", None),
        ("", None),
        (".", None),
        ("issues..line", None),
    ],
)
def test_what_stands_at_a_path_is_found(path: str, found: object) -> None:
    assert at_path(data(), path) == found


def test_of_two_names_that_a_path_spells_the_longest_counts() -> None:
    both = {"a": {"b": 1}, "a.b": 2}
    assert at_path(both, "a.b") == 2
    put(both, "a.b", 3)
    assert both == {"a": {"b": 1}, "a.b": 3}


@pytest.mark.parametrize(
    "path", ["title", "new", "issues.line.new", "issues.line.options.0.5", "empty.new", "none"]
)
def test_a_path_is_set_and_nothing_beside_it(path: str) -> None:
    changed = data()
    assert put(changed, path, 7) is None
    assert at_path(changed, path) == 7
    assert put(changed, path, None, remove=True) is None
    assert at_path(changed, path) is None
    expected = data()
    put(expected, path, None)
    put(expected, path, None, remove=True)
    assert changed == expected


@pytest.mark.parametrize("name", ["0.25", "-1.5", "10.0"])
def test_a_new_number_with_a_dot_is_one_name(name: str) -> None:
    changed = data()
    assert put(changed, f"issues.line.options.{name}", 7) is None
    assert changed["issues"]["line"]["options"][name] == 7


@pytest.mark.parametrize(
    ("path", "what", "mend"),
    [
        ("issues.lime.name", '"issues.lime.name" is not in the case',
         'did you mean "issues.line.name"?'),
        ("isues.line.options.0.5", '"isues.line.options.0.5" is not in the case',
         'did you mean "issues.line.options.0.5"?'),
        ("issues.zzz.name", '"issues.zzz.name" is not in the case',
         "only the last part of a path may be new"),
        ("title.more", '"title.more" is not in the case',
         '"title" has no parts; set it as a whole'),
        ("issues.line.options.0.5.more", '"issues.line.options.0.5.more" is not in the case',
         '"issues.line.options.0.5" has no parts; set it as a whole'),
        ("list.0", '"list.0" is not in the case', '"list" has no parts; set it as a whole'),
        ("a.1.5", '"a.1.5" is not in the case', "only the last part of a path may be new"),
        ("x" * (MOST_LENGTH + 1), f'"{"x" * 29}…" is no path of a case',
         "write it as demands.corridor.firmness"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_how_to_mend_and_nothing_is_changed(
    path: str, what: str, mend: str
) -> None:
    changed = data()
    assert put(changed, path, 7) == (what, mend)
    assert changed == DATA


def test_the_longest_path_may_be_set() -> None:
    name = "x" * MOST_LENGTH
    changed = data()
    assert put(changed, name, 7) is None
    assert changed[name] == 7


def test_what_is_not_there_cannot_be_removed() -> None:
    changed = data()
    for path in ("new", "issues.new", "issues.line.options.0.25"):
        found = put(changed, path, None, remove=True)
        assert found is not None
        assert found[0] == f'"{path}" is not in the case'
    assert changed == DATA


def test_without_a_hint_no_near_name_is_looked_for() -> None:
    assert put(data(), "issues.lime.name", 7, hint=False) == (
        '"issues.lime.name" is not in the case', "only the last part of a path may be new",
    )  # fmt: skip
    assert MOST_HINTS > 0


def test_a_near_name_is_looked_for_among_so_many_only() -> None:
    many = {f"q{k}": {} for k in range(MOST_NAMES)} | {"near-name": {}}
    assert put(many, "near-nane.x", 7) == (
        '"near-nane.x" is not in the case', "only the last part of a path may be new",
    )  # fmt: skip


NAMES = st.sampled_from(["a", "b", "0", "5", "0.5", "", "title"])
TREES = st.recursive(
    st.none() | st.integers(),
    lambda below: st.dictionaries(NAMES, below, max_size=3),
    max_leaves=12,
)


@given(
    st.dictionaries(NAMES, TREES, max_size=4),
    st.lists(NAMES, min_size=1, max_size=4).map(".".join),
)
def test_a_path_that_was_set_is_found_and_one_that_was_refused_changed_nothing(
    tree: dict[str, Any], path: str
) -> None:
    changed = copy.deepcopy(tree)
    wrong = put(changed, path, "new")
    if wrong is None:
        assert at_path(changed, path) == "new"
    else:
        assert changed == tree
        assert all(wrong)
    again = copy.deepcopy(changed)
    gone = put(changed, path, None, remove=True)
    assert gone is None or changed == again
