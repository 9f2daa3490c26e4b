import math
from pathlib import Path

import pytest

from goodoffices.errors import ExchangeError
from goodoffices.outlook.validation.pooling import (
    FILE,
    PoolingCheck,
    Question,
    meaning,
    read_questions,
    validate_pooling,
)

HEADER = "question,outcome,probabilities\n"


@pytest.fixture(scope="module")
def found(shared_data: Path) -> PoolingCheck:
    return validate_pooling(shared_data / "pooling")


def scores(found: PoolingCheck) -> dict[str, float]:
    return {each.name: each.value for each in found.brier}


def test_the_scores_are_those_that_are_known(found: PoolingCheck) -> None:
    """Computed apart from this package, with answers moved into 1 to 99 %: mean .1048, log-odds
    pool .0977, times 1.5 .0952.
    """
    assert (found.questions, found.forecasts) == (1101, 9424)
    known = scores(found)
    assert known["mean"] == pytest.approx(0.1048, abs=0.0001)
    assert known["log-odds pool"] == pytest.approx(0.0977, abs=0.0001)
    assert known["log-odds pool, exponent 1.5"] == pytest.approx(0.0952, abs=0.0001)


def test_the_default_is_no_worse_than_the_plain_pool(found: PoolingCheck) -> None:
    known = scores(found)
    assert known["default"] <= known["log-odds pool"]
    against = {each.name: each for each in found.against}
    assert against["default"].high < 0


def test_pooling_beats_the_mean_the_median_and_the_base_rate(found: PoolingCheck) -> None:
    known = scores(found)
    assert known["default"] < min(known["median"], known["mean"]) < known["base rate"]


def test_the_learned_exponent_is_near_the_most_extreme_that_the_default_gives(
    found: PoolingCheck,
) -> None:
    assert 1.3 <= found.learned <= 1.5
    assert all(1.3 <= each <= 1.5 for each in found.learned_by_fold)
    assert found.exponents[0] == pytest.approx(1.32, abs=1e-9)
    assert found.exponents[1] < 1.4


def test_the_default_is_near_what_came_true_in_most_tenths(found: PoolingCheck) -> None:
    assert sum(each.happened.draws for each in found.bins) == 1101
    apart = [abs(each.forecast - each.happened.value) for each in found.bins]
    assert max(apart) < 0.2


def test_the_meaning_is_said_with_its_figures(found: PoolingCheck) -> None:
    scored, compared, learned, calibrated = meaning(found)
    assert scored.startswith("On 1101 questions the default pool scored 0.0952")
    assert compared.startswith("The default did better than the plain log-odds pool: -0.0025")
    assert "the exponent would be 1.40" in learned
    assert calibrated.startswith("In 3 of 10 tenths")
    assert calibrated.endswith("; 15 % was 3 %; 44 % was 29 %; 55 % was 38 %.")


# Small files.


def write(folder: Path, *rows: str) -> Path:
    (folder / FILE).write_text(HEADER + "\n".join(rows), encoding="utf-8")
    return folder


def test_a_question_is_read_with_its_forecasts(tmp_path: Path) -> None:
    file = write(tmp_path, "0,1,0.75;0.5;", "1,0,0;1") / FILE
    assert read_questions(file) == (
        Question(happened=True, probabilities=(0.75, 0.5)),
        Question(happened=False, probabilities=(0.0, 1.0)),
    )


def test_the_ways_are_scored_as_by_hand(tmp_path: Path) -> None:
    """Odds of 4 and 1 pool to 2, so 2/3; mean and median 0.65; five questions, all true."""
    folder = write(tmp_path, *[f"{n},1,0.8;0.5" for n in range(5)])
    known = scores(validate_pooling(folder, resamples=50))
    assert known["log-odds pool"] == pytest.approx((1 / 3) ** 2, abs=1e-12)
    assert known["mean"] == known["median"] == pytest.approx(0.35**2, abs=1e-12)
    odds = 2**1.5
    assert known["log-odds pool, exponent 1.5"] == pytest.approx((1 / (1 + odds)) ** 2, abs=1e-12)
    # Two people, two camps: the exponent is 1.2.
    assert known["default"] == pytest.approx((1 / (1 + 2**1.2)) ** 2, abs=1e-12)
    # What is always right cannot be extremised enough.
    assert known["learned exponent"] == pytest.approx((1 / (1 + 2**3)) ** 2, abs=1e-12)
    assert known["base rate"] == 0.0


def test_sure_and_wrong_people_call_for_caution(tmp_path: Path) -> None:
    folder = write(tmp_path, *[f"{n},{n % 2},0.9;0.9" for n in range(20)])
    found = validate_pooling(folder, resamples=50)
    assert found.learned == 0.5
    assert "did worse than" in meaning(found)[1]


def test_the_same_seed_gives_the_same_figures(tmp_path: Path) -> None:
    folder = write(tmp_path, "0,1,0.75;0.5", "1,0,0.25;0.125", "2,1,0.5;0.5")
    assert validate_pooling(folder, seed=3) == validate_pooling(folder, seed=3)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a,b\n1,2\n", "has no columns `outcome` and `probabilities`"),
        (HEADER + "0,1,0.5;x\n", "line 2 is not an outcome and probabilities"),
        (HEADER + "0,maybe,0.5;0.5\n", "line 2 is not an outcome and probabilities"),
        (HEADER + "0,1\n", "line 2 is not an outcome and probabilities"),
        (HEADER + "0,2,0.5;0.5\n", "line 2: the outcome is 0 or 1"),
        (HEADER + "0,1,0.5\n", "at least two from 0 to 1"),
        (HEADER + "0,1,0.5;1.5\n", "at least two from 0 to 1"),
        (HEADER, "holds no questions"),
    ],
)
def test_a_file_that_cannot_be_read_says_where_and_why(
    tmp_path: Path, text: str, message: str
) -> None:
    (tmp_path / FILE).write_text(text, encoding="utf-8")
    with pytest.raises(ExchangeError) as raised:
        validate_pooling(tmp_path)
    assert message in str(raised.value)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ExchangeError, match="can't be read"):
        validate_pooling(tmp_path / "nowhere.csv")


def test_the_pool_and_its_exponent_are_finite_for_sure_people(tmp_path: Path) -> None:
    folder = write(tmp_path, "0,1,1;1;1", "1,0,0;0;0")
    found = validate_pooling(folder, resamples=50)
    assert all(math.isfinite(each.value) for each in found.brier)
