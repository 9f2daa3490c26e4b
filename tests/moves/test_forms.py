import numpy as np
import pytest
from numpy.typing import NDArray

from goodoffices.case.moves import Preference
from goodoffices.case.statements import parse_statement
from goodoffices.case.states import columns_of
from goodoffices.errors import ModelError
from goodoffices.moves.forms import Form, Swing, form_of
from goodoffices.moves.preference import ranks_from_statements

NAMES = ["a", "b"]
COLUMNS = columns_of(np.arange(4), NAMES)
MEANINGS = {"peace": parse_statement("a and b", NAMES)}


def form(**fields: object) -> Form:
    preference = Preference.model_validate({**fields, "assumed": "team: for a test"})
    return form_of(preference, COLUMNS, MEANINGS, "moves.preferences.x")


def ranks(**fields: object) -> list[int]:
    return form(**fields).ranks.tolist()


def test_statements_rank_by_the_first_that_tells_two_states_apart() -> None:
    expected = ranks_from_statements(["a", "not b"], COLUMNS).tolist()
    assert ranks(statements=["a", "not b"]) == expected == [1, 3, 0, 2]


def test_only_statements_can_be_put_in_another_order() -> None:
    assert len(form(statements=["a", "b"]).statements) == 2
    assert form(ranking=["a"]).statements == ()


def test_a_ranking_counts_a_state_by_the_first_entry_that_it_fits() -> None:
    assert ranks(ranking=["peace", "a", "b", "not a"]) == [0, 2, 1, 3]


def test_entries_in_one_place_are_tied() -> None:
    assert ranks(ranking=[["a and not b", "b and not a"], "peace"]) == [0, 2, 2, 1]


def test_what_fits_no_entry_is_tied_at_the_end() -> None:
    assert ranks(ranking=["a and not b"]) == [0, 1, 0, 0]


def test_scores_count_by_their_central_value() -> None:
    assert ranks(scores={"peace": "0..10", "a": 7, "b": "1..2..3"}) == [0, 3, 1, 2]


def test_equal_scores_are_tied_and_what_fits_none_comes_last() -> None:
    assert ranks(scores={"peace": -5, "a": -5}) == [0, 1, 0, 1]


def test_an_unknown_score_lies_between_the_others() -> None:
    assert ranks(scores={"peace": 0, "a": None, "b": 10}) == [0, 2, 3, 1]


def test_a_form_without_uncertain_numbers_is_certain() -> None:
    assert form(scores={"a": 1, "b": 2}).certain
    assert form(statements="a").certain
    assert not form(scores={"a": "1..2", "b": 2}).certain
    assert not form(scores={"a": None}).certain


def drawn(given: Form, draws: int = 400, seed: int = 1) -> NDArray[np.int32]:
    return np.stack(list(given.drawn(np.random.default_rng(seed), draws)))


def test_draws_of_a_certain_form_are_all_the_same() -> None:
    given = form(ranking=["peace", "a", "b"])
    assert (drawn(given, 20) == given.ranks).all()


def test_draws_follow_the_spread_of_the_numbers() -> None:
    # Uniform on 0..4, so that it lies above 1 in three draws of four.
    given = form(scores={"peace": "0..4", "a": 1, "b": 0})
    rows = drawn(given, 4000)
    share = float((rows[:, 3] > rows[:, 1]).mean())
    assert abs(share - 0.75) < 4 * np.sqrt(0.75 * 0.25 / 4000)


def test_an_unknown_number_stays_between_the_lowest_and_the_highest_of_the_others() -> None:
    given = form(scores={"peace": 2, "a": None, "b": 10})
    rows = drawn(given)
    assert (rows[:, 1] > rows[:, 3]).all()
    assert (rows[:, 1] < rows[:, 2]).all()


def test_numbers_that_fit_no_state_better_still_rank_it_last() -> None:
    given = form(scores={"a": "-9..-1"})
    rows = drawn(given, 50)
    assert (rows[:, [1, 3]] == 1).all()
    assert (rows[:, [0, 2]] == 0).all()


def test_the_same_generator_gives_the_same_draws() -> None:
    given = form(scores={"peace": "0..4", "a": "0..4", "b": "0..4"})
    assert np.array_equal(drawn(given, 30, seed=5), drawn(given, 30, seed=5))
    assert not np.array_equal(drawn(given, 30, seed=5), drawn(given, 30, seed=6))


def test_a_statement_that_cannot_be_read_is_refused() -> None:
    with pytest.raises(ModelError, match=r'moves\.preferences\.x: "c" is neither an option'):
        form(ranking=["c"])


def swing(agreed: list[bool], face: int = 1, share: float = 1.0, here: int = 0) -> Swing:
    return Swing(face=face, share=share, agreed=np.array(agreed), status_quo=here)  # type: ignore[arg-type]


BASE = np.array([1, 0, 3, 2], np.int32)


@pytest.mark.parametrize(
    ("side", "expected"),
    [
        # Status quo 0 has rank 1; states 1 (below) and 2 (above) are agreements.
        (1, [0, 1, 3, 2]),
        (-1, [2, 0, 1, 3]),
        (0, [0, 0, 0, 1]),
    ],
)
def test_an_agreement_is_put_next_to_the_status_quo_on_its_side(
    side: int, expected: list[int]
) -> None:
    given = swing([False, True, True, False])
    assert given.put(BASE, side).tolist() == expected  # type: ignore[arg-type]


def test_an_agreement_on_the_right_side_stays_where_it_is() -> None:
    given = swing([False, False, True, False])
    assert given.put(BASE, 1).tolist() == BASE.tolist()


def test_agreements_that_move_keep_their_own_order() -> None:
    base = np.array([2, 0, 1, 3, 4], np.int32)
    given = swing([False, True, True, False, False])
    assert given.put(base, 1).tolist() == [0, 1, 2, 3, 4]


def test_a_swing_sways_in_its_share_of_draws() -> None:
    given = Form(base=BASE, swing=swing([False, False, True, False], share=0.25))
    rows = drawn(given, 4000)
    share = float((rows[:, 2] > rows[:, 0]).mean())
    assert abs(share - 0.25) < 4 * np.sqrt(0.25 * 0.75 / 4000)
    assert not given.certain


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_a_swing_that_never_or_always_sways_is_certain(share: float) -> None:
    given = Form(base=BASE, swing=swing([False, False, True, False], face=-1, share=share))
    assert given.certain
    assert given.ranks.tolist() == [2, 0, 1, 3]
    rows = drawn(given, 20)
    assert (rows == rows[0]).all()
