"""The texts kept for measuring are whole: each gold statement's words stand in its text."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from goodoffices.case.speech import TYPES

FILES = sorted(Path(__file__).parent.glob("*.yaml"))
SEED_WORDS = {"claim", "prob", "redline", "refusal", "condition", "warn", "opinion"}
MODALITIES = {"asserted", "reported", "belief", "hedged", "denied", "opinion"}
# The document's own voice, and the writer of a passage set apart, are nowhere named.
UNNAMED = {"NARR", "COMMENT", "AUTHOR"}


def _load(path: Path) -> dict[str, object]:
    loaded = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    assert isinstance(loaded, dict)
    return loaded


def test_half_of_the_texts_may_be_looked_at_and_half_are_kept_apart() -> None:
    kinds = [path.name.split("-")[0] for path in FILES]
    assert kinds.count("dev") == kinds.count("test") == 4


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_text_has_the_length_of_a_short_report(path: Path) -> None:
    assert 120 <= len(str(_load(path)["text"]).split()) <= 260


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_words_of_every_gold_statement_stand_in_its_text(path: Path) -> None:
    loaded = _load(path)
    text = str(loaded["text"])
    statements = loaded["statements"]
    assert isinstance(statements, list)
    for gold in statements:
        found = re.findall(gold["content"], text)
        assert len(found) == 1, (gold["content"], len(found))
        named = [part for part in gold["speaker"].split("|") if part not in UNNAMED]
        assert all(re.search(part, text, re.IGNORECASE) for part in named), gold["speaker"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_gold_type_and_modality_is_a_known_word(path: Path) -> None:
    statements = _load(path)["statements"]
    assert isinstance(statements, list)
    for gold in statements:
        assert set(gold["types"]) <= SEED_WORDS | set(TYPES)
        assert gold["modality"] in MODALITIES
