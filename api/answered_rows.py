"""The answers to many tasks, one by one as they are asked for, and which columns of the rows gave a fact."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, NoReturn

from whytune.engine.bulk.row_answers import Bulk
from whytune.engine.language.problems import listing
from whytune.engine.language.source import Map
from whytune.engine.words.speaker import Speaker
from whytune.prose.row_columns import answered_so_far

from .frames import TaskRows
from .shown import Suggesting
from .task_rows import row_as_mapping, rows_among

if TYPE_CHECKING:
    from .case import Case


class AnsweredRows(Suggesting, Iterator[dict[str, Any]]):
    """The answers to rows, each worked out when it is asked for; `taken` and `left_out` tell of the rows read so far.

    They are given once: whoever wants them again keeps them in a list. A notebook, which shows a value without asking
    for more of it, shows how to go through them, and how many were.

    >>> import whytune
    >>> answers = whytune.load("guide").decide([{"prompt_enough": True, "how many": 3}])
    >>> answers
    <AnsweredRows by guide 1.1.0: 0 so far; a loop or list(...) asks for them>
    >>> [answer["advice"] for answer in answers]
    ['prompt']
    >>> answers
    <AnsweredRows by guide 1.1.0: 1 in all, each given once; facts from prompt_enough; left out: how many>
    >>> answers.taken, answers.left_out
    ({'prompt_enough': 'prompt_enough'}, ('how many',))
    """

    def __init__(
        self, answers: Iterator[dict[str, Any]], bulk: Bulk, case_of: Callable[[Map], Case], language: str
    ) -> None:
        self._answers, self._bulk, self._case_of, self._language = answers, bulk, case_of, language
        self._count, self._are_all_given = 0, False

    def __iter__(self) -> AnsweredRows:
        """Itself, to go on from where it is."""
        return self

    def __getitem__(self, place: object) -> NoReturn:
        raise _one_by_one()

    def __len__(self) -> int:
        raise _one_by_one()

    def __bool__(self) -> bool:
        return True

    def __next__(self) -> dict[str, Any]:
        try:
            answer = next(self._answers)
        except StopIteration:
            self._are_all_given = True
            raise
        self._count += 1
        return answer

    def case(self, row: Mapping[str, Any]) -> Case:
        """The case of one row, which is answered alike: blanks are not known, and columns that are no facts left out.

        >>> import whytune
        >>> rows = [{"id": "7", "prompt_enough": "no", "external_knowledge": "yes", "examples": ""}]
        >>> whytune.load("guide").decide(rows).case(rows[0])
        <Case rag (settled), 2 facts given, by guide 1.1.0>

        Raises WhytuneError with every mistake in the row; wrong-type, for what is no row.
        """
        return self._case_of(self._bulk.written(self._bulk.given(row_as_mapping(row))))

    def titled(self, answer: Mapping[str, Any]) -> dict[str, Any]:
        """An answer with titles for the names of options, facts and rules, in the language of the rulebook.

        >>> import whytune
        >>> answers = whytune.load("guide").decide([{"prompt_enough": True}])
        >>> answers.titled(next(answers))["advice"]
        'Prompt engineering'
        """
        return {**answer, **dict(_titles(answer, self._bulk, Speaker(self._bulk.advisor.rulebook, self._language)))}

    @property
    def taken(self) -> Mapping[str, str]:
        """The columns that gave a fact, each with that fact, as `facts=` says it."""
        return self._bulk.taken

    @property
    def left_out(self) -> tuple[str, ...]:
        """The columns that gave no fact."""
        return self._bulk.passed_on

    def __repr__(self) -> str:
        by = self._bulk.advisor.identity
        so_far = "in all, each given once" if self._are_all_given else "so far"
        begun = f"AnsweredRows by {by.name} {by.version}: {self._count:,} {so_far}"
        if not self.taken and not self.left_out:
            return f"<{begun}; a loop or list(...) asks for them>"
        facts = ", ".join(column if column == fact else f"{column} ({fact})" for column, fact in self.taken.items())
        left = f"; left out: {listing(map(str, self.left_out))}" if self.left_out else ""
        return f"<{begun}; facts from {facts or 'no column'}{left}>"

    def _repr_html_(self) -> str:
        from whytune.prose import page  # for those who show them

        speaker = Speaker(self._bulk.advisor.rulebook, self._language)
        return page.in_notebook(answered_so_far(self._count, self.taken, self.left_out, speaker))


def _titles(answer: Mapping[str, Any], bulk: Bulk, speaker: Speaker) -> Iterator[tuple[str, Any]]:
    """The columns of an answer that hold names, with titles."""
    rules = speaker.rulebook.rule
    for (decision, part), column in bulk.answer_columns.items():
        titles: Mapping[str, Callable[[str], str]] = {
            "advice": partial(speaker.option, decision),
            "possible": partial(speaker.option, decision),
            "decided_by": lambda name: speaker.rule(name) if name in rules else name,
            "rests_on": speaker.fact_of_list,
            "next_question": speaker.fact_of_list,
            "cautions": speaker.rule,
        }
        names = answer.get(column)
        if names and part in titles:
            title = titles[part]
            yield column, title(names) if isinstance(names, str) else type(names)(map(title, names))


def _one_by_one() -> TypeError:
    return TypeError("answers are given one by one, in a loop; for their number or one of them, list(answers) first")


def decided(bulk: Bulk, rows: TaskRows, case_of: Callable[[Map], Case], language: str) -> AnsweredRows:
    """The answers to these rows; raises WhytuneError as `rows_among` does."""
    read = rows_among(rows, bulk, language)
    return AnsweredRows((bulk.columns_in(bulk.answer(row), language) for row in read), bulk, case_of, language)
