"""The ladder and the panels of acceptance: what stands in them."""

from dataclasses import replace

from goodoffices.brief.elements import Element, plain
from goodoffices.brief.figures.acceptance import draw_acceptance, voices_in
from goodoffices.brief.figures.ladder import draw_ladder, step_words
from tests.brief.cases import basic, material, words


def texts(drawing: Element) -> list[str]:
    return [words(s.children) for s in drawing.children if isinstance(s, Element)]


def test_the_ladder_names_bearer_change_chance_and_cost() -> None:
    given = material()
    rungs = tuple(r for r in given.result.concessions if r.kind == "lift")[:2]
    shown = texts(draw_ladder(given.result, rungs, given.naming))
    assert any(text.startswith("West lifts D1 “Forces stay”") for text in shown)
    assert any(text.startswith("costs it ") and text.endswith(" points") for text in shown)
    assert any(text.startswith("now ") for text in shown)


def test_the_ladder_is_described_in_words() -> None:
    given = material()
    rungs = given.result.concessions[:3]
    description = texts(draw_ladder(given.result, rungs, given.naming))[1]
    assert description.startswith("3 changes, the one that opens a zone most often first. Now: ")
    assert description.endswith("The table below has every number.")


def test_a_step_is_a_sentence_without_its_subject() -> None:
    given = material()
    said = {plain(step_words(r, given.naming)).split(" ")[0] for r in given.result.concessions}
    assert said == {"lifts", "gives", "takes"}


def test_a_panel_shows_all_then_each_party_then_its_factions() -> None:
    given = material()
    drawing = draw_acceptance(given.result.offers[0], 0, given.naming, "Package A")
    shown = texts(drawing)
    order = ["All who must accept", "West, ratified at home", "West, at the table",
             "Cabinet (veto)", "Navy", "East"]  # fmt: skip
    assert [text for text in shown if text in order] == order
    assert "Acceptance of Package A" in shown
    assert all(name in shown[1] for name in order)


def test_a_voice_without_a_veto_is_drawn_hollow() -> None:
    given = material()
    drawing = draw_acceptance(given.result.offers[0], 0, given.naming, "Package A")
    hollow = [
        s
        for s in drawing.children
        if isinstance(s, Element) and "hollow" in dict(s.attributes).get("class", "")
    ]
    assert len(hollow) == 1


def test_a_party_without_a_veto_at_home_speaks_once() -> None:
    given = material()
    east = next(a for a in basic()[1].offers[0].acceptance if a.party == "east")
    assert [words(who) for who, *_ in voices_in(east, given.naming)] == ["East"]
    other = replace(east, must_accept=False)
    assert [words(who) for who, *_ in voices_in(other, given.naming)] == ["East (need not accept)"]
