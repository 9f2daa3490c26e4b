"""All eleven GENIUS domains of the shared data, against what full enumeration found.

Golden numbers: `genius/exact.json` of the shared data, computed by listing every package with the
semantics of GENIUS 10's `AdditiveUtilitySpace` (see its SOURCES.md). It has no Kalai-Smorodinsky
point. Its values run from 0 to 1; ours from 0 to 100.
"""

from __future__ import annotations

import json
import math
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from goodoffices.deals.conflicts import conflicts
from goodoffices.deals.draws import Sample, at_face_value
from goodoffices.deals.results import Bargain, FrontierReport
from goodoffices.deals.solving import acceptable, bargain, efficient, frontier_report
from goodoffices.deals.space import compile_space
from goodoffices.deals.zone import survey
from goodoffices.exchange.genius import find_genius, read_genius

DOMAINS = (
    "AcquisitionB",
    "AMPOvsCity",
    "Domain1",
    "EnergyA",
    "EnglandZimbabwe",
    "ItexvsCypress",
    "LaptopA",
    "Lunch",
    "NiceOrDieC",
    "SYAgent",
    "Travel",
)
WITHOUT_A_DEAL = ("Lunch", "NiceOrDieC", "SYAgent")
WITH_A_DEAL = tuple(domain for domain in DOMAINS if domain not in WITHOUT_A_DEAL)
TOLERANCE = 1e-7
"""In points; the file's numbers are sums of other decimals than ours."""
WEIGHT_SUMS = {"SYAgent": (1.1, 1, 1)}
"""One profile's weights add up to 1.1. GENIUS and the file let its values run up to 1.1; a case
brings weights to 100, and the walk-away with them: the same stance on a scale divided by 1.1."""


@pytest.fixture
def genius(shared_data: Path) -> Path:
    return shared_data / "genius"


def scale(domain: str, parties: int) -> NDArray[np.float64]:
    """Return what a case's values are multiplied by to give the file's, per party."""
    return np.array(WEIGHT_SUMS.get(domain, (1,) * parties), dtype=float)


@cache
def exact(genius: Path) -> dict[str, dict[str, Any]]:
    known: dict[str, dict[str, Any]] = json.loads((genius / "exact.json").read_text("utf-8"))
    return known


@cache
def face(genius: Path, domain: str) -> Sample:
    return at_face_value(compile_space(read_genius(*find_genius(genius / domain))))


@cache
def frontier(genius: Path, domain: str) -> FrontierReport:
    return frontier_report(face(genius, domain))


@cache
def bargains(genius: Path, domain: str) -> dict[str, Bargain]:
    return {one.name: one for one in bargain(face(genius, domain))}


def test_every_domain_of_the_file_is_looked_at(genius: Path) -> None:
    assert sorted(exact(genius)) == sorted(DOMAINS)


@pytest.mark.parametrize("domain", DOMAINS)
def test_packages_parties_and_walk_aways_agree(genius: Path, domain: str) -> None:
    known, found = exact(genius)[domain], face(genius, domain)
    assert found.space.packages == known["n"]
    assert found.space.signatories == found.space.deciders == known["parties"]
    floors = found.floors[0] * scale(domain, known["parties"])
    assert floors.tolist() == pytest.approx([100 * r for r in known["r"]], abs=TOLERANCE)
    assert found.space.certain


@pytest.mark.parametrize("domain", DOMAINS)
def test_as_many_packages_meet_every_walk_away(genius: Path, domain: str) -> None:
    assert acceptable(face(genius, domain)) == exact(genius)[domain]["ir"]


@pytest.mark.parametrize("domain", DOMAINS)
def test_the_frontier_comes_as_near_to_everybodys_ideal(genius: Path, domain: str) -> None:
    """`opp` is the least distance of a package to the point where everybody has all."""
    found = frontier(genius, domain)
    assert found.size == len(found.points)
    sums, ideal = scale(domain, len(found.axes)), [100.0] * len(found.axes)
    nearest = min(math.dist(np.array(point.values) * sums, ideal) for point in found.points)
    assert nearest == pytest.approx(100 * exact(genius)[domain]["opp"], abs=TOLERANCE)


@pytest.mark.parametrize("domain", WITH_A_DEAL)
def test_the_frontier_at_or_above_the_walk_aways_has_as_many_points(
    genius: Path, domain: str
) -> None:
    wanted = exact(genius)[domain]["pareto"]
    assert len(efficient(face(genius, domain), 100_000)) == wanted
    assert frontier(genius, domain).within == wanted


@pytest.mark.parametrize("domain", WITH_A_DEAL)
@pytest.mark.parametrize(
    ("name", "key"), [("Nash", "nash"), ("egalitarian", "egal"), ("utilitarian", "util")]
)
def test_the_bargaining_solutions_agree(genius: Path, domain: str, name: str, key: str) -> None:
    found = list(bargains(genius, domain)[name].values.values())
    assert found == pytest.approx(
        [100 * value for value in exact(genius)[domain][key]], abs=TOLERANCE
    )


@pytest.mark.parametrize("domain", WITH_A_DEAL)
def test_kalai_smorodinsky_is_undominated_and_leaves_nobody_a_smaller_share_than_nash(
    genius: Path, domain: str
) -> None:
    found, floors = bargains(genius, domain), face(genius, domain).floors[0]
    space = face(genius, domain).space
    packages = [space.picks(package) for package in efficient(face(genius, domain), 100_000)]
    assert found["Kalai-Smorodinsky"].packages[0] in packages
    best = [
        max(float(face(genius, domain).worth(space.package(package))[0, a]) for package in packages)
        for a in range(space.signatories)
    ]

    def least_share(name: str) -> float:
        values = found[name].values.values()
        return min((v - r) / (top - r) for v, r, top in zip(values, floors, best, strict=True))

    assert least_share("Kalai-Smorodinsky") >= least_share("Nash") - 1e-12


@pytest.mark.parametrize("domain", DOMAINS)
def test_there_is_a_zone_exactly_where_a_package_meets_every_walk_away(
    genius: Path, domain: str
) -> None:
    found = survey(face(genius, domain).space, 1, 0, ladder=False)
    assert found.undecided == 0
    assert found.open.all() == (domain in WITH_A_DEAL)


@pytest.mark.parametrize("domain", WITHOUT_A_DEAL)
def test_where_there_is_no_deal_there_are_conflicts_and_no_packages(
    genius: Path, domain: str
) -> None:
    assert bargains(genius, domain) == {}
    assert efficient(face(genius, domain), 10) == []
    report = conflicts(face(genius, domain))
    assert report.method.how == "exact"
    assert report.conflicts
    assert report.openings
    assert all(opening.package is not None for opening in report.openings)


@pytest.mark.parametrize("domain", WITH_A_DEAL)
def test_where_there_is_a_deal_nothing_conflicts(genius: Path, domain: str) -> None:
    report = conflicts(face(genius, domain))
    assert (report.conflicts, report.openings) == ((), ())


def test_ampo_and_city_have_their_192_points_among_1944000_packages(genius: Path) -> None:
    """Raiffa's contract negotiation: `n` and `pareto` of the file."""
    found = frontier(genius, "AMPOvsCity")
    assert face(genius, "AMPOvsCity").space.packages == 1_944_000
    assert (found.size, found.method.how) == (192, "exact")
