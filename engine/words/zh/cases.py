"""The facts of a case, and the cases of a rulebook."""

SENTENCES: dict[str, str] = {
    "no case is filled in yet": "还没有填写任何案例",
    "write below `given:` what is known, and below `expect:` what should come out": (
        "请在 `given:` 下写已知的事实，在 `expect:` 下写应得出的结果"
    ),
    # facts
    "{why} (the record is by another rulebook, `{own}`)": "{why}（记录出自另一规则库 `{own}`）",
    "unknown fact `{name}`": "没有名为 `{name}` 的事实",
    "`{command}` lists the facts": "`{command}` 可列出所有事实",
    "`facts` of the rulebook lists them: print it": "规则库的 `facts` 列出所有事实，打印即可查看",
    "`{band}` is a band of `{fact}`": "`{band}` 是 `{fact}` 的分段",
    "give `{fact}` a number, or one of {names}": "请给 `{fact}` 一个数值，或以下之一：{names}",
    "`{fact}` is yes or no, not `{text}`": "`{fact}` 只能是 yes 或 no，不能是 `{text}`",
    "give yes, no or unknown": "请写 yes、no 或 unknown",
    "`{key}` takes a value of `{fact}`": "`{key}` 应写 `{fact}` 的取值",
    'if only part of it is known, write `{{at_least: 100, below: 500}}`, `100..499` or `">= 100"`': (
        '若只知道大致范围，可写 `{{at_least: 100, below: 500}}`、`100..499` 或 `">= 100"`'
    ),
    "type a number alone or, if only part of it is known, a range such as `100..499`": (
        "只写数字；若只知道大致范围，可写成 `100..499` 这样的范围"
    ),
    "where it is known in part: `{{one_of: [...]}}` or `{{not: ...}}`": (
        "若只知道部分情况，可写 `{{one_of: [...]}}` 或 `{{not: ...}}`"
    ),
    "`{text}` names no pieces of one band of `{fact}`": "`{text}` 不是 `{fact}` 同一分段中的区间",
    "`{text}` leaves no value of `{fact}`": "`{text}` 没有给 `{fact}` 留下任何可能的取值",
    "`{text}` is nearly `{value}`, an answer to `{fact}`": "`{text}` 与 `{fact}` 的答案 `{value}` 十分相近",
    'did you mean `{value}`? where it is something else, write "{other}: {text}"': (
        '是否想写 `{value}`？如确是别的内容，请写 "{other}: {text}"'
    ),
    "`{text}` does not name values of `{fact}` alone": "`{text}` 中不全是 `{fact}` 的取值",
    'where it is something else, write "{other}: {text}"': '如是别的内容，请写 "{other}: {text}"',
    "`{text}` says nothing of `{fact}`": "`{text}` 没有说明 `{fact}` 是什么",
    "leave it out, give unknown, or say in words what it is": "请删去它、写 unknown，或用文字说明",
    "`{fact}` is {value}, but the numbers that bound it leave nothing of that": (
        "`{fact}` 为 {value}，但限定它的数没有为它留下任何可能的值"
    ),
    "it is bound by {others}": "限定它的有 {others}",
    "`{low}` is {more}, more than `{high}`, which is {less}": "`{low}` 为 {more}，大于 `{high}` 的 {less}",
    "`{fact}` is given at {place}": "`{fact}` 在 {place} 处给出",
    "a flip gives `{fact}` one value": "翻转时要给 `{fact}` 一个确定的取值",
    "name the value that leads to another advice": "请写出会带来另一种建议的那个取值",
    "`{fact}` takes one value, not a list or map": "`{fact}` 只能写一个取值，不能写列表或映射",
    "`{fact}` takes a list of values": "`{fact}` 应写取值的列表",
    "`{fact}` is at least {least:,}, not {number:,}": "`{fact}` 至少为 {least:,}，不能是 {number:,}",
    "`{fact}` is at most {greatest:,}, not {number:,}": "`{fact}` 至多为 {greatest:,}，不能是 {number:,}",
    "not of the form fact=value": "不符合“事实=取值”的格式",
    "for example: --set examples=3200": "例如：--set examples=3200",
    "`{fact}` is given no value": "没有给出 `{fact}` 的取值",
    "leave the option out, or say that it is not known: --set {fact}=unknown": (
        "请去掉该选项，或写明未知：--set {fact}=unknown"
    ),
    "`{fact}` is set twice": "`{fact}` 设置了两次",
    "keep one of the two": "请只保留一个",
    "`{fact}` is given twice, as {first} and {second}": "`{fact}` 给出了两次：{first} 和 {second}",
    "`{fact}` does not apply: `{subject}` is {known}": "`{fact}` 不适用：`{subject}` 为 {known}",
    "{value} (assumed)": "{value}（假设）",
    "it applies only if `{subject}` is {wanted}: leave it out, or give `{fact}` too": (
        "仅当 `{subject}` 为 {wanted} 时它才适用：请删去它，或同时给出 `{fact}`"
    ),
    # case files
    "a case is a map of facts": "案例应为由事实组成的映射",
    "write `fact: value` lines": "请逐行写 `fact: value`",
    "write `fact: value` lines below it": "请在其下逐行写 `fact: value`",
    "write `decision: option` lines below it": "请在其下逐行写 `decision: option`",
    "`given` is a map of facts": "`given` 应为由事实组成的映射",
    "`{key}` is a map": "`{key}` 应为映射",
    "`case` is a text": "`case` 应为一段文字",
    "`as_of` is a date like 2026-03-31": "`as_of` 应为形如 2026-03-31 的日期",
    "`{key}` means nothing beside `given`": "`{key}` 与 `given` 并列时没有意义",
    "put facts below `given`": "事实请写在 `given` 之下",
    "a table of cases ({count}), not one": "这是一张案例表（{count} 个），不是单个案例",
    "`test()` of the rulebook runs them all": "规则库的 `test()` 会运行全部案例",
    "put the one you mean into a file of its own; `test()` of the rulebook runs them all": (
        "请把所需的案例单独存为一个文件；规则库的 `test()` 会运行全部案例"
    ),
    "put the one you mean into a file of its own; `whytune test` runs them all": (
        "请把所需的案例单独存为一个文件；`whytune test` 会运行全部案例"
    ),
    "`cases` is a list of cases": "`cases` 应为案例的列表",
    "write `- given: ...` for each case below it": "请在其下为每个案例写 `- given: ...`",
    "a case of a table is a map": "表中的案例应为映射",
    "write `given:` and `expect:`": "请写 `given:` 和 `expect:`",
    # what a case expects
    "this is not a folder": "这不是文件夹",
    "the cases of a rulebook are files in a folder of this name": "规则库的案例是此名称的文件夹中的文件",
    "the case expects nothing": "案例没有写明应得出什么",
    "write what should come out, for example `expect: {{{decision}: ...}}`; in a table, in a column "
    "`expect.{decision}`": (
        "请写明应得出的结果，例如 `expect: {{{decision}: ...}}`；在表格中写在 `expect.{decision}` 列"
    ),
    "`{key}` is nothing to expect": "`{key}` 不能写在 `expect` 之下",
    "a case can expect {names}": "`expect` 之下可以写 {names}",
    "the advice is one option": "建议应为一个方案",
    "write an option, refer or open": "请写一个方案、refer 或 open",
    "unknown decision `{name}`": "没有名为 `{name}` 的决策",
    "write a list, or a map by {names}": "请写列表，或以决策为键的映射：{names}",
    "`{key}` takes names": "`{key}` 应写名称",
    "write one name, or a list of names": "请写一个名称，或名称的列表",
    "`{key}` lists nothing": "`{key}` 的列表是空的",
    "name something, or leave the key out": "请写出名称，或删去这个键",
    "the rulebook `{other}` has a fact of that name (--rulebook {other}); `{command}` lists those of this one": (
        "规则库 `{other}` 有这个事实（--rulebook {other}）；当前规则库的事实可用 `{command}` 列出"
    ),
    'the rulebook `{other}` has a fact of that name: whytune.load("{other}"); `facts` lists those of this one': (
        '规则库 `{other}` 有这个事实：whytune.load("{other}")；当前规则库的事实见 `facts`'
    ),
    'the decision `{other}` has an option of that name: decision="{other}"': (
        '决策 `{other}` 有这个方案：decision="{other}"'
    ),
    "the decision `{other}` has an option of that name (--decision {other})": (
        "决策 `{other}` 有这个方案（--decision {other}）"
    ),
    "unknown option `{name}`": "没有名为 `{name}` 的方案",
    "unknown status `{name}`": "没有名为 `{name}` 的状态",
    "one of {names}": "可以是 {names}",
    "`whytune test` runs them all": "`whytune test` 会运行全部案例",
    "unknown case `{name}`": "没有名为 `{name}` 的案例",
    "unknown rule `{name}`": "没有名为 `{name}` 的规则",
    "`rules` and `decisions` of the rulebook list them: print them": (
        "规则库的 `rules` 和 `decisions` 列出它们，打印即可查看"
    ),
    "`whytune rules` lists rules and policies": "`whytune rules` 可列出规则和取舍策略",
    "a flip is a map of `given` and `to`": "`flips` 的每一项应为由 `given` 和 `to` 组成的映射",
    "write `- given: {{fact: value}}` and below it `to: option`": (
        "请写 `- given: {{fact: value}}`，并在其下写 `to: option`"
    ),
    "`{fact}` does not apply after the flip": "改动之后 `{fact}` 不适用",
    "give what it depends on, too": "请同时给出它所依赖的事实",
    "no rule that cautions about `{decision}`": "没有针对 `{decision}` 的这条提醒规则",
}
