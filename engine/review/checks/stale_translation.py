"""A text that changed in one language and not in the other.

**What it finds.** A text of which one language has changed since the translations were last confirmed, and another
has not. They are confirmed with `whytune check --confirm-translations`, which keeps a fingerprint of every text in
`translations.json` in the rulebook's folder; until then nothing is found.

**Why it matters.** Two readers of one recommendation would read different reasons.

**What to do.** Bring the other language up to date; if it still says the same, confirm it as it is.

---

只改了一种语言的文字。

**查什么。** 自上次确认译文以来，一种语言已改、另一种语言未改的文字。用 `whytune check --confirm-translations`
确认，它会把每段文字的指纹存入规则库文件夹的 `translations.json`；确认之前不会报告。

**为什么重要。** 同一份建议，两位读者会读到不同的理由。

**怎么办。** 更新另一种语言；若含义未变，直接确认即可。
"""

from __future__ import annotations

from collections.abc import Iterator

from ...language.translations import unconfirmed
from ...words.phrases import in_both
from ..examination import Examination, Found

SEVERITY = "warning"


def look(examined: Examination) -> Iterator[Found]:
    for text, changed, kept in unconfirmed(examined.whole, examined.confirmed):
        if changed and kept:
            said = {"changed": ", ".join(changed), "kept": ", ".join(kept)}
            message = in_both("found_stale_translation", text=text.key, **said)
            yield Found(text.key, examined.place(*text.path), message)
