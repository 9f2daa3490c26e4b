import numpy as np
import pytest
from hypothesis import given, settings

from goodoffices.case.model import Case
from goodoffices.deals import zone
from goodoffices.deals.results import Footing, Unknown
from goodoffices.deals.space import compile_space
from goodoffices.deals.unknowns import footing, unknowns
from goodoffices.deals.zone import survey
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
)

SEED = 1


def ranked(of: Case, draws: int = 400) -> tuple[Unknown, ...]:
    return unknowns(survey(compile_space(of), draws, SEED))


def stood(of: Case, draws: int = 400) -> Footing:
    found = survey(compile_space(of), draws, SEED)
    return footing(found, unknowns(found))


def lined(firmness: object, **more: object) -> Case:
    raw = opposed(40, 40).model_dump(exclude_unset=True)
    raw["demands"] |= {"line": red_line("east", firmness, border="y"), **more}
    return Case.model_validate(raw)


class TestUnknowns:
    def test_the_only_uncertain_number_explains_everything(self) -> None:
        (only,) = ranked(opposed(east="0..100", west=40))
        assert only.path == "demands.east-walks.value"
        assert only.share == pytest.approx(1, abs=0.02)

    def test_a_number_without_influence_explains_nothing(self) -> None:
        found = {u.path: u for u in ranked(opposed(east="0..100", west="0..10"), draws=2_000)}
        idle = found["demands.west-walks.value"]
        assert idle.share < 4 * idle.error + 0.01

    def test_the_largest_share_comes_first(self) -> None:
        found = ranked(opposed(east="0..100", west="0..60"), draws=2_000)
        assert [unknown.path for unknown in found] == [
            "demands.east-walks.value",
            "demands.west-walks.value",
        ]
        assert found[0].share > found[1].share

    def test_a_demand_that_may_not_bind_is_one_input_whether_it_binds(self) -> None:
        (only,) = ranked(lined(0.5))
        assert only.path == "demands.line.firmness"
        assert only.share == pytest.approx(1, abs=0.02)

    def test_an_uncertain_firmness_is_not_two_inputs(self) -> None:
        assert [unknown.path for unknown in ranked(lined("20..80%"))] == ["demands.line.firmness"]

    def test_a_demand_that_surely_binds_or_surely_does_not_is_no_unknown(self) -> None:
        idle = red_line("west", 0, border="y")
        assert [u.path for u in ranked(lined(0.5, idle=idle))] == ["demands.line.firmness"]

    def test_whether_a_demand_binds_that_cannot_block_is_not_listed(self) -> None:
        raw = lined(0.5).model_dump(exclude_unset=True)
        raw["parties"]["third"] = party("spoiler")
        raw["demands"]["aside"] = red_line("third", 0.5, border="y")
        assert [u.path for u in ranked(Case.model_validate(raw))] == ["demands.line.firmness"]

    def test_nothing_is_listed_where_the_answer_is_the_same_in_every_draw(self) -> None:
        assert ranked(opposed(east="0..20", west=40)) == ()
        assert ranked(trade()) == ()

    def test_nothing_is_listed_where_draws_are_too_few_to_say(self) -> None:
        assert ranked(opposed(east="0..100", west=40), draws=10) == ()

    def test_a_blank_is_marked_as_one_and_so_is_what_a_number_rests_on(self) -> None:
        raw = opposed(east=None, west=40).model_dump(exclude_unset=True)
        (blank,) = ranked(Case.model_validate(raw))
        assert (blank.blank, blank.founded) == (True, "assumed")

    def test_they_read_the_same_draws_as_the_survey_whatever_the_chunks(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        whole = ranked(opposed(east="0..100", west="0..60"))
        monkeypatch.setattr(zone, "CHUNK", 7)
        assert ranked(opposed(east="0..100", west="0..60")) == whole

    @settings(max_examples=20)
    @given(cases(packages=16))
    def test_every_share_lies_between_nothing_and_all(self, random_case: Case) -> None:
        found = ranked(random_case, draws=40)
        assert all(0 <= unknown.share <= 1 and unknown.error >= 0 for unknown in found)
        assert len({unknown.path for unknown in found}) == len(found)
        uncertain = {g.path for g in compile_space(random_case).inputs if g.quantity.uncertain}
        firm = {unknown.path for unknown in found if unknown.path.endswith(".firmness")}
        assert {unknown.path for unknown in found} - firm <= uncertain


class TestFooting:
    def grounded(self) -> Case:
        """A claimed walk-away against an assumed one, and a value that nobody knows."""
        raw = opposed(east="0..100", west="20..80").model_dump(exclude_unset=True, by_alias=True)
        raw["claims"] = {"c": {"class": "fact"}}
        raw["demands"]["east-walks"] |= {"because": ["c"], "assumed": None}
        raw["positions"]["west"]["border"]["values"]["x"] = None
        return Case.model_validate(raw)

    def test_numbers_are_counted_by_what_they_rest_on(self) -> None:
        found = stood(self.grounded())
        # Two weights, six values, two walk-aways with their firmness.
        assert (found.claimed, found.assumed, found.unknown) == (2, 9, 1)

    def test_variance_goes_back_to_claims_or_to_assumptions(self) -> None:
        found = stood(self.grounded(), draws=4_000)
        assert found.variance_claimed is not None
        assert found.variance_assumed is not None
        assert found.variance_claimed + found.variance_assumed == pytest.approx(1, abs=1e-12)
        assert 0 < found.variance_claimed < 1

    def test_what_is_claimed_alone_carries_all_variance(self) -> None:
        raw = self.grounded().model_dump(exclude_unset=True, by_alias=True)
        raw["demands"]["west-walks"]["value"] = 40
        raw["positions"]["west"]["border"]["values"]["x"] = 0
        assert stood(Case.model_validate(raw)).variance_claimed == 1

    def test_a_blank_counts_as_assumed_whatever_stands_beside_it(self) -> None:
        raw = opposed(east=None, west=40).model_dump(exclude_unset=True, by_alias=True)
        raw["claims"] = {"c": {"class": "fact"}}
        raw["demands"]["east-walks"] |= {"because": ["c"], "assumed": None}
        assert stood(Case.model_validate(raw)).variance_claimed == 0

    def test_where_the_answer_does_not_vary_there_is_nothing_to_share_out(self) -> None:
        found = stood(trade())
        assert (found.variance_claimed, found.variance_assumed) == (None, None)
        assert found.unknown == 0


def test_shares_of_two_independent_conditions_are_those_of_their_product() -> None:
    """Y = A and B with P(A) = P(B) = 1/2: each alone explains a third of the variance of Y.

    Var(E[Y | A]) = 1/16, Var(Y) = 3/16 (Sobol's index of first order, worked by hand).
    """
    both = case(
        {"land": issue("x", "y")},
        {"east": {"land": stance(100, 50, 50)}},
        {
            "a": red_line("east", 0.5, land="x"),
            "b": red_line("east", 0.5, land="y"),
        },
    )
    found = ranked(both, draws=20_000)
    assert [u.share for u in found] == pytest.approx([1 / 3, 1 / 3], abs=0.03)
    assert np.mean([u.error for u in found]) < 0.02


def test_what_a_faction_without_a_veto_holds_cannot_move_the_answer_and_is_not_listed() -> None:
    raw = opposed(east="0..100", west=40).model_dump(exclude_unset=True)
    raw["parties"]["east"] = party(factions={"doves": {"name": "doves"}})
    raw["positions"]["doves"] = {"border": {**stance(100, "0..100", 50, 0), **SAID}}
    assert [u.path for u in ranked(Case.model_validate(raw))] == ["demands.east-walks.value"]


def test_the_doubt_about_a_promise_and_a_bonus_are_listed_if_a_decider_feels_them() -> None:
    bonus = linkage(when={"border": "y"}, bonus={"east": "-5..5", "aside": "0..10"})
    kept = {"by": "west", "to": ["east", "aside"], "delivers": {"border": "y"}, **SAID}
    raw = opposed(east=40, west=40).model_dump(exclude_unset=True)
    raw["parties"]["aside"] = party("bystander")
    raw["positions"]["aside"] = {"border": stance(100, "0..100", 50, 0)}
    raw |= {"linkages": {"tie": bonus}, "promises": {"p": kept | {"kept": "0.6..1"}}}
    found = {u.path for u in ranked(Case.model_validate(raw))}
    assert found == {"linkages.tie.bonus.east", "promises.p.kept"}


def test_numbers_of_those_who_are_only_assessed_are_not_counted() -> None:
    """They can't move the answer, so it doesn't rest on them."""
    from goodoffices import catalog
    from goodoffices.case.model import Case

    case = catalog.load("trieste-1954")
    party = next(key for key in case.parties if key in case.signatories)
    data = case.model_dump(mode="json", by_alias=True, exclude_unset=True)
    data["parties"][party].setdefault("factions", {})["bystanders"] = {"name": "Bystanders"}
    issue = next(iter(case.issues))
    data["positions"]["bystanders"] = {issue: {"weight": "10..20", "assumed": "team: a guess"}}
    more = Case.model_validate(data)
    counts = []
    for one in (case, more):
        found = survey(compile_space(one), 60, 0)
        counts.append(footing(found, unknowns(found)))
    assert counts[0].assumed == counts[1].assumed
    assert counts[0].unknown == counts[1].unknown
