import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest

from goodoffices.case.file import read_case, starter
from goodoffices.cli import main
from goodoffices.schemas import schema_of

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
    path = tmp_path / "case.yaml"
    path.write_text(starter(), encoding="utf-8")
    return path


def broken(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_help_lists_every_command_with_one_whole_line(run: Run) -> None:
    code, out, _ = run("--help")
    assert code == 0
    listed = [line.split()[0] for line in out.split("Commands:")[1].splitlines() if line.strip()]
    assert {"new", "schema", "check", "deals", "brief", "convert", "catalog"} <= set(listed)
    assert not any(line.endswith("...") for line in out.split("Commands:")[1].splitlines())


def test_the_version_is_the_packages(run: Run) -> None:
    from goodoffices import __version__

    assert run("--version") == (0, f"{__version__}\n", "")


def test_help_loads_nothing_heavy() -> None:
    # A module list is exact where a stopwatch is noisy.
    code = (
        "import sys, contextlib\nfrom goodoffices.cli import main\n"
        "with contextlib.suppress(SystemExit): main(['--help'])\n"
        "print(*{name.split('.')[0] for name in sys.modules}, file=sys.stderr)"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert {"numba", "numpy", "pydantic", "jinja2", "ruamel"}.isdisjoint(loaded.stderr.split())


def test_new_writes_a_case_that_has_no_errors(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    code, out, _ = run("new", path)
    assert (code, out) == (0, f"wrote {path}; next: goodoffices check {path}\n")
    assert run("check", path)[0] == 0


def test_new_overwrites_nothing(run: Run, case: Path) -> None:
    before = case.read_text(encoding="utf-8")
    code, _, err = run("new", case)
    assert code == 1
    assert "exists already; name another file" in err
    assert case.read_text(encoding="utf-8") == before


def test_check_lists_all_faults_at_once_and_exits_with_1(run: Run, case: Path) -> None:
    broken(case, "weight: 30..40..50", "weight: 140")
    broken(case, "role: mediator", "role: mediatr")
    code, out, _ = run("check", case)
    assert code == 1
    assert out.count("error: line ") == 2
    assert '"140" is outside 0 to 100' in out
    assert 'did you mean "mediator"?' in out
    assert out.splitlines()[-1] == f"{case}: 2 errors, 0 warnings"


def test_a_file_that_is_not_there_is_a_message_and_no_traceback(run: Run, tmp_path: Path) -> None:
    code, out, err = run("deals", tmp_path / "nothing.yaml")
    assert (code, out) == (1, "")
    assert "cannot be read (No such file or directory); look at its path" in err


@pytest.mark.parametrize(
    "arguments",
    [("no-such-command",), ("deals",), ("deals", "case.yaml", "--draws", "0"), ("--wrong",)],
)
def test_wrong_usage_exits_with_2_and_says_what(run: Run, arguments: tuple[str, ...]) -> None:
    code, _, err = run(*arguments)
    assert code == 2
    assert "Error" in err


def test_deals_answers_each_question_in_words(run: Run, case: Path) -> None:
    code, out, err = run("deals", case, "--draws", 500)
    assert (code, err) == (0, f"goodoffices: 1 warning; see: goodoffices check {case}\n")
    for title in ("Is there a deal?", "What blocks it", "What one change would open", "tabled"):
        assert title in out
    assert "500 draws, seed 0" in out
    assert "options, not verdicts" in out


def test_deals_gives_the_same_answer_for_the_same_seed(run: Run, case: Path) -> None:
    one, same, other = (
        run("deals", case, "--draws", 400, "--seed", s, "--json") for s in (1, 1, 2)
    )
    assert one == same
    assert json.loads(one[1])["zone"] != json.loads(other[1])["zone"]


@pytest.mark.parametrize("name", ["check", "deals"])
def test_json_is_what_the_schema_says(run: Run, case: Path, name: str) -> None:
    options = ["--draws", 300] if name == "deals" else []
    _, out, _ = run(name, case, "--json", *options)
    schema = schema_of(name)
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(json.loads(out), schema)


def test_json_of_commands_that_write_is_what_the_schema_says(run: Run, tmp_path: Path) -> None:
    _, out, _ = run("new", tmp_path / "a.yaml", "--json")
    jsonschema.validate(json.loads(out), schema_of("files"))
    assert json.loads(out) == {"written": [str(tmp_path / "a.yaml")]}


def test_the_case_schema_is_printed_and_takes_the_starter(run: Run) -> None:
    import ruamel.yaml

    _, out, _ = run("schema")
    data = ruamel.yaml.YAML(typ="safe", pure=True).load(starter())
    jsonschema.validate(json.loads(json.dumps(data, default=str)), json.loads(out))


def test_an_unknown_schema_is_named_with_the_nearest(run: Run) -> None:
    code, _, err = run("schema", "deal")
    assert code == 1
    assert 'there is no schema "deal"; did you mean "deals"?' in err


def test_an_unknown_scenario_is_named_with_the_nearest(run: Run, case: Path) -> None:
    known = next(iter(read_case(case).scenarios))
    code, _, err = run("deals", case, "--scenario", known + "x", "--draws", 100)
    assert code == 1
    assert f'did you mean "{known}"?' in err


def test_a_scenario_changes_what_is_answered(run: Run, case: Path) -> None:
    known = next(iter(read_case(case).scenarios))
    plain = json.loads(run("deals", case, "--draws", 300, "--json")[1])
    changed = json.loads(run("deals", case, "--draws", 300, "--scenario", known, "--json")[1])
    assert changed["scenario"] == known
    assert plain["zone"]["probability"] != changed["zone"]["probability"]


def test_a_case_with_faults_is_refused_with_all_of_them(run: Run, case: Path) -> None:
    broken(case, "weight: 30..40..50", "weight: 140")
    code, out, err = run("deals", case)
    assert (code, out) == (1, "")
    assert err.startswith(f"goodoffices: 1 fault in {case}:")


def test_brief_writes_the_page_and_prints_where_it_is(run: Run, case: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    code, out, _ = run("brief", case, "-o", page, "--draws", 300)
    assert code == 0
    assert out.rstrip().endswith(f"The brief is in {page}")
    assert page.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_brief_into_a_folder_that_is_not_there_says_so(
    run: Run, case: Path, tmp_path: Path
) -> None:
    code, _, err = run("brief", case, "-o", tmp_path / "no" / "page.html", "--draws", 100)
    assert code == 1
    assert "No such file or directory" in err
    assert "Traceback" not in err


def test_catalog_lists_cases_and_writes_one(run: Run, tmp_path: Path) -> None:
    code, out, _ = run("catalog")
    assert code == 0
    names = [line.split()[0] for line in out.splitlines()]
    assert len(names) >= 3
    path = tmp_path / "copy.yaml"
    assert run("catalog", names[0], "-o", path)[0] == 0
    assert read_case(path, checked=False).title


def test_convert_reads_genius_and_writes_it_back(
    run: Run, shared_data: Path, tmp_path: Path
) -> None:
    case, folder = tmp_path / "lunch.yaml", tmp_path / "out"
    assert run("convert", shared_data / "genius" / "Lunch", case)[0] == 0
    code, out, _ = run("convert", case, folder, "--json")
    assert code == 0
    assert len(json.loads(out)["written"]) == 3


def test_ctrl_c_ends_with_130_and_a_word(
    run: Run, case: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("goodoffices.deals.deals", interrupted)
    assert run("deals", case)[0] == 130


def test_text_of_a_case_is_never_read_as_markup(run: Run, case: Path) -> None:
    broken(case, "title: ", 'title: "[bold red]x[/] [link=http://a]" # ')
    _, out, _ = run("deals", case, "--draws", 100)
    assert "[bold red]x[/] [link=http://a]" in out


def test_a_closed_pipe_is_no_traceback(case: Path) -> None:
    command = (
        f"{shutil.which('goodoffices') or sys.executable + ' -m goodoffices.cli'} schema | head -1"
    )
    done = subprocess.run(command, shell=True, capture_output=True, text=True)
    assert "Traceback" not in done.stderr
