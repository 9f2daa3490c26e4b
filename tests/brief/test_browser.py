"""The page in a real browser: what it asks for, how wide it is, on how many sheets it prints."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from goodoffices.brief import render_brief, render_score
from goodoffices.case.evidence import source_text
from goodoffices.case.file import read_case
from goodoffices.deals.lens import deals
from goodoffices.moves import moves
from goodoffices.outlook import outlook
from tests.brief.cases import TEXTS, hostile, hostile_moves, hostile_outlook, kept_score, three
from tests.brief.chrome import Chrome, find

# Shown to the page's script engine: elements that stick out to the right, tables in their own
# scrolling boxes and words for screen readers aside.
STICKS_OUT = """
[...document.querySelectorAll("body *")].filter(e =>
  !e.closest(".scroll, .sr, .skip, svg, details:not([open])") &&
  e.getBoundingClientRect().right > innerWidth + 1).map(e => e.tagName + "." + e.className)
"""
FOCUSED = """
(() => { const e = document.activeElement, s = getComputedStyle(e);
  return [e.tagName, e.className, s.outlineStyle]; })()
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Chrome]:
    program = find()
    if program is None:
        pytest.skip("no Chromium is installed")
    chrome = Chrome(program)
    yield chrome
    chrome.close()


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory, root: Path) -> dict[str, Path]:
    folder = root / "examples" / "gaza-2024"
    case = read_case(folder / "case.yaml")
    texts = {key: source_text(case, key, folder) or "" for key in case.sources}
    result = deals(case, draws=1000)
    moved = moves(case, deals=result, draws=200)
    assert case.as_of.date is not None
    ahead = outlook(case, result, today=case.as_of.date, draws=500)
    made = {
        "shipped": render_brief(
            case, result, moves=moved, outlook=ahead, generated=None, sources=texts
        ),
        "score": render_score(case.title, kept_score()),
        "deals": render_brief(case, result, generated=None, sources=texts),
        "hostile": render_brief(
            *hostile(),
            moves=hostile_moves(),
            outlook=hostile_outlook(),
            generated=None,
            sources=TEXTS,
        ),
        "three": render_brief(*three(), generated=None),
    }
    place = tmp_path_factory.mktemp("pages")
    for name, text in made.items():
        (place / f"{name}.html").write_text(text, encoding="utf-8")
    return {name: place / f"{name}.html" for name in made}


@pytest.mark.parametrize("name", ["shipped", "hostile", "three", "score"])
def test_no_request_leaves_the_page_and_nothing_is_complained_of(
    browser: Chrome, pages: dict[str, Path], name: str
) -> None:
    browser.open(pages[name])
    assert browser.requests() == [pages[name].as_uri()]
    assert browser.complaints() == []


@pytest.mark.parametrize("name", ["shipped", "hostile", "three", "score"])
@pytest.mark.parametrize("width", [360, 390, 820, 1280])
def test_the_page_never_scrolls_sideways(
    browser: Chrome, pages: dict[str, Path], name: str, width: int
) -> None:
    browser.width(width)
    browser.open(pages[name])
    assert browser.value("document.documentElement.scrollWidth") <= width
    assert browser.value(STICKS_OUT) == []


@pytest.mark.parametrize("name", ["deals", "shipped"])
def test_the_shipped_case_prints_on_six_pages_with_every_section(
    browser: Chrome, pages: dict[str, Path], name: str
) -> None:
    browser.width(1280)
    browser.open(pages[name])
    assert browser.printed_pages() <= 6


def test_the_style_sheet_is_let_through_by_the_pages_own_policy(
    browser: Chrome, pages: dict[str, Path]
) -> None:
    browser.open(pages["shipped"])
    assert browser.value("document.styleSheets[0].cssRules.length") > 50


def test_light_and_dark_differ_and_print_is_light(browser: Chrome, pages: dict[str, Path]) -> None:
    browser.open(pages["shipped"])
    ground = "getComputedStyle(document.body).backgroundColor"
    seen = {}
    for theme in ("light", "dark"):
        browser.theme(theme)
        seen[theme] = browser.value(ground)
    browser("Emulation.setEmulatedMedia", media="print", features=[])
    assert browser.value(ground) == "rgb(255, 255, 255)"
    browser("Emulation.setEmulatedMedia", media="", features=[])
    assert seen["light"] != seen["dark"]


def test_the_first_tab_offers_a_way_to_the_answers_and_shows_where_it_is(
    browser: Chrome, pages: dict[str, Path]
) -> None:
    browser.width(1280)
    browser.open(pages["shipped"])
    for kind in ("rawKeyDown", "keyUp"):
        browser("Input.dispatchKeyEvent", type=kind, key="Tab", code="Tab", windowsVirtualKeyCode=9)
    tag, name, outline = browser.value(FOCUSED)
    assert (tag, name) == ("A", "skip")
    assert outline != "none"


def test_a_figure_is_announced_by_title_and_description(
    browser: Chrome, pages: dict[str, Path]
) -> None:
    browser.open(pages["shipped"])
    browser("Accessibility.enable")
    nodes = browser("Accessibility.getFullAXTree")["nodes"]
    browser("Accessibility.disable")
    pictures = [n for n in nodes if n.get("role", {}).get("value") in {"image", "img"}]
    names = [n.get("name", {}).get("value", "") for n in pictures if not n.get("ignored")]
    assert len(names) >= 4
    assert all(len(name) > 40 for name in names)


def test_a_narrow_table_of_words_becomes_cards_that_are_still_a_table(
    browser: Chrome, pages: dict[str, Path]
) -> None:
    browser.width(390)
    browser.open(pages["shipped"])
    shown = browser.value('getComputedStyle(document.querySelector(".stack td")).display')
    assert shown == "block"
    browser("Accessibility.enable")
    nodes = browser("Accessibility.getFullAXTree")["nodes"]
    browser("Accessibility.disable")
    roles = [n.get("role", {}).get("value") for n in nodes if not n.get("ignored")]
    assert roles.count("table") >= 4
    assert roles.count("rowheader") >= 10
