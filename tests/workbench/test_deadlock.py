"""One state of the move graph, beside the drawing."""

import re

import pytest
from starlette.testclient import TestClient


def test_a_state_tells_who_wants_it_who_leaves_it_and_who_deters_that(shipped: TestClient) -> None:
    page = shipped.get("/moves/state", params={"number": "1"}).text
    assert "This is how things are now" in page
    assert "Israel</span>: place" in page or "Israel</bdi>: place" in page
    assert "Who could leave it, and who deters that" in page
    assert "What deters it:" in page or "It does not pay by itself" in page


def test_a_move_that_is_asked_for_comes_first(shipped: TestClient) -> None:
    page = shipped.get("/moves/state", params={"number": "1"}).text
    last = re.findall(r"/moves/state\?number=(\d+)", page)[-1]
    told = shipped.get("/moves/state", params={"number": "1", "to": last}).text
    assert re.findall(r"/moves/state\?number=(\d+)", told)[0] == last
    assert 'class="chosen"' in told


@pytest.mark.parametrize("number", ["", "0", "999", "x", "1e9", "-1"])
def test_a_state_that_is_not_there_is_said_in_words(shipped: TestClient, number: str) -> None:
    answer = shipped.get("/moves/state", params={"number": number})
    assert (answer.status_code, answer.text) == (404, "there is no such state any more")


def test_a_case_without_moves_says_so_for_a_state(browser: TestClient) -> None:
    assert browser.get("/moves/state?number=1").status_code == 404
