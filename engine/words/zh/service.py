"""What was asked of the service: addresses, parameters, hosts, tokens, sizes, time."""

SENTENCES: dict[str, str] = {
    # what is served
    "two of the rulebooks are called `{name}`": "有两个规则库都名为 `{name}`",
    "serve one of them": "请只提供其中一个",
    "the service keeps no ledger": "服务没有账本",
    "start it with one: --ledger LEDGER": "请启动时指明账本：--ledger LEDGER",
    "`mcp`, which talks with assistants, is not installed": "未安装与 AI 助手通信所需的 `mcp`",
    "the list of resources, and of their templates, has all that is there": "资源列表及其模板列出了全部内容",
    "the evidence of `{fact}` is a text": "`{fact}` 的依据应为一段文字",
    "quote the words that say it, or name a ticket, a file or a link": "请引用说明它的原话，或写出工单、文件或链接",
    "write `fact: the words that say it` lines below it": "请在其下每行写“事实名: 说明它的原话”",
    "this token lets you read, not record": "此令牌只能读取，不能记录",
    "ask with a token that may record": "请用可以记录的令牌提问",
    "write one token a line, before it `read` or `record`": "请每行写一个令牌，前面可写 `read` 或 `record`",
    "this line is no token": "这一行不是令牌",
    "no token stands in this file": "文件中没有令牌",
    "no prompt `{name}`": "没有名为 `{name}` 的提示",
    "there is no room for the export": "没有存放导出内容的空间",
    "there is no room for the table": "没有存放此表的空间",
    "make room, or send a smaller table": "请腾出空间，或发送较小的表",
    "no tool `{name}`": "没有名为 `{name}` 的工具",
    "`{key}` is a text": "`{key}` 应为一段文字",
    "`{package}`, which serves pages, is not installed": "未安装提供网页服务所需的 `{package}`",
    "the rulebook has no file `{name}`": "规则库没有文件 `{name}`",
    "`{name}` is not served to be edited": "`{name}` 不允许编辑保存",
    "start with it: whytune serve --edit FOLDER": "请启动时指明文件夹：whytune serve --edit FOLDER",
    "copy what you wrote, reload the file, and edit it again": "请先复制所写的内容，再重新打开该文件进行编辑",
    "a rulebook to be edited is a folder of .yaml files": "可编辑的规则库应是存放 .yaml 文件的文件夹",
    "a form is expected here, as a page sends it": "此处需要页面提交的表单",
    "`{fact}` is sent {count} times": "`{fact}` 发送了 {count} 次",
    "send one; the checkpoints signed with another key go with a request of their own": (
        "请只发送一个；用其他密钥签名的检查点请另行提交"
    ),
    "send one": "请只发送一个",
    "a ledger": "账本",
    "an export of a ledger": "账本的导出文件",
    "a checkpoint": "检查点",
    "a public key": "公钥",
    "a private key": "私钥",
    "this is {kind}": "这是{kind}",
    "choose it in the field for {kind}: `{field}`": "请在选择{kind}的一栏（`{field}`）中选择它",
    "choose the public key that belongs to it, and keep the private one to yourself": (
        "请选择与之配对的公钥；私钥请自己保管，不要发送"
    ),
    "neither a ledger nor an export of one": "既不是账本，也不是账本的导出文件",
    "choose the file of a ledger, or the one that was saved as its export": "请选择账本文件，或账本导出后保存的文件",
    "a larger ledger is verified where whytune is installed: `whytune audit verify`": (
        "更大的账本请在装有 whytune 的机器上验证：`whytune audit verify`"
    ),
    "the form breaks off: its last boundary is missing": "表单不完整：缺少结尾的分隔线",
    "a form without files has no more than {most} fields": "不带文件的表单最多包含 {most} 个字段",
    "a form has no more than {most} fields and {most} files": "一个表单最多包含 {most} 个字段和 {most} 个文件",
    # parameters
    "no file came with the form": "表单中没有文件",
    "a checkpoint is verified with the public key of whoever signed it: send both together": (
        "检查点要用签署者的公钥验证：请将两者一并发送"
    ),
    "choose what it asks for: {names}": "请选择所需的文件：{names}",
    "`{key}` is missing": "缺少 `{key}`",
    "`{key}` means nothing here": "`{key}` 在此处没有意义",
    "`{name}` is a whole number from 1 to {most:,}": "`{name}` 应是 1 到 {most:,} 的整数",
    "unknown value `{name}`": "没有名为 `{name}` 的取值",
    # addresses
    "nothing is at `{path}`": "`{path}` 处没有内容",
    "/openapi.json lists what is there": "可用的地址见 /openapi.json",
    "`{method}` is not for this address": "此地址不接受 `{method}`",
    "whytune is in error and gives no answer": "whytune 自身出错，不给出结果",
    "go back and ask otherwise; whoever runs the service finds what failed in its log": (
        "请返回后换一种方式提问；服务的运行者可在日志中找到出错之处"
    ),
    # who may ask
    "the host `{host}` is not served here": "此处不提供主机 `{host}` 的服务",
    "serve it: whytune serve --allow-host NAME": "可提供：whytune serve --allow-host NAME",
    "a page of another site may not ask this": "其他网站的页面不能提出此请求",
    "ask from the pages of the service, or from a program": "请从本服务的页面或程序中提出",
    "the token is missing or wrong": "缺少令牌，或令牌不对",
    "send it as a header, Authorization: Bearer TOKEN, or as the password a browser asks for": (
        "请作为请求头发送：Authorization: Bearer TOKEN，或在浏览器要求时作为密码输入"
    ),
    "the token is shorter than {least} letters": "令牌少于 {least} 个字符",
    "on `{host}` others can ask, and no token is demanded of them": "在 `{host}` 上他人也能访问，却没有要求令牌",
    "give the file of one: --token-file FILE; or serve on 127.0.0.1": (
        "请给出令牌文件：--token-file FILE；或只在 127.0.0.1 上提供服务"
    ),
    "`{name}` names no commit, branch or tag": "`{name}` 不是提交、分支或标签的名称",
    "write git: and its name, for example git:HEAD": "请写 git: 加名称，例如 git:HEAD",
    # how much, how long
    "the address is longer than {most:,} bytes": "地址超过 {most:,} 字节",
    "send the case as the body of a POST": "请用 POST 把案例作为正文发送",
    "the body is larger than {most:,} bytes": "正文超过 {most:,} 字节",
    "the body did not come within {seconds:g} seconds": "正文未在 {seconds:g} 秒内送达",
    "no answer within {seconds:g} seconds": "{seconds:g} 秒内没有得出答案",
    "ask it of a smaller rulebook, or in the terminal, which has no limit": (
        "请用较小的规则库再问，或在没有时限的终端里提问"
    ),
    "too many requests at once": "同时的请求过多",
    "ask again in a moment": "请稍后再问",
}
