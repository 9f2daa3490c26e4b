from typing import Any

import pytest

from goodoffices.case import build, check, dump_case, parse_case
from goodoffices.case.check_outlook import estimate_date, estimate_speaker
from goodoffices.case.classes import reference_classes
from goodoffices.errors import CaseError
from goodoffices.outlook.baserates import shipped
from tests.case.cases import GONE
from tests.outlook.cases import case_with, data, faults_with


def test_the_small_outlook_has_no_error() -> None:
    assert [str(f) for f in check(case_with()) if f.severity == "error"] == []


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        ("outlook/estimates/aide/question", "acord", 'not a question; did you mean "accord"?'),
        ("outlook/questions/fire/risk", "escalaton", 'not a risk; did you mean "escalation"?'),
        ("outlook/events/gift/multiplies", {"deel": 2}, 'a risk; did you mean "deal"'),
        ("outlook/events/gift/signals", {"south-serius": 2}, "not a belief; did you mean"),
        ("outlook/beliefs/south-serious/about", "souht", 'did you mean "south"?'),
        ("outlook/beliefs/south-serious/unless", {"x": 2}, '"x" is not a risk'),
        ("outlook/records/in-south", {"kept": 1, "assumed": "a: b"}, "not a trust level"),
        ("outlook/risks/escalation/class", "escalation-death", 'did you mean "escalation-deaths"'),
        ("outlook/risks/escalation/events", ["ends frist"], 'did you mean "ends first"?'),
        ("outlook/perceptions/nobody", {"feels": 0.5, "assumed": "a: b"}, "not a party or faction"),
        ("outlook/waiting/stocks/to", "suoth", 'did you mean "south"?'),
        ("outlook/pressure/farmer", {"on": "north", "per_week": 1, "assumed": "a: b"},
         'not a constituency; did you mean "farmers"?'),
        ("outlook/tabling/package", "drafft", 'not a package; did you mean "draft"?'),
        ("outlook/tabling/worth/deel", 3, '"deel" is not a risk or `open`; did you mean "deal"?'),
        ("outlook/tabling/refused/deel", 3, '"deel" is not a risk; did you mean "deal"?'),
        ("outlook/tabling/alternatives/suth", 3, 'did you mean "south"?'),
    ],
)  # fmt: skip
def test_an_unknown_id_is_an_error_with_the_nearest_name(path: str, value: Any, said: str) -> None:
    faults = faults_with({path: value})
    assert any(said in fault for fault in faults), faults


@pytest.mark.parametrize(
    "path",
    [
        "outlook/estimates/aide",
        "outlook/events/gift",
        "outlook/beliefs/south-serious",
        "outlook/records/in-north",
        "outlook/risks/deal",
        "outlook/risks/escalation",
        "outlook/perceptions/north",
        "outlook/waiting/stocks",
        "outlook/pressure/farmers",
        "outlook/tabling",
        "outlook/inside",
    ],
)
def test_a_number_that_rests_on_nothing_is_an_error(path: str) -> None:
    assert any("no claim and no assumption" in f for f in faults_with({f"{path}/assumed": GONE}))


def test_weights_of_ones_own_need_a_reason() -> None:
    (fault,) = faults_with({"outlook/weights": {"inside": 3}})
    assert fault.startswith("outlook.weights: the weights rest on no claim and no assumption")
    assert faults_with({"outlook/weights": {"inside": 3, "assumed": "team: why not"}}) == []
    zeros = {"inside": 0, "outside": 0, "estimates": 0, "assumed": "a: b"}
    assert "all are 0" in faults_with({"outlook/weights": zeros})[0]


def test_an_estimate_without_a_date_takes_that_of_its_source() -> None:
    case = case_with()
    assert case.outlook is not None
    north = case.outlook.estimates["north"]
    assert str(estimate_date(case, north).date) == "2024-05-30"
    assert estimate_speaker(case, north) == "north"


def test_an_estimate_without_any_date_or_speaker_is_an_error() -> None:
    faults = faults_with(
        {"outlook/estimates/x": {"question": "accord", "probability": 0.3, "assumed": "a: b"}}
    )
    assert any("nobody says who estimates it" in fault for fault in faults)
    assert any("the day of the estimate is missing" in fault for fault in faults)


def test_an_inferred_day_is_a_warning() -> None:
    inferred = {"date": "2024-05-24", "inferred": "the week before"}
    (warning,) = faults_with({"outlook/events/gift/date": inferred}, "warning")
    assert "the day of the event is inferred: the week before" in warning


def test_an_event_without_a_day_and_an_estimate_from_the_future_are_errors() -> None:
    assert (
        "the day of the event is missing" in faults_with({"outlook/events/gift/date": "unknown"})[0]
    )
    later = faults_with({"outlook/estimates/aide/date": "2024-07-01"})
    assert "lies after the day of the case" in later[0]


@pytest.mark.parametrize(
    "quote",
    [
        "only 10% of the deal is open",
        "90 percent of the text is agreed",
        "Some 90 per cent of all issues",
        "10% of the deal remains",
    ],
)
def test_progress_is_refused_as_a_probability(quote: str) -> None:
    changes = {
        "claims/share": {"class": "estimate", "source": "report", "speaker": "x", "quote": quote},
        "outlook/estimates/aide/because": "share",
    }
    (fault,) = faults_with(changes)
    assert '"share" says how much is agreed: progress, not a probability' in fault


def test_the_claim_behind_the_text_agreed_is_no_estimate_either() -> None:
    changes = {"text_agreed/because": "serious", "outlook/estimates/aide/because": "serious"}
    assert any("progress, not a probability" in fault for fault in faults_with(changes))


def test_a_percentage_that_is_a_chance_is_not_taken_for_progress() -> None:
    claim = {"class": "estimate", "source": "report", "speaker": "x", "quote": "a 10% chance"}
    assert faults_with({"claims/c": claim, "outlook/estimates/aide/because": "c"}) == []


def test_an_opinion_is_no_estimate() -> None:
    assert any(
        "opinion is no evidence" in f
        for f in faults_with({"outlook/estimates/aide/because": "reader"})
    )


def test_a_phrase_that_nobody_was_asked_for_is_an_error_with_the_nearest() -> None:
    with pytest.raises(CaseError, match='did you mean "highly unlikely"'):
        build(data({"outlook/estimates/aide/probability": "highly unlikly"}))


def test_an_unknown_estimate_or_factor_is_an_error() -> None:
    assert "no estimate" in faults_with({"outlook/estimates/aide/probability": "unknown"})[0]
    assert "even its direction" in faults_with({"outlook/risks/escalation/factor": "unknown"})[0]


def test_harm_to_people_has_no_price() -> None:
    with pytest.raises(CaseError, match="harm to people has no price"):
        build(data({"outlook/waiting/captives/worth": 10}))


def test_a_risk_has_one_source_of_its_hazard() -> None:
    for changes in (
        {"outlook/risks/deal/class": "deal"},
        {"outlook/risks/deal/chance": GONE},
    ):
        with pytest.raises(CaseError, match="either `class` or `chance`"):
            build(data(changes))


def test_a_chance_that_is_certain_is_an_error() -> None:
    assert "endless hazard" in faults_with({"outlook/risks/deal/chance": "50..100%"})[0]


def test_tabling_must_know_what_every_end_is_worth() -> None:
    assert 'what "open" is worth is missing' in faults_with({"outlook/tabling/worth/open": GONE})[0]


def test_what_acts_twice_on_one_risk_is_a_warning() -> None:
    changes = {"outlook/events/gift/multiplies": {"escalation": 0.5}}
    assert any("again through south-serious" in w for w in faults_with(changes, "warning"))


def test_no_risk_called_deal_is_a_warning() -> None:
    changes = {"outlook/risks/signing": {"name": "s", "chance": 0.1, "assumed": "a: b"},
               "outlook/risks/deal": GONE}  # fmt: skip
    assert any("none is `deal`" in w for w in faults_with(changes, "warning"))


def test_pressure_on_somebody_without_a_walk_away_moves_nothing() -> None:
    assert "no walk-away" in faults_with({"outlook/pressure/farmers/on": "hawks"})[0]


def test_a_horizon_that_is_past_is_an_error() -> None:
    assert "is not after the day of the case" in faults_with({"outlook/by": "2024-05-01"})[0]


def test_reading_a_written_outlook_gives_the_same_case() -> None:
    assert parse_case(dump_case(case_with())) == case_with()


def test_the_names_of_reference_classes_are_those_that_are_shipped() -> None:
    found = {each.id: tuple(e.name for e in each.events) for each in shipped().classes}
    assert dict(reference_classes()) == found


def test_a_factor_below_zero_or_a_negative_count_says_what_would_fit() -> None:
    with pytest.raises(CaseError, match=r"outside 0\.001 to 1000"):
        build(data({"outlook/events/gift/multiplies": {"deal": 0}}))
    with pytest.raises(CaseError, match="write 0 or more"):
        build(data({"outlook/records/in-north/kept": -1}))


# Records with days, half-lives and pressure.


def promise(**changes: Any) -> dict[str, Any]:
    given = {"name": "a truce", "date": "2023-05-01", "kept": True, **changes}
    return {"outlook/records/in-north": {"promises": {"p": given}, "assumed": "team: counted"}}


def test_a_listed_promise_is_no_fault() -> None:
    assert faults_with(promise()) == []
    assert faults_with(promise(), "warning") == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"date": "2025-01-01"}, "2025-01-01 lies after the day of the case, 2024-05-31"),
        ({"date": "unknown"}, "the day of the promise is missing"),
    ],
)
def test_a_promise_without_a_day_that_is_past_is_an_error(
    changes: dict[str, Any], said: str
) -> None:
    faults = faults_with(promise(**changes))
    assert any("records.in-north.promises.p.date" in f and said in f for f in faults), faults


def test_an_inferred_day_of_a_promise_is_to_be_confirmed() -> None:
    day = {"date": "2023-05-01", "inferred": "the year of the report"}
    (found,) = faults_with(promise(date=day), "warning")
    assert "the day of the promise is inferred: the year of the report" in found


def test_a_half_life_of_what_is_only_counted_is_said_to_fade_nothing() -> None:
    record = {"kept": 3, "half_life": 40, "assumed": "team: counted"}
    (found,) = faults_with({"outlook/records/in-north": record}, "warning")
    assert "has no days, so none of it fades; list the promises, or remove it" in found


def test_an_empty_list_of_promises_changes_nothing() -> None:
    record = {"promises": {}, "assumed": "team: counted"}
    (found,) = faults_with({"outlook/records/in-north": record}, "warning")
    assert "an empty record changes nothing" in found


@pytest.mark.parametrize(
    "path",
    [
        "outlook/half_life",
        "outlook/events/gift/half_life",
        "outlook/beliefs/south-serious/half_life",
        "outlook/waiting/stocks/half_life",
    ],
)
def test_a_half_life_may_be_uncertain_and_may_not_be_unknown(path: str) -> None:
    assert faults_with({path: "5..50"}) == []
    assert faults_with({path: "5..10..50"}) == []
    where = path.replace("/", ".")
    (found,) = faults_with({path: "unknown"})
    assert f"{where}: is unknown; give a wide range" in found


@pytest.mark.parametrize(
    ("path", "wrong"),
    [
        ("outlook/half_life", 0),
        ("outlook/half_life", "40..30"),
        ("outlook/events/gift/half_life", -3),
        ("outlook/events/gift/half_life", "soon"),
        ("outlook/beliefs/south-serious/half_life", "0..10"),
        ("outlook/records/in-north/half_life", 99_999),
        ("outlook/records/in-north/promises", {"p": {"name": "x", "kept": True}}),
        ("outlook/records/in-north/promises", {"p": {"name": "x", "date": "2020-01-01"}}),
        ("outlook/records/in-north/promises", {"p": {"name": "x", "date": 20200101, "kept": 1}}),
        ("outlook/pressure/farmers/also", ["two words"]),
    ],
)
def test_what_is_no_half_life_record_or_pressure_is_said_where_it_stands(
    path: str, wrong: Any
) -> None:
    with pytest.raises(CaseError) as caught:
        case_with({path: wrong})
    assert path.replace("/", ".") in str(caught.value)


@pytest.mark.parametrize(
    ("also", "said"),
    [
        (["hawk"], 'not a party or faction; did you mean "hawks"?'),
        (["hawks"], "hawks has no walk-away, so nothing can move"),
    ],
)
def test_pressure_on_others_needs_their_walk_aways(also: list[str], said: str) -> None:
    faults = faults_with({"outlook/pressure/farmers/also": also})
    assert any("outlook.pressure.farmers.also" in f and said in f for f in faults), faults


def test_pressure_on_another_party_is_asked_about() -> None:
    (found,) = faults_with({"outlook/pressure/farmers/on": "south"}, "warning")
    assert "farmers is no constituency of south" in found


def test_a_file_keeps_half_lives_records_and_pressure_as_they_are_written() -> None:
    changes = {
        **promise(),
        "outlook/half_life": "20..40",
        "outlook/events/gift/half_life": "2..6",
        "outlook/pressure/farmers/also": ["south"],
    }
    case = case_with(changes)
    again = parse_case(dump_case(case))
    assert again.outlook == case.outlook
    assert str(again.outlook.half_life) == "20..40"  # type: ignore[union-attr]
    assert again.outlook.records["in-north"].counts == (1, 0)  # type: ignore[union-attr]
