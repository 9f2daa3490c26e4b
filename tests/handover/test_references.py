from goodoffices.brief.elements import plain
from goodoffices.handover._references import HOW, References
from tests.brief.cases import material


def test_a_place_on_the_page_has_the_label_that_the_page_gives_it() -> None:
    refs = References(subject=material())
    assert refs.label("c-keep") == "C1"
    assert refs.label("c-ferry-free") == "O1"
    assert refs.label("a-parties.norway").startswith("A")
    assert refs.label("how-face") == "M1"
    assert refs.label("no-basis") == "–"
    assert refs.label("evidence") == f"M{list(HOW).index('voices') + 1}"


def test_what_is_no_evidence_has_no_label_and_is_not_cited() -> None:
    refs = References(subject=material())
    assert [refs.label(anchor) for anchor in ("d-keep", "full-1", "c-nothing", "how-x")] == [""] * 4
    assert refs.cited == {}


def test_only_what_is_cited_is_told_each_kind_in_order() -> None:
    refs = References(subject=material())
    for anchor in ("c-leave", "c-keep", "c-leave", "how-zone", "how-face"):
        refs.label(anchor)
    notes = refs.notes()
    assert [note.label for note in notes["Claims"]] == ["C1", "C2"]
    assert [note.label for note in notes["How numbers were computed"]] == ["M1", "M2"]
    assert "Assumptions" not in notes


def test_a_claim_is_told_with_its_words_speaker_source_place_and_class() -> None:
    refs = References(subject=material())
    refs.label("c-keep")
    words = plain(refs.notes()["Claims"][0].words).replace("\u2068", "").replace("\u2069", "")
    assert words == "“keep its forces in the strip” West, S1 ¶1; attributed claim."


def test_the_sources_of_cited_claims_are_told_with_their_day() -> None:
    refs = References(subject=material())
    refs.label("c-keep")
    words = plain(refs.notes()["Sources"][0].words).replace("\u2068", "").replace("\u2069", "")
    assert words == "A wire report, The Wire, 1 February 2020 (inferred); report."


def test_every_kind_of_number_that_the_page_computes_has_its_method(root: object) -> None:
    import re
    from pathlib import Path

    assert isinstance(root, Path)
    pages = (root / "src" / "goodoffices" / "brief" / "templates").glob("method*.jinja")
    named = {name for page in pages for name in re.findall('id="how-([a-z]+)"', page.read_text())}
    assert named - set(HOW) == set()
