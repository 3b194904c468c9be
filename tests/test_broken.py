"""Every mistake has a file that makes it, and beside it the exact text that a user reads."""

from __future__ import annotations

import re
import sqlite3
import sys
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date, datetime, tzinfo
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

import pytest

import whytune
from whytune.cli.commands.mcp import mcp
from whytune.cli.commands.serve import serve
from whytune.cli.outside import git
from whytune.cli.outside.git import load_either
from whytune.cli.outside.parquet import parquet_table
from whytune.cli.outside.picture_output import write
from whytune.cli.outside.spark import answered_by_spark
from whytune.diagrams.chart import Chart, Series, plot
from whytune.diagrams.formats import draw
from whytune.diagrams.graph import Box, Graph
from whytune.diagrams.render import render
from whytune.engine import Advisor, Rulebook, WhytuneError, load
from whytune.engine.advice.durable import limits, session
from whytune.engine.advice.durable.productions import stages
from whytune.engine.bulk.row_answers import Bulk
from whytune.engine.costs.comparison import comparison
from whytune.engine.costs.gpu import gpu_estimate, method_of
from whytune.engine.costs.money import Money
from whytune.engine.costs.price_file import load_prices, prices
from whytune.engine.costs.tuning import TrainingData, tuning_estimate
from whytune.engine.language.case import resolve
from whytune.engine.language.casefile import read_case, read_cases
from whytune.engine.language.evidence import evidence_of
from whytune.engine.language.loading import loads
from whytune.engine.language.named import KINDS
from whytune.engine.language.problems import CODES, MAX_PROBLEMS, Problem, Sentence
from whytune.engine.language.settings import from_settings
from whytune.engine.language.source import MAX_BYTES, decode
from whytune.engine.ledger import store
from whytune.engine.ledger.record import Circumstances, Head
from whytune.engine.ledger.recorded import facts_of
from whytune.engine.ledger.store import Ledger
from whytune.engine.meaning.diagram import DecisionDiagram, Ground
from whytune.engine.meaning.search import CellMove, cheapest
from whytune.engine.review.casebook.reading import checked_cases
from whytune.engine.review.difference.intent import read_intent
from whytune.exchange.crossing import Incoming
from whytune.exchange.dmn import read as read_dmn
from whytune.exchange.sheets.inspection import inspected
from whytune.exchange.sheets.workbook import Workbook
from whytune.exchange.sheets.xlsx_writing import xlsx
from whytune.keeping import made, stored

from . import ledgers, rooms
from .decision_models import decision, model, table
from .looks import tabled

BROKEN = Path(__file__).parent / "broken"
RULEBOOKS = sorted((BROKEN / "rulebooks").glob("*.yaml"))
INTENTS = sorted((BROKEN / "intents").glob("*.yaml"))
EDITS = BROKEN.parent / "edits"
CASES = sorted(path for path in (BROKEN / "cases").glob("*.yaml") if not path.name.startswith("_"))
CASEBOOKS = sorted((BROKEN / "casebooks").glob("*.yaml"))
PRICES = sorted((BROKEN / "prices").glob("*.yaml"))
COMPARISONS = sorted((BROKEN / "comparisons").glob("*.yaml"))
FILES = {
    "rulebooks": RULEBOOKS,
    "cases": CASES,
    "casebooks": CASEBOOKS,
    "prices": PRICES,
    "comparisons": COMPARISONS,
    "intents": INTENTS,
}
EVERY = [path for files in FILES.values() for path in files]
IN_TRANSCRIPTS = {
    "refused-request": "no token is demanded of them",
    "no-cases": "no case matches `",
    "unknown-rule": "unknown rule `",
    "unknown-section": "unknown section `",
    "no-table": "no table is about `",
    "unfit-sheet": "this cell only tells",
    "not-a-table": "no outcome stands here",
    "unknown-format": "does not end in a known format",
    "unwritable-file": "cannot be written: ",
    "unknown-check": "no check `",
    "file-exists": "already there: ",
    "unknown-approach": "unknown approach `",
    "unknown-dimension": "unknown dimension `",
    "unknown-model": "is not in the price list for fine-tuning",
    "no-price": "no price for `",
    "not-a-ledger": "not a ledger of whytune",
    "clock-backwards": "but the last record was made at",
    "bad-time": "is not a time",
    "unknown-record": "there is no record ",
    "wrong-value": "was made with another value of ",
    "wrong-key": "not an Ed25519 private key in PEM",
    "bad-checkpoint": "not a checkpoint",
    "bad-export": "not an export of a ledger",
    "another-rulebook": "no record is by this rulebook",
}
"""Codes that only the command line reports, and what some transcript shows of them."""

Generated = Callable[[Path, pytest.MonkeyPatch], Any]


def said(action: Callable[[], object]) -> WhytuneError:
    with pytest.raises(WhytuneError) as caught:
        action()
    return caught.value


def code_of(path: Path) -> str:
    """The code that a file stands for: the longest one with which its name begins."""
    return max((code for code in CODES if f"{path.stem}-".startswith(f"{code}-")), key=len, default="several")


def compare(paths: list[Path], read: Callable[[Path], object], record: bool) -> None:
    """Holds each file to the text beside it that says what is wrong, and to the code after which it is named."""
    errors = {path: _error(partial(read, path)) for path in paths}
    expected = {path: path.with_suffix(".expected") for path in paths}
    if record:
        for path, text in expected.items():
            text.write_text(f"{errors[path]}\n")
    assert {path.stem: f"{error}\n" for path, error in errors.items()} == {
        path.stem: text.read_text() for path, text in expected.items()
    }
    codes = {path: {problem.code for problem in error.problems} for path, error in errors.items() if error}
    assert [path.stem for path in paths if code_of(path) not in {"several", *codes[path]}] == []


def _error(action: Callable[[], object]) -> WhytuneError | None:
    try:
        action()
    except WhytuneError as error:
        return error
    return None


def test_a_broken_rulebook_says_what_is_wrong(record: bool) -> None:
    def read(path: Path) -> object:
        return loads({file.name: file.read_bytes() for file in [path, *path.parent.glob(f"{path.stem}.csv")]})

    compare(RULEBOOKS, read, record)


def test_a_broken_case_says_what_is_wrong(record: bool, small: Rulebook) -> None:
    def read(path: Path) -> object:
        written = read_case(decode(path.read_bytes(), path.name))
        evidence_of(written.evidence, small.vocabulary)
        return resolve(small.vocabulary, written.given)

    compare(CASES, read, record)


def test_a_broken_case_of_a_rulebook_says_what_is_wrong(record: bool, small: Rulebook) -> None:
    compare(CASEBOOKS, lambda path: checked_cases(small, read_cases(decode(path.read_bytes(), path.name))), record)


def test_a_broken_price_list_says_what_is_wrong(record: bool) -> None:
    compare(PRICES, lambda path: prices(decode(path.read_bytes(), path.name)), record)


def test_a_broken_comparison_says_what_is_wrong(record: bool) -> None:
    compare(COMPARISONS, lambda path: comparison(decode(path.read_bytes(), path.name)), record)


def test_a_broken_intent_says_what_is_wrong(record: bool) -> None:
    old, new = (load(EDITS / name) for name in ("old", "fact"))
    compare(INTENTS, lambda path: read_intent(decode(path.read_bytes(), path.name), old, new), record)


@pytest.fixture(scope="module")
def small() -> Rulebook:
    return load(BROKEN / "cases" / "_rulebook.yaml")


def test_every_broken_file_has_its_expected_text_and_no_text_stands_alone() -> None:
    assert len(RULEBOOKS) > 50
    assert len(CASES) > 20
    for folder, files in FILES.items():
        assert len(files) > 5
        assert {path.stem for path in (BROKEN / folder).glob("*.expected")} == {path.stem for path in files}


def test_every_code_has_an_example() -> None:
    shown = "".join(path.read_text() for path in (BROKEN.parent / "transcripts").glob("*.txt"))
    in_transcripts = {code for code, said in IN_TRANSCRIPTS.items() if said in shown}
    examples = {code_of(path) for path in EVERY} | set(GENERATED) | in_transcripts
    assert [code for code in CODES if code not in examples] == []
    assert set(GENERATED) | set(IN_TRANSCRIPTS) <= set(CODES)


def test_every_code_is_written_somewhere_in_the_code() -> None:
    root = Path(__file__).parent.parent
    files = [path for folder in rooms.TOPS for path in (root / folder).rglob("*.py")]
    text = "\n".join(path.read_text() for path in files if path.name != "problems.py")
    text += (root / "engine" / "language" / "problems.py").read_text().split("MAX_PROBLEMS", 1)[1]
    built = {f"unknown-{kind}" for kind in KINDS}
    assert [code for code in CODES if f'"{code}"' not in text and code not in built] == []


def dated_rules_on_no_day(folder: Path, _: pytest.MonkeyPatch) -> object:
    valid = "    valid: {from: 2026-01-01}\n    if:"
    written = (BROKEN / "cases" / "_rulebook.yaml").read_text().replace("    if:", valid, 1)
    (folder / "dated.yaml").write_text(written)
    return whytune.load(folder / "dated.yaml").case()


def no_file(folder: Path, _: pytest.MonkeyPatch) -> object:
    return load(folder / "none.yaml")


def a_folder_named_like_a_file(folder: Path, _: pytest.MonkeyPatch) -> object:
    (folder / "rules.yaml").mkdir()
    return load(folder)


def more_than_a_mebibyte(folder: Path, _: pytest.MonkeyPatch) -> object:
    return loads({"big.yaml": b"#" * (MAX_BYTES + 1)})


def latin_letters(folder: Path, _: pytest.MonkeyPatch) -> object:
    return loads({"latin.yaml": "# one\n# déjà vu\n".encode("latin-1")})


def the_facts_in_two_files(folder: Path, _: pytest.MonkeyPatch) -> object:
    whole = (BROKEN / "cases" / "_rulebook.yaml").read_bytes()
    return loads({"first.yaml": whole, "second.yaml": b"facts: []\n"})


def a_name_that_is_not_shipped(folder: Path, _: pytest.MonkeyPatch) -> object:
    return load("gide")


def a_diagram_of_four_nodes(folder: Path, _: pytest.MonkeyPatch) -> object:
    return DecisionDiagram(load(BROKEN / "cases" / "_rulebook.yaml"), max_nodes=4)


def more_durable_rules_than_ten(folder: Path, patch: pytest.MonkeyPatch) -> object:
    patch.setattr(limits, "MAX_RULES", 10)
    return limits.fit(stages(load(BROKEN / "cases" / "_rulebook.yaml")))


def more_mistakes_than_are_listed(folder: Path, _: pytest.MonkeyPatch) -> object:
    return loads({"many.yaml": "".join(f"k{index}: 1\n" for index in range(5_000)).encode()})


def one_fact_set_twice(folder: Path, _: pytest.MonkeyPatch) -> object:
    return from_settings(["examples=1", "examples=2"], load(BROKEN / "cases" / "_rulebook.yaml").vocabulary)


def no_durable_rules(folder: Path, patch: pytest.MonkeyPatch) -> object:
    patch.setitem(sys.modules, "durable_rules_engine", None)
    return session._core()


def no_graphviz(folder: Path, patch: pytest.MonkeyPatch) -> object:
    patch.setitem(sys.modules, "pygraphviz", None)
    patch.setenv("PATH", str(folder))
    return render("graph {}", "svg")


def a_graphviz_that_fails(folder: Path, patch: pytest.MonkeyPatch) -> object:
    program = folder / "dot"
    program.write_text("#!/bin/sh\nexit 1\n")
    program.chmod(0o755)
    return no_graphviz(folder, patch)


def a_picture_of_501_nodes(folder: Path, _: pytest.MonkeyPatch) -> object:
    crowd = tuple(Box(str(index), "x", "fact") for index in range(501))
    return draw(Graph("Crowd", "A crowd", "en", crowd, ()), "svg")


def a_picture_for_a_terminal(folder: Path, patch: pytest.MonkeyPatch) -> None:
    patch.setattr(sys.stdout, "isatty", lambda: True)
    write(Graph("Small", "Nothing", "en", (), ()), "png", None, "en")


def a_fact_of_two_kinds(folder: Path, _: pytest.MonkeyPatch) -> object:
    small = (BROKEN / "cases" / "_rulebook.yaml").read_text()
    other = small.replace("fact: weight\n    kind: number", "fact: weight\n    kind: whole_number").replace("0.5", "1")
    return Ground(loads({"small.yaml": small.encode()}), loads({"other.yaml": other.encode()}))


TODAY = date(2026, 11, 22)


def a_method_that_is_none(folder: Path, _: pytest.MonkeyPatch) -> object:
    return method_of("lore")


def a_gpu_that_is_not_listed(folder: Path, _: pytest.MonkeyPatch) -> object:
    return gpu_estimate(load_prices(), "Llama-3-8B", "lora", TODAY, gpu="A10", tokens=100)


def a_provider_that_is_not_listed(folder: Path, _: pytest.MonkeyPatch) -> object:
    return gpu_estimate(load_prices(), "Llama-3-8B", "lora", TODAY, gpu="A100", tokens=100, provider="lambada")


def a_hosting_that_is_not_listed(folder: Path, _: pytest.MonkeyPatch) -> object:
    return load_prices().hosted("azure", TODAY)


def training_by_the_hour_without_hours(folder: Path, _: pytest.MonkeyPatch) -> object:
    return tuning_estimate(load_prices(), "o4-mini", TODAY, TrainingData(1, 1))


def training_by_the_token_with_hours(folder: Path, _: pytest.MonkeyPatch) -> object:
    return tuning_estimate(load_prices(), "gpt-4o", TODAY, TrainingData(1, 1), Decimal(1))


def euros_and_dollars(folder: Path, _: pytest.MonkeyPatch) -> object:
    return Money.none("EUR") + Money.none("USD")


def no_matplotlib(folder: Path, patch: pytest.MonkeyPatch) -> object:
    patch.setitem(sys.modules, "matplotlib", None)
    line = Series("a line", [(0, 0), (1, 1)])
    return plot(Chart("Chart", "x", "y", (line, line), None, "nothing"), "svg").data


def no_solver(folder: Path, patch: pytest.MonkeyPatch) -> object:
    patch.setitem(sys.modules, "pysat.solvers", None)
    return Ground(load(BROKEN / "cases" / "_rulebook.yaml"), in_clauses=True)


def no_xlsxwriter(folder: Path, patch: pytest.MonkeyPatch) -> object:
    patch.setitem(sys.modules, "xlsxwriter", None)
    return xlsx(Workbook("Empty", ()))


def a_text_called_a_workbook(folder: Path, _: pytest.MonkeyPatch) -> object:
    return inspected(b"a,b,c", "book.xlsx")


def a_workbook_with_macros(folder: Path, _: pytest.MonkeyPatch) -> object:
    with zipfile.ZipFile(folder / "book.xlsx", "w") as book:
        book.writestr("xl/vbaProject.bin", b"")
    return inspected((folder / "book.xlsx").read_bytes(), "book.xlsx")


def no_starlette(folder: Path, patch: pytest.MonkeyPatch) -> object:
    patch.setitem(sys.modules, "starlette.responses", None)
    for name in [name for name in sys.modules if name.startswith("whytune.web")]:
        patch.delitem(sys.modules, name)
    return serve.main(["--port", "0"], standalone_mode=False)


def no_duckdb(folder: Path, patch: pytest.MonkeyPatch) -> object:
    patch.setitem(sys.modules, "duckdb", None)
    with parquet_table("tasks.parquet", Bulk(Advisor.load("guide"))) as read:
        return read


def no_spark(folder: Path, patch: pytest.MonkeyPatch) -> object:
    patch.setitem(sys.modules, "pyspark", None)
    return answered_by_spark("tasks", str(folder / "advised"), "local[2]", Bulk(Advisor.load("guide")), print)


def a_master_that_is_not_there(folder: Path, patch: pytest.MonkeyPatch) -> object:
    class Refusing:
        """A session builder, and its own errors, of a Spark that finds no master."""

        def __getattr__(self, name: str) -> Any:
            return self

        def __call__(self, *arguments: Any, **more: Any) -> Any:
            return self

        def getOrCreate(self) -> None:  # noqa: N802  Spark's own name
            raise ConnectionError("[NO_MASTER] nobody answers\nat line 3")

    patch.setattr("whytune.cli.outside.spark._pyspark", lambda: (Refusing(), (ConnectionError,)))
    return answered_by_spark("tasks", str(folder / "advised"), "spark://h:1", Bulk(Advisor.load("guide")), print)


def no_mcp(folder: Path, patch: pytest.MonkeyPatch) -> object:
    patch.setitem(sys.modules, "mcp.server", None)
    patch.delitem(sys.modules, "whytune.web.assistants.protocol", raising=False)
    return mcp.callback and mcp.callback(("guide",), None, 1)


def a_service_without_seats(folder: Path, patch: pytest.MonkeyPatch) -> object:
    apart = pytest.importorskip("whytune.web.apart", reason="needs whytune[web]")
    return apart.Workshop(0, 0).run(sorted, [])


def an_answer_after_no_time(folder: Path, patch: pytest.MonkeyPatch) -> object:
    apart = pytest.importorskip("whytune.web.apart", reason="needs whytune[web]")
    return apart.Workshop(1, 0).run(sorted, [])


def a_service_that_fails(folder: Path, patch: pytest.MonkeyPatch) -> object:
    raise pytest.importorskip("whytune.web.refusal", reason="needs whytune[web]").defect()


def an_address_of_nothing(folder: Path, patch: pytest.MonkeyPatch) -> object:
    raise pytest.importorskip("whytune.web.refusal", reason="needs whytune[web]").no_such("/v2")


def from_dmn(data: bytes) -> object:
    return read_dmn(Incoming({"": data}, "m.dmn", "en"))


def a_model_that_ends_too_soon(folder: Path, _: pytest.MonkeyPatch) -> object:
    return from_dmn(b"<definitions>")


def a_page_instead_of_a_model(folder: Path, _: pytest.MonkeyPatch) -> object:
    return from_dmn(b"<html/>")


def a_model_that_compares_inputs(folder: Path, _: pytest.MonkeyPatch) -> object:
    return from_dmn(model(decision("It", table(["N"], [["> Limit", '"a"']]))))


def git_that_is_not_there(folder: Path, patch: pytest.MonkeyPatch) -> object:
    patch.setenv("PATH", str(folder))
    return load_either("git:HEAD:rules", "rules")


def a_folder_without_a_repository(folder: Path, patch: pytest.MonkeyPatch) -> object:
    patch.setenv("GIT_CEILING_DIRECTORIES", str(folder.parent))
    return load_either(f"git:HEAD:{folder}/rules", "rules")


def a_rulebook_committed_with_a_mistake(_: Path, patch: pytest.MonkeyPatch) -> object:
    patch.setattr(git, "_files", lambda revision, path: {"main:my-rules/rules.yaml": b"rulebook: {name: my-rules}"})
    return load_either("git:main", "my-rules")


def a_search_of_three_steps(folder: Path, _: pytest.MonkeyPatch) -> object:
    diagram = Advisor.load("guide").diagram
    return cheapest(diagram.advice["approach"], lambda fact, chosen: [CellMove(1, 0)], lambda outcome: True, max_work=3)


def a_ledger_of_version_2(folder: Path, patch: pytest.MonkeyPatch) -> object:
    with patch.context() as newer:
        newer.setattr(store, "VERSION", 2)
        ledgers.recorded(folder / "l", 1)
    return Ledger.to_read(folder / "l")


def a_locked_ledger(folder: Path, _: pytest.MonkeyPatch) -> object:
    ledgers.recorded(folder / "l", 1)
    with closing(sqlite3.connect(folder / "l", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with Ledger.to_append(folder / "l", seconds=0) as ledger:
            return ledger.append(ledgers.drafted({"member": True}), lambda: ledgers.at(1))


def a_changed_record(folder: Path, _: pytest.MonkeyPatch) -> object:
    ledgers.recorded(folder / "l", 1)
    with ledgers.opened_up(folder / "l") as connection:
        connection.execute("UPDATE records SET body = replace(body, 'Ada', 'Bob')")
    with Ledger.to_append(folder / "l") as ledger:
        return ledger.append(ledgers.drafted({"member": True}), lambda: ledgers.at(1))


def a_disk_of_ten_pages(folder: Path, _: pytest.MonkeyPatch) -> object:
    with Ledger.to_append(folder / "l") as ledger:
        ledger._database.rows("PRAGMA max_page_count = 10")
        return [ledger.append(ledgers.drafted({"member": True}), lambda: ledgers.at(1)) for _ in range(9)]


def a_rulebook_edited_meanwhile(folder: Path, _: pytest.MonkeyPatch) -> object:
    (folder / "rules.yaml").write_text(ledgers.RULEBOOK.read_text().replace("cut_at: [20]", "cut_at: [30]"))
    answer = ledgers.ADVISOR.advise({"member": True})
    return made(answer, stored(str(folder / "rules.yaml")), Circumstances(), keep_sensitive=True)


def a_record_that_keeps_a_fact_out(folder: Path, _: pytest.MonkeyPatch) -> object:
    record = ledgers.drafted({"debt": 5}).sealed(Head(), ledgers.at(0))
    return facts_of(record, ledgers.ADVISOR.rulebook)


def a_clock_of_1970(_: Path, monkeypatch: pytest.MonkeyPatch) -> object:
    class Clock(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Clock:
            return cls(1970, 1, 1, 0, 0, 5, tzinfo=tz)

    monkeypatch.setattr(session, "datetime", Clock)
    return Advisor(ledgers.ADVISOR.whole).advise({"member": True, "days": 1})


def a_price_checked_tomorrow(folder: Path, _: pytest.MonkeyPatch) -> object:
    return load_prices("guide", date(2026, 8, 4))


GENERATED: dict[str, tuple[Generated, str]] = {
    "missing-file": (no_file, "{folder}/none.yaml: no such file"),
    "unreadable-file": (a_folder_named_like_a_file, "{folder}/rules.yaml: cannot be read: is a directory"),
    "too-large": (more_than_a_mebibyte, "big.yaml: larger than 1 MiB\n  hint: split it into several files"),
    "not-utf8": (latin_letters, "latin.yaml:2: not UTF-8 text\n  hint: save the file as UTF-8"),
    "said-twice": (
        the_facts_in_two_files,
        "second.yaml:1:1: `facts:` appears in a second file\n  hint: keep them together in first.yaml",
    ),
    "unknown-rulebook": (a_name_that_is_not_shipped, "unknown rulebook `gide`\n  hint: did you mean `guide`?"),
    "diagram-too-large": (a_diagram_of_four_nodes, "the decision diagram passes 4 nodes"),
    "too-many-rules": (more_durable_rules_than_ten, "the rulebook needs "),
    "too-many-problems": (
        more_mistakes_than_are_listed,
        f"more than {MAX_PROBLEMS} problems\n  hint: here are the first",
    ),
    "incomparable-fact": (a_fact_of_two_kinds, "the fact `weight` is of two kinds here, number and whole_number"),
    "no-sheets": (no_xlsxwriter, "workbooks need packages that are not installed\n  hint: pip install"),
    "bad-workbook": (a_text_called_a_workbook, "book.xlsx: not a workbook that can be read\n  hint: save it anew"),
    "refused-content": (a_workbook_with_macros, "book.xlsx: it holds macros, which are refused\n  hint: save a copy"),
    "no-git": (git_that_is_not_there, "git is not installed, or does not answer"),
    "unknown-revision": (a_folder_without_a_repository, "git knows no `HEAD`"),
    "unsound-revision": (
        a_rulebook_committed_with_a_mistake,
        "`my-rules` as of `main` was committed with mistakes\n  hint: compare with a commit before them, git:REVISION",
    ),
    "no-solver": (
        no_solver,
        "python-sat, which answers where a decision diagram would be too large, is not installed\n"
        "  hint: pip install 'whytune[solver]'",
    ),
    "search-too-large": (a_search_of_three_steps, "not found within 3 steps of search"),
    "contradiction": (one_fact_set_twice, "--set examples=2: `examples` is set twice\n  hint: keep one of the two"),
    "engine-missing": (no_durable_rules, "durable-rules is not installed"),
    "clock-unset": (a_clock_of_1970, "the clock of this machine says that it is 1970-01-01\n  hint: set it"),
    "no-day": (
        dated_rules_on_no_day,
        "this rulebook has dates, and no day is asked about\n  hint: name one where it is loaded: whytune.load(",
    ),
    "day-to-come": (a_price_checked_tomorrow, "guide/prices.yaml:"),
    "no-graphviz": (no_graphviz, "Graphviz is not installed"),
    "not-drawn": (a_graphviz_that_fails, "Graphviz could not draw this"),
    "too-large-to-draw": (a_picture_of_501_nodes, "the picture would have 501 nodes"),
    "unknown-method": (a_method_that_is_none, "unknown method `lore`\n  hint: did you mean `lora`?"),
    "unknown-gpu": (
        a_gpu_that_is_not_listed,
        "the GPU `A10` is not in the price list; training needs as much memory on it as on another\n"
        "  hint: did you mean `A100`? the price list has A100-80GB, H100-80GB",
    ),
    "unknown-provider": (
        a_provider_that_is_not_listed,
        "no price for `A100-80GB` at `lambada`\n  hint: did you mean `Lambda`?",
    ),
    "unknown-hosting": (a_hosting_that_is_not_listed, "the hosting `azure` is not in the price list; an amount"),
    "missing-quantity": (training_by_the_hour_without_hours, "`o4-mini-2025-04-16` is trained by the hour"),
    "unfit-quantity": (training_by_the_token_with_hours, "`gpt-4o-2024-08-06` is trained by the token"),
    "mixed-currency": (euros_and_dollars, "amounts in `EUR` and `USD` cannot be added up\n  hint: give every"),
    "no-plotting": (no_matplotlib, "matplotlib, which draws charts, is not installed\n  hint: pip install"),
    "newer-ledger": (a_ledger_of_version_2, "{folder}/l: a ledger of version 2; this whytune knows 1"),
    "ledger-busy": (a_locked_ledger, "{folder}/l: another program is writing to the ledger and does not finish"),
    "ledger-damaged": (a_changed_record, "{folder}/l: record 1 is damaged\n  hint: nothing was added"),
    "disk-failure": (a_disk_of_ten_pages, "{folder}/l: the disk fails: database or disk is full"),
    "rulebook-changed": (
        a_rulebook_edited_meanwhile,
        "{folder}/rules.yaml: the rulebook was edited while the advice was given",
    ),
    "facts-kept-out": (a_record_that_keeps_a_fact_out, "record 1-"),
    "no-web": (no_starlette, "`starlette`, which serves pages, is not installed\n  hint: pip install 'whytune[web]'"),
    "no-duckdb": (
        no_duckdb,
        "`duckdb`, which reads frames and Parquet, is not installed\n  hint: pip install 'whytune[bulk]'",
    ),
    "no-spark": (no_spark, "`pyspark`, which runs Spark, is not installed\n  hint: pip install 'whytune[spark]'"),
    "spark-failure": (
        a_master_that_is_not_there,
        "tasks: the rows cannot be answered by Spark: [NO_MASTER] nobody answers\n  hint: it takes Java 17; `spark://h:1`",
    ),
    "no-mcp": (no_mcp, "`mcp`, which talks with assistants, is not installed\n  hint: pip install 'whytune[mcp]'"),
    "too-busy": (a_service_without_seats, "too many requests at once\n  hint: ask again in a moment"),
    "too-slow": (an_answer_after_no_time, "no answer within 0 seconds"),
    "unknown-address": (an_address_of_nothing, "nothing is at `/v2`\n  hint: /openapi.json lists what is there"),
    "defect": (a_service_that_fails, "whytune is in error and gives no answer\n  hint: go back and ask otherwise"),
    "xml-syntax": (a_model_that_ends_too_soon, "m.dmn:1:14: not XML: no element found"),
    "not-dmn": (a_page_instead_of_a_model, "m.dmn:1:1: `html` is not a decision model of DMN\n  hint: whytune reads"),
    "unsayable": (a_model_that_compares_inputs, "m.dmn:2:"),
    "no-terminal": (a_picture_for_a_terminal, "png is not for a terminal"),
}


@pytest.mark.parametrize("code", GENERATED)
def test_a_mistake_that_no_text_file_can_hold_is_said_too(
    code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make, begins = GENERATED[code]
    error = said(lambda: make(tmp_path, monkeypatch))
    assert error.problems[0].code == code
    assert str(error).startswith(begins.replace("{folder}", str(tmp_path)))


def test_every_message_is_one_short_line_in_the_words_of_the_user() -> None:
    for path in EVERY:
        for line in path.with_suffix(".expected").read_text().splitlines():
            text = line.removeprefix("  hint: ").removeprefix(f"{path.name}:")
            text = re.sub(r"^[\d:]*:? ?", "", text)
            assert len(line) <= 260
            assert not re.match(r"[A-Z]", text)
            assert not re.search(r"\b(None|dict|tuple|pydantic|[Ii]nput should|validation)\b", text)


def lines_of(error: WhytuneError) -> Iterator[int]:
    return (problem.span.line for problem in error.problems if problem.span and problem.span.line)


def test_all_mistakes_are_reported_in_one_run_in_the_order_of_their_places() -> None:
    error = said(lambda: loads({"all.yaml": (BROKEN / "several-mistakes.yaml").read_bytes()}))
    assert [problem.code for problem in error.problems] == [
        "unknown-key",
        "wrong-type",
        "unknown-value",
        "unknown-decision",
        "missing-source",
    ]
    assert list(lines_of(error)) == sorted(lines_of(error))


def test_mistakes_in_several_files_are_reported_together() -> None:
    error = said(lambda: loads({"b.yaml": b"a: [", "a.yaml": b"\xff", "c.yaml": b""}))
    assert [problem.span.source for problem in error.problems if problem.span] == ["a.yaml", "b.yaml", "c.yaml"]


def valid() -> str:
    return (BROKEN / "cases" / "_rulebook.yaml").read_text()


@tabled(
    ("old", "new", "code"),
    [
        ("    label: Urgent", "    lable: Urgent", {"unknown-key", "missing-text"}),
        ("    kind: choice\n", "    kind: choose\n", {"wrong-type"}),
        ("cut_at: [100]", "cut_at: [hundred]", {"wrong-type"}),
        ("    label: In danger", "    label: ''", {"bad-text"}),
        ("    if_several_stand: refer", "", {"missing-key"}),
        ("    because: Red and urgent is dangerous.", "", {"missing-text"}),
        ("    title: A memo", "", {"missing-text"}),
        ("  - document: memo", "  - documnt: memo", {"unknown-key", "missing-key"}),
        ("  - fact: urgent", "  - fcat: urgent", {"unknown-key", "missing-key"}),
        ("conclusions:", "conclusion:", {"unknown-key"}),
    ],
)
def test_a_mistake_in_one_part_makes_no_other_name_unknown(old: str, new: str, code: set[str]) -> None:
    assert old in valid()
    error = said(lambda: loads({"tiny.yaml": valid().replace(old, new, 1).encode()}))
    assert {problem.code for problem in error.problems} == code


def test_that_there_are_too_many_mistakes_is_said_once_however_often_they_are_gathered() -> None:
    problems = [Problem("missing-key", Sentence("no `{key}`", key=str(number))) for number in range(MAX_PROBLEMS + 1)]
    gathered = WhytuneError([*WhytuneError(problems).problems, problems[-1]])
    assert [problem.code for problem in gathered.problems] == ["too-many-problems", *["missing-key"] * MAX_PROBLEMS]
