"""How a description becomes facts: instructions for the person or assistant that reads it."""

PHRASES: dict[str, str] = {
    "codebook_title": "从描述到事实：规则库 `{name}` {version} 的编码手册",
    "codebook_task": "下面有一段任务描述。请写出它说明了下列哪些事实，供规则作出判断。",
    "codebook_task_alone": "请阅读任务描述，写出它说明了下列哪些事实，供规则作出判断。",
    "codebook_how": "阅读方法",
    "codebook_stated": "只有文中说明了的事实才写；文中没有说的不要写，之后会再询问。",
    "codebook_quote": "每写一个事实，都要在 `evidence` 下原样引用文中说明它的原话。",
    "codebook_doubt": "如果原话允许几个取值，就按回答的格式全部写出。",
    "codebook_spelling": "名称和取值按此处的写法书写，不要用文中的说法。",
    "codebook_advice": "不要给出建议，也不要为了得到某种建议而选择取值。",
    "codebook_facts": "事实",
    "codebook_proof": "可以证明它的材料",
    "codebook_answer": "回答",
    "codebook_form": "只按以下格式回答，文中说明的每个事实写一行：",
    "codebook_name": "用一行说明任务是什么",
    "codebook_fact": "事实名",
    "codebook_value": "取值",
    "codebook_open": '可能有几个：一个 | 另一个；数字只知道一部分：1000..5000 或 ">= 500"',
    "codebook_words": "文中的原话",
    "codebook_then": "存为 case.yaml 后，whytune 会读取它、检查每个名称和取值，并给出建议：",
    "codebook_description": "描述",
}
