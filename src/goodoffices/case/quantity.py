"""Uncertain quantities in one short form everywhere.

    40              a number, taken as exact
    30..50          anywhere between, evenly (uniform)
    30..40..55      low, likely, high (triangular)
    unlikely        a probability phrase, read on the case's yardstick
    unlikely (UK)   the same, read on a yardstick of its own
    unknown         nothing is known: the whole range of its kind (an empty field says the same)

A value is not a weight is not a probability: each kind has a type and a range of its own.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Any, ClassVar, Literal, Self, cast, get_args

import numpy as np
from numpy.typing import NDArray
from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler, ValidationInfo
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from goodoffices.case.phrases import YARDSTICKS, Yardstick, read_phrase
from goodoffices.errors import QuantityError, clip, nearest

__all__ = ["Points", "Probability", "Quantity", "Shape", "Value", "Weight"]

Shape = Literal["exact", "uniform", "triangular", "phrase", "unknown"]

_NUMBER = re.compile(r"[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?")
_PHRASE = re.compile(r"(?P<phrase>[^()]+?)\s*(\((?P<yardstick>[^()]+)\))?")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number that may be uncertain, and says so.

    `low <= likely <= high` bound it; `shape` says how it is spread between them. A phrase on the
    readers' yardstick is logit-normal: log-odds ~ Normal(`logit`), its bounds the 5th and 95th
    percentiles.

    >>> Value.parse("30..40..55")
    Value(30..40..55)
    >>> Probability.parse("60..80%").central
    0.7
    """

    low: float
    likely: float
    high: float
    shape: Shape
    text: str
    """The quantity as it was written; what is saved again."""
    logit: tuple[float, float] | None = None

    kind: ClassVar[str] = "number"
    lowest: ClassVar[float] = -1e12
    highest: ClassVar[float] = 1e12

    @classmethod
    def parse(cls, raw: object, yardstick: Yardstick = "readers") -> Self:
        """Read the short form; raise `QuantityError` that says what would be right.

        >>> Weight.parse("50..30")
        Traceback (most recent call last):
        goodoffices.errors.QuantityError: "50..30" runs downwards; write the lower bound first
        """
        if isinstance(raw, cls):
            return raw
        if raw is None:
            return cls(
                cls.lowest, (cls.lowest + cls.highest) / 2, cls.highest, "unknown", "unknown"
            )
        if isinstance(raw, bool) or not isinstance(raw, (int, float, str)):
            raise QuantityError(f"{clip(raw)!r} is not a {cls.kind}; {cls._form()}")
        text = " ".join(str(raw).split())
        if text.lower() in {"unknown", "?", ""}:
            return cls.parse(None)
        if len(text) > 100:
            raise QuantityError(f'"{clip(text, 20)}" is too long for a {cls.kind}; {cls._form()}')
        if not isinstance(raw, str) or text[0] in "+-.0123456789":
            return cls._from_numbers(text)
        return cls._from_words(text, yardstick)

    @classmethod
    def exactly(cls, number: float) -> Self:
        """Return an exact quantity.

        >>> Value.exactly(40.0)
        Value(40)
        """
        return cls._from_numbers(repr(float(number)).removesuffix(".0"))

    @classmethod
    def _from_numbers(cls, text: str) -> Self:
        percent = text.endswith("%")
        parts = [part.strip() for part in text.removesuffix("%").split("..")]
        if len(parts) > 3 or not all(_NUMBER.fullmatch(part) for part in parts):
            raise QuantityError(f'"{text}" is not a {cls.kind}; {cls._form()}')
        scale = cls._scale(percent, text)
        numbers = [float(part) / scale for part in parts]
        if not all(map(math.isfinite, numbers)):
            raise QuantityError(f'"{text}" is not a finite number; {cls._form()}')
        if numbers != sorted(numbers):
            raise QuantityError(f'"{text}" runs downwards; write the lower bound first')
        if numbers[0] < cls.lowest or numbers[-1] > cls.highest:
            raise QuantityError(f'"{text}" is outside {cls._range()}; {cls._form()}')
        low, high = numbers[0], numbers[-1]
        if low == high:
            return cls(low, low, high, "exact", text)
        if len(numbers) == 3:
            return cls(low, numbers[1], high, "triangular", text)
        return cls(low, (low + high) / 2, high, "uniform", text)

    @classmethod
    def _from_words(cls, text: str, yardstick: Yardstick) -> Self:
        raise QuantityError(f'"{text}" is not a {cls.kind}; {cls._form()}')

    @classmethod
    def _scale(cls, percent: bool, text: str) -> float:
        if percent:
            raise QuantityError(f'"{text}": a {cls.kind} takes no % sign; {cls._form()}')
        return 1.0

    @classmethod
    def _range(cls) -> str:
        return f"{cls.lowest:g} to {cls.highest:g}"

    @classmethod
    def _form(cls) -> str:
        return f"write {cls._range()}, as 40, 30..50, 30..40..55 or unknown"

    @property
    def uncertain(self) -> bool:
        """Whether draws of it differ."""
        return self.shape != "exact"

    @property
    def central(self) -> float:
        """The value used at face value: the number, middle, likely value or median."""
        return self.likely

    def quantiles(self, u: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the quantity's quantiles at `u` (shape (n,), each in [0, 1)); same shape.

        >>> Value.parse("30..50").quantiles(np.array([0.0, 0.5])).tolist()
        [30.0, 40.0]
        """
        if self.logit is not None:
            # The standard normal quantile of the standard library: exact to 1e-9, no dependency.
            from statistics import NormalDist

            inverse = NormalDist(*self.logit).inv_cdf
            inside = np.clip(u, 1e-12, 1 - 1e-12)
            odds = np.exp(np.fromiter(map(inverse, inside.tolist()), dtype=float, count=len(u)))
            return cast("NDArray[np.float64]", odds / (1 + odds))
        if self.shape != "triangular":
            return self.low + u * (self.high - self.low)
        left, right, span = self.likely - self.low, self.high - self.likely, self.high - self.low
        rising = self.low + np.sqrt(u * span * left)
        falling = self.high - np.sqrt((1 - u) * span * right)
        return np.where(u * span < left, rising, falling)

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.text})"

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        def read(raw: object, info: ValidationInfo) -> Quantity:
            yardstick = (info.context or {}).get("yardstick", "readers")
            try:
                return cls.parse(raw, yardstick)
            except QuantityError as error:
                # A template would choke on braces in the text of a case.
                raise PydanticCustomError(
                    "quantity", "{message}", {"message": str(error)}
                ) from None

        return core_schema.with_info_plain_validator_function(
            read,
            serialization=core_schema.plain_serializer_function_ser_schema(_written),
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {
            "title": cls.kind,
            "description": f"A {cls.kind}: {cls._form()}. Empty means unknown.",
            "anyOf": [{"type": "number"}, {"type": "string", "maxLength": 100}, {"type": "null"}],
        }


def _written(quantity: Quantity) -> str | float | int:
    """Return what a file holds for the quantity: a bare number where it was one."""
    if quantity.shape == "exact" and _NUMBER.fullmatch(quantity.text):
        number = float(quantity.text)
        return int(number) if number.is_integer() and abs(number) < 1e15 else number
    return quantity.text


class Value(Quantity):
    """What an option is worth to a party: 0 (worst) to 100 (best) on that party's own scale."""

    __slots__ = ()
    kind = "value"
    lowest, highest = 0.0, 100.0


class Weight(Quantity):
    """How much an issue counts for a party, in per cent: a party's weights add up to 100."""

    __slots__ = ()
    kind = "weight"
    lowest, highest = 0.0, 100.0


class Points(Quantity):
    """A bonus or malus on a party's value of a whole package: -100 to 100."""

    __slots__ = ()
    kind = "bonus"
    lowest, highest = -100.0, 100.0


class Probability(Quantity):
    """How likely something is: 0 to 1, per cent with a % sign, or a phrase on a yardstick."""

    __slots__ = ()
    kind = "probability"
    lowest, highest = 0.0, 1.0

    @classmethod
    def _form(cls) -> str:
        return 'write 0.4, 40%, 30..50%, 0.3..0.4..0.55, a phrase such as "unlikely", or unknown'

    @classmethod
    def _scale(cls, percent: bool, text: str) -> float:
        return 100.0 if percent else 1.0

    @classmethod
    def _from_words(cls, text: str, yardstick: Yardstick) -> Self:
        match = _PHRASE.fullmatch(text)
        if match is None:
            raise QuantityError(f'"{clip(text)}" is not a probability; {cls._form()}')
        own = match["yardstick"]
        if own is not None:
            names = {name.lower(): name for name in get_args(Yardstick)}
            if own.strip().lower() not in names:
                hint = nearest(own, YARDSTICKS) or f"known ones are {', '.join(YARDSTICKS)}"
                raise QuantityError(f'"{clip(own)}" is not a yardstick; {hint}')
            yardstick = names[own.strip().lower()]
        reading = read_phrase(match["phrase"], yardstick)
        if reading.logit is None:
            low, high = reading.band or (0.0, 1.0)
            return cls(low, (low + high) / 2, high, "phrase", text)
        mean, sd = reading.logit
        low, high = (1 / (1 + math.exp(-(mean + z * sd))) for z in (-1.645, 1.645))
        return cls(low, reading.central, high, "phrase", text, reading.logit)
