"""Rulebooks as other tools have them: what cannot be read, what cannot be said, what was guessed."""

SENTENCES: dict[str, str] = {
    "`{file}` is of no kind in which rulebooks are exchanged": "`{file}` 不属于可交换规则库的文件类型",
    "possible are {endings}": "可用的有 {endings}",
}
