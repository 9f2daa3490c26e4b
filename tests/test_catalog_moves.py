"""The catalog's cases about moves, beside what the literature says of them."""

import json
from pathlib import Path

import jsonschema
import pytest
from ruamel.yaml import YAML

from goodoffices import catalog
from goodoffices.case import schema
from goodoffices.deals import deals
from goodoffices.errors import ModelError
from goodoffices.moves import Concept, moves

NAMES = ("chicken", "cuba-1962", "elmira-1991", "garrison-1976", "prisoners-dilemma")


@pytest.mark.parametrize("name", catalog.names())
def test_every_case_fits_the_schema_that_editors_use(name: str) -> None:
    data = YAML(typ="safe", pure=True).load(catalog.path(name).read_text(encoding="utf-8"))
    # Names of states may be numbers to YAML; to JSON they are text.
    jsonschema.validate(json.loads(json.dumps(data, default=str)), schema())


@pytest.mark.parametrize("name", NAMES)
def test_a_case_about_moves_is_answered_and_has_no_deal(name: str) -> None:
    case = catalog.load(name)
    report = moves(case)
    assert len(report.why) == 3
    assert report.method.how == "exact"
    with pytest.raises(ModelError, match="issues: there is none"):
        deals(case)


def equilibria(name: str) -> dict[str, set[str]]:
    """Equilibria per concept, by the id of a named state that is one state, else by pattern."""
    report = moves(catalog.load(name))
    single = {one.listed[0]: one.id for one in report.named if one.total == 1}
    return {
        concept.value: {
            single.get(one.state, one.state)
            for one in report.equilibria.listed
            if concept in one.concepts
        }
        for concept in Concept
    }


def test_elmira_has_the_published_equilibria() -> None:
    """Hipel et al. (1993), Kilgour et al. (2001): {5, 8, 9} under all, {1, 4} by GMR and SMR."""
    found = equilibria("elmira-1991")
    for concept in ("nash", "seq", "sseq"):
        assert found[concept] == {"5", "8", "9"}
    for concept in ("gmr", "smr"):
        assert found[concept] == {"1", "4", "5", "8", "9"}


def test_ministry_and_company_leave_the_deadlock_of_elmira_together() -> None:
    """Kilgour et al. (2001): the state in which the town insists falls to that coalition."""
    report = moves(catalog.load("elmira-1991"), scenario="town-insists")
    assert report.status_quo in {one.state for one in report.equilibria.listed}
    assert [(one.members, report.state(one.target).named) for one in report.coalitions.leaving] == [
        (("ministry", "company"), ("agreement", "8"))
    ]


def test_cuba_has_the_known_equilibria() -> None:
    """Recomputed from the definitions with the vectors of Fraser and Hipel (1984)."""
    found = equilibria("cuba-1962")
    assert found["nash"] == {"5"}
    assert found["seq"] == found["sseq"] == {"4", "5", "6"}
    assert found["gmr"] == found["smr"] == {"0", "1", "2", "4", "5", "6", "7"}


def test_garrison_has_the_known_equilibria() -> None:
    """Recomputed from the definitions; tables that know single sanctions only miss 4, 6 and 10."""
    found = equilibria("garrison-1976")
    firm = {"2", "3", "11", "17", "18", "21", "22"}
    assert found["nash"] == found["seq"] == found["sseq"] == firm
    assert {"4", "6", "10"} <= found["gmr"]
    assert len(found["gmr"]) == len(found["smr"]) == 15


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("prisoners-dilemma", {"nash": {"both-talk"}, "seq": {"both-talk", "agreement"}}),
        ("chicken", {"nash": {"YN", "NY"}, "seq": {"YN", "NY"}, "gmr": {"YN", "NY", "agreement"}}),
    ],
)
def test_the_textbook_cases_have_the_textbooks_equilibria(
    name: str, known: dict[str, set[str]]
) -> None:
    """Fang, Hipel and Kilgour (1993)."""
    found = equilibria(name)
    assert {concept: found[concept] for concept in known} == known


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("prisoners-dilemma", "Prisoners"),
        ("chicken", "chicken"),
        ("cuba-1962", "Cuban"),
        ("elmira-1991", "Elmira"),
        ("garrison-1976", "Garrison"),
    ],
)
def test_every_state_is_as_stable_for_everybody_as_in_the_shared_data(
    name: str, other: str, shared_data: Path
) -> None:
    """Per decision maker, state and concept, beside `computed_stability` of conflicts.json."""
    conflicts = json.loads((shared_data / "gmcr" / "conflicts.json").read_text(encoding="utf-8"))
    known = next(one for one in conflicts if one["name"] == other)["computed_stability"]
    report = moves(catalog.load(name))
    for state in report.states:
        number = sum(1 << k for k, sign in enumerate(state.id) if sign == "Y")
        for i, actor in enumerate(report.decision_makers):
            for concept in Concept:
                expected = number in known[concept.value][str(i)]
                assert (concept in state.stable[actor]) == expected, (state.id, actor, concept)


def test_no_answer_to_cuba_proposes_harm() -> None:
    report = moves(catalog.load("cuba-1962"))
    assert report.way is not None
    assert report.way.path is not None
    steps = [move for one in report.way.first_steps for move in (one.move, *one.path)]
    assert not any(move.harm for move in (*steps, *report.way.path))
    assert [(risk.by, risk.option) for risk in report.risks] == [
        ("us", "air-strike"),
        ("ussr", "escalate"),
    ]
