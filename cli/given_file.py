"""CASE, a path or `-` for standard input -> the case as written; or how to come by one if there is no such file."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

from whytune.engine import Problem, Span, WhytuneError
from whytune.engine.language import source
from whytune.engine.language.casefile import WrittenCase, of_facts, read_case
from whytune.engine.language.loading import DEFAULT
from whytune.engine.language.problems import Sentence, closest
from whytune.prose.regions import rulebook_option
from whytune.prose.shell import quoted

ENDINGS = (".yaml", ".yml", ".json")


def read_file(case: str | None, rulebook: str = DEFAULT) -> WrittenCase:
    """The content of CASE (a path, or `-` for standard input), empty if there is none. Raises WhytuneError.

    If there is no such file, the error says how to write one for the rulebook.
    """
    if case is None:
        return of_facts(source.Map((), Span("facts")))
    if case == "-":
        return read_case(source.decode(_piped(), "stdin"))
    if _is_missing(case):
        hint = _nearly(case) or how_to_write(case, rulebook)
        raise WhytuneError([Problem("missing-file", Sentence("no such file"), Span(case), hint)])
    return read_case(source.read(Path(case), case))


def how_to_write(case: str, rulebook: str) -> Sentence:
    """The hint at the command that asks for the facts of a case and writes them into this file."""
    command = " ".join(("whytune ask --save", quoted(case), *rulebook_option(rulebook)))
    return Sentence("`{command}` asks for the facts and writes them there", command=command)


def _nearly(case: str) -> Sentence | None:
    """The hint at the case file in the same folder whose name is most like this one, if any is close enough."""
    folder, name = os.path.split(case)
    with suppress(OSError, ValueError):
        files = {os.path.splitext(file)[0]: file for file in os.listdir(folder or ".") if file.endswith(ENDINGS)}
        if stem := closest(os.path.splitext(name)[0], files):
            return Sentence("did you mean `{close}`?", close=os.path.join(folder, files[stem]))
    return None


def _is_missing(file: str) -> bool:
    """Is there no such file? One that may be there and cannot be looked at is not missing."""
    try:
        os.stat(file)
    except FileNotFoundError:
        return True
    except (OSError, ValueError):
        pass
    return False


def _piped() -> bytes:
    """The content of standard input, or its beginning if it is too large to read; raises WhytuneError."""
    try:
        return sys.stdin.buffer.read(source.MAX_BYTES + 1)
    except OSError as error:
        raise source.unreadable(Span("stdin"), error) from None
