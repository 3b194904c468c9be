"""Facts, rules, decisions, policies, and what is too large."""

SENTENCES: dict[str, str] = {
    "the clock of this machine says that it is {day}": "本机时钟显示为 {day}",
    "set it, then ask again": "请校准时钟后重试",
    # folders and files
    "unknown rulebook `{name}`": "没有名为 `{name}` 的规则库",
    "shipped: {names}; or give the path of a folder": "自带的规则库：{names}；也可以给出文件夹的路径",
    "no YAML files in this folder": "此文件夹中没有 YAML 文件",
    "a rulebook is a folder of .yaml files": "规则库是由 .yaml 文件组成的文件夹",
    "a rulebook file is a map": "规则库文件应为映射",
    "it holds {keys}": "可以写的键：{keys}",
    "a file holds {keys}": "文件中可以写的键：{keys}",
    "no file says `{key}:`": "没有文件写明 `{key}:`",
    "a rulebook needs it once": "规则库必须且只能写一次",
    "`{key}:` appears in a second file": "另一个文件中又出现了 `{key}:`",
    "keep them together in {file}": "请都写在 {file} 中",
    "it says the name, edition, title and languages": "其中写明名称、版次、标题和语言",
    "no list of `languages`": "缺少 `languages` 列表",
    "for example `languages: [en, zh]`": "例如 `languages: [en, zh]`",
    "a language code is expected here": "此处应写语言代码",
    "`{code}` is not a language code": "`{code}` 不是语言代码",
    "for example en, zh, pt-BR": "例如 en、zh、pt-BR",
    # the shape of parts
    "a map is expected here": "此处应为映射",
    "a list is expected here": "此处应为列表",
    "a text is expected here": "此处应为文字",
    "write it as it stands there, or one text for each language": "照文献原样书写，或为每种语言各写一份",
    "a whole number is expected here": "此处应为整数",
    "a number is expected here": "此处应为数值",
    "a source is missing here": "此处没有出处",
    "`{text}` is not a date like 2026-03-31, 2026-03 or 2026": "`{text}` 不是形如 2026-03-31、2026-03 或 2026 的日期",
    "write the date that the document bears": "请写文献本身注明的日期",
    "a date like 2026-03-31 is expected here": "此处应为形如 2026-03-31 的日期",
    "a number above {gt} is expected here": "此处应为大于 {gt} 的数值",
    "a number of at least {ge} is expected here": "此处应为不小于 {ge} 的数值",
    "a number of at most {le} is expected here": "此处应为不大于 {le} 的数值",
    "{said}": "{said}",
    "write the colon as `:` with a space after it": "冒号请用半角的 `:`，后面加一个空格",
    "write `[one, another]`, or a line `- one` for each": "请写成 `[one, another]`，或每项一行 `- one`",
    "begin each item with `- {key}:`": "每一项请以 `- {key}:` 开头",
    "`{key}` is one of {names}": "`{key}` 只能是 {names}",
    "`{text}` is not a colour": "`{text}` 不是颜色",
    "write it as `#rrggbb` in quotes": "请写成 `#rrggbb` 并加引号",
    "unknown key `{key}`": "无法识别的键 `{key}`",
    "no `{key}`": "缺少 `{key}`",
    "no `{key}:`": "缺少 `{key}:`",
    "say which document it comes from, and where in it": "请写明出自哪份文献、在其中何处",
    # names
    "fact": "事实",
    "band": "分段",
    "group": "取值组",
    "value": "取值",
    "conclusion": "结论",
    "decision": "决策",
    "option": "方案",
    "rule": "规则",
    "section": "分组",
    "unknown {kind} `{name}`": "没有名为 `{name}` 的{kind}",
    "unknown {kind} `{name}` of `{subject}`": "`{subject}` 没有名为 `{name}` 的{kind}",
    "unknown option `{option}` of `{decision}`": "`{decision}` 没有名为 `{option}` 的方案",
    "unknown value `{value}` of `{fact}`": "`{fact}` 没有名为 `{value}` 的取值",
    "`|` means one of these, and `{fact}` may have several; where all of them are meant: `{names}`": (
        "`|` 表示其中之一，而 `{fact}` 可同时有多个取值；若全部都有，请写 `{names}`"
    ),
    "several values are written with `|`: `{names}`": "多个取值用 `|` 分隔：`{names}`",
    "`{fact}` takes one value; where it is one of these, not known which: `{names}`": (
        "`{fact}` 只能取一个值；若只知道是其中之一，请写 `{names}`"
    ),
    "several values are written with commas: `{names}`": "多个取值用逗号分隔：`{names}`",
    "its values are {names}": "它的取值有 {names}",
    "`{text}` is no value": "`{text}` 不是它的取值",
    "an open list has a value `{other}`": "开放列表应有取值 `{other}`",
    "add it to `values`, with a label: it stands for every text that is none of the others": (
        "请把它连同名称加入 `values`：凡不属于其他取值的文字都归入它"
    ),
    "it may be {names}": "可以是 {names}",
    "`{name}` is used twice": "`{name}` 使用了两次",
    "it stands first at {place}": "第一次出现在 {place}",
    "unknown document `{name}`": "未声明的文献 `{name}`",
    "declare it below `documents:`": "请在 `documents:` 之下声明",
    "declare it below `conclusions:`": "请在 `conclusions:` 之下声明",
    "declare it below `decisions:`": "请在 `decisions:` 之下声明",
    "declare it below `{key}:`": "请在 `{key}:` 之下声明",
    "`{name}` is not declared below `{key}`": "`{name}` 没有在 `{key}` 之下声明",
    "declared: {names}": "已声明的有 {names}",
    # facts
    "`{key}` does not go with a {kind} fact": "{kind} 类型的事实不能有 `{key}`",
    "it goes with {kinds}": "可以有它的类型：{kinds}",
    "`used_for: {use}` and bands do not go together": "`used_for: {use}` 与分段不能并存",
    "bands are for rules, and what rules test is used for advice: drop one of the two": (
        "分段供规则检验，而规则检验的事实是用于建议的：请删去其中之一"
    ),
    "a {kind} fact without values": "{kind} 类型的事实没有取值",
    "list them below `values:`": "请在 `values:` 之下列出",
    "no label for `{name}`": "`{name}` 没有标签",
    "add it below `labels:`": "请在 `labels:` 之下补上",
    "a label for `{name}`, which is not a value": "标签 `{name}` 不对应任何取值",
    "the group `{group}` is empty": "取值组 `{group}` 是空的",
    "the range runs from {low:,} to {high:,}": "范围从 {low:,} 到 {high:,}，不含任何数值",
    "`{fact}` has one value": "`{fact}` 只能取一个值",
    "assume just one": "请只假设一个取值",
    "cannot be assumed: `unknown` is not a value": "不能作为假设：`unknown` 不是取值",
    "cannot be assumed: any value is as good as unknown": "不能这样假设：任何取值都可能，等于未知",
    "`{fact}` bounds itself": "`{fact}` 的界限指回了它自身",
    "leave one of the bounds out": "请去掉其中一个界限",
    "`{other}` cannot bound `{fact}`, a {kind} fact": "`{other}` 不能作为 {kind} 事实 `{fact}` 的界限",
    "leave `assume` out": "请删去 `assume`",
    "cannot be assumed: {why}": "不能作为假设：{why}",
    "these facts wait for each other: {way}": "这些事实互相依赖：{way}",
    "one of them must apply without the others": "其中必须有一个不依赖其他事实即可适用",
    "`{fact}` waits for a chain of more than {most} facts": "`{fact}` 所依赖的事实环环相扣，超过 {most} 个",
    "let it wait for the fact that matters": "请让它直接依赖真正相关的事实",
    # bands
    "`{band}` is cut nowhere": "`{band}` 没有界限",
    "for example `cut_at: [100]`": "例如 `cut_at: [100]`",
    "{high} does not come after {low}": "{high} 并不大于前面的 {low}",
    "{number:,}": "{number:,}",
    "above {number:,}": "高于 {number:,}",
    "a quote inside a text in quotes is written twice": "引号内的引号要写两遍",
    "a quote is not closed, or stands inside a text": "引号没有闭合，或出现在文字中间",
    "the columns are not separated by commas": "各列没有用逗号分隔",
    "save the file as CSV with commas": "请将文件存为逗号分隔的 CSV",
    "`rows_from` stands instead of `columns` and `rows`": "有 `rows_from` 就不写 `columns` 和 `rows`",
    "put a .csv file of this name beside the rulebook": "请在规则库旁放一个同名的 .csv 文件",
    "drop one of the two": "二者只留其一",
    "a table without `{key}`": "表格没有 `{key}`",
    "write `columns:` and `rows:`, or `rows_from: table.csv`": "请写 `columns:` 和 `rows:`，或 `rows_from: table.csv`",
    "a column without a name": "有一列没有名称",
    "a row of {cells} cells below {columns} columns": "共 {columns} 列，这一行却有 {cells} 格",
    "`-` stands for anything": "`-` 表示任意值",
    "`{cell}` would leave out {options} too, which stands for its kinds as well": (
        "`{cell}` 会把 {options} 也排除在外，因为它同时代表其下属选项"
    ),
    "name what is meant, joined by `|`": "请写出所指的取值，用 `|` 连接",
    "say it for the table, or for each row in a column `{key}`": "请为整张表写明，或在 `{key}` 列中逐行写明",
    "the table `{table}` does nothing": "表格 `{table}` 什么也不做",
    "add a column `propose`, `rule_out`, `caution` or `conclude`": (
        "请加一列 `propose`、`rule_out`、`caution` 或 `conclude`"
    ),
    "the column `{column}` is about no decision": "列 `{column}` 没有对应的决策",
    "say `decision:` for the table, or name the column `{column}.DECISION`": (
        "请为表格写 `decision:`，或将该列命名为 `{column}.DECISION`"
    ),
    "for example `>= 100`, `< 50`, `[100..200)`, `5`": "例如 `>= 100`、`< 50`、`[100..200)`、`5`",
    "a cut is a number, or just above one": "界限是一个数，或紧挨在某个数之上",
    "write `{{above: 130}}`, or a number at which the next piece begins": "请写 `{{above: 130}}`，或写下一段开始的数",
    "write the cuts from low to high, each in plain digits (5000)": "界限请从低到高写，每个都用普通数字（5000）",
    "`{fact}` is never on both sides of {cut}": "界限 {cut} 有一侧完全超出 `{fact}` 的范围",
    "each piece must hold some number of the range": "每一段都必须含有范围内的数",
    "`cut_at` makes {pieces} pieces, but `values` names {named}": (
        "`cut_at` 分出 {pieces} 段，`values` 却写了 {named} 个名称"
    ),
    "one cut makes two pieces": "一个界限分出两段",
    "a comma separates the cuts of a list": "逗号用来分隔列表中的界限",
    "if one number is meant, write {plain}": "如果指的是一个数字，请写 {plain}",
    "`{name}` is a number": "`{name}` 是数值",
    "name a band of it: {bands}": "请写它的分段：{bands}",
    "the number `{name}` has no bands": "数值 `{name}` 没有分段",
    "declare `bands:` below it": "请在其下声明 `bands:`",
    # conditions
    "the rule `{rule}` has no condition": "规则 `{rule}` 没有条件",
    (
        "say when it holds: `if:`, `any_of:`, or `if: always`; the advice where nothing stands is the "
        "`if_none_stands:` of the decision"
    ): ("请写明何时成立：`if:`、`any_of:` 或 `if: always`；没有方案成立时的建议，写在决策的 `if_none_stands:` 里"),
    "`yields_to` names rules by their `id`": "`yields_to` 用规则的 `id` 指明规则",
    "a number, yes or no, or a text is expected here": "这里应写数字、yes 或 no，或一段文字",
    "an alternative without a condition": "这个分支没有条件",
    "an exception without a condition": "这个例外没有条件",
    "a list without an alternative": "这一组没有分支",
    "a condition may name facts and bands": "条件中可以写事实和分段",
    "a condition may name facts, bands, conclusions and decisions": "条件中可以写事实、分段、结论和决策",
    "`{name}` is a {kind}, not a fact": "`{name}` 是{kind}，不是事实",
    "`only_if` may name facts and bands": "`only_if` 中可以写事实和分段",
    "`{name}` may have several values": "`{name}` 可以同时有多个取值",
    "test one of them: `{one}: yes`": "请检验其中一个：`{one}: yes`",
    "no value for `{subject}`": "`{subject}` 没有写取值",
    # rules and invariants
    "the rule `{rule}` does nothing": "规则 `{rule}` 没有任何作用",
    "add `conclude:`, `propose:`, `rule_out:` or `caution:`": (
        "请加上 `conclude:`、`propose:`、`rule_out:` 或 `caution:`"
    ),
    "the rule is never valid: from {first} until {last}": "规则永远不在有效期内：自 {first} 起，至 {last} 止",
    "no rule concludes `{name}`": "没有规则得出结论 `{name}`",
    "add a rule with `conclude: {name}`, or drop it": "请添加含 `conclude: {name}` 的规则，或删去这个结论",
    "this rests on itself: {way}": "循环依赖：{way}",
    "{kind} `{name}`": "{kind} `{name}`",
    "{way} -> {step}": "{way} -> {step}",
    "{way} -> ...": "{way} -> ...",
    "one of these must rest on facts alone": "其中必须有一个只依赖事实",
    "an invariant says one thing": "一个不变式只能说一件事",
    "write `always:`, or `never:`, or `more:` with `leads_away_from:` and `to:`": (
        "请写 `always:`，或 `never:`，或 `more:` 加上 `leads_away_from:` 和 `to:`"
    ),
    "`leads_away_from` and `to` are about the same decision": "`leads_away_from` 和 `to` 必须针对同一个决策",
    "`{name}` is not a number": "`{name}` 不是数值",
    "the numbers are {names}": "数值类事实有 {names}",
    # decisions and policies
    "a decision without options": "决策没有方案",
    "`{decision}` has {count} options, more than {most}": "`{decision}` 有 {count} 个方案，超过 {most} 个",
    "make it two decisions, the second for the kinds of one": "请拆成两个决策，第二个决定某个方案的具体种类",
    "`{option}` combines at least two other options, each once": "`{option}` 须组合至少两个其他方案，且每个只写一次",
    "for example `combines: [rag, fine_tune]`": "例如 `combines: [rag, fine_tune]`",
    "these options rest on each other: {way}": "这些方案互相依赖：{way}",
    "a combination is no kind of what it combines": "组合方案不能是其组成部分的一种",
    "`{part}` is a kind of `{general}`, and combines nothing with it": "`{part}` 是 `{general}` 的一种，不能与它组合",
    "combine options of which one can stand without the other": "请组合可以各自单独成立的方案",
    "`{option}` is a combination, and no rule proposes it": "`{option}` 是组合方案，不由规则提议",
    "propose what it combines: {names}": "请提议其组成部分：{names}",
    "these options are kinds of each other: {way}": "这些方案的 `kind_of` 形成循环：{way}",
    "one of them must be no kind of another": "请去掉其中一个的 `kind_of`",
    "`{key}` says one of `advise` and `prefer`": "`{key}` 应写 `advise` 和 `prefer` 中的一个",
    "where nothing stands there is nothing to prefer": "没有方案成立时，谈不上优先次序",
    "name one option, or refer": "请写一个方案，或 refer",
    "several options stand, and a single one is named": "有多个方案成立，却只写了一个",
    "prefer a list of options, or refer": "请按优先次序列出方案，或写 refer",
    "an option appears twice in the preference": "优先次序中有方案出现了两次",
    "`advise` names one option": "`advise` 只写一个方案",
    "an order of preference is written `prefer: [one, another]`": "优先次序请写成 `prefer: [一个, 另一个]`",
    "`{word}` stands beside `if`, not in it": "`{word}` 写在 `if` 旁边，而不是其中",
    "`{word}` is not a condition": "`{word}` 不是条件",
    "alternatives stand below `any_of:` beside `if:`, or are several values of one fact: `[one, another]`": (
        "可供选择的条件写在 `if:` 旁边的 `any_of:` 之下，或者写成同一事实的几个取值：`[一个, 另一个]`"
    ),
    "write the conditions side by side: all of them must hold": "请把条件并列写出：它们必须全部成立",
    "write `{{not: [one, another]}}` after the name; what a rule excepts stands below `except_if:` beside `if:`": (
        "请写在所检验的事实之后：`{{not: [一个, 另一个]}}`；规则的例外写在 `if:` 旁边的 `except_if:` 之下"
    ),
    "a value or a list of values is expected here": "这里应写一个取值或一组取值",
    "all but some are written `{{not: [one, another]}}`": "“除某些之外”请写成 `{{not: [一个, 另一个]}}`",
    "only a rule can ask whether one of `{name}` holds": "只有规则才能要求“`{name}` 中至少有一个成立”",
    "conditions that ask for one of several groups": "这些条件同时要求几个组中各有一个成立",
    "ask for one of them here, for the others below `if:` or in a conclusion": (
        "这里只写其中一组，其余的写在 `if:` 之下，或先由规则推出结论"
    ),
    "a group and one of its members that never hold together": "一个组与其中的成员不可能同时成立",
    "a preference needs at least two options": "优先次序至少要有两个方案",
    "name the rivals too, or refer": "请同时写出与之竞争的方案，或写 refer",
    # new rules
    "there is a table `{table}` already": "已有表格 `{table}`",
    "there is a rule `{rule}` already": "已有规则 `{rule}`",
    "it stands at {place}": "它在 {place}",
    "this file does not end with a list `rules:`": "此文件的结尾不是 `rules:` 列表",
    "name another file with --file, or one that is yet to be written": "请用 --file 指定另一个文件，或尚不存在的文件",
    "the rulebook has no fact that a rule could test": "规则库没有可供规则检验的事实",
    "the rulebook has no document that a rule could cite": "规则库没有可供规则引用的文献",
    "the rulebook has no decision for which a rule could speak": "规则库没有可供规则提议方案的决策",
    "declare one first": "请先声明一个",
    # what is too large, and durable-rules
    "the fact `{fact}` is of two kinds here, {kinds}, and cannot be compared": (
        "事实 `{fact}` 在两边的类型不同（{kinds}），无法比较"
    ),
    "give the new fact a name of its own": "请给新的事实另取名称",
    "the decision diagram takes more than {most:,} steps to build": "构建决策图需要超过 {most:,} 步",
    "the decision diagram passes {most:,} nodes": "决策图超过 {most:,} 个节点",
    "declare facts that are tested together next to each other, or split the rulebook into decisions": (
        "请把一同检验的事实声明在相邻位置，或把规则库拆成几个决策"
    ),
    "not found within {most:,} steps of search": "搜索 {most:,} 步之内没有找到",
    "give more facts, or ask for one option": "请给出更多事实，或只问一个方案",
    "give more facts, or split the rulebook into decisions": "请给出更多事实，或把规则库拆分成几项决策",
    "python-sat, which answers where a decision diagram would be too large, is not installed": (
        "未安装 python-sat；决策图过大时要靠它来回答"
    ),
    "the rulebook needs {rules:,} durable rules, more than {most:,}": (
        "规则库需要 {rules:,} 条 durable-rules 规则，超过 {most:,} 条"
    ),
    "split it into several rulebooks": "请拆成几个规则库",
    "`{name}` has more than {most:,} values that rules tell apart": "规则所区分的 `{name}` 的取值超过 {most:,} 个",
    "test fewer of its values, or group them in a coarser fact": "请少检验一些取值，或归并成较粗的事实",
    "durable-rules is not installed": "没有安装 durable-rules",
    "durable-rules was built for another Python": "安装的 durable-rules 是为另一版本的 Python 构建的",
    "in a clone of whytune run `make wheels`, "
    "then `pip install --force-reinstall --no-deps --no-index --find-links dist durable-rules`": (
        "在 whytune 的克隆中运行 `make wheels`，"
        "再运行 `pip install --force-reinstall --no-deps --no-index --find-links dist durable-rules`"
    ),
}
