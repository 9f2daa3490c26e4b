import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from goodoffices.brief.cover import Answered, Cover, write_cover
from goodoffices.deals.results import Method
from goodoffices.deals.share import exact
from tests.brief.cases import MOVES, ahead, basic, case_of, deadlock, material, words


def cover(scenario: str | None = None, generated: dt.date | None = None, **changes: Any) -> Cover:
    given = material(case_of(**changes))
    return write_cover(given, Answered(material=given), scenario, generated)


def test_the_cover_says_what_the_brief_is_for_and_what_not() -> None:
    given = cover()
    assert words(given.title) == "The strip"
    assert words(given.purpose) == "To try the brief."
    assert words(given.not_for) == "Anything else."
    silent = cover(purpose="", not_for="")
    assert (words(silent.purpose), words(silent.not_for)) == ("not stated", "not stated")


def test_a_date_that_was_inferred_says_from_what() -> None:
    assert words(cover().as_of) == "3 February 2020, inferred from the weather"
    assert words(cover(as_of="2020-02-03").as_of) == "3 February 2020"
    assert words(cover(as_of="unknown").as_of) == "no date is given"


def test_the_day_of_writing_is_shown_only_if_it_is_given() -> None:
    assert cover().generated == ""
    assert cover(generated=dt.date(2020, 5, 6)).generated == "6 May 2020"


def test_a_scenario_is_named() -> None:
    assert cover().scenario == ()
    assert words(cover(scenario="East no longer insists").scenario) == "East no longer insists"


def test_the_facts_are_the_answer_its_chance_and_the_confidence_in_it() -> None:
    given = cover().facts
    assert [asked for asked, _, _ in given] == [
        "A package at face value?",
        "Chance that one exists",
        "Confidence in that",
    ]
    assert words(given[0][1]) == "no"
    assert words(given[1][2]).startswith("95 % interval ")
    assert words(given[2][1]) in {"low", "moderate", "high"}


def test_an_exact_answer_has_no_interval() -> None:
    result = basic()[1]
    zone = replace(result.zone, probability=exact(1.0), method=Method(how="exact"))
    subject = material(result=replace(result, zone=zone))
    given = write_cover(subject, Answered(material=subject), None, None)
    assert words(given.facts[1][2]) == "exact: nothing is uncertain"


def test_the_points_answer_questions_two_to_five_and_ten() -> None:
    given = cover().points
    assert [point.question for point in given] == [2, 2, 3, 4, 5, 10]
    assert all(words(point.text).endswith(".") for point in given)


def test_likelihood_and_confidence_are_two_points() -> None:
    likely, sure = (words(point.text) for point in cover().points[:2])
    assert "onfidence" not in likely
    assert sure.startswith("Confidence in this is ")


def test_sources_say_their_kind_date_and_side() -> None:
    table = cover().sources
    assert table is not None
    assert [[words(c) for c in row.cells] for row in table.rows] == [
        ["S1", "A wire report", "report", "The Wire", "1 February 2020, inferred from the ink",
         "West", "2"],
        ["S2", "A letter", "comment", "not stated", "no date", "no side named", "1"],
    ]  # fmt: skip
    assert cover(sources={}, claims={}).sources is None


def test_unheard_voices_are_named() -> None:
    assert words(cover().unheard) == (
        "Heard, with the number of claims: West (1). 2 claims come from others, or from nobody "
        "named. Not heard: East and Norway."
    )


def test_one_other_claim_is_spoken_of_as_one() -> None:
    claims = {"a": {"class": "fact", "speaker": "a witness", "quote": "a"}}
    assert words(cover(claims=claims).unheard) == (
        "No party is quoted. 1 claim comes from others, or from nobody named. Not heard: West, "
        "East and Norway."
    )


def test_where_all_are_heard_the_cover_says_so() -> None:
    claims = {
        key: {"class": "fact", "speaker": key, "quote": key} for key in ("west", "east", "norway")
    }
    assert words(cover(claims=claims).unheard).endswith("Every party of the case is heard.")


def test_the_ground_of_the_numbers_is_counted() -> None:
    footing = basic()[1].zone.footing
    total = footing.claimed + footing.assumed + footing.unknown
    assert words(cover().footing) == (
        f"Of {total} numbers in the model, {footing.claimed} rest on claims alone, "
        f"{footing.assumed} on assumptions, and {footing.unknown} are unknown."
    )


def test_the_yardstick_of_phrases_is_named() -> None:
    assert "“readers” yardstick" in words(cover().reading)


def test_with_moves_the_cover_answers_question_7_in_the_order_of_the_page() -> None:
    given = material(case_of(moves=MOVES))
    points = write_cover(given, Answered(material=given, deadlock=deadlock()), None, None).points
    assert [point.question for point in points] == [2, 2, 3, 4, 5, 7, 10]
    assert not words(points[5].text).startswith("So ")


def test_with_moves_alone_the_cover_tells_what_they_say_and_rest_on() -> None:
    given = write_cover(deadlock(), Answered(deadlock=deadlock()), None, None)
    assert [point.question for point in given.points] == [7]
    assert next(words((asked,)) for asked, _, _ in given.facts).startswith("Would everybody stay")
    assert words(given.footing).startswith("Of 8 options, rules and preferences, 5 rest on claims")
    assert "Exact: all 12 states." in words(given.obtained)
    assert "200 draws, seed 0" in words(given.obtained)


def test_a_rule_for_numbers_is_named_on_the_cover_where_the_case_states_one() -> None:
    assert "by a rule that the case states" in words(cover(elicitation="By hand.").reading)
    assert "rule" not in words(cover().reading)


def test_with_an_outlook_the_cover_answers_questions_8_and_9_in_order() -> None:
    given = material()
    answered = Answered(material=given, deadlock=deadlock(), ahead=ahead())
    points = write_cover(given, answered, None, None).points
    numbers = [point.question for point in points]
    assert numbers == sorted(numbers)
    assert {7, 8, 9} < set(numbers)


def test_likelihood_and_confidence_on_time_are_two_sentences() -> None:
    answered = Answered(material=material(), ahead=ahead())
    point, _ = [p for p in write_cover(material(), answered, None, None).points if p.question == 9]
    likely, sure = words(point.text).split(". ", 1)
    assert "West and East sign" in likely
    assert "onfidence" not in likely
    assert sure.startswith("Confidence in that is ")
    assert "%" not in sure


def test_the_cover_tells_the_risks_of_every_posture_and_recommends_none() -> None:
    answered = Answered(material=material(), ahead=ahead())
    points = write_cover(material(), answered, None, None).points
    (point,) = [p for p in points if p.to == "postures"]
    said = words(point.text)
    assert all(f"{posture}: " in said for posture in ("tabled", "held back", "damage limited"))
    assert said.endswith("The choice is the mediator’s.")
    weighed = Answered(ahead=ahead(weighed=False))
    assert not [p for p in write_cover(ahead(), weighed, None, None).points if p.to]


def test_with_an_outlook_alone_the_cover_tells_what_it_says_and_rests_on() -> None:
    given = ahead(weighed=False)
    cover = write_cover(given, Answered(ahead=given), None, None)
    asked = [fact[0] for fact in cover.facts]
    assert asked == ["How likely is it?", "By when?", "Confidence in that"]
    assert words(cover.facts[1][1]) == "3 August 2020"
    assert "parts of the outlook" in words(cover.footing)
    assert "200 draws" in words(cover.obtained)


def test_an_outlook_without_an_open_question_has_no_facts_to_tell() -> None:
    given = ahead()
    bare = ahead(report=replace(given.report, questions=()))
    assert write_cover(given, Answered(ahead=bare), None, None).facts == ()


def resting(**changes: Any) -> dict[str, tuple[str, str]]:
    """Return the facts of a brief on moves alone, of whose report some parts are others."""
    given = deadlock()
    changed = deadlock(report=replace(given.report, **changes))
    found = write_cover(changed, Answered(deadlock=changed), None, None)
    return {what: (words(says), words(more)) for what, says, more in found.facts}


@pytest.mark.parametrize(
    ("path", "says"), [(None, "none"), ((), "it is there"), (("a move",), "yes")]
)
def test_whether_there_is_a_way_to_the_agreement_is_one_of_the_facts(
    path: tuple[str, ...] | None, says: str
) -> None:
    way = deadlock().report.way
    assert way is not None
    facts = resting(way=replace(way, path=path))  # type: ignore[arg-type]
    assert facts["A way to the agreement"][0] == says


def test_a_way_that_was_not_asked_for_is_said_not_to_be() -> None:
    assert resting(way=None)["A way to the agreement"][0] == "not asked"


def test_whether_everybody_would_stay_is_that_of_the_status_quo() -> None:
    report = deadlock().report
    here = report.state(report.status_quo)
    left = tuple(
        replace(one, equilibrium=()) if one.id == here.id else one for one in report.states
    )
    what = "Would everybody stay in the status quo?"
    assert resting()[what][0] == ("yes" if here.equilibrium else "no")
    assert resting(states=left)[what][0] == "no"
    total = resting(states_total=4012)["States where all would stay"]
    assert total[1] == "of 4,012 possible states"


@pytest.mark.parametrize(("face", "says"), [(True, "yes"), (False, "no"), (None, "open")])
def test_the_first_fact_is_the_answer_at_face_value(face: bool | None, says: str) -> None:
    case, result = basic()
    zone = replace(result.zone, at_face_value=face)
    given = material(case, replace(result, zone=zone))
    (what, said, more), *_ = write_cover(given, Answered(material=given), None, None).facts
    assert (what, words(said)) == ("A package at face value?", says)
    assert words(more) == "with every demand binding"
