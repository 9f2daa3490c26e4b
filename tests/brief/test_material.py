from dataclasses import replace

from goodoffices.brief.elements import Element
from goodoffices.brief.material import chance_and_spread, chance_of, computed, spread_of
from goodoffices.deals.results import Unknown
from goodoffices.deals.share import exact, share
from tests.brief.cases import basic, case_of, material, words


def goal(element: Element) -> str:
    return dict(element.attributes)["href"]


def test_found_packages_have_letters_and_named_ones_numbers() -> None:
    result = basic()[1]
    given = material(result=replace(result, offers=result.offers[:1] * 2, packages=result.packages))
    assert [given.letter(n) for n in range(len(given.packages))] == ["A", "B", "1"]
    assert words(given.title(1)) == "Package B"
    assert words(given.title(2)) == "“The old draft” (1)"


def test_an_input_moves_the_answer_if_its_share_stands_out_from_its_error() -> None:
    rows = tuple(
        Unknown(path="x", share=s, error=0.05, founded="assumed", blank=False)
        for s in (0.5, 0.11, 0.1, 0.0)
    )
    given = material(result=replace(basic()[1], unknowns=rows))
    assert [row.share for row in given.moving] == [0.5, 0.11]


def test_what_is_agreed_is_no_open_issue() -> None:
    assert material().open_issues == ("strip", "ferry", "watch")
    assert material(case_of(issues={})).open_issues == ()


def test_computed_numbers_lead_to_how_they_were_computed() -> None:
    half = share(5000, 10_000)
    assert goal(computed("values", "48")) == "#how-values"
    assert goal(chance_of("zone", half)) == "#how-zone"
    assert words((chance_of("zone", half),)) == "about 50 %"
    assert words((spread_of("zone", half),)) == "49 to 51 %"


def test_an_exact_probability_has_no_interval() -> None:
    assert words(chance_and_spread("zone", exact(0.25))) == "25 %"
    assert words(chance_and_spread("zone", share(5000, 10_000))) == "about 50 % (49 to 51 %)"
