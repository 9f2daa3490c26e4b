"""Findings as JSON, exactly; and a folder of them, so that work that was done is not done again."""

from __future__ import annotations

import hashlib
import os
import secrets
from contextlib import suppress
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

import goodoffices
from goodoffices.errors import DocumentError, Fault
from goodoffices.reading.documents import READER
from goodoffices.reading.findings import Findings

__all__ = ["Store", "dump_findings", "load_findings"]


class _Kept(BaseModel):
    # Python's own words for what is no number; the default would lose them.
    model_config = ConfigDict(frozen=True, ser_json_inf_nan="constants", extra="forbid")

    key: str
    findings: Findings


def dump_findings(findings: Findings, key: str = "") -> bytes:
    """Return findings as JSON; reading it gives equal findings.

    >>> from goodoffices.reading.findings import Document
    >>> found = Findings(document=Document(id="a", name="a.txt", text="Talks stall."))
    >>> load_findings(dump_findings(found)) == found
    True
    """
    return _Kept.model_construct(key=key, findings=findings).model_dump_json().encode()


def load_findings(raw: bytes, key: str = "") -> Findings:
    """Return the findings that JSON says; `ValueError` if they are damaged or another's."""
    kept = _Kept.model_validate_json(raw)
    if kept.key != key:
        raise ValueError("the findings are of another document or engine")
    return kept.findings


class Store:
    """A folder with one file of findings for each document that an engine has read.

    A file belongs to the document's bytes, to the engine with its version and options, and to the
    version that made the text. What is damaged counts as absent. The files hold the documents'
    text: the folder is as confidential as they are.
    """

    def __init__(self, folder: str | os.PathLike[str], engine: str) -> None:
        self.folder = Path(folder)
        self.engine = engine

    def key(self, digest: str) -> str:
        """Return what findings of a document with this digest are known by."""
        parts = (goodoffices.__version__, READER, self.engine, digest)
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()

    def place(self, digest: str) -> Path:
        """Return where the findings of a document with this digest stand."""
        return self.folder / f"{self.key(digest)[:40]}.json"

    def load(self, digest: str) -> Findings | None:
        """Return what was found before, or None."""
        # A crash, a full disk or another program may have left anything there.
        with suppress(OSError, ValueError, ValidationError):
            return load_findings(self.place(digest).read_bytes(), self.key(digest))
        return None

    def save(self, findings: Findings) -> None:
        """Keep findings, in one step; `DocumentError` if that can't be done."""
        digest = findings.document.digest
        place = self.place(digest)
        fresh = self.folder / f".goodoffices-{secrets.token_hex(8)}.tmp"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            try:
                fresh.write_bytes(dump_findings(findings, self.key(digest)))
                os.replace(fresh, place)
            finally:
                with suppress(FileNotFoundError):
                    fresh.unlink()
        except OSError as error:
            what = f"what was found cannot be kept in {self.folder} ({error.strerror})"
            mend = "look at the folder's permissions and free space"
            fault = Fault(where="the document", what=what, mend=mend)
            raise DocumentError([fault], findings.document.name) from None
