"""`whytune audit replay`: does the stored case give the same answer again?"""

from __future__ import annotations

from functools import partial

import click

from whytune.engine.language.settings import from_settings
from whytune.engine.ledger.store import Ledger
from whytune.kept import replayed
from whytune.shown import Format

from ... import FAILED
from ...options import end, ledger_option, set_option, spoken_option
from ...output import answer, format_option
from .verdict import stop_in_doubt, stop_unverified


@click.command()
@click.argument("id", required=False)
@ledger_option
@click.option("--all", "all_", is_flag=True, help="Every record.")
@set_option("The value of a fact that was kept out; it must be the recorded one.")
@format_option
@spoken_option
def replay(id: str | None, ledger: str, all_: bool, settings: tuple[str, ...], format_: Format, language: str) -> None:
    """Run the stored facts of the record ID through the stored rulebook again, and demand the same bytes.

    A record whose sensitive facts were kept out needs their values; --all counts it apart, and is not held up by it.
    Exit code 0: no record that was run came out differently. 1: some did; the first difference is named. 4: the
    ledger is damaged, and those after the fault were not run.

    \b
    Examples:
      whytune audit replay 12-3f9a0c1b --ledger advice.ledger
      whytune audit replay 12 --ledger advice.ledger --set private_data=yes
      whytune audit replay --all --ledger advice.ledger
    """
    if bool(id) == all_ or (settings and all_):
        raise click.UsageError("give either the ID of one record, with --set where it needs it, or --all")
    with Ledger.to_read(ledger) as opened:
        tally = replayed(opened, id, language, partial(from_settings, settings))
    answer(format_, tally)
    if tally.verification:
        stop_unverified(tally.verification, format_, language)
    if tally.chain and tally.chain.fault:
        stop_in_doubt(id or "", tally.chain, format_, language)
    if tally.value.different_count:
        end(FAILED)
