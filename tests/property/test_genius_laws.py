import re
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.case.model import Case
from goodoffices.errors import ExchangeError
from goodoffices.exchange import find_genius, lost_in_genius, read_genius, write_genius
from tests.exchange.genius_files import (
    domain_xml,
    literal_packages,
    literal_utility,
    profile_xml,
    utilities,
    walk_aways,
    without_basis,
    written,
)

names = (
    st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn"]), min_size=1, max_size=8)
    .map(lambda text: " ".join(text.split()))
    .filter(lambda text: text and text.casefold() != "root")
)
points = st.one_of(st.integers(0, 100), st.floats(0, 100))


# --- Random cases that GENIUS can say -------------------------------------------------------------


@st.composite
def exact_cases(draw: st.DrawFn) -> Case:
    """One to three signatories with exact numbers; options, and ranges of any shape."""
    parties = [f"p{n}" for n in range(draw(st.integers(1, 3)))]
    issues = {f"i{n}": draw(some_issues()) for n in range(draw(st.integers(1, 3)))}
    return Case.model_validate(
        {
            "goodoffices": 1,
            "title": draw(names),
            "parties": {key: {"name": draw(names), "role": "principal"} for key in parties},
            "issues": issues,
            "positions": {key: draw(positions(issues)) for key in parties},
            "demands": {
                f"{key}-goes": {"by": key, "kind": "walk-away", "name": "x", "value": draw(points)}
                for key in parties
                if draw(st.booleans())
            },
        }
    )


@st.composite
def some_issues(draw: st.DrawFn) -> dict[str, Any]:
    kind = draw(st.sampled_from(["options", "integers", "reals", "steps"]))
    if kind == "options":
        listed = draw(st.lists(names, min_size=1, max_size=4, unique=True))
        options = {f"o{n}": name for n, name in enumerate(listed)}
        return {"name": draw(names), "options": options}
    low, span = draw(st.integers(-50, 50)), draw(st.integers(1, 12))
    if kind == "integers":
        return {"name": draw(names), "range": f"{low}..{low + span}"}
    if kind == "reals":
        return {"name": draw(names), "range": f"{low}.0..{low + span}.0", "step": span / 20}
    return {"name": draw(names), "range": f"{low}..{low + 3 * span}", "step": 3}


@st.composite
def positions(draw: st.DrawFn, issues: dict[str, dict[str, Any]]) -> dict[str, Any]:
    shares = [draw(st.integers(1, 50)) for _ in issues]
    found = {}
    for share, (key, issue) in zip(shares, issues.items(), strict=True):
        if "range" in issue:
            low, high = map(float, issue["range"].split(".."))
            # Any number between may have a value of its own, so that the curve bends there.
            numbers = [low, high, *draw(st.lists(st.floats(low, high), max_size=2))]
        else:
            numbers = list(issue["options"])
        values = {str(number): draw(points) for number in numbers}
        # GENIUS stretches the best option to 100: the law is for what it can say.
        values[max(values, key=lambda number: values[number])] = 100
        found[key] = {"weight": 100 * share / sum(shares), "values": values}
    return found


def again(case: Case, *, lossy: bool = False) -> Case:
    with tempfile.TemporaryDirectory() as folder:
        write_genius(case, folder, lossy=lossy)
        return read_genius(*find_genius(folder))


def sayable(case: Case) -> bool:
    """Whether nothing is lost: a bend between two numbers of a list may hold its best value."""
    return not lost_in_genius(case)


@given(exact_cases())
def test_a_case_means_the_same_after_writing_and_reading(case):
    back = again(case, lossy=not sayable(case))
    assert [p.name for p in back.parties.values()] == [p.name for p in case.parties.values()]
    assert [i.name for i in back.issues.values()] == [i.name for i in case.issues.values()]
    if sayable(case):
        for mine, theirs in zip(case.signatories, back.signatories, strict=True):
            assert utilities(back, theirs) == pytest.approx(utilities(case, mine), abs=1e-9)
            key = case.walk_away(mine)
            floor = case.demands[key].worth.central if key is not None else 0
            assert back.demands[str(back.walk_away(theirs))].worth.central == floor


@given(exact_cases())
def test_what_was_read_is_equal_after_writing_and_reading_again(case):
    once = again(case, lossy=not sayable(case))
    assert lost_in_genius(once) == ()
    twice = again(once)
    assert without_basis(twice.model_dump()) == without_basis(once.model_dump())


@given(exact_cases())
def test_a_case_that_was_read_has_no_number_without_a_reason(case):
    back = again(case, lossy=True)
    assert {basis.founded for _, basis in back.based()} == {"assumed"}


# --- Random files ---------------------------------------------------------------------------------

evaluations = st.one_of(st.integers(0, 1000), st.floats(0, 1000).filter(lambda x: not 0 < x < 1e-5))


@st.composite
def files(draw: st.DrawFn) -> tuple[str, list[str]]:
    """A domain of discrete issues and one to three utility spaces."""
    listed = draw(st.lists(names, min_size=1, max_size=3, unique_by=str.casefold))
    issues = {n: draw(st.lists(names, min_size=1, max_size=4, unique=True)) for n in listed}
    profiles = []
    for _ in range(draw(st.integers(1, 3))):
        shares = [draw(st.integers(1, 50)) for _ in issues]
        worth = {n: {item: draw(evaluations) for item in items} for n, items in issues.items()}
        weights = [repr(share / sum(shares)) for share in shares]
        profiles.append(profile_xml(worth, weights, draw(st.floats(0, 1))))
    return domain_xml(issues), profiles


def read(folder: str, domain: str, profiles: list[str]) -> tuple[Case, list[Path]]:
    paths = written(Path(folder), domain=domain, **{f"p{n}": p for n, p in enumerate(profiles)})
    spaces = [paths[f"p{n}"] for n in range(len(profiles))]
    return read_genius(paths["domain"], spaces), [paths["domain"], *spaces]


@given(files())
def test_a_package_is_worth_what_its_file_literally_says(texts):
    with tempfile.TemporaryDirectory() as folder:
        case, (domain, *spaces) = read(folder, *texts)
        packages = list(literal_packages(domain))
        for party, space in zip(case.signatories, spaces, strict=True):
            literal = [literal_utility(space, package) for package in packages]
            assert utilities(case, party) == pytest.approx(literal, abs=1e-9)


@given(files(), st.integers(2, 1000))
def test_the_scale_of_evaluations_does_not_matter(texts, factor):
    """Dividing by the largest evaluation makes 3 of 10 the same as 30 of 100."""
    domain, profiles = texts

    def stretched(text: str) -> str:
        numbers = r'( evaluation=")([^"]+)'
        return re.sub(numbers, lambda found: f"{found[1]}{factor * float(found[2])!r}", text)

    with tempfile.TemporaryDirectory() as folder:
        case, _ = read(folder, domain, profiles)
        other, _ = read(folder, domain, [stretched(text) for text in profiles])
    for party in case.signatories:
        assert utilities(other, party) == pytest.approx(utilities(case, party), abs=1e-9)


@given(files(), st.floats(0.1, 10).filter(lambda factor: abs(factor - 1) > 0.02))
def test_the_scale_of_weights_does_not_matter_beyond_the_walk_away(texts, factor):
    """Weights and reservation value together say what is acceptable, whatever their scale."""
    domain, profiles = texts

    def stretched(text: str) -> str:
        numbers = r'(<(?:weight index="[0-9]+" value|reservation value)=")([^"]+)'
        return re.sub(numbers, lambda found: f"{found[1]}{factor * float(found[2])!r}", text)

    with tempfile.TemporaryDirectory() as folder:
        case, _ = read(folder, domain, profiles)
        other, _ = read(folder, domain, [stretched(text) for text in profiles])
    assert walk_aways(other) == pytest.approx(walk_aways(case), abs=1e-9)
    for party in case.signatories:
        assert utilities(other, party) == pytest.approx(utilities(case, party), abs=1e-9)


@given(files(), st.data())
def test_a_damaged_file_is_read_or_refused_and_never_breaks_the_reader(texts, data):
    domain, profiles = texts
    which = data.draw(st.integers(0, len(profiles)))
    damaged = bytearray([domain, *profiles][which].encode())
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(damaged) - 1))
        length = data.draw(st.integers(0, 20))
        damaged[place : place + length] = data.draw(st.binary(max_size=6))
    with tempfile.TemporaryDirectory() as folder:
        _, paths = read(folder, domain, profiles)
        paths[which].write_bytes(bytes(damaged))
        found = read_or_refused(paths)
    if isinstance(found, Case):
        assert np.isfinite(walk_aways(found)).all()
    else:
        assert ".xml" in found


def read_or_refused(paths: list[Path]) -> Case | str:
    try:
        return read_genius(paths[0], paths[1:])
    except ExchangeError as error:
        return str(error)


@given(st.lists(names, min_size=1, max_size=6))
def test_ids_are_unique_and_of_the_alphabet_of_the_case(listed):
    """A case with an id outside its alphabet can't be made, so that making it is the test."""
    issues = {f"{name} {n}": [name] for n, name in enumerate(listed)}
    worth = {name: dict.fromkeys(items, 1) for name, items in issues.items()}
    with tempfile.TemporaryDirectory() as folder:
        text = profile_xml(worth, [1 / len(issues)] * len(issues))
        case, _ = read(folder, domain_xml(issues), [text])
    assert len({*case.issues, *case.parties, *case.demands}) == len(issues) + 2
