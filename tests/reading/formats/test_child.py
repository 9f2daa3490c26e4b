import io
import json
import subprocess
import sys

import pytest

from goodoffices.errors import ExtraError
from goodoffices.reading.formats import child
from goodoffices.reading.formats.child import answer, framed, received
from tests.reading.files import a_docx, a_page, a_pdf, paragraph

GUARDED = """
import sys
from goodoffices.reading.formats import child
child._limit()
sys.addaudithook(child._refuse)
for action in sys.argv[1:]:
    try:
        exec(action)
    except PermissionError as error:
        print(error)
"""
FORBIDDEN = [
    "import socket; socket.create_connection(('127.0.0.1', 9))",
    "import socket; socket.getaddrinfo('a.example', 80)",
    "import urllib.request; urllib.request.urlopen('http://127.0.0.1:9')",
    "import subprocess; subprocess.run(['true'])",
    "import os; os.system('true')",
    "import os; os.execv('/bin/true', ['true'])",
    "import os; os.fork()",
    "import os; os.kill(os.getppid(), 0)",
    "import os; os.remove('no-such-file')",
    "open('written', 'w')",
    "open('written', 'r+')",
    "import os; os.open('written', os.O_WRONLY | os.O_CREAT)",
]


def test_frames_carry_any_bytes_and_a_broken_one_is_none():
    stream = io.BytesIO(framed(b"a\nb") + framed(b"") + framed(b"broken")[:-1])
    assert [received(stream) for _ in range(4)] == [b"a\nb", b"", None, None]


@pytest.mark.parametrize(
    ("media", "raw"),
    [
        ("application/pdf", a_pdf(["They met."])),
        ("text/html", a_page("<p>They met.</p>")),
        ("application/x-word", a_docx(paragraph("They met."))),
    ],
)
def test_each_kind_is_answered_as_plain_data(media, raw):
    said = json.loads(json.dumps(answer(media, raw)))
    assert said["text"] == "They met."
    assert said["date"] is None


def test_the_day_travels_as_text():
    head = '<meta name="date" content="2024-09-07">'
    assert answer("text/html", a_page("<p>They met.</p>", head))["date"] == "2024-09-07"


@pytest.mark.parametrize(
    ("raised", "said"),
    [
        (ZeroDivisionError("by nobody"), "it is malformed (ZeroDivisionError: by nobody)"),
        (RecursionError(), "it is nested too deeply"),
        (MemoryError(), "it needs too much memory"),
    ],
)
def test_whatever_a_library_raises_becomes_words(monkeypatch, raised, said):
    def fail(*_):
        raise raised

    monkeypatch.setattr(child, "_extract", fail)
    found = answer("text/html", b"")
    assert found["what"] == said
    assert found["mend"]
    # After a lack of memory the process is not fit for another file.
    assert ("last" in found) == isinstance(raised, MemoryError)


def test_a_missing_extra_is_said_as_such(monkeypatch):
    def fail(*_):
        raise ExtraError("install it")

    monkeypatch.setattr(child, "_extract", fail)
    assert answer("text/html", b"") == {"extra": "install it"}


def test_the_process_can_do_nothing_but_read(tmp_path):
    run = subprocess.run(
        [sys.executable, "-c", GUARDED, *FORBIDDEN, "print(open(sys.executable, 'rb').read(0))"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    lines = run.stdout.splitlines()
    assert [line[:28] for line in lines] == ["a document may not do this: "] * len(FORBIDDEN) + [
        "b''"
    ]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux holds to a limit of memory")
def test_the_process_cannot_take_more_memory_than_it_may():
    command = [sys.executable, "-c", GUARDED, "bytearray(child.MEMORY)"]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "MemoryError" in run.stderr


def test_what_a_library_prints_does_not_spoil_the_answers():
    code = (
        "import sys; from goodoffices.reading.formats import child\n"
        "child._extract = lambda *_: (print('noise'), sys.stdout.flush(), 1 / 0)\n"
        "child.serve()"
    )
    request = (framed(b"text/html") + framed(b"x")) * 2
    run = subprocess.run(
        [sys.executable, "-c", code], input=request, capture_output=True, check=True
    )
    stream = io.BytesIO(run.stdout)
    for _ in range(2):
        assert "ZeroDivisionError" in json.loads(received(stream) or b"")["what"]
    assert stream.read() == b""
