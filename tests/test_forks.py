"""Advice in other processes: in a child that was forked at any moment, and by a copy that was passed to it."""

from __future__ import annotations

import copy
import multiprocessing
import os
import pickle
import re
import signal
import sys
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from functools import cached_property
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from whytune.diagrams import render
from whytune.engine import Advisor, Problem, Recommendation, Rulebook, Span, WhytuneError, load
from whytune.engine.advice import advisor
from whytune.engine.language.loading import shipped
from whytune.engine.language.problems import MAX_PROBLEMS, Sentence

from .looks import tabled

ROOT = Path(__file__).parent.parent
GIVEN = {"prompt_enough": False, "external_knowledge": False, "need": "domain_terms", "examples": 500}
PATIENCE = 60
"""Seconds after which a child hangs."""

pytestmark = pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
forking = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")


def in_child(action: Callable[[], bool]) -> bool:
    """Does the action hold in a forked child, within PATIENCE?"""
    child = os.fork()
    if child == 0:
        signal.alarm(PATIENCE)
        try:
            os._exit(0 if action() else 1)
        finally:
            os._exit(2)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


@contextmanager
def elsewhere(holding: AbstractContextManager[None]) -> Iterator[None]:
    """While another thread stands within this context."""
    entered, left = threading.Event(), threading.Event()

    def stand() -> None:
        with holding:
            entered.set()
            left.wait()

    thread = threading.Thread(target=stand)
    thread.start()
    entered.wait()
    try:
        yield
    finally:
        left.set()
        thread.join()


@pytest.fixture(scope="module")
def guide() -> Advisor:
    return Advisor.load("guide")


@pytest.fixture(scope="module")
def answer(guide: Advisor) -> Recommendation:
    return guide.advise(GIVEN)


@forking
def test_a_lock_that_a_thread_holds_is_free_in_a_child(guide: Advisor, answer: Recommendation) -> None:
    with elsewhere(guide.engine._turns):
        assert in_child(lambda: guide.advise(GIVEN) == answer)
    with elsewhere(advisor._engines_turns):
        assert in_child(lambda: Advisor(guide.rulebook).advise(GIVEN) == answer)
    with elsewhere(render._one_at_a_time):
        assert in_child(lambda: render.render("digraph { a }", "svg").startswith(b"<?xml"))


class Slow:
    """Something that a thread is working out until it is let go."""

    def __init__(self) -> None:
        self.begun, self.let_go = threading.Event(), threading.Event()

    @cached_property
    def value(self) -> int:
        self.begun.set()
        self.let_go.wait()
        return 1


@forking
def test_what_another_thread_is_working_out_is_worked_out_in_a_child(
    guide: Advisor, answer: Recommendation, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Python 3.11 has a lock in each cached property; here one of the engine's is held."""
    slow = Slow()
    monkeypatch.setattr(advisor, "_diagram_of", lambda rulebook: slow.value and None)
    thread = threading.Thread(target=lambda: Advisor(guide.rulebook).diagram)
    thread.start()
    slow.begun.wait()
    monkeypatch.undo()
    try:
        assert in_child(lambda: Advisor(guide.rulebook).advise(GIVEN) == answer)
    finally:
        slow.let_go.set()
        thread.join()


@forking
def test_a_class_that_was_imported_after_another_fork_is_looked_at_too(monkeypatch: pytest.MonkeyPatch) -> None:
    later = ModuleType("whytune.later")
    monkeypatch.setitem(sys.modules, later.__name__, later)
    assert in_child(lambda: True)
    monkeypatch.setattr(later, "Slow", Slow, raising=False)
    held, free = Slow(), Slow()
    free.let_go.set()
    thread = threading.Thread(target=lambda: held.value)
    thread.start()
    held.begun.wait()
    try:
        assert in_child(lambda: free.value == 1)
    finally:
        held.let_go.set()
        thread.join()


@forking
def test_a_session_half_open_in_the_parent_is_left_alone_in_a_child(
    guide: Advisor, answer: Recommendation, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A thread has asserted its facts and fired nothing yet when the process forks."""
    engine, begun, let_go = guide.engine, threading.Event(), threading.Event()
    core, sessions = engine._core, []

    class Halting:
        def __getattr__(self, name: str) -> Any:
            return getattr(core, name)

        def start_action_for_state(self, *words: Any) -> Any:
            if threading.current_thread() is not thread:
                return core.start_action_for_state(*words)
            begun.set()
            let_go.wait()
            return core.start_action_for_state(*words)

        def delete_state(self, handle: int, session: str) -> None:
            sessions.append(session)
            core.delete_state(handle, session)

    monkeypatch.setattr(engine, "_core", Halting())
    monkeypatch.setattr(engine, "_kept", OrderedDict())  # whatever was asked before, this is fired
    answers: list[Recommendation] = []
    thread = threading.Thread(target=lambda: answers.append(guide.advise({**GIVEN, "examples": 5})))
    thread.start()
    begun.wait()
    first = str(engine._session - 1)
    try:
        assert in_child(lambda: [guide.advise(GIVEN) for _ in range(3)] == [answer] * 3 and first not in sessions)
    finally:
        let_go.set()
        thread.join()
    assert {*sessions} == {first}
    assert answers[0] != answer
    assert guide.advise(GIVEN) == answer


def advised(handed: Advisor) -> Recommendation:
    return handed.advise(GIVEN)


def refused(handed: Advisor) -> Recommendation:
    return handed.advise({"exmaples": 3})


@pytest.mark.slow
@pytest.mark.parametrize("method", multiprocessing.get_all_start_methods())
def test_workers_advise_while_threads_of_ours_do(method: str, guide: Advisor, answer: Recommendation) -> None:
    """Each worker gets a copy of the advisor; what a worker raises comes back whole."""
    stop = threading.Event()

    def advise() -> None:
        while not stop.is_set():
            guide.advise(GIVEN)

    threads = [threading.Thread(target=advise) for _ in range(3)]
    for thread in threads:
        thread.start()
    try:
        with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context(method)) as pool:
            answers = [pool.submit(advised, guide) for _ in range(4)]
            refusal = pool.submit(refused, guide)
            assert [each.result(PATIENCE) for each in answers] == [answer] * 4
            with pytest.raises(WhytuneError, match="did you mean `examples`"):
                refusal.result(PATIENCE)
    finally:
        stop.set()
        for thread in threads:
            thread.join()


COPIES: dict[str, Callable[[Any], Any]] = {
    "pickled": lambda value: pickle.loads(pickle.dumps(value)),
    "copied": copy.copy,
    "deeply copied": copy.deepcopy,
}


@pytest.mark.slow
@tabled("how", COPIES)
@tabled("name", shipped())
def test_a_copy_of_a_rulebook_is_the_same(name: str, how: str) -> None:
    rulebook = load(name)
    dated: Rulebook = COPIES[how](rulebook)
    assert (dated.digest, dated.places, dated.steps) == (rulebook.digest, rulebook.places, rulebook.steps)
    assert dated.rules == rulebook.rules
    assert pickle.loads(pickle.dumps(dated)).digest == rulebook.digest


@pytest.mark.parametrize("how", COPIES)
def test_a_copy_of_an_advisor_answers_alike(how: str, guide: Advisor, answer: Recommendation) -> None:
    copied: Advisor = COPIES[how](guide)
    assert copied is not guide
    assert copied.advise(GIVEN) == COPIES[how](answer) == answer


@tabled("how", COPIES)
@tabled("count", [1, MAX_PROBLEMS + 1])
def test_a_copy_of_an_error_tells_the_same(how: str, count: int) -> None:
    error = WhytuneError(
        Problem("wrong-type", Sentence("`{key}` is a map", key=str(line)), Span("a.yaml", line))
        for line in range(count)
    )
    copied: WhytuneError = COPIES[how](error)
    assert (copied.problems, str(copied)) == (error.problems, str(error))
    assert copied.problems[-1].message.parts == error.problems[-1].message.parts


def test_every_lock_is_one_that_a_child_finds_free() -> None:
    """Whoever needs a lock takes `forks.Turns`."""
    paths = [path for top in ("engine", "diagrams", "cli") for path in (ROOT / top).rglob("*.py")]
    alone = (
        r"^(import|from) (_thread|multiprocessing)\b|^import threading|^from threading import .*(Lock|Condition|Event)"
    )
    locking = re.compile(alone, re.MULTILINE)
    assert [path.name for path in paths if locking.search(path.read_text())] == ["forks.py"]
