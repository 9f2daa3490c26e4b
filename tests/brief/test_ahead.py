import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.brief.ahead import band_of, middle_of, numbered, range_words, stated
from goodoffices.brief.elements import Element
from goodoffices.case.quantity import Probability
from goodoffices.outlook.bands import Band
from tests.brief.cases import ahead, words


def links(parts: tuple[str | Element, ...]) -> list[str]:
    return [words((part,)) for part in parts if isinstance(part, Element)]


def test_a_probability_is_rounded_to_what_its_band_allows() -> None:
    assert words(middle_of("x", Band(low=0.2, central=0.331, high=0.5))) == "about 35 %"
    assert words(middle_of("x", Band(low=0.0, central=0.002, high=0.01))) == "below 1 %"


def test_the_number_and_its_interval_are_two_links() -> None:
    shown = band_of("x", Band(low=0.02, central=0.061, high=0.17))
    assert words(shown) == "about 6 % (90 % interval 2 to 20 %)"
    assert links(shown) == ["about 6 %", "2 to 20 %"]


def test_a_band_too_wide_for_a_middle_is_one_link() -> None:
    shown = band_of("x", Band(low=0.1, central=0.4, high=0.8))
    assert links(shown) == [words(shown)] == ["between 10 and 80 %"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("worth it from at least 1 in 4; or not", ["1 in 4"]),
        ("17 of 18 parts rest on it", ["17 of 18"]),
        ("from 3 % (estimates) to 10 % (inside)", ["3 %", "10 %"]),
        ("n 1242, 1990 to 2020; since", ["1242", "1990 to 2020"]),
        ("within 26 weeks with 10..60%.", ["26", "10–60%"]),
        ("1,242 cases.", ["1,242"]),
        ("nothing at all", []),
        ("", []),
    ],
)
def test_every_number_of_a_sentence_becomes_a_link(text: str, found: list[str]) -> None:
    assert links(numbered("x", text)) == found


@given(st.text(alphabet="ab 0123456789.,;%–()", max_size=40))
def test_no_word_of_a_sentence_is_lost(text: str) -> None:
    parts = numbered("x", text)
    assert words(parts) == text.replace("..", "–")
    assert not any(c.isdigit() for part in parts if isinstance(part, str) for c in part)


def test_what_somebody_said_is_shown_as_it_was_said() -> None:
    assert stated(Probability.parse("40%")) == "40\u202f%"
    assert stated(Probability.parse("20..40%")) == "20–40\u202f%"
    assert stated(Probability.parse("unlikely", yardstick="readers")) == "“unlikely”"


@pytest.mark.parametrize(
    ("ends", "digits", "written"),
    [
        ((2.0, 2.0, 2.0), 2, "2"),
        ((0.35, 0.652, 0.97), 2, "0.65 (0.35 to 0.97)"),
        ((1.001, 1.002, 1.003), 2, "1"),
        ((140.4, 247.2, 320.1), 2, "250 (140 to 320)"),
        ((140.4, 247.2, 320.1), 3, "247 (140 to 320)"),
        ((0.0, 1234.0, 1_999_000.0), 3, "1,230 (0 to 2,000,000)"),
    ],
)
def test_a_number_has_its_ends_where_they_differ_and_no_exponent(
    ends: tuple[float, float, float], digits: int, written: str
) -> None:
    low, central, high = ends
    assert range_words(Band(low=low, central=central, high=high), digits) == written


def test_questions_about_a_deal_come_first_and_those_not_forecast_are_left_out() -> None:
    given = ahead()
    assert [question.risk for question, _ in given.asked] == ["deal", "escalation"]


def test_packages_go_by_the_names_of_the_questions_before() -> None:
    given = ahead()
    assert words(given.package("old")).startswith("“The old draft”")
    assert words(given.foremost) == "Package A"
    alone = ahead(weighed=False)
    assert words(alone.package("old")) == "“The old draft”"
    assert words(alone.package("gone")) == "the package found"
    assert words(alone.foremost) == "the most acceptable package"
