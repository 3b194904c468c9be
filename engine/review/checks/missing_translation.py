"""A text that stands in two languages in the same words.

**What it finds.** A text of several words that is the same in two languages, and a Chinese text without a Chinese
character: probably copied, and never translated. (A text that is missing altogether is a problem, and the rulebook
does not load.)

**Why it matters.** Readers of the second language get the first one.

**What to do.** Translate it. A name that is the same in both languages can be accepted in a waiver.

---

两种语言写得一模一样的文字。

**查什么。** 由多个词组成、在两种语言中完全相同的文字，以及没有一个汉字的中文文字：多半是复制后忘了翻译。（完全
缺失则属于错误，规则库无法载入。）

**为什么重要。** 使用第二种语言的读者看到的是第一种语言。

**怎么办。** 补上翻译。两种语言写法相同的名称可以写一条豁免。
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from ...language.text import is_chinese
from ...language.translations import PlacedText, texts
from ...words.phrases import in_both
from ..examination import Examination, Found

SEVERITY = "warning"
FEW_WORDS = 2
"""Up to so many words may be a name, which is not translated."""


def look(examined: Examination) -> Iterator[Found]:
    for text in texts(examined.whole):
        if language := _untranslated(text):
            message = in_both("found_missing_translation", text=text.key, language=language)
            yield Found(text.key, examined.place(*text.path), message)


def _untranslated(text: PlacedText) -> str | None:
    """The language in which it has been left as it is in another."""
    for (_, first), (other, second) in combinations(text.said.items(), 2):
        if first == second and len(first.split()) > FEW_WORDS and any(map(str.isalpha, first)):
            return other
    chinese = next((said for language, said in text.said.items() if language.startswith("zh")), None)
    if chinese is not None and len(chinese.split()) > FEW_WORDS and not any(map(is_chinese, chinese)):
        return "zh"
    return None
