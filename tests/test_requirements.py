"""What must be adapted before an edit can land: one list, which agrees with what `test` and `check` find."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

import whytune
from whytune.engine.authoring.schema import schemas_below
from whytune.engine.review.difference.moved_cuts import MovedCuts
from whytune.engine.review.difference.requirements import Requirements
from whytune.prose.requirements import required
from whytune.review import file_edit
from whytune.saving import save_below

from .stage import ROOT, perform

OLD = Path(__file__).parent / "edits" / "old"
NAME = "rulebook.yaml"
DAY = "2026-11-25"

BILL = "case: A bill\ngiven: {topic: bill, amount: 150}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A rulebook of letters, whose cases are still to be written."""
    place = Path(shutil.copytree(OLD, tmp_path / "letters"))
    (place / "cases").mkdir()
    return place


def replaced(folder: Path, *words: tuple[str, str]) -> None:
    text = (folder / NAME).read_text()
    for old, new in words:
        assert old in text
        text = text.replace(old, new)
    (folder / NAME).write_text(text)


def needed(folder: Path, before: Path = OLD) -> Requirements:
    return whytune.load(before, as_of=DAY).difference(folder).requirements


MOVED = ("cut_at: [100]", "cut_at: [200]")


@pytest.mark.parametrize(
    ("expect", "written", "stays"),
    [
        ("{answer: clerk}", "template", False),
        ("{status: settled}", "provisional", False),
        ("{possible: [board, clerk]}", "[board, template]", False),
        ("{because: large_bills_to_a_clerk}", "answer.if_none_stands", False),
        ("{not_because: answer.if_none_stands}", None, False),
        ("{flips: [{given: {amount: 160}, to: clerk}]}", None, True),
        ("{flips: [{given: {amount: 160, lawyer: yes}, to: clerk}]}", "board", False),
    ],
)
def test_what_a_case_expects_in_vain_is_told_with_the_words_to_write(
    folder: Path, expect: str, written: str | None, stays: bool
) -> None:
    file = folder / "cases" / "bill.yaml"
    file.write_text(f"{BILL}expect: {expect}\n")
    replaced(folder, MOVED, ("version: 1.2.0", "version: 2.0.0"))
    (amendment,) = needed(folder).amendments
    assert (amendment.written, amendment.failure.stays, amendment.cases) == (written, stays, ("A bill",))
    assert (amendment.span.source, amendment.span.line) == (str(file), 3)
    if written:
        assert f"{written}" not in expect
        line = file.read_text().splitlines()[2]
        kept = line[(amendment.span.column or 1) - 1 :]
        old = kept[: kept.index("]") + 1] if kept.startswith("[") else amendment.expected.wanted[0]
        file.write_text(f"{BILL}{line[: -len(kept)]}{kept.replace(old, written, 1)}\n")
        assert not needed(folder).amendments


def test_an_edit_and_a_test_name_the_same_cases_as_failing(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(ROOT / "rules" / "guide", tmp_path / "guide"))
    facts = folder / "facts.yaml"
    facts.write_text(facts.read_text().replace("cut_at: [100, 10000]", "cut_at: [200, 10000]"))
    edit = whytune.load("guide", as_of=DAY).difference(folder)
    failing = [result.to_dict() for result in whytune.load(folder, as_of=DAY).test().failed]
    assert edit.to_dict()["cases"]["failed"] == failing
    changed = {change["case"] for change in edit.to_dict()["cases"]["changed"]}
    assert (len(failing), len(changed)) == (2, 1)
    listed = edit.to_dict()["to_adapt"]
    assert [item["expected"] for item in listed if item["what"] == "expectation"] == [
        *("advice", "possible", "because"),
        *("flips", "flips"),
    ]
    assert [item["stays"] for item in listed if item.get("expected") == "flips"] == [True, True]
    cuts = [(cut["rule"], cut["number"], cut["documents"]) for cut in listed if cut["what"] == "cut"]
    assert cuts == [
        (rule, "200", ["guide"]) for rule in (None, "prompt_for_scarce_domain_data", "lora_for_moderate_domain_data")
    ]
    for kind in ("text", "markdown", "html"):
        written = edit.write(kind)
        assert "200" in written
        assert "prompt_for_scarce_domain_data" in written


def test_a_review_tells_a_new_finding_once_and_counts_it_among_what_is_to_adapt(folder: Path) -> None:
    replaced(folder, ("small: {en: small, zh: 小额}", "small: {en: below 100, zh: 100 以下}"))
    edit = file_edit(whytune.load(folder, as_of=DAY), NAME).written((folder / NAME).read_text().replace(*MOVED))
    review = edit.review()
    told, below = (" ".join(one.write("text").split()) for one in (review, review.edit))
    (finding,) = review.edit.requirements.findings
    message = dict(finding.message)["en"]
    assert (told.count(message), below.count(message)) == (1, 1)
    assert "[stale-label: sum]: as told above, among the new findings" in told


def test_what_is_required_on_a_later_day_is_the_version_alone() -> None:
    edit = whytune.load(OLD, as_of=DAY).difference(OLD)
    later = replace(edit, report=edit.report._replace(requirements=None))
    assert (bool(later.requirements), later.requirements.to_dict()) == (False, [])


def test_a_quote_that_says_the_new_number_supports_it(folder: Path) -> None:
    source = "cut_at: [100]\n        source: {document: memo, place: page 1, quote: 'at least %s euros'}"
    replaced(folder, ("cut_at: [100]", source % "200"))
    before = Path(shutil.copytree(folder, folder.parent / "before"))
    replaced(folder, MOVED)
    assert needed(folder, before).cuts == ()
    replaced(folder, ("at least 200", "at least 100"))
    (cut,) = needed(folder, before).cuts
    assert (cut.band, cut.number, cut.quotes) == ("sum", Decimal(200), ("at least 100 euros",))


def test_a_band_that_is_new_on_a_fact_that_was_there_asks_for_no_other_source(folder: Path) -> None:
    replaced(folder, ("    bands:\n", "    bands:\n      - {band: size, cut_at: [50], values: [tiny, usual]}\n"))
    assert needed(folder).cuts == ()


@pytest.mark.parametrize(
    ("quote", "is_left"),
    [("from 100 euros", True), ("from 200 euros", False), ("from 100, now 200", False), ("large sums", False)],
)
def test_a_rule_that_holds_up_to_a_moved_cut_needs_a_source_that_does_not_say_the_old_one(
    folder: Path, quote: str, is_left: bool
) -> None:
    answer = "zh: 金额大，须谨慎答复。}\n    source: {document: memo, place: page 1"
    replaced(folder, (answer, f"{answer}, quote: '{quote}'"))
    before = Path(shutil.copytree(folder, folder.parent / "before"))
    replaced(folder, MOVED)
    found = [(cut.rule, cut.number) for cut in needed(folder, before).cuts]
    assert found == ([("large_bills_to_a_clerk", Decimal(200))] if is_left else [])


def test_a_piece_that_is_renamed_while_its_cut_moves_needs_its_source_all_the_same(folder: Path) -> None:
    answer = "zh: 金额大，须谨慎答复。}\n    source: {document: memo, place: page 1"
    replaced(folder, (answer, f"{answer}, quote: 'from 100 euros'"))
    before = Path(shutil.copytree(folder, folder.parent / "before"))
    replaced(folder, MOVED, ("values: [small, large]", "values: [small, great]"), ("large: {en", "great: {en"))
    replaced(folder, ("sum: large", "sum: great"))
    assert [(cut.rule, cut.number) for cut in needed(folder, before).cuts] == [("large_bills_to_a_clerk", Decimal(200))]


def test_a_text_that_the_edit_wrote_is_not_to_look_at(folder: Path) -> None:
    note = (
        "notes:\n  - note: why\n    title: {en: Why, zh: 缘由}\n    text: {en: Above 100 euros., zh: 至少 100 欧元。}\n"
    )
    with (folder / NAME).open("a") as file:
        file.write(f"{note}    source: {{document: memo, place: page 1}}\n")
    before = Path(shutil.copytree(folder, folder.parent / "before"))
    replaced(folder, MOVED)
    assert [".".join(text.path) for text in needed(folder, before).texts] == ["text.en", "text.zh"]
    replaced(folder, ("Above 100 euros.", "The board moved it from 100 to 200 euros."))
    assert [".".join(text.path) for text in needed(folder, before).texts] == ["text.zh"]


@pytest.mark.parametrize(("language", "other"), [("en", "zh"), ("zh", "en")])
def test_quotes_and_texts_to_look_at_are_told_in_the_language_of_the_reader(
    folder: Path, language: str, other: str
) -> None:
    source = "source: {document: memo, place: page 1, quote: {en: at least 100 euros, zh: 至少 100 欧元}}"
    note = f"{{en: Since 100 euros are much., zh: 因为 100 欧元很多。}}\n    {source}"
    replaced(folder, ("cut_at: [100]", f"cut_at: [100]\n        {source}"))
    with (folder / NAME).open("a") as file:
        file.write(f"notes:\n  - note: why\n    title: {{en: Why, zh: 缘由}}\n    text: {note}\n")
    before = Path(shutil.copytree(folder, folder.parent / "before"))
    replaced(folder, MOVED)
    told = whytune.load(before, as_of=DAY).in_language(language).difference(folder).write()
    words = {"en": ("at least 100 euros", "Since 100 euros"), "zh": ("至少 100 欧元", "因为 100 欧元")}
    assert [told.count(words[language][0]), told.count(words[language][1])] == [2, 1]
    assert not [word for word in words[other] if word in told]


def test_cases_that_share_what_they_expect_and_do_not_all_get_it_must_say_it_apart(folder: Path) -> None:
    rows = "cases:\n  - {case: small, given: {amount: 150}}\n  - {case: large, given: {amount: 300}}\n"
    (folder / "cases" / "bill.yaml").write_text(f"given: {{topic: bill}}\nexpect: {{answer: clerk}}\n{rows}")
    replaced(folder, MOVED)
    (amendment,) = needed(folder).amendments
    assert (amendment.cases, amendment.written, amendment.is_shared) == (("small",), None, True)


def test_a_case_that_expects_a_rule_which_is_gone_does_not_fit(folder: Path) -> None:
    (folder / "cases" / "bill.yaml").write_text(f"{BILL}expect: {{answer: clerk, because: large_bills_to_a_clerk}}\n")
    replaced(folder, ("large_bills_to_a_clerk", "bills_to_a_clerk"))
    (misfit,) = needed(folder).misfits
    assert [problem.code for problem in misfit.problems] == ["unknown-rule"]


def test_a_broken_invariant_and_an_idle_waiver_are_told_if_the_edit_made_them_so(folder: Path) -> None:
    promise = "if: {topic: bill, sum: large}\n    never: {answer: template}\n"
    with (folder / NAME).open("a") as file:
        file.write(f"\ninvariants:\n  - invariant: careful\n    because: {{en: So., zh: 如此。}}\n    {promise}")
        file.write("    source: {document: memo, place: page 1}\n")
        file.write("\nwaivers:\n  - waiver: several\n    finding: several-stand\n    about: answer.board+clerk\n")
        file.write("    because: {en: So., zh: 如此。}\n    owner: us\n    until: 2027-01-01\n")
    before = Path(shutil.copytree(folder, folder.parent / "before"))
    replaced(folder, ("propose: {answer: board}", "propose: {answer: clerk}"))
    assert [finding.code for finding in needed(folder, before).findings] == ["idle-waiver"]
    assert [finding.code for finding in needed(before, folder).findings] == []
    replaced(folder, ("propose: {answer: clerk}", "propose: {answer: template}"))
    assert "invariant-broken" in [finding.code for finding in needed(folder, before).findings]


def test_schemas_that_are_out_of_date_are_told(folder: Path) -> None:
    book = whytune.load(folder)
    save_below(folder, schemas_below(folder, book.content, "zh"))
    assert needed(folder).generated == ()
    replaced(folder, ("bills", "invoices"))
    assert needed(folder).generated == ("schema/rulebook.json", "schema/cases.json")


def test_nothing_is_listed_once_all_is_adapted(folder: Path) -> None:
    (folder / "cases" / "bill.yaml").write_text(f"{BILL}expect: {{answer: clerk}}\n")
    edit = file_edit(whytune.load(folder, as_of=DAY), NAME).written((folder / NAME).read_text().replace(*MOVED))
    more = edit.called_for(edit.review())
    before = Path(shutil.copytree(folder, folder.parent / "before"))
    for name, content in more.files.items():
        (folder / name).write_bytes(content)
    difference = whytune.load(before, as_of=DAY).difference(folder)
    assert not difference.requirements
    assert "Nothing is left to adapt" in difference.write()


@pytest.mark.parametrize(
    ("possible", "written"),
    [
        ("[clerk, template]", "[board, clerk]"),
        ("[clerk,\n    template]", "[board, clerk]"),
        ("template", "[board, clerk]"),
        ("\n    - clerk\n    - template", " [board, clerk]"),
    ],
)
def test_what_is_possible_is_replaced_where_it_stands_and_nowhere_else(
    folder: Path, possible: str, written: str
) -> None:
    text = f"{BILL}expect:\n  possible: {possible}\n  # [1] is no list\n"
    (folder / "cases" / "bill.yaml").write_text(text)
    edit = file_edit(whytune.load(folder, as_of=DAY), NAME).written((folder / NAME).read_text() + "\n# more\n")
    called_for = edit.called_for(edit.review())
    now = called_for.files["cases/bill.yaml"].decode()
    assert now == text.replace(f" {possible}" if possible.startswith("\n") else possible, written)


FLIPS = """
  answer: clerk
  flips:
    # why this one
    - given: {amount: 160}
      to: clerk
    - given: {lawyer: yes}  # and that one
      to: board
"""
OTHER_FLIP = """
  answer: template
  flips:
    # why this one
    - given: {lawyer: yes}  # and that one
      to: board
"""
NOT_BECAUSE = "not_because: [answer.if_none_stands, lawyers_to_the_board]"


@pytest.mark.parametrize(
    ("expect", "adapted", "failing"),
    [
        (FLIPS, OTHER_FLIP, 0),
        ("\n  answer: clerk\n  flips: [{given: {amount: 160}, to: template}]", "\n  answer: template", 0),
        ("{answer: clerk, not_because: answer.if_none_stands}", "{answer: template}", 0),
        (f"{{{NOT_BECAUSE}, answer: clerk}}", "{not_because: [lawyers_to_the_board], answer: template}", 0),
        ("\n  status: provisional\n  answer:\n", "\n  status: provisional\n  answer: template\n", 0),
        ("\n  answer:\n    template\n  because:\n  - answer.if_none_stands\n  - large_bills_to_a_clerk", None, 0),
        ("{not_because: answer.if_none_stands}", "{not_because: answer.if_none_stands}", 1),
    ],
)
def test_what_a_case_can_no_longer_expect_is_taken_out(
    folder: Path, expect: str, adapted: str | None, failing: int
) -> None:
    (folder / "cases" / "bill.yaml").write_text(f"{BILL}expect: {expect}\n")
    edit = file_edit(whytune.load(folder, as_of=DAY), NAME).written((folder / NAME).read_text().replace(*MOVED))
    more = edit.called_for(edit.review())
    kept = adapted or expect.removesuffix("\n  - large_bills_to_a_clerk")
    assert (more.files["cases/bill.yaml"].decode(), more.failing) == (f"{BILL}expect: {kept}\n", failing)


def test_the_schemas_follow_an_edit_in_their_language_and_need_nobody(folder: Path) -> None:
    save_below(folder, schemas_below(folder, whytune.load(folder).content, "zh"))
    (folder / "cases" / "bill.yaml").write_text(f"{BILL}expect: {{answer: clerk}}\n")
    before = Path(shutil.copytree(folder, folder.parent / "before"))
    edit = file_edit(whytune.load(folder, as_of=DAY), NAME).written((folder / NAME).read_text().replace("账单", "票据"))
    assert [*edit.schemas] == ["schema/rulebook.json", "schema/cases.json"]
    assert not edit.review().edit.requirements.generated
    subprocess.run(["git", "apply", "-"], cwd=folder, input=edit.called_for(edit.review()).patch.encode(), check=True)
    assert "票据" in (folder / "schema" / "cases.json").read_text()
    assert not whytune.load(before, as_of=DAY).difference(folder).requirements
    assert not edit.written("rulebook: {").schemas


@pytest.mark.parametrize(
    ("amounts", "missing"),
    [
        ((99, 100), (199, 200)),
        ((100,), (200,)),
        ((99, 100, 200), (199,)),
        ((99, 100, 199, 200), None),
        ((50, 300), None),
    ],
)
def test_a_moved_cut_next_to_which_no_case_stands_any_more_is_told_with_the_cases_that_stood_there(
    folder: Path, amounts: tuple[int, ...], missing: tuple[int, ...] | None
) -> None:
    rows = "".join(f"  - {{case: at {amount}, given: {{amount: {amount}}}}}\n" for amount in amounts)
    shared = "given: {topic: bill}\nexpect: {answer: clerk}\n"
    (folder / "cases" / "bill.yaml").write_text(f"{shared}cases:\n{rows}")
    replaced(folder, MOVED)
    edges = needed(folder).edges
    assert [edge.missing for edge in edges] == ([missing] if missing else [])
    for edge in edges:
        assert {case.title for case in edge.cases} == {f"at {number - 100}" for number in missing or ()}
        told = whytune.load(OLD, as_of=DAY).difference(folder).write()
        assert f"no case stands at {' or '.join(map(str, missing or ()))}" in " ".join(told.split())


def test_cuts_of_which_some_came_or_went_may_come_from_any_that_is_gone() -> None:
    one, two, three, four = map(Decimal, range(1, 5))
    assert list(MovedCuts("sum", "size", (one, two), (three, four)).pairs) == [(three, (one,)), (four, (two,))]
    assert list(MovedCuts("sum", "size", (one, two), (three,)).pairs) == [(three, (one, two))]


@pytest.mark.parametrize(
    ("expect", "version", "options", "code"),
    [
        ("clerk", "2.0.0", (), 0),
        ("clerk", "2.0.0", ("--adapted",), 1),
        ("template", "2.0.0", ("--adapted",), 0),
        ("template", "1.2.0", ("--adapted",), 1),
        ("template", "1.2.0", ("--adapted", "--any-version"), 0),
    ],
)
def test_an_edit_that_leaves_something_to_adapt_can_be_refused(
    folder: Path, expect: str, version: str, options: tuple[str, ...], code: int
) -> None:
    (folder / "cases" / "bill.yaml").write_text(f"{BILL}expect: {{answer: {expect}}}\n")
    replaced(folder, MOVED, ("version: 1.2.0", f"version: {version}"))
    assert perform("diff", str(OLD), str(folder), "--as-of", DAY, *options).returncode == code


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_flip_that_a_case_rewrote_is_told_with_its_fact(folder: Path, language: str) -> None:
    before = Path(shutil.copytree(folder, folder.parent / "before"))
    for place, amount in ((before, 100), (folder, 200)):
        flip = f"{{flips: [{{given: {{amount: {amount}}}, to: clerk}}]}}"
        (place / "cases" / "bill.yaml").write_text(
            f"case: A bill\ngiven: {{topic: bill, amount: 50}}\nexpect: {flip}\n"
        )
    written = perform("diff", str(before), str(folder), "--as-of", DAY, "--language", language).stdout
    assert "given: {amount: 100}; to: clerk → given: {amount: 200}; to: clerk" in " ".join(written.split())


def test_a_note_that_is_still_true_may_stay_and_a_label_that_is_false_may_not(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(ROOT / "rules" / "guide", tmp_path / "guide"))
    shutil.rmtree(folder / "cases")
    facts = folder / "facts.yaml"
    before = Path(shutil.copytree(folder, tmp_path / "before"))
    facts.write_text(facts.read_text().replace("cut_at: [100, 10000]", "cut_at: [200, 10000]"))
    needed = whytune.load(before, as_of=DAY).difference(folder).requirements
    assert [(finding.code, finding.about) for finding in needed.findings] == [("stale-label", "data_volume")]
    assert {text.kind for text in needed.texts} == {"note"}
    quoted = 'quote:\n            en: "100 to 10,000 → LoRA fine-tuning"\n            zh: 100-10000 条 → LoRA 微调'
    for old, new in (
        ("{en: fewer than 100, zh: 少于100条}", "{en: fewer than 200, zh: 少于200条}"),
        ('{en: "100 to 9,999", zh: 100-10000条}', '{en: "200 to 9,999", zh: 200-10000条}'),
        (quoted, 'quote: {en: "from 200 on", zh: "从 200 起"}'),
    ):
        assert old in facts.read_text()
        facts.write_text(facts.read_text().replace(old, new))
    rules = folder / "framework.yaml"
    decided = rules.read_text().replace("Fewer than 100 → prompt", "Fewer than 200 → prompt")
    rules.write_text(decided.replace("100 to 10,000 → LoRA", "200 to 10,000 → LoRA"))
    book = folder / NAME
    book.write_text(book.read_text().replace("version: 1.1.0", "version: 2.0.0"))
    save_below(folder, schemas_below(folder, whytune.load(folder).content, "en"))
    edit = whytune.load(before, as_of=DAY).difference(folder)
    assert not edit.requirements
    namesake = edit.requirements.namesake
    assert namesake
    assert (namesake.name, str(namesake.span)) == ("guide", f"{book}:5:3")
    assert edit.to_dict()["to_adapt"] == []
    assert {text["name"] for text in edit.to_dict()["to_look_at"]} >= {"exactly_100_examples", "two_data_limits"}
    assert "Name: still `guide`, as a rulebook that comes with whytune is called" in edit.write()
    book.write_text(book.read_text().replace("name: guide", "name: our_guide"))
    assert whytune.load(before, as_of=DAY).difference(folder).requirements.namesake is None
    for kind in ("text", "markdown", "html"):
        assert "To look at, and to leave where it is still true" in edit.write(kind)


def test_a_version_that_stays_is_named_once(folder: Path) -> None:
    replaced(folder, MOVED)
    difference = whytune.load(OLD, as_of=DAY).difference(folder)
    assert "Version: 1.2.0, but what changed calls for a major step: at least 2.0.0" in difference.write()
    ((title, entries), *_) = required(difference.requirements, difference.report.both)
    assert (title, entries[0].text) == ("Version", f"write `version: 2.0.0`  {folder / NAME}:5:3")
