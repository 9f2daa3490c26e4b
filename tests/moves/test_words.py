import pytest

from goodoffices.moves import moves
from goodoffices.moves.results import Move
from goodoffices.moves.stability import Concept
from goodoffices.moves.words import (
    GLOSSES,
    MEANINGS,
    doing,
    joined,
    option_name,
    quoted,
    standing,
    steps,
)
from tests.moves.cases import river, strait


def move(by: str, takes: tuple[str, ...] = (), drops: tuple[str, ...] = ()) -> Move:
    return Move(by=by, source="NNNN", target="YNNN", takes=takes, drops=drops, gains=True, harm=())


def test_every_concept_is_glossed_with_its_sign_once() -> None:
    assert set(GLOSSES) == set(MEANINGS) == set(Concept)
    for concept, gloss in GLOSSES.items():
        sign = "Nash" if concept is Concept.NASH else concept.value.upper()
        assert gloss.count(f"({sign})") == 1
        assert gloss.startswith("stable ")


def test_no_gloss_uses_a_word_that_the_glossary_refuses() -> None:
    told = " ".join([*GLOSSES.values(), *MEANINGS.values()])
    for word in ("agent", "player", "outcome", "game", "threat"):
        assert word not in told


def test_names_are_quoted_and_cut() -> None:
    assert quoted("Withdraw") == "“Withdraw”"
    assert len(quoted("x" * 500)) == 62


@pytest.mark.parametrize(
    ("parts", "said"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")],
)
def test_parts_are_joined_as_a_list_in_words(parts: list[str], said: str) -> None:
    assert joined(parts) == said


def test_a_move_is_told_by_what_its_mover_takes_and_drops() -> None:
    case = river()
    assert doing(case, move("north", ("withdraw",))) == "taking “Withdraw”"
    assert doing(case, move("north", ("strike",), ("withdraw",))) == (
        "taking “Strike” and dropping “Withdraw”"
    )
    assert doing(case, move("north")) == "taking another course"


def test_moves_one_after_the_other() -> None:
    path = [move("north", ("withdraw",)), move("south", ("lift",))]
    assert steps(river(), path) == "North taking “Withdraw”, then South taking “Lift the blockade”"


def test_an_option_that_the_case_does_not_know_goes_by_its_id() -> None:
    assert option_name(river(), "gone") == "“gone”"


def test_beside_arcs_a_move_is_told_by_where_it_leads() -> None:
    case = strait()
    first = Move(by="office", source="patrols", target="watched", takes=(), drops=(), gains=True,
                 harm=())  # fmt: skip
    assert doing(case, first) == "moving to “Patrols watched”"
    assert steps(case, [first]) == "Office moving to “Patrols watched”"
    assert option_name(case, "shots") == "“Shots fired”"


def test_how_a_state_stands_is_its_gloss_or_who_would_not_stay() -> None:
    report = moves(strait())
    assert standing(report.state("agreement"), str.upper) == GLOSSES[Concept.NASH]
    assert standing(report.state("watched"), str.upper) == (
        "not stable: nothing would keep NORTH there"
    )


def test_no_gloss_can_be_taken_for_a_trade_sanction() -> None:
    assert "sanction" not in " ".join([*GLOSSES.values(), *MEANINGS.values()])
