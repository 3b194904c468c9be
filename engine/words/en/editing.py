"""What a new part of a rulebook says to whoever fills it in; the placeholders begin with PLACEHOLDER."""

PHRASES: dict[str, str] = {
    # placeholders
    "todo_title": "TODO: the title",
    "todo_document": "TODO: the title of the document",
    "todo_question": "TODO: the question?",
    "todo_label": "TODO: a short name",
    "todo_unit": "TODO: what is counted",
    "todo_because": "TODO: the reason, in a sentence that readers see.",
    "todo_place": "TODO: the heading, section or page",
    "todo_case": "TODO: what the task is, in a sentence",
    # comments
    "about_rulebook": (
        "A rulebook. Replace every TODO with words of your own, in all files of this folder, and the names in "
        "them too. Then run `whytune check` and `whytune test`; `whytune schema --write` tells your editor about "
        "new names."
    ),
    "about_documents": "What the rules cite.",
    "about_facts": "What can be known of a task, in the order of the questions. What follows `fact:` is its name.",
    "about_bands": (
        "Rules name pieces of the number line, never numbers. A cut begins the piece to its right: 100 is large."
    ),
    "about_decisions": (
        "What is decided, and what happens where the rules leave no option standing, or several. `refer` leaves "
        "it to a person."
    ),
    "about_rules": "The rules, in any order. `if` names facts, bands and their values: all of them must hold.",
    "about_this_rule": "What `if` may name, with its values:",
    "about_hit": "one: rows must not hold together; first: the first row that holds counts; any: all that hold do.",
    "about_columns": "Columns may also be: {names}; and besides `propose`: rule_out, caution, because, id.",
    "about_cells": "A cell: a value, `a | b`, `not a`, `-` for anything; of a number `>= 100`, `< 50`, `[100..200)`.",
    "about_except_if": "Where the rule does not apply although `if` holds. Take the `#` away if there is such a case.",
    "about_rule_out": "What is out of the question, instead of `propose` or besides it.",
    "about_quote": "The very words of the document.",
    "about_case": "TODO: what this case shows. Take the `#` away before each fact that is known, and give its value.",
    "about_expect": "What the advice must be. Take the `#` away before each line, and keep the answer that is right.",
    "about_exact_cut": "Exactly at the cut.",
    "about_below_cut": "The last number below the cut.",
    "about_other_way": "Where the number does not matter.",
    # what is said at the end
    "written": "Written",
    "appended": "Appended to",
    "next_steps": "Next",
    "step_fill_in": "Replace every TODO",
    "step_title": "Give it a `title:` of its own in rulebook.yaml",
    "step_check": "Run `whytune check {rulebook}`",
    "step_test": "Run `whytune test {rulebook}`",
    "step_schema": (
        "After a change of names: `whytune schema --rulebook {rulebook} --write`, so that your editor knows them"
    ),
    "step_diff": "After an edit: `whytune diff {origin} {rulebook}` says what it changes, and what must follow",
}
