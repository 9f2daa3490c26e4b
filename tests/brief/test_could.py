"""What each could do, what can't be, and what each prefers: the rows behind the labels."""

from goodoffices.brief.could import MOST_PLACES, tabulate_options, tabulate_preferences
from goodoffices.brief.deadlock import Deadlock
from goodoffices.brief.tables import Table
from goodoffices.moves import moves
from tests.brief.cases import MOVES, case_of, deadlock, only_moves, stuck, words
from tests.moves.cases import strait


def lines(table: Table) -> list[str]:
    return [" | ".join(words(cell) for cell in row.cells) for row in table.rows]


def test_options_stand_with_their_owner_their_state_today_and_what_they_rest_on() -> None:
    assert lines(tabulate_options(deadlock())) == [
        "M1 | West | “Land at night” ▲ a risk | no | C1",
        "M2 | West | “Leave the strip” (can’t be taken back) | no | C1",
        "M3 | East | “Patrol” | yes | C2",
        "M4 | Norway | “Vouch for both” | no | A14",
        "– | rule | always: not “Land at night” if “Leave the strip” | – | A15",
    ]


def test_an_option_that_can_only_be_dropped_says_so() -> None:
    options = MOVES["options"] | {"patrol": MOVES["options"]["patrol"] | {"only": "drop"}}
    given = deadlock(case_of(moves=MOVES | {"options": options}))
    assert "(can’t be taken up again)" in lines(tabulate_options(given))[2]


def test_preferences_are_told_in_each_form() -> None:
    first = "then “Leave the strip” if, and only if, “Vouch for both”"
    second = "then not “Patrol” if “Vouch for both”"
    third = "then not “Vouch for both” (50)"
    assert lines(tabulate_preferences(deadlock())) == [
        f"P1 | West | not “Patrol”; {first}; then not (“Land at night” or “A raid”) | C1",
        f"P2 | East | “A quiet strip” or “Leave the strip”; {second} | C2",
        f"P3 | Norway | “A quiet strip” (40–80); then “A raid” (0); {third} | A16",
    ]


def test_a_preference_that_asks_the_deals_lens_says_so() -> None:
    asked = {"west": MOVES["preferences"]["west"] | {"from": "deals"}}
    case = case_of(moves=MOVES | {"preferences": MOVES["preferences"] | asked})
    first = lines(tabulate_preferences(deadlock(case)))[0]
    assert "Agreement: by what the packages of question 5 are worth to it" in first


def test_a_long_order_is_cut_and_says_so() -> None:
    case = only_moves(MOST_PLACES + 1)
    first = lines(tabulate_preferences(deadlock(case, moves(only_moves(3)))))[0]
    assert first.count("; then ") == MOST_PLACES - 1
    assert "; and more" in first


def test_labels_lead_to_rows_that_stand_on_the_page() -> None:
    given = deadlock()
    rows = (*tabulate_options(given).rows, *tabulate_preferences(given).rows)
    anchors = {row.anchor for row in rows}
    for path in ("moves.options.land", "moves.preferences.norway"):
        label = given.label(path)
        assert label is not None
        assert dict(label.attributes)["href"][1:] in anchors
    assert given.label("demands.stay") is None
    assert stuck()[0].moves is not None


def by_arcs() -> Deadlock:
    case = strait()
    return deadlock(case=case, report=moves(case, draws=20))


def test_beside_arcs_it_is_told_who_could_move_from_where_to_where() -> None:
    table = tabulate_options(by_arcs())
    told = [" | ".join(words(cell) for cell in row.cells) for row in table.rows]
    assert told[0].startswith(
        "M1 | North | from “Patrols” to “Shots fired” ▲ a risk; from “Shots fired” to “Patrols”; "
    )
    assert [row.anchor for row in table.rows] == ["mm-north", "mm-south", "mm-office"]


def test_moves_beside_arcs_lead_to_the_row_that_says_them() -> None:
    page = by_arcs()
    assert page.report.way is not None
    path = page.report.way.path or ()
    assert words(page.steps(path)) == (
        "Office moves to “Patrols watched”, then North moves to “Patrols withdrawn”"
    )
    assert words(page.behind(*path)) == "P3 M3 P1 M1"
    assert words(page.doing(path[0])) == "moving to “Patrols watched”"
