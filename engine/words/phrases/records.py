"""What a ledger holds, whether it verifies, and the page of one record."""

PHRASES: dict[str, dict[str, str]] = {
    "recorded": {"en": "Recorded as {id} in {file}", "zh": "已记录为 {id}，存于 {file}"},
    "concealed": {"en": "kept out of the record", "zh": "未写入记录"},
    "concealed_step": {"en": "{label}: kept out of the record", "zh": "{label}：未写入记录"},
    "sensitive": {"en": "Sensitive", "zh": "敏感"},
    "sensitive_said": {"en": "records keep a salted hash of its value", "zh": "记录中只保存该值的加盐哈希"},
    "no_such_advice": {
        "en": "no recorded advice is called `{name}`; there are: {known}",
        "zh": "没有名为 `{name}` 的建议记录；已有：{known}",
    },
    "no_such_rulebook": {
        "en": "no record is by a rulebook `{name}`; there are: {known}",
        "zh": "没有依据规则库 `{name}` 的记录；已有：{known}",
    },
    "no_such_rule": {
        "en": "no recorded advice was decided by a rule `{name}`; those that decided: {known}",
        "zh": "没有由规则 `{name}` 决定的建议记录；起过决定作用的有：{known}",
    },
    "vetoed_by": {"en": "Ruled out by, though another rule proposed it", "zh": "有规则提出、但被其排除"},
    "no_records": {"en": "No records", "zh": "没有记录"},
    "more_records": {"en": "There are more: --page {page}", "zh": "还有更多记录：--page {page}"},
    "record_head": {"en": "Record {id}", "zh": "记录 {id}"},
    "recorded_at": {"en": "Recorded", "zh": "记录时间"},
    "time_given": {"en": "a time that the caller gave, not the clock", "zh": "由调用者指定，并非系统时钟"},
    "recorded_by": {"en": "Facts given by", "zh": "事实提供者"},
    "recorded_for": {"en": "Purpose", "zh": "用途"},
    "recorded_case": {"en": "Case", "zh": "案例"},
    "not_said": {"en": "not said", "zh": "未说明"},
    "evidence_for": {"en": "Evidence for “{fact}”", "zh": "“{fact}”的依据"},
    "proof": {"en": "What proves this record", "zh": "本记录的凭证"},
    "hash": {"en": "Hash (SHA-256)", "zh": "哈希值（SHA-256）"},
    "previous_hash": {"en": "Hash of the record before", "zh": "上一条记录的哈希值"},
    "rules_day": {"en": "Rules as of", "zh": "规则有效日"},
    "every_day": {"en": "all rules, whatever their dates", "zh": "全部规则，不论有效期"},
    "software": {"en": "Computed by", "zh": "计算软件"},
    "verified": {
        "en": "Verified: every record is whole and in its place, and so are the rulebooks. Records: {count}\n"
        "The last hash is {head}",
        "zh": "验证通过：所有记录完整且位置正确，所用规则库也完整。记录数：{count}\n最后的哈希值：{head}",
    },
    "verified_empty": {"en": "Verified: the ledger is empty", "zh": "验证通过：账本为空"},
    "verified_signed": {"en": "Checkpoints met: {count}", "zh": "与签名检查点相符：{count} 个"},
    "verified_unsigned": {
        "en": "No checkpoint was given: whether records were cut off at the end, or the whole chain was computed "
        "anew, cannot be seen.",
        "zh": "未提供检查点：无法判断末尾是否有记录被删除，也无法判断整条链是否被重新计算。",
    },
    "fault_at": {"en": "Not verified, at record {seq}: ", "zh": "验证失败，位于第 {seq} 条记录："},
    "fault_in_file": {"en": "Not verified: ", "zh": "验证失败："},
    "fault_before": {"en": "Records before it that verify: {count}", "zh": "此前验证通过的记录：{count} 条"},
    "fault_unguarded": {
        "en": "the tables or triggers of the file are not those that whytune makes",
        "zh": "文件中的表或触发器不是 whytune 所建",
    },
    "fault_missing": {"en": "this record is missing", "zh": "该记录缺失"},
    "fault_strange": {"en": "its bytes are no record", "zh": "其内容不是一条记录"},
    "fault_moved": {
        "en": "the record here is {detail}, made for another place",
        "zh": "此处的记录是 {detail}，原本不在这个位置",
    },
    "fault_changed": {"en": "its bytes do not give its hash: it was changed", "zh": "内容与其哈希值不符：记录被改动过"},
    "fault_unlinked": {
        "en": "it does not name the hash of the record before it: one of the two was replaced",
        "zh": "所载的上一条记录哈希值不符：两条记录之一被替换过",
    },
    "fault_earlier": {
        "en": "its time, {detail}, is before that of the record before it",
        "zh": "其时间 {detail} 早于上一条记录",
    },
    "fault_rulebook_missing": {
        "en": "{detail}, a file of its rulebook, is not stored",
        "zh": "所用规则库的文件 {detail} 不在账本中",
    },
    "fault_rulebook_changed": {
        "en": "{detail}, a stored file of its rulebook, was changed",
        "zh": "账本中所用规则库的文件 {detail} 被改动过",
    },
    "fault_rulebook_unread": {
        "en": "this whytune cannot read its rulebook: {detail}",
        "zh": "当前版本的 whytune 无法读取所用规则库：{detail}",
    },
    "fault_rulebook_other": {
        "en": "the rulebook stored for it is another; its digest is {detail}",
        "zh": "账本中存的不是所用的规则库，其摘要为 {detail}",
    },
    "fault_unowned": {"en": "the stored file {detail} belongs to no record", "zh": "文件 {detail} 不属于任何记录"},
    "fault_cut": {
        "en": "it is missing: the end was cut off. There should be {detail} in all",
        "zh": "该记录缺失：末尾被删除，本应共有 {detail} 条",
    },
    "fault_rewritten": {
        "en": "it is not the record that was signed: it, or something before it, was written anew",
        "zh": "不是当初签名的那条记录：它或之前的内容被重写过",
    },
    "fault_longer": {
        "en": "more records follow than the head of the export announces",
        "zh": "其后的记录多于导出文件首行所声明的数目",
    },
    "fault_damaged": {"en": "the file cannot be read on: {detail}", "zh": "文件无法继续读取：{detail}"},
    "keys_made": {
        "en": "{private} signs checkpoints: keep it from those who write to the ledger. {public} verifies them.",
        "zh": "{private} 用于签署检查点，请勿让能写账本的人接触；{public} 用于验证检查点。",
    },
    "replayed_same": {"en": "The same again: {count}", "zh": "重放结果一致：{count} 条"},
    "replayed_different": {"en": "Different now: {count}", "zh": "重放结果不同：{count} 条"},
    "replayed_kept_out": {
        "en": "Not replayed, for the values of sensitive facts were kept out: {count}",
        "zh": "未重放（敏感事实的值未写入记录）：{count} 条",
    },
    "advice_same": {"en": "the advice is the same, but not every byte", "zh": "建议相同，但内容不完全一致"},
    "advice_differs": {"en": "the advice is another", "zh": "建议不同"},
    "first_difference": {"en": "first difference: {path}", "zh": "第一处不同：{path}"},
    "other_version": {
        "en": "It was made by whytune {then}; this is {now}",
        "zh": "该记录由 whytune {then} 生成，当前版本为 {now}",
    },
    "impact_title": {"en": "What {name} would advise otherwise", "zh": "{name} 会给出不同建议的记录"},
    "decided_before": {"en": "decided then by", "zh": "当时的决定依据"},
    "decided_after": {"en": "would now be decided by", "zh": "现在的决定依据"},
    "records_title": {"en": "Recorded recommendations", "zh": "已记录的建议"},
    "records_of": {"en": "Records {first} to {last} of {count}", "zh": "第 {first} 至 {last} 条，共 {count} 条"},
    "record": {"en": "Record", "zh": "记录"},
    "verdict_title": {"en": "Verification", "zh": "验证结果"},
    "replay_title": {"en": "Replay", "zh": "重放结果"},
    "impact_head": {
        "en": "{changed} of {count} recorded recommendations would come out differently",
        "zh": "{count} 条已记录的建议中，有 {changed} 条会改变",
    },
    "impact_head_partly": {
        "en": "{changed} of {count} recorded recommendations that were asked again would come out differently; "
        "{left} could not be asked",
        "zh": "重新询问的 {count} 条已记录的建议中，有 {changed} 条会改变；另有 {left} 条无法询问",
    },
    "impact_kept_out": {
        "en": "Not asked again, for the values of sensitive facts were kept out: {count}",
        "zh": "未重新询问（敏感事实的值未写入记录）：{count} 条",
    },
    "impact_unfit": {"en": "Not asked again: {count}, for {why}", "zh": "未重新询问：{count} 条，原因：{why}"},
    "no_decision": {"en": "no such decision", "zh": "没有这项决策"},
    "records_counted": {"en": "Records: {count}", "zh": "记录数：{count}"},
    "who_and_what_for": {"en": "Who asked, and what for", "zh": "提供者与用途"},
    "picture_way": {
        "en": "The way of this case. A dashed line rests on an assumption, or its answer is not known.",
        "zh": "本案例的路径；虚线表示依赖假设，或答案未知。",
    },
    "picture_whole": {
        "en": "The same way through the whole flowchart, computed from the rules as they stood.",
        "zh": "同一路径在完整流程图中的位置；流程图根据当时的规则计算得出。",
    },
    "picture_hidden": {
        "en": "What was kept out of the record is drawn as not known.",
        "zh": "未写入记录的事实按未知绘制。",
    },
    "what_flips": {"en": "What would have changed the advice", "zh": "哪些改动会改变建议"},
    "flips_hidden": {
        "en": "This cannot be said from the record: values of sensitive facts were kept out.",
        "zh": "无法由记录得出：敏感事实的值未写入记录。",
    },
    "flips_too_many": {
        "en": "The search for the smallest changes takes too many steps.",
        "zh": "查找最小改动所需步骤过多，未能得出。",
    },
    "fact": {"en": "Fact", "zh": "事实"},
    "value": {"en": "Value", "zh": "取值"},
    "origin": {"en": "Origin", "zh": "来源"},
    "origin_given": {"en": "given", "zh": "已给出"},
    "origin_assumed": {"en": "assumed by the rulebook", "zh": "规则库假设"},
    "origin_unknown": {"en": "not known", "zh": "未知"},
    "origin_not_applicable": {"en": "does not apply", "zh": "不适用"},
    "hidden_said": {
        "en": "A value that was kept out is in the record as a salted hash: whoever knows it can prove it.",
        "zh": "未写入的值在记录中以加盐哈希保存：知道原值的人可以据此证明。",
    },
    "how_to_verify": {"en": "How to verify this", "zh": "如何验证"},
    "verify_said": {
        "en": "Ask for the ledger, and for a checkpoint with the public key of whoever signed it. The first command "
        "verifies the whole chain, the second shows this record as it is kept, the third runs its facts through the "
        "stored rules again.",
        "zh": "请索取账本，以及检查点和签署者的公钥。第一条命令验证整条链，第二条显示账本中的这条记录，"
        "第三条用所存规则重新推理一遍。",
    },
    "page_proves_nothing": {
        "en": "This page is a reading copy and proves nothing by itself. The record is genuine if its hash is the one "
        "above in a ledger that verifies.",
        "zh": "本页仅供阅读，本身不构成证明。只有当账本验证通过、且其中该记录的哈希值与上文一致时，记录才属实。",
    },
    "traffic_counted": {"en": "Recorded cases shown: {count}", "zh": "图中的记录：{count} 条"},
    "traffic_waiting": {
        "en": "followed only up to a question without an answer: {count}",
        "zh": "其中停在未作答问题处的：{count} 条",
    },
    "traffic_others": {"en": "by other rules, and not shown: {count}", "zh": "采用其他规则、未计入的：{count} 条"},
    "months": {"en": "Months", "zh": "月份"},
}
