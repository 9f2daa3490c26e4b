"""What stands in the environment while an endpoint is asked."""

from __future__ import annotations

import pytest

from tests.reading.model.asking import KEY


@pytest.fixture(autouse=True)
def _environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOCKS_KEY", KEY)
    # What the client library would otherwise pick up by itself.
    monkeypatch.setenv("OPENAI_API_KEY", "sk-not-named")
    monkeypatch.setenv("OPENAI_ORG_ID", "org-not-named")
    monkeypatch.setenv("OPENAI_PROJECT_ID", "proj-not-named")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
