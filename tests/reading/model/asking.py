"""Asking a scripted endpoint about a document, in one line."""

from __future__ import annotations

from typing import Any

import pytest

from goodoffices.reading.findings import Findings, Statement
from goodoffices.reading.model import Endpoint, EndpointError, read_by_model
from tests.reading.model.samples import TEXT, document, good
from tests.reading.model.scripted import Script, Scripted, said, scripted

KEY = "sk-very-secret-0123456789"


def endpoint(url: str, **fields: Any) -> Endpoint:
    return Endpoint(**{"url": url, "model": "m", "key_env": "DOCKS_KEY", "timeout": 5.0, **fields})


def read(*answers: Scripted, text: str = TEXT, **fields: Any) -> Findings:
    with scripted(*answers) as server:
        return read_by_model(document(text), endpoint(server.url, **fields))


def reads(script: Script, text: str = TEXT, **fields: Any) -> tuple[Findings, list[str]]:
    """Return the findings, and the form of answer that each question asked for."""
    with scripted(script=script) as server:
        return read_by_model(document(text), endpoint(server.url, **fields)), server.forms()


def refused(*answers: Scripted, **fields: Any) -> str:
    """Return the message of the error, which never holds the key or what the library raised."""
    with pytest.raises(EndpointError) as caught:
        read(*answers, **fields)
    assert KEY not in str(caught.value)
    assert caught.value.__cause__ is None
    return str(caught.value)


def one(item: dict[str, Any], **fields: Any) -> Findings:
    """Return the findings of an answer with one statement."""
    return read(said(good(statements=[item], opinion_paragraphs=[])), **fields)


def only(findings: Findings) -> Statement:
    assert len(findings.statements) == 1, (findings.dropped, findings.notes)
    return findings.statements[0]


def quote(findings: Findings, place: int) -> str:
    return findings.statements[place].span.of(findings.document.text)
