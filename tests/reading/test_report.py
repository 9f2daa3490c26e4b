"""What came of a reading, in words."""

from __future__ import annotations

from dataclasses import replace

from goodoffices.errors import Fault
from goodoffices.reading.drafting import draft
from goodoffices.reading.findings import Findings
from goodoffices.reading.merge import merge
from goodoffices.reading.report import ReadReport, Unread, report_of, summary
from goodoffices.schemas import to_json
from tests.reading.found import REPORT, report, wire


def reported(*found: Findings) -> ReadReport:
    reading = merge(found)
    return report_of(reading, draft(reading), ["case.yaml"], [])


def test_the_summary_says_what_was_found_set_apart_dropped_and_contradicted() -> None:
    lines = list(summary(reported(report(), wire())))
    assert lines[0].startswith("Read 2 documents: 23 drafts (")
    assert "7 in claims" in lines[0]
    assert "Set apart as opinion, which feeds nothing: 1 claim." in lines
    assert "Dropped: no verb (3), no speaker (1)." in lines
    at = lines.index("Contradictions, side by side: 3.")
    assert lines[at + 1 : at + 4] == [
        "  how many:",
        "    “Northern guards shot two farmers near the bridge on Monday” (Talks stall)",
        "    “Northern guards shot three farmers near the bridge on Monday” (No progress)",
    ]
    assert "Spoken of and never heard: Northern guards, farmers." in lines


def test_a_reading_that_adds_nothing_says_so() -> None:
    found = [report(), wire()]
    reading = merge(found)
    first = draft(reading)
    texts = {key: found[place].document.text for place, key in first.sources.items()}
    lines = list(summary(report_of(reading, draft(reading, first.case, texts=texts), [], [])))
    assert lines[0] == "Read 2 documents: nothing new."
    assert "There already, and left alone: 7 claims." in lines


def test_copies_and_documents_that_were_not_read_are_named() -> None:
    found = report()
    longer = replace(found.document, id="again", name="again.txt", text=REPORT + "\nMore.\n")
    reading = merge([found, replace(found, document=longer)])
    fault = Fault(where="the document", what="cannot be read", mend="look at its path")
    told = report_of(reading, draft(reading), [], [Unread(path="x.pdf", faults=(fault,))])
    lines = list(summary(told))
    assert "Copies of one another, which count once: again.txt, report.txt." in lines
    assert "Not read: x.pdf: the document: cannot be read; look at its path" in lines


def test_many_contradictions_are_counted_and_the_first_are_shown() -> None:
    told = reported(report(), wire())
    many = replace(told, contradictions=told.contradictions * 4)
    assert "  and 7 more" in list(summary(many))


def test_a_note_that_every_document_has_is_said_once() -> None:
    note = ("read by rules",)
    told = reported(replace(report(), notes=note), replace(wire(), notes=note))
    assert told.notes == note


def test_the_report_is_json() -> None:
    text = to_json(reported(report(), wire()))
    assert '"about": "how many"' in text
    assert '"unheard": [\n      "Northern guards"' in text
