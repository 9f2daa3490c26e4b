import pytest

from goodoffices.case import voices
from tests.case.cases import GONE, case_with


def test_claims_are_counted_per_party_in_the_cases_order() -> None:
    heard = voices(case_with({}))
    assert heard.spoken == {"north": 1, "south": 1, "office": 1}
    assert list(heard.spoken) == ["north", "south", "office"]
    assert heard.unheard == ()
    assert heard.others == 1


@pytest.mark.parametrize(
    "speaker", ["north", "North", "  NORTH ", "The Northern Party", "hawks", "Hawks", "farmers"]
)
def test_a_party_speaks_by_id_name_alias_faction_or_constituency(speaker: str) -> None:
    changes = {
        "parties/north/aliases": ["The Northern Party"],
        "claims/serious/speaker": speaker,
    }
    assert voices(case_with(changes)).spoken == {"north": 2, "south": 1, "office": 0}


@pytest.mark.parametrize("speaker", ["a villager", "northern", "north and south", ""])
def test_whoever_is_no_party_is_counted_apart(speaker: str) -> None:
    heard = voices(case_with({"claims/serious/speaker": speaker}))
    assert heard.others == 2
    assert heard.unheard == ("office",)


def test_of_a_claim_that_came_through_others_the_first_of_them_speaks() -> None:
    changes: dict[str, object] = {"claims/south-no-troops/via": ["office", "north"]}
    heard = voices(case_with(changes))
    assert heard.spoken == {"north": 1, "south": 0, "office": 2}
    assert heard.unheard == ("south",)


def test_an_id_is_certain_where_a_name_is_not() -> None:
    heard = voices(case_with({"parties/north/aliases": ["south"]}))
    assert heard.spoken["south"] == 1


def test_an_assumption_is_nobodys_voice() -> None:
    changes = {"claims/serious": {"class": "assumption", "speaker": "office", "note": "x"}}
    heard = voices(case_with(changes))
    assert heard.unheard == ("office",)
    assert heard.others == 1


def test_camps_are_counted_by_the_source() -> None:
    heard = voices(case_with({"sources/letter/camp": ["south", "north"]}))
    assert heard.camps == {"south": 1, "north": 1}
    assert heard.neutral == 3


def test_a_claim_without_a_source_speaks_from_no_side() -> None:
    heard = voices(case_with({"sources/report/camp": "north", "claims/serious/source": GONE}))
    assert heard.camps == {"north": 2}
    assert heard.neutral == 2


def test_a_case_without_claims_has_no_voices() -> None:
    heard = voices(case_with({"claims": {}}))
    assert heard.unheard == ("north", "south", "office")
    assert (heard.others, heard.neutral, heard.camps) == (0, 0, {})
