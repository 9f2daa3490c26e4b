import re
from dataclasses import replace
from typing import Any, Literal

import pytest

from goodoffices.brief import words
from goodoffices.brief.elements import Rich
from goodoffices.brief.material import Material
from goodoffices.deals.results import (
    AssessedPackage,
    Conflict,
    ConflictReport,
    Footing,
    Method,
    Unknown,
)
from goodoffices.deals.share import exact, share
from tests.brief.cases import basic, case_of, material, three
from tests.brief.cases import words as read_words

EXACT = Method(how="exact")


def said(parts: Rich) -> str:
    text = read_words(parts)
    assert text.endswith("."), f"not a sentence: {text}"
    assert "  " not in text
    return text


def with_zone(**changes: Any) -> Material:
    result = basic()[1]
    return material(result=replace(result, zone=replace(result.zone, **changes)))


def with_conflicts(*sets: tuple[str, ...], method: Method = EXACT) -> Material:
    found = tuple(Conflict(demands=one, actors=("west", "east")) for one in sets)
    report = ConflictReport(conflicts=found, openings=(), method=method)
    return material(result=replace(basic()[1], conflicts=report))


@pytest.mark.parametrize(
    ("answer", "acceptable", "text"),
    [
        (False, 0, "At face value, no: of 54 possible packages, not one meets every demand of"),
        (True, 7, "At face value, yes: 7 of 54 possible packages meet every demand of everyone"),
        (True, 1, "At face value, yes: 1 of 54 possible packages meets every demand of everyone"),
        (True, None, "At face value, yes: some of the 54 possible packages meet every demand."),
        (None, None, "At face value the answer is open: the search ended before it could tell."),
    ],
)
def test_the_answer_at_face_value_is_said_first(
    answer: bool | None, acceptable: int | None, text: str
) -> None:
    given = with_zone(at_face_value=answer, acceptable=acceptable, packages=54)
    assert said(words.face_value(given)).startswith(text)


def test_likelihood_names_the_chance_its_interval_and_what_it_is_not() -> None:
    text = said(words.likelihood(with_zone(probability=share(90, 300))))
    assert text.startswith("Across 300 draws of the uncertain numbers and of which demands truly")
    assert "exists in about 30 % (95 % interval 25 to 40 %)" in text
    assert "not that anybody signs it" in text
    assert "onfidence" not in text


def test_where_nothing_is_uncertain_there_is_no_likelihood_to_speak_of() -> None:
    text = said(words.likelihood(material(*three())))
    assert text == (
        "Nothing in the case is uncertain: with the demands that truly bind, an acceptable package "
        "exists."
    )


def footing(claimed: float | None, counts: tuple[int, int, int] = (5, 3, 2)) -> Footing:
    return Footing(
        claimed=counts[0],
        assumed=counts[1],
        unknown=counts[2],
        variance_claimed=claimed,
        variance_assumed=None if claimed is None else 1 - claimed,
    )


@pytest.mark.parametrize(
    ("claimed", "level"), [(0.0, "low"), (0.49, "low"), (0.5, "moderate"), (0.9, "moderate")]
)
def test_confidence_follows_how_much_is_assumed(claimed: float, level: str) -> None:
    text = said(words.confidence(with_zone(footing=footing(claimed))))
    assert text.startswith(f"Confidence in this is {level}: {100 - 100 * claimed:.0f} % of what")


def test_confidence_is_never_high_where_a_side_is_not_heard() -> None:
    given = with_zone(footing=footing(1.0))
    assert words.level(given) == "moderate"
    assert said(words.confidence(given)).endswith("; no claim comes from East.")


def test_confidence_is_high_where_all_is_claimed_and_all_are_heard() -> None:
    claims = {
        "a": {"class": "fact", "speaker": "west", "quote": "a"},
        "b": {"class": "fact", "speaker": "east", "quote": "b"},
    }
    heard = material(case_of(claims=claims))
    given = replace(heard, result=with_zone(footing=footing(1.0)).result)
    assert words.level(given) == "high"
    assert "no claim comes from" not in said(words.confidence(given))


def test_confidence_counts_numbers_where_the_answer_does_not_vary() -> None:
    given = with_zone(footing=footing(None))
    assert words.level(given) == "moderate"
    assert "5 of 10 numbers are assumed or unknown" in said(words.confidence(given))
    assert words.level(with_zone(footing=footing(None, (0, 0, 0)))) == "moderate"


def test_likelihood_and_confidence_are_two_sentences() -> None:
    likely, sure = said(words.likelihood(material())), said(words.confidence(material()))
    assert "confidence" not in likely.lower()
    assert "exists in" not in sure


@pytest.mark.parametrize(
    ("method", "text"),
    [
        (EXACT, "Exact: every package is accounted for."),
        (Method(how="sampled", draws=10_000, seed=3), "Sampled: 10,000 draws, seed 3."),
        (
            Method(how="bounded", draws=50, seed=0, note="2 draws stayed undecided"),
            "Bounded: 50 draws, seed 0. Note: 2 draws stayed undecided.",
        ),
        (Method(how="bounded", note="budget spent"), "Bounded. Note: budget spent."),
    ],
)
def test_every_result_says_how_it_was_obtained(method: Method, text: str) -> None:
    assert said(words.obtained(method)) == text


def test_every_kind_of_computation_is_told_apart() -> None:
    assert set(words.obtained_each(material())) == {
        "zone", "frontier", "conflicts", "ladder", "packages",
    }  # fmt: skip


def test_nothing_blocks_where_there_is_no_conflict() -> None:
    text = said(words.blocked(with_conflicts()))
    assert text == "Nothing blocks at face value: all demands can be met together."


def test_a_search_that_ended_early_does_not_claim_that_nothing_blocks() -> None:
    method = Method(how="bounded", note="some sets could not be decided")
    text = said(words.blocked(with_conflicts(method=method)))
    assert text == "No set of demands could be named: some sets could not be decided."


def test_one_conflict_names_its_demands_and_who_makes_them() -> None:
    assert said(words.blocked(with_conflicts(("stay", "withdraw")))) == (
        "D1 “Forces stay” (West) and D2 “Forces leave first” (East) cannot both be met by any "
        "package."
    )
    three_demands = with_conflicts(("stay", "withdraw", "no-gap"))
    assert said(words.blocked(three_demands)).endswith("cannot all be met by any package.")


def test_a_demand_that_no_package_meets_is_said_to_be_alone() -> None:
    assert said(words.blocked(with_conflicts(("no-gap",)))) == (
        "No package meets D3 “No strip without a watch” (Cabinet (West)), whatever the others "
        "demand."
    )


def test_of_many_conflicts_the_common_demand_is_named() -> None:
    many = with_conflicts(("stay", "withdraw"), ("stay", "no-gap", "east-alone"))
    assert said(words.blocked(many)) == (
        "Two sets of demands cannot hold together; all of them contain D1 “Forces stay” (West)."
    )
    apart = with_conflicts(("stay", "withdraw"), ("no-gap", "east-alone"))
    assert said(words.blocked(apart)).endswith("; no demand is in all of them.")


def test_what_opens_a_package_is_said_for_each_party_that_could_do_it() -> None:
    given = material()
    best = words.best_per_bearer(given)
    parties = [given.case.party_of(rung.by) for rung in best]
    assert len(parties) == len(set(parties)) == 2
    text = said(words.opened(given))
    assert "West lifts D1 “Forces stay” (" in text
    assert "East lifts D2 “Forces leave first” (" in text
    assert text.count("at a cost of") == 2


def test_where_no_change_helps_the_sentence_says_so() -> None:
    result = replace(basic()[1], concessions=())
    assert said(words.opened(material(result=result))) == (
        "There is nothing to lift: no demand blocks."
    )
    still = tuple(replace(r, opened=share(0, 300)) for r in basic()[1].concessions)
    closed = material(result=replace(basic()[1], concessions=still))
    assert said(words.opened(closed)).startswith("No single change opens a package")
    open_ = replace(closed.result, zone=replace(closed.result.zone, at_face_value=True))
    assert said(words.opened(material(result=open_))).startswith("A package exists without any")


def test_a_single_change_is_spoken_of_as_one() -> None:
    rungs = tuple(r for r in basic()[1].concessions if r.by == "west")
    text = said(words.opened(material(result=replace(basic()[1], concessions=rungs))))
    assert text.startswith("One change alone would make")


def offers(count: int, breaks: tuple[str, ...] = ("stay",)) -> tuple[AssessedPackage, ...]:
    first = basic()[1].offers[0]
    return tuple(replace(first, breaks=breaks) for _ in range(count))


def test_packages_are_set_side_by_side_and_the_choice_is_left_to_the_mediator() -> None:
    text = said(words.tabled(material(result=replace(basic()[1], offers=offers(3)))))
    assert text.startswith("Three packages are set side by side; the choice is the mediator’s.")
    assert text.endswith("All of them break D1 “Forces stay” (West).")


def test_a_single_package_is_not_called_several() -> None:
    text = said(words.tabled(material(result=replace(basic()[1], offers=offers(1)))))
    assert text.startswith("One package stood out; the choice is the mediator’s.")
    assert "All of them" not in text


def test_packages_that_break_nothing_are_not_said_to_break_anything() -> None:
    text = said(words.tabled(material(result=replace(basic()[1], offers=offers(2, ())))))
    assert "break" not in text


def test_without_a_package_none_is_put_forward() -> None:
    text = said(words.tabled(material(result=replace(basic()[1], offers=()))))
    assert text.startswith("No package was accepted by all")


def test_where_nothing_is_uncertain_acceptance_is_no_share_of_draws() -> None:
    assert "Package A is accepted by all who must accept." in said(words.tabled(material(*three())))


def unknown(path: str, share_: float, error: float = 0.01, ground: Any = "assumed") -> Unknown:
    founded: Literal["claimed", "assumed", "unfounded"] = ground
    return Unknown(path=path, share=share_, error=error, founded=founded, blank=False)


def test_the_inputs_that_move_the_answer_are_named_with_their_share() -> None:
    rows = (unknown("demands.stay.firmness", 0.5), unknown("demands.west-alone.value", 0.25))
    given = material(result=replace(basic()[1], unknowns=rows))
    assert said(words.missing(given)) == (
        "Of what makes the answer uncertain, most comes from whether D1 “Forces stay” binds West "
        "(50 %) and what no agreement is worth to West (25 %)."
    )


def test_an_input_that_does_not_stand_out_from_noise_is_not_named() -> None:
    given = material(result=replace(basic()[1], unknowns=(unknown("trust.in-west.kept", 0.01),)))
    assert said(words.missing(given)).startswith("No uncertain input moves the answer clearly")
    none = material(result=replace(basic()[1], unknowns=()))
    assert said(words.missing(none)) == "Nothing uncertain moves the answer."


def test_an_exact_zone_is_told_without_draws() -> None:
    given = with_zone(probability=exact(1.0), method=EXACT)
    assert not re.search(r"\d", said(words.likelihood(given)))
