from __future__ import annotations

from pathlib import Path

import pytest

from goodoffices.errors import ExchangeError
from goodoffices.outlook._records import (
    Ceasefire,
    Episode,
    day,
    read_agreements,
    read_ceasefires,
    read_episodes,
)
from tests.outlook.published import (
    AGREEMENTS,
    CEASEFIRES,
    FIGHTING,
    ceased,
    fought,
    on,
    signed,
    write,
)


def episodes(folder: Path, *rows: dict[str, object]) -> tuple[Episode, ...]:
    return read_episodes(write(folder / FIGHTING, rows))


def ceasefires(folder: Path, *rows: dict[str, object]) -> tuple[Ceasefire, ...]:
    return read_ceasefires(write(folder / CEASEFIRES, rows, mark=True))


# Days.


def test_a_day_beyond_its_month_is_its_last() -> None:
    assert day(2020, 6, 31) == on("2020-06-30")
    assert day(2019, 2, 30) == on("2019-02-28")
    assert day(2020) == on("2020-12-31")


def test_a_month_that_is_none_is_no_day() -> None:
    with pytest.raises(ValueError, match="month"):
        day(2020, 13, 1)


# Fighting.


def test_years_in_a_row_are_one_episode(tmp_path: Path) -> None:
    found = episodes(
        tmp_path,
        fought(1991, outcome="3", ependdate="5/31/91"),
        fought(1990),
        fought(1994, outcome="1", ependdate="6/1/94"),
        fought(2020),
    )
    assert [(one.first, one.last, one.ending) for one in found] == [
        (1990, 1991, "victory"),
        (1994, 1994, "peace agreement"),
        (2020, 2020, ""),
    ]
    assert found[0].start == on("1990-03-01")
    assert found[0].end == on("1991-05-31")


@pytest.mark.parametrize(
    ("code", "ending"),
    [
        ("1", "peace agreement"),
        ("2", "ceasefire"),
        ("3", "victory"),
        ("4", "victory"),
        ("5", "fades"),
        ("6", "a side is gone"),
    ],
)
def test_what_the_codes_of_endings_mean(tmp_path: Path, code: str, ending: str) -> None:
    """Kreutz (2010); codebook of the UCDP Conflict Termination data."""
    (found, _) = episodes(
        tmp_path, fought(1990, outcome=code, ependdate="4/1/90"), fought(2020, dyad_id="2")
    )
    assert found.ending == ending


def test_years_of_two_digits_belong_to_the_century_of_their_row(tmp_path: Path) -> None:
    found = episodes(
        tmp_path,
        fought(1946, start_date2="12/31/45", outcome="5", ependdate="12/31/46"),
        fought(2004, start_date2="2/29/04", outcome="5", ependdate="12/31/04"),
        fought(2020),
    )
    assert [one.start for one in found[:2]] == [on("1945-12-31"), on("2004-02-29")]


def test_fighting_that_goes_on_when_the_data_end_has_no_end(tmp_path: Path) -> None:
    (found,) = episodes(tmp_path, fought(2019), fought(2020))
    assert (found.end, found.ending) == (None, "")


def test_fighting_whose_ending_nobody_says_ends_with_its_year(tmp_path: Path) -> None:
    first, second, _ = episodes(
        tmp_path, fought(1990), fought(1995, ependdate="."), fought(2020, dyad_id="2")
    )
    assert (first.end, first.ending) == (on("1990-12-31"), "")
    assert second.end == on("1995-12-31")


def test_an_end_before_the_start_is_the_start(tmp_path: Path) -> None:
    (found, _) = episodes(
        tmp_path,
        fought(1990, start_date2="12/31/90", outcome="5", ependdate="6/1/90"),
        fought(2020, dyad_id="2"),
    )
    assert found.start == found.end == on("1990-12-31")


def test_each_year_says_whether_it_was_internal_severe_or_drew_in_troops(tmp_path: Path) -> None:
    (found,) = episodes(
        tmp_path,
        fought(2018, type_of_conflict="2"),
        fought(2019, type_of_conflict="4", intensity_level="2"),
        fought(2020),
    )
    assert found.internal == (False, True, True)
    assert found.foreign == (False, True, False)
    assert found.severe == (False, True, False)


# Agreements.


def test_an_agreement_says_when_it_was_signed_and_when_it_ended(tmp_path: Path) -> None:
    rows = [
        signed("1990-05-01", ended="True", duration="1991-05-01", pa_3rd="UN"),
        signed("1992-05-01", dyad_id="7, 8", conflict_id="c2, c3", pa_type="2"),
        signed("1993-05-01", pa_type="3"),
    ]
    one, two, three = read_agreements(write(tmp_path / AGREEMENTS, rows))
    assert (one.signed, one.ended) == (on("1990-05-01"), on("1991-05-01"))
    assert (one.third, two.third) == (True, False)
    assert (one.kind, two.kind, three.kind) == ("full", "partial", "process")
    assert (two.dyads, two.conflict) == (frozenset({"7", "8"}), "c2")
    assert two.ended is None
    assert two.dated


@pytest.mark.parametrize("end", ["", "1989-01-01"])
def test_an_agreement_that_ended_nobody_knows_when_is_not_dated(tmp_path: Path, end: str) -> None:
    row = signed("1990-05-01", ended="True", duration=end)
    (found,) = read_agreements(write(tmp_path / AGREEMENTS, [row]))
    assert not found.dated


def test_an_end_that_is_denied_is_none(tmp_path: Path) -> None:
    row = signed("1990-05-01", ended="False", duration="")
    (found,) = read_agreements(write(tmp_path / AGREEMENTS, [row]))
    assert (found.ended, found.dated) == (None, True)


# Ceasefires.


def test_rows_of_one_ceasefire_are_one_record(tmp_path: Path) -> None:
    (found,) = ceasefires(
        tmp_path,
        ceased("9", "2000 2 3", ucdp_dyad="1"),
        ceased("9", "2000 2 3", ucdp_dyad="2"),
        ceased("9", "2000 2 3", ucdp_dyad="-1", ucdp_acd_id="-1"),
    )
    assert found.dyads == {"1", "2"}
    assert found.conflict == "c1"
    assert found.start == on("2000-02-03")


@pytest.mark.parametrize(
    ("code", "fate"),
    [("0", "in force"), ("1", "expired"), ("2", "broken"), ("3", "no effect"), ("4", "followed")],
)
def test_what_the_codes_of_ends_mean(tmp_path: Path, code: str, fate: str) -> None:
    (found,) = ceasefires(tmp_path, ceased("9", "2000 2 3", "2000 3 1", ended=code))
    assert found.fate == fate


def test_an_unknown_end_is_unknown(tmp_path: Path) -> None:
    (found,) = ceasefires(tmp_path, ceased("9", "2000 2 3", "2000 3 1", ended="-1"))
    assert (found.end, found.fate) == (None, "")


def test_where_sides_leave_on_different_days_it_is_over_with_the_first(tmp_path: Path) -> None:
    (found,) = ceasefires(
        tmp_path,
        ceased("9", "2000 2 3", "2000 9 1", ended="4"),
        ceased("9", "2000 2 3", "2000 3 1", ended="2"),
        ceased("9", "2000 2 3", "2000 2 4", ended="-1"),
    )
    assert (found.end, found.fate) == (on("2000-03-01"), "broken")


def test_a_day_that_is_not_known_is_the_middle_of_its_month(tmp_path: Path) -> None:
    (found,) = ceasefires(tmp_path, ceased("9", "2000 2 -1", "2000 5 -1", ended="2"))
    assert (found.start, found.end) == (on("2000-02-15"), on("2000-05-15"))


def test_without_a_day_of_effect_the_declaration_counts(tmp_path: Path) -> None:
    declared = {"cf_dec_yr": "2000", "cf_dec_month": "1", "cf_dec_day": "5"}
    one, two = ceasefires(tmp_path, ceased("8", "2000 -1 -1", **declared), ceased("9", "-1 -1 -1"))
    assert (one.start, two.start) == (on("2000-01-05"), None)


def test_fighting_without_a_number_is_told_apart_by_country(tmp_path: Path) -> None:
    (found,) = ceasefires(tmp_path, ceased("9", "2000 2 3", ucdp_acd_id="-1", ucdp_dyad="-2"))
    assert found.conflict == "country 100"
    assert not found.dyads


@pytest.mark.parametrize(("code", "told"), [("0", False), ("1", True), ("-1", None), ("", None)])
def test_what_nobody_knows_is_neither_yes_nor_no(
    tmp_path: Path, code: str, told: bool | None
) -> None:
    (found,) = ceasefires(tmp_path, ceased("9", "2000 2 3", mediator_nego=code, fixed=code))
    assert (found.mediated, found.term) == (told, told)


@pytest.mark.parametrize(("text", "days"), [("30", 30), ("0", None), ("-1", None), ("until", None)])
def test_a_term_is_a_number_of_days_or_unknown(tmp_path: Path, text: str, days: int | None) -> None:
    (found,) = ceasefires(tmp_path, ceased("9", "2000 2 3", fixed="1", fixed_time=text))
    assert found.agreed_days == days


@pytest.mark.parametrize(("side", "joint"), [("1", False), ("2", True), ("3", True)])
def test_two_or_more_sides_declare_a_joint_ceasefire(
    tmp_path: Path, side: str, joint: bool
) -> None:
    (found,) = ceasefires(tmp_path, ceased("9", "2000 2 3", side=side))
    assert found.joint is joint


# Faults.


def test_a_file_without_a_column_is_refused_with_its_name(tmp_path: Path) -> None:
    row = {name: text for name, text in fought(2000).items() if name != "outcome"}
    with pytest.raises(ExchangeError, match=rf"{FIGHTING} has no column outcome"):
        episodes(tmp_path, row)


def test_a_file_that_is_not_there_or_no_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ExchangeError, match="can't be read"):
        read_agreements(tmp_path / AGREEMENTS)
    (tmp_path / AGREEMENTS).write_bytes(b"pa_date\n\xff\xfe\n")
    with pytest.raises(ExchangeError, match="can't be read"):
        read_agreements(tmp_path / AGREEMENTS)


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / FIGHTING).write_text("", encoding="utf-8")
    with pytest.raises(ExchangeError, match="has no column conflict_id, dyad_id"):
        read_episodes(tmp_path / FIGHTING)


def test_a_file_without_rows_is_refused(tmp_path: Path) -> None:
    write(tmp_path / AGREEMENTS, [signed("2000-01-01")])
    head = (tmp_path / AGREEMENTS).read_text(encoding="utf-8").splitlines()[0]
    (tmp_path / AGREEMENTS).write_text(head, encoding="utf-8")
    with pytest.raises(ExchangeError, match=f"{AGREEMENTS} has no rows"):
        read_agreements(tmp_path / AGREEMENTS)


@pytest.mark.parametrize("row", [signed("May 1990"), signed("1990-05-01", pa_type="9")])
def test_a_row_that_says_nothing_known_is_refused(tmp_path: Path, row: dict[str, object]) -> None:
    with pytest.raises(ExchangeError, match=f"{AGREEMENTS} can't be read"):
        read_agreements(write(tmp_path / AGREEMENTS, [row]))
