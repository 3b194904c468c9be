"""The file beside a rulebook that records when its translations were last confirmed."""

from __future__ import annotations

import json
from collections.abc import Callable

from whytune.engine import Problem, Rulebook, WhytuneError
from whytune.engine.language.loading import folder_of
from whytune.engine.language.problems import Sentence
from whytune.engine.language.translations import FILE, Confirmed, confirmed_of, fingerprints


def confirmed_before(rulebook: str) -> Confirmed:
    """What was confirmed so far; nothing if the file makes no sense, since it is about to be rewritten.

    Raises WhytuneError, unreadable-file, if it is not a file but a pipe or a device, which could not be rewritten.
    """
    try:
        return confirmed_of(rulebook)
    except WhytuneError as error:
        if any(problem.code == "unreadable-file" for problem in error.problems):
            raise
    return {}


def confirm(rulebook: Rulebook, name: str, save: Callable[[str, bytes], None]) -> str:
    """Records that all languages say the same as of now, and returns the file that says so. Raises WhytuneError."""
    folder = folder_of(name)
    if folder is None:
        message = Sentence("a rulebook in a single file has no place for it")
        hint = Sentence("put the rulebook into a folder of its own")
        raise WhytuneError([Problem("missing-file", message, None, hint)])
    path = str(folder / FILE)
    save(path, (json.dumps(fingerprints(rulebook), indent=1, ensure_ascii=False, sort_keys=True) + "\n").encode())
    return path
