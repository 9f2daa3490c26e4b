"""The panels of who would say yes: one bar for each voice, and which of them count."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.brief.elements import Element
from goodoffices.brief.figures.acceptance import draw_acceptance, voices_in
from goodoffices.deals.results import Acceptance, AssessedPackage, FactionAcceptance
from goodoffices.deals.share import Share, exact, share
from tests.brief.cases import basic, material, words

START, END = 178.0, 268.0
"""Where the scale of a bar beside its label begins and ends."""


def voices(
    *factions: FactionAcceptance, must_accept: bool = True
) -> list[tuple[str, Share, bool, bool]]:
    one = Acceptance(
        party="west",
        must_accept=must_accept,
        alone=exact(0.75),
        ratified=exact(0.25),
        factions=factions,
        objections=(),
    )
    return [
        (words(who), chance, inside, needed)
        for who, chance, inside, needed in voices_in(one, material().naming)
    ]


def faction(key: str, chance: float, *, veto: bool) -> FactionAcceptance:
    return FactionAcceptance(faction=key, veto=veto, share=exact(chance))


CABINET = faction("cabinet", 0.5, veto=True)
NAVY = faction("navy", 0.125, veto=False)


@pytest.mark.parametrize(
    ("factions", "must_accept", "told"),
    [
        ((), True, [("West", 0.75, False, True)]),
        ((), False, [("West (need not accept)", 0.75, False, False)]),
        (
            (NAVY,),
            True,
            [("West", 0.75, False, True), ("Navy", 0.125, True, False)],
        ),
        (
            (NAVY, CABINET),
            True,
            [
                ("West, ratified at home", 0.25, False, True),
                ("West, at the table", 0.75, True, True),
                ("Navy", 0.125, True, False),
                ("Cabinet (veto)", 0.5, True, True),
            ],
        ),
        # Where its yes isn't needed, that of its factions is shown all the same.
        (
            (CABINET,),
            False,
            [("West (need not accept)", 0.75, False, False), ("Cabinet (veto)", 0.5, True, True)],
        ),
    ],
)
def test_a_party_speaks_at_the_table_and_at_home_and_its_factions_after_it(
    factions: tuple[FactionAcceptance, ...],
    must_accept: bool,
    told: list[tuple[str, float, bool, bool]],
) -> None:
    found = voices(*factions, must_accept=must_accept)
    assert [(who, chance.value, inside, needed) for who, chance, inside, needed in found] == told


def drawn(package: AssessedPackage | None = None) -> Element:
    return draw_acceptance(package or basic()[1].offers[0], 3, material().naming, "Package D")


def shapes(drawing: Element, class_: str) -> list[dict[str, str]]:
    every = [dict(s.attributes) for s in drawing.children if isinstance(s, Element)]
    return [a for a in every if class_ in a.get("class", "").split()]


def texts(drawing: Element, *, seen: bool = True) -> list[dict[str, str]]:
    """Return the words of the drawing with their places; the title and description are unseen."""
    return [
        dict(s.attributes) | {"said": words(s.children)}
        for s in drawing.children
        if isinstance(s, Element) and (s.tag == "text") == seen
    ]


def test_a_panel_has_an_id_of_its_own_and_is_announced() -> None:
    attributes = dict(drawn().attributes)
    assert attributes["id"] == "fig-accept-3"
    assert attributes["role"] == "img"
    assert attributes["aria-labelledby"] == "fig-accept-3-title fig-accept-3-desc"


@given(st.integers(0, 200))
def test_every_bar_is_as_long_as_its_share_and_says_it(hits: int) -> None:
    package = basic()[1].offers[0]
    drawing = drawn(replace(package, all_accept=share(hits, 200)))
    first = shapes(drawing, "bar")[0]
    assert first["x"] == "178"
    assert abs(float(first["width"]) - max((END - START) * hits / 200, 0.8)) <= 0.05 + 1e-9


def test_voices_inside_a_party_are_indented_and_the_party_is_not() -> None:
    left = {t["said"]: float(t["x"]) for t in texts(drawn())}
    assert left["All who must accept"] == left["West, ratified at home"] == left["East"] == 0
    assert left["West, at the table"] == left["Cabinet (veto)"] == left["Navy"] == 10


def test_only_voices_whose_yes_is_not_needed_are_hollow() -> None:
    package = basic()[1].offers[0]
    nobody = replace(
        package, acceptance=tuple(replace(a, must_accept=False) for a in package.acceptance)
    )
    looks = ["hollow" in a["class"].split() for a in shapes(drawn(), "bar")]
    # All, West ratified, West at the table, Cabinet, Navy, East.
    assert looks == [False, False, False, False, True, False]
    looks = ["hollow" in a["class"].split() for a in shapes(drawn(nobody), "bar")]
    # All, West, Cabinet with its veto, Navy, East.
    assert looks == [False, True, False, True, True]


def test_who_does_not_see_the_bars_is_told_each_of_them() -> None:
    package = basic()[1].offers[0]
    (described,) = [t["said"] for t in texts(drawn(), seen=False) if "-desc" in t.get("id", "")]
    parts = described.split("; ")
    assert len(parts) == 1 + sum(
        len(list(voices_in(one, material().naming))) for one in package.acceptance
    )
    assert parts[0].startswith("All who must accept: ")
    assert all(part.partition(": ")[2] for part in parts)
    shown = [t["said"] for t in texts(drawn())]
    for part in parts:
        label, _, chance = part.partition(": ")
        assert label in shown
        assert chance in shown


def test_names_are_not_cut_out_of_the_frame_however_long() -> None:
    drawing = draw_acceptance(basic()[1].offers[0], 0, material().naming, "A" * 400)
    height = float(dict(drawing.attributes)["viewBox"].split()[3])
    assert all(0 <= float(t["y"]) <= height for t in texts(drawing))
