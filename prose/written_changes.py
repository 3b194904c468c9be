"""Parts, cases and texts that an edit wrote otherwise, as entries of lists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby, islice

from whytune.engine.review.difference import PartChange
from whytune.engine.review.difference.case_changes import CaseChanges
from whytune.engine.review.difference.case_edits import CaseEdit
from whytune.engine.review.difference.mentions import Mention

from .document import Listed
from .two_speakers import TwoSpeakers

MOST_LISTED = 40
"""The most parts, values of a part, reasons or cases that are listed."""


def changed_cases(cases: CaseChanges, both: TwoSpeakers) -> Iterator[str]:
    for case in cases.changed:
        before = both.outcome(case.decision, case.before, is_new=False)
        after = both.outcome(case.decision, case.after, is_new=True)
        yield both.new.pair(case.case, f"{before} → {after}")


def edited_cases(edits: Iterable[CaseEdit], both: TwoSpeakers) -> Iterator[tuple[str, list[Listed]]]:
    """The cases that were rewritten or renamed, those that are new and those that are gone, each below a title."""
    every = tuple(edits)
    rewritten = [edit for edit in every if edit.change in ("changed", "renamed")]
    entries = groupby(rewritten, lambda edit: edit.case)
    yield both.say("rewritten_cases"), [Listed(case, tuple(map(both.case_edit, edits))) for case, edits in entries]
    for key, change in (("added_cases", "added"), ("removed_cases", "removed")):
        yield both.say(key), [Listed(edit.case) for edit in every if edit.change == change]


def part_entry(part: PartChange, both: TwoSpeakers) -> Listed:
    text = f"{both.change(part)}  {part.span}" if part.span else both.change(part)
    return Listed(text, tuple(islice(both.values(part), MOST_LISTED)))


def mention_entries(mentions: Iterable[Mention], both: TwoSpeakers) -> Iterator[Listed]:
    """Each part with the paths below which it has such texts, and the first of these, in the reader's language if it is
    among them.
    """
    for (kind, name), together in groupby(mentions, lambda mention: (mention.kind, mention.name)):
        texts = tuple(together)
        paths = dict.fromkeys(".".join(mention.path) for mention in texts)
        text = both.new.pair(both.part(kind, name), both.new.listed(paths))
        first = next((mention for mention in texts if mention.path[-1] == both.new.language), texts[0])
        yield Listed(f"{text}  {first.span}" if first.span else text, (both.around(first.at, first.text),))


def first_entries(entries: Iterable[Listed], both: TwoSpeakers) -> Iterator[Listed]:
    """The first lines, and how many more there are."""
    room, left = MOST_LISTED, 0
    for entry in entries:
        shown = entry.details[: max(room - 1, 0)]
        if room > 0:
            yield entry._replace(details=shown)
        left += len(entry.details) - len(shown) + (room <= 0)
        room -= 1 + len(shown)
    if left:
        yield Listed(both.say("more_of_these", count=str(left)))
