import os
import time
from pathlib import Path

import pytest

from goodoffices.case import check, evidence, source_text
from goodoffices.case.evidence import SourceText, evidence_faults, normal
from goodoffices.errors import CaseFileError
from tests.case.cases import GONE, REPORT, case_with, write_small


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_small(tmp_path)
    return tmp_path


def faults(changes: dict[str, object], folder: Path) -> list[str]:
    case = case_with({"sources/letter": GONE, "claims/reader": GONE, **changes})
    return [f"{fault.severity} {fault}" for fault in evidence_faults(case, folder)]


def quoted(quote: str, at: object, folder: Path) -> list[str]:
    return faults({"claims/north-stays/quote": quote, "claims/north-stays/at": at}, folder)


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("“We won’t go”", '"We won\'t go"'),
        ("«non» \u2039oui\u203a „ja“", '"non" \'oui\' "ja"'),
        ("rock `n\u00b4 roll", "rock 'n' roll"),
        ("14-km – or 14\u2011km — or 14−km", "14-km - or 14-km - or 14-km"),
        ("a -- b --- c", "a - b - c"),
        ("a\u00a0b\u2009c\n\t d", "a b c d"),
        ("wait…", "wait..."),
        ("ﬁrm", "firm"),
        ("cafe\u0301", "café"),
        ("co\u00adoperate, zero\u200bwidth, \u202bright\u202c", "cooperate, zerowidth, right"),
        ("\uff02full\uff02 \uff07width\uff07 \uff0d", "\"full\" 'width' -"),
        ("  edges  ", "edges"),
        ("Case Stays", "Case Stays"),
    ],
)
def test_quotes_dashes_and_spaces_are_compared_as_one_kind(text: str, same: str) -> None:
    assert normal(text) == same


def test_normal_text_stays_as_it_is() -> None:
    for text in ["“We won’t go” — yet…", "a\u00b4b \u2033c", "\u2033\u00b4"]:
        assert normal(normal(text)) == normal(text)


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        ("One.\n\nTwo.", ["One.", "Two."]),
        ("One\nblock.\n\n\n  \nTwo.\n", ["One block.", "Two."]),
        ("\n\nOne.\n\nTwo.\n\n", ["One.", "Two."]),
        ("One.\nTwo.\nThree.\n", ["One.", "Two.", "Three."]),
        ("\nOne.\n", ["One."]),
        ("", [""]),
    ],
)
def test_paragraphs_are_blocks_or_else_lines(text: str, paragraphs: list[str]) -> None:
    source = SourceText.of(text)
    ends = [*(start - 1 for start in source.starts[1:]), len(source.words)]
    spans = zip(source.starts, ends, strict=True)
    assert [source.words[start:end] for start, end in spans] == paragraphs


def test_a_quote_is_found_in_the_paragraph_in_which_it_begins() -> None:
    source = SourceText.of("One two.\n\nThree four.\n\nOne two.")
    assert source.paragraph_of("Three") == 2
    assert source.paragraph_of("two. Three") == 1
    assert source.paragraph_of("five") is None
    assert source.begins_in("One", 1)
    assert source.begins_in("One", 3)
    assert source.begins_in("two. Three", 1)
    assert not source.begins_in("One", 2)
    assert not source.begins_in("Three", 1)


@pytest.mark.parametrize(
    ("quote", "at"),
    [
        ("We will not leave the corridor", 2),
        ("will not leave the corridor", "2"),
        ("We   will not\n leave the corridor", 2),
        ("“We will not leave the corridor,” said a spokesman", 2),
        ('"We will not leave the corridor," said a spokesman', 2),
        ("The South's minister answered", 2),
        ("spokesman of the North. The South's minister", 2),
        ("No troops, or no talks.” An aide", 2),
        ("Talks on the corridor stalled on Thursday.", 1),
    ],
)
def test_a_quote_that_stands_in_its_paragraph_is_right(
    quote: str, at: object, folder: Path
) -> None:
    assert quoted(quote, at, folder) == []


def test_a_quote_may_be_placed_by_its_characters(folder: Path) -> None:
    quote = "We will not leave the corridor"
    start = REPORT.index(quote)
    for first in (start, start + 1):
        assert quoted(quote, f"{first}-{first + len(quote)}", folder) == []
        assert quoted(quote, f"{first} – {first + len(quote) - 1}", folder) == []
    assert quoted(quote, f"{start + 3}-{start + len(quote)}", folder) != []


@pytest.mark.parametrize(
    ("quote", "at", "message"),
    [
        (
            "We will leave",
            2,
            (
                'error claims.north-stays.quote: the quote "We will leave" is not in the source '
                "report; copy the words exactly as they stand there"
            ),
        ),
        (
            "we will not leave the corridor",
            2,
            (
                'error claims.north-stays.quote: the quote "we will not leave the corridor" is not '
                "in the source report; copy the words exactly as they stand there"
            ),
        ),
        (
            "We will not leave",
            1,
            (
                "error claims.north-stays.at: the quote does not stand at 1; "
                "it stands in paragraph 2: write `at: 2`"
            ),
        ),
        (
            "We will not leave",
            9,
            (
                "error claims.north-stays.at: the source has 3 paragraphs only; "
                "it stands in paragraph 2: write `at: 2`"
            ),
        ),
        (
            "We will not leave",
            "0-20",
            (
                "error claims.north-stays.at: the quote does not stand at 0-20; "
                "it stands in paragraph 2: write `at: 2`"
            ),
        ),
        (
            "We will not leave",
            "40-9999",
            (
                "error claims.north-stays.at: the source has 218 characters only; "
                "it stands in paragraph 2: write `at: 2`"
            ),
        ),
        (
            "We will not leave",
            "0-218",
            (
                "error claims.north-stays.at: 0-218 is much longer than the quote; "
                "it stands in paragraph 2: write `at: 2`"
            ),
        ),
        (
            "We will not leave",
            None,
            "warning claims.north-stays: does not say where the quote stands; add `at: 2`",
        ),
        (
            "We will leave",
            None,
            (
                'error claims.north-stays.quote: the quote "We will leave" is not in the source '
                "report; copy the words exactly as they stand there"
            ),
        ),
        (
            " \u200b ",
            2,
            "error claims.north-stays.quote: the quote is empty; copy the words out",
        ),
    ],
)
def test_a_quote_that_is_not_at_its_place_is_a_fault(
    quote: str, at: object, message: str, folder: Path
) -> None:
    assert quoted(quote, at, folder) == [message]


def test_every_other_place_of_a_claim_is_looked_up_too(folder: Path) -> None:
    places = [
        {"source": "report", "quote": "No troops, or no talks", "at": 2},
        {"source": "report", "quote": "Never said", "at": 2},
        {"source": "report", "quote": "both sides serious"},
    ]
    assert faults({"claims/north-stays/also": places}, folder) == [
        (
            'error claims.north-stays.also.1.quote: the quote "Never said" is not in the source '
            "report; copy the words exactly as they stand there"
        ),
        "warning claims.north-stays.also.2: does not say where the quote stands; add `at: 3`",
    ]


@pytest.mark.parametrize("at", [0, -1, "page 3", "3.", "20-10", "5-5", "-", "", "9" * 20, "1-2-3"])
def test_a_place_is_a_paragraph_or_characters(at: object, folder: Path) -> None:
    assert quoted("We will not leave", at, folder) == [
        (
            f'error claims.north-stays.at: "{str(at).strip()}" is not a place in a source; '
            "write a paragraph's number, `at: 3`, or characters, `at: 120-180`"
        )
    ]


def test_a_source_without_a_copy_is_a_warning_where_it_is_quoted(folder: Path) -> None:
    assert faults({"sources/report/file": GONE}, folder) == [
        (
            "warning sources.report: no plain-text copy, so its quotes cannot be looked up; "
            "put one beside the case file and name it: `file:`"
        )
    ]


def test_a_source_that_nobody_quotes_needs_no_copy(folder: Path) -> None:
    assert faults({"sources/other": {"title": "x", "kind": "other"}}, folder) == []


@pytest.mark.parametrize(
    ("file", "message"),
    [
        (
            "../report.txt",
            ('"../report.txt" lies outside the case\'s folder; copy it beside the case file'),
        ),
        (
            "/etc/hostname",
            ('"/etc/hostname" lies outside the case\'s folder; copy it beside the case file'),
        ),
        ("x/../../x", '"x/../../x" lies outside the case\'s folder; copy it beside the case file'),
        ("gone.txt", "cannot be read (No such file or directory); look at its path"),
        ("x" * 300, "cannot be read (File name too long); look at its path"),
        ("a\0b", "cannot be read (embedded null byte); look at its path"),
        (".", "a folder, not a file; name a file inside of it"),
        ("", "a folder, not a file; name a file inside of it"),
    ],
)
def test_a_source_that_cannot_be_read_is_a_fault(file: str, message: str, folder: Path) -> None:
    found = faults({"sources/report/file": file}, folder)
    assert found == [f"error sources.report.file: {message}"]


def test_a_link_may_not_lead_out_of_the_folder(folder: Path) -> None:
    inside = folder / "inside"
    inside.mkdir()
    (inside / "report.txt").symlink_to(folder / "report.txt")
    case = case_with({})
    with pytest.raises(CaseFileError, match="lies outside the case's folder"):
        source_text(case, "report", inside)
    assert source_text(case, "report", folder) == REPORT


def test_a_link_inside_of_the_folder_is_followed(folder: Path) -> None:
    (folder / "link.txt").symlink_to("report.txt")
    assert faults({"sources/report/file": "link.txt"}, folder) == []


def test_links_in_a_circle_are_a_fault(folder: Path) -> None:
    (folder / "a").symlink_to("b")
    (folder / "b").symlink_to("a")
    assert "cannot be read" in faults({"sources/report/file": "a"}, folder)[0]


def test_a_pipe_does_not_hold_the_check_up(folder: Path) -> None:
    os.mkfifo(folder / "pipe")
    assert faults({"sources/report/file": "pipe"}, folder) == [
        "error sources.report.file: not an ordinary file; copy it into one"
    ]


def test_a_source_that_is_not_utf_8_is_a_fault_with_its_line(folder: Path) -> None:
    (folder / "report.txt").write_bytes(b"one\ntwo \xe9\n")
    assert faults({}, folder) == [
        (
            "error sources.report.file: not UTF-8 text: byte 0xe9 (line 2 of the source); "
            "save it with the encoding UTF-8"
        )
    ]


def test_a_source_that_is_too_large_is_a_fault(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(evidence, "MOST_SOURCE", 100)
    assert faults({}, folder) == [
        "error sources.report.file: larger than 0 MB; split or shorten it"
    ]


def test_all_sources_together_are_limited(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evidence, "MOST_SOURCES", 100)
    again = {"sources/again": {"title": "x", "kind": "report", "file": "report.txt"}}
    assert faults(again, folder) == [
        (
            "error sources.again.file: the sources before it hold 0 MB already; "
            "keep only the pages that are quoted"
        )
    ]


def test_looking_up_all_quotes_is_limited(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evidence, "MOST_SEARCHED", 100)
    assert faults({}, folder) == [
        (
            "error sources.report.file: 3 quotes in so long a text are too many to look up; "
            "keep only the pages that are quoted"
        )
    ]


def test_line_breaks_of_any_kind_are_newlines(folder: Path) -> None:
    (folder / "report.txt").write_bytes(REPORT.replace("\n", "\r\n").encode("utf-8-sig"))
    assert source_text(case_with({}), "report", folder) == REPORT
    (folder / "report.txt").write_bytes(REPORT.replace("\n", "\r").encode())
    assert source_text(case_with({}), "report", folder) == REPORT


def test_a_source_without_a_file_has_no_text(folder: Path) -> None:
    assert source_text(case_with({}), "letter", folder) is None


def test_an_unknown_source_is_an_error_with_the_nearest_name(folder: Path) -> None:
    with pytest.raises(CaseFileError, match='"reprot" is not a source; did you mean "report"'):
        source_text(case_with({}), "reprot", folder)


def test_quotes_are_looked_up_only_where_a_folder_is_given(folder: Path) -> None:
    case = case_with({"claims/north-stays/quote": "never said"})
    assert not any("never said" in str(fault) for fault in check(case))
    assert any("never said" in str(fault) for fault in check(case, folder))


def test_a_long_source_with_hostile_spaces_is_read_in_bounded_time() -> None:
    began = time.process_time()
    for text in ["\n" * 2_000_000, " \n" * 1_000_000, "a" + " " * 2_000_000, "-" * 2_000_000]:
        SourceText.of(text)
    assert SourceText.of("aaaaab" * 100_000).paragraph_of("a" * 1000 + "b") is None
    assert time.process_time() - began < 20
