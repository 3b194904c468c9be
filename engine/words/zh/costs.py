"""The approaches side by side, what they cost, and price lists and estimates that are wrong."""

PHRASES: dict[str, str] = {
    "gpu_title": "{model}：{method}（租用 GPU）",
    "decisions_title": "对任务作出的决策（{name}）",
    "rulebook_holds": "{name}：{counts}",
    "held_document": "文献",
    "held_note": "说明",
    "held_fact": "事实",
    "held_decision": "决策",
    "held_conclusion": "结论",
    "held_table": "表格",
    "held_rule": "规则",
    "held_invariant": "不变式",
    "held_waiver": "豁免",
    "rulebook_counts": "{facts} 项事实，{decisions} 项决策，{rules} 条规则",
    "facts_title": "任务的已知事项（{name}）",
    "facts_for_costs": "仅用于成本估算，不影响建议",
    "used_for": "用途",
    "used_for_costs": "成本估算；不影响建议",
    # the comparison
    "compare_source": "出处：{source}",
    "compare_note": "关于“{row}”：{text}",
    "compare_nothing": "—",
    "dimension": "维度",
    "compared_with_possible": "“{advice}”与“{rival}”对比（后者仍有可能）",
    "compared_with_next": "“{advice}”与“{rival}”对比（改动最少即可转为后者）",
    "compared_open": "“{advice}”与“{rival}”（均有可能）",
    "compared_alone": "没有与该建议接近的其他方案",
    "compare_open": "建议尚未确定，暂无可对比的内容",
    "compare_unknown": "对比表中没有“{option}”这一方案",
    "compare_parts": "“{option}”按其组成部分列出",
    "comparison": "对比表",
    "comparison_cited": "{name}，{edition} 版，SHA-256 {digest}",
    # what every estimate says
    "cost_price": "价格",
    "price_from": "自 {first} 起有效，核对于 {checked}",
    "price_until": "{first} 至 {last} 有效，核对于 {checked}",
    "prices_old": "价格已旧：核对于 {checked}，距 {day} 已超过一年；请重新查看出处。",
    "cost_note": "说明",
    "cost_currency": "货币",
    "currency_rounded": "{currency}，四舍五入到分",
    "currency_whole": "{currency}，四舍五入到分，范围取整数",
    "currency_estimated": "{currency}；按公式得出的范围取两位有效数字",
    "cost_included": "包含",
    "cost_not_included": "不含",
    "price_list": "价目表",
    "price_list_cited": "{name}，{edition} 版，SHA-256 {digest}；采用 {day} 有效的价格",
    "of_provider": "{model}，{provider}",
    "tuned_of_provider": "{model}（微调后），{provider}",
    "untuned_of_provider": "{model}（未微调），{provider}",
    "sentence_gap": "",
    "buyable_existing_customers": "新客户已无法购买此服务。",
    "buyable_closed": "此服务已无法购买。",
    "included_training": "训练",
    "included_gpu_hours": "一次训练期间的 GPU 租用",
    "included_input": "提示词的 Token",
    "included_output": "回答的 Token",
    "included_standing": "向量库与托管（列出金额者）",
    "included_data_given": "按给定金额计入的数据准备",
    "included_retraining": "按给定周期计入的重新训练",
    "not_included_inference": "推理成本",
    "not_included_training": "训练",
    "not_included_trials": "失败与重复的训练",
    "not_included_storage": "存储与流量",
    "not_included_data": "数据准备",
    "not_included_index": "建立索引",
    "not_included_evaluation": "评测",
    "not_included_people": "人力",
    "not_included_tax": "税费",
    "not_included_batch": "折扣（如批处理）",
    "tokens_in_words": (
        "价格按 Token 计：1 个汉字约为 0.6 个 Token，一页 700 字约 400 个 Token（DeepSeek API 文档：Token 用量计算）。"
    ),
    # hosted training
    "training_cost": "训练一次 {model} 的成本：{cost}（按 {day} 的价格）",
    "by_tokens": "{examples} 条样本 × {tokens} Token × {epochs} 轮 = {total} 个训练 Token，每百万 {price}",
    "by_hours": "训练 {hours} 小时，每小时 {price}",
    # rented GPUs
    "run_stated": "{model}，{method}：出处给出的数字",
    "run_estimated": "{model}（{size}B），{method}：按公式估算",
    "method_lora": "LoRA",
    "method_qlora": "QLoRA",
    "method_full": "全量微调",
    "gpus": "GPU",
    "cards": "{count}x {gpu}",
    "hours": "时间（小时）",
    "hours_on": "{hours}（{gpus}）",
    "cost": "成本",
    "examples": "数据量（条）",
    "one_run": "训练一次 {cost}",
    "run_price": "一次训练的云 GPU",
    "formula": "公式",
    "gpu_formula": "GPU 小时 = k × 参数量 × 训练 Token ÷（峰值算力 × 利用率）÷ 3600",
    "assumed_of": "假设",
    "k_assumed": "k = {k} 次运算（{source}）",
    "use_assumed": "利用率 {share}（{source}）",
    "peak_assumed": "峰值 {peak} TFLOPS（{source}）",
    "tokens_assumed": "训练 Token {tokens} 个（由给定数量得出）",
    "hourly_assumed": "每 GPU 小时 {price}，取自 {providers} 的最低价至最高价",
    "hourly_price": "{gpu} 每小时",
    "memory_title": "显存（{gpus}）",
    "memory": "结论",
    "fits": "可容纳：约需 {needed} GB，共有 {there} GB",
    "may_not_fit": "可能放不下：约需 {needed} GB，共有 {there} GB",
    "does_not_fit": "放不下：约需 {needed} GB，共有 {there} GB",
    "memory_assumed": "{bits} 比特（{bits}-bit）权重（{source}）",
    "memory_measured": "上限另加一次 {size}B 实测运行超出表值的部分：实测共 {gigabytes} GB（{source}）",
    "memory_not_measured": "仅据该表；没有可参照的实测运行，样本较长时需要更多",
    "beyond_table": "该表涵盖 {low}B 至 {high}B；此处为表外推算",
    # serving
    "serving_cost": "每月 {calls} 次调用、每次回答 {output} Token 的成本（按 {day} 的价格）",
    "way_a_month": "{way}，每月 {cost}",
    "way_costs": "{way}：每月 {cost}",
    "way_of": "{way}（{model}）",
    "way_prompt": "长提示词",
    "way_in_context": "全文放进提示词",
    "way_rag": "检索增强（RAG）",
    "way_fine_tune": "微调后的模型",
    "way_rag_and_fine_tune": "微调后的模型加检索段落",
    "calls": "调用",
    "calls_of": "{calls} 次 × 每次 {cost} = 每月 {month}；{prompt}",
    "amount_a_month": "每月 {cost}",
    "each_call": "每次调用 {cost}",
    "call_of": "每次调用 {cost}，{prompt}",
    "prompt_of": "提示词 {tokens} Token",
    "prompt_cached": "提示词 {tokens} Token，其中 {share} % 按缓存计费",
    "standing_prompt": "固定费用",
    "standing_in_context": "固定费用",
    "standing_rag": "向量库",
    "standing_fine_tune": "托管",
    "standing_rag_and_fine_tune": "向量库",
    "by_the_hour": "{what}，每月 {hours} 小时、每小时 {price}",
    "by_the_month": "{what}，每月 {price}",
    "rates": "每百万 Token 输入 {input}、输出 {output}",
    "rates_cached": "每百万 Token 输入 {input}、缓存 {cached}、输出 {output}",
    # break-even
    "pays_back": "调用 {calls} 次后收回微调成本，需时{time}",
    "less_than_a_day": "不到一天",
    "about_days": "约 {count} 天",
    "about_weeks": "约 {count} 周",
    "about_months": "约 {count} 个月",
    "about_years": "约 {count} 年",
    "pays_back_at_once": "第一次调用起即收回微调成本",
    "pays_back_late": "调用 {calls} 次后才收回微调成本，需要 {years} 年以上",
    "without_people": "{said}（不计人力）",
    "if_good_enough": "{said}，前提是 {tuned} 微调后质量够用，而这要实测才知道",
    "but_existing_customers": "{said}；但新客户已无法购买",
    "but_closed": "{said}；但已无法购买",
    "never_no_saving": "微调永远无法收回成本：每次调用并未更便宜，反而多花 {saving}",
    "never_equal": "微调永远无法收回成本：每次调用的成本与之前相同",
    "never_standing": (
        "按此调用量，微调永远无法收回成本：每月在调用上节省 {saved}，却要多花 {monthly}；每月调用须超过 {needed} 次"
    ),
    "traffic": "调用量",
    "traffic_of": "每月 {calls} 次，每次回答 {output} Token",
    "saving": "节省",
    "at_first": "一次性投入",
    "training_and_data": "训练 {training}，数据 {data}",
    "each_month": "每月固定",
    "hosting_and_retraining": "托管 {hosting}，重新训练 {retraining}",
    "spread_evenly": "每 {months} 个月重新训练一次，费用按月均摊",
    "training": "训练",
    "prices": "价格（{day}）",
    # the chart
    "chart_title": "微调何时收回成本",
    "chart_never": "微调无法收回成本",
    "chart_months": "月数",
    "chart_cost": "累计成本（{currency}）",
    "chart_crossing": "{calls} 次调用\n{time}",
    "chart_caption": (
        "每月 {calls} 次调用；{currency}；采用 {day} 有效的价格，核对于 {checked}；价目表 {name}，{edition}"
    ),
    "chart_drawn": "累计成本曲线已绘制到 {file}",
    "no_chinese_font": (
        "警告：未安装中文字体，汉字可能显示为方框\n"
        "  提示：请安装中文字体（Debian：apt install fonts-wqy-microhei），或输出 SVG"
    ),
    # with an advice
    "costs_title": "成本估算（以 {model} 计，按 {day} 的价格）",
    "costs_title_bare": "成本估算（按 {day} 的价格）",
    "costs_title_of_two": "成本估算（微调 {model}，对比直接使用 {prompted}，按 {day} 的价格）",
    "two_models": "对比的是两个不同的模型，因为要由微调后的 {tuned} 接替 {prompted}；{tuned} 本身不微调时：{costs}",
    "two_models_no_amount": (
        "对比的是两个不同的模型，因为要由微调后的 {tuned} 接替 {prompted}；{tuned} 本身不微调时的费用无法给出"
    ),
    "two_models_of_list": (
        "两个模型均由价目表选定：{tuned} 用于微调，{prompted} 用于直接使用。其他厂商的模型可用自备的价目表来估价。"
    ),
    "passed_over": "未列入估算：价目表首选的 {model}。",
    "costs_with_model": "（--model {model}）",
    "costs_with_tuned_model": "（--tuned-model {model}）",
    "tuning_is_cheaper": (
        "价格与建议相左：按价格计、不计人力，微调 {model} {time}即可收回成本，前提是微调后质量够用；"
        "建议不看价格，仍为“{option}”，理由是：{reason}"
    ),
    "tuning_is_dearer": "价格与建议相左：{meeting}；建议不看价格，仍为“{option}”，理由是：{reason}",
    "against_by_limits": "{reason}（{limits}）",
    "costs_training": "训练一次 {cost}",
    "costs_serving": "每月 {cost}（{model}）",
    "costs_serving_between": "每月 {cost}（{model}；区间来自{standing}：每月 {amount}）",
    "costs_shared": (
        "“{cheaper}”每月比“{dearer}”少 {difference}；两者之所以都是区间，只因共有的一项（{standing}，每月 {amount}）"
    ),
    "costs_without_text": "{options}：只有每次调用不必带上 {tokens} Token 的全文时才更便宜",
    "costs_text": "每次调用都带上全文，按 {tokens} Token 计",
    "costs_text_assumed": "每次调用都带上全文，篇幅按假设的 {tokens} Token 计",
    "costs_from_cache": "若每次调用都能从服务商的缓存读取全文（须调用间隔很短），每月 {cost}；写入缓存的费用未计",
    "costs_overstated": "按 {model} 计价；小型分类器用的模型要小得多，实际费用低于此数",
    "costs_inside": "数据不得外流，而这里是托管模型的价格，数据并不能送到那里；自有机器的费用要另算",
    "costs_own_machines": (
        "（`whytune cost gpu` 估算在 GPU 上的训练，`whytune cost serve --self-hosted` 估算在自有机器上的调用）"
    ),
    "costs_not_counted": (
        "未计入：{left_out}。模型未经指定，由价目表 {name}（{edition} 版）推荐，价格也取自该表；"
        "其他规则库可能有自己的价目表和模型。"
    ),
    "sold_instead": "任何人都能购买的是 {model}。",
    "costs_beyond": "放不进：模型一次调用最多读 {tokens} Token",
    "costs_missing": "要估算，请给出：{facts}",
    "costs_unpriced": "没有金额：{why}",
    "costs_shapeless": "没有可用的成本信息",
    "costs_epochs": "训练 3 轮（未给出轮数）",
    "costs_cached_share": "长提示词不使用缓存（未给出缓存比例）",
    "costs_cached_share_priced": (
        "长提示词不使用缓存（未给出缓存比例）；命中缓存时，每百万 Token 为 {cached}，而不是 {input}"
    ),
    "costs_knowledge_tokens": "全文篇幅按假设计（未给出篇幅）",
    "costs_open": "没有建议的方案，无从估算",
    "costs_hosted": "训练成本按托管模型计算。",
    "costs_gpus": "（开源模型在租用 GPU 上的成本可用 `whytune cost gpu` 估算）",
}

SENTENCES: dict[str, str] = {
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
    "there are no prices here": "这里没有价格",
    "they stand below {keys}": "价格应写在以下各项之下：{keys}",
    "`{code}` is not a currency code": "`{code}` 不是货币代码",
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
    "name a model, or add `reference:` to the price list": "请指定一个模型，或在价目表中加上 `reference:`",
    "the model `{name}` is not in the price list": "价目表中没有模型 `{name}`",
    "the model `{name}` is not in the price list for fine-tuning": "价目表中没有模型 `{name}` 的微调价格",
    "the price list has no price for serving the model `{name}` untuned": (
        "价目表中没有未经微调的模型 `{name}` 的调用价格"
    ),
    "the hosting `{name}` is not in the price list; an amount per month will do as well": (
        "价目表中没有托管 `{name}`；也可以直接给出每月金额"
    ),
    "the GPU `{name}` is not in the price list; training needs as much memory on it as on another": (
        "价目表中没有 GPU `{name}`；训练所需的显存在任何 GPU 上都一样"
    ),
    "no price for `{name}` is known for {day}": "没有 `{name}` 在 {day} 的价格",
    "the last one known held until {last}": "已知的最后一个价格有效至 {last}",
    "the first one known holds from {first}": "已知的最早价格自 {first} 起有效",
    "no price for `{gpu}` at `{provider}`": "没有 `{provider}` 的 `{gpu}` 价格",
    "on {day} it has {known}": "{day} 有价格的提供商：{known}",
    "the price list says nothing about {method} under `{kind}`": "价目表的 `{kind}` 中没有 {method}",
    "add a row with `method: {method}` under `{kind}:`": "请在 `{kind}:` 下加一项，写明 `method: {method}`",
    "the price list does not say what serving the tuned `{model}` costs": "价目表没有给出微调后的 `{model}` 的调用价格",
    "for a model on your own machines give {names}: what they cost a month": (
        "若模型部署在您自己的机器上，请给出 {names}，即机器每月的费用"
    ),
    "name another model": "请换一个模型",
    "the price list has no price for cached tokens of `{model}`": "价目表没有给出 `{model}` 的缓存 Token 价格",
    "leave the cached share at 0, or add `cached_input:` to a price list of your own": (
        "请将缓存比例保持为 0，或在自己的价目表中加上 `cached_input:`"
    ),
    # what an estimate is asked for
    "`{model}` is trained by the hour": "`{model}` 的训练按小时计费",
    "give {names} for a model that is trained by the hour, and only then": (
        "模型的训练按小时计费时须给出 {names}，否则不要给出"
    ),
    "give {amount} instead of {names}": "请给出 {amount}，而不是 {names}",
    "`{model}` is trained by the token, not by the hour": "`{model}` 的训练按 Token 计费，不按小时",
    "unknown method `{name}`": "没有名为 `{name}` 的微调方法",
    "the methods are {known}": "方法有：{known}",
    "the size in the name `{model}` is above 0 and at most {most:,}B, not {size}B": (
        "名称 `{model}` 中的参数量须大于 0 且不超过 {most:,}B，不能是 {size}B"
    ),
    "no run of `{model}` with {method} is stated, and the formula needs training tokens": (
        "价目表没有 `{model}` 采用 {method} 的训练实例，而按公式估算需要训练 Token 数"
    ),
    "give {names}; the price list states {known}": "请给出 {names}；价目表中的训练实例：{known}",
    "the model `{model}` is not in the price list, and its name says no size": (
        "价目表中没有模型 `{model}`，从名称也看不出参数量"
    ),
    "the price list states runs of {known}; for any other model give `{size}` in billions, such as 8B": (
        "价目表中有训练实例的模型：{known}；其他模型请用 `{size}` 以十亿为单位给出参数量，例如 8B"
    ),
    "the estimate needs {names}": "估算需要 {names}",
    "the estimate needs {names}, or several of them": "估算需要 {names}，也可以给出其中几个",
    "{names} go together": "{names} 须一起给出",
    "either {amount} or {names} say what training costs": "训练费用请用 {amount} 给出，或用 {names} 给出，二者取一",
    "`{model}` reads at most {context:,} tokens in one call, fewer than {names} together": (
        "`{model}` 一次调用最多读 {context:,} Token，{names} 合计超出了"
    ),
    "give a shorter prompt, or another model": "请缩短提示词，或换一个模型",
    "{name} goes with {other}": "{name} 须与 {other} 一起给出",
    "it is what your machines cost a month": "即您的机器每月的费用",
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
    "amounts in {currencies} cannot be added up": "以 {currencies} 计的金额不能合并计算",
    "give every amount in one currency, converted at a rate you can name": (
        "请将所有金额换算成同一种货币，并使用您能说明的汇率"
    ),
}
