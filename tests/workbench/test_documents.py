import io
import re
import zipfile
from html import unescape
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from goodoffices.case.drafts import drafts_of
from goodoffices.case.file import read_case
from goodoffices.case.model import Case
from goodoffices.workbench.pages.documents import MOST_FILES, passage_of

REPORT = """\
Harbour talks stall

Port Minister Ana Costa said on 3 March 2021 that the northern quay will not be handed over.
The Dockers' Union insists that it will not return to talks unless the dismissed crane drivers
are reinstated. Mediators from the Coast Guard urged both sides to agree to a truce of ten days.

Families of the drivers marched through Belmar, demanding that the talks resume.
"""
OTHER = """\
Union repeats its condition

The Dockers' Union said it would not come back to the table until the crane drivers who were
dismissed have their posts again. Officials in Belmar warned that the port could close.
"""


@pytest.fixture(autouse=True)
def _with_parser() -> None:
    pytest.importorskip("spacy", reason="needs the extra `read`")


def read(client: TestClient, *files: tuple[str, bytes]) -> str:
    sent = [("file", (name, io.BytesIO(content))) for name, content in files]
    answer = client.post("/documents/read", files=sent)
    assert answer.status_code in {200, 409, 422}
    return unescape(answer.text)


def case_of(path: Path) -> Case:
    return read_case(path, checked=False)


def decide(client: TestClient, path: str, what: str, **more: str) -> str:
    data = {"path": path, "what": what, "next": "", **more}
    answer = client.post("/documents/decide", data=data)
    assert answer.status_code == 200
    return unescape(answer.text)


@pytest.fixture
def drafted(browser: TestClient, case_path: Path) -> Case:
    read(browser, ("report.txt", REPORT.encode()))
    return case_of(case_path)


def test_dropped_files_become_drafts_and_nothing_counts_yet(
    browser: TestClient, case_path: Path
) -> None:
    before = case_of(case_path)
    told = read(browser, ("report.txt", REPORT.encode()))
    after = case_of(case_path)
    assert "draft" in told
    assert drafts_of(after)
    assert set(before.parties) <= set(after.parties)
    assert all(after.parties[key] == party for key, party in before.parties.items())
    assert "to confirm" in browser.get("/").text


def test_a_copy_lies_beside_the_case_and_the_upload_does_not(
    browser: TestClient, case_path: Path, drafted: Case
) -> None:
    names = {source.file for source in drafted.sources.values() if source.file}
    assert any((case_path.parent / str(name)).is_file() for name in names)
    assert not [place for place in case_path.parent.iterdir() if place.name.startswith(".goodo")]


def test_the_quote_is_shown_where_it_stands(browser: TestClient, drafted: Case) -> None:
    path = next(path for path in drafts_of(drafted) if path.startswith("claims."))
    text = unescape(browser.get("/documents", params={"at": path}).text)
    claim = drafted.claims[path.partition(".")[2]]
    assert f"<mark>{claim.quote}</mark>" in text.replace("<br>", "\n") or claim.quote is not None
    marked = re.search(r"<mark>(.*?)</mark>", text, flags=re.DOTALL)
    assert marked is not None
    assert " ".join(marked[1].split()) == " ".join((claim.quote or "").split())


def test_a_passage_is_the_quote_with_what_stands_around_it(case_path: Path, drafted: Case) -> None:
    for claim in drafted.claims.values():
        found = passage_of(drafted, claim, case_path.parent)
        if found is not None and claim.status == "draft":
            # A source keeps its line breaks; a quote is one line.
            assert found.quote.split() == (claim.quote or "").split()


def test_accepting_confirms_and_rejecting_takes_out_and_both_are_taken_back(
    browser: TestClient, case_path: Path, drafted: Case
) -> None:
    text = case_path.read_text()
    path = next(path for path in drafts_of(drafted) if path.startswith("claims."))
    decide(browser, path, "accept")
    assert path not in drafts_of(case_of(case_path))
    assert case_of(case_path).claims[path.partition(".")[2]].status == "confirmed"
    browser.post("/undo")
    assert case_path.read_text() == text
    decide(browser, path, "reject")
    assert path.partition(".")[2] not in case_of(case_path).claims
    assert case_of(case_path).rejected
    browser.post("/undo")
    assert case_path.read_text() == text


def test_what_was_rejected_is_not_proposed_again(
    browser: TestClient, case_path: Path, drafted: Case
) -> None:
    path = next(path for path in drafts_of(drafted) if path.startswith("claims."))
    quote = drafted.claims[path.partition(".")[2]].quote
    decide(browser, path, "reject")
    read(browser, ("report.txt", REPORT.encode()))
    assert quote not in {claim.quote for claim in case_of(case_path).claims.values()}


def test_reading_the_same_again_changes_nothing(
    browser: TestClient, case_path: Path, drafted: Case
) -> None:
    text = case_path.read_text()
    read(browser, ("report.txt", REPORT.encode()))
    assert case_path.read_text() == text


def test_a_draft_that_is_no_more_is_said_and_nothing_changes(
    browser: TestClient, case_path: Path, drafted: Case
) -> None:
    text = case_path.read_text()
    assert "is not a draft" in decide(browser, "claims.nothing", "accept")
    assert case_path.read_text() == text


def test_several_documents_are_read_together(browser: TestClient, case_path: Path) -> None:
    read(browser, ("one.txt", REPORT.encode()), ("two.txt", OTHER.encode()))
    files = [source.file for source in case_of(case_path).sources.values() if source.digest]
    assert len(files) == 2


def test_a_document_that_cannot_be_read_does_not_cost_the_others(
    browser: TestClient, case_path: Path
) -> None:
    told = read(browser, ("good.txt", REPORT.encode()), ("bad.pdf", b"%PDF-1.7 torn"))
    assert drafts_of(case_of(case_path))
    assert "bad.pdf" in told


@pytest.mark.parametrize(
    "name",
    ["../../evil.txt", "/etc/passwd.txt", "..\\evil.txt", ".hidden", "a\x00b.txt", "", "x" * 500],
)
def test_no_name_leads_out_of_the_folder(browser: TestClient, case_path: Path, name: str) -> None:
    around = {place.name for place in case_path.parent.parent.iterdir()}
    read(browser, (name, REPORT.encode()))
    assert {place.name for place in case_path.parent.parent.iterdir()} == around
    for source in case_of(case_path).sources.values():
        if source.file:
            place = (case_path.parent / source.file).resolve()
            assert place.is_relative_to(case_path.parent.resolve())


def bomb() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b"\0" * 200_000_000)
    return made.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("bomb.docx", bomb()),
        ("binary.txt", bytes(range(256)) * 99),
        ("script.html", b"<script>alert(1)</script>" * 9),
        ("empty.txt", b""),
    ],
    ids=["zip bomb", "binary", "script", "empty"],
)
def test_hostile_files_are_refused_in_words_or_harmless(
    browser: TestClient, case_path: Path, name: str, content: bytes
) -> None:
    told = read(browser, (name, content))
    assert "Traceback" not in told
    assert "<script>alert" not in told
    case_of(case_path)


def test_too_many_files_are_for_the_command_line(browser: TestClient) -> None:
    told = read(browser, *[(f"{n}.txt", b"x") for n in range(MOST_FILES + 1)])
    assert "goodoffices read" in told


def test_opinion_stands_in_a_tray_of_its_own(browser: TestClient, case_path: Path) -> None:
    letter = REPORT + (
        "\nHow long must we put up with this? They CANNOT be allowed to win! Our leaders MUST act, "
        "and every one of us should demand it!\n"
    )
    read(browser, ("letter.txt", letter.encode()))
    case = case_of(case_path)
    opinions = [claim.quote for claim in case.claims.values() if claim.class_ == "opinion"]
    assert opinions
    tray = unescape(browser.get("/documents").text).partition("Opinion, kept apart")[2]
    assert any(" ".join((quote or "").split())[:40] in " ".join(tray.split()) for quote in opinions)
    resting = {claim for _, part in case.based() for claim in part.because}
    assert not resting & {key for key, c in case.claims.items() if c.class_ == "opinion"}


def test_the_page_says_who_is_never_heard(browser: TestClient, drafted: Case) -> None:
    text = unescape(browser.get("/documents").text)
    assert "Whose word it is" in text
