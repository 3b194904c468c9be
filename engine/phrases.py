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
    "evidence": {"en": "Evidence", "zh": "依据"},
    "help": {"en": "Meaning", "zh": "含义"},
    "used_by": {"en": "Used by", "zh": "相关规则"},
    "decided_by": {"en": "Decided by", "zh": "决定依据"},
    "policy": {"en": "policy", "zh": "兜底规则"},
    "not_in_force_rules": {"en": "Not in force, and why", "zh": "不生效的规则及原因"},
    "ask_why": {"en": "why this is asked", "zh": "为什么问这个问题"},
    "ask_unknown": {"en": "it is not known, and not to be assumed", "zh": "不知道，也不要假设"},
    "ask_back": {"en": "take the last answer back", "zh": "撤回上一个回答"},
    "ask_quit": {"en": "stop, and write what is known as YAML", "zh": "停止，并以 YAML 输出已知事实"},
    "is_so": {"en": "is so", "zh": "成立"},
    "is_not_so": {"en": "is not so", "zh": "不成立"},
    "is_unknown": {"en": "not known", "zh": "未知"},
    "state_in_force": {"en": "in force", "zh": "生效"},
    "state_not_in_force": {"en": "not in force", "zh": "不生效"},
    "state_open": {"en": "open", "zh": "待定"},
    "state_stands": {"en": "stands", "zh": "成立"},
    "state_ruled_out": {"en": "ruled out", "zh": "被排除"},
    "state_not_proposed": {"en": "not proposed", "zh": "未被提议"},
    "state_proposed": {"en": "proposed; open whether it is ruled out", "zh": "已提议，是否被排除待定"},
    "status_settled": {"en": "settled", "zh": "已定"},
    "status_provisional": {"en": "provisional", "zh": "暂定"},
    "status_open": {"en": "open", "zh": "待定"},
    "judged": {"en": "{condition} — {truth}", "zh": "{condition} —— {truth}"},
    "short_by": {"en": "{value}, {distance} too few", "zh": "{value}，还差 {distance}"},
    "over_by": {"en": "{value}, {distance} too many", "zh": "{value}，超出 {distance}"},
    "waits_for": {"en": "not known: it waits for {facts}", "zh": "未知，需先确定：{facts}"},
    "rival_out": {"en": "Ruled out by {rules}: {options}", "zh": "被{rules}排除：{options}"},
    "rival_lacks": {"en": "{option} lacks what it needs ({conditions})", "zh": "{option}不满足条件（{conditions}）"},
    "rival_bare": {"en": "no rule speaks for {option}", "zh": "{option}没有规则支持"},
    "why_open": {
        "en": "Still possible: {options}; which of them depends on {facts}",
        "zh": "仍然可能：{options}；取决于：{facts}",
    },
    "why_tie": {"en": "{options} all stand, and a person must choose", "zh": "{options}同时成立，需人工取舍"},
    "rival_yields": {"en": "{option} stands too and gives way to {to}", "zh": "{option}也成立，但让位于：{to}"},
    "not_advised": {"en": "{option} is not the advice: {state}", "zh": "{option}不是当前建议：{state}"},
    "is_advised": {
        "en": "{option} is the advice; there is nothing against it",
        "zh": "{option}就是当前建议，没有不采用它的理由",
    },
    "rules_for": {"en": "Rules for it", "zh": "支持它的规则"},
    "rules_against": {"en": "Rules against it", "zh": "反对它的规则"},
    "no_rules_for": {"en": "no rule speaks for this option", "zh": "没有规则支持这个方案"},
    "no_rules_against": {"en": "no rule speaks against this option", "zh": "没有规则反对这个方案"},
    "difference_of": {
        "en": "One of {count} smallest changes that would make it the advice: {changes}",
        "zh": "使它成为建议的最小改动共 {count} 种，其一：{changes}",
    },
    "difference": {"en": "All that separates the advice from it: {changes}", "zh": "与它的全部差距：{changes}"},
    "no_way": {"en": "No change of facts leads to {option}", "zh": "无论怎样改变事实，都得不到这个结果：{option}"},
    "no_flip": {"en": "No change of facts leads to another advice", "zh": "无论怎样改变事实，建议都不变"},
    "change": {"en": "{fact}: {before} → {after}", "zh": "{fact}：{before} → {after}"},
    "flips_head": {
        "en": "The advice is {advice}. The smallest changes that lead elsewhere:",
        "zh": "当前建议：{advice}。使建议改变的最小改动：",
    },
    "flips_open": {
        "en": "The advice is open. The smallest changes that decide it:",
        "zh": "建议待定。使其确定的最小改动：",
    },
    "changeable_yes": {"en": "The team can change", "zh": "团队可以改变"},
    "changeable_with_effort": {"en": "With effort", "zh": "需付出努力"},
    "changeable_no": {"en": "Not in the team's hands", "zh": "团队无法改变"},
    "leads_to": {"en": "{changes}: {option}", "zh": "{changes}：{option}"},
    "and": {"en": " and ", "zh": "，且"},
    "reason": {
        "en": "Every task with the following gets this advice, whatever else is true of it: {option}",
        "zh": "凡具备以下事实的任务，无论其他情况如何，建议都是：{option}",
    },
    "reason_none": {"en": "The advice is open, so no facts force it", "zh": "建议待定，没有事实足以决定它"},
    "reason_always": {"en": "Every task gets this advice: {option}", "zh": "所有任务的建议都是：{option}"},
    "reason_irreducible": {
        "en": "None of these can be dropped; whether another set is smaller would take too long to say",
        "zh": "以上事实缺一不可；是否存在更小的一组，计算量过大，无法判断",
    },
    "reason_others": {
        "en": "Other sets of facts as small that force it too: {count}",
        "zh": "另有 {count} 组同样少的事实也足以决定它",
    },
    "assumed_mark": {"en": "{value} (assumed)", "zh": "{value}（假设）"},
    "unchanged": {"en": "Nothing changes", "zh": "没有任何变化"},
    "before_after": {"en": "{before} → {after}", "zh": "{before} → {after}"},
    "changed_facts": {"en": "Facts", "zh": "事实"},
    "changed_rules": {"en": "Rules", "zh": "规则"},
    "changed_options": {"en": "Options", "zh": "方案"},
    "asked_for": {"en": "Asked because these rules wait for it", "zh": "提问原因：以下规则取决于它"},
    "answers": {"en": "What each answer leads to", "zh": "各回答的结果"},
    "remaining": {"en": "Questions that may still come: at most {count}", "zh": "最多还有 {count} 个问题"},
    "idle": {"en": "No longer matters, whatever it is", "zh": "不再影响结果"},
    "no_question": {"en": "Nothing more to ask: the advice is settled", "zh": "无需再问：建议已定"},
    "confirms": {"en": "So far assumed: {value}", "zh": "目前假设：{value}"},
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
