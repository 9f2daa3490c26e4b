import html
import re
import time
from pathlib import Path
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from goodoffices.case import check_file
from goodoffices.case.file import read_case
from goodoffices.workbench.desk import PAGES

WEIGHT = "positions.hill.water.weight"


def revision(client: TestClient) -> str:
    found = re.search(r'id="revision" name="revision" value="([0-9a-f]+)"', client.get("/").text)
    assert found is not None
    return found[1]


def edit(client: TestClient, path: str, value: str, form: str = "text", base: str = "") -> str:
    data = {"path": path, "form": form, "value": value, "revision": base or revision(client)}
    answer = client.post("/edit", data=data)
    assert answer.status_code == 200
    return answer.text


def settled(client: TestClient, path: str) -> str:
    for _ in range(200):
        text = client.get(path).text
        if "Computing …" not in text and "are being computed" not in text:
            return text
        time.sleep(0.05)
    raise AssertionError(f"{path} was never answered")


@pytest.fixture
def position(case_path: Path) -> tuple[str, str]:
    """A party and an issue of the starter case, for which a position is given."""
    case = read_case(case_path)
    actor = next(iter(case.positions))
    return actor, next(iter(case.positions[actor]))


@pytest.mark.parametrize("address", [address for address, _ in PAGES])
def test_every_page_of_the_menu_answers(browser: TestClient, address: str) -> None:
    answer = browser.get(f"/{address}")
    assert answer.status_code == 200
    assert 'aria-current="page"' in answer.text
    assert "<h1" in answer.text or "<h2" in answer.text


def test_the_overview_gives_the_short_answers(browser: TestClient, case_path: Path) -> None:
    text = settled(browser, "/")
    assert html.escape(read_case(case_path).title) in text
    assert "Chance that one exists" in text


def test_a_cell_is_edited_saved_and_answered(
    browser: TestClient, case_path: Path, position: tuple[str, str]
) -> None:
    actor, issue = position
    path = f"positions.{actor}.{issue}.weight"
    text = edit(browser, path, "41..43")
    assert 'value="41..43"' in text
    assert 'hx-swap-oob="true"' in text
    assert "Saved." in text
    assert read_case(case_path, checked=False).positions[actor][issue].weight.text == "41..43"


def test_a_wrong_cell_is_refused_where_it_is_with_how_to_mend(
    browser: TestClient, case_path: Path, position: tuple[str, str]
) -> None:
    actor, issue = position
    before = case_path.read_bytes()
    text = edit(browser, f"positions.{actor}.{issue}.weight", "heavy")
    assert 'aria-invalid="true"' in text
    assert "30..50" in text
    assert 'value="heavy"' in text
    assert case_path.read_bytes() == before


def test_what_is_typed_is_checked_before_it_is_saved(
    browser: TestClient, case_path: Path, position: tuple[str, str]
) -> None:
    actor, issue = position
    before = case_path.read_bytes()
    data = {"path": f"positions.{actor}.{issue}.weight", "form": "text", "value": "50..30"}
    assert "downwards" in browser.post("/taste", data=data).text
    assert browser.post("/taste", data={**data, "value": "30..50"}).text == ""
    assert case_path.read_bytes() == before


def test_the_later_edit_of_two_tabs_is_refused_with_both_versions(
    browser: TestClient, case_path: Path
) -> None:
    base = revision(browser)
    edit(browser, "title", "First tab", base=base)
    text = edit(browser, "title", "Second tab", base=base)
    assert "this changed elsewhere" in text
    assert "First tab" in text
    assert "Second tab" in text
    assert read_case(case_path).title == "First tab"


def test_edits_of_two_tabs_that_do_not_touch_are_both_kept(
    browser: TestClient, case_path: Path
) -> None:
    base = revision(browser)
    edit(browser, "title", "First tab", base=base)
    text = edit(browser, "purpose", "Second tab", form="long", base=base)
    assert "beside what changed elsewhere" in text
    case = read_case(case_path)
    assert (case.title, case.purpose) == ("First tab", "Second tab")


def test_undo_and_redo_go_back_to_the_page_they_came_from(
    browser: TestClient, case_path: Path
) -> None:
    old = read_case(case_path).title
    edit(browser, "title", "New")
    answer = browser.post("/undo", data={"back": "matrix"})
    assert answer.url.path == "/matrix"
    assert read_case(case_path).title == old
    browser.post("/redo", data={"back": "matrix"})
    assert read_case(case_path).title == "New"


@pytest.mark.parametrize("back", ["//evil.example", "https://evil.example", "/\\evil.example", ""])
def test_no_form_sends_anybody_elsewhere(browser: TestClient, back: str) -> None:
    answer = browser.post("/undo", data={"back": back}, follow_redirects=False)
    assert answer.status_code == 303
    place = answer.headers["location"]
    assert place.startswith("/")
    assert not place.startswith(("//", "/\\"))


def test_a_part_is_added_shown_and_removed(browser: TestClient, case_path: Path) -> None:
    party = next(iter(read_case(case_path).parties))
    data = {
        "section": "interests",
        "id": "calm",
        "value": f"name: Calm\nof: {party}\nassumed: 'team: a test'",
        "revision": revision(browser),
    }
    answer = browser.post("/add", data=data)
    assert answer.url.path == "/part"
    assert "Calm" in answer.text
    assert read_case(case_path).interests["calm"].name == "Calm"
    removed = {"path": "interests.calm", "back": "parts", "revision": revision(browser)}
    browser.post("/remove", data=removed)
    assert "calm" not in read_case(case_path).interests


def test_what_is_added_wrongly_is_refused_and_what_was_typed_is_still_there(
    browser: TestClient, case_path: Path
) -> None:
    before = case_path.read_bytes()
    data = {"section": "parties", "id": "x", "value": "nom: X", "revision": revision(browser)}
    answer = browser.post("/add", data=data)
    assert answer.status_code == 422
    assert "nom: X" in answer.text
    assert "role" in answer.text
    assert case_path.read_bytes() == before


def test_a_part_that_is_there_already_is_not_overwritten(
    browser: TestClient, case_path: Path
) -> None:
    party = next(iter(read_case(case_path).parties))
    data = {
        "section": "parties",
        "id": party,
        "value": "{name: X, role: bystander}",
        "revision": revision(browser),
    }
    answer = browser.post("/add", data=data)
    assert answer.status_code == 422
    assert "is there already" in answer.text


def test_the_panel_shows_all_of_a_cell(
    browser: TestClient, case_path: Path, position: tuple[str, str]
) -> None:
    actor, issue = position
    text = browser.get("/cell", params={"actor": actor, "issue": issue}).text
    for word in ("Weight", "Wants", "Interest", "Because"):
        assert word in text
    assert browser.get("/cell", params={"actor": "nobody", "issue": issue}).status_code == 404


def test_a_package_is_assessed_and_kept(browser: TestClient, case_path: Path) -> None:
    case = read_case(case_path)
    picks = {f"pick.{key}": issue.option_ids[-1] for key, issue in case.issues.items()}
    assert "All who must" in browser.get("/packages/assessed", params=picks).text
    data = {**picks, "name": "As a trial", "revision": revision(browser)}
    answer = browser.post("/packages/keep", data=data)
    assert answer.url.path == "/packages"
    kept = read_case(case_path, checked=False).packages["as-a-trial"]
    assert kept.name == "As a trial"
    assert dict(kept.picks) == {key.removeprefix("pick."): pick for key, pick in picks.items()}
    # A second one of that name stands beside it.
    browser.post("/packages/keep", data={**data, "revision": revision(browser)})
    assert "as-a-trial-2" in read_case(case_path, checked=False).packages
    # What the workbench adds leaves the case usable.
    assert check_file(case_path) == tuple(
        fault for fault in check_file(case_path) if fault.severity == "warning"
    )


def test_an_uncertain_input_can_be_swept(browser: TestClient, case_path: Path) -> None:
    found = re.findall(r'<option value="([^"]+\.[^"]+)">', browser.get("/packages").text)
    paths = [path for path in found if not path.startswith("pick")]
    assert paths, "the starter case has uncertain inputs"
    text = browser.get("/packages/sweep", params={"path": paths[0], "at": "8"}).text
    assert text.count("bar-up") == 2 * 9
    for at in ("99", "-3", "x", "1e999"):
        params = {"path": paths[0], "at": at}
        assert browser.get("/packages/sweep", params=params).status_code == 200
    assert "choose an input" in browser.get("/packages/sweep", params={"path": "title.x"}).text


def test_edits_become_a_scenario_and_the_case_goes_back(
    browser: TestClient, case_path: Path, position: tuple[str, str]
) -> None:
    actor, issue = position
    before = read_case(case_path)
    edit(browser, f"positions.{actor}.{issue}.weight", "55")
    data = {"since": "1", "id": "heavier", "name": "Heavier", "assumed": "team: a trial"}
    answer = browser.post("/scenarios/make", data=data)
    assert answer.url.path == "/scenarios"
    after = read_case(case_path)
    assert after.positions == before.positions
    assert after.scenarios["heavier"].set == {f"positions.{actor}.{issue}.weight": 55} or (
        after.scenarios["heavier"].set == {f"positions.{actor}.{issue}.weight": "55"}
    )


def test_a_scenario_that_cannot_be_made_costs_no_edit(browser: TestClient, case_path: Path) -> None:
    edit(browser, "title", "Edited")
    answer = browser.post("/scenarios/make", data={"since": "1", "id": "bad id", "name": "x"})
    assert answer.status_code == 422
    assert read_case(case_path).title == "Edited"
    answer = browser.post("/scenarios/make", data={"since": "77", "id": "x", "name": "x"})
    assert answer.status_code == 422
    assert read_case(case_path).title == "Edited"


def test_the_history_restores_and_compares(browser: TestClient, case_path: Path) -> None:
    old = case_path.read_text()
    edit(browser, "title", "Edited")
    text = browser.get("/compare", params={"one": "2", "other": "1"}).text
    assert "title" in text
    assert "Edited" in text
    browser.post("/restore", data={"entry": "1"})
    assert case_path.read_text() == old
    assert browser.post("/restore", data={"entry": "99"}).status_code == 404
    assert browser.get("/compare", params={"one": "x", "other": "1"}).status_code == 404


def test_a_file_broken_outside_is_explained_and_restored(
    browser: TestClient, case_path: Path
) -> None:
    good = case_path.read_text()
    case_path.write_text("parties: [")
    for path in ("/", "/matrix", "/parts", "/conflicts", "/scenarios", "/packages"):
        assert browser.get(path).status_code == 200
    assert "is no case now" in browser.get("/").text
    browser.post("/restore", data={"entry": "1"})
    assert case_path.read_text() == good


def test_words_of_the_case_never_become_markup(browser: TestClient, case_path: Path) -> None:
    hostile = '<script>alert(1)</script>"><img src=x onerror=alert(1)>\u202e{{7*7}}'
    edit(browser, "title", hostile)
    party = next(iter(read_case(case_path).parties))
    edit(browser, f"parties.{party}.name", hostile)
    for address, _ in PAGES:
        text = browser.get(f"/{address}").text
        assert "<script>alert" not in text
        assert "<img" not in text
        assert "49" not in re.findall(r"<h1>(.*?)</h1>", text)
    text = browser.get("/part", params={"path": hostile}).text
    assert "<script>alert" not in text


@pytest.mark.parametrize(
    "path",
    ["/nowhere", "/matrix/none", "/part?path=none", "/cell", "/compare", "/static/none"],
)
def test_what_is_not_there_is_said_in_words(browser: TestClient, path: str) -> None:
    answer = browser.get(path)
    assert answer.status_code == 404
    assert answer.text.strip()
    assert "Traceback" not in answer.text


def test_full_answers_come_in_the_background_and_can_be_stopped(browser: TestClient) -> None:
    browser.get("/")
    for _ in range(200):
        text = browser.get("/zone").text
        if "hx-trigger" not in text:
            break
        time.sleep(0.05)
    assert "10,000 draws" in text or "exact" in text
    edit(browser, "title", "New title")
    browser.post("/stop")
    assert browser.get("/zone").status_code == 200
    assert browser.get("/zone?again=1").status_code == 200


def test_the_address_of_a_part_may_hold_any_sign(browser: TestClient) -> None:
    for path in ("..", "a" * 2000, "positions.\x00", "💥", "__class__.__init__"):
        assert browser.get("/part?path=" + quote(path)).status_code == 404


def test_two_states_are_compared_in_words(browser: TestClient) -> None:
    edit(browser, "positions.north.shore.weight", "31..47")
    page = browser.get("/compare", params={"one": "1", "other": "2"}).text
    assert "Weight of “The eastern shore” for Northtown" in page
    assert "<td>31..47</td>" in page


def test_every_answer_can_be_asked_for_a_scenario(browser: TestClient, case_path: Path) -> None:
    data = {
        "section": "scenarios",
        "id": "calm",
        "value": "name: A calm lake\nset: {title: Another lake}\nassumed: 'team: a trial'",
        "revision": revision(browser),
    }
    browser.post("/add", data=data)
    assert read_case(case_path).scenarios["calm"].name == "A calm lake"
    plain = settled(browser, "/conflicts")
    asked = settled(browser, "/conflicts?scenario=calm")
    told = "A scenario, not the case as it stands."
    assert told in asked
    assert told not in plain
    assert told not in settled(browser, "/conflicts?scenario=nowhere")
