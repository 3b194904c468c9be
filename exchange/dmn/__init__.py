"""Decision models of DMN 1.1 to 1.6 <-> rulebooks.

feel          entries of tables -> the tests and values that they are
model         a model as it is written
entry_texts   entries of a model, where they are written in FEEL
naming        values of a model -> what a rulebook calls them
refusals      what a rulebook cannot say, at its place
domains       what can be known of an input or come out of a decision, and how a table asks for it
item_types    the types of a model
hit_policies  what the hit policy of a table means for its rows and results
known_names   a name -> what it may stand for, if nothing is called so
wiring        which tables can be taken over, and what their columns are about
given_facts   the facts that they ask about
rulebook_tables
              tables -> decisions and tables of a rulebook
kept_rulebook
              the files of a rulebook, kept in the model that was made of it
importing     a model -> the files of a rulebook
alone         a rulebook -> each of its decisions alone
entries       sets of cells -> entries in FEEL, and the rows that are made of them
disjoint_rows
              what a decision means in every cell -> rows of which exactly one holds
rule_pieces   the rules of a decision -> where each holds, and what comes out there
rules_as_rows
              the rules of a decision -> tables of them as they stand, with their hit policy
table_forms   the tables of a rulebook in the form that is asked for, or that they can have
box_places    where the boxes of a model's picture stand
growing_model
              the tables of a rulebook -> the elements of a model
exporting     a rulebook -> a model
"""

from .exporting import write
from .importing import read

__all__ = ["read", "write"]
