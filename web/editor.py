"""The page for editing a file of a rulebook: the file in a form, and what the edit does."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from hashlib import sha256

from markupsafe import Markup

from whytune import Problem, WhytuneError
from whytune.engine.language.loading import folder_of
from whytune.engine.language.problems import Sentence, short, visible
from whytune.engine.ledger.selection import Selection
from whytune.engine.words.catalogue import phrase
from whytune.imports import Import
from whytune.kept import affected
from whytune.prose.document import Document, Folded, Heading, Listing, Paragraph, Title
from whytune.prose.edit_review import additions
from whytune.prose.page import elements
from whytune.prose.rulebook import held_in
from whytune.prose.shell import quoted
from whytune.review import FileEdit, Review, file_edit, file_names

from .addresses import address_of, language_of_page, setting_of
from .answering import NO_YES
from .asking import AS_OF, LANGUAGE, RULEBOOK, Parameter, Query
from .bodies import linked, links, unfolded
from .editor_help import attributes
from .exchanged import read
from .mistakes import notices
from .pages import EDITOR, Frame, declined, framed
from .record_bodies import to_records
from .refusal import Refused, as_data
from .routes import Reply
from .rule_bodies import comparison
from .switched import SwitchedForm, in_other_language, other_language

NAME, ON_RECORDS = "edit", "edit/impact"
FORM = "file"
"""The id of the form of a file."""
FILE = Parameter("file", "The file of the rulebook.")
KEPT = Parameter("kept", "The SHA-256 of the file that the edit began with.")
SAVED = Parameter("saved", "The file was just saved.")
ALONG = Parameter("along", "What the edit calls for in other places is taken away with it.", values=NO_YES)
LINE = Parameter("line", "The line at which the editor was left.", form="count")
EditTelling = Callable[[FileEdit, Query, str], tuple[Markup, WhytuneError | None]]
"""What an edit does, in a language; or what is wrong with it."""

TAKEN = {"json": "application/json", "patch": "text/x-diff; charset=utf-8", "md": "text/markdown; charset=utf-8"}
"""What of an edit can be downloaded, by the suffix of its address."""


def page(query: Query, is_sent: bool, wrong: WhytuneError | None = None) -> Frame:
    """The files to choose from, or the one asked for, in a form; if it is sent, with what the edit does.

    Or, in its place, with what is wrong, where something else was to be done with what is sent.
    """
    return _page(query, is_sent, wrong, _outcome, NAME)


def on_records(query: Query) -> Frame:
    """The form of a file that is sent, with what its edit would change in the records of the ledger.

    Raises WhytuneError: not-a-ledger and whatever else a ledger cannot be read for.
    """
    return _page(query, True, None, _impact, ON_RECORDS)


def _page(query: Query, is_sent: bool, wrong: WhytuneError | None, telling: EditTelling, address: str) -> Frame:
    """The page of a file, which comes from this address."""
    language = language_of_page(query)
    try:
        _check(query)
        name = query.text(FILE.name)
        if name is None:
            return Frame(framed(NAME, query, *_files(query)))
        kept = file_edit(query.book(), name)
    except WhytuneError as error:
        return declined(NAME, query, error)
    sent = kept.written(query.body.decode()) if is_sent else kept
    title = phrase("page_edit_file", language, file=visible(name))
    if wrong is not None:
        parts = _mistaken(sent, wrong, language)
    else:
        parts, wrong = telling(sent, query, language) if is_sent else (_saved(query, name, language), None)
    bench = Markup('<div class="bench">{}<div id="review">{}</div></div>').format(
        _form(sent, query, language, wrong), parts
    )
    form = SwitchedForm(FORM, f"/{address}")
    return Frame(framed(NAME, query, title, [*elements([Title(title)]), bench], (EDITOR,), form), wrong)


def imported(query: Query, name: str) -> Frame:
    """What a sent workbook edits, cell by cell, and what that does; or what is wrong with it.

    Told in both languages, since the file does not come along to the other.
    """
    language = language_of_page(query)
    other, sent = other_language(language), replace(query, is_posted=True)
    try:
        query.check((RULEBOOK, AS_OF, LANGUAGE), ())
        made = read(query, name, query.book().content.name)
        here, there = (made.reviewed(spoken) for spoken in (language, other))
    except WhytuneError as error:
        title = phrase("page_wrong", language)
        wrong = [*elements([Title(title)]), *notices(error, language)]
        aside = in_other_language(notices(error, other), language)
        return Frame(framed(NAME, sent, title, [*wrong, aside, _upload(query, language)]), error)
    parts = [*_edits(made, here, query), in_other_language(_edits(made, there, query), language)]
    return Frame(framed(NAME, sent, here.title, parts))


def _edits(made: Import, document: Document, query: Query) -> Iterator[Markup]:
    """What a workbook edits and what that does, in the language of the document."""
    language = document.language
    note = (Paragraph(phrase("page_import_cases", language)),) if made.edits_cases else ()
    about = replace(query, values={**query.values, LANGUAGE.name: (language,)})
    return linked((*unfolded(document.headed), *note), about, language, phrase("page_try_before", language))


def taken(ending: str, query: Query) -> Reply:
    """What is downloaded of the edit that was sent; raises WhytuneError."""
    sent = _sent(query)
    if ending == "patch" and query.one_of(ALONG.name, NO_YES) == "no":
        sent.edited()  # nobody is handed a patch after which the rulebook no longer loads
        return Reply(sent.patch(), TAKEN[ending])
    review = sent.review()
    if ending == "md":
        return Reply(review.request, TAKEN[ending])
    more = sent.called_for(review)
    data = json.dumps({**review.to_dict(), "called_for": more.to_dict()}, ensure_ascii=False, indent=2) + "\n"
    return Reply(data if ending == "json" else more.patch, TAKEN[ending])


def mistakes(query: Query) -> Reply:
    """Everything that is wrong with the file as it was sent, for the editor to mark; raises WhytuneError."""
    sent, wrong = _sent(query), []
    try:
        sent.edited()
    except WhytuneError as error:
        wrong = [as_data(problem, language_of_page(query)) for problem in error.problems]
    return Reply(json.dumps({"problems": wrong}, ensure_ascii=False), TAKEN["json"])


def listed(query: Query) -> Reply:
    """The names of the files, or the text of the one asked for; raises WhytuneError."""
    _check(query)
    book, name = query.book(), query.text(FILE.name)
    data = {"file": name, "text": file_edit(book, name).kept} if name else {"files": file_names(book)}
    return Reply(json.dumps(data, ensure_ascii=False, indent=2) + "\n", TAKEN["json"])


def saved(query: Query) -> str:
    """Saves the file as it was sent, and gives the address that shows it.

    Raises WhytuneError: refused-request if the rulebook may only be read, rulebook-changed, unwritable-file, and
    everything that is wrong with the file.
    """
    sent = _sent(query)
    desk = query.library.desk
    if desk is None or not query.library.may_edit(sent.book):
        message = Sentence("`{name}` is not served to be edited", name=short(sent.book.content.name))
        raise Refused(403, "refused-request", message, Sentence("start with it: whytune serve --edit FOLDER"))
    edited = sent.edited()
    if query.text(KEPT.name) != _digest(sent):
        message = Sentence("`{file}` was changed meanwhile", file=short(sent.name))
        hint = Sentence("copy what you wrote, reload the file, and edit it again")
        raise WhytuneError([Problem("rulebook-changed", message, None, hint)])
    folder = folder_of(sent.book.place)
    assert folder is not None, "what may be edited is a folder"
    file = str(folder / sent.name)
    desk.save(folder, {file: sent.content.decode()}, {file: sent.files[sent.name]})
    query.library.reload(sent.book)
    kept = [(key, value) for key, value in setting_of(query) if key != RULEBOOK.name]
    return address_of(NAME, [(RULEBOOK.name, edited.content.name), *kept, (FILE.name, sent.name), (SAVED.name, "yes")])


def _check(query: Query) -> None:
    query.check((RULEBOOK, AS_OF, LANGUAGE, FILE, KEPT, SAVED, LINE, ALONG), ())


def _sent(query: Query) -> FileEdit:
    _check(query)
    return file_edit(query.book(), query.needed(FILE.name)).written(query.body.decode())


def _digest(edit: FileEdit) -> str:
    return sha256(edit.files[edit.name]).hexdigest()


def _files(query: Query) -> tuple[str, list[Markup]]:
    """The title of the page without a file, and a link to every file."""
    book = query.book()
    title = book.speaker.say("page_edit_title", rulebook=visible(book.content.name))
    held = held_in(book.content, file_names(book), book.speaker)
    files = [(address_of(NAME, [*setting_of(query), (FILE.name, name)]), label) for name, label in held]
    listed = links(book.speaker.say("page_edit_which"), files)
    others = [_upload(query, book.language), comparison(query, book.language)]
    return title, [*elements([Title(title)]), listed, *others]


def _upload(query: Query, language: str) -> Markup:
    """A form that sends a workbook in which the rulebook was edited."""
    hidden = (Markup('<input type="hidden" name="{}" value="{}">').format(*pair) for pair in setting_of(query))
    return Markup(
        '<form method="post" action="/edit/import" enctype="multipart/form-data"><h2>{}</h2>{}<p><label>{} '
        '<input type="file" name="file" accept=".xlsx,.zip" required></label></p><p class="buttons">'
        "<button>{}</button></p></form>"
    ).format(
        phrase("page_import", language),
        Markup("").join(hidden),
        phrase("page_import_file", language),
        phrase("page_import_show", language),
    )


def _form(edit: FileEdit, query: Query, language: str, wrong: WhytuneError | None) -> Markup:
    """The text of the file, opened at what is wrong with it, and what can be done with it."""
    pairs = [*setting_of(query), (FILE.name, edit.name), (KEPT.name, query.text(KEPT.name) or _digest(edit))]
    left_at = _left_at(query)
    pairs.append((LINE.name, str(left_at)))
    hidden = (Markup('<input type="hidden" name="{}" value="{}">').format(*pair) for pair in pairs)
    may_save = query.library.may_edit(edit.book)
    kept_out = Paragraph(phrase("page_edit_kept_out", language), tone="quiet")
    note = Markup("").join(elements([] if may_save else [kept_out]))
    return Markup(
        '<form id="{}" method="post" action="/edit#review">{}<label for="text">{}</label>'
        '<textarea id="text" name="text" rows="32" wrap="off" spellcheck="false" autocapitalize="off" '
        'autocomplete="off"{}>\n{}</textarea><p class="buttons">{}</p>{}</form>'
    ).format(
        FORM,
        Markup("").join(hidden),
        phrase("page_edit_text", language, file=visible(edit.name)),
        attributes(edit.name, query, language, next(_lines_of(edit, wrong), None), left_at),
        edit.text,
        Markup(" ").join(_buttons(may_save, query.library.ledger is not None, language)),
        note,
    )


def _left_at(query: Query) -> int:
    """The line at which the editor was left; the first where that cannot be read, which must not cost the text."""
    with suppress(WhytuneError):
        return query.number(LINE.name, 1)
    return 1


def _buttons(may_save: bool, has_ledger: bool, language: str) -> Iterator[Markup]:
    yield Markup("<button>{}</button>").format(phrase("page_edit_review", language))
    others = {f"/{ON_RECORDS}#review": phrase("page_edit_impact", language)} if has_ledger else {}
    others |= {
        "/edit.patch": phrase("page_edit_patch", language),
        "/edit.md": phrase("page_edit_request", language),
        "/edit.json": phrase("page_edit_data", language),
    }
    others |= {"/edit/save": phrase("page_edit_save", language)} if may_save else {}
    for address, text in others.items():
        yield Markup('<button class="other" formaction="{}">{}</button>').format(address, text)


def _outcome(edit: FileEdit, query: Query, language: str) -> tuple[Markup, WhytuneError | None]:
    """What the edit does; or everything that is wrong with it, each with its line."""
    if not edit.is_changed:
        return _paragraph(phrase("page_edit_same", language)), None
    try:
        review = edit.review()
    except WhytuneError as error:
        return _mistaken(edit, error, language), error
    outcome = review.document()
    blocks = [Heading(outcome.title), *unfolded(outcome.blocks), _differently(edit, language)]
    parts = linked(blocks, query, language, phrase("page_try_before", language))
    return Markup("\n").join([*parts, *_along(edit, review, language)]), None


def _along(edit: FileEdit, review: Review, language: str) -> Iterator[Markup]:
    """What the edit calls for in other places, to be taken away with it, and what is left to whoever applies it."""
    more = edit.called_for(review)
    if more.additions:
        yield from elements(additions(more.additions, more.failing, language))
        take = Markup(
            '<p class="buttons"><button form="{}" formaction="/edit.patch" name="{}" value="yes">{}</button></p>'
        )
        yield take.format(FORM, ALONG.name, phrase("page_edit_along_patch", language))
    if review.misfits or more.failing:
        yield from elements([Paragraph(phrase("page_edit_elsewhere", language))])


def _impact(edit: FileEdit, query: Query, language: str) -> tuple[Markup, WhytuneError | None]:
    """What the edited rulebook would have advised otherwise; or everything that is wrong with it."""
    try:
        edited = edit.edited()
    except WhytuneError as error:
        return _mistaken(edit, error, language), error
    with query.library.opened() as ledger:
        effect = affected(ledger, Selection(), edited.advisor, edited.speaker)
    outcome = effect.document("normal")
    parts = to_records(elements([Heading(outcome.title), *outcome.blocks]), effect.value, language)
    return Markup("\n").join(parts), None


def _mistaken(edit: FileEdit, error: WhytuneError, language: str) -> Markup:
    """Everything that is wrong, each with its line, and what is written differently."""
    title = Heading(phrase("page_edit_wrong", language, file=visible(edit.name)), tone="bad")
    patch = elements([_differently(edit, language)] if edit.is_changed else [])
    return Markup("\n").join([*elements([title]), *_placed(edit, error, language), *patch])


def _differently(edit: FileEdit, language: str) -> Folded:
    folder, argument = visible(edit.folder), quoted(edit.folder)
    where = Paragraph(phrase("page_edit_folder", language, folder=folder, argument=argument), tone="quiet")
    return Folded(phrase("page_edit_lines", language), (where, Listing(edit.patch(), "diff")))


def _placed(edit: FileEdit, error: WhytuneError, language: str) -> Iterator[Markup]:
    """Every problem, with its line of the file, marked from its column on."""
    lines = edit.text.replace("\r\n", "\n").split("\n")
    for problem in error.problems:
        yield from notices(WhytuneError([problem]), language)
        span = problem.span
        if span and (number := next(_lines_of(edit, WhytuneError([problem])), None)):
            line, column = lines[number - 1], (span.column or 1) - 1
            yield Markup('<pre class="line"><code>{:>4} | {}<mark>{}</mark></code></pre>').format(
                number, line[:column], line[column:] or " "
            )


def _lines_of(edit: FileEdit, error: WhytuneError | None) -> Iterator[int]:
    """The lines of the file at which problems stand, as far as they are in it."""
    count = edit.text.count("\n") + 1
    for span in (problem.span for problem in error.problems if problem.span) if error else ():
        if span.source == edit.name and span.line and not span.field and span.line <= count:
            yield span.line


def _saved(query: Query, name: str, language: str) -> Markup:
    if query.text(SAVED.name) is None:
        return Markup("")
    return _paragraph(phrase("page_edit_saved", language, file=visible(name)))


def _paragraph(text: str) -> Markup:
    return Markup('<p class="good" role="status">{}</p>').format(text)
