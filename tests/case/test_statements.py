import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.case.statements import parse_statement
from goodoffices.errors import ModelError

NAMES = ["a", "b", "c", "air strike", "not"]
TABLE = {name: np.array([bool(row >> k & 1) for row in range(32)]) for k, name in enumerate(NAMES)}


def holds(text: str) -> list[bool]:
    return parse_statement(text, NAMES).holds(TABLE).tolist()


def by_python(text: str) -> list[bool]:
    # The names and the joining words are Python's own, so Python can say what they mean.
    return [bool(eval(text, {}, {name: TABLE[name][row] for name in "abc"})) for row in range(32)]


expressions = st.recursive(
    st.sampled_from("abc"),
    lambda inner: st.one_of(
        inner.map("not {}".format).map("({})".format),
        st.tuples(inner, st.sampled_from([" and ", " or "]), inner).map("".join).map("({})".format),
    ),
    max_leaves=12,
)


@given(expressions)
def test_not_and_or_mean_what_they_mean_in_python(text: str) -> None:
    assert holds(text) == by_python(text)


@pytest.mark.parametrize(
    "text", ["a or b and c", "not a and b", "not not a or b", "a and not b or c"]
)
def test_the_words_bind_as_in_python(text: str) -> None:
    assert holds(text) == by_python(text)


def test_if_holds_where_the_condition_fails_or_the_rest_holds() -> None:
    assert holds("a if b") == holds("a or not b")


def test_iff_holds_where_both_hold_or_both_fail() -> None:
    assert holds("a iff b") == holds("(a and b) or (not a and not b)")


def test_if_binds_loosest() -> None:
    assert holds("a or b if b and c") == holds("(a or b) or not (b and c)")


def test_conditions_may_stand_in_brackets() -> None:
    assert holds("(a if b) iff c") == holds("((a or not b) and c) or (not (a or not b) and not c)")


def test_words_may_be_written_in_capitals() -> None:
    assert holds("a IF NOT b And c") == holds("a if not b and c")


def test_names_of_several_words_or_that_are_words_stand_in_quotes() -> None:
    assert holds('"air strike" and not "not"') == holds("'air strike' and not 'not'")
    assert parse_statement('not "not"', NAMES).tree == ("not", ("name", "not"))


def test_a_statement_knows_its_names_in_the_order_of_use() -> None:
    assert parse_statement("c if a and (c or b)", NAMES).names == ("c", "a", "b")


def test_a_statement_reads_as_it_was_written() -> None:
    assert str(parse_statement(" a  if b", NAMES)) == " a  if b"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", r'here: the end where a name should stand \(in ""\); name an option there'),
        ("a and", r"here: the end where a name should stand"),
        ("and a", r'here: "and" where a name should stand'),
        ("a b", r'here: "b" is one word too many .*; join words by and, or, if, iff'),
        ("(a", r"here: the end where a bracket should close .*; add \)"),
        ("a)", r'here: "\)" is one word too many'),
        ("a if b if c", r'here: a second "if" .*; put one of the two in brackets'),
        ('"air strik" or a', r'here: "air strik" is not an option; did you mean "air strike"\?'),
        ("zebra", r'here: "zebra" is not an option; known are a, b, c, air strike, not'),
        ('"air strike', r"here: a quote is opened and not closed"),
        ("'a", r"here: a quote is opened and not closed"),
        ("(" * 51 + "a" + ")" * 51, r"here: brackets more than 50 deep .*; split the statement"),
        ("__import__('os')", r'here: "__import__" is not an option'),
    ],
)
def test_a_statement_that_cannot_be_read_says_which_word_is_wrong(text: str, message: str) -> None:
    with pytest.raises(ModelError, match=message):
        parse_statement(text, NAMES, "here")


def test_brackets_and_denials_may_be_many() -> None:
    assert holds("(" * 50 + "a" + ")" * 50) == holds("a")
    assert holds("not " * 9_999 + "a") == holds("not a")
    assert holds(" and ".join(["a"] * 9_999)) == holds("a")


def test_a_long_wrong_statement_is_shortened_in_the_message() -> None:
    with pytest.raises(ModelError) as caught:
        parse_statement("z" * 10_000, NAMES)
    assert len(str(caught.value)) < 300


def test_a_name_with_a_meaning_stands_for_its_statement() -> None:
    war = {"war": parse_statement("a or b", NAMES)}
    said = parse_statement("not war and c", NAMES, meanings=war)
    assert said.holds(TABLE).tolist() == holds("not (a or b) and c")
    assert said.names == ("a", "b", "c")
    assert said.text == "not war and c"


def test_an_unknown_name_is_told_the_nearest_of_options_and_named_states() -> None:
    war = {"war": parse_statement("a or b", NAMES)}
    with pytest.raises(
        ModelError, match='"wars" is neither an option nor a named state; did you mean "war"'
    ):
        parse_statement("wars", NAMES, meanings=war)
