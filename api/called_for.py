"""What an edit does -> what it calls for in other places: the new version, and what its cases are to expect."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from whytune.engine.language.folders import file_at
from whytune.engine.review.casebook import run_all
from whytune.engine.review.casebook.amendments import Amendment, amendments
from whytune.engine.review.casebook.reading import FOLDER, cases_in_file, checked_cases
from whytune.engine.review.difference.versions import Version
from whytune.exchange.sheets.yaml_edits import edited

from .amended import amended
from .patches import patch_of
from .rulebook import Rulebook
from .verdicts import Tested


@dataclass(frozen=True)
class CalledFor:
    """The files of a rulebook as they are kept, as an edit leaves them and with what it calls for, and how many cases
    fail even then.
    """

    kept: Mapping[str, bytes]
    edited: Mapping[str, bytes]
    files: Mapping[str, bytes]
    failing: int

    @property
    def patch(self) -> str:
        """The edit with all that it calls for, as one patch."""
        return _patch(self.kept, self.files)

    @property
    def additions(self) -> str:
        """What is called for beyond the edit, as a patch; empty if nothing is."""
        return _patch(self.edited, self.files)

    @property
    def changed(self) -> Mapping[str, bytes]:
        """The contents that are called for, by the names of their files."""
        return {name: content for name, content in self.files.items() if content != self.edited[name]}

    def to_dict(self) -> dict[str, Any]:
        return {"patch": self.patch, "additions": self.additions, "failing": self.failing}


def called_for(
    kept: Mapping[str, bytes], changed: Mapping[str, bytes], after: Rulebook, version: Version, tested: Tested | None
) -> CalledFor:
    """What an edit of these files calls for that gives some of them other contents, and so makes this rulebook;
    raises WhytuneError.
    """
    left = {**kept, **changed}
    files = _with_expectations(_with_version(left, after, version), tested)
    return CalledFor(kept, left, files, _failing(left, files, after, tested) if tested else 0)


def _patch(old: Mapping[str, bytes], new: Mapping[str, bytes]) -> str:
    return "".join(patch_of(name, old.get(name), content) for name, content in sorted(new.items()))


def _with_version(files: Mapping[str, bytes], after: Rulebook, version: Version) -> Mapping[str, bytes]:
    """The files with the least version that follows, if theirs does not."""
    place = after.content.places.get(("rulebook", after.content.name, "version"))
    name = file_at(place.source, files) if place else None
    if name is None or not version.least or version.follows:
        return files
    with suppress(ValueError):
        text = edited(files[name].decode(), {("rulebook", "version"): version.least})
        return {**files, name: text.encode()}
    return files


def _with_expectations(files: Mapping[str, bytes], tested: Tested | None) -> Mapping[str, bytes]:
    """The files with other words for what cases expect in vain, or without it, the last first, so that the places of
    the others stay; what is left to its author stays as it is.
    """
    new = dict(files)
    for amendment in sorted(amendments(tested or ()), key=_position, reverse=True):
        name = file_at(amendment.span.source, files)
        if name and not amendment.is_shared:
            with suppress(ValueError):
                new[name] = amended(new[name].decode(), name, amendment).encode()
    return new


def _position(amendment: Amendment) -> tuple[int, int]:
    return amendment.span.line or 0, amendment.span.column or 0


def _failing(left: Mapping[str, bytes], files: Mapping[str, bytes], after: Rulebook, tested: Tested) -> int:
    """How many cases fail with these files: those whose files stay fail as they did."""
    changed = {name: text for name, text in files.items() if text != left[name] and PurePath(name).parts[0] == FOLDER}
    written = [case for name, text in changed.items() for case in cases_in_file(text, name)]
    results = run_all(after.content, checked_cases(after.content, written), tested.report.today)
    stay = (result for result in tested.failed if file_at(result.case.span.source, files) not in changed)
    return sum(bool(result.failures) for result in results) + sum(1 for _ in stay)
