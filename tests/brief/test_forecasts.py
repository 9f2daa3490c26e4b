import copy
from dataclasses import replace

from goodoffices.brief.forecasts import (
    foreseen_in_short,
    list_legs,
    nothing_by_then,
    tabulate_asked,
    tabulate_estimates,
    tabulate_hazards,
    tell_foreseen,
)
from tests.brief.cases import OUTLOOK, ahead, words


def test_the_answer_begins_with_the_question_about_a_deal_and_its_day() -> None:
    said = words(tell_foreseen(ahead()))
    assert said.startswith("“West and East sign” by 3 August 2020: ")
    assert "nothing of that has come by then with" in said


def test_what_may_come_first_stands_with_the_likeliest_before_the_others() -> None:
    given = ahead()
    assert given.report.hazards is not None
    order = sorted(given.report.hazards.risks, key=lambda one: -one.by_horizon.central)
    said = words(tell_foreseen(given))
    places = [said.index(f"“{given.naming.outlook.risks[one.risk].name}”") for one in order]
    assert places == sorted(places)


def test_likelihood_and_confidence_stand_in_columns_of_their_own() -> None:
    table = tabulate_asked(ahead())
    assert table is not None
    assert [words(head) for head in table.columns][2:] == ["Likelihood", "Confidence"]
    for row in table.rows:
        assert "onfidence" not in words(row.cells[2])
        assert words(row.cells[3]).split(":")[0] in {"Low", "Moderate", "High"}


def test_each_view_says_how_much_it_counts_and_what_it_rests_on() -> None:
    legs = [words(leg) for leg in list_legs(ahead())]
    assert [leg.split(" (counts ")[0] for leg in legs] == [
        "Outside view: cases of its kind",
        "Inside view: the packages",
        "What the sources think",
    ]
    assert "counts 50 %" in legs[0]
    assert " A" in legs[0]
    assert "They differ: from " in legs[2]


def test_a_view_that_is_missing_is_named() -> None:
    legs = [words(leg) for leg in list_legs(ahead({"estimates": {}}))]
    assert legs[-1] == "Missing: what the sources think."


def test_estimates_are_shown_as_said_and_as_read_with_their_disagreement() -> None:
    table = tabulate_estimates(ahead())
    assert table is not None
    said = [[words(cell) for cell in row.cells] for row in table.rows]
    envoy = next(row for row in said if row[0].startswith("an envoy"))
    assert (
        envoy[0]
        == "an envoy (one voice with others marked “wires”, speaks from the side of Norway)"
    )
    assert envoy[2] == "“unlikely”"
    assert "90 % interval" in envoy[3]
    assert "“readers” yardstick" in words(table.more)
    assert "They differ: from" in words(table.more)


def test_one_source_alone_can_differ_from_nobody() -> None:
    one = {"envoy": OUTLOOK["estimates"]["envoy"]}
    table = tabulate_estimates(ahead({"estimates": one}))
    assert table is not None
    assert "none differs" in words(table.more)


def test_estimates_of_several_questions_say_of_which() -> None:
    more = copy.deepcopy(OUTLOOK["estimates"])
    more["third"] = {"question": "fire", "probability": "10%", "speaker": "x", "assumed": "t",
                     "date": "2020-01-01"}  # fmt: skip
    table = tabulate_estimates(ahead({"estimates": more}))
    assert table is not None
    assert words(table.columns[1]) == "On"
    assert {words(row.cells[1]) for row in table.rows} == {
        "“West and East sign”",
        "“Shots are fired”",
    }


def test_very_many_estimates_are_counted_rather_than_listed() -> None:
    many = {f"e{n}": OUTLOOK["estimates"]["paper"] | {"speaker": f"paper {n}"} for n in range(20)}
    table = tabulate_estimates(ahead({"estimates": many}))
    assert table is not None
    assert len(table.rows) == 12
    assert words(table.more).endswith("Not shown: 8 more.")


def test_a_rate_says_where_it_comes_from_and_what_multiplies_it() -> None:
    table = tabulate_hazards(ahead())
    assert table is not None
    rows = {words(row.cells[0]): [words(cell) for cell in row.cells[1:]] for row in table.rows}
    origin, times, _, rests = rows["“They sign”"]
    assert origin == "A chance of the case’s own: 20–60 % within 26 weeks."
    assert "A storm closes the strip" in times
    assert rests
    assert "cases, " in rows["“Shots”"][0]
    assert rows["“Shots”"][2] != "–"


def test_without_risks_nothing_is_said_of_what_comes_first() -> None:
    given = ahead()
    bare = ahead(report=replace(given.report, hazards=None))
    assert "comes first" not in words(tell_foreseen(bare))
    assert tabulate_hazards(bare) is None


def test_without_questions_the_risks_are_still_told() -> None:
    given = ahead()
    bare = ahead(report=replace(given.report, questions=()))
    assert words(foreseen_in_short(bare)).startswith("Seen from outside")
    assert tabulate_asked(bare) is None
    assert tabulate_estimates(bare) is None
    assert list_legs(bare) == ()


def test_with_neither_there_is_a_sentence_that_says_so() -> None:
    given = ahead()
    bare = ahead(report=replace(given.report, questions=(), hazards=None))
    said = words(tell_foreseen(bare))
    assert said == "No question of the case is open, and it names no risk."


def test_that_nothing_comes_is_rounded_as_the_widest_risk_is() -> None:
    hazards = ahead().report.hazards
    assert hazards is not None
    said = words(nothing_by_then(hazards))
    number = int(said.removeprefix("about ").removesuffix(" %"))
    assert number % 5 == 0
    assert abs(number - 100 * hazards.nothing[-1]) <= 5
