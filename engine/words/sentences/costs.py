"""Price lists, estimates and the comparison."""

CHINESE: dict[str, str] = {
    # the comparison
    "unknown approach `{name}`": "没有名为 `{name}` 的方案",
    "the approaches are {known}": "方案有：{known}",
    "unknown dimension `{name}`": "没有名为 `{name}` 的维度",
    "the dimensions are {known}": "维度有：{known}",
    "the row `{row}` matters if `{subject}`, which the rulebook does not know": (
        "维度 `{row}` 的 `matters_if` 用到 `{subject}`，而规则库中没有它"
    ),
    "the row `{row}` matters if `{subject}` is `{value}`, which it cannot be": (
        "维度 `{row}` 的 `matters_if` 要求 `{subject}` 为 `{value}`，而它不能取该值"
    ),
    "it may be {known}": "可以是 {known}",
    "list them below `{key}:`": "请在 `{key}:` 下列出",
    "`{row}` says nothing": "`{row}` 没有内容",
    "give a cell for each approach": "请为每个方案填写一格",
    "`{approach}` is a kind of itself": "`{approach}` 循环归属于自身",
    # what a price list holds
    "no prices stand here": "这里没有价格",
    "they stand below {keys}": "价格应写在以下各项之下：{keys}",
    "`{code}` is no currency code": "`{code}` 不是货币代码",
    "write the three capital letters of ISO 4217, for example USD": "请写 ISO 4217 的三个大写字母，例如 USD",
    "the currency `{currency}` is not declared": "货币 `{currency}` 未声明",
    "declared: {known}": "已声明的有 {known}",
    "the price never holds: from {first} until {last}": "该价格从未有效：自 {first} 起，至 {last} 止",
    "turn it round": "请对调起止日期",
    "no stages": "没有任何阶段",
    "say since when it could be bought": "请写明从何时起可以购买",
    "{day} does not come after {before}": "{day} 不晚于 {before}",
    "write the stages in their order": "请按时间先后书写各阶段",
    "{size:,} does not come after {before:,}": "{size:,} 不大于 {before:,}",
    "write the sizes from small to large": "请按参数量从小到大书写",
    "`{name}` has two prices on {day}": "`{name}` 在 {day} 有两个价格",
    "the other stands at {place}; end one of them with `valid: {{until: ...}}`": (
        "另一个在 {place}；请用 `valid: {{until: ...}}` 终止其中之一"
    ),
    # what it does not hold
    "none": "无",
    "did you mean `{close}`? {listed}": "您是不是想写 `{close}`？{listed}",
    "the price list has {known}": "价目表中有：{known}",
    "the price list has no reference model": "价目表没有指定参考模型",
    "name one: --model; or add `reference:` to the price list": "请用 --model 指定，或在价目表中加上 `reference:`",
    "the model `{name}` is not in the price list": "价目表中没有模型 `{name}`",
    "the model `{name}` is not in the price list for fine-tuning": "价目表中没有模型 `{name}` 的微调价格",
    "the model `{name}`, as it is, is not in the price list for serving": (
        "价目表中没有未经微调的模型 `{name}` 的调用价格"
    ),
    "the hosting `{name}` is not in the price list; an amount a month would do, too": (
        "价目表中没有托管 `{name}`；也可以直接给出每月金额"
    ),
    "the GPU `{name}` is not in the price list": "价目表中没有 GPU `{name}`",
    "no price of `{name}` is known for {day}": "没有 `{name}` 在 {day} 的价格",
    "the last one known held until {last}: --as-of {last}": "已知的最后一个价格有效至 {last}：--as-of {last}",
    "the first one known holds from {first}: --as-of {first}": "已知的最早价格自 {first} 起有效：--as-of {first}",
    "no price of `{gpu}` at `{provider}`": "没有 `{provider}` 的 `{gpu}` 价格",
    "on {day} it has {known}": "{day} 有价格的提供商：{known}",
    "the price list says nothing of {method} below `{kind}`": "价目表的 `{kind}` 中没有 {method}",
    "add a row with `method: {method}` below `{kind}:`": "请在 `{kind}:` 下加一项，写明 `method: {method}`",
    "the price list does not say what serving the tuned `{model}` costs": (
        "价目表没有给出微调后的 `{model}` 的调用价格"
    ),
    "for a model that you serve yourself: `whytune cost serve --self-hosted --hosting AMOUNT`": (
        "若模型由您自行托管：`whytune cost serve --self-hosted --hosting AMOUNT`"
    ),
    "the price list has no price for cached tokens of `{model}`": "价目表没有给出 `{model}` 的缓存 Token 价格",
    "leave the cached share at 0, or add `cached_input:` in a price list of your own": (
        "请将缓存比例保持为 0，或在自己的价目表中加上 `cached_input:`"
    ),
    # what an estimate is asked for
    "`{model}` is trained by the hour": "`{model}` 的训练按小时计费",
    "say for how many hours: `whytune cost tune --hours`": "请给出小时数：`whytune cost tune --hours`",
    "`{model}` is trained by the token, not by the hour": "`{model}` 的训练按 Token 计费，不按小时",
    "leave --hours out": "请去掉 --hours",
    "unknown method `{name}`": "没有名为 `{name}` 的微调方法",
    "the methods are {known}": "方法有：{known}",
    "the size is above 0 and at most {most:,}B, not {size}B": "参数量须大于 0 且不超过 {most:,}B，不能是 {size}B",
    "no run of `{model}` with {method} is stated, and the formula wants training tokens": (
        "价目表没有 `{model}` 采用 {method} 的训练实例，而按公式估算需要训练 Token 数"
    ),
    "give --examples and --tokens; the price list states {known}": (
        "请给出 --examples 和 --tokens；价目表中的训练实例：{known}"
    ),
    "the model `{model}` is not in the price list, and its name says no size": (
        "价目表中没有模型 `{model}`，从名称也看不出参数量"
    ),
    "the price list states runs of {known}; for any other model say its size in billions: --parameters 8B": (
        "价目表中有训练实例的模型：{known}；其他模型请以十亿为单位给出参数量：--parameters 8B"
    ),
    "`{option}` is above 0, not 0": "`{option}` 须大于 0，不能是 0",
    "`{option}` is at least {least:,}, not {number:,}": "`{option}` 至少为 {least:,}，不能是 {number:,}",
    "`{option}` is at most {most:,}, not {number:,}": "`{option}` 至多为 {most:,}，不能是 {number:,}",
    "`{option}` is at most {most:,}": "`{option}` 至多为 {most:,}",
    "unknown currency `{code}`": "没有代码为 `{code}` 的货币",
    "give it in {currency}, converted at a rate you can name": "请以 {currency} 给出，按您能说明的汇率换算",
    "an amount in {given} cannot be added to prices in {currency}": (
        "以 {given} 计的金额不能与以 {currency} 计的价格相加"
    ),
    "{left} and {right}": "{left} 和 {right}",
    "amounts in {currencies} cannot be put together": "以 {currencies} 计的金额不能合并计算",
    "give every amount in one currency, converted at a rate you can name": (
        "请将所有金额换算成同一种货币，并使用您能说明的汇率"
    ),
}
