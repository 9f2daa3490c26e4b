from typing import Any

import pytest

from goodoffices.case import apply_scenario, build, check, parse_case
from goodoffices.case.check_moves import MOST_UNREAD
from tests.case.cases import case_with
from tests.moves.cases import PRISONERS, RIVER, conflict, errors, river, warnings


def test_sound_moves_have_no_fault() -> None:
    assert errors(river()) == []
    assert warnings(river()) == []


def test_a_case_about_moves_alone_needs_no_issue_and_no_walk_away() -> None:
    case = conflict(PRISONERS)
    assert not case.issues
    assert errors(case) == []


def test_a_case_with_a_position_needs_its_issues_although_it_has_moves() -> None:
    data = {"row": {"dues": {"weight": 100, "assumed": "team: x"}}}
    assert "issues: there is no issue to settle; name at least one" in errors(
        conflict(PRISONERS, positions=data)
    )


FAULTS: list[tuple[dict[str, Any], str]] = [
    (
        {"options/lift/by": "suoth"},
        'moves.options.lift.by: "suoth" is not a party or faction; did you mean "south"?',
    ),
    (
        {"preferences/norht": {"statements": "lift", "assumed": "team: x"}},
        'moves.preferences.norht: "norht" is not a party or faction; did you mean "north"?',
    ),
    (
        {"preferences/south": None},
        ("moves.preferences: south decides lift, and nothing says what it prefers; add `south:`"),
    ),
    (
        {"preferences/south/because": None},
        (
            "moves.preferences.south: this preference rests on no claim and no assumption; add "
            '`because:` with claims, or `assumed: "who: why"`'
        ),
    ),
    (
        {"preferences/south/because": "trad"},
        'moves.preferences.south.because: "trad" is not a claim; did you mean "trade"?',
    ),
    (
        {"states/lift": {"name": "Lifted", "when": "lift"}},
        'moves.states.lift: "lift" is an option already; give one of them another id',
    ),
    (
        {"states/iff": {"name": "Iff", "when": "lift"}},
        (
            'moves.states.iff: "iff" joins statements, so no statement can name it; give it '
            "another id"
        ),
    ),
    (
        {"states/war/when": "strke"},
        'moves.states.war.when: "strke" is not an option; did you mean "strike"?',
    ),
    (
        {"rules/no-both/holds": "not (withdraw and"},
        (
            'moves.rules.no-both.holds: the end where a name should stand (in "not (withdraw '
            'and"); name an option there'
        ),
    ),
    (
        {"preferences/south/statements": ["not war", "withdraw lift"]},
        (
            'moves.preferences.south.statements.1: "lift" is one word too many (in "withdraw '
            'lift"); join words by and, or, if, iff'
        ),
    ),
    (
        {"preferences/office/ranking": ["agrement", "not agreement"]},
        (
            'moves.preferences.office.ranking.0: "agrement" is neither an option nor a named '
            'state; did you mean "agreement"?'
        ),
    ),
    (
        {"rules/never": {"holds": "lift and not lift", "assumed": "team: x"}},
        "moves.rules: leave no state at all; remove one of them",
    ),
    (
        {"options/withdraw/taken": True, "options/strike/taken": True},
        (
            "moves.rules.no-both: fails in the status quo, with withdraw, strike taken; mend "
            "it, or `taken:` of an option it names"
        ),
    ),
    (
        {"rules/some": {"holds": "withdraw or lift", "assumed": "team: x"}},
        (
            "moves.rules.some: fails in the status quo, with nothing taken; mend it, or "
            "`taken:` of an option it names"
        ),
    ),
    (
        {"states/both": {"name": "Both", "when": "withdraw and strike"}},
        (
            "moves.states.both.when: holds in none of the 12 states that the rules leave; mend "
            "it, or a rule"
        ),
    ),
]


@pytest.mark.parametrize(("changes", "expected"), FAULTS)
def test_a_fault_says_where_what_and_how_to_mend(changes: dict[str, Any], expected: str) -> None:
    assert expected in errors(river(changes))


WARNINGS: list[tuple[dict[str, Any], str]] = [
    (
        {"options/guard/assumed": None},
        "moves.options.guard: rests on no claim and no assumption",
    ),
    (
        {"rules/no-both/assumed": None},
        "moves.rules.no-both: rests on no claim and no assumption",
    ),
    (
        {"options/strike/taken": True},
        (
            "moves.options.strike.only: is taken in the status quo and has `only: take`, so it "
            "never changes; see whether both can be meant"
        ),
    ),
    (
        {"options/lift/only": "drop"},
        (
            "moves.options.lift.only: is not taken in the status quo and has `only: drop`, so it "
            "never changes; see whether both can be meant"
        ),
    ),
    (
        {"preferences/south/statements": ["withdraw or not withdraw", "lift"]},
        (
            "moves.preferences.south.statements.0: holds in every state, so it tells none apart; "
            "remove it, or mend it"
        ),
    ),
    (
        {"preferences/south/statements": ["withdraw and strike", "lift"]},
        (
            "moves.preferences.south.statements.0: holds in no state, so it tells none apart; "
            "remove it, or mend it"
        ),
    ),
    (
        {"preferences/office/ranking": ["not war", "agreement", "war"]},
        (
            "moves.preferences.office.ranking.1: is never reached: every state that it fits, fits "
            "one before it; put it before that one, or remove it"
        ),
    ),
    (
        {"preferences/office/ranking": ["not war", "withdraw and strike", "war"]},
        "moves.preferences.office.ranking.1: holds in no state; remove it, or mend it",
    ),
    (
        {"preferences/office/ranking": ["agreement", "war"]},
        (
            "moves.preferences.office: no entry fits the status quo, so it comes last; add an "
            "entry for it"
        ),
    ),
    (
        {"preferences/office": {"scores": {"not war": 5, "agreement": 9}, "assumed": "team: x"}},
        (
            "moves.preferences.office.scores.agreement: is never reached: every state that it "
            "fits, fits one before it; put it before that one, or remove it"
        ),
    ),
]


@pytest.mark.parametrize(("changes", "expected"), WARNINGS)
def test_a_warning_asks_what_a_careful_reader_would(changes: dict[str, Any], expected: str) -> None:
    case = river(changes)
    assert expected in warnings(case)
    assert errors(case) == []


def test_a_preference_of_somebody_who_decides_nothing_has_no_effect() -> None:
    case = river({"options/guard": None, "preferences/north/statements": ["lift"]})
    assert (
        "moves.preferences.office: decides no option, so its preference has no effect; give it an "
        "option: `by: office`"
    ) in warnings(case)


def test_without_options_there_is_nothing_to_decide() -> None:
    case = river({"options": {}})
    assert errors(case) == [
        "moves.options: there is nothing to decide; name an option and whose it is"
    ]


def test_all_faults_come_at_once() -> None:
    case = river(
        {
            "options/lift/by": "nobody",
            "states/war/when": "x",
            "rules/no-both/holds": "y",
            "preferences/south/because": None,
        }
    )
    places = {fault.partition(":")[0] for fault in errors(case)}
    assert {
        "moves.options.lift.by",
        "moves.states.war.when",
        "moves.rules.no-both.holds",
        "moves.preferences.south",
    } <= places


def test_a_named_state_that_cannot_be_read_is_one_fault_and_not_one_per_use() -> None:
    assert errors(river({"states/war/when": "strke"})) == [
        'moves.states.war.when: "strke" is not an option; did you mean "strike"?'
    ]


def test_faults_have_the_line_of_the_file() -> None:
    text = RIVER.replace("withdraw iff guard]", "withdraw iff gard]")
    from goodoffices.case._yaml import read

    tree = read(text)
    (fault,) = [f for f in check(build(tree.data), lines=tree.lines) if f.severity == "error"]
    assert fault.where == "moves.preferences.north.statements.2"
    assert fault.line == 1 + text[: text.index("gard]")].count("\n")


def test_more_than_62_options_are_too_many() -> None:
    options = {f"o{n}": {"by": "north", "name": "x", "assumed": "team: x"} for n in range(63)}
    case = conflict({"options": options, "preferences": {"north": {"statements": "o1"}}})
    assert errors(case) == [
        "moves.options: 63 options; at most 62 can be told apart; leave out what nobody would do"
    ]


def test_more_states_than_the_lens_takes_are_too_many() -> None:
    options = {f"o{n}": {"by": "north", "name": "x"} for n in range(22)}
    case = conflict({"options": options, "preferences": {"north": {"statements": "o1"}}})
    assert errors(case) == [
        (
            "moves.options: more than 1,048,576 are feasible with 21 of 22 options; rule out more "
            "combinations, or leave options out"
        )
    ]


def test_only_so_many_unreadable_statements_are_looked_at() -> None:
    statements = [f"nothing{n}" for n in range(200)]
    assert len(errors(river({"preferences/south/statements": statements}))) == MOST_UNREAD


def deals_with(changes: dict[str, Any]) -> list[str]:
    moves = {
        "options": {
            "go": {"name": "Go", "by": "north", "assumed": "team: x"},
            "pay": {"name": "Pay", "by": "south", "assumed": "team: x"},
        },
        "states": {"agreement": {"name": "Agreement", "when": "go and pay"}},
        "preferences": {
            "north": {"statements": ["pay", "not go"], "from": "deals", "assumed": "team: x"},
            "south": {"statements": ["go", "not pay"], "from": "deals", "assumed": "team: x"},
        },
    }
    found = case_with({"moves": moves, **changes})
    return [str(f) for f in check(found) if f.severity == "error"]


def test_a_preference_from_deals_needs_an_agreement_positions_and_a_walk_away() -> None:
    assert deals_with({}) == []
    assert deals_with({"moves/states": {}}) == [
        (
            f"moves.preferences.{who}.from: asks for an agreement, and no named state is "
            "`agreement`; add `agreement:` to `moves.states`"
        )
        for who in ("north", "south")
    ]
    assert (
        "moves.preferences.office.from: office has no positions and no walk-away, so no package "
        "can be weighed; add them, or leave `from` out"
    ) in deals_with(
        {
            "moves/options/wait": {"name": "Wait", "by": "office", "assumed": "team: x"},
            "moves/preferences/office": {
                "statements": "wait",
                "from": "deals",
                "assumed": "team: x",
            },
        }
    )


def test_a_preference_from_deals_needs_an_issue() -> None:
    case = river({"preferences/north/from": "deals"})
    assert (
        "moves.preferences.north.from: asks for an agreement, and there is no issue; add `issues:`"
    ) in errors(case)


def test_an_agreement_that_holds_already_cannot_be_preferred_to_the_status_quo() -> None:
    found = deals_with({"moves/options/go/taken": True, "moves/options/pay/taken": True})
    assert found == [
        (
            "moves.states.agreement.when: holds in the status quo already, and a preference is "
            "`from: deals`; mend it, or what is taken"
        )
    ]


def test_a_scenario_may_change_moves_and_its_faults_are_told_as_its_own() -> None:
    text = RIVER + (
        "scenarios:\n"
        "  guarded:\n"
        "    name: The guarantee stands\n"
        "    set: {moves.options.guard.taken: true}\n"
        "    assumed: 'team: x'\n"
        "  broken:\n"
        "    name: Broken\n"
        "    set: {moves.rules.no-both.holds: nothing}\n"
        "    assumed: 'team: x'\n"
    )
    case = parse_case(text)
    assert apply_scenario(case, "guarded").moves.options["guard"].taken
    assert [f for f in errors(case) if f.startswith("scenarios")] == [
        (
            'scenarios.broken: moves.rules.no-both.holds: "nothing" is neither an option nor a '
            "named state; known are withdraw, strike, lift, guard, agreement, war"
        )
    ]
