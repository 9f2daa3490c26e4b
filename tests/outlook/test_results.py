import dataclasses
import json

import jsonschema
import pytest

from goodoffices.outlook import results, tabled
from goodoffices.outlook.results import OutlookReport
from goodoffices.schemas import schema_of, to_json
from tests.outlook.cases import ask_lens


def test_the_report_fits_its_schema() -> None:
    jsonschema.validate(json.loads(to_json(ask_lens())), schema_of("outlook"))


def test_every_result_is_frozen_and_offered() -> None:
    classes = [v for v in vars(results).values() if dataclasses.is_dataclass(v)]
    homes = {results.__name__, tabled.__name__}
    own = [c for c in classes if getattr(c, "__module__", "") in homes]
    assert {c.__name__ for c in own if isinstance(c, type)} == set(results.__all__)
    assert all(c.__dataclass_params__.frozen for c in own)  # type: ignore[union-attr]


def test_a_question_is_found_by_its_id() -> None:
    report: OutlookReport = ask_lens()
    assert report.question("fire").risk == "escalation"
    with pytest.raises(KeyError):
        report.question("water")
