from dataclasses import replace

from goodoffices.brief import render_brief
from tests.brief.cases import case_of, foreseen, kept_score
from tests.brief.reading import Node, by_id, read


def page(**more: object) -> Node:
    case, result, found = foreseen()
    given = {"outlook": found, "generated": None} | more
    return read(render_brief(case, result, **given))  # type: ignore[arg-type]


def test_ripeness_is_said_to_be_necessary_and_not_sufficient() -> None:
    assert "necessary for talks to begin and not sufficient" in by_id(page())["q8"].text


def test_the_section_on_time_has_its_line_its_waterfall_and_its_tables() -> None:
    q9 = by_id(page())["q9"]
    assert [len(q9.all("svg", name)) for name in ("timeline", "waterfall")] == [1, 1]
    captions = {table.all("caption")[0].attributes["id"] for table in q9.all("table")}
    assert {"asked", "estimates", "waiting", "hazards", "beliefs", "trust", "scales"} <= captions


def test_what_the_mediator_could_do_is_options_and_never_a_verdict() -> None:
    text = by_id(page())["postures"].text
    assert "Options, not a verdict" in text
    assert "Table it now" in text


def test_past_forecasts_are_shown_where_there_are_any() -> None:
    assert "reliability" not in str([n.classes for n in page().all("svg")])
    told = page(record=kept_score())
    assert len(told.all("svg", "reliability")) == 1
    assert "how-record" in by_id(told)


def test_a_case_without_an_outlook_has_neither_section_nor_method_of_it() -> None:
    case, result, _ = foreseen()
    tree = read(render_brief(case_of(), result, generated=None))
    assert not {"q8", "q9", "postures", "how-hazards"} & set(by_id(tree))
    assert case.outlook is not None


def test_what_was_not_answered_is_told_with_its_reason() -> None:
    _, _, found = foreseen()
    noted = replace(found, notes=("watch: where East stands is not known",))
    assert "watch: where East stands is not known" in by_id(page(outlook=noted))["q9"].text


def test_an_empty_outlook_report_is_still_a_page() -> None:
    _, _, found = foreseen()
    bare = replace(
        found, questions=(), hazards=None, beliefs=(), trust=(), ripeness=None, tabling=None,
        scales=(), timeline=(), waiting=replace(found.waiting, fades=(), pressure=(), openings=()),
    )  # fmt: skip
    tree = page(outlook=bare)
    assert tree.all("svg", "timeline") == []
    assert "No question of the case is open" in by_id(tree)["q9"].text
