import datetime as dt
from pathlib import Path

import pytest

from goodoffices.errors import ModelError
from goodoffices.outlook.forecast_log import Forecast, ForecastLog, append, read_log
from goodoffices.outlook.record import forecasts, resolution, score
from tests.case.cases import GONE
from tests.outlook.cases import TODAY, ask_lens, case_with


def test_a_report_becomes_one_forecast_per_open_question_with_what_went_in() -> None:
    report = ask_lens()
    accord, fire = forecasts(report)
    together = report.question("accord").together
    assert together is not None
    assert accord.probability == pytest.approx(together.probability.central, abs=1e-4)
    assert (accord.made, accord.by) == (TODAY, report.question("accord").by)
    assert set(accord.basis["views"]) == {"outside", "inside", "estimates"}
    assert fire.basis["base_rate"] > 0
    assert accord.low is not None
    assert accord.high is not None
    assert accord.low <= accord.probability <= accord.high


def test_nothing_open_is_an_error() -> None:
    with pytest.raises(ModelError, match="none is open"):
        forecasts(ask_lens({"outlook/questions": {}, "outlook/estimates": {}}))


def test_what_is_written_comes_back_and_is_scored_against_its_own_base_rate(tmp_path: Path) -> None:
    path = tmp_path / "case.forecasts.jsonl"
    for one in forecasts(ask_lens()):
        append(path, one)
    on = dt.date(2024, 12, 1)
    append(path, resolution(case_with(), read_log(path), "accord", happened=False, on=on))
    append(path, resolution(case_with(), read_log(path), "fire", happened=False, on=on))
    found = score(read_log(path))
    assert (found.written, found.scored, found.open, found.questions) == (2, 2, 0, 2)
    assert found.known_base_rate
    assert found.card is not None
    said = [one.probability for one in read_log(path).forecasts]
    assert found.card.brier_to_constant.score == pytest.approx(sum(p * p for p in said) / 2)


def test_an_empty_log_scores_nothing() -> None:
    assert score(ForecastLog()).card is None


def test_a_log_without_base_rates_is_compared_with_hindsight_and_says_so() -> None:
    made = Forecast(made=TODAY, question="accord", by=dt.date(2024, 6, 30), probability=0.2)
    known = resolution(case_with(), ForecastLog(), "accord", happened=True, on=dt.date(2024, 6, 9))
    found = score(ForecastLog(forecasts=(made,), resolutions=(known,)))
    assert not found.known_base_rate
    assert found.scored == 1


def test_an_unknown_question_is_named_with_the_nearest() -> None:
    with pytest.raises(ModelError, match='did you mean "accord"'):
        resolution(case_with(), ForecastLog(), "acord", happened=True, on=TODAY)


def test_without_an_outside_view_no_base_rate_is_noted() -> None:
    """The waterfall then begins with what the sources think, which is no base rate."""
    nothing = ["risks", "tabling", "questions/fire", "beliefs", "events"]
    report = ask_lens({f"outlook/{part}": GONE for part in nothing}, deals=None)
    (accord,) = forecasts(report)
    assert accord.basis["base_rate"] is None
    assert set(accord.basis["views"]) == {"estimates"}


def test_a_log_in_which_one_forecast_knows_no_base_rate_is_compared_with_hindsight() -> None:
    made = [
        Forecast(
            made=TODAY, question=name, by=dt.date(2024, 6, 30), probability=0.2,
            basis={"base_rate": rate},
        )
        for name, rate in (("accord", 0.1), ("fire", None))
    ]  # fmt: skip
    known = [
        resolution(
            case_with(), ForecastLog(), name, happened=name == "fire", on=dt.date(2024, 7, 1)
        )
        for name in ("accord", "fire")
    ]
    found = score(ForecastLog(forecasts=tuple(made), resolutions=tuple(known)))
    assert not found.known_base_rate
    assert found.card is not None


@pytest.mark.parametrize("rate", [-0.1, 1.5, "0.3", [0.3], None, True, float("nan")])
def test_a_base_rate_that_is_none_is_not_taken_for_one(rate: object) -> None:
    made = Forecast(
        made=TODAY, question="accord", by=dt.date(2024, 6, 30), probability=0.2,
        basis={"base_rate": rate},
    )  # fmt: skip
    known = resolution(case_with(), ForecastLog(), "accord", happened=False, on=dt.date(2024, 7, 1))
    assert not score(ForecastLog(forecasts=(made,), resolutions=(known,))).known_base_rate


@pytest.mark.parametrize("rate", [0, 0.0, 0.25, 1, 1.0])
def test_a_base_rate_may_be_any_probability(rate: float) -> None:
    made = Forecast(
        made=TODAY, question="accord", by=dt.date(2024, 6, 30), probability=0.2,
        basis={"base_rate": rate},
    )  # fmt: skip
    known = resolution(case_with(), ForecastLog(), "accord", happened=True, on=dt.date(2024, 6, 9))
    found = score(ForecastLog(forecasts=(made,), resolutions=(known,)))
    assert found.known_base_rate
    assert found.card is not None
    assert found.card.brier_to_base_rate.reference == pytest.approx((1 - rate) ** 2)
    assert found.card.brier_to_base_rate.score == pytest.approx(0.64)


def made(
    question: str, day: int, *, by: int = 30, scenario: str | None = None, said: float = 0.25
) -> Forecast:
    return Forecast(
        made=dt.date(2024, 6, day), question=question, by=dt.date(2024, 6, by), probability=said,
        scenario=scenario, basis={"base_rate": 0.5},
    )  # fmt: skip


def test_every_forecast_of_a_log_is_counted_under_exactly_one_heading() -> None:
    """Of six: two resolved on one question, one open, one too late, two under scenarios."""
    happened = resolution(
        case_with(), ForecastLog(), "accord", happened=True, on=dt.date(2024, 6, 9)
    )
    log = ForecastLog(
        forecasts=(
            made("accord", 1), made("accord", 5), made("accord", 20), made("fire", 1),
            made("accord", 1, scenario="calm"), made("fire", 1, scenario="calm"),
        ),
        resolutions=(happened,),
    )  # fmt: skip
    found = score(log)
    assert (found.written, found.scored, found.open, found.late, found.scenarios) == (6, 2, 1, 1, 2)
    assert found.scored + found.open + found.late + found.scenarios == found.written
    assert found.questions == 1
    assert found.card is not None
    assert found.card.forecasts == 2
    # Two forecasts of one question are no independent trials, so no error is known.
    assert found.card.brier_to_base_rate.error is None
    assert found.card.brier_to_base_rate.score == 0.5625
    assert found.card.brier_to_base_rate.reference == 0.25


def test_what_had_not_happened_by_its_day_counts_as_not_come_true() -> None:
    known = resolution(
        case_with(), ForecastLog(), "accord", happened=False, on=dt.date(2024, 6, 30)
    )
    assert known.happened is None
    found = score(ForecastLog(forecasts=(made("accord", 1),), resolutions=(known,)))
    assert found.card is not None
    assert found.card.brier_to_base_rate.score == 0.0625


def test_a_question_known_to_the_log_alone_may_be_resolved() -> None:
    log = ForecastLog(forecasts=(made("gone", 1),))
    known = resolution(case_with(), log, "gone", happened=True, on=TODAY, because="seen")
    assert (known.question, known.happened, known.because) == ("gone", TODAY, "seen")
    bare = case_with().model_copy(update={"outlook": None})
    with pytest.raises(ModelError, match='there is no question "x"; there are none'):
        resolution(bare, ForecastLog(), "x", happened=True, on=TODAY)
    with pytest.raises(ModelError, match="there are gone"):
        resolution(bare, log, "zzzzzz", happened=True, on=TODAY)
