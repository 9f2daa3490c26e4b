"""Putting together what fits, against comparing each with each."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from goodoffices.reading._greedy import Item, grouped
from goodoffices.reading.similar import similarity

ITEMS = st.lists(
    st.builds(
        Item,
        st.sampled_from("xy"),
        st.frozensets(st.sampled_from("abcdef"), max_size=4),
        st.integers(0, 3),
    ),
    max_size=14,
)


def near(one: int, other: int) -> bool:
    """Numbers beside each other fit, which is not transitive."""
    return abs(one - other) <= 1


def oracle(items: list[Item[int]], least: float) -> list[int]:
    groups: list[list[int]] = []
    found = []
    for place, item in enumerate(items):
        for number, group in enumerate(groups):
            others = [items[i] for i in group if items[i].block == item.block]
            alike = any(similarity(item.words, other.words) >= least for other in others)
            if alike and all(near(item.mark, other.mark) for other in others):
                group.append(place)
                found.append(number)
                break
        else:
            groups.append([place])
            found.append(len(groups) - 1)
    return found


@given(ITEMS, st.sampled_from([0.25, 0.5, 1.0]))
def test_the_groups_are_those_of_comparing_each_with_each(
    items: list[Item[int]], least: float
) -> None:
    assert grouped(items, least, near) == oracle(items, least)


def test_many_copies_cost_no_more_than_their_number() -> None:
    copies = [Item("x", frozenset({f"w{n % 40}", "the"}), n % 3) for n in range(20_000)]
    began = time.process_time()
    grouped(copies, 0.5, near)
    assert time.process_time() - began < 5
