import re
import subprocess
import sys
from importlib.metadata import version

import pytest

import goodoffices

# Whoever adds or removes a public name changes this list, and says so in the changelog.
PUBLIC = [
    "Case",
    "Deals",
    "MovesReport",
    "OutlookReport",
    "__version__",
    "check_file",
    "parse_case",
    "read_case",
    "render_brief",
    "save_case",
]


def test_the_public_names_are_these_and_no_others() -> None:
    assert sorted(goodoffices.__all__) == sorted(PUBLIC)


@pytest.mark.parametrize("name", PUBLIC)
def test_every_public_name_can_be_had_and_is_listed(name: str) -> None:
    assert getattr(goodoffices, name) is not None
    assert name in dir(goodoffices)


def test_a_name_that_is_not_public_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match=r"'goodoffices' has no attribute 'no_such_name'"):
        _ = goodoffices.no_such_name


def test_the_version_is_the_one_installed() -> None:
    assert re.fullmatch(r"\d+\.\d+\.\d+(\.?(a|b|rc|dev)\d+)?", goodoffices.__version__)
    assert goodoffices.__version__ == version("goodoffices")


def test_importing_the_package_loads_nothing_heavy() -> None:
    # A module list is exact where a stopwatch is noisy: what is not loaded costs no time.
    heavy = {"jinja2", "numba", "numpy", "pydantic", "rich", "ruamel", "typer"}
    code = "import sys, goodoffices; print(*sorted({name.split('.')[0] for name in sys.modules}))"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    assert "goodoffices" in loaded
    assert heavy.isdisjoint(loaded)
