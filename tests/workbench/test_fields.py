"""Fields of a form: what a case says is shown as somebody types it, and typed back unchanged."""

import re
from collections.abc import Iterator, Sequence
from typing import Any, get_args

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from goodoffices import catalog
from goodoffices.case import Case, parse_case
from goodoffices.case._plain import plain
from goodoffices.case.model import Claim, Party
from goodoffices.case.quantity import Value
from goodoffices.workbench.edits import REMOVE, Change, Difference, changed, differences, typed
from goodoffices.workbench.fields import (
    PANEL,
    Field,
    Form,
    field_at,
    fields_of,
    key_of,
    label_of,
    quantity_at,
    shown,
)
from tests.case.cases import SMALL, case_with
from tests.case.strategies import cases
from tests.outlook.cases import case_with as case_ahead

SINGLE = ("", "as_of", "text_agreed", "moves", "outlook")
"""Parts of a case that stand alone, and the case itself."""


@pytest.fixture
def case() -> Case:
    return parse_case(SMALL)


def fields(case: Case, path: str) -> dict[str, Field]:
    return {field.path.rpartition(".")[2]: field for field in fields_of(case, path)}


def parts_of(case: Case) -> Iterator[str]:
    """Yield the path of every part that has fields."""

    def walk(node: object, path: str) -> Iterator[str]:
        if isinstance(node, BaseModel):
            yield path
            names = {info.alias or name: name for name, info in type(node).model_fields.items()}
            children = [(said, getattr(node, name)) for said, name in names.items()]
        elif isinstance(node, dict):
            children = [(str(key), child) for key, child in node.items()]
        else:
            return
        for name, child in children:
            yield from walk(child, f"{path}.{name}" if path else name)

    return (path for path in walk(case, "") if fields_of(case, path))


# --- What a form shows ----------------------------------------------------------------------------


def test_every_field_of_a_part_is_shown_and_none_that_is_not_its(case: Case) -> None:
    names = [info.alias or name for name, info in Claim.model_fields.items()]
    found = fields_of(case, "claims.serious")
    assert [field.path for field in found] == [f"claims.serious.{name}" for name in names]
    assert "class" in names


def test_what_the_case_says_is_shown_and_what_it_leaves_out_is_missing(case: Case) -> None:
    found = fields(case, "positions.north.corridor")
    assert (found["weight"].value, found["weight"].missing) == ("40..60", False)
    assert (found["wants"].value, found["because"].value) == ("stay", "north-stays")
    assert found["assumed"].value == "team: no figure was reported"
    empty = fields(case, "positions.hawks.corridor")
    for name in ("wants", "interest", "because"):
        assert (empty[name].value, empty[name].missing) == ("", True)


@pytest.mark.parametrize(
    ("path", "name", "form", "choices"),
    [
        ("parties.north", "role", "choice", None),
        ("parties.north", "name", "text", ()),
        ("parties.north", "because", "list", ()),
        ("parties.north", "assumed", "long", ()),
        ("parties.north", "factions", "data", ()),
        ("parties.north", "status", "choice", ("draft", "confirmed")),
        ("parties.north.factions.hawks", "veto", "flag", ()),
        ("issues.days", "options", "data", ()),
        ("issues.days", "range", "text", ()),
        ("issues.days", "step", "number", ()),
        ("demands.stay", "kind", "choice", ("red line", "precondition", "walk-away")),
        ("demands.stay", "firmness", "text", ()),
        ("demands.stay", "refuses", "data", ()),
        ("claims.serious", "class", "choice", None),
        ("claims.serious", "quote", "long", ()),
        ("claims.serious", "about", "list", ()),
        ("trust.in-north", "kept", "text", ()),
        ("", "purpose", "long", ()),
        ("", "as_of", "data", ()),
        ("", "goodoffices", "choice", ("1",)),
    ],
)
def test_a_field_is_typed_in_the_form_that_fits_what_it_holds(
    case: Case, path: str, name: str, form: Form, choices: tuple[str, ...] | None
) -> None:
    found = fields(case, path)[name]
    assert found.form == form
    if choices is not None:
        assert found.choices == choices


def test_what_is_chosen_is_one_of_the_choices(case: Case) -> None:
    for name in catalog.names():
        for one in (case, catalog.load(name)):
            for path in parts_of(one):
                for field in fields_of(one, path):
                    assert bool(field.choices) == (field.form == "choice")
                    assert len(set(field.choices)) == len(field.choices)
                    if field.form == "choice" and not field.missing:
                        assert field.value in field.choices, field.path


def test_a_role_is_chosen_among_the_roles_and_explained(case: Case) -> None:
    role = fields(case, "parties.north")["role"]
    assert role.choices == get_args(Party.model_fields["role"].annotation)
    assert role.value == "principal"


def test_a_help_text_stands_on_one_line(case: Case) -> None:
    helps = [field.help for path in parts_of(case) for field in fields_of(case, path)]
    assert any(helps)
    assert all(text == " ".join(text.split()) for text in helps)


@pytest.mark.parametrize(
    "path",
    [
        "parties", "positions.north", "title", "parties.nobody", "parties.north.name.more",
        "positions.north.corridor.values", "positions.north.corridor.values.leave.more", ".",
        "parties.", "__class__", "parties.north.model_fields", "as_of.date",
    ],
)  # fmt: skip
def test_what_has_no_fields_of_its_own_has_none(case: Case, path: str) -> None:
    assert fields_of(case, path) == ()


def test_the_case_itself_has_fields_with_paths_of_one_name(case: Case) -> None:
    found = fields_of(case, "")
    assert found[0].path == "goodoffices"
    assert all("." not in field.path for field in found)
    assert fields(case, "")["title"].value == "The corridor"


def test_an_option_whose_name_holds_a_dot_is_found_as_a_whole() -> None:
    changes: dict[str, Any] = {
        "issues/part": {"name": "Part", "range": "0..1", "step": 0.5, "assumed": "team: x"},
        "positions/north/part": {
            "weight": 5, "values": {"0.5": "20..40", "1": 100}, "assumed": "team: x",
        },
    }  # fmt: skip
    case = case_with(changes)
    path = "positions.north.part.values.0.5"
    assert quantity_at(case, path) == Value.parse("20..40")
    assert quantity_at(case, "positions.north.part.values.0") is None
    assert quantity_at(case, f"{path}.5") is None
    assert field_at(plain(case, short=False), path, "text").value == "20..40"


@pytest.mark.parametrize(
    ("path", "name", "items"),
    [
        ("parties.north", "aliases", ["The North, by sea", "Northerners"]),
        ("claims.serious", "via", ["a paper\nof two lines"]),
        ("claims.serious", "via", [" a paper"]),
    ],
)
def test_items_that_a_comma_or_a_line_would_part_are_typed_as_in_the_file(
    path: str, name: str, items: list[str]
) -> None:
    case = case_with({f"{path}/{name}".replace(".", "/"): items})
    found = fields(case, path)[name]
    assert found.form == "data"
    assert typed(found.value, found.form) == items


def test_items_that_are_more_than_words_are_typed_as_in_the_file() -> None:
    place = {"source": "letter", "at": "2", "quote": "Both are"}
    case = case_with({"claims/serious/also": [place]})
    found = fields(case, "claims.serious")["also"]
    assert (found.form, typed(found.value, found.form)) == ("data", [place])
    ranking = fields(catalog.load("chicken"), "moves.preferences.first")["ranking"]
    assert ranking.form == "data"
    assert typed(ranking.value, ranking.form)[1] == ["agreement"]


# --- Single fields --------------------------------------------------------------------------------


def test_one_field_is_shown_by_its_path_alone(case: Case) -> None:
    data = plain(case, short=False)
    found = field_at(data, "demands.stay.firmness", "text")
    assert (found.path, found.label, found.value, found.missing) == (
        "demands.stay.firmness", "Firmness", "likely", False,
    )  # fmt: skip
    assert field_at(data, "demands.stay.firmness", "text", "How firm").label == "How firm"


def test_a_field_that_the_case_leaves_out_is_empty_and_missing(case: Case) -> None:
    found = field_at(plain(case, short=False), "demands.stay.value", "text")
    assert (found.value, found.missing) == ("", True)


def test_a_value_of_zero_is_shown_and_not_missing(case: Case) -> None:
    found = field_at(
        plain(case, short=False), "positions.north.corridor.values.leave", "text", "Troops leave"
    )
    assert (found.value, found.missing) == ("0", False)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("positions.north.corridor.weight", "40..60"),
        ("positions.north.corridor.values.share", "30..60"),
        ("demands.no-troops.firmness", "60..80%"),
        ("demands.south-no-deal.value", "unknown"),
        ("promises.withdrawal.guarantee.kept.0", "80%"),
        ("text_agreed.share", "90%"),
    ],
)
def test_a_quantity_is_found_by_its_path(case: Case, path: str, text: str) -> None:
    found = quantity_at(case, path)
    assert found is not None
    assert found.text == text


@pytest.mark.parametrize(
    "path",
    ["", "title", "demands", "demands.stay", "demands.stay.kind", "demands.no.value", "a.b.c",
     "positions.north.corridor.values.gone", "promises.withdrawal.kept"],
)  # fmt: skip
def test_where_no_quantity_stands_none_is_found(case: Case, path: str) -> None:
    assert quantity_at(case, path) is None


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        (None, "text", ""),
        (None, "flag", ""),
        (None, "data", ""),
        (True, "flag", "on"),
        (False, "flag", ""),
        (["a", "b"], "list", "a, b"),
        ([], "list", ""),
        ([1, 2.5], "list", "1, 2.5"),
        ("alone", "list", "alone"),
        (0, "number", "0"),
        (2.5, "number", "2.5"),
        (["a", {"b": 1}], "data", "[a, {b: 1}]"),
        ("40..60", "text", "40..60"),
        (40, "text", "40"),
    ],
)
def test_plain_data_are_shown_as_somebody_types_them(value: Any, form: Form, text: str) -> None:
    assert shown(value, form) == text


def test_data_of_several_parts_stand_on_lines_of_their_own() -> None:
    assert shown({"name": "Hawks", "veto": True}, "data").splitlines() == [
        "name: Hawks",
        "veto: true",
    ]


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("must_accept", "Must accept"),
        ("because", "Because (claims)"),
        ("assumed", "Assumed (who: why)"),
        ("name", "Name"),
        ("no-deal", "No-deal"),
    ],
)
def test_a_label_is_the_name_as_people_read_it(name: str, label: str) -> None:
    assert label_of(name) == label


# --- Laws -----------------------------------------------------------------------------------------


def told_by(case: Case, changes: Sequence[Change]) -> list[Difference]:
    """Return what changes make different in what a case says."""
    told = differences(case, changed(case, changes))
    # A paragraph's number may be written as a text, and a section without anything left out.
    return [one for one in told if str(one.old) != str(one.new) and one.old != {}]


def unchanged(case: Case, path: str) -> None:
    """Check that a form which is sent as it was shown changes nothing."""
    sent = [Change(field.path, typed(field.value, field.form)) for field in fields_of(case, path)]
    # A flag that is off says so; all else that was left empty is taken out.
    kept = [change for change in sent if change.value is not False]
    assert told_by(case, kept) == []


@pytest.mark.parametrize("name", catalog.names())
def test_a_form_that_is_sent_as_it_was_shown_changes_nothing(name: str) -> None:
    case = catalog.load(name)
    for path in parts_of(case):
        if path:
            unchanged(case, path)


def test_so_does_a_form_of_what_lies_ahead() -> None:
    case = case_ahead()
    for path in parts_of(case):
        if path:
            unchanged(case, path)


@settings(max_examples=25)
@given(cases(), st.data())
def test_so_does_any_single_field_of_any_case(case: Case, data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(list(parts_of(case))))
    given_there = [one for one in fields_of(case, path) if not one.missing]
    field = data.draw(st.sampled_from(given_there)) if given_there else None
    # White space around a text is dropped as it is typed, and a version is not typed at all.
    assume(field is not None and field.path != "goodoffices")
    assert field is not None
    assume(field.form == "data" or field.value == field.value.strip())
    value = typed(field.value, field.form)
    assume(value is not REMOVE)
    assert told_by(case, [Change(field.path, value)]) == []


@settings(max_examples=25)
@given(cases())
def test_every_part_of_any_case_shows_its_fields_without_a_fault(case: Case) -> None:
    for path in parts_of(case):
        for field in fields_of(case, path):
            assert isinstance(field.value, str)
            assert field.path.startswith(path)
            assert field.label
            assert not (field.missing and field.value)


@given(st.text(max_size=60), st.text(max_size=60))
def test_the_name_of_a_field_in_a_page_is_safe_and_its_own(one: str, other: str) -> None:
    assert re.fullmatch(r"f-[0-9a-f]{8}", key_of(one))
    assert (key_of(one) == key_of(other)) == (one == other)


def test_a_field_that_stands_twice_on_a_page_has_two_names() -> None:
    def field(place: str) -> Field:
        return Field(path="title", label="Title", form="text", value="x", place=place)

    assert field(PANEL).key == PANEL + field("").key


@given(st.text(max_size=60))
def test_any_path_is_answered_with_fields_or_none(path: str) -> None:
    case = parse_case(SMALL)
    for field in fields_of(case, path):
        assert field.path.startswith(path)
    quantity_at(case, path)
