import datetime as dt

import pytest

from goodoffices.case import apply_scenario
from goodoffices.deals import deals
from goodoffices.outlook.seriousness import believed, trust_reports
from tests.outlook.cases import asked, case_with


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
