"""Whatever stands in a file of moves: it is read, or refused with a message, and never a traceback.

Files are spoilt at random: a node of the JSON is replaced, removed or doubled, a cell of the table
takes other text, a part of a case's moves takes any value.
"""

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goodoffices.case import Case, build, check, dump_case, parse_case
from goodoffices.case._yaml import read
from goodoffices.errors import CaseError, ExchangeError, GoodOfficesError
from goodoffices.exchange import read_gmcr, read_states, write_gmcr
from goodoffices.moves import moves
from goodoffices.moves.model import compile_model
from tests.exchange.test_gmcr import FLAT, PLUS
from tests.exchange.test_matrices import ELMIRA
from tests.moves.cases import RIVER
from tests.property.cases_of_moves import cases_of_moves

Path_ = tuple[str | int, ...]

ATOMS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 70),
    st.floats(allow_nan=False),
    st.text(max_size=12),
    st.sampled_from(["", "Y", "both", "if", "not", "YY-", "x" * 200, "\u202e", "a and b"]),
)
VALUES = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=6), inner, max_size=3)
    ),
    max_leaves=6,
)


def paths(node: Any, here: Path_ = ()) -> list[Path_]:
    """Every place in a tree of data."""
    found = [here]
    if isinstance(node, dict):
        items: list[tuple[str | int, Any]] = list(node.items())
    elif isinstance(node, list):
        items = list(enumerate(node))
    else:
        items = []
    for key, child in items:
        found += paths(child, (*here, key))
    return found


@st.composite
def spoilt(draw: st.DrawFn, data: Any) -> Any:
    """The data with one or two nodes replaced, removed or doubled."""
    data = copy.deepcopy(data)
    for _ in range(draw(st.integers(1, 2))):
        *way, last = draw(st.sampled_from(paths(data)[1:] or [("none",)]))
        node = data
        for part in way:
            node = node[part]
        kind = draw(st.sampled_from(["replace", "remove", "double"]))
        if not isinstance(node, (dict, list)) or (isinstance(node, dict) and last not in node):
            continue
        if kind == "remove":
            del node[last]
        elif kind == "double" and isinstance(node, list):
            node.append(copy.deepcopy(node[last]))
        else:
            node[last] = draw(VALUES)
    return data


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("files")


def sound(case: Case) -> None:
    """A case that was read can be checked, written and read again, and has an answer."""
    assert isinstance(check(case), tuple)
    try:
        text = dump_case(case)
    except CaseError:
        # A control character in a name is the one thing that no case file can hold.
        return
    assert parse_case(text) == case
    if not any(fault.severity == "error" for fault in check(case)):
        compile_model(case)


def refusal(reader: Callable[[Path], Case], path: Path) -> Case | str:
    """The case of a file, or why there is none."""
    try:
        return reader(path)
    except ExchangeError as error:
        return str(error)


def sound_or_refused(reader: Callable[[Path], Case], path: Path) -> None:
    found = refusal(reader, path)
    if isinstance(found, Case):
        sound(found)
    else:
        assert found.startswith(f"{path.name}: ")
        assert len(found) < 500


@settings(max_examples=150)
@given(data=st.sampled_from([FLAT, PLUS]).flatmap(spoilt))
def test_a_spoilt_conflict_is_read_or_refused(folder: Path, data: Any) -> None:
    path = folder / "spoilt.gmcr"
    path.write_text(json.dumps(data), encoding="utf-8")
    sound_or_refused(read_gmcr, path)


@settings(max_examples=60)
@given(raw=st.binary(max_size=200))
def test_any_bytes_are_no_conflict_and_no_table(folder: Path, raw: bytes) -> None:
    for name, reader in (("x.gmcr", read_gmcr), ("x.csv", read_states)):
        path = folder / name
        path.write_bytes(raw)
        with pytest.raises(ExchangeError, match=f"^{name}: "):
            reader(path)


CELLS = st.one_of(
    st.sampled_from(["", "Y", "N", "-", "1", "2", "rank", "status quo", "take", "x", '"', "=1+1"]),
    st.text(max_size=8),
)


@settings(max_examples=150)
@given(data=st.data())
def test_a_spoilt_table_is_read_or_refused(folder: Path, data: st.DataObject) -> None:
    rows = [line.split(",") for line in ELMIRA.splitlines()]
    for _ in range(data.draw(st.integers(1, 2))):
        row = data.draw(st.sampled_from(rows))
        row[data.draw(st.integers(0, len(row) - 1))] = data.draw(CELLS)
    path = folder / "spoilt.csv"
    path.write_text("\n".join(map(",".join, rows)) + "\n", encoding="utf-8")
    sound_or_refused(read_states, path)


@settings(max_examples=150)
@given(part=spoilt(read(RIVER).data["moves"]))
def test_spoilt_moves_are_refused_by_check_or_answered(part: Any) -> None:
    data = {**copy.deepcopy(read(RIVER).data), "moves": part}
    try:
        case = build(data)
    except CaseError:
        return
    faults = check(case)
    assert all(fault.where and fault.what for fault in faults)
    if case.moves is None or any(fault.severity == "error" for fault in faults):
        return
    # What passed the check has an answer.
    assert len(moves(case, draws=5).why) == 3


@settings(max_examples=80)
@given(text=st.text(alphabet="abc ()\"'", max_size=30))
def test_any_statement_is_read_or_told_where_it_breaks(text: str) -> None:
    data = copy.deepcopy(read(RIVER).data)
    data["moves"]["preferences"]["south"]["statements"] = [text]
    try:
        faults = check(build(data))
    except CaseError:
        return
    for fault in faults:
        if fault.severity == "error":
            assert fault.where == "moves.preferences.south.statements.0"
            assert fault.mend


@settings(max_examples=40)
@given(case=cases_of_moves())
def test_a_conflict_that_was_written_twice_says_the_same(folder: Path, case: Case) -> None:
    first, second = folder / "first.gmcr", folder / "second.gmcr"
    for path in (first, second):
        path.unlink(missing_ok=True)
    write_gmcr(case, first, lossy=True)
    write_gmcr(read_gmcr(first), second, lossy=True)
    one, two = (json.loads(path.read_text(encoding="utf-8")) for path in (first, second))
    assert one["options"] == two["options"]
    for a, b in zip(one["decisionMakers"], two["decisionMakers"], strict=True):
        assert a["name"] == b["name"]
        assert a["options"] == b["options"]
        assert a["preferenceRanking"] == b["preferenceRanking"]


@settings(max_examples=30)
@given(case=cases_of_moves(uncertain=True))
def test_a_conflict_is_never_written_with_loss_unless_asked(folder: Path, case: Case) -> None:
    path = folder / "strict.gmcr"
    path.unlink(missing_ok=True)
    try:
        write_gmcr(case, path)
    except ExchangeError:
        assert not path.exists()
        return
    there, back = compile_model(case), compile_model(read_gmcr(path))
    assert there.certain
    assert sorted(there.graph.options, key=lambda o: o.name) != []
    assert np.array_equal(np.sort(there.ranks, axis=1), np.sort(back.ranks, axis=1))


def test_every_refusal_is_one_of_ours(folder: Path) -> None:
    for refused in (ExchangeError, CaseError):
        assert issubclass(refused, GoodOfficesError)
