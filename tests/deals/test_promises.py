import numpy as np
import pytest
from hypothesis import given

from goodoffices.case.model import Case
from goodoffices.deals.promises import promises
from goodoffices.deals.results import PromiseReport
from goodoffices.deals.space import compile_space
from goodoffices.deals.zone import samples
from tests.deals import oracle
from tests.deals.cases import SAID, cases, trade


def reported(of: Case, draws: int = 1) -> tuple[PromiseReport, ...]:
    return promises(next(samples(compile_space(of), draws, 0)))


def promised(**more: object) -> Case:
    """East is promised land x, worth 75 points; on trust it counts half."""
    word = {"by": "west", "to": "east", "delivers": {"land": "x"}, "kept": 0.5, **SAID}
    return trade(promises={"word": word | more})


def test_a_promise_is_worth_its_value_times_the_probability_that_it_is_kept() -> None:
    (found,) = reported(promised())
    assert (found.promise, found.to, found.issue, found.option) == ("word", "east", "land", "x")
    assert found.if_sure.central == 75
    (trust,) = found.levels
    assert trust.guarantee is None
    assert (trust.kept.central, trust.worth.central) == (0.5, 37.5)


def test_each_guarantee_stands_beside_trust_alone_and_never_lowers_it() -> None:
    sure = {"issue": "aid", "kept": {"x": 1, "y": 0.25}}
    (found,) = reported(promised(guarantee=sure))
    assert [(v.guarantee, v.kept.central, v.worth.central) for v in found.levels] == [
        (None, 0.5, 37.5),
        ("x", 1, 75),
        ("y", 0.5, 37.5),
    ]


def test_every_receiver_and_every_option_delivered_is_listed() -> None:
    found = reported(promised(to=["east", "west"], delivers={"land": ["x", "y"]}))
    assert [(one.to, one.option) for one in found] == [
        ("east", "x"),
        ("east", "y"),
        ("west", "x"),
        ("west", "y"),
    ]


def test_an_option_that_was_agreed_away_is_left_out() -> None:
    raw = promised(delivers={"land": ["x", "y"]}).model_dump(exclude_unset=True)
    raw["issues"]["land"]["agreed"] = "y"
    assert [one.option for one in reported(Case.model_validate(raw))] == ["y"]


def test_a_guarantee_that_was_agreed_away_is_left_out() -> None:
    raw = promised(guarantee={"issue": "aid", "kept": {"x": 1}}).model_dump(exclude_unset=True)
    raw["issues"]["aid"]["agreed"] = "y"
    (found,) = reported(Case.model_validate(raw))
    assert [level.guarantee for level in found.levels] == [None]


def test_doubt_about_trust_makes_an_uncertain_worth() -> None:
    (found,) = reported(promised(kept="0..1"), draws=500)
    (trust,) = found.levels
    assert trust.kept.low == pytest.approx(0.05, abs=0.03)
    assert trust.kept.high == pytest.approx(0.95, abs=0.03)
    assert trust.worth.central == pytest.approx(37.5, abs=4)


def test_without_promises_there_is_nothing_to_report() -> None:
    assert reported(trade()) == ()


@given(cases(packages=16))
def test_worth_agrees_with_the_case_read_draw_by_draw(random_case: Case) -> None:
    space = compile_space(random_case)
    drawn = next(samples(space, 3, 1))
    for found in promises(drawn):
        sure = [
            oracle.weights(random_case, found.to, draw)[found.issue]
            * oracle.option_value(random_case, found.to, found.issue, found.option, draw)
            for draw in oracle.draws_of(drawn)
        ]
        assert found.if_sure.central == pytest.approx(np.median(sure), abs=1e-9)
        for level in found.levels:
            assert 0 <= level.kept.low <= level.kept.central <= level.kept.high <= 1
            assert level.worth.central <= found.if_sure.central + 1e-9
            assert level.kept.central >= found.levels[0].kept.central
