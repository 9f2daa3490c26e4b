import inspect
import re
import time

import pytest

from goodoffices import errors
from goodoffices.errors import (
    CaseError,
    CaseFileError,
    ExchangeError,
    Fault,
    GoodOfficesError,
    Interrupted,
    ModelError,
    QuantityError,
    ScenarioError,
    clip,
    nearest,
)


@pytest.mark.parametrize(
    "kind",
    [
        CaseError,
        CaseFileError,
        ExchangeError,
        Interrupted,
        ModelError,
        QuantityError,
        ScenarioError,
    ],
)
def test_whoever_catches_the_root_catches_everything(kind: type[Exception]) -> None:
    assert issubclass(kind, GoodOfficesError)


def test_a_file_that_cannot_be_read_is_a_case_that_cannot_be_used() -> None:
    assert issubclass(CaseFileError, CaseError)


def test_a_quantity_that_cannot_be_read_is_a_value_error_too() -> None:
    assert issubclass(QuantityError, ValueError)


def test_the_tree_at_the_top_of_the_module_shows_every_error() -> None:
    drawn = set(re.findall(r"[A-Z]\w+", inspect.getdoc(errors) or ""))
    kinds = {
        name
        for name, kind in vars(errors).items()
        if inspect.isclass(kind) and issubclass(kind, GoodOfficesError)
    }
    assert kinds <= drawn


@pytest.mark.parametrize(
    ("fault", "text"),
    [
        (Fault(where="a.b", what="missing"), "a.b: missing"),
        (Fault(where="a.b", what="missing", mend="add it"), "a.b: missing; add it"),
        (Fault(where="a.b", what="missing", line=7), "line 7, a.b: missing"),
        (Fault(where="", what="empty"), "the case: empty"),
        (Fault(where="", what="empty", mend="fill it", line=1), "line 1, the case: empty; fill it"),
    ],
)
def test_a_fault_says_where_what_and_how_to_mend(fault: Fault, text: str) -> None:
    assert str(fault) == text


def test_a_fault_is_an_error_unless_it_says_otherwise() -> None:
    assert Fault(where="", what="").severity == "error"


def test_a_case_error_lists_all_its_faults() -> None:
    error = CaseError(Fault(where=where, what="missing") for where in "ab")
    assert str(error) == "2 faults in the case:\n  a: missing\n  b: missing"
    assert [fault.where for fault in error.faults] == ["a", "b"]


def test_a_case_error_names_its_subject_and_counts_one_fault_as_one() -> None:
    error = CaseError([Fault(where="a", what="missing")], "talks.yaml")
    assert str(error) == "1 fault in talks.yaml:\n  a: missing"


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("corider", 'did you mean "corridor"?'),
        ("corridor", 'did you mean "corridor"?'),
        ("exchnage", 'did you mean "exchange"?'),
        ("zzz", ""),
        ("", ""),
    ],
)
def test_the_nearest_name_is_offered_if_it_is_near(name: str, hint: str) -> None:
    assert nearest(name, ["corridor", "exchange"]) == hint


def test_nothing_is_near_when_nothing_is_known() -> None:
    assert nearest("corridor", []) == ""


def test_a_huge_name_is_not_compared() -> None:
    began = time.process_time()
    assert nearest("x" * 10_000_000, ["x"]) == ""
    assert nearest("corridor", ["x" * 10_000_000, "corridors"]) == 'did you mean "corridors"?'
    assert time.process_time() - began < 1


@pytest.mark.parametrize(
    ("text", "length", "short"),
    [
        ("short", 5, "short"),
        ("longer", 5, "long…"),
        ("two\n  lines\tand  spaces", 60, "two lines and spaces"),
        (None, 60, "None"),
        ([1, 2], 60, "[1, 2]"),
        ("", 60, ""),
    ],
)
def test_text_is_clipped_to_one_short_line(text: object, length: int, short: str) -> None:
    assert clip(text, length) == short
