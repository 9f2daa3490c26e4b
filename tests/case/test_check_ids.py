import pytest

from goodoffices.case import build
from goodoffices.case._faults import MOST_HINTS, Hints
from goodoffices.case.check_ids import MOST_WRONG, id_faults
from tests.case.cases import case_with, faults_with

FAULTS = [
    (
        {"claims/serious/source": "repotr"},
        ['claims.serious.source: "repotr" is not a source; did you mean "report"?'],
    ),
    (
        {"claims/serious/about": ["nroth", "days", "farmers", "hawks"]},
        [
            (
                'claims.serious.about: "nroth" is not a party, faction, constituency or issue; '
                'did you mean "north"?'
            )
        ],
    ),
    (
        {"demands/stay/because": ["north-stay", "x"]},
        [
            ('demands.stay.because: "north-stay" is not a claim; did you mean "north-stays"?'),
            (
                'demands.stay.because: "x" is not a claim; known: north-stays, '
                "south-no-troops, serious, reader"
            ),
        ],
    ),
    (
        {"sources/report/camp": "nroth"},
        ['sources.report.camp: "nroth" is not a party; did you mean "north"?'],
    ),
    (
        {"interests/safety/of": "hawk"},
        ['interests.safety.of: "hawk" is not a party or faction; did you mean "hawks"?'],
    ),
    (
        {"interests/safety/served_by": {"coridor": "stay", "corridor": ["sty", "stay"]}},
        [
            (
                'interests.safety.served_by.coridor: "coridor" is not an issue; did you mean '
                '"corridor"?'
            ),
            (
                'interests.safety.served_by.corridor: "sty" is not an option of The corridor; '
                'did you mean "stay"?'
            ),
        ],
    ),
    (
        {"parties/north/constituencies/farmers": {"name": "F", "wants": {"corridor": "x"}}},
        [
            (
                'parties.north.constituencies.farmers.wants.corridor: "x" is not an option of '
                "The corridor; its options are leave, share, stay"
            )
        ],
    ),
    (
        {"positions/norht": {}},
        ['positions.norht: "norht" is not a party or faction; did you mean "north"?'],
    ),
    (
        {"positions/north/dys": {}},
        ['positions.north.dys: "dys" is not an issue; did you mean "days"?'],
    ),
    (
        {"positions/north/corridor/interest": "safty"},
        [('positions.north.corridor.interest: "safty" is not an interest; did you mean "safety"?')],
    ),
    (
        {"positions/north/corridor/wants": "stya"},
        [
            (
                'positions.north.corridor.wants: "stya" is not an option of The corridor; did '
                'you mean "stay"?'
            )
        ],
    ),
    (
        {"positions/north/corridor/values/lave": 3},
        [
            (
                'positions.north.corridor.values.lave: "lave" is not an option of The '
                'corridor; did you mean "leave"?'
            )
        ],
    ),
    (
        {"positions/north/days/values/50": 3},
        [
            (
                'positions.north.days.values.50: "50" is not a number in 0..40; value a few '
                "numbers of its range"
            )
        ],
    ),
    (
        {"positions/north/days/values/0.0": 3},
        ["positions.north.days.values.0.0: 0 is valued twice; remove one of them"],
    ),
    (
        {"positions/north/days/values/soon": 3},
        [
            (
                'positions.north.days.values.soon: "soon" is not a number in 0..40; value a '
                "few numbers of its range"
            )
        ],
    ),
    (
        {"positions/north/days/wants": "above 40"},
        [
            (
                'positions.north.days.wants: "above 40" picks no option of Days until exchange '
                "(0..40 in steps of 10); write a number, 10..30, above 30, below 10, at least "
                "10 or at most 30"
            )
        ],
    ),
    (
        {"demands/stay/by": "nort"},
        ['demands.stay.by: "nort" is not a party or faction; did you mean "north"?'],
    ),
    (
        {"demands/stay/interest": "safe"},
        ['demands.stay.interest: "safe" is not an interest; did you mean "safety"?'],
    ),
    (
        {"demands/stay/refuses": {"corridor": "x"}},
        [
            (
                'demands.stay.refuses.corridor: "x" is not an option of The corridor; its '
                "options are leave, share, stay"
            )
        ],
    ),
    (
        {"demands/no-troops/requires": {"day": "x"}},
        ['demands.no-troops.requires.day: "day" is not an issue; did you mean "days"?'],
    ),
    (
        {"linkages/watch-takes-time/when": {"cor": "x"}},
        [('linkages.watch-takes-time.when.cor: "cor" is not an issue; known: corridor, days')],
    ),
    (
        {
            "linkages/watch-takes-time": {
                "when": {"corridor": "share"},
                "bonus": {"suoth": -5},
                "assumed": "a: b",
            }
        },
        [
            (
                'linkages.watch-takes-time.bonus.suoth: "suoth" is not a party or faction; did '
                'you mean "south"?'
            )
        ],
    ),
    (
        {"trust/in-north/who": "suth"},
        ['trust.in-north.who: "suth" is not a party or faction; did you mean "south"?'],
    ),
    (
        {"trust/in-north/whom": "suth"},
        ['trust.in-north.whom: "suth" is not a party or faction; did you mean "south"?'],
    ),
    (
        {"promises/withdrawal/by": "nrth"},
        [('promises.withdrawal.by: "nrth" is not a party or faction; did you mean "north"?')],
    ),
    (
        {"promises/withdrawal/to": ["soth"]},
        [('promises.withdrawal.to: "soth" is not a party or faction; did you mean "south"?')],
    ),
    (
        {"promises/withdrawal/trust": "in-norht"},
        [('promises.withdrawal.trust: "in-norht" is not a trust level; did you mean "in-north"?')],
    ),
    (
        {"promises/withdrawal/guarantee": {"issue": "day", "kept": {"0": 0.5}}},
        [('promises.withdrawal.guarantee.day: "day" is not an issue; did you mean "days"?')],
    ),
    (
        {"promises/withdrawal/guarantee": {"issue": "days", "kept": {"1": 0.5}}},
        [
            (
                'promises.withdrawal.guarantee.days: "1" picks no option of Days until '
                "exchange (0..40 in steps of 10); write a number, 10..30, above 30, below 10, "
                "at least 10 or at most 30"
            )
        ],
    ),
    (
        {"packages/draft/by": "offic"},
        ['packages.draft.by: "offic" is not a party or faction; did you mean "office"?'],
    ),
    (
        {"packages/draft/picks/corridor": "shares"},
        [
            (
                'packages.draft.picks.corridor: "shares" is not an option of The corridor; did '
                'you mean "share"?'
            )
        ],
    ),
    (
        {"packages/draft/picks/corido": "share"},
        [('packages.draft.picks.corido: "corido" is not an issue; did you mean "corridor"?')],
    ),
    (
        {"issues/corridor/agreed": "leav"},
        [
            (
                'issues.corridor.agreed: "leav" is not an option of The corridor; did you mean '
                '"leave"?'
            )
        ],
    ),
    (
        {"issues/days/agreed": 15},
        [
            (
                'issues.days.agreed: "15" picks no option of Days until exchange (0..40 in '
                "steps of 10); write a number, 10..30, above 30, below 10, at least 10 or at "
                "most 30"
            )
        ],
    ),
    (
        {"parties/south/factions": {"north": "N"}},
        [
            (
                'parties.south.factions.north: "north" already is parties.north; give one of '
                "them another id"
            )
        ],
    ),
    (
        {"parties/south/factions": {"hawks": "N"}},
        [
            (
                'parties.south.factions.hawks: "hawks" already is '
                "parties.north.factions.hawks; give one of them another id"
            )
        ],
    ),
    (
        {"parties/south/constituencies": {"hawks": "N"}},
        [
            (
                'parties.south.constituencies.hawks: "hawks" already is '
                "parties.north.factions.hawks; give one of them another id"
            )
        ],
    ),
]


@pytest.mark.parametrize(("changes", "faults"), FAULTS)
def test_an_unknown_or_ambiguous_name_is_a_fault_with_the_nearest_one(
    changes: dict[str, object], faults: list[str]
) -> None:
    assert faults_with(changes, "error") == faults


def test_a_sound_case_has_no_unknown_name() -> None:
    assert not list(id_faults(case_with({}), Hints()))


def test_a_group_and_an_issue_can_be_what_a_claim_is_about() -> None:
    changes = {"claims/serious/about": ["farmers", "hawks", "north", "days"]}
    assert not list(id_faults(case_with(changes), Hints()))


def test_any_number_of_a_range_can_be_valued() -> None:
    changes = {"positions/north/days/values/12.5": 50}
    assert not list(id_faults(case_with(changes), Hints()))


def test_an_unknown_name_in_an_empty_case_says_that_there_is_none() -> None:
    case = build({"goodoffices": 1, "title": "x", "text_agreed": {"share": 1, "because": "c"}})
    assert [str(fault) for fault in id_faults(case, Hints())] == [
        'text_agreed.because: "c" is not a claim; there is none yet; add it'
    ]


def test_a_long_list_of_wrong_options_gets_its_first_faults_only() -> None:
    wrong = [f"x{number}" for number in range(1000)]
    assert len(faults_with({"positions/north/corridor/wants": wrong}, "error")) == MOST_WRONG


def test_nearest_names_are_looked_up_for_the_first_faults_only() -> None:
    names = [f"nort{number}" for number in range(MOST_HINTS + 10)]
    faults = faults_with({"claims/serious/about": names}, "error")
    assert sum("did you mean" in fault for fault in faults) == MOST_HINTS
    assert len(faults) == len(names)
    assert faults[-1].endswith("known: north, south, office, hawks, farmers, corridor, days")


def test_what_is_agreed_is_one_option_and_not_a_range() -> None:
    faults = faults_with({"issues/days/agreed": "0..10"}, "error")
    found = [fault for fault in faults if fault.startswith("issues.days.agreed:")]
    assert len(found) == 1
    assert '"0..10" picks 2 options, and only one can hold; name one, such as 0' in found[0]


def test_other_places_and_originals_name_sources_that_are_there() -> None:
    changes: dict[str, object] = {
        "claims/north-stays/also": {"source": "repor", "quote": "We will not leave"},
        "sources/letter/copy_of": "leter",
    }
    assert faults_with(changes, "error") == [
        'sources.letter.copy_of: "leter" is not a source; did you mean "letter"?',
        'claims.north-stays.also: "repor" is not a source; did you mean "report"?',
    ]
