from typing import get_args, get_origin

from pydantic import BaseModel

from goodoffices.case.model import Case
from goodoffices.handover._forms import bare, is_model
from goodoffices.handover._plan import MATRIX, MORE_SHEET, Column, SheetPlan, plan


def sheet(name: str) -> SheetPlan:
    return next(one for one in plan()[1] if one.name == name)


def column(name: str, head: str) -> Column:
    return next(one for one in sheet(name).columns if one.head == head)


def test_every_sheet_has_a_name_that_a_workbook_can_hold() -> None:
    names = [MATRIX, MORE_SHEET, "Case", "Read me", *(one.name for one in plan()[1])]
    assert len({name.lower() for name in names}) == len(names)
    assert all(len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in names)


def test_no_sheet_has_two_columns_of_one_name() -> None:
    for one in plan()[1]:
        heads = [*one.keys, *(field.head for field in one.columns)]
        assert len(set(heads)) == len(heads)


def places(model: type[BaseModel], path: tuple[str, ...]) -> set[tuple[str, ...]]:
    """Find every field of the model in the plainest way: lists of items count by a star."""
    found = set()
    for name, info in model.model_fields.items():
        kind, here = bare(info.annotation), (*path, info.alias or name)
        while has_models(kind):
            kind, here = bare(get_args(kind)[1]), (*here, "*")
        found |= places(kind, here) if is_model(kind) else {here}
    return found


def has_models(kind: object) -> bool:
    """Whether a type maps ids to parts of a case, or to such maps."""
    if get_origin(kind) is not dict:
        return False
    held = bare(get_args(kind)[1])
    return is_model(held) or has_models(held)


def test_every_field_of_a_case_has_a_cell() -> None:
    settings, sheets = plan()
    known = {one.path for one in settings}
    known |= {(*s.within, "*", *field.path) for s in sheets for field in s.columns}
    matrix = {("positions", "*", "*", "weight"), ("positions", "*", "*", "values")}
    assert places(Case, ()) == known | matrix


def test_words_to_choose_from_are_offered() -> None:
    roles = ("principal", "mediator", "guarantor", "spoiler", "bystander")
    assert column("Parties", "role").choices == roles
    assert column("Demands", "kind").choices == ("red line", "precondition", "walk-away")
    assert column("Factions", "veto").choices == ("TRUE", "FALSE")


def test_a_head_says_what_its_field_means() -> None:
    assert column("Claims", "quote").meaning == "The exact words in the source."


def test_what_something_rests_on_stands_after_what_it_is() -> None:
    heads = [one.head for one in sheet("Demands").columns]
    assert heads[:3] == ["by", "kind", "name"]
    assert heads[-4:] == ["because", "assumed", "status", "confidential"]


def test_lists_inside_of_items_name_the_item_that_they_belong_to() -> None:
    assert sheet("Factions").keys == ("party", "id")
    assert sheet("Options").keys == ("issue", "id")
    assert sheet("Positions").keys == ("party", "issue")
    assert sheet("Outlook records promises").keys == ("record", "id")
