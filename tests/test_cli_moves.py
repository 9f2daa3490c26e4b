import json
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest

from goodoffices import catalog
from goodoffices.case import dump_case
from goodoffices.cli import main
from goodoffices.schemas import schema_of
from tests.case.cases import spoilt
from tests.moves.cases import PRISONERS, RIVER, conflict
from tests.moves.test_lens import CORRIDOR

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
    path = tmp_path / "river.yaml"
    path.write_text(RIVER, encoding="utf-8")
    return path


def test_moves_tells_why_nobody_moves(run: Run, case: Path) -> None:
    code, out, _ = run("moves", case)
    assert code == 0
    assert out.startswith("The river\n")
    assert "In the status quo nobody could gain by moving alone." in out


def test_moves_prints_json_by_its_schema(run: Run, case: Path) -> None:
    code, out, err = run("moves", case, "--json")
    assert code == 0
    data = json.loads(out)
    jsonschema.validate(data, schema_of("moves"))
    assert data["status_quo"] == "NNNN"
    assert "warning" in err


def test_moves_asks_about_a_scenario_and_a_target(run: Run) -> None:
    path = catalog.path("cuba-1962")
    _, out, _ = run("moves", path, "--scenario", "under-blockade", "--target", "6", "--json")
    data = json.loads(out)
    assert (data["scenario"], data["target"], data["status_quo"]) == (
        "under-blockade", "6", "NYNN",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--target", "agrement"], 'target: "agrement" is not a named state; did you mean'),
        (["--scenario", "peace"], 'there is no scenario "peace"'),
    ],
)
def test_what_is_not_there_is_an_error_with_a_hint(
    run: Run, case: Path, arguments: list[str], message: str
) -> None:
    code, out, err = run("moves", case, *arguments)
    assert (code, out) == (1, "")
    assert message in err


def test_a_case_without_moves_is_told_what_to_add(run: Run) -> None:
    code, out, err = run("moves", catalog.path("trieste-1954"))
    assert (code, out) == (1, "")
    assert "this case has none; add `moves` with options and preferences" in err


def test_a_case_about_moves_alone_has_no_deal_to_look_for(run: Run, case: Path) -> None:
    code, out, err = run("deals", case)
    assert (code, out) == (1, "")
    assert "issues: there is none, so no package can be looked for" in err


def test_a_case_with_faulty_moves_is_refused_with_all_faults(run: Run, case: Path) -> None:
    text = case.read_text(encoding="utf-8").replace("by: office", "by: offce")
    case.write_text(text.replace("withdraw iff guard", "withdraw iff gard"), encoding="utf-8")
    code, _, err = run("moves", case)
    assert code == 1
    assert 'did you mean "office"' in err
    assert 'did you mean "guard"' in err


def test_preferences_from_deals_are_weighed_by_that_lens_once(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from goodoffices.case import build

    path = tmp_path / "corridor.yaml"
    path.write_text(dump_case(build(spoilt({"moves": CORRIDOR}))), encoding="utf-8")
    (tmp_path / "report.txt").write_text(
        "Talks.\n\nWe will not leave the corridor. No troops, or no talks.\n\n"
        "An aide called both sides serious.\n",
        encoding="utf-8",
    )
    asked: list[object] = []
    lens = __import__("goodoffices.deals", fromlist=["deals"])
    original = lens.deals
    monkeypatch.setattr(
        lens, "deals", lambda *a, **k: asked.append(k["scenario"]) or original(*a, **k)
    )
    code, out, _ = run("moves", path, "--draws", "50", "--json")
    assert code == 0
    assert asked == [None]
    assert json.loads(out)["way"]["compared"]["north"] in {"better", "same", "worse"}


def test_draws_and_seed_reach_the_lens(run: Run, tmp_path: Path) -> None:
    scores = {"scores": {"b and not a": "1..3", "agreement": 2, "not a and not b": 1, "a": 0}}
    shaky = {**PRISONERS, "preferences": {**PRISONERS["preferences"], "row": scores}}
    path = tmp_path / "shaky.yaml"
    path.write_text(dump_case(conflict(shaky)), encoding="utf-8")
    _, out, _ = run("moves", path, "--draws", "70", "--seed", "9", "--json")
    method = json.loads(out)["method"]
    assert (method["how"], method["draws"], method["seed"]) == ("sampled", 70, 9)


def test_help_says_what_the_command_is_for(run: Run) -> None:
    code, out, _ = run("moves", "--help")
    assert code == 0
    assert "Show why nobody moves, and what would have to change." in out
    assert "--target" in out


def test_schema_knows_moves(run: Run) -> None:
    code, out, _ = run("schema", "moves")
    assert code == 0
    assert json.loads(out)["$id"] == "urn:goodoffices:schema:moves:1"
