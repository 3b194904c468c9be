"""A rulebook for another program: a workbook, a decision model, a module of Python."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from whytune.engine import Problem, Span, WhytuneError
from whytune.engine.language.loading import loads
from whytune.engine.language.problems import Sentence
from whytune.exchange.crossing import Exported, Outgoing, rulebook_part
from whytune.exchange.folder import crossing_files

from .saving import save_below

MODEL, MODULE = ".dmn", ".py"
"""The endings of a decision model, and of a module of Python."""

_OF_MODULES = (
    Sentence(
        "the module tells advice, status, what is possible, what decided and cautions; what an answer rests on, and "
        "what to ask next, `whytune advise` tells"
    ),
    Sentence("a fact is given there as one value, or left out: what is known in part is refused"),
)


def check_form(file: str, as_rules: bool) -> None:
    """Raises WhytuneError, unknown-format, for a file that no rulebook is written to, or not as its rules stand."""
    from whytune.exchange.file_kinds import writer_of  # XML and workbooks are for those who ask for them

    ending = Path(file).suffix.lower()
    if ending != MODULE:
        writer_of(file, beside=[MODULE])
    if as_rules and ending != MODEL:
        message = Sentence("only a decision model holds the rules as they stand")
        hint = Sentence("name a file that ends with {ending}", ending=MODEL)
        raise WhytuneError([Problem("unknown-format", message, Span(file), hint)])


def exported(file: str, outgoing: Outgoing, module: Callable[[], str]) -> Exported:
    """What stands in a file of this name: the rulebook or, by its ending, the module; raises WhytuneError."""
    from whytune.exchange import file_kinds

    check_form(file, outgoing.as_rules)
    if Path(file).suffix.lower() == MODULE:
        return Exported({"": module().encode()}, _OF_MODULES)
    return file_kinds.exported(file, outgoing)


def with_kept_files(outgoing: Outgoing, place: str) -> Outgoing:
    """The same with the files of the rulebook, which was loaded from this place.

    Raises WhytuneError, rulebook-changed, if they are no longer those that were loaded.
    """
    files = crossing_files(place)
    if loads(rulebook_part(files)).digest != outgoing.rulebook.digest:
        message = Sentence("the rulebook has changed since it was loaded")
        raise WhytuneError([Problem("rulebook-changed", message, Span(place), Sentence("load it again"))])
    return outgoing._replace(files=files)


def save(file: str, made: Exported) -> None:
    """Writes an export to a file or folder of this name, all of it or nothing.

    Raises WhytuneError: file-exists, unwritable-file.
    """
    whole = Path(file)
    files = {str(whole / name) if name else file: data for name, data in made.files.items()}
    save_below(whole.parent if "" in made.files else whole, files, dict.fromkeys(files))
