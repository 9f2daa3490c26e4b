"""How well the check of speakers tells right ones from wrong ones, on texts with a gold list.

Each gold statement is put to the check once with its own speaker, and once with each other
speaker of its text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from ruamel.yaml import YAML

from goodoffices.reading.findings import Document
from goodoffices.reading.model.building import Builder, Dropped
from goodoffices.reading.model.chunks import chunks
from goodoffices.reading.model.names import Names
from goodoffices.reading.model.quotes import Folded
from goodoffices.reading.model.wire import WireName, WireStatement
from tests.reading.model.samples import statement

KINDS = ["dev", "test"]
"""Texts that the check was tuned on, and texts kept apart."""
FOLDER = Path(__file__).parent.parent / "held_out"
UNNAMED = {"NARR", "COMMENT", "AUTHOR"}


class Gold(NamedTuple):
    quote: str
    speaker: str
    pattern: str


class Text(NamedTuple):
    builder: Builder
    gold: list[Gold]


@cache
def texts(kind: str) -> tuple[Text, ...]:
    return tuple(map(_text, sorted(FOLDER.glob(f"{kind}-*.yaml"))))


def _text(path: Path) -> Text:
    loaded = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    text = loaded["text"]
    gold = [found for one in loaded["statements"] if (found := _gold(text, one)) is not None]
    wire = [WireName(name=name, kind="party") for name in {one.speaker: None for one in gold}]
    folded = Folded.of(text)
    document = Document(id=path.stem, name=path.name, text=text)
    (chunk,) = chunks(text, 100_000)
    return Text(Builder(document, chunk, folded, Names.of(wire, folded), frozenset()), gold)


def _gold(text: str, one: dict[str, str]) -> Gold | None:
    """Return a gold statement whose speaker is named, with the name in its longest form."""
    quote = re.search(rf"(?:\w+ )?{one['content']}\w*", text)
    assert quote is not None
    for form in one["speaker"].split("|"):
        named = re.search(rf"\b(?:[A-Z]\w+ )*{form}\w*", text)
        if form not in UNNAMED and named is not None:
            return Gold(quote[0], named[0], one["speaker"])
    return None


def verdict(builder: Builder, quote: str, speaker: str) -> str:
    item = WireStatement.model_validate(statement(quote, speakers=[speaker]))
    try:
        return "doubted" if builder.build(item).confidence <= 0.3 else "taken"
    except Dropped as why:
        return str(why)


def verdicts(kind: str, *, right: bool) -> Iterator[str]:
    for builder, gold in texts(kind):
        speakers = {one.speaker for one in gold}
        for one in gold:
            others = {name for name in speakers if not re.search(one.pattern, name)}
            for speaker in {one.speaker} if right else others:
                yield verdict(builder, one.quote, speaker)


@pytest.mark.parametrize("kind", KINDS)
def test_no_right_speaker_is_dropped_or_doubted(kind: str) -> None:
    found = Counter(verdicts(kind, right=True))
    assert set(found) == {"taken"}
    assert found.total() > 60


@pytest.mark.parametrize("kind", KINDS)
def test_six_in_ten_wrong_speakers_are_dropped_or_doubted(kind: str) -> None:
    found = Counter(verdicts(kind, right=False))
    assert found["sentence shows another speaker"] >= 0.3 * found.total()
    assert found["taken"] <= 0.4 * found.total()
    assert found.total() > 600


def test_every_text_counts() -> None:
    assert all(len(one.gold) >= 10 for kind in KINDS for one in texts(kind))
