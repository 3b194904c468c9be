"""DOT -> SVG, PNG or PDF; the only file that runs Graphviz, from pygraphviz's wheel or a `dot` on the PATH."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from whytune.engine.advice.forks import Turns
from whytune.engine.language.problems import Problem, Sentence, WhytuneError

SECONDS = 60
"""How long a `dot` on the PATH may take over one picture."""

_one_at_a_time = Turns()
"""Held while drawing: neither Graphviz nor the redirection of standard error is safe in several threads."""


def render(dot: str, format_: str) -> bytes:
    """The picture in this format (svg, png, pdf); raises WhytuneError: no-graphviz, not-drawn."""
    try:
        import pygraphviz
    except ImportError:
        return _by_program(dot, format_)
    with _one_at_a_time, _quiet():
        try:
            picture: bytes = pygraphviz.AGraph(string=dot).draw(format=format_, prog="dot")
        except (OSError, RuntimeError, ValueError, pygraphviz.DotError) as error:
            raise _refused(str(error)) from None
    return picture


def _by_program(dot: str, format_: str) -> bytes:
    program = shutil.which("dot")
    if program is None:
        hint = Sentence(
            "pip install pygraphviz, or install Graphviz (Debian: apt install graphviz); "
            "dot, mermaid and text need neither"
        )
        raise WhytuneError([Problem("no-graphviz", Sentence("Graphviz is not installed"), None, hint)])
    try:
        done = subprocess.run(
            [program, f"-T{format_}"], input=dot.encode(), capture_output=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        raise _not_drawn(Sentence("Graphviz took more than {seconds} seconds", seconds=SECONDS)) from None
    except OSError as error:
        reason = error.strerror.lower() if error.strerror else Sentence("unknown error")
        raise _not_drawn(Sentence("`{program}` cannot be run: {reason}", program=program, reason=reason)) from None
    if done.returncode:
        raise _refused(done.stderr.decode(errors="replace"))
    return done.stdout


def _refused(message: str) -> WhytuneError:
    """The error for a picture that Graphviz refuses with this message."""
    reason = next((line.strip() for line in message.splitlines() if line.strip()), Sentence("no reason given"))
    return _not_drawn(Sentence("Graphviz could not draw this: {reason}", reason=reason))


def _not_drawn(message: Sentence) -> WhytuneError:
    return WhytuneError([Problem("not-drawn", message)])


@contextmanager
def _quiet() -> Iterator[None]:
    """Hides from the reader what C libraries such as fontconfig write to standard error."""
    if sys.stderr:
        sys.stderr.flush()
    try:
        kept = os.dup(2)
    except OSError:  # standard error is closed
        yield
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)
