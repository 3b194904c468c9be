"""What a hint says at one door alone: in Python, where it names a command or an option; at a terminal."""

from __future__ import annotations

from collections.abc import Mapping

IN_PYTHON: Mapping[str, str] = {
    "`{command}` lists the facts": "`facts` of the rulebook lists them: print it",
    "name the day beside the facts, as `as_of` or --as-of": (
        "it is named where the rulebook is loaded: whytune.load(..., as_of=...)"
    ),
    "name the language beside the facts, as `language` or --language": (
        "it is named where the rulebook is loaded: whytune.load(..., language=...)"
    ),
    "leave it out where nothing is known": (
        "leave it out where nothing is known; a row of a table becomes a case by `decide(rows).case(row)`"
    ),
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
    "`whytune rules` lists rules and policies": "`rules` and `decisions` of the rulebook list them: print them",
    "`whytune test` runs them all": "`test()` of the rulebook runs them all",
    "put the one you mean into a file of its own; `whytune test` runs them all": (
        "put the one you mean into a file of its own; `test()` of the rulebook runs them all"
    ),
    "put case files there; `whytune test {rulebook} --suggest` prints some to begin with": "put case files there",
    "choose a section (--section), or a case (--case) to see only its way; --format text has it all": (
        'choose a section: section="..."; or ask a case for its way; `outline()` of the picture has it all'
    ),
    "for example: --table work.tasks": 'for example: "work.tasks"',
    "name with --into the folder of the rulebook from which it was exported": (
        "name the rulebook from which it was exported: into=rulebook"
    ),
    "name a file that `whytune advise --record` has made, or one that is not there yet": (
        "name a file that `ledger.record(...)` has made, or one that is not there yet"
    ),
    "name a file that `whytune audit checkpoint` has written": "name a file that `ledger.checkpoint(...)` has written",
    "`whytune audit keygen` makes a pair: NAME.key is private, NAME.pub is public": (
        "`whytune.keygen(...)` makes a pair: NAME.key is private, NAME.pub is public"
    ),
    "put something before the answers: --prefix whytune_": "give the column another name",
    "an id looks like 12 or 12-3f9a0c1b; `whytune audit list --text WORD` looks for what was said": (
        "an id looks like 12 or 12-3f9a0c1b; `ledger.records(text=...)` looks for what was said"
    ),
    "name a price list: --prices guide": 'name a price list: prices="guide"',
    "ask a rulebook about the same facts: `advise CASE --rulebook guide --compare`": (
        "ask a rulebook about the same facts: its `case(...).comparison()`"
    ),
    "verify record {seq} to see what stands there now; at a terminal: `whytune audit verify --record {seq}` with the "
    "same ledger": "verify record {seq} to see what stands there now: `ledger.proof({seq})`",
    "verify the whole ledger; at a terminal: `whytune audit verify` with the same ledger": (
        "verify the whole ledger: `ledger.verify()`"
    ),
}
"""The command line and pages say the first, exceptions the second, which has parts of the first alone."""

AT_A_TERMINAL: Mapping[str, str] = {
    "give what was kept out: {options}": "give what was kept out, each fact with --set: {options}"
}
"""What is said with an option where one can be typed."""

PLACES: Mapping[str, str] = {"--map": "facts"}
"""The options at which a mistake is placed, as the argument that gives the same in Python."""
