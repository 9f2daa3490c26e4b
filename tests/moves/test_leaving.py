import pytest
from hypothesis import given

from goodoffices.case import Case
from goodoffices.moves import moves
from goodoffices.moves.leaving import dangers, leaving_of, risks
from goodoffices.moves.model import compile_model
from goodoffices.moves.results import LeavingReport, Risk
from goodoffices.moves.stability import Concept, analyse_stability
from goodoffices.moves.telling import Teller
from tests.moves.cases import PRISONERS, conflict, river, strait
from tests.property.cases_of_moves import cases_of_moves


def at(teller: Teller, pattern: str) -> int:
    return [teller.graph.pattern(s) for s in range(teller.graph.n)].index(pattern)


def leaving(case: Case, pattern: str, most: int = 9) -> LeavingReport:
    teller = Teller(compile_model(case))
    return leaving_of(teller, at(teller, pattern), most)


def test_nobody_leaves_the_status_quo_of_the_river() -> None:
    report = leaving(river(), "NNNN")
    assert report.content == ("north", "south", "office")
    assert report.temptations == ()


def test_a_temptation_is_told_with_its_credible_answer() -> None:
    report = leaving(conflict(PRISONERS), "YY")
    assert report.content == ()
    first, second = report.temptations
    assert (first.move.by, first.move.drops, first.deterred) == ("row", ("a",), "credibly")
    assert [(m.by, m.drops, m.gains) for m in first.answer] == [("column", ("b",), True)]
    assert second.move.by == "column"


CHICKEN = {
    "options": {"a": {"by": "row"}, "b": {"by": "column"}},
    "preferences": {
        "row": {"ranking": ["b and not a", "a and b", "a", "not a"]},
        "column": {"ranking": ["a and not b", "a and b", "b", "not b"]},
    },
}


def test_an_answer_that_does_not_pay_deters_only_possibly() -> None:
    report = leaving(conflict(CHICKEN), "YY")
    assert {one.deterred for one in report.temptations} == {"possibly"}
    assert all(not one.answer[-1].gains for one in report.temptations)


def test_what_nothing_deters_has_no_answer() -> None:
    report = leaving(conflict(CHICKEN), "NN")
    assert [(one.deterred, one.answer) for one in report.temptations] == [("no", ()), ("no", ())]


def test_the_best_moves_are_told_and_the_rest_counted() -> None:
    options = {f"o{n}": {"by": "x"} for n in range(4)}
    scores = {" and ".join(f"o{n}" for n in range(4)): 9, "o0": 5, "o1": 4, "o2": 3, "o3": 2}
    case = conflict({"options": options, "preferences": {"x": {"scores": scores}}})
    report = leaving(case, "NNNN", most=2)
    assert report.temptations[0].move.target == "YYYY"
    assert len(report.temptations) == 2
    assert report.more == 13


@given(cases_of_moves())
def test_a_state_is_stable_just_where_every_temptation_is_deterred(case: Case) -> None:
    teller = Teller(compile_model(case))
    stability = analyse_stability(teller.graph, teller.ranks)
    for s in range(teller.graph.n):
        report = leaving_of(teller, s, 99)
        for i, actor in enumerate(teller.model.actors):
            own = [one.deterred for one in report.temptations if one.move.by == actor]
            assert stability.stable[Concept.NASH][i, s] == (not own) == (actor in report.content)
            assert stability.stable[Concept.SEQ][i, s] == all(one == "credibly" for one in own)
            assert stability.stable[Concept.GMR][i, s] == all(one != "no" for one in own)


def threats(case: Case) -> tuple[Risk, ...]:
    teller = Teller(compile_model(case))
    return risks(teller, dangers(teller), None)


def test_a_risk_is_what_could_be_done_that_is_marked_as_harm() -> None:
    (risk,) = threats(river())
    assert (risk.option, risk.by, risk.deterred) == ("strike", "north", None)
    assert risk.move is not None
    assert not risk.move.gains


def test_harm_that_stands_already_is_no_new_risk() -> None:
    case = river({"options/strike/taken": True, "states/war/one": False})
    assert threats(case) == ()


@pytest.mark.parametrize(
    ("south", "deterred"),
    [(["not lift if strike"], "credibly"), (["lift"], "possibly")],
)
def test_a_risk_that_would_pay_says_what_deters_it(south: list[str], deterred: str) -> None:
    case = conflict(
        {
            "options": {
                "strike": {"by": "north", "harm": True, "only": "take"},
                "lift": {"by": "south", "taken": True, "only": "drop"},
            },
            "preferences": {
                "north": {"statements": ["lift", "strike"]},
                "south": {"statements": south},
            },
        }
    )
    (risk,) = threats(case)
    assert risk.deterred == deterred


def test_a_risk_that_nothing_can_answer_is_not_deterred() -> None:
    case = conflict(
        {
            "options": {"strike": {"by": "north", "harm": True}, "lift": {"by": "south"}},
            "preferences": {"north": {"statements": "strike"}, "south": {"statements": "lift"}},
        }
    )
    (risk,) = threats(case)
    assert risk.deterred == "no"


def test_harm_that_cannot_be_done_from_here_has_no_move() -> None:
    case = river({"rules/calm": {"holds": "lift if strike", "assumed": "team: x"}})
    (risk,) = threats(case)
    assert risk.move is None
    assert risk.deterred is None


STRIKE = {
    "options": {"strike": {"by": "north", "harm": True}, "lift": {"by": "south"}},
    "preferences": {
        "north": {"scores": {"strike": "0..4", "not strike": 1}},
        "south": {"statements": "lift"},
    },
}


def test_how_often_harm_would_pay_is_the_share_of_draws_in_which_it_is_preferred() -> None:
    """Uniform on 0 to 4, the worth of striking passes 1 in three draws of four."""
    report = moves(conflict(STRIKE), draws=4000, seed=5)
    (risk,) = report.risks
    assert risk.deterred == "no"
    assert risk.pays is not None
    assert abs(risk.pays.value - 0.75) < 4 * risk.pays.error
    assert 0 < risk.pays.error < 0.01


def test_harm_pays_in_a_draw_if_any_move_that_brings_it_about_pays() -> None:
    data = {
        **STRIKE,
        "options": {**STRIKE["options"], "talk": {"by": "north"}},
        "preferences": {
            "north": {"scores": {"strike and talk": "0..2", "strike": 0, "not strike": 1}},
            "south": {"statements": "lift"},
        },
    }
    report = moves(conflict(data), draws=2000, seed=5)
    (risk,) = report.risks
    assert risk.pays is not None
    assert abs(risk.pays.value - 0.5) < 4 * risk.pays.error


def test_whose_preferences_are_certain_needs_no_share() -> None:
    other = {**STRIKE, "preferences": {
        "north": {"scores": {"strike": 4, "not strike": 1}},
        "south": {"scores": {"lift": "0..2", "not lift": 1}},
    }}  # fmt: skip
    report = moves(conflict(other), draws=100)
    assert report.method.draws == 100
    assert [risk.pays for risk in report.risks] == [None]
    assert [risk.pays for risk in moves(river()).risks] == [None]


def test_beside_arcs_harm_is_a_state_and_each_who_can_bring_it_about_is_told() -> None:
    found = threats(strait())
    assert [(one.option, one.by, one.move is not None) for one in found] == [
        ("shots", "north", True),
        ("shots", "south", True),
        ("war", "south", False),
    ]
    assert found[0].move is not None
    assert found[0].move.harm == ("shots",)
    assert (found[0].move.takes, found[0].move.drops) == ((), ())


def test_harm_that_is_the_status_quo_is_no_new_risk_beside_arcs() -> None:
    found = threats(strait({"status_quo": "shots"}))
    assert [(one.option, one.by, one.move is not None) for one in found] == [("war", "south", True)]
