import datetime as dt
from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.case.basis import Id, Ids, Picks
from goodoffices.case.model import Position
from goodoffices.case.quantity import Probability, Value
from goodoffices.handover._forms import Cell, Form, Unreadable, decoded, encoded, form_of
from tests.case.strategies import ANYTHING, ids, texts


@pytest.mark.parametrize(
    ("kind", "form"),
    [
        (str, "text"),
        (Id, "text"),
        (str | None, "text"),
        (Literal["a", "b"], "text"),
        (Literal[1], "place"),
        (str | int | None, "place"),
        (Probability, "quantity"),
        (Value | None, "quantity"),
        (bool | None, "flag"),
        (int, "number"),
        (float, "number"),
        (dt.date | None, "day"),
        (Ids, "list"),
        (tuple[str, ...], "list"),
        (tuple[tuple[str, ...], ...], "data"),
        (Picks, "picks"),
        (dict[str, Any], "map"),
        (tuple[Position, ...], "data"),
    ],
    # A type may show an address, which differs from process to process.
    ids=map(str, range(18)),
)
def test_a_field_takes_the_form_of_its_type(kind: Any, form: Form) -> None:
    assert form_of(kind) == form


@pytest.mark.parametrize(
    ("value", "form", "cell"),
    [
        ("North", "text", "North"),
        ("=1+1", "text", "=1+1"),
        ("", "text", '\\""'),
        ("  ", "text", '\\"  "'),
        ("\\n", "text", '\\"\\\\n"'),
        ("two\nlines", "text", "two\nlines"),
        ("a\u0085b", "text", '\\"a\\u0085b"'),
        (14, "text", 14),
        (40, "quantity", 40),
        (0.5, "quantity", 0.5),
        (4.0, "quantity", "4.0"),
        (1e-07, "quantity", "1e-07"),
        (0.6817096968217261, "quantity", "0.6817096968217261"),
        ("30..40..55", "quantity", "30..40..55"),
        ("unlikely", "quantity", "unlikely"),
        (None, "quantity", "null"),
        (True, "flag", "TRUE"),
        (False, "flag", "FALSE"),
        (["north", "south"], "list", "north, south"),
        ([14, 7], "list", "14, 7"),
        (["a, b", "c"], "list", '["a, b", "c"]'),
        ([], "list", "[]"),
        ([""], "list", '[""]'),
        ({"line": ["below 14"]}, "picks", "line: below 14"),
        ({"line": ["below 14"], "on": [False]}, "map", "line: [below 14], on: [false]"),
        ({"line": ["a", "b"], "aid": [3]}, "picks", "line: [a, b], aid: 3"),
        ({}, "map", "{}"),
        ([["a"], ["b", "c"]], "data", "[[a], [b, c]]"),
        (3, "place", 3),
        ("3", "place", "3"),
    ],
    ids=repr,
)
def test_a_value_stands_in_its_cell_as_people_would_type_it(
    value: Any, form: Form, cell: Cell
) -> None:
    assert encoded(value, form) == cell
    assert type(encoded(value, form)) is type(cell)


@given(texts(200))
def test_any_text_comes_back_from_its_cell(text: str) -> None:
    cell = encoded(text, "text")
    assert isinstance(cell, str)
    assert cell.strip()
    assert decoded(cell, "text") == text


@given(st.text(max_size=30))
def test_even_a_text_with_control_signs_comes_back_and_its_cell_has_none(text: str) -> None:
    cell = str(encoded(text, "text"))
    assert not any(ord(sign) < 32 and sign not in "\t\n" for sign in cell)
    assert decoded(cell, "text") == text


@given(st.lists(texts(12), max_size=4))
def test_any_list_comes_back_from_its_cell(items: list[str]) -> None:
    assert decoded(encoded(items, "list"), "list") == items


@given(st.dictionaries(ids(), st.lists(texts(12), min_size=2, max_size=3), max_size=3))
def test_any_map_comes_back_from_its_cell(picks: dict[str, list[str]]) -> None:
    assert decoded(encoded(picks, "picks"), "picks") == picks


@given(st.dictionaries(ids(), ANYTHING, max_size=3))
def test_whatever_a_scenario_sets_comes_back_from_its_cell(given: dict[str, Any]) -> None:
    assert repr(decoded(encoded(given, "map"), "map")) == repr(given)


@given(st.integers(-(10**18), 10**18) | st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_comes_back_to_its_last_digit(number: float) -> None:
    assert str(decoded(encoded(number, "quantity"), "quantity")) == str(number)


@pytest.mark.parametrize(
    ("cell", "form", "value"),
    [
        (2024, "text", "2024"),
        (2024.0, "text", "2024"),
        (3.5, "text", "3.5"),
        (True, "text", "TRUE"),
        (3.0, "place", 3),
        ("¶3", "place", "¶3"),
        (" 30..50 ", "quantity", "30..50"),
        ("12", "number", 12),
        ("0.5", "number", 0.5),
        ("twelve", "number", "twelve"),
        ("yes", "flag", True),
        ("No", "flag", False),
        (True, "flag", True),
        (0, "flag", False),
        ("perhaps", "flag", "perhaps"),
        ("north,south , ", "list", ["north", "south"]),
        (14, "list", ["14"]),
        ("{line: 14}", "map", {"line": 14}),
        ("line: [a, b]", "map", {"line": ["a", "b"]}),
        (dt.datetime(2024, 8, 31, tzinfo=dt.UTC), "day", "2024-08-31"),
        (dt.date(2024, 8, 31), "dated", "2024-08-31"),
    ],
    ids=repr,
)
def test_what_a_person_types_is_understood(cell: Any, form: Form, value: Any) -> None:
    found = decoded(cell, form)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    ("cell", "form", "what"),
    [
        ("line below 14", "map", '"line below 14" has no colon'),
        ("line: [a", "map", '"line: [a" cannot be read'),
        ("[a, b", "list", '"[a, b" cannot be read'),
        ("\\oops", "text", '"\\oops" begins with a backslash'),
        ('\\"open', "text", "begins with a backslash"),
        ("\\12", "text", "begins with a backslash"),
        ("a, b", "data", '"a, b" is more than one thing'),
        ("a: 1} , {b: 2", "map", "cannot be read"),
    ],
    ids=repr,
)
def test_a_cell_that_cannot_be_read_says_what_and_how_to_mend_it(
    cell: str, form: Form, what: str
) -> None:
    with pytest.raises(Unreadable) as caught:
        decoded(cell, form)
    assert what in caught.value.what
    assert caught.value.mend.startswith("write")
