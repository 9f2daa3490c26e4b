import pytest

from goodoffices.case import check
from goodoffices.errors import ExchangeError
from goodoffices.exchange.conflict import Conflict, ConflictOption, states_of, to_case
from goodoffices.moves.model import compile_model


def conflict(**changes: object) -> Conflict:
    fields: dict[str, object] = {
        "title": "Two valleys",
        "file": "valleys.csv",
        "decision_makers": ("West", "East"),
        "options": (
            ConflictOption(name="Open the dam", owner=0),
            ConflictOption(name="Not", owner=1, direction="back"),
        ),
        "rankings": (((0,), (1, 2), (3,)), None),
        "statements": ((), (("Y-", "-N"), ("NN",))),
    }
    return Conflict(**{**fields, **changes})  # type: ignore[arg-type]


def test_a_conflict_becomes_a_sound_case() -> None:
    case = to_case(conflict())
    assert [fault for fault in check(case) if fault.severity == "error"] == []
    model = compile_model(case)
    assert model.ranks.tolist() == [[2, 1, 1, 0], [2, 1, 0, 1]]
    assert case.moves is not None
    assert list(case.moves.options) == ["open-the-dam", "not-2"]
    assert case.moves.options["not-2"].only == "drop"


def test_named_states_are_the_only_ones() -> None:
    given = conflict(
        named={"Closed": "N-", "Open, alone": "YN"},
        rankings=(((0,), (1,)), ((1,), (0,))),
        status_quo=1,
    )
    case = to_case(given)
    model = compile_model(case)
    assert model.graph.states.tolist() == [0, 1]
    assert set(model.named) == {"closed", "open-alone"}
    assert model.graph.pattern(model.status_quo) == "YN"


def test_a_name_that_no_id_can_be_made_of_gets_one() -> None:
    case = to_case(conflict(decision_makers=("?", "!")))
    assert list(case.parties) == ["party", "party-2"]
    assert [party.name for party in case.parties.values()] == ["?", "!"]


def test_who_owns_nothing_is_a_party_and_decides_nothing() -> None:
    case = to_case(
        conflict(
            decision_makers=("West", "East", "North"),
            rankings=(((0,), (1, 2), (3,)), None, None),
            statements=((), (("Y-",),), ()),
        )
    )
    assert list(case.parties) == ["west", "east", "north"]
    assert case.moves is not None
    assert list(case.moves.preferences) == ["west", "east"]


def test_the_first_state_is_the_status_quo_where_nothing_can_be_left() -> None:
    given = conflict(infeasible=("NN",), rankings=(((1, 2), (3,)), None))
    assert states_of(given).tolist() == [1, 2, 3]
    model = compile_model(to_case(given))
    assert model.graph.pattern(model.status_quo) == "YN"


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"options": ()}, "0 options; it needs 1 to 62"),
        ({"infeasible": ("Y",)}, "write one Y, N or - for each of the 2 options"),
        ({"infeasible": ("Y-", "N-")}, "none is feasible"),
    ],
)
def test_what_leaves_no_state_is_refused(changes: dict[str, object], message: str) -> None:
    with pytest.raises(ExchangeError, match=message) as caught:
        to_case(conflict(**changes))
    assert str(caught.value).startswith("valleys.csv: ")
