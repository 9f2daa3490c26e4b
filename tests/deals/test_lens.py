import inspect

import numpy as np
import pytest
from hypothesis import given, settings

from goodoffices.case.model import Case
from goodoffices.deals import Deals, blocks, deals, zone
from goodoffices.deals.lens import assess
from goodoffices.deals.offers import accepted
from goodoffices.deals.results import Acceptance, AssessedPackage
from goodoffices.deals.space import compile_space
from goodoffices.errors import ModelError, ScenarioError
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

DRAWS = 60


def gap() -> Case:
    return case(
        {"border": issue("x", "y")},
        {"east": {"border": stance(100, 100, 0)}, "west": {"border": stance(100, 0, 100)}},
        {"e": walk_away("east", "30..40"), "w": walk_away("west", 40)},
    )


class TestZone:
    def test_a_certain_case_is_answered_exactly_by_one_draw(self) -> None:
        found = deals(trade(), draws=500)
        assert found.method.how == found.zone.method.how == found.offers_method.how == "exact"
        assert found.zone.probability.value == 1
        assert (found.zone.probability.error, found.zone.probability.draws) == (0, 0)
        assert found.offers[0].all_accept.error == 0

    def test_an_uncertain_case_is_sampled_with_its_draws_and_seed(self) -> None:
        found = deals(opposed(east="0..100", west=40), draws=400, seed=7)
        assert (found.method.how, found.method.draws, found.method.seed) == ("sampled", 400, 7)
        zone_ = found.zone.probability
        assert (zone_.draws, zone_.undecided) == (400, 0)
        assert zone_.low < 0.5 < zone_.high
        assert zone_.error > 0

    def test_a_single_draw_of_an_uncertain_case_is_not_called_exact(self) -> None:
        found = deals(opposed(east="0..100", west=40), draws=1)
        assert found.method.how == "sampled"
        assert found.zone.probability.error > 0.2

    def test_what_stays_undecided_makes_the_answer_bounded(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(zone, "NODES", 0)
        monkeypatch.setattr(zone, "RESCUES", 0)
        found = deals(gap(), draws=20)
        assert found.zone.at_face_value is None
        assert found.method.how == "bounded"
        assert "20 draws stayed undecided" in found.method.note
        assert (found.zone.probability.low, found.zone.probability.high) == (0, 1)
        assert found.offers == ()

    def test_face_value_is_told_apart_from_the_probability(self) -> None:
        found = deals(opposed(east="0..40..50", west=40), draws=DRAWS)
        assert found.zone.at_face_value is True
        closed = deals(opposed(east="30..60..80", west=40), draws=DRAWS)
        assert closed.zone.at_face_value is False
        assert closed.zone.probability.hits > 0

    def test_packages_and_acceptable_ones_are_counted(self) -> None:
        found = deals(trade(east=20, west=20))
        assert (found.zone.packages, found.zone.acceptable) == (4, 2)

    @settings(max_examples=25)
    @given(cases(packages=16, certain=True))
    def test_a_certain_case_is_answered_as_by_trying_every_package(self, random_case: Case) -> None:
        found = deals(random_case)
        (draw,) = oracle.draws_of(next(zone.samples(compile_space(random_case), 1, 0)))
        met = list(oracle.acceptable(random_case, draw))
        assert found.method.how == "exact"
        assert found.zone.probability.value == bool(met)
        assert [p.picks in met for p in found.offers] == [True] * len(found.offers)
        assert bool(found.offers) == bool(met)

    @settings(max_examples=25)
    @given(cases(packages=16))
    def test_no_package_is_accepted_by_all_more_often_than_a_zone_exists(
        self, random_case: Case
    ) -> None:
        found = deals(random_case, draws=8, compare=False)
        best = max((p.all_accept.hits for p in found.offers), default=0)
        assert found.zone.probability.hits >= best
        assert found.gap == pytest.approx(
            found.zone.probability.value
            - (found.offers[0].all_accept.value if found.offers else 0),
            abs=1e-12,
        )
        if found.zone.at_face_value:
            assert found.bargains
            assert found.conflicts.conflicts == ()
        else:
            assert found.bargains == ()
            assert found.conflicts.conflicts


class TestRepeatable:
    def test_the_same_seed_gives_the_same_result(self) -> None:
        of = opposed(east="0..100", west="20..60")
        assert deals(of, draws=DRAWS, seed=3) == deals(of, draws=DRAWS, seed=3)
        assert deals(of, draws=DRAWS, seed=3) != deals(of, draws=DRAWS, seed=4)

    @pytest.mark.parametrize("chunk", [1, 13])
    def test_the_result_does_not_depend_on_the_size_of_chunks(
        self, chunk: int, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        raw = trade(east="20..90", west="20..90").model_dump(exclude_unset=True)
        raw["scenarios"] = {
            "calm": {"name": "calm", "set": {"demands.west-walks.value": "0..50"}, **SAID}
        }
        word = {"by": "west", "to": "east", "delivers": {"land": "x"}, "kept": "0.7..1", **SAID}
        raw["promises"] = {"word": word}
        of = Case.model_validate(raw)
        whole = deals(of, draws=DRAWS)
        monkeypatch.setattr(zone, "CHUNK", chunk)
        assert deals(of, draws=DRAWS) == whole

    def test_the_result_does_not_depend_on_how_the_space_is_split(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        tie = linkage(when={"land": "x"}, bonus={"west": "-20..5"})
        of = trade(east="20..90", west="20..90", linkages={"tie": tie})
        whole = deals(of, draws=DRAWS)
        monkeypatch.setattr(blocks, "MOST_CELLS", 1)
        assert deals(of, draws=DRAWS) == whole

    def test_progress_runs_to_the_end(self) -> None:
        told: list[tuple[int, int]] = []
        deals(opposed(east="0..90"), draws=700, progress_to=lambda *at: told.append(at))
        assert told[-1] == (700, 700)


class TestScenarios:
    def compared(self, **changes: object) -> tuple[Deals, Case]:
        raw = opposed(east="0..100", west=40).model_dump(exclude_unset=True)
        raw["scenarios"] = {"other": {"name": "other", "set": changes, **SAID}}
        of = Case.model_validate(raw)
        return deals(of, draws=400), of

    def test_each_stands_beside_the_case_on_the_same_draws(self) -> None:
        found, of = self.compared(**{"demands.west-walks.value": 60})
        (other,) = found.scenarios
        assert other.scenario == "other"
        assert (other.zone.hits, other.change) == (0, -found.zone.probability.value)
        assert other.zone == deals(of, scenario="other", draws=400).zone.probability
        assert other.at_face_value is False
        assert other.conflicts == 1

    def test_what_changes_nothing_has_no_change_and_no_error(self) -> None:
        found, _ = self.compared(**{"demands.west-walks.value": 50})
        (same,) = found.scenarios
        assert (same.change, same.change_error) == (0, 0)

    def test_the_error_of_a_change_is_that_of_the_draws_that_change(self) -> None:
        found, _ = self.compared(**{"demands.east-walks.value": "0..50"})
        (other,) = found.scenarios
        assert other.change == pytest.approx(0.5, abs=0.1)
        assert 0 < other.change_error < 0.03

    def test_an_uncertain_scenario_of_a_certain_case_gets_all_its_draws(self) -> None:
        raw = opposed(east=40, west=40).model_dump(exclude_unset=True)
        raw["scenarios"] = {
            "doubt": {"name": "d", "set": {"demands.east-walks.value": "0..100"}, **SAID}
        }
        found = deals(Case.model_validate(raw), draws=400)
        (doubt,) = found.scenarios
        assert found.method.how == "exact"
        assert doubt.zone.draws == 400
        assert doubt.zone.value == pytest.approx(0.5, abs=0.1)
        assert doubt.change == doubt.zone.value - 1
        assert doubt.change_error > 0

    def test_a_certain_scenario_of_an_uncertain_case_is_exact(self) -> None:
        found, _ = self.compared(**{"demands.east-walks.value": 40})
        (sure,) = found.scenarios
        assert (sure.zone.value, sure.zone.error) == (1, 0)
        assert sure.change == 1 - found.zone.probability.value

    def test_one_scenario_can_be_asked_for_itself(self) -> None:
        _, of = self.compared(**{"demands.east-walks.value": 40})
        found = deals(of, scenario="other")
        assert (found.scenario, found.scenarios) == ("other", ())
        assert found.method.how == "exact"

    def test_the_comparison_can_be_left_out(self) -> None:
        _, of = self.compared()
        assert deals(of, draws=10, compare=False).scenarios == ()

    def test_an_unknown_scenario_is_named(self) -> None:
        with pytest.raises(ScenarioError, match="no scenario"):
            deals(trade(), scenario="nowhere")


class TestPackages:
    def of(self, **more: object) -> Case:
        raw = opposed(east="30..60", west=40).model_dump(exclude_unset=True)
        home = {"hawks": {"name": "hawks", "veto": True}, "doves": {"name": "doves"}}
        raw["parties"]["east"] = party(factions=home)
        raw["demands"]["no-half"] = red_line("hawks", 0.5, border="y")
        raw["demands"]["wish"] = red_line("doves", border="x")
        raw["packages"] = {
            "half": {"name": "Half each", "picks": {"border": "y"}, **SAID},
            "all": {"name": "All east", "picks": {"border": "x"}, **SAID},
        }
        return Case.model_validate(raw | more)

    def assessed(self, **more: object) -> dict[str, AssessedPackage]:
        return {p.name: p for p in deals(self.of(**more), draws=400).packages}

    def east(self, name: str = "Half each") -> Acceptance:
        (found,) = [a for a in self.assessed()[name].acceptance if a.party == "east"]
        return found

    def test_named_packages_are_assessed_under_their_names(self) -> None:
        found = self.assessed()
        assert list(found) == ["Half each", "All east"]
        assert found["Half each"].picks == {"border": "y"}
        assert found["Half each"].values == {"east": 50, "west": 50, "hawks": 50, "doves": 50}
        assert found["Half each"].gains == {"east": 5, "west": 10}

    def test_demands_broken_at_face_value_are_named(self) -> None:
        found = self.assessed()
        assert found["Half each"].breaks == ("no-half",)
        assert found["All east"].breaks == ("west-walks", "wish")

    def test_a_party_accepts_alone_more_often_than_it_ratifies(self) -> None:
        east = self.east()
        assert east.must_accept
        assert east.alone.value == pytest.approx(2 / 3, abs=0.1)
        assert east.ratified.value == pytest.approx(1 / 3, abs=0.1)
        assert east.ratified.hits < east.alone.hits

    def test_factions_are_shown_with_and_without_a_veto(self) -> None:
        found = {f.faction: f for f in self.east().factions}
        assert (found["hawks"].veto, found["doves"].veto) == (True, False)
        assert found["hawks"].share.value == pytest.approx(0.5, abs=0.1)
        assert found["doves"].share.value == 1

    def test_objections_are_listed_the_most_frequent_first(self) -> None:
        assert [o.demand for o in self.east().objections] == ["no-half", "east-walks"]
        assert [o.demand for o in self.east("All east").objections] == ["wish"]

    def test_a_faction_without_a_veto_does_not_stand_in_the_way(self) -> None:
        raw = self.of().model_dump(exclude_unset=True)
        raw["demands"]["west-walks"]["value"] = 0
        found = {p.name: p for p in deals(Case.model_validate(raw), draws=50).packages}
        assert found["All east"].all_accept.hits == 50

    def test_a_package_that_a_linkage_forbids_is_accepted_by_nobody_together(self) -> None:
        raw = trade(east=0, west=0).model_dump(exclude_unset=True)
        raw["linkages"] = {"tie": linkage(when={"land": "x"}, excludes={"aid": "x"})}
        raw["packages"] = {"p": {"name": "Both", "picks": {"land": "x", "aid": "x"}, **SAID}}
        (found,) = deals(Case.model_validate(raw)).packages
        assert found.forbidden
        assert found.all_accept.value == 0

    def test_agreed_issues_may_be_left_out_of_a_package(self) -> None:
        raw = trade().model_dump(exclude_unset=True)
        raw["issues"]["land"]["agreed"] = "x"
        raw["packages"] = {"p": {"name": "Rest", "picks": {"aid": "x"}, **SAID}}
        (found,) = deals(Case.model_validate(raw)).packages
        assert found.picks == {"land": "x", "aid": "x"}

    def test_two_names_for_one_package_are_both_assessed(self) -> None:
        space = compile_space(opposed())
        assert [p.name for p in assess(space, [("A", (1,)), ("B", (1,))], 5, 0)] == ["A", "B"]

    def test_one_who_is_only_assessed_is_shown_but_need_not_accept(self) -> None:
        raw = opposed(40, 40).model_dump(exclude_unset=True)
        raw["parties"]["friend"] = party("mediator")
        raw["demands"]["wish"] = red_line("friend", border="y")
        offer = deals(Case.model_validate(raw)).offers[0]
        (friend,) = [a for a in offer.acceptance if a.party == "friend"]
        assert not friend.must_accept
        assert (friend.alone.value, offer.all_accept.value) == (0, 1)


class TestOffers:
    def test_offers_are_named_by_letters_the_most_acceptable_first(self) -> None:
        even = case(
            {"border": issue("x", "y", "z")},
            {
                "east": {"border": stance(100, 90, 60, 30)},
                "west": {"border": stance(100, 30, 60, 90)},
            },
            {"e": walk_away("east", "0..100"), "w": walk_away("west", "0..100")},
        )
        found = deals(even, draws=200)
        assert [p.name for p in found.offers] == ["Package A", "Package B", "Package C"]
        hits = [p.all_accept.hits for p in found.offers]
        assert hits[0] == max(hits)

    def test_no_offer_and_no_bargain_where_there_is_no_zone(self) -> None:
        found = deals(opposed(60, 60))
        assert (found.offers, found.bargains, found.gap) == ((), (), 0)
        assert len(found.conflicts.conflicts) == 1


class TestRefusals:
    @pytest.mark.parametrize("draws", [0, -5])
    def test_fewer_draws_than_one_are_refused(self, draws: int) -> None:
        with pytest.raises(ValueError, match="at least 1"):
            deals(trade(), draws=draws)

    def test_a_case_that_ties_too_much_together_is_refused_with_a_way_out(self) -> None:
        keys = [f"i{n}" for n in range(30)]
        tied = case(
            {key: issue(*"vwxyz") for key in keys},
            {"east": {}},
            linkages={
                f"{one}-{other}": linkage(when={one: "v"}, excludes={other: "w"})
                for n, one in enumerate(keys)
                for other in keys[:n]
            },
        )
        with pytest.raises(ModelError, match="take fewer options"):
            deals(tied, draws=10)

    def test_no_argument_but_the_case_can_be_mistaken_for_another(self) -> None:
        kinds = [p.kind for p in inspect.signature(deals).parameters.values()]
        assert set(kinds[1:]) == {inspect.Parameter.KEYWORD_ONLY}


def large(parties: int, issues: int, **more: object) -> Case:
    """Five options an issue, every number uncertain, and the parties at odds on every issue."""
    rng = np.random.default_rng(1)
    keys, names = [f"i{n}" for n in range(issues)], [f"p{n}" for n in range(parties)]

    def values() -> list[str]:
        rising = np.linspace(0, 90, 5)[:: rng.choice([-1, 1])]
        return [f"{v:.3f}..{v + 10:.3f}" for v in rising]

    return case(
        {key: issue(*"vwxyz") for key in keys},
        {p: {k: stance("1..3", *values(), options="vwxyz") for k in keys} for p in names},
        {p: walk_away(p, "45..60") for p in names},
        **more,
    )


def chained(issues: int) -> dict[str, object]:
    return {
        f"tie{n}": linkage(when={f"i{n}": "v"}, requires={f"i{n + 1}": ["v", "w"]})
        for n in range(issues - 1)
    }


class TestLargeCases:
    """They are answered, exactly or bounded, in a time that the suite can spare."""

    def test_two_parties_and_thirty_issues(self) -> None:
        found = deals(large(2, 30), draws=20)
        assert found.zone.packages == 5**30
        assert found.zone.probability.undecided == 0
        assert found.offers_method.how == "bounded"

    def test_a_chain_of_linkages_over_twelve_issues(self) -> None:
        found = deals(large(2, 12, linkages=chained(12)), draws=20)
        assert found.zone.probability.undecided == 0
        assert found.frontier.method.how == "exact"

    def test_twelve_parties_and_sixty_issues(self) -> None:
        space = compile_space(large(12, 60))
        found = zone.survey(space, 20, 0)
        right = found.witness[found.open]
        drawn = next(zone.samples(space, 20, 0)).take(np.flatnonzero(found.open))
        assert all(accepted(drawn, p)[n] for n, p in enumerate(right.tolist()))

    def test_a_numeric_issue_of_900_options_tied_to_another(self) -> None:
        raw = large(2, 3).model_dump(exclude_unset=True)
        for key in ("days", "ratio"):
            raw["issues"][key] = issue("0..899", step=1)
            for n, p in enumerate(("p0", "p1")):
                ends = (0, 100) if n else (100, 0)
                raw["positions"][p][key] = stance("5..9", *ends, options=["0", "899"])
        tie = linkage(when={"days": "above 300"}, requires={"ratio": "at least 500"})
        line = red_line("p0", 0.5, days="above 500", ratio="below 700")
        raw["linkages"], raw["demands"]["line"] = {"tie": tie}, line
        found = deals(Case.model_validate(raw), draws=20)
        assert found.zone.packages == 5**3 * (900 * 900 - 599 * 500)
        assert found.zone.probability.undecided == 0
