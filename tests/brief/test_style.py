"""The one style sheet: contrast in both themes, and nothing that asks for something elsewhere."""

import re
from importlib import resources

import pytest

SHEET = resources.files("goodoffices.brief").joinpath("style.css").read_text(encoding="utf-8")
THEMES = ("light", "dark", "print")


def colours(theme: str) -> dict[str, str]:
    """Return the colours of a theme; those that it doesn't set are the light ones."""
    blocks = re.findall(r":root \{(.*?)\}", SHEET, re.DOTALL)
    assert len(blocks) == 3
    found: dict[str, str] = {}
    for block in blocks[:1] if theme == "light" else (blocks[0], blocks[THEMES.index(theme)]):
        found |= dict(re.findall(r"--([\w-]+): (#[0-9a-f]+);", block))
    return found


def luminance(colour: str) -> float:
    """Return the relative luminance as WCAG 2.2 defines it."""
    digits = colour[1:] if len(colour) == 7 else "".join(2 * c for c in colour[1:])
    parts = [int(digits[n : n + 2], 16) / 255 for n in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_measured_as_the_standard_does() -> None:
    """Black on white is 21 to 1; the grey #767676 on white is the well-known 4.54 to 1."""
    assert contrast("#000", "#fff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("ink", ["ink", "quiet", "link", "warn", "joint"])
@pytest.mark.parametrize("ground", ["paper", "raised"])
def test_words_have_the_contrast_of_level_aa(theme: str, ink: str, ground: str) -> None:
    given = colours(theme)
    assert contrast(given[ink], given[ground]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
def test_words_on_a_ground_of_their_own_can_be_read(theme: str) -> None:
    given = colours(theme)
    assert contrast(given["paper"], given["mark"]) >= 4.5
    assert contrast(given["ink"], given["quote"]) >= 4.5
    assert contrast(given["quiet"], given["zone"]) >= 4.5
    assert contrast(given["paper"], given["ink"]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("shape", ["mark", "zone-edge", "ink"])
def test_shapes_that_carry_meaning_stand_out(theme: str, shape: str) -> None:
    given = colours(theme)
    for ground in ("paper", "zone"):
        assert contrast(given[shape], given[ground]) >= 3


def test_the_sheet_asks_for_nothing_elsewhere() -> None:
    assert not re.search(r"url\(|@import|@font-face|</|http", SHEET)


def test_every_colour_is_named_once_per_theme() -> None:
    body = re.sub(r":root \{.*?\}", "", SHEET, flags=re.DOTALL)
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b", body) == []


def test_print_is_light_and_has_the_size_of_a4() -> None:
    assert "@page { size: A4;" in SHEET
    assert "color-scheme: light;" in SHEET.split("@media print", 1)[1]
