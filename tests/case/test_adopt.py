"""Drafts taken as if somebody had confirmed them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hypothesis import given

from goodoffices.case import Case, check, parse_case
from goodoffices.case.adopt import adopt
from goodoffices.case.drafts import drafts_of, settled
from tests.case.cases import GONE, SMALL, case_with, write_small
from tests.case.strategies import cases
from tests.case.test_drafts import DRAFT, drafted


def errors(case: Case) -> list[str]:
    return [str(fault) for fault in check(case) if fault.severity == "error"]


def test_drafts_that_hold_together_are_all_used() -> None:
    walk_away = {"by": "coast", "kind": "walk-away", "name": "No deal", **DRAFT}
    adopted = adopt(drafted({"demands/coast-no-deal": walk_away, "packages/draft": GONE}))
    assert adopted.used == 8
    assert adopted.left == {}
    assert drafts_of(adopted.case) == {}
    assert errors(adopted.case) == []


def test_a_draft_with_a_fault_is_left_out_with_what_hangs_on_it() -> None:
    # Without a walk-away the Coast cannot sign, so its demand and its position fall too.
    adopted = adopt(drafted({}))
    assert list(adopted.left)[:3] == ["parties.coast", "positions.coast.road", "demands.road"]
    assert "has no walk-away" in adopted.left["parties.coast"].what
    assert errors(adopted.case) == []


def test_an_issue_that_would_spoil_a_package_of_the_case_is_left_out() -> None:
    adopted = adopt(drafted({}))
    assert adopted.left["issues.road"].where == "packages.draft.picks"
    assert adopted.used > 0
    assert adopted.case.packages == parse_case(SMALL).packages


def test_a_quote_that_is_not_in_its_source_is_left_out(tmp_path: Path) -> None:
    write_small(tmp_path)
    claim = {"class": "fact", "source": "report", "quote": "Nobody said so", "at": 1, **DRAFT}
    case = case_with({"claims/invented": claim})
    assert list(adopt(case, tmp_path).left) == ["claims.invented"]


def test_a_fault_of_what_is_confirmed_stays_a_fault() -> None:
    case = drafted({"demands/stay/by": "nobody"})
    assert any("nobody" in fault for fault in errors(adopt(case).case))


def test_a_case_without_drafts_is_adopted_as_it_is() -> None:
    adopted = adopt(parse_case(SMALL))
    assert adopted.case == parse_case(SMALL)
    assert (adopted.used, dict(adopted.left)) == (0, {})


def test_weights_that_cannot_add_up_leave_the_drafted_positions_out() -> None:
    weight: dict[str, Any] = {"weight": 90, "assumed": "team: x", **DRAFT}
    case = case_with({"positions/office": {"corridor": weight, "days": weight}})
    assert list(adopt(case).left) == ["positions.office.corridor", "positions.office.days"]


@given(cases())
def test_adopting_ends_and_blames_drafts_only(case: Case) -> None:
    drafts = drafts_of(case)
    adopted = adopt(case)
    assert set(adopted.left) <= set(drafts)
    assert {f.where for f in check(adopted.case) if f.severity == "error"} <= {
        f.where for f in check(settled(case)) if f.severity == "error"
    }
    assert drafts_of(adopted.case) == {}
    assert adopted.used + len(adopted.left) <= len(drafts)
