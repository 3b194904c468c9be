"""Phrases for the cases of a rulebook: what failed, what they cover, and which changes they notice."""

from __future__ import annotations

PHRASES: dict[str, dict[str, str]] = {
    # cases that were run
    "cases_passed": {"en": "{passed} passed", "zh": "通过 {passed} 个"},
    "cases_failed": {"en": "{failed} failed", "zh": "未通过 {failed} 个"},
    "cases_left": {"en": "{left} not run", "zh": "未运行 {left} 个"},
    "cases_unfilled": {"en": "{count} not filled in yet", "zh": "待填写 {count} 个"},
    "case_unfilled": {"en": "not filled in yet, and not run", "zh": "尚未填写，未运行"},
    "case_failed": {"en": "FAILED", "zh": "未通过"},
    "expected_advice": {"en": "advice: expected {wanted}, got {got}", "zh": "建议：应为{wanted}，实际为{got}"},
    "expected_status": {"en": "status: expected {wanted}, got {got}", "zh": "状态：应为{wanted}，实际为{got}"},
    "expected_possible": {
        "en": "possible: expected {wanted}; got {got}",
        "zh": "可能的结果：应为{wanted}；实际为{got}",
    },
    "expected_because": {
        "en": "because: expected {wanted} to be a reason; the reasons are {got}",
        "zh": "理由：应包括{wanted}；实际为{got}",
    },
    "expected_not_because": {
        "en": "not_because: expected {wanted} to be no reason; the reasons are {got}",
        "zh": "理由：不应包括{wanted}；实际为{got}",
    },
    "expected_ruled_out": {
        "en": "ruled_out: expected {wanted} to be ruled out; {got}",
        "zh": "排除：{wanted}应被排除；实际{got}",
    },
    "it_stands": {"en": "it stands", "zh": "成立"},
    "it_not_proposed": {"en": "it is not proposed", "zh": "未被提议"},
    "it_proposed": {"en": "it is proposed, and whether it is ruled out is open", "zh": "已提议，是否被排除待定"},
    "it_open": {"en": "whether it is proposed is open", "zh": "是否被提议待定"},
    "expected_flips": {
        "en": "flip to {changes}: expected {wanted}, got {got}",
        "zh": "改为{changes}之后：应为{wanted}，实际为{got}",
    },
    "no_reasons": {"en": "none", "zh": "无"},
    "if_intended": {
        "en": "if this is intended, write `{written}` at {place}",
        "zh": "如果这正是本意，请在 {place} 写 `{written}`",
    },
    "decided_here": {"en": "decided by {rules}", "zh": "决定者：{rules}"},
    # what they cover
    "coverage": {"en": "Coverage", "zh": "覆盖情况"},
    "covers_in_force": {"en": "Rules in force", "zh": "生效过的规则"},
    "covers_decisive": {"en": "Rules that decide", "zh": "起过决定作用的规则"},
    "covers_cuts": {"en": "Cuts, on both sides", "zh": "两侧都有案例的界限"},
    "covers_paths": {"en": "Paths of the diagram", "zh": "决策图的路径"},
    "covers_tasks": {"en": "Tasks", "zh": "任务"},
    "count_of": {"en": "{part} of {whole} ({percent})", "zh": "{part} / {whole}（{percent}）"},
    "never_in_force": {"en": "can never be in force: {rules}", "zh": "永远无法生效：{rules}"},
    "never_decisive": {"en": "can never decide: {rules}", "zh": "永远无法起决定作用：{rules}"},
    "not_covered": {"en": "Not covered", "zh": "未覆盖"},
    "missing_in_force": {
        "en": "{place}: the rule {rule} is in force in no case",
        "zh": "{place}：规则{rule}在所有案例中都未生效",
    },
    "missing_decisive": {
        "en": "{place}: the rule {rule} decides in no case",
        "zh": "{place}：规则{rule}在所有案例中都未起决定作用",
    },
    "missing_cut": {
        "en": "{place}: no case lies directly {sides} the cut at {at} in {band}",
        "zh": "{place}：{band} 的界限 {at} {sides}没有案例",
    },
    "side_below": {"en": "below", "zh": "下侧"},
    "side_above": {"en": "at or above", "zh": "上侧（含界限）"},
    "missing_path": {
        "en": "no case takes the path to {option} by {given}",
        "zh": "没有案例经过通往{option}的路径：{given}",
    },
    "more_paths": {"en": "and {count} more paths", "zh": "另有 {count} 条路径"},
    "suggest_hint": {
        "en": "`--suggest` prints cases for these, to be confirmed.",
        "zh": "用 `--suggest` 可输出相应的案例，供人工确认。",
    },
    # which changes they notice
    "mutation": {"en": "Changes to the rules, tried one by one", "zh": "逐一尝试的规则改动"},
    "mutants_noticed": {"en": "Noticed by a case", "zh": "被案例察觉"},
    "mutants_equal": {"en": "Not counted", "zh": "不计入"},
    "mutants_equal_said": {"en": "{count} that change no advice", "zh": "{count} 处不改变任何建议"},
    "mutants_undecided": {"en": "Undecided", "zh": "未能判定"},
    "mutants_undecided_said": {
        "en": "{count} that no case notices; the rulebook is too large to tell whether they change any advice",
        "zh": "{count} 处没有案例察觉；规则库太大，无法判定是否改变建议",
    },
    "not_noticed": {"en": "Not noticed by any case", "zh": "没有案例察觉的改动"},
    "would_notice": {"en": "This case would: {given} -> {advice}", "zh": "这个案例可以察觉：{given} -> {advice}"},
    "suggest_mutants_hint": {
        "en": "`--mutate --suggest` prints these cases, to be confirmed.",
        "zh": "用 `--mutate --suggest` 可输出这些案例，供人工确认。",
    },
    "no_mutation": {
        "en": "Changes to the rules are tried once all cases pass.",
        "zh": "所有案例通过之后，才会尝试规则改动。",
    },
    "trying_mutants": {"en": "Trying changes to the rules", "zh": "正在尝试规则改动"},
    "mutant_no_rule": {"en": "the rule {name} removed", "zh": "删去规则 {name}"},
    "mutant_no_condition": {
        "en": "the rule {name} without its condition on {subject}",
        "zh": "规则 {name} 去掉条件 {subject}",
    },
    "mutant_no_alternative": {
        "en": "the rule {name} without alternative {number} of any_of",
        "zh": "规则 {name} 去掉 any_of 的第 {number} 项",
    },
    "mutant_no_exception": {"en": "the rule {name} without its exception", "zh": "规则 {name} 去掉例外条件"},
    "mutant_other_option": {
        "en": "the rule {name} proposes {decision}: {new} instead of {old}",
        "zh": "规则 {name} 改为提议 {decision}: {new}，而不是 {old}",
    },
    "mutant_rules_out": {
        "en": "the rule {name} rules out {decision}: {option} instead of proposing it",
        "zh": "规则 {name} 不再提议 {decision}: {option}，而是将其排除",
    },
    "mutant_proposes": {
        "en": "the rule {name} proposes {decision}: {option} instead of ruling it out",
        "zh": "规则 {name} 不再排除 {decision}: {option}，而是提议它",
    },
    "mutant_moved_cut": {"en": "the cut of {name} at {new} instead of {old}", "zh": "{name} 的界限由 {old} 移至 {new}"},
    # ready-made cases
    "suggested_head": {
        "en": "Suggested by whytune. What is expected is what the rules say now: confirm each case, then keep it.",
        "zh": "由 whytune 生成。expect 的内容是规则目前给出的结果：请逐一确认后再保留。",
    },
    "suggested_more": {
        "en": "These are not all: add them to the cases, then run this again for the paths that are left.",
        "zh": "尚未列全：请先把这些加入案例，再运行一次，以得到其余路径的案例。",
    },
    "suggested_none": {"en": "Nothing to suggest: all is covered.", "zh": "没有可建议的案例：均已覆盖。"},
    "suggested_title": {"en": "Suggested", "zh": "建议的案例"},
    "suggested_in_force": {"en": "the rule {name} is in force", "zh": "规则 {name} 生效"},
    "suggested_decisive": {"en": "the rule {name} decides", "zh": "规则 {name} 起决定作用"},
    "suggested_below": {"en": "{name}, directly below {detail}", "zh": "{name}，紧邻 {detail} 之下"},
    "suggested_above": {"en": "{name}, exactly {detail}", "zh": "{name}，恰好为 {detail}"},
    "suggested_path": {"en": "any task", "zh": "任何任务"},
    "leads_so": {"en": "{facts} → {outcome}", "zh": "{facts} → {outcome}"},
    "suggested_mutant": {"en": "notices a change to {name}", "zh": "可察觉对 {name} 的改动"},
}
