"""What a new rulebook, rule or case says to whoever fills it in; the placeholders begin with scaffold.PLACEHOLDER."""

PHRASES: dict[str, dict[str, str]] = {
    # placeholders
    "todo_title": {"en": "TODO: the title", "zh": "TODO：标题"},
    "todo_document": {"en": "TODO: the title of the document", "zh": "TODO：文件标题"},
    "todo_question": {"en": "TODO: the question?", "zh": "TODO：问题？"},
    "todo_label": {"en": "TODO: a short name", "zh": "TODO：简称"},
    "todo_unit": {"en": "TODO: what is counted", "zh": "TODO：单位"},
    "todo_because": {"en": "TODO: the reason, in a sentence that readers see.", "zh": "TODO：读者看到的理由，一句话。"},
    "todo_place": {"en": "TODO: the heading, section or page", "zh": "TODO：标题、章节或页码"},
    "todo_case": {"en": "TODO: what the task is, in a sentence", "zh": "TODO：用一句话说明任务"},
    # comments
    "about_rulebook": {
        "en": "A rulebook. Replace every TODO with words of your own, in all files of this folder, and the names in "
        "them too. Then run `whytune check` and `whytune test`; `whytune schema --write` tells your editor about "
        "new names.",
        "zh": "一个规则库。请把本文件夹所有文件中的 TODO 换成自己的内容，其中的名称也请一并更换。"
        "然后运行 `whytune check` 和 `whytune test`；`whytune schema --write` 让编辑器认识新的名称。",
    },
    "about_documents": {"en": "What the rules cite.", "zh": "规则引用的文献。"},
    "about_facts": {
        "en": "What can be known of a task, in the order of the questions. What follows `fact:` is its name.",
        "zh": "关于一项任务可以知道什么，按提问的顺序。规则和案例使用 `fact:` 之后的名称。",
    },
    "about_bands": {
        "en": "Rules name pieces of the number line, never numbers. A cut begins the piece to its right: 100 is large.",
        "zh": "规则只写数轴上各段的名称，从不写数字。界限属于它右边的一段：100 是 large。",
    },
    "about_decisions": {
        "en": "What is decided, and what happens where the rules leave no option standing, or several. "
        "`refer` leaves it to a person.",
        "zh": "要决定什么，以及规则没有留下方案、或留下多个方案时怎么办。`refer` 表示交由人工决定。",
    },
    "about_rules": {
        "en": "The rules, in any order. `if` names facts, bands and their values: all of them must hold.",
        "zh": "规则，顺序无关紧要。`if` 写事实、分段及其取值：必须全部成立。",
    },
    "about_this_rule": {"en": "What `if` may name, with its values:", "zh": "`if` 可以写的名称及其取值："},
    "about_except_if": {
        "en": "Where the rule does not apply although `if` holds. Take the `#` away if there is such a case.",
        "zh": "虽满足 `if`、规则仍不适用的情形。如有，请去掉下面各行的 `#`。",
    },
    "about_rule_out": {
        "en": "What is out of the question, instead of `propose` or besides it.",
        "zh": "被排除的方案，可代替 `propose`，也可与之并存。",
    },
    "about_quote": {"en": "The very words of the document.", "zh": "文献原文。"},
    "about_case": {
        "en": "TODO: what this case shows. Take the `#` away before each fact that is known, and give its value.",
        "zh": "TODO：本案例说明什么。已知的事实，去掉前面的 `#` 并填上取值。",
    },
    "about_expect": {
        "en": "What the advice must be. Take the `#` away before each line, and keep the answer that is right.",
        "zh": "应得出的建议。去掉每行前面的 `#`，只留下正确的答案。",
    },
    "about_exact_cut": {"en": "Exactly at the cut.", "zh": "恰好在界限上。"},
    "about_below_cut": {"en": "The last number below the cut.", "zh": "界限以下的最后一个数。"},
    "about_other_way": {"en": "Where the number does not matter.", "zh": "数字无关紧要的情形。"},
    # what is said at the end
    "written": {"en": "Written", "zh": "已写入"},
    "appended": {"en": "Appended to", "zh": "已追加到"},
    "next_steps": {"en": "Next", "zh": "下一步"},
    "step_fill_in": {"en": "Replace every TODO", "zh": "替换每个 TODO"},
    "step_check": {"en": "Run `whytune check {rulebook}`", "zh": "运行 `whytune check {rulebook}`"},
    "step_test": {"en": "Run `whytune test {rulebook}`", "zh": "运行 `whytune test {rulebook}`"},
    "step_schema": {
        "en": "After a change of names: `whytune schema --rulebook {rulebook} --write`, so that your editor knows them",
        "zh": "名称有变之后：运行 `whytune schema --rulebook {rulebook} --write`，让编辑器认识它们",
    },
}
