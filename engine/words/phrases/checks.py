"""Findings about a rulebook."""

PHRASES: dict[str, dict[str, str]] = {
    "check_title": {"en": "Findings about {name}", "zh": "对 {name} 的检查结果"},
    "checks_title": {"en": "The checks", "zh": "全部检查"},
    "confirmed_title": {"en": "Confirmed translations of {name}", "zh": "{name} 已确认的译文"},
    "error": {"en": "error", "zh": "错误"},
    "warning": {"en": "warning", "zh": "警告"},
    "note": {"en": "note", "zh": "提示"},
    "concerns": {"en": "Concerns", "zh": "涉及"},
    "share": {"en": "{tasks} of {all} tasks, {percent}", "zh": "{all} 种任务中的 {tasks} 种，{percent}"},
    "more_regions": {"en": "and {count} more", "zh": "另有 {count} 个区域"},
    "more_regions_option": {
        "en": "and {count} more, which --all-regions shows",
        "zh": "另有 {count} 个区域，可用 --all-regions 列出",
    },
    "other_regions": {"en": "and others", "zh": "以及其他区域"},
    "anything_but": {"en": "anything but {values}", "zh": "{values}以外"},
    "waived_by": {
        "en": "accepted by waiver `{waiver}` ({owner}, {until}): {because}",
        "zh": "已由豁免 `{waiver}` 接受（{owner}，{until}）：{because}",
    },
    "accepted_until": {"en": "until {day}", "zh": "至 {day}"},
    "accepted_for_good": {"en": "for good", "zh": "长期有效"},
    "waiver_expired": {
        "en": "waiver `{waiver}` has expired: its last day was {day}",
        "zh": "豁免 `{waiver}` 已过期：最后一天为 {day}",
    },
    "waiver_needs": {
        "en": (
            "To accept such a finding, write a waiver with `finding: {code}` and, as its `about`, the name that "
            "`whytune check` shows after the code."
        ),
        "zh": "要接受这样的发现，请写一条豁免：`finding: {code}`，`about` 则为 `whytune check` 在代码后给出的名称。",
    },
    "nothing_found": {"en": "Nothing found", "zh": "未发现问题"},
    "count_error": {"en": "errors: {count}", "zh": "错误 {count} 项"},
    "count_warning": {"en": "warnings: {count}", "zh": "警告 {count} 项"},
    "count_note": {"en": "notes: {count}", "zh": "提示 {count} 项"},
    "count_waived": {"en": "waived: {count}", "zh": "已豁免 {count} 项"},
    "translations_confirmed": {
        "en": "All languages are taken to say the same, as of now: {file}",
        "zh": "已确认各语言含义一致：{file}",
    },
    "confirmed_new": {"en": "`{text}` is new", "zh": "`{text}` 为新增"},
    "confirmed_stale": {
        "en": "`{text}` changed in {changed} and not in {kept}",
        "zh": "`{text}` 的 {changed} 已改，{kept} 未改",
    },
    "confirmed_changed": {"en": "`{text}` changed in {changed}", "zh": "`{text}` 的 {changed} 均已改"},
    "confirmed_nothing": {"en": "Nothing has changed since the last time", "zh": "自上次确认以来没有变化"},
    "count_changed": {"en": "changed: {count}", "zh": "有改动 {count} 项"},
    "count_new": {"en": "new: {count}", "zh": "新增 {count} 项"},
    "found_undecided": {
        "en": "no rule decides `{decision}`: only the fallback `{option}` answers",
        "zh": "没有规则决定 `{decision}`：只有后备方案 `{option}` 作答",
    },
    "found_several_stand": {
        "en": "`{first}` and `{second}` of `{decision}` both stand, and the preference takes `{first}`",
        "zh": "`{decision}` 的 `{first}` 与 `{second}` 同时成立，优先次序选取 `{first}`",
    },
    "found_referred": {
        "en": "`{first}` and `{second}` of `{decision}` both stand, and a person has to decide",
        "zh": "`{decision}` 的 `{first}` 与 `{second}` 同时成立，须由人工决定",
    },
    "found_not_preferred": {
        "en": (
            "`{first}` and `{second}` of `{decision}` both stand, and a person has to decide: the preference leaves "
            "out {missing}"
        ),
        "zh": "`{decision}` 的 `{first}` 与 `{second}` 同时成立，须由人工决定：优先次序未列入 {missing}",
    },
    "found_contradictory_condition": {
        "en": "the conditions of `{rule}` can never hold together: {conditions}",
        "zh": "`{rule}` 的条件永远不可能同时满足：{conditions}",
    },
    "found_contradictory_alternative": {
        "en": "alternative {number} of `{rule}` can never hold: {conditions}",
        "zh": "`{rule}` 的第 {number} 个分支永远不可能满足：{conditions}",
    },
    "found_never_in_force": {
        "en": "`{rule}` is never in force: its exception switches it off wherever its conditions hold",
        "zh": "`{rule}` 永远不会生效：凡条件满足之处，都被例外情形关掉",
    },
    "found_never_met": {
        "en": "`{rule}` is never in force: no task meets {condition}",
        "zh": "`{rule}` 永远不会生效：没有任何任务满足 {condition}",
    },
    "found_never_decisive": {
        "en": "without `{rule}` the advice would be the same in every case",
        "zh": "即使没有 `{rule}`，所有案例的建议也都不变",
    },
    "found_masked_veto": {
        "en": "`{rule}` rules out `{option}` where nothing proposes it",
        "zh": "`{rule}` 排除 `{option}`，但那里本来就没有规则提议它",
    },
    "found_dead_option": {
        "en": "`{option}` is never the advice on `{decision}`",
        "zh": "`{option}` 永远不会成为 `{decision}` 的建议",
    },
    "found_unused_fact": {
        "en": "no rule tests `{fact}`, and nothing waits for it",
        "zh": "没有规则检验 `{fact}`，也没有别的事实依赖它",
    },
    "found_undecisive_fact": {
        "en": "rules test `{fact}`, but no advice depends on it",
        "zh": "虽有规则检验 `{fact}`，但没有任何建议取决于它",
    },
    "found_unused_band_cut": {
        "en": "the cut {cut} of `{band}` changes no advice: `{below}` and `{above}` come to the same",
        "zh": "`{band}` 的界限 {cut} 不影响任何建议：`{below}` 与 `{above}` 结果相同",
    },
    "found_assumption_matters": {
        "en": "`{fact}: {value}` is assumed, and the advice would be another if it were otherwise",
        "zh": "`{fact}: {value}` 为假设，若实际并非如此，建议会不同",
    },
    "found_idle_exception": {
        "en": "the exception of `{rule}` never meets its conditions",
        "zh": "`{rule}` 的例外从不与其条件相遇",
    },
    "found_overlapping_exception": {
        "en": "the exception of `{rule}` changes no advice: there the same effect comes from {others}",
        "zh": "`{rule}` 的例外不改变任何建议：在那里 {others} 产生同样的效果",
    },
    "found_exception_without_effect": {
        "en": "the exception of `{rule}` changes no advice",
        "zh": "`{rule}` 的例外不改变任何建议",
    },
    "found_not_always": {
        "en": "invariant `{invariant}` is broken: `{decision}` must be {options}, and is {advice}",
        "zh": "违反不变式 `{invariant}`：`{decision}` 必须是 {options}，实际是 {advice}",
    },
    "found_not_never": {
        "en": "invariant `{invariant}` is broken: `{decision}` must never be {options}, and is {advice}",
        "zh": "违反不变式 `{invariant}`：`{decision}` 绝不能是 {options}，实际却是 {advice}",
    },
    "found_leads_away": {
        "en": (
            "invariant `{invariant}` is broken: as `{fact}` grows from {low} to {high}, `{decision}` goes from "
            "{before} to {after}"
        ),
        "zh": ("违反不变式 `{invariant}`：当 `{fact}` 从{low}增加到{high}时，`{decision}` 从 {before} 变成了 {after}"),
    },
    "found_coming_change": {
        "en": "from {day} on ({rules}) the advice is another: {changes}",
        "zh": "自 {day} 起（{rules}）建议会改变：{changes}",
    },
    "coming_breach": {"en": "then it breaks {invariants}", "zh": "届时将违反 {invariants}"},
    "coming_failure": {
        "en": "cases that fail then and not the day before: {cases} of {of}",
        "zh": "{of} 个案例中有 {cases} 个前一天通过、届时失败",
    },
    "rule_begins": {"en": "`{rule}` begins", "zh": "`{rule}` 生效"},
    "rule_ends": {"en": "`{rule}` has ended", "zh": "`{rule}` 失效"},
    "option_becomes": {
        "en": "`{decision}` becomes `{after}` instead of `{before}` (tasks: {tasks})",
        "zh": "`{decision}` 由 `{before}` 变为 `{after}`（{tasks} 种任务）",
    },
    "found_expired_rule": {"en": "the last day of `{rule}` was {day}", "zh": "`{rule}` 的有效期已于 {day} 届满"},
    "found_rule_ends_soon": {"en": "the last day of `{rule}` is {day}", "zh": "`{rule}` 的有效期将于 {day} 届满"},
    "found_waiver_ends_soon": {
        "en": "the last day of waiver `{waiver}` is {day}: then its findings come back",
        "zh": "豁免 `{waiver}` 将于 {day} 到期：此后它所涉及的发现会重新出现",
    },
    "found_never_reviewed": {"en": "`{rule}` has no `reviewed_on`", "zh": "`{rule}` 没有填写 `reviewed_on`"},
    "found_review_overdue": {
        "en": "`{rule}` was reviewed on {reviewed}, and its next review was due by {due}",
        "zh": "`{rule}` 上次复核于 {reviewed}，应在 {due} 之前再次复核",
    },
    "found_no_main": {
        "en": "no other decision rests on {decisions}, and nothing says which is the main one; `{last}` is taken",
        "zh": "{decisions}都不被其他决策依赖，也没有写明哪个为主；目前取 `{last}`",
    },
    "found_uncited_band": {"en": "the cuts of `{band}` have no source", "zh": "`{band}` 的界限没有注明出处"},
    "found_uncited_policy": {
        "en": "the policy `{policy}` says neither why nor where it comes from",
        "zh": "取舍策略 `{policy}` 既没有理由，也没有出处",
    },
    "found_uncited_document": {"en": "nothing cites the document `{document}`", "zh": "文献 `{document}` 没有被引用"},
    "found_missing_translation": {
        "en": "`{text}` seems not to be translated into `{language}`",
        "zh": "`{text}` 似乎没有译成 `{language}`",
    },
    "found_stale_translation": {
        "en": "`{text}` changed in {changed} and not in {kept} since its translation was confirmed",
        "zh": "`{text}` 自确认译文以来，{changed} 已改，{kept} 未改",
    },
    "found_stale_label": {
        "en": "the label of `{piece}` in `{band}` ({language}) says {said}, which is no bound of it",
        "zh": "`{band}` 中 `{piece}` 的标签（{language}）写着 {said}，但这不是它的界限",
    },
    "found_untested_rule": {"en": "no case brings `{rule}` into force", "zh": "没有案例使 `{rule}` 生效"},
    "found_untested_boundary": {
        "en": "no case lies directly beside the cut {cut} of `{band}`, in {pieces}",
        "zh": "`{band}` 的界限 {cut} 旁，没有案例的数值落在 {pieces}",
    },
    "found_placeholder": {"en": "`{text}` is still to be written", "zh": "`{text}` 尚未填写"},
    "found_idle_waiver": {
        "en": "waiver `{waiver}` waives nothing: it covers no finding `{finding}` about `{about}`",
        "zh": "豁免 `{waiver}` 不起作用：它不涉及任何关于 `{about}` 的 `{finding}`",
    },
    "found_waiver_of_no_check": {
        "en": "waiver `{waiver}` waives nothing: no check that can be waived is called `{finding}`",
        "zh": "豁免 `{waiver}` 不起作用：没有名为 `{finding}` 的可豁免检查",
    },
}
