import csv
import math
from collections import defaultdict
from pathlib import Path

import pytest

from goodoffices.case.phrases import (
    ALIASES,
    BANDS,
    READERS,
    SYNONYMS,
    YARDSTICKS,
    derive,
    read_phrase,
    terms,
)
from goodoffices.errors import QuantityError


@pytest.mark.parametrize("phrase", READERS)
def test_every_phrase_of_the_readers_has_a_median_and_a_spread(phrase: str) -> None:
    reading = read_phrase(phrase)
    assert reading.yardstick == "readers"
    assert reading.band is None
    assert reading.logit is not None
    mean, sd = reading.logit
    assert sd > 0
    assert reading.central == pytest.approx(1 / (1 + math.exp(-mean)), abs=1e-15)


@pytest.mark.parametrize("yardstick", BANDS)
def test_every_official_band_is_an_interval_of_probabilities(yardstick: str) -> None:
    for phrase, band in BANDS[yardstick].items():
        reading = read_phrase(phrase, yardstick)  # type: ignore[arg-type]
        assert reading.band == band
        assert 0 <= band[0] < band[1] <= 1
        assert reading.central == pytest.approx(sum(band) / 2, abs=1e-15)


def test_every_yardstick_but_the_readers_is_a_table_of_bands() -> None:
    assert set(YARDSTICKS) == {"readers", *BANDS}


def test_no_alias_is_a_phrase_that_readers_were_asked_for() -> None:
    assert not ALIASES.keys() & READERS.keys()


@pytest.mark.parametrize(("alias", "phrase"), ALIASES.items())
def test_an_alias_reads_as_the_phrase_that_it_stands_for(alias: str, phrase: str) -> None:
    assert read_phrase(alias).logit == read_phrase(phrase).logit


def test_an_alias_stands_for_a_phrase_that_readers_were_asked_for() -> None:
    assert set(ALIASES.values()) <= READERS.keys()


def test_a_reading_names_the_yardsticks_own_phrase() -> None:
    assert read_phrase("close to zero").term == "almost no chance"
    assert read_phrase("Unlikely").term == "unlikely"
    assert read_phrase("probably", "ICD 203").term == "likely"


def test_every_official_yardstick_says_which_wordings_it_takes_as_one() -> None:
    assert SYNONYMS.keys() == BANDS.keys()


@pytest.mark.parametrize(
    ("yardstick", "wording", "phrase"),
    [
        (yardstick, wording, phrase)
        for yardstick, table in SYNONYMS.items()
        for wording, phrase in table.items()
    ],
)
def test_an_official_synonym_reads_as_the_phrase_beside_it(
    yardstick: str, wording: str, phrase: str
) -> None:
    assert wording not in BANDS[yardstick]
    assert read_phrase(wording, yardstick).band == BANDS[yardstick][phrase]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("wording", "yardstick"),
    [
        ("very likely", "NATO"),
        ("very unlikely", "UK"),
        ("close to zero", "ICD 203"),
        ("even chance", "UK"),
        ("highly likely", "ICD 203"),
        ("highly improbable", "UK"),
    ],
)
def test_an_official_yardstick_does_not_borrow_the_readers_aliases(
    wording: str, yardstick: str
) -> None:
    """The words very likely are 80 to 95 % to US analysts; NATO's table has no such words."""
    assert wording in terms()
    with pytest.raises(QuantityError, match="is not a phrase of the yardstick"):
        read_phrase(wording, yardstick)  # type: ignore[arg-type]


def test_every_wording_of_a_yardstick_can_be_read_on_it() -> None:
    for yardstick in YARDSTICKS:
        for wording, phrase in terms(yardstick).items():
            assert read_phrase(wording, yardstick).term == phrase


def test_the_log_odds_of_a_phrase_are_those_of_the_answers() -> None:
    """By hand: answers of 1/3 and 3 to 1 in the odds have log-odds -ln 3 and ln 3, so their mean
    is 0 and their standard deviation, with n - 1 below, sqrt(2) ln 3 = 1.554.
    """
    assert derive([25.0, 75.0]) == (0.0, 1.554)


def test_certain_answers_are_moved_in_by_half_a_per_cent() -> None:
    """ln(0.995 / 0.005) = 5.293."""
    assert derive([100.0, 100.0]) == (5.293, 0.0)
    assert derive([0.0, 0.0]) == (-5.293, 0.0)


def test_slips_beyond_four_standard_deviations_are_left_out() -> None:
    steady = [5.0] * 50 + [10.0] * 50
    assert derive([*steady, 95.0]) == derive(steady)
    # Closer than four, an answer counts, odd as it may be.
    assert derive([*steady, 15.0]) != derive(steady)


def test_case_and_spacing_do_not_count() -> None:
    assert read_phrase("  Very \n UNLIKELY ").logit == READERS["highly unlikely"]


@pytest.mark.parametrize(
    ("lower", "higher"),
    [
        ("never", "almost no chance"),
        ("almost no chance", "unlikely"),
        ("unlikely", "about even"),
        ("about even", "likely"),
        ("likely", "highly likely"),
        ("highly likely", "certainly"),
    ],
)
def test_readers_order_phrases_as_people_do(lower: str, higher: str) -> None:
    assert read_phrase(lower).central < read_phrase(higher).central


def test_unlikely_on_the_analysts_yardstick_lies_above_ordinary_readers() -> None:
    """ICD 203 gives 20 to 45 %; the median of readers is below a fifth."""
    band = read_phrase("unlikely", "ICD 203").band
    assert band == (0.2, 0.45)
    assert read_phrase("unlikely").central < band[0]


@pytest.mark.parametrize(
    ("phrase", "yardstick", "message"),
    [
        (
            "unlikley",
            "UK",
            '"unlikley" is not a phrase of the yardstick UK; did you mean "unlikely"?',
        ),
        (
            "slam dunk",
            "NATO",
            (
                '"slam dunk" is not a phrase of the yardstick NATO; '
                'known phrases are in the reference, "Phrases"'
            ),
        ),
        (
            "maybe",
            "IPCC",
            (
                '"maybe" is not a phrase of the yardstick IPCC; '
                'known phrases are in the reference, "Phrases"'
            ),
        ),
        (
            "",
            "readers",
            (
                '"" is not a phrase of the yardstick readers; '
                'known phrases are in the reference, "Phrases"'
            ),
        ),
    ],
)
def test_an_unknown_phrase_is_an_error_and_never_a_guess(
    phrase: str, yardstick: str, message: str
) -> None:
    with pytest.raises(QuantityError) as raised:
        read_phrase(phrase, yardstick)  # type: ignore[arg-type]
    assert str(raised.value) == message


def test_a_huge_phrase_is_an_error_with_a_short_message() -> None:
    with pytest.raises(QuantityError) as raised:
        read_phrase("unlikely " * 100_000)
    assert len(str(raised.value)) < 200


def table(path: Path) -> list[dict[str, str]]:
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize(
    ("yardstick", "name"),
    [("ICD 203", "us_nic"), ("UK", "uk"), ("NATO", "nato"), ("IPCC", "ipcc")],
)
def test_the_official_bands_are_those_of_the_published_tables(
    yardstick: str, name: str, shared_data: Path
) -> None:
    """Tables as collected by A. Kucharski, CAPphrase (2026)."""
    rows = table(shared_data / "phrases" / f"cap_yardstick_{name}.csv")
    published = {row["term"].lower(): (float(row["low"]), float(row["high"])) for row in rows}
    assert {
        phrase: pytest.approx((100 * low, 100 * high), abs=1e-9)
        for phrase, (low, high) in BANDS[yardstick].items()
    } == published


def test_the_readers_numbers_are_those_of_the_best_survey_that_asked(shared_data: Path) -> None:
    """Mean and standard deviation of the log-odds, answers of 0 and 100 % moved in by 0.5 %.

    A. Kucharski, CAPphrase (2026, outliers left out), before A. and M. Mauboussin (2018), before
    W. Fagen-Ulmschneider (2019).
    """
    surveys = ["CAPphrase2026", "mauboussin2018", "wadefagen2019?"]
    rows = table(shared_data / "phrases" / "wep_table.csv")
    best = {
        row["phrase"].lower().replace("_", " "): (float(row["logit_mu"]), float(row["logit_sd"]))
        for survey in reversed(surveys)
        for row in rows
        if row["source"] == survey
    }
    assert {phrase: best[phrase] for phrase in READERS} == READERS


def test_the_readers_numbers_follow_from_every_single_answer(shared_data: Path) -> None:
    """A. Kucharski, CAPphrase (2026): all 5,174 answers to each of 19 phrases."""
    answers: dict[str, list[float]] = defaultdict(list)
    for row in table(shared_data / "phrases" / "cap_absolute_judgements.csv"):
        answers[row["term"].lower()].append(float(row["probability"]))
    asked = READERS.keys() & answers.keys()
    assert len(asked) == len(answers) == 19
    assert {phrase: derive(answers[phrase]) for phrase in asked} == {
        phrase: READERS[phrase] for phrase in asked
    }
