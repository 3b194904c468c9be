"""What the service says of itself, by its English: the questions it answers, their parameters and answers."""

DESCRIPTIONS: dict[str, str] = {
    # questions about a case
    "The recommendation for a case: advice, status, cautions, what is possible, and the trace that led to it.": (
        "对一个案例的建议：方案、状态、注意事项、可能的结果，以及得出建议的推理轨迹。"
    ),
    "What decided the advice, its proof, and what each rival lacked or was ruled out by.": (
        "建议由什么决定、如何证明，以及其他各方案缺少什么，或被什么否决。"
    ),
    "How the rules for and against an option stand, and what separates the advice from it.": (
        "支持和反对某一方案的规则各处于什么状态，以及它与建议相差在哪里。"
    ),
    "What changes if some facts (`changes`) were otherwise.": "如果某些事实（`changes`）不同，会有什么变化。",
    "The smallest changes of facts that lead to another outcome, or to `to`; each has been run.": (
        "使结果改变（或变为 `to`）的最小事实变动；每一种都实际运行过。"
    ),
    "A smallest set of facts that alone forces the advice, whatever the others are.": (
        "最小的一组事实：无论其他事实如何，仅凭它们就能得出该建议。"
    ),
    "The fact to ask next, why, what each answer leads to, and all that a form needs to put the question.": (
        "接下来该问哪个事实、为什么问、各个回答会导致什么，以及表单提问所需的全部内容。"
    ),
    "The flowchart, or another view, as an SVG file, with the way of the case where facts are given.": (
        "流程图或其他视图（SVG 文件）；给出事实时标出该案例所走的路径。"
    ),
    "What the advice and its main rival would cost, as far as the facts say.": (
        "在事实足以说明的范围内，建议的方案与主要备选方案各需多少成本。"
    ),
    "A case on one page, for whoever decides: advice, why, what to find out, what would change it, costs, the way.": (
        "供决策者阅读的一页：建议、理由、还需弄清的情况、什么会改变建议、成本和所走的路径。"
    ),
    "The recommendation for a case, kept in the ledger with its evidence: the id of the record, and the advice.": (
        "对一个案例的建议，连同证据存入账本：返回记录编号和建议。"
    ),
    # questions about costs
    "What fine-tuning a hosted model costs: examples × tokens × epochs, at that day's price.": (
        "微调托管模型的费用：样本数 × Token 数 × 训练轮数，按当日价格计算。"
    ),
    "Hours, cost and memory of fine-tuning on rented GPUs: what a source states, and ranges by formula.": (
        "租用 GPU 微调所需的时间、费用和显存：资料中的数字，以及按公式得出的区间。"
    ),
    "What answering costs a month: with a long prompt, with retrieval, with a tuned model.": (
        "每月的推理费用：使用长提示词、使用检索、使用微调模型时各是多少。"
    ),
    "After how many calls and months fine-tuning pays back against a long prompt; or that it never does, and why.": (
        "与长提示词相比，微调在多少次调用、多少个月之后回本；若永远不回本，说明原因。"
    ),
    # questions about a rulebook, or two
    "The facts that a case may give, in the order of the questions; or the one called `name`.": (
        "案例可以给出的事实，按提问顺序排列；或名为 `name` 的那一个。"
    ),
    "How a description of a task becomes facts, for whoever reads it: a person, or an assistant.": (
        "如何把任务描述变成事实，供阅读描述的人或助手使用。"
    ),
    "The rules, policies and notes of a rulebook; or the one called `name`, with its source; or those with a text.": (
        "规则库中的规则、策略和说明；或名为 `name` 的那一条及其出处；或包含某段文字的规则。"
    ),
    "The cases beside a rulebook, or those in which `rule` is in force; or all that the one called `name` says.": (
        "规则库附带的案例，或其中规则 `rule` 生效的案例；或名为 `name` 的案例的全部内容。"
    ),
    "The approaches side by side, in all dimensions or in some.": "各方案并列比较，可选全部或部分维度。",
    "The JSON Schema of the case files of a rulebook.": "规则库案例文件的 JSON Schema。",
    "What is wrong with a rulebook that loads, or with one `rule` of it, proved over all tasks.": (
        "可以加载的规则库（或其中一条规则 `rule`）有什么问题，已就所有任务证明。"
    ),
    "How the cases that stand beside a rulebook come out, and, if asked for, what of it they reach.": (
        "规则库附带案例的运行结果；如有要求，还说明它们覆盖了规则库的哪些部分。"
    ),
    "What becomes of the advice, the reasons and the words of `old` under `new`, over all tasks.": (
        "从 `old` 改为 `new` 后，建议、理由和文字在所有任务上有何变化。"
    ),
    # tables and files
    "The SQL statement that answers every row of a table, as exactly as `advise`, where the table lies.": (
        "在表所在的数据库中逐行回答的 SQL 语句，与 `advise` 同样精确。"
    ),
    "Many tasks at once: a table with a task in each row comes back with an answer in each.": (
        "一次处理多个任务：提交每行一个任务的表，返回时每行都带有回答。"
    ),
    "The rulebook as a file of another program; Whytune-Remarks lists what it cannot say.": (
        "规则库导出为其他程序的文件；Whytune-Remarks 列出该格式无法表达的内容。"
    ),
    "The rulebook that a file of another program makes, or what it edits; nothing is written.": (
        "其他程序的文件所构成的规则库，或它对规则库的改动；不写入任何文件。"
    ),
    # questions about a ledger
    "The records of the ledger, the newest first; or the one whose id is `name`.": (
        "账本中的记录，最新的在前；或编号为 `name` 的那一条。"
    ),
    "How often each advice, status, deciding rule, month and rulebook occurs among the records, or some of them.": (
        "在全部或部分记录中，各种建议、状态、决定性规则、月份和规则库出现的次数。"
    ),
    "The flowchart by which the newest of the records was made, with how many took each way, as an SVG file.": (
        "最新记录所依据的流程图（SVG 文件），标出各条路径有多少记录走过。"
    ),
    "Which of the records would come out differently under the rulebook `new`, and which rules are to blame.": (
        "换用规则库 `new` 后，哪些记录的结果会不同，以及由哪些规则造成。"
    ),
    "Does each record, or the one of this `name`, of which facts give what it keeps out, come out the same again?": (
        "每条记录（或编号为 `name` 的那一条，其未写入的值由事实给出）再次运行，是否得到同样的结果？"
    ),
    "Is every record of the ledger, or of one that is sent, as it was written? Or only the one whose id is `name`? "
    "Without checkpoints a cut end cannot be noticed. The first bad record of one that is sent stands beside the one "
    "of its name in the ledger of the service (`beside`). Facts give what the one record keeps out.": (
        "账本（或所发送的账本）的每条记录，或只是编号为 `name` 的那一条，是否仍与写入时一致？"
        "没有检查点，就无法发现末尾被截去。所发送账本中第一条有问题的记录，会与本服务账本中的同名记录并列（`beside`）。"
        "那一条记录未写入的值由事实给出。"
    ),
    "The whole ledger as JSON Lines, with the files of its rulebooks; or one record as it is stored.": (
        "整个账本（JSON Lines），连同其规则库的文件；或一条按存储原样给出的记录。"
    ),
    # questions about whytune
    "The rulebooks that are served, the default first.": "本服务提供的规则库，默认的在最前。",
    "What a check finds, why it matters, and what to do; of the one called `name`, or a list of all.": (
        "一项检查查什么、为什么重要、怎么办：名为 `name` 的那一项，或全部检查的列表。"
    ),
    # what they are asked with
    "The rulebook, by its name; by default the first that is served.": "规则库的名称；默认为本服务的第一个规则库。",
    "The record of the ledger whose case is asked, by its id: its facts, by the rules kept with it, on its day.": (
        "询问账本中的哪条记录（记录编号）：用其事实、随其保存的规则和当时的日期。"
    ),
    "The day whose rules hold (YYYY-MM-DD); by default the case's, else today.": (
        "按哪一天的规则（YYYY-MM-DD）；默认为案例写明的日期，否则为今天。"
    ),
    "The language of texts and problems, `en` or `zh`.": "文字和问题所用的语言：`en` 或 `zh`。",
    "`json` (by default), `text`, `markdown` or `html`.": "`json`（默认）、`text`、`markdown` 或 `html`。",
    "How much is told: `short`, `normal` or `full`; JSON tells everything.": (
        "说明的详细程度：`short`、`normal` 或 `full`；JSON 总是完整的。"
    ),
    "Which decision, where the rulebook makes several; by default the main one.": (
        "规则库有多个决策时选择哪一个；默认为主要决策。"
    ),
    "The option that is not the advice.": "未被建议的那个方案。",
    "What is drawn; by default the first.": "画哪种视图；默认为第一种。",
    "`yes`: asks for the facts behind other decisions, not for what those come out as.": (
        "`yes`：展开其他决策，直接询问其背后的事实，而不是它们的结果。"
    ),
    "The outcome that is wanted; by default any other.": "希望得到的结果；默认为任何其他结果。",
    "The model; by default the price list's reference.": "模型；默认为价格表的参考模型。",
    "Only the one of this name.": "只要这个名称的。",
    "Only what is about this rule.": "只要与这条规则有关的。",
    "Only rules in whose words this stands.": "只要文字中含有这段内容的规则。",
    "Only this approach.": "只要这个方案。",
    "Only this row.": "只要这一行。",
    "`yes`: also what the cases reach.": "`yes`：同时说明案例覆盖了什么。",
    "Who gave the facts.": "事实由谁提供。",
    "What the advice is for.": "建议的用途。",
    "What the fact is taken from.": "该事实的依据。",
    "The database.": "数据库。",
    "The table of tasks.": "存放任务的表。",
    "A column of the table; by default one for each fact.": "表中的一列；默认每个事实一列。",
    "Which fact a column gives: `COLUMN=FACT`.": "某一列给出哪个事实：`列名=事实`。",
    "`no`: nothing is assumed of what a row leaves out.": "`no`：对行中未给出的内容不作任何假定。",
    "Stands before the name of each column of answers.": "加在每个回答列名之前的前缀。",
    "The format of the table and of the answer: `csv` (by default) or `jsonl`.": (
        "表和回答的格式：`csv`（默认）或 `jsonl`。"
    ),
    "The rulebook before: its name, or git:REVISION of the one of --repo.": (
        "改动之前的规则库：名称，或 --repo 所指规则库的 git:版本。"
    ),
    "The rulebook after, likewise.": "改动之后的规则库，写法相同。",
    "The rulebook that is asked, by its name.": "要询问的规则库的名称。",
    "A workbook (`xlsx`, by default), CSV files (`zip`), a decision model (`dmn`) or a module of Python (`py`).": (
        "工作簿（`xlsx`，默认）、CSV 文件（`zip`）、决策模型（`dmn`）或 Python 模块（`py`）。"
    ),
    "The rows of a decision model: exactly one of which holds (`disjoint`, by default), or the `rules` as they are.": (
        "决策模型的行：恰有一行成立（`disjoint`，默认），或按规则原样列出（`rules`）。"
    ),
    "The name of the file; its ending says what it is.": "文件名；扩展名说明文件类型。",
    "The rulebook that the workbook edits; without it, a new one is made.": (
        "工作簿所编辑的规则库；不填则生成新的规则库。"
    ),
    "`yes`: what a rulebook can say is read; the rest becomes facts to be given.": (
        "`yes`：读取规则库能够表达的部分，其余部分成为需要给出的事实。"
    ),
    "An estimate in place of the costs that follow from the facts alone; its quantities stand beside it.": (
        "用一项估算代替仅由事实得出的费用；其数量由旁边的参数给出。"
    ),
    "From this day on (UTC).": "从这一天起（UTC）。",
    "Up to this day, included (UTC).": "到这一天为止，含当天（UTC）。",
    "With this outcome: an option, `refer` or `open`.": "结果为：某个方案、`refer` 或 `open`。",
    "By this rulebook: its name, or at least 8 letters of its digest.": (
        "由此规则库得出：其名称，或摘要的至少前 8 个字符。"
    ),
    "Decided by this rule or policy.": "由此规则或策略决定。",
    "With these words in who, what for, case or evidence.": "提供者、用途、案例或证据中含有这些文字。",
    "Which page, from 1.": "第几页，从 1 开始。",
    "How many records a page has.": "每页多少条记录。",
    "Only the record of this id, as it is stored.": "只要此编号的记录，按存储原样给出。",
    "A file with a checkpoint that the ledger has to meet.": "检查点文件，账本须与之相符。",
    "A ledger, or an export of one, to be verified in place of the one that is served; nothing of it is kept.": (
        "要验证的账本或其导出文件，代替服务的账本；其内容一概不保存。"
    ),
    "The file with the public key of whoever signed the checkpoints.": "检查点签署者的公钥文件。",
    # what comes back
    "All that is wrong.": "所有问题。",
    "The answer is as it was.": "回答没有变化。",
    "All rows with their answers.": "所有行及其回答。",
    "The file.": "文件。",
    "What it makes, or edits.": "它所构成或改动的内容。",
}
