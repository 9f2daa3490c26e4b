"""What every part of a case is made of: ids, picks, and why it says what it says."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints

from goodoffices.case.speech import Status

__all__ = ["Basis", "Choices", "Id", "Ids", "Model", "Picks", "Text", "many", "named"]

Id = Annotated[
    str,
    StringConstraints(pattern=r"^[^\W_][\w\-]*$", max_length=80),
    BeforeValidator(lambda raw: str(raw) if isinstance(raw, int) else raw),
]
"""A short name without spaces or dots, by which other parts of the case refer to something."""


def many(raw: object) -> object:
    """Let one item stand where a list may."""
    if raw is None:
        return ()
    return raw if isinstance(raw, (list, tuple)) else (raw,)


def named(raw: object) -> object:
    """Let a bare text stand for a thing that has only a name."""
    return {"name": raw} if isinstance(raw, str) else raw


def _text(raw: object) -> object:
    return str(raw) if isinstance(raw, (int, float)) and not isinstance(raw, bool) else raw


Text = Annotated[str, BeforeValidator(_text)]
Ids = Annotated[tuple[Id, ...], BeforeValidator(many)]
Choices = Annotated[tuple[Text, ...], BeforeValidator(many)]
Picks = dict[Id, Choices]
"""Issue to options: option ids, or for a numeric issue numbers and `10..30`, `above 30`."""


class Model(BaseModel):
    """A frozen part of a case that knows only the fields named."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", use_attribute_docstrings=True, populate_by_name=True
    )


class Basis(Model):
    """Why a part of the case says what it says: claims, an assumption, or both.

    Where both stand, the claims carry the direction and the numbers count as assumed.
    """

    because: Ids = ()
    """Ids of the claims it rests on."""
    assumed: str | None = None
    """Who assumes it, and why: `team: no figure was reported`."""
    status: Status = "confirmed"
    """`draft`: proposed by a program, and used by no lens until a person confirms it."""
    confidential: bool = False
    """Whether a redacted copy leaves it out."""

    @property
    def founded(self) -> Literal["claimed", "assumed", "unfounded"]:
        """Whether its numbers rest on claims alone, on an assumption, or on nothing."""
        if self.assumed:
            return "assumed"
        return "claimed" if self.because else "unfounded"
