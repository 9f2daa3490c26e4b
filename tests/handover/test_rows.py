from goodoffices.brief.elements import plain
from goodoffices.brief.tables import Table
from goodoffices.handover._rows import (
    MOST_ACTORS,
    MOST_ISSUES,
    tabulate_actors,
    tabulate_demands,
    tabulate_issues,
)
from tests.brief.cases import BASIC, case_of, material


def told(table: Table) -> list[list[str]]:
    return [[said(cell) for cell in row.cells] for row in table.rows]


def said(words: object) -> str:
    return plain(words).replace("\u2068", "").replace("\u2069", "")  # type: ignore[arg-type]


def test_an_actor_is_told_with_its_groups_interests_and_alternative() -> None:
    west = told(tabulate_actors(material()))[0]
    assert west[0] == "West (principal)"
    assert west[1] == "Cabinet (can veto); Navy; Fishers (on: The ferry)"
    assert "Nobody lands at night" in west[2]
    assert west[3] == "It stays where it is."
    assert west[4].startswith("C")


def test_parties_of_whom_nothing_is_known_are_named_below() -> None:
    table = tabulate_actors(material())
    assert [row[0] for row in told(table)] == ["West (principal)", "East (principal)"]
    assert said(table.more).startswith("Also named: Norway (mediator) A")


def test_actors_beyond_what_fits_are_named_or_counted() -> None:
    many = {f"p{n}": {"name": f"P{n}", "role": "bystander", "alternative": "x"} for n in range(60)}
    table = tabulate_actors(material(case_of(parties={**BASIC["parties"], **many})))
    assert len(table.rows) == MOST_ACTORS
    assert said(table.more).endswith("and 27 more.")


def test_an_issue_is_told_with_what_can_be_chosen_and_what_each_asks() -> None:
    rows = told(tabulate_issues(material()))
    assert rows[0][1] == "0 to 10 km"
    assert rows[0][2].startswith("weight 40–60; asks for 10 km")
    assert rows[1][1] == "No ferry; A daily ferry"
    assert rows[3][1] == "agreed: “Low”"
    assert rows[3][3] == "not known"


def test_the_issues_that_weigh_most_are_shown_in_the_order_of_the_case() -> None:
    issues = {
        f"i{n}": {"name": f"I{n}", "options": ["a", "b"], "assumed": "team: x"} for n in range(30)
    }
    west = {f"i{n}": {"weight": n, "assumed": "team: x"} for n in range(30)}
    case = case_of(issues=issues, positions={"west": west})
    shown = [row[0].split()[0] for row in told(tabulate_issues(material(case)))]
    assert shown == [f"I{n}" for n in range(30 - MOST_ISSUES, 30)]


def test_demands_are_told_without_the_column_of_interests() -> None:
    table = tabulate_demands(material())
    assert [said(head) for head in table.columns] == [
        "No.", "Who", "Kind", "Demand", "Firmness", "Rests on",
    ]  # fmt: skip
    assert all(len(row.cells) == 6 for row in table.rows)
