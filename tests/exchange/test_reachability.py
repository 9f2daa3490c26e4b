"""Matrices of moves, in one file and in a folder of files."""

import time
from pathlib import Path

import numpy as np
import pytest

from goodoffices import catalog
from goodoffices.case import check, dump_case, parse_case, read_case
from goodoffices.errors import ExchangeError
from goodoffices.exchange import read_matrices
from goodoffices.exchange.convert import convert
from goodoffices.moves import Concept, moves
from goodoffices.moves.model import Model, compile_model
from goodoffices.moves.stability import analyse_stability

ELMIRA = """\
decision maker,from,1,2,3,4,5,6,7,8,9
Ministry,1,0,1,0,0,0,0,0,0,0
Ministry,2,0,0,0,0,0,0,0,0,0
Ministry,3,0,0,0,1,0,0,0,0,0
Ministry,4,0,0,0,0,0,0,0,0,0
Ministry,5,0,0,0,0,0,1,0,0,0
Ministry,6,0,0,0,0,0,0,0,0,0
Ministry,7,0,0,0,0,0,0,0,1,0
Ministry,8,0,0,0,0,0,0,0,0,0
Ministry,9,0,0,0,0,0,0,0,0,0
Company,1,0,0,1,0,0,0,0,0,1
Company,2,0,0,0,1,0,0,0,0,1
Company,3,0,0,0,0,0,0,0,0,1
Company,4,0,0,0,0,0,0,0,0,1
Company,5,0,0,0,0,0,0,1,0,1
Company,6,0,0,0,0,0,0,0,1,1
Company,7,0,0,0,0,0,0,0,0,1
Company,8,0,0,0,0,0,0,0,0,1
Company,9,0,0,0,0,0,0,0,0,0
Town,1,0,0,0,0,1,0,0,0,0
Town,2,0,0,0,0,0,1,0,0,0
Town,3,0,0,0,0,0,0,1,0,0
Town,4,0,0,0,0,0,0,0,1,0
Town,5,1,0,0,0,0,0,0,0,0
Town,6,0,1,0,0,0,0,0,0,0
Town,7,0,0,1,0,0,0,0,0,0
Town,8,0,0,0,1,0,0,0,0,0
Town,9,0,0,0,0,0,0,0,0,0
Ministry,rank,6,7,2,3,5,8,1,4,9
Company,rank,1,6,7,2,4,9,8,3,5
Town,payoff,6,2,8,3,7,4,9,5,1
status quo,,x,,,,,,,,
"""
"""Elmira 1991 as its graph of nine states (Kilgour, Hipel, Fang and Peng 2001), by matrices.

State 9, that the company has left, is one state that it can go to from each of the others and
nobody can leave: options alone would tell several such states apart.
"""


def write(folder: Path, text: str, name: str = "elmira.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def read(folder: Path, text: str) -> Model:
    return compile_model(read_matrices(write(folder, text)))


def test_elmiras_matrices_have_the_published_equilibria(tmp_path: Path) -> None:
    """{5, 8, 9} are stable in every sense, {1, 4} by GMR and SMR only."""
    found = read(tmp_path, ELMIRA)
    stability = analyse_stability(found.graph, found.ranks)
    for concept in Concept:
        firm = concept in (Concept.GMR, Concept.SMR)
        known = {"1", "4", "5", "8", "9"} if firm else {"5", "8", "9"}
        assert {found.graph.labels[s] for s in stability.equilibria(concept)} == known


def test_elmiras_matrices_say_the_same_as_its_catalog_case(tmp_path: Path) -> None:
    found, known = read(tmp_path, ELMIRA), compile_model(catalog.load("elmira-1991"))
    place = [int(known.named[label][0]) for label in found.graph.labels]
    assert np.array_equal(found.ranks, known.ranks[:, place])
    for k in range(3):
        for s in range(9):
            moved = [place[t] for t in found.graph.moves(k, s)]
            assert sorted(moved) == known.graph.moves(k, place[s]).tolist()
    assert found.graph.labels[found.status_quo] == "1"


def test_ministry_and_company_leave_elmiras_deadlock_together(tmp_path: Path) -> None:
    """Kilgour et al. (2001): from state 5 that coalition goes to state 8."""
    text = ELMIRA.replace("status quo,,x,,,,,,,,", "status quo,,,,,,x,,,,")
    report = moves(read_matrices(write(tmp_path, text)))
    assert [(one.members, one.target) for one in report.coalitions.leaving] == [
        (("ministry", "company"), "8")
    ]


def test_matrices_become_a_case_file_that_has_no_error(tmp_path: Path) -> None:
    source, target = write(tmp_path, ELMIRA), tmp_path / "elmira.yaml"
    assert convert(source, target) == [target]
    case = read_case(target)
    assert case.title == "elmira"
    assert [fault for fault in check(case) if fault.severity == "error"] == []
    assert parse_case(dump_case(case)) == case
    with pytest.raises(ExchangeError, match="the format knows options only"):
        convert(target, tmp_path / "elmira.gmcr", lossy=True)


SMALL = """\
decision maker,from,calm,talks,war
North,calm,0,1,1
North,talks,1,0,0
North,war,0,0,0
North,rank,2,1,3
South,calm,-,0,1
South,talks,0,,1
South,war,0,0,1
South,payoff,2.5,3e1,-1
"""


def known_small(found: Model) -> None:
    assert found.actors == ("north", "south")
    assert found.graph.labels == ("calm", "talks", "war")
    assert found.ranks.tolist() == [[1, 2, 0], [1, 2, 0]]
    moved = [[found.graph.moves(k, s).tolist() for s in range(3)] for k in range(2)]
    assert moved == [[[1, 2], [0], []], [[2], [2], []]]


@pytest.mark.parametrize("sign", [",", ";", "\t"])
@pytest.mark.parametrize("start", ["", "\ufeff", "\n\n", "\ufeff\r\n"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_columns_may_be_separated_in_three_ways(
    tmp_path: Path, sign: str, start: str, end: str
) -> None:
    path = tmp_path / "small.csv"
    path.write_bytes((start + SMALL.replace(",", sign).replace("\n", end)).encode())
    case = read_matrices(path)
    known_small(compile_model(case))
    assert case.moves is not None
    # The diagonal doesn't count, and the first state is the status quo, which is said.
    assert case.moves.status_quo == "calm"
    assert "ours: the status quo" in (case.moves.arcs["north"].assumed or "")


def test_a_folder_may_hold_a_matrix_per_decision_maker(tmp_path: Path) -> None:
    write(
        tmp_path,
        "from,calm,talks,war\ncalm,0,1,1\ntalks,1,0,0\nwar,0,0,0\nrank,2,1,3\n",
        "North.csv",
    )
    # Columns may stand in another order in another file.
    write(tmp_path, ";war;calm;talks\ncalm;1;0;0\ntalks;1;0;0\nwar;0;0;0\npayoff;-1;2,5;3\n"
          .replace("2,5", "2.5"), "South.csv")  # fmt: skip
    write(tmp_path, "not a table", "readme.txt")
    known_small(compile_model(read_matrices(tmp_path)))
    target = tmp_path / "case.yaml"
    assert convert(tmp_path, target) == [target]
    known_small(compile_model(read_case(target)))


def test_a_folder_may_hold_bare_matrices_and_one_file_of_preferences(tmp_path: Path) -> None:
    write(tmp_path, "0,1,1\n1,0,0\n0,0,0\n", "North.csv")
    write(tmp_path, "0,0,1\n0,0,1\n0,0,0\n", "South.csv")
    text = "decision maker,from,1,2,3\nNorth,rank,2,1,3\nSouth,rank,2,1,3\nstatus quo,,,x,\n"
    write(tmp_path, text, "preferences.csv")
    found = compile_model(read_matrices(tmp_path))
    assert found.graph.labels == ("1", "2", "3")
    assert found.status_quo == 1
    assert found.ranks.tolist() == [[1, 2, 0], [1, 2, 0]]
    assert found.graph.moves(0, 0).tolist() == [1, 2]


def test_a_folder_with_xml_is_genius(tmp_path: Path) -> None:
    write(tmp_path, SMALL)
    write(tmp_path, "<negotiation_template/>", "domain.xml")
    with pytest.raises(ExchangeError, match="utility spaces"):
        convert(tmp_path, tmp_path / "case.yaml")


def test_states_with_strange_names_get_ids(tmp_path: Path) -> None:
    text = 'decision maker,from,not,"War, wide",?\nX,not,0,1,1\nX,"War, wide",0,0,0\nX,?,0,0,0\n'
    found = read(tmp_path, text + "X,rank,1,2,3\n")
    assert found.graph.labels == ("not-2", "war-wide", "state")
    assert [state.name for state in found.moves.states.values()] == ["not", "War, wide", "?"]


ROWS = "X,a,0,1\nX,b,1,0\n"
FAULTS: list[tuple[str, str]] = [
    ("", 'the header: isn\'t there; begin with "decision maker,from"'),
    ("0,1\n1,0\n", 'line 1, the header: isn\'t there; begin with "decision maker,from"'),
    ("decision maker,from\nX,a,1\n", "the header: names no state; add a column per state"),
    ("decision maker,from,a,\n" + ROWS, "the header: state 2 has no name; give it another name"),
    ("decision maker,from,a,rank\n", 'the header: calls state 2 "rank"; give it another name'),
    ("decision maker,from,a,a\n" + ROWS, 'the header: "a" stands there twice'),
    ("decision maker,from,a,b\n,a,0,1\n", "line 2, the row: names no decision maker"),
    (
        "decision maker,from,a,b\nX,a,0,1\nX,c,0,1\n",
        'line 3, X: "c" is neither a state nor rank nor payoff',
    ),
    ("decision maker,from,a,b\nX,a,0,1,1\n", "line 2, the row: has 3 cells for 2 states"),
    ("decision maker,from,a,b\nX,a,0\n", "line 2, the row: has 1 cells for 2 states"),
    ("decision maker,from,a,b\nX\n", 'line 2, X: "" is neither a state nor rank nor payoff'),
    ("decision maker,from,a,b\nX,a,0,2\n", 'line 2, X: "2" from a to b; write 1 or 0'),
    ("decision maker,from,a,b\nX,a,0,\n", 'line 2, X: "" from a to b; write 1 or 0'),
    ("decision maker,from,a,b\nX,a,0,Y\n", 'line 2, X: "Y" from a to b; write 1 or 0'),
    ("decision maker,from,a,b\nX,a,x,1\n", 'line 2, X: "x" from a to a; write 1 or 0'),
    (
        "decision maker,from,a,b\nX,a,0,1\nX,a,0,1\n",
        "line 3, X: has a row from a already; remove one of them",
    ),
    (
        "decision maker,from,a,b\nX,a,0,1\nX,rank,1,2\n",
        "X: has no row from b; add it; noughts where no move is possible",
    ),
    ("decision maker,from,a,b\n" + ROWS, "X: has no preference; add a row X,rank"),
    (
        "decision maker,from,a,b\n" + ROWS + "X,rank,1,2\nx,rank,1,2\n",
        "x: has a preference and no matrix",
    ),
    ("decision maker,from,a,b\nX,rank,1,2\n", "X: has a preference and no matrix"),
    ("decision maker,from,a,b\n", "the table: has no matrix; add a row per state"),
    (
        "decision maker,from,a,b\n" + ROWS + "X,rank,1,\n",
        'line 4, X, rank: "" is no number for state b; write 1 for the best, 2 for the next',
    ),
    (
        "decision maker,from,a,b\n" + ROWS + "X,payoff,1,nan\n",
        'line 4, X, payoff: "nan" is no number for state b; write one',
    ),
    ("decision maker,from,a,b\n" + ROWS + "X,payoff,1,1_0\n", '"1_0" is no number for state b'),
    ("decision maker,from,a,b\n" + ROWS + "X,payoff,1,²\n", '"²" is no number for state b'),
    (
        "decision maker,from,a,b\n" + ROWS + "X,rank,1,2\nX,payoff,1,2\n",
        "line 5, X: has a rank or payoff already; remove one of the rows",
    ),
    ("decision maker,from,a,b\n" + ROWS + "status quo,,x,x\n", "status quo: marks 2 states; mark"),
    (
        "decision maker,from,a,b\nstatus quo,,x,\nstatus quo,,,x\n",
        "line 3, status quo: stands there twice; mark one",
    ),
    ('decision maker,from,a\nX,"a\n', "isn't a table"),
]


@pytest.mark.parametrize(("text", "message"), FAULTS)
def test_what_cannot_be_read_says_where_and_what(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(ExchangeError) as caught:
        read(tmp_path, text)
    assert message in str(caught.value)
    assert str(caught.value).startswith("elmira.csv: ")


def test_files_of_a_folder_must_name_the_same_states(tmp_path: Path) -> None:
    write(tmp_path, "from,a,b\na,0,1\nb,0,0\nrank,1,2\n", "X.csv")
    path = write(tmp_path, "from,a,c\na,0,1\nc,0,0\nrank,1,2\n", "Y.csv")
    with pytest.raises(ExchangeError, match=r'Y.csv: .*"c" is no state of the first table; name'):
        read_matrices(tmp_path)
    path.write_text("0\n", encoding="utf-8")
    with pytest.raises(ExchangeError, match=r'Y.csv: .*"1" is no state of the first table'):
        read_matrices(tmp_path)
    path.write_text("from,a\na,0\nrank,1\n", encoding="utf-8")
    with pytest.raises(
        ExchangeError, match=r"Y.csv: .*lacks a state; name the same states in each"
    ):
        read_matrices(tmp_path)
    path.write_text("hello\n", encoding="utf-8")
    with pytest.raises(ExchangeError, match='or "from", or write noughts and ones alone'):
        read_matrices(tmp_path)


def test_a_table_of_states_is_told_from_matrices_by_its_header(tmp_path: Path) -> None:
    source = write(tmp_path, "decision maker,option,a,b\nX,O,Y,N\nX,rank,1,2\n", "t.csv")
    convert(source, tmp_path / "t.yaml")
    assert read_case(tmp_path / "t.yaml").moves.options  # type: ignore[union-attr]
    source = write(tmp_path, "who,what\n", "u.csv")
    with pytest.raises(ExchangeError, match=r'"decision maker,option".*"decision maker,from"'):
        convert(source, tmp_path / "u.yaml")


def test_a_hundred_thousand_rows_are_refused_at_once(tmp_path: Path) -> None:
    head = "decision maker,from,a,b\n"
    texts = [
        head + "".join(f"X{n},a,0,1\n" for n in range(100_000)),
        head + "X,a,0,1\n" * 100_000,
        head + "\n" * 100_000 + "X,q,0,1\n",
        "decision maker,from," + ",".join(map(str, range(100_000))),
        "decision maker,option,a,b\n" + "".join(f"X{n},o{n},0,1\n" for n in range(100_000)),
    ]
    messages = ["more than 62 decision makers", "already", "neither a state", "300", "62 options"]
    for text, message in zip(texts, messages, strict=True):
        source = write(tmp_path, text)
        begun = time.perf_counter()
        with pytest.raises(ExchangeError, match=message):
            convert(source, tmp_path / "x.yaml")
        assert time.perf_counter() - begun < SOON


SOON = 10
"""Seconds; it takes less than one on an idle machine."""


def test_more_moves_than_a_case_should_hold_are_refused(tmp_path: Path) -> None:
    names = [f"s{n}" for n in range(150)]
    rows = [f"X,{name},{','.join('1' * 150)}" for name in names]
    head = f"decision maker,from,{','.join(names)}\n"
    rank = f"\nX,rank,{','.join(map(str, range(150)))}\n"
    with pytest.raises(ExchangeError, match="22,350 moves; at most 20,000 are read"):
        read(tmp_path, head + "\n".join(rows) + rank)


def test_a_folder_of_very_many_tables_is_refused(tmp_path: Path) -> None:
    for n in range(101):
        write(tmp_path, "0\n", f"{n}.csv")
    with pytest.raises(ExchangeError, match="holds 101 tables; at most 100"):
        read_matrices(tmp_path)
