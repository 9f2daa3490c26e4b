import pytest

from goodoffices.brief.elements import Rich, plain
from goodoffices.brief.evidence import Evidence, collect, is_opinion, place
from goodoffices.case.model import Claim
from tests.brief.cases import TEXTS, case_of


@pytest.fixture
def evidence() -> Evidence:
    return collect(case_of(), TEXTS)


def goals(parts: Rich) -> list[str]:
    return [dict(p.attributes)["href"] for p in parts if not isinstance(p, str)]


def test_claims_are_numbered_and_opinions_apart_from_them(evidence: Evidence) -> None:
    labels = {key: claim.label for key, claim in evidence.claims.items()}
    assert labels == {"keep": "C1", "leave": "C2", "ferry-free": "O1"}


def test_what_a_comment_says_is_opinion_whatever_its_class() -> None:
    claim = {"class": "fact", "source": "letter", "quote": "free"}
    case = case_of(claims={"free": claim})
    assert is_opinion(case, case.claims["free"])


def test_a_claim_without_a_source_is_judged_by_its_class() -> None:
    case = case_of(claims={"said": {"class": "estimate"}, "felt": {"class": "opinion"}})
    assert [is_opinion(case, claim) for claim in case.claims.values()] == [False, True]
    assert collect(case, {}).claims["said"].source == ""


def test_an_assumption_in_the_same_words_is_one_assumption(evidence: Evidence) -> None:
    scale = next(a for a in evidence.assumptions if a.words == "team: scale")
    assert scale.places == (
        "positions.west.strip",
        "positions.west.watch",
        "positions.west.fees",
        "positions.east.strip",
    )
    assert {evidence.labels[path] for path in scale.places} == {scale.label}


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("positions.west.strip.values.0", "a-positions.west.strip"),
        ("positions.west.ferry.weight", "c-keep"),
        ("demands.withdraw.firmness", "c-leave"),
        ("demands.stay.firmness", "a-demands.stay"),
        ("linkages.free-ferry.bonus.east", "a-linkages.free-ferry"),
        ("promises.sail.guarantee.kept.buoys", "a-promises.sail"),
        ("trust.in-west.kept", "c-leave"),
        ("text_agreed.share", "c-leave"),
        ("parties.west.constituencies.fishers.wants", "c-keep"),
        ("positions.north.strip.weight", "no-basis"),
        ("", "no-basis"),
    ],
)
def test_a_number_leads_to_its_assumption_before_its_claim(
    evidence: Evidence, path: str, target: str
) -> None:
    assert evidence.target(path) == target


def test_what_a_number_rests_on_is_known(evidence: Evidence) -> None:
    assert evidence.founded("positions.west.ferry.weight") == "claimed"
    assert evidence.founded("demands.stay.firmness") == "assumed"
    assert evidence.founded("nowhere") == "unfounded"


def test_a_number_that_names_an_unknown_claim_only_has_no_basis() -> None:
    case = case_of(
        issues={"a": {"name": "A", "options": ["x"], "because": ["gone", "keep"]}},
        positions={}, demands={}, linkages={}, promises={}, packages={}, interests={},
    )  # fmt: skip
    assert collect(case, {}).target("issues.a") == "c-keep"


def test_all_grounds_of_a_part_are_linked_by_their_labels(evidence: Evidence) -> None:
    refs = evidence.refs("demands.stay")
    assert plain(refs) == "C1 A7"
    assert goals(refs) == ["#c-keep", "#a-demands.stay"]


def test_a_part_without_a_ground_says_so(evidence: Evidence) -> None:
    assert plain(evidence.refs("positions.north.strip")) == "no basis given"
    assert goals(evidence.refs("positions.north.strip")) == ["#no-basis"]


def test_a_quantity_is_shown_as_a_link_to_its_ground(evidence: Evidence) -> None:
    case = case_of()
    weight = case.positions["west"]["strip"].weight
    shown = evidence.number("positions.west.strip.weight", weight)
    assert plain((shown,)) == "40–60"
    assert goals((shown,)) == ["#a-positions.west.strip"]


def test_a_claim_is_shown_in_its_sentence_where_the_text_is_at_hand(evidence: Evidence) -> None:
    found = evidence.claims["keep"].excerpt
    assert found is not None
    assert found.before == "West said it will “"
    assert found.after == "” for now, and left."
    without = collect(case_of(), {}).claims["keep"].excerpt
    assert without is not None
    assert (without.before, without.after) == ("", "")


def test_a_place_is_a_paragraph_or_characters() -> None:
    assert plain(place(Claim.model_validate({"class": "fact", "at": 3}))) == "\u2068¶3\u2069"
    span = Claim.model_validate({"class": "fact", "at": "100-130"})
    assert plain(place(span)) == "\u2068characters 100-130\u2069"
    assert place(Claim.model_validate({"class": "fact"})) == ()
