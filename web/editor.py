"""The page for editing files of a rulebook: a file in a form, and what the edit of it and of others does."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import NamedTuple

from markupsafe import Markup

from whytune import Problem, WhytuneError
from whytune.engine.language.folders import file_at
from whytune.engine.language.loading import folder_of
from whytune.engine.language.problems import Sentence, short, visible
from whytune.engine.ledger.impact import Impact
from whytune.engine.ledger.selection import Selection
from whytune.engine.words.catalogue import phrase
from whytune.kept import AsProven, affected
from whytune.prose.document import Folded, Heading, Listing, Paragraph, Title
from whytune.prose.edit_review import additions
from whytune.prose.page import elements
from whytune.prose.rulebook import held_in
from whytune.prose.shell import quoted
from whytune.review import FileEdit, Review, file_edit, file_names, is_of_cases

from .addresses import address_of, language_of_page, setting_of
from .answering import NO_YES
from .asking import AS_OF, LANGUAGE, RULEBOOK, Parameter, Query
from .bodies import linked, links, unfolded
from .bodies import listed as as_list
from .edit_form import CHOSEN, FORM, KEPT, LINE, ON_RECORDS, OPEN, OPENED, digest_of, form, to_be_opened, to_open
from .editor_help import FILE
from .mistakes import notices
from .pages import EDITOR, Frame, declined, framed
from .record_bodies import to_records
from .refusal import Refused, as_data
from .routes import Reply
from .rule_bodies import comparison
from .switched import SwitchedForm
from .uploads import patch_upload, workbook_upload

NAME = "edit"
SAVED = Parameter("saved", "A file that was just saved.", several=True)
ALONG = Parameter("along", "What the edit calls for in other places is taken into it.", values=NO_YES)
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


def opened(query: Query) -> Frame:
    """The form of another file of the edit that is sent, or of the same if none is named."""
    try:
        _check(query)
        name, line = to_be_opened(query)
        sent = _sent(query)
        edit = sent.opened(name) if name else sent
    except WhytuneError as error:
        return _page(query, True, error, _outcome, NAME)
    left_at = query if name is None else replace(query, values={**query.values, LINE.name: (str(line),)})
    return _bench(edit, left_at, Markup(""), None, OPEN)


def _page(query: Query, is_sent: bool, wrong: WhytuneError | None, telling: EditTelling, address: str) -> Frame:
    """The page of a file, which comes from this address."""
    language = language_of_page(query)
    try:
        _check(query)
        name = query.text(FILE.name)
        if name is None:
            return Frame(framed(NAME, query, *_files(query)))
        edit = _sent(query) if is_sent else file_edit(query.book(), name)
    except WhytuneError as error:
        return _kept_text(query, error) if is_sent else declined(NAME, query, error)
    try:
        edit = edit.with_called_for() if is_sent and _takes_along(query) else edit
    except WhytuneError as error:
        wrong = error
    if wrong is not None:
        parts = _mistaken(edit, wrong, language)
    else:
        parts, wrong = telling(edit, query, language) if is_sent else (_saved(query, edit, language), None)
    return _bench(edit, query, parts, wrong, address)


def _bench(edit: FileEdit, query: Query, parts: Markup, wrong: WhytuneError | None, address: str) -> Frame:
    """The form of the open file, and beside it what is told of the edit, which came from this address."""
    language = language_of_page(query)
    title = phrase("page_edit_file", language, file=visible(edit.name))
    bench = Markup('<div class="bench">{}<div id="review">{}</div></div>').format(
        form(edit, query, language, wrong), to_open(parts, edit)
    )
    switch = SwitchedForm(FORM, f"/{address}")
    return Frame(framed(NAME, query, title, [*elements([Title(title)]), bench], (EDITOR,), switch), wrong)


def _kept_text(query: Query, error: WhytuneError) -> Frame:
    """What is wrong with what was asked of an edit, and its text: in its form if all is right without the day."""
    language = language_of_page(query)
    anyday = replace(query, values={key: texts for key, texts in query.values.items() if key != AS_OF.name})
    try:
        _check(anyday)
        edit = _sent(anyday)
    except WhytuneError:
        title = phrase("page_wrong", language)
        texts = {query.text(FILE.name) or "": query.body.decode(), **query.texts}
        listings = (block for name, text in texts.items() for block in (Heading(visible(name)), Listing(text, "yaml")))
        parts = [*elements([Title(title)]), *notices(error, language), *elements(listings)]
        return Frame(framed(NAME, anyday, title, parts), error)
    return _bench(edit, anyday, Markup("").join(notices(error, language)), error, NAME)


class EditDownload(NamedTuple):
    """What is downloaded of an edit, and the name of its file."""

    reply: Reply
    file: str


def taken(ending: str, query: Query) -> EditDownload:
    """What is downloaded of the edit that was sent; raises WhytuneError."""
    edit = _sent_whole(query)
    edit.edited()  # nobody is handed a patch after which the rulebook no longer loads
    text = edit.patch() if ending == "patch" else _review_of(edit, query, ending)
    return EditDownload(Reply(text, TAKEN[ending]), f"{edit.called}.{ending}")


def _review_of(edit: FileEdit, query: Query, ending: str) -> str:
    """The text of a pull request, or all as JSON; with what the edit changes in the records, if some are kept."""
    review = edit.review()
    whole = review.with_records(_effect(edit, query)) if query.library.ledger else review
    if ending == "md":
        return whole.request
    data = {**whole.to_dict(), "called_for": edit.called_for(review).to_dict()}
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _effect(edit: FileEdit, query: Query) -> AsProven[Impact]:
    """What the edited rulebook would have advised otherwise in the records; raises WhytuneError."""
    edited = edit.edited()
    with query.library.opened() as ledger:
        return affected(ledger, Selection(), edited.advisor, edited.speaker)


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
    data = {"file": name, "text": file_edit(book, name).text} if name else {"files": file_names(book)}
    return Reply(json.dumps(data, ensure_ascii=False, indent=2) + "\n", TAKEN["json"])


def saved(query: Query) -> str:
    """Saves the files as they were sent, all or none, and gives the address that shows the one that is open.

    Raises WhytuneError: refused-request if the rulebook may only be read, rulebook-changed, unwritable-file, and
    everything that is wrong with the files.
    """
    edit = _sent_whole(query)
    desk = query.library.desk
    if desk is None or not query.library.may_edit(edit.book):
        message = Sentence("`{name}` is not served to be edited", name=short(edit.book.content.name))
        raise Refused(403, "refused-request", message, Sentence("start with it: whytune serve --edit FOLDER"))
    edited = edit.edited()
    _check_unchanged(edit, query)
    folder = folder_of(edit.book.place)
    assert folder is not None, "what may be edited is a folder"
    contents = {str(folder / name): content.decode() for name, content in edit.changed.items()}
    before = {str(folder / name): edit.files[name] for name in edit.changed}
    schemas = {str(folder / name): schema for name, schema in edit.schemas.items()}
    contents |= {name: schema.new.decode() for name, schema in schemas.items()}
    desk.save(folder, contents, before | {name: schema.kept for name, schema in schemas.items()})
    query.library.reload(edit.book)
    setting = [(RULEBOOK.name, edited.content.name), *(pair for pair in setting_of(query) if pair[0] != RULEBOOK.name)]
    names = tuple(edit.changed) or (edit.name,)
    return address_of(NAME, [*setting, (FILE.name, edit.name), *((SAVED.name, name) for name in names)])


def _check_unchanged(edit: FileEdit, query: Query) -> None:
    """Raises WhytuneError, rulebook-changed, for each file that was sent and is no longer what its edit began with."""
    hint = Sentence("copy what you wrote, reload the file, and edit it again")
    problems = [
        Problem("rulebook-changed", Sentence("`{file}` was changed meanwhile", file=short(name)), None, hint)
        for name in (edit.name, *query.texts)
        if query.text(KEPT + name) != digest_of(edit, name)
    ]
    if problems:
        raise WhytuneError(problems)


def _check(query: Query) -> None:
    query.check((RULEBOOK, AS_OF, LANGUAGE, FILE, SAVED, LINE, ALONG, OPENED, CHOSEN), (KEPT,))


def _sent(query: Query) -> FileEdit:
    """The edit as it was sent; raises WhytuneError."""
    return file_edit(query.book(), query.needed(FILE.name)).written(query.body.decode(), query.texts)


def _sent_whole(query: Query) -> FileEdit:
    """The edit that was sent, with what it calls for in other places if that is asked for; raises WhytuneError."""
    _check(query)
    edit = _sent(query)
    return edit.with_called_for() if _takes_along(query) else edit


def _takes_along(query: Query) -> bool:
    return bool(query.one_of(ALONG.name, NO_YES) == "yes")


def _files(query: Query) -> tuple[str, list[Markup]]:
    """The title of the page without a file, and a link to every file."""
    book = query.book()
    title = book.speaker.say("page_edit_title", rulebook=visible(book.content.name))
    held = [*held_in(book.content, file_names(book), book.speaker)]
    files = [(address_of(NAME, [*setting_of(query), (FILE.name, name)]), label) for name, label in held]
    count = sum(not is_of_cases(name) for name, _ in held)
    parts = [links(book.speaker.say("page_edit_which"), files[:count])]
    if files[count:]:
        title_of_cases = book.speaker.say("page_edit_which_cases")
        folded = Markup("<details><summary>{}</summary>{}</details>")
        parts.append(folded.format(title_of_cases, as_list(files[count:])))
    others = [
        patch_upload(query, book.language),
        workbook_upload(query, book.language),
        comparison(query, book.language),
    ]
    return title, [*elements([Title(title)]), *parts, *others]


def _outcome(edit: FileEdit, query: Query, language: str) -> tuple[Markup, WhytuneError | None]:
    """What the edit does; or everything that is wrong with it, each with its line."""
    if not edit.changed:
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
        take = Markup('<button form="{}" name="{}" value="yes">{}</button>')
        download = Markup('<button class="other" form="{}" formaction="/edit.patch" name="{}" value="yes">{}</button>')
        yield Markup('<p class="buttons">{} {}</p>').format(
            take.format(FORM, ALONG.name, phrase("page_edit_along", language)),
            download.format(FORM, ALONG.name, phrase("page_edit_along_patch", language)),
        )
    if review.misfits or more.failing:
        yield from elements([Paragraph(phrase("page_edit_elsewhere", language))])


def _impact(edit: FileEdit, query: Query, language: str) -> tuple[Markup, WhytuneError | None]:
    """What the edited rulebook would have advised otherwise; or everything that is wrong with it."""
    try:
        edit.edited()
    except WhytuneError as error:
        return _mistaken(edit, error, language), error
    effect = _effect(edit, query)
    outcome = effect.document("normal")
    parts = to_records(elements([Heading(outcome.title), *outcome.blocks]), effect.value.ids, language)
    return Markup("\n").join(parts), None


def _mistaken(edit: FileEdit, error: WhytuneError, language: str) -> Markup:
    """Everything that is wrong, each with its line, and what is written differently."""
    places = (file_at(problem.span.source, edit.files) for problem in error.problems if problem.span)
    names = dict.fromkeys(map(visible, filter(None, places))) or (visible(edit.name),)
    files = phrase("comma", language).join(names)
    title = Heading(phrase("page_edit_wrong", language, file=files), tone="bad")
    patch = elements([_differently(edit, language)] if edit.changed else [])
    return Markup("\n").join([*elements([title]), *_placed(edit, error, language), *patch])


def _differently(edit: FileEdit, language: str) -> Folded:
    folder, argument = visible(edit.folder), quoted(edit.folder)
    parts = {"folder": folder, "argument": argument, "patch": f"{edit.called}.patch"}
    where = Paragraph(phrase("page_edit_folder", language, **parts), tone="quiet")
    return Folded(phrase("page_edit_lines", language), (where, Listing(edit.patch(), "diff")))


def _placed(edit: FileEdit, error: WhytuneError, language: str) -> Iterator[Markup]:
    """Every problem, with its line of the file, marked from its column on."""
    for problem in error.problems:
        yield from notices(WhytuneError([problem]), language)
        span = problem.span
        if span and span.line and span.source in edit.files and not span.field:
            line, column = _line_of(edit, span.source, span.line), (span.column or 1) - 1
            yield Markup('<pre class="line"><code>{:>4} | {}<mark>{}</mark></code></pre>').format(
                span.line, line[:column], line[column:] or " "
            )


def _line_of(edit: FileEdit, name: str, number: int) -> str:
    lines = edit.text_of(name).replace("\r\n", "\n").split("\n")
    return lines[number - 1] if number <= len(lines) else ""


def _saved(query: Query, edit: FileEdit, language: str) -> Markup:
    names = [visible(name) for name in query.all(SAVED.name) if name in edit.files]
    files = phrase("comma", language).join(names)
    return _paragraph(phrase("page_edit_saved", language, files=files)) if names else Markup("")


def _paragraph(text: str) -> Markup:
    return Markup('<p class="good" role="status">{}</p>').format(text)
