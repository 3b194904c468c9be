"""What a hint says where there is no terminal: each pattern of one that names a command or an option, for Python."""

from __future__ import annotations

from collections.abc import Mapping

IN_PYTHON: Mapping[str, str] = {
    "`{command}` lists the facts": "`facts` of the rulebook lists them: print it",
    "`whytune facts` lists them": "`facts` of the rulebook lists them: print it",
    "`whytune rules` lists them": "`rules` of the rulebook lists them: print it",
    "the rulebook `{other}` has a fact of that name (--rulebook {other}); `{command}` lists those of this one": (
        'the rulebook `{other}` has a fact of that name: whytune.load("{other}"); `facts` lists those of this one'
    ),
    "the decision `{other}` has an option of that name (--decision {other})": (
        'the decision `{other}` has an option of that name: decision="{other}"'
    ),
    "name the columns as facts (`whytune facts` lists them), or say which is which: --map column=fact": (
        "name the columns as facts (`facts` of the rulebook lists them), or say which is which: "
        'facts={{"column": "fact"}}'
    ),
    "put something before the answers: --prefix whytune_": "give the column another name",
    "an id looks like 12 or 12-3f9a0c1b; `whytune audit list --text WORD` looks for what was said": (
        "an id looks like 12 or 12-3f9a0c1b; `ledger.records(text=...)` looks for what was said"
    ),
    "verify the whole ledger; at a terminal: `whytune audit verify --ledger FILE`": (
        "verify the whole ledger: `ledger.verify()`"
    ),
}
"""The command line and pages say the first, exceptions the second, which has parts of the first alone."""
