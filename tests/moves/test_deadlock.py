import pytest

from goodoffices import catalog
from goodoffices.case import Case
from goodoffices.moves import MovesReport, moves
from goodoffices.moves.results import Sentence
from tests.moves.cases import PRISONERS, conflict, river


def why(case: Case, **asked: object) -> tuple[Sentence, Sentence, Sentence]:
    report: MovesReport = moves(case, **asked)  # type: ignore[arg-type]
    who, what, so = report.why
    return who, what, so


def test_a_deadlock_in_which_nobody_gains_is_told_in_three_sentences() -> None:
    who, what, so = why(river())
    assert who.text == "In the status quo nobody could gain by moving alone."
    assert what.text == (
        "For North the best move, taking “Withdraw”, would be a loss; for South the best move, "
        "taking “Lift the blockade”, would be a loss; for The office the best move, taking "
        "“Guarantee it”, would be a loss."
    )
    assert so.text == (
        "So the status quo is stable by itself (Nash); and no way leads to “Troops out”, which "
        "would be better for North, South and The office, on which every move pays the one who "
        "makes it."
    )


def test_each_sentence_says_what_it_rests_on() -> None:
    for sentence in why(river()):
        assert {"moves.preferences.north", "moves.preferences.south"} <= set(sentence.paths)
        assert {"no-word", "trade"} <= set(sentence.because)
        assert "moves.preferences.north" in sentence.assumed
    assert "moves.options.guard" in why(river())[1].paths


def test_a_credible_deterrent_is_told() -> None:
    who, what, so = why(catalog.load("prisoners-dilemma"), scenario="silence")
    assert who.text.startswith("In the status quo First prisoner would gain by dropping “Stay sil")
    assert what.text.startswith(
        "First prisoner must reckon with Second prisoner dropping “Stay silent”, which pays "
        "whoever does it and leaves First prisoner no better off than now;"
    )
    assert so.text == (
        "So the status quo is stable because of what others would do in return, with no way "
        "round it (SSEQ), and it is "
        "“Both are silent” already."
    )


def test_a_deterrent_that_need_not_pay_is_told_as_such() -> None:
    _, what, so = why(catalog.load("elmira-1991"))
    assert "though not every such step need pay whoever takes it" in what.text
    assert so.text.startswith(
        "So the status quo is stable because of what others could do in return, with no way "
        "round it (SMR)"
    )


def test_what_nothing_deters_is_told() -> None:
    who, what, so = why(catalog.load("chicken"))
    assert who.text.count("would gain by taking “Give way”") == 2
    assert what.text == (
        "Nothing that others could do would take that gain back from First driver and Second "
        "driver."
    )
    assert so.text.startswith(
        "So the status quo is not stable: nothing holds First driver and Second driver back"
    )


def test_a_way_that_pays_is_told_step_by_step() -> None:
    *_, so = why(river({"options/guard/taken": True}))
    assert so.text.endswith(
        "; yet moves that each pay the one who makes them lead to “Troops out”: North taking "
        "“Withdraw”, then South taking “Lift the blockade”."
    )
    assert "moves.options.lift" in so.paths


def test_without_a_target_the_verdict_stands_alone() -> None:
    *_, so = why(river({"states": {}, "preferences/north/statements": "lift",
                        "preferences/south/statements": "withdraw",
                        "preferences/office/ranking": ["guard"]}))  # fmt: skip
    assert so.text == "So the status quo is not stable: nothing holds The office back."


def test_who_has_no_move_is_told_so() -> None:
    case = conflict(
        {
            "options": {"a": {"by": "x", "only": "drop"}, "b": {"by": "y"}},
            "preferences": {"x": {"statements": "a"}, "y": {"statements": "not b"}},
        }
    )
    assert why(case)[1].text == (
        "X has no move at all; for Y the best move, taking “B”, would be a loss."
    )


def test_a_move_that_changes_nothing_for_its_mover_is_no_loss() -> None:
    case = conflict(
        {
            "options": {"a": {"by": "x"}, "b": {"by": "y"}},
            "preferences": {"x": {"statements": "b"}, "y": {"statements": "not b"}},
        }
    )
    assert why(case)[1].text.startswith("For X the best move, taking “A”, would make no difference")


def test_more_than_three_who_would_leave_are_counted() -> None:
    options = {f"o{n}": {"by": f"dm{n}"} for n in range(5)}
    preferences = {f"dm{n}": {"statements": f"o{n}"} for n in range(5)}
    who, what, _ = why(conflict({"options": options, "preferences": preferences}))
    assert who.text.endswith("taking “O2”, and 2 other decision makers.")
    assert "2 other decision makers" in what.text


@pytest.mark.parametrize("name", ["cuba-1962", "garrison-1976", "elmira-1991"])
def test_sentences_are_whole_and_neutral(name: str) -> None:
    for sentence in why(catalog.load(name)):
        assert sentence.text[0].isupper()
        assert sentence.text.endswith(".")
        assert ".." not in sentence.text
        assert not {"should", "must accept", "refuses"} & set(sentence.text.lower().split())


def test_a_case_where_both_gain_but_both_lose_trust_reads_like_the_textbook() -> None:
    *_, so = why(conflict(PRISONERS))
    assert "which would be better for Row and Column," in so.text
