import datetime as dt

import numpy as np
import pytest

from goodoffices.case import apply_scenario
from goodoffices.deals import deals
from goodoffices.outlook.inputs import Inputs
from goodoffices.outlook.results import TrustReport
from goodoffices.outlook.seriousness import believed, trust_reports
from goodoffices.outlook.subject import ask
from tests.outlook.cases import TODAY, asked, case_with


def test_a_belief_moves_by_the_stated_likelihood_ratio() -> None:
    """Even odds times 3 are 3 to 1."""
    found = believed(asked(case_with()), "south-serious").report
    assert found.prior.central == pytest.approx(0.5)
    assert found.now.central == pytest.approx(0.75)
    (move,) = found.moves
    assert (move.event, move.date) == ("gift", dt.date(2024, 5, 24))
    assert move.ratio == pytest.approx(3)
    assert move.left == 1
    assert not move.capped


def test_a_ratio_beyond_the_cap_is_held_and_said_to_be() -> None:
    changes = {"outlook/events/gift/signals": {"south-serious": 500}}
    found = believed(asked(case_with(changes)), "south-serious").report
    assert found.now.central == pytest.approx(10 / 11)
    assert found.moves[0].capped


def test_what_was_learnt_fades_towards_the_prior() -> None:
    """A week of age at a half-life of a week leaves the square root of the ratio."""
    changes = {"outlook/beliefs/south-serious/half_life": 1}
    found = believed(asked(case_with(changes)), "south-serious").report
    odds = found.now.central / (1 - found.now.central)
    assert odds == pytest.approx(3**0.5)
    assert found.course.central[0] == pytest.approx(found.now.central)
    assert found.course.central[-1] == pytest.approx(0.5, abs=1e-3)


def test_a_belief_that_is_surer_lowers_what_it_guards_against() -> None:
    found = believed(asked(case_with()), "south-serious")
    # (3/4 + 1/4 x 3) / (1/2 + 1/2 x 3) = 0.75
    assert found.report.changes["escalation"].central == pytest.approx(0.75)
    assert found.factors["escalation"].shape == (26, 400)


def test_trust_starts_from_the_level_and_counts_the_record() -> None:
    (found,) = trust_reports(asked(case_with()))
    # Beta(20 x 0.5 + 6, 20 x 0.5 + 4)
    assert found.next == pytest.approx(16 / 30)
    assert (found.prior, found.kept, found.broken) == (0.5, 6, 4)
    assert found.band.low < found.next < found.band.high
    assert not found.differs


def test_a_record_that_contradicts_the_level_says_so() -> None:
    changes = {"outlook/records/in-north": {"kept": 0, "broken": 60, "assumed": "team: counted"}}
    (found,) = trust_reports(asked(case_with(changes)))
    assert found.differs


def test_what_is_written_can_be_put_into_the_trust_level_for_the_deals_lens() -> None:
    (found,) = trust_reports(asked(case_with()))
    changes = {"scenarios/record": {
        "name": "r", "set": {"trust.in-north.kept": found.written}, "assumed": "team: the record",
    }}  # fmt: skip
    case = case_with(changes)
    kept = apply_scenario(case, "record").trust["in-north"].kept
    assert kept.central == pytest.approx(found.next, abs=0.005)
    assert deals(case, scenario="record", draws=50, compare=False).promises


# Records with days, and half-lives.


def record(**given: object) -> dict[str, object]:
    return {"outlook/records/in-north": {"assumed": "team: counted", **given}}


def promise(date: object, kept: bool) -> dict[str, object]:
    return {"name": "a promise", "date": date, "kept": kept}


def trusted(today: dt.date = TODAY, **given: object) -> TrustReport:
    case = case_with(record(**given))
    subject = ask(case, by=None, today=today, inputs=Inputs(400, 0))
    (found,) = trust_reports(subject)
    return found


def test_listed_promises_count_as_counted_ones_where_nothing_fades() -> None:
    promises = {f"p{k}": promise("2020-01-01", kept=k < 6) for k in range(10)}
    listed, counted = trusted(promises=promises), trusted(kept=6, broken=4)
    assert (listed.next, listed.band) == (counted.next, counted.band)
    assert (listed.kept, listed.broken, listed.counted) == (6, 4, 10)
    assert listed.half_life is None


def test_a_promise_of_a_half_life_ago_counts_half() -> None:
    """Beta(20 x 0.5 + 0.5, 20 x 0.5): 10.5 of 20.5."""
    day = TODAY - dt.timedelta(weeks=52)
    found = trusted(promises={"p": promise(day.isoformat(), kept=True)}, half_life=52)
    assert found.counted == pytest.approx(0.5)
    assert found.next == pytest.approx(10.5 / 20.5)
    assert found.half_life == 52


def test_what_is_only_counted_does_not_fade() -> None:
    found = trusted(kept=2, broken=1, half_life=4)
    assert found.counted == 3
    assert found.next == pytest.approx(12 / 23)


def test_an_old_record_says_less_than_a_fresh_one() -> None:
    fresh, old = (
        trusted(promises={"p": promise(day, kept=False)}, half_life=100)
        for day in ("2024-05-01", "2004-05-01")
    )
    assert fresh.next < old.next < 0.5
    assert old.next == pytest.approx(0.5, abs=0.001)


def test_a_promise_that_is_tested_later_is_not_known_yet() -> None:
    promises = {"p": promise("2024-05-30", kept=False)}
    assert trusted(today=dt.date(2024, 5, 29), promises=promises).next == 0.5
    assert trusted(today=dt.date(2024, 5, 30), promises=promises).next == pytest.approx(10 / 21)


def test_an_uncertain_half_life_mixes_what_each_would_leave() -> None:
    """Ten broken promises of two years ago: the mean over half-lives of their closed forms."""
    day = (TODAY - dt.timedelta(weeks=104)).isoformat()
    promises = {f"p{k}": promise(day, kept=False) for k in range(10)}
    mixed = trusted(promises=promises, half_life="26..208")
    lives = 26 + (np.arange(100) + 0.5) / 100 * 182
    closed = np.mean([10 / (20 + 10 * 2 ** (-104 / life)) for life in lives])
    assert mixed.next == pytest.approx(closed, abs=1e-12)
    short, long = (trusted(promises=promises, half_life=h) for h in (26, 208))
    assert long.next < mixed.next < short.next
    assert mixed.half_life == 117
    assert long.band.low <= mixed.band.low + 0.01
    assert mixed.band.high <= short.band.high + 0.01


def test_the_same_seed_gives_the_same_trust_whatever_the_draws_of_others() -> None:
    promises = {"p": promise("2023-05-30", kept=False)}
    assert trusted(promises=promises, half_life="26..208") == trusted(
        promises=promises, half_life="26..208"
    )


def test_an_uncertain_half_life_of_a_belief_is_drawn() -> None:
    """A week of age at half-lives of 1 to 3 weeks leaves 3^(2^(-1/h)), draw by draw."""
    changes = {"outlook/beliefs/south-serious/half_life": "1..3"}
    subject = asked(case_with(changes), 2_000)
    found = believed(subject, "south-serious").report
    life = subject.inputs.drawn["outlook.beliefs.south-serious.half_life"]
    odds = 3 ** (2 ** (-1 / life))
    assert found.now.low == pytest.approx(np.quantile(odds / (1 + odds), 0.05))
    assert found.now.high == pytest.approx(np.quantile(odds / (1 + odds), 0.95))
    (move,) = found.moves
    assert move.left == pytest.approx(np.median(2 ** (-1 / life)))


def test_a_narrow_half_life_is_nearly_an_exact_one() -> None:
    narrow, exact = (
        believed(asked(case_with({"outlook/beliefs/south-serious/half_life": h})), "south-serious")
        for h in ("1.999..2.001", 2)
    )
    assert narrow.report.now.central == pytest.approx(exact.report.now.central, abs=1e-4)
    assert narrow.factors["escalation"] == pytest.approx(exact.factors["escalation"], rel=1e-3)
