from typing import Any

import numpy as np
import pytest

from goodoffices.outlook.postures import _drop
from goodoffices.outlook.results import TablingReport
from goodoffices.outlook.standing import Table, table_of
from goodoffices.outlook.subject import Subject
from tests.case.cases import GONE
from tests.outlook.cases import ask_lens, asked, case_with


def tabling(changes: dict[str, Any] | None = None) -> TablingReport:
    found = ask_lens(changes).tabling
    assert found is not None
    return found


def test_three_postures_stand_side_by_side_with_risks() -> None:
    found = tabling()
    assert [one.posture for one in found.postures] == ["table", "hold", "contain"]
    for one in found.postures:
        assert sum(one.ends.values()) == pytest.approx(1)
        assert any(risk.harms for risk in one.risks)


def test_the_best_package_is_the_first_offer_and_a_named_one_is_named() -> None:
    assert tabling().package == "Package A"
    named = tabling({"outlook/tabling/package": "draft"})
    assert named.package == "draft"
    assert named.picks["days"] == "20"


def test_without_common_moods_acceptance_is_the_product_of_the_answers() -> None:
    found = tabling({"outlook/tabling/together": 0})
    product = 1.0
    for p in found.sides.values():
        product *= p
    assert found.accept.central == pytest.approx(product)


def test_answers_that_go_together_raise_the_chance_within_a_side() -> None:
    apart, together = (tabling({"outlook/tabling/together": c}) for c in (0, 1))
    assert together.sides["north"] >= apart.sides["north"]
    assert together.sides["south"] == pytest.approx(apart.sides["south"])


def test_a_refusal_that_raises_a_walk_away_makes_a_later_deal_less_likely() -> None:
    def later_deal(points: object) -> float:
        changes = {"outlook/tabling/alternatives": {"south": points}}
        return tabling(changes).postures[0].ends["deal"]

    assert later_deal(60) < later_deal(0)
    assert tabling({"outlook/tabling/alternatives": GONE}).zone_after is None


def test_the_threshold_is_told_as_a_chance() -> None:
    words = [one.words for one in tabling().thresholds]
    assert all("tabl" in each for each in words)
    assert [one.against for one in tabling().thresholds] == ["hold", "contain"]


def test_what_makes_harm_more_probable_is_said_and_not_put_forward() -> None:
    found = tabling({"outlook/tabling/refused": {"escalation": 50}})
    assert found.postures[0].harm.central > 0
    assert "not put forward" in found.thresholds[0].words


def test_influences_are_more_than_chance() -> None:
    for one in tabling().influences:
        assert one.share > 2 * one.error
        assert one.path.startswith("outlook.")


def test_without_risks_there_is_nothing_to_wait_for_and_a_note_says_so() -> None:
    parts = ["risks", "questions", "estimates", "events", "beliefs"]
    parts += ["tabling/refused", "tabling/contain"]
    gone = {f"outlook/{part}": GONE for part in parts}
    report = ask_lens({**gone, "outlook/tabling/worth": {"open": 0}})
    assert report.tabling is None
    assert report.hazards is None
    assert any("waiting leads nowhere" in note for note in report.notes)


# What a refusal does to each side's alternative.


def drop(changes: dict[str, Any], draws: int = 400) -> tuple[np.ndarray, Table, Subject]:
    case = case_with(changes)
    table, subject = table_of(case, draws, 0), asked(case, draws)
    assert table is not None
    assert case.outlook is not None
    assert case.outlook.tabling is not None
    raised = {
        actor: subject.inputs.of(f"outlook.tabling.alternatives.{actor}", points)
        for actor, points in case.outlook.tabling.alternatives.items()
    }
    return _drop(table, raised), table, subject


def test_the_zone_after_a_refusal_is_drawn_with_the_points_of_each_draw() -> None:
    changes = {"outlook/tabling/alternatives": {"south": "0..60", "north": "-20..0"}}
    case = case_with(changes)
    subject, found = asked(case, 400), tabling(changes)
    raised = {
        actor: subject.inputs.of(f"outlook.tabling.alternatives.{actor}", points)
        for actor, points in case.outlook.tabling.alternatives.items()  # type: ignore[union-attr]
    }
    taken = table_of(case, 400, 0)
    assert taken is not None
    assert found.zone_after is not None
    assert found.zone_after.hits == taken.zone(raised).hits


def test_uncertain_points_are_not_taken_at_their_middle() -> None:
    """Some 0 and some 90 points are not 45 in every draw."""
    wide, middle = (
        tabling({"outlook/tabling/alternatives": {"south": p}}).zone_after for p in ("0..90", 45)
    )
    assert wide is not None
    assert middle is not None
    assert wide.hits != middle.hits


def test_the_mean_of_the_drop_is_that_of_the_draws() -> None:
    factor, table, subject = drop({"outlook/tabling/alternatives": {"south": "0..60"}})
    points = subject.inputs.drawn["outlook.tabling.alternatives.south"]
    after, now = table.zone({"south": points}), table.zone({})
    assert factor.mean() == pytest.approx(after.value / now.value)
    assert (factor >= 0).all()


def test_more_points_leave_less_of_a_zone() -> None:
    factor, _, subject = drop({"outlook/tabling/alternatives": {"south": "0..60"}})
    points = subject.inputs.drawn["outlook.tabling.alternatives.south"]
    order = np.argsort(points)
    assert (np.diff(factor[order]) <= 1e-12).all()
    assert factor.max() > factor.min()


def test_an_exact_rise_drops_the_zone_by_the_same_factor_in_every_draw() -> None:
    factor, table, _ = drop({"outlook/tabling/alternatives": {"south": 30}})
    expected = table.zone({"south": 30.0}).value / table.zone({}).value
    assert factor == pytest.approx(np.full(400, expected))


def test_where_no_walk_away_moves_nothing_drops() -> None:
    assert drop({"outlook/tabling/alternatives": {}})[0].tolist() == [1.0]
    none = drop({"outlook/tabling/alternatives": {"south": 0}})[0]
    assert none == pytest.approx(np.ones(len(none)))


def test_without_any_zone_there_is_nothing_to_drop_from() -> None:
    closed = {
        "demands/stay/firmness": "100%",
        "demands/stay/refuses": {"corridor": ["leave", "share"]},
        "demands/no-troops/firmness": "100%",
        "outlook/tabling/alternatives": {"south": "0..10"},
    }
    assert drop(closed)[0].tolist() == [1.0]


def test_what_a_refusal_does_to_alternatives_counts_among_the_influences() -> None:
    """The numbers that are drawn are asked, those of the alternatives among them."""
    changes = {"outlook/tabling/alternatives": {"south": "0..90"}, "outlook/tabling/lost": 0}
    report = ask_lens(changes, draws=4_000)
    assert report.tabling is not None
    paths = {one.path for one in (*report.tabling.influences, *report.tabling.lead)}
    assert paths <= {path for path in paths if path.startswith("outlook.")}
    assert report.tabling.lead


def test_what_moves_the_lead_is_told_where_tabling_never_leads() -> None:
    changes = {"outlook/tabling/accepted": "0..1", "outlook/tabling/lost": "50..90"}
    found = tabling(changes)
    assert found.above.hits == 0
    assert found.influences == ()
    assert found.lead[0].path in {"outlook.tabling.lost", "outlook.tabling.worth.deal"}
    assert [one.share for one in found.lead] == sorted(
        (one.share for one in found.lead), reverse=True
    )
