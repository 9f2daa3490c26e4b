"""The commands `read` and `review`: which engine reads, what is kept, and what each key does."""

import io
import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

import goodoffices.cli.reading as commands
from goodoffices.case import read_case
from goodoffices.case._write import document
from goodoffices.case.drafts import drafts_of
from goodoffices.cli.reading import _engine, _own_parties
from goodoffices.cli.reviewing import KEYS, decide, listed, opened
from goodoffices.errors import CaseFileError, ModelError
from goodoffices.reading.filing import file_reading
from goodoffices.reading.findings import Document, Findings
from goodoffices.reading.merge import merge
from goodoffices.reading.review import accept, left, skip
from tests.case.cases import SMALL, spoilt, write_small
from tests.cli.conftest import Run
from tests.reading.found import REPORT, WIRE, report, wire

Typed = Callable[..., None]
FIRST = "parties.north"
"""The first draft of the two documents."""


def scripted(document: Document) -> Findings:
    """Read as a good engine would, what the tests know."""
    known = {found.document.text: found for found in (report(), wire())}
    found = known.get(document.text)
    if found is None:
        return Findings(document=document)
    dated = replace(document, title=found.document.title, date=found.document.date)
    return replace(found, document=dated)


@pytest.fixture
def documents(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, str]:
    """Two documents in the folder, and an engine that needs no model."""
    monkeypatch.setattr(commands, "_engine", lambda *_: (scripted, "scripted"))
    for name, text in (("report.txt", REPORT), ("wire.txt", WIRE)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return "report.txt", "wire.txt"


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Typed:
    """Let a person type lines."""
    return lambda *lines: monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(lines) + "\n"))


def the_case() -> Any:
    return read_case("case.yaml", checked=False)


# --- Which engine ---------------------------------------------------------------------------------


def rules(**options: Any) -> tuple[Any, str]:
    known = dict.fromkeys(("url", "model", "key_env", "gazetteer", "parser", "into"))
    return _engine("rules", **{**known, **options})


def test_what_changes_the_findings_of_the_rules_is_in_their_name(tmp_path: Path) -> None:
    book = tmp_path / "parties.yaml"
    book.write_text("parties: {Aldermouth: {also: [the Aldermen]}}\n", encoding="utf-8")
    other = tmp_path / "others.yaml"
    other.write_text("parties: {Fernhill: {also: [the Fern]}}\n", encoding="utf-8")
    case = write_small(tmp_path, SMALL.replace("name: North,", "name: Northland,"))
    names = [
        rules()[1],
        rules(gazetteer=book)[1],
        rules(gazetteer=other)[1],
        rules(into=case)[1],
        rules(into=case, gazetteer=book)[1],
        rules(parser="another")[1],
    ]
    assert len(set(names)) == len(names)
    assert rules(gazetteer=book)[1] == names[1]


def test_the_rules_know_the_confirmed_parties_of_the_case_by_all_their_names(
    tmp_path: Path,
) -> None:
    case = write_small(
        tmp_path,
        document(
            spoilt(
                {
                    "parties/north/aliases": ["the Northerners"],
                    "parties/coast": {"name": "The Coast", "role": "bystander", "status": "draft"},
                }
            )
        ),
    )
    assert _own_parties(case) == {
        "parties": {
            "North": {"also": ["the Northerners"]},
            "South": {"also": []},
            "The mediator": {"also": []},
        }
    }
    read, _ = rules(into=case)
    assert isinstance(read, partial)
    assert {"North", "South"} <= {entry.name for entry in read.keywords["gazetteer"].entries}


def test_a_party_that_the_shipped_list_knows_is_not_told_twice(tmp_path: Path) -> None:
    from goodoffices.reading.rules import Gazetteer

    known = Gazetteer.shipped().entries[0].name
    text = SMALL.replace("name: South,", f"name: {json.dumps(known)},")
    assert known not in _own_parties(write_small(tmp_path, text))["parties"]


def test_a_model_is_asked_at_the_address_that_was_given_and_at_no_other() -> None:
    read, name = _engine(
        "model", "http://localhost:11434/v1", "small", "KEY", None, None, Path("into.yaml")
    )
    assert name == "model small at http://localhost:11434/v1"
    assert isinstance(read, partial)
    endpoint = read.keywords["endpoint"]
    assert (endpoint.url, endpoint.model, endpoint.key_env) == (
        "http://localhost:11434/v1", "small", "KEY",
    )  # fmt: skip


@pytest.mark.parametrize(
    "options",
    [
        ("--engine", "model", "--model", "m"),
        ("--engine", "model", "--url", "http://localhost:1"),
        ("--model", "m"),
        ("--key-env", "KEY"),
        ("--engine", "guess"),
        ("--jobs", "0"),
        ("--jobs", "257"),
        ("--engine", "model", "--url", "http://localhost:1", "--model", "m", "--gazetteer", "g"),
    ],
)
def test_options_that_do_not_go_together_are_wrong_usage_before_anything_is_read(
    run: Run, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...]
) -> None:
    monkeypatch.setattr(commands, "_read_all", lambda *_: pytest.fail("it was read"))
    Path("report.txt").write_text(REPORT, encoding="utf-8")
    assert run("read", "report.txt", *options)[0] == 2
    assert not Path("case.yaml").exists()


def test_a_list_of_parties_that_cannot_be_read_is_refused_before_anything_is_read(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commands, "_read_all", lambda *_: pytest.fail("it was read"))
    Path("report.txt").write_text(REPORT, encoding="utf-8")
    Path("parties.yaml").write_text("parties: [", encoding="utf-8")
    code, said, told = run("read", "report.txt", "--gazetteer", "parties.yaml")
    assert (code, said) == (1, "")
    assert "the list of parties can't be read" in told


# --- Reading --------------------------------------------------------------------------------------


def test_documents_that_cannot_be_read_are_each_named_with_why(
    run: Run, documents: tuple[str, str]
) -> None:
    Path("empty.txt").touch()
    code, said, told = run("read", "gone.txt", "empty.txt")
    assert (code, said) == (1, "")
    assert told.splitlines() == [
        "goodoffices: 2 faults in the documents:",
        "  gone.txt: cannot be read (No such file or directory); look at its path",
        "  empty.txt: empty; name a document with text",
    ]


def test_those_that_can_be_read_are_and_json_tells_of_the_others(
    run: Run, documents: tuple[str, str]
) -> None:
    Path("empty.txt").touch()
    code, said, _ = run("read", "gone.txt", documents[0], "empty.txt", "--json")
    found = json.loads(said)
    assert (code, found["documents"]) == (0, 1)
    assert [one["path"] for one in found["unread"]] == ["gone.txt", "empty.txt"]
    assert found["written"] == ["case.yaml", "case-sources/talks-stall.txt"]


def test_a_copy_of_a_case_is_added_to_and_the_case_itself_is_left_alone(
    run: Run, documents: tuple[str, str], tmp_path: Path
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    case = write_small(home)
    before = case.read_bytes()
    code, said, _ = run("read", *documents, "--into", case, "-o", home / "more.yaml")
    assert (code, case.read_bytes()) == (0, before)
    assert f"wrote {home / 'more.yaml'}" in said
    assert drafts_of(read_case(home / "more.yaml", checked=False))


def test_a_document_is_looked_through_once_more_only_when_asked(
    run: Run, documents: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def shy(document: Document) -> Findings:
        found = scripted(document)
        return replace(found, statements=found.statements[:1], topics=())

    monkeypatch.setattr(commands, "_engine", lambda *_: (shy, "shy"))
    run("read", documents[0])
    few = len(drafts_of(the_case()))
    monkeypatch.setattr(commands, "_engine", lambda *_: (scripted, "scripted"))
    run("read", documents[0], "--into", "case.yaml")
    assert len(drafts_of(the_case())) == few
    run("read", documents[0], "--into", "case.yaml", "--again")
    assert len(drafts_of(the_case())) > few


def test_what_was_rejected_is_not_proposed_again(run: Run, documents: tuple[str, str]) -> None:
    run("read", *documents)
    assert run("review", "case.yaml", "--reject", "claims.corridor-ours")[0] == 0
    code, said, _ = run("read", *documents, "--into", "case.yaml", "--again", "--json")
    assert (code, json.loads(said)["turned_down"]) == (0, 1)
    assert "corridor-ours" not in the_case().claims


def test_findings_that_are_kept_are_taken_for_the_same_engine_only(
    run: Run, documents: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []

    def noting(document: Document) -> Findings:
        read.append(document.name)
        return scripted(document)

    for name in ("one", "one", "two"):
        monkeypatch.setattr(commands, "_engine", lambda *_, _n=name: (noting, _n))
        run("read", *documents, "--store", "kept", "-o", f"{len(read)}{name}.yaml")
        Path("one.yaml").unlink(missing_ok=True)
        read.append(name)
    assert read == [*documents, "one", "one", *documents, "two"]


def test_one_draft_waits_in_the_singular(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert commands._next(Path("c.yaml"), ["c.yaml"], 1) == [
        "", "wrote c.yaml", "1 draft waits for you; next: goodoffices review c.yaml",
    ]  # fmt: skip
    assert commands._next(Path("c.yaml"), [], 0) == ["", "nothing to write"]


# --- Reviewing ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def read_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a case of drafts alone, and the copies of what was read."""
    folder = tmp_path_factory.mktemp("read")
    file_reading(merge([report(), wire()]), folder / "case.yaml", None)
    return folder


@pytest.fixture
def waiting(run: Run, read_once: Path, tmp_path: Path) -> Path:
    """A case in which all are drafts."""
    shutil.copytree(read_once, tmp_path, dirs_exist_ok=True)
    return Path("case.yaml")


def test_the_file_changes_with_a_decision_and_not_without_one(waiting: Path) -> None:
    saved, before = opened(waiting), waiting.read_bytes()
    saved.take(skip(saved.review))
    assert waiting.read_bytes() == before
    saved.take(accept(saved.review))
    assert waiting.read_bytes() != before
    assert saved.document.text == waiting.read_text(encoding="utf-8")
    # The next decision goes on from what this one wrote.
    saved.take(accept(saved.review))


def test_a_decision_that_cannot_be_written_is_not_taken(waiting: Path) -> None:
    saved = opened(waiting)
    review = saved.review
    waiting.write_text(f"{waiting.read_text(encoding='utf-8')}\n# Mine.\n", encoding="utf-8")
    with pytest.raises(CaseFileError, match="changed by somebody else"):
        saved.take(accept(saved.review))
    assert saved.review is review
    assert waiting.read_text(encoding="utf-8").endswith("# Mine.\n")


def test_what_waits_is_listed_with_its_words_each_on_one_line(waiting: Path) -> None:
    saved = opened(waiting)
    lines = list(listed(saved))
    assert [line.partition(":")[0] for line in lines] == list(left(saved.review))
    assert set(left(saved.review)) == set(drafts_of(saved.review.case))
    assert "parties.north: North" in lines
    assert all(len(line) < 160 and "\n" not in line for line in lines)


def test_drafts_are_decided_in_the_order_given_and_each_is_saved(run: Run, waiting: Path) -> None:
    code, said, told = run(
        "review", waiting, "--accept", FIRST, "--accept", "parties.nobody", "--accept",
        "parties.south",
    )  # fmt: skip
    assert (code, said) == (1, "")
    assert "parties.nobody" in told
    assert the_case().parties["north"].status == "confirmed"
    assert the_case().parties["south"].status == "draft"


def test_a_draft_cannot_be_decided_twice(run: Run, waiting: Path) -> None:
    for words in (("--accept", FIRST, "--accept", FIRST), ("--accept", FIRST, "--reject", FIRST)):
        code, _, told = run("review", waiting, *words)
        assert code == 1
        assert FIRST in told
    assert the_case().parties["north"].status == "confirmed"


def test_what_cannot_be_accepted_leaves_the_file_as_it_was(waiting: Path) -> None:
    saved, before = opened(waiting), waiting.read_bytes()
    path = "outlook.questions.an-agreement-is-unlikely"
    with pytest.raises(ModelError, match=path):
        decide(saved, path, accepted=True)
    assert waiting.read_bytes() == before


def test_decisions_and_what_still_waits_can_be_asked_for_at_once(run: Run, waiting: Path) -> None:
    _, said, _ = run("review", waiting, "--accept", FIRST, "--list")
    first, *rest = said.splitlines()
    assert first.startswith(f"accepted {FIRST}")
    assert len(rest) == len(drafts_of(the_case()))
    _, said, _ = run("review", waiting, "--accept", "parties.south", "--json")
    found = json.loads(said)
    (first,) = found["done"]
    assert first.startswith("accepted parties.south")
    assert f"parties.south: {the_case().parties['south'].name}" not in found["waiting"]
    assert len(found["waiting"]) == len(drafts_of(the_case()))


@pytest.mark.parametrize("keys", [["A"], ["accept"], ["  a  "]])
def test_a_key_counts_in_any_letters_and_by_the_first_of_its_word(
    run: Run, waiting: Path, typed: Typed, keys: list[str]
) -> None:
    typed(*keys, "q")
    assert f"accepted {FIRST}" in run("review", waiting)[1]


@pytest.mark.parametrize("key", ["x", "1", "?", "é", "\x1b"])
def test_a_key_that_means_nothing_shows_those_that_do_and_decides_nothing(
    run: Run, waiting: Path, typed: Typed, key: str
) -> None:
    before = waiting.read_bytes()
    typed(key, "q")
    code, _, told = run("review", waiting)
    assert (code, waiting.read_bytes()) == (0, before)
    assert f"keys: {KEYS}" in told


def test_what_is_undone_waits_again_and_the_file_says_so(
    run: Run, waiting: Path, typed: Typed
) -> None:
    before = the_case()
    typed("a", "r", "u", "u", "q")
    code, said, _ = run("review", waiting)
    assert (code, the_case()) == (0, before)
    assert said.count("taken back") == 2


def test_there_is_nothing_to_undo_at_first(run: Run, waiting: Path, typed: Typed) -> None:
    before = waiting.read_bytes()
    typed("u", "q")
    assert run("review", waiting)[0] == 0
    assert waiting.read_bytes() == before


def test_ctrl_c_keeps_what_was_decided(
    run: Run, waiting: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Stopped(io.StringIO):
        def readline(self, size: int | None = -1) -> str:
            if self.tell():
                raise KeyboardInterrupt
            return super().readline()

    monkeypatch.setattr("sys.stdin", Stopped("a\nr\n"))
    code, said, _ = run("review", waiting)
    assert code == 0
    assert the_case().parties["north"].status == "confirmed"
    left = len(drafts_of(the_case()))
    assert said.rstrip().endswith(f"{left} drafts left; everything decided is in case.yaml")


def test_every_draft_can_be_gone_through_to_the_end(run: Run, waiting: Path, typed: Typed) -> None:
    typed(*["r"] * 40)
    code, said, _ = run("review", waiting)
    assert (code, drafts_of(the_case())) == (0, {})
    assert said.rstrip().endswith("no draft is left; everything decided is in case.yaml")
    assert the_case().rejected


@pytest.mark.parametrize(("field", "value"), [("colour", "red"), ("role", ""), ("role", "boss")])
def test_a_field_that_is_typed_wrongly_is_said_and_nothing_is_changed(
    run: Run, waiting: Path, typed: Typed, field: str, value: str
) -> None:
    before = waiting.read_bytes()
    typed("e", field, value, "q")
    code, _, told = run("review", waiting)
    assert (code, waiting.read_bytes()) == (0, before)
    assert field in told or value in told
    assert "Traceback" not in told


@pytest.mark.parametrize("which", ["no-such-claim", "99", "0", "-1", "²", "1.0"])
def test_a_claim_that_is_none_is_not_joined(
    run: Run, waiting: Path, typed: Typed, which: str
) -> None:
    before = the_case()
    ahead = [path.partition(".")[0] for path in left(opened(waiting).review)].index("claims")
    typed(*["s"] * ahead, "m", which, "q")
    code, said, _ = run("review", waiting)
    assert (code, the_case()) == (0, before)
    assert "which claim says the same" in said
    assert f'"{which}" is not another claim' in said


def test_the_words_of_a_draft_are_shown_within_their_document(
    run: Run, waiting: Path, typed: Typed
) -> None:
    typed("q")
    _, said, _ = run("review", waiting)
    assert FIRST in said
    assert KEYS in said
    assert "«" in said


def test_words_that_look_like_markup_are_shown_as_they_are(
    run: Run, tmp_path: Path, typed: Typed
) -> None:
    draft = {"name": "[red]North[/red] [link=http://a]", "role": "principal", "status": "draft"}
    write_small(tmp_path, document(spoilt({"parties/coast": draft})))
    typed("q")
    assert "[red]North[/red] [link=http://a]" in run("review", "case.yaml")[1]
