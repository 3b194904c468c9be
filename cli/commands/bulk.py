"""`whytune bulk`: many cases at once, one per row."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from functools import partial
from pathlib import Path
from typing import IO, Any, NoReturn

import click

import whytune
from whytune.days import today_or
from whytune.engine.bulk.answered_table import AnsweredTable, Keep
from whytune.engine.bulk.row_answers import Bulk, no_facts
from whytune.engine.bulk.row_formats import FORMATS, PARQUET, format_by_ending, format_of, table
from whytune.engine.language import source
from whytune.engine.language.folders import has_ending
from whytune.engine.language.problems import Problem, Sentence, Span, WhytuneError
from whytune.engine.words.catalogue import translated
from whytune.engine.words.speaker import Speaker
from whytune.prose import row_columns

from .. import DONE, PROBLEMS
from ..options import (
    as_of_option,
    circumstances_options,
    columns_options,
    end,
    is_recording,
    language_of,
    language_option,
    record_option,
    rulebook_option,
)
from ..outside.files import STDOUT, save
from ..outside.parquet import ParquetTable, parquet_table
from ..progress import Report, following, nothing

EACH = 1_000
"""How many rows are answered between two reports of progress."""


@click.command()
@click.argument("rows", metavar="ROWS.csv|ROWS.xlsx|ROWS.jsonl|ROWS.parquet|-")
@click.option("--output", "-o", default=STDOUT, metavar="FILE", help="Where to write; by default standard output.")
@columns_options
@click.option(
    "--format",
    "-f",
    "format_",
    type=click.Choice(FORMATS),
    help="The format of ROWS and of the output; by default by its name.",
)
@click.option(
    "--engine",
    type=click.Choice(("spark",)),
    help="Let Spark answer the rows of a Parquet folder, into another; answers as those of `whytune sql`.",
)
@click.option("--master", metavar="URL", help="Where Spark runs: local[4], spark://HOST:7077, yarn.")
@record_option("Keep a record of each answer in this ledger; the column `record` says which.")
@circumstances_options
@rulebook_option
@as_of_option()
@language_option
def bulk(
    rows: str,
    output: str,
    maps: dict[str, str],
    assume: bool,
    prefix: str,
    format_: str | None,
    rulebook: str,
    as_of: date | None,
    language: str | None,
    engine: str | None,
    master: str | None,
    **recording: Any,
) -> None:
    """Advise on many tasks at once: a row for each goes in, the same rows come out with their answers.

    A column gives the fact of its name; a blank value is left out, and so assumed where the rules say what. Other
    columns are kept. A row with a mistake gets no advice; its column `error` says what is wrong, and the other rows are
    answered. The first sheet of a workbook is read, and written as CSV.

    \b
    Examples:
      whytune bulk tasks.csv -o advised.csv --map "number of examples=examples"
      whytune bulk tasks.csv -o advised.csv --record advice.ledger --by "Ada Lovelace"
      whytune bulk tasks -o advised --engine spark --master spark://host:7077
    """
    loaded = whytune.load(rulebook)
    speaker = Speaker(loaded.content, language_of(loaded.content, language))
    advisor = loaded.as_of(today_or(as_of)).advisor
    answering = Bulk(advisor, maps, assume=assume, prefix=prefix, recorded=is_recording(recording))
    if (engine is None) != (master is None):
        raise click.UsageError("--engine spark and --master URL go together")
    if engine is not None:
        _by_spark(answering, speaker, rows, output, master or "", format_)
    if _is_workbook(output) or (_is_workbook(rows) and format_ not in (None, "csv")):
        raise click.UsageError("a workbook is read alone, and answered as CSV: --output FILE.csv")
    format_ = format_ or ("csv" if rows == STDOUT or _is_workbook(rows) else format_of(rows))
    written: ParquetTable | AnsweredTable
    if PARQUET in (format_, format_by_ending(output)):
        if answering.record:
            raise click.UsageError("--record goes with tables that are answered row by row: CSV, JSON Lines, workbooks")
        written = _through_parquet(answering, speaker, rows, output, format_)
    else:
        with _keeping(answering, speaker, rulebook, rows, recording) as keep:
            written = _row_by_row(answering, speaker, rows, output, format_, keep)
    _tell_of_columns(answering, speaker)
    counts = {"rows": f"{written.rows - written.refused:,}", "kinds": f"{answering.kinds:,}"}
    if not written.refused:
        click.echo(speaker.say("bulk_answered", **counts), err=True)
        end(DONE)
    click.echo(speaker.say("bulk_refused", **counts, refused=f"{written.refused:,}", error=answering.error), err=True)
    end(PROBLEMS)


def _by_spark(answering: Bulk, speaker: Speaker, rows: str, output: str, master: str, format_: str | None) -> NoReturn:
    """Lets Spark answer the rows, and ends the command."""
    if answering.record or STDOUT in (rows, output) or format_ not in (None, PARQUET):
        raise click.UsageError("Spark reads a folder of Parquet, and writes one: whytune bulk tasks -o advised")
    from ..outside.spark import answered_by_spark  # for those who have it

    counted = answered_by_spark(
        rows, output, master, answering, lambda columns: _tell_of_idle(answering, columns, speaker)
    )
    _tell_of_columns(answering, speaker)
    answered, refused = f"{counted.rows - counted.refused:,}", f"{counted.refused:,}"
    click.echo(speaker.say("spark_answered", rows=answered, refused=refused, error=answering.error), err=True)
    end(PROBLEMS if counted.refused else DONE)


def _keeping(
    answering: Bulk, speaker: Speaker, rulebook: str, rows: str, recording: Mapping[str, Any]
) -> AbstractContextManager[Keep | None]:
    """What records the rows, if that was asked for."""
    if not answering.record:
        return nullcontext()
    from ..recording import Recording, rows_keeper  # a ledger is for those who keep one

    return rows_keeper(speaker, rulebook, _label(rows), Recording(**recording))


def _label(rows: str) -> str:
    """The name of the table as problems and records tell it."""
    return "stdin" if rows == STDOUT else rows


def _row_by_row(
    answering: Bulk, speaker: Speaker, rows: str, output: str, format_: str, keep: Keep | None
) -> AnsweredTable:
    with _opened(rows) as stream, _following(output) as report:
        size = _size(stream)
        read = table(stream, _label(rows), format_)

        def watch(rows: int) -> None:
            if rows % EACH == 0:
                report(speaker.say("bulk_progress", rows=f"{rows:,}"), stream.tell() if size else None, size, rows)

        written = AnsweredTable(answering, read, speaker.language, watch, keep)
        _tell_of_idle(answering, read.columns, speaker)
        save(output, written.parts(), reads=[rows])
        if not read.columns:  # each row had keys of its own
            _tell_of_idle(answering, answering.passed_on, speaker)
        return written


def _following(output: str) -> AbstractContextManager[Report]:
    """What to report progress to, but where the terminal shows the answers themselves."""
    return nullcontext(nothing) if output == STDOUT and sys.stdout.isatty() else following()


def _size(stream: IO[bytes]) -> int | None:
    """How many bytes will be read; None where that is not known."""
    if not stream.seekable():
        return None
    here = stream.tell()
    size = stream.seek(0, io.SEEK_END)
    stream.seek(here)
    return size


def _through_parquet(answering: Bulk, speaker: Speaker, rows: str, output: str, format_: str) -> ParquetTable:
    """Raises WhytuneError, unknown-format, unless both files are Parquet."""
    if STDOUT in (rows, output) or {format_, format_by_ending(output)} != {PARQUET}:
        hint = Sentence("name both: whytune bulk tasks.parquet -o advised.parquet")
        message = Sentence("Parquet is read from a file, and written to one")
        raise WhytuneError([Problem("unknown-format", message, None, hint)])
    _opened(rows).close()
    with parquet_table(rows, answering) as read, _following(output) as report:
        answering.check_columns(read.columns)
        _tell_of_idle(answering, read.columns, speaker)
        watch = partial(_tell_of_kinds, report, speaker)
        save(output, read.answered(speaker.language, watch), reads=[rows])
        return read


def _tell_of_kinds(report: Report, speaker: Speaker, done: int, of: int) -> None:
    report(speaker.say("bulk_kinds", kinds=f"{done:,}"), done, of, done)


def _tell_of_idle(answering: Bulk, columns: Iterable[str], speaker: Speaker) -> None:
    """Says which columns give no fact, if the name of one may be a misspelt fact."""
    _tell(row_columns.misspelt(answering.idle(columns), speaker))


def _tell_of_columns(answering: Bulk, speaker: Speaker) -> None:
    """Says which columns gave a fact, and which did not, in the rows that were read."""
    if answering.taken:
        _tell(row_columns.read_as(answering.taken, answering.passed_on, speaker))
    elif answering.passed_on:
        _tell([translated(no_facts(answering.passed_on).sentence(), speaker.language)])
    _tell(row_columns.absent(answering.absent, speaker))


def _tell(remarks: Iterable[str]) -> None:
    for remark in remarks:
        click.echo(remark, err=True)


def _is_workbook(file: str) -> bool:
    return has_ending(Path(file).name, (".xlsx",))


def _opened(rows: str) -> IO[bytes]:
    """Opens the table as a stream; raises WhytuneError: missing-file, unreadable-file."""
    if rows == STDOUT:
        return sys.stdin.buffer
    if _is_workbook(rows):
        from whytune.exchange.sheets.both_ways import rows_as_csv  # workbooks are for those who have some
        from whytune.exchange.sheets.inspection import MAX_FILE

        return io.BytesIO(rows_as_csv(source.read_bytes(Path(rows), rows, MAX_FILE), rows))
    return source.opened(Path(rows), Span(rows))
