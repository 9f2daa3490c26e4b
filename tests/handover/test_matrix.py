from goodoffices.case import Case, build
from goodoffices.handover._found import Found
from goodoffices.handover._matrix import matrix_head, matrix_rows, read_matrix
from tests.handover.cases import small


def rows(case: Case) -> list[list[object]]:
    return [list(row) for row in matrix_rows(case)]


def test_each_party_and_faction_has_a_column() -> None:
    heads = ["issue", "row", "option", "(in words)", "west", "east", "norway", "cabinet", "navy"]
    assert matrix_head(small()) == heads


def test_an_issue_has_a_row_of_weights_and_one_for_each_option() -> None:
    ferry = [row[:6] for row in rows(small()) if row[0] == "ferry"]
    assert ferry == [
        ["ferry", "weight", None, "The ferry", 20, 30],
        ["ferry", "value", "none", "No ferry", 0, 100],
        ["ferry", "value", "daily", "A daily ferry", 100, 0],
    ]


def test_of_a_numeric_issue_its_ends_and_the_numbers_that_somebody_values_are_shown() -> None:
    assert [row[2] for row in rows(small()) if row[0] == "strip"][1:] == ["0", "4", "10"]


def test_a_number_that_nobody_gives_is_a_blank() -> None:
    watch = [row for row in rows(small()) if row[:3] == ["watch", "value", "ships"]]
    assert watch[0][4:] == [None, 100, None, None, None]


def test_positions_on_what_is_no_issue_are_shown_too() -> None:
    case = build(
        {
            "goodoffices": 1,
            "title": "T",
            "positions": {"x": {"nowhere": {"weight": 5, "values": {"b": 1, "a": 2}}}},
        }
    )
    assert rows(case) == [
        ["nowhere", "weight", None, None, 5],
        ["nowhere", "value", "b", None, 1],
        ["nowhere", "value", "a", None, 2],
    ]


def test_what_was_written_is_read_again() -> None:
    found = Found()
    read_matrix("Matrix", [matrix_head(small()), *matrix_rows(small())], found)
    assert found.faults == []
    strip = found.data["positions"]["east"]["strip"]
    assert strip == {"weight": "30..50", "values": {"0": 100, "4": "20..30..60", "10": 0}}
    assert found.cells["positions", "east", "strip", "values", "4"] == "Matrix!F4"


def test_a_party_may_bear_the_name_of_a_fixed_column() -> None:
    heads = ["issue", "row", "option", "row", "option"]
    found = Found()
    read_matrix("Matrix", [heads, ["aid", "weight", None, 10, 20]], found)
    assert found.data["positions"] == {
        "row": {"aid": {"weight": 10}},
        "option": {"aid": {"weight": 20}},
    }


def test_an_option_typed_as_a_number_is_an_option() -> None:
    found = Found()
    read_matrix("Matrix", [["issue", "row", "option", "west"], ["strip", "value", 4.0, 50]], found)
    assert found.data["positions"]["west"]["strip"] == {"values": {"4": 50}}
