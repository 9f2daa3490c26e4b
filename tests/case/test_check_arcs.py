from typing import Any

import pytest

from goodoffices.case import apply_scenario, check, dump_case, parse_case
from goodoffices.case.states import MOST_NODES
from tests.moves.cases import conflict, errors, river, strait, warnings


def test_sound_arcs_have_no_fault() -> None:
    assert errors(strait()) == []
    assert warnings(strait()) == []


def test_a_bare_text_is_the_name_of_a_state_and_one_target_needs_no_list() -> None:
    case = strait({"states/patrols": "Patrols", "arcs/south/to": {"shots": "war"}})
    assert case == strait({"arcs/south/to": {"shots": ["war"]}})


def test_arcs_are_written_as_they_are_read() -> None:
    case = strait()
    assert parse_case(dump_case(case)) == case


FAULTS: list[tuple[dict[str, Any], str]] = [
    (
        {"status_quo": None},
        "moves.status_quo: missing, so nothing says which state holds today; name the state",
    ),
    (
        {"status_quo": "patrol"},
        'moves.status_quo: "patrol" is not a state by itself; did you mean "patrols"?',
    ),
    (
        {"status_quo": "bad"},
        'moves.status_quo: "bad" is not a state by itself; known: patrols, shots, war, watched,',
    ),
    (
        {"arcs/north/to/watched": "agrement"},
        'moves.arcs.north.to.watched: "agrement" is not a state; did you mean "agreement"?',
    ),
    (
        {"arcs/north/to/wacthed": "war"},
        'moves.arcs.north.to.wacthed: "wacthed" is not a state; did you mean "watched"?',
    ),
    (
        {"arcs/north/to/shots": "bad"},
        (
            'moves.arcs.north.to.shots: "bad" stands for other states, so no arc can begin or end '
            "there; name one of these"
        ),
    ),
    (
        {"rules": {"r": {"holds": "war", "assumed": "team: x"}}},
        (
            "moves.rules: say which options go together, and there are `arcs` in place of options; "
            "remove them, and the states that can't be"
        ),
    ),
    (
        {"options": {"a": {"by": "north", "name": "A", "assumed": "team: x"}}},
        (
            "moves.arcs: stand beside `options`, and each of the two says all that can be done; "
            "keep one of them"
        ),
    ),
    (
        {"states/war/one": True},
        (
            "moves.states.war.one: has no effect beside `arcs`, where every state is given by "
            "itself; remove it"
        ),
    ),
    (
        {"states/bad/harm": True},
        (
            "moves.states.bad.harm: has a mark of harm, and stands for other states; mark those "
            "of them in which people are harmed"
        ),
    ),
    (
        {"states/bad/when": "shoots"},
        'moves.states.bad.when: "shoots" is not a state; did you mean "shots"?',
    ),
    (
        {"states/bad/when": "war and shots"},
        "moves.states.bad.when: holds in none of the 5 states; mend it",
    ),
    (
        {"preferences/north/statements": ["withdraw"]},
        'moves.preferences.north.statements.0: "withdraw" is not a state; known are patrols,',
    ),
    (
        {"preferences/south/ranking": ["agreement", "wars"]},
        'moves.preferences.south.ranking.1: "wars" is not a state; did you mean "war"?',
    ),
    (
        {"preferences/south/ranking": ["not"]},
        'the end where a name should stand (in "not"); name a state there',
    ),
]


@pytest.mark.parametrize(("changes", "expected"), FAULTS)
def test_a_fault_says_where_what_and_how_to_mend(changes: dict[str, Any], expected: str) -> None:
    assert any(expected in fault for fault in errors(strait(changes)))


def test_who_moves_must_be_somebody_and_prefer_something() -> None:
    case = strait()
    assert case.moves is not None
    arcs = {**case.moves.arcs, "nroth": case.moves.arcs["north"]}
    preferences = {k: p for k, p in case.moves.preferences.items() if k != "south"}
    moves = case.moves.model_copy(update={"arcs": arcs, "preferences": preferences})
    found = errors(case.model_copy(update={"moves": moves}))
    assert 'moves.arcs.nroth: "nroth" is not a party or faction; did you mean "north"?' in found
    assert (
        "moves.preferences: south has arcs, and nothing says what it prefers; add `south:`"
    ) in found


def test_options_need_statements_and_no_status_quo() -> None:
    found = errors(river({"status_quo": "war", "states/war/when": None, "states/war/harm": True}))
    assert found == [
        (
            "moves.status_quo: stands beside options, which say by `taken:` what holds today; "
            "remove it, or give `arcs` in place of options"
        ),
        (
            "moves.states.war: says no statement that holds in it; add `when:`, a statement over "
            "options"
        ),
        (
            "moves.states.war.harm: has a mark of harm beside options; mark the options that "
            "bring it about"
        ),
    ]


def test_states_that_all_stand_for_others_are_none_to_move_between() -> None:
    data = {
        "status_quo": "a",
        "states": {"a": {"when": "b"}, "b": {"when": "b"}},
        "arcs": {"north": {"to": {"a": "b"}}},
        "preferences": {"north": {"ranking": ["a"]}},
    }
    found = errors(conflict(data))
    assert (
        "moves.states: there is none to move between; name states, each by itself: no `when:`"
    ) in found


def test_more_states_than_can_be_held_are_refused() -> None:
    names = [f"s{n}" for n in range(MOST_NODES + 1)]
    data = {
        "status_quo": "s0",
        "states": {name: {} for name in names},
        "arcs": {"north": {"to": {"s0": "s1"}}},
        "preferences": {"north": {"scores": {"s0": 1, "s1": 2}}},
    }
    assert errors(conflict(data)) == [
        (
            "moves.states: 2,001 states by themselves; at most 2,000 can be held; leave out what "
            "nobody would reach"
        )
    ]


def test_many_arcs_that_lead_nowhere_are_told_up_to_a_number() -> None:
    lost = {f"x{n}": f"y{n}" for n in range(500)}
    found = errors(strait({"arcs/north/to": lost}))
    assert len(found) == 20


def test_what_has_no_effect_is_warned_of() -> None:
    case = strait({"arcs/south/to": {}, "arcs/north/to/patrols": ["patrols", "shots"]})
    assert warnings(case) == [
        "moves.arcs.north.to.patrols: leads back to itself, which is no move",
        "moves.arcs.south.to: has no arc, so this decision maker can do nothing",
    ]


def test_a_preference_of_somebody_without_arcs_has_no_effect() -> None:
    case = strait({"preferences/office/statements": ["agreement"], "preferences/office/scores": {}})
    assert case.moves is not None
    arcs = {key: arcs for key, arcs in case.moves.arcs.items() if key != "office"}
    moves = case.moves.model_copy(update={"arcs": arcs})
    assert (
        "moves.preferences.office: has no arcs, so its preference has no effect; add `office:` to "
        "`moves.arcs`"
    ) in warnings(case.model_copy(update={"moves": moves}))


def test_arcs_that_rest_on_nothing_are_warned_of() -> None:
    assert "moves.arcs.north: rests on no claim and no assumption" in warnings(
        strait({"arcs/north/assumed": None})
    )


def test_an_entry_that_is_never_reached_is_warned_of_as_with_options() -> None:
    case = strait({"preferences/south/ranking": ["agreement", "bad", "war", "not bad"]})
    assert any("ranking.2: is never reached" in warning for warning in warnings(case))


def test_a_scenario_may_change_arcs_and_what_holds_today() -> None:
    case = strait()
    data = case.model_dump(by_alias=True, exclude_unset=True)
    data["scenarios"] = {
        "tense": {"name": "Tense", "set": {"moves.status_quo": "shots"}, "assumed": "team: x"},
        "shut": {"name": "Shut", "set": {"moves.status_quo": "x"}, "assumed": "team: x"},
        "calm": {"name": "Calm", "remove": ["moves.arcs.south.to.shots"], "assumed": "team: x"},
    }
    whole = type(case).model_validate(data)
    told = [str(fault) for fault in check(whole) if fault.severity == "error"]
    assert told == [
        (
            'scenarios.shut: moves.status_quo: "x" is not a state by itself; known: patrols, '
            "shots, war, watched, agreement"
        )
    ]
    moves = apply_scenario(whole, "calm").moves
    assert moves is not None
    assert "shots" not in moves.arcs["south"].to


@pytest.mark.parametrize("agreed", ["patrols", "shots"])
def test_an_agreement_that_holds_already_can_not_be_weighed(agreed: str) -> None:
    changes: dict[str, Any] = {
        "states/agreement": {"name": "Agreed", "when": f"{agreed} or watched"},
        "status_quo": agreed,
        "arcs/north/to": {"patrols": "shots", "shots": "patrols"},
        "preferences/south": {
            "ranking": ["agreement", "not agreement"], "from": "deals", "assumed": "team: x",
        },
    }  # fmt: skip
    assert any(
        "moves.states.agreement.when: holds in the status quo already, and a preference is "
        "`from: deals`; mend it, or the status quo" in fault
        for fault in errors(strait(changes))
    )


def test_as_many_states_as_can_be_held_are_no_fault() -> None:
    names = [f"s{n}" for n in range(MOST_NODES)]
    data = {
        "status_quo": "s0",
        "states": {name: {} for name in names},
        "arcs": {"north": {"to": {"s0": "s1"}}},
        "preferences": {"north": {"scores": {"s0": 1, "s1": 2}}},
    }
    assert not any("at most" in fault for fault in errors(conflict(data)))


def test_no_more_is_said_of_states_once_there_is_none_or_nothing_to_begin_from() -> None:
    found = errors(strait({"status_quo": None, "arcs/north/to": {"patrols": "x"}}))
    assert sum(fault.startswith("moves.status_quo") for fault in found) == 1
    assert sum(fault.startswith("moves.arcs.north.to.patrols") for fault in found) == 1


def test_each_decision_maker_is_told_of_so_many_wrong_arcs_of_its_own() -> None:
    lost = {f"x{n}": f"y{n}" for n in range(500)}
    found = errors(strait({"arcs/north/to": lost, "arcs/south/to": lost}))
    for name in ("north", "south"):
        assert sum(fault.startswith(f"moves.arcs.{name}.to.") for fault in found) == 20


def test_a_name_that_is_wrong_twice_in_one_line_is_told_once() -> None:
    found = errors(strait({"arcs/north/to/patrols": ["warr", "warr", "shots"]}))
    assert found == ['moves.arcs.north.to.patrols: "warr" is not a state; did you mean "war"?']


def test_an_arc_that_leads_nowhere_and_back_is_told_of_both() -> None:
    case = strait({"arcs/north/to/patrols": ["patrols", "warr"]})
    assert len(errors(case)) == 1
    assert "moves.arcs.north.to.patrols: leads back to itself, which is no move" in warnings(case)


@pytest.mark.parametrize("one", [False, True])
def test_a_state_that_stands_for_others_may_not_be_one_of_them(one: bool) -> None:
    found = errors(strait({"states/bad/one": one}))
    assert any("moves.states.bad.one: has no effect beside `arcs`" in f for f in found) == one
