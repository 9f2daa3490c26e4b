import numpy as np
import pytest
from hypothesis import given

from goodoffices.case.model import Case
from goodoffices.deals.space import compile_space
from goodoffices.errors import ModelError
from tests.deals import oracle
from tests.deals.cases import (
    SAID,
    case,
    cases,
    issue,
    linkage,
    opposed,
    party,
    precondition,
    red_line,
    stance,
    trade,
    walk_away,
)


def tied(**more: object) -> Case:
    """Two issues of two and three options; only the ties matter."""
    positions = {"east": {"land": stance(50, 0, 100), "aid": stance(50, 0, 50, 100)}}
    return case({"land": issue("x", "y"), "aid": issue("x", "y", "z")}, positions, **more)


def home_front(**veto: bool) -> Case:
    """A party with factions, each of which may hold a veto, and a mediator with a view."""
    factions = {key: {"name": key, "veto": has} for key, has in veto.items()}
    return case(
        {"land": issue("x", "y")},
        {"east": {"land": stance(100, 0, 100)}, "friend": {"land": stance(100, 50, 60)}},
        parties={"friend": party("mediator"), "east": party(factions=factions)},
    )


class TestPackages:
    def test_a_package_picks_one_option_for_every_issue(self) -> None:
        space = compile_space(tied())
        assert space.issues == ("land", "aid")
        assert space.options == (("x", "y"), ("x", "y", "z"))
        assert space.packages == 6
        assert space.picks((1, 2)) == {"land": "y", "aid": "z"}

    def test_picks_turn_back_into_the_package(self) -> None:
        space = compile_space(tied())
        for package in [(0, 0), (1, 0), (1, 2)]:
            assert space.package(space.picks(package)) == package

    def test_an_agreed_issue_keeps_its_option_only(self) -> None:
        space = compile_space(
            case(
                {"land": issue("x", "y", agreed="y"), "aid": issue("x", "y")},
                {"east": {"land": stance(50, 0, 100), "aid": stance(50, 0, 100)}},
            )
        )
        assert space.options == (("y",), ("x", "y"))
        assert space.packages == 2

    def test_picks_may_leave_out_what_is_agreed(self) -> None:
        agreed = {"land": issue("x", "y", agreed="y"), "aid": issue("x", "y")}
        space = compile_space(case(agreed, {"east": {"aid": stance(100, 0, 100)}}))
        assert space.package({"aid": "y"}) == (0, 1)

    def test_a_number_written_otherwise_is_the_same_option(self) -> None:
        days = {"days": issue("0..20", step=10, agreed="10.0"), "ratio": issue("0..1", step=0.5)}
        space = compile_space(case(days, {"east": {}}))
        assert space.options == (("10",), ("0", "0.5", "1"))
        assert space.package({"ratio": "0.50"}) == (0, 1)

    @pytest.mark.parametrize("several", ["0..1", "above 0"])
    def test_picking_several_options_at_once_is_refused(self, several: str) -> None:
        space = compile_space(case({"ratio": issue("0..1", step=0.5)}, {"east": {}}))
        with pytest.raises(ModelError, match="options of issue; name one"):
            space.package({"ratio": several})
        with pytest.raises(ModelError, match="name one"):
            compile_space(case({"ratio": issue("0..1", step=0.5, agreed=several)}, {"east": {}}))

    def test_leaving_out_an_open_issue_is_refused(self) -> None:
        with pytest.raises(ModelError, match="no option of aid; add one"):
            compile_space(tied()).package({"land": "x"})

    def test_a_numeric_issue_has_one_option_per_step(self) -> None:
        space = compile_space(
            case(
                {"days": issue("10..40", step=10)},
                {"east": {"days": stance(100, 0, 100, options=["10", "40"])}},
            )
        )
        assert space.options == (("10", "20", "30", "40"),)

    @given(cases())
    def test_packages_are_those_that_no_linkage_forbids(self, random_case: Case) -> None:
        space = compile_space(random_case)
        allowed = oracle.packages(random_case)
        assert space.packages == len(allowed)
        assert all(space.possible(space.package(package)) for package in allowed)

    def test_a_case_without_issues_says_so(self) -> None:
        with pytest.raises(ModelError, match="no issue"):
            compile_space(case({}, {"east": {}}))

    def test_a_case_where_nobody_must_accept_says_so(self) -> None:
        empty = case({"land": issue("x", "y")}, {}, parties={"friend": party("mediator")})
        with pytest.raises(ModelError, match="no party that must accept"):
            compile_space(empty)


class TestActors:
    def test_parties_that_must_accept_stand_before_those_who_are_only_assessed(self) -> None:
        space = compile_space(home_front())
        assert [(actor.id, actor.part) for actor in space.actors] == [
            ("east", "signatory"),
            ("friend", "assessed"),
        ]
        assert (space.signatories, space.deciders) == (1, 1)

    def test_a_faction_with_a_veto_decides(self) -> None:
        space = compile_space(home_front(hawks=True))
        assert [(actor.id, actor.party, actor.part) for actor in space.actors[:2]] == [
            ("east", "east", "signatory"),
            ("hawks", "east", "veto"),
        ]
        assert (space.signatories, space.deciders) == (1, 2)

    def test_a_faction_without_a_veto_that_says_nothing_is_no_actor(self) -> None:
        space = compile_space(home_front(doves=False))
        assert "doves" not in [actor.id for actor in space.actors]

    def test_a_faction_without_a_veto_that_demands_something_is_assessed(self) -> None:
        base = home_front(doves=False)
        line = {"no": red_line("doves", land="x")}
        space = compile_space(
            Case.model_validate(base.model_dump(exclude_unset=True) | {"demands": line})
        )
        assert [a.part for a in space.actors if a.id == "doves"] == ["assessed"]
        assert space.blocking == ()

    def test_a_veto_inside_a_party_that_need_not_accept_blocks_nothing(self) -> None:
        spoilt = case(
            {"land": issue("x", "y")},
            {"east": {"land": stance(100, 0, 100)}},
            {"no": red_line("gang", land="x")},
            parties={
                "east": party(),
                "rebels": party("spoiler", factions={"gang": {"name": "gang", "veto": True}}),
            },
        )
        space = compile_space(spoilt)
        assert [a.part for a in space.actors if a.id == "gang"] == ["assessed"]
        assert space.blocking == ()

    def test_must_accept_outranks_the_role(self) -> None:
        space = compile_space(
            case(
                {"land": issue("x", "y")},
                {"east": {"land": stance(100, 0, 1)}, "west": {"land": stance(100, 0, 1)}},
                parties={
                    "east": party(must_accept=False),
                    "west": party("guarantor", must_accept=True),
                },
            )
        )
        assert [(a.id, a.part) for a in space.actors] == [
            ("west", "signatory"),
            ("east", "assessed"),
        ]


class TestInputs:
    def test_every_number_of_the_case_is_one_input(self) -> None:
        space = compile_space(trade())
        paths = [given.path for given in space.inputs]
        assert len(paths) == len(set(paths))
        assert set(paths) == {
            *(
                f"positions.{p}.{i}.{field}"
                for p in ("east", "west")
                for i in ("land", "aid")
                for field in ("weight", "values.x", "values.y")
            ),
            *(f"demands.{p}-walks.{f}" for p in ("east", "west") for f in ("value", "firmness")),
        }

    def test_a_faction_shares_the_numbers_of_its_party_where_it_has_none(self) -> None:
        base = home_front(hawks=True).model_dump(exclude_unset=True)
        base["issues"]["aid"] = issue("x", "y")
        base["positions"]["hawks"] = {"aid": stance(40, 0, 100)}
        paths = {given.path for given in compile_space(Case.model_validate(base)).inputs}
        assert "positions.hawks.aid.weight" in paths
        assert "positions.hawks.land.weight" not in paths
        assert "positions.east.aid.weight" in paths

    def test_what_a_position_leaves_out_is_unknown_and_never_zero(self) -> None:
        blank = case({"land": issue("x", "y")}, {"east": {"land": {"values": {"x": 5}, **SAID}}})
        found = {given.path: given.quantity.shape for given in compile_space(blank).inputs}
        assert found["positions.east.land.values.y"] == "unknown"
        assert found["positions.east.land.weight"] == "unknown"

    def test_an_input_knows_on_what_it_rests(self) -> None:
        raw = opposed().model_dump(exclude_unset=True, by_alias=True)
        raw["positions"]["east"]["border"] |= {"because": ["c1"], "assumed": None}
        raw["claims"] = {"c1": {"class": "fact"}}
        space = compile_space(Case.model_validate(raw))
        found = {given.path: given.founded for given in space.inputs}
        assert found["positions.east.border.weight"] == "claimed"
        assert found["positions.west.border.weight"] == "assumed"

    def test_numbers_between_those_given_lie_on_a_line_and_beyond_them_stay_level(self) -> None:
        space = compile_space(
            case(
                {"days": issue("0..50", step=10)},
                {"east": {"days": stance(100, 0, 100, 40, options=["10", "30", "40"])}},
            )
        )
        (stake,) = space.stakes[0]
        values = np.array([0.0, 100.0, 40.0]) @ stake.mix
        assert values.tolist() == [0, 0, 50, 100, 40, 40]

    def test_a_numeric_issue_without_values_is_unknown_at_both_ends(self) -> None:
        space = compile_space(case({"days": issue("0..50", step=10)}, {"east": {}}))
        unknown = [g.path for g in space.inputs if g.quantity.shape == "unknown"]
        assert unknown == [
            "positions.east.days.values.0",
            "positions.east.days.values.50",
            "positions.east.days.weight",
        ]

    def test_a_case_is_certain_if_no_number_of_it_varies(self) -> None:
        assert compile_space(trade()).certain
        assert not compile_space(trade(east="30..50")).certain
        assert not compile_space(tied(demands={"no": red_line("east", 0.5, land="x")})).certain
        assert compile_space(tied(demands={"no": red_line("east", 0, land="x")})).certain


class TestPatterns:
    def test_a_red_line_over_two_issues_refuses_them_only_together(self) -> None:
        space = compile_space(tied(demands={"no": red_line("east", land="x", aid=["x", "y"])}))
        (pattern,) = space.refusals[0]
        refused = [p for p in ((0, 0), (0, 1), (0, 2), (1, 0)) if pattern.matches(p)]
        assert refused == [(0, 0), (0, 1)]

    def test_a_precondition_over_two_issues_refuses_whatever_misses_one(self) -> None:
        space = compile_space(tied(demands={"yes": precondition("east", land="y", aid="z")}))
        refused = [
            (land, aid)
            for land in range(2)
            for aid in range(3)
            if any(pattern.matches((land, aid)) for pattern in space.refusals[0])
        ]
        assert refused == [(0, 0), (0, 1), (0, 2), (1, 0), (1, 1)]

    def test_a_red_line_keeps_package_indices(self) -> None:
        free, bound = (
            compile_space(tied()),
            compile_space(tied(demands={"no": red_line("east", land="x")})),
        )
        assert free.options == bound.options
        assert free.picks((1, 1)) == bound.picks((1, 1))
        assert free.packages == bound.packages

    def test_a_demand_that_an_agreed_issue_already_meets_refuses_nothing(self) -> None:
        agreed = {"land": issue("x", "y", agreed="y"), "aid": issue("x", "y", "z")}
        space = compile_space(
            case(
                agreed,
                {"east": {}},
                {
                    "met": precondition("east", land="y"),
                    "moot": red_line("east", land="x"),
                    "missed": precondition("east", land="x"),
                },
            )
        )
        assert [len(patterns) for patterns in space.refusals] == [0, 0, 1]
        assert space.refusals[2][0].matches((0, 1))

    def test_requires_forbids_every_option_that_is_not_named(self) -> None:
        rule = linkage(when={"land": "x"}, requires={"aid": ["x", "y"]})
        space = compile_space(tied(linkages={"rule": rule}))
        assert space.packages == 5
        assert not space.possible((0, 2))

    def test_excludes_forbids_only_all_its_options_together(self) -> None:
        issues = {key: issue("x", "y") for key in "klm"}
        rule = linkage(when={"k": "x"}, excludes={"l": "x", "m": "x"})
        space = compile_space(case(issues, {"east": {}}, linkages={"rule": rule}))
        assert space.packages == 7
        assert not space.possible((0, 0, 0))

    def test_a_linkage_whose_condition_was_agreed_away_forbids_nothing(self) -> None:
        agreed = {"land": issue("x", "y", agreed="y"), "aid": issue("x", "y", "z")}
        rule = linkage(when={"land": "x"}, requires={"aid": "z"})
        assert compile_space(case(agreed, {"east": {}}, linkages={"r": rule})).packages == 3

    def test_a_linkage_whose_condition_is_agreed_always_holds(self) -> None:
        agreed = {"land": issue("x", "y", agreed="x"), "aid": issue("x", "y", "z")}
        rule = linkage(when={"land": "x"}, requires={"aid": "z"})
        assert compile_space(case(agreed, {"east": {}}, linkages={"r": rule})).packages == 1

    def test_linkages_that_contradict_each_other_leave_no_package(self) -> None:
        rules = {
            "one": linkage(when={"land": ["x", "y"]}, requires={"aid": "x"}),
            "two": linkage(when={"land": ["x", "y"]}, requires={"aid": "y"}),
        }
        space = compile_space(tied(linkages=rules))
        assert space.packages == 0
        assert len(space.branches) == 1


class TestPromises:
    def test_a_promise_to_a_party_counts_for_its_factions_too(self) -> None:
        raw = home_front(hawks=True).model_dump(exclude_unset=True)
        promise = {"by": "friend", "to": "east", "delivers": {"land": "y"}, "kept": 0.5, **SAID}
        space = compile_space(Case.model_validate(raw | {"promises": {"p": promise}}))
        assert [space.actors[effect.actor].id for effect in space.effects] == ["east", "hawks"]

    def test_a_receiver_named_twice_receives_once(self) -> None:
        raw = home_front(hawks=True).model_dump(exclude_unset=True)
        promise = {"by": "friend", "delivers": {"land": "y"}, "kept": 0.5, **SAID}
        twice = promise | {"to": ["east", "hawks", "east"]}
        space = compile_space(Case.model_validate(raw | {"promises": {"p": twice}}))
        assert [space.actors[effect.actor].id for effect in space.effects] == ["east", "hawks"]
        assert [len(effect.kept) for effect in space.effects] == [1, 1]

    def test_a_guarantee_makes_one_level_for_all_options_that_give_none(self) -> None:
        promise = {
            "by": "east",
            "to": "east",
            "delivers": {"land": "y"},
            "kept": 0.5,
            "guarantee": {"issue": "aid", "kept": {"z": 0.9}},
            **SAID,
        }
        space = compile_space(tied(promises={"p": promise}))
        assert [effect.pattern.picks[1] for effect in space.effects] == [
            (1, frozenset({0, 1})),
            (1, frozenset({2})),
        ]
        assert [len(effect.kept[0]) for effect in space.effects] == [1, 2]

    def test_trust_that_several_promises_share_is_one_input(self) -> None:
        promise = {"by": "east", "to": "east", "delivers": {"land": "y"}, "trust": "t", **SAID}
        space = compile_space(
            tied(
                promises={"p": promise, "q": promise | {"delivers": {"aid": "z"}}},
                trust={"t": {"who": "east", "whom": "west", "kept": "0.2..0.8", **SAID}},
            )
        )
        paths = [given.path for given in space.inputs]
        assert paths.count("trust.t.kept") == 1
        assert not any(path.startswith("promises") for path in paths)


class TestWalkAways:
    def test_each_actor_is_led_to_its_own(self) -> None:
        space = compile_space(trade(east=30, west=70))
        demand, column = space.walk_aways[1] or (-1, -1)
        assert space.demands[demand] == "west-walks"
        assert space.inputs[column].quantity.central == 70

    def test_an_actor_without_one_has_none(self) -> None:
        demands = {"w": walk_away("east", 10)}
        space = compile_space(case({"land": issue("x", "y")}, {"east": {}, "west": {}}, demands))
        assert space.walk_aways[1] is None
        assert space.walk_aways[0] is not None
