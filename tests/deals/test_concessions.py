import itertools

import numpy as np
import pytest
from hypothesis import given, settings

from goodoffices.case.model import Case
from goodoffices.deals import concessions as module
from goodoffices.deals import zone
from goodoffices.deals.concessions import concessions, spread
from goodoffices.deals.results import Concession
from goodoffices.deals.space import compile_space
from goodoffices.deals.zone import STEPS, samples, survey
from tests.deals import oracle
from tests.deals.cases import (
    SAID,
    case,
    cases,
    issue,
    opposed,
    party,
    precondition,
    red_line,
    stance,
    trade,
    walk_away,
)

DRAWS, SEED = 4, 3


def ladder(of: Case, draws: int = DRAWS) -> tuple[Concession, ...]:
    return concessions(survey(compile_space(of), draws, SEED))


def lifted(of: Case, demand: str, draws: int = DRAWS) -> Concession:
    (rung,) = [r for r in ladder(of, draws) if r.demand == demand and r.kind == "lift"]
    return rung


def one_party(refused: dict[str, object], *issues: tuple[object, ...]) -> Concession:
    """Return what lifting costs a party with issues k, l, ... of (weight, values of x, y, z)."""
    keys = "klm"[: len(issues)]
    alone = case(
        {key: issue(*"xyz"[: len(spec) - 1]) for key, spec in zip(keys, issues, strict=True)},
        {"east": {key: stance(*spec) for key, spec in zip(keys, issues, strict=True)}},
        {"line": {"by": "east", "name": "line", "firmness": 1, **refused, **SAID}},
    )
    return lifted(alone, "line", draws=1)


def red(**picks: object) -> dict[str, object]:
    return {"kind": "red line", "refuses": picks}


class TestLadder:
    @given(cases(packages=20))
    def test_every_rung_counts_the_draws_that_it_opens(self, random_case: Case) -> None:
        space = compile_space(random_case)
        draws = oracle.draws_of(next(samples(space, DRAWS, SEED)))
        open_before = [oracle.zone(random_case, draw) for draw in draws]
        for rung in ladder(random_case):
            change: dict[str, float] = {rung.demand: rung.step} if rung.kind == "lower" else {}
            gone = [] if rung.kind == "lower" else [rung.demand]
            after = [oracle.zone(random_case, draw, gone, **change) for draw in draws]
            assert rung.zone.hits == sum(after)
            assert rung.opened.hits == sum(after) - sum(open_before)
            assert rung.zone.undecided == rung.opened.undecided == 0

    def test_each_demand_that_can_block_is_lifted_and_each_walk_away_lowered(self) -> None:
        raw = opposed(60, 60).model_dump(exclude_unset=True)
        raw["demands"]["line"] = red_line("east", border="z")
        raw["parties"]["third"] = party("spoiler")
        raw["demands"]["aside"] = red_line("third", border="z")
        rungs = {(r.demand, r.kind, r.step) for r in ladder(Case.model_validate(raw))}
        assert rungs == {
            *((key, "lift", 0) for key in ("east-walks", "west-walks", "line")),
            *((f"{p}-walks", "lower", step) for p in ("east", "west") for step in STEPS),
        }

    def test_what_opens_most_comes_first(self) -> None:
        raw = opposed(60, 40).model_dump(exclude_unset=True)
        raw["demands"]["line"] = red_line("east", 0.5, border="z")
        rungs = ladder(Case.model_validate(raw), draws=50)
        assert [(r.demand, r.kind, r.step) for r in rungs[:3]] == [
            ("east-walks", "lift", 0),
            ("west-walks", "lift", 0),
            ("east-walks", "lower", 10),
        ]
        hits = [rung.zone.hits for rung in rungs]
        assert hits == sorted(hits, reverse=True)

    def test_the_bearer_is_named(self) -> None:
        assert {(r.demand, r.by) for r in ladder(opposed())} == {
            ("east-walks", "east"),
            ("west-walks", "west"),
        }

    def test_what_stays_undecided_widens_the_interval(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(zone, "NODES", 0)
        monkeypatch.setattr(zone, "RESCUES", 0)
        gap = case(
            {"border": issue("x", "y")},
            {"east": {"border": stance(100, 100, 0)}, "west": {"border": stance(100, 0, 100)}},
            {"e": walk_away("east", 45), "w": walk_away("west", "30..45")},
        )
        for rung in ladder(gap, draws=20):
            assert (rung.zone.undecided, rung.opened.undecided) == (20, 20)
            assert (rung.zone.low, rung.zone.high) == (0, 1)
            assert (rung.opened.low, rung.opened.high) == (0, 1)

    def test_nothing_more_opens_what_is_open(self) -> None:
        assert {rung.opened.hits for rung in ladder(trade())} == {0}


class TestCost:
    def test_giving_up_a_red_line_costs_the_best_outside_less_the_best_inside(self) -> None:
        assert one_party(red(k="x"), (100, 30, 80, 50)).cost.central == 50

    def test_it_counts_by_the_weight_of_the_issue(self) -> None:
        rung = one_party(red(k="x"), (20, 30, 80, 50), (80, 0, 100, 0))
        assert rung.cost.central == 10

    def test_a_red_line_against_what_one_likes_best_costs_nothing(self) -> None:
        assert one_party(red(k="x"), (100, 90, 80, 50)).cost.central == 0

    def test_of_several_refused_options_the_best_is_taken(self) -> None:
        assert one_party(red(k=["x", "z"]), (100, 30, 80, 50)).cost.central == 30

    def test_a_line_over_two_issues_is_left_by_either_of_them(self) -> None:
        # Inside 0 + 0; outside at best k: y with l: y, 50 + 50.
        rung = one_party(red(k="x", l="x"), (50, 0, 100), (50, 0, 100))
        assert rung.cost.central == 100

    def test_a_line_that_leaves_nothing_outside_costs_nothing(self) -> None:
        assert one_party(red(k=["x", "y", "z"]), (100, 30, 80, 50)).cost.central == 0

    def test_a_precondition_costs_what_it_secured_issue_by_issue(self) -> None:
        both = {"kind": "precondition", "requires": {"k": "y", "l": "y"}}
        rung = one_party(both, (50, 0, 100), (50, 40, 100))
        assert rung.cost.central == 50 + 30

    def test_a_walk_away_costs_at_most_all_that_it_is_worth(self) -> None:
        assert lifted(opposed(60, 60), "east-walks").cost.central == 60

    def test_lowering_costs_the_step_itself(self) -> None:
        lowered = [rung for rung in ladder(opposed()) if rung.kind == "lower"]
        assert all(r.cost.low == r.cost.central == r.cost.high == r.step for r in lowered)

    def test_an_uncertain_value_makes_an_uncertain_cost(self) -> None:
        cost = one_party(red(k="x"), (100, "0..40", 80)).cost
        assert cost.low == cost.central == cost.high
        alone = case(
            {"k": issue("x", "y")},
            {"east": {"k": stance(100, "0..40", 80)}},
            {"line": red_line("east", k="x")},
        )
        cost = lifted(alone, "line", draws=500).cost
        assert 40 < cost.low < 45
        assert cost.central == pytest.approx(60, abs=4)
        assert 75 < cost.high < 80

    @settings(max_examples=30)
    @given(cases(packages=20))
    def test_costs_agree_with_trying_all_joint_options(self, random_case: Case) -> None:
        space = compile_space(random_case)
        draws = oracle.draws_of(next(samples(space, DRAWS, SEED)))
        for rung in ladder(random_case):
            if rung.kind == "lift" and random_case.demands[rung.demand].kind != "walk-away":
                wanted = [brute_cost(random_case, rung.demand, draw) for draw in draws]
                assert rung.cost.central == pytest.approx(np.median(wanted), abs=1e-9)
                assert rung.cost.low == pytest.approx(np.percentile(wanted, 5), abs=1e-9)
                assert rung.cost.high == pytest.approx(np.percentile(wanted, 95), abs=1e-9)

    def test_the_cost_does_not_depend_on_the_size_of_chunks(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        whole = ladder(trade(east="20..60"), draws=100)
        monkeypatch.setattr(zone, "CHUNK", 7)
        assert ladder(trade(east="20..60"), draws=100) == whole

    def test_only_so_many_draws_are_priced(self, monkeypatch: pytest.MonkeyPatch) -> None:
        all_of_them = lifted(trade(east="0..100"), "east-walks", draws=50).cost
        monkeypatch.setattr(module, "PRICED", 1)
        first = lifted(trade(east="0..100"), "east-walks", draws=50).cost
        assert first.low == first.high
        assert all_of_them.low < all_of_them.high

    def test_two_issues_of_900_options_cost_no_time(self) -> None:
        ends = ["0", "899"]
        days = {key: issue("0..899", step=1) for key in "kl"}
        line = {"line": red_line("east", k="above 100", l="above 100")}
        stances = {key: stance(50, 0, 100, options=ends) for key in "kl"}
        cost = lifted(case(days, {"east": stances}, line), "line", draws=1).cost
        assert cost.central == 0


def brute_cost(of: Case, key: str, draw: oracle.Draw) -> float:
    """Return what the bearer loses: per refusal the best joint options outside, less those in."""
    demand, total = of.demands[key], 0.0
    refusals = [demand.refuses] if demand.refuses else []
    required = [{i: wanted} for i, wanted in demand.requires.items()]
    weights = oracle.weights(of, demand.by, draw)
    for picks, inverted in [*((p, False) for p in refusals), *((p, True) for p in required)]:
        inside, outside = [], []
        for joint in itertools.product(*(oracle.options(of, i) for i in picks)):
            package = dict(zip(picks, joint, strict=True))
            worth = sum(
                weights[i] * oracle.option_value(of, demand.by, i, o, draw)
                for i, o in package.items()
            )
            refused = oracle.takes_all(of, package, picks) != inverted
            (inside if refused else outside).append(worth)
        if inside and outside:
            total += max(0.0, max(outside) - max(inside))
    return total


def test_the_spread_is_the_middle_and_nine_tenths_around_it() -> None:
    found = spread(np.arange(101.0))
    assert (found.low, found.central, found.high) == (5, 50, 95)


def test_a_precondition_is_a_demand_like_others_on_the_ladder() -> None:
    raw = opposed(0, 0).model_dump(exclude_unset=True)
    raw["demands"]["first"] = precondition("east", border="x")
    raw["demands"]["never"] = red_line("west", border="x")
    rung = lifted(Case.model_validate(raw), "first")
    assert rung.opened.value == 1
    assert rung.cost.central == 50
