from dataclasses import replace
from typing import Any

from goodoffices.brief.material import Material
from goodoffices.brief.proposals import (
    MOST_NAMED,
    draw_answers,
    tabulate_bargains,
    tabulate_packages,
    tell_answers,
)
from goodoffices.deals.results import (
    Acceptance,
    AssessedPackage,
    Bargain,
    FactionAcceptance,
    Objection,
)
from goodoffices.deals.share import share
from tests.brief.cases import basic, material, three, words

PICKS = {"strip": "5", "ferry": "none", "watch": "buoys", "fees": "low"}


def acceptance(party: str, alone: int, ratified: int | None = None, **more: Any) -> Acceptance:
    given: dict[str, Any] = {
        "party": party,
        "must_accept": True,
        "alone": share(alone, 1000),
        "ratified": share(alone if ratified is None else ratified, 1000),
        "factions": (),
        "objections": (),
    }
    return Acceptance(**given | more)


WEST = acceptance(
    "west",
    600,
    400,
    factions=(
        FactionAcceptance(faction="cabinet", veto=True, share=share(500, 1000)),
        FactionAcceptance(faction="navy", veto=False, share=share(700, 1000)),
    ),
    objections=(
        Objection(demand="stay", share=share(300, 1000)),
        Objection(demand="west-alone", share=share(1, 1000)),
    ),
)
EAST = acceptance("east", 900, objections=(Objection(demand="withdraw", share=share(400, 1000)),))


def package(name: str = "Package A", **changes: Any) -> AssessedPackage:
    given: dict[str, Any] = {
        "name": name,
        "picks": PICKS,
        "values": {"west": 50.0, "east": 40.0, "cabinet": 50.0, "navy": 30.0},
        "gains": {"west": 25.0, "east": -20.0},
        "breaks": ("stay", "withdraw"),
        "forbidden": False,
        "all_accept": share(350, 1000),
        "acceptance": (WEST, EAST),
    }
    return AssessedPackage(**given | changes)


def with_packages(*offers: AssessedPackage, named: tuple[AssessedPackage, ...] = ()) -> Material:
    return material(result=replace(basic()[1], offers=offers, packages=named))


def rows(given: Material) -> dict[str, list[str]]:
    table = tabulate_packages(given)
    assert table is not None
    assert all(len(row.cells) == len(table.columns) for row in table.rows)
    return {words(row.cells[0]): [words(c) for c in row.cells[1:]] for row in table.rows}


def test_packages_show_options_values_acceptance_and_risks() -> None:
    assert rows(with_packages(package())) == {
        "Length of the strip": ["5 km"],
        "The ferry": ["No ferry"],
        "Who watches": ["Buoys"],
        "Worth to West (and over no agreement)": ["50 (+25)"],
        "Worth to East (and over no agreement)": ["40 (−20)"],
        "Worth to Navy (West)": ["30"],
        "Accepted by all in": ["about 35 % (30 to 40 %)"],
        "Against Package A": ["–"],
        "Breaks, at face value": ["D1, D2"],
        "Risks: what most often stands against it": [
            "D2 (East) in about 40 %; D1 (West) in about 30 %"
        ],
    }


def test_what_differs_from_the_first_package_stands_out() -> None:
    other = package("Package B", picks=PICKS | {"ferry": "daily"})
    table = tabulate_packages(with_packages(package(), other))
    assert table is not None
    ferry = table.rows[1].cells
    tags = [[p.tag for p in cell if not isinstance(p, str)] for cell in ferry[1:]]
    assert tags == [["bdi"], ["strong"]]


def test_trade_offs_say_who_gains_and_who_loses() -> None:
    values = {"west": 55.0, "east": 30.0, "cabinet": 55.0, "navy": 30.0}
    shown = rows(with_packages(package(), package("Package B", values=values)))
    assert shown["Against Package A"][1] == "West +5, East −10, Navy 0"


def test_a_package_that_the_case_names_goes_by_its_name_and_a_number() -> None:
    table = tabulate_packages(with_packages(package(), named=(package("Old <draft>"),)))
    assert table is not None
    assert [words(c) for c in table.columns] == ["", "Package A", "“Old <draft>” (1)"]


def test_a_package_that_a_linkage_rules_out_says_so() -> None:
    shown = rows(with_packages(package(), named=(package("Old", forbidden=True),)))
    assert shown["Breaks, at face value"][1] == "a tie between issues rules it out"


def test_a_package_without_objections_says_so() -> None:
    calm = package(breaks=(), acceptance=(acceptance("west", 1000), acceptance("east", 1000)))
    shown = rows(with_packages(calm))
    assert shown["Breaks, at face value"] == ["nothing"]
    assert shown["Risks: what most often stands against it"] == [
        "no demand stands clearly against it"
    ]


def test_of_very_many_named_packages_the_rest_are_counted() -> None:
    named = tuple(package(f"Draft {n}") for n in range(MOST_NAMED + 3))
    table = tabulate_packages(with_packages(package(), named=named))
    assert table is not None
    assert len(table.columns) == 2 + MOST_NAMED
    assert words(table.more) == "3 more named packages are not shown."


def test_without_packages_there_is_nothing_to_set_side_by_side() -> None:
    assert tabulate_packages(with_packages()) is None
    assert draw_answers(with_packages()) is None
    assert words(tell_answers(with_packages())) == "No package is assessed."


def test_bargaining_solutions_carry_their_definitions() -> None:
    case, result = three()
    table = tabulate_bargains(material(case, result))
    assert table is not None
    assert [words(row.cells[0]) for row in table.rows] == [b.name for b in result.bargains]
    assert all(words(row.cells[1]) for row in table.rows)
    assert tabulate_bargains(with_packages()) is None


def test_a_solution_that_is_a_package_above_is_named_by_it() -> None:
    bargain = Bargain(
        name="Nash", definition="the product", packages=(PICKS,), values={"west": 50.4}, ties=3
    )
    given = material(result=replace(basic()[1], offers=(package(),), bargains=(bargain,)))
    table = tabulate_bargains(given)
    assert table is not None
    assert [words(c) for c in table.rows[0].cells] == [
        "Nash", "the product", "50", "–", "Package A (one of 3 with these values)",
    ]  # fmt: skip
    other = replace(bargain, packages=(PICKS | {"strip": "9"},), ties=1)
    given = replace(given, result=replace(given.result, bargains=(other,)))
    table = tabulate_bargains(given)
    assert table is not None
    assert words(table.rows[0].cells[4]).startswith("Length of the strip: 9 km; The ferry:")


def test_whose_yes_is_the_least_likely_is_named_for_each_package() -> None:
    sure = package("Package B", acceptance=(acceptance("west", 1000), EAST))
    assert words(tell_answers(with_packages(package(), sure))) == (
        "Whose yes is the least likely: Package A: West (about 40 %), and a veto at home by "
        "Cabinet; Package B: East (about 90 %)."
    )


def test_each_package_has_a_panel_and_all_share_one_table() -> None:
    figure = draw_answers(with_packages(package(), named=(package("Old"),)))
    assert figure is not None
    assert [dict(d.attributes)["id"] for d in figure.drawings] == ["fig-accept-0", "fig-accept-1"]
    assert figure.table is not None
    assert [words(row.cells[0]) for row in figure.table.rows] == [
        "West, ratified at home", "West, at the table", "Cabinet (veto)", "Navy", "East",
    ]  # fmt: skip
    assert words(figure.table.rows[0].cells[1]) == "about 40 % (35 to 45 %)"


def test_who_need_not_accept_is_shown_as_such() -> None:
    norway = acceptance("norway", 700, must_accept=False)
    given = with_packages(package(acceptance=(WEST, EAST, norway)))
    figure = draw_answers(given)
    assert figure is not None
    assert figure.table is not None
    assert words(figure.table.rows[-1].cells[0]) == "Norway (need not accept)"
    assert "Norway" not in words(tell_answers(given))
