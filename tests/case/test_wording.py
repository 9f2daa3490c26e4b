import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.case.phrases import YARDSTICKS, read_phrase, terms
from goodoffices.case.quantity import Probability
from goodoffices.case.wording import Refusal, Wording, find_wordings, read_wording
from goodoffices.errors import QuantityError


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("close to zero", "almost no chance"),
        ("“close to zero”", "almost no chance"),
        ("close-to-zero", "almost no chance"),
        ("Close\nto   ZERO", "almost no chance"),
        ("near 0 %", "almost no chance"),
        ("the chances are close to zero percent", "almost no chance"),
        ("highly unlikely", "highly unlikely"),
        ("very unlikely", "highly unlikely"),
        ("probably not", "probably not"),
        ("it will probably not hold", "probably not"),
        ("more likely than not", "better than even"),
        ("almost certain to fail", "almost certain"),
        ("will almost certainly fail", "almost certain"),
        ("an even chance of success", "about even"),
        ("the chances of a deal this year are slim", "chances are slight"),
        ("chances are now remote", "remote chance"),
        ("hardly any chance", "almost no chance"),
        ("we believe that it is unlikely", "unlikely"),
        ("we doubt it", "we doubt"),
        ("a deal is certain", "certainly"),
    ],
)
def test_the_longest_phrase_that_the_readers_know_is_read(text: str, term: str) -> None:
    found = read_wording(text)
    assert found.form == "phrase"
    assert found.reading is not None
    assert found.reading.term == term
    assert found.probability.logit == read_phrase(term).logit


@pytest.mark.parametrize("yardstick", YARDSTICKS)
def test_every_wording_of_a_yardstick_is_found_whole(yardstick: str) -> None:
    for wording in terms(yardstick):  # type: ignore[arg-type]
        found = read_wording(wording.title(), yardstick)  # type: ignore[arg-type]
        assert found.probability == Probability.parse(wording, yardstick)  # type: ignore[arg-type]
        assert (found.start, found.end) == (0, len(wording))


@pytest.mark.parametrize(
    ("text", "short", "form"),
    [
        ("one in four", "25%", "number"),
        ("a one-in-four chance", "25%", "number"),
        ("20 to 30 percent", "20..30%", "range"),
        ("20–30 %", "20..30%", "range"),
        ("30%", "30%", "number"),
        ("0.3", "0.3", "number"),
        ("0.2..0.3..0.5", "0.2..0.3..0.5", "range"),
        ("perhaps 30%", "30%", "number"),
        ("a probability of 0.2 to 0.3", "20..30%", "range"),
        ("at least a 60 % chance", "60..100%", "bound"),
        ("three to one against", "25%", "odds"),
        ("80 percent confident", "80%", "number"),
        ("0% chance", "0%", "number"),
        ("The chances of a deal, says one, are 5 %.", "5%", "number"),
    ],
)
def test_a_number_is_read_as_the_short_form_of_a_case_file(
    text: str, short: str, form: str
) -> None:
    found = read_wording(text)
    assert (found.probability, found.form) == (Probability.parse(short), form)
    assert found.reading is None


def test_a_phrase_may_name_a_yardstick_of_its_own() -> None:
    found = read_wording(" unlikely (uk)")
    assert (found.probability.low, found.probability.high) == (0.25, 0.35)
    assert found.reading is not None
    assert found.reading.yardstick == "UK"
    assert (found.text, found.start, found.end) == ("unlikely (uk)", 1, 14)


def test_the_same_words_read_differently_on_another_yardstick() -> None:
    assert read_wording("unlikely").probability.central < 0.2
    assert read_wording("unlikely", "ICD 203").probability.low == 0.2


@pytest.mark.parametrize(
    ("text", "yardstick", "message"),
    [
        (
            "not unlikely",
            "readers",
            (
                '"not unlikely" is negated, and a negated phrase is not its opposite; '
                "write the phrase or the number that is meant"
            ),
        ),
        (
            "not a 30% chance",
            "readers",
            (
                '"not a 30%" is negated, and a negated number is not its opposite; '
                "write the phrase or the number that is meant"
            ),
        ),
        (
            "It isn’t likely.",
            "readers",
            (
                '"isn’t likely" is negated, and a negated phrase is not its opposite; '
                "write the phrase or the number that is meant"
            ),
        ),
        (
            'not "close to zero"',
            "readers",
            (
                '"not "close to zero" is negated, and a negated phrase is not its opposite; '
                "write the phrase or the number that is meant"
            ),
        ),
        (
            "10 % of the deal is unresolved",
            "readers",
            (
                '"10 %" says how much is settled or still open: that is progress, and nobody\'s '
                "probability; record it as progress"
            ),
        ),
        (
            "90 % agreed",
            "readers",
            (
                '"90 %" says how much is settled or still open: that is progress, and nobody\'s '
                "probability; record it as progress"
            ),
        ),
        (
            "extremely likely",
            "readers",
            (
                '"extremely likely" is not a phrase of the yardstick readers; '
                'did you mean "very likely"?'
            ),
        ),
        (
            "highly likely",
            "ICD 203",
            (
                '"highly likely" is not a phrase of the yardstick ICD 203; '
                'did you mean "very likely"?'
            ),
        ),
        (
            "rather probable",
            "NATO",
            (
                '"rather probable" states no probability on the yardstick NATO; '
                'known phrases are in the reference, "Phrases"'
            ),
        ),
        (
            "more likely than before",
            "readers",
            (
                '"more likely" compares, and says no level; '
                "write the phrase or the number that is meant"
            ),
        ),
        (
            "likley",
            "readers",
            ('"likley" states no probability on the yardstick readers; did you mean "likely"?'),
        ),
        (
            "no chance",
            "readers",
            (
                '"no chance" states no probability on the yardstick readers; '
                'did you mean "almost no chance"?'
            ),
        ),
        (
            "The chances are good.",
            "readers",
            (
                '"chances are good" speaks of a chance in no phrase of the yardstick readers; '
                'did you mean "chances are slim"?'
            ),
        ),
        (
            "130%",
            "readers",
            '"130%" is no probability between 0 and 100 %; write what is meant',
        ),
        (
            "odds of 3 to 1",
            "readers",
            '"3 to 1" may be for or against; write one of them, or the number in per cent',
        ),
        (
            "30% of the hostages",
            "readers",
            'nothing says that "30%" is a probability; write "30%" alone',
        ),
        (
            "likely, or even certain",
            "readers",
            '"likely" and "certain" are two probabilities; write an estimate for each',
        ),
        (
            "unlikely at first, then likely",
            "readers",
            '"unlikely" and "likely" are two probabilities; write an estimate for each',
        ),
        (
            "30",
            "readers",
            (
                '"30" is outside 0 to 1; write 0.4, 40%, 30..50%, 0.3..0.4..0.55, a phrase such as '
                '"unlikely", or unknown'
            ),
        ),
        (
            "",
            "readers",
            (
                '"" states no probability on the yardstick readers; '
                'known phrases are in the reference, "Phrases"'
            ),
        ),
    ],
)
def test_what_cannot_be_read_says_why_and_what_to_write(
    text: str, yardstick: str, message: str
) -> None:
    with pytest.raises(QuantityError) as raised:
        read_wording(text, yardstick)  # type: ignore[arg-type]
    assert str(raised.value) == message


def test_the_same_probability_said_twice_is_one() -> None:
    found = read_wording("Very unlikely. I repeat: highly unlikely.")
    assert found.text == "Very unlikely"


def test_wordings_and_refusals_come_in_the_order_of_the_text() -> None:
    text = "War is likely. 90 % is agreed, yet a deal is not likely: one says a 20 % chance."
    found = find_wordings(text)
    assert [type(one).__name__ for one in found] == ["Wording", "Refusal", "Refusal", "Wording"]
    assert [one.text for one in found] == ["likely", "90 %", "not likely", "20 %"]


@pytest.mark.parametrize(
    "text",
    [
        "They met often and never agreed to certain demands.",
        "Nobody knows what will happen.",
        "About 30 % of the hostages are free.",
        "The vote was 3 to 1.",
        "It was close to zero that night.",
        "",
    ],
)
def test_ordinary_words_and_numbers_are_left_alone(text: str) -> None:
    assert find_wordings(text) == ()


def test_a_hedge_before_a_number_is_no_second_probability() -> None:
    (found,) = find_wordings("There is perhaps a 30 % chance.")
    assert isinstance(found, Wording)
    assert found.text == "30 %"


def test_the_chance_in_the_report_is_found_and_its_progress_refused(shared_seed: Path) -> None:
    """The only estimate in words is "close to zero"; 10 % is a share of the text; and the chances
    that have "diminished" have no level.
    """
    found = find_wordings((shared_seed / "article.txt").read_text(encoding="utf-8"))
    estimates = [one for one in found if isinstance(one, Wording)]
    refused = [one for one in found if isinstance(one, Refusal)]
    assert [one.text for one in estimates] == ["close to zero"]
    assert [(one.kind, one.text[:7]) for one in refused] == [
        ("progress", "10%"),
        ("unread", "chances"),
    ]


@given(st.text(max_size=300))
def test_any_text_can_be_searched_and_every_find_stands_where_it_says(text: str) -> None:
    for one in find_wordings(text):
        assert text[one.start : one.end] == one.text


WORDS = [
    "not",
    "likely",
    "unlikely",
    "a",
    "chance",
    "30 %",
    "one in four",
    "of the deal",
    "is",
    ",",
]


@given(st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join))
def test_finds_do_not_overlap(text: str) -> None:
    wordings = [one for one in find_wordings(text) if isinstance(one, Wording)]
    assert all(a.end <= b.start for a, b in pairwise(wordings))


def test_a_text_without_full_stops_does_not_take_forever() -> None:
    start = time.perf_counter()
    assert len(find_wordings("likely " * 2_000)) == 2_000
    assert time.perf_counter() - start < 5


# A gallery: sentences as reports write them, and what each comes to.


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Officials put the odds of an agreement at “close to zero”.", ["close to zero"]),
        ("Only 10% of the deal is unsettled, he said.", ["! progress"]),
        ("With 90 percent of the text agreed, a deal is likely.", ["! progress", "likely"]),
        ("A minister said a regional war was “more likely than not”.", ["more likely than not"]),
        ("The envoy called a breakthrough not impossible.", []),
        ("It is far from certain that they will sign.", ["! negated"]),
        ("It is no longer likely.", ["! negated"]),
        ("Nobody thinks a deal likely before May.", ["! negated"]),
        ("The talks may or may not resume.", []),
        ("A truce within weeks has become less likely.", ["! compared"]),
        (
            "The chances of a deal rose by ten percent to one in four.",
            ["! compared", "one in four"],
        ),
        ("There is a 20–30 % chance, analysts say.", ["20–30 %"]),
        ("Two in three analysts expect war.", []),
        ("Analysts see a two in three chance of war.", ["two in three"]),
        ("The risk of escalation is at least 40 per cent.", ["at least 40 per cent"]),
        ("There is a real possibility of escalation.", ["real possibility"]),
        ("Chances for a deal this year are, in his words, good.", ["! unread"]),
        ("Half of the hostages are alive, and 30 % of the prisoners are to be freed.", []),
        ("We believe that the sides are serious.", ["We believe"]),
        ("“We doubt it”, said one; “very unlikely”, another.", ["We doubt", "very unlikely"]),
        ("It will almost certainly fail — or probably not.", ["almost certainly", "probably not"]),
        ("The odds are three to one against a deal.", ["three to one against"]),
        ("The corridor is 14 kilometres long, and 100 metres wide.", []),
        ("A ceasefire is extremely unlikely.", ["! graded"]),
    ],
)
def test_a_sentence_of_a_report_is_read_as_a_careful_person_would(
    sentence: str, expected: list[str]
) -> None:
    found = find_wordings(sentence)
    said = [f"! {one.kind}" if isinstance(one, Refusal) else one.text for one in found]
    assert said == expected


def test_every_refusal_quotes_its_words_and_says_what_to_do() -> None:
    text = (
        "Not likely. 10 % of the deal is open. More likely. Extremely likely. A 140 % chance. "
        "Odds of 2 to 1. The chances are good."
    )
    found = find_wordings(text)
    assert len(found) == 7
    for one in found:
        assert isinstance(one, Refusal)
        assert one.why.startswith(f'"{one.text}" ')
        assert "write" in one.why or "record" in one.why or "did you mean" in one.why
