import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from goodoffices.case.file import starter
from goodoffices.workbench.server import application

TOKEN = "a-token-of-this-run"
PORT = 8765
HOME = f"http://127.0.0.1:{PORT}"


@pytest.fixture
def case_path(tmp_path: Path) -> Path:
    path = tmp_path / "case.yaml"
    path.write_text(starter(), encoding="utf-8")
    return path


@pytest.fixture
def browser(case_path: Path) -> Iterator[TestClient]:
    """A browser that came in with the token, on the starter case."""
    guard = application(case_path, token=TOKEN, port=PORT)
    with TestClient(guard, base_url=HOME) as client:  # type: ignore[arg-type]
        client.headers["origin"] = HOME
        client.get(f"/?token={TOKEN}")
        yield client


@pytest.fixture(scope="module")
def shipped(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A browser on a copy of the shipped case, with the moves' answer at hand."""
    folder = tmp_path_factory.mktemp("shipped") / "case"
    shutil.copytree(root / "examples" / "gaza-2024", folder)
    guard = application(folder / "case.yaml", token=TOKEN, port=PORT)
    with TestClient(guard, base_url=HOME) as client:  # type: ignore[arg-type]
        client.headers["origin"] = HOME
        client.get(f"/moves?token={TOKEN}")
        until(lambda: "Computing" not in client.get("/moves").text)
        yield client


def until(done: Callable[[], bool], seconds: float = 60.0) -> None:
    """Wait for something that is computed beside the test."""
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end
        time.sleep(0.1)
