import numpy as np
import pytest

from goodoffices.errors import ModelError
from goodoffices.moves.preference import ranks_from_numbers
from goodoffices.moves.sampled import sample_equilibria
from goodoffices.moves.stability import Concept, analyse_stability
from tests.moves.models import prisoners


def test_certain_preferences_give_shares_of_nought_and_one() -> None:
    model = prisoners()
    rng = np.random.default_rng(1)
    shares = sample_equilibria(model.graph, lambda _: model.ranks, draws=50, rng=rng)
    stability = analyse_stability(model.graph, model.ranks)
    for concept in Concept:
        assert np.array_equal(shares.share[concept], stability.for_all(concept))


def test_a_share_that_is_nought_still_has_an_error() -> None:
    model = prisoners()
    rng = np.random.default_rng(1)
    shares = sample_equilibria(model.graph, lambda _: model.ranks, draws=98, rng=rng)
    # With p = 1/100 or 99/100 and 101 in the denominator.
    expected = np.sqrt(0.01 * 0.99 / 101)
    assert shares.error[Concept.NASH] == pytest.approx([expected] * 4, abs=1e-15)


def test_shares_come_near_what_they_stand_for() -> None:
    # Both sides prefer silence to betrayal with probability 1/4 each, independently.
    model = prisoners()

    def draw(rng: np.random.Generator) -> list[np.ndarray]:
        values = np.array([[1.0, 0.0, 3.0, 2.0], [1.0, 3.0, 0.0, 2.0]])
        values[:, 3] += np.where(rng.random(2) < 0.25, 2.0, 0.0)
        return [ranks_from_numbers(row) for row in values]

    rng = np.random.default_rng(7)
    shares = sample_equilibria(model.graph, draw, draws=2000, rng=rng, concepts=[Concept.NASH])
    share, error = shares.share[Concept.NASH][3], shares.error[Concept.NASH][3]
    assert abs(share - 1 / 16) < 4 * error
    assert error == pytest.approx(np.sqrt(1 / 16 * 15 / 16 / 2000), rel=0.2)


def test_the_same_seed_gives_the_same_shares() -> None:
    model = prisoners()

    def shares(seed: int) -> list[float]:
        rng = np.random.default_rng(seed)
        found = sample_equilibria(
            model.graph, lambda g: g.integers(0, 4, (2, 4)), draws=40, rng=rng
        )
        return found.share[Concept.SEQ].tolist()

    assert shares(3) == shares(3)
    assert shares(3) != shares(4)


def test_progress_runs_to_one_draw_by_draw() -> None:
    model, seen = prisoners(), []
    rng = np.random.default_rng(1)
    sample_equilibria(model.graph, lambda _: model.ranks, draws=4, rng=rng, progress=seen.append)
    assert seen == [0.25, 0.5, 0.75, 1.0]


def test_at_least_one_draw_is_needed() -> None:
    model = prisoners()
    with pytest.raises(ModelError, match="draws: 0; at least one is needed"):
        sample_equilibria(model.graph, lambda _: model.ranks, draws=0, rng=np.random.default_rng(1))


def test_a_set_of_states_counts_where_at_least_one_of_them_is_an_equilibrium() -> None:
    model = prisoners()

    def draw(rng: np.random.Generator) -> list[np.ndarray]:
        # Either side keeps quiet alone in half of the draws.
        turned = rng.random() < 0.5
        rows = np.array([[0, 1, 0, 0], [0, 0, 0, 0]]) if turned else np.array([[0, 0, 0, 0]] * 2)
        rows[1, 2] = 0 if turned else 1
        return list(rows)

    sets = [np.array([1, 2]), np.array([1]), np.array([2])]
    rng = np.random.default_rng(5)
    shares = sample_equilibria(
        model.graph, draw, draws=200, rng=rng, concepts=[Concept.NASH], sets=sets
    )
    either, first, second = shares.hits[Concept.NASH]
    assert either == 200
    assert 0 < first <= 200
    assert 0 < second <= 200
    assert shares.share[Concept.NASH][0] == 1.0


def test_profiles_that_come_again_are_worked_out_once(monkeypatch: pytest.MonkeyPatch) -> None:
    from goodoffices.moves import sampled

    model, asked = prisoners(), []

    def counted(*given: object) -> object:
        asked.append(given)
        return analyse_stability(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(sampled, "analyse_stability", counted)
    rng = np.random.default_rng(1)
    first = sample_equilibria(model.graph, lambda _: model.ranks, draws=50, rng=rng)
    assert len(asked) == 1
    monkeypatch.setattr(sampled, "MOST_KEPT", 0)
    second = sample_equilibria(model.graph, lambda _: model.ranks, draws=50, rng=rng)
    assert len(asked) == 51
    for concept in Concept:
        assert np.array_equal(first.hits[concept], second.hits[concept])
        assert np.array_equal(first.hits[concept], 50 * first.share[concept])
