import datetime as dt
import inspect
import json
import time

import numpy as np
import pytest

from goodoffices import outlook as package
from goodoffices.case import read_case
from goodoffices.deals import deals
from goodoffices.errors import ModelError, ScenarioError
from goodoffices.outlook import outlook, standing
from goodoffices.schemas import to_json
from tests.case.cases import GONE
from tests.outlook.cases import BY, TODAY, ask_lens, case_with, weighed


def test_the_package_offers_one_lens_and_its_result() -> None:
    assert package.__all__ == ["DRAWS", "OutlookReport", "outlook"]
    assert "today" in inspect.signature(outlook).parameters


def test_every_question_is_answered_with_likelihood_and_confidence_apart() -> None:
    report = ask_lens()
    accord = report.question("accord").together
    assert accord is not None
    assert accord.likelihood.startswith("North and South sign, by 29 November 2024: about ")
    assert accord.confidence.startswith("Confidence in that is ")
    assert "%" not in accord.confidence.split("views differ")[0].split("3 views")[0]
    assert report.question("fire").together is not None


def test_the_same_seed_gives_the_same_report_and_another_another() -> None:
    one, same, other = (to_json(ask_lens(seed=seed)) for seed in (1, 1, 2))
    assert one == same != other


def test_the_report_is_json() -> None:
    found = json.loads(to_json(ask_lens()))
    assert found["today"] == "2024-05-31"
    assert len(found["hazards"]["nothing"]) == found["weeks"] + 1


def test_without_the_deals_lens_the_rest_is_answered_and_that_is_said() -> None:
    report = ask_lens(deals=None)
    assert report.ripeness is None
    assert report.tabling is None
    assert report.scales == ()
    assert report.notes == ("without the deals lens there is no inside view, and no tabling",)
    together = report.question("accord").together
    assert together is not None
    assert [leg.leg for leg in together.legs] == ["outside", "estimates"]
    assert together.missing == ("inside: the deals lens was not asked",)


def test_the_horizon_asked_for_is_that_of_every_question() -> None:
    report = ask_lens(by=dt.date(2024, 7, 31))
    assert {question.by for question in report.questions} == {dt.date(2024, 7, 31)}
    assert report.weeks == 9
    late, early = ask_lens().question("accord").together, report.question("accord").together
    assert late is not None
    assert early is not None
    assert early.probability.central < late.probability.central


def test_a_past_question_is_not_forecast_and_a_note_says_so() -> None:
    report = ask_lens({"outlook/questions/fire/by": "2024-05-01"})
    assert report.question("fire").together is None
    assert any("resolve it" in note for note in report.notes)


def test_wrong_questions_are_errors_that_say_why() -> None:
    case = case_with()
    with pytest.raises(ModelError, match="outlook: the case has none"):
        outlook(case_with({"outlook": GONE}), today=TODAY)
    with pytest.raises(ModelError, match="is not after 2024-05-31"):
        outlook(case, today=TODAY, by=TODAY)
    with pytest.raises(ModelError, match="more than 520 weeks"):
        outlook(case, today=TODAY, by=dt.date(2050, 1, 1))
    with pytest.raises(ScenarioError, match='did you mean "watched"'):
        outlook(case, today=TODAY, scenario="watchd")
    with pytest.raises(ValueError, match="about scenario None"):
        outlook(case, weighed(), today=TODAY, scenario="watched")
    with pytest.raises(ValueError, match="at least 100"):
        outlook(case, today=TODAY, draws=5)


def test_a_scenario_can_change_the_outlook_itself() -> None:
    changes = {
        "scenarios/quiet": {
            "name": "q", "set": {"outlook.risks.deal.chance": "80%"}, "assumed": "team: what if",
        }
    }  # fmt: skip
    plain = ask_lens(changes, deals=None).hazards
    quiet = ask_lens(changes, deals=None, scenario="quiet").hazards
    assert plain is not None
    assert quiet is not None
    assert quiet.risks[0].probability[-1] > plain.risks[0].probability[-1]


def test_a_risk_that_no_hazard_fits_is_an_error_with_a_way_out() -> None:
    change = {"outlook/risks/escalation/class": "recurrence-after-fading"}
    with pytest.raises(ModelError, match="give the risk a `chance` instead"):
        ask_lens(change)


def test_what_one_side_leaves_open_is_predicted_from_nobody_else() -> None:
    unknown = {"positions/south/corridor/values": {"leave": "unknown", "stay": "unknown"}}
    case = case_with(unknown)
    report = outlook(case, deals(case, draws=200, compare=False), today=TODAY, draws=200)
    assert [one.issue for one in report.scales] == ["days"]
    assert "corridor: where South stands is not known, so nothing is predicted" in report.notes


def test_a_very_long_horizon_takes_fewer_draws_and_says_so() -> None:
    report = ask_lens(by=dt.date(2034, 1, 1), draws=100_000, deals=None)
    assert report.method.how == "bounded"
    assert "instead of 100,000" in report.method.note
    assert report.method.draws < 100_000


def test_draws_of_packages_that_are_too_many_to_hold_are_left_out_and_that_is_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(standing, "HELD", 1)
    monkeypatch.setattr(standing, "FEWEST", 100)
    report = ask_lens(draws=400)
    assert any("rest on 100 of 400 draws of the packages" in note for note in report.notes)
    assert report.waiting.openings[0].now.draws == 100
    assert report.tabling is not None
    assert report.tabling.zone_after is not None
    assert report.tabling.zone_after.draws == 100


def test_the_timeline_is_in_order_and_ends_at_the_horizon() -> None:
    line = ask_lens().timeline
    assert [entry.date for entry in line] == sorted(entry.date for entry in line)
    assert [entry.kind for entry in line][-1] == "horizon"
    assert {"event", "estimate", "today", "question"} <= {entry.kind for entry in line}
    assert line[-1].date == BY


@pytest.fixture(scope="module")
def shipped_report(root):  # type: ignore[no-untyped-def]
    case = read_case(root / "examples" / "gaza-2024" / "case.yaml")
    return case, deals(case, draws=2_000, compare=False)


def test_the_shipped_case_answers_each_of_its_rows(shipped_report) -> None:  # type: ignore[no-untyped-def]
    case, weighed = shipped_report
    start = time.perf_counter()
    report = outlook(case, weighed, today=case.as_of.date, draws=10_000)
    assert time.perf_counter() - start < 3
    agreement = report.question("agreement")
    assert agreement.pooled is not None
    assert agreement.pooled.probability.central < 0.05
    moved = {belief.belief: belief for belief in report.beliefs}  # S6
    assert moved["hamas-serious"].now.central < moved["hamas-serious"].prior.central
    assert report.tabling is not None  # S9, S11, S13
    assert [one.posture for one in report.tabling.postures] == ["table", "hold", "contain"]
    assert report.hazards is not None  # S15
    assert {risk.risk for risk in report.hazards.risks} == {"deal", "escalation", "collapse"}
    assert report.waiting.openings
    assert report.waiting.pressure
    assert all(fade.lost is None for fade in report.waiting.fades if fade.people)  # S8


def test_the_shipped_case_treats_both_sides_alike(shipped_report) -> None:  # type: ignore[no-untyped-def]
    case, _ = shipped_report
    given = case.outlook
    hamas, israel = given.beliefs["hamas-serious"], given.beliefs["israel-serious"]
    assert (hamas.prior, hamas.unless, hamas.half_life) == (
        israel.prior, israel.unless, israel.half_life
    )  # fmt: skip
    signals = [event.signals for event in given.events.values() if event.signals]
    assert len({str(next(iter(each.values()))) for each in signals}) == 1
    sees = {str(one.sees_way_out) for one in given.perceptions.values()}
    assert len(sees) == 1


def test_the_shipped_case_pools_copies_once_and_shows_how_far_they_differ(shipped_report) -> None:  # type: ignore[no-untyped-def]
    """S2: one sentence of two speakers is a group; what is read into other words is another."""
    case, weighed = shipped_report
    report = outlook(case, weighed, today=case.as_of.date, draws=1_000)
    pooled = report.question("agreement").pooled
    assert pooled is not None
    assert (len(pooled.estimates), pooled.groups, pooled.exponent) == (4, 2, 1.0)
    assert {one.weight for one in pooled.estimates} == {0.25}
    assert pooled.lowest < 0.03 < 0.06 < pooled.highest
    assert pooled.probability.central < 0.05
    given = case.outlook.estimates
    assert {k for k in given if given[k].founded == "claimed"} == {"negotiators", "officials"}
    assert {str(given[k].probability) for k in ("negotiators", "officials")} == {"close to zero"}


def test_the_shipped_record_is_the_same_in_both_directions_and_fades(shipped_report) -> None:  # type: ignore[no-untyped-def]
    """S10: nine truces with a known end; of what is ten years old little counts."""
    case, weighed = shipped_report
    report = outlook(case, weighed, today=case.as_of.date, draws=1_000)
    one, other = report.trust
    assert (one.kept, one.broken) == (other.kept, other.broken) == (6, 3)
    assert one.counted == other.counted < 3
    assert one.next == other.next
    assert not one.differs
    records = list(case.outlook.records.values())
    assert records[0].promises == records[1].promises
    assert records[0].half_life == records[1].half_life
    assert all(each.founded == "assumed" and not each.because for each in records)


def test_the_shipped_case_says_what_pressure_would_open(shipped_report) -> None:  # type: ignore[no-untyped-def]
    """S14: no fall of a walk-away alone is enough, with the share of draws that it would open."""
    case, weighed = shipped_report
    report = outlook(case, weighed, today=case.as_of.date, draws=1_000)
    israel = next(one for one in report.waiting.openings if one.actor == "israel")
    assert israel.shift is None
    assert israel.at_horizon is not None
    assert israel.now.value <= israel.at_horizon.value <= israel.then.value
    assert [step.fall for step in israel.steps] == [5, 10, 20, 50, 100]
    assert israel.steps[-1].opened.value < 0.05


def test_the_shipped_tabling_tells_what_it_is_most_sensitive_to(shipped_report) -> None:  # type: ignore[no-untyped-def]
    case, weighed = shipped_report
    tabling = outlook(case, weighed, today=case.as_of.date, draws=4_000).tabling
    assert tabling is not None
    assert tabling.lead[0].path == "outlook.tabling.lost"
    assert tabling.lead[0].share > 0.5
    assert all(one.probability is not None for one in tabling.thresholds)
    assert tabling.zone_after is not None
    assert 0 < tabling.zone_after.value < 1


def test_nothing_of_the_outlook_rests_on_the_comment(shipped_report) -> None:  # type: ignore[no-untyped-def]
    case, _ = shipped_report
    used = {c for where, b in case.based() if where.startswith("outlook.") for c in b.because}
    assert used
    assert "reader" not in used
    assert np.all([case.claims[c].class_ != "opinion" for c in used])
