import dataclasses
import inspect
import json

import pytest

from goodoffices.deals import deals, results
from goodoffices.deals.results import Deals, Method
from goodoffices.deals.share import Share
from tests.deals.cases import SAID, linkage, opposed, trade

CLASSES = [getattr(results, name) for name in results.__all__]


@pytest.fixture(scope="module")
def found() -> Deals:
    tie = linkage(when={"land": "x"}, bonus={"west": "-20..5"})
    raw = trade(east="20..90", west="20..90", linkages={"tie": tie}).model_dump(exclude_unset=True)
    raw["scenarios"] = {"calm": {"name": "c", "set": {"demands.west-walks.value": 10}, **SAID}}
    raw["packages"] = {"p": {"name": "P", "picks": {"land": "x", "aid": "x"}, **SAID}}
    return deals(type(trade()).model_validate(raw), draws=100)


@pytest.mark.parametrize("kind", CLASSES)
def test_results_are_frozen_and_take_keywords_only(kind: type) -> None:
    assert dataclasses.is_dataclass(kind)
    assert kind.__dataclass_params__.frozen  # type: ignore[attr-defined]
    kinds = {p.kind for p in inspect.signature(kind).parameters.values()}
    assert kinds == {inspect.Parameter.KEYWORD_ONLY}


@pytest.mark.parametrize("kind", CLASSES)
def test_every_result_says_what_it_means(kind: type) -> None:
    assert kind.__doc__
    assert not kind.__doc__.startswith(kind.__name__ + "(")


def test_every_class_of_the_module_is_named_in_its_list() -> None:
    own = {
        name
        for name, kind in vars(results).items()
        if inspect.isclass(kind) and kind.__module__ == results.__name__
    }
    assert own == set(results.__all__)


def test_a_result_is_not_changed_by_accident(found: Deals) -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        found.title = "other"  # type: ignore[misc]


def test_a_result_holds_plain_values_only(found: Deals) -> None:
    """Everything below a result can be written as JSON: no arrays, no numbers of numpy."""

    def look(value: object, where: str) -> None:
        if dataclasses.is_dataclass(value):
            for field in dataclasses.fields(value):
                look(getattr(value, field.name), f"{where}.{field.name}")
        elif isinstance(value, tuple):
            for n, item in enumerate(value):
                look(item, f"{where}[{n}]")
        elif isinstance(value, dict):
            for key, item in value.items():
                assert type(key) is str, where
                look(item, f"{where}.{key}")
        else:
            assert type(value) in {str, int, float, bool, type(None)}, f"{where}: {type(value)}"

    look(found, "deals")
    text = json.dumps(dataclasses.asdict(found), allow_nan=False)
    assert json.loads(text)["title"] == "A test"


def test_every_answer_says_how_it_was_obtained(found: Deals) -> None:
    methods = [
        found.method,
        found.zone.method,
        found.conflicts.method,
        found.offers_method,
        found.frontier.method,
        *(one.method for one in found.bargains),
    ]
    assert {one.how for one in methods} <= {"exact", "sampled", "bounded"}
    assert found.method == Method(how="sampled", draws=100, seed=0)


def test_every_probability_comes_with_its_error() -> None:
    result = deals(opposed(east="0..100", west=40), draws=100)
    shares: list[Share] = [result.zone.probability, *(r.zone for r in result.concessions)]
    shares += [p.all_accept for p in result.offers]
    assert all(one.low <= one.value <= one.high for one in shares)
    assert all(one.draws == 100 and one.error > 0 for one in shares)


def test_no_text_of_a_result_is_a_verdict(found: Deals) -> None:
    """Options, not verdicts: the words of the program stay neutral."""
    texts = [one.definition for one in found.bargains] + [found.offers_method.note]
    for word in ("should", "must", "best solution", "recommend", "fair"):
        assert not any(word in text for text in texts)
