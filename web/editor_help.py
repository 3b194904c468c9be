"""What the editor of a file knows, where scripts run: its words, where to ask for mistakes, what may stand there."""

from __future__ import annotations

import json
from typing import Literal

from markupsafe import Markup

from whytune.engine.authoring.schema import case_schema, schema
from whytune.engine.words.catalogue import Family, phrase
from whytune.review import is_of_cases

from .addresses import address_of, setting_of
from .asking import AS_OF, LANGUAGE, RULEBOOK, Parameter, Query
from .routes import Reply

FILE = Parameter("file", "The file of the rulebook that is open.")
MISTAKES, SCHEMA = "edit/mistakes.json", "edit/schema.json"
"""Where the editor asks what is wrong with what is typed, and what may stand in a file."""

EditorWord = Literal[
    "find",
    "replace_with",
    "next",
    "previous",
    "every",
    "match_case",
    "regexp",
    "by_word",
    "replace",
    "replace_all",
    "close",
    "current_match",
    "on_line",
    "replaced",
    "replaced_on_line",
    "go_to_line",
    "go",
    "completions",
    "diagnostics",
    "no_diagnostics",
    "control_character",
    "selection_deleted",
]
"""What the editor says by itself."""
_WORD = Family[EditorWord]("editor")
_OF_CODEMIRROR: dict[str, EditorWord] = {
    "Find": "find",
    "Replace": "replace_with",
    "next": "next",
    "previous": "previous",
    "all": "every",
    "match case": "match_case",
    "regexp": "regexp",
    "by word": "by_word",
    "replace": "replace",
    "replace all": "replace_all",
    "close": "close",
    "current match": "current_match",
    "on line": "on_line",
    "replaced $ matches": "replaced",
    "replaced match on line $": "replaced_on_line",
    "Go to line": "go_to_line",
    "go": "go",
    "Completions": "completions",
    "Diagnostics": "diagnostics",
    "No diagnostics": "no_diagnostics",
    "Control character": "control_character",
    "Selection deleted": "selection_deleted",
}
"""The same by the English that CodeMirror has for it."""


def attributes(file: str, query: Query, language: str, line: int | None, left_at: int) -> Markup:
    """What the text field tells the editor that takes its place; at this line is the first mistake, and at this one
    it was left.
    """
    words = {english: phrase(_WORD[word], language) for english, word in _OF_CODEMIRROR.items()}
    mistaken = Markup(' data-line="{}"').format(line) if line else Markup("")
    template = Markup(
        ' data-file="{}" data-mistakes="/{}" data-schema="{}" data-help="{}" data-words="{}" data-at="{}"{}'
    )
    schema_at = address_of(SCHEMA, [*setting_of(query), (FILE.name, file)])
    help_text = phrase("editor_help", language)
    return template.format(file, MISTAKES, schema_at, help_text, json.dumps(words), left_at, mistaken)


def allowed(query: Query) -> Reply:
    """The schema of the file, or else of rule files, with the names of the rulebook: what the editor completes.

    Raises WhytuneError.
    """
    query.check((RULEBOOK, AS_OF, LANGUAGE, FILE), ())
    book = query.book()
    shape = case_schema if is_of_cases(query.text(FILE.name) or "") else schema
    made = shape(book.content, book.language)
    return Reply(json.dumps(made, ensure_ascii=False, separators=(",", ":")), "application/json")
