"""The command that opens the workbench: where it serves, and what it says and opens."""

import sys
import webbrowser
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import goodoffices.workbench.server
from goodoffices.case.file import starter
from tests.cli.conftest import Run

ADDRESS = "http://127.0.0.1:1234/?token=secret"


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Path, int]]:
    """Which files were served on which ports; nothing listens."""
    found: list[tuple[Path, int]] = []

    def serve(case: Path, *, port: int, opened: Callable[[str], Any]) -> None:
        found.append((case, port))
        opened(ADDRESS)

    monkeypatch.setattr(goodoffices.workbench.server, "serve", serve)
    return found


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Which pages the browser was asked to open."""
    found: list[str] = []
    monkeypatch.setattr(webbrowser, "open", found.append)
    return found


def test_the_address_is_printed_alone_and_what_ends_it_is_said_beside_it(
    run: Run, served: list[tuple[Path, int]], shown: list[str]
) -> None:
    code, out, err = run("open", "case.yaml")
    assert (code, out) == (0, f"{ADDRESS}\n")
    assert err == "goodoffices: the workbench is open; stop it with Ctrl-C\n"
    assert served == [(Path("case.yaml"), 0)]
    assert shown == [ADDRESS]


def test_no_browser_is_opened_where_none_is_wanted(
    run: Run, served: list[tuple[Path, int]], shown: list[str]
) -> None:
    assert run("open", "case.yaml", "--no-browser", "--port", 8080)[0] == 0
    assert (served, shown) == ([(Path("case.yaml"), 8080)], [])


@pytest.mark.parametrize("port", ["-1", "65536", "http"])
def test_a_port_that_is_none_is_wrong_usage(
    run: Run, served: list[tuple[Path, int]], port: str
) -> None:
    code, _, err = run("open", "case.yaml", "--port", port)
    assert (code, served) == (2, [])
    assert "port" in err


def test_ctrl_c_is_how_it_ends(run: Run, monkeypatch: pytest.MonkeyPatch, shown: list[str]) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(goodoffices.workbench.server, "serve", interrupted)
    code, out, err = run("open", "case.yaml")
    assert (code, out, shown) == (130, "", [])
    assert "Traceback" not in err


def test_without_the_extra_it_names_what_to_install(
    run: Run, monkeypatch: pytest.MonkeyPatch, served: list[tuple[Path, int]]
) -> None:
    monkeypatch.setitem(sys.modules, "starlette", None)
    Path("case.yaml").write_text(starter(), encoding="utf-8")
    code, _, err = run("open", "case.yaml")
    assert (code, served) == (1, [])
    assert "pip install 'goodoffices[workbench]'" in err
