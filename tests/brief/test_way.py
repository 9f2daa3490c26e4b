"""What would have to change, and the risks beside it."""

from dataclasses import replace
from typing import Any

import pytest

from goodoffices.brief.way import (
    list_changes,
    list_first_steps,
    list_risks,
    tabulate_groups,
    tell_way,
)
from goodoffices.deals.results import Method
from goodoffices.deals.share import share
from goodoffices.moves.results import (
    Alternative,
    ChangeReport,
    Move,
    MovesReport,
    PreferenceChange,
    Risk,
    WayReport,
)
from goodoffices.moves.stability import Concept
from tests.brief.cases import deadlock, stuck, words


def way(**changes: Any) -> MovesReport:
    report = stuck()[1]
    assert isinstance(report.way, WayReport)
    return replace(report, way=replace(report.way, **changes))


def change(**changes: Any) -> MovesReport:
    report = stuck()[1]
    one = PreferenceChange(
        by="west", distance=1, reversals=(), statements=(2, 1, 3), text="West would have to."
    )
    given: dict[str, Any] = {
        "target": report.states[1].id,
        "concept": Concept.NASH,
        "measure": "statements",
        "fewest": 1,
        "at_least": 1,
        "alternatives": (Alternative(changes=(one,)),),
        "count": 1,
        "withheld": 0,
        "others": (),
        "method": Method(how="exact"),
    }
    return replace(report, changes=(ChangeReport(**(given | changes)),))


def test_the_target_is_compared_with_the_status_quo_for_each() -> None:
    text = words(tell_way(deadlock(report=way(
        compared={"west": "worse", "east": "better", "norway": "same"}
    ))))  # fmt: skip
    assert "better for East; no different for Norway; worse for West P1 P2 P3." in text


def test_a_closed_way_and_the_single_steps_that_would_open_it_are_told() -> None:
    text = words(tell_way(deadlock()))
    assert "No way leads there on which every move pays the one who makes it." in text
    assert text.endswith("A single first step would open one, if it were taken:")
    (step,), left = list_first_steps(deadlock())
    assert words(step) == (
        "Norway takes “Vouch for both” (a third party), which does not pay it by itself; from "
        "there every move pays: East drops “Patrol”, then West takes “Leave the strip”; the state "
        "where it ends is stable by itself (Nash) P3 M4 P2 M3 P1 M2."
    )
    assert left == ()


def test_an_open_way_is_told_step_by_step_with_what_it_rests_on() -> None:
    report = stuck()[1]
    assert report.way is not None
    path = report.way.first_steps[0].path
    text = words(tell_way(deadlock(report=way(path=path))))
    assert text.endswith(
        "every move pays the one who makes it: East drops “Patrol”, then West takes “Leave the "
        "strip”; the state where it ends is stable by itself (Nash) P2 M3 P1 M2."
    )


def test_a_status_quo_that_is_the_target_needs_no_way() -> None:
    assert words(tell_way(deadlock(report=way(path=())))).endswith("is that state already.")


def test_where_no_single_step_helps_that_is_said() -> None:
    text = words(tell_way(deadlock(report=way(first_steps=()))))
    assert text.endswith("No single first step opens one either.")


def test_a_case_without_an_agreement_among_its_states_looks_for_no_way() -> None:
    given = deadlock(report=replace(stuck()[1], way=None))
    assert "no way to one is looked for" in words(tell_way(given))
    assert list_first_steps(given) == ((), ())


@pytest.mark.parametrize(
    ("withheld", "text"),
    [(1, "One first step would open"), (3, "Three first steps would open")],
)
def test_steps_through_harm_are_counted_and_never_shown(withheld: int, text: str) -> None:
    steps, left = list_first_steps(deadlock(report=way(withheld=withheld)))
    assert words(left).startswith(text)
    assert words(left).endswith("only by a move that adds harm to people; withheld.")
    assert len(steps) == 1


def test_more_first_steps_than_fit_are_counted() -> None:
    report = stuck()[1]
    assert report.way is not None
    steps, left = list_first_steps(deadlock(report=way(first_steps=report.way.first_steps * 9)))
    assert len(steps) == 5
    assert words(left) == "First steps not shown: 4."


def test_a_statement_that_would_move_is_named_with_where_it_would_stand() -> None:
    (text,) = list_changes(deadlock(report=change(count=7)))
    assert words(text).endswith(
        "to be stable by itself (Nash), at the least one statement moved, in 7 ways, one of them: "
        "West would have to put “Leave the strip” if, and only if, “Vouch for both” before not "
        "“Patrol” P1."
    ) or words(text).endswith(
        "West would have to put not “Patrol” before not (“Land at night” or “A raid”) P1."
    )


def test_a_statement_may_move_to_the_end() -> None:
    one = PreferenceChange(by="west", distance=1, reversals=(), statements=(2, 3, 1), text="")
    report = change(alternatives=(Alternative(changes=(one,)),))
    (text,) = list_changes(deadlock(report=report))
    assert words(text).endswith("West would have to put not “Patrol” last P1.")


def test_swaps_are_told_in_the_words_of_the_result() -> None:
    one = PreferenceChange(by="east", distance=2, reversals=(), statements=(), text="East would.")
    report = change(measure="swaps", fewest=2, alternatives=(Alternative(changes=(one,)),))
    (text,) = list_changes(deadlock(report=report))
    assert "at the least two neighbouring places swapped: East would. P2." in words(text)


def test_statements_are_told_rather_than_swaps_where_both_are_known() -> None:
    swaps, statements = (change(measure=m).changes[0] for m in ("swaps", "statements"))
    report = replace(stuck()[1], changes=(swaps, statements))
    (text,) = list_changes(deadlock(report=report))
    assert "statement moved" in words(text)


def test_a_target_that_holds_already_needs_no_change() -> None:
    (text,) = list_changes(deadlock(report=change(fewest=0)))
    assert words(text).endswith("nothing would have to change.")


@pytest.mark.parametrize(("how", "text"), [("exact", "no change would do"), ("bounded", "found")])
def test_where_no_change_is_known_that_is_said(how: str, text: str) -> None:
    method = Method(how=how)  # type: ignore[arg-type]
    (told,) = list_changes(deadlock(report=change(fewest=None, alternatives=(), method=method)))
    assert text in words(told)


def test_a_search_that_ended_early_says_how_far_it_looked() -> None:
    (told,) = list_changes(deadlock(report=change(method=Method(how="bounded"))))
    assert "as far as was looked, one statement moved" in words(told)


@pytest.mark.parametrize(
    ("deterred", "text"),
    [
        ("no", "would pay now, and nothing deters it"),
        ("possibly", "answers that need not pay could deter it"),
        ("credibly", "answers that pay those who give them deter it"),
        (None, "would not pay now"),
    ],
)
def test_a_risk_is_told_as_what_could_be_done_and_what_deters_it(deterred: Any, text: str) -> None:
    move = Move(by="west", source="", target="", takes=("land",), drops=(), gains=True,
                harm=("land",))  # fmt: skip
    risk = Risk(option="land", by="west", move=move, deterred=deterred, pays=None)
    (told,) = list_risks(deadlock(report=replace(stuck()[1], risks=(risk,))))
    assert words(told).startswith("What West could do: “Land at night”; ")
    assert text in words(told)
    assert words(told).endswith(" M1 P1.")


def test_a_risk_whose_worth_is_uncertain_is_told_by_its_share_of_draws() -> None:
    move = Move(by="west", source="", target="", takes=("land",), drops=(), gains=False,
                harm=("land",))  # fmt: skip
    risk = Risk(option="land", by="west", move=move, deterred=None, pays=share(100, 200))
    (told,) = list_risks(deadlock(report=replace(stuck()[1], risks=(risk,))))
    text = words(told)
    assert "; would pay in about 50 % (40 to 60 %) of the draws; it would not pay at f" in text


def test_an_end_where_somebody_would_not_stay_says_who() -> None:
    report = stuck()[1]
    end = report.state(report.status_quo)
    stable = {**end.stable, "west": (), "norway": ()}
    loose = replace(end, equilibrium=(), stable=stable)
    states = tuple(loose if one.id == end.id else one for one in report.states)
    move = Move(by="west", source=report.states[1].id, target=end.id, takes=("land",), drops=(),
                gains=True, harm=())  # fmt: skip
    told = deadlock(report=replace(report, states=states)).standing((move,))
    assert words(told).endswith("ends is not stable: nothing would keep West or Norway there")


def test_concepts_for_which_the_same_is_true_are_told_together() -> None:
    first = change().changes[0]
    same = [replace(first, concept=concept) for concept in Concept]
    (text,) = list_changes(deadlock(report=replace(stuck()[1], changes=tuple(same))))
    assert "stable by itself (Nash), and so too for SSEQ, SEQ, SMR, GMR, at the " in words(text)
    other = replace(first, concept=Concept.GMR, fewest=0)
    two = list_changes(deadlock(report=replace(stuck()[1], changes=(first, other))))
    assert len(two) == 2


def test_a_risk_that_is_out_of_reach_today_is_told_so() -> None:
    risk = Risk(option="land", by="west", move=None, deterred=None, pays=None)
    (told,) = list_risks(deadlock(report=replace(stuck()[1], risks=(risk,))))
    assert "can’t be done from the status quo" in words(told)


def test_groups_that_could_leave_together_are_listed_and_harm_is_marked() -> None:
    table = tabulate_groups(deadlock())
    assert table is not None
    told = [" | ".join(words(cell) for cell in row.cells) for row in table.rows]
    assert told[0].startswith("West and East | “A quiet strip”")
    assert any("▲ a risk: through harm" in line for line in told)


def test_groups_beyond_the_first_are_counted_and_a_bounded_look_is_said() -> None:
    report = stuck()[1]
    groups = replace(report.coalitions, total=50, method=Method(how="bounded", note="only pairs"))
    table = tabulate_groups(deadlock(report=replace(report, coalitions=groups)))
    assert table is not None
    assert words(table.more) == f"Not shown: {50 - len(table.rows)} more. Bounded: only pairs."
    none = replace(groups, leaving=())
    assert tabulate_groups(deadlock(report=replace(report, coalitions=none))) is None
