import pytest

from goodoffices.case._context import chance_spoken_of, counts, doubt, plain, role, sentences


def place(sentence: str, words: str) -> tuple[int, int]:
    start = sentence.index(words)
    return start, start + len(words)


def test_plain_text_keeps_every_character_in_its_place() -> None:
    text = "“İt isn’t LIKELY” — 20–30\u00a0%"
    assert len(plain(text)) == len(text)
    assert plain("“Isn’t” — 20–30\u00a0%") == '"isn\'t" ; 20-30 %'


def test_sentences_end_with_a_stop_or_an_empty_line_and_not_within_a_number() -> None:
    text = 'A chance of 0.5 is even. "Is it?"\n\nNo headline stop\n \nMore'
    assert [text[a:b] for a, b in sentences(text)] == [
        "A chance of 0.5 is even.",
        ' "Is it?"',
        "\n\n",
        "No headline stop\n \n",
        "More",
    ]


def test_sentences_cover_the_text_without_a_gap() -> None:
    text = "One. Two! " + "three " * 500 + "x" * 3_000
    spans = list(sentences(text))
    assert "".join(text[a:b] for a, b in spans) == text
    assert max(b - a for a, b in spans) <= 1_000


@pytest.mark.parametrize(
    ("sentence", "phrase", "expected"),
    [
        ("never", "never", True),
        ("“never”.", "never", True),
        ("they never met", "never", False),
        ("this often happens", "often", False),
        ("certain", "certain", True),
        ("a deal is certain.", "certain", True),
        ("it is certain that they meet", "certain", True),
        ("to accept certain demands", "certain", False),
        ("there are certain demands", "certain", False),
        ("far from certain", "certain", True),
        ("a deal will certainly come", "certainly", True),
        ("we certainly hope so", "certainly", False),
        ("the chances are close to zero", "close to zero", True),
        ("it was close to zero outside", "close to zero", False),
        ("what will happen next", "will happen", False),
        ("a deal will happen", "will happen", True),
        ("it is unlikely", "unlikely", True),
    ],
)
def test_a_word_counts_as_a_probability_only_where_it_is_one(
    sentence: str, phrase: str, expected: bool
) -> None:
    at = plain(sentence)
    assert counts(at, phrase, *place(at, phrase)) is expected


@pytest.mark.parametrize(
    ("sentence", "words", "kind", "said"),
    [
        ("it is not unlikely", "unlikely", "negated", "not unlikely"),
        ("it isn't very likely", "likely", "negated", "isn't very likely"),
        ("they do not think a deal likely", "likely", "negated", "not think a deal likely"),
        ("they doubt that it is likely", "likely", "negated", "doubt that it is likely"),
        ("likely not to hold", "likely", "negated", "likely not"),
        ("unlikely to never hold", "unlikely", "negated", "unlikely to never"),
        ("more likely now", "likely", "compared", "more likely"),
        ("the most likely course", "likely", "compared", "most likely"),
        ("less than likely", "likely", "compared", "than likely"),
        ("how likely is it", "likely", "compared", "how likely"),
        ("extremely likely", "likely", "graded", "extremely likely"),
        ("quite  likely", "likely", "graded", "quite  likely"),
    ],
)
def test_a_phrase_that_is_denied_compared_or_graded_is_not_what_it_says(
    sentence: str, words: str, kind: str, said: str
) -> None:
    found = doubt(sentence, *place(sentence, words), number=False)
    assert found is not None
    assert (found[0], sentence[found[1] : found[2]]) == (kind, said)


@pytest.mark.parametrize(
    "sentence",
    [
        "it is likely",
        "they did not withdraw, so war is likely",
        "they did not withdraw and war is likely",
        "not only is it likely",
        "nothing new; it is likely",
        "likely, not certain",
    ],
)
def test_a_negation_in_another_clause_does_not_reach(sentence: str) -> None:
    assert doubt(sentence, *place(sentence, "likely"), number=False) is None


def test_a_change_by_a_number_is_not_a_level() -> None:
    sentence = "the chance rose by about 10% to 30%"
    assert doubt(sentence, *place(sentence, "10%"), number=True) == ("compared", 16, 28)
    assert doubt(sentence, *place(sentence, "30%"), number=True) is None


@pytest.mark.parametrize(
    ("sentence", "number", "expected"),
    [
        ("30%", "30%", "probability"),
        ("about 30%.", "30%", "probability"),
        ("perhaps 30%", "30%", "probability"),
        ("a 30% chance of a deal", "30%", "probability"),
        ("a 30% better chance", "30%", "probability"),
        ("the chance of a deal is 30%", "30%", "probability"),
        ("a risk of 30%", "30%", "probability"),
        ("we are 30% confident", "30%", "probability"),
        ("chances, as he puts it, are 30%", "30%", "probability"),
        ("30% of the deal is open", "30%", "progress"),
        ("30% of the remaining issues", "30%", "progress"),
        ("30% of the way", "30%", "progress"),
        ("the text is 30% agreed", "30%", "progress"),
        ("agreed on 30% so far", "30%", "progress"),
        ("we are 30% there", "30%", "progress"),
        ("a 30% chance that the rest is agreed", "30%", "probability"),
        ("chances are slim since 30% of the deal is open", "30%", "progress"),
        ("30% of the hostages", "30%", "other"),
        ("prices rose 30%", "30%", "other"),
    ],
)
def test_the_words_around_a_number_say_what_it_is(
    sentence: str, number: str, expected: str
) -> None:
    assert role(sentence, *place(sentence, number)) == expected


def test_a_chance_that_is_spoken_of_is_named_to_the_end_of_its_clause() -> None:
    sentence = "they say the chances of a deal are good, and they hope."
    span = chance_spoken_of(sentence)
    assert span is not None
    assert sentence[slice(*span)] == "chances of a deal are good"


@pytest.mark.parametrize("sentence", ["a chance meeting", "they took a chance", "a deal is near"])
def test_a_chance_that_says_nothing_of_a_level_is_left_alone(sentence: str) -> None:
    assert chance_spoken_of(sentence) is None
