"""One document, written for a terminal, as a page and as Markdown: the same words in each, and none of them acts."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from typing import get_args

import click
from hypothesis import given
from hypothesis import strategies as st

from whytune.prose import markdown, page, terminal
from whytune.prose.document import (
    Block,
    Command,
    Document,
    Folded,
    Foot,
    Gap,
    Grid,
    Heading,
    Illustration,
    Item,
    Listed,
    Listing,
    Notice,
    Paragraph,
    Rows,
    Step,
    Title,
    document,
)

from .looks import tabled


class Chart:
    """A drawing of one box."""

    def svg(self) -> str:
        return "<svg><text>box</text></svg>"

    def mermaid(self) -> str:
        return 'graph TD\n  a["box"]'

    def outline(self, columns: int) -> str:
        return "=> box".ljust(columns, ".")


EVERY: tuple[Block, ...] = (
    Title("Advice: LoRA", "good"),
    Heading("Why"),
    Heading("At length", level=2),
    Paragraph("There is enough data.", level=1),
    Item("The task needs expertise.", source="Guide, page 3"),
    Item("And more of it.", level=2),
    Item("A second reason."),
    Listed("rule `short` changed", ("if.examples: few → some",)),
    Notice("It is never in force.", "warning [never-in-force]", "rules.yaml:3:5", "doubtful"),
    Gap(),
    Rows((("Examples", "100"), ("Main need", "domain terms"))),
    Grid(("Approach", "Cost"), (("Prompt", "low"), ("LoRA", "middling"))),
    Step(3, 12, "Data volume: moderate", "Since 100 is enough.", "Guide, page 4"),
    Step(4, 12, "LoRA stands"),
    Command(("whytune advise", "--set examples=100")),
    Listing("case: one\ngiven: {}", "yaml"),
    Illustration(Chart(), "The way of this case"),
    Folded("All rules", (Paragraph("None is left out."),)),
    Foot("Rulebook: guide 1.0.0"),
)
WHOLE = document("An answer", "en", EVERY)


def words(block: Block) -> list[str]:
    """The texts that a block tells."""
    match block:
        case Rows(rows):
            return [cell for row in rows for cell in row]
        case Grid(head, rows):
            return [*head, *(cell for row in rows for cell in row)]
        case Listed(text, details):
            return [text, *details]
        case Notice(text, label, place):
            return [text, label, place]
        case Gap():
            return []
        case Step(_, _, text, reason, source):
            return [text, *filter(None, (reason, source))]
        case Item(text, _, source):
            return [text, *filter(None, (source,))]
        case Command(parts):
            return list(parts)
        case Listing(text):
            return text.split("\n")
        case Illustration(_, title):
            return [title, "box"]
        case Folded(title, blocks):
            return [title, *(word for inner in blocks for word in words(inner))]
        case _:
            return [block.text]


class Shown(HTMLParser):
    """The text of a page, and the elements that it opens and never closes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text, self.open = "", list[str]()
        self.feed(html)

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_there_is_an_example_of_every_block() -> None:
    assert {type(block) for block in EVERY} == {*get_args(Block)}


@tabled("block", EVERY)
def test_every_writer_tells_all_that_a_block_says(block: Block) -> None:
    told = replace(WHOLE, blocks=(block,))
    for written in (terminal.text(told), markdown.text(told), Shown(page.text(told)).text):
        for word in words(block):
            assert word in unescape(written) or word.replace("`", "") in unescape(written)


def test_a_page_is_whole_names_its_language_and_runs_nothing() -> None:
    html = page.text(WHOLE)
    assert '<html lang="en">' in html
    assert "<title>An answer</title>" in html
    assert "<script" not in html
    assert Shown(html).open == []


def test_names_and_commands_are_code_on_a_page_and_bare_in_its_title() -> None:
    html = page.text(document("What changes in `guide`", "en", [Item("run `whytune <b>` for `it", source="by `a`")]))
    assert "<title>What changes in guide</title>" in html
    assert "<span>run <code>whytune &lt;b&gt;</code> for `it</span>" in html
    assert "by <code>a</code>" in html


@tabled("said", ["We don`t know that it can`t", "an `open one", "l`été, c`est", "a ` b ` c"])
def test_a_backquote_within_a_word_begins_no_code(said: str) -> None:
    told = document("", "en", [Paragraph(said)])
    assert "<code>" not in page.fragment(told)
    assert "`" not in markdown.text(told)


def test_a_command_on_a_page_is_what_it_was_to_its_last_blank() -> None:
    html = page.fragment(document("", "en", [Paragraph("请输入`whytune ask 'my  case.yaml'`。  Then  <answer>")]))
    assert html == "<p>请输入<code>whytune ask &#39;my  case.yaml&#39;</code>。\u2003Then\u2003&lt;answer&gt;</p>"


def test_the_lines_of_a_listing_stay_lines_on_a_page() -> None:
    written = page.text(Document("", "en", (Listing("a(\n    <b>\x1b,\n)", "python"),)))
    assert r"<pre><code>a(" + "\n    &lt;b&gt;\\x1b,\n)</code></pre>" in written


def test_columns_that_hold_numbers_alone_stand_flush_right() -> None:
    rows = (("a", "1,200", "$4.50", "12.5 %", "3 days"), ("b", "", "$120.00", "< 0.0001 %", "4"))
    table = Document("", "en", (Grid(("What", "Calls", "Cost", "Share", "Time"), rows), Grid(("Nothing",), ())))
    assert "| --- | ---: | ---: | ---: | --- |" in markdown.text(table)
    assert page.text(table).count('<th scope="col" class="number">') == 3
    assert '<td class="number" data-title="Cost">$4.50</td>' in page.text(table)
    assert '<td data-title="Time">4</td>' in page.text(table)


def test_in_another_page_a_title_stands_below_the_headings_of_that_page() -> None:
    told = document("", "en", [Title("Advice"), Heading("Why"), Folded("All", (Heading("At length", level=2),))])
    assert re.findall(r"<h(\d)", page.fragment(told)) == ["3", "4", "5"]
    assert re.findall(r"<h(\d)", page.text(told)) == ["1", "2", "3"]


def test_neighbouring_items_make_one_list_and_deeper_ones_a_list_within() -> None:
    html = page.fragment(replace(WHOLE, blocks=EVERY[4:7]))
    assert re.findall(r"</?ul>", html) == ["<ul>", "<ul>", "</ul>", "</ul>"]
    items = markdown.text(document("", "en", EVERY[4:7])).splitlines()
    assert [line[: line.index("-")] for line in items] == ["", "  ", ""]


def test_a_document_that_does_not_say_what_it_is_is_headed_by_its_title_where_it_is_passed_on() -> None:
    told = document("All findings", "en", [Paragraph("None.")])
    assert "<h1>All findings</h1>" in page.text(told)
    assert markdown.text(told) == "### All findings\n\nNone.\n"
    assert terminal.text(told) == "None."


@tabled("block", EVERY)
def test_no_text_begins_with_an_empty_line(block: Block) -> None:
    told = document("", "en", [block])
    assert not terminal.text(told).startswith("\n")
    assert terminal.text(document("", "en", [Paragraph("Above."), block])).endswith(terminal.text(told))


def test_a_paragraph_that_is_strong_is_so_wherever_it_can_be() -> None:
    told = document("", "en", [Paragraph("Two of twelve.", tone="strong")])
    assert page.fragment(told) == "<p><strong>Two of twelve.</strong></p>"
    assert markdown.text(told) == "**Two of twelve.**\n"
    assert "\x1b[1m" in terminal.styled(told)


def test_a_terminal_text_keeps_to_its_width() -> None:
    wide = Document("", "en", tuple(block for block in EVERY if not isinstance(block, Listing)))
    for width in (terminal.NARROWEST, 80):
        assert max(map(len, terminal.text(wide, width).splitlines())) <= width


def test_tones_are_colours_on_a_terminal_and_never_the_only_sign() -> None:
    styled = "\n".join(terminal.lines(EVERY))
    assert styled != click.unstyle(styled) == terminal.text(WHOLE)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40))
def test_no_text_becomes_an_element_of_a_page_or_ends_a_fence(hostile: str) -> None:
    blocks = (Title(hostile), Item(hostile, source=hostile), Rows(((hostile, hostile),)), Listing(hostile))
    shown = Shown(page.fragment(document(hostile, "en", blocks)))
    assert shown.open == []
    fenced = markdown.text(document("", "en", [Listing(hostile)])).splitlines()
    assert fenced[0] == fenced[-1] == "`" * len(fenced[0])
    assert fenced[0] not in hostile


@tabled("said", ["1. one", "2) two", "- a", "+ b", "# c", "=", "---", "<b>x</b>", "[a](b)", "@all"])
def test_markdown_begins_no_list_heading_or_markup_of_its_own(said: str) -> None:
    from markdown_it import MarkdownIt

    tokens = MarkdownIt().parse(markdown.text(document("", "en", [Paragraph(said)])))
    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]
    assert [child.type for child in tokens[1].children or []] == ["text"]


def test_the_numbers_of_a_trace_of_thousands_of_steps_have_room_beside_them() -> None:
    """Or a frame that scrolls sideways, as that of a notebook does, cuts their first digits off."""
    notebook = page.in_notebook(document("", "en", ()))
    for style in (page.style(), notebook):
        found = re.search(r"\.trace { padding-left: ([\d.]+)r?em }", style)
        assert found
        assert float(found[1]) >= 3.5


def test_what_is_spare_is_told_where_a_screen_has_room_for_it() -> None:
    for others in (1, terminal.SCREEN - 1, terminal.SCREEN):
        rows = [Paragraph("Row.")] * others
        for begin, more in (([], 0), ([Heading("Title")], 1)):
            told = document("", "en", [*begin, *rows[more:], Paragraph("Because.", spare=True)])
            assert ("Because." in terminal.text(told)) is (others < terminal.SCREEN), (others, more)
            assert "Because." in page.fragment(told)
