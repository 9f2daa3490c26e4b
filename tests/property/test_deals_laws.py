"""Laws of the deals lens on random cases: what must not change an answer, and which way it may."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from goodoffices.case.model import Case
from goodoffices.case.quantity import Points, Probability, Value
from goodoffices.deals import deals, zone
from goodoffices.deals.answers import NO, YES
from goodoffices.deals.conflicts import conflicts
from goodoffices.deals.draws import Streams, at_face_value, sample
from goodoffices.deals.offers import tally
from goodoffices.deals.solving import acceptable, bargain, frontier_report
from goodoffices.deals.space import compile_space
from goodoffices.deals.zone import Survey, samples, survey
from tests.deals import oracle
from tests.deals.cases import SAID, cases, linkage, party, precondition, red_line, walk_away

DRAWS, SEED = 5, 8
Raw = dict[str, Any]


def raw_of(case: Case) -> Raw:
    return case.model_dump(exclude_unset=True, by_alias=True)


def surveyed(raw: Raw | Case, draws: int = DRAWS, *, ladder: bool = False) -> Survey:
    case = raw if isinstance(raw, Case) else Case.model_validate(raw)
    return survey(compile_space(case), draws, SEED, ladder=ladder)


def turned(part: dict[str, Any]) -> dict[str, Any]:
    """Return the same entries in the opposite order."""
    return dict(reversed(part.items()))


def chosen(case: Case) -> dict[str, set[tuple[tuple[str, str], ...]]]:
    """Return solution to the packages that it selects, issues in alphabetic order."""
    found = bargain(at_face_value(compile_space(case)))
    return {one.name: {tuple(sorted(p.items())) for p in one.packages} for one in found}


# --- What must not change an answer ---------------------------------------------------------------


@given(cases(packages=24, certain=True), st.sampled_from([(0.5, 25), (0.5, 0), (0.25, 75)]))
def test_a_partys_scale_does_not_move_the_zone_nor_nash_nor_kalai_smorodinsky(
    case: Case, change: tuple[float, float]
) -> None:
    """Values and walk-aways of one party and its factions are stretched and shifted together."""
    stretch, shift = change
    raw = raw_of(case) | {"promises": {}}
    raw["linkages"] = {k: tie for k, tie in raw["linkages"].items() if "bonus" not in tie}
    home = case.signatories[0]
    plain, moved = Case.model_validate(raw), raw_of(Case.model_validate(raw))
    actors = {home, *case.parties[home].factions}
    for actor in actors & moved["positions"].keys():
        for position in moved["positions"][actor].values():
            values = {o: v * stretch + shift for o, v in position["values"].items()}
            position["values"] = values
    for demand in moved["demands"].values():
        if demand["by"] in actors and demand["kind"] == "walk-away":
            demand["value"] = demand["value"] * stretch + shift
    other = Case.model_validate(moved)
    assert surveyed(plain).answer.tolist() == surveyed(other).answer.tolist()
    one, two = chosen(plain), chosen(other)
    for name in ("Nash", "Kalai-Smorodinsky"):
        assert one.get(name) == two.get(name)
    faces = [at_face_value(compile_space(c)) for c in (plain, other)]
    assert acceptable(faces[0]) == acceptable(faces[1])


@given(cases(packages=24))
def test_the_order_of_parties_issues_demands_and_options_does_not_matter(case: Case) -> None:
    raw = raw_of(case)
    other: Raw = raw | {
        key: turned(raw.get(key, {}))
        for key in ("parties", "issues", "positions", "demands", "linkages", "promises")
    }
    # Options of a numeric issue stand in the order of their numbers.
    other["issues"] = {
        key: one | ({"options": one["options"][::-1]} if "options" in one else {})
        for key, one in _with_listed_options(other["issues"]).items()
    }
    first, second = surveyed(case, ladder=True), surveyed(other, ladder=True)
    assert first.answer.tolist() == second.answer.tolist()
    keys = first.space.demands
    columns = [second.space.demands.index(key) for key in keys]
    blocking = list(first.space.blocking)
    assert np.array_equal(first.lifted[:, blocking], second.lifted[:, columns][:, blocking])
    one, two = (frontier_report(at_face_value(s.space)) for s in (first, second))
    swap = [two.axes.index(axis) for axis in one.axes]
    assert {tuple(round(v, 7) for v in p.values) for p in one.points} == {
        tuple(round(p.values[s], 7) for s in swap) for p in two.points
    }


def _with_listed_options(issues: Raw) -> Raw:
    return {
        key: one | ({"options": list(one["options"])} if one.get("options") else {})
        for key, one in issues.items()
    }


@given(cases(packages=24), st.sampled_from([1, 2, 3]))
def test_the_size_of_chunks_does_not_matter(case: Case, chunk: int) -> None:
    whole = surveyed(case, ladder=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(zone, "CHUNK", chunk)
        parts = surveyed(case, ladder=True)
    for name in ("answer", "witness", "lifted", "lowered"):
        assert np.array_equal(getattr(whole, name), getattr(parts, name))


@settings(max_examples=20)
@given(cases(packages=12))
def test_the_same_seed_gives_the_same_result(case: Case) -> None:
    assert deals(case, draws=6, seed=SEED) == deals(case, draws=6, seed=SEED)


@given(cases(packages=24))
def test_an_input_more_leaves_the_draws_of_all_others_as_they_were(case: Case) -> None:
    raw = raw_of(case)
    raw["parties"] = {"onlooker": party("mediator"), **raw["parties"]}
    raw["positions"] = {
        "onlooker": {key: {"weight": None, "values": {}, **SAID} for key in raw["issues"]},
        **raw["positions"],
    }
    raw["demands"]["aside"] = walk_away("onlooker", "0..100", firmness=0.5)
    old, new = compile_space(case), compile_space(Case.model_validate(raw))
    few, many = (sample(space, Streams(space, SEED), 4) for space in (old, new))
    place = {given.path: c for c, given in enumerate(new.inputs)}
    assert len(place) > len(old.inputs)
    columns = [place[given.path] for given in old.inputs]
    assert np.array_equal(few.columns, many.columns[:, columns])
    shared = [new.demands.index(key) for key in old.demands]
    assert np.array_equal(few.binds, many.binds[:, shared])
    assert surveyed(case).answer.tolist() == surveyed(raw).answer.tolist()


@given(cases(packages=24), st.data())
def test_a_linkage_without_effect_changes_nothing(case: Case, data: st.DataObject) -> None:
    """A bonus of 0 ties issues together, so the space is split another way."""
    raw, actor = raw_of(case), case.signatories[0]
    keys = data.draw(st.lists(st.sampled_from([*case.issues]), min_size=1, unique=True))
    when = {key: data.draw(st.sampled_from(case.issues[key].option_ids)) for key in keys}
    raw["linkages"]["idle"] = linkage(when=when, bonus={actor: 0})
    one, other = surveyed(case, ladder=True), surveyed(raw, ladder=True)
    assert one.answer.tolist() == other.answer.tolist()
    assert one.lifted.tolist() == other.lifted.tolist()
    assert one.lowered.tolist() == other.lowered.tolist()
    assert conflicts(at_face_value(one.space)).conflicts == (
        conflicts(at_face_value(other.space)).conflicts
    )


@given(cases(packages=24), st.data())
def test_agreeing_on_an_option_is_as_good_as_surely_insisting_on_it(
    case: Case, data: st.DataObject
) -> None:
    opened = [key for key, issue in case.issues.items() if issue.agreed is None]
    assume(opened)
    key = data.draw(st.sampled_from(opened))
    option = data.draw(st.sampled_from(case.issues[key].option_ids))
    settled, demanded = raw_of(case), raw_of(case)
    settled["issues"][key]["agreed"] = option
    demanded["demands"]["insist"] = precondition(case.signatories[0], 1, **{key: option})
    assert surveyed(settled).answer.tolist() == surveyed(demanded).answer.tolist()


@given(cases(packages=16, certain=True))
def test_a_second_party_that_thinks_alike_changes_nothing(case: Case) -> None:
    raw, first = raw_of(case), case.signatories[0]
    raw["parties"]["twin"] = party()
    raw["positions"]["twin"] = raw["positions"][first]
    for key, demand in [*raw["demands"].items()]:
        if demand["by"] == first:
            raw["demands"][f"{key}-twin"] = demand | {"by": "twin"}
    for promise in raw["promises"].values():
        promise["to"] = [*promise["to"], *(["twin"] if first in promise["to"] else [])]
    for tie in raw["linkages"].values():
        if first in tie.get("bonus", {}):
            tie["bonus"] = tie["bonus"] | {"twin": tie["bonus"][first]}
    assert surveyed(case).answer.tolist() == surveyed(raw).answer.tolist()


@given(cases(packages=16, certain=True), st.sampled_from([0.125, 0.5]))
def test_weights_are_relative_unless_they_add_up(case: Case, factor: float) -> None:
    raw = raw_of(case)
    for positions in raw["positions"].values():
        for position in positions.values():
            position["weight"] *= factor
    one, other = (at_face_value(compile_space(c)) for c in (case, Case.model_validate(raw)))
    for package in oracle.packages(case)[:8]:
        options = one.space.package(package)
        np.testing.assert_allclose(one.worth(options), other.worth(options), atol=1e-9)


@given(cases(packages=24))
def test_face_value_is_the_case_with_every_number_at_its_centre(case: Case) -> None:
    """Weights are left out: what an unknown one is worth depends on those that are known."""
    raw = raw_of(case)
    for positions in raw["positions"].values():
        for position in positions.values():
            position["values"] = {o: _centre(Value, v) for o, v in position["values"].items()}
    for demand in raw["demands"].values():
        if demand["kind"] == "walk-away":
            demand["value"] = _centre(Value, demand["value"])
        demand["firmness"] = 1
    for tie in raw["linkages"].values():
        if "bonus" in tie:
            tie["bonus"] = {a: _centre(Points, b) for a, b in tie["bonus"].items()}
    for holder in (*raw["trust"].values(), *raw["promises"].values()):
        if "kept" in holder:
            holder["kept"] = _centre(Probability, holder["kept"])
        if "guarantee" in holder:
            kept = holder["guarantee"]["kept"]
            holder["guarantee"]["kept"] = {o: _centre(Probability, p) for o, p in kept.items()}
    one, other = (at_face_value(compile_space(c)) for c in (case, Case.model_validate(raw)))
    np.testing.assert_allclose(one.values, other.values, atol=1e-9)
    np.testing.assert_allclose(one.effects, other.effects, atol=1e-9)
    np.testing.assert_allclose(one.floors, other.floors, atol=1e-9)
    assert other.binds.all()


def _centre(kind: type[Value] | type[Points] | type[Probability], written: object) -> float:
    return kind.parse(written).central


# --- Which way an answer may change ---------------------------------------------------------------


@given(cases(packages=24), st.data())
def test_a_demand_more_never_opens_a_zone(case: Case, data: st.DataObject) -> None:
    raw = raw_of(case)
    key = data.draw(st.sampled_from([*case.issues]))
    option = data.draw(st.sampled_from(case.issues[key].option_ids))
    by = data.draw(st.sampled_from(oracle.deciders(case)))
    raw["demands"]["more"] = red_line(by, 0.7, **{key: option})
    before, after = surveyed(case), surveyed(raw)
    assert not (after.open & ~before.open).any()


@given(cases(packages=24), st.data())
def test_lifting_a_demand_is_leaving_it_out_of_the_case(case: Case, data: st.DataObject) -> None:
    blocking = oracle.blocking(case)
    assume(blocking)
    key = data.draw(st.sampled_from(blocking))
    whole, raw = surveyed(case, ladder=True), raw_of(case)
    del raw["demands"][key]
    without = surveyed(raw)
    assert whole.lifted[:, whole.space.demands.index(key)].tolist() == without.answer.tolist()


@given(cases(packages=24))
def test_lifting_never_closes_a_zone_and_lowering_opens_at_most_as_much(case: Case) -> None:
    found = surveyed(case, ladder=True)
    assert set(np.unique(found.answer).tolist()) <= {NO, YES}
    for k in found.space.blocking:
        assert (found.lifted[:, k] >= found.answer).all()
    for a, walk in enumerate(found.space.walk_aways[: found.space.deciders]):
        if walk is not None:
            steps = found.lowered[:, a]
            assert (np.diff(steps, axis=1) >= 0).all()
            assert (steps[:, 0] >= found.answer).all()
            assert (steps[:, -1] <= found.lifted[:, walk[0]]).all()


@given(cases(packages=24))
def test_no_package_is_accepted_by_all_where_there_is_no_zone(case: Case) -> None:
    found = surveyed(case)
    packages = [found.space.package(package) for package in oracle.packages(case)]
    for counted in tally(found.space, packages, DRAWS, SEED):
        assert counted.all_accept <= found.open.sum()
        assert all(counted.all_accept <= hits for hits in counted.ratifies)
        own = counted.accepts[: found.space.signatories]
        assert (counted.ratifies <= own).all()


@given(cases(packages=24), st.sampled_from(["a", "b"]))
def test_a_veto_never_opens_a_zone(case: Case, home: str) -> None:
    raw, (key, issue) = raw_of(case), next(iter(case.issues.items()))
    raw["parties"][home].setdefault("factions", {})["new"] = {"name": "new", "veto": False}
    raw["demands"]["line"] = red_line("new", 0.8, **{key: issue.option_ids[0]})
    free = surveyed(raw)
    raw["parties"][home]["factions"]["new"]["veto"] = True
    bound = surveyed(raw)
    assert free.answer.tolist() == surveyed(case).answer.tolist()
    assert not (bound.open & ~free.open).any()


@given(cases(packages=24))
def test_a_guarantee_never_lowers_what_a_promise_is_worth(case: Case) -> None:
    promised = {key for key, promise in case.promises.items() if promise.guarantee is not None}
    assume(promised)
    raw = raw_of(case)
    for key in promised:
        del raw["promises"][key]["guarantee"]
    with_, without = compile_space(case), compile_space(Case.model_validate(raw))
    one, other = next(samples(with_, DRAWS, SEED)), next(samples(without, DRAWS, SEED))
    for package in oracle.packages(case)[:12]:
        options = with_.package(package)
        assert (one.worth(options) >= other.worth(options) - 1e-9).all()


@settings(max_examples=20)
@given(cases(packages=12), st.data())
def test_a_scenario_beside_the_case_is_the_scenario_by_itself(
    case: Case, data: st.DataObject
) -> None:
    assume(case.demands)
    key = data.draw(st.sampled_from([*case.demands]))
    raw = raw_of(case)
    raw["scenarios"] = {"without": {"name": "without", "remove": f"demands.{key}", **SAID}}
    both = Case.model_validate(raw)
    found = deals(both, draws=6, seed=SEED)
    alone = deals(both, scenario="without", draws=6, seed=SEED)
    (beside,) = found.scenarios
    assert beside.zone == alone.zone.probability
    assert beside.at_face_value == alone.zone.at_face_value
    assert beside.conflicts == len(alone.conflicts.conflicts)
    assert beside.change == pytest.approx(
        alone.zone.probability.value - found.zone.probability.value, abs=1e-12
    )
    assert beside.change >= 0
