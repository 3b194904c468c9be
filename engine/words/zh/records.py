"""What a ledger holds, whether it verifies, the page of one record, and what can be wrong with it."""

PHRASES: dict[str, str] = {
    "recorded_as": "已记录为 {id}",
    "recorded": "已记录为 {id}，存于 {file}",
    "kept_out": "未写入：{facts}。但从建议和生效的规则，仍可能推知其值。",
    "given_away": "由记录的其余内容即可得知：{facts}",
    "given_away_band": "{fact}（所在区间）",
    "kept_as_is": "虽属敏感，仍照原样写入：{facts}",
    "none_sensitive": "这个规则库没有把任何事实标为敏感",
    "rows_recorded": "已保存 {count} 条记录：{first} 至 {last}，位于 {file}",
    "records_looked_at": "{count} 条记录",
    "concealed": "未写入记录",
    "concealed_step": "{label}：未写入记录",
    "sensitive": "敏感",
    "sensitive_said": "记录中只保存该值的加盐哈希",
    "no_such_advice": "没有名为 `{name}` 的建议记录；已有：{known}",
    "no_such_rulebook": "没有依据规则库 `{name}` 的记录；已有：{known}",
    "no_such_rule": "没有由规则 `{name}` 决定的建议记录；起过决定作用的有：{known}",
    "vetoed_by": "有规则提出、但被其排除",
    "no_records": "没有记录",
    "more_records": "还有更多记录：见第 {page} 页（共 {pages} 页）。",
    "record_head": "记录 {id}",
    "recorded_at": "记录时间",
    "time_given": "由调用者指定，并非系统时钟",
    "recorded_by": "事实提供者",
    "recorded_for": "用途",
    "purpose_or_case": "用途或案例",
    "recorded_case": "案例",
    "not_said": "未说明",
    "evidence_for": "“{fact}”的依据",
    "proof": "本记录的凭证",
    "hash": "哈希值（SHA-256）",
    "previous_hash": "上一条记录的哈希值",
    "rules_day": "规则有效日",
    "every_day": "全部规则，不论有效期",
    "software": "计算软件",
    "verified": "验证通过：所有记录完整且位置正确，所用规则库也完整。记录数：{count}\n最后的哈希值：{head}",
    "verified_so_far": (
        "现有记录验证通过：所有记录完整且位置正确，所用规则库也完整；末尾是否缺少记录，只有检查点能证明。记录数：{count}\n"
        "最后的哈希值：{head}"
    ),
    "verified_unused": "所证明的是记录与规则库：文件中两者都未使用的字节即使有改动，也不影响这一证明。",
    "verified_empty": "验证通过：账本为空",
    "verified_empty_so_far": "账本为空；是否曾有记录被删除，只有检查点能证明",
    "verified_signed": "与签名检查点相符：{count} 个",
    "verified_by": "{file}：涵盖第 1 至第 {count} 条记录，{time} 签署，公钥的 SHA-256 为 {key}…",
    "verified_unsigned": "未提供检查点：无法判断末尾是否有记录被删除，也无法判断整条链是否被重新计算。",
    "checkpoint_offer": "用 `whytune audit keygen` 和 `whytune audit checkpoint` 可签署目前的记录",
    "proof_title": "记录 {id} 是否与写入时相同？",
    "proof_proven": "记录 {id} 与签署时相同：哈希与内容相符，并有检查点涵盖它",
    "proof_holds": "已证明：记录 {id} 的内容与哈希相符，第 {first} 至第 {last} 条记录的哈希和链接也都成立",
    "proof_holds_alone": "已证明：记录 {id} 的内容与哈希相符，并且它是第一条",
    "proof_unsigned": "未证明：整条链没有被重算过。只有涵盖这条记录的检查点能证明这一点。",
    "proof_unheld": "未证明：它就是当初签署的那条记录。本应涵盖它的检查点无法与它核对，见下文。",
    "proof_doubtful": "记录 {id} 的哈希与内容相符，但有检查点与之矛盾，见下文",
    "proof_hash": "重新计算的哈希",
    "proof_place": "所在位置",
    "proof_signed": "检查点",
    "proof_number": "共 {of} 条中的第 {seq} 条",
    "proof_first": "它是第一条",
    "proof_follows": "它写有前一条记录的哈希",
    "proof_follows_not": "它所写的不是前一条记录的哈希：其中一条被改动或替换",
    "proof_before_faulty": "它之前的第 {seq} 条记录缺失或不完整",
    "proof_last": "它是最后一条",
    "proof_followed": "后一条记录写有它的哈希",
    "proof_followed_not": "后一条记录所写的不是它的哈希：其中一条被改动或替换",
    "proof_after_faulty": "它之后的第 {seq} 条记录缺失或不完整",
    "proof_not_signed": "没有给出涵盖它的检查点",
    "proof_signed_before": "所给的检查点都不涵盖它：它们只到第 {count} 条记录，那时它尚未写入",
    "proof_signed_unmet": "所给的检查点都不能证明它，见下文",
    "proof_cut": "{file} 签署了第 1 至第 {count} 条记录（{time}），而这里只有 {of} 条：末尾缺失，因此它无法证明这一条",
    "proof_unmet": (
        "{file} 签署了第 1 至第 {count} 条记录（{time}），但从这条顺着链到第 {count} 条，那里的记录不是所签署的那条"
    ),
    "proof_broken": (
        "{file} 签署了第 1 至第 {count} 条记录（{time}），但其间链在第 {seq} 条记录处断开（{reason}），"
        "因此无法与这条核对"
    ),
    "proof_same": "按存储的规则重新计算存储的事实，结果逐字节相同",
    "proof_differs": "按存储的规则重新计算存储的事实，结果不同",
    "proof_changed": "{file} 签署了第 1 至第 {count} 条记录（{time}），但所签署的不是这里现有的内容",
    "hash_borne": "所载的哈希",
    "proof_kept_out": "未重新计算，因为以下内容未写入记录：{facts}",
    "proof_with_values": "给出其值即可重新计算：{command}",
    "proof_of_one": (
        "这里只涉及一条记录。请与您手中页面上的哈希核对：编号中含有它的前几位。其他记录是否被改动或删除，须验证整个账本。"
    ),
    "proof_offer": "用 `{command} --record {id} --checkpoint FILE --public-key FILE` 可核对检查点",
    "verified_sent": "验证对象：所发送的文件 {file}",
    "verified_served": "验证对象：本服务的账本",
    "unmet_short": "与检查点 {file} 不符：它签署了第 1 至第 {count} 条记录（{time}），其中验证通过的有 {whole} 条",
    "unmet_still": "它仍能证明第 {first} 至第 {last} 条记录：每条都写有前一条的哈希，而最后一条正是所签署的那条",
    "unmet_still_one": "它仍能证明第 {last} 条记录：那正是所签署的那条",
    "unmet_cut": "与检查点 {file} 不符：它签署了第 1 至第 {count} 条记录（{time}），而末尾缺失 {missing} 条",
    "unmet_other": "与检查点 {file} 不符：它所签署的第 1 至第 {count} 条记录（{time}）不是这里的记录",
    "record_verifies": "验证",
    "record_holds": "通过",
    "record_unproven": "未通过",
    "record_open": "未证明",
    "records_after_fault": (
        "此前有 {count} 条记录可由哈希链证明；其后的记录在这里得不到证明，涵盖它们的检查点也许能证明。"
    ),
    "records_before_fault": "此前有 {count} 条记录可由哈希链证明；其后的记录在这里得不到证明，以下结果不含它们。",
    "chain_broken": "哈希链在第 {seq} 条记录处断开：",
    "ledger_broken": "账本被动过手脚：",
    "record_in_doubt": ("{fault}。因此这里没有任何东西能证明记录 {id} 仍是当初写下的样子；涵盖它的检查点也许能证明。"),
    "record_unproved": "{fault}。因此哈希链不能证明记录 {id} 仍是当初写下的样子。",
    "record_checked": "刚才核对了",
    "record_holds_alone": "它的哈希，以及它是第一条；未核对签名",
    "record_chain_holds": "第 {first} 至 {last} 条记录各自的哈希和链接；未核对签名",
    "record_chain_broken": "它前后的哈希链断了，见上文",
    "verify_all_by": "验证全部记录，也可对照检查点：{command}",
    "verify_one_by": (
        "用检查点核对它：whytune audit verify --ledger LEDGER --record {id} --checkpoint FILE --public-key FILE"
    ),
    "fault_at": "验证失败，位于第 {seq} 条记录：",
    "fault_in_file": "验证失败：",
    "fault_before": "此前验证通过的记录：{count} 条",
    "fault_beside": "验证通过的记录：第 1 至第 {count} 条；其后还有过什么，只有检查点或副本能说明",
    "fault_record": "该处现有的内容（未经证明）：",
    "fault_unknowable": "该处原来写的是什么，单凭这个文件无从得知：要看另存的副本。",
    "verified_beside": "记录 {id} 在两个账本中的内容",
    "verified_member": "不同之处",
    "verified_in": "{ledger} 中",
    "verified_here": "本服务的账本中",
    "verified_alike": "两处内容相同。",
    "fault_after": "其后有 {count} 条记录，每条都完整并与上一条相接，直至末尾。但链在此前已断，不能证明它们。",
    "fault_record_whole": "该处现有的内容（与其自身的哈希相符）：",
    "fault_after_rulebook": "其后有 {count} 条记录，每条都完整并与上一条相接，直至末尾。",
    "fault_resting": "用到出错部分、因此无法再提问或重新计算的记录：{count} 条（{records}）",
    "fault_after_signed": "对其中一条或更后面的记录所签署的检查点，也许能证明它们。",
    "fault_after_broken": (
        "其后有 {count} 条记录完整并彼此相接；到第 {seq} 条记录处，链再次断开。链在此前已断，不能证明其中任何一条。"
    ),
    "fault_next_broken": "其后的第 {seq} 条记录同样接不上这条链。",
    "fault_unguarded": "文件中的表或触发器不是 whytune 所建",
    "fault_missing": "该记录缺失",
    "fault_strange": "该处的内容不是一条记录",
    "fault_moved": "此处的记录是 {detail}，原本不在这个位置",
    "fault_changed": "写入后被改动过，因为内容与其哈希值不符",
    "fault_unlinked": "所载的上一条记录哈希值不符：两条记录之一被替换过",
    "fault_earlier": "其时间 {detail} 早于上一条记录",
    "fault_rulebook_missing": "所用规则库的文件 {detail} 不在账本中",
    "fault_rulebook_changed": "账本中所用规则库的文件 {detail} 被改动过",
    "fault_rulebook_unread": "当前版本的 whytune 无法读取所用规则库：{detail}",
    "fault_rulebook_other": "账本中存的不是所用的规则库，其摘要为 {detail}",
    "fault_unowned": "文件 {detail} 不属于现有的任何记录：用到它的记录已被取走，或它是后来放入的",
    "fault_cut": "该记录缺失：末尾被删除，本应共有 {detail} 条",
    "fault_rewritten": "不是当初签名的那条记录：它或之前的内容被重写过",
    "fault_longer": "其后的记录多于导出文件首行所声明的数目",
    "fault_damaged": "文件无法继续读取：{detail}",
    "keys_made": (
        "{private} 用于签署检查点（`whytune audit checkpoint --key {private}`），请勿让能写账本的人接触；"
        "{public} 用于验证检查点。"
    ),
    "impact_same_version": ("部分记录所依据的规则库也叫 {name} {version}，但不是这一个：摘要为 {then}，这里为 {now}"),
    "replayed_one": "记录 {id} 再次得出逐字节相同的结果",
    "replayed_same": "重放结果一致：{count} 条",
    "replayed_different": "重放结果不同：{count} 条",
    "replayed_kept_out": "未重放（敏感事实的值未写入记录）：{count} 条。这些记录能否再次得出相同结果，尚无定论。",
    "replayed_with_values": "补上其值，可逐条重放：`whytune audit replay ID --set FACT=VALUE --ledger LEDGER`",
    "asked_of_record": "记录 {id}（{time}），依据随其保存的规则（{rulebook}）",
    "record_differs": "重新询问的结果与记录不一致；以下是现在得出的结果。",
    "advice_same": "建议相同，但内容不完全一致",
    "advice_differs": "建议不同",
    "first_difference": "第一处不同：{path}",
    "other_version": "该记录由 whytune {then} 生成，当前版本为 {now}",
    "impact_title": "规则库 `{name}` 会给出不同建议的记录",
    "decided_before": "当时的决定依据",
    "decided_after": "现在的决定依据",
    "records_title": "已记录的建议",
    "records_of": "第 {first} 至 {last} 条，共 {count} 条",
    "record": "记录",
    "verdict_title": "验证结果",
    "replay_title": "重放结果",
    "impact_head": "{count} 条已记录的建议中，有 {changed} 条会改变",
    "impact_head_partly": "重新询问的 {count} 条已记录的建议中，有 {changed} 条会改变；另有 {left} 条无法询问",
    "impact_kept_out": "未重新询问（敏感事实的值未写入记录）：{count} 条",
    "impact_unfit": "未重新询问：{count} 条，原因：{why}",
    "no_decision": "没有这项决策",
    "records_counted": "记录数：{count}",
    "records_readable": "可读取的记录：{count} 条",
    "and_decisions": "{value}；另有 {count} 个决策",
    "who_and_what_for": "提供者与用途",
    "picture_way": "本案例的路径；虚线表示依赖假设，或答案未知。",
    "picture_whole": "同一路径在完整流程图中的位置；流程图根据当时的规则计算得出。",
    "picture_hidden": "未写入记录的事实按未知绘制。",
    "what_flips": "哪些改动会改变建议",
    "flips_hidden": "无法由记录得出：敏感事实的值未写入记录。",
    "flips_too_many": "查找最小改动所需步骤过多，未能得出。",
    "fact": "事实",
    "value": "取值",
    "origin": "来源",
    "origin_implied": "由其他事实可知",
    "origin_given": "已给出",
    "origin_assumed": "规则库假设",
    "origin_unknown": "未知",
    "origin_not_applicable": "不适用",
    "hidden_said": "未写入的值在记录中以加盐哈希保存：知道原值的人可以据此证明。但从建议和生效的规则，仍可能推知其值。",
    "how_to_verify": "如何验证",
    "how_to_ask": "如何进一步询问",
    "record_answers": "记录保存了当时的事实和规则，可以据此回答：为什么不是另一个选项，以及哪些改动会改变建议。",
    "record_asks": (
        "为什么不是另一个选项（{options}）：whytune why-not {option} --of-record {id}{given} --ledger LEDGER"
    ),
    "verify_said": (
        "请索取账本，以及检查点和签署者的公钥，然后验证整条链，查看这条记录存储的原样，"
        "再用所存的规则对其事实重新推理一遍。"
    ),
    "at_terminal": "在终端中",
    "signing_said": (
        "由为账本作保的人生成一对密钥（只需一次），经常签署检查点，并把私钥和检查点存放在写账本的人接触不到的地方。"
        "此后，任何人都可以用检查点和公钥验证账本。"
    ),
    "page_proves_nothing": (
        "本页仅供阅读，本身不构成证明。只有当账本验证通过、且其中该记录的哈希值与上文一致时，记录才属实。"
    ),
    "traffic_counted": "图中的记录：{count} 条",
    "traffic_waiting": "其中停在未作答问题处的：{count} 条",
    "traffic_others": "采用其他规则、未计入的：{count} 条",
    "months": "月份",
}

SENTENCES: dict[str, str] = {
    # the file of a ledger
    "no such ledger": "账本不存在",
    "it stores more than {most:,} files": "其中存储的文件超过 {most:,} 个",
    "not a ledger of whytune": "不是 whytune 的账本",
    "name a file that `ledger.record(...)` has made, or one that is not there yet": (
        "请给出由 `ledger.record(...)` 建立的文件，或尚不存在的文件"
    ),
    "name a file that `whytune advise --record` has made, or one that is not there yet": (
        "请给出由 `whytune advise --record` 建立的文件，或尚不存在的文件"
    ),
    "a ledger of version {version}; this whytune knows {known}": (
        "账本的版本为 {version}；当前 whytune 支持的版本为 {known}"
    ),
    "update whytune": "请升级 whytune",
    "another program is writing to the ledger and does not finish": "另一个程序一直在写入该账本",
    "nothing was recorded; {advice}": "未作任何记录；{advice}",
    "try again, or find out which program holds it": "请重试，或查明是哪个程序占用了账本",
    "the disk fails: {reason}": "磁盘出错：{reason}",
    "make room on the disk, or have it looked at, and try again": "请腾出磁盘空间或检修磁盘，然后重试",
    "cannot be written: {reason}": "无法写入：{reason}",
    "a ledger, and the folder it lies in, must be writable to those who record": "账本及其所在文件夹须允许记录者写入",
    "ask whoever keeps the ledger to let you read it": "请让账本的保管人允许您读取",
    "the file is empty, and so not a ledger": "文件是空的，不是账本",
    "if a ledger was here, take it from a backup; if not, delete the file to begin a new one": (
        "若此处原有账本，请从备份恢复；若没有，请删除该文件，以便另建账本"
    ),
    "there is no such folder: make it first": "没有这个文件夹：请先建立",
    "`{file}` beside it belongs to {owner}, and you may not write to it: ask {owner} to let you": (
        "旁边的 `{file}` 属于 {owner}，您无权写入：请让 {owner} 授权"
    ),
    "the ledger belongs to {owner}, and you may not write to it: ask {owner} to let you": (
        "账本属于 {owner}，您无权写入：请让 {owner} 授权"
    ),
    "its folder belongs to {owner}, and you may not write to it: a journal lies there while somebody records": (
        "账本所在的文件夹属于 {owner}，您无权写入：记录时须在其中放置日志文件"
    ),
    "a record has the number {seq}": "有一条记录的编号为 {seq}",
    "the file is damaged: {reason}": "文件已损坏：{reason}",
    "take the ledger from a backup": "请从备份恢复账本",
    "its tables are not those of a ledger": "其中的表不是账本的表",
    "the stored file {digest} is damaged": "所存的文件 {digest} 已损坏",
    "record {seq} is damaged": "第 {seq} 条记录已损坏",
    "nothing was added; {advice}": "未添加任何内容；{advice}",
    # what is to be recorded
    "the time is {now}, but the last record was made at {last}": "当前时间为 {now}，而最后一条记录的时间是 {last}",
    "nothing was recorded; set the clock right, or begin a new ledger if the last time is the wrong one": (
        "未作任何记录；请校准时钟，若最后一条记录的时间有误，请另建账本"
    ),
    "`{time}` is in the future": "`{time}` 是将来的时间",
    "give the time at which the advice was asked for, or leave it out": "请给出询问建议的时间，或不写时间",
    "the rulebook was edited while the advice was given": "给出建议期间，规则库被修改",
    "nothing was recorded; ask again": "未作任何记录；请重新询问",
    "a record cannot hold a file called `{file}`": "记录中不能保存名为 `{file}` 的文件",
    "rename it in plain letters": "请改用普通字符命名",
    "what is to be kept could not be read as a record again": "要保存的内容无法再作为记录读出",
    "nothing was recorded; look for unusual characters in what is to be kept": (
        "未作任何记录；请检查要保存的内容中是否有特殊字符"
    ),
    "not of the form fact=reference": "不符合“事实=依据”的形式",
    "for example: --evidence examples=TICKET-12": "例如：--evidence examples=TICKET-12",
    "`{fact}` has two pieces of evidence": "`{fact}` 有两项依据",
    "keep one of them": "请只保留一项",
    "the record would be larger than 1 MiB": "这条记录会超过 1 MiB",
    "nothing was recorded; the rulebook has too many rules or too long texts for a ledger": (
        "未作任何记录；对账本而言，规则库的规则过多或文字过长"
    ),
    # one record
    "`{id}` is not a record id": "`{id}` 不是记录编号",
    "an id looks like 12 or 12-3f9a0c1b; `whytune audit list --text WORD` looks for what was said": (
        "编号形如 12 或 12-3f9a0c1b；可用 `whytune audit list --text 词语` 查找记录中的文字"
    ),
    "an id looks like 12 or 12-3f9a0c1b; `ledger.records(text=...)` looks for what was said": (
        "编号形如 12 或 12-3f9a0c1b；可用 `ledger.records(text=...)` 查找记录中的文字"
    ),
    "there is no record {seq}": "没有第 {seq} 条记录",
    "the ledger holds {count}": "账本共有 {count} 条记录",
    "record {seq} is {id}, not {asked}": "第 {seq} 条记录是 {id}，不是 {asked}",
    "it was recorded in another ledger, or this one was rewritten: verify it with a checkpoint": (
        "该记录属于另一个账本，或本账本被重写过：请用检查点验证"
    ),
    "verify record {seq} to see what stands there now; at a terminal: `whytune audit verify --record {seq}` with the "
    "same ledger": (
        "请验证第 {seq} 条记录，看该处现有的内容；在终端中：对同一账本运行 `whytune audit verify --record {seq}`"
    ),
    "verify record {seq} to see what stands there now: `ledger.proof({seq})`": (
        "请验证第 {seq} 条记录，看该处现有的内容：`ledger.proof({seq})`"
    ),
    "record {id} keeps out what was given as {facts}": "以下事实的值未写入记录 {id}：{facts}",
    "give what was kept out: {options}": "请给出当时的值：{options}",
    "give what was kept out, each fact with --set: {options}": "请给出当时的值，每个用 --set：{options}",
    "record {id} was made with another value of `{fact}`": "记录 {id} 所依据的 `{fact}` 是另一个值",
    "a ledger keeps the rules of a record, and no {file}": "账本保存记录的规则，但不保存 {file}",
    "a record is asked by the rules kept with it, on its day": "询问记录时，使用随其保存的规则和当时的日期",
    "`{other}` does not go with `of_record`": "`{other}` 不能与 `of_record` 同用",
    "name a price list: --prices guide": "请指定价目表：--prices guide",
    "ask a rulebook about the same facts: `advise CASE --rulebook guide --compare`": (
        "请就同样的事实询问规则库：`advise CASE --rulebook guide --compare`"
    ),
    'name a price list: prices="guide"': '请指定价目表：prices="guide"',
    "ask a rulebook about the same facts: its `case(...).comparison()`": (
        "请就同样的事实询问规则库：其 `case(...).comparison()`"
    ),
    "the rulebook of this case is kept in a ledger, not in files": "该案例的规则库保存在账本中，而不在文件中",
    "ask the case by a rulebook that is loaded": "请用载入的规则库询问该案例",
    "`what-if` asks what would come out with that value": "`what-if` 可查看换成该值会得出什么",
    "record {id} does not fit its rulebook: {why}": "记录 {id} 与所用规则库不符：{why}",
    "the rulebook's {files} is not stored": "规则库的文件 {files} 不在账本中",
    "its day is no date": "其日期无效",
    "`{fact}` is given without a value": "`{fact}` 标为已给出，却没有值",
    "`{names}` is not in both": "`{names}` 只见于其中一方",
    "no record is by this rulebook with the rules of this day (records by others: {count})": (
        "没有记录采用本规则库在这一天的规则（采用其他规则的记录：{count} 条）"
    ),
    "name the rulebook and the day of the records: --rulebook, --as-of; `whytune audit list` shows them": (
        "请用 --rulebook 和 --as-of 指定记录所用的规则库和日期；可用 `whytune audit list` 查看"
    ),
    "the records have {names}": "记录中有 {names}",
    "no record is by `--{asked} {name}`": "没有符合 `--{asked} {name}` 的记录",
    "name the rulebook to ask; `whytune audit replay {id}` asks the record's own": (
        "请给出要询问的规则库；`whytune audit replay {id}` 使用记录本身的规则库"
    ),
    "a rulebook is expected here, and `{id}` is the id of a record": "此处应为规则库，而 `{id}` 是记录编号",
    # what does not verify
    "record {seq}: {fault}": "第 {seq} 条记录：{fault}",
    "{fault}: {detail}": "{fault}：{detail}",
    "verify the whole ledger; at a terminal: `whytune audit verify` with the same ledger": (
        "请验证整个账本；在终端中对同一账本使用 `whytune audit verify`"
    ),
    "verify the whole ledger: `ledger.verify()`": "请验证整个账本：`ledger.verify()`",
    "the tables or triggers of the file are not those that whytune makes": "文件中的表或触发器不是 whytune 所建",
    "a record is missing": "记录缺失",
    "bytes that are no record": "内容不是一条记录",
    "a record that was made for another place": "记录原本不在这个位置",
    "a record was changed after it was written: its hash no longer fits it": "记录在写入后被改动过，内容与其哈希值不符",
    "a record does not name the hash of the one before it": "所载的上一条记录哈希值不符",
    "a record says an earlier time than the one before it": "时间早于上一条记录",
    "a file of the rulebook is not stored": "所用规则库的文件不在账本中",
    "a stored file of the rulebook was changed: its hash no longer fits it": (
        "所存的规则库文件被改动过，内容与其哈希值不符"
    ),
    "this whytune cannot read the stored rulebook": "当前版本的 whytune 无法读取所存的规则库",
    "the stored rulebook has another digest": "所存规则库的摘要不同",
    "a stored file belongs to no record": "所存文件不属于任何记录",
    "there are fewer records than were signed or announced": "记录少于签署或声明的数目",
    "the record at the place of a checkpoint is not the one that was signed": "检查点处的记录不是当初签名的那条",
    "there are more records than were announced": "记录多于声明的数目",
    "the file cannot be read any further": "文件无法继续读取",
    # keys, checkpoints, exports
    "not an Ed25519 private key in PEM": "不是 PEM 格式的 Ed25519 私钥",
    "not an Ed25519 public key in PEM": "不是 PEM 格式的 Ed25519 公钥",
    "a public key that proves nothing: anything would verify under it": "该公钥不能证明任何内容：任何签名都能通过验证",
    "`whytune audit keygen` makes a pair: NAME.key is private, NAME.pub is public": (
        "可用 `whytune audit keygen` 生成一对密钥：NAME.key 是私钥，NAME.pub 是公钥"
    ),
    "not a checkpoint": "不是检查点",
    "name a file that `ledger.checkpoint(...)` has written": "请给出由 `ledger.checkpoint(...)` 写出的文件",
    "`whytune.keygen(...)` makes a pair: NAME.key is private, NAME.pub is public": (
        "可用 `whytune.keygen(...)` 生成一对密钥：NAME.key 是私钥，NAME.pub 是公钥"
    ),
    "name a file that `whytune audit checkpoint` has written": "请给出由 `whytune audit checkpoint` 写出的文件",
    "the checkpoint was not signed with the key of `{file}`": "该检查点不是用 `{file}` 对应的密钥签署的",
    "it was changed, or signed with another key: ask whoever keeps the key": (
        "它被改动过，或由另一把密钥签署：请向密钥保管人核实"
    ),
    "there is no record to be shown": "没有可显示的记录",
    "not an export of a ledger": "不是账本的导出文件",
    "name a file that `whytune audit export` has written": "请给出由 `whytune audit export` 写出的文件",
    "an export of version {version}; this whytune knows {known}": (
        "导出文件的版本为 {version}；当前 whytune 支持的版本为 {known}"
    ),
}
