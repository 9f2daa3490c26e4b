import time
from fractions import Fraction
from pathlib import Path

import pytest

from goodoffices.errors import ExchangeError
from goodoffices.exchange._xml import Element, plain, read_xml, root_tag


def the_file(folder: Path, data: bytes | str) -> Path:
    file = folder / "a.xml"
    file.write_bytes(data.encode() if isinstance(data, str) else data)
    return file


def message(folder: Path, data: bytes | str) -> str:
    with pytest.raises(ExchangeError) as caught:
        read_xml(the_file(folder, data))
    return str(caught.value)


def test_elements_know_their_tag_attributes_children_and_line(tmp_path):
    root = read_xml(the_file(tmp_path, '<a>\n<b n="1"/>text\n<c/><b n="2"><d/></b></a>'))
    assert (root.tag, root.line, root.file) == ("a", 1, "a.xml")
    assert [(b.attributes["n"], b.line) for b in root.all("b")] == [("1", 2), ("2", 3)]
    assert [child.tag for child in root.all("b")[1].children] == ["d"]


def test_blank_lines_before_the_declaration_are_forgiven_and_counted(tmp_path):
    root = read_xml(the_file(tmp_path, '\n\n<?xml version="1.0"?>\n<a/>'))
    assert root.line == 4


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1", "cp1252"])
def test_the_declared_encoding_is_honoured(tmp_path, encoding):
    declared = "utf-8" if encoding == "utf-8-sig" else encoding
    text = f'<?xml version="1.0" encoding="{declared}"?><a n="Zürich"/>'
    assert read_xml(the_file(tmp_path, text.encode(encoding))).attributes["n"] == "Zürich"


def test_an_encoding_of_several_bytes_is_refused_with_a_way_out(tmp_path):
    data = '<?xml version="1.0" encoding="shift_jis"?><a n="あ"/>'.encode("shift_jis")
    assert "save it as UTF-8" in message(tmp_path, data)


@pytest.mark.parametrize("encoding", ["zip", "rot13", "nonsense", "punycode", "utf-7"])
def test_an_encoding_that_is_none_is_refused(tmp_path, encoding):
    data = f'<?xml version="1.0" encoding="{encoding}"?><a/>'.encode() + b"\xe9"
    assert "encoding" in message(tmp_path, data)


def test_bytes_that_are_not_the_declared_encoding_are_refused(tmp_path):
    assert message(tmp_path, b'<a>\n<b n="\xe9"/></a>').startswith("line 2, a.xml: isn't XML")


@pytest.mark.parametrize("data", ["", "   ", "plain text", "<a>", "<a/><b/>", "<a n='1' n='2'/>"])
def test_what_is_not_xml_is_refused_with_its_place(tmp_path, data):
    assert "a.xml: isn't XML" in message(tmp_path, data)


@pytest.mark.parametrize(
    "inside",
    [
        "<!ENTITY a 'x'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>",
        "<!ENTITY a SYSTEM 'file:///etc/passwd'>",
        "<!ENTITY % a SYSTEM 'http://127.0.0.1/a.dtd'> %a;",
        "",
    ],
)
def test_a_document_type_is_refused_whatever_it_declares(tmp_path, inside):
    text = message(tmp_path, f"<!DOCTYPE a [{inside}]><a n='&a;'/>")
    assert text == (
        "line 1, a.xml: has a document type, which could hide anything; delete <!DOCTYPE ...>"
    )


def test_an_entity_that_nobody_declared_is_refused(tmp_path):
    assert "undefined entity" in message(tmp_path, "<a n='&x;'/>")


@pytest.mark.parametrize(
    ("data", "limit"),
    [
        (b" " * 20_000_001, "larger than 20 MB"),
        (b"<a>" + b"<b/>" * 100_000 + b"</a>", "more than 100,000 elements"),
        (b"<a>" * 51, "more than 50 deep"),
        (b"<a n='" + b"x" * 2_000_000 + b"'/>", "more than 1 MB"),
        (b"<a " + b" ".join(b"a%d=''" % n for n in range(200_000)) + b"/>", "more than 1 MB"),
        (b"<a><!--" + b"x" * 2_000_000 + b"--></a>", "more than 1 MB"),
    ],
)
def test_what_is_larger_than_any_negotiation_is_refused_at_once(tmp_path, data, limit):
    begin = time.perf_counter()
    assert limit in message(tmp_path, data)
    assert time.perf_counter() - begin < 2


@pytest.mark.parametrize("name", ["missing.xml", ".", "a\0b"])
def test_what_is_no_file_is_refused(tmp_path, name):
    with pytest.raises(ExchangeError, match="there is no such file"):
        read_xml(tmp_path / name)


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="needs a device that never ends")
def test_a_device_is_not_waited_for():
    with pytest.raises(ExchangeError, match="there is no such file"):
        read_xml(Path("/dev/zero"))


def test_the_root_tag_is_found_without_reading_the_rest(tmp_path):
    assert root_tag(the_file(tmp_path, b"<a>" + b"<b/>" * 200_000)) == "a"
    assert root_tag(the_file(tmp_path, "<a><broken</a>")) == "a"


def test_a_file_that_breaks_before_its_root_has_no_tag_to_find(tmp_path):
    with pytest.raises(ExchangeError, match="isn't XML"):
        root_tag(the_file(tmp_path, "not xml"))


def an_element(**attributes: str) -> Element:
    return Element(tag="weight", attributes=attributes, file="west.xml", line=7)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0.1", Fraction(1, 10)),
        (" -3 ", Fraction(-3)),
        (".5", Fraction(1, 2)),
        ("2.", Fraction(2)),
        ("1e-3", Fraction(1, 1000)),
        ("+1E2", Fraction(100)),
    ],
)
def test_numbers_are_read_exactly_as_they_are_written(text, number):
    assert an_element(value=text).number("value") == number


@pytest.mark.parametrize(
    "text",
    [
        "nan",
        "inf",
        "1,5",
        "1_000",
        "0x10",
        "1/3",
        "1e999",
        "1e99999999",
        "9" * 61,
        "\u0661",
        "--1",
        "1 2",
    ],
)
def test_what_is_no_number_is_refused_with_file_line_and_attribute(text):
    with pytest.raises(ExchangeError, match=r'^line 7, west.xml: `value` is "'):
        an_element(value=text).number("value")


def test_a_missing_attribute_is_named():
    with pytest.raises(ExchangeError) as caught:
        an_element().number("value")
    assert str(caught.value) == "line 7, west.xml: <weight> has no `value`; write one"


def test_a_number_below_its_least_is_refused():
    with pytest.raises(ExchangeError, match=r"`value` is -0\.5; write 0 or more"):
        an_element(value="-0.5").number("value", least=0)


def test_a_whole_number_has_no_fraction():
    assert an_element(index="3").whole("index") == 3
    with pytest.raises(ExchangeError, match="`index` is not a whole number; write one, such as 3"):
        an_element(index="3.5").whole("index")


def test_white_space_in_names_is_made_plain():
    assert plain("  two \n\t words ") == "two words"
    assert an_element(name="two\n words").text("name") == "two words"
