import datetime as dt

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
