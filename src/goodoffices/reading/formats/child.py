"""The process in which files are taken apart: it may use little memory, and nothing else at all.

It reads requests from its standard input and answers on its standard output, until the input ends.
What it answers is plain data. Before it sees the first file it gives up what it doesn't need: it
can't open a connection, start a program or write a file, whatever a file might make a library do.
"""

from __future__ import annotations

import json
import os
import struct
import sys
from contextlib import suppress
from dataclasses import asdict
from typing import Any, BinaryIO

from goodoffices.errors import ExtraError
from goodoffices.reading.formats.extract import SECONDS, Extract, Unreadable

__all__ = ["MEMORY", "answer", "framed", "received", "serve"]

MEMORY = 1_200_000_000
"""Bytes of address space, the interpreter and its libraries included."""
_LENGTH = struct.Struct(">Q")
_REFUSED = ("socket.", "subprocess.", "shutil.", "urllib.", "http.", "ftplib.", "smtplib.")
_REFUSED_IN_OS = (
    "system",
    "exec",
    "posix_spawn",
    "spawn",
    "fork",
    "forkpty",
    "startfile",
    "remove",
)
_REFUSED_TOO = ("rename", "link", "symlink", "truncate", "chmod", "chown", "mkdir", "rmdir", "kill")
_EVENTS = frozenset(f"os.{name}" for name in _REFUSED_IN_OS + _REFUSED_TOO) | {"webbrowser.open"}
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def framed(data: bytes) -> bytes:
    """Return data with its length before it."""
    return _LENGTH.pack(len(data)) + data


def received(stream: BinaryIO) -> bytes | None:
    """Return the next data that were framed; None where the stream ends before they are whole."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    data = stream.read(length)
    return data if len(data) == length else None


def serve() -> None:
    """Answer requests until there are no more."""
    requests = sys.stdin.buffer
    # A library that prints must not spoil the answers.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    sys.dont_write_bytecode = True
    _limit()
    sys.addaudithook(_refuse)
    while (media := received(requests)) is not None and (raw := received(requests)) is not None:
        _allow_time()
        answers.write(framed(json.dumps(answer(media.decode(), raw)).encode()))
        answers.flush()


def answer(media: str, raw: bytes) -> dict[str, Any]:
    """Return what a file says, or why it can't be read, as plain data."""
    try:
        found = asdict(_extract(media, raw))
        return found | {"date": found["date"] and found["date"].isoformat()}
    except Unreadable as error:
        return {"what": error.what, "mend": error.mend}
    except ExtraError as error:
        return {"extra": str(error)}
    except MemoryError:
        return {"what": "it needs too much memory", "mend": "save only its text", "last": True}
    except RecursionError:
        return {"what": "it is nested too deeply", "mend": "save only its text"}
    except Exception as error:  # noqa: BLE001
        # A malformed file can make a library fail in any way, and none of them is ours.
        why = f"{type(error).__name__}: {error}"[:100]
        return {"what": f"it is malformed ({why})", "mend": "open it and save it anew"}


def _extract(media: str, raw: bytes) -> Extract:
    if media == "application/pdf":
        from goodoffices.reading.formats.pdf import pdf

        return pdf(raw)
    if media == "text/html":
        from goodoffices.reading.formats.web import page

        return page(raw)
    from goodoffices.reading.formats.word import docx

    return docx(raw)


def _limit() -> None:
    """Give up memory, files and core dumps, where the system has such limits."""
    with suppress(ImportError):
        import resource

        for kind, most in (("RLIMIT_AS", MEMORY), ("RLIMIT_FSIZE", 0), ("RLIMIT_CORE", 0)):
            with suppress(AttributeError, ValueError, OSError):
                resource.setrlimit(getattr(resource, kind), (most, most))


def _allow_time() -> None:
    """Let the system end this process by itself, should the one that started it be gone."""
    with suppress(ImportError):
        import resource

        used = resource.getrusage(resource.RUSAGE_SELF)
        soft = int(used.ru_utime + used.ru_stime + 2 * SECONDS) + 1
        with suppress(ValueError, OSError):
            hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
            resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "open":
        mode, flags = arguments[1], arguments[2]
        writes = isinstance(mode, str) and not set("wax+").isdisjoint(mode)
        if not writes and not (isinstance(flags, int) and flags & _WRITING):
            return
    elif event not in _EVENTS and not event.startswith(_REFUSED):
        return
    raise PermissionError(f"a document may not do this: {event}")
