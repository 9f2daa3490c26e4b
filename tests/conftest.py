"""What every test may use: hypothesis profiles, and the shared data beside a checkout.

Some tests compare the package with larger public data sets. These are not in the repository;
they are looked for beside the checkout, or where the variable GOODOFFICES_SHARED says. A test
that asks for them by fixture is skipped, with that reason, where they are not.

The hypothesis profile is chosen by HYPOTHESIS_PROFILE, else `ci` where CI is set, else `default`.
"""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parent.parent

# A deadline would fail a test for the machine's noise, not for its own fault; the first example
# also pays for compiling kernels, which no health check should call slow.
settings.register_profile(
    "default", max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
# The same examples on every run, and a printed recipe for the one that failed.
settings.register_profile(
    "ci", settings.get_profile("default"), derandomize=True, database=None, print_blob=True
)
settings.register_profile("thorough", settings.get_profile("default"), max_examples=1000)
settings.load_profile(
    os.environ.get("HYPOTHESIS_PROFILE") or ("ci" if os.environ.get("CI") else "default")
)


def _shared(part: str) -> Path:
    place = Path(os.environ.get("GOODOFFICES_SHARED") or ROOT.parent / "shared") / part
    if not place.is_dir():
        pytest.skip(f"needs ../shared/{part}, which is not beside this checkout")
    return place


@pytest.fixture(scope="session")
def root() -> Path:
    """The root of the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of the public data sets."""
    return _shared("data")


@pytest.fixture(scope="session")
def shared_seed() -> Path:
    """The folder of the text that the shipped case reports."""
    return _shared("seed")
