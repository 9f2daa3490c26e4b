import pytest

from goodoffices.case.check_gaps import gap_faults
from tests.case.cases import GONE, case_with, faults_with

WARNINGS = [
    (
        {"as_of": "unknown"},
        [
            (
                "as_of: the day up to which the case is right is missing; add it, or say from "
                "what it is inferred"
            )
        ],
    ),
    (
        {"as_of": {"date": "2024-01-01", "inferred": "from the text"}},
        [("as_of: the day up to which the case is right is inferred: from the text; confirm it")],
    ),
    (
        {"sources/report/date": GONE},
        [
            (
                "sources.report.date: the day of the source is missing; add it, or say from "
                "what it is inferred"
            )
        ],
    ),
    (
        {"sources/report/camp": "north"},
        [
            (
                "sources: every source that speaks from a side speaks from north's; look for a "
                "source from another side"
            )
        ],
    ),
    (
        {"claims/south-no-troops/speaker": "an aide"},
        [
            ("claims: of the principals, only north speaks; look for the words of the others"),
            (
                "parties.south: unheard: no claim is South's own word; add a claim with it as "
                "the `speaker`"
            ),
        ],
    ),
    (
        {"claims/south-no-troops/speaker": "suoth"},
        [
            ("claims: of the principals, only north speaks; look for the words of the others"),
            (
                "parties.south: unheard: no claim is South's own word; add a claim with it as "
                "the `speaker`"
            ),
            (
                'claims.south-no-troops.speaker: "suoth" is nobody\'s id, and is read as words; '
                'did you mean "south"?'
            ),
        ],
    ),
    (
        {"claims/serious/speaker": "somebody"},
        [
            (
                "parties.office: unheard: no claim is The mediator's own word; add a claim "
                "with it as the `speaker`"
            )
        ],
    ),
    (
        {"claims": {}, "interests": {}},
        [
            (
                "claims: no claim: every number is assumed, and nobody is heard; add what the "
                "parties said, with source and quote"
            )
        ],
    ),
    (
        {"demands/stay/interest": GONE},
        [
            (
                "demands.stay: no interest behind the red line; add `interest:`, what the "
                "party needs it for"
            )
        ],
    ),
    (
        {"demands/stay/firmness": GONE},
        [
            (
                "demands.stay: no firmness, so it is read as unknown; add `firmness:`, the "
                "probability that it truly binds"
            )
        ],
    ),
    (
        {"demands/no-troops/because": "south-no-troops"},
        ["claims.serious: no part of the case rests on it; name it in `because:`"],
    ),
    (
        {"positions/north/days": GONE},
        [
            (
                "positions.north.days: north must accept, and has no position on days; add "
                "one; its fields may be `unknown`"
            )
        ],
    ),
    (
        {"positions/north/days/values": {"0": 100}},
        [("positions.north.days: values only one option; the rest is unknown; add `values:`")],
    ),
    (
        {"positions/north/days/values": {}},
        ["positions.north.days: values no option; the rest is unknown; add `values:`"],
    ),
    (
        {"claims/guess": {"class": "assumption", "note": "x"}},
        [
            "claims.guess: does not say who assumes it; add `speaker:`",
            "claims.guess: no part of the case rests on it; name it in `because:`",
        ],
    ),
    (
        {"interests/calm/because": GONE},
        [("interests.calm: rests on no claim and no assumption; add `because:` or `assumed:`")],
    ),
    ({"demands/south-no-deal/value": GONE}, []),
]


@pytest.mark.parametrize(("changes", "faults"), WARNINGS)
def test_a_gap_that_a_careful_reader_sees_is_a_warning(
    changes: dict[str, object], faults: list[str]
) -> None:
    assert faults_with(changes, "warning") == faults


def test_two_camps_are_not_one_sided() -> None:
    changes = {"sources/report/camp": "north", "sources/letter/camp": "south"}
    assert faults_with(changes, "warning") == []


def test_a_demand_of_no_agreement_needs_no_interest() -> None:
    case = case_with({})
    assert not any("no-deal: no interest" in str(fault) for fault in gap_faults(case))


def test_an_agreed_issue_needs_no_position() -> None:
    changes = {"issues/days/agreed": 20, "positions/north/days": GONE, "positions/south/days": GONE}
    assert faults_with(changes, "warning") == []


def test_a_mediator_needs_no_position() -> None:
    assert not any("positions.office" in str(fault) for fault in gap_faults(case_with({})))


def test_an_opinion_is_shown_and_need_not_be_used() -> None:
    assert not any(fault.where == "claims.reader" for fault in gap_faults(case_with({})))
