import numpy as np
import pytest
from hypothesis import given

from goodoffices.case.model import Case
from goodoffices.deals.draws import Sample, Streams, at_face_value, branch_values, sample
from goodoffices.deals.space import compile_space
from tests.deals import oracle
from tests.deals.cases import (
    SAID,
    case,
    cases,
    issue,
    linkage,
    opposed,
    party,
    red_line,
    stance,
    trade,
    walk_away,
)


def drawn(of: Case, n: int = 4, seed: int = 0) -> Sample:
    space = compile_space(of)
    return sample(space, Streams(space, seed), n)


def column(found: Sample, path: str) -> list[float]:
    paths = [given.path for given in found.space.inputs]
    return found.columns[:, paths.index(path)].tolist()


def weighed(*weights: object) -> Case:
    """One party with an issue for each weight."""
    keys = "klmno"[: len(weights)]
    return case(
        {key: issue("x", "y") for key in keys},
        {"east": {key: stance(w, 0, 100) for key, w in zip(keys, weights, strict=True)}},
    )


class TestStreams:
    def test_the_same_seed_gives_the_same_draws(self) -> None:
        one, other = drawn(trade(east="20..60"), seed=3), drawn(trade(east="20..60"), seed=3)
        assert np.array_equal(one.columns, other.columns)
        assert np.array_equal(one.binds, other.binds)

    def test_another_seed_gives_others(self) -> None:
        one, other = drawn(trade(east="20..60"), seed=3), drawn(trade(east="20..60"), seed=4)
        assert column(one, "demands.east-walks.value") != column(other, "demands.east-walks.value")

    def test_draws_do_not_depend_on_how_they_are_split_into_chunks(self) -> None:
        space = compile_space(trade(east="20..60", west="unknown"))
        streams = Streams(space, 5)
        parts = [sample(space, streams, n) for n in (1, 2, 4)]
        whole = sample(space, Streams(space, 5), 7)
        assert np.array_equal(np.concatenate([p.columns for p in parts]), whole.columns)
        assert np.array_equal(np.concatenate([p.binds for p in parts]), whole.binds)

    def test_an_input_more_leaves_the_draws_of_the_others_as_they_were(self) -> None:
        few = drawn(trade(east="20..60"), n=50)
        bonus = linkage(when={"land": "x"}, bonus={"west": "-5..15"})
        many = drawn(trade(east="20..60", west="0..100", linkages={"aside": bonus}), n=50)
        path = "demands.east-walks.value"
        assert column(few, path) == column(many, path)

    def test_a_demand_more_leaves_whether_others_bind_as_it_was(self) -> None:
        few = opposed().model_dump(exclude_unset=True)
        few["demands"]["line"] = red_line("east", 0.5, border="z")
        more = {"line": few["demands"]["line"], "other": red_line("west", 0.5, border="x")}
        one = drawn(Case.model_validate(few), n=64)
        two = drawn(Case.model_validate(few | {"demands": more}), n=64)
        k, m = one.space.demands.index("line"), two.space.demands.index("line")
        assert np.array_equal(one.binds[:, k], two.binds[:, m])

    def test_a_firm_demand_binds_always_and_one_without_firmness_never(self) -> None:
        lines = {"firm": red_line("east", 1, border="z"), "soft": red_line("east", 0, border="y")}
        raw = opposed().model_dump(exclude_unset=True)
        found = drawn(Case.model_validate(raw | {"demands": lines}), n=200)
        assert found.binds.all(axis=0).tolist() == [True, False]
        assert not found.binds[:, 1].any()

    def test_a_demand_binds_as_often_as_its_firmness_says(self) -> None:
        raw = opposed().model_dump(exclude_unset=True)
        half = {"line": red_line("east", "20..40%", border="z")}
        found = drawn(Case.model_validate(raw | {"demands": half}), n=20_000)
        # Four standard errors of a share of 0.3.
        assert found.binds[:, 0].mean() == pytest.approx(0.3, abs=4 * 0.0033)

    def test_draws_follow_the_quantity(self) -> None:
        values = column(drawn(trade(east="20..30..70"), n=20_000), "demands.east-walks.value")
        assert min(values) >= 20
        assert max(values) <= 70
        # The mean of a triangle is that of its corners; four standard errors.
        assert np.mean(values) == pytest.approx(40, abs=4 * 10.8 / 20_000**0.5)

    def test_inputs_are_independent_of_each_other(self) -> None:
        found = drawn(trade(east="0..100", west="0..100"), n=20_000)
        one, other = (column(found, f"demands.{p}-walks.value") for p in ("east", "west"))
        assert abs(np.corrcoef(one, other)[0, 1]) < 4 / 20_000**0.5


class TestFaceValue:
    def test_every_number_has_its_central_value(self) -> None:
        face = at_face_value(compile_space(trade(east="20..60", west="10..20..60")))
        assert column(face, "demands.east-walks.value") == [40]
        assert column(face, "demands.west-walks.value") == [20]

    def test_every_demand_binds_however_soft(self) -> None:
        raw = opposed().model_dump(exclude_unset=True)
        soft = {"line": red_line("east", 0.1, border="z"), "none": red_line("west", 0, border="x")}
        face = at_face_value(compile_space(Case.model_validate(raw | {"demands": soft})))
        assert face.binds.all()
        assert len(face) == 1

    def test_it_is_the_only_draw_of_a_certain_case(self) -> None:
        space = compile_space(trade())
        face, one = at_face_value(space), sample(space, Streams(space, 9), 1)
        assert np.array_equal(face.values, one.values)
        assert np.array_equal(face.floors, one.floors)


class TestWeights:
    def test_exact_weights_that_add_up_are_taken_as_they_are(self) -> None:
        assert drawn(weighed(20, 80)).weights(0)[0].tolist() == [0.2, 0.8]

    def test_exact_weights_within_rounding_of_100_are_not_scaled(self) -> None:
        third = drawn(weighed(33, 33, 33)).weights(0)[0]
        assert third.tolist() == [0.33, 0.33, 0.33]

    def test_uncertain_weights_are_scaled_to_add_up_in_every_draw(self) -> None:
        weights = drawn(weighed("10..50", "10..50", 40), n=100).weights(0)
        assert weights.sum(axis=1) == pytest.approx(np.ones(100), abs=1e-12)

    def test_an_unknown_weight_takes_at_most_what_the_others_leave(self) -> None:
        weights = drawn(weighed(60, "20..30", None), n=500).weights(0)
        unknown = weights[:, 2]
        # 20 of 100 are left, and the others add up to at least 80.
        assert unknown.min() >= 0
        assert unknown.max() <= 0.2
        assert unknown.max() > 0.19

    def test_unknown_weights_are_treated_alike(self) -> None:
        weights = drawn(weighed(None, None, None), n=20_000).weights(0)
        assert weights.mean(axis=0) == pytest.approx([1 / 3] * 3, abs=0.01)

    def test_a_weight_of_nothing_everywhere_counts_every_issue_alike(self) -> None:
        assert drawn(weighed("0..0..0", "0")).weights(0)[0].tolist() == [0.5, 0.5]


class TestWorth:
    def test_a_package_is_worth_its_options_by_weight(self) -> None:
        found = drawn(trade(), n=1)
        worth = {p: tuple(found.worth(p)[0].tolist()) for p in [(0, 0), (0, 1), (1, 0), (1, 1)]}
        assert worth == {(0, 0): (75, 75), (0, 1): (100, 0), (1, 0): (0, 100), (1, 1): (25, 25)}

    def test_a_bonus_is_added_where_its_pattern_matches(self) -> None:
        tie = linkage(when={"land": "x", "aid": "x"}, bonus={"east": 10, "west": -5})
        found = drawn(trade(linkages={"tie": tie}), n=1)
        assert found.worth((0, 0))[0].tolist() == [85, 70]
        assert found.worth((0, 1))[0].tolist() == [100, 0]

    def test_a_promise_is_worth_its_value_times_the_probability_that_it_is_kept(self) -> None:
        promise = {"by": "west", "to": "east", "delivers": {"land": "x"}, "kept": 0.5, **SAID}
        found = drawn(trade(promises={"p": promise}), n=1)
        assert found.worth((0, 0))[0].tolist() == [37.5, 75]
        assert found.worth((1, 0))[0].tolist() == [0, 100]

    def test_a_guarantee_raises_the_probability_only_where_the_package_contains_it(self) -> None:
        promise = {
            "by": "west", "to": "east", "delivers": {"land": "x"}, "kept": 0.5,
            "guarantee": {"issue": "aid", "kept": {"y": 1}}, **SAID,
        }  # fmt: skip
        found = drawn(trade(promises={"p": promise}), n=1)
        assert found.worth((0, 0))[0, 0] == 37.5
        assert found.worth((0, 1))[0, 0] == 100

    def test_a_guarantee_never_lowers_trust(self) -> None:
        promise = {
            "by": "west", "to": "east", "delivers": {"land": "x"}, "kept": 0.5,
            "guarantee": {"issue": "aid", "kept": {"y": 0.25}}, **SAID,
        }  # fmt: skip
        found = drawn(trade(promises={"p": promise}), n=1)
        assert found.worth((0, 1))[0, 0] == 37.5 + 25

    @pytest.mark.parametrize("words", ["10", "10.0", "8..10", "above 5"])
    def test_a_guarantee_may_be_named_by_any_words_that_pick_its_option(self, words: str) -> None:
        promise = {
            "by": "west", "to": "east", "delivers": {"land": "x"}, "kept": 0.5,
            "guarantee": {"issue": "days", "kept": {words: 1}}, **SAID,
        }  # fmt: skip
        watched = case(
            {"land": issue("x", "y"), "days": issue("0..10", step=5)},
            {
                "east": {
                    "land": stance(100, 100, 0),
                    "days": stance(0, 0, 0, options=["0", "10"]),
                },
                "west": {},
            },
            promises={"p": promise},
        )
        found = drawn(watched, n=1)
        assert [found.worth((0, n))[0, 0] for n in range(3)] == [50, 50, 100]

    def test_what_several_must_deliver_counts_only_if_all_of_them_do(self) -> None:
        promise = {"by": "west", "to": "east", "delivers": {"land": "x"}, "kept": 0.5, **SAID}
        found = drawn(trade(promises={"p": promise, "q": promise | {"kept": 0.25}}), n=1)
        assert found.worth((0, 0))[0, 0] == 75 * 0.125

    def test_two_promises_with_guarantees_of_their_own_multiply_too(self) -> None:
        promise = {
            "by": "west", "to": "east", "delivers": {"land": "x"}, "kept": 0.5,
            "guarantee": {"issue": "aid", "kept": {"y": 1}}, **SAID,
        }  # fmt: skip
        other = promise | {"guarantee": {"issue": "aid", "kept": {"x": 0.75, "y": 0.75}}}
        found = drawn(trade(promises={"p": promise, "q": other}), n=1)
        assert found.worth((0, 0))[0, 0] == 75 * 0.5 * 0.75
        assert found.worth((0, 1))[0, 0] == 75 * 0.75 + 25

    def test_the_one_who_promises_counts_its_own_word_in_full(self) -> None:
        promise = {"by": "west", "to": "east", "delivers": {"aid": "x"}, "kept": 0, **SAID}
        found = drawn(trade(promises={"p": promise}), n=1)
        assert found.worth((0, 0))[0].tolist() == [75, 75]

    @given(cases())
    def test_worth_agrees_with_the_case_read_package_by_package(self, random_case: Case) -> None:
        found = drawn(random_case, n=3, seed=11)
        draws = oracle.draws_of(found)
        for package in oracle.packages(random_case)[:10]:
            worth = found.worth(found.space.package(package))
            for d, draw in enumerate(draws):
                for a, actor in enumerate(found.space.actors):
                    wanted = oracle.value(random_case, actor.id, package, draw)
                    assert worth[d, a] == pytest.approx(wanted, abs=1e-9)

    @given(cases())
    def test_broken_demands_agree_with_the_case_read_package_by_package(
        self, random_case: Case
    ) -> None:
        found = drawn(random_case, n=2, seed=12)
        draws = oracle.draws_of(found)
        for package in oracle.packages(random_case)[:10]:
            broken = found.refusals(found.space.package(package))
            for d, draw in enumerate(draws):
                assert broken[d].tolist() == [
                    oracle.breaks(random_case, key, package, draw) for key in found.space.demands
                ]


class TestFloors:
    def test_a_walk_away_that_does_not_bind_is_no_floor(self) -> None:
        raw = opposed().model_dump(exclude_unset=True)
        soft = {"w": walk_away("east", 60, firmness=0), "v": walk_away("west", 60)}
        found = drawn(Case.model_validate(raw | {"demands": soft}), n=1)
        assert found.floors[0].tolist() == [-np.inf, 60]

    def test_a_party_without_a_walk_away_has_none(self) -> None:
        raw = opposed().model_dump(exclude_unset=True)
        found = drawn(Case.model_validate(raw | {"demands": {"v": walk_away("west", 60)}}), n=1)
        assert found.floors[0].tolist() == [-np.inf, 60]

    def test_some_draws_can_be_taken_out(self) -> None:
        found = drawn(trade(east="20..60"), n=5)
        some = found.take(np.array([4, 1]))
        assert len(some) == 2
        assert np.array_equal(some.columns, found.columns[[4, 1]])
        assert np.array_equal(some.worth((0, 0)), found.worth((0, 0))[[4, 1]])


def test_numbers_in_between_are_interpolated_in_every_draw() -> None:
    days = {"days": issue("0..40", step=10)}
    uncertain = stance(100, "0..50", "50..100", options=["0", "40"])
    found = drawn(case(days, {"east": {"days": uncertain}}), n=20)
    low, high = (np.array(column(found, f"positions.east.days.values.{n}")) for n in (0, 40))
    np.testing.assert_allclose(found.worth((1,))[:, 0], low + (high - low) / 4, atol=1e-12)


def test_branches_value_their_cells_for_every_actor() -> None:
    factions = {"hawks": {"name": "hawks", "veto": True}}
    found = drawn(
        case(
            {"land": issue("x", "y")},
            {"east": {"land": stance(100, 0, 100)}, "hawks": {"land": stance(100, 30, 20)}},
            parties={"east": party(factions=factions)},
        ),
        n=1,
    )
    assert branch_values(found, found.space.branches[0])[0].tolist() == [[0, 30], [100, 20]]
