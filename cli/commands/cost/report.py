"""What every estimate says of itself: its price with day and source, its currency, what is in it and what is not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

import click

from whytune.engine.costs.price_list import PriceList, Scope, checked_long_ago
from whytune.engine.costs.rows import Row, Stage
from whytune.engine.language.text import pick
from whytune.engine.language.vocabulary import Source
from whytune.engine.words.phrases import cited, phrase, shown_digest

from ...layout import table, wrap


class Report(NamedTuple):
    """Speaks of the prices of one list, as of one day, in one language."""

    prices: PriceList
    day: date
    language: str

    def say(self, key: str, **parts: str) -> str:
        return phrase(key, self.language, **parts)

    def listed(self, parts: Iterable[str]) -> str:
        return self.say("comma").join(parts)

    def named(self, prefix: str, keys: Iterable[str]) -> str:
        """The phrases of these keys, one after the other."""
        return self.say("semicolon").join(self.say(f"{prefix}_{key}") for key in keys)

    def source(self, source: Source) -> str:
        """The document, its edition, and the place in it."""
        return cited(source, self.prices.documents, self.language)

    def price(self, name: str, row: Row) -> Iterator[tuple[str, str]]:
        """What a price is of, on which days it holds and when it was checked; where it comes from; a note."""
        days = {"first": str(row.valid.first), "last": str(row.valid.last), "checked": str(row.checked_on)}
        held = self.say("price_until" if row.valid.last else "price_from", **days)
        yield self.say("cost_price"), self.say("within", value=name, bounds=held)
        yield self.say("source"), self.source(row.source)
        if row.note:
            yield self.say("cost_note"), pick(row.note, self.language)

    def warning(self, stage: Stage | None) -> Iterator[str]:
        """That a price cannot be had by everybody, or by nobody any more; nothing if anyone can buy."""
        if stage is None or stage.state == "open":
            return
        said = self.say(f"buyable_{stage.state}")
        text = f"{said}{self.say('sentence_gap')}{pick(stage.text, self.language)}" if stage.text else said
        text = self.say("within", value=text, bounds=self.source(stage.source)) if stage.source else text
        yield click.style(wrap(text, 2, " "), fg="yellow")

    def age(self, rows: Iterable[Row | None]) -> Iterator[str]:
        """That a price was checked too long ago to be relied on; nothing if none was."""
        if checked := checked_long_ago(rows, self.day):
            said = self.say("prices_old", checked=str(checked), day=str(self.day))
            yield click.style(wrap(said, 2, " "), fg="yellow")

    def closing(self, currency: str, scope: Scope, shown: str = "rounded") -> Iterator[tuple[str, str]]:
        """The last rows of every estimate; `shown` is how its amounts are: rounded, whole or estimated."""
        yield self.say("cost_currency"), self.say(f"currency_{shown}", currency=currency)
        yield self.say("cost_included"), self.named("included", scope.included)
        yield self.say("cost_not_included"), self.named("not_included", scope.not_included)
        identity = self.prices.identity
        yield (
            self.say("price_list"),
            self.say(
                "price_list_cited",
                name=identity.name,
                edition=identity.edition,
                digest=shown_digest(self.prices.digest),
                day=str(self.day),
            ),
        )

    def rows(self, rows: Iterable[tuple[str, str]]) -> list[str]:
        """A blank line, then the table."""
        return ["", *self.table(rows)]

    def table(self, rows: Iterable[tuple[str, str]]) -> list[str]:
        """Two columns; a name that stands in the row above is not said again."""
        shown, last = [], ""
        for name, text in rows:
            shown.append(("" if name == last else name, text))
            last = name
        return table(shown)
