"""Decision models of DMN 1.1 to 1.6 <-> rulebooks.

feel          entries of tables -> the tests and values that they are
model         a model as it is written
naming        values of a model -> what a rulebook calls them
refusals      what a rulebook cannot say, at its place
domains       what can be known of an input or come out of a decision, and how a table asks for it
item_types    the types of a model
hit_policies  what the hit policy of a table means for its rows and results
wiring        which tables can be taken over, and what their columns are about
given_facts   the facts that they ask about
rulebook_tables
              tables -> decisions and tables of a rulebook
kept_rulebook
              the files of a rulebook, kept in the model that was made of it
importing     a model -> the files of a rulebook
alone         a rulebook -> each of its decisions alone
disjoint_rows
              what a decision means in every cell -> rows of which exactly one holds
box_places    where the boxes of a model's picture stand
exporting     a rulebook -> a model
"""

from .exporting import write
from .importing import read

__all__ = ["read", "write"]
