from __future__ import annotations

import pytest

from goodoffices.outlook._observed import (
    FURTHEST,
    Observations,
    Records,
    agreement_ends,
    agreements_after_ceasefires,
    agreements_in_fighting,
    ceasefire_ends,
    deals_in_fighting,
    fighting,
    recurrence,
    worsening,
)
from tests.outlook.published import agreement, ceasefire, episode, on

ENDINGS = ("peace agreement", "ceasefire", "victory", "fades", "a side is gone")

LAST = episode(2020, 2020, "2020-12-31", None, "", dyad="last", conflict="last", internal=(False,))
"""Says that the data on fighting end with 2020, and is in no class of internal fighting."""
FIRST_CEASEFIRE = ceasefire("1989-06-01", dyads=frozenset())
LAST_CEASEFIRE = ceasefire("2020-06-01", dyads=frozenset())
LAST_AGREEMENT = agreement("2021-06-01", dyads=frozenset(), kind="process")


def seen(found: Observations) -> list[tuple[int, int]]:
    """How long each was followed, and what ended that."""
    return list(zip(found.days, found.happened, strict=True))


def days(start: str, end: str) -> int:
    return on(end) - on(start)


def internal(*more: object, **fields: object) -> Records:
    """Fighting from March 1999 to August 2000 that fades, and what else is given."""
    given = {"outcome": "fades"} | fields
    fights = episode(1999, 2000, "1999-03-01", "2000-08-01", str(given["outcome"]))
    return Records(
        episodes=(fights, LAST),
        agreements=(*(each for each in more if hasattr(each, "signed")), LAST_AGREEMENT),
        ceasefires=(
            FIRST_CEASEFIRE,
            *(each for each in more if hasattr(each, "fate")),
            LAST_CEASEFIRE,
        ),
    )


# Observations.


def test_nobody_is_followed_for_more_than_five_years() -> None:
    found = Observations()
    found.add(0 + 1, FURTHEST + 1, 2, "a")
    found.add(0 + 1, FURTHEST + 2, 2, "b")
    assert seen(found) == [(FURTHEST, 2), (FURTHEST, 0)]


def test_what_ends_before_it_begins_lasts_no_time() -> None:
    found = Observations()
    found.add(10, 7, 1, "a")
    assert seen(found) == [(0, 1)]


def test_observations_can_be_parted_by_year() -> None:
    found = Observations()
    for year in (1999, 2000, 2001):
        found.add(on(f"{year}-05-05"), on("2005-01-01"), 0, str(year))
    part = found.between(2000, 2001)
    assert part.conflicts == ["2000", "2001"]
    assert part.years == [2000, 2001]
    assert part.days == found.days[1:]


# How fighting ends.


def test_fighting_is_watched_from_its_25th_death_to_its_end() -> None:
    records = Records(
        episodes=(
            episode(1999, 2000, "1999-03-01", "2000-02-01", "ceasefire"),
            episode(1999, 1999, "1999-03-01", "1999-12-31", ""),
            episode(2019, 2020, "2019-03-01", None, ""),
        )
    )
    assert seen(fighting(records, ENDINGS)) == [
        (days("1999-03-01", "2000-02-01"), 2),
        (days("1999-03-01", "1999-12-31"), 0),
        (days("2019-03-01", "2020-12-31"), 0),
    ]


def test_fighting_may_be_watched_from_a_year_after_on_if_it_lasts_so_long() -> None:
    records = Records(
        episodes=(
            episode(1999, 2000, "1999-03-01", "2000-02-28", "victory"),
            episode(1999, 2000, "1999-03-01", "2000-02-29", "victory"),
            episode(1999, 2000, "1999-03-01", "2000-03-10", "victory"),
            LAST,
        )
    )
    assert seen(fighting(records, ENDINGS, after=365)) == [(10, 3)]


def test_fighting_may_be_asked_for_from_some_year_on() -> None:
    records = Records(episodes=(episode(1988, 1989, "1988-03-01", "1989-03-01", "victory"), LAST))
    assert fighting(records, ENDINGS, since=1989).conflicts == ["last"]


# What comes first while fighting goes on.


def test_fighting_is_watched_from_each_first_of_july_on_which_it_is_under_way() -> None:
    found = deals_in_fighting(internal())
    assert found.years == [1999, 2000]
    assert seen(found) == [
        (days("1999-07-01", "2000-08-01"), 3),
        (days("2000-07-01", "2000-08-01"), 3),
    ]


def test_before_the_25th_death_and_after_the_end_nobody_is_watched() -> None:
    records = Records(
        episodes=(
            episode(1999, 1999, "1999-07-02", "1999-12-31", "fades"),
            episode(1999, 1999, "1999-01-01", "1999-07-01", "victory"),
            episode(1999, 1999, "1999-07-01", "1999-07-02", "victory"),
            LAST,
        ),
        ceasefires=(FIRST_CEASEFIRE, LAST_CEASEFIRE),
        agreements=(LAST_AGREEMENT,),
    )
    assert seen(deals_in_fighting(records)) == [(1, 3)]


def test_fighting_between_states_is_left_out() -> None:
    states = episode(1999, 1999, "1999-01-01", "1999-12-31", "fades", internal=(False,))
    records = Records(
        episodes=(states, LAST),
        ceasefires=(FIRST_CEASEFIRE, LAST_CEASEFIRE),
        agreements=(LAST_AGREEMENT,),
    )
    assert not deals_in_fighting(records).days


def test_before_there_is_a_year_of_data_on_ceasefires_nobody_is_watched() -> None:
    long = episode(1985, 1991, "1985-01-01", "1991-12-31", "fades")
    records = Records(
        episodes=(long, LAST),
        ceasefires=(FIRST_CEASEFIRE, LAST_CEASEFIRE),
        agreements=(LAST_AGREEMENT,),
    )
    assert deals_in_fighting(records).years == [1990, 1991]


def test_the_first_of_ceasefire_agreement_and_end_counts() -> None:
    late = agreement("2000-07-20")
    assert seen(deals_in_fighting(internal(late)))[1] == (19, 2)
    joint = ceasefire("2000-07-10", fate="in force")
    assert seen(deals_in_fighting(internal(late, joint)))[1] == (9, 1)
    after = agreement("2000-09-01")
    assert seen(deals_in_fighting(internal(after)))[1] == (31, 3)


def test_only_joint_ceasefires_that_took_effect_are_deals() -> None:
    alone = ceasefire("2000-07-10", fate="in force", joint=False)
    never = ceasefire("2000-07-10", fate="no effect")
    assert seen(deals_in_fighting(internal(alone, never)))[1] == (31, 3)


def test_a_settlement_that_only_the_data_on_fighting_know_counts_at_its_end() -> None:
    assert seen(deals_in_fighting(internal(outcome="ceasefire")))[1] == (31, 1)
    assert seen(deals_in_fighting(internal(outcome="peace agreement")))[1] == (31, 2)


@pytest.mark.parametrize(
    ("day", "lately"),
    [("1999-07-01", False), ("1999-07-02", True), ("2000-06-30", True), ("2000-07-01", False)],
)
def test_a_ceasefire_counts_as_before_for_a_year(day: str, lately: bool) -> None:
    """1 July 2000 less 365 days is 2 July 1999."""
    records = internal(ceasefire(day, fate="broken", joint=False))
    assert (2000 in deals_in_fighting(records, truce=True).years) is lately
    assert (2000 in deals_in_fighting(records, truce=False).years) is not lately


def test_the_two_conditions_part_all_that_is_watched() -> None:
    records = internal(ceasefire("2000-03-01", fate="broken"))
    both = [deals_in_fighting(records, truce=truce) for truce in (True, False)]
    assert sorted(both[0].years + both[1].years) == deals_in_fighting(records).years


def test_watching_may_begin_later() -> None:
    assert deals_in_fighting(internal(), since=2000).years == [2000]
    assert agreements_in_fighting(internal(), truce=False, since=2000).years == [2000]


def test_for_an_agreement_a_ceasefire_is_no_end() -> None:
    records = internal(ceasefire("2000-07-05", fate="in force"), agreement("2000-07-20"))
    assert seen(agreements_in_fighting(records, truce=False))[1] == (19, 1)


def test_only_agreements_of_the_kinds_asked_for_count() -> None:
    records = internal(agreement("2000-07-20", kind="process"))
    assert seen(agreements_in_fighting(records, truce=False))[1] == (19, 1)
    assert seen(agreements_in_fighting(records, truce=False, kinds=("full",)))[1] == (31, 2)


def test_fighting_that_ended_by_ceasefire_may_still_see_an_agreement() -> None:
    records = internal(agreement("2002-07-01"), outcome="ceasefire")
    assert seen(agreements_in_fighting(records, truce=False))[1] == (730, 1)


def test_without_any_event_watching_stops_with_the_data() -> None:
    records = internal(outcome="")
    assert seen(agreements_in_fighting(records, truce=False, since=2000)) == [(FURTHEST, 0)]


# What follows ceasefires.


def test_agreements_after_ceasefires_are_those_of_any_of_their_sides() -> None:
    records = Records(
        agreements=(
            agreement("2000-05-01", dyads=frozenset({"2"})),
            agreement("2000-04-01", dyads=frozenset({"3"})),
            agreement("2000-01-01"),
            LAST_AGREEMENT,
        ),
        ceasefires=(ceasefire("2000-03-01", dyads=frozenset({"1", "2"})),),
    )
    assert seen(agreements_after_ceasefires(records, mediated=True)) == [(61, 1)]


def test_an_agreement_of_the_same_day_counts_at_once() -> None:
    records = Records(agreements=(agreement("2000-03-01"),), ceasefires=(ceasefire("2000-03-01"),))
    assert seen(agreements_after_ceasefires(records, mediated=True)) == [(0, 1)]


@pytest.mark.parametrize(
    "fields",
    [
        {"joint": False},
        {"mediated": None},
        {"mediated": False},
        {"definitive": True},
        {"dyads": frozenset()},
        {"fate": "no effect"},
        {"start": None},
    ],
)
def test_ceasefires_that_do_not_belong_are_left_out(fields: dict[str, object]) -> None:
    one = ceasefire(**({"start": "2000-03-01"} | fields))  # type: ignore[arg-type]
    records = Records(agreements=(LAST_AGREEMENT,), ceasefires=(one,))
    assert not agreements_after_ceasefires(records, mediated=True).days


# How long ceasefires and agreements last.


def test_a_ceasefire_is_watched_until_it_is_broken_followed_or_expires() -> None:
    records = Records(
        ceasefires=(
            ceasefire("2000-03-01", "2000-03-11", "broken"),
            ceasefire("2000-03-01", "2000-03-21", "followed"),
            ceasefire("2000-03-01", "2000-03-31", "expired"),
            ceasefire("2000-03-01", None, "no effect"),
            ceasefire("2019-12-31", None, "in force"),
            LAST_CEASEFIRE,
        )
    )
    found = ceasefire_ends(records, joint=True, term=False)
    assert seen(found) == [(10, 1), (20, 2), (30, 3), (0, 1), (366, 0)]
    assert len(found.unknown) == 1


def test_a_ceasefire_whose_end_has_no_day_is_of_unknown_fate() -> None:
    records = Records(ceasefires=(ceasefire("2000-03-01", None, "broken"),))
    found = ceasefire_ends(records, joint=True, term=False)
    assert (found.days, found.unknown) == ([], ["c1"])


@pytest.mark.parametrize(
    "fields",
    [{"joint": False}, {"term": True}, {"term": None}, {"mediated": None}, {"start": None}],
)
def test_ceasefires_of_another_kind_are_in_another_class(fields: dict[str, object]) -> None:
    given = {"start": "2000-03-01", "end": "2000-03-11", "fate": "broken"} | fields
    records = Records(ceasefires=(ceasefire(**given),))  # type: ignore[arg-type]
    assert not ceasefire_ends(records, joint=True, term=False, mediated=True).days


def test_mediation_is_no_condition_unless_asked_for() -> None:
    records = Records(ceasefires=(ceasefire("2000-03-01", "2000-03-11", "broken", mediated=None),))
    assert ceasefire_ends(records, joint=True, term=False).days == [10]


def test_an_agreement_is_watched_until_it_ends() -> None:
    records = Records(
        agreements=(
            agreement("2000-01-01", "2000-01-31"),
            agreement("2021-12-01"),
            agreement("2000-01-01", dated=False),
        )
    )
    found = agreement_ends(records)
    assert seen(found) == [(30, 1), (30, 0)]
    assert found.unknown == ["c1"]


def test_agreements_may_be_asked_for_by_kind_and_by_third_party() -> None:
    records = Records(
        agreements=(
            agreement("2000-01-01", conflict="a"),
            agreement("2000-01-01", conflict="b", kind="partial", third=True),
        )
    )
    assert agreement_ends(records, kind="full").conflicts == ["a"]
    assert agreement_ends(records, third=True).conflicts == ["b"]
    assert agreement_ends(records, third=False).conflicts == ["a"]


# Peace and escalation.


def test_peace_is_watched_from_the_end_of_its_first_quiet_year() -> None:
    records = Records(
        episodes=(
            episode(2003, 2003, "2003-06-30", "2003-12-31", "fades"),
            episode(1999, 1999, "1999-03-01", "1999-08-01", "ceasefire"),
            LAST,
        )
    )
    found = recurrence(records, ending="ceasefire")
    assert seen(found) == [(days("2001-01-01", "2003-06-30"), 1)]
    assert seen(recurrence(records, ending="fades")) == [(FURTHEST, 0)]
    assert not recurrence(records, ending="victory").days


def test_other_sides_that_fight_again_are_another_matter() -> None:
    records = Records(
        episodes=(
            episode(2014, 2014, "2014-03-01", "2014-08-01", "ceasefire"),
            episode(2017, 2017, "2017-03-01", "2017-08-01", "fades", dyad="2"),
            LAST,
        )
    )
    assert seen(recurrence(records, ending="ceasefire")) == [(FURTHEST, 0)]


def test_peace_whose_first_quiet_year_the_data_do_not_cover_is_not_watched() -> None:
    records = Records(episodes=(episode(2019, 2019, "2019-03-01", "2019-08-01", "ceasefire"), LAST))
    assert not recurrence(records, ending="ceasefire").days


def test_a_worse_year_is_taken_to_happen_in_its_middle() -> None:
    records = Records(
        episodes=(
            episode(1999, 2001, "1999-03-01", "2001-12-31", "fades", severe=(False, False, True)),
            LAST,
        )
    )
    assert seen(worsening(records, of="severe")) == [
        (days("2000-01-01", "2001-07-02"), 1),
        (days("2001-01-01", "2001-07-02"), 1),
    ]


def test_a_worse_year_that_is_cut_short_is_worse_before_its_end() -> None:
    records = Records(
        episodes=(
            episode(1999, 2000, "1999-03-01", "2000-02-01", "victory", severe=(False, True)),
            LAST,
        )
    )
    assert seen(worsening(records, of="severe")) == [(31, 1)]


def test_fighting_that_is_bad_already_cannot_worsen() -> None:
    records = Records(
        episodes=(
            episode(1999, 2000, "1999-03-01", "2000-02-01", "victory", severe=(True, False)),
            LAST,
        )
    )
    assert not worsening(records, of="severe").days


def test_fighting_that_ends_first_or_goes_on_beyond_the_data_did_not_worsen() -> None:
    records = Records(
        episodes=(
            episode(1999, 2000, "1999-03-01", "2000-02-01", "victory"),
            episode(2019, 2020, "2019-03-01", None, ""),
            LAST,
        )
    )
    assert seen(worsening(records, of="severe")) == [(31, 2), (365, 0)]


def test_only_internal_fighting_can_draw_in_troops_of_another_state() -> None:
    records = Records(
        episodes=(
            episode(
                1999,
                2000,
                "1999-03-01",
                "2000-12-31",
                "fades",
                internal=(False, True),
                foreign=(False, True),
            ),
            episode(1999, 2000, "1999-03-01", "2000-12-31", "fades", foreign=(False, True)),
            LAST,
        )
    )
    assert seen(worsening(records, of="foreign")) == [(days("2000-01-01", "2000-07-02"), 1)]
