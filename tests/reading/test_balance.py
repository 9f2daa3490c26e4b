"""Whose word is heard, and whose is not."""

from __future__ import annotations

from dataclasses import replace

from goodoffices.reading.balance import balance
from goodoffices.reading.drafting import draft
from goodoffices.reading.merge import merge
from tests.reading.found import report, wire


def test_claims_count_for_the_party_whose_word_they_are() -> None:
    reading = merge([report(), wire()])
    found = balance(draft(reading).case, reading)
    assert found.spoken == {"North": 2, "South": 1, "Mediator": 1}
    assert found.others == 3
    assert found.camps == {}


def test_what_a_document_says_of_somebody_unheard_is_not_their_word() -> None:
    reading = merge([report()])
    found = balance(draft(reading).case, reading)
    assert "South" not in found.spoken
    assert found.unheard == ("South", "Northern guards", "farmers")


def test_who_is_heard_in_one_document_is_heard() -> None:
    reading = merge([report(), wire()])
    assert balance(draft(reading).case, reading).unheard == ("Northern guards", "farmers")


def test_a_document_of_ones_own_is_ones_own_camp() -> None:
    own = replace(wire().document, kind="communique", publisher="North")
    reading = merge([replace(wire(), document=own)])
    case = draft(reading).case
    assert case.sources["no-progress"].camp == ("north",)
    assert balance(case, reading).camps == {"North": 3}


def test_a_persons_word_is_their_partys() -> None:
    found = report()
    spoken = replace(found.statements[3], speakers=("envoy",))
    reading = merge([replace(found, statements=(spoken,))])
    assert balance(draft(reading).case, reading).spoken == {"Mediator": 1}
