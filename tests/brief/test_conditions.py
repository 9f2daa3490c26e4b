import pytest

from goodoffices.brief.conditions import in_words
from goodoffices.brief.elements import Element
from tests.brief.cases import deadlock, words


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("patrol", "“Patrol”"),
        ("raid", "“A raid”"),
        ("not patrol", "not “Patrol”"),
        ("land and leave", "“Land at night” and “Leave the strip”"),
        ("not (land or leave)", "not (“Land at night” or “Leave the strip”)"),
        ("land and vouch or leave", "“Land at night” and “Vouch for both” or “Leave the strip”"),
        (
            "land and (vouch or leave)",
            "“Land at night” and (“Vouch for both” or “Leave the strip”)",
        ),
        ("leave if vouch", "“Leave the strip” if “Vouch for both”"),
        ("leave iff vouch", "“Leave the strip” if, and only if, “Vouch for both”"),
        ("(leave if vouch) if land",
         "(“Leave the strip” if “Vouch for both”) if “Land at night”"),
    ],
)  # fmt: skip
def test_a_statement_reads_with_names_and_with_brackets_where_they_are_needed(
    text: str, told: str
) -> None:
    assert words(in_words(text, deadlock().naming)) == told


def test_a_statement_that_cannot_be_read_stands_as_it_is() -> None:
    (part,) = in_words("<b> and (", deadlock().naming)
    assert isinstance(part, Element)
    assert (part.tag, part.children) == ("bdi", ("<b> and (",))
