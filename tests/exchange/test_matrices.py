from pathlib import Path

import numpy as np
import pytest

from goodoffices import catalog
from goodoffices.case import check, dump_case, parse_case, read_case
from goodoffices.errors import ExchangeError
from goodoffices.exchange import _csv, read_states
from goodoffices.exchange.convert import convert
from goodoffices.moves.model import Model, compile_model
from goodoffices.moves.stability import Concept, analyse_stability

ELMIRA = """\
decision maker,option,only,1,2,3,4,5,6,7,8,9
Ministry,Modify,take,N,Y,N,Y,N,Y,N,Y,-
Company,Delay,drop,Y,Y,N,N,Y,Y,N,N,N
Company,Accept,,N,N,Y,Y,N,N,Y,Y,N
Company,Abandon,take,N,N,N,N,N,N,N,N,Y
Town,Insist,,N,N,N,N,Y,Y,Y,Y,-
Ministry,rank,,6,7,2,3,5,8,1,4,9
Company,rank,,1,6,7,2,4,9,8,3,5
Town,rank,,4,8,2,7,3,6,1,5,9
status quo,,,,,,,x,,,,
"""
"""Hipel et al. (1993) and Kilgour et al. (2001): options by states, as the papers print them."""


def read(folder: Path, text: str, name: str = "elmira.csv") -> Model:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return compile_model(read_states(path))


def test_elmira_is_read_as_its_catalog_case(tmp_path: Path) -> None:
    found = read(tmp_path, ELMIRA)
    known = compile_model(catalog.load("elmira-1991"))
    assert found.graph.states.tolist() == known.graph.states.tolist()
    assert np.array_equal(found.ranks, known.ranks)
    for k in range(3):
        for s in range(9):
            assert found.graph.moves(k, s).tolist() == known.graph.moves(k, s).tolist()
    assert found.graph.pattern(found.status_quo) == "NYNNY"
    assert found.named["9"].size == 1


def test_its_equilibria_are_the_published_ones(tmp_path: Path) -> None:
    found = read(tmp_path, ELMIRA)
    stability = analyse_stability(found.graph, found.ranks)
    number = {int(states[0]): key for key, states in found.named.items()}
    nash = {number[int(s)] for s in stability.equilibria(Concept.NASH)}
    assert nash == {"5", "8", "9"}


def test_a_table_becomes_a_case_file(tmp_path: Path) -> None:
    source, target = tmp_path / "elmira.csv", tmp_path / "elmira.yaml"
    source.write_text(ELMIRA, encoding="utf-8")
    assert convert(source, target) == [target]
    case = read_case(target)
    assert case.title == "elmira"
    assert [fault for fault in check(case) if fault.severity == "error"] == []
    assert parse_case(dump_case(case)) == case


PRISONERS = """\
decision maker;option;DD;CD;DC;CC
Row;Quiet;0;1;0;1
Column;Quiet;N;N;Y;Y
Row;rank;3;4;1;2
Column;rank;3;1;4;2
"""


@pytest.mark.parametrize("sign", [";", ",", "\t"])
@pytest.mark.parametrize("start", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_columns_may_be_separated_in_three_ways(
    tmp_path: Path, sign: str, start: str, end: str
) -> None:
    path = tmp_path / "pd.csv"
    text = start + PRISONERS.replace(";", sign).replace("\n", end)
    path.write_bytes(text.encode("utf-8"))
    found = compile_model(read_states(path))
    assert found.ranks.tolist() == [[1, 0, 3, 2], [1, 3, 0, 2]]
    assert found.status_quo == 0


def test_states_that_are_not_listed_are_impossible(tmp_path: Path) -> None:
    text = "decision maker,option,a,b,c\nX,O,N,Y,Y\nY,P,N,N,Y\nX,rank,1,2,3\nY,rank,1,1,2\n"
    found = read(tmp_path, text)
    assert found.graph.states.tolist() == [0, 1, 3]
    assert found.ranks.tolist() == [[2, 1, 0], [1, 1, 0]]


def test_blank_lines_are_passed_over_and_the_first_state_is_the_status_quo(tmp_path: Path) -> None:
    text = "\ndecision maker,option,a,b\n\nX,O,Y,N\nX,rank,1,2\n\n"
    found = read(tmp_path, text)
    assert found.graph.pattern(found.status_quo) == "Y"


def test_a_table_may_rank_with_gaps(tmp_path: Path) -> None:
    text = "decision maker,option,a,b\nX,O,Y,N\nX,rank,10,900\n"
    assert read(tmp_path, text).ranks.tolist() == [[0, 1]]


FAULTS: list[tuple[str, str]] = [
    ("", 'the header: isn\'t there; begin with "decision maker,option" (or'),
    ("a,b,c\n", "line 1, the header: isn't there"),
    ("decision maker,option\n", "the header: names no state; add a column per state"),
    ("decision maker,option,a,\nX,O,Y,N\n", "the header: column 4 has no name"),
    ("decision maker,option,a,a\n", 'the header: "a" stands there twice'),
    ("decision maker,option,a\nX,rank,1\n", "the table: has no option; add a row per option"),
    ("decision maker,option,a\nX,,Y\n", "line 2, the row: names no option"),
    ("decision maker,option,a\n,O,Y\n", "line 2, the row: names no decision maker"),
    ("decision maker,option,a\nX,O,?\n", 'line 2, O: "?" in state a; write Y, N or -'),
    ("decision maker,option,only,a\nX,O\n", 'line 2, O: "" in state a; write Y, N or -'),
    ("decision maker,option,only,a\nX\n", "line 2, the row: names no option"),
    ("decision maker,option,a\nX,O,\n", 'line 2, O: "" in state a; write Y, N or -'),
    ("decision maker,option,a\nX,O,Y,N\n", "line 2, the row: has 2 cells for 1 states"),
    (
        "decision maker,option,only,a\nX,O,up,Y\n",
        'line 2, only: "up" is unknown; write take or drop',
    ),
    (
        "decision maker,option,a,b\nX,O,Y,Y\nX,rank,1,2\n",
        "the states: a and b are the same state; tell them apart by an option",
    ),
    (
        "decision maker,option,a,b\nX,O,Y,-\nX,rank,1,2\n",
        "the states: a and b are the same state",
    ),
    ("decision maker,option,a,b\nX,O,Y,N\n", "X: has no preference; add a row X,rank"),
    (
        "decision maker,option,a,b\nX,O,Y,N\nX,rank,1,\n",
        'line 3, X, rank: "" is no place for state b; write a whole number, 1 for the best',
    ),
    ("decision maker,option,a,b\nX,O,Y,N\nX,rank,1,-2\n", '"-2" is no place for state b'),
    ("decision maker,option,a,b\nX,O,Y,N\nX,rank,1,²\n", '"²" is no place for state b'),
    (
        "decision maker,option,a,b\nX,O,Y,N\nX,rank,1,2\nX,rank,2,1\n",
        "line 4, X: has a rank already; remove one of the rows",
    ),
    (
        "decision maker,option,a,b\nX,O,Y,N\nZ,rank,1,2\n",
        "line 3, Z: has a rank and no option; check the name",
    ),
    (
        "decision maker,option,a,b\nX,O,Y,N\nX,rank,1,2\nstatus quo,,x,x\n",
        "line 4, status quo: marks 2 states; mark one",
    ),
    ('decision maker,option,a\nX,"O,Y\n', "isn't a table"),
]


@pytest.mark.parametrize(("text", "message"), FAULTS)
def test_what_cannot_be_read_says_where_and_what(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(ExchangeError) as caught:
        read(tmp_path, text)
    assert message in str(caught.value)
    assert str(caught.value).startswith("elmira.csv: ")


def test_a_file_that_is_not_text_too_large_or_not_there_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "x.csv"
    with pytest.raises(ExchangeError, match="there is no such file"):
        read_states(path)
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(ExchangeError, match="isn't UTF-8 text"):
        read_states(path)
    monkeypatch.setattr(_csv, "MOST_BYTES", 10)
    path.write_text(ELMIRA, encoding="utf-8")
    with pytest.raises(ExchangeError, match="is larger than"):
        read_states(path)


def test_more_states_than_a_paper_prints_are_refused(tmp_path: Path) -> None:
    head = "decision maker,option," + ",".join(f"s{n}" for n in range(301))
    with pytest.raises(ExchangeError, match="names more than 300 states"):
        read(tmp_path, head + "\n")
