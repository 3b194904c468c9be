"""What whytune says in English, by subject; the sentences of problems stand where a problem is raised.

answers      advice, its reasons, and the answers to questions about one case
bulk         many cases at once
checks       findings about a rulebook
codebook     how a description becomes facts
costs        the approaches side by side, and what they cost
differences  what an edit changes
editing      what a new rulebook, rule or case says to whoever fills it in
records      what a ledger holds, whether it verifies, and the page of one record
testing      the cases of a rulebook: what failed, what they cover, which changes they notice
pages        what stands around the pages of the service
exchanging   rulebooks as other tools have them
sheets       workbooks
"""

SUBJECTS = (
    "answers",
    "bulk",
    "checks",
    "codebook",
    "costs",
    "differences",
    "editing",
    "records",
    "testing",
    "pages",
    "exchanging",
    "sheets",
)
"""The subjects in the order in which a text is looked up."""
