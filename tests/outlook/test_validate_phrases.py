from pathlib import Path

import pytest

from goodoffices.case.phrases import READERS
from goodoffices.errors import ExchangeError
from goodoffices.outlook.validation.phrases import (
    ANSWERS,
    OTHERS,
    derive_readers,
    meaning,
    read_answers,
    validate_phrases,
)


def test_the_shipped_table_follows_from_the_surveys(shared_data: Path) -> None:
    found = validate_phrases(shared_data / "phrases")
    assert [each.phrase for each in found.phrases] == list(READERS)
    assert all(each.logit == each.shipped for each in found.phrases)
    assert found.largest_difference == 0.0


def test_the_distribution_of_a_phrase_holds_the_answers_that_it_says(shared_data: Path) -> None:
    """The middle 90 % of each distribution holds 88 to 97 % of the answers, slips included."""
    found = validate_phrases(shared_data / "phrases")
    inside = {each.phrase: each.inside.value for each in found.phrases if each.inside}
    assert len(inside) == 19
    assert all(0.88 <= value <= 0.97 for value in inside.values())
    same, held = meaning(found)
    assert same == "41 phrases; derived and shipped numbers differ by at most 0.000 in log-odds."
    assert held.startswith("Of the 19 phrases whose answers are known, 89 to 97 %")


def test_the_best_survey_that_asked_is_used(shared_data: Path) -> None:
    derived = derive_readers(shared_data / "phrases")
    assert derived["unlikely"][:2] == ("CAPphrase 2026", 5174)
    assert derived["often"][0] == "mauboussin2018"
    assert derived["we doubt"][:2] == ("wadefagen2019", 123)


# Small files.


def write(folder: Path, answers: str, others: str) -> Path:
    (folder / ANSWERS).write_text(answers, encoding="utf-8")
    (folder / OTHERS).write_text(others, encoding="utf-8")
    return folder


def everything(folder: Path) -> Path:
    """A survey in which two people answered about one phrase, and a table of all others."""
    rows = "".join(
        f"{phrase},mauboussin2018,7,{mean},{sd}\n" for phrase, (mean, sd) in READERS.items()
    )
    return write(
        folder,
        "response_id,term,probability,order\n1,Unlikely,25,1\n2,UNLIKELY,75,1\n",
        "phrase,source,n,logit_mu,logit_sd\n" + rows,
    )


def test_answers_come_before_tables(tmp_path: Path) -> None:
    found = {each.phrase: each for each in validate_phrases(everything(tmp_path)).phrases}
    unlikely = found["unlikely"]
    assert (unlikely.source, unlikely.readers, unlikely.logit) == (
        "CAPphrase 2026",
        2,
        (0.0, 1.554),
    )
    assert unlikely.shipped == READERS["unlikely"]
    assert unlikely.inside is not None
    # The shipped distribution has its middle 90 % from 4 to 45 %.
    assert (unlikely.inside.hits, unlikely.inside.draws) == (1, 2)
    assert (found["likely"].source, found["likely"].readers) == ("mauboussin2018", 7)
    assert found["likely"].inside is None


def test_a_table_that_differs_says_by_how_much(tmp_path: Path) -> None:
    found = validate_phrases(everything(tmp_path))
    assert found.largest_difference == pytest.approx(1.682, abs=1e-12)
    assert "differ by at most 1.682 in log-odds" in meaning(found)[0]


def test_answers_are_read_by_phrase_in_small_letters(tmp_path: Path) -> None:
    answers = read_answers(everything(tmp_path) / ANSWERS)
    assert answers == {"unlikely": [25.0, 75.0]}


def test_a_phrase_that_no_survey_asked_for_is_told(tmp_path: Path) -> None:
    folder = write(
        tmp_path, "term,probability\nLikely,70\nLikely,80\n", "phrase,source,n,logit_mu,logit_sd\n"
    )
    with pytest.raises(ExchangeError, match="no survey asked for about even, almost always"):
        derive_readers(folder)


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ("term,order\nLikely,1\n", "lacks one of the columns probability, term"),
        ("term,probability\nLikely,high\n", "line 2 holds what is not a number"),
        ("term,probability\nLikely\n", "line 2 holds what is not a number"),
        ("term,probability\nLikely,140\n", "line 2: 140 is no percentage"),
    ],
)
def test_a_file_that_cannot_be_read_says_where_and_why(
    tmp_path: Path, answers: str, message: str
) -> None:
    (tmp_path / ANSWERS).write_text(answers, encoding="utf-8")
    with pytest.raises(ExchangeError) as raised:
        validate_phrases(tmp_path)
    assert message in str(raised.value)


def test_a_folder_without_surveys_is_told(tmp_path: Path) -> None:
    with pytest.raises(ExchangeError, match="can't be read"):
        validate_phrases(tmp_path)
