"""A text that is still to be written.

**What it finds.** A text in which the `TODO` of `whytune new` still stands.

**Why it matters.** Readers of a recommendation would be shown it.

**What to do.** Write the text, in every language.

---

尚未填写的文字。

**查什么。** 仍保留 `whytune new` 所写 `TODO` 的文字。

**为什么重要。** 阅读建议的人会看到它。

**怎么办。** 补写这段文字，每种语言都要写。
"""

from __future__ import annotations

from collections.abc import Iterator

from ..examination import Examination, Found
from ..phrases import in_both
from ..scaffold import PLACEHOLDER
from ..translations import texts

SEVERITY = "error"


def look(examined: Examination) -> Iterator[Found]:
    for text in texts(examined.whole):
        unwritten = [language for language, said in text.said.items() if said.startswith(PLACEHOLDER)]
        if unwritten:
            message = in_both("found_placeholder", text=text.key, languages=", ".join(unwritten))
            yield Found(text.key, examined.place(*text.path), message)
