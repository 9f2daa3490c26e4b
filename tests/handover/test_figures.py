from goodoffices.handover._figures import MOST_CHANGES, draw_changes, draw_weights
from tests.brief.cases import case_of, material


def test_weights_are_drawn_with_their_ranges_for_all_who_must_accept() -> None:
    bars = draw_weights(material())
    assert bars is not None
    assert [one.name for one in bars.series] == ["West", "East"]
    assert bars.labels == ("Length of the strip", "The ferry", "Who watches")
    west = bars.series[0]
    assert (west.low[0], west.values[0], west.high[0]) == (40.0, 50.0, 60.0)
    assert bars.most == 60.0
    assert "Length of the strip: West 40–60, East 30–50" in bars.told


def test_without_any_weight_nothing_is_drawn() -> None:
    assert draw_weights(material(case_of(positions={}))) is None


def test_the_chance_now_stands_above_the_chance_after_each_change() -> None:
    given = material()
    bars = draw_changes(given)
    assert bars is not None
    assert bars.labels[0] == "Now"
    assert bars.series[0].values[0] == 100 * given.result.zone.probability.value
    assert 2 <= len(bars.labels) <= 1 + MOST_CHANGES
    assert all(low <= value <= high for one in bars.series
               for low, value, high in zip(one.low, one.values, one.high, strict=True))  # fmt: skip
    assert bars.told.startswith("Now: ")
