"""`whytune audit replay`: does the stored case give the same answer again?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import click

from whytune.engine import __version__
from whytune.engine.case import Value, from_settings, resolve
from whytune.engine.ledger.record import Record
from whytune.engine.ledger.recorded import rulebook_of
from whytune.engine.ledger.replay import Replayed, Replayer
from whytune.engine.ledger.selection import Selection, chosen, find
from whytune.engine.ledger.store import Ledger
from whytune.engine.ledger.verification import sound
from whytune.engine.phrases import phrase
from whytune.engine.problems import visible

from .. import FAILED
from ..options import end, format_option, ledger_option, set_option, spoken_option
from ..options import show as present

MAX_SHOWN = 20
"""As many records are told of one kind; the count is of all."""


@click.command()
@click.argument("id", required=False)
@ledger_option
@click.option("--all", "all_", is_flag=True, help="Every record.")
@set_option("The value of a fact that was kept out; it must be the recorded one.")
@format_option
@spoken_option
def replay(id: str | None, ledger: str, all_: bool, settings: tuple[str, ...], format_: str, language: str) -> None:
    """Run the stored facts of the record ID through the stored rulebook again, and demand the same bytes.

    A record whose sensitive facts were kept out needs their values. Exit code 1: some record came out differently;
    the first difference is named.

    \b
    Examples:
      whytune audit replay 12-3f9a0c1b --ledger advice.ledger
      whytune audit replay 12 --ledger advice.ledger --set private_data=yes
      whytune audit replay --all --ledger advice.ledger
    """
    if bool(id) == all_ or (settings and all_):
        raise click.UsageError("give either the ID of one record, with --set where it needs it, or --all")
    with Ledger.to_read(ledger) as opened:
        replayer = Replayer(opened)
        if id:
            record = sound(find(opened, id), opened)
            revealed = _revealed(record, opened, settings)
            found = Tally([replayer.replay(record, revealed)])
        else:
            found = Tally(replayer.replay(record) for record in chosen(opened, Selection()))
    present(format_, found.to_dict, found.lines(language))
    if found.different_count:
        end(FAILED)


def _revealed(record: Record, ledger: Ledger, settings: tuple[str, ...]) -> dict[str, Value]:
    """The values of --set, read as the record's rulebook reads them; raises WhytuneError."""
    given = from_settings(settings)
    if not given.entries:
        return {}
    states = resolve(rulebook_of(record, ledger).vocabulary, given).states
    return {name: state.value for name, state in states.items() if state.state == "given" and state.value is not None}


class Tally:
    """What became of the records: counts, and the first of each kind."""

    def __init__(self, replayed: Iterable[Replayed]) -> None:
        self.same = self.different_count = self.kept_out_count = 0
        self.different: list[Replayed] = []
        self.kept_out: list[Replayed] = []
        for each in replayed:
            if each.kept_out:
                self.kept_out_count += 1
                self.kept_out += [each] if len(self.kept_out) < MAX_SHOWN else []
            elif each.difference:
                self.different_count += 1
                self.different += [each] if len(self.different) < MAX_SHOWN else []
            else:
                self.same += 1

    def to_dict(self) -> dict[str, object]:
        return {
            "same": self.same,
            "different": self.different_count,
            "kept_out": self.kept_out_count,
            "first": [each.to_dict() for each in (*self.different, *self.kept_out)],
        }

    def lines(self, language: str) -> Iterator[str]:
        yield phrase("replayed_same", language, count=str(self.same))
        if self.different_count:
            yield phrase("replayed_different", language, count=str(self.different_count))
        for each in self.different:
            yield from _difference(each, language)
        if self.kept_out_count:
            yield phrase("replayed_kept_out", language, count=str(self.kept_out_count))
        for each in self.kept_out:
            facts = phrase("comma", language).join(map(visible, each.kept_out))
            yield f"  {each.record.id}{phrase('colon', language)}{facts}"


def _difference(replayed: Replayed, language: str) -> Iterator[str]:
    found, record = replayed.difference, replayed.record
    assert found
    key = "advice_differs" if found.advice else "advice_same"
    yield f"  {record.id}{phrase('colon', language)}{phrase(key, language)}"
    yield "    " + phrase("first_difference", language, path=visible(found.path))
    yield "    - " + visible(found.recorded)
    yield "    + " + visible(found.now)
    if (then := record.data["software"].get("whytune")) != __version__:
        yield "    " + phrase("other_version", language, then=visible(str(then)), now=__version__)
