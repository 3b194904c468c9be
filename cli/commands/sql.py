"""`whytune sql`: the statement that answers many tasks inside their database."""

from __future__ import annotations

from datetime import date

import click

import whytune
from whytune.days import today_or
from whytune.engine.bulk.sql.dialects import DIALECTS

from ..options import as_of_option, columns_options, language_option, rulebook_option
from ..outside.files import STDOUT, save, say_where


@click.command()
@click.option("--dialect", type=click.Choice(tuple(DIALECTS)), required=True, help="The database that will run it.")
@click.option("--table", required=True, metavar="NAME", help="The table of tasks, as NAME or SCHEMA.NAME.")
@click.option(
    "--columns", metavar="NAME,NAME,...", help="The columns of the table; by default one for each fact, with its name."
)
@columns_options
@click.option("--output", "-o", default=STDOUT, metavar="FILE", help="Where to write; by default standard output.")
@rulebook_option
@as_of_option()
@language_option
def sql(
    dialect: str,
    table: str,
    columns: str | None,
    maps: dict[str, str],
    assume: bool,
    prefix: str,
    output: str,
    rulebook: str,
    as_of: date | None,
    language: str | None,
) -> None:
    """Write one SQL statement that advises on every row of a table inside its database, as exactly as `advise` does.

    It returns each row with advice, status, possible, decided_by and cautions; a row with a mistake gets no advice, and
    its column `error` says what is wrong.

    \b
    Example:
      whytune sql --dialect duckdb --table tasks --columns id,prompt_enough,need,examples
    """
    book = whytune.load(rulebook).as_of(today_or(as_of))
    named = None if columns is None else [name.strip() for name in columns.split(",")]
    statement = book.sql(dialect, table, named, facts=maps, assume=assume, prefix=prefix)
    save(output, [statement.encode()])
    say_where(output)
