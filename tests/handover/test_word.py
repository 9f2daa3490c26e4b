"""The Word brief as those who read it, see it, hear it or open it in another program get it."""

import io
import re
import shutil
import subprocess
import zipfile
from functools import cache
from pathlib import Path
from typing import Any

import docx
import pytest
from lxml import etree

from goodoffices.deals import deals
from goodoffices.handover.redact import redacted
from goodoffices.handover.word import write_docx
from goodoffices.moves import moves
from goodoffices.outlook import outlook
from tests.brief.cases import basic, case_of, hostile, hostile_moves
from tests.handover.cases import marked, member, shipped, small

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SECTIONS = ["1. Summary", "2. Actors", "3. Issues", "4. Context", "5. Entry points", "References"]


@cache
def raw() -> bytes:
    """The brief of the shipped case, as the command writes it but from fewer draws."""
    case = shipped()
    found = deals(case, draws=1000)
    assert case.as_of.date is not None
    ahead = outlook(case, found, today=case.as_of.date, draws=2000)
    return write_docx(case, found, moves=moves(case, draws=20), outlook=ahead)


@cache
def small_raw() -> bytes:
    return write_docx(small(), basic()[1])


@cache
def hostile_raw() -> bytes:
    case, result = hostile()
    return write_docx(case, result, moves=hostile_moves())


def opened(content: bytes) -> Any:
    return docx.Document(io.BytesIO(content))


def root(content: bytes) -> etree._Element:
    return etree.fromstring(member(content, "word/document.xml"))


def words(content: bytes) -> str:
    return " ".join("".join(p.itertext()) for p in root(content).iter(f"{W}p"))


def test_its_sections_are_those_that_mediation_teams_use_as_real_headings() -> None:
    heads = [p.text for p in opened(raw()).paragraphs if p.style.name == "Heading 1"]
    assert heads == SECTIONS


def test_its_title_stands_in_the_text_and_in_its_properties() -> None:
    document = opened(raw())
    assert document.paragraphs[0].style.name == "Title"
    assert document.paragraphs[0].text == shipped().title
    known = document.core_properties
    assert (known.title, known.author, known.language) == (shipped().title, "Good Offices", "en-GB")
    assert known.subject.startswith("To show what one news report says")
    assert str(known.created)[:10] == "2024-09-07"


def test_its_language_is_set_for_those_who_have_it_read_aloud() -> None:
    styles = etree.fromstring(member(raw(), "word/styles.xml"))
    normal = next(s for s in styles.iter(f"{W}style") if s.get(f"{W}styleId") == "Normal")
    assert [lang.get(f"{W}val") for lang in normal.iter(f"{W}lang")] == ["en-GB"]


def test_each_table_has_a_caption_a_description_and_a_row_of_heads_that_repeats() -> None:
    tables = list(root(raw()).iter(f"{W}tbl"))
    assert len(tables) == 6
    for number, table in enumerate(tables, 1):
        assert next(table.iter(f"{W}tblCaption")).get(f"{W}val") == f"Table {number}"
        assert next(table.iter(f"{W}tblDescription")).get(f"{W}val")
        first = next(table.iter(f"{W}tr"))
        assert next(first.iter(f"{W}tblHeader"), None) is not None
        assert all("".join(cell.itertext()).strip() for cell in first.iter(f"{W}tc"))
    captions = [p.text for p in opened(raw()).paragraphs if p.style.name == "Caption"]
    assert [c for c in captions if c.startswith("Table 3. ")] == ["Table 3. What can block"]


def test_each_figure_has_words_for_those_who_do_not_see_it() -> None:
    about = list(root(raw()).iter("{*}docPr"))
    assert [one.get("name") for one in about] == ["Figure 1", "Figure 2"]
    assert "Israel 20–40" in str(about[0].get("descr"))
    assert "Now: about 35" in str(about[1].get("descr"))
    assert "Israel lifts D1" in str(about[1].get("descr"))


def test_each_figure_is_a_chart_of_the_document() -> None:
    for number in (1, 2):
        chart = etree.fromstring(member(raw(), f"word/charts/chart{number}.xml"))
        assert len(list(chart.iter("{*}ser"))) >= 1


def links(content: bytes) -> list[str]:
    return [str(link.get(f"{W}anchor")) for link in root(content).iter(f"{W}hyperlink")]


def marks(content: bytes) -> list[str]:
    return [str(mark.get(f"{W}name")) for mark in root(content).iter(f"{W}bookmarkStart")]


@pytest.mark.parametrize("content", [raw, small_raw, hostile_raw])
def test_every_label_leads_to_its_words_at_the_end(content: Any) -> None:
    assert len(links(content())) > 20
    assert set(links(content())) - set(marks(content())) == set()
    assert len(set(marks(content()))) == len(marks(content()))


def test_nothing_stands_at_the_end_that_is_not_cited() -> None:
    cited = set(links(raw()))
    more = {mark for mark in marks(raw()) if mark not in cited}
    assert all(mark.startswith("note_S") or mark == "note_Rule" for mark in more)


def test_claims_and_assumptions_are_told_at_the_end_in_their_own_words() -> None:
    notes = {p.text.partition(" ")[0]: p.text for p in opened(raw()).paragraphs
             if p.style.name == "Note"}  # fmt: skip
    assert "“insists on keeping troops in the Philadelphi Corridor”" in notes["C8"]
    assert "S1 ¶2; attributed claim." in notes["C8"]
    assert notes["M2"].startswith("M2 Share of draws in which a package meets every")
    assert any(text.endswith("analysts: F") for text in notes.values())
    assert "V, values: what a party asks for in public 100" in notes["Rule"]


def unlabelled(paragraph: etree._Element) -> list[str]:
    """Numbers in a paragraph that has no label at all."""
    text = "".join(
        str(t.text)
        for t in paragraph.iter(f"{W}t")
        if not any(up.tag == f"{W}hyperlink" for up in t.iterancestors())
    )
    if any(True for _ in paragraph.iter(f"{W}hyperlink")):
        return []
    # Dates, numbered heads and labels of demands are not numbers of the model.
    text = re.sub(
        r"\d{1,2} (January|September|March) \d{4}|^\d\. |^(Table|Figure) \d\.|D\d+", "", text
    )
    return re.findall(r"\d+", text)


def test_no_number_stands_without_a_claim_an_assumption_or_a_method() -> None:
    body = root(raw()).find(f"{W}body")
    assert body is not None
    loose = []
    for paragraph in body.iter(f"{W}p"):
        style = next((str(s.get(f"{W}val")) for s in paragraph.iter(f"{W}pStyle")), "")
        if style in ("Note", "Title", "Caption"):
            continue
        loose += [(n, "".join(paragraph.itertext())) for n in unlabelled(paragraph)]
    # What an issue or an option is called, and its scale, rest on what stands beside the issue.
    own = re.compile(r"km|prisoners|of 100|90\s% interval|\(1\)")
    assert [(number, text) for number, text in loose if not own.search(text)] == []


def test_a_brief_without_deals_answers_what_the_moves_can() -> None:
    from goodoffices import catalog

    case = catalog.load("cuba-1962")
    content = write_docx(case, None, moves=moves(case, draws=20))
    heads = [p.text for p in opened(content).paragraphs if p.style.name == "Heading 1"]
    assert heads == [head for head in SECTIONS if head != "3. Issues"]
    assert "Why does nobody move?" in words(content)


def test_a_brief_for_a_scenario_says_so() -> None:
    case = shipped()
    content = write_docx(case, deals(case, scenario="written-guarantee", draws=200))
    assert "A scenario, not the case as it stands: A third party binds itself" in words(content)


def test_results_of_different_scenarios_are_refused() -> None:
    case = shipped()
    other = moves(case, scenario="written-guarantee", draws=20)
    with pytest.raises(ValueError, match="one scenario"):
        write_docx(case, deals(case, draws=200), moves=other)
    with pytest.raises(ValueError, match="one scenario"):
        write_docx(case, None)


def test_a_redacted_brief_says_so_and_not_what() -> None:
    left, found = redacted(marked(shipped(), "claims.bad-faith"))
    content = write_docx(left, deals(left, draws=200), redaction=found)
    assert found.sentence in words(content)
    assert "bad faith" not in words(content)


def test_likelihood_and_confidence_are_two_sentences_of_the_summary() -> None:
    said = next(p.text for p in opened(raw()).paragraphs if p.text.startswith("What next?"))
    assert "by 8 March 2025" in said
    assert "Confidence in that is low: " in said
    assert "question 9" not in said


def test_the_same_results_give_the_same_bytes() -> None:
    assert write_docx(small(), basic()[1]) == small_raw()


def test_hostile_text_is_words_and_no_sign_of_it_breaks_the_file() -> None:
    content = hostile_raw()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                etree.fromstring(archive.read(name))
    document = root(content)
    assert {link.get(f"{W}anchor") is not None for link in document.iter(f"{W}hyperlink")} == {True}
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", words(content))
    assert "<script>" in words(content)
    assert not list(document.iter(f"{W}instrText"))
    fields = {str(f.get(f"{W}instr")) for f in document.iter(f"{W}fldSimple")}
    assert fields <= {"PAGE"}


def test_no_link_leads_out_of_the_document() -> None:
    for content in (raw(), hostile_raw()):
        assert b'TargetMode="External"' not in member(content, "word/_rels/document.xml.rels")


def test_it_says_from_how_many_texts_signs_were_left_out() -> None:
    case = case_of(purpose="turned \u202eround")
    content = write_docx(case, basic()[1])
    assert "Signs that cannot be shown were left out of 1 texts of the case." in words(content)


def test_it_fits_on_four_pages_of_a4(tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("counting pages needs LibreOffice's soffice, which is not installed")
    from pypdf import PdfReader

    (tmp_path / "brief.docx").write_bytes(raw())
    home = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    command = [office, home, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(tmp_path / "brief.docx")], check=True, capture_output=True)
    reader = PdfReader(tmp_path / "brief.pdf")
    assert len(reader.pages) == 4
    assert [round(float(n)) for n in reader.pages[0].mediabox[2:]] == [595, 842]


def test_a_large_case_stays_bounded() -> None:
    raw_case = {
        "issues": {
            f"i{n}": {"name": f"Issue {n}", "options": ["a", "b"], "assumed": "team: x"}
            for n in range(40)
        }
    }
    case = case_of(**raw_case)
    content = write_docx(case, basic()[1])
    assert "more issues, which weigh less, are not shown." in words(content)
