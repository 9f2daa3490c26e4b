import pytest

from goodoffices.case._write import WIDTH, document, field, inline
from goodoffices.case._yaml import read
from goodoffices.errors import CaseFileError


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("plain words", "plain words"),
        ("2024-08-31", "2024-08-31"),
        ("30..50", "30..50"),
        ("60..80%", "60..80%"),
        ("unlikely (UK)", "unlikely (UK)"),
        ("it's", "it's"),
        ("a:b", "a:b"),
        ("a#b", "a#b"),
        ("שלום", "שלום"),
        ("1 of 3", "1 of 3"),
        ("", '""'),
        ("40", '"40"'),
        ("1e5", '"1e5"'),
        ("0x1f", '"0x1f"'),
        ("true", '"true"'),
        ("null", '"null"'),
        ("~", '"~"'),
        ("yes", "yes"),
        (".inf", '".inf"'),
        ("9" * 50, '"' + "9" * 50 + '"'),
        ("team: why", '"team: why"'),
        ("ends with:", '"ends with:"'),
        ("a #remark", '"a #remark"'),
        ("- dash", '"- dash"'),
        ("#hash", '"#hash"'),
        ("[x]", '"[x]"'),
        ("a, b", '"a, b"'),
        (" space", '" space"'),
        ("space ", '"space "'),
        ('say "no"', 'say "no"'),
        ('"no": said', "'\"no\": said'"),
        ('"no": it\'s', '"\\"no\\": it\'s"'),
        ("back\\slash", "back\\slash"),
        ("-back\\slash", '"-back\\\\slash"'),
        ("two\nlines", '"two\\nlines"'),
        ("tab\t", '"tab\\t"'),
        ("\u200frtl", '"\\u200frtl"'),
        ("joined\u200dsigns", '"joined\u200dsigns"'),
        ("\u2028", '"\\u2028"'),
        ("\U000e0001", '"\\U000e0001"'),
        (None, "null"),
        (True, "true"),
        (False, "false"),
        (40, "40"),
        (40.0, "40.0"),
        (1e16, "1e+16"),
        (-0.0, "-0.0"),
        (0.5, "0.5"),
        (1e-7, "1e-07"),
        ([], "[]"),
        ({}, "{}"),
        ([1, "a b", ["c"]], "[1, a b, [c]]"),
        ({"a": 1, "10": "x"}, "{a: 1, 10: x}"),
        ({"": 1, "a: b": 2, "<<": 3}, '{"": 1, "a: b": 2, "<<": 3}'),
    ],
    ids=repr,
)
def test_a_value_is_written_on_one_line_and_reads_back(value: object, text: str) -> None:
    assert inline(value) == text
    assert read(f"[{text}]").data == [value]


def test_names_are_written_as_they_stand_because_they_are_text() -> None:
    assert field("40", 1, 0) == "40: 1"
    assert field("null", 1, 0) == "null: 1"
    assert read("40: 1\nnull: 1").data == {"40": 1, "null": 1}


def test_a_small_table_goes_on_one_line() -> None:
    assert field("values", {"full": 0, "half": "30..50"}, 2) == "  values: {full: 0, half: 30..50}"
    assert field("refuses", {"share": "above 50"}, 2) == "  refuses: {share: above 50}"
    assert field("picks", {"a": ["x", "y"]}, 2) == "  picks: {a: [x, y]}"


def test_a_table_of_sentences_goes_on_several_lines() -> None:
    options = {"leave": "Troops leave the corridor", "stay": "Troops stay"}
    assert field("options", options, 2) == (
        "  options:\n    leave: Troops leave the corridor\n    stay: Troops stay"
    )


def test_a_table_that_holds_tables_goes_on_several_lines() -> None:
    assert field("a", {"b": {"c": 1}}, 2) == "  a:\n    b: {c: 1}"


def test_no_part_of_a_file_goes_on_the_line_of_its_name() -> None:
    assert field("trust", {"a": 1}, 0) == "trust:\n  a: 1"


def test_a_long_list_goes_on_several_lines() -> None:
    names = [f"a-long-name-{number}" for number in range(10)]
    written = field("because", names, 2)
    assert written.startswith("  because:\n    - a-long-name-0\n    - a-long-name-1")
    assert read(written).data == {"because": names}


def test_several_lines_are_written_as_they_stand() -> None:
    assert field("quote", "one\n\n  two\n", 2) == "  quote: |\n    one\n\n      two\n".rstrip("\n")
    assert field("quote", "one\ntwo", 2) == "  quote: |-\n    one\n    two"


@pytest.mark.parametrize(
    "text",
    [
        "one\ntwo",
        "one\ntwo\n",
        "one\n\n\ntwo\n",
        "\none",
        "one\n\n",
        " one\ntwo",
        "one \ntwo",
        "one\n\ttwo",
        "# one\n- two\n: three\n",
        "---\n...\n",
        "one\r\ntwo",
        "\n",
        "\n\n",
        "a\u2028b\nc",
        "one\n   \ntwo",
    ],
    ids=repr,
)
def test_any_lines_read_back(text: str) -> None:
    for indent in (0, 2, 6):
        assert read(field("quote", text, indent) + "\n").data == {"quote": text}
        nested = {"a": {"b": {"quote": text}}}
        assert read(field("x", nested, indent) + "\n").data == {"x": nested}


def test_a_long_line_is_folded_between_words() -> None:
    text = "# words: " + "many words " * 20 + "'end'"
    written = field("note", text, 4)
    assert written.startswith("    note: >-\n      # words: many words")
    assert all(len(line) <= WIDTH for line in written.split("\n"))
    assert read(written).data == {"note": text}


@pytest.mark.parametrize(
    "text",
    ["x" * 300, "a  b" * 50, " a" * 100, "a " * 100, "a\tb " * 40 + "c", "word " * 30 + "x" * 300],
    ids=lambda text: text[:8],
)
def test_any_long_line_reads_back(text: str) -> None:
    assert read(field("note", text, 2)).data == {"note": text}


def test_an_empty_value_leaves_no_space_at_the_end_of_a_line() -> None:
    assert field("options", [], 0) == "options: []"
    assert field("x" * 200, [], 0) == "x" * 200 + ": []"
    assert not any(line.endswith(" ") for line in document({"a": {"b": 1}, "c": "x y"}).split("\n"))


def test_a_document_parts_its_parts() -> None:
    data = {"goodoffices": 1, "title": "x", "parties": {"n": {"name": "N"}}, "issues": {"i": {}}}
    assert document(data) == (
        "goodoffices: 1\ntitle: x\n\nparties:\n  n: {name: N}\n\nissues:\n  i: {}\n"
    )


def test_an_empty_document_is_an_empty_mapping() -> None:
    assert document({}) == "{}\n"


@pytest.mark.parametrize("value", [{1}, object(), b"x", 1j])
def test_what_no_file_can_hold_is_an_error(value: object) -> None:
    with pytest.raises(CaseFileError, match="cannot be written; use text, numbers, lists"):
        inline([value])
