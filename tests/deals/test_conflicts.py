import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from goodoffices.case.model import Case
from goodoffices.deals import blocks, zone
from goodoffices.deals import conflicts as module
from goodoffices.deals.conflicts import conflicts
from goodoffices.deals.draws import at_face_value
from goodoffices.deals.results import ConflictReport
from goodoffices.deals.space import compile_space
from tests.deals import oracle
from tests.deals.cases import cases, linkage, opposed, party, precondition, red_line, trade


def found_in(of: Case) -> ConflictReport:
    return conflicts(at_face_value(compile_space(of)))


def with_demands(of: Case, **demands: object) -> Case:
    raw = of.model_dump(exclude_unset=True)
    return Case.model_validate(raw | {"demands": raw["demands"] | demands})


@given(cases(packages=24))
def test_conflicts_and_openings_agree_with_asking_for_all_subsets(random_case: Case) -> None:
    face = at_face_value(compile_space(random_case))
    assume(len(face.space.blocking) <= 6)
    (draw,) = oracle.draws_of(face)
    found = conflicts(face)
    assert found.method.how == "exact"
    assert {frozenset(c.demands) for c in found.conflicts} == oracle.conflicts(random_case, draw)
    liftings = oracle.openings(random_case, draw) - {frozenset()}
    assert {frozenset(o.lifted) for o in found.openings} == liftings
    for opening in found.openings:
        assert opening.package in oracle.acceptable(random_case, draw, opening.lifted)


@settings(max_examples=25)
@given(cases(packages=24), st.sampled_from([1, 3, 8]))
def test_many_branches_give_the_same_conflicts(random_case: Case, most: int) -> None:
    whole = found_in(random_case)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(blocks, "MOST_CELLS", most)
        parted = found_in(random_case)
    assert whole.conflicts == parted.conflicts
    assert [o.lifted for o in whole.openings] == [o.lifted for o in parted.openings]


@given(cases(packages=24))
def test_every_opening_takes_a_demand_from_every_conflict(random_case: Case) -> None:
    found = found_in(random_case)
    for conflict in found.conflicts:
        for opening in found.openings:
            assert set(conflict.demands) & set(opening.lifted)


def test_two_walk_aways_that_cannot_both_be_met_are_a_conflict() -> None:
    found = found_in(opposed(east=60, west=60))
    (conflict,) = found.conflicts
    assert conflict.demands == ("east-walks", "west-walks")
    assert conflict.actors == ("east", "west")
    assert [opening.lifted for opening in found.openings] == [("east-walks",), ("west-walks",)]
    assert [opening.package for opening in found.openings] == [{"border": "z"}, {"border": "x"}]


def test_without_a_conflict_there_is_nothing_to_list() -> None:
    found = found_in(trade())
    assert (found.conflicts, found.openings) == ((), ())
    assert found.method.how == "exact"


def test_a_demand_that_nobody_minds_is_in_no_conflict() -> None:
    found = found_in(with_demands(opposed(60, 60), idle=red_line("east", border="y")))
    assert [conflict.demands for conflict in found.conflicts] == [("east-walks", "west-walks")]


def test_demands_at_odds_with_each_other_need_no_walk_away() -> None:
    found = found_in(
        with_demands(trade(0, 0), no=red_line("east", land="x"), yes=precondition("west", land="x"))
    )
    assert [conflict.demands for conflict in found.conflicts] == [("no", "yes")]
    assert [opening.lifted for opening in found.openings] == [("no",), ("yes",)]


def test_a_soft_demand_counts_in_full_at_face_value() -> None:
    found = found_in(
        with_demands(
            trade(0, 0), no=red_line("east", 0.01, land="x"), yes=red_line("west", 0, land="y")
        )
    )
    assert [conflict.demands for conflict in found.conflicts] == [("no", "yes")]


def test_several_conflicts_are_all_listed_the_smallest_first() -> None:
    found = found_in(with_demands(opposed(60, 60), all_=red_line("east", border=["x", "y", "z"])))
    assert [conflict.demands for conflict in found.conflicts] == [
        ("all_",),
        ("east-walks", "west-walks"),
    ]
    assert [opening.lifted for opening in found.openings] == [
        ("east-walks", "all_"),
        ("west-walks", "all_"),
    ]
    assert found.openings[0].actors == ("east",)


def test_where_linkages_leave_no_package_the_conflict_is_empty_and_nothing_opens() -> None:
    ties = {o: linkage(when={"land": ["x", "y"]}, requires={"aid": o}) for o in "xy"}
    found = found_in(trade(linkages=ties))
    assert [conflict.demands for conflict in found.conflicts] == [()]
    assert found.openings == ()


def test_demands_of_those_who_need_not_accept_are_left_out() -> None:
    raw = opposed(60, 60).model_dump(exclude_unset=True)
    raw["parties"]["third"] = party("spoiler")
    raw["demands"]["aside"] = red_line("third", border=["x", "y", "z"])
    found = found_in(Case.model_validate(raw))
    assert [conflict.demands for conflict in found.conflicts] == [("east-walks", "west-walks")]


def test_a_faction_with_a_veto_is_named_as_the_one_who_blocks() -> None:
    raw = opposed(40, 40).model_dump(exclude_unset=True)
    raw["parties"]["east"] = party(factions={"hawks": {"name": "hawks", "veto": True}})
    raw["demands"]["never"] = red_line("hawks", border=["y", "z"])
    found = found_in(Case.model_validate(raw))
    assert [conflict.actors for conflict in found.conflicts] == [("west", "hawks")]


def test_only_the_first_openings_get_an_example(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_OPENINGS", 1)
    found = found_in(opposed(60, 60))
    assert [opening.package is None for opening in found.openings] == [False, True]


def test_past_the_budget_the_answer_is_bounded_and_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "MOST_CHECKS", 1)
    found = found_in(opposed(60, 60))
    assert found.method.how == "bounded"
    assert "budget spent" in found.method.note


def test_a_set_that_stays_undecided_is_never_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zone, "NODES", 0)
    monkeypatch.setattr(zone, "RESCUES", 0)
    raw = opposed(40, 40).model_dump(exclude_unset=True)
    raw["demands"]["no-middle"] = red_line("east", border="y")
    gap = Case.model_validate(raw)
    face = at_face_value(compile_space(gap))
    (draw,) = oracle.draws_of(face)
    found = conflicts(face)
    assert found.method.how == "bounded"
    assert {frozenset(c.demands) for c in found.conflicts} <= oracle.conflicts(gap, draw)
    assert {frozenset(o.lifted) for o in found.openings} <= oracle.openings(gap, draw)
