import base64
import datetime as dt
import hashlib
import itertools
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from goodoffices.brief import render_brief
from goodoffices.case.evidence import source_text
from goodoffices.case.file import read_case
from goodoffices.case.model import Case
from goodoffices.deals.lens import deals
from goodoffices.deals.results import Conflict, Deals, Method
from goodoffices.deals.share import share
from goodoffices.errors import ScenarioError
from goodoffices.moves import moves
from goodoffices.outlook import outlook
from tests.brief.cases import (
    TEXTS,
    TODAY,
    basic,
    case_of,
    foreseen,
    hostile,
    hostile_moves,
    hostile_outlook,
    kept_score,
    only_moves,
    stuck,
    three,
)
from tests.brief.reading import Node, by_id, read

DAY = dt.date(2020, 5, 6)
Shipped = tuple[Case, Deals, dict[str, Any], dict[str, str]]


@pytest.fixture(scope="module")
def shipped(root: Path) -> Shipped:
    folder = root / "examples" / "gaza-2024"
    case = read_case(folder / "case.yaml")
    texts = {key: source_text(case, key, folder) or "" for key in case.sources}
    result = deals(case, draws=1000)
    day = case.as_of.date
    assert day is not None
    ahead = outlook(case, result, today=day, draws=500)
    return case, result, {"moves": moves(case, deals=result, draws=200), "outlook": ahead}, texts


@pytest.fixture(
    scope="module",
    params=["basic", "three", "hostile", "stuck", "shipped", "moves", "foreseen", "outlook"],
)
def page(request: pytest.FixtureRequest) -> str:
    if request.param == "shipped":
        case, result, more, texts = request.getfixturevalue("shipped")
        return render_brief(case, result, **more, generated=DAY, sources=texts)
    if request.param == "foreseen":
        case, result, ahead = foreseen()
        kept = kept_score()
        return render_brief(case, result, outlook=ahead, record=kept, generated=DAY, sources=TEXTS)
    if request.param == "outlook":
        case, _, _ = foreseen()
        alone = outlook(case, None, today=TODAY, draws=100)
        return render_brief(case, None, outlook=alone, generated=DAY, sources=TEXTS)
    if request.param == "stuck":
        case, moved = stuck()
        return render_brief(case, basic()[1], moves=moved, generated=DAY, sources=TEXTS)
    if request.param == "moves":
        case = only_moves(4, 3)
        return render_brief(case, None, moves=moves(case), generated=DAY)
    if request.param == "hostile":
        case, result = hostile()
        return render_brief(
            case,
            result,
            moves=hostile_moves(),
            outlook=hostile_outlook(),
            generated=DAY,
            sources=TEXTS,
        )
    case, result = {"basic": basic, "three": three}[request.param]()
    return render_brief(case, result, generated=DAY, sources=TEXTS)


def asked(tree: Node) -> list[str]:
    """Return the anchors of the questions that a page answers, in its order."""
    names = [n.attributes.get("id", "") for n in tree.all("section")]
    return [name for name in names if re.fullmatch(r"q\d+", name)]


@pytest.fixture(scope="module")
def tree(page: str) -> Node:
    return read(page)


def basic_page(**changes: object) -> Node:
    case, result = basic()
    changed = replace(result, **changes)  # type: ignore[arg-type]
    return read(render_brief(case, changed, generated=None, sources=TEXTS))


def test_every_link_leads_to_a_place_on_the_page(tree: Node) -> None:
    places = by_id(tree)
    for anchor in tree.all("a"):
        goal = anchor.attributes["href"]
        assert goal.startswith("#")
        assert goal[1:] in places, f"{goal} leads nowhere"


def test_every_label_by_id_stands_on_the_page(tree: Node) -> None:
    places = by_id(tree)
    for node in tree.walk():
        for name in node.attributes.get("aria-labelledby", "").split():
            assert places[name].text.strip()


def test_headings_go_down_one_step_at_a_time(tree: Node) -> None:
    levels = [int(n.tag[1]) for n in tree.walk() if re.fullmatch("h[1-6]", n.tag)]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(b - a <= 1 for a, b in itertools.pairwise(levels))


def test_the_questions_stand_in_order_and_the_menu_has_each(tree: Node) -> None:
    found = asked(tree)
    deal, time = ["q1", "q2", "q3", "q4", "q5", "q6"], ["q8", "q9"]
    parts = (deal, ["q7"], time, ["q10"])
    assert found == [name for part in parts if part[0] in found for name in part]
    (menu,) = tree.all("nav")
    goals = [a.attributes["href"] for a in menu.all("a")]
    if "q9" in found:
        assert goals.pop(found.index("q9") + 1) == "#postures"
    assert goals[: len(found)] == [f"#{name}" for name in found]


def test_every_section_has_a_heading_and_an_answer_before_its_figures(tree: Node) -> None:
    places = by_id(tree)
    for name in asked(tree):
        tags = [n for n in places[name].walk() if n.tag in {"h2", "p", "table", "svg"}]
        assert tags[0].tag == "h2"
        assert "answer" in tags[1].classes
        assert len(tags[1].text) > 10


def test_every_drawing_has_a_title_and_a_description_or_is_hidden(tree: Node) -> None:
    for svg in tree.all("svg"):
        if svg.attributes.get("aria-hidden") == "true":
            continue
        assert svg.attributes["role"] == "img"
        (title,), (description,) = svg.all("title"), svg.all("desc")
        assert title.text
        assert len(description.text) > 20


def test_every_figure_has_a_caption_and_a_table(tree: Node) -> None:
    for figure in tree.all("figure"):
        assert len(figure.all("figcaption")) == 1
        assert len(figure.all("table")) == 1


def test_every_table_has_a_caption_heads_and_rows_of_one_width(tree: Node) -> None:
    for table in tree.all("table"):
        assert table.all("caption")[0].text.strip()
        assert all("scope" in head.attributes for head in table.all("th"))
        widths = {len([c for c in row.children if isinstance(c, Node)]) for row in table.all("tr")}
        assert len(widths) == 1


def test_every_table_that_may_be_wide_can_be_reached_and_scrolled_by_keyboard(tree: Node) -> None:
    for table in tree.all("table"):
        box = table.parent
        assert box is not None
        assert "scroll" in box.classes
        assert box.attributes["tabindex"] == "0"


def test_the_page_has_landmarks_a_language_and_a_way_past_the_menu(tree: Node) -> None:
    (html,) = tree.all("html")
    assert html.attributes["lang"] == "en"
    assert [len(tree.all(tag)) for tag in ("header", "nav", "main", "footer")] == [1, 1, 1, 1]
    first = next(n for n in tree.walk() if n.tag == "a")
    assert (first.classes, first.attributes["href"]) == (["skip"], "#main")


def test_nothing_is_fetched_and_nothing_runs(page: str, tree: Node) -> None:
    tags = {node.tag for node in tree.walk()}
    assert not tags & {"script", "iframe", "img", "object", "embed", "form", "base", "audio"}
    for node in tree.walk():
        names = set(node.attributes)
        assert not [name for name in names if name.startswith("on") or name in {"src", "style"}]
    assert [n.attributes["href"] for n in tree.all("link")] == ["data:,"]
    (style,) = tree.all("style")
    assert not re.search(r"url\(|@import|expression", style.text)


def test_the_pages_own_policy_allows_its_style_sheet_and_nothing_else(page: str) -> None:
    tree = read(page)
    policy = next(n for n in tree.all("meta") if "http-equiv" in n.attributes)
    digest = base64.b64encode(hashlib.sha256(tree.all("style")[0].text.encode()).digest())
    assert policy.attributes["content"] == (
        f"default-src 'none'; style-src 'sha256-{digest.decode()}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
ALLOWED = re.compile(
    "|".join(
        (
            rf"\d{{1,2}} ({MONTHS}) \d{{4}}",
            r"(50|80|90|95)\u202f%",
            r"from 0 \(worst\) to 100 \(best\)",
            r"of 100",
            r"0 to 100 on its own scale",
            r"0–100 scale",
            r"question [25]",
            r"Questions? (7|8 and 9|1 to 6 and 10)",
            r"question 9",
            r"counts as 20",
            r"steps of 5\u202f%",
            r"0 to 100",
            r"5th to 95th percentile",
            r"Conflict \d+",
            r"\(\d\)",
            r"takes \d+ points less",
            r"[A-Z]\d+",
        )
    )
)
"""Numbers that belong to the brief's own words: days, scales, labels, questions."""


def cites(node: Node) -> bool:
    table = next((n for n in (node, *node.above()) if n.tag == "table"), None)
    return table is not None and table.all("caption")[0].attributes["id"] == "bargains"


def loose_numbers(tree: Node) -> Iterator[str]:
    """Yield numbers that stand neither in a link, nor in a case's own words, nor in a drawing."""
    (main,) = tree.all("main")
    for node in main.walk():
        inside = {node.tag, *(above.tag for above in node.above())}
        # Rows go by their number, and definitions of the lens cite the year of a paper.
        if inside & {"a", "bdi", "svg", "h2", "dt", "th"} or cites(node):
            continue
        for child in node.children:
            if isinstance(child, str):
                rest = ALLOWED.sub("", child)
                yield from re.findall(r"\d[\d.,]*", rest)


def test_every_number_is_a_link_to_what_it_rests_on(tree: Node) -> None:
    assert list(loose_numbers(tree)) == []


def test_every_marked_number_stands_in_a_link_to_a_claim_an_assumption_or_a_method(
    tree: Node,
) -> None:
    numbers = tree.all("span", "num")
    assert len(numbers) > 20
    for shown in numbers:
        link = next(above for above in shown.above() if above.tag == "a")
        assert re.match("#(c-|a-|how-|no-basis)", link.attributes["href"])


def test_a_computed_number_leads_to_how_it_was_computed(tree: Node) -> None:
    places = by_id(tree)
    for link in tree.all("a", "how"):
        goal = places[link.attributes["href"][1:]]
        assert goal.attributes["id"].startswith("how-")
        assert len(goal.text) > 40


FORBIDDEN = re.compile(
    r"\b(optimal\w*|should|ought|agents?|players?|outcomes?|utils?|utility|helpers?|winners?|"
    r"losers?|terroris\w*|regime|recommend\w*|best deal|must accept this)\b"
)


def own_words(node: Node) -> str:
    """Return the words on a page that are not a case's."""
    parts = (c if isinstance(c, str) else own_words(c) for c in node.children)
    return "" if node.tag in {"bdi", "style", "svg"} else "".join(parts)


def test_the_programs_own_words_are_neutral() -> None:
    case, result = basic()
    for given in (result, three()[1]):
        subject = case if given is result else three()[0]
        own = own_words(read(render_brief(subject, given, generated=None))).lower()
        assert FORBIDDEN.findall(own) == []
    case, moved = stuck()
    own = own_words(read(render_brief(case, None, moves=moved, generated=None))).lower()
    assert FORBIDDEN.findall(own) == []


def test_likelihood_and_confidence_never_share_a_sentence(tree: Node) -> None:
    (main,) = tree.all("main")
    for paragraph in (*main.all("p"), *main.all("dd"), *main.all("li")):
        if paragraph.all("dd") or paragraph.all("li"):
            continue
        for sentence in re.split(r"(?<=[.!?])\s", paragraph.text):
            low = sentence.lower()
            assert not ("confidence" in low and "exists in" in low)


def test_the_shipped_case_fits_into_500_kb(
    shipped: Shipped,
) -> None:
    case, result, more, texts = shipped
    page = render_brief(case, result, **more, generated=None, sources=texts)
    assert len(page.encode()) <= 500_000


def test_every_claim_and_every_assumption_of_the_shipped_case_is_shown(
    shipped: Shipped,
) -> None:
    case, result, more, texts = shipped
    places = by_id(read(render_brief(case, result, **more, generated=None, sources=texts)))
    assert {f"c-{key}" for key in case.claims} <= set(places)
    assert {f"a-{path}" for path, basis in case.based() if basis.assumed} <= set(places)
    assert {f"d-{key}" for key in case.demands} <= set(places)
    for key, claim in case.claims.items():
        (mark,) = places[f"c-{key}"].all("mark")
        assert mark.text.replace("“", '"').replace("”", '"') == claim.quote


def test_opinion_stands_in_its_tray_and_nowhere_else(
    shipped: Shipped,
) -> None:
    case, result, more, texts = shipped
    tree = read(render_brief(case, result, **more, generated=None, sources=texts))
    tray = by_id(tree)["comments"]
    assert "CANNOT be the nation" in tray.text
    assert "feeds nothing" in tray.text
    assert tree.text.count("CANNOT be the nation") == 1
    opinions = [f"#c-{key}" for key, claim in case.claims.items() if claim.class_ == "opinion"]
    assert not [a for a in tree.all("a") if a.attributes["href"] in opinions]


def test_the_same_arguments_give_the_same_page() -> None:
    case, result = basic()
    pages = {render_brief(case, result, generated=DAY, sources=TEXTS) for _ in range(2)}
    assert len(pages) == 1


def test_a_scenario_is_applied_and_named() -> None:
    case = case_of()
    result = deals(case, scenario="calm", draws=50)
    tree = read(render_brief(case, result, generated=None))
    assert "East no longer insists" in tree.all("p", "scenario")[0].text
    assert "d-withdraw" not in by_id(tree)
    assert "What if" not in tree.text


def test_a_scenario_that_the_case_does_not_have_is_an_error() -> None:
    case, result = basic()
    with pytest.raises(ScenarioError):
        render_brief(case, replace(result, scenario="gone"), generated=None)


def test_what_is_not_answered_is_said_with_what_it_would_need() -> None:
    bare = basic_page().text
    assert "Question 7 of ten: the case would need `moves`" in bare
    assert "Questions 8 and 9 of ten: the case would need an `outlook`" in bare
    case, moved = stuck()
    alone = read(render_brief(case, None, moves=moved, generated=None)).text
    assert "Questions 1 to 6 and 10 of ten: the case would need issues" in alone
    assert "Question 7 of ten" not in alone
    case, result, ahead = foreseen()
    told = read(render_brief(case, result, outlook=ahead, generated=None)).text
    assert "Questions 8 and 9 of ten" not in told


def test_a_page_that_answers_everything_says_nothing_of_open_questions(shipped: Shipped) -> None:
    case, result, more, _ = shipped
    tree = read(render_brief(case, result, **more, generated=None))
    assert tree.all("p", "unanswered") == []


def test_a_brief_without_any_result_is_an_error() -> None:
    with pytest.raises(ValueError, match="no result"):
        render_brief(case_of(), None, generated=None)


def test_an_outlook_about_another_scenario_is_an_error() -> None:
    case, result, ahead = foreseen()
    with pytest.raises(ValueError, match="about one scenario"):
        render_brief(case, result, outlook=replace(ahead, scenario="calm"), generated=None)


def test_results_about_different_scenarios_are_an_error() -> None:
    case, moved = stuck()
    with pytest.raises(ValueError, match="about one scenario"):
        render_brief(case, replace(basic()[1], scenario="calm"), moves=moved, generated=None)


def test_how_numbers_were_set_is_said_on_the_cover_and_told_among_the_assumptions() -> None:
    rule = "One rule for all.\n  W, weights: by <b>hand</b>,\n    none fitted.\n"
    tree = read(render_brief(case_of(elicitation=rule), basic()[1], generated=None))
    told = by_id(tree)["elicitation"]
    assert [p.text.strip() for p in told.all("p")][1:] == [
        "One rule for all. W, weights: by <b>hand</b>, none fitted."
    ]
    (cover,) = tree.all("section", "ground")
    assert "#elicitation" in [a.attributes["href"] for a in cover.all("a")]
    assert "elicitation" not in by_id(basic_page())


def test_the_mediator_decides() -> None:
    assert "Options, not verdicts: the mediator decides." in basic_page().text


def test_harm_to_people_is_said_to_have_no_value() -> None:
    assert "Harm to people has no value" in basic_page().text


def test_an_answer_that_is_bounded_says_so() -> None:
    method = Method(how="bounded", draws=300, seed=0, note="7 draws stayed undecided")
    result = basic()[1]
    zone = replace(result.zone, method=method, at_face_value=None, acceptable=None)
    text = basic_page(zone=zone, method=method).text
    assert "Note: 7 draws stayed undecided." in text
    assert "At face value the answer is open" in text


def test_a_result_with_nothing_to_show_is_still_a_page() -> None:
    case, result = basic()
    empty = replace(
        result,
        concessions=(), offers=(), packages=(), bargains=(), unknowns=(), overlaps=(),
        interests=(), scenarios=(),
        conflicts=replace(result.conflicts, conflicts=(), openings=()),
        frontier=replace(result.frontier, points=(), size=0),
    )  # fmt: skip
    tree = read(render_brief(case, empty, generated=None))
    assert tree.all("svg", "figure") == []
    assert "No package was accepted by all" in tree.text


def test_a_case_with_next_to_nothing_is_still_a_page() -> None:
    case = Case.model_validate(
        {
            "goodoffices": 1,
            "title": "Bare",
            "parties": {"a": {"name": "A", "role": "principal"}},
            "issues": {"x": {"name": "X", "options": ["y", "z"]}},
        }
    )
    tree = read(render_brief(case, deals(case, draws=10), generated=None))
    by_id(tree)
    assert "The case names no source." in tree.text
    assert "no basis given" in tree.text


def test_very_many_conflicts_are_counted_rather_than_listed() -> None:
    result = basic()[1]
    conflict = Conflict(demands=("stay", "withdraw"), actors=("west", "east"))
    report = replace(result.conflicts, conflicts=(conflict,) * 40)
    tree = basic_page(conflicts=report)
    assert len(tree.all("ul", "clashes")[0].all("h3")) == 12
    assert "There are 28 more." in tree.text


def test_a_probability_is_rounded_to_what_its_error_allows() -> None:
    result = basic()[1]
    zone = replace(result.zone, probability=share(1, 4))
    tree = basic_page(zone=zone)
    assert "between 0 and 70\u202f%" in tree.text
    assert "25\u202f%" not in tree.all("dl", "facts")[0].text
