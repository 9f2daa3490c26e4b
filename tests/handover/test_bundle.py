import json
from functools import cache
from pathlib import Path

import pytest

from goodoffices.case import Case, read_case
from goodoffices.deals import deals
from goodoffices.errors import CaseError, ExchangeError
from goodoffices.handover.bundle import Results, hand_over
from goodoffices.handover.workbook import read_workbook
from tests.handover.cases import SHIPPED, marked, shipped

ALL = [
    *("brief.docx", "case.yaml", "claims.csv", "claims.json", "comment.txt", "matrix.xlsx"),
    *("report.txt", "results.csv", "results.json"),
]


def weighed(case: Case) -> Results:
    return Results(deals=deals(case, draws=50, compare=False))


@cache
def plain_results() -> Results:
    return weighed(shipped())


class Lens:
    """Counts how often it is asked, and about which case."""

    def __init__(self) -> None:
        self.asked: list[Case] = []

    def __call__(self, case: Case) -> Results:
        self.asked.append(case)
        return plain_results() if case == shipped() else weighed(case)


@pytest.fixture
def lens() -> Lens:
    return Lens()


def test_a_folder_holds_every_kind_of_file_a_sound_copy_of_the_case_and_its_sources(
    tmp_path: Path, lens: Lens
) -> None:
    written, redaction = hand_over(shipped(), SHIPPED, tmp_path / "out", lens)
    assert sorted(path.name for path in written) == ALL
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ALL
    assert redaction is None
    assert len(lens.asked) == 1
    assert read_case(tmp_path / "out" / "case.yaml") == shipped()
    # What is made from the case can be made anew.
    assert hand_over(shipped(), SHIPPED, tmp_path / "out", lens)[0] == written


@pytest.mark.parametrize("name", ["claims.csv", "claims.json", "m.xlsx", "copy.yaml", "COPY.YML"])
def test_a_file_that_needs_no_results_asks_no_lens(tmp_path: Path, lens: Lens, name: str) -> None:
    written, _ = hand_over(shipped(), SHIPPED, tmp_path / name, lens)
    assert written == (tmp_path / name,)
    assert lens.asked == []


def test_the_ending_decides_what_is_written(tmp_path: Path, lens: Lens) -> None:
    hand_over(shipped(), SHIPPED, tmp_path / "a.json", lens)
    hand_over(shipped(), SHIPPED, tmp_path / "b.json", lens, results=True)
    hand_over(shipped(), SHIPPED, tmp_path / "b.csv", lens, results=True)
    assert "claims" in json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))
    assert "deals" in json.loads((tmp_path / "b.json").read_text(encoding="utf-8"))
    assert "a package exists" in (tmp_path / "b.csv").read_text(encoding="utf-8")


def test_an_ending_that_is_not_known_is_refused_with_those_that_are(
    tmp_path: Path, lens: Lens
) -> None:
    with pytest.raises(ExchangeError, match=r"end it in \.docx, \.xlsx, \.csv, \.json, \.yaml$"):
        hand_over(shipped(), SHIPPED, tmp_path / "brief.pdf", lens)


def test_the_case_itself_is_never_written_over(tmp_path: Path, lens: Lens) -> None:
    path = tmp_path / "case.yaml"
    path.write_bytes(SHIPPED.read_bytes())
    for target in (path, tmp_path):
        with pytest.raises(CaseError, match="is the case itself; name another file"):
            hand_over(shipped(), path, target, lens)
    assert path.read_bytes() == SHIPPED.read_bytes()


def test_another_case_or_source_is_never_written_over(tmp_path: Path, lens: Lens) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "report.txt").write_text("Mine.", encoding="utf-8")
    (tmp_path / "other.yaml").write_text("goodoffices: 1\ntitle: Other\n", encoding="utf-8")
    for target in (tmp_path / "out", tmp_path / "other.yaml"):
        with pytest.raises(CaseError, match="is there already and says something else"):
            hand_over(shipped(), SHIPPED, target, lens)
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["report.txt"]


def test_a_redacted_folder_holds_nothing_of_what_is_marked_and_says_so(
    tmp_path: Path, lens: Lens
) -> None:
    case = marked(shipped(), "claims.bad-faith")
    written, redaction = hand_over(case, SHIPPED, tmp_path / "out", lens, redact=True)
    names = sorted(path.name for path in written)
    assert "report.txt" not in names
    assert "comment.txt" in names
    assert redaction is not None
    assert redaction.copies == 1
    assert all("bad-faith" not in found.claims for found in lens.asked)
    assert "bad-faith" not in read_workbook((tmp_path / "out" / "matrix.xlsx").read_bytes()).claims
    for path in written:
        if path.suffix in (".csv", ".json", ".yaml", ".txt"):
            text = path.read_text(encoding="utf-8")
            assert "bad-faith" not in text
            assert "accuses the other" not in text
    said = redaction.sentence
    first = (tmp_path / "out" / "case.yaml").read_text(encoding="utf-8").split("\n")[0]
    assert first == f"# {said}"
    for name in ("claims.json", "results.json"):
        found = json.loads((tmp_path / "out" / name).read_text(encoding="utf-8"))
        assert found["redaction"]["said"] == said


def test_a_source_outside_the_folder_of_the_case_is_not_carried_along(
    tmp_path: Path, lens: Lens
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (tmp_path / "secret.txt").write_text("x", encoding="utf-8")
    source = shipped().sources["report"]
    for name in ("../secret.txt", "../home/report.txt", str(tmp_path / "secret.txt")):
        (home / "report.txt").write_text("x", encoding="utf-8")
        case = shipped().model_copy(
            update={"sources": {"report": source.model_copy(update={"file": name})}}
        )
        with pytest.raises(CaseError):
            hand_over(case, home / "case.yaml", tmp_path / "out", lens)
    assert not (tmp_path / "out").exists()
