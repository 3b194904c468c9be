"""What stands around the pages of the service: where one can go, what a form asks, what a button does."""

PHRASES: dict[str, str] = {
    # where one can go
    "page_advise": "建议",
    "page_next": "问答",
    "page_what_if": "假设",
    "page_compare": "对比",
    "page_facts": "事实",
    "page_rules": "规则",
    "page_check": "检查结果",
    "page_test": "案例",
    "page_records": "记录",
    "page_verify": "验证",
    "page_other_language": "English",
    "page_as_data": "本页的 JSON",
    "page_menu": "页面",
    "page_wrong": "无法回答",
    # forms
    "page_all_facts": "已知的任务情况",
    "page_changes": "如果情况不同，会怎样？",
    "page_not_given": "未给出",
    "page_assumed_else": "未给出：假定为{value}",
    "page_in_part": "一个数，或一个范围，例如 1000..5000",
    "page_show": "查看建议",
    "page_go_on": "继续",
    "page_search": "搜索",
    "page_search_text": "在提问者、用途、案例或证据中查找",
    # from an answer on
    "page_try": "试试怎样会改变建议",
    "page_more": "关于此建议的更多内容",
    "page_why": "理由及其证明",
    "page_reason": "单凭哪些事实即可决定",
    "page_flip": "所有会改变建议的情况",
    "page_cost": "费用估算",
    "page_why_not": "为什么不是{option}？",
    "page_listed": "逐条查看",
}
