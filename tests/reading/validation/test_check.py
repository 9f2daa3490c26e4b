"""All measures together: what the engine must reach, and what is asked of a folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from goodoffices.cli import main
from goodoffices.errors import ExchangeError
from goodoffices.reading.validation import ReadingCheck, meaning, validate_reading

ARTICLES = Path(__file__).parent / "articles"


@pytest.fixture(scope="module")
def found(shared_data: Path, shared_seed: Path) -> ReadingCheck:
    """The figures on the shared texts."""
    assert (shared_seed / "article.txt").exists()
    return validate_reading(shared_data / "reading")


def test_the_marked_article_is_read_well_enough(found: ReadingCheck) -> None:
    """At least .80 of the 46 statements found, and .80 of what is found among them."""
    assert found.seed_recall is not None
    assert found.seed_precision is not None
    assert found.seed_one_to_one is not None
    assert found.seed_recall.draws == 46
    assert found.seed_recall.value >= 0.8
    assert found.seed_precision.value >= 0.8
    assert found.seed_one_to_one.value >= 0.8


def test_the_type_of_a_gold_record_is_read_well_enough(found: ReadingCheck) -> None:
    """At least .60 of the 322 records, from a vocabulary that learned nothing from them."""
    assert found.record_types is not None
    assert found.record_types.draws == 322
    assert found.record_types.value >= 0.6


def test_unit_tests_are_reported_with_their_failures_grouped(found: ReadingCheck) -> None:
    assert found.unit_whole is not None
    assert found.unit_sources is not None
    assert 0 < found.unit_whole.value <= found.unit_sources.value < 1
    assert found.failures


def test_the_figures_are_told_in_sentences(found: ReadingCheck) -> None:
    told = " ".join(meaning(found))
    assert "tuned on this article" in told
    assert "A person confirms every statement" in told


def test_articles_that_nothing_was_tuned_on_are_found_in_most_of_their_statements() -> None:
    checked = validate_reading(ARTICLES)
    assert checked.kept_recall is not None
    assert checked.kept_precision is not None
    assert checked.kept_recall.value >= 0.7
    assert checked.kept_precision.value >= 0.65
    assert checked.seed_recall is None
    assert len(checked.articles) == 10
    # Over 2,000 words a second are asked for; a busy machine's processor time still shows half.
    assert checked.words_per_second >= 1000


def test_the_command_prints_figures_and_what_they_mean(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "dev-peru.yaml"
    file.write_text(
        "origin: written for this test\ntext: Peru rejected the plan.\n"
        "statements: [{types: [reject], speaker: Peru, content: rejected}]\n",
        encoding="utf-8",
    )
    with pytest.raises(SystemExit) as done:
        main(["validate", "reading", str(tmp_path)])
    said = capsys.readouterr().out
    assert done.value.code in {0, None}
    assert "tuned recall" in said
    assert "A person confirms every statement" in said


def test_a_folder_without_texts_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(ExchangeError, match=r"holds none of seed-statements\.json"):
        validate_reading(tmp_path)
    with pytest.raises(ExchangeError, match="is no folder"):
        validate_reading(tmp_path / "none")


def test_statements_without_their_article_are_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "seed-statements.json").write_text("[]", encoding="utf-8")
    with pytest.raises(ExchangeError, match="article beside its statements"):
        validate_reading(tmp_path)
