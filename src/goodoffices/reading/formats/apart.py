"""Files taken apart in a process of their own, which can be ended when it takes too long.

Starting it takes a while, so that one goes on from file to file. It is started anew when it died,
after a file that was too much for it, and now and then, so that what leaks does not add up.
"""

from __future__ import annotations

import atexit
import datetime as dt
import json
import os
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any

import goodoffices
from goodoffices.errors import ExtraError
from goodoffices.reading.formats.child import framed, received
from goodoffices.reading.formats.extract import SECONDS, Extract, Unreadable

__all__ = ["close", "extract"]

MOST_FILES = 200
_START = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); "
    "from goodoffices.reading.formats.child import serve; serve()"
)


class _Apart:
    """One process, and how many files it has read."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.process: subprocess.Popen[bytes] | None = None
        self.owner = 0
        self.files = 0

    def ask(self, media: str, raw: bytes, seconds: float) -> dict[str, Any]:
        """Return what the process answers; `Unreadable` if it doesn't."""
        with self.lock:
            process = self.running()
            late = threading.Event()

            def end() -> None:
                late.set()
                process.kill()

            timer = threading.Timer(seconds, end)
            timer.start()
            try:
                said = _exchange(process, framed(media.encode()) + framed(raw))
            except BaseException:
                self.close()
                raise
            finally:
                timer.cancel()
            if said is None:
                self.close()
                raise _unanswered(late.is_set(), seconds)
            answer: dict[str, Any] = json.loads(said)
            self.files += 1
            if self.files >= MOST_FILES or answer.get("last"):
                self.close()
            return answer

    def running(self) -> subprocess.Popen[bytes]:
        """Return the process, started if it isn't running or belongs to a process forked from."""
        if self.process is None or self.owner != os.getpid() or self.process.poll() is not None:
            self.process = _started()
            self.owner, self.files = os.getpid(), 0
        return self.process

    def close(self) -> None:
        """End the process, if it is ours."""
        process, self.process = self.process, None
        if process is None or self.owner != os.getpid():
            return
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            # What it did not read any more is lost, as it should be.
            with suppress(OSError):
                if stream is not None:
                    stream.close()


def _started() -> subprocess.Popen[bytes]:
    root = str(Path(goodoffices.__file__).resolve().parent.parent)
    # The folder that somebody works in may hold a file named like a library.
    path = [root, *(entry for entry in sys.path if entry)]
    return subprocess.Popen(
        [sys.executable, "-P", "-c", _START, json.dumps(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        # A key that interrupts this process must not look like a fault of the file.
        start_new_session=True,
    )


def _exchange(process: subprocess.Popen[bytes], request: bytes) -> bytes | None:
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        process.stdin.write(request)
        process.stdin.flush()
    except OSError:
        return None
    return received(process.stdout)  # type: ignore[arg-type]


def _unanswered(late: bool, seconds: float) -> Unreadable:
    if late:
        return Unreadable(f"reading it takes longer than {seconds:g} s", "save only its text")
    return Unreadable("the program that reads it broke down", "open it and save it anew")


_apart = _Apart()


def extract(media: str, raw: bytes, seconds: float = SECONDS) -> Extract:
    """Return what a file of a media type says; `Unreadable` if it can't be read in time."""
    answer = _apart.ask(media, raw, seconds)
    if "extra" in answer:
        raise ExtraError(answer["extra"])
    if "what" in answer:
        raise Unreadable(answer["what"], answer["mend"])
    day = answer["date"] and dt.date.fromisoformat(answer["date"])
    return Extract(**answer | {"date": day, "notes": tuple(answer["notes"])})


@atexit.register
def close() -> None:
    """End the process that reads files; the next file starts another."""
    _apart.close()
