"""The overview, and what an open page learns of changes elsewhere."""

import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from goodoffices.workbench.answers import Job, Question
from goodoffices.workbench.desk import Desk
from goodoffices.workbench.pages.results import ASKED
from goodoffices.workbench.store import State
from tests.workbench.conftest import HOME, until


def test_the_overview_has_all_ten_questions_answered_or_with_what_they_need(
    browser: TestClient, shipped: TestClient
) -> None:
    some = browser.get("/").text
    for number, question in ASKED.items():
        assert f'<span class="n">{number}</span>' in some
        assert question.replace("'", "&#39;") in some
    # The starter has neither moves nor an outlook.
    assert some.count("Not answered: the case would need") == 3
    until(lambda: "Being computed" not in shipped.get("/").text)
    every = shipped.get("/").text
    assert "Not answered" not in every
    for number in ASKED:
        assert f'#q{number}">' in every


def test_an_open_page_learns_that_the_case_was_changed_elsewhere(
    browser: TestClient, case_path: Path
) -> None:
    revision = browser.get("/history").text.split('name="revision" value="')[1].split('"')[0]
    assert browser.get("/pulse", params={"revision": revision}).status_code == 204
    case_path.write_text(case_path.read_text().replace("title: ", "title: The other ", 1))
    shown = {"hx-current-url": f"{HOME}/part?path=parties.north"}
    told = browser.get("/pulse", params={"revision": revision}, headers=shown).text
    assert "changed elsewhere" in told
    assert 'href="/part?path=parties.north"' in told
    case_path.write_text("{ no case")
    assert "is no case now" in browser.get("/pulse", params={"revision": revision}).text


@pytest.mark.parametrize(
    "shown", ["http://evil.example//evil.example/x", "//evil.example", "http://[", "javascript:x"]
)
def test_what_a_page_calls_itself_leads_nowhere_else(browser: TestClient, shown: str) -> None:
    told = browser.get("/pulse?revision=old", headers={"hx-current-url": shown}).text
    link = re.findall(r'href="([^"]*)"', told)[-1]
    assert link.startswith("/")
    assert not link.startswith("//")


def test_undoing_leads_back_to_the_page_that_one_was_on(
    browser: TestClient, case_path: Path
) -> None:
    page = "/part?path=parties.north"
    bar = browser.get(page).text
    given = {"path": "parties.north.name", "form": "text", "value": "Upper town"}
    given["revision"] = bar.split('name="revision" value="')[1].split('"')[0]
    shown = {"hx-current-url": HOME + page}
    saved = browser.post("/edit", data=given, headers=shown).text
    back = re.findall(r'name="back" value="([^"]*)"', saved)
    assert back == [page.lstrip("/")]
    answer = browser.post("/undo", data={"back": back[0]})
    assert str(answer.url) == HOME + page
    assert "Upper town" not in case_path.read_text()


def test_a_form_that_is_refused_leads_back_to_where_it_stood(browser: TestClient) -> None:
    given = {"section": "issues", "id": "x", "value": "{", "revision": "old"}
    told = browser.post("/add", data=given, headers={"referer": f"{HOME}/parts?find=x"}).text
    assert set(re.findall(r'name="back" value="([^"]*)"', told)) == {"parts?find=x"}


def test_removing_a_part_leads_to_where_it_was_listed(browser: TestClient) -> None:
    page = browser.get("/part?path=demands.fair-share").text
    assert 'name="back" value="parts#demands"' in page


def test_an_answer_that_is_begun_anew_meanwhile_costs_no_page(
    browser: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    until(lambda: "Computing" not in browser.get("/conflicts").text)
    real, asked = Desk.deals, []

    def then_anew(self: Desk, state: State, scenario: str | None = None) -> Job | None:
        asked.append(state)
        if len(asked) == 1:
            return real(self, state, scenario)
        return Job(Question("x", "deals"), lambda _: None)

    monkeypatch.setattr(Desk, "deals", then_anew)
    answer = browser.get("/conflicts")
    assert answer.status_code == 200
    assert 'id="q2"' in answer.text
