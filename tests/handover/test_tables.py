import csv
import io
import json
from functools import cache

import jsonschema
import pytest

from goodoffices.case import build
from goodoffices.deals import deals
from goodoffices.deals.results import Deals
from goodoffices.handover.redact import redacted
from goodoffices.handover.tables import (
    CLAIM_HEADS,
    RESULT_HEADS,
    claims_csv,
    claims_json,
    results_csv,
    results_json,
)
from goodoffices.moves import MovesReport, moves
from goodoffices.outlook import outlook
from goodoffices.outlook.results import OutlookReport
from goodoffices.schemas import schema_of
from tests.handover.cases import marked, shipped


@cache
def results() -> tuple[Deals, MovesReport, OutlookReport]:
    case = shipped()
    found = deals(case, draws=200)
    assert case.as_of.date is not None
    return found, moves(case, draws=20), outlook(case, found, today=case.as_of.date, draws=2000)


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def test_each_claim_has_a_row_with_its_source_and_its_uses() -> None:
    found = {row["id"]: row for row in rows(claims_csv(shipped()))}
    assert list(found) == list(shipped().claims)
    row = found["keep-corridor"]
    assert row["speaker"] == "Prime minister's office"
    assert row["quote"] == "insists on keeping troops in the Philadelphi Corridor"
    assert row["title"].startswith("Demands that do not meet")
    assert "demands.israel-corridor" in row["used_by"].split("; ")


def test_a_table_begins_with_its_heads_and_the_mark_of_its_encoding() -> None:
    assert claims_csv(shipped()).split("\r\n")[0] == "\ufeff" + ",".join(CLAIM_HEADS)
    assert results_csv(shipped(), None) == "\ufeff" + ",".join(RESULT_HEADS) + "\r\n"


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\u200b=1", "\u202e=1", " =1", "\r=1", "\n=1"]
)
def test_no_text_of_a_table_is_a_formula(text: str) -> None:
    case = build(
        {
            "goodoffices": 1,
            "title": "T",
            "claims": {"c": {"class": "assumption", "note": text, "speaker": text}},
        }
    )
    row = rows(claims_csv(case))[0]
    assert row["note"].startswith("'")
    assert row["speaker"].startswith("'")


def test_a_quote_over_several_lines_stays_in_its_row() -> None:
    case = build(
        {
            "goodoffices": 1,
            "title": "T",
            "claims": {"c": {"class": "assumption", "note": 'a\n"b",\n'}},
        }
    )
    assert rows(claims_csv(case))[0]["note"] == 'a "b", '


def test_the_json_of_claims_keeps_every_sign() -> None:
    case = build(
        {
            "goodoffices": 1,
            "title": "T",
            "claims": {"c": {"class": "assumption", "note": "a\n\u202eb"}},
        }
    )
    assert json.loads(claims_json(case))["claims"][0]["note"] == "a\n\u202eb"


def test_the_json_of_claims_names_each_assumption_with_what_rests_on_it() -> None:
    found = json.loads(claims_json(shipped()))["assumptions"]
    known = {one["assumed"]: one["used_by"] for one in found}
    assert "demands.israel-corridor" in known["analysts: F"]


def test_a_redacted_table_says_how_much_was_left_out_and_not_what() -> None:
    left, redaction = redacted(marked(shipped(), "claims.bad-faith"))
    text = claims_json(left, redaction)
    assert json.loads(text)["redaction"]["left_out"]["marked"] == {"claims": 1}
    assert "bad" not in text
    assert "look_at" not in text


def test_results_are_told_one_number_a_row_with_interval_and_unit() -> None:
    found = rows(results_csv(shipped(), *results()))
    zone = next(row for row in found if row["measure"] == "a package exists")
    assert float(zone["low"]) < float(zone["value"]) < float(zone["high"])
    assert zone["unit"] == "probability"
    assert "200 draws, seed 0" in zone["note"]
    assert {row["part"] for row in found} == {"deals", "moves", "outlook"}


def test_no_number_of_a_table_has_false_decimals() -> None:
    for row in rows(results_csv(shipped(), *results())):
        if row["unit"] in ("probability", "points", "share"):
            for head in ("value", "low", "high"):
                assert len(row[head].partition(".")[2]) <= 3


def test_the_json_of_results_follows_the_published_schemas() -> None:
    said = json.loads(results_json(*results()))
    assert set(said) == {"deals", "moves", "outlook"}
    for name, result in said.items():
        jsonschema.validate(result, schema_of(name))


def test_a_lens_that_was_not_asked_is_not_in_the_json() -> None:
    assert set(json.loads(results_json(results()[0]))) == {"deals"}
