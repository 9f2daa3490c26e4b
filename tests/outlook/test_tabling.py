from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.errors import ModelError
from goodoffices.outlook.bands import Band
from goodoffices.outlook.hazards import Multiplier, by_week
from goodoffices.outlook.tabling import (
    ACCEPTED,
    HARM,
    OPEN,
    REFUSED,
    Posture,
    Tabling,
    changed,
    odds,
    prospect,
    weigh,
)

WORTH = {"deal": 60.0, "collapse": 0.0, OPEN: 20.0}
HOLD = {"deal": 0.5, "collapse": 0.25}


def asked(**changes: Any) -> dict[str, Any]:
    """Return a question in round numbers: H = 35, R = 15 - 5 = 10, contain = 25."""
    question: dict[str, Any] = {
        "accept": 0.5,
        "package": 85.0,
        "worth": WORTH,
        "hold": HOLD,
        "refused": {"deal": 0.0, "collapse": 0.25},
        "contain": {"deal": 0.125, "collapse": 0.0},
        "lost": 5.0,
    }
    return {**question, **changes}


def posture(found: Tabling, name: str) -> Posture:
    return next(one for one in found.postures if one.name == name)


def worths(found: Tabling) -> dict[str, float]:
    return {one.name: one.mean for one in found.postures}


# Closed forms.


def test_every_posture_is_worth_what_its_ends_are_worth() -> None:
    """Hold 0.5 * 60 + 0.25 * 20; refused 0.75 * 20 - 5; contain 0.125 * 60 + 0.875 * 20."""
    found = weigh(**asked())
    assert worths(found) == {"table": 0.5 * 85 + 0.5 * 10, "hold": 35.0, "contain": 25.0}


def test_certain_acceptance_is_worth_the_package_and_certain_refusal_what_is_left() -> None:
    assert worths(weigh(**asked(accept=1.0)))["table"] == 85.0
    assert worths(weigh(**asked(accept=0.0)))["table"] == 10.0


def test_at_the_threshold_tabling_is_worth_as_much_as_holding() -> None:
    """p* = (35 - 10) / (85 - 10) = 1/3."""
    found = weigh(**asked())
    threshold = found.thresholds[0]
    assert (threshold.against, threshold.kind) == ("hold", "from")
    assert threshold.probability == pytest.approx(1 / 3)
    at = worths(weigh(**asked(accept=1 / 3)))
    assert at["table"] == pytest.approx(at["hold"])


def test_the_threshold_against_containing_is_its_own() -> None:
    """p* = (25 - 10) / (85 - 10) = 1/5."""
    threshold = weigh(**asked()).thresholds[1]
    assert threshold.against == "contain"
    assert threshold.probability == pytest.approx(0.2)


def test_the_ends_of_every_posture_add_up_to_one() -> None:
    for one in weigh(**asked()).postures:
        assert sum(one.ends.values()) == pytest.approx(1.0)
    ends = weigh(**asked()).postures[0].ends
    assert ends == {ACCEPTED: 0.5, "deal": 0.0, "collapse": 0.125, OPEN: 0.375}


@given(st.floats(0, 1), st.floats(0, 100), st.floats(0, 30), st.floats(0, 100), st.floats(0, 100))
def test_the_threshold_parts_the_beliefs_at_which_tabling_is_worth_more(
    accept: float, package: float, lost: float, later: float, still_open: float
) -> None:
    worth = {"deal": later, "collapse": 0.0, OPEN: still_open}
    found = weigh(**asked(accept=accept, package=package, lost=lost, worth=worth))
    threshold, table, hold = found.thresholds[0], *(worths(found)[n] for n in ("table", "hold"))
    if threshold.kind == "always":
        assert table >= hold - 1e-9
    elif threshold.kind == "never":
        assert table <= max(hold, found.postures[0].mean) + 1e-9
        assert package <= hold
    else:
        assert threshold.probability is not None
        if abs(accept - threshold.probability) > 1e-6:
            assert (table > hold) == (accept > threshold.probability)


@given(st.floats(0.1, 10), st.floats(-50, 50))
def test_the_mediators_scale_may_be_stretched_and_shifted(stretch: float, shift: float) -> None:
    """A threshold compares differences: it is the same on any scale of the same meaning."""
    found = weigh(
        **asked(
            package=stretch * 85 + shift,
            worth={end: stretch * points + shift for end, points in WORTH.items()},
            lost=stretch * 5,
        )
    )
    assert found.thresholds[0].probability == pytest.approx(1 / 3)
    assert found.thresholds[1].probability == pytest.approx(1 / 5)


# In words.


def test_the_threshold_is_said_in_words() -> None:
    assert weigh(**asked()).thresholds[0].words == (
        "worth tabling rather than holding if you believe the chance that all accept is at least "
        "1 in 3"
    )
    assert weigh(**asked()).thresholds[1].words.startswith("worth tabling rather than containing")


def test_a_refusal_that_costs_nothing_is_said_in_words() -> None:
    found = weigh(**asked(refused=HOLD, lost=0.0)).thresholds[0]
    assert (found.kind, found.probability) == ("always", None)
    assert found.words == (
        "on these numbers tabling is worth no less than holding, even if it is refused"
    )


def test_a_package_worth_less_than_holding_is_said_in_words() -> None:
    found = weigh(**asked(package=30.0)).thresholds[0]
    assert (found.kind, found.probability) == ("never", None)
    assert found.words == (
        "on these numbers tabling is worth no more than holding, even if all accept"
    )


@pytest.mark.parametrize(
    ("probability", "words"),
    [
        (0.0, "1 in 100"),
        (0.012, "1 in 100"),
        (0.05, "1 in 20"),
        (0.1, "1 in 10"),
        (0.22, "1 in 5"),
        (0.25, "1 in 4"),
        (0.34, "1 in 3"),
        (0.41, "2 in 5"),
        (0.5, "1 in 2"),
        (0.6, "3 in 5"),
        (0.68, "2 in 3"),
        (0.76, "3 in 4"),
        (0.8, "4 in 5"),
        (0.9, "9 in 10"),
        (0.96, "19 in 20"),
        (1.0, "99 in 100"),
    ],
)
def test_probabilities_are_said_as_simple_chances(probability: float, words: str) -> None:
    assert odds(probability) == words


@given(st.floats(0, 1), st.floats(0, 1))
def test_a_higher_probability_is_said_as_no_lower_chance(one: float, other: float) -> None:
    def said(p: float) -> float:
        k, n = odds(p).split(" in ")
        return int(k) / int(n)

    low, high = sorted((one, other))
    assert said(low) <= said(high)


# Options with risks, never one verdict.


@pytest.mark.parametrize("accept", [0.0, 0.5, 1.0])
def test_all_postures_are_shown_in_the_same_order_whatever_they_are_worth(accept: float) -> None:
    found = weigh(**asked(accept=accept))
    assert [one.name for one in found.postures] == ["table", "hold", "contain"]


def test_the_first_risk_of_tabling_is_a_refusal() -> None:
    found = weigh(**asked(accept=[0.25] * 4))
    risk = posture(found, "table").risks[0]
    assert (risk.end, risk.harms) == (REFUSED, False)
    assert risk.probability == Band(low=0.75, central=0.75, high=0.75)


def test_risks_are_the_ends_worth_less_than_staying_open() -> None:
    assert [risk.end for risk in posture(weigh(**asked()), "hold").risks] == ["collapse"]
    found = weigh(**asked(worth={**WORTH, OPEN: -10.0}))
    assert posture(found, "hold").risks == ()


def test_risks_say_how_much_more_probable_they_are_than_under_holding() -> None:
    risk = posture(weigh(**asked()), "table").risks[1]
    assert (risk.end, risk.probability.central, risk.more.central) == ("collapse", 0.125, -0.125)
    risk = posture(weigh(**asked()), "contain").risks[0]
    assert (risk.probability.central, risk.more.central) == (0.0, -0.25)


def test_an_end_that_only_one_posture_has_is_a_risk_of_that_posture() -> None:
    worth = {**WORTH, "escalation": 5.0}
    found = weigh(**asked(worth=worth, refused={"escalation": 0.5}))
    risk = posture(found, "table").risks[1]
    assert (risk.end, risk.probability.central, risk.more.central) == ("escalation", 0.25, 0.25)


def test_the_most_probable_risk_comes_first() -> None:
    worth = {**WORTH, "escalation": 5.0}
    hold = {"collapse": 0.125, "escalation": 0.25}
    risks = posture(weigh(**asked(worth=worth, hold=hold)), "hold").risks
    assert [risk.end for risk in risks] == ["escalation", "collapse"]


# Harm to people is no part of a worth.


def harmful(refused: float, **changes: Any) -> Tabling:
    worth = {**WORTH, "escalation": 20.0}
    return weigh(
        **asked(
            worth=worth,
            hold={**HOLD, "escalation": 0.125},
            refused={"escalation": refused},
            contain={"escalation": 0.0625},
            harmful={"escalation"},
            **changes,
        )
    )


def test_a_posture_says_how_much_more_probable_it_makes_what_harms_people() -> None:
    found = harmful(0.5)
    assert posture(found, "table").harm.central == 0.5 * 0.5 - 0.125
    assert posture(found, "hold").harm.central == 0.0
    assert posture(found, "contain").harm.central == -0.0625


def test_an_end_that_harms_people_is_a_risk_whatever_it_is_worth() -> None:
    risks = posture(harmful(0.5, package=85.0), "hold").risks
    assert [(risk.end, risk.harms) for risk in risks] == [("collapse", False), ("escalation", True)]


def test_tabling_that_makes_harm_more_probable_is_not_put_forward() -> None:
    against_hold, against_contain = harmful(0.5).thresholds
    assert against_hold.words.endswith(HARM + "holding")
    assert against_contain.words.endswith(HARM + "containing")
    assert against_hold.kind == "from"


def test_tabling_that_makes_harm_less_probable_than_holding_says_nothing_of_it() -> None:
    against_hold, against_contain = harmful(0.1875).thresholds
    assert HARM not in against_hold.words
    assert HARM in against_contain.words


def test_without_harmful_ends_there_is_no_harm() -> None:
    assert posture(weigh(**asked()), "table").harm == Band(low=0.0, central=0.0, high=0.0)


def test_a_harmful_end_that_is_none_is_refused() -> None:
    with pytest.raises(ModelError, match='"war" is said to harm people and is none of the ends'):
        weigh(**asked(harmful=["war"]))


# Draws.


def test_each_draw_is_weighed_on_its_own() -> None:
    """Thresholds (35 - 10) / (A - 10): 1, 1/2, 1/4; with A = 30 it is never worth it."""
    found = weigh(**asked(package=[30.0, 35.0, 60.0, 110.0]))
    band = found.thresholds[0].band
    expected = np.quantile([1.0, 1.0, 0.5, 0.25], [0.05, 0.5, 0.95])
    assert [band.low, band.central, band.high] == pytest.approx(expected.tolist())
    assert found.draws == 4


def test_the_share_of_draws_in_which_tabling_is_worth_more_is_counted() -> None:
    found = weigh(**asked(accept=[0.0, 0.25, 0.5, 1.0]))
    assert (found.above.hits, found.above.draws) == (2, 4)
    assert [one.foremost.hits for one in found.postures] == [2, 2, 0]


def test_postures_that_tie_are_none_of_them_foremost() -> None:
    found = weigh(**asked(contain=HOLD, accept=0.0))
    assert [one.foremost.hits for one in found.postures] == [0, 0, 0]


def test_the_mean_of_the_draws_is_what_the_threshold_compares() -> None:
    """A of 60 or 110 on average: p* = 25 / 75, not the mean of 1/2 and 1/4."""
    found = weigh(**asked(package=[60.0, 110.0]))
    assert found.thresholds[0].probability == pytest.approx(1 / 3)


def test_the_belief_is_shown_with_its_band() -> None:
    found = weigh(**asked(accept=np.arange(101) / 128)).accept
    assert found == Band(low=5 / 128, central=50 / 128, high=95 / 128)


# What moves the difference.


def uncertain(n: int = 2000, **changes: Any) -> Tabling:
    rng = np.random.default_rng(3)
    return weigh(
        **asked(
            **{
                "accept": rng.uniform(0, 1, n),
                "package": rng.uniform(80, 90, n),
                "lost": rng.uniform(4, 6, n),
                **changes,
            }
        )
    )


def test_the_input_that_decides_comes_first() -> None:
    found = uncertain()
    assert found.influences[0].name == "chance that all accept"
    assert found.influences[0].share.share > 0.9
    assert {one.name for one in found.influences} == {
        "chance that all accept",
        "worth of the package",
        "what a refusal costs",
    }


def test_inputs_behind_the_probabilities_can_be_asked_instead() -> None:
    rng = np.random.default_rng(4)
    patience, noise = rng.uniform(0, 0.5, 2000), rng.uniform(0, 1, 2000)
    found = uncertain(
        accept=0.5,
        hold={"deal": 0.4 + patience, "collapse": 0.0},
        inputs={"patience": patience, "noise": noise},
    )
    assert [one.name for one in found.influences] == ["patience", "noise"]
    assert found.influences[0].share.share > 0.75
    assert found.influences[1].share.share < 0.02


def test_where_all_draws_agree_nothing_decides() -> None:
    assert uncertain(package=np.full(2000, 30.0)).influences == ()


def test_a_few_draws_say_nothing_of_what_decides() -> None:
    assert weigh(**asked(accept=np.linspace(0, 1, 15))).influences == ()


def test_inputs_that_do_not_vary_are_not_asked() -> None:
    found = uncertain(lost=5.0)
    assert "what a refusal costs" not in {one.name for one in found.influences}
    assert not any(one.name.startswith("holding:") for one in found.influences)


def test_a_prospect_that_varies_is_named_with_its_posture() -> None:
    found = uncertain(hold={"deal": np.random.default_rng(8).uniform(0, 1, 2000)})
    assert "holding: deal" in {one.name for one in found.influences}


# Prospects.


def test_a_prospect_of_one_constant_hazard_is_its_closed_form() -> None:
    """1 - exp(-h T)."""
    rates = np.array([0.0, 0.01, 0.2])
    found = prospect(by_week({"deal": rates}, [], weeks=10))
    np.testing.assert_allclose(found["deal"], 1 - np.exp(-10 * rates))


def test_a_prospect_of_two_constant_hazards_is_its_closed_form() -> None:
    """h_k / H (1 - exp(-H T)), H the sum."""
    deal, collapse = np.array([0.03]), np.array([0.01])
    found = prospect(by_week({"deal": deal, "collapse": collapse}, [], weeks=20))
    passed = 1 - math.exp(-0.8)
    assert found["deal"].item() == pytest.approx(0.75 * passed)
    assert found["collapse"].item() == pytest.approx(0.25 * passed)


def test_a_refusal_that_lowers_a_hazard_lowers_what_it_leads_to() -> None:
    base = {"deal": np.array([0.05]), "collapse": np.array([0.01])}
    hold = prospect(by_week(base, [], weeks=12))
    refused = prospect(by_week(base, [Multiplier(risk="deal", factor=0.5)], weeks=12))
    assert refused["deal"] < hold["deal"]
    assert refused["collapse"] > hold["collapse"]
    found = weigh(**asked(hold=hold, refused=refused, contain=hold, lost=0.0))
    assert found.thresholds[0].kind == "from"


def test_changed_probabilities_leave_the_rest_open() -> None:
    found = changed({"deal": [0.4, 0.8], "collapse": 0.1}, {"deal": 0.5})
    assert found["deal"].tolist() == [0.2, 0.4]
    assert found["collapse"].tolist() == [0.1, 0.1]


def test_factors_may_be_draws_and_may_raise() -> None:
    found = changed({"deal": 0.25}, {"deal": [0.0, 1.0, 2.0]})
    assert found["deal"].tolist() == [0.0, 0.25, 0.5]


def test_an_end_that_is_not_there_is_refused_with_the_nearest() -> None:
    with pytest.raises(ModelError, match=r'"deel" is not among the ends; did you mean "deal"\?'):
        changed({"deal": 0.4}, {"deel": 0.5})
    with pytest.raises(ModelError, match="known ones are deal, war"):
        changed({"deal": 0.4, "war": 0.1}, {"x": 0.5})


def test_more_than_all_is_refused() -> None:
    with pytest.raises(ModelError, match=r"add up to 1\.4, above 1"):
        changed({"deal": 0.45, "collapse": 0.5}, {"deal": 2.0})
    with pytest.raises(ValueError, match=r"changed: deal: 1\.2 is not a probability"):
        changed({"deal": 0.6}, {"deal": 2.0})


# What can't be weighed.


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"hold": {"peace": 0.5}}, 'holding: "peace" has no worth; say what it is worth, if only'),
        ({"worth": {"deal": 1.0, "collapse": 0.0}}, 'holding: "open" has no worth'),
        ({"refused": {OPEN: 0.5}}, 'refusal: "open" is not for you to set'),
        ({"contain": {"deal": 0.75, "collapse": 0.5}}, r"containing: .* add up to 1\.25, above 1"),
    ],
)
def test_questions_that_do_not_hold_together_are_refused(
    changes: dict[str, Any], message: str
) -> None:
    with pytest.raises(ModelError, match=message):
        weigh(**asked(**changes))


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"accept": 1.5}, "chance that all accept: 1.5 is not a probability between 0 and 1"),
        ({"hold": {"deal": -0.5}}, "holding: deal: -0.5 is not a probability"),
        ({"package": math.inf}, "worth of the package: what is worth endlessly much"),
        ({"worth": {**WORTH, "deal": math.inf}}, "deal: what is worth endlessly much"),
        ({"lost": math.nan}, "what a refusal costs: holds what is not a number"),
        ({"accept": [0.1, 0.2], "lost": [1.0, 2.0, 3.0]}, "is not a number or one for each draw"),
    ],
)
def test_numbers_that_make_no_sense_are_refused(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        weigh(**asked(**changes))


def test_rounding_noise_beyond_certainty_is_taken_away() -> None:
    sure = 1.0 + 4e-16
    found = weigh(**asked(hold={"deal": sure}))
    assert posture(found, "hold").ends[OPEN] == 0.0
    assert worths(found)["hold"] == pytest.approx(60.0)


def test_no_prospects_at_all_leave_everything_open() -> None:
    found = weigh(**asked(hold={}, refused={}, contain={}, worth={OPEN: 20.0}))
    assert worths(found) == {"table": 0.5 * 85 + 0.5 * 15, "hold": 20.0, "contain": 20.0}


# What moves the lead, also where all draws agree on who leads.


def test_the_lead_is_told_where_all_draws_agree() -> None:
    """Tabling is worth less throughout; by how much, the chance of acceptance decides."""
    found = uncertain(package=np.random.default_rng(3).uniform(20, 30, 2000), lost=20.0)
    assert found.influences == ()
    assert found.above.hits == 0
    assert found.lead[0].name == "chance that all accept"
    assert found.lead[0].share.share > 0.9


def test_what_alone_varies_explains_all_of_the_lead() -> None:
    rng = np.random.default_rng(9)
    found = uncertain(accept=0.5, package=85.0, lost=rng.uniform(0, 60, 2000))
    (only,) = found.lead
    assert only.name == "what a refusal costs"
    assert only.share.share == pytest.approx(1.0, abs=0.02)


def test_a_lead_that_never_varies_rests_on_nothing() -> None:
    found = uncertain(accept=0.5, package=85.0, lost=5.0)
    assert found.lead == ()


def test_a_few_draws_say_nothing_of_the_lead() -> None:
    assert weigh(**asked(accept=np.linspace(0, 1, 15))).lead == ()


@pytest.mark.parametrize("factor", [0.5, 2.0])
def test_a_prospect_under_factors_is_that_of_multiplied_hazards(factor: float) -> None:
    base = {"deal": np.array([0.02, 0.04]), "collapse": np.array([0.01, 0.05])}
    found = prospect(by_week(base, [], weeks=12), {"collapse": factor})
    base["collapse"] = base["collapse"] * factor
    expected = prospect(by_week(base, [], weeks=12))
    for end, p in expected.items():
        assert found[end] == pytest.approx(p)
