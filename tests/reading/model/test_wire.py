"""The form of an answer, as it is asked for and as it is read."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.case.speech import MODALITIES, TYPES
from goodoffices.reading.model.prompt import instructions
from goodoffices.reading.model.wire import read_reply, schema
from tests.reading.model.samples import good, statement

JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=6,
)


def parts(node: Any) -> list[dict[str, Any]]:
    """Return every object in a schema."""
    inner = node.values() if isinstance(node, dict) else node if isinstance(node, list) else []
    found = [part for one in inner for part in parts(one)]
    return [node, *found] if isinstance(node, dict) else found


def test_a_good_answer_fits_the_schema() -> None:
    answer = json.loads(json.dumps(good()).replace("red_line", "red line"))
    jsonschema.Draft202012Validator(schema()).validate(answer)


def test_the_schema_is_as_strict_endpoints_want_it() -> None:
    jsonschema.Draft202012Validator.check_schema(schema())
    objects = [part for part in parts(schema()) if "properties" in part]
    assert len(objects) == 5
    for part in objects:
        assert part["required"] == list(part["properties"])
        assert part["additionalProperties"] is False
    refused = {"default", "minimum", "maximum", "pattern", "minLength", "maxItems", "format"}
    assert not any(refused & part.keys() for part in parts(schema()))


def test_an_answer_has_room_for_nothing_but_findings() -> None:
    fields = {name for part in parts(schema()) for name in part.get("properties", {})}
    assert not fields & {"tool", "url", "file", "command", "code", "path", "instruction"}
    answer = good() | {"command": "rm"}
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(schema()).validate(answer)


def test_the_instructions_name_every_type_and_modality_and_field() -> None:
    told = instructions()
    for word in (*TYPES, *MODALITIES):
        assert word in told
    for part in parts(schema()):
        for field in part.get("properties", {}):
            assert field in told, field


def test_the_example_in_the_instructions_fits_the_schema() -> None:
    example = instructions().strip().splitlines()[-1]
    jsonschema.Draft202012Validator(schema()).validate(json.loads(example))


@pytest.mark.parametrize("word", ["red line", "Red Line", "RED_LINE", "red-line", " red  line "])
def test_a_type_may_be_written_in_several_ways(word: str) -> None:
    reply, dropped = read_reply({"statements": [statement("x", type=word)]})
    assert reply.statements[0].type == "red line"
    assert dropped == {}


def test_one_text_stands_for_a_list_of_one() -> None:
    reply, _ = read_reply({"statements": [statement("x", speakers="union", about=None)]})
    assert (reply.statements[0].speakers, reply.statements[0].about) == (["union"], [])


def test_only_so_many_items_are_taken() -> None:
    reply, _ = read_reply({"statements": [statement("x")] * 1_000})
    assert len(reply.statements) == 400


@given(st.dictionaries(st.sampled_from(["names", "statements", "opinion_paragraphs"]), JSON))
def test_any_answer_can_be_read(data: dict[str, Any]) -> None:
    reply, dropped = read_reply(data)
    assert all(count > 0 for count in dropped.values())
    assert all(one.type in TYPES for one in reply.statements)


@given(st.dictionaries(st.sampled_from(list(statement("x"))), JSON))
def test_any_statement_is_read_or_counted(fields: dict[str, Any]) -> None:
    reply, dropped = read_reply({"statements": [statement("a quote") | fields]})
    assert len(reply.statements) + sum(dropped.values()) == 1
    for one in reply.statements:
        assert 0 <= one.confidence <= 1
