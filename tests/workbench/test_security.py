from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from goodoffices.case.file import starter
from goodoffices.workbench import security
from goodoffices.workbench.security import COOKIE, POLICY, Guard
from goodoffices.workbench.server import application

TOKEN = "a-token-of-this-run"
PORT = 8765
HOME = f"http://127.0.0.1:{PORT}"


@pytest.fixture
def guard(tmp_path: Path) -> Guard:
    path = tmp_path / "case.yaml"
    path.write_text(starter(), encoding="utf-8")
    return application(path, token=TOKEN, port=PORT)


@pytest.fixture
def stranger(guard: Guard) -> Iterator[TestClient]:
    with TestClient(guard, base_url=HOME, follow_redirects=False) as found:  # type: ignore[arg-type]
        yield found


@pytest.fixture
def client(stranger: TestClient) -> TestClient:
    stranger.get(f"/?token={TOKEN}")
    return stranger


def test_without_the_token_nothing_is_answered(stranger: TestClient) -> None:
    for path in ("/", "/matrix", "/static/brief.css", "/nowhere"):
        assert stranger.get(path).status_code == 403
    assert stranger.get("/?token=wrong").status_code == 403


def test_the_token_comes_in_once_and_leaves_the_address(stranger: TestClient) -> None:
    answer = stranger.get(f"/?token={TOKEN}")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/"
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert stranger.get("/").status_code == 200


def test_the_token_never_sends_anybody_elsewhere(stranger: TestClient) -> None:
    answer = stranger.get(f"//evil.example/?token={TOKEN}", headers={"host": f"127.0.0.1:{PORT}"})
    assert not answer.headers.get("location", "/").startswith("//")


@pytest.mark.parametrize("host", ["evil.example", f"evil.example:{PORT}", "127.0.0.1", "", "[::1]"])
def test_another_host_is_refused_although_the_cookie_is_right(
    client: TestClient, host: str
) -> None:
    assert client.get("/", headers={"host": host}).status_code == 403


@pytest.mark.parametrize("host", [f"localhost:{PORT}", f"127.0.0.1:{PORT}", f"[::1]:{PORT}"])
def test_this_machine_s_names_are_let_in(client: TestClient, host: str) -> None:
    cookies = {"cookie": f"{COOKIE}-{PORT}={TOKEN}", "host": host}
    assert client.get("/", headers=cookies).status_code == 200


def test_what_changes_something_must_say_that_it_comes_from_here(client: TestClient) -> None:
    assert client.post("/undo").status_code == 403
    assert client.post("/undo", headers={"origin": "http://evil.example"}).status_code == 403
    assert client.post("/undo", headers={"origin": "null"}).status_code == 403
    assert client.post("/undo", headers={"origin": HOME}).status_code == 303


def test_a_page_elsewhere_may_not_even_look(client: TestClient) -> None:
    assert client.get("/", headers={"sec-fetch-site": "cross-site"}).status_code == 403
    assert client.get("/", headers={"origin": "http://evil.example"}).status_code == 403


def test_every_answer_carries_the_policy(client: TestClient, stranger: TestClient) -> None:
    for answer in (client.get("/"), client.get("/nowhere"), client.get("/static/brief.css")):
        assert answer.headers["content-security-policy"] == POLICY
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cache-control"] == "no-store"
    assert "unsafe" not in POLICY


def test_a_request_that_is_too_large_is_cut_off(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(security, "MOST_BODY", 1000)
    data = {"path": "title", "value": "x" * 5000, "revision": ""}
    assert client.post("/edit", data=data, headers={"origin": HOME}).status_code == 413


def test_no_file_but_the_workbench_s_own_is_served(client: TestClient) -> None:
    for name in ("../store.py", "..%2fstore.py", "case.yaml", "%2e%2e/%2e%2e/errors.py"):
        assert client.get(f"/static/{name}").status_code == 404


def test_web_sockets_are_refused(client: TestClient) -> None:
    with pytest.raises(WebSocketDisconnect):
        client.websocket_connect("/").__enter__()


def test_pages_hold_no_script_and_no_style_of_their_own(client: TestClient) -> None:
    for path in ("/", "/matrix", "/parts", "/packages", "/history"):
        text = client.get(path).text
        assert "<style" not in text
        assert " style=" not in text
        assert "javascript:" not in text
        assert " on" + "click" not in text
        assert text.count("<script") == text.count('<script src="/static/')
