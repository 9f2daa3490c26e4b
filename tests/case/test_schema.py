from pathlib import Path
from typing import Any

import jsonschema
import pytest

from goodoffices.case import dump_case, parse_case, schema, starter
from goodoffices.case._yaml import read
from tests.case.cases import SMALL, spoilt

VALIDATOR = jsonschema.Draft202012Validator(schema())


def objections(data: object) -> list[str]:
    return [".".join(map(str, error.absolute_path)) for error in VALIDATOR.iter_errors(data)]


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(schema())
    assert schema()["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema()["$id"] == "urn:goodoffices:case:1"
    assert schema()["title"] == "A case of Good Offices"


def test_the_schema_is_made_anew_each_time() -> None:
    schema()["$defs"].clear()
    assert schema()["$defs"]


@pytest.mark.parametrize("text", [SMALL, starter()], ids=["small", "starter"])
def test_sound_files_and_their_dumps_fit_the_schema(text: str) -> None:
    assert objections(read(text).data) == []
    assert objections(read(dump_case(parse_case(text))).data) == []


@pytest.mark.parametrize("pattern", ["examples/*/case.yaml", "src/goodoffices/catalog/**/*.yaml"])
def test_every_case_of_the_project_fits_the_schema(pattern: str, root: Path) -> None:
    for path in root.glob(pattern):
        assert objections(read(path.read_text(encoding="utf-8")).data) == [], path


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("demands/stay/because", "north-stays"),
        ("demands/stay/because", ["north-stays"]),
        ("demands/stay/because", 7),
        ("demands/stay/because", None),
        ("demands/stay/refuses", {"corridor": "stay", "days": 10}),
        ("demands/stay/refuses", {"corridor": ["leave", 10]}),
        ("demands/stay/refuses", None),
        ("demands/stay/firmness", 0.3),
        ("demands/stay/firmness", "unlikely (UK)"),
        ("demands/stay/firmness", None),
        ("positions/north/days/wants", 10),
        ("positions/north/days/wants", [10, "above 30"]),
        ("positions/north/days/values", {"0": 1, "12.5": "30..50", "40": None}),
        ("positions/north/days/weight", None),
        ("issues/corridor/options", ["leave", "stay", 3]),
        ("issues/corridor/options", {"leave": "Leave", "stay": {"name": "Stay", "note": "x"}}),
        ("issues/days/agreed", 10),
        ("claims/serious/at", 3),
        ("claims/serious/at", "12-30"),
        ("claims/serious/about", "north"),
        ("parties/north/factions", {"hawks": "Hawks", "doves": {"name": "Doves"}}),
        ("parties/north/aliases", "Northland"),
        ("as_of", "unknown"),
        ("as_of", None),
        ("as_of", "2024-05-31"),
        ("as_of", {"date": "2024-05-31", "inferred": "the text"}),
        ("as_of", {"inferred": "the text"}),
        ("sources", None),
        ("moves", None),
        ("promises/withdrawal/to", "south"),
        ("packages/draft/picks", {"days": 20}),
        ("scenarios/watched/set", {"a.b.c": {"d": [1, None]}}),
        ("scenarios/watched/remove", "demands.stay"),
        ("parties/北/name", "North of the north"),
    ],
)
def test_every_short_form_is_allowed(path: str, value: object) -> None:
    data: dict[str, Any] = spoilt({path: value})
    data["parties"].setdefault("北", {})["role"] = "bystander"
    data["parties"]["北"].setdefault("name", "x")
    assert objections(data) == []


@pytest.mark.parametrize(
    ("path", "value", "where"),
    [
        ("title", 3, "title"),
        ("title", None, "title"),
        ("titel", "x", ""),
        ("goodoffices", 2, "goodoffices"),
        ("yardstick", "reader", "yardstick"),
        ("demands/stay/kind", "redline", "demands"),
        ("demands/stay/by", ["north"], "demands"),
        ("demands/stay/assumed", 3, "demands"),
        ("demands/stay/because", {"a": 1}, "demands"),
        ("positions/north/days/weight", [1], "positions"),
        ("positions/north/days/weight", "x" * 101, "positions"),
        ("parties/a b", {"name": "x", "role": "principal"}, "parties"),
        ("parties/a.b", {"name": "x", "role": "principal"}, "parties"),
        ("parties/north/role", "boss", "parties"),
        ("parties/north/names", "x", "parties"),
        ("issues/days/step", 0, "issues"),
    ],
)
def test_what_no_case_may_hold_is_objected_to(path: str, value: object, where: str) -> None:
    assert where in objections(spoilt({path: value}))


def test_every_field_that_is_described_in_the_model_is_described_in_the_schema() -> None:
    found = schema()
    assert found["properties"]["yardstick"]["description"] == "How probability phrases are read."
    demand = found["$defs"]["Demand"]["properties"]
    assert demand["by"]["description"] == "The party or faction that makes it."
