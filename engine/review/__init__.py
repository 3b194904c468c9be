"""A rulebook judged: its own cases, checks, and what an edit changes.

casebook     a rulebook's own cases: running them, what they cover, which changed meanings they notice
examination  a rulebook prepared for checking
checks       what is wrong with a rulebook that loads: one file per check
difference   what an edit changes: wording, safeguards, reasons, advice
"""
