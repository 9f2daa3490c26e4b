import pytest

from tests.case.cases import GONE, faults_with

FAULTS = [
    (
        {"positions/south/corridor/weight": 80},
        [
            (
                "positions.south: its weights over all 2 issues add up to 110, not to 100; "
                "lower some of them"
            )
        ],
    ),
    (
        {"positions/south/corridor/weight": "0..10"},
        [
            (
                "positions.south: its weights over all 2 issues add up to 30..40, not to 100; "
                "raise some of them"
            )
        ],
    ),
    (
        {"positions/hawks/days": GONE, "positions/hawks/corridor/weight": 10},
        [
            (
                "positions.hawks: its weights over all 2 issues add up to 50..70, not to 100; "
                "raise some of them"
            )
        ],
    ),
    (
        {"demands/stay/refuses": {"corridor": ["leave", "share", "stay"]}},
        ["demands.stay: leaves no option of corridor; leave it at least one option"],
    ),
    (
        {"demands/stay/refuses": {"corridor": []}},
        ["demands.stay.refuses.corridor: refuses nothing; name an option"],
    ),
    (
        {"demands/no-troops/requires": {"corridor": []}},
        ["demands.no-troops: leaves no option of corridor; leave it at least one option"],
    ),
    (
        {"demands/no-troops/requires": {"corridor": ["leave", "share", "stay"]}},
        [
            (
                "demands.no-troops.requires.corridor: requires any option of corridor, and so "
                "rules out none; name fewer options"
            )
        ],
    ),
    (
        {"demands/stay/refuses": {"corridor": ["leave", "share", "stay"], "days": "0..40"}},
        ["demands.stay: refuses every package; leave at least one option"],
    ),
    (
        {"demands/stay/requires": {"corridor": "leave"}},
        ["demands.stay: leaves no option of corridor; leave it at least one option"],
    ),
    (
        {"demands/north-no-deal": GONE},
        [
            (
                "parties.north: must accept a package, and has no walk-away; add a demand with "
                "`by: north`, `kind: walk-away`; its value may be `unknown`"
            )
        ],
    ),
    (
        {"demands/other": {"by": "north", "kind": "walk-away", "name": "x"}},
        [
            (
                "demands.other: north has a walk-away already, north-no-deal; remove one, or "
                "give it to a faction"
            )
        ],
    ),
    (
        {"parties/south/role": "bystander"},
        [
            (
                "parties: only one party must accept a package; give two parties `role: "
                "principal` or `must_accept: true`"
            )
        ],
    ),
    (
        {"parties/south/role": "bystander", "parties/north/must_accept": False},
        [
            (
                "parties: no party must accept a package; give two parties `role: principal` "
                "or `must_accept: true`"
            )
        ],
    ),
    (
        {
            "issues": {},
            "positions": {},
            "demands": {},
            "linkages": {},
            "promises": {},
            "packages": {},
            "interests": {},
            "scenarios": {},
        },
        [
            "issues: there is no issue to settle; name at least one",
            (
                "parties.north: must accept a package, and has no walk-away; add a demand with "
                "`by: north`, `kind: walk-away`; its value may be `unknown`"
            ),
            (
                "parties.south: must accept a package, and has no walk-away; add a demand with "
                "`by: south`, `kind: walk-away`; its value may be `unknown`"
            ),
        ],
    ),
    (
        {"packages/draft/picks/days": GONE},
        [
            (
                "packages.draft.picks: picks no option for days, which is open; add `days:` "
                "with one of its options"
            )
        ],
    ),
    (
        {"packages/draft/picks/days": "10..30"},
        ['packages.draft.picks.days: "10..30" picks 3 options; a package picks one'],
    ),
    ({"promises/withdrawal/to": []}, ["promises.withdrawal.to: is made to nobody; name a party"]),
    (
        {"promises/withdrawal/to": ["north"]},
        ["promises.withdrawal.to: is made to the one who makes it; name another party"],
    ),
    (
        {"promises/withdrawal/delivers": {"corridor": []}},
        ["promises.withdrawal.delivers: delivers nothing; name an option"],
    ),
    (
        {"promises/withdrawal/delivers": {}},
        ["promises.withdrawal.delivers: delivers nothing; name an option"],
    ),
    (
        {"promises/withdrawal/guarantee": {"issue": "corridor", "kept": {"stay": 0.5}}},
        [
            (
                "promises.withdrawal.guarantee.issue: corridor is what is promised, and cannot "
                "guarantee itself; name another issue"
            )
        ],
    ),
    (
        {"linkages/watch-takes-time/when": {}},
        [("linkages.watch-takes-time.when: names no issue; name the options that it hangs on")],
    ),
    (
        {"linkages/watch-takes-time/requires": {"corridor": "stay"}},
        [
            (
                "linkages.watch-takes-time: ties corridor to itself; a linkage ties options of "
                "different issues"
            )
        ],
    ),
    (
        {"linkages/watch-takes-time/when": {"corridor": []}},
        ["linkages.watch-takes-time.when.corridor: picks nothing; name an option"],
    ),
]


@pytest.mark.parametrize(("changes", "faults"), FAULTS)
def test_what_the_parties_cannot_mean_is_a_fault(
    changes: dict[str, object], faults: list[str]
) -> None:
    assert faults_with(changes, "error") == faults


WARNINGS = [
    (
        {"issues/corridor/agreed": "stay"},
        [
            (
                "demands.no-troops: rules out stay, which corridor has as agreed; see which of "
                "the two still holds"
            ),
            (
                'packages.draft.picks.corridor: "share" is not "stay", which is agreed; pick '
                "what is agreed, or remove `agreed`"
            ),
        ],
    ),
    (
        {
            "demands/more": {
                "by": "north",
                "kind": "red line",
                "name": "m",
                "refuses": {"corridor": ["share", "stay"]},
                "firmness": 0.4,
                "assumed": "a: b",
                "interest": "safety",
            }
        },
        [
            (
                "demands.stay: stay and more together leave north no option of corridor; see "
                "whether both can be meant"
            )
        ],
    ),
    (
        {"trust/in-north/whom": "office"},
        [
            (
                "promises.withdrawal.trust: in-north is south's trust in office, not a "
                "receiver's in north; name the trust of those who receive it"
            )
        ],
    ),
]


@pytest.mark.parametrize(("changes", "faults"), WARNINGS)
def test_what_they_may_not_mean_is_a_warning(changes: dict[str, object], faults: list[str]) -> None:
    assert faults_with(changes, "warning") == faults


@pytest.mark.parametrize("weight", [69, 70, 71, "0..100", "unknown", "60..65..80"])
def test_weights_that_can_add_up_to_about_100_are_no_fault(weight: object) -> None:
    assert faults_with({"positions/south/corridor/weight": weight}, "error") == []


def test_a_missing_position_may_have_any_weight() -> None:
    changes = {"positions/south/days": GONE, "positions/south/corridor/weight": 10}
    assert faults_with(changes, "error") == []


def test_a_faction_adds_up_its_partys_weights_where_it_has_none() -> None:
    assert faults_with({"positions/hawks/days": GONE}, "error") == [
        (
            "positions.hawks: its weights over all 2 issues add up to 120..140, not to 100; "
            "lower some of them"
        )
    ]


def test_a_faction_may_have_a_walk_away_beside_its_partys() -> None:
    demand = {"by": "hawks", "kind": "walk-away", "name": "x"}
    assert faults_with({"demands/hawks-no-deal": demand}, "error") == []


def test_a_demand_may_refuse_options_of_two_issues_together() -> None:
    both = {"corridor": ["leave", "share", "stay"], "days": "at least 20"}
    assert faults_with({"demands/stay/refuses": both}, "error") == []


def test_a_package_may_leave_out_what_is_agreed() -> None:
    changes = {"issues/days/agreed": 20, "packages/draft/picks/days": GONE}
    assert faults_with(changes, "error") == []


@pytest.mark.parametrize(
    "path",
    ["demands/stay/refuses/corridor", "issues/corridor/agreed", "packages/draft/picks/corridor"],
)
def test_an_option_that_is_unknown_is_said_once(path: str) -> None:
    assert len(faults_with({path: "x"}, "error")) == 1
