"""The desk: which answer a page is given now, and which number it may show."""

import datetime as dt
import re
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import UndefinedError
from markupsafe import Markup
from starlette.testclient import TestClient

import goodoffices.moves
import goodoffices.outlook
from goodoffices.case import Case, read_case
from goodoffices.case._write import document as dump_data
from goodoffices.case._yaml import read
from goodoffices.deals import deals
from goodoffices.deals.share import Share, share
from goodoffices.errors import GoodOfficesError
from goodoffices.workbench import answers, desk
from goodoffices.workbench.answers import Answers, Job
from goodoffices.workbench.desk import PAGES, QUICK, Desk, Odds, environment
from goodoffices.workbench.store import State, Store
from tests.case.cases import SMALL, spoilt, write_small
from tests.moves.cases import RIVER
from tests.outlook.cases import OUTLOOK

SOON = 20.0
"""Seconds within which a lens has answered a small case, also on a busy machine."""
FULL = 1000
"""Draws of a full answer, here: more than of a quick one."""
Opened = Callable[[str], tuple[Desk, State]]

CERTAIN = """\
goodoffices: 1
title: Sure
parties:
  north: {name: North, role: principal}
  south: {name: South, role: principal}
issues:
  line: {name: The line, options: [stays, moves], assumed: "t: x"}
positions:
  north: {line: {weight: 100, values: {stays: 100, moves: 40}, assumed: "t: x"}}
  south: {line: {weight: 100, values: {stays: 0, moves: 60}, assumed: "t: x"}}
demands:
  north-alone: {by: north, kind: walk-away, name: Alone, value: 30, assumed: "t: x"}
  south-alone: {by: south, kind: walk-away, name: Alone, value: 50, assumed: "t: x"}
"""


@pytest.fixture
def opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Opened]:
    """Open a case at a desk; what it works on is ended with the test."""
    monkeypatch.setattr(answers, "SETTLE", 0.0)
    monkeypatch.setattr(desk, "DRAWS", FULL)
    monkeypatch.setattr(desk, "PATIENCE", SOON)
    made: list[Desk] = []

    def open_(text: str) -> tuple[Desk, State]:
        found = Desk(Store(write_small(tmp_path, text)), Answers())
        made.append(found)
        return found, found.store.state()

    yield open_
    for one in made:
        one.answers.close()
        one.store.close()


def settled(job: Job | None) -> Job:
    """Wait until a job is no longer open."""
    assert job is not None
    pause = threading.Event()
    for _ in range(2000):
        if not job.open:
            return job
        pause.wait(SOON / 2000)
    raise AssertionError("it was never answered")


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Nothing with all draws is answered before this is set."""
    gate, ask = threading.Event(), desk._deals

    def slow(case: Case, draws: int, advance: Any, scenario: str | None = None) -> Any:
        if draws > QUICK:
            assert gate.wait(SOON)
        return ask(case, draws, advance, scenario)

    monkeypatch.setattr(desk, "_deals", slow)
    yield gate
    gate.set()


# --- The chance of a deal -------------------------------------------------------------------------


def test_the_chance_is_first_told_from_few_draws_as_the_lens_itself_tells_it(
    opened: Opened, held: threading.Event
) -> None:
    at, state = opened(SMALL)
    found = at.odds(state)
    assert found is not None
    assert state.usable is not None
    lens = deals(state.usable, draws=QUICK, compare=False).zone
    assert found == Odds(chance=lens.probability, draws=QUICK)
    assert 0 < lens.probability.value < 1


def test_the_chance_is_told_from_all_draws_once_they_are_done(opened: Opened) -> None:
    at, state = opened(SMALL)
    answer = settled(at.full(state)).answer
    found = at.odds(state)
    assert found == Odds(chance=answer.zone.probability, draws=FULL)
    assert answer.method.draws == FULL


def test_where_nothing_is_uncertain_the_chance_is_exact_at_once(
    opened: Opened, held: threading.Event
) -> None:
    at, state = opened(CERTAIN)
    found = at.odds(state)
    assert found is not None
    assert found.chance is not None
    assert (found.exact, found.chance.value, found.chance.error) == (True, 1.0, 0.0)
    held.set()
    settled(at.full(state))
    later = at.odds(state)
    assert later is not None
    assert (later.exact, later.chance) == (True, found.chance)


def test_a_chance_that_cannot_be_told_says_why(
    opened: Opened, held: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(case: Case) -> None:
        raise GoodOfficesError("more issues are tied together than can be held")

    monkeypatch.setattr("goodoffices.deals.space.compile_space", refuse)
    at, state = opened(SMALL)
    assert at.odds(state) == Odds(
        chance=None, error="more issues are tied together than can be held"
    )


@pytest.mark.parametrize("text", ["goodoffices: 1\ntitle: Bare\n", RIVER, "parties: ["])
def test_a_case_without_issues_or_that_is_none_has_no_chance_of_a_deal(
    opened: Opened, text: str
) -> None:
    at, state = opened(SMALL)
    at.store.path.write_text(text, encoding="utf-8")
    state = at.store.state()
    assert at.odds(state) is at.full(state) is at.quick(state) is at.deals(state) is None


def test_a_case_with_an_error_is_not_computed_with(opened: Opened) -> None:
    at, state = opened(dump_data(spoilt({"demands/stay/by": "nobody"})))
    assert state.case is not None
    assert state.errors
    assert at.odds(state) is at.full(state) is at.moves(state) is at.outlook(state) is None


def test_drafts_do_not_move_the_chance(opened: Opened, held: threading.Event) -> None:
    at, state = opened(SMALL)
    plainly = at.odds(state)
    draft = {
        "by": "north", "kind": "red line", "name": "All of it", "status": "draft",
        "refuses": {"corridor": ["leave", "share", "stay"]}, "assumed": "team: x",
    }  # fmt: skip
    at.store.path.write_text(dump_data(spoilt({"demands/all": draft})), encoding="utf-8")
    drafted = at.store.state()
    assert drafted.digest != state.digest
    assert at.odds(drafted) == plainly


# --- The lenses -----------------------------------------------------------------------------------


def test_a_page_is_given_few_draws_until_all_are_done(
    opened: Opened, held: threading.Event
) -> None:
    at, state = opened(SMALL)
    job = at.deals(state)
    assert job is not None
    assert (job.status, job.answer.method.draws, job.answer.scenarios) == ("done", QUICK, ())
    held.set()
    full = settled(at.full(state))
    assert at.deals(state) is full
    assert full.answer.method.draws == FULL
    assert [one.scenario for one in full.answer.scenarios] == ["watched"]


def test_what_was_stopped_goes_on_only_when_it_is_asked_for_again(
    opened: Opened, held: threading.Event
) -> None:
    at, state = opened(SMALL)
    first = at.full(state)
    at.stop(state)
    held.set()
    assert settled(first).status == "stopped"
    assert at.full(state) is first
    assert settled(at.full(state, again=True)).answer.method.draws == FULL


def test_stopping_the_full_answer_leaves_the_quick_one(
    opened: Opened, held: threading.Event
) -> None:
    at, state = opened(SMALL)
    at.full(state)
    at.stop(state)
    found = at.odds(state)
    assert found is not None
    assert found.draws == QUICK


def test_the_state_of_a_file_before_an_edit_keeps_its_own_answer(
    opened: Opened, held: threading.Event
) -> None:
    at, state = opened(SMALL)
    before = at.odds(state)
    certain = SMALL.replace("firmness: likely", "firmness: 100%")
    assert certain != SMALL
    at.store.path.write_text(certain, encoding="utf-8")
    after = at.odds(at.store.state())
    assert before is not None
    assert after is not None
    assert before.chance != after.chance
    assert at.odds(state) == before


def test_moves_are_asked_of_a_case_that_has_some(opened: Opened) -> None:
    at, state = opened(RIVER)
    job = settled(at.moves(state))
    assert state.usable is not None
    assert job.answer == goodoffices.moves.moves(state.usable)
    assert at.moves(state) is job
    other, state = opened(SMALL)
    assert other.moves(state) is None


def test_moves_weigh_agreements_by_the_deals_of_the_same_case(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[Any] = []

    def lens(case: Case, *, scenario: str | None, deals: Any, progress_to: Any) -> str:
        given.append(deals)
        return "weighed"

    monkeypatch.setattr(goodoffices.moves, "moves", lens)
    both = read(SMALL).data | {"moves": read(RIVER).data["moves"]}
    both["moves"]["options"]["withdraw"].pop("because")
    both["moves"]["options"]["lift"].pop("because")
    for option in ("withdraw", "lift"):
        both["moves"]["options"][option]["assumed"] = "t: x"
    for preference in both["moves"]["preferences"].values():
        preference.pop("because", None)
        preference["assumed"] = "t: x"
    at, state = opened(dump_data(both))
    assert state.errors == ()
    assert settled(at.moves(state)).answer == "weighed"
    both["moves"]["preferences"]["south"] = {
        "ranking": ["agreement", "not agreement"], "from": "deals", "assumed": "t: x",
    }  # fmt: skip
    at.store.path.write_text(dump_data(both), encoding="utf-8")
    state = at.store.state()
    assert state.errors == ()
    settled(at.moves(state))
    assert given[0] is None
    assert given[1].title == "The corridor"


def test_the_outlook_looks_ahead_from_the_day_of_the_case(opened: Opened) -> None:
    at, state = opened(SMALL + OUTLOOK)
    job = settled(at.outlook(state))
    assert job.status == "done"
    assert job.answer.today == dt.date(2024, 5, 31)
    other, state = opened(SMALL)
    assert other.outlook(state) is None


@pytest.mark.parametrize("finished", [False, True])
def test_the_outlook_builds_on_the_best_answer_at_hand(
    opened: Opened, held: threading.Event, monkeypatch: pytest.MonkeyPatch, finished: bool
) -> None:
    drawn: list[int] = []

    def lens(case: Case, weighed: Any, *, today: dt.date, scenario: str | None) -> int:
        drawn.append(weighed.method.draws)
        return weighed.method.draws

    monkeypatch.setattr(goodoffices.outlook, "outlook", lens)
    at, state = opened(SMALL + OUTLOOK)
    if finished:
        held.set()
        settled(at.full(state))
        assert settled(at.outlook(state)).answer == FULL
        return
    # The full answer is held, and the outlook waits behind it in the same thread.
    weighed = at._weighed(state, state.usable, None)  # type: ignore[arg-type]
    assert weighed is not None
    assert weighed.method.draws == QUICK


def test_a_lens_that_fails_says_so_on_its_page(
    browser: TestClient, case_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise RuntimeError("no such kernel")

    monkeypatch.setattr(answers, "SETTLE", 0.0)
    monkeypatch.setattr(goodoffices.moves, "moves", fail)
    if read_case(case_path).moves is None:
        case_path.write_text(RIVER, encoding="utf-8")
    pause = threading.Event()
    for _ in range(400):
        text = browser.get("/moves").text
        if "no such kernel" in text:
            break
        pause.wait(SOON / 400)
    assert "no such kernel" in text


# --- What every page shares -----------------------------------------------------------------------


def test_every_page_of_the_menu_has_an_address_and_a_title_of_its_own() -> None:
    addresses, titles = zip(*PAGES, strict=True)
    assert len(set(addresses)) == len(set(titles)) == len(PAGES)
    assert addresses[0] == ""


def test_faults_that_must_be_mended_stand_first(browser: TestClient, case_path: Path) -> None:
    # The first of these is only warned of, the second must be mended.
    case_path.write_text(
        dump_data(
            spoilt(
                {
                    "interests/odd": {"name": "Odd", "of": "north", "because": "serious"},
                    "demands/x": {
                        "by": "nobody",
                        "kind": "walk-away",
                        "name": "X",
                        "assumed": "t: x",
                    },
                }
            )
        ),
        encoding="utf-8",
    )
    classes = re.findall(r'<li class="(error|warning)">', browser.get("/").text)
    assert classes == sorted(classes)
    assert {"error", "warning"} <= set(classes)


def test_a_template_that_names_what_is_not_there_is_a_fault_and_not_a_blank() -> None:
    with pytest.raises(UndefinedError):
        environment().from_string("{{ nothing }}").render()


def test_words_of_a_case_are_escaped_in_every_template() -> None:
    shown = environment().from_string("{{ text }} {{ text|say }} {{ text|visible }}")
    assert shown.render(text="<b>&") == "&lt;b&gt;&amp; &lt;b&gt;&amp; &lt;b&gt;&amp;"


def test_lines_keep_their_breaks_and_nothing_else() -> None:
    lines = environment().filters["lines"]
    assert lines("a\n<b>\nc\u202e") == Markup("a<br>&lt;b&gt;<br>c")


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (None, "–"),
        ("", ""),
        (0, "0"),
        ("two words", "two words"),
        (["a", "b"], "[a, b]"),
        ({"a": [1, 2.5]}, "{a: [1, 2.5]}"),
        (True, "true"),
        ("a\u202eb\nc", "ab c"),
    ],
)
def test_plain_data_are_said_on_one_line(value: Any, said: str) -> None:
    assert environment().filters["say"](value) == said


@pytest.mark.parametrize(
    ("hits", "draws", "said"),
    [(250, 500, "4 %"), (5000, 10_000, "1 %"), (0, 10_000, "1 %"), (0, 500, "1 %"), (1, 2, "41 %")],
)
def test_an_error_is_half_the_interval_and_never_less_than_one_per_cent(
    hits: int, draws: int, said: str
) -> None:
    assert environment().filters["error"](share(hits, draws)) == said


@given(st.integers(1, 5000), st.data())
def test_the_error_that_is_shown_is_never_less_than_half_a_point_below_the_real_one(
    draws: int, data: st.DataObject
) -> None:
    found: Share = share(data.draw(st.integers(0, draws)), draws)
    shown = int(environment().filters["error"](found).removesuffix(" %"))
    assert shown >= 1
    assert shown >= 100 * (found.high - found.low) / 2 - 0.5
