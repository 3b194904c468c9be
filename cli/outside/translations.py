"""The file beside a rulebook that holds when its translations were last confirmed."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

from whytune.engine import Problem, Rulebook, Span, WhytuneError
from whytune.engine.language import source
from whytune.engine.language.folders import is_there
from whytune.engine.language.loading import folder_of
from whytune.engine.language.problems import Sentence
from whytune.engine.language.translations import FILE, Confirmed, fingerprints

_FINGERPRINT = re.compile("[0-9a-f]{12}")


def confirmed_of(rulebook: str) -> Confirmed:
    """What was confirmed of the rulebook of this name or path; nothing if nothing ever was."""
    folder = folder_of(rulebook)
    label = f"{rulebook.rstrip('/')}/{FILE}"
    if folder is None or not is_there(folder / FILE, label):
        return {}
    path = folder / FILE
    written = source.plain(source.read(path, label))
    if not isinstance(written, dict) or not all(map(_are_fingerprints, written.values())):
        said = Sentence("not a file of confirmed translations")
        hint = Sentence("write it anew with `whytune check --confirm-translations`")
        raise WhytuneError([Problem("wrong-type", said, Span(label), hint)])
    return written


def _are_fingerprints(prints: object) -> bool:
    return isinstance(prints, dict) and all(
        isinstance(said, str) and _FINGERPRINT.fullmatch(said) for said in prints.values()
    )


def confirmed_before(rulebook: str) -> Confirmed:
    """What was confirmed so far; nothing where the file makes no sense, for it is to be written anew.

    Raises WhytuneError: unreadable-file, where there is no file but a pipe or a device, which could not be written.
    """
    try:
        return confirmed_of(rulebook)
    except WhytuneError as error:
        if any(problem.code == "unreadable-file" for problem in error.problems):
            raise
    return {}


def confirm(rulebook: Rulebook, name: str, save: Callable[[str, bytes], None]) -> str:
    """Writes that all languages say the same as of now; the file that holds it. Raises WhytuneError."""
    folder = folder_of(name)
    if folder is None:
        said = Sentence("a rulebook in a single file has no place for it")
        hint = Sentence("put the rulebook into a folder of its own")
        raise WhytuneError([Problem("missing-file", said, None, hint)])
    path = str(folder / FILE)
    save(path, (json.dumps(fingerprints(rulebook), indent=1, ensure_ascii=False, sort_keys=True) + "\n").encode())
    return path
