import numpy as np
import pytest

from goodoffices.case import Case
from goodoffices.case.check_moves import MOST_STATES
from goodoffices.errors import ModelError
from goodoffices.moves import model as module
from goodoffices.moves.model import compile_model
from goodoffices.moves.stability import Concept, analyse_stability
from tests.moves.cases import PRISONERS, conflict, river
from tests.moves.models import prisoners


def test_options_owners_and_directions_are_those_of_the_case() -> None:
    graph = compile_model(river()).graph
    assert graph.decision_makers == ("north", "south", "office")
    assert [(o.name, o.owner, o.direction) for o in graph.options] == [
        ("withdraw", "north", "both"),
        ("strike", "north", "fwd"),
        ("lift", "south", "both"),
        ("guard", "office", "both"),
    ]


def test_rules_leave_out_states() -> None:
    graph = compile_model(river({"states/war/one": False})).graph
    assert graph.n == 12
    assert all(not graph.pattern(s).startswith("YY") for s in range(graph.n))


def test_the_prisoners_dilemma_is_the_published_one() -> None:
    model, known = compile_model(conflict(PRISONERS)), prisoners()
    assert np.array_equal(model.ranks, known.ranks)
    assert model.graph.states.tolist() == known.graph.states.tolist()


def test_a_named_state_knows_its_states() -> None:
    model = compile_model(river({"states/war/one": False}))
    patterns = [model.graph.pattern(s) for s in model.named["war"]]
    assert patterns == ["NYNN", "NYYN", "NYNY", "NYYY"]
    assert [model.graph.pattern(s) for s in model.named["agreement"]] == ["YNYN", "YNYY"]


def test_states_taken_as_one_are_one() -> None:
    model = compile_model(river())
    assert model.graph.n == 9
    assert [model.graph.pattern(s) for s in model.named["war"]] == ["NYNN"]


def test_the_status_quo_may_lie_in_states_taken_as_one() -> None:
    model = compile_model(river({"options/strike/taken": True, "options/guard/taken": True}))
    assert model.graph.pattern(model.status_quo) == "NYNN"


def test_what_is_taken_makes_the_status_quo() -> None:
    model = compile_model(river({"options/lift/taken": True, "options/guard/taken": True}))
    assert model.graph.pattern(model.status_quo) == "NNYY"


def test_the_gentle_graph_has_the_same_states_and_no_move_that_takes_harm() -> None:
    model = compile_model(river({"states/war/one": False, "options/strike/only": None}))
    assert np.array_equal(model.graph.states, model.gentle.states)
    for s in range(model.graph.n):
        struck = model.graph.pattern(s)[1] == "Y"
        for k in range(3):
            every, gentle = set(model.graph.moves(k, s)), set(model.gentle.moves(k, s))
            lost = {t for t in every if model.graph.pattern(t)[1] == "Y" and not struck}
            assert gentle == every - lost


def test_harm_that_stands_may_still_be_ended() -> None:
    model = compile_model(
        river({"states/war/one": False, "options/strike/only": None, "options/strike/taken": True})
    )
    calm = [model.gentle.pattern(t) for t in model.gentle.moves(0, model.status_quo)]
    assert "NNNN" in calm


def test_without_harm_there_is_one_graph() -> None:
    model = compile_model(conflict(PRISONERS))
    assert model.gentle is model.graph


def test_merged_states_keep_their_moves() -> None:
    model = compile_model(river())
    war = int(model.named["war"][0])
    assert war in model.graph.moves(0, model.status_quo)
    assert model.graph.moves(0, war).size == 0
    assert war not in model.gentle.moves(0, model.status_quo)


def test_a_case_without_moves_says_so() -> None:
    case = Case(goodoffices=1, title="x")
    with pytest.raises(ModelError, match="moves: this case has none; add `moves`"):
        compile_model(case)


def test_a_decision_maker_without_a_preference_is_refused() -> None:
    with pytest.raises(ModelError, match=r"moves\.preferences\.south: missing"):
        compile_model(river({"preferences/south": None}))


def test_preferences_from_deals_need_the_answers_of_that_lens() -> None:
    with pytest.raises(ModelError, match="`from: deals`; give the answers of that lens too"):
        compile_model(river({"preferences/south/from": "deals"}))


def test_too_many_states_are_refused() -> None:
    options = {f"o{n}": {"by": "x"} for n in range(22)}
    case = conflict({"options": options, "preferences": {"x": {"statements": "o1"}}})
    with pytest.raises(ModelError, match=f"more than {MOST_STATES:,} are feasible"):
        compile_model(case)


def test_too_many_states_to_take_some_as_one_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_MERGED", 8)
    with pytest.raises(ModelError, match="12 states are too many to take some as one; at most 8"):
        compile_model(river())


def test_uncertain_scores_make_the_model_uncertain() -> None:
    scores = {"scores": {"war": 0, "agreement": "3..9", "not war": 5}, "assumed": "team: x"}
    model = compile_model(river({"preferences/office": scores}))
    assert not model.certain
    assert compile_model(river()).certain


def test_stability_is_that_of_a_model_made_by_hand() -> None:
    model, known = compile_model(conflict(PRISONERS)), prisoners()
    found = analyse_stability(model.graph, model.ranks)
    expected = analyse_stability(known.graph, known.ranks)
    for concept in Concept:
        assert np.array_equal(found.stable[concept], expected.stable[concept])
