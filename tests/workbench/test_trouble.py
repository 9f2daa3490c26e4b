"""Killed, disk full, history damaged: the case file is whole, and the page says what happened."""

import os
import re
import signal
import sqlite3
import threading
import time
from pathlib import Path

import httpx
import pytest
from starlette.testclient import TestClient

from benchmarks.soak import serving, soak, stop
from goodoffices.case.file import parse_case, read_case, starter
from goodoffices.workbench import history, store
from goodoffices.workbench.history import Entry, History, history_path
from goodoffices.workbench.server import application
from tests.workbench.conftest import HOME, PORT, TOKEN

SOAKED = 4.0
"""Seconds; `benchmarks/soak.py` runs ten minutes."""


def revision(page: str) -> str:
    return page.split('name="revision" value="')[1].split('"')[0]


def retitle(browser: TestClient | httpx.Client, title: str) -> str:
    base = revision(browser.get("/history").text)
    given = {"path": "title", "form": "text", "value": title, "revision": base}
    return browser.post("/edit", data=given).text


def test_four_clients_at_once_lose_nothing(case_path: Path) -> None:
    report = soak(case_path, SOAKED)
    assert report.wrong == []
    assert report.confirmed
    assert len(report.asked) > 2


def test_a_server_killed_in_mid_edit_leaves_a_whole_file_and_says_what_it_holds(
    case_path: Path,
) -> None:
    before = ""
    for wait in (0.05, 0.12, 0.3):
        server, address = serving(case_path)
        host = re.sub(r"/\?.*", "", address)
        with httpx.Client(base_url=host, headers={"origin": host}, timeout=30) as client:
            page = client.get(address, follow_redirects=True).text
            assert before in page
            confirmed: list[int] = []
            editing = threading.Thread(target=_edit_on, args=(client, confirmed))
            editing.start()
            while not confirmed:
                time.sleep(0.005)
            time.sleep(wait)
            server.send_signal(signal.SIGKILL)
            server.wait()
            editing.join()
        assert server.stdout is not None
        server.stdout.close()
        title = parse_case(case_path.read_text()).title
        # What was confirmed is there; one more edit may have been on its way.
        assert int(title.removeprefix("title ")) - confirmed[-1] in {0, 1}
        before = title
    server, address = serving(case_path)
    with httpx.Client() as client:
        told = client.get(address.replace("/?", "/history?"), follow_redirects=True).text
    stop(server)
    assert f"to {before}" in told
    assert "(as it is now)" in told


def _edit_on(client: httpx.Client, confirmed: list[int]) -> None:
    try:
        for number in range(1000):
            if "Saved." in retitle(client, f"title {number}"):
                confirmed.append(number)
    except httpx.HTTPError:
        # The server is gone.
        pass


def test_a_full_disk_is_said_where_one_edits_and_costs_nothing(
    browser: TestClient, case_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = case_path.read_bytes()

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    for _ in range(3):
        told = retitle(browser, "never there")
        assert "No space left on device" in told
        assert "not saved: the file stays as it was" in told
        assert 'value="never there"' in told
    assert case_path.read_bytes() == before
    monkeypatch.undo()
    assert "Saved." in retitle(browser, "there")


def test_a_folder_in_which_no_history_can_be_kept_is_said_on_every_page(
    case_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = history._open

    def protected(path: Path | str) -> sqlite3.Connection:
        if path != ":memory:":
            raise sqlite3.OperationalError("attempt to write a readonly database")
        return real(path)

    monkeypatch.setattr(history, "_open", protected)
    with _browser(case_path) as browser:
        for address in ("/", "/matrix", "/history"):
            page = browser.get(address).text
            assert "No history can be kept beside the case" in page
            assert "readonly database" in page


def test_a_history_that_is_damaged_is_said_and_begun_anew(case_path: Path) -> None:
    history_path(case_path).write_bytes(b"not a database at all" * 100)
    with _browser(case_path) as browser:
        page = browser.get("/").text
        assert "The history could not be read" in page
        assert "The case file is whole" in page
        assert "Saved." in retitle(browser, "after the damage")
    assert read_case(case_path, checked=False).title == "after the damage"


def test_a_history_damaged_under_the_server_costs_no_edit(
    browser: TestClient, case_path: Path
) -> None:
    retitle(browser, "before the damage")
    for ending in ("", "-wal"):
        place = history_path(case_path)
        place = place.with_name(place.name + ending)
        place.write_bytes(os.urandom(len(place.read_bytes())))
    for number in range(3):
        told = retitle(browser, f"title {number}")
        assert "Saved." in told or "changed elsewhere" in told
    parse_case(case_path.read_text())
    assert browser.get("/history").status_code == 200


def test_a_history_that_is_deleted_under_the_server_costs_no_edit(
    browser: TestClient, case_path: Path
) -> None:
    for ending in ("", "-wal", "-shm"):
        place = history_path(case_path)
        place.with_name(place.name + ending).unlink(missing_ok=True)
    assert "Saved." in retitle(browser, "still there")
    assert read_case(case_path, checked=False).title == "still there"


def test_a_history_that_fails_while_a_page_reads_it_is_said_and_begun_anew(
    browser: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = History._rows

    def failing(self: History, rest: str, *values: int) -> list[Entry]:
        if not self.notice:
            raise sqlite3.DatabaseError("database disk image is malformed")
        return real(self, rest, *values)

    monkeypatch.setattr(History, "_rows", failing)
    answer = browser.get("/history")
    assert answer.status_code == 409
    assert "malformed" in answer.text
    page = browser.get("/history").text
    assert "No history can be kept beside the case (database disk image is malformed)" in page
    assert "Saved." in retitle(browser, "goes on")


def test_what_a_killed_program_left_half_written_goes_in_time(case_path: Path) -> None:
    old, fresh = (case_path.with_name(f".goodoffices-{name}.tmp") for name in ("old", "new"))
    for left in (old, fresh):
        left.write_text(starter(), encoding="utf-8")
    folder = case_path.with_name(".goodoffices-uploads")
    folder.mkdir()
    (folder / "note.txt").write_text("x")
    past = time.time() - 2 * store.ABANDONED
    for left in (old, folder):
        os.utime(left, (past, past))
    with _browser(case_path):
        assert not old.exists()
        assert not folder.exists()
        # Somebody may be writing it right now.
        assert fresh.exists()


def _browser(case_path: Path) -> TestClient:
    guard = application(case_path, token=TOKEN, port=PORT)
    client = TestClient(guard, base_url=HOME)
    client.headers["origin"] = HOME
    client.get(f"/history?token={TOKEN}")
    return client
