import os
import signal
import time

import pytest

from goodoffices.errors import ExtraError
from goodoffices.reading.formats import apart
from goodoffices.reading.formats.extract import Unreadable
from tests.reading.files import a_page

PAGE = a_page("<p>They met.</p>")
STAND_IN = (
    "import sys; sys.path[:] = __import__('json').loads(sys.argv[1])\n"
    "from goodoffices.reading.formats import child\n"
    "child._extract = lambda media, raw: exec(raw)\n"
    "child.serve()"
)


@pytest.fixture
def own(monkeypatch):
    """A process that runs what it is given to read: a stand-in for a library that misbehaves."""
    process = apart._Apart()
    monkeypatch.setattr(apart, "_apart", process)
    monkeypatch.setattr(apart, "_START", STAND_IN)
    yield process
    process.close()


def test_one_process_goes_on_from_file_to_file():
    assert apart.extract("text/html", PAGE).text == "They met."
    first = apart._apart.process
    assert apart.extract("text/html", PAGE).text == "They met."
    assert apart._apart.process is first


def test_a_closed_one_is_started_anew():
    apart.close()
    assert apart._apart.process is None
    assert apart.extract("text/html", PAGE).text == "They met."


def test_a_file_that_takes_too_long_ends_the_process_and_not_this_one(own):
    begun = time.perf_counter()
    with pytest.raises(Unreadable, match=r"longer than 0\.5 s"):
        apart.extract("text/html", b"while True: pass", seconds=0.5)
    assert time.perf_counter() - begun < 3
    assert own.process is None


def test_a_process_that_dies_is_a_fault_of_the_file_and_the_next_is_read(own, monkeypatch):
    with pytest.raises(Unreadable, match="broke down"):
        apart.extract("text/html", b"import os; os.abort()")
    with pytest.raises(Unreadable, match="ZeroDivisionError"):
        apart.extract("text/html", b"1 / 0")


def test_memory_runs_out_there_and_not_here(own):
    with pytest.raises(Unreadable, match="too much memory"):
        apart.extract("text/html", b"a = bytearray(10**12)")
    # What it had taken goes with it.
    assert own.process is None


def test_one_that_was_ended_by_somebody_else_is_replaced(own):
    with pytest.raises(Unreadable):
        apart.extract("text/html", b"1 / 0")
    assert own.process is not None
    os.kill(own.process.pid, signal.SIGTERM)
    own.process.wait()
    old = own.process
    with pytest.raises(Unreadable, match="ZeroDivisionError"):
        apart.extract("text/html", b"1 / 0")
    assert own.process is not old
    for stream in (old.stdin, old.stdout):
        stream.close()


def test_it_is_renewed_now_and_then(own, monkeypatch):
    monkeypatch.setattr(apart, "MOST_FILES", 1)
    with pytest.raises(Unreadable):
        apart.extract("text/html", b"1 / 0")
    assert own.process is None


def test_a_missing_extra_is_raised_as_such(own):
    code = b"from goodoffices.reading.extras import needs; needs('read', 'no_such_module')"
    with pytest.raises(ExtraError, match=r"goodoffices\[read\]"):
        apart.extract("text/html", code)


def test_a_folder_with_a_file_named_like_a_library_is_not_searched(tmp_path, monkeypatch):
    (tmp_path / "trafilatura.py").write_text("raise SystemExit('hijacked')")
    (tmp_path / "json.py").write_text("raise SystemExit('hijacked')")
    monkeypatch.chdir(tmp_path)
    apart.close()
    assert apart.extract("text/html", PAGE).text == "They met."
