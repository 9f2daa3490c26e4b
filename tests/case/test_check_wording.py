"""Whether an estimate says what stands in the words of its claims."""

from typing import Any

import pytest

from goodoffices.case import check
from tests.outlook.cases import case_with, faults_with

WHERE = "outlook.estimates.said.probability"


def said(quote: str, probability: Any, **more: Any) -> list[str]:
    """Return the faults of an estimate that rests on one claim with this quote."""
    claim = {"class": "estimate", "source": "report", "speaker": "office", "quote": quote}
    estimate = {"question": "accord", "probability": probability, "because": ["heard"], **more}
    found = faults_with({"claims/heard": claim, "outlook/estimates/said": estimate})
    # That the small case's report doesn't hold the quote is another check's business.
    return [fault for fault in found if "estimates.said" in fault]


@pytest.mark.parametrize(
    ("quote", "probability"),
    [
        ("put the odds at “close to zero”", "close to zero"),
        ("put the odds at “close to zero”", "almost no chance"),
        ("the chances of a deal are slight", "chances are slight"),
        ("a deal is highly unlikely this year", "highly unlikely"),
        ("they see a 30 percent chance of an accord", "30%"),
        ("they see a 30 percent chance of an accord", 0.3),
        ("the odds of a deal are between 20 and 30 percent", "20..30%"),
        ("a one in four chance of a deal", "25%"),
        ("an accord is unlikely, and war almost certain", "unlikely"),
        ("an accord is unlikely, and war almost certain", "almost certain"),
    ],
)
def test_what_stands_in_the_words_is_no_fault(quote: str, probability: Any) -> None:
    assert said(quote, probability) == []


@pytest.mark.parametrize(
    ("quote", "probability", "fault"),
    [
        (
            "put the odds at “close to zero”",
            "unlikely",
            'heard says "close to zero", and not "unlikely"; write what it says',
        ),
        (
            "a deal is highly unlikely this year",
            "unlikely",
            'heard says "highly unlikely", and not "unlikely"',
        ),
        (
            "they see a 30 percent chance of an accord",
            "40%",
            'says "30 percent", and not "40%"',
        ),
        (
            "an accord is unlikely, and war almost certain",
            "likely",
            'says "unlikely" and "almost certain", and not "likely"',
        ),
        ("a deal is not unlikely", "likely", "is negated"),
        ("a deal is extremely likely", "likely", "not a phrase of the yardstick readers"),
        ("a deal is more likely now", "likely", "compares, and says no level"),
        ("the chances of a deal are poor", "little chance", "speaks of a chance in no phrase"),
        ("expect little from the near future", "little chance", "states no probability"),
        ("they expect nothing", "unlikely", "states no probability on the yardstick readers"),
    ],
)
def test_what_does_not_stand_in_the_words_is_a_fault(
    quote: str, probability: Any, fault: str
) -> None:
    (found,) = said(quote, probability)
    assert WHERE in found
    assert fault in found
    assert 'or say why it is read so: `assumed: "who: why"`' in found


def test_the_nearest_phrase_is_named() -> None:
    (found,) = said("a deal is improbabel", "improbable")
    assert 'did you mean "improbable"?' in found


def test_who_reads_more_out_of_the_words_says_so_and_it_counts_as_assumed() -> None:
    assert said("they expect nothing", "unlikely", assumed="team: so it sounds") == []


@pytest.mark.parametrize(
    "quote",
    [
        "10 % of the deal remains unresolved",
        "ninety percent of the text is agreed",
        "only 10% of the deal is unsettled",
    ],
)
def test_a_share_of_the_text_is_refused_even_where_it_is_assumed(quote: str) -> None:
    for more in ({}, {"assumed": "team: a first idea"}):
        (found,) = said(quote, "10%", **more)
        assert '"heard" says how much is agreed: progress, not a probability' in found
        assert "record it as `text_agreed`" in found


def test_a_quote_with_progress_and_a_chance_may_be_read_for_the_chance() -> None:
    quote = "With 90 % of the text agreed, they see a 30 % chance of a deal"
    assert said(quote, "30%") == []


def test_a_claim_that_the_case_counts_as_progress_is_none_of_a_chance() -> None:
    changes = {
        "text_agreed": {"share": "90%", "because": ["serious"]},
        "outlook/estimates/north": {
            "question": "accord", "probability": "90%", "because": ["serious"],
            "assumed": "team: a guess",
        },
    }  # fmt: skip
    assert any("progress, not a probability" in fault for fault in faults_with(changes))


def test_one_claim_of_several_is_enough() -> None:
    claims = {
        "claims/vague": {"class": "estimate", "source": "report", "speaker": "office",
                         "quote": "they expect little"},
        "claims/clear": {"class": "estimate", "source": "report", "speaker": "office",
                         "quote": "an accord is unlikely"},
    }  # fmt: skip
    estimate = {"question": "accord", "probability": "unlikely", "because": ["vague", "clear"]}
    found = faults_with({**claims, "outlook/estimates/said": estimate})
    assert not any("estimates.said" in fault for fault in found)


def test_a_phrase_is_looked_for_on_the_yardstick_that_the_estimate_names() -> None:
    """Ordinary readers have no "remote"; the UK's yardstick has "remote chance"."""
    assert said("a deal is a remote chance", "remote chance (UK)") == []
    found = said("a deal is a remote chance", "unlikely (UK)")
    assert any('says "remote chance", and not "unlikely (UK)"' in fault for fault in found)


def test_an_estimate_without_claims_has_no_words_to_be_compared_with() -> None:
    estimate = {"question": "accord", "speaker": "x", "date": "2024-05-30", "probability": 0.2,
                "assumed": "team: told to us"}  # fmt: skip
    assert faults_with({"outlook/estimates/said": estimate}) == []


def test_a_claim_that_is_not_there_is_only_said_to_be_missing() -> None:
    estimate = {"question": "accord", "probability": "unlikely", "because": ["nowhere"],
                "speaker": "x", "date": "2024-05-30"}  # fmt: skip
    found = [f for f in faults_with({"outlook/estimates/said": estimate}) if "said" in f]
    assert found
    assert not any("states no probability" in fault for fault in found)


@pytest.mark.parametrize("quote", ["", "   ", "\u201c\u201d", "%" * 500, "chance " * 2_000])
def test_strange_quotes_are_faults_and_never_crash(quote: str) -> None:
    for fault in said(quote, "unlikely"):
        assert len(fault) < 1_000


def test_the_small_case_itself_has_no_such_fault() -> None:
    assert not any("states no" in str(fault) for fault in check(case_with()))


@pytest.mark.parametrize("probability", ["unlikely (readers)", "unlikely (Readers)", "unlikely"])
def test_a_yardstick_is_named_in_any_letters_and_else_it_is_the_cases(probability: str) -> None:
    assert said("a deal is unlikely", probability) == []


def test_a_phrase_and_the_numbers_that_it_stands_for_are_not_the_same() -> None:
    """The band that a phrase is read as is not what somebody said in numbers."""
    (found,) = said("a deal is unlikely (UK)", "25..35%")
    assert 'says "unlikely", and not "25..35%"' in found


@pytest.mark.parametrize(
    ("quote", "probability", "same"),
    [
        ("a 30 percent chance of an accord", "0.30", True),
        ("a 30 percent chance of an accord", "30..30%", True),
        ("a 30 percent chance of an accord", "30.0001%", False),
        ("a chance of 20 to 30 percent", "20..30%", True),
        ("a chance of 20 to 30 percent", "20..31%", False),
        ("a chance of 20 to 30 percent", "19..30%", False),
        ("a chance of 20 to 30 percent", "0.2..0.3", True),
        ("at least a 60 % chance of an accord", "60..100%", True),
    ],
)
def test_numbers_are_the_same_where_both_their_ends_are(
    quote: str, probability: str, same: bool
) -> None:
    assert (said(quote, probability) == []) == same


def test_an_estimate_that_nobody_knows_says_nothing_against_the_words() -> None:
    assert not any("says" in fault for fault in said("a deal is unlikely", "unknown"))


def test_all_claims_are_named_where_none_says_it_and_progress_where_it_is() -> None:
    claim = {"class": "estimate", "source": "report", "speaker": "office"}
    changes = {
        "claims/one": {**claim, "quote": "an accord is likely"},
        "claims/two": {**claim, "quote": "war is certain to come"},
        "outlook/estimates/said": {
            "question": "accord", "probability": "unlikely", "because": ["one", "two"],
        },
    }  # fmt: skip
    (found,) = [fault for fault in faults_with(changes) if "estimates.said" in fault]
    assert found.startswith(f'{WHERE}: one, two says "likely" and "certain", and not "unlikely"')
    changes["claims/two"]["quote"] = "90 % of the text is agreed"
    (found,) = [fault for fault in faults_with(changes) if "estimates.said" in fault]
    assert found.startswith(
        'outlook.estimates.said.because: "two" says how much is agreed: progress, not a probability'
    )
