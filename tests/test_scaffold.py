"""What `whytune new` writes loads at once, passes the checks without a finding, and changes nothing that was there."""

from __future__ import annotations

import json
import re
import shutil
from itertools import combinations
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from jsonschema import Draft7Validator

from whytune.cli import MAY_BE_EMPTY, cli
from whytune.engine import Advisor, WhytuneError, load
from whytune.engine.authoring import scaffold
from whytune.engine.costs.price_file import load_prices
from whytune.engine.language import source
from whytune.engine.language.case import resolve
from whytune.engine.language.casefile import read_case, read_cases
from whytune.engine.language.loading import loads, rulebook_files
from whytune.engine.language.text import PLACEHOLDER
from whytune.engine.meaning.study import Study
from whytune.engine.review.casebook.reading import checked_cases

from .editor import refused_lines
from .looks import sampled, tabled
from .reference import commands

ROOT = Path(__file__).parent.parent
GUIDE = ROOT / "rules" / "guide"
LANGUAGES = [("en",), ("zh",), ("en", "zh"), ("zh", "en"), ("fr",), ("de", "fr", "zh"), ("pt-BR", "en")]
SOME_LANGUAGES = [
    pytest.param(one, marks=[pytest.mark.slow] if place % 3 else []) for place, one in enumerate(LANGUAGES)
]


def whytune(*arguments: str) -> str:
    """What a command prints that does what it was asked."""
    done = CliRunner().invoke(cli, arguments)
    assert (done.exit_code, done.exception) == (0, None), done.output
    return done.output


def refused(*arguments: str) -> list[str]:
    """The codes of the problems for which a command does nothing."""
    done = CliRunner().invoke(cli, arguments)
    assert isinstance(done.exception, WhytuneError), done.output
    return [problem.code for problem in done.exception.problems]


def misused(*arguments: str) -> str:
    done = CliRunner().invoke(cli, arguments)
    assert done.exit_code == 2
    return done.output


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def guide(tmp_path: Path) -> Path:
    """A copy of the guide, to be changed."""
    return Path(shutil.copytree(GUIDE, tmp_path / "guide"))


@pytest.mark.parametrize("languages", SOME_LANGUAGES, ids="-".join)
def test_a_new_rulebook_loads_and_answers_its_own_cases(languages: tuple[str, ...]) -> None:
    files = scaffold.new_rulebook("my-rules", languages)
    rulebook = loads({name: text.encode() for name, text in files.items() if "/" not in name})
    assert (rulebook.name, rulebook.languages) == ("my_rules", languages)
    cases = {name: text for name, text in files.items() if name.startswith("cases/")}
    assert len(cases) == 3
    for name, text in cases.items():
        case = read_case(source.parse(text, name))
        answer = Advisor(rulebook).recommend(resolve(rulebook.vocabulary, case.given)).decisions["approach"]
        assert {"approach": answer.advice, "status": answer.status} == source.plain(case.expect)


@tabled("languages", LANGUAGES)
def test_every_text_of_a_new_rulebook_is_a_placeholder(languages: tuple[str, ...]) -> None:
    for name, text in scaffold.new_rulebook("x", languages).items():
        quoted = [line for line in text.splitlines() if line.endswith('"') and name.endswith(".yaml")]
        assert all(f': "{PLACEHOLDER}' in line for line in quoted), name
        assert quoted or name.startswith("schema/")


@pytest.mark.parametrize("languages", SOME_LANGUAGES, ids="-".join)
def test_the_files_of_a_new_rulebook_fit_its_schemas(languages: tuple[str, ...]) -> None:
    files = scaffold.new_rulebook("x", languages)
    for name, text in files.items():
        if name.endswith(".yaml"):
            schema = json.loads(files["schema/cases.json" if "/" in name else "schema/rulebook.json"])
            assert refused_lines(schema, text) == set(), name
            assert all(len(line) <= 120 for line in text.splitlines())


def test_a_new_rulebook_passes_the_check_once_its_placeholders_are_filled_in(tmp_path: Path) -> None:
    folder = tmp_path / "rules"
    said = whytune("new", "rulebook", str(folder), "--language", "en,zh")
    assert f"whytune check {folder}" in said
    assert f"whytune test {folder}" in said
    unwritten = sum(path.read_text().count(f'en: "{PLACEHOLDER}') for path in folder.glob("*.yaml"))
    places = sum(path.read_text().count(f'place: "{PLACEHOLDER}') for path in folder.glob("*.yaml"))
    unfilled = CliRunner().invoke(cli, ["check", str(folder)])
    found = unfilled.output.count("[placeholder:")
    assert unfilled.exit_code == 1
    assert found >= unwritten + places
    for path in folder.rglob("*.yaml"):
        path.write_text(path.read_text().replace(f"{PLACEHOLDER}: ", "Words: ").replace(f"{PLACEHOLDER}：", "文字："))
    assert whytune("check", str(folder)).strip() == "Nothing found"


@pytest.mark.parametrize(
    ("folder", "name"), [("My Rules 2", "my_rules_2"), ("2026", "rulebook"), ("规则", "rulebook"), ("yes", "rulebook")]
)
def test_a_rulebook_is_called_after_its_folder_where_that_is_a_name(folder: str, name: str, tmp_path: Path) -> None:
    whytune("new", "rulebook", str(tmp_path / folder))
    assert load(tmp_path / folder).name == name


@pytest.mark.parametrize("origin", ["guide", pytest.param("practice", marks=pytest.mark.slow)])
def test_a_copy_is_a_rulebook_of_its_own_and_all_else_stays(origin: str, tmp_path: Path) -> None:
    folder = tmp_path / "My Rules"
    whytune("new", "rulebook", str(folder), "--from", origin)
    copy = load(folder)
    assert (copy.name, copy.version) == ("my_rules", "1.0.0")
    assert load_prices(str(folder)).identity.name == "my_rules"
    before, after = contents(ROOT / "rules" / origin), contents(folder)
    assert before.keys() == after.keys()
    for name in before:
        old, new = (files[name].decode().splitlines() for files in (before, after))
        changed = [(line, other) for line, other in zip(old, new, strict=True) if line != other]
        assert all("my_rules" in other or other == "  version: 1.0.0" for _, other in changed), name
        assert changed or name not in ("rulebook.yaml", "prices.yaml", "schema/cases.json")
    assert "42 passed" in whytune("test", str(folder)) or origin != "guide"
    assert whytune("check", str(folder)).splitlines()[-1].startswith("notes: ")
    edit = whytune("diff", origin, str(folder)).splitlines()
    assert edit[1].startswith("Version: my_rules 1.0.0 beside ")
    assert not any(line.startswith("To adapt") for line in edit)


def test_the_copy_of_a_single_file_takes_its_rows_and_cases_along(tmp_path: Path) -> None:
    parcel = ROOT / "tests" / "checks" / "masked-veto.yaml"
    one = tmp_path / "one"
    (one / "cases").mkdir(parents=True)
    (one / "desk.yaml").write_bytes(parcel.read_bytes().replace(b"\n", b"\r\n"))
    (one / "cases" / "odd.yaml").write_text("case: Odd\ngiven: {}\n")
    whytune("new", "rulebook", str(tmp_path / "two"), "--from", str(one / "desk.yaml"))
    assert load(tmp_path / "two").name == "two"
    assert contents(tmp_path / "two")["cases/odd.yaml"] == b"case: Odd\ngiven: {}\n"
    assert b"\r\n  name: two\r\n" in contents(tmp_path / "two")["desk.yaml"]


@pytest.mark.slow
@pytest.mark.parametrize("prices", ["prices: 3", "- a"])
def test_what_stands_beside_an_origin_and_cannot_be_read_is_copied_as_it_is(prices: str, tmp_path: Path) -> None:
    one = tmp_path / "one"
    one.mkdir()
    (one / "rulebook.yaml").write_bytes((ROOT / "tests" / "checks" / "masked-veto.yaml").read_bytes())
    (one / "prices.yaml").write_text(prices)
    whytune("new", "rulebook", str(tmp_path / "two"), "--from", str(one))
    assert contents(tmp_path / "two")["prices.yaml"].decode() == prices


def test_no_rulebook_is_made_with_the_name_of_a_shipped_one(tmp_path: Path) -> None:
    assert refused("new", "rulebook", str(tmp_path / "guide")) == ["bad-name"]
    assert refused("new", "rulebook", str(tmp_path / "Practice"), "--from", "guide") == ["bad-name"]
    assert "--language" in misused("new", "rulebook", str(tmp_path / "x"), "--from", "guide", "-l", "en")
    assert contents(tmp_path) == {}


def test_nothing_that_is_there_is_overwritten(guide: Path, tmp_path: Path) -> None:
    before = contents(tmp_path)
    assert refused("new", "rulebook", str(guide)) == ["file-exists"]
    assert refused("new", "rulebook", str(guide / "facts.yaml")) == ["unwritable-file"]
    assert refused("new", "case", "json_invoices", "--rulebook", str(guide)) == ["file-exists"]
    assert refused("new", "rule", "prompt_is_enough", "--rulebook", str(guide)) == ["duplicate-id"]
    assert contents(tmp_path) == before


def test_a_folder_with_other_things_in_it_may_become_a_rulebook(tmp_path: Path) -> None:
    (tmp_path / "LICENSE").write_text("free")
    whytune("new", "rulebook", str(tmp_path))
    assert load(tmp_path)
    assert refused("new", "rulebook", str(tmp_path)) == ["file-exists"]


@pytest.mark.parametrize("file", ["framework.yaml", "scenarios.yaml"])
def test_a_new_rule_stands_at_the_end_of_its_file_and_all_else_is_as_it_was(file: str, guide: Path) -> None:
    before = contents(guide)
    whytune("new", "rule", "a_new_one", "--rulebook", str(guide), "--file", file)
    after = contents(guide)
    assert after[file].startswith(before[file].rstrip())
    assert {name for name in after if after[name] != before[name]} == {
        file,
        "schema/cases.json",
        "schema/rulebook.json",
    }
    rule = load(guide).rules[-1] if file == "scenarios.yaml" else load(guide).rule["a_new_one"]
    assert (rule.id, rule.section) == ("a_new_one", file.removesuffix(".yaml"))
    assert PLACEHOLDER in rule.title["en"]
    assert "a_new_one" in (guide / "schema" / "cases.json").read_text()


def test_a_new_rule_may_have_a_file_of_its_own(guide: Path) -> None:
    whytune("new", "rule", "a_new_one", "--rulebook", str(guide), "--file", str(guide / "own.yaml"))
    schema = json.loads((guide / "schema" / "rulebook.json").read_text())
    assert refused_lines(schema, (guide / "own.yaml").read_text()) == set()
    assert load(guide).places["rule", "a_new_one"].source.endswith("own.yaml")


def test_a_new_rule_names_all_that_it_may_test(guide: Path) -> None:
    whytune("new", "rule", "a_new_one", "--rulebook", str(guide), "--file", "own.yaml")
    text = (guide / "own.yaml").read_text()
    for name, subject in load(guide).subjects.items():
        assert (f"#   {name}: {', '.join(subject.named)}\n" in text) is (subject.kind != "decision")


@pytest.mark.parametrize("book", ["guide", "small"])
def test_what_a_new_rule_offers_besides_holds_once_its_marks_are_taken_away(book: str, guide: Path) -> None:
    files = small() if book == "small" else {path.name: path.read_bytes() for path in rulebook_files(guide)}
    text = scaffold.with_rule(files, "a_new_one", "own.yaml", None).text
    offered = re.compile(r"^( *)# ((?:except_if|rule_out|quote):.*)(?:\n +# (  .*))?$", re.MULTILINE)
    bare = offered.sub(lambda found: f"{found[1]}{found[2]}\n" + (f"{found[1]}{found[3]}" if found[3] else ""), text)
    rule = loads({**files, "own.yaml": bare.encode()}).rule["a_new_one"]
    assert all(exception.keys().isdisjoint(rule.all_of) for exception in rule.except_if)
    assert rule.propose
    assert rule.rule_out
    assert rule.sources[0].quote == "…"


@pytest.mark.parametrize(
    ("rule", "file"),
    sampled([("scenarios", "scenarios_2.yaml"), ("a_new_one", "a_new_one.yaml"), ("prices", "prices_2.yaml")], 2),
)
def test_where_rules_stand_in_several_files_a_new_one_gets_its_own(rule: str, file: str, guide: Path) -> None:
    before = contents(guide)
    assert file in whytune("new", "rule", rule, "--rulebook", str(guide))
    after = contents(guide)
    assert {name for name in after if after[name] != before.get(name)} == {
        file,
        "schema/cases.json",
        "schema/rulebook.json",
    }
    assert load(guide).places["rule", rule].source.endswith(file)


def test_a_case_that_is_yet_to_be_filled_in_stops_nothing(tmp_path: Path) -> None:
    folder = str(tmp_path / "mine")
    whytune("new", "rulebook", folder)
    whytune("new", "case", "one_more", "--rulebook", folder)
    place = f"{folder}/cases/one_more.yaml"
    said = whytune("test", folder)
    assert "3 passed, 1 not filled in yet" in said
    assert place in "".join(said.split())
    assert place in json.loads(whytune("test", folder, "--format", "json"))["not_filled_in"][0]["place"]["file"]
    assert 'skipped="1"' in whytune("test", folder, "--format", "junit")
    suggested = whytune("test", folder, "--suggest")
    assert "given:" in suggested or "cases:" in suggested or "#" in suggested
    whytune("diff", folder, folder)
    assert CliRunner().invoke(cli, ["check", folder]).exit_code == 1  # for the placeholders, as without the case


def test_cases_none_of_which_is_filled_in_are_no_success(tmp_path: Path) -> None:
    folder = str(tmp_path / "mine")
    whytune("new", "rulebook", folder)
    whytune("new", "case", "one_more", "--rulebook", folder)
    assert refused("test", folder, "-k", "one_more") == ["no-cases"]


@tabled(
    ("text", "is_taken"),
    [
        ("case: 'TODO: x'\ngiven:\nexpect:\n", True),
        ("case: 'TODO: x'\ngiven: {suitable: yes}\nexpect:\n", True),
        ("case: A letter\ngiven:\nexpect:\n", True),
        ("case: A letter\ngiven: {suitable: yes}\nexpect:\n", False),
        ("suitable: yes\n", False),
    ],
)
def test_only_a_case_without_facts_or_with_a_placeholder_may_expect_nothing(text: str, is_taken: bool) -> None:
    rulebook = loads(small())
    node = source.decode(text.encode(), "a.yaml")
    if is_taken:
        assert [case.is_filled_in for case in checked_cases(rulebook, read_cases(node))] == [False]
        return
    with pytest.raises(WhytuneError) as caught:
        checked_cases(rulebook, read_cases(node))
    assert [problem.code for problem in caught.value.problems] == ["nothing-expected"]


def test_without_a_file_a_new_rule_goes_where_the_rules_are(tmp_path: Path) -> None:
    whytune("new", "rulebook", str(tmp_path / "mine"))
    whytune("new", "rule", "a_new_one", "--rulebook", str(tmp_path / "mine"))
    assert (tmp_path / "mine" / "rules.yaml").read_text().count("- id: ") == 4


RULE = "title: t\n    because: b\n    if: {suitable: yes}\n    propose: {approach: first}\n"
SOURCE = "    source: {document: our_policy, place: p}\n"
BLOCK = f"  - id: one\n    {RULE}{SOURCE}"


@tabled(
    "text",
    [
        f"rules:\n{BLOCK}",
        f"rules:\n{BLOCK}".rstrip(),
        f"rules:\n{BLOCK}\n\n# the end\n",
        f"\ufeff# mark\nrules:\n{BLOCK}",
        f"rules:\n{BLOCK}".replace("\n", "\r\n"),
        f"rules:\n{BLOCK}".replace("\n  ", "\n"),
        f"rules:\n{BLOCK}".replace("\n  ", "\n        "),
        "section: later\nrules:\n",
        "rules: # there are none yet\n",
    ],
)
def test_a_rule_is_appended_in_the_manner_of_the_file(text: str) -> None:
    made = scaffold.with_rule(small() | {"more.yaml": text.encode()}, "another", "more.yaml", None)
    assert made.text.startswith(text.rstrip())
    assert "another" in made.rulebook.rule
    assert ("one" in made.rulebook.rule) == ("- id: one" in text)
    assert ("\r" in text) == ("\r\n\r\n" in made.text)
    assert made.text.count("\n") == made.text.count("\r\n") or "\r" not in text


@tabled(
    "text",
    [
        f"rules:\n{BLOCK}section: last\n",
        "rules: []\n",
        "section: nothing\n",
        f"rules:\n{BLOCK}...\n",
        '{"section": "json", "rules": []}',
    ],
)
def test_a_file_that_cannot_take_a_rule_at_its_end_is_left_alone(text: str) -> None:
    with pytest.raises(WhytuneError) as caught:
        scaffold.with_rule(small() | {"more.yaml": text.encode()}, "another", "more.yaml", None)
    assert [(problem.code, str(problem.span)) for problem in caught.value.problems] == [("misplaced-key", "more.yaml")]


def small() -> dict[str, bytes]:
    files = scaffold.new_rulebook("small", ("en",))
    return {name: text.encode() for name, text in files.items() if "/" not in name}


def test_a_name_that_is_none_is_refused(guide: Path) -> None:
    before = contents(guide)
    for name in ("A", "1", "yes", "a b", "x: y", "a\nb", "a" * 61, "../up"):
        assert refused("new", "rule", name, "--rulebook", str(guide), "--file", "own.yaml") == ["bad-name"], name
        if name != "yes":
            assert refused("new", "case", name, "--rulebook", str(guide)) == ["bad-name"], name
        assert contents(guide) == before, name


def test_a_rule_is_written_only_where_the_rulebook_finds_it(guide: Path) -> None:
    for file in ("../up.yaml", "own.txt", ".own.yaml", "cases/own.yaml", "/own.yaml"):
        assert "--file is the name" in misused("new", "rule", "x", "--rulebook", str(guide), "--file", file), file


@pytest.mark.parametrize("file", ["prices.yaml", "comparison.yaml"])
def test_a_rule_is_not_written_into_what_only_stands_beside_a_rulebook(file: str, guide: Path) -> None:
    before = contents(guide)
    assert "stands beside the rulebook" in misused("new", "rule", "x", "--rulebook", str(guide), "--file", file)
    assert contents(guide) == before


def test_commands_to_run_next_can_be_pasted(tmp_path: Path) -> None:
    folder = tmp_path / "My Rules"
    assert f"`whytune check '{folder}'`" in whytune("new", "rulebook", str(folder))


@pytest.mark.parametrize("languages", ["english", "en,,zh", "en]", "en zh"])
def test_a_language_is_a_code(languages: str, tmp_path: Path) -> None:
    assert "is not a language code" in misused("new", "rulebook", str(tmp_path / "x"), "--language", languages)
    assert contents(tmp_path) == {}


def test_the_rulebooks_that_are_shipped_are_not_written_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert refused("new", "rule", "x", "--rulebook", "guide") == ["unwritable-file"]
    assert refused("new", "case", "x", "--rulebook", "guide") == ["unwritable-file"]
    assert refused("schema", "--rulebook", "guide", "--write") == ["unwritable-file"]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_new_case_gives_nothing_yet_and_lists_every_fact(language: str, guide: Path) -> None:
    whytune("new", "case", "my_case", "--rulebook", str(guide), "--language", language)
    path = guide / "cases" / "my_case.yaml"
    rulebook = load(guide)
    case = read_case(source.read(path))
    assert (case.given.entries, case.expect.entries) == ((), ())
    assert not [state for state in resolve(rulebook.vocabulary, case.given).states.values() if state.state == "given"]
    text = path.read_text()
    for fact in rulebook.vocabulary.declared:
        assert f"# {fact.ask[language]}\n" in text
        assert f"\n  # {fact.fact}: " in text


def test_a_new_case_fits_once_a_fact_and_the_advice_are_filled_in(guide: Path) -> None:
    whytune("new", "case", "my_case", "--rulebook", str(guide))
    text = (guide / "cases" / "my_case.yaml").read_text()
    text = text.replace("# prompt_enough: yes | no | unknown", "prompt_enough: yes")
    text = text.replace("# approach: prompt | rag | fine_tune | lora | full | refer", "approach: prompt")
    schema = json.loads((guide / "schema" / "cases.json").read_text())
    assert refused_lines(schema, text) == set()
    assert source.plain(read_case(source.parse(text, "c")).expect) == {"approach": "prompt"}


def test_schemas_are_brought_up_to_date_where_they_stand(guide: Path) -> None:
    facts = guide / "facts.yaml"
    facts.write_text(facts.read_text().replace("data_volume", "volume_of_data"))
    for path in rulebook_files(guide):
        path.write_text(path.read_text().replace("data_volume", "volume_of_data"))
    stale = json.loads((guide / "schema" / "rulebook.json").read_text())
    text = (guide / "framework.yaml").read_text()
    assert refused_lines(stale, text)
    said = whytune("schema", "--rulebook", str(guide), "--write")
    assert said.split() == [str(guide / "schema" / name) for name in ("rulebook.json", "cases.json")]
    assert refused_lines(json.loads((guide / "schema" / "rulebook.json").read_text()), text) == set()


def test_the_schema_is_printed_as_json() -> None:
    for arguments in ((), ("--cases",), ("--rulebook", "guide"), ("-r", "guide", "--cases", "-l", "zh")):
        Draft7Validator.check_schema(json.loads(whytune("schema", *arguments)))
    assert "--write needs --rulebook" in misused("schema", "--write")


COLUMNS = [(), ("examples", "need"), ("data_volume",), ("prompt_enough", "need", "examples")]


@pytest.mark.parametrize(
    ("columns", "in_csv"),
    [
        *sampled(((columns, False) for columns in COLUMNS), 3),
        (COLUMNS[-1], True),
        *(pytest.param(columns, True, marks=pytest.mark.slow) for columns in COLUMNS[:-1]),
    ],
)
def test_a_new_table_loads_at_once_and_leaves_nothing_out(guide: Path, columns: tuple[str, ...], in_csv: bool) -> None:
    before = contents(guide)
    options = [*(("--columns", ",".join(columns)) if columns else ()), *(["--csv"] if in_csv else [])]
    whytune("new", "table", "volumes", "--rulebook", str(guide), *options)
    after = contents(guide)
    assert {name: after[name] for name in before if "schema" not in name} == {
        name: text for name, text in before.items() if "schema" not in name
    }
    assert ("volumes.csv" in after, "volumes.yaml" in after) == (in_csv, True)
    book = load(guide)
    (table,) = book.tables
    assert [*table.columns] == [*(columns or [next(iter(book.subjects))]), "propose"]
    diagram = Study(book).diagram
    rows = [diagram.rules[name] for name in table.rules]
    assert all(not one & other for one, other in combinations(rows, 2))
    assert (
        not ~diagram.ground.any_of(rows) or book.vocabulary.applies_if[book.vocabulary.fact_of[table.columns[0]].fact]
    )


def test_no_option_is_refused_for_what_it_is_when_nobody_gives_it() -> None:
    assert isinstance(cli, click.Group)
    empty = {
        parameter.name
        for _, command in commands(cli)
        for parameter in command.params
        if isinstance(parameter.default, str) and not parameter.default.strip()
    }
    assert empty <= MAY_BE_EMPTY


@pytest.mark.parametrize("languages", SOME_LANGUAGES, ids="-".join)
def test_a_new_table_is_a_placeholder_in_every_language(languages: tuple[str, ...], tmp_path: Path) -> None:
    folder = tmp_path / "rules"
    whytune("new", "rulebook", str(folder), "--language", ",".join(languages))
    whytune("new", "table", "volumes", "--rulebook", str(folder), "--columns", "amount")
    text = (folder / "volumes.yaml").read_text()
    assert text.count(PLACEHOLDER) == 2 * len(languages) + 1
    schema = json.loads((folder / "schema" / "rulebook.json").read_text())
    assert refused_lines(schema, text) == set()
    assert all(len(line) <= 120 for line in text.splitlines())


def test_a_table_that_cannot_be_is_refused_and_nothing_is_written(guide: Path) -> None:
    whytune("new", "table", "volumes", "--rulebook", str(guide))
    before = contents(guide)
    for arguments, code in (
        (["volumes"], "duplicate-id"),
        (["Volumes"], "bad-name"),
        (["others", "--columns", "exmaples"], "unknown-fact"),
        (["others", "--columns", "approach"], "unknown-fact"),
        (["others", "--columns", "volumes_examples"], "unknown-fact"),
        (["others", "--columns", "need,need"], "duplicate-id"),
        (["others", "--decision", "aproach"], "unknown-decision"),
    ):
        assert refused("new", "table", *arguments, "--rulebook", str(guide)) == [code]
    assert contents(guide) == before
