import os
import time
from collections import Counter

import pytest

from goodoffices.reading import _pool
from goodoffices.reading._pool import Died, TooLong, side_by_side


def work(task: int) -> tuple[int, int]:
    """Answer with the task and the process, or misbehave for a negative one."""
    if task == -1:
        os._exit(1)
    if task == -2:
        time.sleep(60)
    return task, os.getpid()


def alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def test_each_task_is_answered_once_by_one_of_the_processes(monkeypatch):
    monkeypatch.setattr(_pool, "MOST_TASKS", 4)
    answers = dict(side_by_side(work, range(20), jobs=2, seconds=30))
    assert [answers[number][0] for number in range(20)] == list(range(20))
    tasks = Counter(process for _, process in answers.values())
    assert max(tasks.values()) <= 4
    assert os.getpid() not in tasks


def test_a_process_that_dies_or_hangs_takes_only_its_own_task_with_it():
    begun = time.perf_counter()
    answers = dict(side_by_side(work, [1, -1, 2, -2, 3], jobs=1, seconds=1))
    assert time.perf_counter() - begun < 30
    assert [answers[number][0] for number in (0, 2, 4)] == [1, 2, 3]
    assert isinstance(answers[1], Died)
    assert isinstance(answers[3], TooLong)


def test_no_process_is_left_when_the_work_is_given_up():
    answers = side_by_side(work, [1, -2, -2, -2], jobs=2, seconds=60)
    _, (_, process) = next(answers)
    assert alive(process)
    begun = time.perf_counter()
    answers.close()
    assert time.perf_counter() - begun < 10
    assert not alive(process)


def threads(task: str) -> str | None:
    """Answer with what this process was told about threads."""
    return os.environ.get(task)


def test_processes_side_by_side_use_one_thread_each(monkeypatch):
    monkeypatch.delenv("OMP_NUM_THREADS", raising=False)
    monkeypatch.setenv("MKL_NUM_THREADS", "3")
    names = ["OMP_NUM_THREADS", "MKL_NUM_THREADS"]
    assert dict(side_by_side(threads, names, jobs=1, seconds=30)) == {0: "1", 1: "3"}
    assert "OMP_NUM_THREADS" not in os.environ


def test_no_tasks_need_no_process():
    assert list(side_by_side(work, [], jobs=2, seconds=1)) == []


def test_a_task_that_cannot_be_sent_is_an_error_of_the_caller():
    with pytest.raises((TypeError, AttributeError)):
        list(side_by_side(work, [lambda: 1], jobs=1, seconds=5))  # type: ignore[list-item]
