"""What whytune says in Chinese, by subject.

answers      advice, its reasons, and the answers to questions about one case
bulk         many cases at once
checks       findings about a rulebook
codebook     how a description becomes facts
costs        the approaches side by side, and what they cost
differences  what an edit changes
editing      what a new rulebook, rule or case says to whoever fills it in
records      what a ledger holds, whether it verifies, and the page of one record
testing      the cases of a rulebook: what failed, what they cover, which changes they notice
files        texts, files and folders that cannot be read or written
rulebooks    mistakes in facts, rules, decisions and policies, and what is too large
cases        mistakes in the facts of a case, and in the cases of a rulebook
commands     what was asked of the command line, pictures, commits
pages        what stands around the pages of the service
service      what was asked of the service: addresses, parameters, who may ask, how much
http_descriptions
             what the service says of itself: its questions, their parameters and answers
type_descriptions
             what it says of cases, and of the types of its answers
change_descriptions
             what it says of the types that tell what an edit changes and requires
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
    "files",
    "rulebooks",
    "cases",
    "commands",
    "pages",
    "service",
    "http_descriptions",
    "type_descriptions",
    "change_descriptions",
    "exchanging",
    "sheets",
)
"""The subjects in the order in which a text is looked up."""
