"""Counts, shares and amounts as users write them -> checked numbers, with every mistake at once."""

from __future__ import annotations

import re
from decimal import Decimal

from ..language.numerals import PLAIN
from ..language.problems import Problem, Sentence, Span, WhytuneError, did_you_mean, short
from ..language.text import BadValue, read_number
from .money import Money
from .price_list import PriceList

MOST_EXAMPLES = 10**9
MOST_TOKENS = 10**7
"""The most tokens of one example, prompt or answer: ten times the longest context there is."""
MOST_EPOCHS = 1_000
MOST_CALLS = 10**9
MOST_MONTHS = 1_200
MOST_GPUS = 100_000
MOST_PARAMETERS = 100_000
"""The most billions of parameters."""
MOST_MONEY = 10**9
MOST_HOURS = 10**6

_SIZE = re.compile(r"(?<![0-9a-zA-Z.])([0-9]+(?:\.[0-9]+)?)\s*[bB](?![a-zA-Z0-9])")
_MONEY = re.compile(r"(?:(?P<before>[A-Za-z]{3})\s*)?(?P<number>\S+?)(?:\s*(?P<after>[A-Za-z]{3}))?")


class Quantities:
    """Reads what is written for the quantities of one estimate; `stop_if_wrong` raises all mistakes together."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def count(self, option: str, text: str, most: int, least: int = 1) -> int:
        """A whole number from `least` to `most`."""
        return int(self._number(option, text, Decimal(least), Decimal(most), whole=True))

    def share(self, option: str, text: str) -> Decimal:
        """A part of a whole, from 0 to 1."""
        return self._number(option, text, Decimal(0), Decimal(1))

    def above_zero(self, option: str, text: str, most: int) -> Decimal:
        """A number above zero, not necessarily whole."""
        before = len(self.problems)
        number = self._number(option, text, Decimal(0), Decimal(most))
        if number == 0 and len(self.problems) == before:
            self._report("outside-range", Sentence("`{option}` is above 0, not 0", option=_bare(option)), option, text)
        return number

    def money(self, option: str, text: str, currency: str, prices: PriceList) -> Money:
        """An amount, with its currency (`1224 USD`) or in the currency of the prices it is added to.

        Problems: unknown-currency, mixed-currency, wrong-type, outside-range.
        """
        match = _MONEY.fullmatch(text.strip())
        number = match["number"] if match else text
        code = ((match["before"] or match["after"]) if match else None) or currency
        currencies = prices.identity.currencies
        if code.upper() not in currencies:
            hint = did_you_mean(code.upper(), currencies) or Sentence(
                "the price list has {known}", known=", ".join(currencies)
            )
            self._report(
                "unknown-currency", Sentence("unknown currency `{code}`", code=short(code)), option, text, hint
            )
        elif code.upper() != currency:
            hint = Sentence("give it in {currency}, converted at a rate you can name", currency=currency)
            message = Sentence(
                "an amount in {given} cannot be added to prices in {currency}", given=code.upper(), currency=currency
            )
            self._report("mixed-currency", message, option, text, hint)
        return Money.exact(self._number(option, number, Decimal(0), Decimal(MOST_MONEY)), currency)

    def size(self, option: str, text: str) -> Decimal:
        """Billions of parameters, as `8B` or `8`."""
        return self.above_zero(option, text.strip().removesuffix("B").removesuffix("b"), MOST_PARAMETERS)

    def stop_if_wrong(self) -> None:
        """Raises WhytuneError with every mistake found so far."""
        if self.problems:
            raise WhytuneError(self.problems)

    def _number(self, option: str, text: str, least: Decimal, most: Decimal, whole: bool = False) -> Decimal:
        try:
            number = read_number(text, whole=whole)
        except BadValue as bad:
            if "is beyond" in bad.message:
                too_much = Sentence("`{option}` is at most {most:,}", option=_bare(option), most=most)
                self._report("outside-range", too_much, option, text)
            else:
                hint = bad.hint or (None if PLAIN.fullmatch(text.strip()) else Sentence("give one number"))
                self._report(bad.code, bad.message, option, text, hint)
            return least
        if number < least:
            message = Sentence(
                "`{option}` is at least {least:,}, not {number:,}", option=_bare(option), least=least, number=number
            )
        elif number > most:
            message = Sentence(
                "`{option}` is at most {most:,}, not {number:,}", option=_bare(option), most=most, number=number
            )
        else:
            return number
        self._report("outside-range", message, option, text)
        return least

    def _report(self, code: str, message: Sentence, option: str, text: str, hint: Sentence | None = None) -> None:
        self.problems.append(Problem(code, message, Span(f"{option} {short(text)}"), hint))


def _bare(option: str) -> str:
    """The option without its dashes."""
    return option.lstrip("-")


def size_in(model: str) -> Decimal | None:
    """Billions of parameters by a model's name (8 for `Llama-3-8B`); None if it gives none, or those of a mixture."""
    sizes = set(_SIZE.findall(model.replace("-", " ").replace("_", " ")))
    return Decimal(sizes.pop()) if len(sizes) == 1 else None
