import json
import re
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest

from goodoffices.cli import main
from goodoffices.schemas import schema_of
from tests.case.cases import SMALL, write_small
from tests.outlook.cases import OUTLOOK

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the command line in this process; give exit code, output and messages."""

    def call(*arguments: object) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as stopped:
            main([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        return int(stopped.value.code or 0), out, err

    return call


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return write_small(tmp_path, SMALL + OUTLOOK)


def test_outlook_answers_each_question_in_words(run: Run, case: Path) -> None:
    code, out, _ = run("outlook", case, "--draws", 400)
    assert code == 0
    for title in (
        "North and South sign, by 29 November 2024: about",
        "Confidence in that is",
        "What may come first",
        "What is believed, and what moved it",
        "Is the moment ripe?",
        "What waiting does",
        "Table, hold or contain: options with risks",
        "Where open issues would end, if settled",
        "How this was obtained",
    ):
        assert title in out


def test_outlook_json_is_what_the_schema_says(run: Run, case: Path) -> None:
    code, out, _ = run("outlook", case, "--draws", 200, "--json", "--by", "2024-08-01")
    assert code == 0
    found = json.loads(out)
    jsonschema.validate(found, schema_of("outlook"))
    assert found["by"] == "2024-08-01"


def test_outlook_under_a_scenario_says_which(run: Run, case: Path) -> None:
    _, out, _ = run("outlook", case, "--draws", 200, "--scenario", "watched")
    assert "scenario: A third party watches" in out


def test_a_day_that_is_none_is_wrong_usage(run: Run, case: Path) -> None:
    code, _, err = run("outlook", case, "--by", "soon")
    assert code == 2
    assert "soon is not a day; write it as 2024-12-31" in err


def test_a_case_without_an_outlook_says_what_to_add(run: Run, tmp_path: Path) -> None:
    code, _, err = run("outlook", write_small(tmp_path))
    assert code == 1
    assert "add `outlook:` with questions and risks" in err


def test_forecast_resolve_and_score_keep_the_record(run: Run, case: Path) -> None:
    code, out, _ = run("forecast", case)
    assert code == 0
    assert out.startswith("accord, by 2024-11-29: ")
    log = case.with_suffix(".forecasts.jsonl")
    before = log.read_text(encoding="utf-8")
    assert len(before.splitlines()) == 2
    assert run("score", case)[1].endswith("Nothing is resolved yet, so nothing can be scored.\n")
    assert run("resolve", case, "accord", "YES", "--on", "2024-09-01", "--because", "me")[0] == 0
    assert run("resolve", case, "fire", "no", "--on", "2024-12-01")[0] == 0
    assert log.read_text(encoding="utf-8").startswith(before)
    _, out, _ = run("score", case)
    assert "2 forecasts: 2 resolved, on 2 questions" in out
    assert "Brier" in out
    assert "always 50 %" in out
    assert "Came true" in out


def test_score_json_is_what_the_schema_says(run: Run, case: Path) -> None:
    run("forecast", case)
    run("resolve", case, "accord", "no", "--on", "2024-12-01")
    _, out, _ = run("score", case, "--json")
    jsonschema.validate(json.loads(out), schema_of("score"))


def test_files_written_are_told_as_json(run: Run, case: Path) -> None:
    _, out, _ = run("forecast", case, "--json")
    jsonschema.validate(json.loads(out), schema_of("files"))
    _, out, _ = run("resolve", case, "accord", "no", "--json")
    assert json.loads(out)["written"][0].endswith("case.forecasts.jsonl")


def test_resolve_names_the_nearest_question_and_refuses_another_answer(
    run: Run, case: Path
) -> None:
    code, _, err = run("resolve", case, "acord", "yes")
    assert code == 1
    assert 'did you mean "accord"?' in err
    code, _, err = run("resolve", case, "accord", "perhaps")
    assert code == 2
    assert "perhaps is neither YES nor NO" in err


def test_a_torn_line_of_the_log_is_told_and_the_rest_is_scored(run: Run, case: Path) -> None:
    run("forecast", case)
    log = case.with_suffix(".forecasts.jsonl")
    log.write_text(log.read_text(encoding="utf-8") + '{"kind": "fore', encoding="utf-8")
    run("resolve", case, "accord", "no", "--on", "2024-12-01")
    _, out, _ = run("score", case)
    assert "line 3 is left out" in out
    assert "1 resolved" in out


def test_baserates_shows_what_is_shipped(run: Run) -> None:
    code, out, _ = run("baserates")
    assert code == 0
    assert "escalation-foreign-troops" in out
    assert "joint ceasefire" in out
    _, out, _ = run("baserates", "--json")
    jsonschema.validate(json.loads(out), schema_of("baserates"))


def test_baserates_of_an_empty_folder_says_what_it_looked_for(run: Run, tmp_path: Path) -> None:
    code, _, err = run("baserates", tmp_path)
    assert code == 1
    assert "holds none of the data sets" in err


def test_validate_names_the_nearest_check_and_a_missing_file(run: Run, tmp_path: Path) -> None:
    code, _, err = run("validate", "casno", tmp_path)
    assert code == 1
    assert 'there is no validation "casno"; did you mean "casino"?' in err
    code, _, err = run("validate", "casino", tmp_path / "nothing")
    assert code == 1
    assert "is not there; name your copy of the data" in err


def test_validate_prints_figures_and_what_they_mean(run: Run, shared_data: Path) -> None:
    code, out, _ = run("validate", "casino", shared_data / "casino")
    assert code == 0
    assert "Distances" in out
    assert "95 % interval" in out
    assert "What that means" in out


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("casino", "casino"),
        ("ceasefires", ""),
        ("deu2", "deu2/DEU2-part.csv"),
        ("phrases", "phrases"),
        ("pooling", "pooling"),
        ("ucdp", ""),
    ],
)
def test_the_page_on_validation_holds_what_the_program_prints(
    run: Run, shared_data: Path, root: Path, name: str, place: str
) -> None:
    _, out, _ = run("validate", name, shared_data / place)
    page = (root / "docs" / "reference" / "validation.md").read_text(encoding="utf-8")
    block = re.search(rf"\$ goodoffices validate {name} .*?```text\n(.*?)\n```", page, re.DOTALL)
    assert block is not None
    assert block[1] == "\n".join(line.rstrip() for line in out.splitlines()).strip("\n")
