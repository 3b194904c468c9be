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
    "band": {"en": "{label}: {value}", "zh": "{label}：{value}"},
    "within": {"en": "{value} ({bounds})", "zh": "{value}（{bounds}）"},
    "not_in_force": {"en": "Not in force: {title}", "zh": "未生效：{title}"},
    "concluded_yes": {"en": "{label}: yes", "zh": "{label}：是"},
    "concluded_no": {
        "en": "{label}: no, for no rule that says so is in force",
        "zh": "{label}：否，没有生效的规则得出这一结论",
    },
    "stands": {"en": "{label} stands: proposed, and not ruled out", "zh": "{label}成立：有规则提议，且未被排除"},
    "ruled_out": {"en": "{label} is ruled out", "zh": "{label}被排除"},
    "not_proposed": {"en": "{label}: no rule in force proposes it", "zh": "{label}：没有生效的规则提议该方案"},
    "advise_stands": {"en": "{label} is what stands", "zh": "成立的方案：{label}"},
    "advise_if_none_stands": {
        "en": "Nothing stands, so the fallback decides: {label}",
        "zh": "没有方案成立，采用后备方案：{label}",
    },
    "advise_if_several_stand": {
        "en": "Several options stand; {label} is preferred",
        "zh": "有多个方案成立，优先采用{label}",
    },
    "advise_refer": {
        "en": "Several options stand and no preference covers them: a person decides",
        "zh": "有多个方案成立且没有适用的优先次序：交由人工决定",
    },
    "advise_refer_none": {"en": "Nothing stands: a person decides", "zh": "没有方案成立：交由人工决定"},
    "advise_every_completion": {
        "en": "Whatever the unknown facts turn out to be: {label}",
        "zh": "无论未知事实如何，结果都是{label}",
    },
    "refer": {"en": "a person decides", "zh": "交由人工决定"},
    "advice": {"en": "Advice", "zh": "建议"},
    "advice_open": {"en": "not decided yet", "zh": "尚未确定"},
    "status": {"en": "Status", "zh": "状态"},
    "settled": {
        "en": "settled: whatever else may be true of the task",
        "zh": "已定：无论该任务的其他情况如何，建议都不变",
    },
    "settled_full": {"en": "settled: every fact that matters is given", "zh": "已定：所有相关事实均已给出"},
    "provisional": {"en": "provisional: it rests on assumptions", "zh": "暂定：依赖下列假设"},
    "open": {"en": "open: unknown facts leave several outcomes", "zh": "待定：未知事实使结果不止一种"},
    "why": {"en": "Why", "zh": "理由"},
    "ruled_out_by": {"en": "Ruled out", "zh": "被排除的方案"},
    "proposed_and_out": {"en": "{label}, proposed by {rules}, is ruled out:", "zh": "{label}（由{rules}提议）被排除："},
    "out_by_rules": {"en": "{label} is ruled out by {rules}", "zh": "{label}被{rules}排除"},
    "assumed_edge": {"en": "{label}, assumed", "zh": "{label}（假设）"},
    "flowchart_of": {"en": "Flowchart computed from the rules of “{title}”", "zh": "由规则库“{title}”计算得出的流程图"},
    "edge": {"en": "From “{source}” to “{target}”.", "zh": "从“{source}”到“{target}”。"},
    "edge_labelled": {"en": "From “{source}”, {label}: “{target}”.", "zh": "从“{source}”，{label}：“{target}”。"},
    "network_of": {
        "en": "What the rules of “{title}” test and what they speak for",
        "zh": "规则库“{title}”的推理网络：规则检验什么、支持什么",
    },
    "decisions_of": {
        "en": "How the decisions of “{title}” rest on facts and on each other",
        "zh": "规则库“{title}”中各决策如何依赖事实与其他决策",
    },
    "fallback": {"en": "fallback", "zh": "后备"},
    "preference": {"en": "preference", "zh": "优先"},
    "drawn": {"en": "The way of the case is drawn in {file}", "zh": "该案例的决策路径已绘制到 {file}"},
    "outline_see": {"en": "see {number} above", "zh": "见上文第 {number} 项"},
    "assumed_here": {"en": "Assumed, and able to change the advice", "zh": "可能改变建议的假设"},
    "also_possible": {"en": "If an assumption fails, also possible", "zh": "若假设不成立，还可能是"},
    "possible": {"en": "Still possible", "zh": "仍然可能"},
    "unknown_here": {"en": "Not known", "zh": "未知"},
    "next": {"en": "Next question", "zh": "下一个问题"},
    "facts": {"en": "Facts", "zh": "事实"},
    "unknown": {"en": "not known", "zh": "未知"},
    "not_applicable": {"en": "does not apply", "zh": "不适用"},
    "trace": {"en": "Trace", "zh": "推理过程"},
    "from_steps": {"en": "step {steps}", "zh": "第 {steps} 步"},
    "from_many_steps": {"en": "steps {steps}", "zh": "第 {steps} 步"},
    "by_rule": {"en": "Rule: {rule}", "zh": "规则：{rule}"},
    "section_only": {
        "en": "Only the rules of section {section}; by all rules the advice is: {advice}",
        "zh": "仅限分组 {section} 的规则；按全部规则，建议是：{advice}",
    },
    "source": {"en": "Source", "zh": "出处"},
    "cited": {"en": "{title}, {place}", "zh": "《{title}》{place}"},
    "quoted": {"en": "“{text}”", "zh": "“{text}”"},
    "at_most": {"en": "at most {high}", "zh": "不超过 {high}"},
    "from_to": {"en": "{low} to {high}", "zh": "{low} 至 {high}"},
    "in_force": {"en": "In force: {title}", "zh": "规则“{title}”生效"},
    "rulebook": {"en": "Rulebook", "zh": "规则库"},
    "rules_on": {"en": "rules as of {day}", "zh": "采用 {day} 有效的规则"},
    "rules": {"en": "Rules", "zh": "规则"},
    "policies": {"en": "Policies", "zh": "取舍策略"},
    "notes": {"en": "Notes", "zh": "说明"},
    "if": {"en": "If", "zh": "如果"},
    "any_of": {"en": "and one of", "zh": "且满足以下之一"},
    "except_if": {"en": "except if", "zh": "除非"},
    "conclude": {"en": "Concludes", "zh": "得出结论"},
    "propose": {"en": "Proposes", "zh": "提议"},
    "rule_out": {"en": "Rules out", "zh": "排除"},
    "because": {"en": "Because", "zh": "理由"},
    "example": {"en": "Example", "zh": "例子"},
    "owner": {"en": "Owner", "zh": "负责人"},
    "valid": {"en": "Valid", "zh": "有效期"},
    "place": {"en": "Stands in", "zh": "位置"},
    "section": {"en": "Section", "zh": "分组"},
    "question": {"en": "Question", "zh": "问题"},
    "values": {"en": "Values", "zh": "取值"},
    "assume": {"en": "Assumed if not given", "zh": "未给出时假设为"},
    "only_if": {"en": "Applies only if", "zh": "仅当"},
    "help": {"en": "Meaning", "zh": "含义"},
    "used_by": {"en": "Used by", "zh": "相关规则"},
    "or": {"en": " or ", "zh": "或"},
    "comma": {"en": ", ", "zh": "、"},
    "semicolon": {"en": "; ", "zh": "；"},
    "colon": {"en": ": ", "zh": "："},
    "kind_yes_no": {"en": "yes or no", "zh": "是或否"},
    "kind_choice": {"en": "one of", "zh": "单选"},
    "kind_choices": {"en": "any of", "zh": "多选"},
    "kind_whole_number": {"en": "a whole number", "zh": "整数"},
    "kind_number": {"en": "a number", "zh": "数值"},
}


def phrase(key: str, language: str, **parts: str) -> str:
    """The phrase of this name in this language, English if it has none there."""
    known = _PHRASES[key]
    return known.get(language, known["en"]).format(**parts)


def in_each(languages: Iterable[str], key: str, **parts: Mapping[str, str]) -> dict[str, str]:
    """The phrase in each of these languages, its parts being texts in each of them."""
    return {
        language: phrase(key, language, **{name: pick(text, language) for name, text in parts.items()})
        for language in languages
    }


def number(value: Decimal) -> str:
    """The number with thousands separators."""
    return f"{value:,}"


def interval(cell: Interval, language: str) -> str:
    """The bounds of a piece of a number line, in words."""
    key = (
        "anything"
        if cell.low is None and cell.high is None
        else "below"
        if cell.low is None
        else "from"
        if cell.high is None
        else "between"
    )
    bounds = {name: number(bound) for name, bound in (("low", cell.low), ("high", cell.high)) if bound is not None}
    return phrase(key, language, **bounds)


def value(fact: Fact, given: str | Decimal, language: str) -> str:
    """A value of the fact as readers see it: its label, yes or no, or a number with its unit."""
    if isinstance(given, Decimal):
        unit = f" {pick(fact.unit, language)}" if fact.unit else ""
        return number(given) + unit
    if given in fact.labels:
        return pick(fact.labels[given], language)
    return phrase(given, language)  # yes or no: the values of a choice all have labels


def piece(band: Band, name: str, language: str) -> str:
    """A piece of a band as readers see it: its label, else its bounds."""
    return pick(band.labels[name], language) if name in band.labels else interval(band.interval(name), language)
