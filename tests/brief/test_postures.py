import re
from dataclasses import replace

from goodoffices.brief.ahead import Ahead
from goodoffices.brief.postures import (
    list_sensitive,
    list_thresholds,
    tabulate_postures,
    tell_tabling,
)
from goodoffices.outlook.bands import Band
from goodoffices.outlook.results import InfluenceReport, TablingReport
from tests.brief.cases import ahead, words


def tabling(given: Ahead | None = None) -> TablingReport:
    found = (given or ahead()).report.tabling
    assert found is not None
    return found


def changed(**changes: object) -> Ahead:
    given = ahead()
    found = replace(tabling(given), **changes)  # type: ignore[arg-type]
    return ahead(report=replace(given.report, tabling=found))


def test_three_options_stand_side_by_side_each_with_its_risks() -> None:
    table = tabulate_postures(ahead())
    assert table is not None
    assert [words(row.cells[0]) for row in table.rows] == [
        "Table it now",
        "Hold it back",
        "Contain: limit the damage",
    ]
    assert all("“Shots”" in words(row.cells[3]) for row in table.rows)
    assert all("▲ harms people" in words(row.cells[3]) for row in table.rows)


def test_no_posture_is_called_for() -> None:
    given = ahead()
    table = tabulate_postures(given)
    assert table is not None
    cells = [cell for row in table.rows for cell in row.cells]
    text = " ".join(map(words, (tell_tabling(given), *list_thresholds(given), *cells))).lower()
    assert not re.search(r"\b(recommend|should|ought|best|verdict)", text)
    assert "the choice is its own" in text


def test_harm_to_people_stands_in_a_column_of_its_own() -> None:
    table = tabulate_postures(ahead())
    assert table is not None
    hold = table.rows[1]
    assert words(hold.cells[4]) == "–"
    assert "points (" in words(table.rows[0].cells[4])
    assert words(table.more).startswith("Harm to people has no worth in this")


def test_harm_that_hardly_differs_is_not_told_as_a_number() -> None:
    same = Band(low=-0.001, central=0.0, high=0.002)
    postures = tuple(replace(one, harm=same) for one in tabling().postures)
    table = tabulate_postures(changed(postures=postures))
    assert table is not None
    assert words(table.rows[0].cells[4]) == "does not differ"


def test_the_threshold_is_told_in_words_with_its_interval() -> None:
    one = tabling().thresholds[0]
    stated = replace(one, words="worth it at 1 in 4", band=Band(low=0.1, central=0.25, high=0.4))
    said = [words(part) for part in list_thresholds(changed(thresholds=(stated,)))]
    assert (
        said[0]
        == "Worth it at 1 in 4; the threshold lies at about 25 % (90 % interval 10 to 40 %)."
    )


def test_a_threshold_beyond_certainty_has_no_interval() -> None:
    one = replace(
        tabling().thresholds[0], words="never worth it", band=Band(low=0.9, central=1.5, high=3)
    )
    (said, *_) = list_thresholds(changed(thresholds=(one,)))
    assert words(said) == "Never worth it."


def test_what_it_hangs_on_most_is_named_in_words() -> None:
    found = InfluenceReport(path="outlook.tabling.lost", share=0.62, error=0.01)
    said = words(list_sensitive(changed(influences=(found,))))
    assert said.endswith("hangs most on what a refusal costs the mediator besides (62 %).")


def test_where_no_number_decides_it_is_said_how_often_tabling_is_worth_more() -> None:
    said = words(list_sensitive(changed(influences=())))
    assert said.startswith("No one uncertain number decides")


def test_who_accepts_is_told_for_all_and_for_each() -> None:
    said = words(tell_tabling(ahead()))
    assert "All accept it" in said
    assert "each for itself: West " in said


def test_what_becomes_of_it_if_answers_go_together_is_told_where_it_differs() -> None:
    high = Band(low=0.5, central=0.6, high=0.7)
    assert "if answers go together as stated" in words(tell_tabling(changed(accept=high)))
    value = tabling().counted.value
    same = Band(low=value, central=value, high=value)
    assert "go together" not in words(tell_tabling(changed(accept=same)))


def test_where_nothing_is_weighed_the_reason_is_told() -> None:
    given = ahead()
    notes = ("tabling: the case names no risks",)
    bare = ahead(report=replace(given.report, tabling=None, notes=notes))
    assert words(tell_tabling(bare)) == "Not weighed: the case names no risks."
    unsaid = ahead(report=replace(given.report, tabling=None))
    assert words(tell_tabling(unsaid)).startswith("Not weighed: the case doesn’t say")
    assert tabulate_postures(bare) is None
    assert list_thresholds(bare) == ()
    assert list_sensitive(bare) == ()
