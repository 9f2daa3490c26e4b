"""A case with 12 parties, 60 issues and 2,000 claims: still usable, and what is bounded is said."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pytest
from starlette.testclient import TestClient

from benchmarks.large import large_case
from goodoffices.case.file import read_case
from goodoffices.errors import Interrupted
from goodoffices.workbench import desk
from goodoffices.workbench.pages.parts import MOST_LISTED
from goodoffices.workbench.pages.results import MOST_FAULTS
from goodoffices.workbench.server import application
from tests.workbench.conftest import HOME, PORT, TOKEN

SLOWEST_PAGE = 2.0
"""Seconds of processor time; measured are at most 0.3 on a quiet machine."""
SLOWEST_EDIT = 5.0
"""Seconds of processor time; measured are 1.9, of which reading the file back takes 1.2."""
PATH = "positions.party-1.issue-1.weight"


@pytest.fixture(scope="module")
def case_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("large") / "case.yaml"
    path.write_text(large_case(), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def browser(case_path: Path) -> Iterator[TestClient]:
    with pytest.MonkeyPatch.context() as patch:
        # What is computed beside a page is not what the page costs.
        patch.setattr(desk, "PATIENCE", 0.05)
        patch.setattr(desk, "_deals", _never)
        guard = application(case_path, token=TOKEN, port=PORT)
        with TestClient(guard, base_url=HOME) as client:  # type: ignore[arg-type]
            client.headers["origin"] = HOME
            client.get(f"/static/brief.css?token={TOKEN}")
            yield client


def _never(*_: object) -> NoReturn:
    raise Interrupted("not in this test")


def spent(since: float) -> float:
    return time.process_time() - since


@pytest.mark.parametrize(
    "address",
    [
        "/", "/matrix", "/matrix/issue-7", "/parts", "/parts?find=claim-19", "/history",
        "/part?path=claims.claim-7", "/cell?actor=party-1&issue=issue-1", "/documents", "/zone",
        "/conflicts", "/packages", "/scenarios", "/hand-over",
    ],
)  # fmt: skip
def test_a_page_of_a_large_case_comes_soon(browser: TestClient, address: str) -> None:
    begun = time.process_time()
    assert browser.get(address).status_code == 200
    assert spent(begun) < SLOWEST_PAGE


def test_an_edit_of_a_large_case_is_saved_soon(browser: TestClient, case_path: Path) -> None:
    page = browser.get("/matrix").text
    revision = page.split('name="revision" value="')[1].split('"')[0]
    given = {"path": PATH, "form": "text", "value": "1..2", "revision": revision}
    begun = time.process_time()
    answer = browser.post("/edit", data=given)
    assert spent(begun) < SLOWEST_EDIT
    assert "Saved." in answer.text
    assert read_case(case_path, checked=False).positions["party-1"]["issue-1"].weight.text == "1..2"


def test_what_is_bounded_is_said(browser: TestClient) -> None:
    matrix = browser.get("/matrix").text
    assert "60 issues" in matrix
    assert "opens its lines when you open it" in matrix
    assert matrix.count("data-path=") < 100
    parts = browser.get("/parts").text
    assert f"{2000 - MOST_LISTED:,} more: use Find" in parts
    assert parts.count("/part?path=claims.") == MOST_LISTED
    assert browser.get("/").text.count('<li class="warning">') == MOST_FAULTS


def test_a_folded_issue_brings_its_lines_when_it_is_opened(browser: TestClient) -> None:
    lines = browser.get("/matrix/issue-7").text
    assert "positions.party-11.issue-7.values.o3" in lines
