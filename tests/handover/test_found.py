import pytest

from goodoffices.handover._found import MOST_FAULTS, Found, blank, cell_name
from goodoffices.handover._plan import Column

TEXT = Column(head="name", path=("name",), form="text")
MAP = Column(head="wants", path=("wants",), form="map")
DATED = Column(head="date", path=("date", "date"), form="dated")


@pytest.mark.parametrize(
    ("row", "column", "name"),
    [(0, 0, "A!A1"), (6, 25, "A!Z7"), (6, 26, "A!AA7"), (9, 701, "A!ZZ10"), (0, 702, "A!AAA1")],
)
def test_a_cell_has_the_name_that_spreadsheets_show(row: int, column: int, name: str) -> None:
    assert cell_name("A", row, column) == name


def test_a_cell_of_spaces_is_blank_and_zero_is_not() -> None:
    assert blank(None)
    assert blank("  ")
    assert not blank(0)
    assert not blank(False)


def test_what_a_cell_says_is_kept_with_its_place() -> None:
    found = Found()
    found.take(("parties", "north", "name"), "North", TEXT, "Parties!B2")
    assert found.data == {"parties": {"north": {"name": "North"}}}
    assert found.cells == {("parties", "north", "name"): "Parties!B2"}


def test_an_unknown_date_is_a_date_of_which_nothing_is_known() -> None:
    found = Found()
    found.take(("sources", "a", "date", "date"), "unknown", DATED, "Sources!E2")
    assert found.data == {"sources": {"a": {"date": {}}}}


def test_a_cell_that_cannot_be_read_is_a_fault_at_its_place() -> None:
    found = Found()
    found.take(("a", "wants"), "no colon", MAP, "A!B2")
    assert [fault.where for fault in found.faults] == ["A!B2"]
    assert found.data == {}


def test_faults_are_bounded() -> None:
    found = Found()
    for _ in range(3 * MOST_FAULTS):
        found.wrong("A!A1", "wrong", "mend it")
    assert len(found.faults) == MOST_FAULTS
