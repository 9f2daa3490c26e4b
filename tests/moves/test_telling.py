import pytest

from goodoffices.case import Case
from goodoffices.moves.model import compile_model
from goodoffices.moves.reach import Step
from goodoffices.moves.stability import Concept, analyse_stability
from goodoffices.moves.telling import Teller
from tests.moves.cases import PRISONERS, conflict, river


def teller_of(case: Case) -> Teller:
    return Teller(compile_model(case))


@pytest.fixture(scope="module")
def teller() -> Teller:
    return teller_of(river())


def at(teller: Teller, pattern: str) -> int:
    return [teller.graph.pattern(s) for s in range(teller.graph.n)].index(pattern)


def test_a_state_is_told_by_its_pattern_and_remembered() -> None:
    teller = teller_of(river())
    assert teller.id(at(teller, "YNNN")) == "YNNN"
    assert list(teller.told) == [at(teller, "YNNN")]


@pytest.mark.parametrize(
    ("pattern", "label"),
    [
        ("NNNN", "the status quo"),
        ("NYNN", "“War”"),
        (
            "YNYN",
            "“Troops out”, the status quo with North taking “Withdraw” and South taking “Lift ",
        ),
        ("YNNN", "the status quo with North taking “Withdraw”"),
        (
            "NNYY",
            "the status quo with South taking “Lift the blockade” and The office taking “Guar",
        ),
    ],
)
def test_a_state_is_called_by_its_name_and_by_how_it_differs(
    teller: Teller, pattern: str, label: str
) -> None:
    assert teller.label(at(teller, pattern)).startswith(label)


def test_the_name_that_the_fewest_states_share_is_used() -> None:
    case = river(
        {
            "states/calm": {"name": "Calm", "when": "not strike"},
            "states/out": {"name": "All out", "when": "withdraw and lift and guard"},
        }
    )
    teller = teller_of(case)
    assert teller.label(at(teller, "YNYY")) == "“All out”"
    assert teller.called(at(teller, "YNYY")) == ("agreement", "calm", "out")


def test_what_is_dropped_since_the_status_quo_is_said() -> None:
    teller = teller_of(river({"options/lift/taken": True}))
    assert teller.label(at(teller, "NNNY")) == (
        "the status quo with South dropping “Lift the blockade” and The office taking "
        "“Guarantee it”"
    )


def test_a_move_names_only_what_its_mover_decides(teller: Teller) -> None:
    # The office's guarantee falls away where states after a strike are taken as one.
    guarded, war = at(teller, "NNNY"), at(teller, "NYNN")
    move = teller.move(Step(mover=0, source=guarded, target=war))
    assert (move.by, move.takes, move.drops) == ("north", ("strike",), ())
    assert move.harm == ("strike",)
    assert not move.gains


def test_a_state_reports_places_and_stability(teller: Teller) -> None:
    stability = analyse_stability(teller.graph, teller.ranks)
    war = teller.state(at(teller, "NYNN"), stability)
    assert war.place == {"north": 5, "south": 5, "office": 5}
    assert war.harm == ("strike",)
    assert war.named == ("war",)
    assert war.taken == ("strike",)
    here = teller.state(at(teller, "NNNN"), stability)
    assert here.equilibrium[0] is Concept.NASH
    assert here.stable["north"] == tuple(Concept)
    best = teller.state(at(teller, "YNYN"), stability)
    assert best.place["office"] == 1


def test_tied_states_share_a_place() -> None:
    case = conflict(
        {
            "options": {"a": {"by": "x"}, "b": {"by": "y"}},
            "preferences": {"x": {"ranking": [["a", "b"]]}, "y": {"statements": "b"}},
        }
    )
    teller = teller_of(case)
    stability = analyse_stability(teller.graph, teller.ranks)
    places = [teller.state(s, stability).place["x"] for s in range(4)]
    assert places == [2, 1, 1, 1]


def test_a_sentence_names_what_it_rests_on(teller: Teller) -> None:
    move = teller.move(Step(mover=2, source=at(teller, "NNNN"), target=at(teller, "NNNY")))
    sentence = teller.sentence("Said.", ["north", "south"], [move])
    assert sentence.text == "Said."
    assert sentence.paths == (
        "moves.preferences.north",
        "moves.preferences.south",
        "moves.options.guard",
    )
    assert sentence.because == ("no-word", "trade")
    assert sentence.assumed == ("moves.preferences.north", "moves.options.guard")


def test_names_are_those_of_the_case() -> None:
    teller = teller_of(conflict(PRISONERS))
    assert teller.names(["row", "column"]) == "Row and Column"
    assert teller.actors([1]) == ("column",)
