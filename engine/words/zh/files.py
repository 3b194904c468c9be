"""Texts, files and folders that cannot be read or written."""

SENTENCES: dict[str, str] = {
    "{where}{message}\n  hint: {hint}": "{where}{message}\n  提示：{hint}",
    "{where}{message}": "{where}{message}",
    "{place}: ": "{place}: ",
    "more than {count} problems": "问题超过 {count} 个",
    "here are the first; mend them, then look again": "以下是最前面的一些；请先改正，再重新检查",
    "did you mean `{close}`?": "您是不是想写 `{close}`？",
    "{word}": "{word}",
    "{so_far} and {word}": "{so_far}、{word}",
    "{so_far} or {word}": "{so_far} 或 {word}",
    # files
    "no such file": "没有这个文件",
    "`{command}` asks for the facts and writes them there": "运行 `{command}` 可逐一提问，并把事实写入该文件",
    "cannot be read: {why}": "无法读取：{why}",
    "type it in a terminal that writes UTF-8": "请在使用 UTF-8 的终端中输入",
    "a link that leads nowhere": "链接的目标不存在",
    "mend it or delete it": "请修正或删除它",
    "not a regular file": "不是普通文件",
    "is a directory": "是文件夹",
    "not a path": "不是路径",
    "larger than 1 MiB": "文件超过 1 MiB",
    "split it into several files": "请拆成几个文件",
    "not UTF-8 text": "不是 UTF-8 文本",
    "save the file as UTF-8": "请将文件另存为 UTF-8 编码",
    "the file says nothing": "文件没有内容",
    "a second document": "出现第二个文档",
    "one file holds one document; drop the `---`": "一个文件只能有一个文档；请删去 `---`",
    # YAML
    "{problem}": "YAML 语法错误：{problem}",
    "not YAML": "不是 YAML",
    "a character that YAML does not allow": "YAML 不允许的字符",
    "delete it; it cannot be seen": "该字符不可见，请删去",
    "put quotes around a text that holds `: `, and indent the keys of a map alike": (
        "含 `: ` 的文字要加引号；同一映射的各个键缩进要一致"
    ),
    "indent with spaces, not tabs; quote a text that begins with a special character": (
        "请用空格而不是制表符缩进；以特殊字符开头的文字要加引号"
    ),
    "is it indented like the lines around it? does something follow a closing quote?": (
        "缩进是否与上下各行一致？右引号之后是否还有内容？"
    ),
    "is it indented like the items of the list before it?": "缩进是否与列表前面的各项一致？",
    "write `key: value`": "请写成 `key: value`",
    "in double quotes a `\\` begins an escape; use single quotes": "双引号中的 `\\` 表示转义；请改用单引号",
    "a quote is not closed": "引号没有闭合",
    "a comma is missing, or a `{{` is not closed": "缺少逗号，或 `{{` 没有闭合",
    "a comma is missing, or a `[` is not closed": "缺少逗号，或 `[` 没有闭合",
    "{hint}; it opens in line {line}": "{hint}；它始于第 {line} 行",
    "the colon `：` is a full-width one: write it as `:` with a space after it": (
        "冒号 `：` 是全角的：请改成半角的 `:`，后面加一个空格"
    ),
    "a key must be one word": "键必须是一个词",
    "the key `{key}` appears twice": "键 `{key}` 出现了两次",
    "it stands first in line {line}": "第一次出现在第 {line} 行",
    "nested more than {most} deep": "嵌套超过 {most} 层",
    "anchors and aliases are not allowed": "不允许使用锚点和别名",
    "write the text out where it is needed": "请在需要之处写出全文",
    "merging maps is not allowed": "不允许合并映射",
    "write the keys out where they are needed": "请在需要之处写出各个键",
    "the tag `{tag}` is not allowed": "不允许使用标签 `{tag}`",
    "leave it out; the vocabulary gives the type": "请删去；类型由事实的声明决定",
    # names, numbers and days
    "the patch does not fit this file": "补丁与这个文件不符",
    "it was made from another version of the file: ask for a patch of the one that is kept here": (
        "它出自该文件的另一版本：请对方针对此处现有的文件重新生成补丁"
    ),
    "this is no patch": "这不是补丁",
    "choose a file as the page of an edit gives it, or as `git diff` writes it": (
        "请选择“编辑”页给出的文件，或 `git diff` 写出的文件"
    ),
    "a rulebook that comes with whytune is called `{name}`": "whytune 自带一个名为 `{name}` 的规则库",
    "choose another name for the folder": "请为文件夹另取名称",
    "`{name}` cannot be a name": "`{name}` 不能用作名称",
    "use lower-case letters, digits and `_`, at most 60, a letter first": (
        "请用小写字母、数字和 `_`，最多 60 个字符，以字母开头"
    ),
    "`{name}` is reserved": "`{name}` 是保留字",
    "choose another name; of an option, `is_so` and the like, with `value: {name}`": (
        "请换一个名称；方案可叫 `is_so` 之类，并写 `value: {name}`"
    ),
    "it leaves a case to a person; call what is an option of its own `refer_to_expert` or the like": (
        "它表示交由人决定；若是单独的方案，可叫 `refer_to_expert` 之类"
    ),
    "choose another name": "请换一个名称",
    "`{text}` is not a number written in plain digits": "`{text}` 不是只用数字写成的数",
    "give one number": "请给出一个数",
    "a number of more than 40 digits": "数字超过 40 位",
    "`{text}` is not a whole number": "`{text}` 不是整数",
    "`{text}` can be read as two numbers": "`{text}` 可以读作两个不同的数",
    "write a number without a comma: 10000": "数字中请不要写逗号：10000",
    "write {plain}": "请写成 {plain}",
    "write {plain}, or {other}": "请写成 {plain} 或 {other}",
    "`{text}` has more than {most} decimal places": "`{text}` 的小数超过 {most} 位",
    "`{text}` is beyond {largest:,}": "`{text}` 的绝对值超过 {largest:,}",
    "`{text}` is not a date like 2026-03-31": "`{text}` 不是形如 2026-03-31 的日期",
    "`{text}` does not name a time zone": "`{text}` 没有写明时区",
    "add Z for UTC, or for example +08:00": "请加上 Z（表示 UTC），或例如 +08:00",
    "{day} is in the future": "{day} 尚未到来",
    "write the day on which somebody looked at it": "请写有人实际查看的日期",
    "`{text}` is not a time": "`{text}` 不是时间",
    "for example 2026-03-03T09:15:00Z, or with +01:00 at its end": "例如 2026-03-03T09:15:00Z，或以 +01:00 结尾",
    # texts
    "the text is blank": "文字是空白的",
    "the text has more than {most:,} characters": "文字超过 {most:,} 个字符",
    "the text holds a control character, {letter}": "文字含有控制字符 {letter}",
    "the text holds {letter}, which cannot be seen": "文字含有看不见的字符 {letter}",
    "the text holds {letter}, which differs between machines": "文字含有在不同机器上显示不同的字符 {letter}",
    "delete it, or retype the text": "请删去该字符，或重新输入这段文字",
    "write one line of plain text": "请写一行普通文字",
    "a value is missing here": "此处没有值",
    "the text must be given in {wanted}": "这段文字须有以下语言：{wanted}",
    "write one text for each of {wanted}": "请为以下语言各写一段文字：{wanted}",
    "no text in `{language}`": "缺少 `{language}` 的文字",
    "add `{language}: ...`": "请加上 `{language}: ...`",
    "unknown language `{language}`": "未声明的语言 `{language}`",
    "the rulebook declares {wanted}": "规则库声明的语言是 {wanted}",
    "a cell of more than {most:,} letters": "单元格超过 {most:,} 个字符",
    "is a quote not closed?": "是否有引号没有闭合？",
    "put quotes around a text that holds a comma": "含逗号的文字要加引号",
}
