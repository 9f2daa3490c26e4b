"""Laws of the moves lens on random cases: what it says agrees with the definitions and itself."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from goodoffices.case import Case, dump_case, parse_case
from goodoffices.moves import Concept, MovesReport, moves
from goodoffices.moves.model import Model, compile_model
from goodoffices.schemas import to_json
from tests.moves import oracle
from tests.property.cases_of_moves import cases_of_moves


def graph_sets(model: Model) -> list[list[set[int]]]:
    """The same moves as plain sets, for the oracle."""
    return [
        [set(model.graph.moves(k, s).tolist()) for s in range(model.graph.n)]
        for k in range(len(model.actors))
    ]


@settings(max_examples=400)
@given(cases_of_moves())
def test_every_state_is_as_stable_as_the_definitions_say(case: Case) -> None:
    model, report = compile_model(case), moves(case)
    R = graph_sets(model)
    for s in range(model.graph.n):
        told = report.state(model.graph.pattern(s))
        for i, actor in enumerate(model.actors):
            for concept in Concept:
                expected = oracle.stable(R, model.ranks, i, s, concept)
                assert (concept in told.stable[actor]) == expected


def literal_ranks(case: Case, actor: str, states: list[dict[str, bool]]) -> list[tuple[int, ...]]:
    """Preferences as the case words them, state by state, by Python's own logic."""
    assert case.moves is not None
    preference = case.moves.preferences[actor]

    def holds(text: str, state: dict[str, bool]) -> bool:
        for joint, means in ((" iff ", "=="), (" if ", "or not")):
            if joint in text:
                left, right = text.split(joint)
                text = f"({left}) {means} ({right})"
        return bool(eval(text, {}, state))

    if preference.statements:
        return [tuple(int(holds(s, state)) for s in preference.statements) for state in states]
    entries = preference.ranking or tuple((text,) for text in preference.scores)
    found = []
    for state in states:
        fits = [n for n, place in enumerate(entries) if any(holds(text, state) for text in place)]
        if preference.scores:
            numbers = list(preference.scores.values())
            found.append((1, int(numbers[fits[0]].central)) if fits else (0, 0))
        else:
            found.append((-min(fits, default=len(entries)),))
    return found


@given(cases_of_moves())
def test_preferences_are_those_that_the_case_words(case: Case) -> None:
    model = compile_model(case)
    names = list(model.moves.options)
    states = [
        {name: bool(int(state) >> k & 1) for k, name in enumerate(names)}
        for state in model.graph.states
    ]
    for i, actor in enumerate(model.actors):
        worth = literal_ranks(case, actor, states)
        for a in range(model.graph.n):
            for b in range(model.graph.n):
                literal = (worth[a] > worth[b]) - (worth[a] < worth[b])
                assert np.sign(int(model.ranks[i, a]) - int(model.ranks[i, b])) == literal


@settings(max_examples=400)
@given(cases_of_moves())
def test_a_case_that_is_written_and_read_again_has_the_same_answer(case: Case) -> None:
    assert moves(parse_case(dump_case(case))) == moves(case)


@settings(max_examples=400)
@given(cases_of_moves(), st.randoms(use_true_random=False))
def test_the_order_of_parties_changes_nothing(case: Case, chance: object) -> None:
    keys = list(case.parties)
    chance.shuffle(keys)  # type: ignore[attr-defined]
    shuffled = case.model_copy(update={"parties": {key: case.parties[key] for key in keys}})
    assert moves(shuffled) == moves(case)


@settings(max_examples=400)
@given(cases_of_moves(uncertain=True))
def test_shares_are_shares_of_draws_and_nest_as_the_concepts_do(case: Case) -> None:
    report = moves(case, draws=40, seed=1)
    for one in report.shares:
        hits = {concept: share.hits for concept, share in one.shares.items()}
        assert all(0 <= found <= 40 for found in hits.values())
        assert hits[Concept.NASH] <= hits[Concept.SSEQ] <= hits[Concept.SEQ] <= hits[Concept.GMR]
        assert hits[Concept.SSEQ] <= hits[Concept.SMR] <= hits[Concept.GMR]
    assert bool(report.shares) == (report.method.how == "sampled")


def proposals(report: MovesReport) -> list[str]:
    """Options that a way to the target would have somebody take."""
    if report.way is None:
        return []
    steps = [m for one in report.way.first_steps for m in (one.move, *one.path)]
    return [option for move in (*steps, *(report.way.path or ())) for option in move.takes]


@settings(max_examples=400)
@given(cases_of_moves())
def test_no_answer_proposes_an_option_that_is_marked_as_harm(case: Case) -> None:
    assert case.moves is not None
    harm = {key for key, option in case.moves.options.items() if option.harm}
    report = moves(case)
    assert not harm & set(proposals(report))
    for one in report.coalitions.leaving:
        assert one.harm == bool(harm & {key for move in one.path for key in move.takes})
    for risk in report.risks:
        assert risk.option in harm


@settings(max_examples=400)
@given(cases_of_moves())
def test_a_coalition_that_leaves_loses_for_nobody_in_it(case: Case) -> None:
    report = moves(case)
    here = report.state(report.status_quo)
    for one in report.coalitions.leaving:
        there = report.state(one.target)
        gains = [here.place[actor] - there.place[actor] for actor in one.members]
        assert min(gains) >= 0
        assert max(gains) > 0
        assert {move.by for move in one.path} <= set(one.members)


@settings(max_examples=400)
@given(cases_of_moves())
def test_sentences_rest_on_parts_that_are_in_the_case(case: Case) -> None:
    parts = {path for path, _ in case.based()}
    for sentence in moves(case).why:
        assert set(sentence.paths) <= parts
        assert set(sentence.assumed) <= set(sentence.paths)
        assert sentence.text.endswith(".")


@settings(max_examples=400)
@given(cases_of_moves(uncertain=True))
def test_every_result_can_be_printed_as_json(case: Case) -> None:
    assert to_json(moves(case, draws=10)).startswith("{")
