"""What a new rulebook, rule or case says to whoever fills it in; the placeholders begin with PLACEHOLDER."""

PHRASES: dict[str, str] = {
    # placeholders
    "todo_title": "TODO：标题",
    "todo_document": "TODO：文件标题",
    "todo_question": "TODO：问题？",
    "todo_label": "TODO：简称",
    "todo_unit": "TODO：单位",
    "todo_because": "TODO：读者看到的理由，一句话。",
    "todo_place": "TODO：标题、章节或页码",
    "todo_case": "TODO：用一句话说明任务",
    # comments
    "about_rulebook": (
        "一个规则库。请把本文件夹所有文件中的 TODO 换成自己的内容，其中的名称也请一并更换。然后运行 `whytune "
        "check` 和 `whytune test`；`whytune schema --write` 让编辑器认识新的名称。"
    ),
    "about_documents": "规则引用的文献。",
    "about_facts": "关于一项任务可以知道什么，按提问的顺序。规则和案例使用 `fact:` 之后的名称。",
    "about_bands": "规则只写数轴上各段的名称，从不写数字。界限属于它右边的一段：100 是 large。",
    "about_decisions": "要决定什么，以及规则没有留下方案、或留下多个方案时怎么办。`refer` 表示交由人工决定。",
    "about_rules": "规则，顺序无关紧要。`if` 写事实、分段及其取值：必须全部成立。",
    "about_this_rule": "`if` 可以写的名称及其取值：",
    "about_hit": "one：各行不得同时成立；first：取最先成立的一行；any：成立的各行都算数。",
    "about_columns": "列还可以是：{names}；除 `propose` 外还有：rule_out、caution、because、id。",
    "about_cells": "单元格：一个取值，`a | b`，`not a`，`-` 表示任意；数字可写 `>= 100`、`< 50`、`[100..200)`。",
    "about_except_if": "虽满足 `if`、规则仍不适用的情形。如有，请去掉下面各行的 `#`。",
    "about_rule_out": "被排除的方案，可代替 `propose`，也可与之并存。",
    "about_quote": "文献原文。",
    "about_case": "TODO：本案例说明什么。已知的事实，去掉前面的 `#` 并填上取值。",
    "about_expect": "应得出的建议。去掉每行前面的 `#`，只留下正确的答案。",
    "about_exact_cut": "恰好在界限上。",
    "about_below_cut": "界限以下的最后一个数。",
    "about_other_way": "数字无关紧要的情形。",
    # what is said at the end
    "written": "已写入",
    "appended": "已追加到",
    "next_steps": "下一步",
    "step_fill_in": "替换每个 TODO",
    "step_title": "在 rulebook.yaml 中为它另写一个 `title:`",
    "step_check": "运行 `whytune check {rulebook}`",
    "step_test": "运行 `whytune test {rulebook}`",
    "step_schema": "名称有变之后：运行 `whytune schema --rulebook {rulebook} --write`，让编辑器认识它们",
    "step_diff": "修改之后：运行 `whytune diff {origin} {rulebook}`，查看改变了什么、还须调整什么",
}
