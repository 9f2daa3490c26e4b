import datetime as dt

import numpy as np

from goodoffices.case.quantity import Probability, Value
from goodoffices.outlook.inputs import Inputs
from tests.case.cases import GONE
from tests.outlook.cases import BY, asked, case_with


def test_the_horizon_reaches_every_open_question() -> None:
    assert asked(case_with()).by == BY
    late = case_with({"outlook/questions/fire/by": "2025-02-28"})
    assert asked(late).by == dt.date(2025, 2, 28)
    bare = case_with({"outlook/by": GONE, "outlook/questions": {}, "outlook/estimates": {}})
    assert asked(bare).by == dt.date(2024, 11, 29)


def test_weeks_are_rounded_up() -> None:
    assert asked(case_with(), by=dt.date(2024, 6, 8)).weeks == 2
    assert asked(case_with(), by=dt.date(2024, 6, 7)).weeks == 1


def test_a_number_is_drawn_once_and_by_its_place() -> None:
    inputs = Inputs(50, 3)
    one = inputs.of("outlook.a", Value.parse("0..10"))
    assert inputs.of("outlook.a", Value.parse("0..10")) is one
    assert not np.array_equal(one, inputs.of("outlook.b", Value.parse("0..10")))
    assert np.array_equal(one, Inputs(50, 3).of("outlook.a", Value.parse("0..10")))


def test_only_uncertain_numbers_are_remembered() -> None:
    inputs = Inputs(5, 0)
    inputs.of("x", Probability.parse(0.5))
    assert inputs.drawn == {}
