from dataclasses import replace

from goodoffices.brief.promises import tabulate_promises
from goodoffices.deals.results import Cost, PromiseLevel, PromiseReport
from tests.brief.cases import basic, material, words

HALF = Cost(low=0.5, central=0.5, high=0.5)


def level(guarantee: str | None, worth: float) -> PromiseLevel:
    return PromiseLevel(
        guarantee=guarantee, kept=HALF, worth=Cost(low=worth, central=worth, high=worth + 2)
    )


def table(*given: PromiseReport) -> list[str]:
    found = tabulate_promises(material(result=replace(basic()[1], promises=given)))
    assert found is not None
    heads = " | ".join(words(column) for column in found.columns)
    return [heads, *(" | ".join(words(cell) for cell in row.cells) for row in found.rows)]


def promise(*levels: PromiseLevel) -> PromiseReport:
    return PromiseReport(
        promise="sail",
        to="east",
        issue="ferry",
        option="daily",
        if_sure=Cost(low=10, central=12, high=14),
        levels=levels,
    )


def test_a_promise_stands_with_its_worth_if_sure_on_trust_and_under_each_guarantee() -> None:
    assert table(promise(level(None, 3), level("buoys", 7))) == [
        "Promise | To | If it were sure | On trust alone | With “Buoys” | Rests on",
        "West: “A daily ferry” | East | 10 to 14 | 3 to 5 | 7 to 9 | A11 C2",
    ]


def test_a_promise_without_a_guarantee_has_a_dash_beside_one_that_has() -> None:
    bare = replace(promise(level(None, 3)), promise="pay", issue="fees", option="low", to="west")
    assert table(bare)[0].count("With ") == 0
    assert table(promise(level(None, 3), level("buoys", 7)), bare)[2] == (
        "East: “Low” | West | 10 to 14 | 3 to 5 | – | C2"
    )


def test_without_promises_there_is_no_table() -> None:
    assert tabulate_promises(material(result=replace(basic()[1], promises=()))) is None


def test_the_lens_and_the_page_agree_on_what_is_promised() -> None:
    given = material()
    found = tabulate_promises(given)
    assert found is not None
    assert len(found.rows) == len(given.result.promises)
