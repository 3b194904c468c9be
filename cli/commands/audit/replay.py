"""`whytune audit replay`: does the stored case give the same answer again?"""

from __future__ import annotations

from collections.abc import Iterator

import click

from whytune.engine import __version__
from whytune.engine.language.case import Value, from_settings, resolve
from whytune.engine.language.problems import visible
from whytune.engine.language.rulebook import Rulebook
from whytune.engine.ledger.replay import Replayed, Replayer, Tally
from whytune.engine.ledger.selection import Selection, chosen, find
from whytune.engine.ledger.store import Ledger
from whytune.engine.words.phrases import phrase

from ... import FAILED
from ...options import end, ledger_option, lines_format_option, set_option, spoken_option
from ...options import show_lines as present


@click.command()
@click.argument("id", required=False)
@ledger_option
@click.option("--all", "all_", is_flag=True, help="Every record.")
@set_option("The value of a fact that was kept out; it must be the recorded one.")
@lines_format_option
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
            record = find(opened, id)
            revealed = _revealed(replayer.rulebook(record), settings)
            found = Tally([replayer.replay(record, revealed)])
        else:
            found = Tally(replayer.replay(record) for record in chosen(opened, Selection()))
    present(format_, found.to_dict, _lines(found, language))
    if found.different_count:
        end(FAILED)


def _revealed(rulebook: Rulebook, settings: tuple[str, ...]) -> dict[str, Value]:
    """The values of --set, read as the record's rulebook reads them; raises WhytuneError."""
    given = from_settings(settings)
    if not given.entries:
        return {}
    states = resolve(rulebook.vocabulary, given).states
    return {name: state.value for name, state in states.items() if state.state == "given" and state.value is not None}


def _lines(found: Tally, language: str) -> Iterator[str]:
    yield phrase("replayed_same", language, count=str(found.same))
    if found.different_count:
        yield phrase("replayed_different", language, count=str(found.different_count))
    for each in found.different:
        yield from _deviation(each, language)
    if found.kept_out_count:
        yield phrase("replayed_kept_out", language, count=str(found.kept_out_count))
    for each in found.kept_out:
        facts = phrase("comma", language).join(map(visible, each.kept_out))
        yield f"  {each.record.id}{phrase('colon', language)}{facts}"


def _deviation(replayed: Replayed, language: str) -> Iterator[str]:
    found, record = replayed.deviation, replayed.record
    assert found
    key = "advice_differs" if found.advice else "advice_same"
    yield f"  {record.id}{phrase('colon', language)}{phrase(key, language)}"
    yield "    " + phrase("first_difference", language, path=visible(found.path))
    yield "    - " + visible(found.recorded)
    yield "    + " + visible(found.now)
    if (then := record.data["software"].get("whytune")) != __version__:
        yield "    " + phrase("other_version", language, then=visible(str(then)), now=__version__)
