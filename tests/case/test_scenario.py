import time

import pytest

from goodoffices.case import Case, apply_scenario, check
from goodoffices.case.quantity import Probability, Value
from goodoffices.errors import ScenarioError
from tests.case.cases import case_with

OURS = "team: a watched corridor is safe"


def under(set_: object, remove: object = ()) -> Case:
    changes = {"scenarios/watched/set": set_, "scenarios/watched/remove": remove}
    return apply_scenario(case_with(changes), "watched")


def wrong(set_: object, remove: object = ()) -> str:
    with pytest.raises(ScenarioError) as raised:
        under(set_, remove)
    return str(raised.value)


def test_a_scenario_sets_a_path_and_leaves_the_rest() -> None:
    case = case_with({})
    found = apply_scenario(case, "watched")
    assert found.demands["stay"].firmness == Probability.parse("unlikely")
    assert case.demands["stay"].firmness == Probability.parse("likely")
    assert found.demands["no-troops"] == case.demands["no-troops"]
    assert found.positions == case.positions


def test_the_new_case_has_no_scenarios() -> None:
    assert apply_scenario(case_with({}), "watched").scenarios == {}


def test_the_new_case_is_as_sound_as_the_old_one() -> None:
    found = apply_scenario(case_with({}), "watched")
    assert not [fault for fault in check(found) if fault.severity == "error"]


def test_phrases_of_a_scenario_are_read_on_the_cases_yardstick() -> None:
    found = apply_scenario(case_with({"yardstick": "ICD 203"}), "watched")
    assert found.demands["stay"].firmness == Probability.parse("unlikely", "ICD 203")


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("title", "Other"),
        ("as_of", "2024-06-30"),
        ("as_of.date", "2024-06-30"),
        ("parties.north.factions.hawks.veto", False),
        ("parties.office.must_accept", True),
        ("issues.corridor.options.stay.name", "They stay"),
        ("issues.corridor.agreed", "share"),
        ("positions.north.corridor.values.share", "10..20"),
        ("positions.north.days.values.12.5", 50),
        ("positions.south.days.values", {"0": 10}),
        ("positions.office", {"days": {"weight": 100}}),
        ("demands.new", {"by": "south", "kind": "red line", "name": "x", "refuses": {"days": 0}}),
        ("promises.withdrawal.guarantee.kept.0", 0.9),
        ("text_agreed.share", "95%"),
    ],
)
def test_any_path_can_be_set_and_its_last_part_may_be_new(path: str, value: object) -> None:
    case = case_with({})
    found = under({path: value})
    assert found != apply_scenario(case, "watched")


def test_an_options_id_may_hold_a_dot() -> None:
    found = under({"positions.north.days.values.12.5": 50})
    assert found.positions["north"]["days"].values["12.5"] == Value.exactly(50)
    changes = {
        "positions/north/days/values/12.5": 10,
        "scenarios/watched/set": {"positions.north.days.values.12.5": 60},
    }
    again = apply_scenario(case_with(changes), "watched")
    assert again.positions["north"]["days"].values["12.5"] == Value.exactly(60)


def test_a_path_can_be_removed() -> None:
    found = under({}, ["demands.stay", "positions.hawks", "parties.north.factions.hawks"])
    assert "stay" not in found.demands
    assert "hawks" not in found.positions
    assert found.factions == {}


def test_what_is_set_rests_on_what_the_scenario_rests_on_too() -> None:
    found = apply_scenario(case_with({"scenarios/watched/because": "serious"}), "watched")
    stay = found.demands["stay"]
    assert stay.because == ("north-stays", "serious")
    assert stay.assumed == f"team: said once; in the scenario watched, {OURS}"
    assert found.demands["no-troops"].assumed == "team: said once"


def test_a_node_that_rested_on_claims_alone_takes_the_scenarios_assumption() -> None:
    changes = {"demands/stay/assumed": None}
    assert apply_scenario(case_with(changes), "watched").demands["stay"].assumed == OURS


def test_a_scenario_on_claims_alone_leaves_the_assumption_as_it_is() -> None:
    changes = {"scenarios/watched/assumed": None, "scenarios/watched/because": ["serious"]}
    stay = apply_scenario(case_with(changes), "watched").demands["stay"]
    assert stay.assumed == "team: said once"
    assert stay.because == ("north-stays", "serious")


def test_a_claim_is_not_named_twice() -> None:
    changes = {"scenarios/watched/because": ["north-stays"]}
    stay = apply_scenario(case_with(changes), "watched").demands["stay"]
    assert stay.because == ("north-stays",)


def test_a_part_that_is_set_whole_takes_the_scenarios_basis_if_it_has_none() -> None:
    demand = {"by": "south", "kind": "walk-away", "name": "x", "value": 10}
    found = under(
        {
            "demands.south-no-deal": demand,
            "demands.north-no-deal": {**demand, "by": "north", "assumed": "us: another guess"},
            "positions.office": {"days": {"weight": 100}, "corridor": {"assumed": "us: nothing"}},
        }
    )
    assert found.demands["south-no-deal"].assumed == OURS
    assert found.demands["north-no-deal"].assumed == "us: another guess"
    assert found.positions["office"]["days"].assumed == OURS
    assert found.positions["office"]["corridor"].assumed == "us: nothing"


def test_a_field_that_rests_on_nothing_itself_touches_no_basis() -> None:
    found = under({"title": "Other"})
    assert dict(found.based()).keys() <= dict(case_with({}).based()).keys()
    assert all(OURS not in (basis.assumed or "") for _, basis in found.based())


@pytest.mark.parametrize(
    ("set_", "remove", "line"),
    [
        (
            {"demands.sty.firmness": 0.3},
            (),
            (
                'scenarios.watched.set.demands.sty.firmness: "demands.sty.firmness" is not in the '
                'case; did you mean "demands.stay.firmness"?'
            ),
        ),
        (
            {"demads.stay.firmness": 0.3},
            (),
            (
                'scenarios.watched.set.demads.stay.firmness: "demads.stay.firmness" is not in the '
                'case; did you mean "demands.stay.firmness"?'
            ),
        ),
        (
            {"demands.stay.firmnes": 0.3},
            (),
            (
                'scenarios.watched: demands.stay.firmnes: "firmnes" is not a field of a demand; '
                'did you mean "firmness"?'
            ),
        ),
        (
            {"demands.stay.firmness": "unlikley"},
            (),
            (
                'scenarios.watched: demands.stay.firmness: "unlikley" is not a phrase of the '
                'yardstick readers; did you mean "unlikely"?'
            ),
        ),
        (
            {"a.b.c": 1},
            (),
            (
                'scenarios.watched.set.a.b.c: "a.b.c" is not in the case; '
                "only the last part of a path may be new"
            ),
        ),
        (
            {"title.x": 1},
            (),
            (
                'scenarios.watched.set.title.x: "title.x" is not in the case; '
                '"title" has no parts; set it as a whole'
            ),
        ),
        (
            {"positions.north.corridor.wants.0": "leave"},
            (),
            (
                "scenarios.watched.set.positions.north.corridor.wants.0: "
                '"positions.north.corridor.wants.0" is not in the case; '
                '"positions.north.corridor.wants" has no parts; set it as a whole'
            ),
        ),
        (
            {},
            "demands.northnodeal",
            (
                'scenarios.watched.remove: "demands.northnodeal" is not in the case; '
                'did you mean "demands.north-no-deal"?'
            ),
        ),
        ({}, "title", "scenarios.watched: title: missing; add `title:`"),
        (
            {"scenarios.watched.name": "x"},
            (),
            (
                'scenarios.watched.set.scenarios.watched.name: "scenarios.watched.name" is not in '
                "the case; only the last part of a path may be new"
            ),
        ),
        (
            {"x" * 1000: 1},
            (),
            (
                f'scenarios.watched.set.{"x" * 1000}: "{"x" * 29}…" is no path of a case; '
                "write it as demands.corridor.firmness"
            ),
        ),
    ],
)
def test_a_scenario_that_does_not_fit_is_an_error_with_the_nearest_path(
    set_: object, remove: object, line: str
) -> None:
    assert wrong(set_, remove) == f'the scenario "watched" does not fit the case:\n  {line}'


def test_all_paths_that_do_not_fit_are_said_at_once() -> None:
    assert wrong({"a.b": 1, "c.d": 2}, "e").count("is not in the case") == 3


@pytest.mark.parametrize(
    ("name", "hint"),
    [("watchd", 'did you mean "watched"?'), ("zzz", "known: watched"), ("", "known: watched")],
)
def test_a_scenario_that_is_not_there_is_an_error_with_the_nearest(name: str, hint: str) -> None:
    with pytest.raises(ScenarioError) as raised:
        apply_scenario(case_with({}), name)
    assert str(raised.value) == f'there is no scenario "{name}"; {hint}'


def test_a_case_without_scenarios_says_so() -> None:
    with pytest.raises(ScenarioError, match='there is no scenario "x"; known: none'):
        apply_scenario(case_with({"scenarios": {}}), "x")


def test_many_hostile_paths_take_bounded_time() -> None:
    paths = {f"demands.{number}{'.a' * 100}": 1 for number in range(2000)}
    began = time.process_time()
    assert wrong(paths).count("is not in the case") == 2000
    assert time.process_time() - began < 10
