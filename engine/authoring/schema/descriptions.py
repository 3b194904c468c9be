"""What each key of a rulebook file is for: the sentence that an editor shows beside it."""

from __future__ import annotations

from collections.abc import Mapping

from ...language.citations import Original, Source
from ...language.loading.draft import Identity
from ...language.rulebook import (
    PART_KINDS,
    Conclusion,
    Decision,
    Invariant,
    Note,
    Option,
    Policy,
    Rule,
    RuleTable,
    SourceDocument,
    Style,
    Validity,
    Waiver,
)
from ...language.text import Written
from ...language.vocabulary import Band, Fact, Group, Range

TOP: Mapping[str, str] = {
    "rulebook": "What the rulebook is called, its version and its languages. In one file only.",
    "section": "The section that all rules of this file belong to; a picture can be drawn of one section.",
    **{kind.plural: kind.purpose for kind in PART_KINDS},
}
"""The keys of a rulebook file."""

_OWNER = "Who is responsible for it: a person or a team."
_SOURCE = "Where it comes from: a declared document and the place in it; a list if there are several."
_BECAUSE = "The reason, in a sentence that readers see."

KEYS: Mapping[type[Written], Mapping[str, str]] = {
    Identity: {
        "name": "The name of the rulebook.",
        "version": "The version, as you count it, for example 1.2.0; recommendations carry it.",
        "title": "The title that readers see.",
        "languages": "The languages in which every text is given, the main one first, for example [en, zh].",
        "main": "The decision that questions are about if none is named.",
        "documents_last_months": "After how many months a document that is cited counts as old.",
        "review_every_months": "After how many months a rule has to be looked at again.",
    },
    SourceDocument: {
        "document": "The name by which sources cite it.",
        "title": "The title that readers see.",
        "edition": "Which edition, for example its year.",
        "link": "Where it can be read.",
        "date": "The day, month or year that it dates from, like 2026-03-31, 2026-03 or 2026.",
        "seen_on": "The day on which somebody last saw that it says what is cited, like 2026-03-31.",
    },
    Source: {
        "document": "The name of a declared document.",
        "place": "The place in it: a heading, a section, a page; as it stands there, or in each language.",
        "quote": "Its own words, as they stand there, or in each language.",
        "original": "Place and words as they stand there, if `place` and `quote` are translations.",
        "strength": "What it rests on: measurements, a vendor's word, or practice.",
    },
    Original: {
        "place": "The place, in the language of the document.",
        "quote": "The words, in the language of the document.",
    },
    Fact: {
        "fact": "The name that rules and cases use.",
        "kind": "What kind of answer the question has.",
        "ask": "The question of the interview.",
        "label": "The short name that readers see.",
        "help": "What the fact means, for whoever has to answer the question.",
        "evidence": "What would prove an answer.",
        "values": "The values of a choice.",
        "labels": "What each value is called. A choice needs them; yes and no may have them.",
        "groups": "Named sets of values; a rule may name a group where it may name a value.",
        "open": "yes: a case may give a text that is none of the values; it stands for the value `other`.",
        "unit": "What a number counts or measures.",
        "range": "The least and the greatest number possible.",
        "at_most": "Another number that this one is never greater than.",
        "at_least": "Another number that this one is never less than.",
        "bands": "Named pieces of the number line. Rules test these, never the number itself.",
        "assume": "What is assumed if a case does not say, in part or whole; advice that rests on it is provisional.",
        "only_if": "When the fact applies at all: conditions on other facts.",
        "changeable": "Whether a team could change it.",
        "sensitive": "yes: a record of advice keeps only a hash of the value.",
        "used_for": "What uses the number, where no rule does: costs. Nobody is asked for it.",
    },
    Group: {
        "group": "The name that rules use.",
        "values": "The values that belong to it.",
        "label": "How readers see it.",
    },
    Range: {"min": "The least number possible.", "max": "The greatest number possible."},
    Band: {
        "band": "The name that rules test.",
        "cut_at": "Where the number line is cut, from low to high. Each cut begins the piece to its right.",
        "values": "The names of the pieces, from low to high: one more than there are cuts.",
        "labels": "What each piece is called; by default its bounds.",
        "ask": "The question that the flowchart asks.",
        "label": "The short name that readers see; by default that of the fact.",
        "source": _SOURCE,
    },
    Conclusion: {"conclusion": "The name that rules use.", "label": "The short name that readers see."},
    Decision: {
        "decision": "The name that rules use.",
        "ask": "The question that is decided.",
        "options": "The possible answers.",
        "only_if": "When the decision applies: all of these hold. Otherwise it does not, and says so.",
        "if_none_stands": "What is advised if no option is left: one option, or `refer` to a person.",
        "if_several_stand": "Which is advised if several are left: a list, the best first, or `refer` to a person.",
        "opening": "The first box of the flowchart.",
        "closing": "The last box of the flowchart.",
    },
    Option: {
        "option": "The name that rules use.",
        "label": "How readers see it.",
        "kind_of": "The option that this is a kind of. To rule that out is to rule this out too.",
        "combines": "The options that it combines: it stands if all of them do, and they give way to it.",
        "value": "What programs get besides the advice: a number, yes or no, or a text.",
        "style": "Its colours in pictures.",
    },
    Style: {
        "fill": "The colour of the box, as #rrggbb in quotes.",
        "stroke": "The colour of its border, as #rrggbb in quotes.",
        "stroke_width": "The width of its border in pixels.",
    },
    Policy: {
        "advise": "The option that is advised, or `refer`: a person decides.",
        "prefer": "The options in the order of preference, the best first.",
        "because": _BECAUSE,
        "source": _SOURCE,
    },
    Rule: {
        "id": "The name of the rule; records and cases cite it.",
        "title": "What the rule says, in a few words.",
        "because": _BECAUSE,
        "source": _SOURCE,
        "if": "When it holds: all of these, or `always`. A list of values means any of them.",
        "any_of": "A list of such maps, one of which must also hold; or several lists, with one from each.",
        "except_if": "If all of these hold, the rule does not; or a list of such maps, each an exception.",
        "yields_to": "If one of these rules is in force, this one is not.",
        "conclude": "The conclusion that it draws.",
        "propose": "The option that it speaks for.",
        "rule_out": "The option that it speaks against, with all its kinds.",
        "caution": "The option that the reason is told along with if it is advised; it decides nothing.",
        "section": "The section to which it belongs; by default that of the file.",
        "example": "A task to which it applies, in a sentence.",
        "owner": _OWNER,
        "valid": "The days on which it holds; outside of them it does not exist.",
        "reviewed_on": "The day on which somebody last confirmed it, like 2026-03-31.",
        "keep": "`explanation`: it may stay although no advice depends on it, for it adds a reason.",
    },
    RuleTable: {
        "table": "The name of the table; its rows are the rules `table.1`, `table.2` and so on.",
        "title": "What the table says, in a few words; with the number of a row it is the title of a rule.",
        "decision": "The decision that columns `propose`, `rule_out` and `caution` are about.",
        "hit": "What it means if several rows hold.",
        "because": "The reason of each row that gives none itself.",
        "source": "Where each row comes from that does not say so itself.",
        "columns": "What each column asks (a fact, band, conclusion or decision), or what a row does or says.",
        "rows": "A list of cells for each rule; `-` stands for anything.",
        "rows_from": "Instead of columns and rows: a .csv file beside the rulebook, its first line the columns.",
        "section": "The section to which its rows belong; by default that of the file.",
        "owner": _OWNER,
        "valid": "The days on which its rows hold.",
        "reviewed_on": "The day on which somebody last confirmed them, like 2026-03-31.",
    },
    Validity: {"from": "The first day, like 2026-01-01.", "until": "The last day, like 2026-12-31."},
    Note: {
        "note": "The name of the note.",
        "title": "What was decided, in a few words.",
        "text": "The decision and why.",
        "source": _SOURCE,
    },
    Invariant: {
        "invariant": "The name of the invariant.",
        "because": "Why it must hold.",
        "source": _SOURCE,
        "owner": _OWNER,
        "if": "The cases that it covers: all of these hold. Without it: every case.",
        "always": "One of these options is the advice.",
        "never": "None of these options, nor a kind of one, is the advice.",
        "more": "A number: as it grows and all else stays the same, the advice does not go the way named below.",
        "leads_away_from": "With `more`: the advice does not go from one of these options ...",
        "to": "... to one of these.",
    },
    Waiver: {
        "waiver": "The name of the waiver.",
        "finding": "The code of the finding: `undecided`, where `whytune check` prints `[undecided: approach]`.",
        "about": "What the finding is about: `approach`, where `whytune check` prints `[undecided: approach]`.",
        "where": "Only in the cases where all of these hold.",
        "because": "Why the finding is accepted.",
        "owner": _OWNER,
        "until": "The last day on which it is accepted, like 2026-12-31; without it, for good.",
    },
}
"""The keys of each part of a rulebook."""

CASE: Mapping[str, str] = {
    "case": "What the task is, for people.",
    "given": "The facts of the task. A fact that is left out is assumed if the rulebook says what to assume.",
    "evidence": "What facts are taken from, as `fact: the words that say it`, a ticket, a file or a link; recorded.",
    "as_of": "The day whose rules are applied, like 2026-03-31; by default today.",
    "expect": "What the advice must be: decision: option.",
    "cases": "Several cases in one file: a list of them, each with what is particular to it.",
}
"""The keys of a case file."""

EXPECT: Mapping[str, str] = {
    "status": "settled: whatever else is true; provisional: it rests on assumptions; open: several outcomes remain.",
    "possible": "All outcomes that are still possible, in any order.",
    "because": "Rules or policies that must be among the reasons.",
    "not_because": "Rules or policies that must not be among the reasons.",
    "ruled_out": "Options that must be ruled out.",
    "cautions": "Rules whose cautions must be told with the advice.",
    "flips": "Changes of facts (`given`), each with the outcome that they must lead to (`to`).",
}
"""What a test may expect besides the advice."""
