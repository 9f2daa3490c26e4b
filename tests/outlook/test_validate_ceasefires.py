from __future__ import annotations

import time
from pathlib import Path

import pytest

from goodoffices.errors import ExchangeError
from goodoffices.outlook._classes import CEASEFIRES, CLASSES
from goodoffices.outlook.validation.ceasefires import Ceasefires, meaning, validate_ceasefires
from tests.outlook.published import ceased, folder


@pytest.fixture(scope="module")
def published(shared_data: Path) -> Ceasefires:
    return validate_ceasefires(shared_data)


def test_the_published_data_give_the_shipped_classes(published: Ceasefires) -> None:
    asked = [rule.id for rule in CLASSES if CEASEFIRES in rule.sources]
    assert [each.id for each in published.rates.classes] == asked
    assert published.rates.changed == ()
    assert published.missing == ()


def test_of_nearly_half_of_the_ceasefires_nobody_knows_the_end(published: Ceasefires) -> None:
    """2,203 ceasefires, as Clayton et al. (2023) count them (2,202 in the article)."""
    assert published.ceasefires == 2_203
    assert published.unknown.value == pytest.approx(0.45, abs=0.005)
    assert published.no_effect.value == pytest.approx(0.05, abs=0.005)


def test_the_codes_of_ends_are_borne_out_by_the_days(published: Ceasefires) -> None:
    assert published.on_time.value > 0.9
    assert published.followed.value > 0.9


def test_shares_of_earlier_cases_often_do_not_hold_in_later_ones(published: Ceasefires) -> None:
    """Deals became rarer: of 17 classes 7 moved, all of them down."""
    moved = published.rates.moved
    assert len(published.rates.compared) == 17
    assert len(moved) == 7
    assert all(each.drift is not None and each.drift.distance < 0 for each in moved)


def test_the_figures_are_said_in_words(published: Ceasefires) -> None:
    known, broken, apart, steady = meaning(published)
    assert "nobody knows of 45 %" in known
    assert "anything from 16 to 81 %" in broken
    assert "19 % of the fighting that saw a ceasefire" in apart
    assert "does not say that a ceasefire brings an agreement" in apart
    assert steady.startswith("Of 17 shares by one year, 7 moved")


def test_it_is_done_in_time(shared_data: Path) -> None:
    begun = time.perf_counter()
    validate_ceasefires(shared_data)
    assert time.perf_counter() - begun < 20


def test_without_the_other_files_it_says_what_is_missing(tmp_path: Path) -> None:
    found = validate_ceasefires(folder(tmp_path, fighting=False))
    needed = [rule for rule in CLASSES if CEASEFIRES in rule.sources]
    assert set(found.missing) == {rule.id for rule in needed if len(rule.sources) == 3}
    assert len(meaning(found)) == 3


def test_an_own_copy_is_counted(tmp_path: Path) -> None:
    found = validate_ceasefires(folder(tmp_path))
    assert found.ceasefires == 240
    assert found.unknown.value == 0.25
    assert found.no_effect.value == 0.0
    assert found.missing == ()
    assert len(meaning(found)) == 4


def test_ends_are_compared_with_what_their_codes_say(tmp_path: Path) -> None:
    """Of three more that expired one is late; of three that were followed two are not."""
    before = validate_ceasefires(folder(tmp_path))
    month = {"ended": "1", "fixed": "1", "fixed_time": "30", "ucdp_acd_id": "new"}
    more = [
        ceased("a", "1990 3 1", "1990 3 31", **month),
        ceased("b", "1995 3 1", "1995 4 2", **month),
        ceased("c", "1997 3 1", "1997 4 3", **month),
        ceased("d", "1990 6 1", "1990 7 1", ended="4", ucdp_acd_id="new"),
        ceased("e", "1990 7 2", "1990 7 5", ended="4", ucdp_acd_id="new"),
        ceased("f", "1990 7 2", "1990 9 5", ended="4", ucdp_acd_id="newer"),
    ]
    after = validate_ceasefires(folder(tmp_path, more=more))
    for found, hits in (("on_time", 2), ("followed", 1)):
        one, other = getattr(before, found), getattr(after, found)
        assert other.hits == one.hits + hits
    assert (after.on_time.draws, after.followed.draws) == (3, before.followed.draws + 3)


def test_a_folder_without_ceasefires_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ExchangeError, match=r"holds no \*ceasefires\*.csv"):
        validate_ceasefires(folder(tmp_path, ceasefires=False))
