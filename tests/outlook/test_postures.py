import pytest

from goodoffices.outlook.results import TablingReport
from tests.case.cases import GONE
from tests.outlook.cases import ask_lens


def tabling(changes: dict[str, object] | None = None) -> TablingReport:
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
