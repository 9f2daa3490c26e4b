from __future__ import annotations

import itertools
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from goodoffices.errors import ExchangeError
from goodoffices.outlook.validation.casino import (
    ITEMS,
    Casino,
    Talk,
    meaning,
    read_talks,
    validate_casino,
)

FOOD_FIRST = {"High": "Food", "Medium": "Water", "Low": "Firewood"}
WATER_FIRST = {"High": "Water", "Medium": "Food", "Low": "Firewood"}


def record(
    mine: tuple[int, int, int] = (3, 0, 2),
    *,
    me: dict[str, str] = FOOD_FIRST,
    other: dict[str, str] = WATER_FIRST,
    end: str = "Accept-Deal",
    by: str = "mturk_agent_1",
) -> dict[str, Any]:
    """Return a negotiation in which `by`, whose needs are `me`, offers to keep `mine`."""
    persons = {"mturk_agent_1": me, "mturk_agent_2": other}
    if by == "mturk_agent_2":
        persons = {"mturk_agent_1": other, "mturk_agent_2": me}
    offer = {
        "issue2youget": {item: str(n) for item, n in zip(ITEMS, mine, strict=True)},
        "issue2theyget": {item: str(3 - n) for item, n in zip(ITEMS, mine, strict=True)},
    }
    return {
        "chat_logs": [
            {"text": "Hello!", "task_data": {}, "id": by},
            {"text": "Submit-Deal", "task_data": offer, "id": by},
            {"text": end, "task_data": {}, "id": "the other"},
        ],
        "participant_info": {name: {"value2issue": needs} for name, needs in persons.items()},
    }


def written(folder: Path, *records: object, name: str = "casino_train.json") -> Path:
    path = folder / name
    path.write_text(json.dumps(list(records)), encoding="utf-8")
    return path


# Reading.


def test_a_deal_is_the_last_offer_before_it_was_accepted(tmp_path: Path) -> None:
    count, (talk,) = read_talks(written(tmp_path, record((3, 0, 2))))
    assert count == 1
    assert talk.got.tolist() == [[3.0, 0.0, 2.0], [0.0, 3.0, 1.0]]
    assert talk.worth.tolist() == [[5.0, 4.0, 3.0], [4.0, 5.0, 3.0]]
    assert talk.deal.tolist() == [21.0, 18.0]


def test_the_one_who_offers_comes_first_whoever_that_is(tmp_path: Path) -> None:
    one, other = record((3, 0, 2)), record((3, 0, 2), by="mturk_agent_2")
    _, talks = read_talks(written(tmp_path, one, other))
    assert talks[0].deal.tolist() == talks[1].deal.tolist()


@pytest.mark.parametrize("end", ["Walk-Away", "Reject-Deal"])
def test_negotiations_without_a_deal_are_counted_and_not_compared(tmp_path: Path, end: str) -> None:
    count, talks = read_talks(written(tmp_path, record(), record(end=end)))
    assert (count, len(talks)) == (2, 1)


def test_a_negotiation_that_was_broken_off_at_once_has_no_deal(tmp_path: Path) -> None:
    silent: dict[str, Any] = {"chat_logs": [], "participant_info": {}}
    assert read_talks(written(tmp_path, record(), silent))[0] == 2


def test_a_folder_is_read_file_by_file(tmp_path: Path) -> None:
    written(tmp_path, record())
    written(tmp_path, record(), record(), name="casino_valid.json")
    assert read_talks(tmp_path)[0] == 3


def test_a_folder_without_the_files_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ExchangeError, match=r"no deal in it; give casino_train\.json"):
        read_talks(tmp_path)


@pytest.mark.parametrize("text", ["", "{}", "[1]", '[{"chat_logs": []}]', "\u00ff"])
def test_another_file_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "other.json"
    path.write_bytes(text.encode("latin-1"))
    with pytest.raises(ExchangeError, match=r"other\.json: can't be read as CaSiNo"):
        read_talks(path)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ExchangeError, match=r"gone\.json: can't be read"):
        read_talks(tmp_path / "gone.json")


def test_a_negotiation_that_lacks_something_is_refused_with_what_it_lacks(tmp_path: Path) -> None:
    broken = record()
    del broken["chat_logs"][1]["task_data"]["issue2youget"]["Water"]
    with pytest.raises(ExchangeError, match="a negotiation lacks or misstates 'Water'"):
        read_talks(written(tmp_path, broken))


# Comparing, by hand.


def test_every_way_to_share_is_looked_at_once() -> None:
    talk = Talk(worth=np.array([[5.0, 4, 3], [4.0, 5, 3]]), got=np.zeros((2, 3)))
    ways = list(itertools.product(range(4), repeat=3))
    expected = {
        (5 * a + 4 * b + 3 * c, 4 * (3 - a) + 5 * (3 - b) + 3 * (3 - c)) for a, b, c in ways
    }
    assert talk.values.shape == (64, 2)
    assert set(map(tuple, talk.values.tolist())) == expected


def efficient_by_hand(talk: Talk) -> bool:
    """Return whether no way to share is as good for both and better for one."""
    u, v = talk.deal
    return not any(a >= u and b >= v and (a > u or b > v) for a, b in talk.values.tolist())


@pytest.mark.parametrize("mine", list(itertools.product(range(4), repeat=3)))
def test_a_deal_is_efficient_if_no_way_to_share_is_better_for_one_and_no_worse_for_the_other(
    tmp_path: Path, mine: tuple[int, int, int]
) -> None:
    path = written(tmp_path, record(mine))
    (talk,) = read_talks(path)[1]
    found = validate_casino(path, resamples=10)
    assert found.efficient.value == float(efficient_by_hand(talk))
    assert (found.lost.value == 0) == efficient_by_hand(talk)


def test_points_left_on_the_table_are_those_that_could_be_had_at_no_loss(tmp_path: Path) -> None:
    """The first has 12 + 3 points, the other 12 + 6: each holds what the other needs most.

    With food and water exchanged both have 15 and the firewood besides: 39 points, not 33.
    """
    found = validate_casino(written(tmp_path, record((0, 3, 1))), resamples=10)
    assert found.lost.value == 6.0


def distances(found: Casino) -> dict[str, float]:
    return {measure.name: measure.value for measure in found.distances}


def test_distances_by_hand_where_needs_are_opposed(tmp_path: Path) -> None:
    """Food or water first, firewood last for both: 15 for all of the own kind, and firewood.

    Nash, egalitarian and Kalai-Smorodinsky share the firewood 2 to 1 either way: 21 and 18, or 18
    and 21. The deal is the former: the two that tie are 0 and 3 points away.
    """
    found = validate_casino(written(tmp_path, record((3, 0, 2))), resamples=10)
    apart = distances(found)
    assert apart["Nash"] == apart["egalitarian"] == apart["Kalai-Smorodinsky"] == 1.5
    named = {measure.name: measure.value for measure in found.named}
    assert named["Nash"] == 0.5


def test_the_utilitarian_point_takes_every_largest_sum(tmp_path: Path) -> None:
    """Any share of the firewood has the sum 39: 24, 21, 18 or 15 points for the first."""
    apart = distances(validate_casino(written(tmp_path, record((3, 0, 3))), resamples=10))
    assert apart["utilitarian"] == (0 + 3 + 6 + 9) / 4


def test_solutions_and_comparisons_have_the_same_names_everywhere(tmp_path: Path) -> None:
    found = validate_casino(written(tmp_path, record(), record((1, 2, 1))), resamples=10)
    names = [measure.name for measure in found.distances]
    assert names == [measure.name for measure in found.named]
    assert names == [
        "Nash",
        "Kalai-Smorodinsky",
        "egalitarian",
        "utilitarian",
        "any share",
        "any efficient share",
    ]


def test_with_the_same_needs_every_share_without_waste_is_efficient(tmp_path: Path) -> None:
    path = written(tmp_path, *(record(m, other=FOOD_FIRST) for m in ((0, 0, 2), (3, 1, 0))))
    assert validate_casino(path, resamples=10).efficient.value == 1.0


def test_the_meaning_names_the_nearest_and_the_farthest_solution(tmp_path: Path) -> None:
    said = meaning(validate_casino(written(tmp_path, record((3, 0, 2))), resamples=10))
    assert said[0].startswith("100 % of the deals are efficient; both persons together leave 0.0")
    assert said[1].startswith("The nearest solution (Nash) is 1.5 points per person from the deal")
    assert said[2].endswith("not parties to a conflict.")


# The data themselves, where a copy is at hand.


@pytest.fixture(scope="module")
def real(shared_data: Path) -> Casino:
    return validate_casino(shared_data / "casino")


def test_the_two_splits_hold_906_deals_in_930_negotiations(real: Casino) -> None:
    assert (real.talks, real.deals) == (930, 906)


def test_the_points_of_every_deal_are_those_that_the_data_record(shared_data: Path) -> None:
    """`points_scored` in the data is what the participants were paid for."""
    path = shared_data / "casino" / "casino_valid.json"
    records = json.loads(path.read_text(encoding="utf-8"))
    for talk, one in zip(read_talks(path)[1], records, strict=True):
        offer_by = one["chat_logs"][-2]["id"]
        persons = one["participant_info"]
        scored = [persons[offer_by], *(persons[p] for p in persons if p != offer_by)]
        assert talk.deal.tolist() == [p["outcomes"]["points_scored"] for p in scored]


def test_two_thirds_of_the_deals_are_efficient(real: Casino) -> None:
    assert real.efficient.value == pytest.approx(0.671, abs=0.001)
    assert 0.62 < real.efficient.low < real.efficient.high < 0.72


def test_fair_solutions_come_nearer_to_the_deals_than_any_other_share(real: Casino) -> None:
    found = {measure.name: measure for measure in real.distances}
    for name in ("Nash", "Kalai-Smorodinsky", "egalitarian"):
        assert found[name].high < found["utilitarian"].low
        assert found[name].high < found["any share"].low
    assert found["Nash"].value == pytest.approx(2.47, abs=0.01)
    assert found["egalitarian"].value == pytest.approx(2.20, abs=0.01)


def test_solutions_seldom_name_the_deal_exactly(real: Casino) -> None:
    assert all(measure.high < 0.2 for measure in real.named)
