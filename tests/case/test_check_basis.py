import pytest

from goodoffices.case.check_basis import basis_faults, numbers_of
from tests.case.cases import GONE, case_with, faults_with

FAULTS = [
    (
        {"positions/south/corridor/assumed": GONE},
        [
            (
                "positions.south.corridor: `weight` and `values` rest on no claim and no "
                'assumption; add `because:` with claims, or `assumed: "who: why"`'
            )
        ],
    ),
    (
        {"demands/north-no-deal/assumed": GONE},
        [
            (
                "demands.north-no-deal: `value` rests on no claim and no assumption; add "
                '`because:` with claims, or `assumed: "who: why"`'
            )
        ],
    ),
    (
        {"demands/no-troops/assumed": GONE, "demands/no-troops/because": GONE},
        [
            (
                "demands.no-troops: `firmness` rests on no claim and no assumption; add "
                '`because:` with claims, or `assumed: "who: why"`'
            )
        ],
    ),
    (
        {"linkages/watch-takes-time": {"when": {"corridor": "share"}, "bonus": {"south": -5}}},
        [
            (
                "linkages.watch-takes-time: `bonus` rests on no claim and no assumption; add "
                '`because:` with claims, or `assumed: "who: why"`'
            )
        ],
    ),
    (
        {"promises/withdrawal/assumed": GONE},
        [
            (
                "promises.withdrawal: `guarantee` rests on no claim and no assumption; add "
                '`because:` with claims, or `assumed: "who: why"`'
            )
        ],
    ),
    (
        {"trust/in-north/assumed": GONE},
        [
            (
                "trust.in-north: `kept` rests on no claim and no assumption; add `because:` "
                'with claims, or `assumed: "who: why"`'
            )
        ],
    ),
    (
        {"text_agreed/assumed": GONE},
        [
            (
                "text_agreed: `share` rests on no claim and no assumption; add `because:` with "
                'claims, or `assumed: "who: why"`'
            )
        ],
    ),
    (
        {"issues/days/assumed": GONE},
        [
            (
                "issues.days: `range` rests on no claim and no assumption; add `because:` with "
                'claims, or `assumed: "who: why"`'
            )
        ],
    ),
    (
        {"scenarios/watched/assumed": GONE},
        [
            (
                "scenarios.watched: `set` rests on no claim and no assumption; add `because:` "
                'with claims, or `assumed: "who: why"`'
            )
        ],
    ),
    (
        {"trust/in-north/assumed": "no record"},
        [
            (
                'trust.in-north.assumed: "no record" does not say who assumes it and why; '
                'write `assumed: "team: no figure was reported"`'
            )
        ],
    ),
    (
        {"trust/in-north/assumed": ": no record"},
        [
            (
                'trust.in-north.assumed: ": no record" does not say who assumes it and why; '
                'write `assumed: "team: no figure was reported"`'
            )
        ],
    ),
    (
        {"trust/in-north/assumed": "team:"},
        [
            (
                'trust.in-north.assumed: "team:" does not say who assumes it and why; write '
                '`assumed: "team: no figure was reported"`'
            )
        ],
    ),
    (
        {"claims/serious/quote": GONE},
        [
            (
                "claims.serious: a claim of class estimate without quote; add `quote:`, or "
                "make it an assumption"
            )
        ],
    ),
    (
        {"claims/serious/source": GONE},
        [
            (
                "claims.serious: a claim of class estimate without source; add `source:`, or "
                "make it an assumption"
            )
        ],
    ),
    (
        {"claims/serious": {"class": "fact"}},
        [
            (
                "claims.serious: a claim of class fact without source and quote; add `source:` "
                "and `quote:`, or make it an assumption"
            )
        ],
    ),
    (
        {"claims/guess": {"class": "assumption", "speaker": "team"}},
        ["claims.guess: says nothing; add `note:` with what is assumed"],
    ),
    (
        {"demands/stay/because": "reader"},
        [
            (
                'demands.stay.because: "reader" is of class opinion, and opinion is no '
                "evidence; rest it on another claim, or on `assumed:`"
            )
        ],
    ),
    (
        {"sources/report/kind": "comment"},
        [
            (
                'interests.safety.because: "north-stays" is from a comment, and opinion is no '
                "evidence; rest it on another claim, or on `assumed:`"
            ),
            (
                'interests.calm.because: "south-no-troops" is from a comment, and opinion is '
                "no evidence; rest it on another claim, or on `assumed:`"
            ),
            (
                'positions.north.corridor.because: "north-stays" is from a comment, and '
                "opinion is no evidence; rest it on another claim, or on `assumed:`"
            ),
            (
                'demands.stay.because: "north-stays" is from a comment, and opinion is no '
                "evidence; rest it on another claim, or on `assumed:`"
            ),
            (
                'demands.no-troops.because: "south-no-troops" is from a comment, and opinion '
                "is no evidence; rest it on another claim, or on `assumed:`"
            ),
            (
                'demands.no-troops.because: "serious" is from a comment, and opinion is no '
                "evidence; rest it on another claim, or on `assumed:`"
            ),
        ],
    ),
]


@pytest.mark.parametrize(("changes", "faults"), FAULTS)
def test_what_rests_on_nothing_or_on_opinion_is_a_fault(
    changes: dict[str, object], faults: list[str]
) -> None:
    assert faults_with(changes, "error") == faults


@pytest.mark.parametrize(
    ("changes", "path", "numbers"),
    [
        ({}, "positions.north.corridor", ("weight", "values")),
        ({"positions/north/days": {"weight": None}}, "positions.north.days", ()),
        ({"positions/north/days": {"wants": 0}}, "positions.north.days", ()),
        ({"positions/north/days": {"values": {"0": None}}}, "positions.north.days", ()),
        ({"positions/north/days": {"values": {"0": 0}}}, "positions.north.days", ("values",)),
        ({}, "demands.stay", ("firmness",)),
        ({"demands/stay/firmness": "unknown"}, "demands.stay", ()),
        ({}, "demands.north-no-deal", ("value",)),
        ({}, "demands.south-no-deal", ()),
        ({}, "linkages.watch-takes-time", ()),
        ({}, "trust.in-north", ("kept",)),
        ({"trust/in-north/kept": None}, "trust.in-north", ()),
        ({}, "promises.withdrawal", ("guarantee",)),
        ({"promises/withdrawal/guarantee": None}, "promises.withdrawal", ()),
        ({}, "text_agreed", ("share",)),
        ({}, "issues.days", ("range",)),
        ({}, "issues.corridor", ()),
        ({}, "interests.safety", ()),
        ({}, "scenarios.watched", ("set",)),
        ({}, "parties.north.constituencies.farmers", ()),
    ],
)
def test_a_node_is_asked_why_for_its_numbers(
    changes: dict[str, object], path: str, numbers: tuple[str, ...]
) -> None:
    assert numbers_of(dict(case_with(changes).based())[path]) == numbers


def test_what_is_unknown_needs_no_reason() -> None:
    changes = {"trust/in-north": {"who": "south", "whom": "north", "kept": "unknown"}}
    assert faults_with(changes, "error") == []


def test_a_claim_alone_carries_a_number() -> None:
    assert faults_with({"demands/stay/assumed": GONE}, "error") == []


def test_an_assumption_needs_neither_source_nor_quote() -> None:
    claim = {"class": "assumption", "speaker": "team", "note": "weeks, not days"}
    assert faults_with({"claims/guess": claim}, "error") == []


def test_an_opinion_that_nothing_rests_on_is_no_fault() -> None:
    assert list(basis_faults(case_with({}))) == []
