from dataclasses import replace

import pytest

from goodoffices.brief.coming import draw_added, draw_coming, list_happenings
from goodoffices.brief.elements import Element
from goodoffices.outlook.results import OutlookReport
from tests.brief.cases import OUTLOOK, ahead, words


def spoken(drawing: Element) -> str:
    (desc,) = (s for s in drawing.children if isinstance(s, Element) and s.tag == "desc")
    return words(desc.children)


def test_what_happened_is_listed_by_day_with_what_it_changes_and_rests_on() -> None:
    happened, more = list_happenings(ahead())
    said = [words(one) for one in happened]
    assert more == 0
    assert said[0].startswith("10 January 2020 (inferred): A storm closes the strip C2 A")
    assert "0.5–1 times the rate of “They sign”" in said[0]
    assert "0.5 times the odds of “East means it”" in said[0]
    assert said[-1].startswith("1 March 2020: A feast")


def test_an_estimate_on_the_line_names_its_speaker_and_leads_to_its_ground() -> None:
    happened, _ = list_happenings(ahead())
    envoy = next(one for one in happened if "envoy" in words(one))
    assert words(envoy) == "20 January 2020: an estimate, an envoy: “unlikely”"
    link = envoy[-1]
    assert isinstance(link, Element)
    assert dict(link.attributes)["href"].startswith("#a-outlook.estimates.")


def test_very_many_events_are_all_drawn_and_only_the_first_told() -> None:
    many = {f"e{n}": OUTLOOK["events"]["feast"] | {"name": f"Day {n}"} for n in range(40)}
    given = ahead({"events": many})
    happened, more = list_happenings(given)
    assert (len(happened), more) == (12, 30)
    figure = draw_coming(given)
    assert figure is not None
    (drawing,) = figure.drawings
    assert sum(isinstance(s, Element) and s.tag == "circle" for s in drawing.children) == 42


def test_without_events_there_is_still_a_fan() -> None:
    given = ahead({"events": {}, "estimates": {}})
    assert list_happenings(given) == ((), 0)
    figure = draw_coming(given)
    assert figure is not None
    assert spoken(figure.drawings[0]).startswith("0 dated events")


def test_the_fan_is_told_to_those_who_do_not_see_it() -> None:
    figure = draw_coming(ahead())
    assert figure is not None
    said = spoken(figure.drawings[0])
    assert "They sign: about" in said
    assert "80 % band" in said


def test_the_table_of_the_fan_has_every_risk_and_that_nothing_came() -> None:
    figure = draw_coming(ahead())
    assert figure is not None
    assert figure.table is not None
    names = [words(row.cells[0]) for row in figure.table.rows]
    assert names == ["“They sign”", "“Shots”", "Nothing of that (mean)"]
    assert [words(head) for head in figure.table.columns] == [
        "First", "In 4 weeks", "In 13 weeks", "In 26 weeks",
    ]  # fmt: skip


def test_the_steps_of_the_waterfall_end_where_all_views_stand() -> None:
    figure = draw_added(ahead())
    assert figure is not None
    assert figure.table is not None
    said = [[words(cell) for cell in row.cells] for row in figure.table.rows]
    assert said[0][0] == "“West and East sign”"
    totals = [row for row in said if row[1] == "All views together"]
    assert len(totals) == 2
    assert "90 % interval" in totals[0][3]


@pytest.mark.parametrize("change", [{"hazards": None}, {"questions": ()}])
def test_what_is_not_there_is_not_drawn(change: dict[str, object]) -> None:
    report: OutlookReport = replace(ahead().report, **change)  # type: ignore[arg-type]
    given = ahead(report=report)
    drawn = draw_coming(given) if "hazards" in change else draw_added(given)
    assert drawn is None
