"""Going through the drafts of a case at the terminal, by keys alone."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from goodoffices.cli.app import count, say
from goodoffices.errors import ModelError

if TYPE_CHECKING:
    from rich.console import RenderableType

    from goodoffices.case.document import Document
    from goodoffices.reading.review import Review
    from goodoffices.reading.showing import View

__all__ = ["Saved", "converse", "decide", "listed", "opened"]

KEYS = "a accept   e edit   r reject   s skip   u undo   m same as another claim   q quit"


Ask = Callable[[str], str]
"""Ask for a key, or for a line where there is a prompt; empty at the end of the input."""


@dataclass(slots=True)
class Saved:
    """A review, and the file that always says what it says."""

    path: Path
    document: Document
    """What the file holds."""
    review: Review
    texts: Mapping[str, str]

    def take(self, review: Review) -> None:
        """Go on with a review; what was decided is in the file before this returns."""
        from goodoffices.case.file import save_case

        if review.case is not self.review.case:
            self.document = save_case(review.case, self.path, expected=self.document)
        self.review = review


def opened(path: Path) -> Saved:
    """Read a case file to go through its drafts."""
    from goodoffices.case.file import build, load_document
    from goodoffices.reading.filing import texts_of
    from goodoffices.reading.review import start

    document = load_document(path)
    case = build(document.data, document.lines, str(path))
    return Saved(path, document, start(case), texts_of(case, path.parent))


def listed(saved: Saved) -> Iterator[str]:
    """Yield a line for each draft that waits: its path, and what it says."""
    from goodoffices.case.drafts import drafts_of
    from goodoffices.errors import clip
    from goodoffices.reading.review import left

    there = drafts_of(saved.review.case)
    for path in left(saved.review):
        part = there[path]
        words = getattr(part, "quote", None) or getattr(part, "name", None)
        yield f"{path}: {clip(words, 90)}" if words else path


def decide(saved: Saved, path: str, accepted: bool) -> str:
    """Accept or reject one draft by its path; return what was done, or raise why it was not."""
    from goodoffices.reading.review import accept, reject, turn_to

    review = turn_to(saved.review, path)
    decided = accept(review) if accepted else reject(review)
    if decided.case is review.case:
        raise ModelError(f"{path}: {decided.said}")
    saved.take(decided)
    return decided.said


def converse(saved: Saved) -> None:
    """Show one draft after the other, and do what each key says."""
    ask = _keys() if sys.stdin.isatty() else _lines()
    # Whatever was decided is in the file already, so that even Ctrl-C loses nothing.
    with contextlib.suppress(KeyboardInterrupt):
        _ask_on(saved, ask)
    _farewell(saved)


def _ask_on(saved: Saved, ask: Ask) -> None:
    from goodoffices.cli.app import put
    from goodoffices.reading.showing import view

    while (shown := view(saved.review, saved.texts)) is not None:
        put(_drawn(shown))
        try:
            key = ask("")
            if key in {"q", ""}:
                break
            saved.take(_done(saved, shown, key, ask))
        except ModelError as problem:
            say(str(problem))
        else:
            print(saved.review.said)


def _farewell(saved: Saved) -> None:
    from goodoffices.case.drafts import drafts_of

    waiting = len(drafts_of(saved.review.case))
    rest = f"{count(waiting, 'draft')} left" if waiting else "no draft is left"
    print(f"{rest}; everything decided is in {saved.path}")


def _done(saved: Saved, shown: View, key: str, ask: Ask) -> Review:
    from goodoffices.reading.review import accept, reject, skip, undo

    plain: dict[str, Callable[[Review], Review]] = {
        "a": accept,
        "r": reject,
        "s": skip,
        "u": undo,
    }
    if key in plain:
        return plain[key](saved.review)
    if key == "e":
        return _edited(saved.review, shown, ask)
    if key == "m":
        return _joined(saved.review, ask)
    raise ModelError(f"keys: {KEYS}")


def _edited(review: Review, shown: View, ask: Ask) -> Review:
    from goodoffices.case.drafts import drafts_of
    from goodoffices.reading.editing import change, fields_of
    from goodoffices.reading.review import edited

    names = fields_of(drafts_of(review.case)[shown.path])
    field = ask(f"which field ({', '.join(names)}): ").strip()
    if not field:
        raise ModelError("nothing was changed")
    typed = ask(f"{field}: ")
    return edited(review, change(review.case, shown.path, field, typed))


def _joined(review: Review, ask: Ask) -> Review:
    from goodoffices.reading.review import alike, join

    near = alike(review)
    for number, claim in enumerate(near, 1):
        print(f"  {number} {claim}: {review.case.claims[claim].quote}")
    typed = ask("which claim says the same (number or id): ").strip()
    if not typed:
        raise ModelError("nothing was joined")
    chosen = near[int(typed) - 1] if typed.isdecimal() and 0 < int(typed) <= len(near) else typed
    return join(review, chosen)


def _keys() -> Ask:
    """Take single keys from the terminal, and lines where there is a prompt."""
    import click

    def ask(prompt: str) -> str:
        try:
            return input(prompt) if prompt else click.getchar().lower()
        except EOFError:
            return ""

    return ask


def _lines() -> Ask:
    """Take a line for each answer, where the input is no terminal."""

    def ask(prompt: str) -> str:
        if prompt:
            print(prompt)
        try:
            line = sys.stdin.readline()
        except OSError:
            return ""
        return line.strip() if prompt else line.strip()[:1].lower()

    return ask


def _drawn(shown: View) -> RenderableType:
    from rich.console import Group
    from rich.padding import Padding
    from rich.rule import Rule
    from rich.text import Text

    rows: list[RenderableType] = [Rule(f"{shown.kind} · {shown.left} left", align="left")]
    rows.append(Text(shown.path, style="bold"))
    for each in shown.excerpts:
        words = Text.assemble(each.before, (f"«{each.quote}»", "reverse"), each.after)
        rows += [Text(each.source, style="dim"), Padding(words, (0, 0, 0, 2))]
    for name, value in shown.fields:
        rows.append(Text.assemble((f"{name}: ", "dim"), value))
    for what, paths in (("accepts too", shown.needs), ("rejects too", shown.dependants)):
        if paths:
            rows.append(Text(f"{what}: {', '.join(paths)}", style="dim"))
    rows.append(Text(KEYS, style="dim"))
    return Group(*rows)
