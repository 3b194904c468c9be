"""Amounts in one currency, exact or a range; decimals throughout, rounded only when shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import reduce
from typing import Any

from ..language.problems import Problem, Sentence, WhytuneError
from ..language.text import EXACT

CENT = Decimal("0.01")
_SYMBOLS = {"USD": "$", "EUR": "€", "GBP": "£"}


@dataclass(frozen=True, slots=True)
class Money:
    """An amount from `low` to `high` in a currency (ISO 4217 code); exact if both are equal."""

    low: Decimal
    high: Decimal
    currency: str

    @classmethod
    def exact(cls, amount: Decimal, currency: str) -> Money:
        return cls(amount, amount, currency)

    @classmethod
    def none(cls, currency: str) -> Money:
        return cls.exact(Decimal(0), currency)

    @property
    def is_exact(self) -> bool:
        return self.low == self.high

    def __add__(self, other: Money) -> Money:
        """The sum; raises WhytuneError: mixed-currency."""
        same_currency((self.currency, other.currency))
        return Money(EXACT.add(self.low, other.low), EXACT.add(self.high, other.high), self.currency)

    def __sub__(self, other: Money) -> Money:
        """The difference, with the widest possible range; raises WhytuneError: mixed-currency."""
        same_currency((self.currency, other.currency))
        return Money(EXACT.subtract(self.low, other.high), EXACT.subtract(self.high, other.low), self.currency)

    def times(self, factor: Decimal | int) -> Money:
        """The amount times a factor, which must not be negative."""
        by = Decimal(factor)
        return Money(EXACT.multiply(self.low, by), EXACT.multiply(self.high, by), self.currency)

    def divided(self, divisor: Decimal | int) -> Money:
        """The amount divided, to 60 digits; the divisor must be above zero."""
        by = Decimal(divisor)
        return Money(EXACT.divide(self.low, by), EXACT.divide(self.high, by), self.currency)

    def to_dict(self) -> dict[str, Any]:
        """The amount as JSON data: plain digits as text, since JSON numbers are read as floats."""
        if self.is_exact:
            return {"amount": plain_digits(self.low), "currency": self.currency}
        return {"low": plain_digits(self.low), "high": plain_digits(self.high), "currency": self.currency}

    def shown(self) -> str:
        """The amount in text, to the cent, or to whole units for a range; halves are rounded up."""
        return self._written(CENT if self.is_exact else Decimal(1))

    def shown_estimate(self) -> str:
        """The amount in text if a formula gave it: two significant digits, since no more are known."""
        return self._each(estimated)

    def shown_rate(self) -> str:
        """A price as its list gives it, not rounded, with at least two decimals."""
        return self._each(lambda amount: f"{amount:,.2f}" if amount == _rounded(amount, CENT) else plain_digits(amount))

    def _written(self, unit: Decimal) -> str:
        return self._each(lambda amount: f"{_rounded(amount, unit):,}")

    def _each(self, digits: Callable[[Decimal], str]) -> str:
        symbol = _SYMBOLS.get(self.currency, f"{self.currency} ")
        low, high = (f"{'-' if amount < 0 else ''}{symbol}{digits(abs(amount))}" for amount in (self.low, self.high))
        return low if low == high else f"{low}–{high}"


def same_currency(currencies: Iterable[str]) -> str:
    """The one currency of these amounts; raises WhytuneError: mixed-currency, since whytune knows no exchange rates."""
    different = sorted(set(currencies))
    if len(different) > 1:
        hint = Sentence("give every amount in one currency, converted at a rate you can name")
        quoted = (f"`{currency}`" for currency in different)
        named = reduce(lambda left, right: Sentence("{left} and {right}", left=left, right=right), quoted)
        message = Sentence("amounts in {currencies} cannot be added up", currencies=named)
        raise WhytuneError([Problem("mixed-currency", message, None, hint)])
    return different[0]


def significant(number: Decimal, digits: int = 2) -> str:
    """The number to so many significant digits, in plain notation with thousands separators."""
    rounded = Context(prec=digits, rounding=ROUND_HALF_UP).plus(number)
    return f"{rounded.quantize(Decimal(1)) if rounded == rounded.to_integral_value() else rounded:,f}"


def estimated(number: Decimal) -> str:
    """The number to two significant digits; below a hundredth, only that it is below."""
    return "<0.01" if 0 < number < CENT else significant(number)


def plain_digits(number: Decimal) -> str:
    """The number without an exponent or trailing zeros, but with at least two decimals if it has any."""
    text = f"{number:f}"
    whole, _, fraction = text.partition(".")
    fraction = fraction.rstrip("0")
    return f"{whole}.{fraction.ljust(2, '0')}" if fraction else whole


def _rounded(number: Decimal, unit: Decimal) -> Decimal:
    return number.quantize(unit, ROUND_HALF_UP, context=EXACT)
