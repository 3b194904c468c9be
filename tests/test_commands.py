"""What single commands do that a transcript would show too late or at too great length."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from whytune.cli import cli
from whytune.engine import WhytuneError
from whytune.engine.language.translations import FILE, confirmed_of

from .generated import decision, fact, framed, rule
from .looks import tabled

GUIDE = Path(__file__).parent.parent / "rules" / "guide"
CHECKS = Path(__file__).parent / "checks"
OPEN_FACTS = ("--set", "prompt_enough=no", "--set", "external_knowledge=no", "--set", "need=latency")


DEPENDS = {"wet": "beside", "far": "way"}
"""The fact on which each of two decisions depends, the main one last."""


def run(*arguments: str, said: str = "") -> Result:
    return CliRunner().invoke(cli, arguments, input=said)


@pytest.mark.slow
def test_a_command_does_not_look_through_all_installed_packages() -> None:
    code = """
import sys
from whytune.cli import main
def look(event, given):
    if event == "open" and str(given[0]).endswith("entry_points.txt"):
        print(given[0])
sys.addaudithook(look)
sys.argv = ["whytune", "rulebooks", "--format", "json"]
main()
"""
    environment = {name: value for name, value in os.environ.items() if name != "PYDANTIC_DISABLE_PLUGINS"}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)
    assert "guide" in done.stdout
    assert "entry_points.txt" not in done.stdout


@pytest.mark.slow
def test_advice_is_given_without_importing_what_judges_or_prices_rulebooks() -> None:
    code = """
import atexit, sys
from whytune.cli import main
atexit.register(lambda: print(*sys.modules))
sys.argv = ["whytune", "advise", "--set", "prompt_enough=yes"]
main()
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    modules = done.stdout.splitlines()[-1].split()
    assert "whytune.engine.advice.advisor" in modules
    others = ("whytune.engine.review", "whytune.engine.costs", "whytune.engine.bulk", "whytune.engine.ledger")
    assert not [name for name in modules if name.startswith(others)]


def test_a_program_that_imports_the_command_line_stays_as_it_is() -> None:
    code = """
import gc, os
before = dict(os.environ), gc.get_threshold()
import whytune.cli
assert (dict(os.environ), gc.get_threshold()) == before
"""
    environment = {name: value for name, value in os.environ.items() if name != "PYDANTIC_DISABLE_PLUGINS"}
    subprocess.run([sys.executable, "-c", code], check=True, env=environment)


def test_the_codebook_asks_the_rulebook_that_it_is_of(tmp_path: Path) -> None:
    copy = tmp_path / "guide"
    shutil.copytree(GUIDE, copy)
    asked = {str(copy): f"case.yaml --rulebook {copy}", "practice": "--rulebook practice", "guide": "case.yaml"}
    for rulebook, options in asked.items():
        told = run("facts", "--rulebook", rulebook, "--format", "prompt").stdout
        assert told.rstrip("`\n").endswith(options)


def test_an_empty_line_leaves_an_assumption_an_assumption_and_is_not_asked_again() -> None:
    done = run("ask", *OPEN_FACTS, "--format", "json", said="\n" * 20)
    assert done.exit_code == 0
    answer = json.loads(done.stdout)
    assert answer["decisions"]["approach"]["status"] == "provisional"
    assert done.stderr.count("(assumed)] > ") == len(set(done.stderr.split("(assumed)] > "))) - 1
    assert done.stderr.count("of high quality?") == 1


def test_an_empty_line_can_be_taken_back() -> None:
    done = run("ask", *OPEN_FACTS, said="\nback\n1500\nquit\n")
    assert done.stderr.count("of high quality?") == 2
    assert "good_examples: 1500" in done.stdout


@tabled("name", ["prompt_is_enough", "approach.if_none_stands", "approach.if_several_stand", "edition"])
@tabled("format_", ["text", "json"])
def test_rules_policies_and_notes_are_shown_by_name(name: str, format_: str) -> None:
    done = run("rules", name, "--format", format_)
    assert done.exit_code == 0
    assert name in done.stdout
    assert "guide/" in done.stdout


def test_notes_are_listed_with_their_names() -> None:
    assert "edition: " in run("rules").stdout


def test_an_open_case_is_told_once_what_its_costs_lack() -> None:
    said = " ".join(run("advise", "--set", "prompt_enough=no", "--compare", "--costs").stdout.split())
    assert said.count("Tokens per example") == said.count("--set tokens_per_example=…") == 1
    assert "Nothing to compare yet" in said
    assert "both still possible" not in said


@pytest.mark.parametrize("prints", ["{}", '"0123456789abcdef"', '"0123456789aB"', "1", '""'])
def test_a_fingerprint_has_twelve_hexadecimal_digits(tmp_path: Path, prints: str) -> None:
    folder = Path(shutil.copytree(GUIDE, tmp_path / "guide"))
    (folder / "translations.json").write_text(f'{{"note.edition.title": {{"en": {prints}}}}}')
    with pytest.raises(WhytuneError, match="write it again with `whytune check --confirm-translations`"):
        confirmed_of(str(folder))


@pytest.mark.slow
def test_suggestions_say_whether_there_are_more_of_them(tmp_path: Path) -> None:
    """As many runs as it takes to cover the guide, whose paths are more than are suggested at once."""
    folder = Path(shutil.copytree(GUIDE, tmp_path / "guide", ignore=shutil.ignore_patterns("cases")))
    (folder / "cases").mkdir()
    heads = []
    while "Nothing to suggest" not in (said := run("test", str(folder), "--suggest").stdout):
        heads.append(said.splitlines()[1].startswith("# These are not all"))
        (folder / "cases" / f"suggested_{len(heads)}.yaml").write_text(said)
    assert heads == [True, False]


def test_confirming_translations_lists_what_is_accepted_and_was_not_before(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(CHECKS / "stale-translation", tmp_path / "parcels"))
    confirmed = json.loads((folder / FILE).read_text())
    del confirmed["decision.carrier.ask"]
    (folder / FILE).write_text(json.dumps(confirmed))
    _, *said = run("check", str(folder), "--confirm-translations").stdout.splitlines()
    text = " ".join(" ".join(said).split())
    assert "`rule.urgent_by_courier.because` changed in en and not in zh" in text
    assert "`decision.carrier.ask` is new changed: 1, new: 1" in text
    assert "Nothing has changed since" in run("check", str(folder), "--confirm-translations").stdout


def test_translations_are_confirmed_anew_where_the_old_file_cannot_be_read(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(CHECKS / "stale-translation", tmp_path / "parcels"))
    (folder / FILE).write_text("]")
    assert "changed: 0, new: 13" in run("check", str(folder), "--confirm-translations").stdout
    assert len(confirmed_of(str(folder))) == 13


@pytest.mark.parametrize(
    "command", [("flip",), ("reason",), ("next",), ("why",), ("why-not", "q")], ids=lambda words: words[0]
)
def test_an_answer_names_the_one_of_several_decisions_that_it_is_about(
    tmp_path: Path, command: tuple[str, ...]
) -> None:
    rows = [decision(name, ["p", "q"], "q", "refer") for name in ("z", "a")]
    rules = [rule(f"{name}_if_f", **{"if": {"f": "yes"}}, propose={name: "p"}) for name in "za"]
    book, case = tmp_path / "two.yaml", tmp_path / "case.yaml"
    book.write_text(json.dumps(framed(facts=[fact("f", "yes_no")], rules=rules, decisions=rows)))
    case.write_text("f: yes")
    words = (command[0], "-r", str(book), str(case), *command[1:])
    assert run(*words).stdout.splitlines()[0] == "a?"
    assert run(*words, "-d", "z").stdout.splitlines()[0] == "z?"
    assert json.loads(run(*words, "-f", "json").stdout)["decision"] == "a"


@pytest.mark.slow
def test_an_interview_says_why_it_asks_on_and_on_what_its_end_rests() -> None:
    replies = "untested\nyes\nwhy\nyes\nno\nyes\nno\nunknown\nuntested\n\n\n\n"
    done = run("ask", "--rulebook", "practice", "--as-of", "2026-11-22", said=replies)
    text = " ".join(done.stderr.split())
    assert "yes or no RAG (retrieval) By itself this answer changes nothing" in text
    assert ", of at most 29 now that an answer is not known" in text
    assert (
        "where it is not, others may Not asked, since no answer changes the advice on “Which approach fits the task?”"
        in text
    )
    assert "No longer matters to “Which approach fits the task?”" in text


def test_an_interview_goes_on_to_what_else_the_answer_tells(tmp_path: Path) -> None:
    """And what a reader left as it is assumed is no next question of the answer."""
    facts = [fact(name, "yes_no", label=name, assume=False) for name in ("wet", "far")]
    ways = [decision(name, ["go", "stay"], "stay", "refer") for name in ("beside", "way")]
    rules = [rule(f"{name}_{way}", **{"if": {name: "yes"}}, propose={way: "go"}) for name, way in DEPENDS.items()]
    book = tmp_path / "two.yaml"
    book.write_text(json.dumps(framed(facts=facts, rules=rules, decisions=ways)))
    done = run("ask", "-r", str(book), said="\nmore\nyes\n\n")
    asked = " ".join(done.stderr.split())
    assert "bear on “beside?”: type `more` to be asked for them, too (at most 1 questions)" in asked
    assert "2. wet yes" in asked.split("Your answers")[-1]
    assert "bear on" not in asked.split("Your answers")[-1]
    answer = " ".join(done.stdout.split())
    assert ("Next question" in answer, "To find out: far?" in answer) == (False, True)
    assert "beside? go" in answer


def test_an_estimate_takes_numbers_as_people_write_them() -> None:
    """In options as in the form of a page."""
    asked = ("cost", "tune", "--as-of", "2026-11-22", "--format", "json")
    plain = run(*asked, "--examples", "120000", "--tokens", "1500")
    assert plain.exit_code == 0
    assert run(*asked, "--examples", "120k", "--tokens", "1,500").stdout == plain.stdout
    assert "two numbers" in str(run(*asked, "--examples", "10.000", "--tokens", "1500").exception)


def test_a_short_answer_says_what_the_last_decision_assumes_and_how_to_ask_about_it() -> None:
    task = ("--rulebook", "practice", "--as-of", "2026-12-15", "--set", "prompt_result=worked_short")
    text = " ".join(run("advise", *task, "--set", "lookup=no").stdout.split())
    assert "by cause; assumed for this: Newer model untried: no; Failures show: not sorted yet" in text
    assert "`whytune why -d first_step`" in text
