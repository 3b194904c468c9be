"""What was asked of the command line, pictures, commits."""

SENTENCES: dict[str, str] = {
    # every command
    "whytune is in error and gives no answer: {error}; please report this line with the command and its files "
    "(WHYTUNE_TRACEBACK=1 shows where it failed)": (
        "whytune 自身出错，不给出结果：{error}；请将本行连同所用命令和文件一并报告（设置 WHYTUNE_TRACEBACK=1 "
        "可查看出错位置）"
    ),
    "standard output cannot be written: {reason}": "无法写入标准输出：{reason}",
    "unknown error": "未知错误",
    "{speaker} has no texts in `{language}`": "{speaker}没有 `{language}` 文本",
    "whytune": "whytune",
    "the rulebook": "规则库",
    "the comparison": "对比表",
    "the price list": "价目表",
    "it speaks {known}": "可用的语言：{known}",
    # what a rulebook holds
    "`whytune facts` lists them": "可用 `whytune facts` 列出",
    "`whytune rules` lists them": "可用 `whytune rules` 列出",
    "`{function}` takes no `{keyword}`": "`{function}` 没有参数 `{keyword}`",
    "what it answers takes it: `.write({keyword}=...)`": "它的回答有这个参数：`.write({keyword}=...)`",
    "`rules` of the rulebook lists them: print it": "规则库的 `rules` 列出所有规则，打印即可查看",
    "the decisions are {known}": "决策有：{known}",
    "the rulebook makes no decision": "规则库中没有决策",
    "`{format}` is not a format": "没有名为 `{format}` 的格式",
    "`{level}` is not a level": "没有名为 `{level}` 的详细程度",
    "`{view}` is not a view": "没有名为 `{view}` 的视图",
    "this rulebook has dates, and no day is asked about": "此规则库含有日期，而没有指明所问的日期",
    "no estimate `{name}`": "没有名为 `{name}` 的估算",
    "prices have dates, and no day is asked about": "价格因日期而异，而没有指明所问的日期",
    'name one: as_of="2026-03-31", or as_of="today"': '请指明日期：as_of="2026-03-31"，或 as_of="today"',
    'name one where it is loaded: whytune.load({place}, as_of="today"), or a date': (
        '请在载入时指明：whytune.load({place}, as_of="today")，或给出日期'
    ),
    "it is named where the rulebook is loaded: whytune.load(..., as_of=...)": (
        "请在载入规则库时指明：whytune.load(..., as_of=...)"
    ),
    "it is named where the rulebook is loaded: whytune.load(..., language=...)": (
        "请在载入规则库时指明：whytune.load(..., language=...)"
    ),
    "name the day beside the facts, as `as_of` or --as-of": "日期请用 `as_of` 或 --as-of 指明",
    "name the language beside the facts, as `language` or --language": "语言请用 `language` 或 --language 指明",
    "no check `{name}`": "没有名为 `{name}` 的检查",
    "`whytune explain-check` lists them": "可用 `whytune explain-check` 列出",
    "not a file of confirmed translations": "不是翻译确认文件",
    "write it again with `whytune check --confirm-translations`": (
        "请用 `whytune check --confirm-translations` 重新写出"
    ),
    "a rulebook in a single file has no place for it": "单个文件的规则库没有存放它的位置",
    "put the rulebook into a folder of its own": "请把规则库放进单独的文件夹",
    # cases and edits
    "no case matches `{words}`": "没有案例符合 `{words}`",
    "the words are searched for in the titles and file names of cases": "在案例的标题和文件名中查找这些词",
    "no cases in `{folder}`": "`{folder}` 中没有案例",
    "put case files there": "请在其中放入案例文件",
    "put case files there; `whytune test {rulebook} --suggest` prints some to begin with": (
        "请在其中放入案例文件；`whytune test {rulebook} --suggest` 可输出一些作为起点"
    ),
    "no cases in this folder": "该文件夹中没有案例",
    "cases are .yaml, .json or .csv files": "案例是 .yaml、.json 或 .csv 文件",
    "the rulebooks have no value of `{fact}` in common, and no task to compare": (
        "两个规则库的 `{fact}` 没有共同的取值，因此没有可对比的任务"
    ),
    "make the edit in two steps: first add the new values, then remove the old ones": (
        "请分两步修改：先加入新值，再删去旧值"
    ),
    "`{word}` stands for several values of `{fact}`": "`{word}` 可以指 `{fact}` 的几个取值",
    "give one of {values}": "请写其中之一：{values}",
    "an intent is a map": "改动声明应为映射",
    "it holds `allow:`, `reasons:`, `facts:` and `safeguards:`": (
        "其中写 `allow:`、`reasons:`、`facts:` 和 `safeguards:`"
    ),
    # files that are written
    "`{file}` cannot be written: {reason}": "无法写入 `{file}`：{reason}",
    "a link leads out of the folder": "有链接指向该文件夹之外",
    "the command reads it": "它正由本命令读取",
    "it is a ledger": "它是账本",
    "name another file": "请换一个文件名",
    "`{file}` was changed meanwhile": "在此期间 `{file}` 已被修改",
    "run the command again": "请重新运行该命令",
    "already there: {files}": "已经存在：{files}",
    "nothing is overwritten: choose another name, or move it away": "不会覆盖任何文件：请换一个名称，或将其移走",
    "`{path}` is not a folder to write into": "`{path}` 不是可写入的文件夹",
    "name the folder of a rulebook of yours": "请给出您自己的规则库所在的文件夹",
    # pictures
    "`{file}` does not end in a known format": "从 `{file}` 看不出格式",
    "`{file}` does not end in a format of a chart": "从 `{file}` 看不出图表的格式",
    "use one of {known}": "请使用其中之一：{known}",
    "{format} is not for a terminal": "{format} 不能输出到终端",
    "name a file: {option} chart.{format}": "请指定文件：{option} chart.{format}",
    "the picture would have {nodes:,} nodes and {edges:,} edges, more than {most_nodes} or {most_edges:,}": (
        "图中将有 {nodes:,} 个节点和 {edges:,} 条边，超过 {most_nodes} 个节点或 {most_edges:,} 条边"
    ),
    "no table is about `{decision}`": "没有关于 `{decision}` 的表格",
    "there are tables about {names}": "有表格的决策：{names}",
    "the view `rules` draws its rules": "用视图 `rules` 可画出它的规则",
    "Mermaid draws no tables": "Mermaid 画不了表格",
    "Mermaid draws no more than {edges} edges and {letters:,} characters": (
        "Mermaid 最多能画 {edges} 条边、{letters:,} 个字符"
    ),
    'choose a section: section="..."; or ask a case for its way; `outline()` of the picture has it all': (
        '请选择一个分组：section="..."；或查看某个案例的路径；图的 `outline()` 可给出全部内容'
    ),
    "choose a section (--section), or a case (--case) to see only its way; --format text has it all": (
        "请选择一个分组（--section），或用案例（--case）只看其路径；--format text 可输出全部内容"
    ),
    "Graphviz is not installed": "未安装 Graphviz",
    "pip install pygraphviz, or install Graphviz (Debian: apt install graphviz); dot, mermaid and text need neither": (
        "请 pip install pygraphviz，或安装 Graphviz（Debian：apt install graphviz）；dot、mermaid 和 text 不需要它们"
    ),
    "Graphviz could not draw this: {reason}": "Graphviz 无法绘制：{reason}",
    "no reason given": "未说明原因",
    "Graphviz took more than {seconds} seconds": "Graphviz 用时超过 {seconds} 秒",
    "`{program}` cannot be run: {reason}": "无法运行 `{program}`：{reason}",
    "matplotlib, which draws charts, is not installed": "未安装绘制图表所需的 matplotlib",
    "pip install 'whytune[{extra}]'": "请运行 pip install 'whytune[{extra}]'",
    # commits
    "git is not installed, or does not answer": "未安装 git，或 git 没有响应",
    "git knows no `{name}`": "git 找不到 `{name}`",
    "git says: {said}": "git 的说明：{said}",
    "name a commit, branch or tag": "请给出提交、分支或标签",
    "`{path}` as of `{revision}` was committed with mistakes": "`{revision}` 中的 `{path}` 在提交时就有错误",
    "compare with a commit before them, git:REVISION; with one that mends them, once it is there": (
        "请与出错之前的提交比较（git:REVISION）；改正之后的提交一旦存在，也可与它比较"
    ),
    "`{name}` does not name a rulebook in a commit": "`{name}` 没有指明提交中的规则库",
    "write git:REVISION:PATH, for example git:origin/main:my-rules": (
        "请写成 git:REVISION:PATH，例如 git:origin/main:my-rules"
    ),
    "no YAML files in `{path}` as of `{revision}`": "在 `{revision}` 中，`{path}` 没有 YAML 文件",
    "is {kind} there, not a file": "在该提交中是{kind}，不是文件",
    "a symbolic link": "符号链接",
    "a submodule": "子模块",
    "a folder": "文件夹",
    "no file": "其他对象",
    "name the rulebook itself: links and submodules are not followed in a commit": (
        "请直接给出规则库本身：提交中的链接和子模块不会被跟随"
    ),
}
