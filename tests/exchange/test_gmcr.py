import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from goodoffices.case import check, dump_case, parse_case
from goodoffices.case.model import Case
from goodoffices.errors import ExchangeError
from goodoffices.exchange import gmcr, read_gmcr, write_gmcr
from goodoffices.exchange.convert import convert
from goodoffices.moves.model import Model, compile_model
from goodoffices.moves.stability import Concept, analyse_stability

FLAT: dict[str, Any] = {
    "name": "Euphrates",
    "options": ["Release water", "Escalate", "Attack"],
    "owners": [[0, 1], [2]],
    "infeasible": ["YY-"],
    "direction": ["both", "both", "fwd"],
    "rankings_decimal_most_to_least": [[0, 2, 6, 1, [4, 5]], [1, 4, 6, 0, 5, 2]],
}
"""Syria and Iraq in 1975, in the flat form, with a tie and a one-way option."""

PLUS: dict[str, Any] = {
    "program": "gmcr-py",
    "version": "0.3.6",
    "options": [
        {"name": "Release water", "permittedDirection": "both"},
        {"name": "Escalate", "permittedDirection": "both"},
        {"name": "Attack", "permittedDirection": "fwd"},
    ],
    "decisionMakers": [
        {
            "name": "Syria",
            "options": [0, 1],
            "preferences": [],
            "preferenceRanking": [1, 3, 6, 2, [4, 5]],
        },
        {
            "name": "Iraq",
            "options": [2],
            "preferences": [],
            "preferenceRanking": [2, 4, 6, 1, 5, 3],
        },
    ],
    "coalitions": [0, 1],
    "infeasibles": [[[0, "Y"], [1, "Y"]]],
    "useManualPreferenceRanking": True,
}
"""The same as the program saves it: states are numbered from 1."""


def read(folder: Path, data: Any, name: str = "euphrates.gmcr") -> Case:
    path = folder / name
    path.write_text(data if isinstance(data, str) else json.dumps(data), encoding="utf-8")
    return read_gmcr(path)


def model(folder: Path, data: Any) -> Model:
    return compile_model(read(folder, data))


def plus(**changes: Any) -> dict[str, Any]:
    return json.loads(json.dumps(PLUS)) | changes  # type: ignore[no-any-return]


@pytest.mark.parametrize("data", [FLAT, PLUS, [FLAT], [PLUS]])
def test_both_forms_say_the_same_conflict(tmp_path: Path, data: Any) -> None:
    found = model(tmp_path, data)
    assert found.graph.states.tolist() == [0, 1, 2, 4, 5, 6]
    assert [option.direction for option in found.graph.options] == ["both", "both", "fwd"]
    assert [option.owner for option in found.graph.options] == [
        found.actors[0], found.actors[0], found.actors[1],
    ]  # fmt: skip
    assert found.ranks.tolist() == [[4, 1, 3, 0, 0, 2], [2, 5, 0, 4, 1, 3]]


def test_names_become_ids_and_everything_rests_on_the_file(tmp_path: Path) -> None:
    case = read(tmp_path, PLUS)
    assert case.title == "euphrates"
    assert [party.name for party in case.parties.values()] == ["Syria", "Iraq"]
    assert case.moves is not None
    assert list(case.moves.options) == ["release-water", "escalate", "attack"]
    assert [fault for fault in check(case) if fault.severity == "error"] == []
    for _, part in case.based():
        assert (part.assumed or "").startswith("euphrates.gmcr: ")


def test_the_flat_form_may_name_its_conflict_and_its_decision_makers(tmp_path: Path) -> None:
    case = read(tmp_path, {**FLAT, "decision_makers": ["Syria", "Iraq"]})
    assert case.title == "Euphrates"
    assert list(case.parties) == ["syria", "iraq"]
    assert list(read(tmp_path, FLAT).parties) == ["decision-maker-1", "decision-maker-2"]


def test_options_of_the_same_name_are_told_apart(tmp_path: Path) -> None:
    case = read(tmp_path, {**FLAT, "options": ["Full", "Full", "If"]})
    assert case.moves is not None
    # `if` joins statements, so that no option can be called so.
    assert list(case.moves.options) == ["full", "full-2", "if-2"]


def test_a_file_names_no_status_quo_so_nothing_is_taken_or_the_first_state(tmp_path: Path) -> None:
    assert model(tmp_path, FLAT).status_quo == 0
    some = {**FLAT, "infeasible": ["YY-", "NNN"]}
    some["rankings_decimal_most_to_least"] = [[2, 6, 1, [4, 5]], [1, 4, 6, 5, 2]]
    found = model(tmp_path, some)
    assert found.graph.pattern(found.status_quo) == "YNN"
    assert "the status quo, which the file does not name" in str(
        found.moves.options["release-water"].assumed
    )


def test_conditions_are_statements_the_most_important_first(tmp_path: Path) -> None:
    data = plus(useManualPreferenceRanking=False)
    data["decisionMakers"][0]["preferences"] = [
        [[2, "N"]],
        {"compound": True, "members": [[[0, "Y"]], [[1, "N"], [2, "Y"]]]},
    ]
    data["decisionMakers"][1]["preferences"] = [[[0, "Y"], [2, "N"]]]
    found = read(tmp_path, data)
    assert found.moves is not None
    assert found.moves.preferences["syria"].statements == (
        "not attack",
        "release-water or not escalate and attack",
    )
    assert found.moves.preferences["iraq"].statements == ("release-water and not attack",)


def test_who_prefers_nothing_is_indifferent(tmp_path: Path) -> None:
    found = model(tmp_path, plus(useManualPreferenceRanking=False))
    assert (found.ranks == 0).all()


@pytest.mark.parametrize("flag", ["useManualPreferenceRanking", "useManualPreferenceVectors"])
@pytest.mark.parametrize("key", ["preferenceRanking", "preferenceVector"])
def test_older_names_of_fields_are_read(tmp_path: Path, flag: str, key: str) -> None:
    data = plus()
    data.pop("useManualPreferenceRanking")
    data[flag] = True
    for side in data["decisionMakers"]:
        side[key] = side.pop("preferenceRanking")
    assert model(tmp_path, data).ranks[0].tolist() == [4, 1, 3, 0, 0, 2]


def test_options_are_sorted_by_owner_before_states_are_numbered(tmp_path: Path) -> None:
    data = plus()
    data["options"] = [data["options"][k] for k in (2, 0, 1)]
    data["decisionMakers"][0]["options"] = [1, 2]
    data["decisionMakers"][1]["options"] = [0]
    data["infeasibles"] = [[[1, "Y"], [2, "Y"]]]
    found = model(tmp_path, data)
    assert [option.name for option in found.graph.options] == [
        "release-water",
        "escalate",
        "attack",
    ]
    assert found.ranks[0].tolist() == [4, 1, 3, 0, 0, 2]


def test_an_option_of_two_owners_is_refused(tmp_path: Path) -> None:
    """A peer reads it, and toggles other options when either of them moves."""
    data = plus()
    data["decisionMakers"][1]["options"] = [1, 2]
    with pytest.raises(
        ExchangeError,
        match=r'euphrates\.gmcr: Iraq: options: "Escalate" belongs to Syria too; give each option',
    ):
        read(tmp_path, data)


FAULTS: list[tuple[dict[str, Any], str]] = [
    ({"options": None}, "options: isn't a list"),
    ({"options": []}, "Syria: options: 0 isn't a number from 0 to -1"),
    ({"infeasibles": [[[9, "Y"]]]}, "infeasibles.0: 9 isn't a number from 0 to 2"),
    ({"infeasibles": [[[0, "X"]]]}, "infeasibles.0: isn't a condition; write pairs such as"),
    ({"infeasibles": [[]]}, "infeasibles.0: isn't a condition"),
    ({"infeasibles": [7]}, "infeasibles.0: isn't a condition"),
    ({"infeasibles": [{"members": [{"members": []}]}]}, "infeasibles.0: isn't a condition"),
    ({"infeasibles": [{"compound": True}]}, "members: missing"),
    ({"infeasibles": [[[0, "Y"]], [[0, "N"]]]}, "none is feasible"),
    ({"decisionMakers": [1]}, "decisionMakers.0: isn't an object with fields"),
    ({"decisionMakers": "x"}, "decisionMakers: isn't a list"),
]


@pytest.mark.parametrize(("changes", "message"), FAULTS)
def test_what_cannot_be_read_says_where_and_what(
    tmp_path: Path, changes: dict[str, Any], message: str
) -> None:
    with pytest.raises(ExchangeError) as caught:
        read(tmp_path, plus(**changes))
    assert message in str(caught.value)
    assert str(caught.value).startswith("euphrates.gmcr: ")


SIDES: list[tuple[str, Any, str]] = [
    ("name", "", "decisionMakers.0.name: isn't a name"),
    ("options", "x", "Syria: options: isn't a list"),
    ("options", [0], '"Escalate" belongs to nobody'),
    ("preferenceRanking", "x", "Syria: ranking: isn't a list"),
    ("preferenceRanking", [1, 2], "Syria: ranking: 4 states are missing (3, 4, 5, 6)"),
    ("preferenceRanking", [1, 1, 2, 3, 4, 5, 6], "state 1 stands there twice; take one out"),
    ("preferenceRanking", [1, 2, 3, 4, 5, 7], "7 isn't one of its 6 states"),
    ("preferenceRanking", [True, 2, 3, 4, 5, 6], "True isn't one of its 6 states"),
    ("misperceptions", [[[0, "Y"]]], "a case has no states that one side doesn't see"),
]


@pytest.mark.parametrize(("key", "value", "message"), SIDES)
def test_a_decision_maker_that_cannot_be_read_is_named(
    tmp_path: Path, key: str, value: Any, message: str
) -> None:
    data = plus()
    data["decisionMakers"][0][key] = value
    with pytest.raises(ExchangeError) as caught:
        read(tmp_path, data)
    assert message in str(caught.value)


FLAT_FAULTS: list[tuple[dict[str, Any], str]] = [
    ({"owners": [[0], [2]]}, '"Escalate" belongs to nobody'),
    ({"owners": [[0, 1], [1, 2]]}, "belongs to Decision maker 1 too"),
    ({"direction": ["both"]}, "direction: 1 for 3 options"),
    ({"direction": ["up", "both", "both"]}, '"up" is no direction; write both, fwd or back'),
    ({"infeasible": ["YY"]}, "write one Y, N or - for each of the 3 options"),
    ({"rankings_decimal_most_to_least": [[0]]}, "rankings: 1 for 2 decision makers"),
    ({"decision_makers": ["Syria"]}, "decision_makers: 1 names for 2 owners"),
    ({"options": ["x"] * 63}, "63 options; it needs 1 to 62"),
]


@pytest.mark.parametrize(("changes", "message"), FLAT_FAULTS)
def test_the_flat_form_is_checked_as_well(
    tmp_path: Path, changes: dict[str, Any], message: str
) -> None:
    if len(changes.get("options", [])) > 3:
        changes = {**changes, "owners": [list(range(63)), []], "direction": []}
    with pytest.raises(ExchangeError) as caught:
        read(tmp_path, {**FLAT, **changes})
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "isn't JSON"),
        ("{", "isn't JSON"),
        ("[" * 100_000, "isn't JSON"),
        ("[]", "isn't an object with fields"),
        ("7", "isn't an object with fields"),
        ('{"options": []}', "owners: missing"),
    ],
)
def test_a_file_that_is_no_conflict_is_refused(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(ExchangeError) as caught:
        read(tmp_path, text)
    assert message in str(caught.value)


def test_a_file_that_is_not_text_too_large_or_not_there_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "x.gmcr"
    with pytest.raises(ExchangeError, match="there is no such file"):
        read_gmcr(path)
    with pytest.raises(ExchangeError, match="there is no such file"):
        read_gmcr(tmp_path)
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(ExchangeError, match="isn't UTF-8 text"):
        read_gmcr(path)
    monkeypatch.setattr(gmcr, "MOST_BYTES", 10)
    path.write_text(json.dumps(FLAT), encoding="utf-8")
    with pytest.raises(ExchangeError, match="is larger than"):
        read_gmcr(path)


def test_more_ranked_states_than_a_person_could_read_are_refused(tmp_path: Path) -> None:
    data = {
        "options": [f"o{k}" for k in range(11)],
        "owners": [list(range(11))],
        "rankings_decimal_most_to_least": [list(range(2048))],
    }
    with pytest.raises(ExchangeError, match="2,048 ranked states; at most 2,000"):
        read(tmp_path, data)


def same(first: Model, second: Model) -> None:
    assert first.graph.states.tolist() == second.graph.states.tolist()
    assert np.array_equal(first.ranks, second.ranks)
    assert [(o.owner, o.direction) for o in first.graph.options] == [
        (o.owner, o.direction) for o in second.graph.options
    ]


@pytest.mark.parametrize("data", [FLAT, PLUS])
def test_what_is_read_is_written_and_read_again(tmp_path: Path, data: Any) -> None:
    case = read(tmp_path, data)
    (path,) = write_gmcr(case, tmp_path / "again.gmcr")
    same(compile_model(case), compile_model(read_gmcr(path)))
    told = json.loads(path.read_text(encoding="utf-8"))
    assert told["infeasibles"] == PLUS["infeasibles"]
    assert told["useManualPreferenceRanking"] is True
    assert told["decisionMakers"][0]["preferenceRanking"] == [1, 3, 6, 2, [4, 5]]


def test_a_case_file_becomes_a_gmcr_file_and_back(tmp_path: Path) -> None:
    source, there, back = (tmp_path / name for name in ("a.yaml", "b.gmcr", "c.yaml"))
    source.write_text(dump_case(read(tmp_path, PLUS)), encoding="utf-8")
    assert convert(source, there) == [there]
    assert convert(there, back) == [back]
    first, second = (compile_model(parse_case(p.read_text("utf-8"))) for p in (source, back))
    same(first, second)


def test_nothing_that_exists_is_overwritten(tmp_path: Path) -> None:
    case = read(tmp_path, PLUS)
    before = (tmp_path / "euphrates.gmcr").read_bytes()
    with pytest.raises(ExchangeError, match="exists already; name another file"):
        write_gmcr(case, tmp_path / "euphrates.gmcr")
    assert (tmp_path / "euphrates.gmcr").read_bytes() == before
    (tmp_path / "c.yaml").write_text("x", encoding="utf-8")
    with pytest.raises(ExchangeError, match="exists already"):
        convert(tmp_path / "euphrates.gmcr", tmp_path / "c.yaml")


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(ExchangeError, match="can't be written"):
        write_gmcr(read(tmp_path, PLUS), tmp_path / "no" / "x.gmcr")


def test_published_conflicts_are_read_and_stable_as_published(
    tmp_path: Path, shared_data: Path
) -> None:
    """Per decision maker and state, all concepts: `computed_stability` of conflicts.json."""
    conflicts = json.loads((shared_data / "gmcr" / "conflicts.json").read_text(encoding="utf-8"))
    assert len(conflicts) >= 6
    for known in conflicts:
        case = read(tmp_path, known, f"{known['name']}.gmcr")
        found = compile_model(case)
        assert found.graph.states.tolist() == known["feasible_decimal"]
        stability = analyse_stability(found.graph, found.ranks)
        for concept in Concept:
            for i, states in known["computed_stability"][concept.value].items():
                stable = found.graph.states[stability.stable[concept][int(i)]]
                assert stable.tolist() == states, (known["name"], concept, i)
        again = tmp_path / f"again-{known['name']}.gmcr"
        write_gmcr(case, again, lossy=True)
        same(found, compile_model(read_gmcr(again)))
