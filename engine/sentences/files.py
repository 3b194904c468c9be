"""Texts, files and folders that cannot be read or written."""

CHINESE: dict[str, str] = {
    "{where}{message}\n  hint: {hint}": "{where}{message}\n  提示：{hint}",
    "{where}{message}": "{where}{message}",
    "more than {count} problems": "问题超过 {count} 个",
    "here are the first; mend them, then look again": "以下是最前面的一些；请先改正，再重新检查",
    "did you mean `{close}`?": "您是不是想写 `{close}`？",
}
