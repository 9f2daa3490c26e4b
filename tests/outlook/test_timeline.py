import datetime as dt

from goodoffices.outlook.timeline import timeline
from tests.outlook.cases import BY, TODAY, asked, case_with


def test_the_line_holds_events_estimates_today_questions_and_the_horizon() -> None:
    line = timeline(asked(case_with()))
    assert [(entry.kind, entry.id) for entry in line] == [
        ("estimate", "aide"),
        ("event", "gift"),
        ("estimate", "north"),
        ("today", "today"),
        ("question", "fire"),
        ("question", "accord"),
        ("horizon", "horizon"),
    ]
    assert line[0].text == "The mediator: 0.5"
    assert [line[3].date, line[-1].date] == [TODAY, BY]


def test_on_one_day_what_happened_comes_before_what_was_thought_of_it() -> None:
    changes = {"outlook/events/gift/date": "2024-05-01"}
    kinds = [entry.kind for entry in timeline(asked(case_with(changes)))]
    assert kinds[:2] == ["event", "estimate"]


def test_an_estimate_without_a_day_stands_at_that_of_its_source() -> None:
    north = next(e for e in timeline(asked(case_with())) if e.id == "north")
    assert north.date == dt.date(2024, 5, 30)
    assert not north.inferred


def test_what_is_inferred_is_marked() -> None:
    day = {"date": "2024-05-20", "inferred": "the week of the report"}
    gift = next(
        e for e in timeline(asked(case_with({"outlook/events/gift/date": day}))) if e.id == "gift"
    )
    assert gift.inferred


def test_today_is_inferred_only_where_it_is_the_day_of_the_case() -> None:
    case = case_with({"as_of": {"date": "2024-05-31", "inferred": "the report"}})
    (today,) = [e for e in timeline(asked(case)) if e.kind == "today"]
    assert today.inferred


def test_a_horizon_that_was_asked_for_is_that_of_every_question() -> None:
    line = timeline(asked(case_with(), by=dt.date(2024, 7, 1)))
    assert {e.date for e in line if e.kind in {"question", "horizon"}} == {dt.date(2024, 7, 1)}


def test_an_event_that_is_sure_to_come_lies_ahead() -> None:
    vote = {"name": "A vote", "date": "2024-08-01", "multiplies": {"deal": 2}, "assumed": "t: a"}
    line = timeline(asked(case_with({"outlook/events/vote": vote})))
    ids = [entry.id for entry in line]
    assert ids.index("today") < ids.index("vote") < ids.index("horizon")
