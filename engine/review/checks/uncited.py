"""A threshold or a policy of unknown origin, or a document that nothing cites.

**What it finds.** A band whose cuts have no `source`; a policy with neither a `because` nor a `source`; a document
that is declared and never cited.

**Why it matters.** Every rule says where it comes from. Thresholds and policies decide as much as rules do, and an
auditor asks for their origin too.

**What to do.** Say where the number comes from, or why the policy is as it is. Remove the document, or cite it.

---

来源不明的阈值或取舍策略，或没有被引用的文献。

**查什么。** 没有 `source` 的分段界限；既无 `because` 也无 `source` 的取舍策略；已声明却从未引用的文献。

**为什么重要。** 每条规则都注明出处。阈值和取舍策略的作用不亚于规则，审计人员同样会问其来源。

**怎么办。** 注明数字的出处，或说明取舍策略为何如此。没有引用的文献请删去或加以引用。
"""

from __future__ import annotations

from collections.abc import Iterator

from ...language.translations import parts_of
from ...language.vocabulary import sources_in
from ...words.phrases import in_both
from ..examination import Examination, Found

SEVERITY = "warning"


def look(examined: Examination) -> Iterator[Found]:
    rulebook = examined.whole
    for fact in rulebook.vocabulary.declared:
        for band in fact.bands:
            if band.source is None:
                message = in_both("found_uncited_band", band=band.band)
                yield Found(band.band, examined.place("fact", fact.fact, "bands", band.band), message)
    for decision in rulebook.decisions:
        for key in ("if_none_stands", "if_several_stand"):
            policy = getattr(decision, key)
            if policy.because is None and policy.source is None:
                name = f"{decision.decision}.{key}"
                message = in_both("found_uncited_policy", policy=name)
                yield Found(name, examined.place("decision", decision.decision, key), message)
    cited = {source.document for _, part in parts_of(rulebook) for _, source in sources_in(part)}
    for document in (each.document for each in rulebook.documents):
        if document not in cited:
            message = in_both("found_uncited_document", document=document)
            yield Found(document, examined.place("document", document), message)
