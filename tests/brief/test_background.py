import copy
from dataclasses import replace
from typing import Any

from goodoffices.brief.background import (
    tabulate_demands,
    tabulate_interests,
    tabulate_parties,
    tabulate_ties,
)
from goodoffices.brief.tables import Table
from tests.brief.cases import BASIC, basic, case_of, material, words

FERRY = "The ferry: “A daily ferry”"


def rows(table: Table | None) -> list[list[str]]:
    assert table is not None
    assert all(len(row.cells) == len(table.columns) for row in table.rows)
    return [[words(cell) for cell in row.cells] for row in table.rows]


def test_parties_are_listed_with_the_same_fields() -> None:
    assert rows(tabulate_parties(material())) == [
        [
            "West",
            "principal, must accept",
            "It stays where it is.",
            f"Cabinet (can veto at home); Navy (no veto); Fishers press for {FERRY}",
            "C1",
        ],
        ["East", "principal, must accept", "unknown", "nothing known", "C2"],
        ["Norway", "mediator", "unknown", "nothing known", "A1"],
    ]


def test_a_group_without_a_known_wish_is_only_named() -> None:
    party = {"name": "W", "role": "principal", "constituencies": {"poor": "The poor"}}
    table = tabulate_parties(material(case_of(parties={"west": party})))
    assert rows(table)[0][3] == "The poor"


def test_demands_say_what_they_refuse_or_require() -> None:
    shown = rows(tabulate_demands(material()))
    assert [row[0] for row in shown] == ["D1", "D2", "D3", "D4", "D5"]
    assert shown[0][3] == "“Forces stay”. Refuses Length of the strip: below 8 km"
    assert shown[1][3] == "“Forces leave first”. Requires Length of the strip: at most 2 km"
    assert shown[2][3] == (
        "“No strip without a watch”. Refuses, taken together: Length of the strip: below 3 km "
        "with Who watches: “Nobody”"
    )
    assert shown[3][3] == "“Alone”. Worth of no agreement: 20–30 of 100"


def test_demands_say_how_firm_they_are_and_what_lies_behind() -> None:
    shown = rows(tabulate_demands(material()))
    assert shown[0][4:] == ["60–90 %", "Nobody lands at night", "C1 A7"]
    assert shown[1][1:3] == ["East", "precondition"]
    assert shown[1][4].startswith("“likely” (")
    assert shown[1][5] == "unknown"
    assert shown[2][1] == "Cabinet (West)"
    assert shown[3][4:6] == ["100 %", "–"]


def test_a_demand_that_refuses_and_requires_says_both() -> None:
    demands: Any = copy.deepcopy(BASIC["demands"])
    demands["stay"]["requires"] = {"ferry": "daily"}
    shown = rows(tabulate_demands(material(case_of(demands=demands))))
    assert shown[0][3].endswith("below 8 km. Requires The ferry: “A daily ferry”")


def test_interests_say_which_options_serve_them_beyond_the_position() -> None:
    safety, trade = rows(tabulate_interests(material()))
    assert safety == [
        "Nobody lands at night",
        "West",
        "Length of the strip: 6 to 10 km; Who watches: “Buoys”",
        "Who watches: “Buoys”",
        "C1",
    ]
    assert trade == ["Trade goes on", "Cabinet (West)", "no option here", "–", "A2"]


def test_an_interest_without_an_unopposed_option_has_none() -> None:
    first = basic()[1].interests[0]
    for changes, text in (
        ({"unopposed": ()}, "none"),
        ({"unopposed": first.serving}, "all of these"),
        ({"unopposed": (("strip", "6"), ("strip", "8"))}, "Length of the strip: 6 km or 8 km"),
    ):
        result = replace(basic()[1], interests=(replace(first, **changes),))
        assert rows(tabulate_interests(material(result=result)))[0][3] == text
    assert tabulate_interests(material(result=replace(basic()[1], interests=()))) is None


def test_ties_and_promises_are_listed_with_their_numbers() -> None:
    shown = rows(tabulate_ties(material()))
    assert [row[:3] for row in shown] == [
        ["tie", "If The ferry: “A daily ferry”: a package is worth more or less",
         "East −5 to 5 points"],
        ["tie", "If The ferry: “A daily ferry”: then not Who watches: “Ships”", "–"],
        ["tie", "If Who watches: “Ships”: then Length of the strip: at most 9 km", "–"],
        ["promise", "West must deliver later to East: The ferry: “A daily ferry”",
         "held likely to be kept: 20–40 %; with “Buoys”: 60–80 %"],
        ["promise", "East must deliver later to West: Fees: “Low”",
         "held likely to be kept: 90 %"],
    ]  # fmt: skip
    assert shown[3][3] == "A11 C2"


def test_a_promise_of_unknown_worth_says_so() -> None:
    promise = {"by": "west", "to": "east", "delivers": {"ferry": "daily"}, "kept": None}
    given = material(case_of(promises={"sail": promise}, linkages={}))
    assert rows(tabulate_ties(given))[0][2] == "unknown"


def test_without_ties_there_is_no_table_of_ties() -> None:
    assert tabulate_ties(material(case_of(linkages={}, promises={}))) is None
