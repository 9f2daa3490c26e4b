from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import goodoffices.deals as package
from goodoffices.case import Case
from goodoffices.cli import main
from tests.brief.reading import by_id, read
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


def test_the_brief_of_a_case_with_an_outlook_looks_ahead(
    run: Run, case: Path, tmp_path: Path
) -> None:
    page = tmp_path / "brief.html"
    code, out, _ = run("brief", case, "-o", page, "--draws", 200)
    assert code == 0
    assert "What may come first" in out
    places = by_id(read(page.read_text(encoding="utf-8")))
    assert {"q2", "q8", "q9", "postures"} <= set(places)
    assert "reliability" not in places["q9"].text


def test_the_brief_weighs_packages_once_for_all_lenses(
    run: Run, case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Case] = []
    lens = package.deals

    def counted(case: Case, **options: Any) -> package.Deals:
        asked.append(case)
        return lens(case, **options)

    monkeypatch.setattr(package, "deals", counted)
    run("brief", case, "-o", tmp_path / "brief.html", "--draws", 200)
    assert len(asked) == 1


def test_a_horizon_that_is_past_leaves_the_outlook_out_and_says_so(
    run: Run, tmp_path: Path
) -> None:
    # Without a day of its own, a case looks ahead from the machine's day.
    undated = SMALL.replace("as_of: 2024-05-31\n", "")
    assert undated != SMALL
    case, page = write_small(tmp_path, undated + OUTLOOK), tmp_path / "brief.html"
    code, _, err = run("brief", case, "-o", page, "--draws", 200)
    assert code == 0
    assert "questions 8 and 9 are left out: " in err
    assert "q9" not in by_id(read(page.read_text(encoding="utf-8")))


def test_past_forecasts_are_scored_in_the_brief_and_on_a_page_of_their_own(
    run: Run, case: Path, tmp_path: Path
) -> None:
    run("forecast", case)
    for question, answer in (("accord", "no"), ("fire", "yes")):
        run("resolve", case, question, answer, "--on", "2024-11-29")
    page, brief = tmp_path / "score.html", tmp_path / "brief.html"
    code, out, _ = run("score", case, "-o", page)
    assert code == 0
    assert f"The page is in {page}" in out
    assert len(read(page.read_text(encoding="utf-8")).all("svg", "reliability")) == 1
    run("brief", case, "-o", brief, "--draws", 200)
    assert len(read(brief.read_text(encoding="utf-8")).all("svg", "reliability")) == 1
