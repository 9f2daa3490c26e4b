import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.reading.formats.clean import clean, decoded, looks_binary, within
from goodoffices.reading.formats.extract import MOST_TEXT, Unreadable


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]
)
def test_the_text_is_read_in_every_usual_encoding(encoding):
    text = "Zürich: “no deal that leaves the shore”, the mediator’s office said – on Monday."
    assert decoded(text.encode(encoding))[0] == text


def test_what_had_to_be_supposed_is_said():
    assert decoded("Zürich".encode("cp1252"))[1] == ("not UTF-8; read as Windows-1252",)
    assert decoded("Zurich agrees".encode("utf-16-le"))[1] == (
        "no byte order mark; read as UTF-16-LE",
    )
    assert decoded("Zürich".encode())[1] == ()


def test_bytes_without_a_sign_are_counted():
    text, notes = decoded(b"caf\xe9 \x81\x8d")
    assert text == "café \ufffd\ufffd"
    assert notes[1] == "2 characters could not be read as Windows-1252"


def test_a_declared_encoding_counts_and_latin_1_is_what_browsers_take_for_it():
    assert decoded("“да”".encode("koi8-r", "replace"), "koi8-r")[0] == "?да?"
    assert decoded("“a”".encode("cp1252"), "ISO-8859-1")[0] == "“a”"


@pytest.mark.parametrize(
    "codec", ["zlib", "rot13", "punycode", "idna", "unicode_escape", "no-such"]
)
def test_a_declared_encoding_that_no_document_is_written_in_is_passed_over(codec):
    assert decoded(b"caf\\xe9", codec) == ("caf\\xe9", ())


def test_line_breaks_of_every_kind_become_newlines():
    text, notes = clean("a\r\nb\rc\u2028d\x0be\x0cf\x85g")
    assert text == "a\nb\nc\nd\ne\nf\ng\n"
    assert notes == ()


def test_control_characters_and_marks_of_direction_go_and_are_counted():
    text, notes = clean("No\x00 \x1b[31mdeal\u202e laed\u2066 \u200fhere\U000e0041\u00ad\u200b")
    assert text == "No [31mdeal laed here\n"
    assert notes == (
        "2 control characters left out",
        "3 marks of direction left out",
        "3 invisible characters left out",
    )


def test_letters_are_composed_and_spaces_are_of_one_kind():
    assert clean("Cafe\u0301\u00a0de\u2009la\u3000Paix")[0] == "Café de la Paix\n"


def test_joiners_that_a_script_needs_stay():
    word = "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"
    assert clean(word)[0] == f"{word}\n"


def test_blank_lines_shrink_to_one_and_the_text_ends_with_a_newline():
    assert clean("\n\n a  \n \n\t\n\nb")[0] == " a\n\nb\n"
    assert clean(" \n\x00\n")[0] == ""


def test_lone_surrogates_never_stay():
    text, notes = clean("a\ud800b")
    assert text.encode() == b"ab\n"
    assert notes == ("1 control character left out",)


def test_a_million_accents_on_one_letter_take_no_time():
    begun = time.perf_counter()
    text, notes = clean("a" + "\u0300\u0327" * 500_000)
    assert time.perf_counter() - begun < 2
    assert len(text) < 100
    assert notes == ("1 pile of accents cut",)


@pytest.mark.parametrize("bad", ["a" + " " * 5_000_000 + "b", "\n" * 5_000_000, "\t x" * 1_000_000])
def test_white_space_takes_time_in_proportion(bad):
    begun = time.perf_counter()
    clean(bad)
    assert time.perf_counter() - begun < 4


def test_the_text_is_in_the_normal_form():
    text, _ = clean("\u0344\u0344 A\u030a \u212b")
    assert text == unicodedata.normalize("NFC", text)
    assert clean(text) == (text, ())


def test_pictures_look_binary_and_other_scripts_do_not():
    assert looks_binary("\x00\x01\x02 a picture")
    assert not looks_binary("Переговоры остановились\n\tأوقفت المحادثات")


def test_a_text_is_measured_as_it_will_be_stored():
    assert within("é" * (MOST_TEXT // 2))
    with pytest.raises(Unreadable, match="longer than 20 MB"):
        within("é" * (MOST_TEXT // 2 + 1))


@given(st.text(max_size=80))
def test_what_is_clean_stays_and_holds_nothing_unseen(text):
    found, notes = clean(text)
    assert clean(found) == (found, ())
    assert unicodedata.is_normalized("NFC", found)
    assert found == "" or (found.endswith("\n") and not found.endswith("\n\n"))
    assert "\n\n\n" not in found
    assert not {unicodedata.category(sign) for sign in found} & {"Cc", "Cs"} - {"Cc"}
    assert {sign for sign in found if unicodedata.category(sign) == "Cc"} <= {"\n", "\t"}
    assert all(note.endswith((" left out", " cut")) for note in notes)


@given(st.binary(max_size=60), st.sampled_from([None, "utf-8", "cp1252", "koi8-r", "utf-7", "x"]))
def test_any_bytes_are_read_as_some_text(raw, declared):
    text, notes = decoded(raw, declared)
    assert isinstance(text, str)
    assert ("\ufffd" in text) <= (bool(notes) or "\ufffd".encode() in raw)


@given(st.text(st.characters(codec="utf-8", exclude_characters="\ufeff\x00"), max_size=60))
def test_utf_8_is_read_back_with_nothing_supposed(text):
    assert decoded(text.encode()) == (text, ())


@pytest.mark.parametrize("count", [1, 2])
def test_notes_have_their_word_in_its_number(count):
    ends = "s" if count == 2 else ""
    assert clean("a" + "\x01" * count)[1] == (f"{count} control character{ends} left out",)
    marks = "marks" if count == 2 else "mark"
    assert clean("a" + "\u202e" * count)[1] == (f"{count} {marks} of direction left out",)
