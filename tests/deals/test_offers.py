import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goodoffices.case.model import Case
from goodoffices.deals import blocks, offers, zone
from goodoffices.deals.draws import at_face_value
from goodoffices.deals.offers import Offers, accepted, most_acceptable, tally
from goodoffices.deals.space import compile_space
from goodoffices.deals.zone import samples, survey
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

DRAWS, SEED = 4, 2


def offered(of: Case, draws: int = DRAWS, most: int = 3) -> Offers:
    space = compile_space(of)
    return most_acceptable(survey(space, draws, SEED), at_face_value(space), most=most)


def wide(issues: int = 6) -> Case:
    """Two parties, many issues, walk-aways that leave some packages open in most draws."""
    rng = np.random.default_rng(4)
    keys = "klmnopqrst"[:issues]
    return case(
        {key: issue("x", "y", "z") for key in keys},
        {
            p: {key: stance("5..25", *rng.integers(0, 100, 3).tolist()) for key in keys}
            for p in ("east", "west")
        },
        {"e": walk_away("east", "40..75"), "w": walk_away("west", "40..75")},
    )


class TestMostAcceptable:
    @given(cases(packages=30))
    def test_no_package_is_accepted_by_all_in_more_draws(self, random_case: Case) -> None:
        space = compile_space(random_case)
        found = survey(space, DRAWS, SEED)
        best = most_acceptable(found, at_face_value(space))
        draws = oracle.draws_of(next(samples(space, DRAWS, SEED)))
        counts = {
            tuple(package.values()): sum(
                package in oracle.acceptable(random_case, d) for d in draws
            )
            for package in oracle.packages(random_case)
        }
        highest = max(counts.values(), default=0)
        assert bool(best.packages) == (highest > 0)
        assert best.exhaustive
        hits = [counts[tuple(space.picks(package).values())] for package in best.packages]
        assert hits[:1] == [highest][: len(hits)]
        assert all(count > 0 for count in hits)
        # P(all accept x) is at most P(zone), for every x.
        assert highest <= found.open.sum()

    @settings(max_examples=25)
    @given(cases(packages=24), st.sampled_from([1, 3, 8]))
    def test_many_branches_find_packages_as_acceptable(self, random_case: Case, most: int) -> None:
        whole = offered(random_case)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(blocks, "MOST_CELLS", most)
            parted = offered(random_case)
        assert whole == parted

    def test_nothing_is_offered_where_no_draw_has_a_zone(self) -> None:
        assert offered(opposed(east=60, west=60)) == Offers(packages=(), exhaustive=True)

    def test_a_package_that_another_beats_for_everybody_is_not_offered(self) -> None:
        (package,) = offered(trade(east=20, west=20), draws=1, most=1).packages
        assert package == (0, 0)
        assert (1, 1) not in offered(trade(east=20, west=20), draws=1).packages

    def test_among_equally_acceptable_packages_the_even_one_comes_first(self) -> None:
        assert offered(opposed(east=0, west=0), draws=1).packages[0] == (1,)

    def test_different_packages_are_offered_where_several_come_near(self) -> None:
        found = offered(opposed(east=0, west=0), draws=1)
        assert found.packages == ((1,), (0,), (2,))

    def test_no_more_packages_are_offered_than_asked_for(self) -> None:
        assert len(offered(opposed(east=0, west=0), draws=1, most=2).packages) == 2

    def test_a_candidate_from_elsewhere_is_looked_at_too(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(offers, "MOST_PACKAGES", 0)
        space = compile_space(opposed(east=0, west=0))
        found, face = survey(space, 1, SEED), at_face_value(space)
        alone = most_acceptable(found, face)
        helped = most_acceptable(found, face, [(0,), (1,), (2,)])
        assert len(alone.packages) < 3
        assert set(helped.packages) == {(0,), (1,), (2,)}

    def test_a_candidate_that_nobody_would_accept_is_not_offered(self) -> None:
        space = compile_space(opposed(east=40, west=40))
        found, face = survey(space, 1, SEED), at_face_value(space)
        assert most_acceptable(found, face, [(0,), (2,)]).packages == ((1,),)

    def test_draws_that_stayed_undecided_count_for_the_packages_accepted_in_them(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(zone, "NODES", 0)
        monkeypatch.setattr(zone, "RESCUES", 0)
        # z lies below the line between x and y: without a search nobody finds that all accept it.
        bent = case(
            {"border": issue("x", "y", "z")},
            {
                "east": {"border": stance(100, 100, 0, 45)},
                "west": {"border": stance(100, 0, 100, 45)},
            },
            {
                "e": walk_away("east", 42),
                "w": walk_away("west", 42, firmness=0.9),
                "no-z": red_line("east", 0.5, border="z"),
            },
        )
        assert survey(compile_space(bent), 200, SEED).undecided > 50
        assert offered(bent, draws=200).packages[0] == (2,)


class TestManyPackages:
    @pytest.fixture(autouse=True)
    def _too_many_to_count(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(offers, "MOST_COUNTED", 10)

    def test_the_answer_says_that_not_all_were_counted(self) -> None:
        assert not offered(wide(), draws=200).exhaustive

    def test_what_is_offered_was_counted_in_every_draw_and_comes_near_the_best(self) -> None:
        space = compile_space(wide())
        found = survey(space, 200, SEED)
        package = most_acceptable(found, at_face_value(space)).packages[0]
        (counted,) = tally(space, [package], 200, SEED)
        every = itertools.product(range(3), repeat=6)
        best = max(t.all_accept for t in tally(space, every, 200, SEED))
        assert 0 < counted.all_accept <= best <= found.open.sum()
        assert counted.all_accept >= 0.9 * best

    @pytest.mark.parametrize("chunk", [7, 64])
    def test_what_is_offered_does_not_depend_on_the_size_of_chunks(
        self, chunk: int, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        whole = offered(wide(), draws=100)
        monkeypatch.setattr(zone, "CHUNK", chunk)
        assert offered(wide(), draws=100) == whole

    def test_linkages_are_kept_on_the_way_to_better_packages(self) -> None:
        tie = linkage(when={"k": ["x", "y"]}, requires={"l": "x"})
        raw = wide().model_dump(exclude_unset=True) | {"linkages": {"tie": tie}}
        space = compile_space(Case.model_validate(raw))
        found = most_acceptable(survey(space, 100, SEED), at_face_value(space))
        assert found.packages
        assert all(space.possible(package) for package in found.packages)


class TestTally:
    @given(cases(packages=20))
    def test_counts_agree_with_asking_every_actor_in_every_draw(self, random_case: Case) -> None:
        space = compile_space(random_case)
        draws = oracle.draws_of(next(samples(space, DRAWS, SEED)))
        packages = oracle.packages(random_case)[:6]
        for counted, package in zip(
            tally(space, map(space.package, packages), DRAWS, SEED), packages, strict=True
        ):
            says = [
                {a.id: oracle.accepts(random_case, a.id, package, d) for a in space.actors}
                for d in draws
            ]
            assert counted.accepts.tolist() == [sum(s[a.id] for s in says) for a in space.actors]
            signing = space.actors[: space.signatories]
            assert counted.ratifies.tolist() == [
                sum(
                    all(s[a.id] for a in space.actors[: space.deciders] if a.party == home.id)
                    for s in says
                )
                for home in signing
            ]
            assert counted.all_accept == sum(
                all(s[key] for key in oracle.deciders(random_case)) for s in says
            )
            assert counted.against.tolist() == [
                sum(d.binds[k] and oracle.breaks(random_case, k, package, d) for d in draws)
                for k in space.demands
            ]

    def test_a_package_named_twice_is_counted_once(self) -> None:
        space = compile_space(opposed())
        assert [t.package for t in tally(space, [(1,), (0,), (1,)], 5, SEED)] == [(1,), (0,)]

    def test_without_packages_nothing_is_counted(self) -> None:
        assert tally(compile_space(opposed()), [], 5, SEED) == []

    def test_a_faction_with_a_veto_counts_in_ratification_and_one_without_does_not(self) -> None:
        raw = opposed(east=40, west=40).model_dump(exclude_unset=True)
        no = red_line("hawks", border="y")
        for veto, ratified in [(True, 0), (False, 5)]:
            home = party(factions={"hawks": {"name": "hawks", "veto": veto}})
            raw["parties"]["east"], raw["demands"]["no"] = home, no
            space = compile_space(Case.model_validate(raw))
            (counted,) = tally(space, [(1,)], 5, SEED)
            assert counted.accepts[0] == 5
            assert counted.ratifies.tolist() == [ratified, 5]
            assert counted.all_accept == ratified


class TestAccepted:
    def test_every_decider_must_accept(self) -> None:
        space = compile_space(opposed(east="0..100", west=40))
        drawn = next(samples(space, 50, SEED))
        assert accepted(drawn, (1,)).tolist() == (drawn.floors[:, 0] <= 50).tolist()
        assert not accepted(drawn, (0,)).any()

    def test_a_package_whose_value_equals_the_walk_away_is_accepted(self) -> None:
        assert accepted(at_face_value(compile_space(opposed(east=50, west=50))), (1,)).all()
