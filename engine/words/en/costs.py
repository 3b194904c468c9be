"""The approaches side by side, and what they cost."""

PHRASES: dict[str, str] = {
    "gpu_title": "{model}, {method}, on rented GPUs",
    "decisions_title": "What is decided about a task ({name})",
    "rulebook_holds": "{name}; {counts}",
    "held_document": "sources",
    "held_note": "notes",
    "held_fact": "facts",
    "held_decision": "decisions",
    "held_conclusion": "conclusions",
    "held_table": "tables",
    "held_rule": "rules",
    "held_invariant": "invariants",
    "held_waiver": "waivers",
    "rulebook_counts": "facts: {facts}, decisions: {decisions}, rules: {rules}",
    "facts_title": "What can be known about a task ({name})",
    "facts_for_costs": "For estimates of costs; no rule tests them",
    "used_for": "Used for",
    "used_for_costs": "estimates of costs; no rule tests it",
    # the comparison
    "compare_source": "Source: {source}",
    "compare_note": "On “{row}”: {text}",
    "compare_nothing": "—",
    "dimension": "Dimension",
    "compared_with_possible": "“{advice}” beside “{rival}”, which is still possible",
    "compared_with_next": "“{advice}” beside “{rival}”, to which the smallest change leads",
    "compared_open": "“{advice}” beside “{rival}”, both still possible",
    "compared_alone": "No other option comes near this advice",
    "compare_open": "Nothing to compare yet: the advice is open",
    "compare_unknown": "Of the option “{option}” the comparison says nothing",
    "compare_parts": "“{option}” stands here by its parts",
    "comparison": "Comparison",
    "comparison_cited": "{name}, edition {edition}, SHA-256 {digest}",
    # what every estimate says
    "cost_price": "Price",
    "price_from": "valid from {first}, checked on {checked}",
    "price_until": "valid from {first} until {last}, checked on {checked}",
    "prices_old": "Old prices: checked on {checked}, more than a year before {day}; look at the source again.",
    "cost_note": "Note",
    "cost_currency": "Currency",
    "currency_rounded": "{currency}, rounded to the cent (halves up)",
    "currency_whole": "{currency}, rounded to the cent (halves up), ranges to whole units",
    "currency_estimated": "{currency}; ranges by formula to two significant digits",
    "cost_included": "Included",
    "cost_not_included": "Not included",
    "price_list": "Price list",
    "price_list_cited": "{name}, edition {edition}, SHA-256 {digest}; prices as of {day}",
    "of_provider": "{model}, {provider}",
    "tuned_of_provider": "{model}, tuned, {provider}",
    "untuned_of_provider": "{model}, not tuned, {provider}",
    "sentence_gap": " ",
    "buyable_existing_customers": "New customers can no longer buy this.",
    "buyable_closed": "This can no longer be bought.",
    "included_training": "training",
    "included_gpu_hours": "renting the GPUs while one run trains",
    "included_input": "tokens of prompts",
    "included_output": "tokens of answers",
    "included_standing": "vector store and hosting, where an amount is shown",
    "included_data_given": "data preparation as given",
    "included_retraining": "training again as given",
    "not_included_inference": "inference",
    "not_included_training": "training",
    "not_included_trials": "failed and repeated runs",
    "not_included_storage": "storage and traffic",
    "not_included_data": "preparing the data",
    "not_included_index": "building the index",
    "not_included_evaluation": "evaluation",
    "not_included_people": "people's time",
    "not_included_tax": "tax",
    "not_included_batch": "discounts, such as for batches",
    "tokens_in_words": (
        "Prices are per token, a piece of a word: 100 tokens are about 60 to 80 English words, so a page of 300 words "
        "has about 400 (Gemini API documentation, Understand and count tokens)."
    ),
    # hosted training
    "training_cost": "Training {model} once costs {cost} (as of {day})",
    "by_tokens": (
        "{examples} × {tokens} × {epochs} (examples × tokens × epochs) = {total} training tokens, at {price} a million"
    ),
    "by_hours": "Hours of training: {hours}, at {price} an hour",
    # rented GPUs
    "run_stated": "{model}, {method}: as the source states it",
    "run_estimated": "{model} ({size}B), {method}: estimated by formula",
    "method_lora": "LoRA",
    "method_qlora": "QLoRA",
    "method_full": "full fine-tuning",
    "gpus": "GPUs",
    "cards": "{count}x {gpu}",
    "hours": "Hours",
    "hours_on": "{hours} on {gpus}",
    "cost": "Cost",
    "examples": "Examples",
    "one_run": "{cost} for one run",
    "run_price": "cloud GPUs for one run",
    "formula": "Formula",
    "gpu_formula": "GPU-hours = k × parameters × training tokens ÷ (peak × utilisation) ÷ 3600",
    "assumed_of": "Assumed",
    "k_assumed": "k = {k} operations ({source})",
    "use_assumed": "utilisation {share} ({source})",
    "peak_assumed": "peak {peak} TFLOPS ({source})",
    "tokens_assumed": "{tokens} training tokens, as given",
    "hourly_assumed": "{price} per GPU-hour, lowest to highest of {providers}",
    "hourly_price": "{gpu} by the hour",
    "memory_title": "Memory on {gpus}",
    "memory": "Verdict",
    "fits": "fits: about {needed} GB needed, {there} GB there",
    "may_not_fit": "may not fit: about {needed} GB needed, {there} GB there",
    "does_not_fit": "does not fit: about {needed} GB needed, {there} GB there",
    "memory_assumed": "{bits}-bit weights ({source})",
    "memory_measured": (
        "the upper end adds what a measured {size}B run took beyond it: {gigabytes} GB in all ({source})"
    ),
    "memory_not_measured": "the table alone; no measured run is known, and long examples need more",
    "beyond_table": "the table runs from {low}B to {high}B; this is scaled beyond it",
    # serving
    "serving_cost": "What {calls} calls a month cost, with answers of {output} tokens (as of {day})",
    "way_a_month": "{way} {cost} a month",
    "way_costs": "{way}: {cost} a month",
    "way_of": "{way}, {model}",
    "way_prompt": "Long prompt",
    "way_in_context": "Whole text in the prompt",
    "way_rag": "Retrieval (RAG)",
    "way_fine_tune": "Tuned model",
    "way_rag_and_fine_tune": "Tuned model with passages",
    "calls": "Calls",
    "calls_of": "{calls} × {cost} a call = {month} a month; {prompt}",
    "amount_a_month": "{cost} a month",
    "each_call": "{cost} a call",
    "call_of": "{cost} a call, {prompt}",
    "prompt_of": "prompt of {tokens} tokens",
    "prompt_cached": "prompt of {tokens} tokens, {share} % of it cached",
    "standing_prompt": "Standing",
    "standing_in_context": "Standing",
    "standing_rag": "Vector store",
    "standing_fine_tune": "Hosting",
    "standing_rag_and_fine_tune": "Vector store",
    "by_the_hour": "{what}, {hours} hours a month at {price} an hour",
    "by_the_month": "{what}, {price} a month",
    "rates": "{input} in, {output} out per million tokens",
    "rates_cached": "{input} in, {cached} cached, {output} out per million tokens",
    # break-even
    "pays_back": "Tuning pays back after {calls} calls, which takes {time}",
    "less_than_a_day": "less than a day",
    "about_days": "about {count} days",
    "about_weeks": "about {count} weeks",
    "about_months": "about {count} months",
    "about_years": "about {count} years",
    "pays_back_at_once": "Tuning pays back with the first call",
    "pays_back_late": "Tuning pays back after {calls} calls, which takes more than {years} years",
    "without_people": "{said}, people's time not counted",
    "if_good_enough": "{said}, provided that {tuned}, once tuned, is good enough, which only a measurement shows",
    "but_existing_customers": "{said}; but new customers can no longer buy it",
    "but_closed": "{said}; but it can no longer be bought",
    "never_no_saving": "Tuning never pays back: a call does not get cheaper, but costs {saving} more",
    "never_equal": "Tuning never pays back: a call costs just as much as before",
    "never_standing": (
        "Tuning never pays back at this traffic: it saves {saved} on calls and costs {monthly} each month; it "
        "takes more than {needed} calls a month"
    ),
    "traffic": "Traffic",
    "traffic_of": "{calls} calls a month, answers of {output} tokens",
    "saving": "Saving",
    "at_first": "Once, at first",
    "training_and_data": "training {training}, data {data}",
    "each_month": "Each month",
    "hosting_and_retraining": "hosting {hosting}, training again {retraining}",
    "spread_evenly": "training again every {months} months, spread evenly over them",
    "training": "Training",
    "prices": "Prices as of {day}",
    # the chart
    "chart_title": "When tuning pays back",
    "chart_never": "Tuning does not pay back",
    "chart_months": "Months",
    "chart_cost": "Cost so far ({currency})",
    "chart_crossing": "{calls} calls\n{time}",
    "chart_caption": (
        "{calls} calls a month; {currency}; prices as of {day}, checked on {checked}; price list {name}, {edition}"
    ),
    "chart_drawn": "The costs over time are drawn in {file}",
    "no_chinese_font": (
        "warning: no font with Chinese characters is installed, so they may be drawn as boxes\n"
        "  hint: install one (Debian: apt install fonts-wqy-microhei), or write SVG"
    ),
    # with an advice
    "costs_title": "What it would cost as of {day}, with {model}",
    "costs_title_bare": "What it would cost as of {day}",
    "costs_title_of_two": "What it would cost as of {day}: {model} tuned, beside {prompted} as it is",
    "two_models": (
        "Two models are compared, since {tuned}, tuned, is to take over from {prompted}; not tuned, {tuned} itself "
        "costs: {costs}"
    ),
    "two_models_no_amount": (
        "Two models are compared, since {tuned}, tuned, is to take over from {prompted}; no amount can be given for "
        "{tuned} itself, not tuned"
    ),
    "two_models_of_list": (
        "Both models are those of the price list: {tuned} as the one to tune, {prompted} as the one to prompt. "
        "Those of another vendor are priced by a price list of your own."
    ),
    "passed_over": "Left out: {model}, which the price list names first.",
    "costs_with_model": "(--model {model})",
    "costs_with_tuned_model": "(--tuned-model {model})",
    "tuning_is_cheaper": (
        "Prices speak against the advice: by them, people's time not counted, tuning {model} would pay back in {time}, "
        "provided that it is then good enough; the advice, which knows no prices, stays with “{option}” for this "
        "reason: {reason}"
    ),
    "tuning_is_dearer": (
        "Prices speak against the advice: {meeting}; the advice, which knows no prices, stays with “{option}” for this "
        "reason: {reason}"
    ),
    "against_by_limits": "{reason} ({limits})",
    "costs_training": "training {cost} once",
    "costs_serving": "{cost} a month with {model}",
    "costs_serving_between": "{cost} a month with {model}; the range is that of one part: {standing}, {amount} a month",
    "costs_shared": (
        "“{cheaper}” costs {difference} a month less than “{dearer}”; both are ranges only because of what they "
        "have in common ({standing}, {amount} a month)"
    ),
    "costs_without_text": "{options}: cheaper only if the text of {tokens} tokens need not be in each call",
    "costs_text": "the whole text counts {tokens} tokens in each call",
    "costs_text_assumed": "the whole text counts {tokens} tokens in each call, which is assumed",
    "costs_from_cache": (
        "{cost} a month where each call finds the text in the provider's cache, which takes calls that follow closely "
        "on each other; what writing it there costs is left out"
    ),
    "costs_overstated": "priced as {model}, though a small classifier needs a far smaller model: this is too much",
    "costs_inside": (
        "The data must stay inside, and these are prices of hosted models, to which they may not go: what your own "
        "machines cost is another amount"
    ),
    "costs_own_machines": (
        "(`whytune cost gpu` estimates training on GPUs, `whytune cost serve --self-hosted` answering on machines of "
        "your own)"
    ),
    "costs_not_counted": (
        "Not counted: {left_out}. Nobody named the models: the price list {name}, edition {edition}, proposes them, "
        "and the prices are its own; another rulebook can have a list of its own, with other models."
    ),
    "sold_instead": "Anybody can buy {model}.",
    "costs_beyond": "does not fit: the model reads at most {tokens} tokens in one call",
    "costs_missing": "for an estimate, give {facts}",
    "costs_unpriced": "no amount, since {why}",
    "costs_shapeless": "nothing is known about its cost",
    "costs_epochs": "3 epochs, since the case gives none",
    "costs_cached_share": "nothing of the long prompt is cached, since the case gives no share",
    "costs_cached_share_priced": (
        "nothing of the long prompt is cached, since the case gives no share; a million tokens cost {cached} where "
        "they are, instead of {input}"
    ),
    "costs_knowledge_tokens": "the size of the whole text, since the case gives none",
    "costs_open": "No option is advised, so there is nothing to estimate",
    "costs_hosted": "The training is that of a hosted model.",
    "costs_gpus": "(`whytune cost gpu` estimates an open model on rented GPUs)",
}
