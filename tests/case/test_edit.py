"""Each test shows a text, what it should say instead, and the text that then says it."""

from typing import Any

import pytest

from goodoffices.case._edit import rewritings
from goodoffices.case._yaml import read


def edited(text: str, new: dict[str, Any]) -> str:
    tree = read(text)
    for candidate in rewritings(text, tree, tree.data, new):
        found = read(candidate).data
        if repr(found) == repr(new):
            return candidate
    raise AssertionError("no candidate says the new data")


@pytest.mark.parametrize(
    ("text", "new", "after"),
    [
        # Scalars, each in its own style, remarks kept.
        ("a: 1  # one\n", {"a": 2}, "a: 2  # one\n"),
        ("a:    1\nb: 'x'\n", {"a": 2, "b": "x"}, "a: 2\nb: 'x'\n"),
        ("a: 'x'\n", {"a": "y"}, "a: y\n"),
        ("a: x", {"a": "y"}, "a: y"),
        ("a:\nb: 1\n", {"a": 2, "b": 1}, "a: 2\nb: 1\n"),
        ("a:   # none\n", {"a": 2}, "a: 2   # none\n".replace("2   #", "2   #")),
        ("a: |\n  x\n  y\n\n# r\nb: 1\n", {"a": "z", "b": 1}, "a: z\n\n# r\nb: 1\n"),
        ("a: x  # r\n", {"a": "y\nz\n"}, 'a: "y\\nz\\n"  # r\n'),
        ("a: x\n", {"a": "y\nz\n"}, "a: |\n  y\n  z\n"),
        ("a: two\n  lines\nb: 1\n", {"a": "one", "b": 1}, "a: one\nb: 1\n"),
        # Fields inside of fields.
        (
            "a:\n  # about b\n  b: 1\n  c: 2 # two\n",
            {"a": {"b": 1, "c": 3}},
            "a:\n  # about b\n  b: 1\n  c: 3 # two\n",
        ),
        ("a: {b: 1,  c: 2}\n", {"a": {"b": 1, "c": "x, y"}}, 'a: {b: 1,  c: "x, y"}\n'),
        ("a: {b: , c: 2}\n", {"a": {"b": 7, "c": 2}}, "a: {b: 7 , c: 2}\n"),
        (
            "x:\n  a: {b: 1, c: 2} # r\n",
            {"x": {"a": {"b": 1}}},
            "x:\n  a: {b: 1} # r\n",
        ),
        # Lists are written anew as a whole.
        ("a: [x,   y]\n", {"a": ["x", "z"]}, "a: [x, z]\n"),
        ("a:\n- x\n- y\nb: 1\n", {"a": ["x"], "b": 1}, "a: [x]\nb: 1\n"),
        ("a:\n  - x\n  - y\n", {"a": "x"}, "a: x\n"),
        ("a:  # r\n  - x\n", {"a": "y"}, "a: y  # r\n"),
        # A mapping for a scalar, and the other way round.
        (
            "a: 1  # r\nb: 2\n",
            {"a": {"c": {"d": 1}}, "b": 2},
            "a:  # r\n  c: {d: 1}\nb: 2\n",
        ),
        ("a:\n  b: {c: 1}\n", {"a": 5}, "a: 5\n"),
        ("a:  # r\n  # s\n  b: 1\n", {"a": 5}, "a: 5  # r\n  # s\n"),
        (
            "x:\n  a:  # r\n    - 1\n",
            {"x": {"a": {"b": {"c": 1}}}},
            "x:\n  a:  # r\n    b: {c: 1}\n",
        ),
        # New fields come after the one before them.
        ("a: 1\nc: 3\n", {"a": 1, "b": 2, "c": 3}, "a: 1\nb: 2\nc: 3\n"),
        ("b: 2\n", {"a": 1, "b": 2}, "a: 1\nb: 2\n"),
        ("a: 1", {"a": 1, "b": 2}, "a: 1\nb: 2\n"),
        (
            "a:\n    b: 1 # one\n    # rest\n\nc: 2\n",
            {"a": {"b": 1, "d": {"e": {"f": 1}}}, "c": 2},
            "a:\n    b: 1 # one\n    d:\n      e: {f: 1}\n    # rest\n\nc: 2\n",
        ),
        (
            "# r\na: 1\n",
            {"a": 1, "p": {"q": 1}, "r": {"s": 2}},
            "# r\na: 1\n\np:\n  q: 1\n\nr:\n  s: 2\n",
        ),
        # Fields that go take their remark on the same line along, and no other.
        ("a: 1\n# about b\nb: 2 # two\nc: 3\n", {"a": 1, "c": 3}, "a: 1\n# about b\nc: 3\n"),
        ("p:\n  a: 1\n  b: 2\n", {"p": {"a": 1}}, "p:\n  a: 1\n"),
        ("p:\n  a: 1\nq: 1\n", {"p": {}, "q": 1}, "p: {}\nq: 1\n"),
        ("a: 1\nb: |\n  x\n\nc: 3\n", {"a": 1, "c": 3}, "a: 1\n\nc: 3\n"),
        # Fields that move take the remarks above them along.
        (
            "p:\n  # one\n  a: 1\n  # two\n  b: 2 # zwei\n",
            {"p": {"b": 2, "a": 1}},
            "p:\n  # two\n  b: 2 # zwei\n  # one\n  a: 1\n",
        ),
        (
            "p:\n  a: 1\n  b: 2\n  c: {d: 1}",
            {"p": {"c": {"d": 9}, "x": 5, "a": 1}},
            "p:\n  c: {d: 9}\n  x: 5\n  a: 1\n",
        ),
        # Line breaks stay what they are.
        (
            "a: 1\r\nb: 2\r\n",
            {"a": 1, "c": {"d": {"e": 1}}, "b": 3},
            "a: 1\r\n\r\nc:\r\n  d: {e: 1}\r\nb: 3\r\n",
        ),
        # A file in one line.
        ("# h\n{a: 1, b: {c: 2}} # r\n", {"a": 1, "b": {"c": 3}}, "# h\n{a: 1, b: {c: 3}} # r\n"),
        ("---\na: 1\n...\n", {"a": 2}, "---\na: 2\n...\n"),
        ("%YAML 1.2\n---\na: 1\n", {"a": 1, "b": 2}, "%YAML 1.2\n---\na: 1\nb: 2\n"),
    ],
)
def test_only_what_differs_is_written_anew(text: str, new: dict[str, Any], after: str) -> None:
    assert edited(text, new) == after


@pytest.mark.parametrize(
    ("text", "new", "after"),
    [
        ("a: &x 1\nb: *x\nc: 3\n", {"a": 1, "b": 1, "c": 4}, "a: &x 1\nb: 1\nc: 4\n"),
        ("a: &x 1\nb: *x\n", {"a": 2, "b": 1}, "a: 2\nb: 1\n"),
        ("a: &x 1\nb: *x\n", {"a": 1, "b": 2}, "a: &x 1\nb: 2\n"),
        (
            "a: &x\n  n: 1\n  m: 2\nb: *x\n",
            {"a": {"n": 9, "m": 2}, "b": {"n": 1, "m": 2}},
            "a: &x\n  n: 9\n  m: 2\nb: {n: 1, m: 2}\n",
        ),
        (
            "a: &x {n: 1}\nb: *x\n",
            {"a": {"n": 1}, "b": {"n": 5}},
            "a: &x {n: 1}\nb:\n  n: 5\n",
        ),
    ],
)
def test_what_an_alias_repeats_may_change_without_the_alias(
    text: str, new: dict[str, Any], after: str
) -> None:
    assert edited(text, new) == after


@pytest.mark.parametrize(
    ("text", "new"),
    [
        ("? a\n: 1\n? b\n: 2\n", {"a": 3, "b": 2}),
        ("? a\n: 1\n? b\n: 2\n", {"b": 2, "a": 3, "c": 4}),
        ("{a: 1,\n # r\n b: 2}\n", {"a": 1, "c": 2}),
        ("a: {b: {c: [1, {d: 2}]}}", {"a": {"b": {"c": [1, {"d": 3}]}}}),
        ('"a": "x" \n"b c": 1', {"a": "y", "b c": 2}),
        ("a:\n  {b: 1,\n   c: 2}\n", {"a": {"b": 2, "c": 2, "d": {"e": 1}}}),
        ("a: >-\n  x\n\n\nb: |+\n  y\n\n", {"a": "z", "b": "w", "c": 1}),
        ("a:\n  - b: 1\n    c: 2\n  - d\n", {"a": [{"b": 1, "c": 3}, "d"]}),
        ("a: 1\n\n\n# end", {"b": {"c": 1}}),
        ("a: {b: 1}", {"a": {"c": 1, "b": 1}}),
        ("a: &x {b: &y [1]}\nc: *x\nd: *y\n", {"a": {"b": [2]}, "c": {"b": [1]}, "d": [3]}),
        ("a:\n  b:\n    c:\n", {"a": {"b": {"c": {"d": {"e": None}}}}}),
    ],
)
def test_whatever_the_layout_the_new_text_says_the_new_data(text: str, new: dict[str, Any]) -> None:
    edited(text, new)


def test_a_file_that_cannot_be_changed_in_part_keeps_its_heading() -> None:
    text = "# who may read this\n\n# second line\n[1, 2]\n"
    tree = read(text)
    (last,) = rewritings(text, tree, {}, {"a": 1})
    assert last == "# who may read this\n\n# second line\na: 1\n"


def test_the_same_data_leave_the_text_as_it_is() -> None:
    text = "a: {x:   1}  # r\n\n\nb:  'y'\n"
    assert edited(text, {"a": {"x": 1}, "b": "y"}) == text
