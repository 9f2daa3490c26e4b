"""What all commands share: how they read a case, what they say where, and how they end."""

import datetime as dt
import json
import re
import sys
from pathlib import Path
from typing import Any

import pytest
import typer
from rich.text import Text

from goodoffices.case import parse_case
from goodoffices.case._write import document
from goodoffices.cli import STOPPED, app, main
from goodoffices.cli.app import (
    count,
    day_of,
    done,
    load,
    load_with,
    mention,
    progress,
    put,
    refuse_to_overwrite,
    tell,
)
from goodoffices.errors import CaseError, GoodOfficesError, ModelError
from goodoffices.schemas import CheckReport
from tests.case.cases import SMALL, spoilt, write_small
from tests.cli.conftest import Run

DRAFT: dict[str, Any] = {
    "class": "fact", "source": "report", "quote": "Talks on the corridor", "status": "draft",
}  # fmt: skip


def spoilt_file(folder: Path, changes: dict[str, Any]) -> Path:
    return write_small(folder, document(spoilt(changes)))


# --- Small words ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "said"), [(0, "0 errors"), (1, "1 error"), (2, "2 errors"), (1000, "1000 errors")]
)
def test_a_count_has_its_word_in_its_number(number: int, said: str) -> None:
    assert count(number, "error") == said


def test_a_day_is_read_as_it_is_written_everywhere() -> None:
    assert day_of("2024-12-31") == dt.date(2024, 12, 31)
    assert day_of(None) is None


@pytest.mark.parametrize("text", ["", "31.12.2024", "2024-13-01", "2024-02-30", "today", "1e9"])
def test_what_is_no_day_is_wrong_usage_that_shows_a_day(text: str) -> None:
    with pytest.raises(typer.BadParameter, match="is not a day; write it as 2024-12-31"):
        day_of(text)


def test_a_place_that_is_free_may_be_written_and_one_that_is_not_may_not(tmp_path: Path) -> None:
    refuse_to_overwrite(tmp_path / "free.yaml")
    (tmp_path / "mine.yaml").touch()
    for taken in (tmp_path, tmp_path / "mine.yaml"):
        with pytest.raises(CaseError, match="exists already; name another file"):
            refuse_to_overwrite(taken)


# --- Reading a case -------------------------------------------------------------------------------


def test_a_case_is_read_without_its_drafts_and_their_number_is_said(tmp_path: Path) -> None:
    path = spoilt_file(tmp_path, {"claims/one": DRAFT, "claims/two": DRAFT})
    case, said = load_with(path, drafts=False)
    assert case == load(path) == parse_case(SMALL)
    assert said == "2 drafts wait for a person, and are not used here."


def test_with_drafts_those_that_hold_are_used_and_the_others_counted(tmp_path: Path) -> None:
    nowhere = {**DRAFT, "quote": "Nobody said this", "at": 1}
    path = spoilt_file(tmp_path, {"claims/one": DRAFT, "claims/two": nowhere})
    case, said = load_with(path, drafts=True)
    assert case.claims.keys() == parse_case(SMALL).claims.keys() | {"one"}
    assert case.claims["one"].status == "confirmed"
    assert said == ("Not confirmed by a person: 1 draft is used here; 1 more cannot be used yet.")


@pytest.mark.parametrize("drafts", [False, True])
def test_of_a_case_without_drafts_nothing_is_said(tmp_path: Path, drafts: bool) -> None:
    case, said = load_with(write_small(tmp_path), drafts=drafts)
    assert (case, said) == (parse_case(SMALL), "")


def test_warnings_are_counted_beside_the_result_and_name_the_command_that_lists_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = spoilt_file(tmp_path, {"parties/north/constituencies": {"farmers": "Farmers"}})
    load(path)
    warned = capsys.readouterr().err
    more = spoilt_file(tmp_path, {"interests/odd": {"name": "Odd", "of": "north"}})
    load(more)
    assert capsys.readouterr().err != warned
    assert f"; see: goodoffices check {path}" in warned


@pytest.mark.parametrize("drafts", [False, True])
def test_a_case_with_errors_is_refused_with_the_lines_they_stand_on(
    tmp_path: Path, drafts: bool
) -> None:
    path = spoilt_file(tmp_path, {"demands/stay/by": "nobody", "demands/no-troops/by": "nobody"})
    with pytest.raises(CaseError) as refused:
        load_with(path, drafts=drafts)
    assert {fault.where for fault in refused.value.faults} == {
        "demands.stay.by", "demands.no-troops.by",
    }  # fmt: skip
    assert str(refused.value).startswith(f"2 faults in {path}:")
    assert all(fault.severity == "error" for fault in refused.value.faults)


# --- Where it is said -----------------------------------------------------------------------------


def test_what_is_said_of_drafts_stands_above_a_text_and_beside_json(
    capsys: pytest.CaptureFixture[str],
) -> None:
    mention("2 drafts wait.", as_json=False)
    assert capsys.readouterr() == ("2 drafts wait.\n\n", "")
    mention("2 drafts wait.", as_json=True)
    assert capsys.readouterr() == ("", "goodoffices: 2 drafts wait.\n")
    mention("", as_json=False)
    mention("", as_json=True)
    assert capsys.readouterr() == ("", "")


def test_a_result_is_told_as_json_or_in_words_and_never_both(
    capsys: pytest.CaptureFixture[str],
) -> None:
    report = CheckReport(faults=(), errors=0, warnings=2)
    tell(report, True, lambda: pytest.fail("nobody asked for a summary"))
    assert json.loads(capsys.readouterr().out) == {"faults": [], "errors": 0, "warnings": 2}
    tell(report, False, lambda: Text("2 warnings"))
    assert capsys.readouterr().out == "2 warnings\n"


def test_what_was_done_is_told_as_json_with_its_letters_or_in_words(
    capsys: pytest.CaptureFixture[str],
) -> None:
    done({"written": ["Zürich.yaml"]}, True, "wrote it")
    assert capsys.readouterr().out == '{\n  "written": [\n    "Zürich.yaml"\n  ]\n}\n'
    done({"written": ["x"]}, False, "wrote it")
    assert capsys.readouterr().out == "wrote it\n"


def test_in_a_pipe_nothing_is_cut_below_the_width_of_a_table(
    capsys: pytest.CaptureFixture[str],
) -> None:
    put(Text("x" * 140))
    assert capsys.readouterr().out == "x" * 140 + "\n"


def test_words_of_a_case_that_look_like_markup_or_numbers_are_not_coloured(
    capsys: pytest.CaptureFixture[str],
) -> None:
    put(Text("[red]12 %[/red] 'x'"))
    assert capsys.readouterr().out == "[red]12 %[/red] 'x'\n"


def test_a_pipe_sees_no_progress_bar(capsys: pytest.CaptureFixture[str]) -> None:
    with progress("Drawing") as advance:
        assert advance is None
    assert capsys.readouterr() == ("", "")


def test_a_person_at_a_terminal_sees_one_and_it_goes_away(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    with progress("Drawing") as advance:
        assert advance is not None
        advance(3, 4)
        advance(4, 4)
    assert capsys.readouterr().out == ""


# --- How a command ends ---------------------------------------------------------------------------


def ending(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> int:
    """Run a command that ends so."""

    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("goodoffices.schemas.schema_of", fail)
    with pytest.raises(SystemExit) as stopped:
        main(["schema"])
    return int(stopped.value.code or 0)


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (GoodOfficesError("not so"), 1, "goodoffices: not so\n"),
        (ModelError("too large"), 1, "goodoffices: too large\n"),
        (OSError(28, "No space left on device", "a.html"), 1,
         "goodoffices: a.html: No space left on device\n"),
        (OSError("the disk"), 1, "goodoffices: a file: the disk\n"),
        (PermissionError(13, "Permission denied", "b"), 1, "goodoffices: b: Permission denied\n"),
        (typer.Abort(), STOPPED, ""),
        (KeyboardInterrupt(), STOPPED, "goodoffices: stopped; nothing was written\n"),
        (typer.Exit(3), 3, ""),
    ],
)  # fmt: skip
def test_each_way_to_end_has_its_code_and_its_words(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    error: BaseException,
    code: int,
    said: str,
) -> None:
    assert ending(monkeypatch, error) == code
    assert capsys.readouterr().err == said


def test_wrong_usage_ends_with_2_and_shows_how_it_is_used(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ending(monkeypatch, typer.BadParameter("31 is not a day")) == 2
    assert "31 is not a day" in capsys.readouterr().err


def test_a_fault_of_the_program_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ZeroDivisionError):
        ending(monkeypatch, ZeroDivisionError())


def test_a_reader_that_has_had_enough_is_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    closed: list[bool] = []
    monkeypatch.setattr(sys.stderr, "close", lambda: closed.append(True))
    assert ending(monkeypatch, BrokenPipeError()) == 0
    assert closed == [True]


def commands() -> list[str]:
    group = typer.main.get_command(app)
    return sorted(group.commands)  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", commands())
def test_every_command_says_what_it_is_for_and_what_its_options_mean(run: Run, name: str) -> None:
    code, out, err = run(name, "--help")
    assert (code, err) == (0, "")
    assert re.match(rf"\s*Usage: .*\b{name} ", out)
    for option in typer.main.get_command(app).commands[name].params:  # type: ignore[attr-defined]
        if option.param_type_name == "option":
            assert option.opts[0] in out
            assert option.help, f"{name} {option.opts[0]}"


WITHOUT_A_FILE = {"schema", "catalog", "baserates", "new"}
MORE = {
    "convert": ["out.yaml"],
    "export": ["-o", "out.csv"],
    "import-matrix": ["gone.yaml"],
    "resolve": ["q", "yes"],
}


@pytest.mark.parametrize("name", sorted(set(commands()) - WITHOUT_A_FILE - {"open"}))
def test_every_command_that_reads_a_file_says_so_where_there_is_none(run: Run, name: str) -> None:
    first = ["phrases"] if name == "validate" else []
    code, out, err = run(name, *first, "gone", *MORE.get(name, []))
    assert code == 1
    # The list of faults is what `check` was asked for.
    said = out if name == "check" else err
    assert "gone" in said
    assert "Traceback" not in said
    assert bool(out) == (name == "check")
    assert list(Path.cwd().iterdir()) == []
