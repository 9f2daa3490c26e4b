import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.case.document import parse_case
from goodoffices.case.model import Case
from goodoffices.errors import CaseError, Fault
from goodoffices.workbench.edits import REMOVE, Change, changed, differences, same_at, tell, typed

TEXT = """\
goodoffices: 1
title: Truce
parties:
  north: {name: North, role: principal}
  south: {name: South, role: principal}
issues:
  line: {name: The line, options: [stays, moves]}
positions:
  north:
    line: {weight: 100, values: {stays: 100, moves: 0}, assumed: "test"}
demands:
  away: {by: north, kind: walk-away, name: No deal, value: 40, assumed: "test"}
"""


@pytest.fixture
def case() -> Case:
    return parse_case(TEXT)


def test_a_change_sets_one_path_and_nothing_else(case: Case) -> None:
    found = changed(case, [Change("positions.north.line.values.stays", "60..80")])
    assert found.positions["north"]["line"].values["stays"].text == "60..80"
    assert [one.path for one in differences(case, found)] == ["positions.north.line.values.stays"]


def test_a_change_opens_the_sections_that_lead_to_it(case: Case) -> None:
    found = changed(case, [Change("positions.south.line.weight", "20..40")])
    assert found.positions["south"]["line"].weight.text == "20..40"


def test_removing_what_is_not_there_changes_nothing(case: Case) -> None:
    assert changed(case, [Change("positions.south.line.weight", REMOVE)]) == case


def test_removing_a_part_takes_all_of_it(case: Case) -> None:
    assert changed(case, [Change("demands.away", REMOVE)]).demands == {}


def test_a_wrong_value_says_where_what_and_how_to_mend(case: Case) -> None:
    with pytest.raises(CaseError) as refused:
        changed(case, [Change("demands.away.value", "much")])
    (fault,) = refused.value.faults
    assert fault.where == "demands.away.value"
    assert "30..50" in fault.mend or "30..50" in fault.what


def test_a_path_of_nothing_is_refused(case: Case) -> None:
    with pytest.raises(CaseError):
        changed(case, [Change("demands.away.value.more", 1)])


@pytest.mark.parametrize(
    ("text", "form", "data"),
    [
        ("  40 ", "text", "40"),
        ("", "text", REMOVE),
        ("   ", "list", REMOVE),
        ("a, b\nc", "list", ["a", "b", "c"]),
        ("on", "flag", True),
        ("", "flag", False),
        ("2", "number", 2),
        ("2.5", "number", 2.5),
        ("two", "number", "two"),
        ("{line: [stays]}", "data", {"line": ["stays"]}),
    ],
)
def test_what_is_typed_becomes_plain_data(text: str, form: str, data: object) -> None:
    assert typed(text, form) == data


def test_typed_data_that_is_no_yaml_is_refused_in_words() -> None:
    with pytest.raises(CaseError, match="what was typed"):
        typed("{line: [", "data")


def test_differences_tell_what_was_added_changed_and_removed(case: Case) -> None:
    found = changed(case, [Change("title", "Armistice"), Change("demands.away", REMOVE)])
    told = tell(differences(case, found))
    assert "title: Truce to Armistice" in told
    assert "demands removed" in told or "demands.away removed" in told


def test_many_differences_are_counted_not_listed(case: Case) -> None:
    names = {f"positions.south.line.values.{option}": n for n, option in enumerate(("stays",))}
    found = changed(
        case,
        [
            Change("title", "A"),
            Change("purpose", "B"),
            Change("not_for", "C"),
            Change("elicitation", "D"),
            *(Change(path, value) for path, value in names.items()),
        ],
    )
    assert tell(differences(case, found)).endswith("and 2 more")


def test_another_order_of_options_is_a_difference() -> None:
    one = parse_case("{goodoffices: 1, title: T, issues: {i: {name: I, options: [a, b]}}}")
    two = parse_case("{goodoffices: 1, title: T, issues: {i: {name: I, options: [b, a]}}}")
    assert differences(one, two)


def test_two_cases_may_differ_elsewhere_and_say_the_same_at_a_path(case: Case) -> None:
    found = changed(case, [Change("title", "Armistice")])
    assert same_at("positions.north", case, found)
    assert not same_at("title", case, found)


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_path_and_any_text_give_a_case_or_a_clear_refusal(path: str, value: str) -> None:
    case = parse_case(TEXT)
    faults: tuple[Fault, ...] = ()
    found = None
    try:
        found = changed(case, [Change(path, value)])
    except CaseError as error:
        faults = error.faults
    assert (found is None) == bool(faults)


@given(
    st.sampled_from(["title", "purpose", "not_for", "elicitation"]),
    st.text(st.characters(codec="utf-8", categories=("L", "N", "P")), min_size=1, max_size=30),
)
def test_what_differs_is_what_was_changed(path: str, value: str) -> None:
    case = parse_case(TEXT)
    found = changed(case, [Change(path, value)])
    paths = {one.path for one in differences(case, found)}
    assert paths <= {path}
    assert differences(found, found) == ()
