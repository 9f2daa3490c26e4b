import datetime as dt

import pytest
from pydantic import BaseModel, ValidationError

from goodoffices.case import model
from goodoffices.case.model import (
    Case,
    Claim,
    Dated,
    Demand,
    Faction,
    Interest,
    Issue,
    Linkage,
    Party,
    Position,
    Promise,
    Source,
)
from goodoffices.case.quantity import Probability, Value, Weight
from tests.case.cases import case_with

WALK_AWAY = {"by": "north", "kind": "walk-away", "name": "No deal"}
RED_LINE = {"by": "north", "kind": "red line", "name": "Stay", "refuses": {"corridor": "leave"}}
PROMISE = {"by": "north", "to": "south", "delivers": {"corridor": "leave"}}


def messages(kind: type[BaseModel], data: object) -> list[str]:
    with pytest.raises(ValidationError) as raised:
        kind.model_validate(data)
    return [item["msg"].removeprefix("Value error, ") for item in raised.value.errors()]


@pytest.mark.parametrize("name", model.__all__)
def test_everything_in_a_case_is_frozen_and_takes_no_other_field(name: str) -> None:
    kind = getattr(model, name)
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        assert kind.model_config["frozen"]
        assert kind.model_config["extra"] == "forbid"


def test_a_case_needs_a_version_and_a_title_only() -> None:
    case = Case.model_validate({"goodoffices": 1, "title": "Corridor"})
    assert case.yardstick == "readers"
    assert case.as_of == Dated()
    assert case.signatories == ()
    assert case.text_agreed is None


def test_a_field_of_a_case_cannot_be_changed() -> None:
    case = case_with({})
    with pytest.raises(ValidationError, match="frozen"):
        case.title = "Other"


@pytest.mark.parametrize("key", ["a", "A1", "42", "no-deal", "x_y", "café", "北", "a" * 80])
def test_an_id_is_a_short_word(key: str) -> None:
    case = Case.model_validate({"goodoffices": 1, "title": "x", "parties": {key: party()}})
    assert list(case.parties) == [key]


@pytest.mark.parametrize("key", ["", "a b", "a.b", "-a", "_a", "a/b", "a\n", "<b>", "a" * 81])
def test_an_id_without_spaces_dots_and_signs(key: str) -> None:
    with pytest.raises(ValidationError):
        Case.model_validate({"goodoffices": 1, "title": "x", "parties": {key: party()}})


def party() -> dict[str, str]:
    return {"name": "North", "role": "principal"}


def test_one_item_stands_for_a_list() -> None:
    interest = Interest.model_validate(
        {"name": "Safety", "of": "north", "because": "c1", "served_by": {"corridor": "stay"}}
    )
    assert interest.because == ("c1",)
    assert interest.served_by == {"corridor": ("stay",)}


def test_a_number_stands_for_the_option_of_that_name() -> None:
    position = Position.model_validate({"wants": [10, 0.5], "values": {10: 40}})
    assert position.wants == ("10", "0.5")
    assert list(position.values) == ["10"]


def test_a_bare_text_stands_for_a_name() -> None:
    found = Party.model_validate(party() | {"factions": {"hawks": "Hawks"}})
    assert found.factions["hawks"] == Faction(name="Hawks", veto=False)


def test_a_list_stands_for_options_whose_names_are_their_ids() -> None:
    issue = Issue.model_validate({"name": "Meters", "options": ["towns", 2]})
    assert {key: option.name for key, option in issue.options.items()} == {
        "towns": "towns",
        "2": "2",
    }


@pytest.mark.parametrize(
    ("raw", "date", "inferred"),
    [
        ("2024-08-31", dt.date(2024, 8, 31), None),
        (dt.date(2024, 8, 31), dt.date(2024, 8, 31), None),
        ("unknown", None, None),
        (None, None, None),
        ({"date": "2024-08-31", "inferred": "the text"}, dt.date(2024, 8, 31), "the text"),
        ({"inferred": "nothing"}, None, "nothing"),
    ],
)
def test_a_date_was_stated_or_inferred(
    raw: object, date: dt.date | None, inferred: str | None
) -> None:
    assert Dated.model_validate(raw) == Dated(date=date, inferred=inferred)


@pytest.mark.parametrize(
    "raw",
    [2024, 86400, 20240831, 1.5, "86400", "20240831", "May 2024", "2024-08", "31.8.2024"],
    ids=repr,
)
def test_a_number_is_not_taken_for_a_date(raw: object) -> None:
    assert messages(Dated, raw) == [f'"{raw}" is not a date; write it as 2024-08-31, or `unknown`']


def test_a_day_that_is_not_in_the_calendar_is_no_date() -> None:
    assert "day value is outside expected range" in messages(Dated, "2024-02-30")[0]


@pytest.mark.parametrize(
    ("assumed", "because", "founded"),
    [
        (None, (), "unfounded"),
        ("team: a guess", (), "assumed"),
        (None, ("c1",), "claimed"),
        ("team: a guess", ("c1",), "assumed"),
        ("", ("c1",), "claimed"),
    ],
)
def test_where_claims_and_an_assumption_stand_the_numbers_are_assumed(
    assumed: str | None, because: tuple[str, ...], founded: str
) -> None:
    assert Position(assumed=assumed, because=because).founded == founded


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({}, "an issue has either `options` or a `range`; write one of them"),
        (
            {"options": ["a"], "range": "0..1"},
            "an issue has either `options` or a `range`; write one of them",
        ),
        ({"options": []}, "an issue has either `options` or a `range`; write one of them"),
        ({"options": ["a", "b", "a"]}, "an option stands twice in `options`; remove or rename one"),
        ({"options": [1, "1"]}, "an option stands twice in `options`; remove or rename one"),
        ({"range": "10..0"}, '"10..0" is not a range; write it as 0..100'),
        ({"range": "0..0"}, '"0..0" is not a range; write it as 0..100'),
        ({"range": "0"}, '"0" is not a range; write it as 0..100'),
        ({"range": "a..b"}, '"a..b" is not a range; write it as 0..100'),
        ({"range": "0..nan"}, '"0..nan" is not a range; write it as 0..100'),
        ({"range": "0..inf"}, '"0..inf" is not a range; write it as 0..100'),
        ({"range": "0..1e999"}, '"0..1e999" is not a range; write it as 0..100'),
        (
            {"range": "0..10", "step": 20},
            (
                "a range of 0..10 in steps of 20 has no options or more than 1000; "
                "mend `range` or `step`"
            ),
        ),
        (
            {"range": "0..1e300", "step": 1},
            (
                "a range of 0..1e300 in steps of 1 has no options or more than 1000; "
                "mend `range` or `step`"
            ),
        ),
        (
            {"range": "-1e308..1e308", "step": 1e-308},
            (
                "a range of -1e308..1e308 in steps of 1e-308 has no options or more than 1000; "
                "mend `range` or `step`"
            ),
        ),
    ],
)
def test_an_issue_has_options_or_a_range_that_can_be_counted(
    data: dict[str, object], message: str
) -> None:
    assert messages(Issue, {"name": "Days", **data}) == [message]


@pytest.mark.parametrize("step", [0, -1, float("nan"), float("inf"), "x"])
def test_a_step_is_a_number_above_zero(step: object) -> None:
    assert messages(Issue, {"name": "Days", "range": "0..10", "step": step})


@pytest.mark.parametrize(
    ("span", "step", "options"),
    [
        ("0..20", 10, ["0", "10", "20"]),
        ("0..25", 10, ["0", "10", "20"]),
        ("0..1", 0.25, ["0", "0.25", "0.5", "0.75", "1"]),
        ("0.1..0.4", 0.1, ["0.1", "0.2", "0.3", "0.4"]),
        ("-1..1", 1, ["-1", "0", "1"]),
        ("1000000..1000002", 1, ["1000000", "1000001", "1000002"]),
    ],
)
def test_a_range_has_an_option_at_every_step(span: str, step: float, options: list[str]) -> None:
    issue = Issue(name="x", range=span, step=step)
    assert list(issue.option_ids) == options
    assert list(issue.numbers.values()) == pytest.approx([float(o) for o in options], abs=1e-9)


def test_an_ordinary_issue_has_no_numbers() -> None:
    assert Issue(name="x", options={"1": "One"}).numbers == {}


def test_an_option_is_called_by_its_name_or_its_number_and_unit() -> None:
    case = case_with({"issues/days/unit": "days"})
    assert case.issues["corridor"].option_name("stay") == "Troops stay"
    assert case.issues["days"].option_name("10") == "10 days"
    assert case_with({"issues/days/unit": None}).issues["days"].option_name("10") == "10"


def test_a_position_without_anything_is_unknown() -> None:
    assert Position().weight == Weight.parse(None)
    assert Position().values == {}


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (
            WALK_AWAY | {"refuses": {"a": "b"}},
            "a walk-away takes `value`, not `refuses` or `requires`",
        ),
        (
            WALK_AWAY | {"requires": {"a": "b"}},
            "a walk-away takes `value`, not `refuses` or `requires`",
        ),
        (RED_LINE | {"value": 3}, "a red line takes `refuses` or `requires`, not `value`"),
        (RED_LINE | {"refuses": {}}, "a red line needs `refuses` or `requires`"),
        (
            RED_LINE | {"kind": "precondition", "refuses": {}},
            "a precondition needs `refuses` or `requires`",
        ),
    ],
)
def test_a_demand_has_the_form_of_its_kind(data: dict[str, object], message: str) -> None:
    assert messages(Demand, data) == [message]


def test_a_blank_firmness_means_unknown_but_for_a_walk_away() -> None:
    assert Demand.model_validate(RED_LINE).binds == Probability.parse(None)
    assert Demand.model_validate(WALK_AWAY).binds == Probability.exactly(1)
    assert Demand.model_validate(WALK_AWAY | {"firmness": 0.5}).binds.central == 0.5


def test_a_walk_away_without_a_value_is_unknown() -> None:
    assert Demand.model_validate(WALK_AWAY).worth == Value.parse(None)
    assert Demand.model_validate(WALK_AWAY | {"value": 40}).worth == Value.exactly(40)


@pytest.mark.parametrize(
    "effects",
    [
        {},
        {"requires": {"a": "b"}, "bonus": {"north": 1}},
        {"requires": {"a": "b"}, "excludes": {"a": "b"}},
    ],
)
def test_a_linkage_has_one_effect(effects: dict[str, object]) -> None:
    data = {"when": {"x": "y"}, **effects}
    assert messages(Linkage, data) == ["a linkage has one of `requires`, `excludes` and `bonus`"]


def test_a_promise_has_a_trust_level_or_a_probability_of_its_own() -> None:
    message = "a promise has either `trust` or `kept`; write one of them"
    assert messages(Promise, PROMISE) == [message]
    assert messages(Promise, PROMISE | {"trust": "t", "kept": 0.5}) == [message]
    assert Promise.model_validate(PROMISE | {"trust": "t"}).kept is None
    assert Promise.model_validate(PROMISE | {"kept": 0.5}).trust is None


def test_a_promise_whose_kept_was_left_blank_says_that_nobody_knows() -> None:
    assert Promise.model_validate(PROMISE | {"kept": None}).kept is None


def test_a_claims_class_is_read_by_its_name_in_the_file() -> None:
    assert Claim.model_validate({"class": "fact"}).class_ == "fact"
    assert "class" in Claim(class_="fact").model_dump(by_alias=True)


def test_a_source_may_speak_from_several_camps() -> None:
    source = Source.model_validate({"title": "x", "kind": "report", "camp": ["north", "south"]})
    assert source.camp == ("north", "south")


def test_principals_sign_unless_the_case_says_otherwise() -> None:
    case = case_with({"parties/office/must_accept": True, "parties/north/must_accept": False})
    assert case.signatories == ("south", "office")


def test_a_faction_stands_for_its_party() -> None:
    case = case_with({})
    assert case.factions == {"hawks": "north"}
    assert case.party_of("hawks") == "north"
    assert case.party_of("south") == "south"
    assert case.party_of("nobody") == "nobody"


@pytest.mark.parametrize(
    ("actor", "name"),
    [("north", "North"), ("hawks", "Hawks"), ("farmers", "Farmers"), ("nobody", "nobody")],
)
def test_everybody_is_called_by_name(actor: str, name: str) -> None:
    assert case_with({}).name_of(actor) == name


def test_a_faction_takes_its_partys_position_where_it_has_none() -> None:
    case = case_with({"positions/hawks": {"corridor": {"weight": 90}}})
    assert case.position("hawks", "corridor").weight == Weight.exactly(90)
    assert case.position("hawks", "days") == case.position("north", "days")
    assert case.position("office", "days") == Position()


def test_a_faction_that_is_called_as_its_party_has_a_position() -> None:
    groups = {"parties/north/factions": {"south": "S"}, "parties/south/factions": {"north": "N"}}
    case = case_with({**groups, "positions": {}})
    assert case.position("north", "days") == Position()


def test_a_walk_away_is_found_by_who_makes_it() -> None:
    case = case_with({})
    assert case.walk_away("north") == "north-no-deal"
    assert case.walk_away("hawks") is None


def test_everything_that_must_say_why_is_walked_with_its_path() -> None:
    paths = dict(case_with({}).based())
    assert paths["positions.north.corridor"].because == ("north-stays",)
    assert {"issues.days", "parties.north.constituencies.farmers", "text_agreed"} <= set(paths)
    assert "parties.north.factions.hawks" not in paths
    assert len(paths) == 3 + 1 + 2 + 2 + 6 + 4 + 1 + 1 + 1 + 1 + 1 + 1
