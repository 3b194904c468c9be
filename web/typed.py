"""Numbers as people type them into the forms of pages -> in plain digits, where each can mean only one number."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import cast, get_args

from whytune.engine.costs.estimate_request import QuantityName, typed_quantity
from whytune.engine.costs.estimators import ESTIMATORS
from whytune.engine.language.value import in_digits

from .asking import CHANGES, ESTIMATE, FACTS, Query
from .routes import Endpoint


def typed(route: Endpoint, query: Query) -> Query:
    """The query with its numbers in plain digits, so that the page shows how they were read; raises WhytuneError."""
    texts = dict(_plain(route, query))
    return replace(query, values={**query.values, **texts}) if texts else query


def _plain(route: Endpoint, query: Query) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each parameter that may hold a number, with what it says in plain digits."""
    if route.is_about_a_case:
        known = query.book().content.vocabulary.by_name
        for key in query.values:
            prefix = next((prefix for prefix in (FACTS, CHANGES) if key.startswith(prefix)), None)
            fact = known.get(key.removeprefix(prefix)) if prefix else None
            if fact and fact.is_number:
                yield key, tuple(in_digits(fact, text) for text in query.all(key))
            quantity = key.removeprefix(ESTIMATE) if key.startswith(ESTIMATE) else ""
            if quantity in get_args(QuantityName):
                yield key, tuple(typed_quantity(cast(QuantityName, quantity), text) for text in query.all(key))
    elif route.estimates:
        for wanted in ESTIMATORS[route.estimates].takes:
            if texts := query.all(wanted.name):
                yield wanted.name, tuple(typed_quantity(wanted.name, text) for text in texts)
