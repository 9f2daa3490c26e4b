import pytest

from goodoffices import catalog
from goodoffices.case import apply_scenario
from goodoffices.moves import groups
from goodoffices.moves.groups import coalition_report
from goodoffices.moves.model import compile_model
from goodoffices.moves.results import CoalitionReport
from goodoffices.moves.stability import Concept
from goodoffices.moves.telling import Teller
from tests.moves.cases import PRISONERS, conflict, river


def report(name: str, scenario: str | None = None) -> CoalitionReport:
    case = catalog.load(name)
    model = compile_model(case if scenario is None else apply_scenario(case, scenario))
    teller = Teller(model)
    return coalition_report(teller, [model.status_quo], frozenset())


def test_ministry_and_company_leave_the_deadlock_of_elmira_together() -> None:
    """Kilgour et al. (2001): from the state in which all insist, the two reach the agreement."""
    found = report("elmira-1991", "town-insists")
    assert found.gain == "pareto"
    (leaving,) = found.leaving
    assert leaving.members == ("ministry", "company")
    assert leaving.target == "YNYNY"
    assert [move.by for move in leaving.path] == ["ministry", "company"]
    assert not leaving.harm
    stays = {stay.members: stay.concepts for stay in found.stability}
    assert Concept.NASH not in stays["ministry", "company"]
    assert Concept.NASH in stays["ministry", "town"]
    assert Concept.NASH in stays["company", "town"]


def test_prisoners_leave_together_and_stay_together() -> None:
    model = compile_model(conflict(PRISONERS))
    teller = Teller(model)
    found = coalition_report(teller, [0, 3], frozenset({3}))
    (leaving,) = found.leaving
    assert (leaving.members, leaving.target) == (("row", "column"), "YY")
    stays = {stay.state: stay.concepts for stay in found.stability}
    assert stays["NN"] == ()
    assert Concept.NASH in stays["YY"]


def test_named_states_and_equilibria_come_first() -> None:
    model = compile_model(river())
    found = coalition_report(Teller(model), [model.status_quo], frozenset())
    assert found.leaving[0].target in {"YNYN", "YNYY"}
    assert found.total >= len(found.leaving)


def test_a_joint_move_through_harm_is_a_risk() -> None:
    case = conflict(
        {
            "options": {
                "strike": {"by": "north", "harm": True},
                "seize": {"by": "south"},
                "wait": {"by": "east"},
            },
            "preferences": {
                "north": {"ranking": ["strike and seize", "not strike and not seize"]},
                "south": {"ranking": ["strike and seize", "not strike and not seize"]},
                "east": {"statements": "wait"},
            },
        }
    )
    model = compile_model(case)
    found = coalition_report(Teller(model), [model.status_quo], frozenset())
    assert any(one.harm for one in found.leaving)
    for one in found.leaving:
        assert one.harm == any(move.harm for move in one.path)


def test_beyond_a_number_of_states_groups_are_not_looked_at(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(groups, "MOST_STATES", 3)
    found = report("prisoners-dilemma")
    assert found.method.how == "bounded"
    assert "more than 3 states" in found.method.note
    assert found.leaving == ()


def test_with_many_decision_makers_only_small_groups_are_looked_at() -> None:
    options = {f"o{n}": {"by": f"dm{n}"} for n in range(7)}
    preferences = {f"dm{n}": {"statements": f"not o{n}"} for n in range(7)}
    model = compile_model(conflict({"options": options, "preferences": preferences}))
    found = coalition_report(Teller(model), [model.status_quo], frozenset())
    assert found.method.how == "bounded"
    assert max(len(stay.members) for stay in found.stability) == 3
    assert len(found.stability) == 21 + 35
