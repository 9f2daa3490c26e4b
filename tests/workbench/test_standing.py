"""Where a package stands, and what can be swept."""

import re
from pathlib import Path

from starlette.testclient import TestClient

from goodoffices.case.file import read_case
from goodoffices.deals.space import compile_space
from goodoffices.workbench.fields import quantity_at


def test_a_package_is_drawn_against_the_frontier_with_who_would_rather_not(
    browser: TestClient,
) -> None:
    page = browser.get("/packages/assessed").text
    assert 'id="fig-standing-0"' in page
    assert "★" in page
    assert "Who would rather not" in page


def test_every_uncertain_number_of_the_case_can_be_swept_in_words(
    browser: TestClient, case_path: Path
) -> None:
    page = browser.get("/packages").text
    case = read_case(case_path)
    paths = [given.path for given in compile_space(case).inputs]
    offered = re.findall(r'<option value="([a-z]+\.[^"]+)">([^<]+)', page)
    uncertain = {path for path in paths if (known := quantity_at(case, path)) and known.uncertain}
    assert uncertain <= {path for path, _ in offered}
    assert len(offered) == len({path for path, _ in offered})
    assert all(words != path for path, words in offered)
