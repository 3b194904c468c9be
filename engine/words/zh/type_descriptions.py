"""What the service says of cases and of the types of its answers, by its English."""

DESCRIPTIONS: dict[str, str] = {
    # a case that is sent
    "A case: what is known of one task.": "一个案例：对一项任务所知的情况。",
    "What the task is, for people.": "任务是什么，供人阅读。",
    "The facts of the task. A fact that is left out is assumed if the rulebook says what to assume.": (
        "任务的事实。未给出的事实，若规则库写明了假设，则按假设处理。"
    ),
    "What facts are taken from, as `fact: the words that say it`, a ticket, a file or a link; recorded.": (
        "事实的依据，写作 `事实: 说明它的原话`、工单、文件或链接；会写入记录。"
    ),
    "The day whose rules are applied, like 2026-03-31; by default today.": (
        "按哪一天的规则，例如 2026-03-31；默认为今天。"
    ),
    "What the advice must be: decision: option.": "建议必须是什么：决策: 选项。",
    "Several cases in one file: a list of them, each with what is particular to it.": (
        "一个文件中的多个案例：逐一列出，各写明自己特有的内容。"
    ),
    "settled: whatever else is true; provisional: it rests on assumptions; open: several outcomes remain.": (
        "settled：无论其他情况如何都成立；provisional：依赖假设；open：仍有多种可能的结果。"
    ),
    "All outcomes that are still possible, in any order.": "仍可能的全部结果，顺序不限。",
    "Rules or policies that must be among the reasons.": "必须出现在理由中的规则或策略。",
    "Rules or policies that must not be among the reasons.": "不得出现在理由中的规则或策略。",
    "Options that must be ruled out.": "必须被否决的选项。",
    "Rules whose cautions must be told with the advice.": "必须随建议告知其注意事项的规则。",
    "Changes of facts (`given`), each with the outcome that they must lead to (`to`).": (
        "事实的变动（`given`），以及各自必须导致的结果（`to`）。"
    ),
    # what is answered
    "The outcome of a decision, and what else is possible.": ("一项决策的结果，以及还可能出现的结果。"),
    "The outcome of a decision that does not change.": ("一项决策不变的结果。"),
    "An amount of money in a currency (ISO 4217), from `low` to `high`.": (
        "某种货币（ISO 4217）的金额，从 `low` 到 `high`。"
    ),
    "A rulebook, with the SHA-256 of what it says.": ("一个规则库，以及其内容的 SHA-256。"),
    "A number line cut into named half-open pieces, `values` from low to high, each cut the start of a piece.": (
        "一条切成若干命名区段的数轴：区段左闭右开，`values` 由低到高，每个切点是一个区段的起点。"
    ),
    "From `min` to `max`, both included; equal if the source gives one figure.": (
        "从 `min` 到 `max`，含两端；来源只给出一个数时两者相等。"
    ),
    "When fine-tuning pays back, in calls and in months; if never, why, and how many calls a month it would take.": (
        "微调在多少次调用、多少个月后回本；若永不回本，原因是什么，每月需要多少次调用才能回本。"
    ),
    "How a case came out.": ("一个案例的运行结果。"),
    "A case whose expectation is still to be written.": ("预期结果尚待填写的案例。"),
    ("Is one record as it was written? Its place and hash, whether its neighbours fit it, checkpoints, and replay."): (
        "单独一条记录是否与写入时相同：位置与哈希、前后记录是否衔接、检查点与重算。"
    ),
    "A check: how severe its findings are, whether a waiver may cover them, and its page in Markdown.": (
        "一项检查：其结果的严重程度、能否用豁免说明，以及 Markdown 格式的说明页。"
    ),
    "One dimension of the comparison, with a cell for each approach.": ("对比中的一个维度，每个方案一格。"),
    "A table of the comparison.": ("对比中的一张表。"),
    "The approaches side by side.": ("各方案的对比。"),
    "The work of a method: operations per parameter and token (k), and the share of a GPU's peak that it reaches.": (
        "一种方法的计算量：每个参数、每个 Token 的运算次数（k），以及达到 GPU 峰值的比例。"
    ),
    (
        "A condition of a rule in the case: what it asks of its subject, whether it holds, and how far it is "
        "from holding. `waits_for` names the unknown facts that can decide it; `nearest` is the rule nearest to making "
        "it hold, if it does not and asks for a conclusion or an option of a decision; `decided_by` are the rules in "
        "force that propose what that decision has instead, and `barred_by` those that rule out what is asked for."
    ): (
        "案例中一条规则的一个条件：对对象有何要求、是否成立、距成立还差多少。`waits_for` 列出能够决定它的未知事实；"
        "若条件不成立，而所要求的是结论或某项决策的方案，则 `nearest` 是最接近使其成立的规则，"
        "`decided_by` 是使该决策得出另一方案的规则，`barred_by` 是否决所要求方案的规则。"
    ),
    "What the advice and its main rival cost, and when tuning pays back.": (
        "建议的方案与主要备选方案各需多少费用，以及微调何时回本。"
    ),
    "A range of whole numbers.": ("整数的范围。"),
    "What of the rulebook its cases reach.": ("规则库的案例覆盖了规则库的哪些内容。"),
    "A cut of a band, and whether a case stands just below and just above it.": (
        "数轴的一个切点，以及是否有案例紧挨在其下方和上方。"
    ),
    (
        "The answer to one decision. `advice` is None if the decision is open, `referred` to a person, or "
        "does not apply: then only `not_applicable` is possible, as far as assumptions hold. `possible` holds "
        "every outcome that some completion of the facts not given leads to, `possible_as_assumed` those that "
        "remain while assumptions hold. `rests_on` names the assumptions that can change the outcome, "
        "`next_question` the fact to ask for next: an unknown one, else an assumed one. `decided_by` holds "
        "the ids of rules and policies, `cautions` those of the rules that caution about the advice. `value` "
        "is the value of the advised option for programs, if it has one."
    ): (
        "对一项决策的回答。决策未定、转交人工（`referred`）或不适用时，`advice` 为 None；不适用时，在假设成立"
        "的前提下只可能是 `not_applicable`。`possible` 是未给出的事实以任何方式补全后可能得到的全部结果，`pos"
        "sible_as_assumed` 是其中在假设成立时仍可能的结果。`rests_on` 列出能够改变结果的假设，`next_question`"
        " 是接下来该问的事实：先问未知的，再问假设的。`decided_by` 是起决定作用的规则和策略的编号，`cautions`"
        " 是对该建议提出注意事项的规则的编号。`value` 是所建议选项供程序使用的值（若有）。"
    ),
    "A decision whose outcome changes, and the options whose state does.": ("结果改变的决策，以及其中状态改变的选项。"),
    "The first place where a record and its replay differ, and whether the advice does.": (
        "记录与其重放结果的第一处不同，以及建议是否不同。"
    ),
    "A price list or comparison, with the SHA-256 of what it says.": ("一份价目表或对比表，以及其内容的 SHA-256。"),
    "An exact amount of money in a currency (ISO 4217).": ("某种货币（ISO 4217）的确切金额。"),
    (
        "Something known about a task. `ask` is the interview's question, `label` the short name readers see. "
        "`help` says what the fact means, `evidence` what would prove an answer. A fact that is `used_for` "
        "something other than advice is tested by no rule and not listed as unknown. A record keeps out the "
        "value of a `sensitive` fact. `at_most` and `at_least` name another number that this one never "
        "passes. A choice that is `open` has the value `other`, which a case may say in its own words."
    ): (
        "关于一项任务的已知情况。`ask` 是问答时的问题，`label` 是读者看到的简称。`help` 说明该事实的含义，`ev"
        "idence` 说明什么能证明回答。`used_for` 表示用途不是得出建议的事实：没有规则检验它，也不会列为未知。`"
        "sensitive` 的事实，其值不写入记录。`at_most` 和 `at_least` 指出它不会越过的另一个数。`open` 的单选事"
        "实有一个值 `other`，案例可以用自己的话来说明。"
    ),
    "A FactState as JSON data, a map (a tuple would be a list); `value` is None when unknown or not applicable.": (
        "以 JSON 数据表示的事实状态；未知或不适用时 `value` 为 None。"
    ),
    "A fact: its value, or the salted hash of one that is kept out.": (
        "一个事实：它的值；若值未写入记录，则为其加盐哈希。"
    ),
    "A fact before and after the change.": ("一个事实在变化前后的状态。"),
    "What a case expects of a decision, what came out, and what decided.": (
        "案例对一项决策的预期、实际结果，以及由什么决定。"
    ),
    "A record as it is stored, and the fault near it, if one is met.": ("所存的一条记录；若附近有问题，也予说明。"),
    "The first and last record that were looked at near one, and the fault met.": ("查看的首末记录，及遇到的问题。"),
    "What is wrong with the ledger, and at which record.": ("账本有什么问题，在哪条记录。"),
    "What a check finds: about what, where in the files, in which tasks, and which waiver covers it.": (
        "一条检查结果：涉及什么、在文件的什么位置、在哪些任务中出现，以及由哪项豁免说明。"
    ),
    (
        "One step of a trace: what fired, a band, rule, conclusion, option, decision or caution, and what it "
        "gave. `state` is the piece of a band, in_force or not_in_force for a rule, yes or no for a "
        "conclusion, stands, ruled_out or not_proposed for an option, the outcome of a decision, and told for "
        "a caution, whose name is DECISION.RULE. `policy` names the policy that decided, if one did."
    ): (
        "推理轨迹的一步：触发的是什么（区段、规则、结论、选项、决策或注意事项），得出什么。`state`：区段为所"
        "在的一段；规则为 in_force 或 not_in_force；结论为 yes 或 no；选项为 stands、ruled_out 或 not_propose"
        "d；决策为其结果；注意事项为 told，其名称为 DECISION.RULE。若由策略决定，`policy` 是该策略的名称。"
    ),
    "Changes of facts that lead to another outcome, how easily, whether that wastes effort, and what then decides.": (
        "使结果改变的事实改动、改动的难易、是否得不偿失，以及届时由哪些规则决定。"
    ),
    "The smallest changes that lead to another outcome, or to the one that is wanted.": (
        "使结果改变（或变为所希望的结果）的最小变动。"
    ),
    "A GPU: its memory in GB, and its dense bf16 peak in TFLOPS (10**12 operations per second).": (
        "一种 GPU：显存（GB），以及稠密 bf16 运算的峰值（TFLOPS，每秒 10**12 次运算）。"
    ),
    "What a source states for the model and the method, and what the formula gives.": (
        "来源对该模型和方法的说明，以及按公式得出的数值。"
    ),
    "A named set of values of one choice.": ("一个单选事实的若干取值的命名集合。"),
    "What it costs to keep a tuned model ready, used or not.": ("保持微调后的模型随时可用的费用，无论是否使用。"),
    "Which records would come out differently, of how many, and which are by another rulebook of the same version.": (
        "多少条记录中的哪些会得出不同的结果，以及哪些依据的是版本相同的另一个规则库。"
    ),
    "What is known of a fact, and where from.": ("对一个事实所知的情况及其来源。"),
    "A record as a list tells of it; of a damaged ledger also whether the chain holds up to it.": (
        "列表中的一条记录；账本损坏时，还说明哈希链能否证明到这一条。"
    ),
    "In a list of a damaged ledger, what is wrong at a record or link; `id` is null where the file cannot be read.": (
        "账本损坏时列表中的一处错误，在某条记录或两条记录的衔接处；文件无法继续读取时 `id` 为 null。"
    ),
    "The GPU memory that a method needs, by model size; `measured` is one run that took more than the table says.": (
        "一种方法按模型大小所需的显存；`measured` 是一次超出表中数值的实际运行。"
    ),
    "The GPU memory that training needs, and whether there is enough.": ("训练所需的显存，以及显存是否足够。"),
    "A case beside the rulebook.": ("规则库旁的一个案例。"),
    "The fact to ask next, None if none matters any more; what each answer leads to, and how many questions remain.": (
        "接下来该问的事实（不再有影响时为 None）、各个回答会导致什么，以及还剩多少问题。"
    ),
    (
        "One answer to a decision, perhaps a kind of another or a combination of several. Programs find its "
        "`value` beside the advice."
    ): ("一项决策的一个回答，可以是另一个的一种，或几个的组合。程序可在建议旁读到它的 `value`。"),
    "A range that two options have in common, and by how much less the cheaper one costs.": (
        "两个方案共有的一段费用范围，以及较便宜的方案便宜多少。"
    ),
    "What an option costs, or the facts that an estimate lacks.": ("一个选项的费用；或估算所缺的事实。"),
    "The state of an option, with the rules in force that propose it and those that rule it out.": (
        "一个选项的状态，以及成立的规则中提出它的和否决它的规则。"
    ),
    "The place and the words as they stand in a document that is in another language than its readers'.": (
        "文档中的位置和原文，该文档的语言与读者不同。"
    ),
    "The place and words in the document's own language, as JSON data.": (
        "以 JSON 数据表示的、文档所用语言的位置和原文。"
    ),
    "The days on which a price is known to apply, both included; without an end, until a newer row follows.": (
        "已知价格适用的日期，含首尾两日；没有截止日期时，直到有更新的一行为止。"
    ),
    "Where something stands: a file, with line and column counted from 1 if they are known; in a table, the field.": (
        "所在位置：文件，以及从 1 算起的行和列（若已知）；在表格中则为字段。"
    ),
    "A decision with its place.": ("一项决策及其位置。"),
    "A note with its place.": ("一条注释及其位置。"),
    "What decides if rules do not, with its place.": ("规则不能决定时由什么决定，及其位置。"),
    "A rule with its place; asked for by its name, also whether it holds on the day.": (
        "一条规则及其位置；按名称询问时，也说明当天是否有效。"
    ),
    "A table of rules with its place, the ids of its rows, and how each stands in the case, if one is given.": (
        "一张规则表及其位置、各行的编号；给出案例时，还有各行在该案例中的状态。"
    ),
    "What decides if rules do not: `advise` one option (or `refer`), or `prefer` in this order.": (
        "规则不能决定时由什么决定：`advise` 某个选项（或 `refer`），或按 `prefer` 的顺序。"
    ),
    "Values that lead to the same outcomes.": ("导致相同结果的取值。"),
    "All that a form needs to put the question.": ("表单提出该问题所需的全部内容。"),
    "The least and greatest number that a fact can be, both included.": ("一个事实可能的最小值和最大值，含两端。"),
    "The facts that alone force the outcome, those assumed among them, and how many other sets are as small.": (
        "仅凭其就能得出该结果的事实、其中属于假设的，以及同样小的其他组合有多少。"
    ),
    "Advice on every decision of a rulebook for one case; `as_of` is the day whose rules held (None: all rules).": (
        "一个规则库的各项决策对一个案例的建议；`as_of` 是所依据规则的有效日（None 表示全部规则）。"
    ),
    "A recommendation; of a record, also which one, and whether the same came out again.": (
        "一项建议；询问记录时，还有是哪条记录，以及重新得出的结果是否相同。"
    ),
    "A recommendation that was recorded, with the id of its record.": ("已存入账本的建议，以及其记录编号。"),
    "The recorded outcome of a decision, and what decided it.": ("一项决策所记录的结果，以及由什么决定。"),
    "What speaks against a row, and who says so.": ("不利于某一行的说法，以及出自何处。"),
    "One GPU for one hour, from the lowest to the highest price seen.": (
        "一块 GPU 一小时的价格，从所见的最低价到最高价。"
    ),
    "How many records gave the same answer again, and the first of those that did not.": (
        "多少条记录再次得到同样的回答，以及不同记录中的前几条。"
    ),
    "A record that did not give the same answer again, or whose facts were kept out.": (
        "重放结果不同的记录，或事实未写入记录而未能重放的记录。"
    ),
    "An option that is not advised: the rules against it, those for it that are not in force, what it yields to.": (
        "未被建议的选项：反对它的规则、支持它但未成立的规则，以及它让位于什么。"
    ),
    "A range in two significant digits.": ("保留两位有效数字的范围。"),
    "How a rule stands in the case, with each of its conditions.": ("一条规则在案例中的状态，及其各个条件。"),
    "Which rules were asked; `digest` is SHA-256 in hexadecimal.": "询问的是哪些规则；`digest` 是十六进制的 SHA-256。",
    "Which rules were asked: the digest of what they say, and the SHA-256 of each file.": (
        "询问的是哪些规则：其内容的摘要，以及各个文件的 SHA-256。"
    ),
    "The rulebooks that are served, the default first.": ("本服务提供的规则库，默认的在最前。"),
    "The rules that hold on a day, with the decisions that they are about, and notes.": (
        "某一天有效的规则、它们所针对的决策，以及注释。"
    ),
    "The rules that some case reaches, those that none does, and those that no task can.": (
        "有案例用到的规则、没有案例用到的规则，以及任何任务都用不到的规则。"
    ),
    "The rules in whose words a text stands.": ("文字中含有某段内容的规则。"),
    "A model that the price list names first, and that not everybody can buy.": (
        "价目表首选、但并非人人都能购买的模型。"
    ),
    "What answering costs in one way.": ("以一种方式应答的费用。"),
    "A rulebook that is served; edition and audience only of those that come with whytune.": (
        "本服务提供的规则库；只有 whytune 自带的规则库才有版本说明和读者对象。"
    ),
    "A model as its provider serves it, not tuned; prices per million tokens. `context` is the most tokens that a "
    "prompt and its answer may have together, where that is known.": (
        "提供商按原样提供、未经微调的模型；价格按每百万 Token 计。"
        "`context` 是提示与应答合计最多可有的 Token 数（若已知）。"
    ),
    "What answering costs a month, in each way for which prompts are given.": (
        "以给出提示长度的各种方式应答，每月各需多少费用。"
    ),
    "How many of the tasks that can be told apart: a number, of how many, and as a percentage.": (
        "在能够区分的任务中占多少：数目、总数和百分比。"
    ),
    "GB of GPU memory for a model of so many billion parameters.": ("参数量为若干十亿的模型所需的显存（GB）。"),
    (
        "Where something comes from: a declared document, the place in it, its words, and what these rest on. "
        "A place and words given in each language are translations of what `original` holds."
    ): ("出处：已声明的文档、其中的位置、原文，以及其依据。位置和文字若以各语言给出，则是 `original` 内容的译文。"),
    "A source as JSON data; `original` and `strength` only if the rulebook gives them.": (
        "以 JSON 数据表示的出处；只有规则库给出时才有 `original` 和 `strength`。"
    ),
    "A source, its place and quote as they stand in the document or in each language of the rulebook.": (
        "一个出处，其位置和引文按文档原样给出，或以规则库的各语言给出。"
    ),
    "Who can buy from a day on: anyone, only existing customers, or nobody.": (
        "从某一天起谁可以购买：任何人、仅现有客户，或无人。"
    ),
    "The state of a rule or an option before and after the change.": ("一条规则或一个选项在变化前后的状态。"),
    "A statement for a database.": ("一条数据库语句。"),
    "How often each advice, status, rule, veto, month and rulebook occurs among the records.": (
        "每种建议、状态、规则、否决、月份和规则库在记录中各出现多少次。"
    ),
    "One step of the trace; a band of a fact that is kept out has no state.": (
        "推理轨迹的一步；事实的值未写入记录时，其区段没有状态。"
    ),
    "What a vector store for retrieval costs, as a range.": ("检索所用向量库的费用，以范围表示。"),
    "A stretch of a number line: from `at_least` on, up to but without `below`; None where it has no end.": (
        "数轴上的一段：从 `at_least` 起，到 `below` 为止但不含它；没有端点的一侧为 None。"
    ),
    "How pictures draw an option; colours as `#rrggbb`, width in pixels.": (
        "图中选项的画法；颜色写作 `#rrggbb`，线宽以像素计。"
    ),
    "The recommendation, the changes that lead elsewhere, and the costs if known, or the estimate asked for.": (
        "建议、使结果改变的变动，以及已知的费用，或所要求的估算。"
    ),
    "Tasks that have the facts in these cells, and one of them.": ("事实落在这些单元中的任务，以及其中一例。"),
    (
        "All tasks of which something is so, the widest regions one by one, and the share of the rest. Shares are "
        "None, and only some regions are told, for a rulebook that is too large for its decision diagram."
    ): (
        "符合某种情况的全部任务：范围最大的区域逐一列出，其余的给出比例。规则库的决策图过大时，比例为空，只列出部分区域。"
    ),
    "How the cases come out, and what they reach, if that was asked for.": (
        "案例的运行结果；若有要求，还有案例的覆盖范围。"
    ),
    "A training run as a source states it: model, method, GPUs, hours, cost and number of examples.": (
        "来源所述的一次训练：模型、方法、GPU、小时数、费用和样本数。"
    ),
    (
        "A hosted model that can be fine-tuned: training per million tokens or per hour, and serving the "
        "tuned model. `input`, `cached_input` and `output` are prices of the tuned model per million tokens."
    ): (
        "可以微调的托管模型：训练按每百万 Token 或每小时计价，以及微调后模型的使用价格。`input`、`cached_inpu"
        "t` 和 `output` 是微调后模型每百万 Token 的价格。"
    ),
    "What fine-tuning a hosted model costs.": ("微调托管模型的费用。"),
    "How many records the other rulebook refuses, and why.": ("另一个规则库拒绝多少条记录，以及原因。"),
    "What a firing rests on: a fact with its value (and the cuts around it, for a band), or an earlier step.": (
        "一步推理的依据：一个事实及其值（对区段还有两侧的切点），或前面的一步。"
    ),
    "The days on which a rule holds, both included.": ("一条规则有效的日期，含首尾两日。"),
    "What is wrong with a record, as it reads now, the hash that its bytes give, and what was signed through it.": (
        "一条记录哪里不对、现在写着什么、按其内容算出的哈希值，以及涵盖它的签名签下了什么。"
    ),
    "After the first fault: the first and last of the records that the checkpoint in this file proves all the same.": (
        "首个问题之后，此文件中的检查点仍能证明的记录：第一条和最后一条。"
    ),
    "How many records rest on the rulebook that is wrong, and the ids of the first.": (
        "有多少条记录依据出错的规则库，以及前几条的编号。"
    ),
    "A checkpoint: what was signed and when, in which file, and the SHA-256 of the public key.": (
        "一个检查点：签署的内容与时间、所在文件，以及公钥的 SHA-256。"
    ),
    "A member of a record, by the names that lead to it, and its text where it was sent and in the own ledger.": (
        "记录中的一项（以通向它的名称表示），及其在所发送账本和本服务账本中的文字。"
    ),
    "The record at the first fault of a ledger that was sent, and what the one that is served says otherwise.": (
        "所发送账本中第一处问题所在的记录，以及本服务账本中同名记录的不同之处。"
    ),
    "The record at the first fault, how many whole ones after it are linked, and the first that is not.": (
        "第一处问题所在的记录、其后完整且相接的记录条数，以及其后第一条不相接的记录编号。"
    ),
    "Is all as it was written? The hash of the last record that verifies, checkpoints met and not, the first fault.": (
        "是否一切仍与写入时一致？最后一条验证通过的记录的哈希值、相符与不符的检查点，以及第一处问题。"
    ),
    "A way through the flowchart that no case takes.": ("流程图中没有案例走过的一条路径。"),
    "How many ways through the flowchart the cases take, and ways that none takes.": (
        "案例走过流程图的多少条路径，以及没有案例走过的路径。"
    ),
    "What the change does to facts, rules and decisions, and which decisions stay as they are.": (
        "变动对事实、规则和决策的影响，以及哪些决策保持不变。"
    ),
    "What decided, the numbers of the steps that prove it, each rival, and the rules that are not in force.": (
        "由什么决定、证明它的各步编号、其他各方案，以及未成立的规则。"
    ),
    "Hours and cost by the formula, and what they rest on.": ("按公式得出的小时数和费用，及其依据。"),
    "All that a case gives and expects, as its author wrote it.": ("一个案例给出和预期的全部内容，按作者所写。"),
}
