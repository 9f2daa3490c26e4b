import dataclasses
import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goodoffices.case.model import Case
from goodoffices.deals import blocks, zone
from goodoffices.deals._zone import count_acceptances, decide
from goodoffices.deals.answers import NO, UNDECIDED, YES
from goodoffices.deals.draws import at_face_value
from goodoffices.deals.frontier import Frontier, frontier
from goodoffices.deals.space import compile_space
from goodoffices.deals.zone import STEPS, Survey, decided, samples, survey
from tests.deals import oracle
from tests.deals.cases import (
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

DRAWS, SEED = 3, 5


def gap(east: object = 40, west: object = 40) -> Case:
    """All or nothing: at most 50 points on average, but no package gives both 40.

    Weighing the parties can't prove that, so it takes the search.
    """
    return case(
        {"border": issue("x", "y")},
        {"east": {"border": stance(100, 100, 0)}, "west": {"border": stance(100, 0, 100)}},
        {"east-walks": walk_away("east", east), "west-walks": walk_away("west", west)},
    )


def answers(of: Case, draws: int = 1) -> list[int]:
    return survey(compile_space(of), draws, SEED).answer.tolist()


def agree(found: Survey, random_case: Case) -> None:
    """Hold a survey against the oracle: every answer that was given is right."""
    space = found.space
    drawn = next(samples(space, found.draws, found.seed))
    for d, draw in enumerate(oracle.draws_of(drawn)):
        is_open = oracle.zone(random_case, draw)
        right(found.answer[d], is_open)
        if found.answer[d] == YES:
            package = space.picks([int(option) for option in found.witness[d]])
            assert package in oracle.acceptable(random_case, draw)
        for k in space.blocking:
            right(found.lifted[d, k], oracle.zone(random_case, draw, [space.demands[k]]))
        for a, walk in enumerate(space.walk_aways[: space.deciders]):
            for s, step in enumerate(STEPS if walk is not None else ()):
                lowered = {space.demands[walk[0] if walk else 0]: step}
                right(found.lowered[d, a, s], oracle.zone(random_case, draw, **lowered))


def right(answer: int, truth: bool) -> None:
    assert answer in ((YES, UNDECIDED) if truth else (NO, UNDECIDED))


class TestAnswers:
    def test_a_trade_meets_both_walk_aways_where_no_compromise_would(self) -> None:
        assert answers(trade(east=60, west=60)) == [YES]
        assert answers(trade(east=80, west=60)) == [NO]

    def test_values_that_just_reach_the_walk_away_are_enough(self) -> None:
        assert answers(trade(east=75, west=75)) == [YES]
        assert answers(trade(east=75.001, west=75)) == [NO]

    def test_no_average_helps_where_only_all_or_nothing_is_on_offer(self) -> None:
        assert answers(gap()) == [NO]
        assert answers(gap(west=0)) == [YES]

    def test_a_red_line_closes_the_only_package(self) -> None:
        raw = trade(east=60, west=60).model_dump(exclude_unset=True)
        for line, answer in [("x", NO), ("y", YES)]:
            raw["demands"]["line"] = red_line("east", aid=line)
            assert answers(Case.model_validate(raw)) == [answer]

    def test_a_red_line_over_two_issues_leaves_each_of_them_open(self) -> None:
        lines = {"a": red_line("east", land="x", aid="y"), "b": red_line("west", land="y", aid="x")}
        raw = trade().model_dump(exclude_unset=True)
        assert answers(Case.model_validate(raw | {"demands": lines})) == [YES]
        lines["c"] = precondition("west", land="x", aid="y")
        assert answers(Case.model_validate(raw | {"demands": lines})) == [NO]

    def test_a_linkage_closes_the_only_package(self) -> None:
        tie = linkage(when={"land": "x"}, requires={"aid": "y"})
        assert answers(trade(east=60, west=60, linkages={"tie": tie})) == [NO]

    def test_a_case_that_linkages_leave_no_package_has_no_zone(self) -> None:
        ties = {o: linkage(when={"land": ["x", "y"]}, requires={"aid": o}) for o in "xy"}
        assert answers(trade(linkages=ties)) == [NO]

    def test_without_demands_every_package_will_do(self) -> None:
        raw = trade().model_dump(exclude_unset=True)
        assert answers(Case.model_validate(raw | {"demands": {}})) == [YES]

    def test_a_faction_with_a_veto_closes_the_zone_and_one_without_does_not(self) -> None:
        for veto, answer in [(True, NO), (False, YES)]:
            raw = opposed(east=40, west=40).model_dump(exclude_unset=True)
            raw["parties"]["east"] = party(factions={"hawks": {"name": "hawks", "veto": veto}})
            raw["demands"]["never"] = red_line("hawks", border=["y", "z"])
            assert answers(Case.model_validate(raw)) == [answer]

    def test_a_spoiler_that_need_not_accept_closes_nothing(self) -> None:
        raw = opposed(east=40, west=40).model_dump(exclude_unset=True)
        raw["parties"]["third"] = party("spoiler")
        raw["demands"]["never"] = red_line("third", border=["x", "y", "z"])
        assert answers(Case.model_validate(raw)) == [YES]

    def test_an_uncertain_walk_away_opens_some_draws_and_closes_others(self) -> None:
        found = survey(compile_space(opposed(east="0..100", west=40)), 2_000, SEED)
        # East signs where it draws at most 50; four standard errors of a share of a half.
        assert found.open.mean() == pytest.approx(0.5, abs=4 * 0.5 / 2_000**0.5)

    def test_a_demand_that_may_not_bind_closes_as_often_as_it_binds(self) -> None:
        raw = opposed(east=40, west=40).model_dump(exclude_unset=True)
        raw["demands"]["line"] = red_line("east", 0.25, border="y")
        found = survey(compile_space(Case.model_validate(raw)), 2_000, SEED)
        assert found.open.mean() == pytest.approx(0.75, abs=4 * 0.44 / 2_000**0.5)


class TestAgainstTheOracle:
    @given(cases(packages=30))
    def test_every_draw_is_answered_as_by_trying_every_package(self, random_case: Case) -> None:
        found = survey(compile_space(random_case), DRAWS, SEED)
        assert found.undecided == 0
        assert not (found.lifted == UNDECIDED).any()
        agree(found, random_case)

    @given(cases(packages=24), st.sampled_from([1, 3, 8]))
    def test_many_branches_give_the_answers_of_one(self, random_case: Case, most: int) -> None:
        whole = survey(compile_space(random_case), DRAWS, SEED)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(blocks, "MOST_CELLS", most)
            parted = survey(compile_space(random_case), DRAWS, SEED)
        assert np.array_equal(whole.answer, parted.answer)
        assert np.array_equal(whole.lifted, parted.lifted)
        assert np.array_equal(whole.lowered, parted.lowered)
        agree(parted, random_case)

    @settings(max_examples=25)
    @given(cases(packages=24))
    def test_the_frontier_answers_what_the_search_gives_up(self, random_case: Case) -> None:
        space = compile_space(random_case)
        whole = survey(space, DRAWS, SEED)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(zone, "NODES", 0)
            patch.setattr(zone, "RESCUES", 10_000)
            patch.setattr(zone, "POINTS", (10_000,) * 12)
            rescued = survey(space, DRAWS, SEED)
        assert np.array_equal(whole.answer, rescued.answer)
        assert np.array_equal(whole.lifted, rescued.lifted)
        agree(rescued, random_case)

    @settings(max_examples=25)
    @given(cases(packages=24))
    def test_without_search_and_frontier_no_answer_is_wrong(self, random_case: Case) -> None:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(zone, "NODES", 0)
            patch.setattr(zone, "RESCUES", 0)
            agree(survey(compile_space(random_case), DRAWS, SEED), random_case)


class TestBudget:
    @pytest.fixture(autouse=True)
    def _no_search(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(zone, "NODES", 0)

    def test_the_frontier_decides_a_gap_that_the_search_may_not_look_at(self) -> None:
        assert answers(gap()) == [NO]

    def test_what_neither_decides_is_reported_as_undecided(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(zone, "RESCUES", 0)
        found = survey(compile_space(gap(east="30..40")), 10, SEED)
        assert found.undecided == 10
        assert not found.open.any()
        assert (found.witness == -1).all()

    def test_what_lifting_would_open_stays_undecided_with_the_draw(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(zone, "RESCUES", 0)
        found = survey(compile_space(gap()), 1, SEED)
        assert (found.lifted == UNDECIDED).all()
        assert (found.lowered == UNDECIDED).all()

    def test_rescues_are_shared_out_among_the_draws(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(zone, "RESCUES", 4)
        monkeypatch.setattr(zone, "CHUNK", 5)
        found = survey(compile_space(gap(east="30..40")), 10, SEED, ladder=False)
        assert found.answer.tolist() == [NO, NO, *[UNDECIDED] * 3] * 2

    def test_more_parties_than_a_frontier_can_tell_apart_stay_undecided(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(zone, "POINTS", (1_000,))
        assert answers(gap()) == [UNDECIDED]

    def test_a_frontier_cut_short_that_holds_no_package_decides_nothing(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def short(*tables: object, **more: object) -> Frontier:
            return dataclasses.replace(frontier(*tables, **more), limit="points", gap=1.0)

        monkeypatch.setattr(zone, "frontier", short)
        assert answers(gap()) == [UNDECIDED]
        assert answers(opposed(east=50, west=50)) == [YES]

    @pytest.mark.parametrize("spoilt", [["x"], ["y", "z", "w"]])
    def test_a_branch_that_is_closed_does_not_close_one_that_is_undecided(
        self, spoilt: list[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(zone, "RESCUES", 0)
        monkeypatch.setattr(blocks, "MOST_CELLS", 1)
        # Below the line between the extremes, so that no weights of the parties find it.
        bent = case(
            {"border": issue("x", "y", "z"), "mood": issue(*"xyzw")},
            {
                "east": {
                    "border": stance(100, 100, 0, 45),
                    "mood": stance(0, *[0] * 4, options="xyzw"),
                },
                "west": {
                    "border": stance(100, 0, 100, 45),
                    "mood": stance(0, *[0] * 4, options="xyzw"),
                },
            },
            {"e": walk_away("east", 42), "w": walk_away("west", 42)},
            linkages={
                o: linkage(when={"mood": spoilt, "border": o}, bonus={"east": -90, "west": -90})
                for o in "xyz"
            },
        )
        assert len(compile_space(bent).branches) == 2
        assert answers(bent) == [UNDECIDED]


class TestSurvey:
    def test_a_witness_is_accepted_by_all_in_its_draw(self) -> None:
        found = survey(compile_space(trade(east="40..80", west="40..80")), 50, SEED)
        assert 0 < found.open.sum() < 50
        assert (found.witness[found.open] == [0, 0]).all()
        assert (found.witness[~found.open] == -1).all()

    @pytest.mark.parametrize("chunk", [1, 7, 64])
    def test_the_result_does_not_depend_on_the_size_of_chunks(
        self, chunk: int, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        space = compile_space(trade(east="40..90", west="40..90"))
        whole = survey(space, 50, SEED)
        monkeypatch.setattr(zone, "CHUNK", chunk)
        parts = survey(space, 50, SEED)
        for name in ("answer", "witness", "lifted", "lowered"):
            assert np.array_equal(getattr(whole, name), getattr(parts, name))

    def test_a_space_with_many_cells_is_read_in_shorter_chunks(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(zone, "FLOATS", 100)
        space = compile_space(trade(east="40..90"))
        assert [len(drawn) for drawn in samples(space, 10, SEED)] == [3, 3, 3, 1]

    def test_progress_is_told_up_to_the_last_draw(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(zone, "CHUNK", 10)
        told: list[tuple[int, int]] = []
        space = compile_space(trade(east="40..90"))
        survey(space, 95, SEED, progress=lambda *at: told.append(at))
        assert told == [(min(10 * n, 95), 95) for n in range(1, 11)]

    def test_an_interruption_ends_the_survey(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(zone, "CHUNK", 10)

        def stop(done: int, draws: int) -> None:
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            survey(compile_space(trade(east="40..90")), 1_000, SEED, progress=stop)

    def test_without_a_ladder_lifting_is_left_as_it_stands(self) -> None:
        space = compile_space(opposed(east=60, west=60))
        assert (survey(space, 1, SEED, ladder=False).lifted == NO).all()
        assert (survey(space, 1, SEED).lifted == YES).all()

    def test_lowering_opens_where_the_step_is_large_enough(self) -> None:
        found = survey(compile_space(opposed(east=60, west=50)), 1, SEED)
        assert STEPS == (5, 10, 20)
        assert found.lowered[0].tolist() == [[NO, YES, YES], [NO, NO, NO]]
        assert found.lifted[0].tolist() == [YES, YES]

    def test_what_stands_open_stays_open_with_a_demand_less(self) -> None:
        found = survey(compile_space(opposed(east=40, west=40)), 1, SEED)
        assert (found.lifted == YES).all()
        assert (found.lowered == YES).all()

    def test_lifting_the_demand_of_one_who_only_is_assessed_is_not_asked(self) -> None:
        raw = opposed(east=60, west=60).model_dump(exclude_unset=True)
        raw["parties"]["third"] = party("spoiler")
        raw["demands"]["aside"] = red_line("third", border="y")
        space = compile_space(Case.model_validate(raw))
        found = survey(space, 1, SEED)
        assert found.lifted[0, space.demands.index("aside")] == NO


class TestDecided:
    def test_it_names_a_package_that_all_accept(self) -> None:
        assert decided(at_face_value(compile_space(trade()))) == (YES, (0, 0))

    def test_it_says_no_without_one(self) -> None:
        assert decided(at_face_value(compile_space(gap()))) == (NO, None)

    def test_lifted_demands_do_not_count(self) -> None:
        face = at_face_value(compile_space(gap()))
        east = face.space.demands.index("east-walks")
        assert decided(face, [east]) == (YES, (1,))
        assert decided(face) == (NO, None)

    @given(cases(packages=24), st.data())
    def test_it_agrees_with_the_oracle_for_any_demands_lifted(
        self, random_case: Case, data: st.DataObject
    ) -> None:
        face = at_face_value(compile_space(random_case))
        (draw,) = oracle.draws_of(face)
        blocking = face.space.blocking
        lifted = data.draw(st.sets(st.sampled_from(blocking))) if blocking else set()
        keys = [face.space.demands[k] for k in lifted]
        answer, package = decided(face, lifted)
        assert (answer == YES) == oracle.zone(random_case, draw, keys)
        if package is not None:
            assert face.space.picks(package) in oracle.acceptable(random_case, draw, keys)


# --- The kernels, held against plain loops --------------------------------------------------------

# Values, starts of blocks, refused, binds, floors.
Table = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray, np.ndarray]


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """Return two draws of a few blocks, for two or three parties."""
    sizes = draw(st.lists(st.integers(1, 4), min_size=1, max_size=4))
    parties, demands, cells = draw(st.integers(1, 3)), draw(st.integers(0, 2)), sum(sizes)
    rng = np.random.default_rng(draw(st.integers(0, 10_000)))
    floors = rng.choice([-np.inf, *np.arange(0, 4.0 * len(sizes))], (2, parties))
    return (
        rng.integers(0, 8, (2, cells, parties)).astype(float),
        np.cumsum([0, *sizes]).astype(np.int64),
        rng.random((cells, demands)) < 0.2,
        rng.random((2, demands)) < 0.5,
        floors,
    )


def accepted(table: Table, d: int) -> list[tuple[int, ...]]:
    """Return the packages (cell of each block) that meet every floor and refusal in a draw."""
    values, starts, refused, binds, floors = table
    found = []
    for package in itertools.product(*(range(n) for n in np.diff(starts))):
        flat = [int(start) + cell for start, cell in zip(starts, package, strict=False)]
        met = not refused[flat][:, binds[d]].any()
        if met and (values[d, flat].sum(axis=0) >= floors[d]).all():
            found.append(package)
    return found


@settings(max_examples=150)
@given(tables(), st.sampled_from([0, 2, 1_000]))
def test_the_search_finds_a_package_exactly_where_there_is_one(table: Table, limit: int) -> None:
    values, starts, refused, binds, floors = table
    answer, chosen = np.zeros(2, np.int64), np.zeros((2, len(starts) - 1), np.int64)
    decide(values, refused, binds, floors, starts, np.arange(2), limit, answer, chosen)
    for d in range(2):
        there = accepted(table, d)
        right(int(answer[d]), bool(there))
        assert answer[d] != UNDECIDED or limit < 1_000
        if answer[d] == YES:
            assert tuple(chosen[d].tolist()) in there


@settings(max_examples=100)
@given(tables())
def test_acceptances_are_counted_package_by_package(table: Table) -> None:
    values, starts, refused, binds, floors = table
    sizes = np.diff(starts)
    counts = np.zeros(int(np.prod(sizes)), np.int64)
    count_acceptances(values, refused, binds, floors, starts, np.arange(2), counts)
    wanted = [accepted(table, d) for d in range(2)]
    for number, package in enumerate(itertools.product(*map(range, sizes))):
        assert counts[number] == sum(package in one for one in wanted)
