"""--of-record ID, a record in place of CASE: the options, and what does not go with them."""

from __future__ import annotations

import click
from click.core import ParameterSource

from .output import Decorated

LEDGER_VARIABLE = "WHYTUNE_LEDGER"


def of_record_option(command: Decorated) -> Decorated:
    """--of-record: which record is asked in place of CASE."""
    help_ = "Ask this record of a ledger in place of CASE: its facts, by the rules kept with it, on its day."
    return click.option("--of-record", metavar="ID", help=help_)(command)


def its_ledger_option(command: Decorated) -> Decorated:
    """--ledger, for a command in which it only says where the record is."""
    help_ = "The ledger of the record."
    option = click.option("--ledger", "kept_in", metavar="LEDGER", envvar=LEDGER_VARIABLE, show_envvar=True, help=help_)
    return option(command)


def check_record_named(of_record: str | None, case: str | None) -> None:
    """Raises UsageError for a ledger without a record, and for what a record answers by itself."""
    if of_record is None:
        if is_typed("kept_in"):
            raise click.UsageError("--ledger goes with --of-record ID")
    elif case is not None:
        raise click.UsageError("give either CASE or --of-record ID")
    else:
        _refuse_other_rules()


def _refuse_other_rules() -> None:
    for name, option in (("rulebook", "--rulebook"), ("as_of", "--as-of")):
        if is_typed(name):
            raise click.UsageError(
                f"{option} does not go with --of-record: a record is asked by the rules kept with it, on its day; "
                "`whytune audit impact` asks another rulebook"
            )


def is_typed(parameter: str) -> bool:
    """Was a parameter of the command typed, and not left to a variable or its default?"""
    return click.get_current_context().get_parameter_source(parameter) is ParameterSource.COMMANDLINE
