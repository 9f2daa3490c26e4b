import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.errors import ExchangeError, ModelError
from goodoffices.outlook import forecast_log
from goodoffices.outlook.forecast_log import (
    Forecast,
    ForecastLog,
    Resolution,
    append,
    log_path,
    read_log,
    resolved,
)

SEPTEMBER = date(2024, 9, 7)
YEAR_END = date(2024, 12, 31)

DEAL = Forecast(
    made=SEPTEMBER,
    question="deal",
    by=YEAR_END,
    probability=0.125,
    low=0.0625,
    high=0.25,
    basis={"seed": 1, "weights": {"inside": 0.5}},
)
NO_DEAL = Resolution(question="deal", until=YEAR_END, happened=None, because="nothing was signed")


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "case.forecasts.jsonl"


def test_the_log_stands_beside_its_case() -> None:
    assert log_path(Path("talks") / "case.yaml") == Path("talks") / "case.forecasts.jsonl"
    assert log_path("my.case.yml") == Path("my.case.forecasts.jsonl")


def test_what_was_appended_is_read_back(log: Path) -> None:
    war = replace(DEAL, question="战争 / حرب", low=None, high=None, scenario="monitored")
    for record in (DEAL, NO_DEAL, war):
        append(log, record)
    assert read_log(log) == ForecastLog(forecasts=(DEAL, war), resolutions=(NO_DEAL,))


def test_a_log_that_is_not_there_is_empty(log: Path) -> None:
    assert read_log(log) == ForecastLog()


def test_every_record_is_a_line_of_json(log: Path) -> None:
    append(log, DEAL)
    append(log, NO_DEAL)
    first, second = log.read_text(encoding="utf-8").splitlines()
    assert json.loads(first) == {
        "kind": "forecast",
        "made": "2024-09-07",
        "question": "deal",
        "by": "2024-12-31",
        "probability": 0.125,
        "low": 0.0625,
        "high": 0.25,
        "scenario": None,
        "basis": {"seed": 1, "weights": {"inside": 0.5}},
    }
    assert json.loads(second) == {
        "kind": "resolution",
        "question": "deal",
        "until": "2024-12-31",
        "happened": None,
        "because": "nothing was signed",
    }


def test_what_the_log_held_is_never_changed(log: Path) -> None:
    held = b""
    for record in (DEAL, NO_DEAL, DEAL):
        append(log, record)
        assert log.read_bytes().startswith(held)
        held = log.read_bytes()


# Crashes.


def test_a_line_torn_anywhere_takes_no_other_with_it(log: Path, tmp_path: Path) -> None:
    append(log, DEAL)
    whole = log.read_bytes()
    torn = tmp_path / "torn.jsonl"
    for cut in range(len(whole)):
        torn.write_bytes(whole + whole[:cut])
        append(torn, NO_DEAL)
        found = read_log(torn)
        # All but its line break, a line says everything.
        complete = cut == len(whole) - 1
        assert found.forecasts == ((DEAL, DEAL) if complete else (DEAL,))
        assert found.resolutions == (NO_DEAL,)
        assert len(found.dropped) == (0 if complete or cut == 0 else 1)
        assert torn.read_bytes().startswith(whole + whole[:cut])


def test_a_torn_last_line_is_told_with_its_number_and_its_beginning(log: Path) -> None:
    append(log, DEAL)
    with open(log, "ab") as file:
        file.write(b'{"kind": "forecast", "made": "2024-')
    (dropped,) = read_log(log).dropped
    assert str(dropped) == (
        'line 2 is left out: it is torn, or was never JSON ("{"kind": "forecast", "made": "2024-")'
    )


def test_blocks_that_never_reached_the_disk_are_told(log: Path) -> None:
    append(log, DEAL)
    with open(log, "ab") as file:
        file.write(b"\0" * 100)
    append(log, NO_DEAL)
    found = read_log(log)
    assert (found.forecasts, found.resolutions) == ((DEAL,), (NO_DEAL,))
    assert found.dropped[0].text == "·" * 39 + "…"


def test_a_killed_writer_leaves_a_log_that_can_be_read(log: Path) -> None:
    """A process that dies within the write, after half of the line."""
    append(log, DEAL)
    script = (
        "import os, sys\n"
        "from datetime import date\n"
        "from goodoffices.outlook import forecast_log as f\n"
        "def half(descriptor, raw):\n"
        "    os.write(descriptor, raw[: len(raw) // 2])\n"
        "    os._exit(9)\n"
        "f._write = half\n"
        "f.append(sys.argv[1], f.Resolution(question='deal', until=date(2024, 1, 1), "
        "happened=None))\n"
    )
    source = Path(forecast_log.__file__).parents[2]
    died = subprocess.run(
        [sys.executable, "-c", script, str(log)],
        env={**os.environ, "PYTHONPATH": str(source)},
        check=False,
    )
    assert died.returncode == 9
    append(log, NO_DEAL)
    found = read_log(log)
    assert (found.forecasts, found.resolutions) == ((DEAL,), (NO_DEAL,))
    assert len(found.dropped) == 1


def test_writers_at_the_same_time_wait_for_each_other(log: Path) -> None:
    records = [replace(DEAL, question=f"question {n}", basis={"x": "y" * 5_000}) for n in range(40)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda record: append(log, record), records))
    found = read_log(log)
    assert found.dropped == ()
    assert sorted(each.question for each in found.forecasts) == sorted(
        each.question for each in records
    )


def test_a_write_that_is_cut_short_goes_on(log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, raw: write(descriptor, raw[:7]))
    append(log, DEAL)
    assert read_log(log).forecasts == (DEAL,)


# Lines that are no records.


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("nonsense", "it is torn, or was never JSON"),
        ("[1, 2]", "it is neither a forecast nor a resolution"),
        ('{"kind": "guess"}', "it is neither a forecast nor a resolution"),
        ('{"kind": "forecast", "made": "2024-09-07"}', "it has no `question`"),
        (
            '{"kind": "resolution", "question": "deal", "until": "someday"}',
            "a day, a number or a text is none",
        ),
        (
            '{"kind": "resolution", "question": 7, "until": "2024-09-07"}',
            "a day, a number or a text is none",
        ),
        (
            (
                '{"kind": "forecast", "made": "2024-09-07", "question": "deal", '
                '"by": "2024-12-31", "probability": true}'
            ),
            "a day, a number or a text is none",
        ),
        (
            (
                '{"kind": "forecast", "made": "2024-09-07", "question": "deal", '
                '"by": "2024-12-31", "probability": NaN}'
            ),
            "deal: a forecast is a probability from 0 to 1 in its interval",
        ),
        ("[" * 100_000, "it is torn, or was never JSON"),
    ],
)
def test_a_line_that_is_no_record_is_left_out_and_told(log: Path, line: str, why: str) -> None:
    append(log, DEAL)
    with open(log, "a", encoding="utf-8") as file:
        file.write(line + "\n")
    append(log, NO_DEAL)
    found = read_log(log)
    assert (found.forecasts, found.resolutions) == ((DEAL,), (NO_DEAL,))
    assert [(each.line, each.why) for each in found.dropped] == [(2, why)]


def test_empty_lines_and_fields_of_a_later_version_do_no_harm(log: Path) -> None:
    append(log, DEAL)
    text = log.read_text(encoding="utf-8").replace('"kind"', '"mood": "grim", "kind"')
    log.write_bytes(b"\r\n\n" + text.replace("\n", "\r\n").encode())
    assert read_log(log) == ForecastLog(forecasts=(DEAL,))


@given(st.binary(max_size=200))
def test_any_bytes_can_be_read(tmp_path_factory: pytest.TempPathFactory, raw: bytes) -> None:
    place = tmp_path_factory.mktemp("log") / "any.jsonl"
    place.write_bytes(raw)
    found = read_log(place)
    assert found.forecasts == found.resolutions == ()
    assert len(found.dropped) <= raw.count(b"\n") + 1


# What cannot be written or read.


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ExchangeError, match=r"can't be written: No such file or directory; look"):
        append(tmp_path / "nowhere" / "case.forecasts.jsonl", DEAL)


def test_a_folder_in_the_place_of_the_log_is_told(tmp_path: Path) -> None:
    with pytest.raises(ExchangeError, match="can't be written"):
        append(tmp_path, DEAL)
    with pytest.raises(ExchangeError, match="can't be read"):
        read_log(tmp_path)


def test_a_log_beyond_all_bounds_is_not_read(log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    append(log, DEAL)
    monkeypatch.setattr(forecast_log, "MOST_BYTES", 10)
    with pytest.raises(ExchangeError, match="is larger than 10 bytes"):
        read_log(log)


@pytest.mark.parametrize("basis", [{"x": object()}, {"x": float("nan")}, {"x": "\ud800"}])
def test_what_json_cannot_hold_is_not_written(log: Path, basis: dict[str, object]) -> None:
    with pytest.raises(ModelError, match="deal: can't be written as JSON"):
        append(log, replace(DEAL, basis=basis))
    assert not log.exists()


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"probability": 1.5}, "deal: a forecast is a probability from 0 to 1 in its interval"),
        ({"probability": 0.5}, "deal: a forecast is a probability from 0 to 1 in its interval"),
        ({"low": -0.5}, "deal: a forecast is a probability from 0 to 1 in its interval"),
        ({"question": " "}, "a forecast needs the question that it answers"),
        (
            {"by": date(2024, 9, 6)},
            "deal: made on 2024-09-07 of what happens by 2024-09-06; a forecast looks ahead",
        ),
    ],
)
def test_what_is_no_forecast_is_an_error(changed: dict[str, object], message: str) -> None:
    with pytest.raises(ModelError) as raised:
        replace(DEAL, **changed)
    assert str(raised.value) == message


def test_what_is_no_resolution_is_an_error() -> None:
    with pytest.raises(ModelError, match="happened on 2025-01-01, known until 2024-12-31"):
        replace(NO_DEAL, happened=date(2025, 1, 1))
    with pytest.raises(ModelError, match="a resolution needs the question"):
        replace(NO_DEAL, question="")


# What came of it.


@pytest.mark.parametrize(
    ("known", "state"),
    [
        (None, "open"),
        (NO_DEAL, "no"),
        (replace(NO_DEAL, until=date(2024, 12, 30)), "open"),
        (replace(NO_DEAL, until=date(2025, 6, 1)), "no"),
        (replace(NO_DEAL, happened=date(2024, 11, 5)), "yes"),
        (replace(NO_DEAL, happened=YEAR_END), "yes"),
        (replace(NO_DEAL, until=date(2025, 6, 1), happened=date(2025, 1, 19)), "no"),
        (replace(NO_DEAL, happened=SEPTEMBER), "late"),
        (replace(NO_DEAL, happened=date(2024, 1, 1)), "late"),
        (replace(NO_DEAL, question="escalation"), "open"),
    ],
)
def test_a_forecast_is_settled_by_when_it_happened(known: Resolution | None, state: str) -> None:
    log = ForecastLog(forecasts=(DEAL,), resolutions=(known,) if known else ())
    assert [each.state for each in resolved(log)] == [state]


def test_the_last_resolution_on_a_question_holds() -> None:
    mistaken = replace(NO_DEAL, happened=date(2024, 10, 1))
    log = ForecastLog(forecasts=(DEAL,), resolutions=(mistaken, NO_DEAL))
    assert [each.state for each in resolved(log)] == ["no"]


def test_forecasts_under_a_scenario_are_not_scored() -> None:
    log = ForecastLog(forecasts=(replace(DEAL, scenario="monitored"), DEAL), resolutions=(NO_DEAL,))
    assert [each.state for each in resolved(log)] == ["scenario", "no"]
    assert [each.forecast for each in resolved(log)] == list(log.forecasts)
