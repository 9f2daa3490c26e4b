import os
from pathlib import Path

import pytest

from goodoffices.case import build, load_document, parse_case
from goodoffices.case._validation import MOST_FAULTS
from goodoffices.case.quantity import Probability
from goodoffices.errors import CaseError, CaseFileError
from tests.case.cases import SMALL, case_with, spoilt, write_small

HEAD = "goodoffices: 1\ntitle: x\n"


def faults(text: str) -> list[str]:
    with pytest.raises(CaseError) as raised:
        parse_case(text)
    return [str(fault) for fault in raised.value.faults]


def test_a_document_is_text_data_and_lines(tmp_path: Path) -> None:
    found = load_document(write_small(tmp_path))
    assert found.text == SMALL
    assert found.data["title"] == "The corridor"
    assert found.lines["parties", "north", "name"] == 32
    assert found.folder == tmp_path


def test_a_byte_order_mark_is_not_part_of_the_text(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_bytes(b"\xef\xbb\xbftitle: x\r\n")
    assert load_document(path).text == "title: x\r\n"


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("gone.yaml", "cannot be read (No such file or directory); look at its path"),
        ("folder", "a folder, not a file; name a file inside of it"),
        ("pipe", "not an ordinary file; copy it into one"),
        ("large.yaml", "larger than 4 MB; split or shorten it"),
        ("a\0b", "cannot be read (embedded null byte); look at its path"),
        ("x" * 300, "cannot be read (File name too long); look at its path"),
        ("file/below", "cannot be read (Not a directory); look at its path"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(name: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").touch()
    os.mkfifo(tmp_path / "pipe")
    with open(tmp_path / "large.yaml", "wb") as file:
        file.truncate(10_000_000_000)
    with pytest.raises(CaseFileError) as raised:
        load_document(tmp_path / name)
    assert [str(fault) for fault in raised.value.faults] == [f"the case: {message}"]
    assert str(raised.value).startswith(f"1 fault in {tmp_path / name}:")


def test_a_case_is_built_from_plain_data() -> None:
    assert build(spoilt({})) == parse_case(SMALL) == case_with({})


def test_phrases_are_read_on_the_cases_own_yardstick() -> None:
    case = case_with({"yardstick": "UK"})
    assert case.demands["stay"].firmness == Probability.parse("likely", "UK")


def test_the_error_names_the_subject() -> None:
    with pytest.raises(CaseError, match=r"^2 faults in talks\.yaml:"):
        parse_case("{}", where="talks.yaml")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "the case: the file is empty; `goodoffices new` writes a starter"),
        (
            "- a",
            ("the case: a list stands where a case must stand; begin with `goodoffices: 1`"),
        ),
        (
            "talks",
            ('the case: "talks" stands where a case must stand; begin with `goodoffices: 1`'),
        ),
        (
            "title: x",
            "goodoffices: missing; write `goodoffices: 1`, the version of the case format",
        ),
        (
            "goodoffices: 2\ntitle: x",
            (
                "line 1, goodoffices: 2 is not a version of the case format that this program "
                "reads; write `goodoffices: 1`"
            ),
        ),
        ("goodoffices: 1", "title: missing; add `title:`"),
        (
            "goodoffices: 1\ntitle: 2024",
            'line 2, title: the number 2024 where text must stand; put it in quotes: "2024"',
        ),
        (
            "goodoffices: 1\ntitle: true",
            'line 2, title: true where text must stand; put it in quotes: "true"',
        ),
        (
            "goodoffices: 1\ntitle: [a]",
            ("line 2, title: a list stands where text must stand; write text"),
        ),
        (
            HEAD + "titel: y",
            ('line 3, titel: "titel" is not a field of the case; did you mean "title"?'),
        ),
        (
            HEAD + "claims: {c: {clas: fact, class: fact}}",
            'line 3, claims.c.clas: "clas" is not a field of a claim; did you mean "class"?',
        ),
        (
            HEAD + "issues: {i: {name: x, range: 0..1, zzz: 1}}",
            (
                'line 3, issues.i.zzz: "zzz" is not a field of an issue; its fields are because, '
                "assumed, status, confidential, name, options, range, step, unit, agreed, note"
            ),
        ),
        (
            HEAD + "yardstick: reader",
            (
                'line 3, yardstick: "reader" is not one of readers, ICD 203, UK, NATO, IPCC; '
                'did you mean "readers"?'
            ),
        ),
        (
            HEAD + "claims: {c: {class: rumour}}",
            (
                'line 3, claims.c.class: "rumour" is not one of fact, attributed claim, estimate, '
                "opinion, assumption; "
                "write one of: fact, attributed claim, estimate, opinion, assumption"
            ),
        ),
        (
            HEAD + "claims: {c: {class: }}",
            (
                "line 3, claims.c.class: nothing stands here; "
                "write one of: fact, attributed claim, estimate, opinion, assumption"
            ),
        ),
        (
            HEAD + "claims:\n  c:\n    source: s",
            (
                "line 4, claims.c.class: missing; "
                "add `class:` (fact, attributed claim, estimate, opinion or assumption)"
            ),
        ),
        (
            HEAD + "claims: [a]",
            (
                "line 3, claims: a list stands where fields must stand; "
                "write `name: value` lines, indented under it"
            ),
        ),
        (
            HEAD + "trust:\n  t: high",
            (
                'line 4, trust.t: "high" stands where fields must stand; '
                "write the fields of a trust level: because, assumed, status, confidential, who, "
                "whom, kept"
            ),
        ),
        (
            HEAD + "issues:\n  i:\n  j: {name: x, range: 0..1}",
            (
                "line 4, issues.i: nothing stands where fields must stand; write the fields of an "
                "issue: because, assumed, status, confidential, name, options, range, step, unit, "
                "agreed, note"
            ),
        ),
        (
            HEAD + "parties: {the north: {name: x, role: principal}}",
            (
                'line 3, parties.the north: "the north" is not an id; '
                "use letters, digits, - and _, without spaces or dots: `the-north`"
            ),
        ),
        (
            HEAD + "issues: {i: {name: x, range: 0..1, because: [a b, c]}}",
            (
                'line 3, issues.i.because.0: "a b" is not an id; '
                "use letters, digits, - and _, without spaces or dots: `a-b`"
            ),
        ),
        (
            HEAD + "issues: {i: {name: x, range: 0..1, because: a b}}",
            (
                'line 3, issues.i.because: "a b" is not an id; '
                "use letters, digits, - and _, without spaces or dots: `a-b`"
            ),
        ),
        (
            HEAD + "issues: {i: {name: x, range: 0..1, because: [~]}}",
            (
                "line 3, issues.i.because.0: nothing stands here where text must stand; "
                "fill it in, or remove it"
            ),
        ),
        (
            HEAD + f"issues: {{{'x' * 81}: {{name: x, range: 0..1}}}}",
            (
                f'line 3, issues.{"x" * 59}…: "{"x" * 29}…" is longer than 80 characters; '
                "use a shorter id"
            ),
        ),
        (
            HEAD + "claims: {c: {class: fact, at: [3]}}",
            "line 3, claims.c.at: a list stands where text must stand; write text",
        ),
        (
            HEAD + "parties: {p: {name: x, role: principal, must_accept: maybe}}",
            (
                'line 3, parties.p.must_accept: "maybe" is neither true nor false; '
                "write true or false"
            ),
        ),
        (
            HEAD + "as_of: May 2024",
            'line 3, as_of: "May 2024" is not a date; write it as 2024-08-31, or `unknown`',
        ),
        (
            HEAD + "as_of: {date: 2024-02-31}",
            (
                'line 3, as_of.date: "2024-02-31" is not a date; '
                "write year, month and day as 2024-08-31, or `unknown`"
            ),
        ),
        (
            HEAD + "as_of: [2024]",
            (
                "line 3, as_of: a list stands where a date must stand; "
                "write year, month and day as 2024-08-31, or `unknown`"
            ),
        ),
        (
            HEAD + "issues: {i: {name: x, range: 0..1, step: -1}}",
            'line 3, issues.i.step: "-1" is not a number that fits here; write a number above 0',
        ),
        (
            HEAD + "issues: {i: {name: x}}",
            "line 3, issues.i: an issue has either `options` or a `range`; write one of them",
        ),
        (
            HEAD + "positions: {p: {i: {weight: 130}}}",
            (
                'line 3, positions.p.i.weight: "130" is outside 0 to 100; '
                "write 0 to 100, as 40, 30..50, 30..40..55 or unknown"
            ),
        ),
        (
            HEAD + "positions:\n  p:\n    i:\n      values:\n        a: 0\n        b: x",
            (
                'line 8, positions.p.i.values.b: "x" is not a value; '
                "write 0 to 100, as 40, 30..50, 30..40..55 or unknown"
            ),
        ),
        (
            HEAD + "issues: {i: {name: x, options: {a: 7}}}",
            (
                'line 3, issues.i.options.a: "7" stands where fields must stand; '
                "write the fields of an option: name, note"
            ),
        ),
        (
            HEAD + "scenarios: {s: {name: x, set: [1]}}",
            (
                "line 3, scenarios.s.set: a list stands where fields must stand; "
                "write `name: value` lines, indented under it"
            ),
        ),
    ],
)
def test_a_field_that_is_wrong_is_said_in_plain_words(text: str, message: str) -> None:
    assert faults(text) == [message]


def test_all_faults_come_in_one_go_in_the_order_of_the_file() -> None:
    text = "goodoffices: 1\nissues:\n  i: {name: 1, range: 3}\nas_of: soon\nclaims: {c: {}}\n"
    assert [fault.partition(":")[0] for fault in faults(text)] == [
        "title",
        "line 3, issues.i.name",
        "line 3, issues.i.range",
        "line 4, as_of",
        "line 5, claims.c.class",
    ]


def test_no_word_of_the_program_inside_shows() -> None:
    text = HEAD + "claims: {c: {class: 1, at: {}, about: {}}}\nsources: {s: 1}\nparties: 3\n"
    shown = "\n".join(faults(text)).lower()
    for word in ["input", "pydantic", "instance", "dictionary", "str", "type=", "none"]:
        assert word not in shown


def test_a_field_left_blank_says_nothing() -> None:
    text = (
        "goodoffices: 1\ntitle: x\npurpose:\nclaims:\ndemands:\nas_of:\nyardstick: readers\n"
        "parties:\n  p: {name: x, role: principal, aliases: , factions: }\n"
        "positions:\n  p:\n    i: {weight: , values: , wants: , because: }\n"
    )
    case = parse_case(text)
    assert case.claims == {}
    assert case.parties["p"].factions == {}
    assert case.positions["p"]["i"].values == {}


def test_a_required_field_left_blank_is_missing() -> None:
    assert faults("goodoffices: 1\ntitle:\n") == ["line 2, title: missing; add `title:`"]


def test_faults_beyond_a_number_are_left_off() -> None:
    text = HEAD + "issues:\n" + "".join(f"  i{n}: {{name: 1}}\n" for n in range(1000))
    assert len(faults(text)) == MOST_FAULTS


def test_a_huge_wrong_text_is_not_repeated() -> None:
    huge = "x" * 100_000
    text = HEAD + f"yardstick: {huge}\nas_of: {huge}\nissues: {{i: {{name: x, range: {huge}}}}}\n"
    assert all(len(fault) < 600 for fault in faults(text))
    assert len(faults(text)) == 3
