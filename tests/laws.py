"""How often Hypothesis tries a law: a few times in every run, more in a slow one, as it should be in a thorough one.

The suite says the same on every run, whatever the machine. There are no deadlines: a busy machine is slow at any
moment, and that is not a counterexample. A run of the whole suite shows a counterexample as found, since the search for
a smaller one can take minutes; a test that is run alone looks for one.
"""

from __future__ import annotations

import sys
from typing import Any

from hypothesis import Phase, settings
from hypothesis.internal import charmap
from hypothesis.internal.conjecture import providers
from hypothesis.internal.constants_ast import Constants
from hypothesis.internal.intervalsets import IntervalSet

HUNDRED = 100
SOME = 20
SLOW = 12
FEW = 3
FEWEST = 2
_AS_MET = tuple(phase for phase in Phase if phase not in (Phase.shrink, Phase.explain))


def settle() -> None:
    """Makes the profiles for `--hypothesis-profile`; where none is named, a test is run alone."""
    settings.register_profile("alone", deadline=None, derandomize=True, print_blob=True, max_examples=SOME)
    settings.register_profile("slow", settings.get_profile("alone"), phases=_AS_MET, max_examples=SLOW)
    settings.register_profile("quick", settings.get_profile("slow"), max_examples=FEW)
    settings.register_profile("thorough", settings.get_profile("slow"), max_examples=HUNDRED)
    settings.register_profile("explore", deadline=None, max_examples=5 * HUNDRED)
    settings.load_profile("alone")
    providers.__dict__["_get_local_constants"] = _constants
    charmap.__dict__["intervals_from_codec"] = _characters_of


_characters_of_codec = charmap.intervals_from_codec


def _characters_of(codec: str) -> tuple[IntervalSet, IntervalSet]:
    """The characters that a codec encodes, and those of them that come back as others; in UTF-8, all but surrogates and
    none. To try each of a million takes seconds in a fresh clone."""
    if codec != "utf-8":
        return _characters_of_codec(codec)
    return IntervalSet(((0, 0xD7FF), (0xE000, sys.maxunicode))), IntervalSet(())


_constants_of_modules = providers._get_local_constants


def _constants() -> Constants:
    """None that stand in the code, where a law is to be tried on the same examples whichever modules were imported; to
    look for them takes seconds."""
    assert settings.default is not None
    return Constants() if settings.default.derandomize else _constants_of_modules()


def is_thorough() -> bool:
    """Is this a run that tries everything as often as it should be tried?"""
    assert settings.default is not None
    return settings.default.max_examples >= HUNDRED


def tries(thorough: int, **more: Any) -> settings:
    """A law that a thorough run tries so often; one that does not say is tried a hundred times."""
    assert settings.default is not None
    share = settings.default.max_examples / HUNDRED
    return settings(max_examples=max(FEWEST, round(thorough * share)), **more)
