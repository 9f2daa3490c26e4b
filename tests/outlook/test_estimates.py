import datetime as dt

import numpy as np
import pytest

from goodoffices.outlook.estimates import moved_to, pooled, report
from goodoffices.outlook.logodds import exact
from tests.outlook.cases import TODAY, ask_lens, asked, case_with


def test_estimates_are_pooled_by_freshness_and_shown_with_what_they_read_as() -> None:
    subject = asked(case_with())
    found = pooled(subject, "accord")
    assert found is not None
    told = report(subject, *found)
    aide, north = told.estimates
    assert (aide.estimate, aide.speaker, aide.says, aide.age) == (
        "aide", "The mediator", "0.5", 30,
    )  # fmt: skip
    # A day old against thirty, at a half-life of thirty days.
    assert aide.weight / north.weight == pytest.approx(2 ** (-29 / 30))
    assert told.lowest == pytest.approx(north.reads_as.central)
    assert told.highest_speakers == ("office",)
    assert told.groups == 2


def test_sources_that_copy_each_other_count_once() -> None:
    extra = {"question": "accord", "speaker": "x", "date": "2024-05-30", "probability": 0.5,
             "group": "wire", "assumed": "a: b"}  # fmt: skip
    changes = {f"outlook/estimates/{k}": {**extra, "speaker": k} for k in ("a", "b", "c")}
    found = pooled(asked(case_with(changes)), "accord")
    assert found is not None
    assert found[0].groups == 3


def test_an_estimate_made_after_today_is_not_known_yet() -> None:
    early = ask_lens({"outlook/estimates/aide/date": "2024-05-31"}, today=dt.date(2024, 5, 30))
    pool = early.question("accord").pooled
    assert pool is not None
    assert [one.estimate for one in pool.estimates] == ["north"]


def test_a_question_that_nobody_estimates_has_no_pool() -> None:
    assert pooled(asked(case_with()), "fire") is None


def test_an_estimate_by_one_day_is_moved_to_another_by_the_same_hazard() -> None:
    question = case_with().outlook.questions["accord"]  # type: ignore[union-attr]
    twice = TODAY + 2 * (question.by - TODAY)
    assert moved_to(exact(0.5), question, TODAY, twice).central == pytest.approx(0.75)
    assert moved_to(exact(0.5), question, TODAY, question.by).central == 0.5


# Uncertain half-lives.


def test_an_uncertain_half_life_weighs_as_the_mean_over_it() -> None:
    """Ages 30 and 1: the younger's share is 1 / (1 + 2^(-29/h)), averaged over h."""
    subject = asked(case_with({"outlook/half_life": "10..90"}))
    found = pooled(subject, "accord")
    assert found is not None
    aide, north = report(subject, *found).estimates
    lives = 10 + (np.arange(25) + 0.5) / 25 * 80
    share = np.mean(1 / (1 + 2 ** (-29 / lives)))
    assert north.weight == pytest.approx(share)
    assert aide.weight == pytest.approx(1 - share)
    assert found[0].half_life == pytest.approx(50)


def test_an_uncertain_half_life_spreads_the_pool_between_those_of_its_ends() -> None:
    bands = {
        life: pooled(asked(case_with({"outlook/half_life": life})), "accord")
        for life in (2, "2..400", 400)
    }
    centres = [found[0].central for found in bands.values() if found is not None]
    assert centres == sorted(centres)
    assert centres[0] < centres[1] < centres[2]


def test_a_half_life_that_is_hardly_uncertain_changes_hardly_anything() -> None:
    exact, nearly = (
        pooled(asked(case_with({"outlook/half_life": life})), "accord")
        for life in (30, "29.999..30.001")
    )
    assert exact is not None
    assert nearly is not None
    assert nearly[0].central == pytest.approx(exact[0].central, abs=1e-4)
    assert nearly[0].band.low == pytest.approx(exact[0].band.low, abs=0.01)
    assert nearly[0].band.high == pytest.approx(exact[0].band.high, abs=0.01)


def test_estimates_of_one_day_are_weighed_alike_whatever_the_half_life() -> None:
    same = {"outlook/estimates/aide/date": "2024-05-30"}
    weights = []
    for life in (1, 30, "1..1000"):
        subject = asked(case_with({**same, "outlook/half_life": life}))
        found = pooled(subject, "accord")
        assert found is not None
        weights.append([one.weight for one in found[0].weights])
    assert weights == [pytest.approx([0.5, 0.5])] * 3
