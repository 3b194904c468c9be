"""An edit of the files of a rulebook -> its form: the text of the file that is open, and what goes along with it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from hashlib import sha256

from markupsafe import Markup

from whytune import WhytuneError
from whytune.engine.language.problems import visible
from whytune.engine.words.catalogue import phrase
from whytune.prose.document import Paragraph
from whytune.prose.page import elements
from whytune.review import FileEdit, is_of_cases

from .addresses import KeyValue, setting_of
from .asking import TEXTS, Parameter, Query
from .editor_help import FILE, attributes
from .places import with_links

FORM = "file"
"""The id of the form of a file."""
ON_RECORDS, OPEN = "edit/impact", "edit/open"
"""Where is asked what an edit changes in the records, and for another of its files."""
LINE = Parameter("line", "The line at which the editor was left.", form="count")
OPENED = Parameter("open", "The file that is to be opened next, or a line of it: `FILE:LINE`.")
CHOSEN = Parameter("chosen", "The same, chosen from a list.")
_AT_LINE = re.compile("(?P<file>.+):(?P<line>[0-9]{1,6})")
KEPT = "kept."
"""What precedes the name of a file in the field that holds the SHA-256 of what the edit of it began with."""


def digest_of(edit: FileEdit, name: str) -> str:
    """What tells the file of this name, as it is kept, from what it may become."""
    return sha256(edit.files[name]).hexdigest()


def form(edit: FileEdit, query: Query, language: str, wrong: WhytuneError | None) -> Markup:
    """The text of the open file, opened at what is wrong with it, and what can be done with the edit."""
    left_at = _left_at(query)
    return Markup(
        '<form id="{}" method="post" action="/edit#review">{}<label for="text">{}</label>'
        '<textarea id="text" name="text" rows="32" wrap="off" spellcheck="false" autocapitalize="off" '
        'autocomplete="off"{}>\n{}</textarea><p class="buttons">{}</p>{}{}</form>'
    ).format(
        FORM,
        _hidden([*_going_along(edit, query), (LINE.name, str(left_at))]),
        phrase("page_edit_text", language, file=visible(edit.name)),
        attributes(edit.name, query, language, next(lines_of(edit, wrong), None), left_at),
        edit.text,
        Markup(" ").join(_buttons(query, edit, language)),
        Markup("").join(_note(query, edit, language)),
        _files(edit, language),
    )


def lines_of(edit: FileEdit, error: WhytuneError | None) -> Iterator[int]:
    """The lines of the open file at which problems stand, as far as they are in it."""
    count = edit.text.count("\n") + 1
    for span in (problem.span for problem in error.problems if problem.span) if error else ():
        if span.source == edit.name and span.line and not span.field and span.line <= count:
            yield span.line


def opening(label: str, name: str, line: int | None = None) -> Markup:
    """A button that opens a file of the edit that the form of the page holds, at a line."""
    place = f"{name}:{line}" if line else name
    return Markup('<button class="place" form="{}" formaction="/{}#{}" name="{}" value="{}">{}</button>').format(
        FORM, OPEN, FORM, OPENED.name, place, label
    )


def to_open(part: Markup, edit: FileEdit) -> Markup:
    """What is told of an edit, each place in one of its files with a button that opens it there."""
    parts = with_links([part], edit.files, lambda name, line, label: opening(label, name, line))
    return Markup("").join(parts)


def to_be_opened(query: Query) -> tuple[str | None, int]:
    """The file that is to be opened next, if one is, and the line of it; raises WhytuneError."""
    place = query.text(OPENED.name) or query.text(CHOSEN.name)
    at_line = _AT_LINE.fullmatch(place or "")
    return (at_line["file"], int(at_line["line"])) if at_line else (place, 1)


def _left_at(query: Query) -> int:
    """The line at which the editor was left; the first where that cannot be read, which must not cost the text."""
    with suppress(WhytuneError):
        return query.number(LINE.name, 1)
    return 1


def _hidden(pairs: Iterable[KeyValue]) -> Markup:
    fields = (Markup('<input type="hidden" name="{}" value="{}">').format(*pair) for pair in pairs)
    return Markup("").join(fields)


def _going_along(edit: FileEdit, query: Query) -> Iterator[KeyValue]:
    """The rulebook and the day; which file is open, the texts of the others, and what all of them began with."""
    yield from setting_of(query)
    yield FILE.name, edit.name
    others = _edited_with(edit)
    yield from ((TEXTS + name, text) for name, text in others.items())
    for name in (edit.name, *others):
        with suppress(WhytuneError):
            yield KEPT + name, query.text(KEPT + name) or digest_of(edit, name)


def _edited_with(edit: FileEdit) -> Mapping[str, str]:
    """The proposed texts of the files that are edited and not open."""
    return {name: edit.text_of(name) for name in edit.changed if name != edit.name}


def _buttons(query: Query, edit: FileEdit, language: str) -> Iterator[Markup]:
    yield Markup("<button>{}</button>").format(phrase("page_edit_review", language))
    has_ledger = query.library.ledger is not None
    others = {f"/{ON_RECORDS}#review": phrase("page_edit_impact", language)} if has_ledger else {}
    others |= {
        "/edit.patch": phrase("page_edit_patch", language),
        "/edit.md": phrase("page_edit_request", language),
        "/edit.json": phrase("page_edit_data", language),
    }
    others |= {"/edit/save": phrase("page_edit_save", language)} if query.library.may_edit(edit.book) else {}
    for address, text in others.items():
        yield Markup('<button class="other" formaction="{}">{}</button>').format(address, text)


def _files(edit: FileEdit, language: str) -> Markup:
    """The other files of the edit, and a list of all that can be edited with them."""
    changed = _edited_with(edit)
    along = Markup("<p>{} {}</p>").format(
        phrase("page_edit_with", language), Markup(" ").join(opening(visible(name), name) for name in changed)
    )
    rest = [name for name in edit.files if name != edit.name]
    if not rest:
        return Markup("")
    groups = (
        (phrase("page_edit_rules", language), [name for name in rest if not is_of_cases(name)]),
        (phrase("page_edit_cases", language), [name for name in rest if is_of_cases(name)]),
    )
    return Markup(
        '{}<p class="files"><label for="{}">{}</label> <select id="{}" name="{}">{}</select> '
        '<button class="other" formaction="/{}#{}">{}</button></p>'
    ).format(
        along if changed else "",
        CHOSEN.name,
        phrase("page_edit_another", language),
        CHOSEN.name,
        CHOSEN.name,
        Markup("").join(_group(label, names) for label, names in groups if names),
        OPEN,
        FORM,
        phrase("page_edit_open", language),
    )


def _group(label: str, names: Iterable[str]) -> Markup:
    options = (Markup('<option value="{}">{}</option>').format(name, visible(name)) for name in names)
    return Markup('<optgroup label="{}">{}</optgroup>').format(label, Markup("").join(options))


def _note(query: Query, edit: FileEdit, language: str) -> Iterator[Markup]:
    """What to send to whom, and how an edit that cannot be saved here comes into the rulebook."""
    yield from elements([Paragraph(phrase("page_edit_send", language), tone="quiet")])
    if not query.library.may_edit(edit.book):
        yield from elements([Paragraph(phrase("page_edit_kept_out", language), tone="quiet")])
