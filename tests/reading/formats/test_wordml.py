import time

import pytest

from goodoffices.reading.formats.extract import Unreadable
from goodoffices.reading.formats.wordml import MOST_ELEMENTS, Words, core_title
from tests.reading.files import paragraph, word_xml


def read(body: str) -> Words:
    words = Words()
    words.read(word_xml(body).encode())
    return words


def run(inner: str) -> str:
    return f"<w:p><w:r>{inner}</w:r></w:p>"


def cell(*texts: str) -> str:
    return f"<w:tc>{''.join(map(paragraph, texts))}</w:tc>"


def table(*rows: str) -> str:
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"


def test_runs_of_a_paragraph_join_without_a_space():
    assert read("<w:p><w:r><w:t>trea</w:t></w:r><w:r><w:t>ty</w:t></w:r></w:p>").blocks == [
        "treaty"
    ]


def test_tabs_breaks_and_hyphens_are_what_they_look_like():
    inner = "<w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/><w:t>d</w:t>"
    assert read(run(inner)).blocks == ["a b\nc-d"]
    tabs = '<w:p><w:pPr><w:tabs><w:tab w:val="left"/></w:tabs></w:pPr><w:r><w:t>a</w:t></w:r></w:p>'
    assert read(tabs).blocks == ["a"]


def test_deleted_moved_and_hidden_words_are_left_out_and_counted():
    words = read(
        "<w:p><w:del><w:r><w:delText>never</w:delText></w:r></w:del>"
        "<w:moveFrom><w:r><w:t>away</w:t></w:r></w:moveFrom>"
        "<w:ins><w:r><w:t>We sign.</w:t></w:r></w:ins>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r>"
        '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t> Shown.</w:t></w:r></w:p>'
    )
    assert words.blocks == ["We sign. Shown."]
    assert words.left_out == {"deleted passage": 1, "moved passage": 1, "hidden passage": 1}


def test_field_codes_are_no_text_and_their_results_are():
    inner = "<w:instrText>INCLUDETEXT http://a.example</w:instrText><w:t>30</w:t>"
    assert read(run(inner)).blocks == ["30"]


def test_a_box_that_is_kept_in_two_forms_counts_once():
    box = f"<w:txbxContent>{paragraph('In the box.')}</w:txbxContent>"
    alternate = (
        f"<mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
        "</mc:AlternateContent>"
    )
    words = read(f"<w:p><w:r><w:t>Before</w:t>{alternate}<w:t> and after.</w:t></w:r></w:p>")
    assert words.blocks == ["In the box.", "Before and after."]


def test_a_row_of_short_cells_is_a_line():
    assert read(table(cell("Prisoners") + cell("30"), cell("") + cell("7", "days"))).blocks == [
        "Prisoners | 30",
        "7",
        "days",
    ]


def test_a_table_that_only_lays_out_a_page_is_taken_apart():
    long = "The parties met and did not agree on anything. " * 5
    assert read(table(cell(long, "Signed.") + cell("x" * 100))).blocks == [
        long.strip(),
        "Signed.",
        "x" * 100,
    ]


def test_a_table_within_a_table_stays_in_its_cell():
    inner = table(cell("a") + cell("b"))
    assert read(table(f"<w:tc>{inner}</w:tc>{cell('c')}")).blocks == ["a | b | c"]


def test_the_strict_form_of_the_format_is_read_too():
    strict = word_xml(paragraph("They met.")).replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    words = Words()
    words.read(strict.encode())
    assert words.blocks == ["They met."]


@pytest.mark.parametrize(
    "declared",
    [
        '<!DOCTYPE a [<!ENTITY b "&#98;"><!ENTITY c "&b;&b;&b;">]>',
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE a SYSTEM "http://a.example/a.dtd">',
    ],
)
def test_a_document_type_is_refused_when_it_opens(declared):
    with pytest.raises(Unreadable, match="declares a document type"):
        Words().read(f"{declared}{word_xml(paragraph('&c;'))}".encode())


def test_depth_has_a_bound():
    with pytest.raises(Unreadable, match="too deep"):
        read("<w:sdt>" * 300 + "</w:sdt>" * 300)


def test_the_number_of_elements_has_a_bound(monkeypatch):
    monkeypatch.setattr("goodoffices.reading.formats.wordml.MOST_ELEMENTS", 1000)
    assert MOST_ELEMENTS > 1_000_000
    with pytest.raises(Unreadable, match="too long"):
        read("<w:b/>" * 1000)


def test_the_length_of_the_text_has_a_bound(monkeypatch):
    monkeypatch.setattr("goodoffices.reading.formats.wordml.MOST_TEXT", 1000)
    with pytest.raises(Unreadable, match="longer"):
        read(paragraph("a" * 600) * 2)


def test_xml_that_breaks_off_is_refused():
    with pytest.raises(Unreadable, match="not whole inside"):
        Words().read(b"<w:document")


def test_runs_and_cells_outside_of_their_places_do_no_harm():
    words = read(f"<w:r><w:t>lost</w:t><w:br/></w:r>{cell('alone')}<w:tr/><w:t>x</w:t>")
    assert words.blocks == ["alone"]


def test_a_title_in_the_properties_is_one_line():
    core = '<c xmlns:dc="http://purl.org/dc/elements/1.1/">x<dc:title>a\n b</dc:title>y</c>'
    assert core_title(core.encode()) == "a b"
    assert core_title(b"<c/>") is None


def test_a_long_file_takes_seconds_only():
    begun = time.perf_counter()
    assert len(read(paragraph("They met.") * 50_000).blocks) == 50_000
    assert time.perf_counter() - begun < 5
