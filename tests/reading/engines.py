"""Engines for the tests: they find next to nothing, or misbehave when a document tells them to."""

from __future__ import annotations

import os
import time

from goodoffices.errors import ExtraError, ModelError
from goodoffices.reading.documents import paragraphs
from goodoffices.reading.findings import Document, Findings, Statement


def quick(document: Document) -> Findings:
    """Each paragraph is a statement."""
    found = tuple(
        Statement(span=span, sentence=span, type="statement", class_="fact")
        for span in paragraphs(document.text)
    )
    return Findings(document=document, statements=found, engine="quick")


def moody(document: Document) -> Findings:
    """Do what the first word of the document says."""
    word = document.text.split()[0]
    if word == "die":
        os._exit(3)
    if word == "hang":
        time.sleep(60)
    if word == "fail":
        raise ZeroDivisionError("by nobody")
    if word == "refuse":
        raise ModelError("no model answers")
    if word == "miss":
        raise ExtraError('"spacy" is not installed')
    if word == "stop":
        raise KeyboardInterrupt
    return quick(document)
