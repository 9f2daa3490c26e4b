import json

import jsonschema
import pytest

from goodoffices.errors import Fault, ModelError
from goodoffices.schemas import CheckReport, Written, schema_of, to_json


@pytest.mark.parametrize("name", ["case", "catalog", "check", "deals", "files", "moves"])
def test_every_schema_is_valid_and_has_an_id_of_its_own(name: str) -> None:
    schema = schema_of(name)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["$id"].startswith("urn:")
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"


def test_a_report_fits_its_schema_and_one_with_a_wrong_field_does_not() -> None:
    fault = Fault(where="title", what="missing", mend="add it", line=3)
    data = json.loads(to_json(CheckReport(faults=(fault,), errors=1, warnings=0)))
    jsonschema.validate(data, schema_of("check"))
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**data, "errors": "one"}, schema_of("check"))


def test_written_files_fit_their_schema() -> None:
    jsonschema.validate(json.loads(to_json(Written(written=("a", "b")))), schema_of("files"))


def test_an_unknown_schema_names_the_ones_there_are() -> None:
    with pytest.raises(ModelError, match=r"there are .*case, catalog, check, deals, files, moves"):
        schema_of("zzz")


def test_each_field_of_the_deals_schema_says_what_it_is() -> None:
    zone = schema_of("deals")["$defs"]["Zone"]
    assert {"probability", "at_face_value", "footing", "method"} <= set(zone["properties"])
