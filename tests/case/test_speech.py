"""The words for what a statement does, as a file holds them and as PLOVER has them."""

import pytest

from goodoffices.case import build, parse_case
from goodoffices.case.speech import MODALITIES, PLOVER, TYPES
from goodoffices.errors import CaseError
from tests.case.cases import SMALL, case_with


def test_the_types_of_plover_are_its_sixteen_in_its_own_words() -> None:
    """PLOVER manual, draft 0.8 (2021): sixteen event types, cooperation first."""
    assert PLOVER == (
        "agree", "consult", "support", "concede", "cooperate", "aid", "retreat", "request",
        "accuse", "reject", "threaten", "protest", "sanction", "mobilize", "coerce", "assault",
    )  # fmt: skip


def test_types_and_modalities_are_each_named_once() -> None:
    assert TYPES[: len(PLOVER)] == PLOVER
    for words in (TYPES, MODALITIES):
        assert len(set(words)) == len(words)
        assert all(word == word.lower().strip() for word in words)


@pytest.mark.parametrize("word", TYPES)
def test_every_type_can_stand_in_a_case(word: str) -> None:
    assert case_with({"claims/serious/type": word}).claims["serious"].type == word


@pytest.mark.parametrize("word", MODALITIES)
def test_every_modality_can_stand_in_a_case(word: str) -> None:
    assert case_with({"claims/serious/modality": word}).claims["serious"].modality == word


@pytest.mark.parametrize(
    ("field", "word", "near"),
    [("type", "redline", "red line"), ("type", "thraten", "threaten"),
     ("modality", "denies", "denied"), ("status", "drafts", "draft")],
)  # fmt: skip
def test_a_word_that_is_none_is_refused_with_the_nearest(field: str, word: str, near: str) -> None:
    with pytest.raises(CaseError, match=f'did you mean "{near}"'):
        case_with({f"claims/serious/{field}": word})


def test_what_is_not_said_to_be_a_draft_is_confirmed() -> None:
    assert {claim.status for claim in parse_case(SMALL).claims.values()} == {"confirmed"}
    bare = build({"goodoffices": 1, "title": "x", "claims": {"a": {"class": "fact"}}})
    assert bare.claims["a"].status == "confirmed"
