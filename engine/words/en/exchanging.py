"""Rulebooks as other tools have them: what stands in an imported one, and what is said at the end."""

PHRASES: dict[str, str] = {
    # comments of the files
    "about_imported_rulebook": "Imported from a decision model.",
    "about_imported_facts": "What the tables ask about, by the names of the model.",
    "about_imported_decisions": "What is decided, and what happens where no row fits, or several do.",
    "about_imported_tables": "The decision tables of the model: each row is a rule.",
    # texts of its parts
    "table_says_so": "The decision table says so.",
    "no_row_fits": "No row of the table fits, and the model names no default.",
    "the_default": "The default of the table.",
    "several_rows_fit": "Hit policy {policy}.",
    "in_decision_table": "decision table {table}",
    "given_label": "{fact} is given",
    "given_ask": "Is there any {fact}?",
    "days_since_1970": "days since 1970-01-01",
    "something_else": "something else",
    # what is said at the end
    "to_note": "To note",
    # an import that is looked at first
    "import_title": "The rulebook in {file}",
    "import_edit_title": "What {file} changes",
    "import_cells": "Cells that say something else",
    "import_same": "Nothing is changed in the file.",
}
