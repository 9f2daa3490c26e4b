"""Questions and their answers: once each, the newest first, and nothing that nobody asks for."""

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from goodoffices.errors import GoodOfficesError, Interrupted
from goodoffices.workbench import answers as module
from goodoffices.workbench.answers import KEPT, Answers, Job, Progress, Question, Work

SOON = 10.0
"""Seconds within which a thread must have done what takes none; a wait ends as soon as it has."""


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> Iterator[Answers]:
    monkeypatch.setattr(module, "SETTLE", 0.0)
    made = Answers()
    yield made
    made.close()


class Gate:
    """Work that begins, and goes on step by step as the test lets it."""

    def __init__(self, answer: Any = "found") -> None:
        self.answer = answer
        self.begun, self.opened = threading.Event(), threading.Event()
        self.runs = 0

    def __call__(self, advance: Progress) -> Any:
        self.runs += 1
        self.begun.set()
        advance(1, 4)
        assert self.opened.wait(SOON)
        advance(3, 4)
        return self.answer


def about(digest: str, lens: str = "deals", draws: int = 0) -> Question:
    return Question(digest, lens, None, draws)


def saying(answer: Any) -> Work:
    return lambda _: answer


def failing(error: BaseException) -> Work:
    def work(_: Progress) -> Any:
        raise error

    return work


def settled(answers: Answers, job: Job) -> Job:
    """Wait until a job is no longer open."""
    with answers._changed:
        assert answers._changed.wait_for(lambda: not job.open, timeout=SOON)
    return job


def until(condition: Callable[[], bool]) -> None:
    pause = threading.Event()
    for _ in range(1000):
        if condition():
            return
        pause.wait(SOON / 1000)
    raise AssertionError("it never came")


# --- At once --------------------------------------------------------------------------------------


def test_what_is_asked_at_once_is_worked_out_once_for_each_question(answers: Answers) -> None:
    asked: list[str] = []

    def work(advance: Progress) -> str:
        advance(1, 2)
        asked.append("work")
        return "found"

    assert [answers.at_once(about("a"), work) for _ in range(3)] == ["found"] * 3
    assert asked == ["work"]


@pytest.mark.parametrize(
    "other",
    [
        Question("b", "deals", None, 500),
        Question("a", "moves", None, 500),
        Question("a", "deals", "watched", 500),
        Question("a", "deals", None, 501),
    ],
)
def test_another_case_lens_scenario_or_number_of_draws_is_another_question(
    answers: Answers, other: Question
) -> None:
    answers.at_once(Question("a", "deals", None, 500), saying("one"))
    assert answers.at_once(other, saying("two")) == "two"


def test_what_fails_at_once_is_raised_and_asked_anew(answers: Answers) -> None:
    with pytest.raises(GoodOfficesError, match="too large"):
        answers.at_once(about("a"), failing(GoodOfficesError("too large")))
    assert answers.at_once(about("a"), saying("mended")) == "mended"


def test_an_answer_of_nothing_is_an_answer(answers: Answers) -> None:
    answers.at_once(about("a"), saying(None))
    assert answers.at_once(about("a"), saying("again")) is None


def test_what_was_found_in_the_background_is_known_at_once(answers: Answers) -> None:
    settled(answers, answers.later(about("a"), saying("found")))
    assert answers.at_once(about("a"), failing(AssertionError())) == "found"


def test_what_is_still_on_its_way_does_not_hold_up_whoever_needs_it_at_once(
    answers: Answers,
) -> None:
    gate = Gate("later")
    job = answers.later(about("a"), gate)
    assert gate.begun.wait(SOON)
    assert answers.at_once(about("a"), saying("now")) == "now"
    gate.opened.set()
    assert settled(answers, job).answer == "later"


# --- Later ----------------------------------------------------------------------------------------


def test_a_job_tells_how_far_it_is_and_then_its_answer(answers: Answers) -> None:
    gate = Gate()
    job = answers.later(about("a"), gate)
    assert gate.begun.wait(SOON)
    until(lambda: job.all == 4)
    assert (job.status, job.open, job.done, job.share) == ("running", True, 1, 25)
    gate.opened.set()
    settled(answers, job)
    assert (job.status, job.open, job.answer, job.share, job.error) == (
        "done", False, "found", 75, ""
    )  # fmt: skip


def test_a_job_that_has_not_begun_has_come_no_way(answers: Answers) -> None:
    job = Job(about("a"), saying("x"))
    assert (job.status, job.open, job.share) == ("waiting", True, 0)


def test_whoever_asks_the_same_again_is_given_the_same_job(answers: Answers) -> None:
    gate = Gate()
    job = answers.later(about("a"), gate)
    assert gate.begun.wait(SOON)
    assert answers.later(about("a"), gate) is job
    assert answers.later(about("a"), gate, again=True) is job
    gate.opened.set()
    settled(answers, job)
    assert answers.later(about("a"), gate, again=True) is job
    assert gate.runs == 1


def test_the_newest_question_is_answered_first(answers: Answers) -> None:
    gate, order = Gate(), list[str]()

    def noting(name: str) -> Work:
        return lambda _: order.append(name)

    answers.later(about("now"), gate)
    assert gate.begun.wait(SOON)
    jobs = [answers.later(about(name), noting(name)) for name in ("first", "second", "third")]
    # Looking at one again makes it the newest.
    answers.later(about("first"), noting("first"))
    gate.opened.set()
    for job in jobs:
        settled(answers, job)
    assert order == ["first", "third", "second"]


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (GoodOfficesError("no package is left"), "no package is left"),
        (ValueError("a number"), "ValueError: a number"),
        (KeyError("line"), "KeyError: 'line'"),
        (ZeroDivisionError("by nothing"), "ZeroDivisionError: by nothing"),
        (MemoryError(), "MemoryError: "),
        (TypeError("none"), "TypeError: none"),
        (AssertionError("never"), "AssertionError: never"),
        (RecursionError("too deep"), "RecursionError: too deep"),
        (AttributeError("no such"), "AttributeError: no such"),
        (OSError("the disk"), "OSError: the disk"),
    ],
)
def test_a_fault_in_a_lens_is_said_and_the_thread_goes_on(
    answers: Answers, error: Exception, said: str
) -> None:
    job = settled(answers, answers.later(about("a"), failing(error)))
    assert (job.status, job.error, job.answer) == ("failed", said, None)
    assert settled(answers, answers.later(about("b"), saying("on"))).answer == "on"


def test_what_failed_is_not_tried_over_and_over(answers: Answers) -> None:
    job = settled(answers, answers.later(about("a"), failing(ValueError("x"))))
    assert answers.later(about("a"), saying("y"), again=True) is job


def test_a_lens_that_stops_itself_is_stopped_and_not_failed(answers: Answers) -> None:
    job = settled(answers, answers.later(about("a"), failing(Interrupted("enough"))))
    assert (job.status, job.error) == ("stopped", "")


# --- Soon -----------------------------------------------------------------------------------------


def test_a_page_that_waits_is_answered_while_something_long_goes_on(answers: Answers) -> None:
    gate = Gate()
    long = answers.later(about("long"), gate)
    assert gate.begun.wait(SOON)
    job = answers.soon(about("short"), saying("quick"), SOON)
    assert (job.status, job.answer, long.status) == ("done", "quick", "running")
    gate.opened.set()


def test_a_page_waits_no_longer_than_it_said_and_finds_the_answer_later(answers: Answers) -> None:
    gate = Gate()
    job = answers.soon(about("a"), gate, 0.01)
    assert job.open
    gate.opened.set()
    assert answers.soon(about("a"), gate, SOON) is job
    assert (job.status, job.answer, gate.runs) == ("done", "found", 1)


def test_a_page_does_not_wait_for_somebody_to_stop_typing(
    answers: Answers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "SETTLE", 3600.0)
    answers.only("a")
    long = answers.later(about("a"), saying("long"))
    assert answers.soon(about("a", draws=500), saying("quick"), SOON).answer == "quick"
    assert long.status == "waiting"


def test_something_long_begins_once_nothing_was_typed_for_a_while(
    answers: Answers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "SETTLE", 0.05)
    answers.only("a")
    job = answers.later(about("a"), saying("long"))
    assert job.status == "waiting"
    assert settled(answers, job).answer == "long"


def test_a_page_that_waits_for_what_was_stopped_asks_for_it_anew(answers: Answers) -> None:
    answers.soon(about("a"), failing(Interrupted("x")), SOON)
    assert answers.soon(about("a"), saying("anew"), SOON).answer == "anew"


# --- Stopping -------------------------------------------------------------------------------------


def test_what_runs_is_stopped_at_its_next_step(answers: Answers) -> None:
    gate = Gate()
    job = answers.later(about("a"), gate)
    assert gate.begun.wait(SOON)
    answers.stop(about("a"))
    assert job.open
    gate.opened.set()
    assert (settled(answers, job).status, job.answer) == ("stopped", None)


def test_what_waits_is_stopped_before_it_begins(answers: Answers) -> None:
    gate, never = Gate(), Gate()
    answers.later(about("a"), gate)
    assert gate.begun.wait(SOON)
    job = answers.later(about("b"), never)
    answers.stop(about("b"))
    assert job.status == "stopped"
    gate.opened.set()
    settled(answers, answers.later(about("c"), saying("on")))
    assert never.runs == 0


def test_what_was_stopped_stays_so_until_it_is_asked_for_again(answers: Answers) -> None:
    first = settled(answers, answers.later(about("a"), failing(Interrupted("x"))))
    assert answers.later(about("a"), saying("y")) is first
    second = answers.later(about("a"), saying("y"), again=True)
    assert second is not first
    assert settled(answers, second).answer == "y"


def test_stopping_what_is_done_or_was_never_asked_changes_nothing(answers: Answers) -> None:
    job = settled(answers, answers.later(about("a"), saying("found")))
    answers.stop(about("a"))
    answers.stop(about("nothing"))
    assert (job.status, job.stopped, job.answer) == ("done", False, "found")
    assert answers.later(about("a"), saying("x")) is job


def test_an_edit_stops_what_is_asked_of_any_other_state_of_the_case(answers: Answers) -> None:
    old, new = Gate(), Gate()
    running = answers.later(about("old"), old)
    assert old.begun.wait(SOON)
    waiting = answers.later(about("old", "moves"), saying("x"))
    wanted = answers.later(about("new"), new)
    answers.only("new")
    assert (waiting.status, wanted.status) == ("stopped", "waiting")
    old.opened.set()
    new.opened.set()
    assert settled(answers, running).status == "stopped"
    assert settled(answers, wanted).status == "done"


def test_an_edit_keeps_the_answers_of_earlier_states_for_who_takes_it_back(
    answers: Answers,
) -> None:
    job = settled(answers, answers.later(about("old"), saying("found")))
    answers.only("new")
    answers.only("old")
    assert answers.later(about("old"), saying("anew")) is job


def test_who_takes_an_edit_back_is_answered_although_the_edit_had_stopped_it(
    answers: Answers,
) -> None:
    gate = Gate()
    answers.later(about("old"), gate)
    assert gate.begun.wait(SOON)
    answers.later(about("old", "moves"), gate)
    answers.only("new")
    gate.opened.set()
    answers.only("old")
    for lens in ("deals", "moves"):
        job = answers.later(about("old", lens), saying("anew"))
        assert settled(answers, job).answer == "anew"


def test_what_a_person_stopped_stays_so_after_an_edit_that_is_taken_back(answers: Answers) -> None:
    job = settled(answers, answers.later(about("old"), failing(Interrupted("x"))))
    answers.only("new")
    answers.only("old")
    assert answers.later(about("old"), saying("anew")) is job


# --- What is kept, and the end --------------------------------------------------------------------


def test_so_many_answers_are_kept_and_the_oldest_go_first(answers: Answers) -> None:
    asked: list[int] = []

    def noting(number: int) -> Work:
        return lambda _: asked.append(number)

    for number in range(KEPT + 1):
        answers.at_once(about(f"{number}"), noting(number))
    asked.clear()
    for number in range(KEPT, 0, -1):
        answers.at_once(about(f"{number}"), noting(number))
    assert asked == []
    answers.at_once(about("0"), noting(0))
    assert asked == [0]


def test_looking_at_an_answer_in_the_background_again_keeps_it(answers: Answers) -> None:
    kept = settled(answers, answers.later(about("kept"), saying("found")))
    for number in range(KEPT - 1):
        answers.at_once(about(f"{number}"), saying(number))
    assert answers.later(about("kept"), saying("x")) is kept
    for number in range(KEPT - 1):
        answers.at_once(about(f"new {number}"), saying(number))
    assert answers.later(about("kept"), saying("x")) is kept


def test_what_runs_is_not_forgotten_however_much_is_asked_meanwhile(answers: Answers) -> None:
    gate = Gate()
    job = answers.later(about("long"), gate)
    assert gate.begun.wait(SOON)
    for number in range(2 * KEPT):
        answers.at_once(about(f"{number}"), saying(number))
    assert answers.later(about("long"), gate) is job
    gate.opened.set()
    assert settled(answers, job).answer == "found"


def test_closing_ends_the_threads_and_stops_what_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SETTLE", 0.0)
    answers, gate = Answers(), Gate()
    job = answers.later(about("a"), gate)
    assert gate.begun.wait(SOON)
    waiting = answers.later(about("b"), saying("never"))
    threading.Timer(0.05, gate.opened.set).start()
    answers.close()
    for thread in answers._threads:
        thread.join(SOON)
        assert not thread.is_alive()
    assert job.status == "stopped"
    assert waiting.answer is None


def test_closing_does_not_wait_for_one_that_is_deep_in_its_work() -> None:
    answers, gate = Answers(), Gate()
    answers.soon(about("a"), gate, 0.01)
    assert gate.begun.wait(SOON)
    ends = threading.Thread(target=answers.close)
    ends.start()
    ends.join(SOON)
    assert not ends.is_alive()
    gate.opened.set()


def test_after_the_end_nothing_begins_and_nobody_waits_for_long() -> None:
    answers = Answers()
    answers.close()
    job = answers.soon(about("a"), saying("x"), 0.01)
    assert (job.status, job.answer) == ("waiting", None)


def test_many_pages_at_once_are_each_given_their_own_answer(answers: Answers) -> None:
    found: dict[int, Any] = {}

    def ask(number: int) -> None:
        name = f"{number % 5}"
        found[number] = answers.soon(about(name), saying(name), SOON).answer

    pages = [threading.Thread(target=ask, args=(number,)) for number in range(40)]
    for thread in pages:
        thread.start()
    for thread in pages:
        thread.join(SOON)
    assert found == {number: f"{number % 5}" for number in range(40)}
