from collections.abc import Iterator
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
