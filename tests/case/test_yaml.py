import time
import tracemalloc

import pytest

from goodoffices.case import _yaml
from goodoffices.case._yaml import decode, dotted, read, resolve
from goodoffices.errors import CaseFileError


def faults(text: str) -> list[str]:
    with pytest.raises(CaseFileError) as raised:
        read(text)
    return [str(fault) for fault in raised.value.faults]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("~", None),
        ("null", None),
        ("Null", None),
        ("", None),
        ("true", True),
        ("False", False),
        ("yes", "yes"),
        ("no", "no"),
        ("on", "on"),
        ("Off", "Off"),
        ("y", "y"),
        ("0", 0),
        ("-7", -7),
        ("+7", 7),
        ("010", 10),
        ("0o17", 15),
        ("0xff", 255),
        ("0b11", "0b11"),
        ("1_000", "1_000"),
        ("190:20", "190:20"),
        ("0.5", 0.5),
        (".5", 0.5),
        ("5.", 5.0),
        ("1e3", 1000.0),
        ("-1.5E-2", -0.015),
        ("e3", "e3"),
        ("1e", "1e"),
        (".", "."),
        ("-", "-"),
        ("30..50", "30..50"),
        ("60%", "60%"),
        ("2024-08-31", "2024-08-31"),
        ("2024-08-31T10:00:00Z", "2024-08-31T10:00:00Z"),
        ("\u0661", "\u0661"),
    ],
)
def test_a_plain_scalar_means_what_the_core_schema_of_yaml_1_2_says(
    text: str, value: object
) -> None:
    found = resolve(text)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (".nan", "is not a number that can be used"),
        (".NaN", "is not a number that can be used"),
        (".inf", "is not a number that can be used"),
        ("-.INF", "is not a number that can be used"),
        ("1e999", "is too large for a number"),
        ("-1e999", "is too large for a number"),
        ("9" * 41, "is a number of more than 40 digits"),
        ("0x" + "f" * 39, "is a number of more than 40 digits"),
        ("0." + "3" * 39, "is a number of more than 40 digits"),
    ],
)
def test_a_number_that_is_no_number_is_refused(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        resolve(text)


def test_text_becomes_plain_data_with_text_as_every_name() -> None:
    tree = read(
        """
        1: one
        yes: [1, 2.5, 'three', "fo\\u0075r", ~]
        2024-08-31: {a: , b: {}}
        text: |
          two
          lines
        folded: >-
          one
          line
        "quoted": # empty
        """
    )
    assert tree.data == {
        "1": "one",
        "yes": [1, 2.5, "three", "four", None],
        "2024-08-31": {"a": None, "b": {}},
        "text": "two\nlines\n",
        "folded": "one line",
        "quoted": None,
    }


def test_quotes_make_text_of_everything() -> None:
    assert read("""a: '40'\nb: "true"\nc: '~'\nd: '.nan'""").data == {
        "a": "40",
        "b": "true",
        "c": "~",
        "d": ".nan",
    }


@pytest.mark.parametrize("text", ["", "# only a remark\n", "---\n", "--- # a\n...\n", "\n\n  \n"])
def test_an_empty_file_says_nothing(text: str) -> None:
    assert read(text).data is None


@pytest.mark.parametrize(("text", "data"), [("[1, 2]", [1, 2]), ("just text", "just text")])
def test_the_whole_need_not_be_a_mapping(text: str, data: object) -> None:
    assert read(text).data == data


def test_every_part_has_its_line() -> None:
    lines = read("a: 1\n\n# remark\nb:\n  c:\n    - x\n    - {d: 1,\n       e: 2}\n").lines
    assert lines == {
        (): 1,
        ("a",): 1,
        ("b",): 4,
        ("b", "c"): 5,
        ("b", "c", 0): 6,
        ("b", "c", 1): 7,
        ("b", "c", 1, "d"): 7,
        ("b", "c", 1, "e"): 8,
    }


def test_a_line_is_what_an_editor_counts_as_one() -> None:
    # The parser takes the line separator U+2028 for a break, too.
    assert read('a: "x\u2028y\u2028z"\r\nb: 2\rc: 3\n').lines["c",] == 3


@pytest.mark.parametrize(
    ("text", "path", "seen"),
    [
        ("a: 1 # x", ("a",), "1"),
        ("a: 'it''s'", ("a",), "'it''s'"),
        ("a:   # x\nb: 1", ("a",), ""),
        ("a: |\n  x\n  y\n\n# c\nb: 1", ("a",), "|\n  x\n  y"),
        ("a: two\n  lines\nb: 1", ("a",), "two\n  lines"),
        ("a: [1, 2 ] # x", ("a",), "[1, 2 ]"),
        ("a:\n  b: 1\n  c: 2 # x\n\n# y\nd: 3", ("a",), "b: 1\n  c: 2"),
        ("a:\n- 1\n- 2\n\nb: 3", ("a",), "- 1\n- 2"),
        ("a: &n {b: 1}\nc: *n", ("a",), "&n {b: 1}"),
        ("a: &n {b: 1}\nc: *n", ("c",), "*n"),
    ],
)
def test_every_part_knows_where_it_stands(text: str, path: tuple[str], seen: str) -> None:
    place = read(text).places[path]
    assert text[place.start : place.end] == seen
    assert text[place.key :].startswith(path[0])
    assert text[place.colon - 1] == ":"


def test_aliases_repeat_what_they_name() -> None:
    tree = read("a: &n {b: [1]}\nc: *n\nd: [*n, *n]\ne: &t x\nf: *t\n")
    assert tree.data["c"] == tree.data["d"][1] == {"b": [1]}
    assert tree.data["f"] == "x"


@pytest.mark.parametrize(
    ("text", "messages"),
    [
        (
            "a: 1\na: 2\nb: {c: 1, c: 2}\na: 3",
            [
                'line 2, a: "a" stands here twice, first on line 1; rename or remove one of them',
                'line 3, b.c: "c" stands here twice, first on line 3; rename or remove one of them',
                'line 4, a: "a" stands here twice, first on line 2; rename or remove one of them',
            ],
        ),
        (
            "1: a\n'1': b",
            ['line 2, 1: "1" stands here twice, first on line 1; rename or remove one of them'],
        ),
        (
            "a: .nan\nb: [1e999]",
            [
                (
                    "line 1, a: .nan is not a number that can be used; "
                    "write a finite number, or put text in quotes"
                ),
                (
                    "line 2, b.0: 1e999 is too large for a number; "
                    "write a finite number, or put text in quotes"
                ),
            ],
        ),
        (
            "a: !!python/object/apply:os.system [ls]\nb: !!str 1\nc: ! x\n!!int d: 1",
            [
                (
                    "line 1, a: a tag, tag:yaml.org,2002:python/object/apply:o…; "
                    "remove it; tags are not read"
                ),
                "line 2, b: a tag, tag:yaml.org,2002:str; remove it; tags are not read",
                "line 3, c: a tag, !; remove it; tags are not read",
                "line 4, the case: a tag, tag:yaml.org,2002:int; remove it; tags are not read",
            ],
        ),
        ("a: {<<: {b: 1}}", ["line 1, a: `<<` is not read; write the fields out"]),
        (
            "a: 1\n---\nb: 2",
            ["line 2, the case: a second document begins here; remove the line `---`"],
        ),
        (
            "%YAML 1.1\n---\na: yes",
            ["line 2, the case: only YAML 1.2 is read; remove the line that begins with %YAML"],
        ),
        (": 1", ["line 1, the case: a field without a name; write its name before the colon"]),
        (
            "{[a]: 1}",
            ["line 1, the case: a list or mapping as the name of a field; use a plain name"],
        ),
        (
            "? {a: 1}\n: 1",
            ["line 1, the case: a list or mapping as the name of a field; use a plain name"],
        ),
        (
            "a: &x 1\n*x : 2",
            ["line 2, the case: an alias as the name of a field; write the name out"],
        ),
        ("a: *x", ["line 1, a: *x refers to nothing; write the value out"]),
        ("a: &x [1, *x]", ["line 1, a.1: *x contains itself; write the value out"]),
    ],
)
def test_what_a_case_file_may_not_hold_is_said_with_its_line(
    text: str, messages: list[str]
) -> None:
    assert faults(text) == messages


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "a: b: c",
            (
                'line 1, the case: a colon where none can stand; put text that holds ": " in '
                "quotes, and line up the fields"
            ),
        ),
        (
            "a: 1\n b: 2",
            (
                'line 2, the case: a colon where none can stand; put text that holds ": " in '
                "quotes, and line up the fields"
            ),
        ),
        ("\ta: 1", "line 1, the case: a tab where spaces must stand; indent with spaces"),
        ("a: @x", "line 1, a: text begins with a sign of YAML's own; put the text in quotes"),
        ("a: `x`", "line 1, a: text begins with a sign of YAML's own; put the text in quotes"),
        ("a: %x", "line 1, a: text begins with a sign of YAML's own; put the text in quotes"),
        ('a: "x\nb: 1', "line 2, a: a quote is opened and never closed; close it"),
        ("a: 'x", "line 1, a: a quote is opened and never closed; close it"),
        (
            'a: "\\q"',
            "line 1, a: an unknown escape after a backslash; use single quotes, or double it",
        ),
        (
            'a: "\\xZZ"',
            "line 1, a: an escape with too few digits; use single quotes, or double the backslash",
        ),
        (
            'a: "\\UFFFFFFFF"',
            (
                "a: not YAML after this field (Python int too large to convert to C int); "
                "mend the text or the escape that follows"
            ),
        ),
        (
            "a: [1\nb: 2",
            "line 2, a.1: a bracket [ is not closed, or a comma is missing; close it with ]",
        ),
        (
            "a: {b: 1\nc: 2",
            "line 2, a: a brace { is not closed, or a comma is missing; close it with }",
        ),
        ("a: 1\nkey\nb: 2", "line 3, the case: a line without a colon; write `name: value`"),
        (
            "a:\n  - b\n - c",
            (
                "line 3, the case: this does not fit what stands before it; line it up with the "
                "fields above, or put the whole text in quotes"
            ),
        ),
        (
            "a: 'it's",
            (
                "line 1, the case: this does not fit what stands before it; line it up with the "
                "fields above, or put the whole text in quotes"
            ),
        ),
        ("a: - b", "line 1, a: a dash where none can stand; put text in quotes"),
        (
            "a: &\n",
            (
                "line 1, a: not YAML: expected alphabetic or numeric character, but found '\\n' "
                "while scanning an anchor; mend the line, or put the text in quotes"
            ),
        ),
    ],
)
def test_a_syntax_error_is_said_in_plain_words(text: str, message: str) -> None:
    assert faults(text) == [message]


def test_faults_found_before_a_fatal_one_are_said_too() -> None:
    assert faults("a: 1\na: 2\nb: *gone") == [
        'line 2, a: "a" stands here twice, first on line 1; rename or remove one of them',
        "line 3, b: *gone refers to nothing; write the value out",
    ]


@pytest.mark.parametrize("sign", ["\x00", "\x07", "\x1b", "\x7f", "\x9b", "\ufffe"])
def test_a_control_character_is_refused_wherever_it_stands(sign: str) -> None:
    message = f"a control character, U+{ord(sign):04X}; remove it"
    assert faults(f"a: 1\nb: x{sign}y") == [f"line 2, the case: {message}"]


def test_a_control_character_cannot_hide_behind_an_escape() -> None:
    assert faults('a: "\\0"\nb: "\\ud800"\n"\\e": 1') == [
        "line 1, a: a control character, U+0000; remove it",
        "line 2, b: a control character, U+D800; remove it",
        "line 3, the case: a control character, U+001B; remove it",
    ]


def test_signs_that_are_no_control_characters_are_kept() -> None:
    text = "tab\there, \u200fright to left, joined\u200d, 𝄞"
    assert read(f'a: "{text}"').data == {"a": text}


def test_bytes_become_text_without_the_byte_order_mark() -> None:
    assert decode("\ufeffa: é".encode()) == "a: é"


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (
            b"a: 1\nb: \xe9t\xe9\n",
            "line 2, the case: not UTF-8 text: byte 0xe9; save it with the encoding UTF-8",
        ),
        (
            "a: 1".encode("utf-16"),
            (
                "line 1, the case: not UTF-8 text but UTF-16: byte 0xff; "
                "save it with the encoding UTF-8"
            ),
        ),
        (
            b"\xc0\xaf",
            "line 1, the case: not UTF-8 text: byte 0xc0; save it with the encoding UTF-8",
        ),
        (
            b"\xed\xa0\x80",
            "line 1, the case: not UTF-8 text: byte 0xed; save it with the encoding UTF-8",
        ),
    ],
)
def test_other_encodings_are_refused_with_the_line(raw: bytes, message: str) -> None:
    with pytest.raises(CaseFileError) as raised:
        decode(raw)
    assert [str(fault) for fault in raised.value.faults] == [message]


def test_the_error_names_the_file() -> None:
    with pytest.raises(CaseFileError, match=r"1 fault in talks\.yaml:"):
        read("a: *x", "talks.yaml")


def laughs() -> str:
    lines = ["a: &a [" + ",".join(["ha"] * 9) + "]"]
    for name, before in zip("bcdefghij", "abcdefghi", strict=True):
        lines.append(f"{name}: &{name} [" + ",".join([f"*{before}"] * 9) + "]")
    return "\n".join(lines)


HOSTILE = {
    "a billion laughs": (laughs(), "more than 200,000 fields"),
    "brackets": ("[" * 100_000, "fields inside fields more than 32 deep"),
    "braces": ("{a: " * 100_000, "fields inside fields more than 32 deep"),
    "dashes": ("- " * 100_000, "fields inside fields more than 32 deep"),
    "questions": ("? " * 100_000, "a list or mapping as the name of a field"),
    "indentation": (
        "\n".join(" " * depth + "a:" for depth in range(1000)),
        "fields inside fields more than 32 deep",
    ),
    "many aliases": ("a: &a 1\nb: [" + "*a," * 101 + "]", "more than 100 aliases"),
    "a deep alias": (
        "a: &a " + "[" * 20 + "]" * 20 + "\nb: " + "[" * 20 + "*a" + "]" * 20,
        "fields inside fields more than 32 deep",
    ),
    "ten megabytes": ("a: " + "x" * 10_000_000, "longer than 4,000,000 characters"),
    "many faults": ("a: 1\n" * 10_000, "more than 50 faults"),
    "many control characters": ("\x01" * 100_000, "more than 50 faults"),
    "a long number": ("a: " + "9" * 300_000, "is a number of more than 40 digits"),
    "a long tag": ("a: !" + "x" * 100_000 + " 1", "a tag, !xxx"),
    "anchors": ("a: " + "&x " * 100_000, "this does not fit what stands before it"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_gets_a_clear_error_in_bounded_time(name: str) -> None:
    text, message = HOSTILE[name]
    began = time.process_time()
    found = faults(text)
    assert time.process_time() - began < 20
    assert message in found[-1]
    assert all(len(fault) < 300 for fault in found)
    assert len(found) <= 51


@pytest.mark.parametrize("name", ["a billion laughs", "braces", "many faults", "a deep alias"])
def test_a_hostile_file_gets_its_error_in_bounded_memory(name: str) -> None:
    tracemalloc.start()
    faults(HOSTILE[name][0])
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 50e6


@pytest.mark.parametrize(
    "text",
    ["a: " + "x" * 300_000, "a: '" + "x " * 200_000 + "'", "a: |\n" + "  x\n" * 50_000],
    ids=["one line", "one quote", "one block"],
)
def test_a_long_text_is_read_in_bounded_time(text: str) -> None:
    began = time.process_time()
    assert len(read(text).data["a"]) >= 100_000
    assert time.process_time() - began < 20


def test_too_many_fields_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_yaml, "MOST_NODES", 10)
    assert read("[1,2,3,4,5,6,7,8,9]").data == list(range(1, 10))
    assert faults("[1,2,3,4,5,6,7,8,9,10]") == ["line 1, 9: more than 10 fields; split it"]


def test_the_deepest_file_that_is_read_is_32_deep() -> None:
    assert read("[" * 32 + "]" * 32).data
    assert "more than 32 deep" in faults("[" * 33 + "]" * 33)[0]


def test_an_alias_counts_as_deep_as_what_it_repeats() -> None:
    assert read("a: &a " + "[" * 15 + "]" * 15 + "\nb: " + "[" * 16 + "*a" + "]" * 16).data
    assert (
        "more than 32 deep"
        in faults("a: &a " + "[" * 15 + "]" * 15 + "\nb: " + "[" * 17 + "*a" + "]" * 17)[0]
    )


def test_an_alias_inside_of_what_an_alias_repeats_counts_too() -> None:
    inner = "a: &a " + "[" * 10 + "]" * 10
    outer = "b: &b " + "[" * 10 + "*a" + "]" * 10
    assert read(f"{inner}\n{outer}\nc: " + "[" * 11 + "*b" + "]" * 11).data
    assert "32 deep" in faults(f"{inner}\n{outer}\nc: " + "[" * 12 + "*b" + "]" * 12)[0]


def test_a_path_is_shown_short_and_on_one_line() -> None:
    assert dotted(("a", 0, "b\nc", "d" * 100)) == "a.0.b c." + "d" * 59 + "…"
