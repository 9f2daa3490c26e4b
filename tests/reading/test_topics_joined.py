"""Topics put together, against comparing each with each."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from goodoffices.reading._topics import joined_topics
from goodoffices.reading.findings import Topic, TopicOption
from goodoffices.reading.similar import content, similarity

NAMES = st.sampled_from(["the corridor", "Corridor", "ferry dues", "dues", "ferry", "14", ""])
PLACES = st.lists(st.integers(0, 5), max_size=2).map(tuple)
TOPICS = st.lists(
    st.builds(
        Topic,
        id=st.just("t"),
        name=NAMES,
        statements=PLACES,
        options=st.lists(
            st.builds(TopicOption, name=NAMES, wanted_by=st.just(("a",)), statements=PLACES),
            max_size=2,
        ).map(tuple),
    ),
    max_size=8,
)


def oracle(topics: list[Topic]) -> list[list[Topic]]:
    groups: list[list[Topic]] = []
    for topic in topics:
        for group in groups:
            first = group[0]
            resting = {claim for member in group for claim in member.statements}
            if (
                topic.name.casefold() == first.name.casefold()
                or similarity(content(topic.name), content(first.name)) >= 0.5
                or not resting.isdisjoint(topic.statements)
            ):
                group.append(topic)
                break
        else:
            groups.append([topic])
    return groups


@given(TOPICS)
def test_topics_join_as_comparing_each_with_each_would(topics: list[Topic]) -> None:
    joined, groups = joined_topics(topics), oracle(topics)
    assert [topic.name for topic in joined] == [group[0].name for group in groups]
    for topic, group in zip(joined, groups, strict=True):
        assert set(topic.statements) == {claim for each in group for claim in each.statements}


@given(TOPICS)
def test_no_option_and_nobody_who_wants_it_is_lost(topics: list[Topic]) -> None:
    joined = joined_topics(topics)
    kept = {" ".join(sorted(content(o.name))) for topic in joined for o in topic.options}
    assert kept >= {
        " ".join(sorted(content(o.name))) for topic in topics for o in topic.options
    } - {""}
    assert all(option.wanted_by == ("a",) for topic in joined for option in topic.options)
