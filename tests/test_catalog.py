import math
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from goodoffices import catalog
from goodoffices.case import Case, apply_scenario, check, check_file
from goodoffices.errors import CaseFileError

DEALS = ("camp-david-1978-sinai", "raiffa-1982-ampo-city", "trieste-1954")
MOVES = ("chicken", "cuba-1962", "elmira-1991", "garrison-1976", "prisoners-dilemma")
NAMES = tuple(sorted((*DEALS, *MOVES)))
AMPO_CITY = "raiffa-1982-ampo-city"


def combinations(case: Case) -> int:
    open_issues = [issue for issue in case.issues.values() if issue.agreed is None]
    return math.prod(len(issue.option_ids) for issue in open_issues)


def test_the_catalog_lists_its_cases_in_order() -> None:
    assert catalog.names() == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_every_case_loads_and_checks_without_errors(name: str) -> None:
    assert catalog.load(name).title
    faults = check_file(catalog.path(name))
    assert [str(fault) for fault in faults if fault.severity == "error"] == []


@pytest.mark.parametrize("name", NAMES)
def test_every_case_cites_a_study_with_title_and_year(name: str) -> None:
    studies = [source for source in catalog.load(name).sources.values() if source.kind == "study"]
    assert studies
    assert all(source.date.date is not None for source in studies)
    assert all(len(source.title) > 40 for source in studies)


@pytest.mark.parametrize("name", NAMES)
def test_every_part_names_where_it_comes_from(name: str) -> None:
    case = catalog.load(name)
    for path, part in case.based():
        assert part.because or re.search(r"\d{3,4}|GENIUS|ours", part.assumed or ""), path


@pytest.mark.parametrize("name", NAMES)
def test_every_case_says_what_it_is_not_for(name: str) -> None:
    case = catalog.load(name)
    assert case.purpose
    assert case.not_for


@pytest.mark.parametrize("name", DEALS)
def test_everybody_who_signs_has_a_walk_away_and_a_position_on_every_issue(name: str) -> None:
    case = catalog.load(name)
    assert len(case.signatories) >= 2
    for party in case.signatories:
        assert case.walk_away(party)
        assert list(case.positions[party]) == list(case.issues)


@pytest.mark.parametrize("name", NAMES)
def test_packages_pick_an_option_for_every_open_issue(name: str) -> None:
    case = catalog.load(name)
    for package in case.packages.values():
        assert set(package.picks) == {
            key for key, issue in case.issues.items() if issue.agreed is None
        }
        for issue, option in package.picks.items():
            assert option in case.issues[issue].option_ids


@pytest.mark.parametrize("name", NAMES)
def test_every_scenario_fits_its_case(name: str) -> None:
    case = catalog.load(name)
    for scenario in case.scenarios:
        faults = check(apply_scenario(case, scenario), catalog.path(name).parent)
        assert [str(fault) for fault in faults if fault.severity == "error"] == []


@pytest.mark.parametrize("name", ["camp-david-1978-sinai", "trieste-1954"])
def test_a_reconstruction_says_so_at_its_top(name: str) -> None:
    top = catalog.path(name).read_text(encoding="utf-8").split("goodoffices: 1")[0]
    assert "reconstruction" in top
    assert "ours" in top


def test_an_unknown_name_is_told_the_nearest_known_one() -> None:
    with pytest.raises(CaseFileError, match='did you mean "trieste-1954"') as caught:
        catalog.load("triest-1954")
    assert caught.value.faults[0].where == "triest-1954"


def test_a_name_like_none_is_told_all_of_them() -> None:
    with pytest.raises(CaseFileError, match=f"it has {', '.join(NAMES)}"):
        catalog.path("../../secret")


def test_trieste_needs_three_signatures_and_one_is_a_mediator() -> None:
    case = catalog.load("trieste-1954")
    assert case.signatories == ("italy", "yugoslavia", "allies")
    assert case.parties["allies"].role == "mediator"


def test_ampo_and_city_have_1944000_packages() -> None:
    """The number of bids of the GENIUS domain AMPOvsCity."""
    assert combinations(catalog.load(AMPO_CITY)) == 1_944_000


@pytest.mark.parametrize("party", ["ampo", "city"])
def test_the_weights_of_ampo_and_city_add_up_to_100(party: str) -> None:
    weights = [position.weight for position in catalog.load(AMPO_CITY).positions[party].values()]
    assert not any(weight.uncertain for weight in weights)
    assert sum(weight.central for weight in weights) == pytest.approx(100, abs=1e-9)


def test_ampo_and_city_reach_the_published_nash_point() -> None:
    """GENIUS domain AMPOvsCity by full enumeration: (0.706, 0.783) has the largest product.

    The largest product with no-deal values of 0; found here by a walk over all packages that
    keeps, for every value of AMPO to a thousandth of a point, the best value of City.
    """
    case = catalog.load(AMPO_CITY)
    best = {0: 0.0}
    for issue in case.issues:
        ampo, city = case.positions["ampo"][issue], case.positions["city"][issue]
        steps = [
            (
                round(1000 * ampo.weight.central * ampo.values[option].central / 100),
                city.weight.central * city.values[option].central / 100,
            )
            for option in case.issues[issue].option_ids
        ]
        grown: dict[int, float] = {}
        for so_far, other in best.items():
            for mine, theirs in steps:
                key = so_far + mine
                grown[key] = max(grown.get(key, 0.0), other + theirs)
        best = grown
    nash = max(best.items(), key=lambda point: point[0] * point[1])
    assert nash[0] / 1000 == pytest.approx(70.6, abs=1e-9)
    assert nash[1] == pytest.approx(78.3, abs=1e-9)


def evaluations(file: Path) -> list[tuple[float, list[float]]]:
    """Weight and values in per cent, issue by issue, as GENIUS reads them.

    Its readers divide by the largest evaluation of the issue, and a later statement of the same
    option replaces an earlier one.
    """
    objective = ET.parse(file).getroot().find("objective")
    assert objective is not None
    weights = {
        node.get("index"): float(node.get("value", "")) for node in objective.findall("weight")
    }
    found = []
    for issue in objective.findall("issue"):
        stated = {
            item.get("value", ""): float(item.get("evaluation", ""))
            for item in issue.findall("item")
        }
        largest = max(stated.values())
        values = [100 * evaluation / largest for evaluation in stated.values()]
        found.append((100 * weights[issue.get("index")], values))
    return found


@pytest.mark.parametrize("party", ["ampo", "city"])
def test_every_value_of_ampo_and_city_is_that_of_the_domain(party: str, shared_data: Path) -> None:
    """Weights and values of the GENIUS domain AMPOvsCity, option by option."""
    file = shared_data / "genius" / "AMPOvsCity" / f"ampo_vs_city_{party}_space.xml"
    case = catalog.load(AMPO_CITY)
    for issue, (weight, values) in zip(case.issues, evaluations(file), strict=True):
        position = case.positions[party][issue]
        own = [position.values[option].central for option in case.issues[issue].option_ids]
        if party == "city" and issue == "commissioner":
            own.reverse()  # The domain lists the two options of this issue the other way round.
        assert position.weight.central == pytest.approx(weight, abs=1e-9)
        assert own == pytest.approx(values, abs=1e-9), issue
