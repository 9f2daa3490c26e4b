import numpy as np
import pytest

from goodoffices.outlook.places import LEVEL, one_sided, scale_predictions
from goodoffices.outlook.scale import predict
from goodoffices.outlook.standing import Table, table_of
from tests.case.cases import GONE
from tests.outlook.cases import case_with


def table(changes: dict[str, object] | None = None, draws: int = 200) -> Table:
    found = table_of(case_with(changes), draws, 0)
    assert found is not None
    return found


def test_a_prediction_is_that_of_the_scale_from_places_and_weights() -> None:
    """The South stands at 0 of the corridor with weight 70; the North at 100 with about half."""
    here = table({"positions/north/corridor/weight": 50, "positions/north/days/weight": 50})
    corridor = scale_predictions(here)[0]
    expected = predict([100, 0], [50, 70], grid=[0, 50, 100])
    assert list(corridor.options.values()) == pytest.approx(expected.pmf.tolist())
    weights = {one.actor: one.weight.central for one in corridor.positions}
    assert weights == pytest.approx({"north": 50, "south": 70})


def test_the_steps_of_a_range_lie_on_the_scale_by_their_numbers() -> None:
    days = next(one for one in scale_predictions(table()) if one.issue == "days")
    assert [float(option) for option in days.options] == [0, 10, 20, 30, 40]
    places = {one.actor: one.place.central for one in days.positions}
    assert places == {"north": 0.0, "south": 100.0}


def test_who_says_nothing_in_public_stands_at_its_best_option() -> None:
    changes = {"positions/north/corridor/wants": GONE}
    assert scale_predictions(table(changes))[0].positions[0].place.central == 100.0


def test_who_wants_several_options_stands_in_their_middle() -> None:
    changes = {"positions/north/corridor/wants": ["share", "stay"]}
    assert scale_predictions(table(changes))[0].positions[0].place.central == 75.0


def test_the_options_told_hold_what_they_say() -> None:
    for one in scale_predictions(table()):
        ids = list(one.options)
        held = ids[ids.index(one.first) : ids.index(one.last) + 1]
        assert sum(one.options[option] for option in held) == pytest.approx(one.mass)
        assert one.mass >= LEVEL - 1e-9


def test_of_an_uncertain_best_option_the_places_are_averaged_over_the_draws() -> None:
    """Where the middle may be worth more than an end, the South stands there in some draws."""
    changes = {"positions/south/corridor/values": {"leave": 50, "share": "0..100", "stay": 0}}
    south = scale_predictions(table(changes, 1_000))[0].positions[1]
    assert (south.place.low, south.place.high) == (0.0, 50.0)


def test_two_with_the_same_wish_are_expected_to_get_it() -> None:
    changes = {
        "positions/south/corridor/wants": "stay",
        "demands/no-troops": GONE,
        "scenarios": GONE,
    }
    corridor = scale_predictions(table(changes))[0]
    assert corridor.options["stay"] > 0.8
    assert (corridor.first, corridor.last) == ("stay", "stay")


def test_an_unknown_stand_of_a_faction_leaves_the_parties_predictable() -> None:
    changes = {"positions/hawks/corridor/values": {"leave": "unknown", "stay": "unknown"}}
    assert one_sided(table(changes)) == {}


def test_predictions_do_not_hang_on_the_number_of_draws() -> None:
    few, many = (scale_predictions(table(draws=n))[0] for n in (400, 4_000))
    gaps = [abs(few.options[o] - many.options[o]) for o in few.options]
    assert np.max(gaps) < 0.02
