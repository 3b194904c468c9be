"""`whytune audit`: what a ledger holds, and how anyone can tell that nobody changed it.

verdict        the options of a verification, and how one ends
filters        which records a command is about
spreadsheet    rows as CSV
list           which recommendations were recorded
show           one record: advice, reasons, trace, facts and where they came from
report         one record as such a page
verify         is every record as it was written?
replay         does the stored case give the same answer again?
impact         which advice would differ under another rulebook?
stats          how often each advice, rule and month occurs
export         the ledger as JSON Lines
verify_export  whether such a file verifies
keygen         a pair of keys, for signing
checkpoint     the length and last hash of a ledger, signed
"""

from __future__ import annotations

import click

from ... import Commands

COMMANDS = (
    *("list", "show", "report", "verify", "replay", "impact", "stats"),
    *("export", "verify-export", "keygen", "checkpoint"),
)


@click.group(cls=Commands, groups={"Commands": COMMANDS}, package=__name__)
def audit() -> None:
    """Look into a ledger of recommendations, and prove that nobody changed it.

    `whytune advise --record LEDGER` keeps a ledger. Exit codes: 0 done, 1 a replay or impact check failed, 4 the
    ledger does not verify.

    \b
    Example:
      whytune audit list --ledger advice.ledger
    """
