import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.moves._search import search, survey
from goodoffices.moves.preference import profile
from tests.moves import oracle
from tests.moves.models import Model, models


@given(models(), st.booleans(), st.data())
def test_forwards_and_backwards_searches_are_the_same_sequences(
    model: Model, improving: bool, data: st.DataObject
) -> None:
    field = survey(model.graph, profile(model.graph, model.ranks))
    movers = data.draw(st.sets(st.integers(0, len(model.R) - 1), min_size=1))
    gains = oracle.improving(model.ranks) if improving else oracle.any_move
    reached = np.zeros((model.graph.n,) * 2, bool)
    joined = np.zeros_like(reached)
    for s in range(model.graph.n):
        reached[s] = search(field, [s], movers, improving=improving).origin >= 0
        joined[:, s] = search(field, [s], movers, improving=improving, backwards=True).origin >= 0
        expected = oracle.legal(model.R, movers, s, gains)
        assert set(np.flatnonzero(reached[s]).tolist()) == expected
    assert np.array_equal(reached, joined)


@given(models())
def test_one_field_serves_many_searches(model: Model) -> None:
    # A search for any moves reorders what it runs over; the next one must not mind.
    field = survey(model.graph, profile(model.graph, model.ranks))
    everybody = range(len(model.R))
    before = search(field, [0], everybody, improving=False).origin
    search(field, [model.graph.n - 1], [0], improving=False)
    search(field, [0], everybody, improving=True)
    assert np.array_equal(before, search(field, [0], everybody, improving=False).origin)
