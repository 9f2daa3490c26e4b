"""The parser of English."""

from __future__ import annotations

import sys

import pytest

from goodoffices.errors import ExtraError
from goodoffices.reading.rules.parser import parser


def test_the_model_is_loaded_once() -> None:
    assert parser() is parser()
    assert {"tagger", "parser", "ner", "lemmatizer"} <= set(parser().pipe_names)


def test_without_the_extra_the_remedy_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "spacy", None)
    with pytest.raises(ExtraError, match=r"pip install 'goodoffices\[read\]'"):
        parser("another name")
