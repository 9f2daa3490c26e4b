import numpy as np
import pytest
from hypothesis import given, settings

from goodoffices.case import Case
from goodoffices.moves.model import compile_model
from goodoffices.moves.needed import MOST_REVERSALS, changes_for
from goodoffices.moves.results import ChangeReport
from goodoffices.moves.stability import Concept, analyse_stability
from goodoffices.moves.telling import Teller
from tests.moves.cases import PRISONERS, conflict, river
from tests.property.cases_of_moves import cases_of_moves


def needed(case: Case, pattern: str) -> dict[tuple[Concept, str], ChangeReport]:
    teller = Teller(compile_model(case))
    target = [teller.graph.pattern(s) for s in range(teller.graph.n)].index(pattern)
    found = changes_for(teller, [target], lambda _: None)
    return {(one.concept, one.measure): one for one in found}


def test_silence_takes_one_swap_of_each_prisoner() -> None:
    report = needed(conflict(PRISONERS), "YY")[Concept.NASH, "swaps"]
    assert (report.fewest, report.count, report.method.how) == (2, 1, "exact")
    (alternative,) = report.alternatives
    assert [(c.by, c.distance, c.reversals) for c in alternative.changes] == [
        ("row", 1, (("YY", "NY"),)),
        ("column", 1, (("YY", "YN"),)),
    ]
    assert alternative.changes[0].text == (
        "Row would have to prefer “Agreement” to the status quo with Column taking “B”"
    )


def test_an_equilibrium_needs_no_change() -> None:
    report = needed(conflict(PRISONERS), "YY")[Concept.SEQ, "swaps"]
    assert report.fewest == 0
    assert [one.changes for one in report.alternatives] == [()]


def test_statements_are_counted_only_where_somebody_has_them() -> None:
    assert set(needed(conflict(PRISONERS), "YY")) == {(c, "swaps") for c in Concept}
    assert set(needed(river(), "YNYN")) == {
        (c, measure) for c in Concept for measure in ("swaps", "statements")
    }


def test_a_statement_that_moves_is_told_with_its_new_place() -> None:
    case = conflict(
        {
            "options": {"a": {"by": "x"}, "b": {"by": "y"}},
            "preferences": {
                "x": {"statements": ["a", "not a if b", "not b"]},
                "y": {"statements": "b"},
            },
        }
    )
    report = needed(case, "NY")[Concept.NASH, "statements"]
    assert report.fewest == 1
    (change,) = report.alternatives[0].changes
    assert change.by == "x"
    assert change.statements in {(2, 1, 3), (2, 3, 1)}
    assert change.text in {
        "X would have to put “not a if b” before “a”",
        "X would have to put “a” before “not b”",
    }
    assert change.reversals == ()


def test_a_statement_may_go_last() -> None:
    case = conflict(
        {
            "options": {"a": {"by": "x"}, "b": {"by": "x"}},
            "preferences": {"x": {"statements": ["a", "not a and not b"]}},
        }
    )
    (alternative,) = needed(case, "NN")[Concept.NASH, "statements"].alternatives
    assert alternative.changes[0].text in {
        "X would have to put “not a and not b” before “a”",
        "X would have to put “a” last",
    }


def test_where_no_order_of_statements_will_do_that_is_said() -> None:
    case = conflict(
        {
            "options": {"a": {"by": "x"}, "b": {"by": "y"}},
            "preferences": {"x": {"statements": "a"}, "y": {"statements": "b"}},
        }
    )
    report = needed(case, "NN")[Concept.NASH, "statements"]
    assert report.fewest is None
    assert report.alternatives == ()
    assert report.method.how == "exact"


def test_many_reversals_are_cut_and_the_words_say_how_many() -> None:
    options = {f"o{n}": {"by": "x"} for n in range(5)}
    options["p"] = {"by": "y"}
    statements = [f"o{n}" for n in range(5)]
    case = conflict(
        {
            "options": options,
            "preferences": {"x": {"statements": statements}, "y": {"statements": "p"}},
        }
    )
    report = needed(case, "NNNNNY")[Concept.NASH, "swaps"]
    (change,) = report.alternatives[0].changes
    assert change.distance == 31
    assert len(change.reversals) == MOST_REVERSALS
    assert "in all, 31 pairs of states the other way round" in change.text


def test_a_search_cut_short_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("goodoffices.moves.needed.MOST_TRIED", 2)
    case = conflict(
        {
            "options": {name: {"by": "x" if name < "c" else "y"} for name in "abcd"},
            "preferences": {
                "x": {"statements": ["a", "b", "c", "d"]},
                "y": {"statements": ["c", "d", "a", "b"]},
            },
        }
    )
    report = needed(case, "NNNN")[Concept.GMR, "swaps"]
    assert report.method.how == "bounded"
    assert "a smaller change may do" in report.method.note
    assert report.fewest is not None
    assert report.at_least < report.fewest
    assert report.count == 0
    # Under Nash the least change is known without a search.
    nash = needed(case, "NNNN")[Concept.NASH, "swaps"]
    assert (nash.method.how, nash.fewest) == ("exact", report.fewest)


def test_of_several_targets_the_nearest_is_told_and_those_as_near_beside_it() -> None:
    teller = Teller(compile_model(conflict(PRISONERS)))
    every = {
        (one.concept, one.measure, one.target): one.fewest
        for s in range(4)
        for one in changes_for(teller, [s], lambda _: None)
    }
    for one in changes_for(teller, range(4), lambda _: None):
        sizes = {s: every[one.concept, one.measure, teller.graph.pattern(s)] for s in range(4)}
        least = [teller.graph.pattern(s) for s in range(4) if sizes[s] == one.fewest]
        assert one.fewest == min(size for size in sizes.values() if size is not None)
        assert {one.target, *one.others} == set(least)
        assert one.method.how == "exact"


@settings(max_examples=25)
@given(cases_of_moves())
def test_a_weaker_sense_of_stable_takes_no_greater_change(case: Case) -> None:
    model = compile_model(case)
    targets = model.named["agreement"].tolist()
    found = {
        (one.concept, one.measure): one
        for one in changes_for(Teller(model), targets, lambda _: None)
    }
    pairs = [
        (Concept.GMR, Concept.SMR), (Concept.GMR, Concept.SEQ), (Concept.SEQ, Concept.SSEQ),
        (Concept.SMR, Concept.SSEQ), (Concept.SSEQ, Concept.NASH),
    ]  # fmt: skip
    for measure in {measure for _, measure in found}:
        for weak, strong in pairs:
            one, other = found[weak, measure], found[strong, measure]
            if other.fewest is not None and other.method.how == one.method.how == "exact":
                assert one.fewest is not None
                assert one.fewest <= other.fewest


def test_of_more_targets_than_may_be_looked_at_the_first_are_and_that_is_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("goodoffices.moves.needed.MOST_LOOKED", 8)
    teller = Teller(compile_model(conflict(PRISONERS)))
    for one in changes_for(teller, [3, 1, 0], lambda _: None):
        assert one.target in ("YY", "YN")
        assert one.at_least == 0
        assert one.method.note == "2 of 3 states of the target were looked at"


@settings(max_examples=25)
@given(cases_of_moves())
def test_orders_of_statements_that_are_told_make_the_target_an_equilibrium(case: Case) -> None:
    model = compile_model(case)
    teller = Teller(model)
    target = int(model.named["agreement"][0])
    for report in changes_for(teller, [target], lambda _: None):
        if report.measure != "statements" or report.method.how != "exact":
            continue
        for alternative in report.alternatives:
            preferences = dict(model.moves.preferences)
            for change in alternative.changes:
                today = preferences[change.by].statements
                new = tuple(today[j - 1] for j in change.statements)
                preferences[change.by] = preferences[change.by].model_copy(
                    update={"statements": new}
                )
            moves = model.moves.model_copy(update={"preferences": preferences})
            changed = compile_model(case.model_copy(update={"moves": moves}))
            stability = analyse_stability(changed.graph, changed.ranks)
            assert stability.for_all(report.concept)[target]


@settings(max_examples=25)
@given(cases_of_moves())
def test_reversals_are_pairs_that_stand_the_other_way_today(case: Case) -> None:
    model = compile_model(case)
    teller = Teller(model)
    patterns = [model.graph.pattern(s) for s in range(model.graph.n)]
    target = int(model.named["agreement"][0])
    for report in changes_for(teller, [target], lambda _: None):
        told = [change for one in report.alternatives for change in one.changes]
        assert all(change.text.startswith("Dm") for change in told)
        if report.fewest == 0:
            held = analyse_stability(model.graph, model.ranks).for_all(report.concept)
            assert held[target]
        for change in told:
            rank = model.ranks[model.graph.decision_maker(change.by)]
            for above, below in change.reversals:
                assert rank[patterns.index(above)] < rank[patterns.index(below)]
            if report.measure == "swaps":
                assert len(change.reversals) == min(change.distance, MOST_REVERSALS)
    assert np.array_equal(teller.ranks, model.ranks)
