"""What stands around a rulebook's own code in its module: the head, the runtime, and the doors that others open."""

from __future__ import annotations

import json
from inspect import getsource
from typing import Any

from ...language import letters, open_list
from ...meaning import semantics
from . import runtime

HEAD = '''
"""Advice by a rulebook, written by whytune; it needs nothing but Python.

`advise` takes a mapping of facts to what is known of them, and gives the answer to each decision; `advise_columns`
takes many tasks at once. What they compute with is whytune's own definition; facts and rules are the rulebook's.
"""

from __future__ import annotations
'''


DOOR = '''@lru_cache(maxsize=100_000)
def _meant(name: str, kind: type, value: Hashable) -> Stated:
    return snapped(meant(FACTS[name], value), GRID)


@lru_cache(maxsize=100_000)
def _in_order(low: str, high: str, less: Hashable, more: Hashable) -> bool:
    first, second = meant(FACTS[low], less), meant(FACTS[high], more)
    return not isinstance(first, Decimal) or not isinstance(second, Decimal) or first <= second


def advise(task: Mapping[str, Any]) -> dict[str, Any]:
    """The answer to a task of which these facts are given; what is left out, None or blank is not known.

    Truths, numbers and words, lists of them where a fact takes several values; "unknown" is not assumed either. It has
    {columns}.
    Raises ValueError with every mistake, as `examples: outside-range`. Tasks that are alike are answered once.
    """
    try:
        kind = tuple([(name, _meant(name, value.__class__, value)) for name, value in task.items()])
        is_read = all([_in_order(*pair, *map(task.get, pair)) for pair in ORDERS if task.keys() >= {{*pair}}])
    except (LookupError, TypeError, ValueError):  # a list, or a mistake
        is_read = False
    if not is_read:
        kind = tuple(stated(FACTS, SEVERAL, task).items())
    return dict(_answered(kind))


_columns = ColumnKinds(FACTS, ORDERS, _meant, _in_order)
_rows: dict[tuple[str, ...], dict[TaskKind, Mapping[str, Any]]] = {{}}


def advise_columns(tasks: Mapping[str, Sequence[Any]]) -> list[Mapping[str, Any]]:
    """The answer to each of many tasks, given as a list of values for each fact, all of one length.

    Each is what `advise` gives, with None for `error`; of a task with a mistake, `error` is the text of its ValueError
    and all else is None. Tasks that are alike share one answer, which nobody can change.
    """
    columns = _columns.placed(tasks)
    if len(_rows) > 1_000:
        _rows.clear()
    rows = _rows.setdefault((*tasks,), {{}})
    try:
        return [*map(rows.__getitem__, zip(*columns, strict=True))]
    except KeyError:
        return _first_answers(tasks, columns, rows)


def _first_answers(
    tasks: Mapping[str, Any], columns: Sequence[Sequence[Hashable]], rows: dict[TaskKind, Mapping[str, Any]]
) -> list[Mapping[str, Any]]:
    """The answers where some are of kinds that were not asked before: one task of each kind is answered by itself."""
    kinds = [*zip(*columns, strict=True)]
    last = dict(zip(kinds, range(len(kinds))))
    if len(rows) > 100_000:
        rows = _rows[(*tasks,)] = {{}}
    for kind in last.keys() - rows.keys():
        rows[kind] = MappingProxyType(_row({{name: values[last[kind]] for name, values in tasks.items()}}))
    return [*map(rows.__getitem__, kinds)]


def _row(task: Mapping[str, Any]) -> dict[str, Any]:
    try:
        return {{**advise(task), "error": None}}
    except ValueError as mistake:
        return {{**dict.fromkeys(advise({{}})), "error": str(mistake)}}'''


def runtime_text() -> str:
    """The text of the runtime, after the logic that it rests on."""
    logic = (semantics.all_of, semantics.any_of, semantics.negate, open_list.letters_of, open_list.is_one_slip)
    body = getsource(runtime).partition(_LAST_IMPORT)[2]
    constants = (
        f"LIKE = {open_list.LIKE}",
        f"MOST_LETTERS = {open_list.MOST_LETTERS}",
        f"ON_PURPOSE = re.compile({json.dumps(open_list.ON_PURPOSE.pattern, ensure_ascii=False)}, re.DOTALL)",
        f'UNFIT = r"{letters.UNFIT}"',
    )
    return "\n\n\n".join((_IMPORTS, "\n".join(constants), *map(_text, logic), body.strip()))


_LAST_IMPORT = "from ...meaning.semantics import Truth\n"
_IMPORTS = """import re
from bisect import bisect_right
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache, partial
from itertools import count, takewhile
from types import MappingProxyType
from typing import Any, NamedTuple
from unicodedata import normalize

Truth = bool | None"""


def _text(function: Any) -> str:
    return getsource(function).rstrip()
