"""What a terminal shows: as text, as one run of words, as the cells of a table."""

from __future__ import annotations

import io
import re

from rich.console import Console, Group, RenderableType


def printed(*parts: RenderableType, width: int = 200) -> str:
    """Return what a terminal of a width shows, without colours."""
    page = io.StringIO()
    Console(file=page, width=width, highlight=False).print(Group(*parts))
    return page.getvalue()


def run_on(*parts: RenderableType, width: int = 200) -> str:
    """Return the same as one line, so that a line's end breaks no sentence."""
    return " ".join(printed(*parts, width=width).split())


def below(shown: str, title: str) -> str:
    """Return what stands under a section's title, without its indent."""
    body = f"\n{shown}".partition(f"\n{title}\n")[2]
    assert body, f"no section is called {title}"
    return "\n".join(line.strip() for line in re.split(r"\n(?! )", body)[0].splitlines())


def cells(shown: str) -> list[list[str]]:
    """Return the cells of each line: what two or more blanks keep apart."""
    return [re.split(r" {2,}", line.strip()) for line in shown.splitlines() if line.strip()]
