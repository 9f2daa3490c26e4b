import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goodoffices.case.model import Case
from goodoffices.deals import blocks, solving
from goodoffices.deals.draws import at_face_value
from goodoffices.deals.results import Bargain, FrontierReport
from goodoffices.deals.solving import acceptable, bargain, efficient, frontier_report
from goodoffices.deals.space import compile_space
from tests.deals import oracle
from tests.deals.cases import (
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


def reported(of: Case) -> FrontierReport:
    return frontier_report(at_face_value(compile_space(of)))


def bargained(of: Case, lifted: tuple[str, ...] = ()) -> dict[str, Bargain]:
    face = at_face_value(compile_space(of))
    found = bargain(face, [face.space.demands.index(key) for key in lifted])
    return {one.name: one for one in found}


def table(of: Case) -> tuple[oracle.Draw, dict[tuple[str, ...], tuple[float, ...]]]:
    """Return the draw at face value, and package to values of those who must accept."""
    (draw,) = oracle.draws_of(at_face_value(compile_space(of)))
    return draw, {
        tuple(package.values()): tuple(
            oracle.value(of, key, package, draw) for key in of.signatories
        )
        for package in oracle.packages(of)
    }


def rounded(point: tuple[float, ...]) -> tuple[float, ...]:
    return tuple(round(number, 8) + 0.0 for number in point)


class TestFrontier:
    @given(cases(packages=30))
    def test_it_holds_the_undominated_packages_and_no_others(self, random_case: Case) -> None:
        found, (_, values) = reported(random_case), table(random_case)
        wanted = {rounded(point) for point in oracle.frontier(list(values.values()))}
        assert {rounded(point.values) for point in found.points} == wanted
        assert found.size == len(wanted)
        for point in found.points:
            picked = tuple(point.picks.values())
            assert rounded(values[picked]) == rounded(point.values)
            ties = [p for p, v in values.items() if rounded(v) == rounded(point.values)]
            assert point.ties == len(ties)

    @settings(max_examples=25)
    @given(cases(packages=24), st.sampled_from([1, 3, 8]))
    def test_branches_add_up_to_the_same_frontier(self, random_case: Case, most: int) -> None:
        whole = reported(random_case)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(blocks, "MOST_CELLS", most)
            parted = reported(random_case)
        assert [(rounded(p.values), p.ties) for p in whole.points] == [
            (rounded(p.values), p.ties) for p in parted.points
        ]

    def test_points_run_from_the_best_for_the_first_party_down(self) -> None:
        found = reported(trade())
        assert found.axes == ("east", "west")
        assert [point.values for point in found.points] == [(100, 0), (75, 75), (0, 100)]
        assert found.method.how == "exact"

    def test_demands_are_set_aside_but_named_where_a_point_breaks_them(self) -> None:
        raw = trade(east=80, west=10).model_dump(exclude_unset=True)
        raw["demands"]["line"] = red_line("west", 0.1, land="x", aid="y")
        points = reported(Case.model_validate(raw)).points
        broken = [("west-walks", "line"), ("east-walks",), ("east-walks",)]
        assert [point.breaks for point in points] == broken

    def test_linkages_are_not_set_aside(self) -> None:
        tie = linkage(when={"land": "x"}, requires={"aid": "y"})
        found = reported(trade(linkages={"tie": tie}))
        assert [point.values for point in found.points] == [(100, 0), (25, 25), (0, 100)]

    def test_walk_aways_are_shown_beside_their_axes(self) -> None:
        raw = trade(east="30..50").model_dump(exclude_unset=True)
        del raw["demands"]["west-walks"]
        assert reported(Case.model_validate(raw)).walk_aways == (40, None)

    def test_only_so_many_points_are_shown_and_the_ends_are_among_them(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(solving, "SHOWN", 5)
        days = case(
            {"days": issue("0..40", step=1)},
            {
                "east": {"days": stance(100, 0, 100, options=["0", "40"])},
                "west": {"days": stance(100, 100, 0, options=["0", "40"])},
            },
        )
        found = reported(days)
        assert found.size == 41
        assert [point.picks["days"] for point in found.points] == ["40", "30", "20", "10", "0"]

    def test_past_the_budget_it_is_bounded_and_says_so(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        rng = np.random.default_rng(2)
        keys = [f"i{n}" for n in range(20)]
        rising = np.array([0, 50, 100])
        large = case(
            {key: issue("x", "y", "z") for key in keys},
            {
                p: {key: stance(5, *(way * rng.uniform(0.5, 1)).tolist()) for key in keys}
                for p, way in [("east", rising), ("west", rising[::-1])]
            },
        )
        assert reported(large).method.how == "exact"
        monkeypatch.setattr(solving, "POINTS", (1,))
        cut = reported(large)
        assert cut.method.how == "bounded"
        assert "maybe not all" in cut.method.note
        assert {one.method.how for one in bargained(large).values()} == {"bounded"}

    def test_many_parties_end_soon(self) -> None:
        rng = np.random.default_rng(3)
        keys, parties = [f"i{n}" for n in range(20)], [f"p{n}" for n in range(9)]
        crowd = case(
            {key: issue("x", "y", "z", "w") for key in keys},
            {
                p: {
                    key: stance(5, *rng.uniform(0, 100, 4).tolist(), options="xyzw") for key in keys
                }
                for p in parties
            },
        )
        assert reported(crowd).method.how == "bounded"

    def test_a_space_without_packages_has_no_points(self) -> None:
        ties = {o: linkage(when={"land": ["x", "y"]}, requires={"aid": o}) for o in "xy"}
        empty = trade(linkages=ties)
        assert reported(empty).points == ()
        assert bargained(empty) == {}
        assert acceptable(at_face_value(compile_space(empty))) == 0

    def test_ties_too_many_to_count_stay_at_the_largest_number(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        keys = [f"i{n}" for n in range(80)]
        same = case(
            {key: issue("x", "y", "z") for key in keys},
            {"east": {key: stance(1.25, 50, 50, 50) for key in keys}},
            linkages={"tie": linkage(when={"i0": "x"}, bonus={"east": 0})},
        )
        (point,) = reported(same).points
        assert point.ties == 2**63 - 1


class TestBargain:
    @given(cases(packages=30))
    def test_solutions_agree_with_their_definitions_over_every_package(
        self, random_case: Case
    ) -> None:
        draw, values = table(random_case)
        met = [tuple(package.values()) for package in oracle.acceptable(random_case, draw)]
        found = bargained(random_case)
        if not met:
            assert found == {}
            return
        best = oracle.frontier([values[package] for package in met])
        points = [package for package in met if rounded(values[package]) in map(rounded, best)]
        worst = [
            min(column) for column in zip(*(values[package] for package in points), strict=True)
        ]
        keys = [random_case.walk_away(actor) for actor in random_case.signatories]
        no_deal = tuple(
            low if key is None else draw.numbers[f"demands.{key}.value"]
            for key, low in zip(keys, worst, strict=True)
        )
        wanted = oracle.solutions([values[package] for package in points], no_deal)
        for name, one in found.items():
            right = {points[n] for n in wanted[name]}
            picked = {tuple(package.values()) for package in one.packages}
            assert picked <= right
            if name != "Nash" or not self.all_products_vanish(points, values, no_deal):
                seats = {rounded(values[package]) for package in right}
                assert {rounded(values[package]) for package in picked} == seats
            assert one.method.how == "exact"

    @staticmethod
    def all_products_vanish(
        points: list[tuple[str, ...]],
        values: dict[tuple[str, ...], tuple[float, ...]],
        no_deal: tuple[float, ...],
    ) -> bool:
        gains = np.array([values[package] for package in points]) - np.array(no_deal)
        able = gains.max(axis=0) > oracle.TOLERANCE
        return bool((gains[:, able] <= oracle.TOLERANCE).any(axis=1).all())

    def test_the_four_over_a_trade(self) -> None:
        found = bargained(trade(east=10, west=10))
        assert list(found) == ["Nash", "Kalai-Smorodinsky", "egalitarian", "utilitarian"]
        for one in found.values():
            assert one.packages == ({"land": "x", "aid": "x"},)
            assert one.values == {"east": 75, "west": 75}
            assert one.ties == 1

    def test_there_are_none_where_no_package_meets_every_demand(self) -> None:
        assert bargained(trade(east=80, west=80)) == {}

    def test_a_red_line_takes_its_packages_out(self) -> None:
        raw = opposed(east=0, west=0).model_dump(exclude_unset=True)
        raw["demands"]["line"] = red_line("east", border=["y", "z"])
        found = bargained(Case.model_validate(raw))
        assert found["egalitarian"].packages == ({"border": "x"},)

    def test_lifted_demands_let_their_packages_in(self) -> None:
        closed = opposed(east=60, west=40)
        assert bargained(closed) == {}
        found = bargained(closed, lifted=("east-walks",))
        assert found["Nash"].values["west"] >= 40

    def test_a_faction_with_a_veto_restricts_but_is_not_weighed(self) -> None:
        raw = trade(east=0, west=0).model_dump(exclude_unset=True)
        raw["parties"]["east"] = party(factions={"hawks": {"name": "hawks", "veto": True}})
        raw["positions"]["hawks"] = {"land": stance(100, 0, 100), "aid": stance(0, 0, 0)}
        free = bargained(Case.model_validate(raw))
        assert free["Nash"].packages == ({"land": "x", "aid": "x"},)
        assert free["Nash"].values == {"east": 75, "west": 75, "hawks": 0}
        raw["demands"]["hawks-walk"] = walk_away("hawks", 50)
        bound = bargained(Case.model_validate(raw))
        assert bound["Nash"].packages == ({"land": "y", "aid": "y"},)
        assert bound["Nash"].values == {"east": 25, "west": 25, "hawks": 100}

    def test_a_party_without_a_walk_away_gains_over_its_worst_efficient_package(self) -> None:
        raw = opposed().model_dump(exclude_unset=True)
        raw["demands"] = {"w": walk_away("west", 50)}
        found = bargained(Case.model_validate(raw))
        # Only y (50, 50) and z (0, 100) are left; west gains nothing at y, east nothing at z.
        assert found["utilitarian"].ties == 2

    def test_a_package_that_only_pleases_a_faction_is_not_the_worst_to_gain_over(self) -> None:
        home = {"hawks": {"name": "hawks", "veto": True}}
        of = case(
            {"k": issue("x", "y", "z")},
            {
                "east": {"k": stance(100, 80, 60, 10)},
                "west": {"k": stance(100, 50, 95, 10)},
                "hawks": {"k": stance(100, 60, 60, 100)},
            },
            {"w": walk_away("west", 0), "h": walk_away("hawks", 50)},
            parties={"east": party(factions=home), "west": party()},
        )
        # Over 60, the worse of x and y, east gains nothing at y; over 10, at z, it would.
        assert bargained(of)["Kalai-Smorodinsky"].packages == ({"k": "x"},)

    def test_ties_are_counted(self) -> None:
        twice = case(
            {"land": issue("x", "y"), "seal": issue("x", "y", "z")},
            {"east": {"land": stance(100, 100, 0), "seal": stance(0, 50, 50, 50)}},
            {"w": walk_away("east", 50)},
        )
        assert bargained(twice)["Nash"].ties == 3


class TestCounts:
    @given(cases(packages=30))
    def test_acceptable_packages_are_counted(self, random_case: Case) -> None:
        face = at_face_value(compile_space(random_case))
        (draw,) = oracle.draws_of(face)
        assert acceptable(face) == len(list(oracle.acceptable(random_case, draw)))

    def test_past_the_budget_there_is_no_count(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(solving, "COUNTED", 1)
        assert acceptable(at_face_value(compile_space(trade(east=10, west=10)))) is None

    @given(cases(packages=24))
    def test_efficient_packages_are_acceptable_and_undominated(self, random_case: Case) -> None:
        face = at_face_value(compile_space(random_case))
        draw, values = table(random_case)
        met = [tuple(package.values()) for package in oracle.acceptable(random_case, draw)]
        best = {rounded(p) for p in oracle.frontier([values[package] for package in met])}
        found = [tuple(face.space.picks(p).values()) for p in efficient(face, 5)]
        assert {rounded(values[package]) for package in found} <= best
        assert all(package in met for package in found)
        assert len(found) == min(5, len(best))
