"""The commands that read documents and go through drafts."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

import goodoffices.cli.reading
from goodoffices.brief import render_brief
from goodoffices.case import read_case
from goodoffices.case.drafts import drafts_of, settled
from goodoffices.cli import main
from goodoffices.deals import deals
from goodoffices.reading.findings import Document, Findings
from tests.case.cases import write_small
from tests.reading.found import REPORT, WIRE, report, wire
from tests.reading.model.samples import TEXT as DOCKS
from tests.reading.model.samples import good
from tests.reading.model.scripted import said as answer
from tests.reading.model.scripted import scripted as endpoint

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command; return its exit code and what it said on both streams."""

    def command(*arguments: str | Path) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as done:
            main([str(argument) for argument in arguments])
        said = capsys.readouterr()
        return int(done.value.code or 0), said.out, said.err

    return command


def scripted(document: Document) -> Findings:
    """Read as a good engine would, what the tests know."""
    known = {found.document.text: found for found in (report(), wire())}
    found = known.get(document.text)
    if found is None:
        return Findings(document=document)
    dated = replace(document, title=found.document.title, date=found.document.date)
    return replace(found, document=dated)


@pytest.fixture
def documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Two documents, and an engine that needs no model."""
    monkeypatch.setattr(goodoffices.cli.reading, "_engine", lambda *_: (scripted, "scripted"))
    monkeypatch.chdir(tmp_path)
    for name, text in (("report.txt", REPORT), ("wire.txt", WIRE)):
        Path(name).write_text(text, encoding="utf-8")
    return [Path("report.txt"), Path("wire.txt")]


def typed(monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(lines) + "\n"))


def test_read_writes_a_case_of_drafts_and_says_what_is_next(
    run: Run, documents: list[Path]
) -> None:
    code, said, _ = run("read", *documents)
    assert code == 0
    assert said.startswith("Read 2 documents: ")
    assert "wrote case.yaml, case-sources/talks-stall.txt" in said
    assert said.rstrip().endswith("drafts wait for you; next: goodoffices review case.yaml")
    assert run("check", "case.yaml")[0] == 0


def test_read_into_a_case_twice_changes_nothing(run: Run, documents: list[Path]) -> None:
    run("read", *documents, "-o", "port.yaml")
    before = Path("port.yaml").read_bytes()
    code, said, _ = run("read", *documents, "--into", "port.yaml")
    assert (code, Path("port.yaml").read_bytes()) == (0, before)
    assert "nothing new" in said
    assert "nothing to write" in said


def test_read_overwrites_nothing(run: Run, documents: list[Path]) -> None:
    Path("case.yaml").write_text("mine")
    code, _, told = run("read", *documents)
    assert (code, Path("case.yaml").read_text()) == (1, "mine")
    assert "exists already" in told


def test_read_goes_on_past_a_document_that_cannot_be_read(run: Run, documents: list[Path]) -> None:
    code, said, _ = run("read", documents[0], "gone.txt")
    assert code == 0
    assert "Not read: gone.txt" in said


def test_read_without_a_document_that_can_be_read_writes_nothing(
    run: Run, documents: list[Path]
) -> None:
    code, _, told = run("read", "gone.txt")
    assert code == 1
    assert "1 fault in the documents" in told
    assert not Path("case.yaml").exists()


def test_read_prints_json(run: Run, documents: list[Path]) -> None:
    code, said, _ = run("read", *documents, "--json")
    found = json.loads(said)
    assert code == 0
    assert found["written"][0] == "case.yaml"
    assert found["waiting"] == sum(found["added"].values())


def test_read_keeps_what_it_found_for_the_next_time(run: Run, documents: list[Path]) -> None:
    run("read", *documents, "--store", "kept")
    assert len(list(Path("kept").iterdir())) == 2
    assert run("read", *documents, "--store", "kept", "-o", "again.yaml")[0] == 0


@pytest.mark.parametrize(
    ("options", "why"),
    [
        (("--engine", "model"), "needs --url and --model"),
        (("--url", "http://localhost:1"), "are for --engine model"),
        (
            ("--engine", "model", "--url", "http://localhost:1", "--model", "m", "--parser", "x"),
            "are for --engine rules",
        ),
        (("-o", "nowhere/case.yaml"), "is not a folder"),
    ],
)
def test_wrong_usage_of_read_says_what(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...], why: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("report.txt").write_text(REPORT)
    code, _, told = run("read", "report.txt", *options)
    assert code == 2
    assert why in " ".join(told.split())


def test_the_rules_read_a_document_into_drafts(run: Run, tmp_path: Path) -> None:
    """The one test here that loads the parser."""
    place = tmp_path / "report.txt"
    place.write_text(
        "Aldermouth refuses to hand over the quay. “We will not sign without the dues,” said "
        "the mayor of Fernhill.\n",
        encoding="utf-8",
    )
    code, _, told = run("read", place, "-o", tmp_path / "case.yaml")
    assert (code, told) == (0, "")
    case = read_case(tmp_path / "case.yaml")
    assert case.claims
    assert set(drafts_of(case)) >= {f"claims.{key}" for key in case.claims}


def test_a_language_model_gives_the_same_kind_of_draft_and_its_key_is_shown_nowhere(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DOCKS_KEY", "sk-very-secret")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    place = tmp_path / "docks.txt"
    place.write_text(DOCKS, encoding="utf-8")
    case = tmp_path / "case.yaml"
    with endpoint(answer(good())) as server:
        options = ("--engine", "model", "--url", server.url, "--model", "m")
        code, out, err = run("read", place, "-o", case, *options, "--key-env", "DOCKS_KEY")
    assert code == 0, err
    found = read_case(case)
    types = {claim.type for claim in found.claims.values()}
    assert {"threaten", "precondition", "red line", "offer", "estimate"} <= types
    assert set(drafts_of(found)) >= {f"claims.{key}" for key in found.claims}
    assert found.demands
    written = "".join(path.read_text("utf-8") for path in tmp_path.rglob("*") if path.is_file())
    assert "very-secret" not in out + err + written


# --- Lenses ---------------------------------------------------------------------------------------


@pytest.fixture
def case(run: Run, documents: list[Path], tmp_path: Path) -> Path:
    """The small case, with drafts beside what is confirmed."""
    folder = tmp_path / "small"
    folder.mkdir()
    place = write_small(folder)
    run("read", *documents, "--into", place)
    return place


def test_a_lens_leaves_drafts_out_and_says_how_many_wait(run: Run, case: Path) -> None:
    code, said, _ = run("deals", case, "--draws", "200")
    assert code == 0
    assert "drafts wait for a person, and are not used here.\n" in said.splitlines(True)[0]
    plain = case.with_name("plain.yaml")
    write_small(case.parent).rename(plain)
    assert run("deals", plain, "--draws", "200")[1] == said.partition("\n\n")[2]


def test_with_drafts_a_lens_uses_them_and_says_so(run: Run, case: Path) -> None:
    code, said, _ = run("deals", case, "--draws", "200", "--drafts")
    assert code == 0
    assert said.startswith("Not confirmed by a person: ")
    assert " drafts are used here" in said.splitlines()[0]


def test_json_stays_json_and_drafts_are_told_beside_it(run: Run, case: Path) -> None:
    _, said, told = run("deals", case, "--draws", "200", "--drafts", "--json")
    assert json.loads(said)["title"] == "The corridor"
    assert "Not confirmed by a person" in told


@pytest.mark.parametrize("option", [(), ("--drafts",)])
def test_the_brief_says_on_its_cover_what_it_makes_of_drafts(
    run: Run, case: Path, option: tuple[str, ...]
) -> None:
    run("brief", case, "-o", "brief.html", "--draws", "200", *option)
    page = Path("brief.html").read_text(encoding="utf-8")
    wait, used = "drafts wait for a person, and are not used here", "drafts are used here"
    assert (wait in page, used in page) == (not option, bool(option))


def test_from_python_the_brief_leaves_drafts_out_too(run: Run, case: Path) -> None:
    whole = read_case(case)
    page = render_brief(whole, deals(whole, draws=200), generated=None)
    assert "drafts wait for a person" in page
    plain = render_brief(settled(whole), deals(whole, draws=200), generated=None)
    assert "drafts wait for a person" not in plain


def test_check_says_how_many_wait_and_looks_at_them_when_asked(
    run: Run, documents: list[Path]
) -> None:
    run("read", *documents)
    code, said, _ = run("check", "case.yaml")
    assert (code, "drafts wait for a person" in said) == (0, True)
    code, said, _ = run("check", "case.yaml", "--drafts")
    assert code == 1
    assert 'risk: "deal" is not a risk' in said


# --- Review ---------------------------------------------------------------------------------------


def test_review_goes_through_drafts_by_keys_and_saves_each_decision(
    run: Run, documents: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    run("read", *documents)
    typed(monkeypatch, "a", "s", "e", "role", "mediator", "r", "u", "q")
    code, said, _ = run("review", "case.yaml")
    assert code == 0
    for words in ("accepted parties.north", "skipped parties.south", "changed ", "taken back"):
        assert words in said
    case = read_case("case.yaml", checked=False)
    assert case.parties["north"].status == "confirmed"
    assert "mediator" in case.parties
    assert f"{len(drafts_of(case))} drafts left; everything decided is in case.yaml" in said


def test_the_end_of_the_input_is_the_end_of_the_review(
    run: Run, documents: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    run("read", *documents)
    before = Path("case.yaml").read_bytes()
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    code, said, _ = run("review", "case.yaml")
    assert (code, Path("case.yaml").read_bytes()) == (0, before)
    assert "23 drafts left" in said


def test_what_a_key_cannot_do_is_said_and_the_review_goes_on(
    run: Run, documents: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    run("read", *documents)
    typed(monkeypatch, "x", "e", "", "e", "role", "boss", "m", "", "q")
    code, _, told = run("review", "case.yaml")
    assert code == 0
    assert "keys: a accept" in told
    assert "nothing was changed" in told
    assert '"boss" is not one of principal' in told
    assert "nothing was joined" in told


def test_a_claim_is_joined_by_the_number_that_is_shown(
    run: Run, documents: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    run("read", *documents)
    typed(monkeypatch, *["s"] * 18, "m", "1", "q")
    _, said, _ = run("review", "case.yaml")
    assert "which claim says the same" in said
    assert "joined " in said


def test_a_file_that_somebody_else_changed_is_not_overwritten(
    run: Run, documents: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    run("read", *documents)
    place = Path("case.yaml")

    class Meddling(io.StringIO):
        def readline(self, size: int | None = -1) -> str:
            place.write_text(place.read_text() + "\n# Changed meanwhile.\n")
            return super().readline()

    monkeypatch.setattr("sys.stdin", Meddling("a\n"))
    code, _, told = run("review", "case.yaml")
    assert code == 1
    assert "changed by somebody else" in told
    assert place.read_text().endswith("# Changed meanwhile.\n")


def test_drafts_are_listed_and_decided_by_name(run: Run, documents: list[Path]) -> None:
    run("read", *documents)
    code, said, _ = run("review", "case.yaml", "--list")
    assert code == 0
    assert said.splitlines()[0] == "parties.north: North"
    assert len(said.splitlines()) == 23
    demand = "demands.north-insists-that-its-troops-stay"
    code, said, _ = run(
        "review", "case.yaml", "--accept", demand, "--reject", "claims.corridor-ours"
    )
    assert said.splitlines() == [
        f"accepted {demand}, and 4 more that it needs",
        "rejected claims.corridor-ours",
    ]
    assert read_case("case.yaml", checked=False).rejected == (
        "claims: the report | statement | the corridor is ours",
    )
    found = json.loads(run("review", "case.yaml", "--json")[1])
    assert found["done"] == []
    assert len(found["waiting"]) == 17


def test_a_name_that_is_no_draft_is_an_error(run: Run, documents: list[Path]) -> None:
    run("read", *documents)
    code, _, told = run("review", "case.yaml", "--accept", "parties.nort")
    assert code == 1
    assert 'did you mean "parties.north"' in told


def test_what_cannot_be_accepted_yet_is_an_error(run: Run, documents: list[Path]) -> None:
    run("read", *documents)
    path = "outlook.questions.an-agreement-is-unlikely"
    code, _, told = run("review", "case.yaml", "--accept", path)
    assert code == 1
    assert 'not yet: outlook.questions.an-agreement-is-unlikely.risk: "deal" is not a risk' in told


def test_a_review_with_nothing_to_do_ends_at_once(run: Run, tmp_path: Path) -> None:
    place = write_small(tmp_path)
    assert run("review", place)[:2] == (
        0,
        f"no draft is left; everything decided is in {place}\n",
    )
