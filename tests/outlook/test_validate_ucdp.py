from __future__ import annotations

import time
from pathlib import Path

import pytest

from goodoffices.errors import ExchangeError
from goodoffices.outlook._classes import CEASEFIRES, CLASSES
from goodoffices.outlook.baserates import shipped
from goodoffices.outlook.validation.rates import RateCheck
from goodoffices.outlook.validation.ucdp import meaning, validate_ucdp
from tests.outlook.published import AGREEMENTS, folder, signed, write


@pytest.fixture(scope="module")
def published(shared_data: Path) -> RateCheck:
    return validate_ucdp(shared_data / "ucdp")


def test_the_published_data_give_the_shipped_classes(published: RateCheck) -> None:
    asked = [rule.id for rule in CLASSES if CEASEFIRES not in rule.sources]
    assert [each.id for each in published.classes] == asked
    assert published.changed == ()
    assert all(each == shipped().find(each.id) for each in published.classes)


def test_shares_of_earlier_cases_mostly_hold_in_later_ones(published: RateCheck) -> None:
    """13 classes can be compared; only new fighting after fading moved (20 % to 31 %)."""
    assert len(published.compared) == 13
    assert [each.id for each in published.moved] == ["recurrence-after-fading"]


def test_the_figures_are_said_in_words(published: RateCheck) -> None:
    ends, durable, steady = meaning(published)
    assert ends.startswith("Of 920 pairs of sides that began to fight, 10 % had ended it with")
    assert "17 % had ended within a year (7 to 30 %), and 21 % within five" in durable
    assert steady.startswith("Of 13 shares by one year, 1 moved")


def test_it_is_done_in_time(shared_data: Path) -> None:
    begun = time.perf_counter()
    validate_ucdp(shared_data)
    assert time.perf_counter() - begun < 20


def test_an_own_copy_says_which_classes_are_not_the_shipped_ones(tmp_path: Path) -> None:
    found = validate_ucdp(folder(tmp_path))
    assert found.changed == tuple(each.id for each in found.classes)
    assert len(meaning(found)) == 3


def test_both_files_are_needed(tmp_path: Path) -> None:
    write(tmp_path / AGREEMENTS, [signed("2000-01-01")])
    with pytest.raises(ExchangeError, match="does not hold both"):
        validate_ucdp(tmp_path)
