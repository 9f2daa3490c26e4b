"""The brief by what a case holds: every combination of issues, moves and an outlook."""

import itertools
import json
import re
from pathlib import Path
from typing import Any

import pytest

import goodoffices.brief
import goodoffices.deals
import goodoffices.moves
import goodoffices.outlook
from goodoffices.case._write import document
from goodoffices.case._yaml import read
from goodoffices.case.model import Case
from goodoffices.cli.lenses import both
from tests.brief.reading import by_id
from tests.brief.reading import read as read_page
from tests.case.cases import SMALL, write_small
from tests.cli.conftest import Run
from tests.outlook.cases import OUTLOOK

OF_DEALS, OF_MOVES, OF_TIME = {1, 2, 3, 4, 5, 6, 10}, {7}, {8, 9}
"""The ten questions by the lens that answers them."""
ABOUT_ISSUES = (
    "issues", "positions", "demands", "linkages", "promises", "packages", "text_agreed",
    "scenarios",
)  # fmt: skip
MOVES: dict[str, Any] = {
    "options": {
        "go": {"name": "Troops go", "by": "north", "assumed": "team: it could"},
        "talk": {"name": "Talks begin", "by": "south", "assumed": "team: it could"},
    },
    "states": {"agreement": {"name": "An agreement", "when": "go and talk"}},
    "preferences": {
        "north": {"ranking": ["talk and not go", "agreement", "not talk"], "assumed": "team: x"},
        "south": {"ranking": ["go and not talk", "agreement", "not go"], "assumed": "team: x"},
    },
}
DRAFT = {"class": "fact", "source": "report", "quote": "Talks on the corridor", "status": "draft"}


def a_case(folder: Path, *, issues: bool, moves: bool, outlook: bool, draft: bool = False) -> Path:
    """Write the small case with some of its sections."""
    data: dict[str, Any] = read(SMALL + (OUTLOOK if outlook else "")).data
    if not issues:
        for section in ABOUT_ISSUES:
            data.pop(section)
        data["interests"]["safety"].pop("served_by")
        if outlook:
            # What a package is worth, and a walk-away that moves, need issues.
            data["outlook"].pop("tabling")
            data["outlook"].pop("pressure")
    if moves:
        data["moves"] = MOVES
    if draft:
        data["claims"]["new"] = DRAFT
    return write_small(folder, document(data))


def questions(page: Path) -> set[int]:
    """Return the questions that a page answers in a section of their own."""
    found = by_id(read_page(page.read_text(encoding="utf-8")))
    return {int(name[1:]) for name in found if re.fullmatch(r"q\d+", name)}


@pytest.mark.parametrize(
    ("issues", "moves", "outlook"),
    [which for which in itertools.product([False, True], repeat=3) if which[0] or which[1]],
)
def test_the_brief_answers_what_the_case_holds_and_nothing_else(
    run: Run, tmp_path: Path, issues: bool, moves: bool, outlook: bool
) -> None:
    case = a_case(tmp_path, issues=issues, moves=moves, outlook=outlook)
    code, out, err = run("brief", case, "--draws", 100)
    assert (code, "error" in err) == (0, False)
    expected: set[int] = set()
    for there, which in ((issues, OF_DEALS), (moves, OF_MOVES), (outlook, OF_TIME)):
        expected |= which if there else set()
    answered = questions(Path("brief.html"))
    assert answered & OF_MOVES == expected & OF_MOVES
    assert answered & OF_TIME == expected & OF_TIME
    assert answered & {2, 3, 4, 5, 6} == expected & {2, 3, 4, 5, 6}
    # What the terminal shows are the same lenses.
    assert ("Is there a deal?" in out) == issues
    assert ("What may come first" in out) == outlook
    assert out.rstrip().endswith("The brief is in brief.html")


def test_each_lens_is_asked_once_with_the_same_draws_seed_and_scenario(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, Any, Any, Any]] = []
    for name in ("deals", "moves", "outlook"):
        module = getattr(goodoffices, name)
        lens = getattr(module, name)

        def counted(case: Case, *rest: Any, _lens: Any = lens, _name: str = name, **o: Any) -> Any:
            asked.append((_name, o.get("scenario"), o.get("draws"), o.get("seed")))
            return _lens(case, *rest, **o)

        monkeypatch.setattr(module, name, counted)
    case = a_case(tmp_path, issues=True, moves=True, outlook=True)
    options = ("--draws", 150, "--seed", 3, "--scenario", "watched")
    assert run("brief", case, *options)[0] == 0
    assert asked == [
        ("deals", "watched", 150, 3),
        ("moves", "watched", goodoffices.moves.DRAWS, 3),
        ("outlook", "watched", 150, 3),
    ]


def test_few_draws_are_raised_to_those_that_the_outlook_needs(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    lens = goodoffices.outlook.outlook

    def counted(*given: Any, **options: Any) -> Any:
        asked.append(options["draws"])
        return lens(*given, **options)

    monkeypatch.setattr(goodoffices.outlook, "outlook", counted)
    case = a_case(tmp_path, issues=True, moves=False, outlook=True)
    assert run("brief", case, "--draws", 1)[0] == 0
    assert asked == [100]


@pytest.mark.parametrize("option", [(), ("--drafts",)])
def test_drafts_are_told_on_the_page_and_in_the_terminal_alike(
    run: Run, tmp_path: Path, option: tuple[str, ...]
) -> None:
    case = a_case(tmp_path, issues=True, moves=False, outlook=False, draft=True)
    said = "1 draft is used here." if option else "1 draft waits for a person, and is not used"
    code, out, _ = run("brief", case, "--draws", 100, *option)
    assert (code, said in out.splitlines()[0]) == (0, True)
    assert said in Path("brief.html").read_text(encoding="utf-8")


def test_json_tells_what_was_written_and_nothing_else_on_the_same_stream(
    run: Run, tmp_path: Path
) -> None:
    case = a_case(tmp_path, issues=True, moves=True, outlook=False, draft=True)
    code, out, err = run("brief", case, "-o", "page.html", "--draws", 100, "--json")
    assert (code, json.loads(out)) == (0, {"written": ["page.html"]})
    assert "1 draft waits" in err


def test_the_brief_is_the_same_for_the_same_seed_and_says_nothing_of_when_it_was_made(
    run: Run, tmp_path: Path
) -> None:
    case = a_case(tmp_path, issues=True, moves=False, outlook=False)
    pages = []
    for seed in (1, 1, 2):
        run("brief", case, "--draws", 100, "--seed", seed)
        pages.append(Path("brief.html").read_bytes())
    assert pages[0] == pages[1] != pages[2]


def test_a_brief_that_stands_there_is_made_anew(run: Run, tmp_path: Path) -> None:
    case = a_case(tmp_path, issues=True, moves=False, outlook=False)
    Path("brief.html").write_text("an older one", encoding="utf-8")
    assert run("brief", case, "--draws", 100)[0] == 0
    assert Path("brief.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_a_brief_that_cannot_be_made_leaves_the_older_one(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = a_case(tmp_path, issues=True, moves=False, outlook=False)
    Path("brief.html").write_text("an older one", encoding="utf-8")
    assert run("brief", case, "--draws", 100, "--scenario", "wacthed")[0] == 1
    assert Path("brief.html").read_text(encoding="utf-8") == "an older one"


def test_sources_beside_the_case_are_quoted_in_their_context(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: dict[str, str] = {}
    render = goodoffices.brief.render_brief

    def kept(*parts: Any, **options: Any) -> str:
        given.update(options["sources"])
        return render(*parts, **options)

    monkeypatch.setattr(goodoffices.brief, "render_brief", kept)
    case = a_case(tmp_path, issues=True, moves=False, outlook=False)
    run("brief", case, "--draws", 100)
    # The letter has no copy beside the case.
    assert list(given) == ["report"]
    assert "We will not leave the corridor" in given["report"]


def test_a_log_without_a_line_that_is_resolved_scores_nothing(run: Run, tmp_path: Path) -> None:
    case = a_case(tmp_path, issues=True, moves=False, outlook=True)
    assert run("forecast", case)[0] == 0
    assert run("brief", case, "--draws", 100)[0] == 0
    page = read_page(Path("brief.html").read_text(encoding="utf-8"))
    assert len(page.all("svg", "reliability")) == 0


def test_a_case_that_holds_nothing_to_answer_is_refused_in_words(run: Run, tmp_path: Path) -> None:
    case = a_case(tmp_path, issues=False, moves=False, outlook=False)
    code, out, err = run("brief", case, "--draws", 100)
    assert (code, out) == (1, "")
    assert "issues" in err
    assert not Path("brief.html").exists()


@pytest.mark.parametrize(
    ("issues", "moves", "outlook"), list(itertools.product([False, True], repeat=3))
)
def test_a_lens_is_asked_only_of_what_the_case_holds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, issues: bool, moves: bool, outlook: bool
) -> None:
    from goodoffices.case import read_case

    for name in ("deals", "moves"):
        monkeypatch.setattr(getattr(goodoffices, name), name, lambda *_, _n=name, **__: _n)
    case = read_case(a_case(tmp_path, issues=issues, moves=moves, outlook=outlook), checked=False)
    # A bare case is one for deals, which says what is missing.
    bare = not (moves or outlook)
    assert both(case, None, 100, 0) == (
        "deals" if issues or bare else None, "moves" if moves else None,
    )  # fmt: skip
