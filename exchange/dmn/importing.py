"""A decision model -> the files of a rulebook, written as a person would write them."""

from __future__ import annotations

from whytune.engine import Problem, Span, WhytuneError
from whytune.engine.language.loading import loads
from whytune.engine.language.problems import Sentence
from whytune.engine.words.catalogue import phrase

from ..crossing import Imported, Incoming, check_rows
from ..fresh_names import FreshNames, readable
from ..yaml_text import Inline, yaml_text
from .given_facts import written_facts
from .kept_rulebook import keeps_any, kept_files
from .model import VERSIONS, Model, read_model
from .refusals import Refusals
from .rulebook_tables import RulebookTables
from .wiring import Wiring


def read(incoming: Incoming) -> Imported:
    """The rulebook that the tables of a model make; raises WhytuneError with everything that a rulebook cannot say."""
    (data,) = incoming.files.values()
    model = read_model(data, incoming.label)
    if (files := kept_files(model.root)) is not None:
        _check(files, incoming.label)
        return Imported(files)
    refusals = Refusals(incoming.partial)
    if keeps_any(model.root):
        refusals.remark(Sentence("the model was changed since whytune wrote it: its tables are taken over"))
    tables = tuple(Wiring(model, refusals).tables())
    if not tables:
        refusals.stop_if_any()
        raise _none(incoming.label)
    check_rows(sum(len(table.table.rows) for table in tables), Span(incoming.label))
    language = incoming.language
    rows = RulebookTables(tables, refusals, language)
    decisions, written = list(rows.decisions()), list(rows.written())
    refusals.stop_if_any()
    facts = list(written_facts(((fact, rows.domains[path]) for path, fact in rows.facts.items()), language))
    files = {
        "rulebook.yaml": yaml_text(phrase("about_imported_rulebook", language), _identity(model, incoming)),
        "facts.yaml": yaml_text(phrase("about_imported_facts", language), {"facts": facts}),
        "decisions.yaml": yaml_text(phrase("about_imported_decisions", language), {"decisions": decisions}),
        "tables.yaml": yaml_text(phrase("about_imported_tables", language), {"tables": written}),
    }
    _check(files, incoming.label)
    return Imported(files, tuple(refusals.remarks))


def _none(label: str) -> WhytuneError:
    hint = Sentence("a model for whytune decides by decision tables")
    return WhytuneError([Problem("not-dmn", Sentence("no decision table that can be taken over"), Span(label), hint)])


def _identity(model: Model, incoming: Incoming) -> dict[str, object]:
    title = readable(model.name) or "model"
    edition = f"DMN {VERSIONS[model.root.space]}"
    return {
        "rulebook": {
            "name": FreshNames().new(model.name, "model"),
            "version": "1.0.0",
            "title": title,
            "languages": Inline([incoming.language]),
        },
        "documents": [{"document": "model", "title": title, "edition": edition}],
    }


def _check(files: dict[str, str], label: str) -> None:
    """Raises WhytuneError, in words of the model's file, for a rulebook that does not load."""
    try:
        loads({name: text.encode() for name, text in files.items()})
    except WhytuneError as error:
        raise WhytuneError([Problem(one.code, one.message, Span(label), one.hint) for one in error.problems]) from None
