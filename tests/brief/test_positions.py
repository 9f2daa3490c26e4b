import copy
from typing import Any

from goodoffices.brief.positions import (
    MOST_NUMBERS,
    MOST_OPTIONS,
    Block,
    Cell,
    write_answer,
    write_matrix,
)
from tests.brief.cases import BASIC, case_of, material, words


def block(issue: str, **changes: Any) -> Block:
    matrix = write_matrix(material(case_of(**changes)))
    return next(b for b in matrix.blocks if b.anchor == f"i-{issue}")


def cell(issue: str, option: str, party: int, **changes: Any) -> Cell:
    lines = block(issue, **changes).lines
    return next(line.cells[party] for line in lines if words(line.name) == option)


def flags(given: Cell) -> list[str]:
    return [words(flag) for flag in given.flags]


def test_columns_are_those_who_must_accept_and_those_with_positions() -> None:
    matrix = write_matrix(material())
    assert [words(c) for c in matrix.columns] == ["West must accept", "East must accept"]
    assert words(matrix.silent) == "No position is known of Norway."


def test_a_mediator_with_a_position_has_a_column_and_need_not_accept() -> None:
    positions = copy.deepcopy(BASIC["positions"]) | {"norway": {"ferry": {"weight": 100}}}
    matrix = write_matrix(material(case_of(positions=positions)))
    assert words(matrix.columns[2]) == "Norway need not accept"
    assert matrix.silent == ()


def test_a_weight_stands_with_its_grounds_and_what_is_asked_in_public() -> None:
    west, east = block("strip").weights
    assert words(west) == "weight 40–60 C1 A4 · asks for 10 km"
    assert words(east) == "weight 30–50 C2 A4 · asks for below 2 km"


def test_a_weight_that_nobody_gives_is_unknown_and_never_zero() -> None:
    assert words(block("fees").weights[1]) == "weight unknown"
    positions: Any = copy.deepcopy(BASIC["positions"])
    del positions["west"]["ferry"]["weight"]
    assert words(block("ferry", positions=positions).weights[0]) == "weight unknown C1"


def test_a_numeric_issue_shows_the_numbers_that_somebody_names() -> None:
    assert [words(line.name) for line in block("strip").lines] == ["0 km", "1 km", "4 km", "10 km"]


def test_between_the_numbers_given_there_is_no_mark() -> None:
    (own, navy) = cell("strip", "4 km", 0).entries
    assert (own.mark, words(own.number)) == (None, "between")
    assert words(navy.who) == "Navy: "


def test_many_numbers_are_thinned_but_the_ends_stay() -> None:
    positions: Any = copy.deepcopy(BASIC["positions"])
    positions["west"]["strip"]["values"] = {str(n): n for n in range(11)}
    shown = [words(line.name) for line in block("strip", positions=positions).lines]
    assert len(shown) <= MOST_NUMBERS + 1
    assert (shown[0], shown[-1]) == ("0 km", "10 km")


def test_an_issue_of_very_many_options_says_how_many_are_left_out() -> None:
    issues: Any = copy.deepcopy(BASIC["issues"])
    issues["ferry"]["options"] |= {f"o{n}": f"Option {n}" for n in range(100)}
    given = block("ferry", issues=issues)
    assert len(given.lines) == MOST_OPTIONS
    assert words(given.note) == f"{102 - MOST_OPTIONS} more options are not shown"


def test_of_an_agreed_issue_only_what_is_agreed_is_shown() -> None:
    given = block("fees")
    assert [words(line.name) for line in given.lines] == ["Low"]
    assert words(given.note) == "agreed"


def test_a_value_is_a_number_with_a_mark_and_a_link() -> None:
    (entry,) = cell("ferry", "A daily ferry", 0).entries
    assert entry.mark is not None
    assert words(entry.number) == "100"


def test_a_value_that_is_not_given_is_unknown_in_words_and_dashed() -> None:
    (entry,) = cell("watch", "Buoys", 0).entries
    assert words(entry.number) == "unknown"
    assert entry.mark is not None
    assert [dict(s.attributes)["class"] for s in entry.mark.children if not isinstance(s, str)] == [
        "blank"
    ]


def test_a_faction_that_differs_stands_below_its_party() -> None:
    own, navy = cell("strip", "10 km", 0).entries
    assert (words(own.who), words(own.number)) == ("", "100")
    assert (words(navy.who), words(navy.number)) == ("Navy: ", "60")


def test_red_lines_and_preconditions_are_marked_in_words() -> None:
    assert flags(cell("strip", "0 km", 0)) == [
        "✕ red line D1",
        "(✕) part of red line D3 (Cabinet)",
    ]
    assert flags(cell("strip", "4 km", 0)) == ["✕ red line D1"]
    assert flags(cell("strip", "4 km", 1)) == ["✕ precondition D2"]
    assert flags(cell("watch", "Nobody", 0)) == ["(✕) part of red line D3 (Cabinet)"]
    assert flags(cell("watch", "Ships", 0)) == []


def test_what_a_party_asks_for_is_marked_in_words() -> None:
    assert flags(cell("strip", "10 km", 0)) == ["▸ asks for it"]
    assert flags(cell("strip", "0 km", 1)) == ["▸ asks for it"]


def test_a_walk_away_is_no_mark_on_an_option() -> None:
    for line in block("ferry").lines:
        assert [flags(c) for c in line.cells] == [[], []]


def test_the_answer_names_the_heaviest_issue_and_the_firmest_demand() -> None:
    assert words(write_answer(material())) == (
        "West puts most weight on “Length of the strip” (40–60 of 100); East puts most weight on "
        "“Length of the strip” (30–50 of 100). Three red lines and preconditions can block a "
        "package; held most firmly: D1 “Forces stay” (West, 60–90 %)."
    )


def test_the_answer_says_what_is_unknown() -> None:
    demands: Any = copy.deepcopy(BASIC["demands"])
    for key in ("stay", "withdraw", "no-gap"):
        demands[key].pop("firmness")
    given = material(case_of(demands=demands, positions={}))
    assert words(write_answer(given)) == (
        "West’s weights are unknown; East’s weights are unknown. Three red lines and preconditions "
        "can block a package; how firm they are is unknown."
    )


def test_where_nobody_draws_a_line_the_answer_says_so() -> None:
    assert words(write_answer(material(case_of(demands={})))).endswith(
        "Nobody draws a red line or sets a precondition."
    )
    only = {"stay": BASIC["demands"]["stay"]}
    assert "One red line or precondition can block" in words(
        write_answer(material(case_of(demands=only)))
    )
