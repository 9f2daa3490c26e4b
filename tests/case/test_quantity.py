import math

import numpy as np
import pytest
from pydantic import TypeAdapter, ValidationError

from goodoffices.case.quantity import Points, Probability, Quantity, Value, Weight
from goodoffices.errors import QuantityError


@pytest.mark.parametrize(
    ("raw", "low", "likely", "high", "shape"),
    [
        (40, 40, 40, 40, "exact"),
        ("40", 40, 40, 40, "exact"),
        (0.5, 0.5, 0.5, 0.5, "exact"),
        ("30..50", 30, 40, 50, "uniform"),
        (" 30 .. 50 ", 30, 40, 50, "uniform"),
        ("30..40..55", 30, 40, 55, "triangular"),
        ("0..0..100", 0, 0, 100, "triangular"),
        ("40..40", 40, 40, 40, "exact"),
        ("40..40..40", 40, 40, 40, "exact"),
        (".5..1.", 0.5, 0.75, 1, "uniform"),
        ("1e1", 10, 10, 10, "exact"),
        ("+40", 40, 40, 40, "exact"),
        ("unknown", 0, 50, 100, "unknown"),
        ("Unknown", 0, 50, 100, "unknown"),
        ("?", 0, 50, 100, "unknown"),
        ("", 0, 50, 100, "unknown"),
        (None, 0, 50, 100, "unknown"),
    ],
    ids=repr,
)
def test_a_value_is_read_from_its_short_form(
    raw: object, low: float, likely: float, high: float, shape: str
) -> None:
    found = Value.parse(raw)
    assert (found.low, found.likely, found.high, found.shape) == (low, likely, high, shape)


@pytest.mark.parametrize(
    ("raw", "low", "likely", "high"),
    [
        (0.4, 0.4, 0.4, 0.4),
        ("40%", 0.4, 0.4, 0.4),
        ("25..75%", 0.25, 0.5, 0.75),
        ("0.25..0.5..1", 0.25, 0.5, 1),
        (None, 0, 0.5, 1),
        ("unlikely (ICD 203)", 0.2, 0.325, 0.45),
        ("Unlikely ( icd 203 )", 0.2, 0.325, 0.45),
        ("even chance (NATO)", 0.4, 0.5, 0.6),
    ],
)
def test_a_probability_is_read_from_its_short_form(
    raw: object, low: float, likely: float, high: float
) -> None:
    found = Probability.parse(raw)
    assert (found.low, found.likely, found.high) == pytest.approx((low, likely, high), abs=1e-15)


def test_a_bonus_may_be_a_malus() -> None:
    assert Points.parse("-20..-10").central == -15


@pytest.mark.parametrize(
    ("kind", "raw", "message"),
    [
        (Value, "x", '"x" is not a value; write 0 to 100, as 40, 30..50, 30..40..55 or unknown'),
        (Weight, "50..30", '"50..30" runs downwards; write the lower bound first'),
        (Value, "1..3..2", '"1..3..2" runs downwards; write the lower bound first'),
        (
            Value,
            101,
            '"101" is outside 0 to 100; write 0 to 100, as 40, 30..50, 30..40..55 or unknown',
        ),
        (
            Value,
            "-1..5",
            '"-1..5" is outside 0 to 100; write 0 to 100, as 40, 30..50, 30..40..55 or unknown',
        ),
        (
            Value,
            "40%",
            '"40%": a value takes no % sign; write 0 to 100, as 40, 30..50, 30..40..55 or unknown',
        ),
        (
            Points,
            "1..2..3..4",
            '"1..2..3..4" is not a bonus; write -100 to 100, as 40, 30..50, 30..40..55 or unknown',
        ),
        (
            Value,
            "unlikely",
            '"unlikely" is not a value; write 0 to 100, as 40, 30..50, 30..40..55 or unknown',
        ),
        (
            Value,
            True,
            "'True' is not a value; write 0 to 100, as 40, 30..50, 30..40..55 or unknown",
        ),
        (
            Value,
            [1],
            "'[1]' is not a value; write 0 to 100, as 40, 30..50, 30..40..55 or unknown",
        ),
        (
            Probability,
            "140%",
            (
                '"140%" is outside 0 to 1; write 0.4, 40%, 30..50%, 0.3..0.4..0.55, a phrase such '
                'as "unlikely", or unknown'
            ),
        ),
        (
            Probability,
            "unlikley",
            '"unlikley" is not a phrase of the yardstick readers; did you mean "unlikely"?',
        ),
        (
            Probability,
            "xyz",
            (
                '"xyz" is not a phrase of the yardstick readers; '
                'known phrases are in the reference, "Phrases"'
            ),
        ),
        (Probability, "likely (ICD)", '"ICD" is not a yardstick; did you mean "ICD 203"?'),
        (
            Probability,
            "likely (mine)",
            '"mine" is not a yardstick; known ones are readers, ICD 203, UK, NATO, IPCC',
        ),
        (
            Probability,
            "likely (UK) (UK)",
            (
                '"likely (UK) (UK)" is not a probability; write 0.4, 40%, 30..50%, 0.3..0.4..0.55, '
                'a phrase such as "unlikely", or unknown'
            ),
        ),
    ],
)
def test_what_cannot_be_read_is_said_with_what_would_be_right(
    kind: type[Quantity], raw: object, message: str
) -> None:
    with pytest.raises(QuantityError) as raised:
        kind.parse(raw)
    assert str(raised.value) == message


@pytest.mark.parametrize(
    "raw",
    [
        math.nan,
        math.inf,
        -math.inf,
        "nan",
        "inf",
        "1e999",
        "1..1e999",
        ".nan",
        "1_0",
        "0x10",
        "\u0664",
    ],
    ids=repr,
)
def test_what_is_no_finite_number_is_no_value(raw: object) -> None:
    with pytest.raises(QuantityError):
        Value.parse(raw)


@pytest.mark.parametrize("text", ["1" * 200, "1" + "." * 10_000, "(" * 10_000, "a (" * 5000])
def test_a_long_text_is_refused_at_once_and_not_repeated(text: str) -> None:
    with pytest.raises(QuantityError, match="is too long for a probability") as raised:
        Probability.parse(text)
    assert len(str(raised.value)) < 200


def test_what_has_been_read_can_be_read_again() -> None:
    value = Value.parse("30..50")
    assert Value.parse(value) is value


def test_a_quantity_remembers_how_it_was_written() -> None:
    assert str(Value.parse(" 30  .. 50")) == "30 .. 50"
    assert repr(Probability.parse("unlikely (UK)")) == "Probability(unlikely (UK))"


@pytest.mark.parametrize(
    ("number", "text"), [(40.0, "40"), (0.1, "0.1"), (0.1 + 0.2, "0.30000000000000004"), (0, "0")]
)
def test_an_exact_quantity_keeps_its_number(number: float, text: str) -> None:
    found = Value.exactly(number)
    assert found.shape == "exact"
    assert found.text == text
    assert found.low == number == float(text)


def test_only_an_exact_quantity_is_certain() -> None:
    raws = ["40", "30..50", "30..40..55", "unknown"]
    assert [Value.parse(raw).uncertain for raw in raws] == [False, True, True, True]
    assert Probability.parse("likely").uncertain


def test_a_phrase_is_read_on_the_yardstick_that_is_given() -> None:
    assert Probability.parse("unlikely", "ICD 203").low == 0.2
    assert Probability.parse("unlikely", "UK").low == 0.25
    assert Probability.parse("unlikely (UK)", "ICD 203").low == 0.25


def test_readers_spread_a_phrase_between_their_5_and_95_per_cent_points() -> None:
    found = Probability.parse("unlikely")
    u = np.array([0.05, 0.5, 0.95])
    low, median, high = found.quantiles(u)
    assert low == pytest.approx(found.low, abs=1e-3)
    assert median == pytest.approx(found.central, abs=1e-12)
    assert high == pytest.approx(found.high, abs=1e-3)


@pytest.mark.parametrize(
    ("raw", "u", "quantile"),
    [
        ("40", 0.7, 40),
        ("30..50", 0.0, 30),
        ("30..50", 0.25, 35),
        ("unknown", 0.75, 75),
        # Triangular 0..25..100: the distribution function is x^2/2500 up to 25, which is 1/4.
        ("0..25..100", 0.25, 25),
        ("0..25..100", 0.0625, 12.5),
        ("0..25..100", 0.8125, 62.5),
        ("0..0..100", 0.75, 50),
        ("0..100..100", 0.25, 50),
    ],
)
def test_quantiles_follow_the_shape(raw: str, u: float, quantile: float) -> None:
    found = Value.parse(raw).quantiles(np.array([u]))
    assert found.shape == (1,)
    assert found[0] == pytest.approx(quantile, abs=1e-12)


def test_quantiles_stay_within_bounds_and_rise() -> None:
    u = np.linspace(0, 1, 1001)[:-1]
    for raw in ["0.3", "20..40%", "0.1..0.2..0.9", "unknown", "likely", "never", "likely (UK)"]:
        found = Probability.parse(raw).quantiles(u)
        assert np.all(np.diff(found) >= 0)
        assert np.all((found >= 0) & (found <= 1))


@pytest.mark.parametrize(
    ("raw", "written"),
    [
        ("40", 40),
        ("40.0", 40),
        (0.5, 0.5),
        ("30..50", "30..50"),
        ("40..40", "40..40"),
        (None, "unknown"),
    ],
)
def test_a_quantity_is_saved_as_it_was_written(raw: object, written: object) -> None:
    adapter = TypeAdapter(Value)
    saved = adapter.dump_python(adapter.validate_python(raw), mode="json")
    assert saved == written
    assert type(saved) is type(written)


def test_inside_of_a_model_a_wrong_quantity_is_a_fault_of_the_field() -> None:
    with pytest.raises(ValidationError) as raised:
        TypeAdapter(Value).validate_python("{x}")
    (item,) = raised.value.errors()
    assert item["type"] == "quantity"
    assert item["msg"].startswith('"{x}" is not a value')


def test_inside_of_a_model_a_phrase_is_read_on_the_yardstick_of_the_context() -> None:
    adapter = TypeAdapter(Probability)
    assert adapter.validate_python("likely", context={"yardstick": "UK"}).low == 0.55
    assert adapter.validate_python("likely").logit is not None


def test_the_schema_of_a_quantity_allows_numbers_text_and_nothing() -> None:
    schema = TypeAdapter(Weight).json_schema()
    assert [choice["type"] for choice in schema["anyOf"]] == ["number", "string", "null"]
    assert schema["title"] == "weight"


def test_kinds_of_quantity_are_not_each_other() -> None:
    assert Value.parse(40) != Weight.parse(40)
    assert Value.parse(40) == Value.parse("40")
    assert len({Value.parse(40), Value.parse("40")}) == 1
