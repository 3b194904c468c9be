"""`whytune audit replay`: does the stored case give the same answer again?"""

from __future__ import annotations

import click

from whytune.engine.language.case import from_settings, resolve
from whytune.engine.language.rulebook import Rulebook
from whytune.engine.language.value import Value
from whytune.engine.ledger.replay import Replayer, Tally
from whytune.engine.ledger.selection import Selection, chosen, find
from whytune.engine.ledger.store import Ledger
from whytune.prose.records import replays
from whytune.shown import Format

from ... import FAILED
from ...options import end, ledger_option, set_option, spoken_option
from ...output import format_option, show


@click.command()
@click.argument("id", required=False)
@ledger_option
@click.option("--all", "all_", is_flag=True, help="Every record.")
@set_option("The value of a fact that was kept out; it must be the recorded one.")
@format_option
@spoken_option
def replay(id: str | None, ledger: str, all_: bool, settings: tuple[str, ...], format_: Format, language: str) -> None:
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
            record = find(opened, id)
            revealed = _revealed(replayer.rulebook(record), settings)
            tally = Tally([replayer.replay(record, revealed)])
        else:
            tally = Tally(replayer.replay(record) for record in chosen(opened, Selection()))
    show(format_, tally.to_dict, lambda: replays(tally, language))
    if tally.different_count:
        end(FAILED)


def _revealed(rulebook: Rulebook, settings: tuple[str, ...]) -> dict[str, Value]:
    """The values of --set, read as the record's rulebook reads them; raises WhytuneError."""
    given = from_settings(settings)
    if not given.entries:
        return {}
    states = resolve(rulebook.vocabulary, given).states
    return {name: state.value for name, state in states.items() if state.state == "given" and state.value is not None}
