from dataclasses import replace

from goodoffices.brief.ripe import ripe_in_short, tabulate_ripeness, tell_ripeness
from tests.brief.cases import ahead, words


def test_facts_and_perceptions_are_told_apart() -> None:
    said = words(ripe_in_short(ahead()))
    facts, seen = said.split(" By perception: ")
    assert facts.startswith("By the facts as assessed, going on is worse for every party")
    assert "that all see a way out has" in seen


def test_what_nobody_says_is_said() -> None:
    said = words(ripe_in_short(ahead()))
    assert "nobody says whether East feels a stalemate" in said
    assert "West feels" not in said


def test_what_is_known_of_a_perception_is_never_taken_from_the_fact() -> None:
    table = tabulate_ripeness(ahead())
    assert table is not None
    east = next(row for row in table.rows if words(row.cells[0]) == "East")
    assert words(east.cells[1]) != "not known"
    assert words(east.cells[2]) == "not known"


def test_the_last_row_is_all_parties_at_once() -> None:
    table = tabulate_ripeness(ahead())
    assert table is not None
    assert words(table.rows[-1].cells[0]) == "All at once"
    assert words(table.rows[-1].cells[2]) == "not known"


def test_a_perception_leads_to_whose_word_it_is() -> None:
    table = tabulate_ripeness(ahead())
    assert table is not None
    east = next(row for row in table.rows if words(row.cells[0]) == "East")
    (shown,) = east.cells[3]
    assert not isinstance(shown, str)
    assert dict(shown.attributes)["href"] == "#c-leave"
    assert words(east.cells[4]) == "D5 C2"


def test_confidence_counts_the_perceptions_that_rest_on_claims() -> None:
    said = words(tell_ripeness(ahead()))
    assert said.endswith("perceptions is low: of 2 that are recorded, 1 rests on claims alone.")


def test_without_any_perception_nothing_is_known_of_them() -> None:
    given = ahead({"perceptions": {}})
    assert "none is known" in words(tell_ripeness(given))
    assert "nobody says whether West or East sees a way out" in words(ripe_in_short(given))


def test_without_the_deals_lens_ripeness_is_not_known_and_says_why() -> None:
    given = ahead(weighed=False)
    said = words(tell_ripeness(given))
    assert said.startswith("Not known: ")
    assert "deals lens" in said
    assert tabulate_ripeness(given) is None


def test_the_lens_own_reason_is_told_where_it_gives_one() -> None:
    given = ahead()
    notes = ("scales: x", "ripeness: no package is accepted")
    bare = ahead(report=replace(given.report, ripeness=None, notes=notes))
    assert words(ripe_in_short(bare)) == "Not known: no package is accepted."
