"""The few fixed phrases in which whytune speaks, in each of its languages, and how it writes numbers and lists.

A rulebook in another language gets the English phrase around its own words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from .text import pick
from .vocabulary import Band, Fact, Interval

_PHRASES: Mapping[str, Mapping[str, str]] = {
    "yes": {"en": "yes", "zh": "是"},
    "no": {"en": "no", "zh": "否"},
    "below": {"en": "below {high}", "zh": "低于 {high}"},
    "between": {"en": "{low} to below {high}", "zh": "{low} 及以上、低于 {high}"},
    "from": {"en": "{low} or more", "zh": "{low} 及以上"},
    "anything": {"en": "any number", "zh": "任意数值"},
    "band": {"en": "{label}: {value} ({interval})", "zh": "{label}：{value}（{interval}）"},
    "not_in_force": {"en": "Not in force: {title}", "zh": "不生效：{title}"},
    "concluded_yes": {"en": "{label}: yes", "zh": "{label}：是"},
    "concluded_no": {"en": "{label}: no, for no rule that says so is in force", "zh": "{label}：否，没有生效的规则支持"},
    "stands": {"en": "{label} stands: proposed, and not ruled out", "zh": "{label}成立：有规则提议，且未被排除"},
    "ruled_out": {"en": "{label} is ruled out", "zh": "{label}被排除"},
    "not_proposed": {"en": "{label}: no rule in force proposes it", "zh": "{label}：没有生效的规则提议"},
    "advise_stands": {"en": "{label} is what stands", "zh": "成立的方案是{label}"},
    "advise_if_none_stands": {"en": "Nothing stands, so the fallback decides: {label}", "zh": "没有方案成立，采用后备方案：{label}"},
    "advise_if_several_stand": {"en": "Several options stand; {label} is preferred", "zh": "有多个方案成立，优先采用{label}"},
    "advise_refer": {"en": "Several options stand and no preference covers them: a person decides",
                     "zh": "有多个方案成立且没有适用的优先次序：交由人工决定"},
    "advise_refer_none": {"en": "Nothing stands: a person decides", "zh": "没有方案成立：交由人工决定"},
    "advise_every_completion": {"en": "Whatever the facts not known turn out to be: {label}", "zh": "无论未知事实如何，结果都是{label}"},
    "refer": {"en": "a person decides", "zh": "交由人工决定"},
}


def phrase(key: str, language: str, **parts: str) -> str:
    """The phrase of this name in this language, English if it has none there."""
    known = _PHRASES[key]
    return known.get(language, known["en"]).format(**parts)


def in_each(languages: Iterable[str], key: str, **parts: Mapping[str, str]) -> dict[str, str]:
    """The phrase in each of these languages, its parts being texts in each of them."""
    return {language: phrase(key, language, **{name: pick(text, language) for name, text in parts.items()})
            for language in languages}


def number(value: Decimal) -> str:
    """The number with thousands separators."""
    return f"{value:,}"


def interval(cell: Interval, language: str) -> str:
    """The bounds of a piece of a number line, in words."""
    key = "anything" if cell.low is None and cell.high is None else "below" if cell.low is None else \
        "from" if cell.high is None else "between"
    bounds = {name: number(bound) for name, bound in (("low", cell.low), ("high", cell.high)) if bound is not None}
    return phrase(key, language, **bounds)


def value(fact: Fact, given: str | Decimal, language: str) -> str:
    """A value of the fact as readers see it: its label, yes or no, or a number with its unit."""
    if isinstance(given, Decimal):
        unit = f" {pick(fact.unit, language)}" if fact.unit else ""
        return number(given) + unit
    if given in fact.labels:
        return pick(fact.labels[given], language)
    return phrase(given, language) if given in _PHRASES else given


def piece(band: Band, name: str, language: str) -> str:
    """A piece of a band as readers see it: its label, else its bounds."""
    return pick(band.labels[name], language) if name in band.labels else interval(band.interval(name), language)
