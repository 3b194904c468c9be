"""The approaches side by side, and what they cost."""

PHRASES: dict[str, dict[str, str]] = {
    "gpu_title": {"en": "{model}, {method}, on rented GPUs", "zh": "{model}：{method}（租用 GPU）"},
    "facts_title": {"en": "What can be known of a task ({name})", "zh": "任务的已知事项（{name}）"},
    "facts_for_costs": {"en": "For estimates of costs; no rule tests them", "zh": "仅用于成本估算，不影响建议"},
    "used_for": {"en": "Used for", "zh": "用途"},
    "used_for_costs": {"en": "estimates of costs; no rule tests it", "zh": "成本估算；不影响建议"},
    # the comparison
    "compare_source": {"en": "Source: {source}", "zh": "出处：{source}"},
    "compare_note": {"en": "On “{row}”: {text}", "zh": "关于“{row}”：{text}"},
    "compare_nothing": {"en": "—", "zh": "—"},
    "dimension": {"en": "Dimension", "zh": "维度"},
    "compared_with": {"en": "{advice} beside {rival}, the nearest rival", "zh": "{advice}对比最接近的备选：{rival}"},
    "compared_open": {"en": "{advice} beside {rival}, both still possible", "zh": "{advice}与{rival}（均有可能）"},
    "compared_alone": {"en": "No other option comes near this advice", "zh": "没有与该建议接近的其他方案"},
    "compare_open": {"en": "Nothing to compare yet: the advice is open", "zh": "建议尚未确定，暂无可对比的内容"},
    "compare_unknown": {"en": "The comparison says nothing of {option}", "zh": "对比表中没有关于{option}的内容"},
    "comparison": {"en": "Comparison", "zh": "对比表"},
    "comparison_cited": {
        "en": "{name}, edition {edition}, SHA-256 {digest}",
        "zh": "{name}，{edition} 版，SHA-256 {digest}",
    },
    # what every estimate says
    "cost_price": {"en": "Price", "zh": "价格"},
    "price_from": {"en": "valid from {first}, checked on {checked}", "zh": "自 {first} 起有效，核对于 {checked}"},
    "price_until": {
        "en": "valid from {first} until {last}, checked on {checked}",
        "zh": "{first} 至 {last} 有效，核对于 {checked}",
    },
    "prices_old": {
        "en": "Old prices: checked on {checked}, more than a year before {day}; look at the source again.",
        "zh": "价格已旧：核对于 {checked}，距 {day} 已超过一年；请重新查看出处。",
    },
    "cost_note": {"en": "Note", "zh": "说明"},
    "cost_currency": {"en": "Currency", "zh": "货币"},
    "currency_rounded": {"en": "{currency}, rounded to the cent (halves up)", "zh": "{currency}，四舍五入到分"},
    "currency_whole": {
        "en": "{currency}, rounded to the cent (halves up), ranges to whole units",
        "zh": "{currency}，四舍五入到分，范围取整数",
    },
    "currency_estimated": {
        "en": "{currency}; ranges by formula to two significant digits",
        "zh": "{currency}；按公式得出的范围取两位有效数字",
    },
    "cost_included": {"en": "Included", "zh": "包含"},
    "cost_not_included": {"en": "Not included", "zh": "不含"},
    "price_list": {"en": "Price list", "zh": "价目表"},
    "price_list_cited": {
        "en": "{name}, edition {edition}, SHA-256 {digest}; prices as of {day}",
        "zh": "{name}，{edition} 版，SHA-256 {digest}；采用 {day} 有效的价格",
    },
    "of_provider": {"en": "{model}, {provider}", "zh": "{model}，{provider}"},
    "sentence_gap": {"en": " ", "zh": ""},
    "buyable_existing_customers": {"en": "New customers can no longer buy this.", "zh": "新客户已无法购买此服务。"},
    "buyable_closed": {"en": "This can no longer be bought.", "zh": "此服务已无法购买。"},
    "included_training": {"en": "training", "zh": "训练"},
    "included_gpu_hours": {"en": "renting the GPUs while one run trains", "zh": "一次训练期间的 GPU 租用"},
    "included_input": {"en": "tokens of prompts", "zh": "Prompt 的 Token"},
    "included_output": {"en": "tokens of answers", "zh": "回答的 Token"},
    "included_standing": {
        "en": "vector store and hosting, where an amount is shown",
        "zh": "向量库与托管（列出金额者）",
    },
    "included_data_given": {"en": "data preparation as given", "zh": "按给定金额计入的数据准备"},
    "included_retraining": {"en": "training again as given", "zh": "按给定周期计入的重新训练"},
    "not_included_inference": {"en": "inference", "zh": "推理成本"},
    "not_included_training": {"en": "training", "zh": "训练"},
    "not_included_trials": {"en": "failed and repeated runs", "zh": "失败与重复的训练"},
    "not_included_storage": {"en": "storage and traffic", "zh": "存储与流量"},
    "not_included_data": {"en": "preparing the data", "zh": "数据准备"},
    "not_included_index": {"en": "building the index", "zh": "建立索引"},
    "not_included_evaluation": {"en": "evaluation", "zh": "评测"},
    "not_included_people": {"en": "people's time", "zh": "人力"},
    "not_included_tax": {"en": "tax", "zh": "税费"},
    "not_included_batch": {"en": "discounts, such as for batches", "zh": "折扣（如批处理）"},
    # hosted training
    "training_cost": {"en": "Training costs {cost}", "zh": "训练成本：{cost}"},
    "by_tokens": {
        "en": "{examples} × {tokens} × {epochs} (examples × tokens × epochs) = {total} training tokens, "
        "at {price} a million",
        "zh": "{examples} 条样本 × {tokens} Token × {epochs} 轮 = {total} 个训练 Token，每百万 {price}",
    },
    "by_hours": {"en": "Hours of training: {hours}, at {price} an hour", "zh": "训练 {hours} 小时，每小时 {price}"},
    # rented GPUs
    "run_stated": {"en": "{model}, {method}: as the source states it", "zh": "{model}，{method}：出处给出的数字"},
    "run_estimated": {
        "en": "{model} ({size}B), {method}: estimated by formula",
        "zh": "{model}（{size}B），{method}：按公式估算",
    },
    "method_lora": {"en": "LoRA", "zh": "LoRA"},
    "method_qlora": {"en": "QLoRA", "zh": "QLoRA"},
    "method_full": {"en": "full fine-tuning", "zh": "全量微调"},
    "gpus": {"en": "GPUs", "zh": "GPU"},
    "cards": {"en": "{count}x {gpu}", "zh": "{count}x {gpu}"},
    "hours": {"en": "Hours", "zh": "时间（小时）"},
    "hours_on": {"en": "{hours} on {gpus}", "zh": "{hours}（{gpus}）"},
    "cost": {"en": "Cost", "zh": "成本"},
    "examples": {"en": "Examples", "zh": "数据量（条）"},
    "run_price": {"en": "cloud GPUs for one run", "zh": "一次训练的云 GPU"},
    "formula": {"en": "Formula", "zh": "公式"},
    "gpu_formula": {
        "en": "GPU-hours = k × parameters × training tokens ÷ (peak × utilisation) ÷ 3600",
        "zh": "GPU 小时 = k × 参数量 × 训练 Token ÷（峰值算力 × 利用率）÷ 3600",
    },
    "assumed_of": {"en": "Assumed", "zh": "假设"},
    "k_assumed": {"en": "k = {k} operations ({source})", "zh": "k = {k} 次运算（{source}）"},
    "use_assumed": {"en": "utilisation {share} ({source})", "zh": "利用率 {share}（{source}）"},
    "peak_assumed": {"en": "peak {peak} TFLOPS ({source})", "zh": "峰值 {peak} TFLOPS（{source}）"},
    "tokens_assumed": {"en": "{tokens} training tokens, as given", "zh": "训练 Token {tokens} 个（由给定数量得出）"},
    "hourly_assumed": {
        "en": "{price} for a GPU-hour, lowest to highest of {providers}",
        "zh": "每 GPU 小时 {price}，取自 {providers} 的最低价至最高价",
    },
    "hourly_price": {"en": "{gpu} by the hour", "zh": "{gpu} 每小时"},
    "memory_title": {"en": "Memory on {gpus}", "zh": "显存（{gpus}）"},
    "memory": {"en": "Verdict", "zh": "结论"},
    "fits": {
        "en": "fits: about {needed} GB needed, {there} GB there",
        "zh": "可容纳：约需 {needed} GB，共有 {there} GB",
    },
    "may_not_fit": {
        "en": "may not fit: about {needed} GB needed, {there} GB there",
        "zh": "可能放不下：约需 {needed} GB，共有 {there} GB",
    },
    "does_not_fit": {
        "en": "does not fit: about {needed} GB needed, {there} GB there",
        "zh": "放不下：约需 {needed} GB，共有 {there} GB",
    },
    "memory_assumed": {"en": "{bits}-bit weights ({source})", "zh": "{bits} 比特（{bits}-bit）权重（{source}）"},
    "memory_measured": {
        "en": "at the upper end as much more as a measured {size}B run took: {gigabytes} GB in all ({source})",
        "zh": "上限另加一次 {size}B 实测运行超出表值的部分：实测共 {gigabytes} GB（{source}）",
    },
    "memory_not_measured": {
        "en": "the table alone; no measured run is known, and long examples need more",
        "zh": "仅据该表；没有可参照的实测运行，样本较长时需要更多",
    },
    "beyond_table": {
        "en": "the table runs from {low}B to {high}B; this is scaled beyond it",
        "zh": "该表涵盖 {low}B 至 {high}B；此处为表外推算",
    },
    # serving
    "serving_cost": {
        "en": "Cost a month of {calls} calls with answers of {output} tokens",
        "zh": "每月 {calls} 次调用、每次回答 {output} Token 的成本",
    },
    "way_of": {"en": "{way}: {model}", "zh": "{way}：{model}"},
    "way_prompt": {"en": "Long prompt", "zh": "长 Prompt"},
    "way_rag": {"en": "Retrieval (RAG)", "zh": "检索增强（RAG）"},
    "way_fine_tune": {"en": "Tuned model", "zh": "微调后的模型"},
    "a_month": {"en": "A month", "zh": "每月"},
    "a_call": {"en": "A call", "zh": "每次调用"},
    "each_call": {"en": "{cost} a call", "zh": "每次调用 {cost}"},
    "call_of": {"en": "{cost}, {prompt}", "zh": "{cost}，{prompt}"},
    "prompt_of": {"en": "prompt of {tokens} tokens", "zh": "Prompt {tokens} Token"},
    "prompt_cached": {
        "en": "prompt of {tokens} tokens, {share} % of it cached",
        "zh": "Prompt {tokens} Token，其中 {share} % 按缓存计费",
    },
    "standing_prompt": {"en": "Standing", "zh": "固定费用"},
    "standing_rag": {"en": "Vector store", "zh": "向量库"},
    "standing_fine_tune": {"en": "Hosting", "zh": "托管"},
    "by_the_hour": {
        "en": "{what}, {hours} hours a month at {price}",
        "zh": "{what}，每月 {hours} 小时、每小时 {price}",
    },
    "rates": {"en": "{input} in, {output} out for a million tokens", "zh": "每百万 Token 输入 {input}、输出 {output}"},
    "rates_cached": {
        "en": "{input} in, {cached} cached, {output} out for a million tokens",
        "zh": "每百万 Token 输入 {input}、缓存 {cached}、输出 {output}",
    },
    # break-even
    "pays_back": {
        "en": "Tuning pays back after {calls} calls, {months} months",
        "zh": "调用 {calls} 次、{months} 个月后收回微调成本",
    },
    "pays_back_at_once": {"en": "Tuning pays back with the first call", "zh": "第一次调用起即收回微调成本"},
    "pays_back_late": {
        "en": "Tuning pays back after {calls} calls, which takes more than {years} years",
        "zh": "调用 {calls} 次后才收回微调成本，需要 {years} 年以上",
    },
    "but_existing_customers": {
        "en": "{said}; but new customers can no longer buy it",
        "zh": "{said}；但新客户已无法购买",
    },
    "but_closed": {"en": "{said}; but it can no longer be bought", "zh": "{said}；但已无法购买"},
    "never_no_saving": {
        "en": "Tuning never pays back: a call does not get cheaper, but costs {saving} more",
        "zh": "微调永远无法收回成本：每次调用并未更便宜，反而多花 {saving}",
    },
    "never_equal": {
        "en": "Tuning never pays back: a call costs just as much as before",
        "zh": "微调永远无法收回成本：每次调用的成本与之前相同",
    },
    "never_standing": {
        "en": "Tuning never pays back at this traffic: it saves {saved} on calls and costs {monthly} each month; "
        "it takes more than {needed} calls a month",
        "zh": "按此调用量，微调永远无法收回成本：每月在调用上节省 {saved}，却要多花 {monthly}；"
        "每月调用须超过 {needed} 次",
    },
    "traffic": {"en": "Traffic", "zh": "调用量"},
    "traffic_of": {
        "en": "{calls} calls a month, answers of {output} tokens",
        "zh": "每月 {calls} 次，每次回答 {output} Token",
    },
    "saving": {"en": "Saving", "zh": "节省"},
    "at_first": {"en": "At first", "zh": "一次性投入"},
    "training_and_data": {"en": "training {training}, data {data}", "zh": "训练 {training}，数据 {data}"},
    "each_month": {"en": "Each month", "zh": "每月固定"},
    "hosting_and_retraining": {
        "en": "hosting {hosting}, training again {retraining}",
        "zh": "托管 {hosting}，重新训练 {retraining}",
    },
    "spread_evenly": {
        "en": "training again every {months} months, spread evenly over them",
        "zh": "每 {months} 个月重新训练一次，费用按月均摊",
    },
    "training": {"en": "Training", "zh": "训练"},
    "prices": {"en": "Prices", "zh": "价格"},
    # the chart
    "chart_title": {"en": "When tuning pays back", "zh": "微调何时收回成本"},
    "chart_never": {"en": "Tuning does not pay back", "zh": "微调无法收回成本"},
    "chart_months": {"en": "Months", "zh": "月数"},
    "chart_cost": {"en": "Cost so far ({currency})", "zh": "累计成本（{currency}）"},
    "chart_crossing": {"en": "{calls} calls\n{months} months", "zh": "{calls} 次调用\n{months} 个月"},
    "chart_caption": {
        "en": "{calls} calls a month; {currency}; prices as of {day}, checked on {checked}; "
        "price list {name}, {edition}",
        "zh": "每月 {calls} 次调用；{currency}；采用 {day} 有效的价格，核对于 {checked}；价目表 {name}，{edition}",
    },
    "chart_drawn": {"en": "The costs over time are drawn in {file}", "zh": "累计成本曲线已绘制到 {file}"},
    "no_chinese_font": {
        "en": "warning: no font with Chinese characters is installed, so they may be drawn as boxes\n"
        "  hint: install one (Debian: apt install fonts-wqy-microhei), or write SVG",
        "zh": "警告：未安装中文字体，汉字可能显示为方框\n"
        "  提示：请安装中文字体（Debian：apt install fonts-wqy-microhei），或输出 SVG",
    },
    # with an advice
    "costs_title": {"en": "What it would cost, with {model}", "zh": "成本估算（以 {model} 计）"},
    "costs_training": {"en": "training {cost} once", "zh": "训练一次 {cost}"},
    "costs_serving": {"en": "{cost} a month", "zh": "每月 {cost}"},
    "costs_missing": {"en": "give {facts} for an estimate", "zh": "要估算，请给出{facts}"},
    "costs_shapeless": {"en": "nothing is known of its cost", "zh": "没有可用的成本信息"},
    "costs_epochs": {"en": "3 epochs, the guide's default", "zh": "训练 3 轮（指南的默认值）"},
    "costs_cached_share": {"en": "nothing of the long prompt is cached", "zh": "长 Prompt 不使用缓存"},
    "costs_open": {"en": "No option is advised, so there is nothing to estimate", "zh": "没有建议的方案，无从估算"},
    "costs_gpus": {
        "en": "The training is that of a hosted model; `whytune cost gpu` estimates an open model on rented GPUs.",
        "zh": "训练成本按托管模型计算；开源模型在租用 GPU 上的成本可用 `whytune cost gpu` 估算。",
    },
}
