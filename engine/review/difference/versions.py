"""Does a new version follow from what changed? Major for advice; minor for reasons, facts, safeguards; else patch.

Before 1.0.0, minor for advice, too: no such version promises that advice stays. A rulebook of another name, such as a
copy, has versions of its own.
"""

from __future__ import annotations

import re
from typing import Any, Literal, NamedTuple

_VERSION = re.compile(r"(0|[1-9][0-9]{0,8})\.(0|[1-9][0-9]{0,8})\.(0|[1-9][0-9]{0,8})")
VersionStep = Literal["major", "minor", "patch"]
STEPS: dict[str, VersionStep | None] = {
    "nothing": None,
    "wording": "patch",
    "safeguards": "minor",
    "reasons": "minor",
    "cautions": "minor",
    "advice": "major",
}


class Version(NamedTuple):
    """The versions, the step that the changes call for, and the least version that would do (None: any).

    `is_other` says that they are those of rulebooks with two names, of which neither follows the other.
    """

    before: str
    after: str
    step: VersionStep | None
    least: str | None
    is_other: bool = False

    @property
    def follows(self) -> bool:
        """Is the new version of the form MAJOR.MINOR.PATCH and late enough or, if nothing changed, not earlier?"""
        before, after = _read(self.before), _read(self.after)
        least = _read(self.least) if self.least else before
        if after is None:
            return self.step is None and not self.is_other
        return self.is_other or least is None or after >= least

    def to_dict(self) -> dict[str, Any]:
        return {
            "from": self.before,
            "to": self.after,
            "step": self.step,
            "least": self.least,
            "follows": self.follows,
            "is_other": self.is_other,
        }


def follow(before: str, after: str, level: str, is_other: bool = False) -> Version:
    """The version required after changes that reach this level (Semantic Versioning 2.0.0, applied to advice).

    After a version that is not of the form 1.2.3, any of that form will do; likewise for a rulebook that `is_other`.
    """
    if is_other:
        return Version(before, after, None, None, is_other=True)
    step, parts = STEPS[level], _read(before)
    if step is None or parts is None:
        return Version(before, after, step, None)
    if step == "major" and parts[0] == 0:
        step = "minor"
    place = ("major", "minor", "patch").index(step)
    least = (*parts[:place], parts[place] + 1, *(0 for _ in parts[place + 1 :]))
    return Version(before, after, step, ".".join(map(str, least)))


def is_version(text: str) -> bool:
    """Is this of the form MAJOR.MINOR.PATCH?"""
    return _VERSION.fullmatch(text) is not None


def _read(version: str) -> tuple[int, ...] | None:
    numbers = _VERSION.fullmatch(version)
    return tuple(map(int, numbers.groups())) if numbers else None
