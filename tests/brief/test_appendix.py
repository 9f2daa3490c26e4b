from goodoffices.brief.appendix import list_claims, list_premises
from goodoffices.brief.elements import Element, Rich
from tests.brief.cases import case_of, material, words


def ids(parts: Rich) -> list[str]:
    found = []
    for part in parts:
        if isinstance(part, Element):
            found += [value for name, value in part.attributes if name == "id"]
            found += ids(part.children)
    return found


def marked(parts: Rich) -> list[str]:
    return [words(p.children) for p in parts if isinstance(p, Element) and p.tag == "mark"]


def test_a_claim_shows_its_sentence_with_the_quote_marked() -> None:
    keep, leave = list_claims(material(), opinions=False)
    assert words(keep.quote) == (
        "“West said it will “keep its forces in the strip” for now, and left.” "
        "For how long, nobody says."
    )
    assert marked(keep.quote) == ["keep its forces in the strip"]
    assert (keep.anchor, keep.label, keep.kind) == ("c-keep", "C1", "attributed claim")
    assert words(keep.source) == "West; S1 ¶1"
    assert words(leave.source) == "a witness; S1 characters 100-130"


def test_opinion_stands_apart_from_claims() -> None:
    (entry,) = list_claims(material(), opinions=True)
    assert (entry.anchor, entry.label) == ("c-ferry-free", "O1")
    assert marked(entry.quote) == ["should be free"]
    assert words(entry.source) == "a reader; S2"


def test_a_claim_without_words_or_source_says_so() -> None:
    given = material(case_of(claims={"bare": {"class": "fact"}}))
    (entry,) = list_claims(given, opinions=False)
    assert (words(entry.quote), words(entry.source)) == ("no words are quoted", "no source")


def test_every_place_that_rests_on_an_assumption_has_an_anchor_of_its_own() -> None:
    given = material()
    found = [name for premise in list_premises(given) for name in ids(premise.places)]
    assumed = [f"a-{path}" for path, basis in given.case.based() if basis.assumed]
    assert sorted(found) == sorted(assumed)


def test_positions_of_one_party_on_one_assumption_are_drawn_together() -> None:
    scale = next(p for p in list_premises(material()) if words(p.words) == "team: scale")
    assert words(scale.places) == (
        "West on “Length of the strip”, “Who watches”, “Fees”; East on “Length of the strip”"
    )
