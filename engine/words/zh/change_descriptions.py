"""What the service says of the types that tell what an edit changes and requires, by its English."""

DESCRIPTIONS: dict[str, str] = {
    "A part of the rulebook that is to blame for a change.": ("规则库中导致变化的部分。"),
    "The advice on a case, and how far it is certain.": ("对一个案例的建议，以及其确定程度。"),
    "What becomes of the cases beside the rulebook; `failed` are those that expect something in vain.": (
        "规则库旁的案例会有什么变化；`failed` 是预期落空的案例。"
    ),
    "The least version that follows from what changed, the step to it, and where it is written.": (
        "与改动相符的最低版本号、须升级哪一位，以及它写在何处。"
    ),
    "A case that the edited rulebook does not understand, and why.": ("修改后的规则库读不懂的案例及其原因。"),
    (
        "What some cases expect in vain, and what to write in its place; null if it must be taken out or, if it is "
        "`shared` by cases that do not all get the same, be said by each of them."
    ): (
        "一些案例落空的预期，以及应改写成什么；须删去时为 null；由结果不尽相同的案例共用（`shared`）、须由各案例"
        "分别写明时也为 null。"
    ),
    "A moved cut next to which no case stands any more: at which numbers, and the cases that stand at the old ones.": (
        "挪动后旁边不再有案例的切点：缺哪些数字上的案例，以及仍停在原切点旁的案例。"
    ),
    "An invariant that is broken, a label beside another cut, a waiver that is idle, or what no waiver covers.": (
        "被违反的不变式、与切点不符的标签、不再需要的豁免，或没有豁免涵盖的问题。"
    ),
    "A new cut of a band which the words quoted as its source, or as that of a rule, do not name.": (
        "分段的新切点，而作为该分段或某条规则来源的引文并未写到它。"
    ),
    "A source or another text that names a number which is no cut any more, and may be true all the same.": (
        "仍写着已不再是切点的数字的来源或其他文字；这数字也可能依然属实。"
    ),
    "A generated file that is out of date.": ("已过时的生成文件。"),
    "A part of the rulebook that was added, removed or changed, and its values before and after.": (
        "规则库中新增、删除或改动的部分，及其改动前后的值。"
    ),
    (
        "A rule or caution that speaks for other tasks than before: how many it gains and loses, some of them as "
        "regions, and one of each."
    ): "适用任务有所变化的规则或注意事项：增加和减少了多少任务，其中一些以区域列出，以及各一例。",
    "Tasks for which something changes, and one of them.": ("发生某种变化的任务，以及其中一例。"),
    "The same, with the parts that are to blame.": ("同上，并列出导致变化的部分。"),
    "What becomes of the advice, the reasons and the words, over all tasks.": (
        "对所有任务而言，建议、理由和文字会有什么变化。"
    ),
    "How many tasks have other advice on a decision, and how many the same for other reasons.": (
        "某项决策有多少种任务的建议改变，又有多少种建议不变、理由改变。"
    ),
    "The files that a file of another program makes or, into a rulebook, edits, with the patch and what it changes.": (
        "其他程序的文件所构成的文件；若用于编辑规则库，则为所编辑的文件，附补丁和会改变的内容。"
    ),
    "What changes from a later day on.": ("从某个较晚的日期起会有什么变化。"),
    "A text that still has a number that a cut no longer has.": ("文字中仍然写着切点已不再采用的数字。"),
    "A case that the new rulebook does not understand, and why.": ("新规则库不能理解的案例，以及原因。"),
    "An assumption that stayed as it was and counts otherwise now, so advice changes where it is left out, too.": (
        "假定值本身未变，但如今算法不同，因此未给出该事实时，建议也会改变。"
    ),
    "One task, as each of the rulebooks describes it.": ("一项任务，按两个规则库各自的说法给出。"),
    "The name of a copy, which still calls itself as a rulebook does that comes with whytune.": (
        "副本的名称：它仍与 whytune 自带的规则库同名。"
    ),
}
