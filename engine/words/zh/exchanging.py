"""Rulebooks as other tools have them: what cannot be read, what cannot be said, what was guessed."""

PHRASES: dict[str, str] = {
    # comments of the files
    "about_imported_rulebook": "由决策模型导入。",
    "about_imported_facts": "决策表询问的内容，名称取自模型。",
    "about_imported_decisions": "要决定什么，以及没有一行或有多行适用时怎么办。",
    "about_imported_tables": "模型的决策表：每行是一条规则。",
    # texts of its parts
    "table_says_so": "决策表如此规定。",
    "no_row_fits": "表中没有适用的行，模型也没有给出默认值。",
    "the_default": "决策表的默认值。",
    "several_rows_fit": "命中策略 {policy}。",
    "in_decision_table": "决策表 {table}",
    "given_label": "已给出 {fact}",
    "given_ask": "有 {fact} 吗？",
    "days_since_1970": "天（自 1970-01-01 起）",
    "something_else": "其他",
    # what is said at the end
    "to_note": "请注意",
    # an import that is looked at first
    "import_title": "{file} 中的规则库",
    "import_edit_title": "{file} 改动了什么",
    "import_cells": "内容改变的单元格",
    "import_same": "文件中没有任何改动。",
}

SENTENCES: dict[str, str] = {
    "rulebooks are not exchanged in files of this kind": "规则库不能以此类文件交换",
    "possible are {endings}": "可用的有 {endings}",
    "the module tells advice, status, what is possible, what decided and cautions; what an answer rests on, and what "
    "to ask next, `whytune advise` tells": (
        "该模块给出建议、状态、可能的结果、决定因素和提醒；答案依据哪些假定、接下来问什么，请用 `whytune advise`"
    ),
    "a fact is given there as one value, or left out: what is known in part is refused": (
        "其中每个事实只能给出一个值，或不给出；部分已知的写法会被拒绝"
    ),
    "give what the table asks as yes/no facts": "请把该表询问的内容作为是/否事实给出",
    "`{fact}` is a day and is given as a number of days since 1970-01-01": (
        "`{fact}` 是日期，请以自 1970-01-01 起的天数给出"
    ),
    "`{fact}` can be any text: those that no row names are `{others}`": (
        "`{fact}` 可以是任何文字：没有任何行写到的都归为 `{others}`"
    ),
    "it is a list": "它是一个列表",
    "it is of the type `{name}`": "它的类型是 `{name}`",
    "list it among the allowed values, or delete the row": "请把它列入允许的取值，或删除该行",
    "give the comparison as a yes/no fact": "请把这一比较作为是/否事实给出",
    "give whether it is there as a yes/no fact": "请把它是否存在作为是/否事实给出",
    "write values of the type that the input has": "请写与该输入同类型的值",
    "it tests for null beside something else": "它把 null 与其他条件放在一起判断",
    "`{value}` is of another type than the input": "`{value}` 与该输入的类型不同",
    "it compares texts by their order": "它按顺序比较文字",
    "`{value}` is not among the allowed values": "`{value}` 不在允许的取值之中",
    "it holds for no allowed value": "没有任何允许的取值能使它成立",
    "give what the table asks as a yes/no fact": "请把该表询问的内容作为一个是/否事实给出",
    "give what it comes to as a fact, or whether it holds as a yes/no fact": (
        "请把计算结果作为事实给出，或把它是否成立作为是/否事实给出"
    ),
    "`{text}` is not a test of FEEL": "`{text}` 不是 FEEL 的条件",
    "`{text}` is about a time or a duration": "`{text}` 涉及时刻或时长",
    "`{text}` combines tests in words": "`{text}` 用词语连接多个条件",
    "write tests of which one must hold, without such words: `[5..10]`, `< 5, > 10`, `not(5)`": (
        "请写其中一个成立即可的条件，不用这类词语：`[5..10]`、`< 5, > 10`、`not(5)`"
    ),
    "put a text in double quotes; give a comparison as a yes/no fact": "文本请加双引号；比较请作为是非事实给出",
    "it is written in `{language}`, not in FEEL": "它用 `{language}` 写成，而不是 FEEL",
    "write it in FEEL": "请用 FEEL 书写",
    "its name is taken already": "它的名称已被占用",
    "give each input, decision and business knowledge model a name of its own": (
        "请为每个输入、决策和业务知识模型取各自的名称"
    ),
    "it rests on itself: {names}": "它依赖于自身：{names}",
    "let one of these decisions rest on inputs alone": "请让其中一个决策只依据输入",
    "`{name}` has the outputs {outputs}": "`{name}` 有多个输出：{outputs}",
    "ask for one of them, each in a column of its own": "请询问其中之一，每个单独一列",
    "`{text}` is computed": "`{text}` 需要计算",
    "`{text}` compares with another input": "`{text}` 与另一个输入相比较",
    "divide it into several rows": "请把它分成几行",
    "an entry of more than {most:,} letters": "单元格超过 {most:,} 个字符",
    'write a day that there is, as `date("2026-03-31")`': '请写存在的日期，例如 `date("2026-03-31")`',
    "round it, or give the comparison as a yes/no fact": "请取整，或把这一比较作为是/否事实给出",
    "`{text}` is not a day of the calendar": "`{text}` 不是日历上的日期",
    "whytune reads models of DMN 1.1 to 1.6: export one from your modeler": (
        "whytune 读取 DMN 1.1 至 1.6 的模型：请从建模工具导出"
    ),
    "`{name}` is not a decision model of DMN": "`{name}` 不是 DMN 决策模型",
    "a model for whytune decides by decision tables": "whytune 需要用决策表作决定的模型",
    "{count:,} rows of tables, more than {most:,}": "决策表共有 {count:,} 行，超过 {most:,} 行",
    "no decision table that can be taken over": "没有可以导入的决策表",
    'table "{table}"': "决策表“{table}”",
    'table "{table}", row {row}, "{column}"': "决策表“{table}”，第 {row} 行，“{column}”",
    "{place}: {what}": "{place}：{what}",
    "it also holds for null": "它对 null 也成立",
    "say for null what holds, in a row of its own": "请用单独一行说明 null 的情形",
    "two columns ask about `{name}`": "有两列都询问 `{name}`",
    "put both conditions into one column": "请把两个条件写在同一列",
    "give each result a table of its own, with one row that hits": "请为每个结果单独设一张只命中一行的表",
    "give what comes out as a fact": "请把结果作为事实给出",
    "it invokes `{name}`, which is not a table": "它调用 `{name}`，而那不是决策表",
    "its result `{text}` is computed": "它的结果 `{text}` 需要计算",
    'decision "{decision}"': "决策“{decision}”",
    "a row with more or fewer entries than the table has columns": "该行的单元格数与表的列数不同",
    "its results are of several types": "它的结果类型不一",
    "hit policy {policy} answers with a list of results": "命中策略 {policy} 的结果是一个列表",
    "a result is missing here": "此处没有结果",
    "write a value, or `null`": "请写一个值，或写 `null`",
    "its value is computed, not looked up in a table": "它的值是计算出来的，而不是查表得到的",
    "its logic is of the kind `{kind}`, not a table": "它的逻辑属于 `{kind}` 类，而不是决策表",
    'decision "{decision}" has no logic and is taken as a fact': "决策“{decision}”没有逻辑，作为事实处理",
    "it stands for itself": "它指代自身",
    "it asks about nothing": "它没有询问任何内容",
    "a table without rows or without results": "决策表没有行或没有结果",
    "hit policy COLLECT {how} reckons with the results": "命中策略 COLLECT {how} 对结果进行运算",
    'input "{input}"': "输入“{input}”",
    "its allowed values leave out some in between": "它允许的取值中间有空缺",
    "allow all from the least to the greatest, and say in a row what comes out in between": (
        "请允许从最小到最大的全部取值，并用一行说明中间的值得出什么"
    ),
    "list it among the allowed values of the output, or write one of these": (
        "请把它列入该输出允许的取值，或改写为其中之一"
    ),
    "it rests on `{href}` in another file, which is not read": "它依赖另一个文件中的 `{href}`，而该文件不会被读取",
    "put both into one file, or give what stands there as an input": (
        "请把两者放进同一个文件，或把那里的内容作为输入给出"
    ),
    "write in its head which input it asks about": "请在表头写明它询问哪个输入",
    "its result `{text}` is no value": "它的结果 `{text}` 不是值",
    "put a text in double quotes; give what is computed as a fact": "文本请加双引号；计算得出的请作为事实给出",
    "put texts in straight double quotes": "文本请用直的双引号括起",
    "write `-` for anything": "任意值请写 `-`",
    "write `true` and `false` in small letters": "请用小写写 `true` 和 `false`",
    "FEEL writes `=`, `<=`, `>=` and `!=`": "FEEL 写作 `=`、`<=`、`>=` 和 `!=`",
    "write a range in brackets: `[1..5]`": "区间请加括号：`[1..5]`",
    "write numbers in plain digits, a share as `0.05`": "数字请用普通数字书写，比例写作 `0.05`",
    "mend the row in your modeler": "请在建模工具中修正该行",
    "write results of one type in each column": "请在每列写同一类型的结果",
    "PRIORITY without a list of the output's values in their order": "PRIORITY 缺少按次序列出的输出取值",
    'table "{table}", "{column}"': "决策表“{table}”，“{column}”",
    "there is no hit policy {policy}": "没有命中策略 {policy}",
    "delete the line `<!DOCTYPE ...>`: no model needs one": "请删除 `<!DOCTYPE ...>` 一行：模型不需要它",
    "more than {most} MiB": "超过 {most} MiB",
    "not XML: {reason}": "不是 XML：{reason}",
    "save it as UTF-8": "请以 UTF-8 保存",
    "more than {most:,} elements": "超过 {most:,} 个元素",
    "a DOCTYPE is refused": "不接受 DOCTYPE",
    "an unknown encoding": "未知的编码",
    "list the allowed values of the output, the first that counts first": "请列出该输出允许的取值，最优先的在前",
    "nothing is assumed in DMN, so these must be given: {names}": "DMN 中没有假定，因此必须给出：{names}",
    "DMN has no cautions, so these are not told: {names}": "DMN 没有提醒，因此不会提示：{names}",
    "DMN does not check that numbers go together: {names}": "DMN 不检查数字之间的大小关系：{names}",
    "where a fact is unknown, a table of DMN answers null: give every fact": (
        "有事实未知时，DMN 的决策表给出 null：请给出每个事实"
    ),
    "cases, prices and translations are not in the model": "模型中不含案例、价格和译文记录",
    "the model has the rules of every day, those that have ended and those yet to begin too": (
        "模型包含所有日期的规则，已失效和尚未生效的也在内"
    ),
    "the model has the rules of {day}": "模型中的规则以 {day} 为准",
    "{problem}: it stands in the model without its logic": "{problem}：它在模型中没有逻辑",
    "{problem}: its rules stand in the model instead, under a hit policy": (
        "{problem}：模型中改为写入它的规则，并附命中策略"
    ),
    "{problem}: rows of which exactly one holds stand in the model instead": (
        "{problem}：模型中改为写入恰有一行成立的表"
    ),
    "no order of the options of `{decision}` says which of several counts": (
        "`{decision}` 的选项没有一种次序能说明多个选项并存时以哪个为准"
    ),
    "`{decision}` would be a table of {count:,} rows, more than {most:,}": (
        "`{decision}` 将成为 {count:,} 行的表，超过 {most:,} 行"
    ),
    "divide the decision: let it rest on others that stand for a part of its rules": (
        "请拆分该决策：让它依据代表部分规则的其他决策"
    ),
    "only a decision model holds the rules as they stand": "只有决策模型可以按原样写入规则",
    "name a file that ends with {ending}": "请给出以 {ending} 结尾的文件名",
    "the rulebook has changed since it was loaded": "规则库在加载之后被修改过",
    "load it again": "请重新加载",
    "not a ZIP file of CSV files that can be read": "无法作为 CSV 文件的 ZIP 包读取",
    "pack the folder of CSV files anew, each name once": "请重新打包 CSV 文件夹，每个文件名只出现一次",
    "the model was changed since whytune wrote it: its tables are taken over": (
        "模型在 whytune 写入之后被修改过：以其中的决策表为准"
    ),
}
